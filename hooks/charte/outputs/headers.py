"""What a host should say with each answer, in the words of four kinds of host.

The content security policy stands in each page too, for hosts that can say nothing; what a page
cannot say of itself (who may frame it, what a script of another site may read) stands only here.
"""

from __future__ import annotations

from collections.abc import Iterator

from charte.addresses import API, DATA
from charte.publish import Output
from charte.views import SiteView

_FRAMES = "; frame-ancestors 'none'"  # means nothing in a page's own meta element
# Data are there to be read, by scripts of other sites too.
_OPEN = (API, DATA, "oembed/", "open-badges/", "badge/")


def outputs(site: SiteView) -> Iterator[Output]:
    """Write `_headers` (Netlify, Cloudflare Pages), and parts of nginx's and Caddy's files."""
    common = {
        "Content-Security-Policy": site.place.policy + _FRAMES,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Strict-Transport-Security": "max-age=31536000",
    }
    root = f"/{site.place.path}"
    everyone = ("Access-Control-Allow-Origin", "*")
    blocks = [(f"{root}*", common.items()), *((f"{root}{uri}*", [everyone]) for uri in _OPEN)]
    plain = (
        "\n".join([path, *(f"  {name}: {value}" for name, value in lines)])
        for path, lines in blocks
    )
    yield _text("_headers", plain)
    always = (f'add_header {name} "{value}" always;' for name, value in common.items())
    # nginx forgets the headers of a level where a deeper one has its own: these come as a map.
    paths = "".join(f"\n  ~^{root}{uri} *;" for uri in _OPEN)
    cross = f'map $uri $everyone {{\n  default "";{paths}\n}}\n'
    yield _text("entetes/nginx-map.conf", [cross])
    yield _text(
        "entetes/nginx.conf", [*always, "add_header Access-Control-Allow-Origin $everyone;"]
    )
    opened = (f'header {root}{uri}* {everyone[0]} "*"' for uri in _OPEN)
    yield _text("entetes/Caddyfile", [*(f'header {n} "{v}"' for n, v in common.items()), *opened])


def _text(uri: str, lines: Iterator[str] | list[str]) -> Output:
    return Output(uri, ("\n".join(lines) + "\n").encode())
