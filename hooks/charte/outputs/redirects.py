"""Addresses that moved: a small page that leads on, and maps for hosts that can answer 301.

An address never dies (promise 1): a slug given up for another keeps answering, and the folders
above the pages answer too. The page works on any static host and without a script. Pictures and
JSON cannot lead on by themselves: their own modules publish them at former addresses too, and the
maps here let a host that can say so say where they have gone.

A page stands at each former address, and some hosts prefer a file to a rule: where `_redirects`
says 301, Cloudflare obeys, GitLab never does, and Netlify only to « 301! », which Cloudflare would
refuse. So there are two such files, and on GitLab the page leads on.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from charte.addresses import (
    ANNEX,
    assertion_uri,
    badge_uri,
    card_uri,
    oembed_uri,
    record_uri,
    shield_uri,
    signatory_uri,
)
from charte.parts import Link
from charte.publish import Output
from charte.views import SiteView

# What stands at an address made of a slug.
_MADE_OF_SLUGS = (
    signatory_uri,
    badge_uri,
    lambda slug: badge_uri(slug, "png"),
    card_uri,
    record_uri,
    oembed_uri,
    shield_uri,
    assertion_uri,
)

_PAGE = Markup(
    '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
    '<meta name="robots" content="noindex">\n<link rel="canonical" href="{url}">\n'
    '<meta http-equiv="refresh" content="0; url={way}">\n</head>\n<body>\n'
    '<p>Cette page se trouve désormais à l’adresse <a href="{way}">{name}</a>.</p>\n'
    "</body>\n</html>\n"
)
_EXPLAINED = "# Anciennes adresses et celles qui les remplacent ; fait à la construction du site."
_EXPLAINED_NGINX = (
    "# À inclure une fois dans « http » ; puis, dans « server » :\n"
    "# if ($moved) { return 301 $moved$is_args$args; }"
)
# Bytes: nginx keeps an address and some words of its own in a bucket, 64 if nothing is said.
_SMALLEST_BUCKET = 256
_LARGEST_TABLE = 16384  # buckets


def outputs(site: SiteView) -> Iterator[Output]:
    """Lead from former addresses to present ones."""
    yield _redirect("signataires/", Link("Annexe : les signataires", ANNEX), site)
    for view in site.signatories:
        for slug in view.former_slugs:
            yield _redirect(signatory_uri(slug), Link(view.name, view.uri), site)
    moves = sorted(_moves(site))
    yield _map("_redirects", "{old} {new} 301", moves)
    yield _map("redirections/netlify", "{old} {new} 301!", moves)
    yield _map("redirections/nginx.map", "{old} {new};", moves)
    yield _map("redirections/Caddyfile", "redir {old} {new} permanent", moves)
    yield _nginx(moves)


def _redirect(uri: str, link: Link, site: SiteView) -> Output:
    way = "../" * uri.count("/") + link.uri
    page = _PAGE.format(name=link.name, url=site.place.url + link.uri, way=way)
    return Output(f"{uri}index.html", page.encode())


def _moves(site: SiteView) -> Iterator[tuple[str, str]]:
    """Give each address that moved with its successor, from the host's root."""
    root = f"/{site.place.path}"
    yield f"{root}signataires/", f"{root}{ANNEX}"
    for view in site.signatories:
        for slug in view.former_slugs:
            for uri in _MADE_OF_SLUGS:
                yield root + uri(slug), root + uri(view.slug)


def _map(uri: str, line: str, moves: list[tuple[str, str]]) -> Output:
    """Write a map; an address holds nothing but letters, digits, hyphens, dots and slashes."""
    return _lines(uri, _EXPLAINED, *(line.format(old=old, new=new) for old, new in moves))


def _nginx(moves: list[tuple[str, str]]) -> Output:
    """Write nginx's map with room for the longest address: without it, nginx does not start."""
    longest = max(len(old) for old, _ in moves)
    bucket = max(_SMALLEST_BUCKET, 1 << (longest + 32).bit_length())
    return _lines(
        "redirections/nginx.conf",
        _EXPLAINED_NGINX,
        f"map_hash_bucket_size {bucket};",
        f"map_hash_max_size {_LARGEST_TABLE};",
        "map $uri $moved {",
        *(f"  {old} {new};" for old, new in moves),
        "}",
    )


def _lines(uri: str, *lines: str) -> Output:
    return Output(uri, "".join(f"{line}\n" for line in lines).encode())
