"""`charte check`: all that is wrong with the register, said to people or to programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from charte.charter import commitments_for
from charte.clock import latest_day, today
from charte.commands.options import register_option
from charte.commands.speech import FrenchCommand
from charte.files import CHARTER, root_of, taken_slugs
from charte.french import counted
from charte.problems import InvalidInput, Problem, Severity, Unpublishable
from charte.register.against import charter_problems, edition_problems, history_problems
from charte.register.checking import Check, check_register
from charte.register.revisions import changed_files, register_at
from charte.register.source import MAX_BYTES
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
    help="Comparer avec le registre publié à cette révision de git : rien ne doit s’y perdre.",
)
def check(given: Path | None, fichier: Path, form: str, strict: bool, against: str | None) -> None:  # noqa: FBT001 - click decides
    """Relire le registre et dire tout ce qui est à corriger, ligne par ligne.

    Le code de sortie est 1 s’il y a des erreurs, 0 s’il n’y a que des avertissements.
    """
    fichier = given or fichier
    file = fichier.as_posix()
    # One byte more than is read: enough to see that a file is too large.
    with fichier.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    try:
        commitments = commitments_for(fichier)
    except InvalidInput as error:  # without the charter, each action would be accused
        click.echo(FORMATS[form](error.problems, {}))
        raise SystemExit(1) from None
    taken = taken_slugs(root_of(fichier))
    found = check_register(data, file, commitments, today(), taken, latest=latest_day())
    problems = list(found.problems)
    try:
        problems += _against(against, data, fichier, found) if against else ()
    except Unpublishable as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    problems.sort()
    if problems or form != "text":
        told = chosen(form, sys.stdout)(problems, {file: data.decode(errors="replace")})
        click.echo(told, nl=bool(told))
    else:
        click.echo(f"{file} : {counted(len(found.subject.entries), 'entrée')}, aucun problème.")
    if any(strict or one.severity is Severity.ERROR for one in problems):
        raise SystemExit(1)


def _against(revision: str, data: bytes, path: Path, found: Check) -> list[Problem]:
    root = root_of(path)
    file = path.resolve().relative_to(root).as_posix()
    published = register_at(revision, file, root)
    pages = changed_files(revision, CHARTER, root)
    problems = list(charter_problems(pages, register_changed=published != data))
    before = check_register(published, file, commitments_for(path))
    if before.reading:
        was, name = before.reading.register, path.as_posix()
        problems += history_problems(was, found.subject, name)
        if found.reading:
            problems += edition_problems(was, found.reading.register, found.subject, name)
    return problems
