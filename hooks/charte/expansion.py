"""A built site in, the expanded site out.

The engine has built docs/ into a folder: every page once, slots untouched. Expansion reads that
folder and gives what to write into it: moulds become pages, slots are filled, the sitemap and the
search index name every page, and all other outputs stand beside them. Any engine that keeps the
text of a page as it is can stand before this module.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath

from charte import outputs
from charte.cache import Cache
from charte.fragments import Fragments
from charte.headings import link_headings
from charte.mould import Mould
from charte.problems import InvalidInput
from charte.project import Project
from charte.prose import built_problem, source_problems
from charte.publish import Output, publish
from charte.search import ENGINE_INDEX, INDEX, Section, index, sections, viewed, written
from charte.slots import (
    SLOT_START,
    SlotFault,
    SourcePage,
    mould_problems,
    read_pages,
    slot_fault,
    slot_problems,
)
from charte.typography import typeset_html
from charte.viewers import view_site
from charte.views import (
    CommitmentView,
    EditionView,
    GroupView,
    SignatoryView,
    SiteView,
    TextView,
)

PageView = SignatoryView | GroupView | EditionView | CommitmentView | TextView

# What the engine's own search and script need, and what no page asks for.
_NOT_PUBLISHED = (
    PurePosixPath(ENGINE_INDEX).parent.as_posix(),
    "assets/javascripts",
    "assets/images/favicon.png",
    "assets/stylesheets/palette.*",
    "assets/stylesheets/*.map",
)
_SITEMAP = "sitemap.xml"
_SITEMAP_ENTRY = re.compile(r"[ \t]*<url>.*?</url>\s*", re.DOTALL)


class Expansion:
    """What a project adds to the site that an engine builds from its docs/.

    Raises:
        InvalidInput: if a page asks for something that does not exist.
    """

    def __init__(self, project: Project, cache: Cache) -> None:
        self.site: SiteView = view_site(project)
        self._cache = cache
        self._root = project.root
        self.fragments = Fragments(project.theme, self.site)
        self._pages = {page.uri: page for page in read_pages(project.docs)}
        problems = [
            *source_problems(project.docs),
            *mould_problems(self._pages.values()),
            *slot_problems(self._pages.values(), self.fragments),
        ]
        if problems:
            raise InvalidInput(problems)

    def expand(self, site_dir: Path, *, drawings: bool = True) -> int:
        """Expand a built site in place and give the number of files written.

        Args:
            site_dir: where the engine has built it.
            drawings: whether to make what takes seconds: cards, pictures of badges, documents.

        Raises:
            InvalidInput: if a slot stands where it cannot.
            Unpublishable: if two contents claim one address, or one cannot be made.
        """
        count = publish(self.outputs(site_dir), site_dir)
        if drawings:
            made = (make(self.site, self._cache) for make in outputs.DRAWN)
            count += publish(chain.from_iterable(made), site_dir)
        for page in self._pages.values():
            if page.expand and (built := site_dir / page.uri / "index.html").exists():
                built.unlink()
                built.parent.rmdir()
        # Its bytes would depend on the version of Python, and it saves a few kilobytes once.
        (site_dir / f"{_SITEMAP}.gz").unlink(missing_ok=True)
        for pattern in _NOT_PUBLISHED:
            for path in site_dir.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        return count

    def outputs(self, site_dir: Path) -> Iterator[Output]:
        """Give everything to write into a built site, page after page."""
        for path, built in self._built(site_dir).items():
            html = typeset_html(link_headings(built))
            page = self._page(path)
            if page.expand or SLOT_START in html:
                yield from self._page_outputs(page, html)
            else:
                yield Output(path, html.encode(), replaces=True)
        yield from self._search(site_dir)
        yield from self._sitemap(site_dir)
        for make in outputs.ALL:
            yield from make(self.site)

    def _built(self, site_dir: Path) -> dict[str, str]:
        """Read the pages that the engine has built, by path; refuse code in them, all at once."""
        found = {
            file.relative_to(site_dir).as_posix(): file.read_text(encoding="utf-8")
            for file in sorted(site_dir.rglob("*.html"))
        }
        problems = []
        for path, html in found.items():
            page = self._page(path)
            source = self._root / page.file
            text = source.read_text(encoding="utf-8") if source.is_file() else ""
            if problem := built_problem(html, page.file, text):
                problems.append(problem)
        if problems:
            raise InvalidInput(problems)
        return found

    def _page(self, path: str) -> SourcePage:
        """Give the source of a built page; one that has none, as 404.html, is editorial."""
        uri = path.removesuffix("index.html")
        return self._pages.get(uri) or SourcePage(path, uri, expand=None, slots=())

    def _page_outputs(self, page: SourcePage, html: str) -> Iterator[Output]:
        try:
            mould = Mould.cast(html, page, self.fragments)
        except SlotFault as fault:
            raise InvalidInput([slot_fault(page, fault)]) from None
        for uri, view in self._copies(page):
            path = f"{uri}index.html" if uri.endswith("/") or not uri else uri
            yield Output(path, mould.fill(view).encode(), replaces=not page.expand)

    def _copies(self, page: SourcePage) -> Iterator[tuple[str, object]]:
        """Give the address and the view of each page that a page becomes: itself, or many."""
        if not page.expand:
            yield page.uri, self.site
        for view in self._views(page):
            yield view.uri, view

    def _views(self, page: SourcePage) -> tuple[PageView, ...]:
        views: dict[str, tuple[PageView, ...]] = {
            "signatories": self.site.signatories,
            "groups": self.site.groups,
            "editions": self.site.editions,
            "commitments": self.site.commitments,
            "texts": self.site.texts,
        }
        return views[page.expand] if page.expand else ()

    def _search(self, site_dir: Path) -> Iterator[Output]:
        file = site_dir / ENGINE_INDEX
        found = sections(file.read_text(encoding="utf-8")) if file.exists() else ()
        entries = chain(viewed(self.site), written(self._filled(found)))
        yield Output(INDEX, index(entries).encode())

    def _filled(self, found: Iterable[Section]) -> Iterator[Section]:
        """Fill the slots of editorial pages' sections; what moulds say is told by the views."""
        for section in found:
            page = self._page(section.location.partition("#")[0])
            if page.expand:
                continue
            texts = (section.title, section.text)
            title, text = (
                Mould.cast(one, page, self.fragments, words=True).fill(self.site)
                if SLOT_START in one
                else one
                for one in texts
            )
            yield section._replace(title=title, text=text)

    def _sitemap(self, site_dir: Path) -> Iterator[Output]:
        file = site_dir / _SITEMAP
        if not file.exists():
            return
        xml = file.read_text(encoding="utf-8")
        for page in self._pages.values():
            if page.expand:
                uris = [view.uri for view in self._views(page) if _is_its_own(view)]
                xml = _expand_sitemap(xml, page.uri, uris)
        yield Output(_SITEMAP, xml.encode(), replaces=True)


def _is_its_own(view: PageView) -> bool:
    """Check whether no other page says the same, as that of the charter's text in force does."""
    return not isinstance(view, TextView) or view.canonical == view.permalink


def _expand_sitemap(xml: str, mould_uri: str, uris: list[str]) -> str:
    def entries(match: re.Match[str]) -> str:
        if f"/{mould_uri}<" not in match[0]:
            return match[0]
        return "".join(match[0].replace(mould_uri, uri) for uri in uris)

    return _SITEMAP_ENTRY.sub(entries, xml)
