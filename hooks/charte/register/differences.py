"""What a pull request changes in the register, as values and as a comment on a forge.

Signatories are told apart by their identifier, and followed to a new one by `former_slugs`. Text
from the data is written as code, which no forge reads for markup, mentions, references or links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from charte.french import counted, long_date
from charte.register.model import Action, FormerName, Register, Signatory, Withdrawal
from charte.shown import shown

_REASONS = {"retired": "retrait", "merged": "fusion", "listed-by-mistake": "inscrit par erreur"}
_NOT_GIVEN = (None, ())


@dataclass(frozen=True, slots=True)
class Pair:
    """One signatory before and after."""

    before: Signatory
    after: Signatory


@dataclass(frozen=True, slots=True)
class Deletion:
    """A signatory whose entry is gone, and the identifier that its address now leads to, if any."""

    signatory: Signatory
    leads_to: str | None


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
        renamed: those whose name changes.
        moved: those whose identifier changes, the old one being kept in `former_slugs`.
        withdrawn: those that leave the annex.
        deleted: those whose entry is gone.
        changed: all other fields that change, entry by entry.
        edition: the dates before and after, or None where they are the same.
    """

    added: tuple[Signatory, ...] = ()
    renamed: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    withdrawn: tuple[Pair, ...] = ()
    deleted: tuple[Deletion, ...] = ()
    changed: tuple[Change, ...] = ()
    edition: tuple[date, date] | None = None


def compare(before: Register, after: Register) -> Differences:
    """Tell what changes from one register to another, in the order of the files."""
    pairs = list(_pairs(before, after))
    kept = {pair.after.slug for pair in pairs}
    followed = {pair.before.slug for pair in pairs}
    heirs = {former: one.slug for one in after.signatories for former in one.former_slugs}
    return Differences(
        added=tuple(one for one in after.signatories if one.slug not in kept),
        renamed=tuple(pair for pair in pairs if pair.before.name != pair.after.name),
        moved=tuple(pair for pair in pairs if pair.before.slug != pair.after.slug),
        withdrawn=tuple(pair for pair in pairs if _leaves(pair)),
        deleted=tuple(
            Deletion(one, heirs.get(one.slug))
            for one in before.signatories
            if one.slug not in followed
        ),
        changed=tuple(change for pair in pairs for change in _changes(pair)),
        edition=None if before.edition == after.edition else (before.edition, after.edition),
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


def _leaves(pair: Pair) -> bool:
    return not pair.before.withdrawn and bool(pair.after.withdrawn)


def _changes(pair: Pair) -> Iterator[Change]:
    told = {"name", "slug"} | ({"withdrawn"} if _leaves(pair) else set())
    for field in Signatory.model_fields:
        before, after = getattr(pair.before, field), getattr(pair.after, field)
        if field == "former_slugs" and pair.before.slug != pair.after.slug:
            after = tuple(slug for slug in after if slug != pair.before.slug)
        if field not in told and before != after:
            yield Change(pair.after, field, before, after)


def markdown(differences: Differences) -> str:
    """Write what changes in French, as Markdown that holds no markup from the data."""
    blocks = [_summary(differences)]
    for title, items in _sections(differences):
        if items:
            blocks.append("\n".join([f"### {title}", "", *items]))
    return shown("\n\n".join(blocks) + "\n")


def _summary(differences: Differences) -> str:
    changed = len({change.signatory.slug for change in differences.changed})
    counts = [
        (len(differences.added), "ajouté"),
        (len(differences.renamed), "renommé"),
        (len(differences.moved), "déplacé"),
        (len(differences.withdrawn), "retiré"),
        (len(differences.deleted), "effacé"),
        (changed, "modifié"),
    ]
    told = [(count, participle) for count, participle in counts if count]
    if not told:
        return "Aucun signataire ne change."
    (count, participle), *others = told
    first = f"{counted(count, 'signataire')} {participle}{'s' if count > 1 else ''}"
    return ", ".join([first, *(counted(count, participle) for count, participle in others)]) + "."


def _sections(differences: Differences) -> Iterator[tuple[str, list[str]]]:
    edition = differences.edition
    yield (
        "Édition",
        [f"- {long_date(edition[0])} devient {long_date(edition[1])}"] if edition else [],
    )
    yield "Ajoutés", [line for one in differences.added for line in _added(one)]
    yield (
        "Renommés",
        [
            f"- {code(one.before.name)} devient {code(one.after.name)}, à l’adresse "
            f"{_address(one.after.slug)}"
            for one in differences.renamed
        ],
    )
    yield (
        "Déplacés",
        [
            f"- {code(one.after.name)} : {_address(one.before.slug)} conduira à "
            f"{_address(one.after.slug)}"
            for one in differences.moved
        ],
    )
    yield "Retirés", [_withdrawn(one) for one in differences.withdrawn]
    yield "Effacés", [_deleted(one) for one in differences.deleted]
    yield "Modifiés", list(_changed(differences.changed))


def _added(one: Signatory) -> Iterator[str]:
    yield f"- {code(one.name)}, à l’adresse {_address(one.slug)}"
    for field in Signatory.model_fields:
        value = getattr(one, field)
        if field not in {"name", "slug"} and value not in _NOT_GIVEN:
            yield f"  - `{field}` : {_shown(value)}"


def _withdrawn(pair: Pair) -> str:
    return (
        f"- {code(pair.after.name)} : {_shown(pair.after.withdrawn)} ; sa page reste à l’adresse "
        f"{_address(pair.after.slug)}"
    )


def _deleted(one: Deletion) -> str:
    line = f"- {code(one.signatory.name)} : sa page {_address(one.signatory.slug)} disparaît"
    return f"{line}, l’adresse conduira à {_address(one.leads_to)}" if one.leads_to else line


def _changed(changes: Iterable[Change]) -> Iterator[str]:
    last = None
    for change in changes:
        if change.signatory.slug != last:
            last = change.signatory.slug
            yield f"- {code(change.signatory.name)}, à l’adresse {_address(last)}"
        yield f"  - `{change.field}` : {_became(change.before, change.after)}"


def _became(before: Any, after: Any) -> str:
    if before in _NOT_GIVEN:
        return f"{_shown(after)} (ajouté)"
    if after in _NOT_GIVEN:
        return f"{_shown(before)} (supprimé)"
    return f"{_shown(before)} devient {_shown(after)}"


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    if isinstance(value, Action):
        return (
            f"{long_date(value.date)}, {code(value.title)} ({code(value.url)}, {value.commitment})"
        )
    if isinstance(value, FormerName):
        note = f" ({code(value.note)})" if value.note else ""
        return f"{code(value.name)}{note} jusqu’au {long_date(value.until)}"
    if isinstance(value, Withdrawal):
        successor = f", successeur {code(value.successor)}" if value.successor else ""
        edition = f", annexe du {long_date(value.unlisted)}" if value.unlisted else ""
        return f"{_REASONS[value.reason]} le {long_date(value.on)}{successor}{edition}"
    return code(str(value))


def _address(slug: str) -> str:
    return code(f"/signataires/{slug}/")


def code(text: str) -> str:
    """Write any text as Markdown code, on one line, fenced by more backticks than it holds."""
    line = " ".join(text.split()) or " "
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    room = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{room}{line}{room}{fence}"
