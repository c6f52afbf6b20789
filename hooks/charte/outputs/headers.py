"""What a host should say with each answer, in the words of four kinds of host.

The content security policy stands in each page too, for hosts that can say nothing; what a page
cannot say of itself (who may frame it, what a script of another site may read) stands only here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from charte.addresses import API, DATA, FEED
from charte.opendata import dataset
from charte.publish import Output
from charte.views import SiteView

_FRAMES = "; frame-ancestors 'none'"  # means nothing in a page's own meta element
# Data are there to be read, by scripts of other sites too.
_OPEN = (API, DATA, "oembed/", "open-badges/", "badge/")
_SHARED = "Access-Control-Allow-Origin"

Headers = Mapping[str, str]  # values by name, or types by path

# Hosts know these files by their names' ends, which say less or nothing.
_TYPES = {
    **{file.uri: file.media_type for file in dataset.FILES if file != dataset.JSON},
    FEED: "application/atom+xml",
}


def outputs(site: SiteView) -> Iterator[Output]:
    """Write `_headers` (Netlify, Cloudflare Pages), and parts of nginx's and Caddy's files."""
    always = {
        "Content-Security-Policy": site.place.policy + _FRAMES,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Strict-Transport-Security": "max-age=31536000",
    }
    root = f"/{site.place.path}"
    opened = [root + uri for uri in _OPEN]
    types = {root + uri: f"{media}; charset=utf-8" for uri, media in _TYPES.items()}
    yield _text("_headers", _plain(root, always, opened, types))
    # nginx forgets the headers of a level where a deeper one has its own: these come as a map.
    paths = (f"  ~^{path} *;" for path in opened)
    yield _text(
        "entetes/nginx-map.conf", ["map $uri $everyone {", '  default "";', *paths, "}", ""]
    )
    yield _text("entetes/nginx.conf", _nginx(root, always, types))
    yield _text("entetes/Caddyfile", _caddy(always, opened, types))


def _plain(root: str, always: Headers, opened: list[str], types: Headers) -> Iterator[str]:
    blocks = [
        (f"{root}*", always),
        *((f"{path}*", {_SHARED: "*"}) for path in opened),
        *((path, {"Content-Type": media}) for path, media in types.items()),
    ]
    for path, headers in blocks:
        yield path
        yield from (f"  {name}: {value}" for name, value in headers.items())


def _nginx(root: str, always: Headers, types: Headers) -> Iterator[str]:
    yield from (f'add_header {name} "{value}" always;' for name, value in always.items())
    yield f"add_header {_SHARED} $everyone;"
    # A folder without a page of its own is no page, and no secret either.
    yield f"error_page 403 404 =404 {root}404.html;"
    for path, media in types.items():
        yield f'location = {path} {{ types {{ }} default_type "{media}"; }}'


def _caddy(always: Headers, opened: list[str], types: Headers) -> Iterator[str]:
    yield from (f'header {name} "{value}"' for name, value in always.items())
    yield from (f'header {path}* {_SHARED} "*"' for path in opened)
    yield from (f'header {path} Content-Type "{media}"' for path, media in types.items())


def _text(uri: str, lines: Iterable[str]) -> Output:
    return Output(uri, "".join(f"{line}\n" for line in lines).encode())
