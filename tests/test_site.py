"""The built site, file by file: every address, every total, every link."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree as ET

import feedparser
import pikepdf
import pytest

from building import SITE_URL
from charte import french
from charte.project import Project

SIGNATORIES = 361


class Page(HTMLParser):
    """Gathers a page's links, resources, ids and metadata."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.resources: list[str] = []
        self.ids: list[str] = []
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        alternate = tag == "link" and values.get("rel", "").split() == ["alternate"]
        if alternate or (tag == "a" and "href" in values):
            self.links.append(values["href"])
        elif tag in {"link", "use"} and values.get("rel") != "canonical":
            self.resources.append(values.get("href", ""))
        elif tag == "link":
            self.canonical = values["href"]
        elif tag == "meta":
            self.meta[values.get("name") or values.get("property", "")] = values.get("content", "")
        if tag in {"img", "script", "iframe", "source"} and "src" in values:
            self.resources.append(values["src"])
        if "id" in values:
            self.ids.append(values["id"])


def uri_of(file: Path, site: Path) -> str:
    return file.relative_to(site).as_posix().removesuffix("index.html")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {uri_of(file, site): Page(file.read_text()) for file in site.rglob("*.html")}


def slugs_of(site: Path, pattern: str) -> set[str]:
    return {file.stem for file in site.glob(pattern)}


def json_of(site: Path, uri: str) -> Any:
    return json.loads((site / uri).read_text(encoding="utf-8"))


def rows_of(site: Path, uri: str, delimiter: str) -> set[str]:
    with (site / uri).open(encoding="utf-8-sig", newline="") as file:
        return {row["identifiant"] for row in csv.DictReader(file, delimiter=delimiter)}


def test_totals_agree_everywhere(site: Path, project: Project) -> None:
    """Who is in the register is everywhere that the register is published, and nobody else."""
    in_register = {one.slug for one in project.reading.register.signatories}
    assert len(in_register) == SIGNATORIES
    annex = (site / "annexe/index.html").read_text()
    edition = (site / "annexe/2020-11-16/index.html").read_text()
    sitemap = (site / "sitemap.xml").read_text()
    locations = "\n".join(entry["uri"] for entry in json_of(site, "recherche.json"))
    lines = (site / "donnees/signataires.jsonl").read_text(encoding="utf-8").splitlines()
    found = {
        "pages": [file.parent.name for file in site.glob("signataires/*/index.html")],
        "badges": slugs_of(site, "badge/*.svg"),
        "pixel badges": slugs_of(site, "badge/*.png"),
        "cards": slugs_of(site, "cartes/*.png"),
        "records": slugs_of(site, "api/v1/signataires/*.json"),
        "shields": slugs_of(site, "api/v1/shields/*.json"),
        "oEmbed": slugs_of(site, "oembed/*.json"),
        "assertions": slugs_of(site, "open-badges/assertions/*.json"),
        "annex": re.findall(r'<li[^>]*><a href="\.\./signataires/([^"]+)/">', annex),
        "edition": re.findall(r'<li[^>]*><a href="\.\./\.\./signataires/([^"]+)/">', edition),
        "sitemap": re.findall(rf"<loc>{SITE_URL}signataires/([^<]+)/</loc>", sitemap),
        "search": re.findall(r"^signataires/([^/]+)/$", locations, re.MULTILINE),
        "JSON": [one["identifiant"] for one in json_of(site, DATA)["signataires"]],
        "API": [one["identifiant"] for one in json_of(site, API)["signataires"]],
        "JSON Lines": [json.loads(line)["identifiant"] for line in lines],
        "CSV": rows_of(site, "donnees/signataires.csv", ","),
        "CSV for spreadsheets": rows_of(site, "donnees/signataires-excel.csv", ";"),
        "PDF": addresses_of(site / "charte.pdf"),
    }
    for where, slugs in found.items():
        assert sorted(slugs) == sorted(in_register), where
    (opening,) = feedparser.parse((site / "journal/atom.xml").read_bytes()).entries
    assert opening.title == f"Première édition de l’annexe : {SIGNATORIES}\xa0signataires"
    assert json_of(site, DATA)["totaux"]["signataires"] == SIGNATORIES
    assert json_of(site, "api/v1/editions.json")["editions"][-1]["signataires"] == SIGNATORIES


DATA, API = "donnees/signataires.json", "api/v1/signataires.json"


def addresses_of(document: Path) -> list[str]:
    """Give the slugs of the pages that a document links to, each once."""
    with pikepdf.open(document) as pdf:
        links = {
            str(annotation.A.URI)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if "/A" in annotation
        }
    return re.findall(rf"^{SITE_URL}signataires/([^/]+)/$", "\n".join(links), re.MULTILINE)


