"""Takes pictures of site/ in a real browser: a few for the README, all others for a gallery.

The gallery, .build/gallery/index.html, shows every kind of page at three widths, by day and by
night: it is there to be looked at, and is not committed.
"""

from __future__ import annotations

from html import escape
from itertools import product
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from auditing.pages import pages
from looking import SCHEMES, Scheme, chromium, served

SITE = Path("site")
README = Path("screenshots")
GALLERY = Path(".build/gallery")

WIDTHS = (360, 768, 1440)


class Shot(NamedTuple):
    """One picture: its file's name, the page, the width in CSS pixels, the colour scheme."""

    name: str
    uri: str
    width: int
    scheme: Scheme
    whole: bool = False


SHOTS = (
    Shot("home", "", 1280, "light"),
    Shot("signatory", "signataires/withings/", 1280, "light"),
    Shot("annex-narrow-dark", "annexe/", 360, "dark"),
    Shot("charter-narrow", "charte/engagements-des-industriels/", 360, "light"),
)


def main() -> None:
    """Look at the built site and keep what was seen."""
    kinds = pages(SITE)
    with served(SITE) as address, chromium() as browser:
        for shot in SHOTS:
            _take(shot, README, browser, address)
        for uri, width, scheme in product(kinds, WIDTHS, SCHEMES):
            shot = Shot(_name(uri, width, scheme), uri, width, scheme, whole=True)
            _take(shot, GALLERY, browser, address)
    (GALLERY / "index.html").write_text(_gallery(kinds), encoding="utf-8")


def _take(shot: Shot, folder: Path, browser: Browser, address: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with browser.new_context(
        viewport={"width": shot.width, "height": 800}, color_scheme=shot.scheme
    ) as context:
        page = context.new_page()
        page.goto(f"{address}/{shot.uri}", wait_until="networkidle")
        page.screenshot(path=folder / f"{shot.name}.png", full_page=shot.whole)


def _name(uri: str, width: int, scheme: Scheme) -> str:
    return f"{uri.strip('/').replace('/', '-') or 'accueil'}-{width}-{scheme}"


def _gallery(kinds: list[str]) -> str:
    """Write a page with a row for each kind of page."""
    rows = []
    for uri in kinds:
        names = [_name(uri, width, scheme) for width, scheme in product(WIDTHS, SCHEMES)]
        pictures = "".join(
            f'<a href="{escape(name)}.png"><img src="{escape(name)}.png" alt="{escape(name)}" '
            'height="480" loading="lazy"></a> '
            for name in names
        )
        rows.append(f"<h2>/{escape(uri)}</h2>\n<p>{pictures}</p>\n")
    head = '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Gallery</title>\n'
    return f"{head}{''.join(rows)}</html>\n"


if __name__ == "__main__":
    main()
