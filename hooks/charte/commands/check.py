"""`charte check`: all that is wrong with the register, said to people or to programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from charte.commands.comparing import Compared, compared, compared_by_itself
from charte.commands.failures import Failure, explained
from charte.commands.judging import judge
from charte.commands.options import register_option
from charte.commands.speech import FrenchCommand
from charte.french import counted
from charte.problems import Severity, Unpublishable
from charte.register import storing
from charte.reporting import FORMATS, chosen


@click.command(cls=FrenchCommand, short_help="Relire le registre et dire ce qui est à corriger")
@click.argument(
    "given",
    required=False,
    metavar="[FICHIER]",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@register_option("fichier", kind=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text pour lire, github pour annoter une proposition, json ou sarif pour un programme.",
)
@click.option("--strict", is_flag=True, help="Traiter les avertissements comme des erreurs.")
@click.option(
    "--against",
    metavar="RÉVISION",
    help="Comparer avec le registre publié à cette révision de git : rien ne doit s’y perdre. "
    "Sans elle, avec la branche publiée, si git la connaît.",
)
@click.option("--alone", is_flag=True, help="Ne comparer avec rien.")
def check(  # noqa: PLR0913 - one option each
    given: Path | None,
    fichier: Path,
    form: str,
    against: str | None,
    *,
    strict: bool,
    alone: bool,
) -> None:
    """Relire le registre et dire tout ce qui est à corriger, ligne par ligne.

    Avec le registre du projet sont relus qui publie le site et le texte de la charte.

    Le code de sortie est 1 s’il y a des erreurs, 0 s’il n’y a que des avertissements.
    """
    fichier = given or fichier
    with explained(fichier):
        data = storing.contents(fichier)
    try:
        judged = judge(fichier, data, None if alone else _with_what(fichier, against))
    except Unpublishable as reason:
        raise Failure(str(reason)) from None
    if judged.problems or form != "text":
        told = chosen(form, sys.stdout)(judged.problems, judged.sources)
        click.echo(told, nl=bool(told))
    else:
        click.echo(f"{fichier.as_posix()} : {counted(judged.entries, 'entrée')}, aucun problème.")
    if form == "text" and judged.closing:
        click.echo(judged.closing)
    if any(strict or one.severity is Severity.ERROR for one in judged.problems):
        raise SystemExit(1)


def _with_what(register: Path, revision: str | None) -> Compared | str | None:
    return compared_by_itself(register) if revision is None else compared(register, revision)
