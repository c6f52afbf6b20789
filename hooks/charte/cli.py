"""The `charte` command: everything a maintainer does to the register, in French."""

from __future__ import annotations

import click

from charte.commands.check import check


@click.group(help="Tenir le registre des signataires de la charte « Engagé pour la e-santé ».")
def main() -> None:
    """Hold the register."""


for command in (check,):
    main.add_command(command)
