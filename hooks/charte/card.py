"""The card of a signatory: the picture that networks show where its page is shared.

A large name on the mark's dark ground, over a band that says where the signatory stands. Who left
has neither the colours nor the tick. Flat colours only, and rectangles where they do: gradients and
large round shapes cost a renderer more than all the rest. Everything is set in outlines.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from charte import mark
from charte.lettering import typeface
from charte.mark import Palette
from charte.typesetting import set_name

CARD_SIZE = (1200, 630)  # the size that Open Graph's consumers ask for
GROUND = "#0b3b37"

_MARGIN = 72  # user units, as all lengths here
_NAME_TOP, _BAND_TOP = 168, 502
_RIGHT = CARD_SIZE[0] - _MARGIN
_ROOM = _RIGHT - _MARGIN
_LARGEST, _SMALLEST = (136, 108, 78), 48
_STEP, _CAPITAL = 1.08, 0.66  # of the name's size: from line to line, the height of a capital
_WORDS_Y, _WORDS_SIZE = 582, 46
_HOST_Y, _HOST_SIZE, _HOST_ROOM = 119, 30, 640


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a card, in CSS notation; `ink` is what the band is written in."""

    ground: str
    mark: Palette
    name: str
    band: str
    ink: str
    tick: bool


PRESENT = Look(GROUND, mark.DARK, "#fff", mark.DARK.bowl, GROUND, tick=True)
PAST = Look(
    "#2f3a37",
    Palette(bowl="#9fb0aa", tick="#9fb0aa", words="#c5d0cc"),
    "#eef3f1",
    "#c5d0cc",
    "#2f3a37",
    tick=False,
)


def draw(name: str, words: str, host: str, look: Look = PRESENT) -> bytes:
    """Draw a card as an SVG file.

    Args:
        name: the signatory's name, of any length.
        words: where it stands: « Signataire de la charte ».
        host: the site's.
        look: the colours.

    Raises:
        MissingGlyph: for a name in a script that the font does not have.
    """
    setting = set_name(name, typeface(mark.BOLD), _ROOM, _LARGEST, _SMALLEST)
    step = _STEP * setting.size
    capital = _CAPITAL * setting.size
    height = capital + step * (len(setting.runs) - 1)
    baseline = (_NAME_TOP + _BAND_TOP - height) / 2 + capital
    elements = (
        f'<rect width="{CARD_SIZE[0]}" height="{CARD_SIZE[1]}" fill="{look.ground}"/>'
        f'<g fill="{look.name}">{setting.paths(_MARGIN, baseline, step)}</g>'
        f"{_head(host, look)}{_band(words, look)}"
    )
    return mark.svg(elements, *CARD_SIZE, title=name)


@cache
def _head(host: str, look: Look) -> str:
    """Draw the mark and the host on their own ground: accents piled on a name end below it."""
    run = typeface(mark.SEMIBOLD).run(host)
    size = min(_HOST_SIZE, _HOST_ROOM / max(run.ink, 1))  # cut, it would be another host
    return (
        f'<rect width="{CARD_SIZE[0]}" height="{_NAME_TOP}" fill="{look.ground}"/>'
        f'<g transform="translate({_MARGIN - 5} 60) scale(1.55)">{mark.mark(look.mark)}</g>'
        f'<g fill="{look.mark.bowl}">{run.flush(_RIGHT - run.ink * size, _HOST_Y, size)}</g>'
    )


@cache
def _band(words: str, look: Look) -> str:
    width, height = CARD_SIZE
    tick = (
        f'<path d="M{_MARGIN + 4} 568l13 13 27-27" fill="none" stroke="{look.ink}" '
        'stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/>'
    )
    said = typeface(mark.BOLD).run(words)
    return (
        f'<rect y="{_BAND_TOP}" width="{width}" height="{height - _BAND_TOP}" '
        f'fill="{look.band}"/>{tick if look.tick else ""}'
        f'<g fill="{look.ink}">{said.flush(_MARGIN + 62 * look.tick, _WORDS_Y, _WORDS_SIZE)}</g>'
    )
