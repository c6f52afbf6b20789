"""What a rule looks at, and what it may say.

Rules look at the document as it was read, not at the model: one entry's fault must not hide
another's. A rule is a small function from a subject to findings; where a finding stands in the file
is found out for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeGuard

from charte.problems import Severity
from charte.register.document import Document, Path

LONGEST = 1000  # characters, as the longest text of the model may have
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Finding(NamedTuple):
    """Something wrong at a path of the document: why, and what to write instead."""

    path: Path
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the list of signatories, with whatever fields it has."""

    path: Path
    fields: dict[str, Any]

    def text(self, *names: str) -> str | None:
        """Give the text of a field, or of a field of a block; None where there is none."""
        value: Any = self.fields
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        return value if _is_judged(value) else None

    def texts(self, name: str) -> Iterator[tuple[Path, str]]:
        """Give the texts of a list field, with their paths."""
        items = self.fields.get(name)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if _is_judged(item):
                yield (*self.path, name, index), item

    def blocks(self, name: str) -> Iterator[Entry]:
        """Give the blocks of a list field: actions, former names."""
        items = self.fields.get(name)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield Entry((*self.path, name, index), item)

    @property
    def present(self) -> bool:
        """Whether the signatory has not withdrawn."""
        return "withdrawn" not in self.fields


@dataclass(frozen=True)
class Subject:
    """A register to judge.

    Attributes:
        document: what the file says, and where.
        commitments: the ids that an action may name; None where the charter is not at hand.
        today: the day of the check, or None where the clock must not matter, as in a build.
        taken: the slugs whose address a page of the site holds.
        latest: the last day that has begun somewhere; `today` where it is not given.
        source: the bytes of the file.
        heirs: the entries of those that were published, by the slug that they had then; None where
            the register is compared with none.
    """

    document: Document
    commitments: frozenset[str] | None = None
    today: date | None = None
    taken: frozenset[str] = frozenset()
    latest: date | None = None
    source: bytes = b""
    heirs: Mapping[str, Entry] | None = None

    @property
    def lists_entries(self) -> bool:
        """Whether the file has a list of signatories at all, be it empty."""
        value = self.document.value
        return isinstance(value, dict) and isinstance(value.get("signatories"), list)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that are blocks of fields."""
        value = self.document.value
        items = value.get("signatories") if isinstance(value, dict) else None
        return tuple(
            Entry(("signatories", index), item)
            for index, item in enumerate(items if isinstance(items, list) else ())
            if isinstance(item, dict)
        )

    @cached_property
    def oldest_first(self) -> tuple[Entry, ...]:
        """The entries, those that were published before the others.

        Of two that say the same thing, the one that a person has just added is to be corrected.
        """
        return tuple(sorted(self.entries, key=self.is_new))

    @cached_property
    def _old(self) -> frozenset[Path]:
        return frozenset(entry.path for entry in (self.heirs or {}).values())

    def is_new(self, entry: Entry) -> bool:
        """Return whether an entry is known not to have been published before."""
        return self.heirs is not None and entry.path not in self._old

    @cached_property
    def texts(self) -> tuple[tuple[Path, str], ...]:
        """All texts of the document with their paths, but for empty ones and endless ones."""
        return tuple(_texts((), self.document.value))

    def line(self, path: Path) -> int:
        """Give the line of a path."""
        return self.document.place(path).line


def _is_judged(value: Any) -> TypeGuard[str]:
    """Return whether a value is a text to look at; one beyond all limits has been told as such."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST


def _texts(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        if _is_judged(value):
            yield path, value
        return
    items = value.items() if isinstance(value, dict) else enumerate(value or ())
    for key, item in items:
        yield from _texts((*path, key), item)


def day(value: Any) -> date | None:
    """Read a date where there is one; what is not one is the model's affair."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name in messages, its title and reason in the documentation, its function.

    `check` is None for what reading the file or the model itself finds.
    """

    name: str
    title: str
    reason: str
    check: Callable[[Subject], Iterable[Finding]] | None = None
    severity: Severity = Severity.ERROR
