"""The built site of the printed edition, page by page.

What is true of every register – addresses, totals, links – is in `tests/live/`.
"""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from building import SITE_URL

SIGNATORIES = 361


class Page(HTMLParser):
    """Gathers a page's metadata."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self.meta[values.get("name") or values.get("property", "")] = values.get("content", "")


def uri_of(file: Path, site: Path) -> str:
    return file.relative_to(site).as_posix().removesuffix("index.html")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {uri_of(file, site): Page(file.read_text()) for file in site.rglob("*.html")}


def test_the_sitemap_is_not_published_packed(site: Path) -> None:
    """Its bytes would depend on the version of Python."""
    assert not (site / "sitemap.xml.gz").exists()


def test_french_prose_is_set_with_its_no_break_spaces(site: Path) -> None:
    charter = (site / "charte/engagements-des-industriels/index.html").read_text()
    assert "publics\u202f;" in charter
    assert "changent pas\xa0:" in (site / "404.html").read_text()


def test_no_template_is_published(site: Path) -> None:
    assert not (site / "fragments").exists()


def test_a_page_that_is_shared_shows_its_title_its_description_and_its_card(
    pages: dict[str, Page], site: Path
) -> None:
    described = {uri: page for uri, page in pages.items() if page.meta.get("og:url")}
    assert len(described) > SIGNATORIES
    for uri, page in described.items():
        assert page.meta["og:title"]
        assert page.meta["og:description"] == page.meta["description"]
        slug = re.fullmatch(r"signataires/([^/]+)/", uri)
        picture = f"cartes/{slug[1]}.png" if slug else "marque/carte.png"
        assert page.meta["og:image"] == page.meta["twitter:image"] == SITE_URL + picture
        assert (site / picture).exists()


def test_the_annex_has_a_section_for_digits_and_one_for_each_letter(site: Path) -> None:
    annex = (site / "annexe/index.html").read_text()
    sections = re.findall(r'<section class="letter".*?</section>', annex, re.DOTALL)
    names_by_letter = {}
    for section in sections:
        heading = re.search(r'<h2 id="lettre-[^"]+"><a [^>]+>(\S+)</a>', section)
        assert heading
        names = re.findall(r"<li[^>]*><a [^>]+>([^<]+)</a>", section)
        names_by_letter[heading[1]] = names
    assert list(names_by_letter) == ["0-9", *"ABCDEFGHIJKLMNOPQRSTUVWXZ"]
    assert names_by_letter["0-9"] == ["360 medical"]
    assert names_by_letter["E"][:3] == ["E-cono", "Ehtrace", "Elaia"]


def test_the_annex_says_its_edition(site: Path) -> None:
    assert "dernière mise à jour\xa0: 16/11/2020" in (site / "annexe/index.html").read_text()


def test_the_home_page_counts_from_the_register(site: Path) -> None:
    home = (site / "index.html").read_text()
    assert f"<strong>{SIGNATORIES}</strong> signataires" in home
    assert '<time datetime="2020-11-16">16 novembre 2020</time>' in home


def test_a_signatorys_page_describes_an_organization(site: Path) -> None:
    html = (site / "signataires/epsilog-compugroup-medical/index.html").read_text()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(found) == {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": f"{SITE_URL}signataires/epsilog-compugroup-medical/",
        "url": f"{SITE_URL}signataires/epsilog-compugroup-medical/",
        "name": "Epsilog/CompuGroup Medical",
        "description": "Epsilog/CompuGroup Medical est signataire de la charte « Engagé pour la "
        "e-santé ». Figure à l’annexe, édition du 16 novembre 2020.",
        "inLanguage": "fr",
        "mainEntity": {
            "@type": "Organization",
            "name": "Epsilog/CompuGroup Medical",
            "parentOrganization": {"@type": "Organization", "name": "CompuGroup Medical"},
        },
    }


def test_a_signatorys_page_gives_a_sentence_to_quote(site: Path) -> None:
    html = unescape((site / "signataires/fair-smart/index.html").read_text())
    assert (
        "FAIR&SMART figure à l’annexe de la charte «\xa0Engagé pour la e-santé\xa0» "
        "(10 septembre 2020), édition du 16 novembre 2020\xa0: "
        f"{SITE_URL}signataires/fair-smart/</textarea>"
    ) in html


def test_the_code_to_embed_a_badge_is_html_that_shows_it(site: Path) -> None:
    html = (site / "signataires/fair-smart/index.html").read_text()
    (code,) = re.findall(r'<textarea id="code-html"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    embedded = ET.fromstring(unescape(code).replace("></a>", "/></a>"))
    assert embedded.get("href") == f"{SITE_URL}signataires/fair-smart/"
    image = embedded.find("img")
    assert image is not None
    assert image.get("src") == f"{SITE_URL}badge/fair-smart.svg"
    assert image.get("alt") == "FAIR&SMART, signataire de la charte « Engagé pour la e-santé »"


def test_neighbours_follow_the_order_of_the_annex(site: Path) -> None:
    html = (site / "signataires/withings/index.html").read_text()
    assert re.search(r'rel="prev" href="../../signataires/wistim/"', html)
    assert re.search(r'rel="next" href="../../signataires/worldline/"', html)
    first = (site / "signataires/360-medical/index.html").read_text()
    assert 'rel="prev" href="../../' not in first
    last = (site / "signataires/zoll-medical-france/index.html").read_text()
    assert 'rel="next" href="../../' not in last


def test_a_groups_page_lists_its_signatories(site: Path) -> None:
    html = (site / "groupes/compugroup-medical/index.html").read_text()
    assert re.findall(r'<li><a href="../../signataires/([^"]+)/">', html) == [
        "axisante-compugroup-medical",
        "clickdoc-compugroup-medical",
        "epsilog-compugroup-medical",
        "hellodoc-compugroup-medical",
    ]


def test_there_is_a_page_for_each_group_of_the_annex(site: Path) -> None:
    assert {page.parent.name for page in site.glob("groupes/*/index.html")} == {
        "cegedim",
        "compugroup-medical",
        "eig",
        "extens",
        "visiomed-group",
        "worldline",
    }


def test_the_markdown_code_of_a_badge_shows_any_name_as_text(site: Path) -> None:
    html = (site / "signataires/m-e-care/index.html").read_text()
    (code,) = re.findall(r'<textarea id="code-markdown"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    assert unescape(code) == (
        "[![M&E Care, signataire de la charte « Engagé pour la e-santé »]"
        f"({SITE_URL}badge/m-e-care.svg)]({SITE_URL}signataires/m-e-care/)"
    )


@pytest.mark.parametrize(
    ("slug", "namesake"), [("cegedim", "cegedim"), ("worldline", "worldline"), ("eig", None)]
)
def test_a_groups_page_names_the_signatory_of_the_same_name(
    slug: str, namesake: str | None, site: Path
) -> None:
    html = (site / f"groupes/{slug}/index.html").read_text()
    found = re.findall(r'porte le nom du groupe\xa0: <a href="../../signataires/([^"]+)/">', html)
    assert found == ([namesake] if namesake else [])


def test_the_folder_of_signatories_leads_to_the_annex(site: Path) -> None:
    html = (site / "signataires/index.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../annexe/">' in html
