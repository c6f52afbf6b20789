"""The built site, file by file: every address, every total, every link, whoever has signed."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree as ET

import feedparser
import pikepdf

from building import SITE_URL
from charte import french
from charte.files import REGISTER
from charte.register.history import editions, first_slug
from charte.register.model import Register
from live.changes import parsed
from live.published import AS_IT_IS, Published

DATA, API = "donnees/signataires.json", "api/v1/signataires.json"
SCHEMED = re.compile(r"[a-z][a-z0-9+.-]*:")


def register_of(published: Published) -> Register:
    """Return the register that the site was built from."""
    return parsed((published.folder / REGISTER).read_text(encoding="utf-8"))


def slugs(published: Published, *, present: bool | None = None) -> set[str]:
    """Return the identifiers of all signatories, of the present ones, or of those who left."""
    return {
        one.slug
        for one in register_of(published).signatories
        if present is None or present is (one.withdrawn is None)
    }


def json_of(site: Path, uri: str) -> Any:
    return json.loads((site / uri).read_text(encoding="utf-8"))


def rows_of(site: Path, uri: str, delimiter: str) -> list[str]:
    with (site / uri).open(encoding="utf-8-sig", newline="") as file:
        return [row["identifiant"] for row in csv.DictReader(file, delimiter=delimiter)]


def attributes(html: str, *names: str) -> list[str]:
    """List the values of some attributes of a page, in order."""
    found = re.findall(rf'\s(?:{"|".join(names)})="([^"]*)"', html)
    return [unescape(value) for value in found]


def addressed(published: Published) -> dict[str, set[str]]:
    """Return the addresses on this site that each page leads to, its own files among them."""
    return {
        uri: {
            target
            for link in attributes(html, "href", "src")
            if (target := urljoin(SITE_URL + uri, link)).startswith(SITE_URL)
        }
        for uri, html in published.pages.items()
    }


def is_file(address: str) -> bool:
    return bool(re.search(r"\.\w+$", address))


# --- Who is where ---


def test_each_present_signatory_is_in_the_annex_once(published: Published) -> None:
    annex = published.pages["annexe/"]
    found = re.findall(r'<li[^>]*><a href="\.\./signataires/([^"]+)/">', annex)
    assert Counter(found) == Counter(slugs(published, present=True))


def test_each_former_signatory_is_among_the_former_ones(published: Published) -> None:
    page = published.pages["anciens-signataires/"]
    assert {one for one in slugs(published, present=False) if f"signataires/{one}/" in page} == (
        slugs(published, present=False)
    )


def test_each_signatory_has_its_page_and_files_for_ever(published: Published) -> None:
    """Promise 1: present, gone, or moved to another address."""
    site = published.site
    former = {slug for one in register_of(published).signatories for slug in one.former_slugs}
    everyone = slugs(published) | former
    found = {
        "pages": {file.parent.name for file in site.glob("signataires/*/index.html")},
        "badges": {file.stem for file in site.glob("badge/*.svg")},
        "records": {file.stem for file in site.glob("api/v1/signataires/*.json")},
        "shields": {file.stem for file in site.glob("api/v1/shields/*.json")},
        "oEmbed": {file.stem for file in site.glob("oembed/*.json")},
        "assertions": {file.stem for file in site.glob("open-badges/assertions/*.json")},
    }
    for where, there in found.items():
        assert there == everyone, where


def test_the_open_data_hold_everyone_once(published: Published) -> None:
    site = published.site
    lines = (site / "donnees/signataires.jsonl").read_text(encoding="utf-8").splitlines()
    found = {
        "JSON": [one["identifiant"] for one in json_of(site, DATA)["signataires"]],
        "API": [one["identifiant"] for one in json_of(site, API)["signataires"]],
        "JSON Lines": [json.loads(line)["identifiant"] for line in lines],
        "CSV": rows_of(site, "donnees/signataires.csv", ","),
        "CSV for spreadsheets": rows_of(site, "donnees/signataires-excel.csv", ";"),
    }
    for where, identifiers in found.items():
        assert sorted(identifiers) == sorted(slugs(published)), where


def test_the_search_and_the_sitemap_know_everyone(published: Published) -> None:
    sitemap = (published.site / "sitemap.xml").read_text()
    locations = [entry["uri"] for entry in json_of(published.site, "recherche.json")]
    for addresses in (re.findall(rf"<loc>{SITE_URL}(.*?)</loc>", sitemap), locations):
        found = [re.fullmatch(r"signataires/([^/]+)/", one) for one in addresses]
        assert Counter(one[1] for one in found if one) == Counter(slugs(published))


def test_drawings_are_made_of_everyone(published: Published) -> None:
    """Only the register as it is gets its drawings: they take their time."""
    drawn = slugs(published) if published.change == AS_IT_IS else set()
    for pattern in ("badge/*.png", "cartes/*.png"):
        assert slugs(published) & {file.stem for file in published.site.glob(pattern)} == drawn


def test_the_document_leads_to_each_present_signatory(published: Published) -> None:
    """By its first address, which leads on: a document does not change when a company moves."""
    file = published.site / "charte.pdf"
    assert file.exists() is (published.change == AS_IT_IS)
    if file.exists():
        with pikepdf.open(file) as pdf:
            links = {
                str(annotation.A.URI)
                for page in pdf.pages
                for annotation in page.get("/Annots", [])
                if "/A" in annotation
            }
        found = re.findall(rf"^{SITE_URL}signataires/([^/]+)/$", "\n".join(links), re.MULTILINE)
        present = (one for one in register_of(published).signatories if not one.withdrawn)
        assert sorted(found) == sorted(map(first_slug, present))


# --- What is counted ---


def test_totals_agree_everywhere(published: Published) -> None:
    total = len(slugs(published, present=True))
    words = french.number(total)
    assert f"<strong>{words}</strong> signataires" in published.pages[""]
    assert json_of(published.site, DATA)["totaux"]["signataires"] == total
    edition = max(one.day for one in editions(register_of(published)))
    told = json_of(published.site, "api/v1/editions.json")["editions"]
    assert {one["date"]: one["signataires"] for one in told}[edition.isoformat()] == total


def test_each_state_of_the_register_has_its_page_with_its_names(published: Published) -> None:
    for edition in editions(register_of(published)):
        page = published.pages[f"annexe/{edition.day}/"]
        found = re.findall(r'<li[^>]*><a href="\.\./\.\./signataires/[^"]+/">([^<]+)</a>', page)
        names = [unescape(name) for name in found]
        assert names[: len(edition.lines)] == [line.name for line in edition.lines]


def test_the_feed_tells_all_that_happened(published: Published) -> None:
    feed = feedparser.parse((published.site / "journal/atom.xml").read_bytes())
    assert not feed.bozo
    ids = [entry.id for entry in feed.entries]
    assert ids
    assert len(ids) == len(set(ids))


def test_the_annex_is_in_french_alphabetical_order_under_its_letters(published: Published) -> None:
    sections = re.findall(
        r'<section class="letter".*?</section>', published.pages["annexe/"], re.DOTALL
    )
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
    assert list(names_by_letter) == sorted(names_by_letter)


# --- What each page is made of ---


def test_no_slot_and_no_mould_is_left(published: Published) -> None:
    texts = {
        **published.pages,
        **{
            name: (published.site / name).read_text()
            for name in ("sitemap.xml", "journal/atom.xml", "recherche.json")
        },
    }
    for uri, text in texts.items():
        assert "[[ " not in text, uri
        assert "_signataire" not in text, uri
        assert "_groupe" not in text, uri


def test_every_internal_link_leads_somewhere(published: Published) -> None:
    ids = {uri: set(attributes(html, "id")) for uri, html in published.pages.items()}
    broken = []
    for uri, links in addressed(published).items():
        for link in links:
            target, anchor = urldefrag(link.removeprefix(SITE_URL))
            path = target.partition("?")[0]
            if is_file(path) and path not in ids:
                continue
            known = path in ids
            if anchor and known and not anchor.startswith(":~:"):
                known = anchor in ids[path] or anchor == "__toc"
            broken += [] if known else [(uri, link)]
    assert broken == []


def test_every_file_that_a_page_needs_is_there(published: Published) -> None:
    """A site without drawings lacks those alone."""
    left_out = r"(cartes|badge)/[^/]+\.png|.*charte\.pdf"
    missing = {
        path
        for links in addressed(published).values()
        for link in links
        if is_file(path := re.split(r"[?#]", link.removeprefix(SITE_URL))[0])
        if not (published.site / path).exists()
    }
    if published.change != AS_IT_IS:
        missing = {path for path in missing if not re.fullmatch(left_out, path)}
    assert missing == set()


def test_no_page_asks_a_third_party_for_anything(published: Published) -> None:
    for uri, html in published.pages.items():
        for tag in re.findall(r"<(?:script|img|source|iframe|link|use)\b[^>]*>", html):
            if re.search(r'rel="(?:canonical|alternate)"', tag):
                continue
            foreign = [one for one in attributes(tag, "src", "href") if re.match(r"(\w+:)?//", one)]
            assert foreign == [], uri


def test_ids_are_unique_on_each_page(published: Published) -> None:
    for uri, html in published.pages.items():
        repeated = {one for one, count in Counter(attributes(html, "id")).items() if count > 1}
        assert repeated == set(), uri


def test_a_page_states_its_own_address_and_what_it_is(published: Published) -> None:
    described = {uri: html for uri, html in published.pages.items() if 'property="og:url"' in html}
    assert len(described) > len(slugs(published))
    descriptions = []
    for uri, html in described.items():
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]*)">', html)
        (shared,) = re.findall(r'<meta property="og:url" content="([^"]*)">', html)
        assert shared == SITE_URL + uri
        # The charter's text in force stands at two addresses, of which search engines keep one.
        kept = "charte/" if re.fullmatch(r"charte/\d{4}-\d\d-\d\d/", uri) else uri
        assert canonical in {SITE_URL + uri, SITE_URL + kept}
        descriptions += re.findall(r'<meta name="description" content="([^"]+)">', html)
    assert len(descriptions) == len(set(descriptions)) == len(described)


def test_a_former_address_leads_to_the_present_one(published: Published) -> None:
    for one in register_of(published).signatories:
        for former in one.former_slugs:
            page = published.pages[f"signataires/{former}/"]
            assert f'<link rel="canonical" href="{SITE_URL}signataires/{one.slug}/">' in page


def test_the_sitemap_names_each_address_once_and_has_no_date(published: Published) -> None:
    root = ET.fromstring((published.site / "sitemap.xml").read_bytes())
    urls = [loc.text for loc in root.findall(".//{*}loc")]
    assert len(urls) == len(set(urls)) > len(register_of(published).signatories)
    assert root.findall(".//{*}lastmod") == []
