"""Tells whether two sites say the same: a comparison of speeds is fair only then.

Markdown sets raw HTML out with line breaks and attributes of its own, and spells an apostrophe as
it likes; so pages are compared as a browser reads them: tags, attributes in any order, and texts
with white space between them left aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two sites are alike.

    Attributes:
        same_files: whether both hold files at the same addresses.
        pages: the number of HTML pages that both hold.
        unlike: the addresses of those that differ.
    """

    same_files: bool
    pages: int
    unlike: tuple[str, ...]

    @property
    def alike(self) -> int:
        """The number of pages that do not differ."""
        return self.pages - len(self.unlike)


def likeness(one: Path, other: Path) -> Likeness:
    """Compare two sites, file by file."""
    files, others = _files(one), _files(other)
    pages = sorted(uri for uri in files & others if uri.endswith(".html"))
    unlike = tuple(uri for uri in pages if _read(one / uri) != _read(other / uri))
    return Likeness(files == others, len(pages), unlike)


def _files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def _read(page: Path) -> list[object]:
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    return reader.read


class _Reader(HTMLParser):
    """Gathers what is in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.append((tag, frozenset(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.read.append(tag)

    def handle_data(self, data: str) -> None:
        words = data.split()
        if words:
            self.read.append(words)
