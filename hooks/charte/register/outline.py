"""A register's lines, told apart without YAML: the head, the list, and one piece an entry.

A broken layout is looked at here by the line, as its author wrote it. An entry begins where any
sign that a hand may take for a dash stands before a field, or where a second name does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from charte.register.model import BLOCKS, Register, Signatory

_SPACE = "[ \\t\u00a0\u202f]"
# A line that says something of a field, with whatever stands in the place of its dash.
FIELD = re.compile(
    rf"(?P<plus>\+(?={_SPACE}))?(?P<margin>{_SPACE}*)"
    rf"(?:(?P<sign>[-–—‒−•·▪◦*+])(?P<gap>{_SPACE}*))?"
    rf"(?P<key>[^\W\d]\w*)(?P<before>{_SPACE}*):(?P<after>{_SPACE}*)(?P<value>.*)"
)
TEXT_BLOCK = re.compile(r"[|>][-+\d]*(?:\s+#.*)?$")
ENTRY_FIELDS = frozenset(Signatory.model_fields)
_ITEM = re.compile(r" *-(?=\s|$)")
_TOP = re.compile(rf"(?P<key>{'|'.join(Register.model_fields)}){_SPACE}*:")
# A dash and a name in the middle of a line: an entry that did not begin its own.
_JOINED = re.compile(r"(?<=\S)[ \t]+-[ \t]+(?=name[ ]*:)")


class Line(NamedTuple):
    """A line to read, the number of the line it stands for, and how far its columns have moved."""

    text: str
    number: int
    shift: int = 0

    @property
    def empty(self) -> bool:
        """Whether it is blank or a comment."""
        start = self.text.lstrip()
        return not start or start.startswith("#")


@dataclass(slots=True)
class Outline:
    """The lines of a register: `above` are entries above the list, `strays` a second head."""

    column: int  # of the entries' dashes, from 0
    head: list[Line] = field(default_factory=list)
    title: Line | None = None
    above: list[list[Line]] = field(default_factory=list)
    entries: list[list[Line]] = field(default_factory=list)
    strays: list[Line] = field(default_factory=list)
    # Lines on which a second entry begins; the shift is the column of its dash, from 0.
    joined: list[Line] = field(default_factory=list)


def outline(text: str) -> Outline:
    """Tell apart the lines of a text, whatever their layout."""
    found = Outline(0)
    lines = list(_own_lines(text, found.joined))
    starts, columns = _starts(lines)
    found.column = _column(columns)
    piece = found.head
    heads: set[str] = set()
    for at, line in enumerate(lines):
        if at in starts:
            piece = []
            (found.above if found.title is None else found.entries).append(piece)
        elif top := _TOP.match(line.text):
            if top["key"] in heads:
                found.strays.append(line)
                continue
            piece = found.head
            if top["key"] == "signatories":
                found.title = line
            heads.add(top["key"])
        elif line.text.rstrip() in {"---", "..."} and heads:
            found.strays.append(line)
            continue
        piece.append(line)
    return found


def _own_lines(text: str, joined: list[Line]) -> Iterable[Line]:
    """List the lines; a second entry on a line is given its own."""
    for number, line in enumerate(text.split("\n"), start=1):
        match = _JOINED.search(line) if " - name" in line else None
        if match and not re.search("[\"'#]", line[: match.start()]):
            joined.append(Line(line, number, line.index("-", match.start())))
            yield Line(line[: match.start()], number)
            yield Line(f"  - {line[match.end() :]}", number, match.end() - 4)
        else:
            yield Line(line, number)


def _starts(lines: list[Line]) -> tuple[set[int], list[int]]:
    """List where an entry begins, by index, and the columns of the dashes that are dashes."""
    starts: set[int] = set()
    columns: list[int] = []
    named = True  # whether another name would begin another entry
    block, block_column, text_column = "", -1, -1
    for at, line in enumerate(lines):
        if line.empty:
            continue
        column = len(line.text) - len(line.text.lstrip(" "))
        if text_column >= 0 and column > text_column:
            continue
        text_column = -1
        match = FIELD.match(line.text)
        dash = _ITEM.match(line.text)
        key = match["key"] if match else ""
        if block and not _within(block, key, column, block_column, dash=bool(dash)):
            block = ""
        nested = bool(block)
        if not nested and (_begins(match, named=named) or dash):
            starts.add(at)
            named = False
            if dash:
                columns.append(column)
        if not match:
            continue
        named = named or (not nested and key.lower() == "name")
        at_key = match.start("key")
        if not nested and not match["value"] and key not in Register.model_fields:
            block, block_column = key, at_key
        if match["value"] and TEXT_BLOCK.match(match["value"]):
            text_column = at_key
    return starts, columns


def _begins(match: re.Match[str] | None, *, named: bool) -> bool:
    return bool(match and (match["sign"] or (named and match["key"].lower() == "name")))


def _within(block: str, key: str, column: int, block_column: int, *, dash: bool) -> bool:
    """Tell whether a line belongs to the block of fields opened above it."""
    if column < block_column or (column == block_column and not dash):
        return False
    model = BLOCKS.get(block)
    if block not in ENTRY_FIELDS or key not in ENTRY_FIELDS:
        return True
    return model is not None and key in model.model_fields


def _column(columns: list[int]) -> int:
    """Return the column at which most dashes stand; the first of them where none prevails."""
    return Counter(columns).most_common(1)[0][0] if columns else 2
