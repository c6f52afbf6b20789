"""The badge of each signatory: the mark with its name and « signataire ».

A badge travels alone, so it brings its own white ground and its words as outlines, and it has one
size whatever the name: a long name is set smaller, then on two lines, then cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from charte import mark
from charte.lettering import Typeface, typeface
from charte.publish import Output
from charte.viewer import BADGE_SIZE
from charte.views import SignatoryView, SiteView

_TEXT_X = 96
_ROOM = BADGE_SIZE[0] - _TEXT_X - 18  # user units
_ELLIPSIS = "…"


class _Setting(NamedTuple):
    """A name as it is set: its lines, its size, its first baseline, all in user units."""

    lines: tuple[str, ...]
    size: float
    baseline: float


def outputs(site: SiteView) -> Iterator[Output]:
    """Draw one badge per signatory, present or past."""
    drawer = _Drawer()
    for view in site.signatories:
        yield Output(view.badge.uri, drawer.badge(view))


class _Drawer:
    """Holds what all badges share, drawn once."""

    def __init__(self) -> None:
        self._bold = typeface(mark.BOLD)
        self._semibold = typeface(mark.SEMIBOLD)
        width, height = BADGE_SIZE
        ground = (
            f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="12" '
            'fill="#fff" stroke="#c9d6d1"/>'
        )
        self._before = (
            f'{ground}<g transform="translate(16 14)">{mark.symbol(mark.COLOUR)}</g>'
            f'<g fill="{mark.COLOUR.bowl}">{self._semibold.path(mark.NAME, _TEXT_X, 80, 19)}</g>'
        )

    def badge(self, view: SignatoryView) -> bytes:
        setting = _set(view.name, self._bold)
        step = setting.size * 1.05
        name = "".join(
            self._bold.path(line, _TEXT_X, round(setting.baseline + row * step, 1), setting.size)
            for row, line in enumerate(setting.lines)
        )
        status = "ancien signataire" if view.withdrawal else "signataire"
        elements = (
            f'{self._before}<g fill="{mark.COLOUR.words}">{name}'
            f"{self._semibold.path(status, _TEXT_X, 58, 15)}</g>"
        )
        return mark.svg(elements, *BADGE_SIZE, title=view.badge.alt)


def _set(name: str, face: Typeface) -> _Setting:
    """Choose the largest setting in which the name fits the badge."""
    width = face.width(name, 1)
    if width * 15 <= _ROOM:
        size = min(24, int(_ROOM / width))
        return _Setting((name,), size, 36)
    lines = _two_lines(name, face)
    widest = max(face.width(line, 1) for line in lines)
    size = max(10, min(15, int(_ROOM / widest)))
    return _Setting(tuple(_cut(line, face, size) for line in lines), size, 23)


def _two_lines(name: str, face: Typeface) -> tuple[str, ...]:
    """Break a name at the space that makes the longer line shortest; without a space, do not."""
    breaks = [index for index, char in enumerate(name) if char == " "]
    if not breaks:
        return (name,)
    best = min(
        breaks, key=lambda at: max(face.width(name[:at], 1), face.width(name[at + 1 :], 1))
    )
    return name[:best], name[best + 1 :]


def _cut(line: str, face: Typeface, size: float) -> str:
    """Shorten a line to the room there is, with an ellipsis to say so."""
    if face.width(line, size) <= _ROOM:
        return line
    end = len(line)
    while face.width(line[:end] + _ELLIPSIS, size) > _ROOM:
        end -= 1
    return line[:end] + _ELLIPSIS
