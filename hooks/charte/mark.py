"""The mark « Engagé pour la e-santé »: its drawing, its colours, its lettering.

An « e » whose bar rises into a tick: a promise, kept. It is this project's own drawing and borrows
nothing from the State's identity (no tricolour, no Marianne). Drawn on a grid of 64 units for the
symbol, 240 × 64 for the symbol with its words, which stay readable at a height of 32 pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from charte.lettering import typeface

WORDS = ("Engagé pour", "la e-santé")
NAME = " ".join(WORDS)
BADGE_SIZE = (360, 96)  # user units; the size at which it is embedded

BOLD = "SourceSans3-Bold.ttf"
SEMIBOLD = "SourceSans3-Semibold.ttf"

# The bowl of the « e », open at the right; its bar, which goes down and turns; the rising tick.
_BOWL = "M43 12.2A24 24 0 1 0 49.4 48.4"
_BAR = "M7 33H23l8 8"
_TICK = "M31 41L57 15"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one version of the mark, in CSS notation."""

    bowl: str
    tick: str
    words: str


COLOUR = Palette(bowl="#0b5d57", tick="#d9481f", words="#12312b")
DARK = Palette(bowl="#7fd8c4", tick="#ff9e7a", words="#f4f8f6")
MONOCHROME = Palette(bowl="#000", tick="#000", words="#000")


def symbol(palette: Palette) -> str:
    """Draw the symbol on its grid of 64 × 64, as SVG elements."""
    stroke = 'stroke-width="8" stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<g fill="none" {stroke}>'
        f'<path stroke="{palette.bowl}" d="{_BOWL}{_BAR}"/>'
        f'<path stroke="{palette.tick}" d="{_TICK}"/></g>'
    )


def mark(palette: Palette) -> str:
    """Draw the symbol with its words on a grid of 240 × 64, as SVG elements."""
    bold = typeface(BOLD)
    words = bold.run(WORDS[0]).path(76, 28, 27) + bold.run(WORDS[1]).path(76, 56, 27)
    return f'{symbol(palette)}<g fill="{palette.words}">{words}</g>'


def svg(elements: str, width: float, height: float, title: str) -> bytes:
    """Wrap elements as an SVG file with a name that assistive technology reads."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="t">'
        f'<title id="t">{escape(title)}</title>{elements}</svg>\n'
    ).encode()
