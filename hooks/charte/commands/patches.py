"""What changes between two texts, as a unified diff as small as the change.

`difflib` may pair an entry's lines with those of another and show everything between as changed.
So texts are cut into blocks first – what precedes the list, each entry, what follows – and blocks
that keep their order are paired; only within a pair are lines compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

_AROUND = 3  # lines shown before and after a change
_LINE_END = re.compile(r"\r\n?|\n")
_MOST_LINES = 400  # of a block that are compared one by one


class Block(NamedTuple):
    """Some lines of a text, under the name by which the other text's block is found."""

    name: Hashable
    lines: tuple[str, ...]


class _Row(NamedTuple):
    """A line with its sign: kept, removed or added."""

    sign: str
    line: str


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without their ends, nor what a last one ends with."""
    return _LINE_END.split(text.rstrip("\r\n"))


def difference(before: str, after: str, file: str) -> str:
    """Return what changes between two texts that differ in one place, such as an edit's."""
    old, new = lines_of(before), lines_of(after)
    return patch([Block(0, tuple(old))], [Block(0, tuple(new))], file)


def patch(before: Sequence[Block], after: Sequence[Block], file: str) -> str:
    """Return what changes between two sequences of blocks, or "" where nothing does.

    Args:
        before: the blocks as they were; a name stands once in each sequence.
        after: the blocks as they will be.
        file: the name of the file.
    """
    rows = list(_rows(before, after))
    hunks = "".join(_hunks(rows))
    return f"--- {file}\n+++ {file}\n{hunks}" if hunks else ""


def kept_in_order(before: Sequence[Hashable], after: Sequence[Hashable]) -> set[Hashable]:
    """Return the most names that stand in both sequences in the same order."""
    places = {name: at for at, name in enumerate(before)}
    common = [name for name in after if name in places]
    tails: list[int] = []  # the lowest place that a run of each length may end with
    ends: list[Hashable] = []
    previous: dict[Hashable, Hashable] = {}
    for name in common:
        at = bisect_left(tails, places[name])
        tails[at : at + 1] = [places[name]]
        ends[at : at + 1] = [name]
        previous[name] = ends[at - 1] if at else None
    kept, name = set(), ends[-1] if ends else None
    while name is not None:
        kept.add(name)
        name = previous[name]
    return kept


def _rows(before: Sequence[Block], after: Sequence[Block]) -> Iterator[_Row]:
    kept = kept_in_order([one.name for one in before], [one.name for one in after])
    old = iter(before)
    for block in after:
        if block.name not in kept:
            yield from _signed("+", block.lines)
            continue
        for other in old:
            if other.name == block.name:
                yield from _compared(other.lines, block.lines)
                break
            yield from _signed("-", other.lines)
    for other in old:
        yield from _signed("-", other.lines)


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[_Row]:
    """Compare the lines of a block; those at its ends that are the same cost nothing."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    yield from _signed(" ", old[:head])
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(map(len, middle)) > _MOST_LINES:
        yield from _signed("-", middle[0])
        yield from _signed("+", middle[1])
    else:
        for tag, a, b, c, d in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
            yield from _signed(" " if tag == "equal" else "-", middle[0][a:b])
            yield from _signed("+", middle[1][c:d] if tag != "equal" else ())
    yield from _signed(" ", old[len(old) - tail :])


def _signed(sign: str, lines: Sequence[str]) -> Iterator[_Row]:
    return (_Row(sign, line) for line in lines)


def _hunks(rows: Sequence[_Row]) -> Iterator[str]:
    """Write the rows that change with those around them."""
    near = [False] * len(rows)
    for at, row in enumerate(rows):
        if row.sign != " ":
            first, last = max(0, at - _AROUND), min(len(rows), at + _AROUND + 1)
            near[first:last] = [True] * (last - first)
    old = new = 1
    for shown, group in groupby(zip(near, rows, strict=True), key=lambda pair: pair[0]):
        hunk = [row for _, row in group]
        removed = sum(row.sign != "+" for row in hunk)
        added = sum(row.sign != "-" for row in hunk)
        if shown:
            yield f"@@ -{_range(old, removed)} +{_range(new, added)} @@\n"
            yield from (f"{row.sign}{row.line}\n" for row in hunk)
        old, new = old + removed, new + added


def _range(start: int, count: int) -> str:
    if count == 1:
        return str(start)
    return f"{start if count else start - 1},{count}"
