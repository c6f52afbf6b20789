"""The journal: everything that happened to the register, in sentences, newest first."""

from __future__ import annotations

from itertools import groupby

from charte import french
from charte.addresses import edition_uri
from charte.parts import JournalDay, JournalEntry, Link
from charte.register.history import Change, Kind, stands
from charte.standing import CHARTER_TITLE, standing
from charte.viewers.roll import Roll, link


def view_journal(roll: Roll) -> tuple[JournalDay, ...]:
    """Show all changes, day by day."""
    days = groupby(roll.changes, key=lambda change: change.day)
    return tuple(
        JournalDay(
            iso=day.isoformat(),
            date=french.long_date(day),
            entries=tuple(_entry(change, roll) for change in changes),
        )
        for day, changes in days
    )


def _entry(change: Change, roll: Roll) -> JournalEntry:
    title, detail = _words(change, roll)
    return JournalEntry(
        id=str(change.id),
        anchor=f"n-{change.id.hex[:12]}",
        kind=change.kind.value,
        title=title,
        detail=detail,
        link=_link(change),
        source=change.action.url if change.action else None,
        iso=change.day.isoformat(),
    )


def _words(change: Change, roll: Roll) -> tuple[str, str | None]:
    """Say what happened: a title that stands alone, and what there is to add."""
    one = change.signatory
    if one is None:
        count = french.counted(sum(stands(one, change.day) for one in roll.all), "signataire")
        return f"La plus ancienne édition connue de l’annexe : {count}", None
    match change.kind:
        case Kind.RENAMING:
            before, after = change.renamed or ("", "")
            return f"{before} s’appelle désormais {after}", None
        case Kind.WITHDRAWAL:
            return f"{one.name} quitte l’annexe", standing(one).withdrawal
        case Kind.ACTION if change.action:
            commitment = roll.commitments.get(change.action.commitment)
            return f"{one.name} : {change.action.title}", commitment.title if commitment else None
    return f"{one.name} rejoint les signataires de la {CHARTER_TITLE}", one.note


def _link(change: Change) -> Link:
    if change.signatory is None:
        return Link("l’édition", edition_uri(change.day))
    return link(change.signatory)
