"""Two pictures of the register, as geometry: its growth, and how many names each letter has.

A template draws them as SVG at build time, in the colours of the page, with the same figures in a
table beside it. Lengths are in user units of the drawing, rounded, so that bytes do not depend on
the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from charte import french

WIDTH, HEIGHT = 360, 180
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 352, 12, 156
_STEPS = (1, 2, 5)
_FEWEST = 2  # editions that make a curve


class Tick(NamedTuple):
    """A mark on an axis: where, and what it says."""

    at: float
    text: str


class Bar(NamedTuple):
    """One column: its left edge, top, width and height, its label and its figure."""

    x: float
    y: float
    width: float
    height: float
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Growth:
    """The number of signatories since the first edition, as a line of steps.

    Attributes:
        line: the points of the line, as SVG's `points` wants them.
        area: the same, closed along the axis.
        dots: where each edition begins.
        levels: the marks of the vertical axis.
        years: the marks of the horizontal axis.
        summary: what the picture says, in a sentence.
    """

    line: str
    area: str
    dots: tuple[tuple[float, float], ...]
    levels: tuple[Tick, ...]
    years: tuple[Tick, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The number of names under each letter, as columns."""

    bars: tuple[Bar, ...]
    levels: tuple[Tick, ...]
    summary: str


def growth(counts: Sequence[tuple[date, int]]) -> Growth | None:
    """Draw the growth of the register.

    Args:
        counts: each edition's day and number of signatories, the oldest first.

    Returns:
        None for a register without a second edition: nothing has grown.
    """
    if len(counts) < _FEWEST:
        return None
    first, last = counts[0][0], counts[-1][0]
    # What the last edition says holds on: it is drawn a little further than its day.
    days = (last - first).days * 1.12
    scale = _Scale(max(count for _, count in counts))

    def across(day: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - first).days / days, 1)

    dots = tuple((across(day), scale.up(count)) for day, count in counts)
    points = list(dots[:1])
    for (_, before), (x, y) in pairwise(dots):
        points += [(x, before), (x, y)]
    points.append((_RIGHT, dots[-1][1]))
    line = _points(points)
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    return Growth(
        line=line,
        area=f"{_LEFT},{_BOTTOM} {line} {_RIGHT},{_BOTTOM}",
        dots=dots,
        levels=scale.ticks,
        years=tuple(Tick(across(day), str(day.year)) for day in _spread(years))
        or (Tick(_LEFT, french.long_date(first)),),
        summary=_growth_summary(counts),
    )


def _growth_summary(counts: Sequence[tuple[date, int]]) -> str:
    (first, start), (last, end) = counts[0], counts[-1]
    begun = f"{french.counted(start, 'signataire')} le {french.long_date(first)}"
    return f"{begun}, {french.number(end)} depuis le {french.long_date(last)}."


def _spread(years: Sequence[date]) -> Sequence[date]:
    """Leave out years until those that remain have room for their figures."""
    return years[:: len(years) // 8 + 1]


def letters_chart(counts: Sequence[tuple[str, int]]) -> Letters | None:
    """Draw how many names each letter has; None where there is no name."""
    if not counts:
        return None
    scale = _Scale(max(count for _, count in counts))
    step = (_RIGHT - _LEFT) / len(counts)
    bars = tuple(
        Bar(
            x=round(_LEFT + place * step + step * 0.14, 1),
            y=scale.up(count),
            width=round(step * 0.72, 1),
            height=round(_BOTTOM - scale.up(count), 1),
            label=letter,
            text=french.counted(count, "signataire"),
        )
        for place, (letter, count) in enumerate(counts)
    )
    most = max(count for _, count in counts)
    letters = [letter for letter, count in counts if count == most]
    summary = f"Le plus souvent {' et '.join(letters)} : {french.counted(most, 'signataire')}."
    return Letters(bars, scale.ticks, summary)


class _Scale:
    """A vertical axis from nought to at least the highest figure, in three to six round steps."""

    def __init__(self, highest: int) -> None:
        step = next(
            step
            for power in range(10)
            for step in (factor * 10**power for factor in _STEPS)
            if step * 5 >= highest
        )
        self._top = max(step * -(-highest // step), 1)
        levels = range(0, self._top + 1, step)
        self.ticks = tuple(Tick(self.up(level), french.number(level)) for level in levels)

    def up(self, count: int) -> float:
        height: float = (_BOTTOM - _TOP) * count / self._top
        return round(_BOTTOM - height, 1)


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
