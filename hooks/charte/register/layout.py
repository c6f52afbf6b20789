"""How a register is laid out in its file: the lines, and what of each was written by hand.

`reading` says what a file holds; this says where each value begins and ends, which `#` begins a
comment, and on which lines an entry stands, so that an edit can leave everything else alone. It
looks only at files that `reading` has found harmless and sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from charte.problems import InvalidInput, Severity
from charte.register.document import Path
from charte.register.memory import uncollected
from charte.register.reading import read
from charte.register.scan import Comment, Scan, Span, Spot
from charte.register.source import LINE


class Change(NamedTuple):
    """The text that takes the place of what a span holds."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A register's file as it was written.

    Attributes:
        text: the file's text, its line ends included.
        lines: the same, one by one, without their ends.
        ends: the end of each line; "" for a last line without one.
        starts: where each line begins in the text, and where the text ends.
        value: what the file says, as dict, list and str.
        spans: the place of each value, without the blank lines and comments that follow it.
        keys: the place of each field's name.
        marks: where each field's name begins and its path, in the order of the file.
        flows: the paths of lists and blocks written between brackets.
        comments: all comments in the order of the file.
    """

    text: str
    lines: tuple[str, ...]
    ends: tuple[str, ...]
    starts: tuple[int, ...]
    value: Any
    spans: Mapping[Path, Span]
    keys: Mapping[Path, Span]
    marks: tuple[tuple[Spot, Path], ...]
    flows: frozenset[Path]
    comments: tuple[Comment, ...]

    @property
    def entries(self) -> list[Any]:
        """What the file lists under `signatories`, or nothing where that is no list."""
        found = self.value.get("signatories") if isinstance(self.value, dict) else None
        return found if isinstance(found, list) else []

    @property
    def newline(self) -> str:
        """How most lines of the file end."""
        return max(["\n", "\r\n", "\r"], key=self.ends.count)

    def in_flow(self, path: Path) -> bool:
        """Return whether a value stands between brackets, where commas separate."""
        return any(path[:length] in self.flows for length in range(len(path)))

    def item_lines(self, path: Path) -> tuple[int, int] | None:
        """Return the first and last line of a list's item, its dash included.

        A list between brackets has no dashes, and its items no lines of their own: None.
        """
        if path[:-1] in self.flows:
            return None
        column = self.spans[path[:-1]].start.column
        for number in range(self.spans[path].start.line, -1, -1):
            if self.lines[number][: column + 1] == f"{' ' * column}-":
                return number, self.spans[path].end.line
        return None

    def below(self, path: Path) -> int:
        """Return the number of the line below a field or a list's item and its own comments."""
        outer = self.keys[path] if path in self.keys else self.spans[path[:-1]]
        return end_of_comments(self.lines, self.spans[path].end.line + 1, outer.start.column)

    def is_blank(self, number: int) -> bool:
        """Return whether there is nothing on a line."""
        return not self.lines[number].strip()

    def changed(self, changes: Iterable[Change]) -> str:
        """Return the file's text with some spans replaced; nothing else moves."""
        parts, done = [], 0
        for (start, end), new in sorted(changes):
            parts += [self.text[done : self._offset(start)], new]
            done = self._offset(end)
        return "".join([*parts, self.text[done:]])

    def inserted(self, number: int, lines: Iterable[str]) -> Change:
        """Write whole lines before a line; a file that ends without a line end keeps doing so."""
        new = list(lines)
        if number == len(self.lines) and self.lines and not self.ends[-1]:
            spot = Spot(number - 1, len(self.lines[-1]))
            return Change(Span(spot, spot), "".join(f"{self.newline}{line}" for line in new))
        spot = Spot(number, 0)
        return Change(Span(spot, spot), "".join(f"{line}{self.newline}" for line in new))

    def replaced(self, first: int, last: int, lines: Iterable[str]) -> Change:
        """Write whole lines in the place of others."""
        span = Span(Spot(first, 0), Spot(last, len(self.lines[last])))
        return Change(span, self.newline.join(lines))

    def _offset(self, spot: Spot) -> int:
        return self.starts[spot.line] + spot.column


def end_of_comments(lines: Sequence[str], first: int, column: int) -> int:
    """Return the number of the line after the comments that belong to what stands above them.

    A comment further in than `column`, that of a dash or of a field's name, belongs to the item or
    field that begins there; any other belongs to what follows, with all that comes after it.

    Args:
        lines: the file's lines, with or without their ends.
        first: the number of the line below the last one of the item or field.
        column: where its dash or its name begins; both count from 0.
    """
    end = first
    for number in range(first, len(lines)):
        line = lines[number].strip()
        if line and not (line.startswith("#") and lines[number].index("#") > column):
            break
        if line:
            end = number + 1
    return end


def lay_out(text: str, file: str = "") -> Layout:
    """Look at how a register is written; what the layout holds is not to be changed.

    Raises:
        InvalidInput: if the file cannot be read.
    """
    try:
        return _laid_out(text)
    except InvalidInput:
        raise InvalidInput(read(text.encode("utf-8", "surrogatepass"), file)[1]) from None


@lru_cache(maxsize=4)  # an edit asks for the text before and after it more than once
def _laid_out(text: str) -> Layout:
    with uncollected():
        document, problems = read(text.encode("utf-8", "surrogatepass"), "")
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise InvalidInput(problems)
        pieces = LINE.findall(text)
        lines = tuple(piece.rstrip("\r\n") for piece in pieces)
        ends = tuple(piece[len(line) :] for piece, line in zip(pieces, lines, strict=True))
        scan = Scan(
            "".join(line + ("\n" if end else "") for line, end in zip(lines, ends, strict=True))
        )
        return Layout(
            text,
            lines,
            ends,
            (0, *accumulate(map(len, pieces))),
            document.value,
            scan.spans,
            scan.keys,
            tuple(sorted((span.start, path) for path, span in scan.keys.items())),
            frozenset(scan.flows),
            tuple(scan.comments()),
        )
