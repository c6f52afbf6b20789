"""What a proposal changes in the register, as values; `review` writes them for a forge.

Signatories are told apart by their identifier, and followed to a new one by `former_slugs`. What
follows from a change is not another one: the former name that is kept, the references that follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from charte.register.history import edition_days
from charte.register.identity import stand_ins
from charte.register.model import FormerName, Register, Signatory
from charte.register.published import UNKNOWN_DAY
from charte.register.similar_names import TYPED, SimilarNames


@dataclass(frozen=True, slots=True)
class Pair:
    """One signatory before and after."""

    before: Signatory
    after: Signatory


@dataclass(frozen=True, slots=True)
class Addition:
    """A new signatory, and those present whose names are like its own without a reference."""

    signatory: Signatory
    like: tuple[Signatory, ...] = ()


@dataclass(frozen=True, slots=True)
class Deletion:
    """A signatory whose entry is gone.

    Attributes:
        signatory: as it was.
        leads_to: the identifier that its address now leads to, if any.
        in_its_place: the new signatory that stands where it stood: perhaps its new name.
    """

    signatory: Signatory
    leads_to: str | None
    in_its_place: Signatory | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A field that says something else; None or () where it says nothing."""

    signatory: Signatory
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changes between two registers; one signatory may stand in several lists.

    Attributes:
        added: new signatories.
        renamed: those whose name changes, and perhaps their identifier too.
        moved: those whose identifier alone changes, the old one being kept in `former_slugs`.
        withdrawn: those that leave the annex.
        deleted: those whose entry is gone.
        changed: all other fields that change, entry by entry.
        edition: the dates before and after, or None where they are the same.
        present: how many signatories the annex cites, before and after.
        new_editions: the days on which the annex would appear anew.
    """

    added: tuple[Addition, ...] = ()
    renamed: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    withdrawn: tuple[Pair, ...] = ()
    deleted: tuple[Deletion, ...] = ()
    changed: tuple[Change, ...] = ()
    edition: tuple[date, date] | None = None
    present: tuple[int, int] = (0, 0)
    new_editions: tuple[date, ...] = ()


def compare(before: Register, after: Register) -> Differences:
    """Find what changes from one register to another, in the order of the files."""
    pairs = list(_pairs(before, after))
    kept = {pair.after.slug: pair.before.slug for pair in pairs}
    moves = {pair.before.slug: pair.after.slug for pair in pairs}
    added = [one for one in after.signatories if one.slug not in kept]
    known = before.edition not in {after.edition, UNKNOWN_DAY}
    return Differences(
        added=tuple(_additions(added, after)),
        renamed=tuple(pair for pair in pairs if pair.before.name != pair.after.name),
        moved=tuple(pair for pair in pairs if _only_moves(pair)),
        withdrawn=tuple(pair for pair in pairs if _leaves(pair)),
        deleted=tuple(_deletions(before, after, kept)),
        changed=tuple(change for pair in pairs for change in _changes(pair, moves)),
        edition=(before.edition, after.edition) if known else None,
        present=(_present(before), _present(after)),
        new_editions=tuple(sorted(edition_days(after) - edition_days(before))),
    )


def _pairs(before: Register, after: Register) -> Iterator[Pair]:
    old = {one.slug: one for one in before.signatories}
    here = {one.slug for one in after.signatories}
    for one in after.signatories:
        former = (slug for slug in one.former_slugs if slug in old and slug not in here)
        slug = one.slug if one.slug in old else next(former, None)
        if slug is not None:
            here.add(slug)  # nobody else follows the same signatory
            yield Pair(old[slug], one)


def _additions(added: list[Signatory], after: Register) -> Iterator[Addition]:
    new = {one.slug for one in added}
    others = [one for one in after.signatories if not one.withdrawn and one.slug not in new]
    names = SimilarNames(one.name for one in others)
    for one in added:
        found = names.like(one.name) if len(added) <= TYPED else names.same(one.name)
        like = tuple(others[number] for number in found if not _refer(one, others[number]))
        yield Addition(one, like)
        names.add(one.name)
        others.append(one)


def _refer(one: Signatory, other: Signatory) -> bool:
    return other.slug in one.see_also or one.slug in other.see_also


def _deletions(before: Register, after: Register, kept: Mapping[str, str]) -> Iterator[Deletion]:
    here = {one.slug: one for one in after.signatories}
    heirs = {former: one.slug for one in after.signatories for former in one.former_slugs}
    places = stand_ins(
        [one.slug for one in before.signatories],
        [kept.get(one.slug, f"+{one.slug}") for one in after.signatories],
    )
    followed = set(kept.values())
    for one in before.signatories:
        if one.slug not in followed:
            new = places.get(one.slug, "")
            yield Deletion(one, heirs.get(one.slug), here.get(new.removeprefix("+")))


def _present(register: Register) -> int:
    return sum(not one.withdrawn for one in register.signatories)


def _leaves(pair: Pair) -> bool:
    return not pair.before.withdrawn and bool(pair.after.withdrawn)


def _only_moves(pair: Pair) -> bool:
    return pair.before.slug != pair.after.slug and pair.before.name == pair.after.name


def _changes(pair: Pair, moves: Mapping[str, str]) -> Iterator[Change]:
    expected = _expected(pair, moves)
    told = {"name", "slug"} | ({"withdrawn"} if _leaves(pair) else set())
    for field in Signatory.model_fields:
        before, after = getattr(pair.before, field), getattr(pair.after, field)
        if field not in told and after not in (before, expected.get(field, before)):
            yield Change(pair.after, field, before, after)


def _expected(pair: Pair, moves: Mapping[str, str]) -> dict[str, Any]:
    """Return what fields say where they only follow from changes that are told elsewhere."""
    before, after = pair.before, pair.after
    expected: dict[str, Any] = {
        "see_also": tuple(moves.get(slug, slug) for slug in before.see_also),
    }
    if before.withdrawn and (successor := before.withdrawn.successor):
        follows = {"successor": moves.get(successor, successor)}
        expected["withdrawn"] = before.withdrawn.model_copy(update=follows)
    if before.slug != after.slug:
        kept_slugs = {*before.former_slugs, before.slug} - {after.slug}
        if kept_slugs == set(after.former_slugs):
            expected["former_slugs"] = after.former_slugs
    if (kept := former_name(pair)) is not None:
        expected["former_names"] = (*before.former_names, kept)
    return expected


def former_name(pair: Pair) -> FormerName | None:
    """Return the name that a renaming keeps for the editions that had it."""
    last = pair.after.former_names[-1] if pair.after.former_names else None
    renamed = pair.before.name != pair.after.name
    return last if renamed and last and last.name == pair.before.name else None
