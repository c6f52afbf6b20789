"""What has become of the annex, told by the register's own dates: its editions and its changes.

No clock and no git are asked: the same register gives the same history everywhere. An edition is
the annex as it stood at a date on which it changed; names that were given up since stand in it as
they were published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID, uuid5

from charte.french import sort_key
from charte.register.model import Action, FormerName, Register, Signatory


class Listing(NamedTuple):
    """One line of an edition: the name and the note as they were, and whose they are."""

    name: str
    note: str | None
    signatory: Signatory


class Alteration(NamedTuple):
    """One signatory's lines, in an edition and in the one before it."""

    before: Listing
    after: Listing


@dataclass(frozen=True, slots=True)
class Edition:
    """The annex as it stood from a day on.

    Attributes:
        day: the day on which it changed.
        lines: those who stood in it, in French alphabetical order.
        joined: the lines of those whom the edition before did not list.
        left: the lines, in the edition before, of those whom it lists no longer.
        changed: the lines of those whom it lists under another name or with another note.
    """

    day: date
    lines: tuple[Listing, ...]
    joined: tuple[Listing, ...]
    left: tuple[Listing, ...]
    changed: tuple[Alteration, ...]


class Kind(StrEnum):
    """What can happen to the register."""

    OPENING = "ouverture"
    ADDITION = "ajout"
    RENAMING = "changement-de-nom"
    WITHDRAWAL = "retrait"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened.

    Attributes:
        kind: what it is. The first edition is one change, whatever the number of its signatories.
        day: the day of the action, or that on which the annex changed.
        signatory: to whom; None for the first edition.
        id: the same for ever, whatever becomes of the site's address and of the slug.
        renamed: the name that was given up and the one that took its place.
        action: what the signatory did.
    """

    kind: Kind
    day: date
    signatory: Signatory | None
    id: UUID
    renamed: tuple[str, str] | None = None
    action: Action | None = None


def first_slug(one: Signatory) -> str:
    """Give the identifier under which a signatory was first published; `rename` adds the later."""
    return one.former_slugs[0] if one.former_slugs else one.slug


def unlisted(one: Signatory) -> date | None:
    """Give the date of the first edition that cites a signatory no longer; None for one present."""
    return (one.withdrawn.unlisted or one.withdrawn.on) if one.withdrawn else None


def stands(one: Signatory, day: date) -> bool:
    """Tell whether the edition of a day cites a signatory."""
    end = unlisted(one)
    return one.listed <= day and (end is None or day < end)


def listing(one: Signatory, day: date) -> Listing:
    """Give a signatory's line in the edition of a day, by the name that it then had."""
    former = next((name for name in one.former_names if day < name.until), None)
    return Listing(former.name, former.note, one) if former else Listing(one.name, one.note, one)


def editions(register: Register) -> tuple[Edition, ...]:
    """Give all editions of the annex, the oldest first."""
    keys: dict[str, tuple[str, str, str]] = {}

    def place(line: Listing) -> tuple[tuple[str, str, str], str]:
        if line.name not in keys:
            keys[line.name] = sort_key(line.name)
        return keys[line.name], first_slug(line.signatory)

    found: list[Edition] = []
    before: dict[int, Listing] = {}
    for day in sorted(edition_days(register)):
        present = [listing(one, day) for one in register.signatories if stands(one, day)]
        lines = {id(line.signatory): line for line in sorted(present, key=place)}
        joined = tuple(line for key, line in lines.items() if key not in before)
        left = tuple(line for key, line in before.items() if key not in lines)
        kept = ((before[key], line) for key, line in lines.items() if key in before)
        changed = tuple(Alteration(was, line) for was, line in kept if was[:2] != line[:2])
        found.append(Edition(day, tuple(lines.values()), joined, left, changed))
        before = lines
    return tuple(found)


def edition_days(register: Register) -> set[date]:
    """Return the days on which the annex changed: someone came, left or took another name."""
    days = set()
    for one in register.signatories:
        end = unlisted(one)
        if end is not None and end <= one.listed:
            continue  # no edition has cited it
        days.add(one.listed)
        days.update([end] if end else ())
        days.update(name.until for name in one.former_names if stands(one, name.until))
    return days


def changes(register: Register, ids: UUID) -> tuple[Change, ...]:
    """List all changes, the newest first; those of one day in the annex's order.

    Their ids are made from `ids`, the register's own, which tells them from another register's.
    """
    opening = min((one.listed for one in register.signatories), default=None)
    found = [change for one in register.signatories for change in _changes(one, opening, ids)]
    if opening:
        found.append(Change(Kind.OPENING, opening, None, _id(ids, Kind.OPENING)))
    return tuple(sorted(found, key=_newest_first))


def _changes(one: Signatory, opening: date | None, ids: UUID) -> Iterator[Change]:
    slug = first_slug(one)
    if one.listed != opening:
        yield Change(Kind.ADDITION, one.listed, one, _id(ids, Kind.ADDITION, slug))
    for former, after in _renamings(one):
        key = _id(ids, Kind.RENAMING, slug, former.until.isoformat())
        yield Change(Kind.RENAMING, former.until, one, key, renamed=(former.name, after))
    if end := unlisted(one):
        yield Change(Kind.WITHDRAWAL, end, one, _id(ids, Kind.WITHDRAWAL, slug))
    for act in one.actions:
        key = _id(ids, Kind.ACTION, slug, act.date.isoformat(), act.commitment, act.url)
        yield Change(Kind.ACTION, act.date, one, key, action=act)


def _renamings(one: Signatory) -> Iterator[tuple[FormerName, str]]:
    """Give each name that was given up, and the one that followed; a note alone is no name."""
    names = [former.name for former in one.former_names] + [one.name]
    for former, after in zip(one.former_names, names[1:], strict=True):
        if former.name != after:
            yield former, after


def _id(ids: UUID, kind: Kind, *parts: str) -> UUID:
    return uuid5(ids, "/".join([kind, *parts]))


def _newest_first(change: Change) -> tuple[int, int, tuple[str, str, str], str]:
    kinds = list(Kind)
    name = sort_key(change.signatory.name) if change.signatory else ("", "", "")
    return -change.day.toordinal(), kinds.index(change.kind), name, str(change.id)
