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
from charte.register.soundness import KEY

_SPACE = "[ \\t\u00a0\u202f]"
# A line that says something of a field, with whatever stands in the place of its dash.
FIELD = re.compile(
    rf"(?P<plus>(?:[+>]|\d{{1,5}})(?={_SPACE}))?(?P<margin>{_SPACE}*)"
    rf"(?:(?P<sign>[^\w\s\"'#{{}}\[\]:,/.\\]{{1,3}}|\d{{1,3}}[.)])(?P<gap>{_SPACE}*))?"
    rf"(?P<key>{KEY})(?P<before>{_SPACE}*):(?P<after>{_SPACE}*)(?P<value>.*)"
)
TEXT_BLOCK = re.compile(r"[|>][-+\d]*(?:\s+#.*)?$")
ENTRY_FIELDS = frozenset(Signatory.model_fields)
_ITEM = re.compile(r" *-(?=\s|$)")
_TOP = re.compile(rf"(?P<key>[^\W\d]\w*){_SPACE}*:(?=\s|$)")
# A dash and a name in the middle of a line: an entry that did not begin its own.
_JOINED = re.compile(r"(?<=\S)[ \t]+-[ \t]+(?=name[ ]*:)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_DUE = ("name", "slug", "listed")  # a dash before each of them is a slip of the hand


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
    """The lines of a register, told apart.

    Attributes:
        column: where the entries' dashes stand, from 0.
        head: the lines that are of no entry, but for the one that begins the list, `title`.
        above: the entries above the list; `entries` are those in it.
        strays: the lines of a second head in the list.
        intruders: the lines of other fields in it.
        fences: the lines with which Markdown surrounds what it quotes.
        joined: the lines on which a second entry begins; the shift is its dash's column, from 0.
    """

    column: int
    head: list[Line] = field(default_factory=list)
    title: Line | None = None
    above: list[list[Line]] = field(default_factory=list)
    entries: list[list[Line]] = field(default_factory=list)
    strays: list[Line] = field(default_factory=list)
    intruders: list[Line] = field(default_factory=list)
    fences: list[Line] = field(default_factory=list)
    joined: list[Line] = field(default_factory=list)


def outline(text: str) -> Outline:
    """Separate the lines of a text, whatever their layout."""
    found = Outline(0)
    lines = list(_own_lines(text, found))
    starts, columns = _starts(lines) if _may_list(lines) else (set(), [])
    found.column = _column(columns)
    piece = found.head
    heads: set[str] = set()
    late: list[Line] = []  # what stands at the margin below the list's first line
    margin = False  # whether the line above stands at the margin
    for at, line in enumerate(lines):
        top = _TOP.match(line.text)
        if at in starts:
            found.intruders += late
            piece, late = [], []
            (found.above if found.title is None else found.entries).append(piece)
        elif top and top["key"] not in Register.model_fields:
            aside = found.head if found.title is None else late
            piece = piece if margin or top["key"] in ENTRY_FIELDS else aside
        elif (top and top["key"] in heads) or (heads and line.text.rstrip() in {"---", "..."}):
            found.strays.append(line)
            continue
        elif top:
            heads.add(top["key"])
            piece = found.head
            if top["key"] == "signatories":
                found.title = line
                continue
        piece.append(line)
        margin = line.text[:1] not in {" ", ""} if not line.empty else margin
    found.head += late
    return found


def _may_list(lines: list[Line]) -> bool:
    """Return whether a text may be a register: other files have other fields at their margin."""
    keys = {match["key"] for line in lines if (match := _TOP.match(line.text))}
    return "signatories" in keys or keys <= ENTRY_FIELDS | {"edition", "Signatories"}


def _own_lines(text: str, found: Outline) -> Iterable[Line]:
    """List the lines; a second entry on a line is given its own, fences are left out."""
    for number, line in enumerate(text.split("\n"), start=1):
        match = _JOINED.search(line) if " - name" in line else None
        if match and _is_plain(line[: match.start()]):
            dash = line.index("-", match.start())
            found.joined.append(Line(line, number, dash))
            yield Line(line[: match.start()], number)
            yield Line(f"  - {line[match.end() :]}", number, match.end() - 4)
        elif line.startswith(("`", " ", "~")) and _FENCE.match(line):
            found.fences.append(Line(line, number))
        else:
            yield Line(line, number)


def _is_plain(ahead: str) -> bool:
    """Return whether a text holds words, and no quotation or comment, where a dash is a dash."""
    return any(map(str.isalpha, ahead)) and not any(sign in ahead for sign in "\"'#")


def _starts(lines: list[Line]) -> tuple[set[int], list[int]]:
    """List where an entry begins, by index, and the columns of the dashes that are dashes."""
    starts: set[int] = set()
    columns: list[int] = []
    seen = set(ENTRY_FIELDS)  # in the entry so far; nothing is due before the first
    block, block_column = "", -1
    for at, text, match in _spoken(lines):
        column = _column_of(text)
        dash = bool(_ITEM.match(text))
        key = match["key"] if match else ""
        apart = bool(at) and lines[at - 1].empty
        if block and not _within((block, block_column), key, column, dash=dash, apart=apart):
            block = ""
        if block:
            continue
        if _begins(match, seen) or (dash and not key):
            starts.add(at)
            seen = set()
            if dash:
                columns.append(column)
        if match:
            seen.add(key.lower())
            if not match["value"].strip() and key not in Register.model_fields:
                block, block_column = key, match.start("key")
    return starts, columns


def _spoken(lines: list[Line]) -> Iterable[tuple[int, str, re.Match[str] | None]]:
    """List the lines that say something, but for those of a text written over several."""
    text_column = -1
    for at, line in enumerate(lines):
        if line.empty or 0 <= text_column < _column_of(line.text):
            continue
        match = FIELD.match(line.text)
        is_text = match is not None and TEXT_BLOCK.match(match["value"])
        text_column = match.start("key") if match and is_text else -1
        yield at, line.text, match


def _column_of(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _begins(match: re.Match[str] | None, seen: set[str]) -> bool:
    """Return whether a field begins an entry: it has a dash, or it is a name, and none is due."""
    if match is None:
        return False
    key = match["key"].lower()
    due = "name" in seen and key in ENTRY_FIELDS and key not in seen and len(seen) < len(_DUE)
    return (key == "name" and "name" in seen) or (bool(match["sign"]) and not due)


def _within(block: tuple[str, int], key: str, column: int, *, dash: bool, apart: bool) -> bool:
    """Return whether a line belongs to the block of fields opened above it.

    A dash in the block's own column is an item of it, unless a blank line sets it apart.
    """
    name, block_column = block
    if column < block_column or (column == block_column and (not dash or apart)):
        return False
    if name not in ENTRY_FIELDS:
        return not (dash and apart)
    model = BLOCKS.get(name)
    return key not in ENTRY_FIELDS or (model is not None and key in model.model_fields)


def _column(columns: list[int]) -> int:
    """Return the column at which most dashes stand; the first of them where none prevails."""
    return Counter(columns).most_common(1)[0][0] if columns else 2


def text_of(lines: Iterable[Line]) -> str:
    """Return lines as one text."""
    return "\n".join(line.text for line in lines) + "\n"
