"""A register as it was read: what the file says, and where it says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from charte.register.source import Mark

Path = tuple[str | int, ...]
Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file says, and where: `value` is made of dict, list and str only.

    `places` gives the place of the value at a path, `keys` that of its key, `last_lines` the last
    line of each mapping, `comments` the comment that follows a value on its line, `nulls` each word
    that other readers of YAML take for nothing (`null`, `~`).

    `unread` are the first and last lines of what could not be read, in order, counted from 1; all
    lines of a file of which nothing was read. `unread_words` are the words of the lines left out of
    a file that was read, cut at whatever is no letter, digit or hyphen: what they may name is
    neither missing nor approved.
    """

    value: Any
    places: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    last_lines: dict[Path, int] = field(default_factory=dict)
    comments: dict[Path, str] = field(default_factory=dict)
    nulls: dict[Path, str] = field(default_factory=dict)
    unread: tuple[Lines, ...] = ()
    unread_words: frozenset[str] = frozenset()

    @property
    def refused(self) -> bool:
        """Whether no list of signatories could be read."""
        value = self.value
        return not (isinstance(value, dict) and isinstance(value.get("signatories"), list))

    def place(self, path: Path) -> Mark:
        """Return the nearest known place of a path: its own, or that of what should hold it."""
        for length in range(len(path), -1, -1):
            if mark := self.places.get(path[:length]):
                return mark
        return Mark(1, 1)
