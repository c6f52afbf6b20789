"""The pictures in pixels: a card for sharing and a badge per signatory, as PNG files.

Drawing one takes a processor some fifty milliseconds, so what has not changed since the last build
comes from the cache, and one line on a terminal counts the rest while it is drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from charte import card
from charte.addresses import assertion_uri, badge_uri, card_uri
from charte.baking import bake_png
from charte.cache import Cache
from charte.mark import BADGE_SIZE
from charte.outputs import badges
from charte.pictures import Drawing, draw_all
from charte.publish import Output
from charte.views import SiteView

_BADGE_WIDTH = 2 * BADGE_SIZE[0]  # pixels, for screens with two of them to a CSS pixel


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture, its addresses, and the assertion that is baked into it, if any."""

    drawing: Drawing
    uris: tuple[str, ...]
    assertion: str | None = None

    def outputs(self, content: bytes) -> Iterator[Output]:
        baked = bake_png(content, self.assertion) if self.assertion else content
        return (Output(uri, baked) for uri in self.uris)


def outputs(site: SiteView, cache: Cache) -> Iterator[Output]:
    """Give each signatory's card and badge, at its addresses, present and past."""
    missing, kept = [], 0
    for picture in _pictures(site):
        content = cache.get(picture.drawing.key)
        if content is None:
            missing.append(picture)
        else:
            kept += 1
            yield from picture.outputs(content)
    if missing and not kept:
        _say("Premier dessin des cartes : une à deux minutes, gardées ensuite.\n")
    drawn = draw_all([picture.drawing for picture in missing])
    for number, (picture, content) in enumerate(zip(missing, drawn, strict=True), start=1):
        cache.put(picture.drawing.key, content)
        yield from picture.outputs(content)
        end = "\n" if number == len(missing) else ""
        _say(f"\rDessins : {number}/{len(missing)}{end}")


def _say(progress: str) -> None:
    """Write on a terminal, where somebody waits."""
    if sys.stderr.isatty():
        sys.stderr.write(progress)
        sys.stderr.flush()


def _pictures(site: SiteView) -> Iterator[_Picture]:
    host = urlsplit(site.place.url).hostname or ""
    for view in site.signatories:
        slugs = (view.slug, *view.former_slugs)
        look = card.PAST if view.standing.withdrawal else card.PRESENT
        sharing = card.draw(view.name, f"{view.standing.row} charte", host, look)
        yield _Picture(
            Drawing(sharing.decode(), card.CARD_SIZE[0]), tuple(card_uri(slug) for slug in slugs)
        )
        badge = badges.draw(view.name, view.badge.alt, view.standing.word)
        yield _Picture(
            Drawing(badge.decode(), _BADGE_WIDTH),
            tuple(badge_uri(slug, "png") for slug in slugs),
            site.place.url + assertion_uri(view.slug),
        )
