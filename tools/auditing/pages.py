"""Which pages are judged: every page that somebody wrote, and a few of those that moulds made."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

HOME, ANNEX, SIGNATORY, CHARTER = "", "annexe/", "signataires/withings/", "charte/"

# Pages of one folder are alike: a short name, one of a group, one with an ampersand.
_OF_MOULDS = {
    "signataires": ("withings", "epsilog-compugroup-medical", "fair-smart"),
    "groupes": ("cegedim",),
    "engagements": ("etat-1", "industriels-3"),
}


class Site(NamedTuple):
    """The built site: its folder, the address where it is served, the pages to judge, in order.

    A page is named by its address within the site: `""` is the home page.
    """

    folder: Path
    address: str
    pages: list[str]

    def file(self, page: str) -> Path:
        """Give the file behind a page."""
        return self.folder / (page if page.endswith(".html") else f"{page}index.html")

    @property
    def lasting(self) -> list[str]:
        """The pages on which a browser stays: not those that only lead to others."""
        return [
            page
            for page in self.pages
            if 'http-equiv="refresh"' not in self.file(page).read_text(encoding="utf-8")
        ]


def pages(folder: Path) -> list[str]:
    """Give the pages of a built site that are to be judged."""
    found = [path.relative_to(folder) for path in folder.rglob("*.html")]
    return sorted(path.as_posix().removesuffix("index.html") for path in found if _is_judged(path))


def _is_judged(path: Path) -> bool:
    match path.parts:
        case (folder, slug, "index.html") if folder in _OF_MOULDS:
            return slug in _OF_MOULDS[folder]
        case _:
            return True
