"""Entries in their places: where one more goes, and how it is laid out there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace

from charte.french import sort_key
from charte.register.pieces import Entry, dash_column, moved


class Shelf:
    """A list of entries that takes more of them, each before the first whose name sorts after it.

    Entries need not be in alphabetical order. `_highest` has, for each, the highest key of those up
    to it: it rises, so that a place is found without looking at each entry.
    """

    def __init__(self, entries: Iterable[Entry] = (), newline: str = "\n") -> None:
        self._newline = newline
        self._entries: list[Entry] = []
        self._highest: list[tuple[str, str, str]] = []
        for entry in entries:
            self.append(entry)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in their order."""
        return tuple(self._entries)

    def append(self, entry: Entry) -> None:
        """Add an entry at the end, as it is."""
        self._entries.append(entry)
        self._highest.append(max([sort_key(entry.name), *self._highest[-1:]]))

    def place(self, entry: Entry, finish: Callable[[Entry], Entry] = lambda entry: entry) -> None:
        """Add an entry in its alphabetical place, laid out as its new neighbours are.

        `finish` changes it once it is laid out.
        """
        key = sort_key(entry.name)
        place = bisect_right(self._highest, key)
        self._highest.insert(place, key)
        first, second = [*self._entries[:2], None, None][:2]
        gap = self._newline if second is None or _starts_blank(second) else ""
        follows_gap = first is not None and (place > 0 or _starts_blank(first))
        by = dash_column(first.body) - dash_column(entry.body) if first else 0
        lead = (gap if follows_gap else "") + moved(entry.comments, by, self._newline)
        new = finish(replace(entry, lead=lead, body=moved(entry.body, by, self._newline)))
        if first and not follows_gap:
            new = replace(new, body=new.body + gap)
        self._entries.insert(place, new)


def _starts_blank(entry: Entry) -> bool:
    return entry.lead[:1] in {"\r", "\n"}
