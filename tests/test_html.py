"""What the HTML of every page must be for machines that read it aloud, without any of them."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SCRIPTS_OF_DATA = {"application/ld+json", "application/json"}


class Structure(HTMLParser):
    """What a page holds, tag by tag."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    @property
    def levels(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.tags if tag in _HEADINGS]


@pytest.fixture(scope="module")
def structures(site: Path) -> dict[str, Structure]:
    """Give every page that a reader stays on, by its path."""
    found = {str(path.relative_to(site)): Structure(path) for path in site.rglob("*.html")}
    return {
        path: one
        for path, one in found.items()
        if not any(meta.get("http-equiv") == "refresh" for meta in one.all("meta"))
    }


def test_headings_start_with_one_title_and_skip_no_level(structures: dict[str, Structure]) -> None:
    """RGAA 9.1."""
    assert structures
    faults = {
        path: one.levels
        for path, one in structures.items()
        if one.levels[:1] != [1]
        or one.levels.count(1) != 1
        or any(below > above + 1 for above, below in pairwise(one.levels))
    }
    assert faults == {}


def test_a_label_is_for_a_control_of_its_page(structures: dict[str, Structure]) -> None:
    """RGAA 11.1."""
    for path, one in structures.items():
        controls = {
            attributes.get("id")
            for tag in ("input", "select", "textarea", "output")
            for attributes in one.all(tag)
        }
        assert {label["for"] for label in one.all("label") if "for" in label} <= controls, path


def test_an_image_has_an_alternative_and_its_dimensions(structures: dict[str, Structure]) -> None:
    """RGAA 1.1; without dimensions the page would move when the picture arrives."""
    faults = {
        (path, image["src"])
        for path, one in structures.items()
        for image in one.all("img")
        if not {"alt", "width", "height"} <= set(image)
    }
    assert faults == set()


def test_nothing_that_a_strict_policy_forbids_stands_inline(
    structures: dict[str, Structure],
) -> None:
    faults = {
        (path, tag)
        for path, one in structures.items()
        for tag, attributes in one.tags
        if tag == "style"
        or any(name == "style" or name.startswith("on") for name in attributes)
        or (
            tag == "script"
            and "src" not in attributes
            and attributes.get("type") not in _SCRIPTS_OF_DATA
        )
    }
    assert faults == set()
