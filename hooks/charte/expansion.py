"""A built site in, the expanded site out.

The engine has built docs/ into a folder: every page once, slots untouched. Expansion reads that
folder and gives what to write into it: moulds become pages, slots are filled, the sitemap and the
search index name every page, and all other outputs stand beside them. Any engine that keeps the
text of a page as it is can stand before this module.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from charte import outputs
from charte.fragments import Fragments
from charte.mould import MisplacedSlot, Mould
from charte.problems import InvalidInput, Problem
from charte.project import Project
from charte.publish import Output, publish
from charte.search import INDEX, SearchIndex, index_text
from charte.slots import SourcePage, read_pages, slot_problems
from charte.viewer import view_site
from charte.views import GroupView, SignatoryView, SiteView

_SITEMAP = "sitemap.xml"
_SITEMAP_ENTRY = re.compile(r"[ \t]*<url>.*?</url>\s*", re.DOTALL)


class Expansion:
    """What a project adds to the site that an engine builds from its docs/.

    Raises:
        InvalidInput: if a page asks for something that does not exist.
    """

    def __init__(self, project: Project) -> None:
        self.site: SiteView = view_site(project)
        self.fragments = Fragments(project.theme, self.site)
        self._pages = read_pages(project.docs)
        self._pages_by_uri = {page.uri: page for page in self._pages}
        problems = list(slot_problems(self._pages, self.fragments))
        if problems:
            raise InvalidInput(problems)

    def expand(self, site_dir: Path) -> int:
        """Expand a built site in place and give the number of files written."""
        moulds = [page for page in self._pages if page.expand]
        count = publish(self.outputs(site_dir), site_dir)
        for page in moulds:
            _built(page, site_dir).unlink()
            _built(page, site_dir).parent.rmdir()
        return count

    def outputs(self, site_dir: Path) -> Iterator[Output]:
        """Give everything to write into a built site, page after page."""
        for page in self._pages:
            if page.slots and _built(page, site_dir).exists():
                try:
                    yield from self._page_outputs(page, site_dir)
                except MisplacedSlot as error:
                    raise InvalidInput([_misplaced(page, str(error))]) from None
        yield from self._search(site_dir)
        yield from self._sitemap(site_dir)
        for make in outputs.ALL:
            yield from make(self.site)

    def _page_outputs(self, page: SourcePage, site_dir: Path) -> Iterator[Output]:
        html = _built(page, site_dir).read_text(encoding="utf-8")
        mould = Mould.cast(html, page, self.fragments)
        for uri, view in self._copies(page):
            yield Output(f"{uri}index.html", mould.fill(view).encode(), replaces=not page.expand)

    def _copies(self, page: SourcePage) -> Iterator[tuple[str, object]]:
        """Give the address and the view of each page that a page becomes: itself, or many."""
        if not page.expand:
            yield page.uri, self.site
        for view in self._views(page):
            yield view.uri, view

    def _views(self, page: SourcePage) -> Sequence[SignatoryView | GroupView]:
        if page.expand == "signatories":
            return self.site.signatories
        return self.site.groups if page.expand else ()

    def _search(self, site_dir: Path) -> Iterator[Output]:
        file = site_dir / INDEX
        if file.exists():
            index = SearchIndex.parse(file.read_text(encoding="utf-8"))
            yield Output(INDEX, index.expanded(self._search_entries).encode(), replaces=True)

    def _search_entries(self, entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Expand an entry of the search index as the page it belongs to is expanded."""
        location, hash_sign, anchor = entry["location"].partition("#")
        page = self._pages_by_uri.get(location)
        if page is None or not (page.expand or "[[ " in entry["title"] + entry["text"]):
            yield entry
            return
        title = Mould.cast(entry["title"], page, self.fragments, words=True)
        text = Mould.cast(entry["text"], page, self.fragments, words=True)
        for uri, view in self._copies(page):
            yield {
                **entry,
                "location": f"{uri}{hash_sign}{anchor}",
                "title": index_text(title.fill(view)),
                "text": index_text(text.fill(view)),
            }

    def _sitemap(self, site_dir: Path) -> Iterator[Output]:
        file = site_dir / _SITEMAP
        if not file.exists():
            return
        xml = file.read_text(encoding="utf-8")
        for page in self._pages:
            if page.expand:
                uris = [uri for uri, _ in self._copies(page)]
                xml = _expand_sitemap(xml, page.uri, uris)
        yield Output(_SITEMAP, xml.encode(), replaces=True)
        yield Output(f"{_SITEMAP}.gz", gzip.compress(xml.encode(), mtime=0), replaces=True)


def _expand_sitemap(xml: str, mould_uri: str, uris: list[str]) -> str:
    def entries(match: re.Match[str]) -> str:
        if f"/{mould_uri}<" not in match[0]:
            return match[0]
        return "".join(match[0].replace(mould_uri, uri) for uri in uris)

    return _SITEMAP_ENTRY.sub(entries, xml)


def _built(page: SourcePage, site_dir: Path) -> Path:
    return site_dir / page.uri / "index.html"


def _misplaced(page: SourcePage, slot: str) -> Problem:
    line, column = next((use.line, use.column) for use in page.slots if use.text == slot)
    return Problem(
        page.file,
        line,
        column,
        f"{slot} est un bloc et se trouve au milieu d’une phrase, d’un titre ou d’une balise.",
        "Laissez-le seul sur sa ligne, entre deux lignes vides.",
    )
