"""Takes the README's screenshots from site/, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from looking import chromium, served

SITE = Path("site")
FOLDER = Path("screenshots")


class Shot(NamedTuple):
    """One screenshot: its file's name, the page, the width in CSS pixels, the colour scheme."""

    name: str
    uri: str
    width: int
    scheme: Literal["light", "dark"]


SHOTS = (
    Shot("home", "", 1280, "light"),
    Shot("signatory", "signataires/withings/", 1280, "light"),
    Shot("annex-narrow-dark", "annexe/", 360, "dark"),
    Shot("charter-narrow", "charte/engagements-des-industriels/", 360, "light"),
)


def main() -> None:
    """Look at the built site and keep what was seen."""
    FOLDER.mkdir(exist_ok=True)
    with served(SITE) as address, chromium() as browser:
        for shot in SHOTS:
            with browser.new_context(
                viewport={"width": shot.width, "height": 800}, color_scheme=shot.scheme
            ) as context:
                page = context.new_page()
                page.goto(f"{address}/{shot.uri}", wait_until="networkidle")
                page.screenshot(path=FOLDER / f"{shot.name}.png")


if __name__ == "__main__":
    main()
