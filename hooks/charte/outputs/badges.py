"""The badge of each signatory: the mark with its name and « signataire ».

A badge travels alone, so it brings its own white ground and its words as outlines, it has one size
whatever the name, and it says where a program can ask for the signatory's standing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from charte import mark
from charte.addresses import assertion_uri, badge_uri
from charte.baking import bake_svg
from charte.lettering import typeface
from charte.mark import BADGE_SIZE
from charte.publish import Output
from charte.typesetting import set_name
from charte.views import SiteView

_TEXT_X = 96
_ROOM = BADGE_SIZE[0] - _TEXT_X - 18  # user units
_LARGEST, _SMALLEST = (24, 15), 10
_BASELINES = (36, 23)  # of a name on one line, of the first line of two
_STEP = 1.05  # of the size


def outputs(site: SiteView) -> Iterator[Output]:
    """Draw one badge per signatory, present or past, at its addresses, present and past."""
    for view in site.signatories:
        drawing = draw(view.name, view.badge.alt, view.standing.word)
        baked = bake_svg(drawing, site.place.url + assertion_uri(view.slug))
        for slug in (view.slug, *view.former_slugs):
            yield Output(badge_uri(slug), baked)


def draw(name: str, alt: str, status: str = "signataire") -> bytes:
    """Draw a badge as an SVG file.

    Args:
        name: the signatory's name, of any length.
        alt: what assistive technology says in place of the drawing.
        status: the word under the name.

    Raises:
        MissingGlyph: for a name in a script that the font does not have.
    """
    setting = set_name(name, typeface(mark.BOLD), _ROOM, _LARGEST, _SMALLEST)
    baseline = _BASELINES[len(setting.runs) - 1]
    lines = setting.paths(_TEXT_X, baseline, _STEP * setting.size)
    return mark.svg(
        f'{_common()}<g fill="{mark.COLOUR.words}">{lines}{_status(status)}</g>',
        *BADGE_SIZE,
        title=alt,
    )


@cache
def _common() -> str:
    """Draw what all badges share: the ground, the symbol, the words of the mark."""
    width, height = BADGE_SIZE
    words = typeface(mark.SEMIBOLD).run(mark.NAME).flush(_TEXT_X, 80, 19)
    return (
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="12" '
        'fill="#fff" stroke="#c9d6d1"/>'
        f'<g transform="translate(16 14)">{mark.symbol(mark.COLOUR)}</g>'
        f'<g fill="{mark.COLOUR.bowl}">{words}</g>'
    )


@cache
def _status(status: str) -> str:
    return typeface(mark.SEMIBOLD).run(status).flush(_TEXT_X, 58, 15)
