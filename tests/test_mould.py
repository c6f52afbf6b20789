"""The mould: an expanded page is what the engine itself would have made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from building import copy_project, run_mkdocs
from charte.expansion import Expansion, PageView
from charte.fragments import Fragments
from charte.headings import link_headings
from charte.mould import Mould
from charte.slots import SLOT, SlotFault, SourcePage, read_pages
from charte.typography import typeset_html

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
# An edition has headings within a block, which the engine alone would put in its table of contents.
COMMITMENTS = ("etat-1", "industriels-3")


def write_in(markdown: str, page: SourcePage, expansion: Expansion, view: object) -> str:
    """Write a page's values into its mould's Markdown, as an author would have by hand."""

    def written(text: str) -> str:
        return re.sub(SLOT, value, text)

    def value(slot: re.Match[str]) -> str:
        return Mould.cast(slot[0], page, expansion.fragments).fill(view)

    _, front_matter, body = markdown.split("---\n", 2)
    meta = yaml.safe_load(front_matter)
    del meta["expand"]
    meta = {key: written(text) if isinstance(text, str) else text for key, text in meta.items()}
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n{written(body)}"


@pytest.fixture(scope="module")
def by_the_engine(tmp_path_factory: pytest.TempPathFactory, expansion: Expansion) -> Path:
    """Build a few pages of each mould with the engine alone, without the hook."""
    folder = copy_project(tmp_path_factory.mktemp("engine"))
    docs = folder / "docs"
    site = expansion.site
    copies: dict[str | None, Sequence[PageView]] = {
        "signatories": [site.by_slug[slug] for slug in SIGNATORIES],
        "groups": [group for group in site.groups if group.slug in GROUPS],
        "commitments": [site.by_commitment[name] for name in COMMITMENTS],
    }
    for page in read_pages(docs):
        mould = folder / page.file
        for view in copies.get(page.expand, ()):
            markdown = write_in(mould.read_text(), page, expansion, view)
            mould.with_name(f"{view.uri.split('/')[-2]}.md").write_text(markdown)
    foot = folder / "theme/partials/footer.html"
    foot.write_text(foot.read_text().replace("[[ accessibility_state ]]", site.accessibility_state))
    config = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(re.sub(r"^hooks:\n.*\n", "", config, flags=re.MULTILINE))
    result = run_mkdocs(folder, "build", "--site-dir", "site")
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.mark.parametrize(
    "uri",
    [
        *(f"signataires/{slug}/" for slug in SIGNATORIES),
        *(f"groupes/{slug}/" for slug in GROUPS),
        *(f"engagements/{name}/" for name in COMMITMENTS),
    ],
)
def test_an_expanded_page_is_byte_for_byte_what_the_engine_makes(
    uri: str, site: Path, by_the_engine: Path
) -> None:
    expanded = (site / uri / "index.html").read_text()
    by_hand = (by_the_engine / uri / "index.html").read_text()
    assert typeset_html(expanded) == typeset_html(link_headings(by_hand))


SLOT_PAGE = SourcePage("docs/page.md", "page/", None, ())


@pytest.fixture
def fragments(tmp_path: Path, expansion: Expansion) -> Fragments:
    """Give fragments of three kinds: the block `list`, the inline `link`, the site's fields."""
    folder = tmp_path / "fragments"
    (folder / "page").mkdir(parents=True)
    (folder / "page/list.html").write_text("<ul></ul>\n")
    (folder / "inline").mkdir()
    (folder / "inline/link.html").write_text('<a href="{{ base }}">{{ item.name }}</a>\n')
    return Fragments(tmp_path, expansion.site)


@pytest.mark.parametrize(
    ("html", "filled"),
    [
        ("<h1>A</h1>\n<p>[[ list ]]</p>\n", "<h1>A</h1>\n<ul></ul>\n"),
        ("<div>\n[[ list ]]\n</div>", "<div>\n<ul></ul>\n</div>"),
    ],
)
def test_a_block_takes_the_place_of_the_paragraph_or_line_that_holds_nothing_else(
    html: str, filled: str, fragments: Fragments, expansion: Expansion
) -> None:
    assert Mould.cast(html, SLOT_PAGE, fragments).fill(expansion.site) == filled


@pytest.mark.parametrize(
    ("html", "filled"),
    [
        ("<p>[[ count ]]</p>", "<p>361</p>"),
        ("<p>Ils sont [[ count ]].</p>", "<p>Ils sont 361.</p>"),
        ('<meta content="[[ count ]]">', '<meta content="361">'),
        ("<p>[[ link fair-smart ]]</p>", '<p><a href="../">FAIR&amp;SMART</a></p>'),
        ("<li>[[ link alan ]] et autres</li>", '<li><a href="../">Alan</a> et autres</li>'),
    ],
)
def test_a_text_stands_where_its_slot_stood(
    html: str, filled: str, fragments: Fragments, expansion: Expansion
) -> None:
    assert Mould.cast(html, SLOT_PAGE, fragments).fill(expansion.site) == filled


def test_the_moulds_own_address_becomes_that_of_the_page(
    fragments: Fragments, expansion: Expansion
) -> None:
    page = SourcePage("docs/x/_y.md", "x/_y/", "signatories", ())
    mould = Mould.cast('<a href="https://a.example/x/_y/">[[ name ]]</a>', page, fragments)
    filled = mould.fill(expansion.site.by_slug["alan"])
    assert filled == '<a href="https://a.example/signataires/alan/">Alan</a>'


@pytest.mark.parametrize(
    "html",
    [
        "<p>Voir [[ list ]].</p>",
        "<h1>[[ list ]]</h1>",
        "<title>[[ list ]] – Site</title>",
        '<meta content="[[ list ]]">',
    ],
)
def test_a_block_elsewhere_is_refused(html: str, fragments: Fragments) -> None:
    with pytest.raises(SlotFault, match="bloc") as raised:
        Mould.cast(html, SLOT_PAGE, fragments)
    assert raised.value.text == "[[ list ]]"


def test_markup_inside_a_tag_is_refused(fragments: Fragments) -> None:
    with pytest.raises(SlotFault, match="balise"):
        Mould.cast('<meta content="[[ link alan ]]">', SLOT_PAGE, fragments)


PIECES = ["[[ count ]]", "<p>", "</p>", "é", "\n", "[[", "]]", "{{ x }}", "{% if %}", "{#", "\\"]


@given(pieces=st.lists(st.sampled_from(PIECES)))
def test_nothing_but_slots_is_changed(pieces: list[str], expansion: Expansion) -> None:
    html = "".join(pieces)
    filled = Mould.cast(html, SLOT_PAGE, expansion.fragments).fill(expansion.site)
    assert filled == html.replace("[[ count ]]", "361")
