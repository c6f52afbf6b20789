"""`charte reconcile`: the register against the print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from charte.charter import commitments_for
from charte.commands.failures import Failure, explained
from charte.commands.options import register_option
from charte.commands.speech import FrenchCommand
from charte.french import counted, long_date
from charte.problems import Unpublishable
from charte.register import storing
from charte.register.checking import read_form
from charte.register.printed import Comparison, Newcomer, compare_print
from charte.register.reconciling import reconciled
from charte.shown import shown

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_MOST = 500  # names that are told of one kind


@click.command(
    "reconcile", cls=FrenchCommand, short_help="Comparer le registre à une annexe imprimée"
)
@click.argument("annexe", metavar="ANNEXE.txt", type=_FILE)
@click.option("--write", "wanted", is_flag=True, help="Ajouter au registre les noms nouveaux.")
@register_option("path", kind=_FILE)
def reconcile(annexe: Path, wanted: bool, path: Path) -> None:  # noqa: FBT001 - click calls it
    """Comparer le registre à une annexe imprimée, en texte brut.

    Dit quels noms sont nouveaux, lesquels manquent et lesquels s’écrivent autrement ; le code de
    sortie est 1 s’il y en a. Le registre est pris tel qu’il était le jour de l’annexe.
    """
    printed = _text_of(annexe)
    try:
        with explained(path):
            before = storing.contents(path)
            found = compare_print(printed, read_form(before, str(path)))
            click.echo(shown(_report(found)))
            if wanted:
                found = replace(found, new=_add(path, before, found))
    except Unpublishable as error:
        raise Failure(str(error)) from None
    if not found.agrees:
        raise SystemExit(1)


def _text_of(annexe: Path) -> str:
    with explained(annexe):
        data = storing.contents(annexe)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Failure(f"{annexe} n’est pas enregistré en UTF-8.") from None


def _add(path: Path, before: bytes, found: Comparison) -> tuple[Newcomer, ...]:
    """Write the new names that stand alone; return the others, which are for a person to judge."""
    if found.edition is None:
        raise Unpublishable(
            "L’annexe ne dit pas sa date (« dernière mise à jour : … ») : rien n’est écrit."
        )
    sure = [one for one in found.new if one.beside is None]
    text, slugs = reconciled(before, str(path), sure, found.edition)
    if text.encode() != before:
        storing.store(path, before.decode(), text, commitments_for(path))
        click.echo(f"\n{path} : {counted(len(slugs), 'entrée')} en plus.")
    for slug in slugs:
        click.echo(f"  /signataires/{slug}/")
    rest = tuple(one for one in found.new if one.beside is not None)
    if rest:
        click.echo("\nLes noms qui en touchent un autre sont à ajouter à la main.")
    return rest


def _report(found: Comparison) -> str:
    edition = f"édition du {long_date(found.edition)}" if found.edition else "annexe sans date"
    lines = [f"{edition.capitalize()} : {counted(len(found.recognised), 'nom')} du registre."]
    sections = [
        ("Nouveaux", [_newcomer(one) for one in found.new]),
        ("Absents de l’annexe", [f"{one.name} ({one.slug})" for one in found.missing]),
        (
            "Écrits autrement",
            [f"{one.signatory.name} (registre) ; {one.printed} (annexe)" for one in found.respelt],
        ),
        ("Retirés du registre et pourtant imprimés", [one.name for one in found.left]),
    ]
    for title, items in sections:
        if items:
            lines += ["", f"{title} ({len(items)}) :", *(f"  {item}" for item in items[:_MOST])]
            lines += [f"  … et {len(items) - _MOST} autres"] if len(items) > _MOST else []
    if len(lines) == 1:
        lines.append("Rien de nouveau, rien qui manque, rien qui s’écrive autrement.")
    return "\n".join(lines)


def _newcomer(one: Newcomer) -> str:
    parts = [f"groupe {one.group}" if one.group else "", f"note : {one.note}" if one.note else ""]
    known = f" ; touche « {one.beside} » sans séparateur : un nom, ou deux ?" if one.beside else ""
    details = ", ".join(part for part in parts if part)
    return one.name + (f" ({details})" if details else "") + known
