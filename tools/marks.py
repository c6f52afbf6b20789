"""Draws the mark in its three versions, the symbol, and the picture for sharing into theme/marque.

SVG first, PNG beside it for software that wants pixels. They change only when the drawing does, so
they are committed, and a test holds that they are what `charte.mark` draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from charte import mark
from charte.card import CARD_SIZE, GROUND
from charte.lettering import typeface
from charte.pictures import Drawing, draw

FOLDER = Path("theme/marque")

_VERSIONS = {"": mark.COLOUR, "-sombre": mark.DARK, "-monochrome": mark.MONOCHROME}
_PNG_WIDTH = 480
_ICON_SIZE = 180


def main() -> None:
    """Draw all files anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in drawings():
        (FOLDER / name).write_bytes(content)


def drawings() -> Iterator[tuple[str, bytes]]:
    """Give each file's name and content."""
    for suffix, palette in _VERSIONS.items():
        yield from _both(
            f"engage-pour-la-e-sante{suffix}", mark.mark(palette), (240, 64), _PNG_WIDTH
        )
    yield from _both("symbole", mark.symbol(mark.COLOUR), (64, 64), _ICON_SIZE)
    yield ("symbole-sombre.svg", _svg(mark.symbol(mark.DARK), (64, 64)))
    yield ("carte.png", _png(_svg(_card(), CARD_SIZE), CARD_SIZE[0]))


def _both(
    name: str, elements: str, size: tuple[int, int], width: int
) -> Iterator[tuple[str, bytes]]:
    drawing = _svg(elements, size)
    yield f"{name}.svg", drawing
    yield f"{name}.png", _png(drawing, width)


def _svg(elements: str, size: tuple[int, int]) -> bytes:
    return mark.svg(elements, *size, title=mark.NAME)


def _png(drawing: bytes, width: int) -> bytes:
    return draw(Drawing(drawing.decode(), width))


def _card() -> str:
    """Place the mark on a ground of 1200 × 630 with one line beneath it."""
    run = typeface(mark.SEMIBOLD).run("La charte de 2020 et ses signataires")
    x = (CARD_SIZE[0] - run.width(44)) / 2
    return (
        f'<rect width="1200" height="630" fill="{GROUND}"/>'
        f'<g transform="translate(168 190) scale(3.6)">{mark.mark(mark.DARK)}</g>'
        f'<g fill="{mark.DARK.bowl}">{run.path(round(x, 1), 530, 44)}</g>'
    )


if __name__ == "__main__":
    main()
