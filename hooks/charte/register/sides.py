"""One signatory's entry, merged field by field, and what cannot be.

A field that only one side changed is taken from that side, with its own text. Where both changed it
differently, the entry stays in two versions, which agree on all the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from charte.register.pieces import Entry, Field, fields, rebuilt

OURS, BETWEEN, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two changes that cannot both be kept.

    Attributes:
        slug: the signatory's identifier in our register, or in theirs where we have deleted it.
        field: the field that both changed, or None where the whole entry is at stake.
        base: what the register said before, as text; None where it said nothing.
        ours: what we make of it; None where we delete it.
        theirs: what they make of it; None where they delete it.
    """

    slug: str
    field: str | None
    base: str | None
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Sides:
    """A merged entry as we and as they would have it: the same, or a conflict."""

    ours: Entry | None
    theirs: Entry | None
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def entry(self) -> Entry | None:
        """The entry as we would have it, or as they would where we have none."""
        return self.ours or self.theirs if self.conflicts else self.ours

    def marked(self, entry: Entry) -> Entry:
        """Show both versions of a conflict; `entry` is the one above, laid out for its place."""
        if not self.conflicts:
            return entry
        newline = "\r\n" if entry.body.endswith("\r\n") else "\n"
        ours = entry if self.ours else None
        theirs = self.theirs if self.ours else entry
        texts = [one.body.rstrip("\r\n") + newline if one else "" for one in (ours, theirs)]
        body = f"{OURS}{newline}{texts[0]}{BETWEEN}{newline}{texts[1]}{THEIRS}{newline}"
        return replace(entry, body=body)


def merge_entries(
    base: Entry | None, ours: Entry | None, theirs: Entry | None, newline: str
) -> Sides:
    """Merge one signatory's entry; None where a version does not have it."""
    if ours and theirs:
        return _both(base, ours, theirs, newline)
    left = ours or theirs
    if base is None:
        return Sides(left, left)
    if left is None or left.value == base.value:
        return Sides(None, None)
    return Sides(ours, theirs, [_whole(base, ours, theirs)])


def _both(base: Entry | None, ours: Entry, theirs: Entry, newline: str) -> Sides:
    lead = _merged_lead(base, ours, theirs, newline)
    if base and theirs.body == base.body:
        kept = replace(ours, lead=lead)
        return Sides(kept, kept)
    return _merged_fields(base, replace(ours, lead=lead), theirs, newline)


def _merged_fields(base: Entry | None, ours: Entry, theirs: Entry, newline: str) -> Sides:
    start, written = fields(ours)
    old, other = fields(base)[1] if base else {}, fields(theirs)[1]
    conflicts: list[Conflict] = []
    first: dict[str, Field] = {}
    second: dict[str, Field] = {}
    for key in dict.fromkeys([*written, *other]):
        versions = old.get(key), written.get(key), other.get(key)
        mine, yours = _pick_field(*versions)
        if _value(mine) != _value(yours):
            conflicts.append(Conflict(ours.slug, key, *map(_shown, versions)))
        first |= {key: mine} if mine else {}
        second |= {key: yours} if yours else {}
    kept, proposed = (
        ours if parts == written else _with_fields(ours, start, parts, newline)
        for parts in (first, second)
    )
    return Sides(kept, proposed, conflicts)


def _with_fields(entry: Entry, start: str, parts: dict[str, Field], newline: str) -> Entry:
    value = {key: one.value for key, one in parts.items()}
    name = str(value.get("name", entry.name))
    return Entry(value["slug"], name, entry.lead, rebuilt(start, parts, newline), value)


def without_duplicate(sides: Sides, taken: set[str]) -> Sides:
    """Turn an address that another entry has taken on the other side into a conflict."""
    entry = sides.entry
    if not entry or entry.slug not in taken:
        return sides
    return Sides(None, entry, [_whole(None, None, entry)])


def _pick_field(
    base: Field | None, ours: Field | None, theirs: Field | None
) -> tuple[Field | None, Field | None]:
    """Choose a field's version, or give both where each side says something else.

    Spelling alone, such as quotes or a comment beside a value, never conflicts.
    """
    if _value(ours) == _value(theirs):
        chosen = theirs if ours == base else ours
    elif _value(theirs) == _value(base):
        chosen = ours
    elif _value(ours) == _value(base):
        chosen = theirs
    else:
        return ours, theirs
    return chosen, chosen


def _merged_lead(base: Entry | None, ours: Entry, theirs: Entry, newline: str) -> str:
    """Keep our comments before an entry and add those that only they have written."""
    if ours.lead == theirs.lead:
        return ours.lead
    old, mine, other = (_lines(one) for one in (base, ours, theirs))
    wanted = other if mine == old else mine + [one for one in other if one not in [*old, *mine]]
    if wanted == mine:
        return ours.lead
    gap = newline if ours.lead[:1] in {"\r", "\n"} else ""
    margin = ours.body[: ours.body.index("-")]
    return gap + "".join(f"{margin}{line}{newline}" for line in wanted)


def _lines(entry: Entry | None) -> list[str]:
    return [line.strip() for line in entry.comments.splitlines()] if entry else []


def _value(version: Field | None) -> Any:
    return version.value if version else None


def _whole(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Conflict:
    known = ours or theirs or base
    slug = known.slug if known else ""
    return Conflict(
        slug, None, *(one.body.strip() if one else None for one in (base, ours, theirs))
    )


def _shown(version: Field | None) -> str | None:
    value = _value(version)
    return (
        value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    )
