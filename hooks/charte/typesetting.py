"""A name of any length in a room of one width: as large as can be, on as few lines as it needs.

Each number of lines has its largest size, and the setting with the largest letters wins. Only a
name that nobody could read any more is cut, and an ellipsis says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from charte.lettering import Run, Typeface

_ELLIPSIS = "…"
# A line may end after a space, a slash or a dash; « e-santé » stays in one piece.
_BREAK = re.compile(r"(?:(?<=[ /–—])|(?<=\w\w-))(?=[^ /–—-])")


class Setting(NamedTuple):
    """A name as it is set: its lines, from the first on, and their size in user units."""

    runs: tuple[Run, ...]
    size: int

    def paths(self, x: float, baseline: float, step: float) -> str:
        """Draw the lines as SVG path elements; lengths are in user units.

        Args:
            x: where the ink of each line starts.
            baseline: the first line's.
            step: from one baseline to the next.
        """
        return "".join(
            run.flush(x, round(baseline + row * step, 1), self.size)
            for row, run in enumerate(self.runs)
        )


def set_name(
    name: str, face: Typeface, room: float, largest: Sequence[int], smallest: int
) -> Setting:
    """Choose the setting in which a name's letters are largest.

    Args:
        name: any text; whatever space it has is set as a plain one.
        face: the font.
        room: the width, in user units.
        largest: the largest size of one line, of two, and so on.
        smallest: the size at which a name that does not fit is cut.

    Raises:
        MissingGlyph: for a character that the font does not have.
    """
    # A tab or a no-break space is a space to a drawing, and a font may lack them.
    text = " ".join(name.split())
    pieces = _BREAK.split(text)
    best = _fitted([text], face, room, largest[0])
    for count, size in enumerate(largest[1 : len(pieces)], start=2):
        if best.size < size:  # else more lines cannot make the letters larger
            other = _fitted(_balanced(pieces, count, face), face, room, size)
            best = max(best, other, key=lambda one: one.size)
    if best.size >= smallest:
        return best
    lines = _filled(text, face, room / smallest, len(largest))
    return Setting(tuple(face.run(line) for line in lines), smallest)


def _fitted(lines: Sequence[str], face: Typeface, room: float, largest: int) -> Setting:
    """Set lines as large as the longest allows."""
    runs = tuple(face.run(line) for line in lines)
    longest = max(run.ink for run in runs)
    return Setting(runs, min(largest, int(room / longest)) if longest else largest)


def _balanced(pieces: Sequence[str], count: int, face: Typeface) -> list[str]:
    """Spread a text over lines so that the longest is as short as can be."""
    ends = [0.0]
    for piece in pieces:
        ends.append(ends[-1] + face.run(piece).advance)

    def lines(cuts: tuple[int, ...]) -> list[tuple[int, int]]:
        return list(pairwise((0, *cuts, len(pieces))))

    cuts = min(
        combinations(range(1, len(pieces)), count - 1),
        key=lambda cuts: max(ends[stop] - ends[start] for start, stop in lines(cuts)),
    )
    return ["".join(pieces[start:stop]).rstrip() for start, stop in lines(cuts)]


def _filled(text: str, face: Typeface, room: float, count: int) -> list[str]:
    """Fill one line after the other, inside a word where it must be, and cut the last.

    Args:
        text: what does not fit.
        face: the font.
        room: the width of a line, for a size of 1.
        count: how many lines there may be.
    """
    lines: list[str] = []
    while len(lines) < count - 1 and face.run(text).ink > room:
        fitting = _fitting(text, "", face, room)
        breaks = (match.start() for match in _BREAK.finditer(text))
        end = max((one for one in breaks if len(text[:one].rstrip()) <= fitting), default=fitting)
        lines.append(text[:end].rstrip())
        text = text[end:]
    if face.run(text).ink > room:
        text = text[: _fitting(text, _ELLIPSIS, face, room)].rstrip() + _ELLIPSIS
    return [*lines, text]


def _fitting(text: str, end: str, face: Typeface, room: float) -> int:
    """Count the characters of a text that fit on a line, followed by its end."""
    lengths = range(1, len(text))
    return bisect_right(lengths, room, key=lambda length: face.run(text[:length] + end).ink)
