"""Addresses that moved: a small page that leads on, on any static host and without a script.

An address never dies (promise 1): a slug given up for another keeps answering, and the folders
above the pages answer too.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from charte.publish import Output
from charte.viewer import signatory_uri
from charte.views import Link, SiteView

_PAGE = Markup(
    '<!doctype html>\n<html lang="fr">\n<meta charset="utf-8">\n<title>{name}</title>\n'
    '<meta name="robots" content="noindex">\n<link rel="canonical" href="{url}">\n'
    '<meta http-equiv="refresh" content="0; url={way}">\n'
    '<p>Cette page se trouve désormais à l’adresse <a href="{way}">{name}</a>.</p>\n</html>\n'
)


def outputs(site: SiteView) -> Iterator[Output]:
    """Lead from former addresses to present ones."""
    yield _redirect("signataires/", Link("Annexe : les signataires", "annexe/"), site)
    for view in site.signatories:
        for slug in view.former_slugs:
            yield _redirect(signatory_uri(slug), Link(view.name, view.uri), site)


def _redirect(uri: str, link: Link, site: SiteView) -> Output:
    way = "../" * uri.count("/") + link.uri
    page = _PAGE.format(name=link.name, url=site.place.url + link.uri, way=way)
    return Output(f"{uri}index.html", page.encode())
