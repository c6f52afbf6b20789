"""What a reader copies: each snippet is one badge or one record to those who read its language."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import markdown
import marko
import pytest
from markdown_it import MarkdownIt

from attacks import hostile
from attacks.payloads import PAYLOADS, UNDRAWABLE
from building import SITE_URL
from charte.parts import Badge
from charte.register.model import Signatory
from publishing import site_of

READERS: dict[str, Callable[[str], str]] = {
    "commonmark": MarkdownIt("commonmark").render,
    "github": MarkdownIt("commonmark").enable(["table", "strikethrough"]).render,
    "python-markdown": lambda text: markdown.markdown(text, extensions=["extra", "smarty"]),
    "marko": marko.convert,
}


class Elements(HTMLParser):
    """Gathers the elements of some HTML, with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data.strip()


@pytest.fixture(scope="module")
def badges() -> dict[str, Badge]:
    """Return the badge of each hostile name."""
    entries = hostile.entries(PAYLOADS, UNDRAWABLE)
    site = site_of(*(Signatory.model_validate(one) for one in entries))
    return {one.name: one.badge for one in site.signatories}


def shown(html: str) -> tuple[str, str, str | None]:
    """Return where a picture in a link leads, what it is and says; there is nothing else."""
    page = Elements(html)
    assert [tag for tag, _ in page.found if tag != "p"] == ["a", "img"], html
    assert page.words == ""
    (link,) = (attributes for tag, attributes in page.found if tag == "a")
    (picture,) = (attributes for tag, attributes in page.found if tag == "img")
    assert set(link) == {"href"}
    assert set(picture) <= {"src", "alt", "width", "height"}
    return link["href"] or "", picture["src"] or "", picture["alt"]


@pytest.mark.parametrize("rank", range(len(PAYLOADS)))
def test_html_is_a_picture_that_leads_to_the_page(rank: int, badges: dict[str, Badge]) -> None:
    badge = badges[PAYLOADS[rank]]
    assert shown(badge.html) == (
        f"{SITE_URL}signataires/attaque-{rank}/",
        f"{SITE_URL}badge/attaque-{rank}.svg",
        badge.alt,
    )
    assert badge.alt.startswith(f"{PAYLOADS[rank]}, ")


@pytest.mark.parametrize("reader", READERS)
def test_markdown_is_a_picture_that_leads_to_the_page(
    reader: str, badges: dict[str, Badge]
) -> None:
    """Not all readers know the same escapes, and some expand a tab."""
    for rank, name in enumerate(PAYLOADS):
        badge = badges[name]
        link, picture, alt = shown(READERS[reader](badge.markdown))
        assert link == f"{SITE_URL}signataires/attaque-{rank}/"
        assert picture == f"{SITE_URL}badge/attaque-{rank}.svg"
        assert (alt or "").split() == badge.alt.split()


def test_markdown_stays_one_cell_of_a_table(badges: dict[str, Badge]) -> None:
    render = READERS["github"]
    for badge in badges.values():
        tags = [tag for tag, _ in Elements(render(f"| A |\n|---|\n| {badge.markdown} |")).found]
        assert tags == ["table", "thead", "tr", "th", "tbody", "tr", "td", "a", "img"]


def test_bbcode_says_nothing_but_addresses_of_the_site(badges: dict[str, Badge]) -> None:
    for rank, name in enumerate(PAYLOADS):
        assert re.fullmatch(
            rf"\[url={SITE_URL}signataires/attaque-{rank}/\]"
            rf"\[img\]{SITE_URL}badge/attaque-{rank}\.png\[/img\]\[/url\]",
            badges[name].bbcode,
        )