def test_french_prose_is_set_with_its_no_break_spaces(site: Path) -> None:
    charter = (site / "charte/engagements-des-industriels/index.html").read_text()
    assert "publics\u202f;" in charter
    assert "changent pas\xa0:" in (site / "404.html").read_text()


def test_no_template_is_published(site: Path) -> None:
    assert not (site / "fragments").exists()


def test_no_slot_and_no_mould_is_left(site: Path) -> None:
    for file in [*site.rglob("*.html"), *site.rglob("*.xml"), site / "recherche.json"]:
        text = file.read_text()
        assert "[[ " not in text, file
        assert "_signataire" not in text, file
        assert "_groupe" not in text, file


def test_every_internal_link_leads_somewhere(pages: dict[str, Page]) -> None:
    broken = []
    for uri, page in pages.items():
        for link in [*page.links, *page.resources]:
            target, anchor = urldefrag(urljoin(SITE_URL + uri, link))
            if not target.startswith(SITE_URL):
                continue
            path = target.removeprefix(SITE_URL)
            known = path in pages
            if anchor and known and not anchor.startswith(":~:"):
                known = anchor in pages[path].ids or anchor == "__toc"
            if not known and not re.search(r"\.\w+$", path):
                broken.append((uri, link))
    assert broken == []


def test_every_file_that_a_page_needs_is_there(pages: dict[str, Page], site: Path) -> None:
    missing = []
    for uri, page in pages.items():
        for link in [*page.links, *page.resources]:
            target = urljoin(SITE_URL + uri, link).partition("#")[0]
            path = target.removeprefix(SITE_URL)
            if target.startswith(SITE_URL) and re.search(r"\.\w+$", path):
                missing += [(uri, link)] if not (site / path).exists() else []
    assert missing == []


def test_no_page_asks_a_third_party_for_anything(pages: dict[str, Page]) -> None:
    for uri, page in pages.items():
        foreign = [link for link in page.resources if re.match(r"(https?:)?//", link)]
        assert foreign == [], uri


def test_ids_are_unique_on_each_page(pages: dict[str, Page]) -> None:
    for uri, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), uri


def test_a_page_states_its_own_address_what_it_is_and_its_card(
    pages: dict[str, Page], site: Path
) -> None:
    described = {
        uri: page for uri, page in pages.items() if page.canonical and page.meta.get("og:url")
    }
    assert len(described) > SIGNATORIES
    for uri, page in described.items():
        assert page.canonical == page.meta["og:url"] == SITE_URL + uri
        assert page.meta["description"]
        assert page.meta["og:title"]
        assert page.meta["og:description"] == page.meta["description"]
        slug = re.fullmatch(r"signataires/([^/]+)/", uri)
        picture = f"cartes/{slug[1]}.png" if slug else "marque/carte.png"
        assert page.meta["og:image"] == page.meta["twitter:image"] == SITE_URL + picture
        assert (site / picture).exists()
    assert len({page.meta["description"] for page in described.values()}) == len(described)


def test_the_annex_is_in_french_alphabetical_order_under_its_letters(site: Path) -> None:
    annex = (site / "annexe/index.html").read_text()
    sections = re.findall(r'<section class="letter".*?</section>', annex, re.DOTALL)
    names_by_letter = {}
    for section in sections:
        heading = re.search(
            r'<h2 id="lettre-[^"]+"><a [^>]+>(\S+)</a> <small>(\d+)\xa0signataires?</small>',
            section,
        )
        assert heading
        names = [unescape(name) for name in re.findall(r"<li[^>]*><a [^>]+>([^<]+)</a>", section)]
        assert len(names) == int(heading[2])
        names_by_letter[heading[1]] = names
    everyone = [name for names in names_by_letter.values() for name in names]
    assert everyone == sorted(everyone, key=french.sort_key)
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
        "e-santé ». Figure à l’annexe depuis l’édition du 16 novembre 2020.",
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
        "(10 septembre 2020) depuis l’édition du 16 novembre 2020\xa0: "
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


def test_the_sitemap_names_each_address_once_and_has_no_date(site: Path) -> None:
    root = ET.fromstring((site / "sitemap.xml").read_bytes())
    urls = [loc.text for loc in root.iter("{*}loc")]
    assert len(urls) == len(set(urls))
    assert list(root.iter("{*}lastmod")) == []
    assert not (site / "sitemap.xml.gz").exists()


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
