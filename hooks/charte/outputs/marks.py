"""The mark in its three versions, the symbol, and the picture shown when a page is shared.

SVG first, PNG beside it for software that wants pixels. Everything is outlines and flat colour, so
the same input gives the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator

import resvg_py

from charte import mark
from charte.lettering import typeface
from charte.publish import Output
from charte.views import SiteView

FOLDER = "marque"

_VERSIONS = {"": mark.COLOUR, "-sombre": mark.DARK, "-monochrome": mark.MONOCHROME}
_PNG_WIDTH = 480
_ICON_SIZE = 180
_CARD = (1200, 630)  # Open Graph's recommended size
_CARD_GROUND = "#0b3b37"


def outputs(_: SiteView) -> Iterator[Output]:
    """Draw all versions."""
    for suffix, palette in _VERSIONS.items():
        yield from _both(
            f"engage-pour-la-e-sante{suffix}", mark.mark(palette), (240, 64), _PNG_WIDTH
        )
    yield from _both("symbole", mark.symbol(mark.COLOUR), (64, 64), _ICON_SIZE)
    yield Output(f"{FOLDER}/symbole-sombre.svg", _svg(mark.symbol(mark.DARK), (64, 64)))
    yield Output(f"{FOLDER}/carte.png", _png(_svg(_card(), _CARD), _CARD[0]))


def _both(name: str, elements: str, size: tuple[int, int], width: int) -> Iterator[Output]:
    drawing = _svg(elements, size)
    yield Output(f"{FOLDER}/{name}.svg", drawing)
    yield Output(f"{FOLDER}/{name}.png", _png(drawing, width))


def _svg(elements: str, size: tuple[int, int]) -> bytes:
    return mark.svg(elements, *size, title=mark.NAME)


def _png(drawing: bytes, width: int) -> bytes:
    return bytes(
        resvg_py.svg_to_bytes(svg_string=drawing.decode(), width=width, skip_system_fonts=True)
    )


def _card() -> str:
    """Place the mark on a ground of 1200 × 630 with one line beneath it."""
    run = typeface(mark.SEMIBOLD).run("La charte de 2020 et ses signataires")
    x = (_CARD[0] - run.width(44)) / 2
    return (
        f'<rect width="1200" height="630" fill="{_CARD_GROUND}"/>'
        f'<g transform="translate(168 190) scale(3.6)">{mark.mark(mark.DARK)}</g>'
        f'<g fill="{mark.DARK.bowl}">{run.path(round(x, 1), 530, 44)}</g>'
    )
