"""The badge of each signatory: the mark with its name and « signataire ».

A badge travels alone, so it brings its own white ground and its words as outlines, and it has one
size whatever the name: a long name is set smaller, then on two lines, then cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from charte import mark
from charte.lettering import Run, Typeface, typeface
from charte.mark import BADGE_SIZE
from charte.publish import Output
from charte.viewer import badge_uri
from charte.views import SiteView

_TEXT_X = 96
_ROOM = BADGE_SIZE[0] - _TEXT_X - 18  # user units
_LARGEST, _SMALLEST_ON_ONE_LINE, _SMALLEST = 24, 15, 10
_ELLIPSIS = "…"


class _Setting(NamedTuple):
    """A name as it is set: its lines, its size, its first baseline, all in user units."""

    runs: tuple[Run, ...]
    size: float
    baseline: float


def outputs(site: SiteView) -> Iterator[Output]:
    """Draw one badge per signatory, present or past, at its addresses, present and past."""
    for view in site.signatories:
        drawing = draw(view.name, view.badge.alt, view.standing.word)
        for slug in (view.slug, *view.former_slugs):
            yield Output(badge_uri(slug), drawing)


def draw(name: str, alt: str, status: str = "signataire") -> bytes:
    """Draw a badge as an SVG file.

    Args:
        name: the signatory's name, of any length.
        alt: what assistive technology says in place of the drawing.
        status: the word under the name.

    Raises:
        MissingGlyph: for a name in a script that the font does not have.
    """
    # A tab or a no-break space is a space to a drawing, and a font may lack them.
    setting = _set(" ".join(name.split()), typeface(mark.BOLD))
    step = setting.size * 1.05
    lines = "".join(
        run.path(_TEXT_X, round(setting.baseline + row * step, 1), setting.size)
        for row, run in enumerate(setting.runs)
    )
    return mark.svg(
        f'{_common()}<g fill="{mark.COLOUR.words}">{lines}{_status(status)}</g>',
        *BADGE_SIZE,
        title=alt,
    )


@cache
def _common() -> str:
    """Draw what all badges share: the ground, the symbol, the words of the mark."""
    width, height = BADGE_SIZE
    words = typeface(mark.SEMIBOLD).run(mark.NAME).path(_TEXT_X, 80, 19)
    return (
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="12" '
        'fill="#fff" stroke="#c9d6d1"/>'
        f'<g transform="translate(16 14)">{mark.symbol(mark.COLOUR)}</g>'
        f'<g fill="{mark.COLOUR.bowl}">{words}</g>'
    )


@cache
def _status(status: str) -> str:
    return typeface(mark.SEMIBOLD).run(status).path(_TEXT_X, 58, 15)


def _set(name: str, face: Typeface) -> _Setting:
    """Choose the largest setting in which the name fits the badge."""
    run = face.run(name)
    largest = _largest_size((run,))
    if largest >= _SMALLEST_ON_ONE_LINE:
        return _Setting((run,), min(largest, _LARGEST), 36)
    lines = _two_lines(name, face)
    fitting = _largest_size(tuple(face.run(line) for line in lines))
    size = max(_SMALLEST, min(fitting, _SMALLEST_ON_ONE_LINE))
    return _Setting(tuple(_cut(line, face, size) for line in lines), size, 23)


def _largest_size(runs: tuple[Run, ...]) -> int:
    """Give the largest whole size at which all lines fit."""
    widest = max(run.advance for run in runs)
    return int(_ROOM / widest) if widest else _LARGEST


def _two_lines(name: str, face: Typeface) -> tuple[str, ...]:
    """Break a name at the space that makes the longer line shortest; without a space, do not."""
    halves = [(name[:index], name[index + 1 :]) for index, char in enumerate(name) if char == " "]
    return min(
        halves, key=lambda lines: max(face.run(line).advance for line in lines), default=(name,)
    )


def _cut(line: str, face: Typeface, size: float) -> Run:
    """Shorten a line to the room there is, with an ellipsis to say so."""
    run = face.run(line)
    end = len(line)
    while run.width(size) > _ROOM:
        end -= 1
        run = face.run(line[:end] + _ELLIPSIS)
    return run
