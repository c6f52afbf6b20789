"""The `charte` command: everything a maintainer does to the register, in French."""

from __future__ import annotations

import click

from charte.commands.check import check
from charte.commands.edits import action, add, fmt, rename, withdraw
from charte.commands.exchange import diff, merge_files, reconcile
from charte.commands.schema import schema
from charte.commands.speech import FrenchGroup


@click.group(
    "charte",
    cls=FrenchGroup,
    help="Tenir le registre des signataires de la charte « Engagé pour la e-santé ».",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="« charte COMMANDE --help » dit les options de chaque commande. "
    "Appelées sans option, add, rename, withdraw et action posent leurs questions.",
)
def main() -> None:
    """Hold the register."""


for command in (
    *(check, add, rename, withdraw, action, fmt),
    *(reconcile, diff, merge_files, schema),
):
    main.add_command(command)


if __name__ == "__main__":
    main()
