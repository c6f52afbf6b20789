"""A built site in, the expanded site out.

The engine has built docs/ into a folder: every page once, slots untouched. Expansion reads that
folder and gives what to write into it: moulds become pages, slots are filled, the sitemap and the
search index name every page, and all other outputs stand beside them. Any engine that keeps the
text of a page as it is can stand before this module.
"""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from charte import outputs
from charte.fragments import Fragments, PageContext, Value
from charte.mould import MisplacedSlot, Mould
from charte.problems import InvalidInput, Problem
from charte.project import Project
from charte.publish import Output, publish
from charte.search import INDEX, SearchIndex
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
        self.fragments = Fragments(project.theme)
        self._pages = read_pages(project.docs)
        problems = list(slot_problems(self._pages, self.fragments, self.site))
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
        built = _built(page, site_dir).read_text(encoding="utf-8")
        mould = Mould.cast(built, page.uri if page.expand else "")
        for uri, context in self._copies(page):
            filled = self._filled(mould, context)
            yield Output(f"{uri}index.html", filled.encode(), replaces=not page.expand)

    def _copies(self, page: SourcePage) -> Iterator[tuple[str, PageContext]]:
        """Give the address and the context of each page that a page becomes: itself, or many."""
        base = "../" * page.uri.count("/")
        if not page.expand:
            yield page.uri, PageContext(page.kind, self.site, base)
        for view in self._views(page):
            yield view.uri, PageContext(page.kind, view, base)

    def _views(self, page: SourcePage) -> Sequence[SignatoryView | GroupView]:
        if page.expand == "signatories":
            return self.site.signatories
        return self.site.groups if page.expand else ()

    def _filled(self, mould: Mould, context: PageContext) -> str:
        def fill(name: str, argument: str | None) -> Value:
            return self.fragments.value(name, argument, context, self.site)

        return mould.fill(fill)

    def _words(self, mould: Mould, context: PageContext) -> str:
        """Fill a text of the search index, which keeps HTML's escapes but for quotation marks."""

        def fill(name: str, argument: str | None) -> Value:
            words = self.fragments.words(name, argument, context, self.site)
            return Value(Markup(html.escape(words, quote=False)), block=False)  # noqa: S704 - escaped

        return mould.fill(fill)

    def _search(self, site_dir: Path) -> Iterator[Output]:
        file = site_dir / INDEX
        if file.exists():
            index = SearchIndex.parse(file.read_text(encoding="utf-8"))
            yield Output(INDEX, index.expanded(self._search_entries).encode(), replaces=True)

    def _search_entries(self, entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Expand an entry of the search index as the page it belongs to is expanded."""
        location, hash_sign, anchor = entry["location"].partition("#")
        page = next((page for page in self._pages if page.uri == location and page.slots), None)
        if page is None:
            yield entry
            return
        title, text = Mould.cast(entry["title"]), Mould.cast(entry["text"])
        for uri, context in self._copies(page):
            yield {
                **entry,
                "location": f"{uri}{hash_sign}{anchor}",
                "title": self._words(title, context),
                "text": self._words(text, context),
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
