"""One signatory's entry, merged field by field, and what cannot be.

A field that only one side changed is taken from that side, with its own text and the comments in
it. Where both changed it differently, the entry stays in two versions, which agree on all the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from charte.register.lines import marked
from charte.register.pieces import Entry, Field, dash_column, fields, rebuilt
from charte.register.scan import COMMENT

COMMENTS = "#"  # in the place of a field's name: the comments above an entry


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two changes that cannot both be kept.

    Attributes:
        slug: the signatory's identifier in our register, or in theirs where we have deleted it;
            "" for what stands above or below all entries, whose versions are only in the text.
        field: the field that both changed, COMMENTS for the comments above the entry, or None where
            the whole entry is at stake.
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
        """Write both versions of a conflict; `entry` is the one above, laid out for its place."""
        if not self.conflicts:
            return entry
        newline = "\r\n" if entry.body.endswith("\r\n") else "\n"
        ours, theirs = (entry, self.theirs) if self.ours else (None, entry)
        mine, yours = (one.body.rstrip("\r\n") + newline if one else "" for one in (ours, theirs))
        if not (ours and theirs) or ours.comments == theirs.comments:
            return replace(entry, body=marked(mine, yours, newline))
        above, other = (one.lead.lstrip("\r\n") for one in (ours, theirs))
        gap = ours.lead.removesuffix(above)
        return replace(entry, lead=gap, body=marked(above + mine, other + yours, newline))


def merge_entries(
    base: Entry | None, ours: Entry | None, theirs: Entry | None, newline: str
) -> Sides:
    """Merge one signatory's entry; None where a version does not have it."""
    if ours and theirs:
        return _both(base, ours, theirs, newline)
    left = ours or theirs
    if base is None:
        return Sides(left, left)
    if left is None or left.value == base.value:  # comments are looked after by `merging`
        return Sides(None, None)
    return Sides(ours, theirs, [_whole(base, ours, theirs)])


def _both(base: Entry | None, ours: Entry, theirs: Entry, newline: str) -> Sides:
    leads = tuple(_comments(one) for one in (base, ours, theirs))
    mine, yours = _pick_lead(*leads)
    parts = _merged_fields(base, ours, theirs, newline)
    conflicts = parts.conflicts
    if mine != yours:
        conflicts = [Conflict(ours.slug, COMMENTS, *map("\n".join, leads)), *conflicts]
    kept, proposed = (
        one and replace(one, lead=_lead(ours, comments, newline))
        for one, comments in ((parts.ours, mine), (parts.theirs, yours))
    )
    return Sides(kept, proposed, conflicts)


def _merged_fields(base: Entry | None, ours: Entry, theirs: Entry, newline: str) -> Sides:
    if base and theirs.body == base.body:
        return Sides(ours, ours)
    start, written = fields(ours)
    old, other = fields(base)[1] if base else {}, fields(theirs)[1]
    conflicts: list[Conflict] = []
    first: dict[str, Field] = {}
    second: dict[str, Field] = {}
    for key in dict.fromkeys([*written, *other]):
        versions = old.get(key), written.get(key), other.get(key)
        mine, yours = _pick_field(*versions)
        if mine != yours:
            conflicts.append(Conflict(ours.slug, key, *_shown(*versions)))
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
    """Choose a field's version, or both where each side says something else.

    Spelling alone, such as quotes, never conflicts; a comment is never left out for it.
    """
    if theirs in (base, ours):
        chosen = ours
    elif ours == base:
        chosen = theirs
    elif _value(theirs) in (_value(base), _value(ours)) and _adds_none(theirs, base, ours):
        chosen = ours
    elif _value(ours) in (_value(base), _value(theirs)) and _adds_none(ours, base, theirs):
        chosen = theirs
    else:
        return ours, theirs
    return chosen, chosen


def _adds_none(one: Field | None, base: Field | None, other: Field | None) -> bool:
    """Return whether a version has no comment that neither the base nor the other version has."""
    new, old, kept = map(_notes, (one, base, other))
    return new - old <= kept


def _notes(version: Field | None) -> set[str]:
    return set(COMMENT.findall(version.text)) if version else set()


def _pick_lead(
    base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Choose the comments above an entry, or both versions where each side wrote others."""
    if ours == base or set(ours) < set(theirs):
        return theirs, theirs
    if theirs == base or set(theirs) <= set(ours):
        return ours, ours
    return ours, theirs


def _lead(entry: Entry, comments: tuple[str, ...], newline: str) -> str:
    """Write other comments above an entry; its own keep their layout."""
    if comments == _comments(entry):
        return entry.lead
    gap = newline if entry.lead[:1] in {"\r", "\n"} else ""
    margin = " " * dash_column(entry.body)
    return gap + "".join(f"{margin}{line}{newline}" for line in comments)


def _comments(entry: Entry | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in entry.comments.splitlines()) if entry else ()


def _value(version: Field | None) -> Any:
    return version.value if version else None


def _whole(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Conflict:
    known = ours or theirs or base
    slug = known.slug if known else ""
    return Conflict(
        slug, None, *(one.body.strip() if one else None for one in (base, ours, theirs))
    )


def _shown(*versions: Field | None) -> list[str | None]:
    """Write what the versions say, or their very text where two say the same."""
    values = [_value(one) for one in versions]
    if values[2] in values[:2] or values[0] == values[1]:
        return [one.text.strip() if one else None for one in versions]
    return [
        one if one is None or isinstance(one, str) else json.dumps(one, ensure_ascii=False)
        for one in values
    ]
