"""Where each value of a file begins and ends, and which `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, NamedTuple

import yaml

from charte.register.document import Path

COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_INK = re.compile(r"\S")


class Spot(NamedTuple):
    """A place between two characters; lines and columns count from 0."""

    line: int
    column: int


class Span(NamedTuple):
    """Where a value stands; `end` is just after its last character."""

    start: Spot
    end: Spot


class Comment(NamedTuple):
    """A comment from its `#` on, without the spaces at its end."""

    spot: Spot
    text: str
    alone: bool


class Scan:
    """Follows the file's events and notes where each value begins and ends."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._written: list[tuple[int, int]] = []  # the characters of all scalars
        self.spans: dict[Path, Span] = {}
        self.keys: dict[Path, Span] = {}
        self.flows: set[Path] = set()
        # Harmless: the reading has refused aliases, deep nesting and second documents.
        self._events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        next(self._events)  # the start of the stream
        next(self._events)  # the start of the document
        self._visit(next(self._events), ())

    def _visit(self, event: Any, path: Path) -> Spot:
        """Note a value and those in it; return the end of what is written last."""
        if isinstance(event, yaml.ScalarEvent):
            span = self.spans[path] = self._scalar(event)
            return span.end
        start = Spot(event.start_mark.line, event.start_mark.column)
        if event.flow_style:
            self.flows.add(path)
        items = self._items if isinstance(event, yaml.SequenceStartEvent) else self._fields
        self.spans[path] = Span(start, items(path, start))
        return self.spans[path].end

    def _items(self, path: Path, last: Spot) -> Spot:
        for index in count():
            event = next(self._events)
            if isinstance(event, yaml.SequenceEndEvent):
                break
            last = self._visit(event, (*path, index))
        return self._end(event, path, last)

    def _fields(self, path: Path, last: Spot) -> Spot:
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = (*path, event.value)
            self.keys[key] = self._scalar(event)
            last = max(self.keys[key].end, self._visit(next(self._events), key))
        return self._end(event, path, last)

    def _end(self, event: Any, path: Path, last: Spot) -> Spot:
        """Return the end of a list or block; libyaml ends one without brackets at the next."""
        end = event.end_mark
        return Spot(end.line, end.column) if path in self.flows else last

    def _scalar(self, event: Any) -> Span:
        """Note which characters a scalar covers, and return its place."""
        start, end = event.start_mark, event.end_mark
        first, last = start.index, end.index
        spot = Spot(start.line, start.column)
        if event.style not in {"|", ">"}:
            self._written.append((first, last))
            return Span(spot, Spot(end.line, end.column))
        # It ends below the blank lines that follow; a comment may stand beside the sign.
        self._written.append((self._text.find("\n", first), last))
        written = self._text[first:last].rstrip()
        breaks = written.count("\n")
        column = len(written) - written.rfind("\n") - 1 if breaks else spot.column + len(written)
        return Span(spot, Spot(spot.line + breaks, column))

    def comments(self) -> Iterable[Comment]:
        """Find the comments: a `#` at the beginning of a word, and not in a value."""
        kept, done = [], 0
        for first, last in self._written:
            kept += [self._text[done:first], _INK.sub("x", self._text[first:last])]
            done = last
        kept.append(self._text[done:])
        lines = self._text.split("\n")
        for number, masked in enumerate("".join(kept).split("\n")):
            if match := COMMENT.search(masked):
                alone = not masked[: match.start()].strip()
                text = lines[number][match.start() :].rstrip()
                yield Comment(Spot(number, match.start()), text, alone)
