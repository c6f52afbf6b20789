"""`charte redate`: a proposal that has waited enters the annex on the day on which it is merged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from charte import clock
from charte.charter import commitments_for
from charte.commands.asking import Misread
from charte.commands.comparing import compared
from charte.commands.desk import desk_at
from charte.commands.failures import Failure, explained
from charte.commands.options import dry_run_option, register_option, text_option
from charte.commands.patches import difference
from charte.commands.readers import read_day
from charte.commands.speech import FrenchCommand
from charte.french import long_date
from charte.problems import Unpublishable
from charte.register import storing
from charte.register.against import unread_base
from charte.register.model import Register
from charte.register.published import read_published
from charte.register.redating import redate as redate_text


@click.command(
    cls=FrenchCommand,
    short_help="Dater d’aujourd’hui une proposition qui attend",
    help="Dater d’aujourd’hui ce que votre proposition ajoute ou renomme, si elle a attendu : une "
    "édition publiée entre-temps ne change plus.",
)
@text_option(
    "--against",
    metavar="RÉVISION",
    help="La révision que la proposition change ; la branche publiée par défaut.",
)
@text_option("--on", metavar="JOUR", help="Le jour à écrire ; aujourd’hui par défaut.")
@register_option()
@dry_run_option
def redate(file: Path, against: str | None, on: str | None, *, dry_run: bool) -> None:
    """Date the entries and the names that are new since the proposal left the published branch."""
    with explained(file):
        desk = desk_at(file, dry_run=dry_run)
        day = _day(on)
        edited, names = redate_text(desk.text, _before(file, against), day)
        if not names:
            click.echo("Rien à dater : tout ce qui est nouveau a déjà ce jour.")
        elif dry_run:
            click.echo(difference(desk.text, edited, str(file)), nl=False)
        else:
            # The days that stood here were never published: the desk would hold them for closed.
            storing.store(file, desk.text, edited, commitments_for(file))
            told = ", ".join(f"« {name} »" for name in names)
            click.echo(f"Daté du {long_date(date.fromisoformat(day))} : {told}.")


def _day(given: str | None) -> str:
    try:
        return read_day(given) if given else str(clock.today())
    except Misread as reason:
        raise Failure(str(reason)) from None


def _before(file: Path, against: str | None) -> Register:
    try:
        what = compared(file, against)
    except Unpublishable as reason:
        raise Failure(str(reason)) from None
    if published := read_published(what.data):
        return published.register
    raise Failure(str(unread_base(what.base.named, str(file))))
