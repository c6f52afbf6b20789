"""A signatory in the pages of others: oEmbed where its address is pasted, shields.io in a README.

The oEmbed answer is a `photo`: the card. WordPress filters the HTML of a `rich` answer from a
provider that it does not know, and drops it where no iframe is in it; a `link` becomes mere words.
A `photo` becomes a picture that leads to the page, in WordPress as in SPIP and Dotclear, and a card
in Mastodon, without an iframe or a script. Discourse makes its card from the page's Open Graph
whatever we answer. Ghost draws no `photo`: its « bookmark », again Open Graph, is to be chosen.

A static host cannot heed `maxwidth`; those who embed a picture scale it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from charte import mark
from charte.addresses import oembed_uri, shield_uri
from charte.card import CARD_SIZE
from charte.opendata.json_files import copies
from charte.project import Place
from charte.publish import Output
from charte.views import SignatoryView, SiteView

_FORMER_COLOUR = "lightgrey"  # one of shields.io's own names


def outputs(site: SiteView) -> Iterator[Output]:
    """Publish both answers for each signatory, at its present and past identifiers."""
    for view in site.signatories:
        slugs = (view.slug, *view.former_slugs)
        yield from copies(map(oembed_uri, slugs), _oembed(view, site.place))
        yield from copies(map(shield_uri, slugs), _shield(view))


def _oembed(view: SignatoryView, place: Place) -> dict[str, Any]:
    """Answer as oEmbed 1.0 asks; consumers make the title the picture's `alt`, so it tells it."""
    width, height = CARD_SIZE
    return {
        "version": "1.0",
        "type": "photo",
        "title": view.card_alt,
        "url": view.card,
        "width": width,
        "height": height,
        "thumbnail_url": view.card,
        "thumbnail_width": width,
        "thumbnail_height": height,
        "provider_name": place.name,
        "provider_url": place.url,
    }


def _shield(view: SignatoryView) -> dict[str, Any]:
    """Answer as shields.io's endpoint badge asks, in version 1 of its schema."""
    colour = _FORMER_COLOUR if view.standing.withdrawal else mark.COLOUR.bowl.removeprefix("#")
    return {
        "schemaVersion": 1,
        "label": mark.NAME,
        "message": view.standing.word,
        "color": colour,
    }
