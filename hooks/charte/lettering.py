"""Text as outlines: a string and a font in, an SVG path out.

A badge travels alone, into pages and slides where no font of ours is installed, and a renderer
silently drops text whose font is missing. So every letter is drawn as a path. HarfBuzz shapes the
text (kerning, ligatures, right-to-left scripts); each glyph's outline is traced once, relative to
its first point, so that setting a letter is a matter of writing down where it starts.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import uharfbuzz as hb

from charte.problems import Unpublishable


class MissingGlyph(Unpublishable):
    """The font has no outline for a character of the text."""

    def __init__(self, text: str, character: str) -> None:
        super().__init__(
            f"La police du badge n’a pas de dessin pour le caractère « {character} » "
            f"(U+{ord(character):04X}) de « {text} »."
        )


class Contour(NamedTuple):
    """One closed line of a glyph: where it starts, in font units, and the way from there."""

    x: int
    y: int
    way: str


class Glyph(NamedTuple):
    """A traced glyph: its contours, and from where to where its ink reaches, in font units."""

    contours: tuple[Contour, ...]
    left: int
    right: int


class _Tracer:
    """Gathers HarfBuzz's absolute drawing calls as contours with relative commands."""

    def __init__(self) -> None:
        self.contours: list[Contour] = []
        self._start = self._at = (0, 0)
        self._way: list[str] = []
        functions = hb.DrawFuncs()
        functions.set_move_to_func(self._move)
        functions.set_line_to_func(self._line)
        functions.set_quadratic_to_func(self._quadratic)
        functions.set_cubic_to_func(self._cubic)
        functions.set_close_path_func(self._close)
        self.functions = functions

    def _relative(self, x: float, y: float) -> str:
        """Give the way from the current point; SVG's y points down, the font's points up."""
        return f"{round(x) - self._at[0]} {self._at[1] - round(y)}"

    def _move(self, x: float, y: float, _: Any) -> None:
        self._start = self._at = (round(x), round(y))
        self._way = []

    def _line(self, x: float, y: float, _: Any) -> None:
        self._way.append(f"l{self._relative(x, y)}")
        self._at = (round(x), round(y))

    def _quadratic(self, cx: float, cy: float, x: float, y: float, _: Any) -> None:
        self._way.append(f"q{self._relative(cx, cy)} {self._relative(x, y)}")
        self._at = (round(x), round(y))

    def _cubic(  # noqa: PLR0913, PLR0917 - HarfBuzz decides what it passes
        self, ax: float, ay: float, bx: float, by: float, x: float, y: float, _: Any
    ) -> None:
        ends = (self._relative(ax, ay), self._relative(bx, by), self._relative(x, y))
        self._way.append(f"c{' '.join(ends)}")
        self._at = (round(x), round(y))

    def _close(self, _: Any) -> None:
        way = "".join(self._way).replace(" -", "-")
        self.contours.append(Contour(self._start[0], self._start[1], f"{way}z"))


class Run(NamedTuple):
    """A text, shaped.

    Attributes:
        outline: its lines as SVG path data, in font units.
        advance: how far the next text starts, for a size of 1.
        left: where its ink starts, for a size of 1; an accent may reach out of the text.
        right: where its ink ends.
        scale: the size of a font unit, for a size of 1.
    """

    outline: str
    advance: float
    left: float
    right: float
    scale: float

    @property
    def ink(self) -> float:
        """The width of what is seen, for a size of 1."""
        return self.right - self.left

    def width(self, size: float) -> float:
        """Give the width at a size, both in user units."""
        return self.advance * size

    def flush(self, x: float, y: float, size: float) -> str:
        """Set the run so that its ink, and not the white before it, starts at x."""
        return self.path(round(x - self.left * size, 1), y, size)

    def path(self, x: float, y: float, size: float) -> str:
        """Set the run as one SVG path element, its baseline starting at (x, y), in user units."""
        scale = f"{size * self.scale:.6f}".rstrip("0")
        place = f"translate({x:g} {y:g}) scale({scale})"
        return f'<path transform="{place}" d="{self.outline}"/>'


class Typeface:
    """A font of the package, ready to set text."""

    def __init__(self, file: str) -> None:
        data = (resources.files("charte") / "fonts" / file).read_bytes()
        self._font = hb.Font(hb.Face(hb.Blob(data)))
        self._scale = 1 / self._font.face.upem
        self._glyphs: dict[int, Glyph] = {}

    def run(self, text: str) -> Run:
        """Shape a text and trace its outline, in font units.

        Raises:
            MissingGlyph: for a character that the font does not have.
        """
        buffer = self._shape(text)
        pen = 0
        outline, lefts, rights = [], [], []
        # Both are None for an empty text.
        for info, position in zip(
            buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True
        ):
            if info.codepoint == 0:
                raise MissingGlyph(text, text[info.cluster])
            x, y = pen + position.x_offset, position.y_offset
            contours, left, right = self._glyph(info.codepoint)
            outline += [f"M{x + c.x} {-y - c.y}{c.way}" for c in contours]
            if contours:
                lefts.append(x + left)
                rights.append(x + right)
            pen += position.x_advance
        left, right = min(lefts, default=0), max(rights, default=0)
        scale = self._scale
        return Run("".join(outline), pen * scale, left * scale, right * scale, scale)

    def missing(self, text: str) -> str | None:
        """Give the first character of a text, spaces aside, that the font cannot draw, or None."""
        drawn = self._font.get_nominal_glyph
        return next((char for char in text if not (char.isspace() or drawn(ord(char)))), None)

    def _shape(self, text: str) -> Any:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        return buffer

    def _glyph(self, glyph: int) -> Glyph:
        if glyph not in self._glyphs:
            tracer = _Tracer()
            self._font.draw_glyph(glyph, tracer.functions)
            ink = self._font.get_glyph_extents(glyph)
            left, right = (ink.x_bearing, ink.x_bearing + ink.width) if ink else (0, 0)
            self._glyphs[glyph] = Glyph(tuple(tracer.contours), left, right)
        return self._glyphs[glyph]


@cache
def typeface(file: str) -> Typeface:
    """Load a font once in the life of the process: it is a constant of the package."""
    return Typeface(file)
