"""The mould: an expanded page is what the engine itself would have made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from charte.expansion import Expansion
from charte.fragments import PageContext, Value
from charte.mould import MisplacedSlot, Mould
from charte.slots import SLOT
from conftest import copy_project, run_mkdocs

# A group with siblings, an ampersand, an apostrophe, accents, a note, see also, first and last.
SIGNATORIES = (
    "epsilog-compugroup-medical",
    "fair-smart",
    "app-ines",
    "medecindirect",
    "cegedim",
    "exelus",
    "360-medical",
    "zoll-medical-france",
    "genious-healthcare-mindmaze",
)
GROUPS = ("eig", "compugroup-medical", "cegedim")


def text(value: str) -> Value:
    return Value(Markup(value), block=False)


def block(value: str) -> Value:
    return Value(Markup(value), block=True)


def write_in(markdown: str, expansion: Expansion, page: PageContext) -> str:
    """Write a page's values into its mould's Markdown, as an author would have by hand."""

    def written(text: str) -> str:
        return re.sub(SLOT, value, text)

    def value(slot: re.Match[str]) -> str:
        return expansion.fragments.value(slot[1], slot[2], page, expansion.site).html

    _, front_matter, body = markdown.split("---\n", 2)
    meta = yaml.safe_load(front_matter)
    del meta["expand"]
    meta = {key: written(text) if isinstance(text, str) else text for key, text in meta.items()}
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n{written(body)}"


@pytest.fixture(scope="module")
def by_the_engine(tmp_path_factory: pytest.TempPathFactory, expansion: Expansion) -> Path:
    """Build a few signatories' and groups' pages with the engine alone, without the hook."""
    folder = copy_project(tmp_path_factory.mktemp("engine"))
    docs = folder / "docs"
    views = {
        "signataires/_signataire": [
            PageContext("signatory", expansion.site.by_slug[slug], "../../") for slug in SIGNATORIES
        ],
        "groupes/_groupe": [
            PageContext("group", group, "../../")
            for group in expansion.site.groups
            if group.slug in GROUPS
        ],
    }
    for mould, pages in views.items():
        markdown = (docs / f"{mould}.md").read_text()
        for page in pages:
            name = (docs / mould).with_name(f"{page.view.slug}.md")
            name.write_text(write_in(markdown, expansion, page))
    config = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(re.sub(r"^hooks:\n.*\n", "", config, flags=re.MULTILINE))
    result = run_mkdocs(folder, "build", "--site-dir", "site")
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.mark.parametrize(
    "uri",
    [f"signataires/{slug}/" for slug in SIGNATORIES] + [f"groupes/{slug}/" for slug in GROUPS],
)
def test_an_expanded_page_is_byte_for_byte_what_the_engine_makes(
    uri: str, site: Path, by_the_engine: Path
) -> None:
    expanded = (site / uri / "index.html").read_text()
    assert expanded == (by_the_engine / uri / "index.html").read_text()


def fill(html: str, value: Value, own_uri: str = "") -> str:
    return Mould.cast(html, own_uri).fill(lambda *_: value)


def test_a_block_takes_the_place_of_the_paragraph_that_holds_nothing_else() -> None:
    assert fill("<h1>A</h1>\n<p>[[ badge ]]</p>\n", block("<ul></ul>")) == "<h1>A</h1>\n<ul></ul>\n"


def test_a_block_takes_the_place_of_a_line_that_holds_nothing_else() -> None:
    assert fill("<div>\n[[ badge ]]\n</div>", block("<ul></ul>")) == "<div>\n<ul></ul>\n</div>"


def test_a_text_keeps_the_paragraph_that_holds_nothing_else() -> None:
    assert fill("<p>[[ name ]]</p>", text("Alan")) == "<p>Alan</p>"


def test_a_text_stands_within_a_sentence() -> None:
    assert fill("<p>Voir [[ name ]].</p>", text("Alan")) == "<p>Voir Alan.</p>"


def test_the_moulds_own_address_becomes_that_of_the_page() -> None:
    html = '<link rel="canonical" href="https://a.example/x/_y/">[[ name ]]'
    mould = Mould.cast(html, "x/_y/")
    filled = mould.fill(lambda name, _: text({"uri": "x/alan/", "name": "Alan"}[name]))
    assert filled == '<link rel="canonical" href="https://a.example/x/alan/">Alan'


@pytest.mark.parametrize(
    "html",
    [
        "<p>Voir [[ badge ]].</p>",
        "<h1>[[ badge ]]</h1>",
        "<title>[[ badge ]] – Site</title>",
        '<meta content="[[ badge ]]">',
    ],
)
def test_a_block_elsewhere_is_refused(html: str) -> None:
    with pytest.raises(MisplacedSlot, match=r"\[\[ badge \]\]"):
        fill(html, block("<ul></ul>"))


def test_markup_inside_a_tag_is_refused() -> None:
    with pytest.raises(MisplacedSlot, match=r"\[\[ link alan \]\]"):
        fill('<meta content="[[ link alan ]]">', text('<a href="/">Alan</a>'))


@given(
    st.lists(st.sampled_from(["[[ a ]]", "[[ b c ]]", "<p>", "</p>", "x", "\n", "[[", "]]", "]"]))
)
def test_nothing_but_slots_is_changed(pieces: list[str]) -> None:
    html = "".join(pieces)
    mould = Mould.cast(html)
    assert mould.fill(lambda name, argument: text(_written(name, argument))) == html


def _written(name: str, argument: str | None) -> str:
    return f"[[ {name} {argument} ]]" if argument else f"[[ {name} ]]"
