"""`charte check`: the register's checks at hand, without building the site."""

from __future__ import annotations

from pathlib import Path

import click

from charte.charter import read_commitments
from charte.french import counted
from charte.problems import report
from charte.project import REGISTER
from charte.register.checking import read_register


@click.command(help="Relire le registre et dire tout ce qui est à corriger, avec la ligne.")
@click.argument(
    "fichier", default=REGISTER, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def check(fichier: Path) -> None:
    """Check a register; exit with 1 when something is wrong."""
    commitments = read_commitments(Path("docs/charte"))
    reading, problems = read_register(fichier.read_bytes(), str(fichier), commitments)
    if reading is None:
        click.echo(report(tuple(sorted(problems))), err=True)
        raise SystemExit(1)
    signatories = reading.register.signatories
    click.echo(f"{fichier} : {counted(len(signatories), 'entrée')}, aucun problème.")
