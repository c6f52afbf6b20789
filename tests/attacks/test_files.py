"""Every file beside the pages, read back by a parser of its own language."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pypdfium2
import pytest
from PIL import Image

from attacks import hostile
from attacks.payloads import ELSEWHERE, PAYLOADS, UNDRAWABLE
from building import SITE_URL
from charte.opendata import tables

ENTRIES = {one["slug"]: one for one in hostile.entries(PAYLOADS, UNDRAWABLE)}
SEPARATORS = {"signataires.csv": ",", "signataires-excel.csv": ";", "actions.csv": ","}
FORMULA = re.compile(r"""["\s]*[=+\-@＝]""")
SVG = "{http://www.w3.org/2000/svg}"


def read(path: Path) -> Any:
    """Return what a file of JSON says, each name once."""
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    assert len(found) == len(pairs), pairs
    return found


def cells(name: str, site: Path, separator: str) -> list[list[str]]:
    text = (site / "donnees" / name).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


# --- Data -----------------------------------------------------------------------------------


def said(one: dict[str, Any]) -> dict[str, Any]:
    """Return what a record must say of an entry's texts."""
    return {
        "nom": one["name"],
        "groupe": one["group"],
        "precision": one["note"],
        "site": one["website"],
        "description": one["description"],
    }


def test_every_record_says_each_field_as_it_was_written(hostile_site: Path) -> None:
    everyone = read(hostile_site / "donnees/signataires.json")["signataires"]
    lines = (hostile_site / "donnees/signataires.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line) for line in lines[:-1]] == everyone
    assert len(everyone) == len(ENTRIES)
    for record in everyone:
        one = ENTRIES[record["identifiant"]]
        assert said(one).items() <= record.items()
        assert [former["nom"] for former in record["anciens_noms"]] == [
            former["name"] for former in one["former_names"]
        ]
        assert {(act["titre"], act["adresse"]) for act in record["actions"]} == {
            (act["title"], act["url"]) for act in one["actions"]
        }
        assert read(hostile_site / f"api/v1/signataires/{record['identifiant']}.json") == record


@pytest.mark.parametrize("file", ["api/v1/openapi.json", "api/v1/engagements.json"])
def test_a_file_for_programs_is_json(file: str, hostile_site: Path) -> None:
    assert read(hostile_site / file)


@pytest.mark.parametrize("name", SEPARATORS)
def test_every_cell_of_a_table_gives_its_text_back(name: str, hostile_site: Path) -> None:
    head, *rows = cells(name, hostile_site, SEPARATORS[name])
    assert {len(row) for row in rows} == {len(head)}
    assert len(rows) == len(ENTRIES) * (2 if name == "actions.csv" else 1)
    for row in rows:
        record = dict(zip(head, map(tables.exact, row), strict=True))
        one = ENTRIES[record["identifiant"]]
        if name == "actions.csv":
            acts = {(act["title"], act["url"]) for act in one["actions"]}
            assert (record["titre"], record["adresse"]) in acts
            continue
        assert said(one).items() <= record.items()
        former = [part.replace("||", "|") for part in record["anciens_noms"].split(" | ")]
        assert former == [each["name"] for each in one["former_names"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", SEPARATORS)
def test_no_cell_is_a_formula_whatever_separates_them(
    name: str, separator: str, hostile_site: Path
) -> None:
    """Excel takes the separator of the reader's country, whatever the file's own is."""
    for cell in chain.from_iterable(cells(name, hostile_site, separator)):
        assert not FORMULA.match(cell)


def test_the_search_index_gives_every_name_back(hostile_site: Path) -> None:
    index = read(hostile_site / "recherche.json")
    titles = {one["uri"]: one["title"] for one in index}
    for slug, one in ENTRIES.items():
        assert titles[f"signataires/{slug}/"] == one["name"]
    assert all(not re.match(r"[a-z]+:|//", uri) for uri in titles)


def test_the_search_index_tells_names_within_prose_as_text(hostile_site: Path) -> None:
    index = read(hostile_site / "recherche.json")
    told = " ".join(one.get("text", "") for one in index if one["uri"].startswith("a-propos/"))
    for text in PAYLOADS[:9]:
        assert " ".join(text.split()) in told


def test_an_oembed_answer_names_the_signatory_and_leads_to_the_site(hostile_site: Path) -> None:
    for slug, one in ENTRIES.items():
        answer = read(hostile_site / f"oembed/{slug}.json")
        assert answer["title"].startswith(f"{one['name']}, ")
        assert answer["url"] == f"{SITE_URL}cartes/{slug}.png"
        assert answer["type"] == "photo"
        assert "html" not in answer


@pytest.mark.parametrize("folder", ["api/v1/shields", "open-badges"])
def test_what_other_machines_draw_holds_no_word_of_a_stranger(
    folder: str, hostile_site: Path
) -> None:
    for file in (hostile_site / folder).rglob("*.json"):
        said = json.dumps(read(file))
        assert "alert" not in said
        assert ELSEWHERE not in said


# --- XML ------------------------------------------------------------------------------------


def test_the_feed_is_one_feed_that_says_what_happened(attacked: Path) -> None:
    path = "journal/atom.xml"
    root, twin = (ET.parse(attacked / name / path).getroot() for name in ("site", "plain"))
    assert Counter(one.tag for one in root.iter()) == Counter(one.tag for one in twin.iter())
    titles = " ".join(one.text or "" for one in root.findall(".//{*}title"))
    for one in ENTRIES.values():
        assert one["name"] in titles
        assert all(action["title"] in titles for action in one["actions"])
    related = {
        link.get("href") for link in root.findall(".//{*}link") if link.get("rel") == "related"
    }
    assert related == {act["url"] for one in ENTRIES.values() for act in one["actions"]}


def test_a_feed_reader_finds_no_markup_in_an_entry(hostile_site: Path) -> None:
    feed = feedparser.parse((hostile_site / "journal/atom.xml").read_bytes())
    assert not feed.bozo
    for entry in feed.entries:
        assert entry.title_detail.type == entry.summary_detail.type == "text/plain"
        assert urlsplit(entry.link).hostname == urlsplit(SITE_URL).hostname


@pytest.mark.parametrize("rank", range(len(PAYLOADS)))
def test_a_badge_is_a_drawing_with_a_name_and_nothing_else(rank: int, attacked: Path) -> None:
    root = ET.parse(attacked / f"site/badge/attaque-{rank}.svg").getroot()
    assert {one.tag for one in root.iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "rect", "g", "path")
    } | {"{http://openbadges.org}assertion"}
    assert {name for one in root.iter() for name in one.attrib} == {
        *("width", "height", "viewBox", "role", "aria-labelledby", "verify", "id", "rx", "x", "y"),
        *("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "transform", "d"),
    }
    title = root.findtext(f"{SVG}title") or ""
    assert title.startswith(f"{PAYLOADS[rank]}, ")


def test_the_sitemap_names_the_site_s_own_addresses(hostile_site: Path) -> None:
    root = ET.parse(hostile_site / "sitemap.xml").getroot()
    for place in root.findall(".//{*}loc"):
        assert re.fullmatch(rf"{SITE_URL}[a-z0-9/-]*", place.text or "")


# --- Pictures and documents -----------------------------------------------------------------


def test_a_picture_says_the_address_of_its_assertion_and_no_more(hostile_site: Path) -> None:
    pictures = sorted((hostile_site / "badge").glob("*.png"))
    assert len(pictures) == 2 * hostile.DRAWN
    for file in pictures:
        with Image.open(file) as picture:
            picture.load()
            said = {key: value for key, value in picture.info.items() if isinstance(value, str)}
        address = f"{SITE_URL}open-badges/assertions/attaque-"
        assert list(said) == ["openbadges"]
        assert re.fullmatch(rf"{address}\d+\.json", said["openbadges"])
    for file in (hostile_site / "cartes").glob("*.png"):
        with Image.open(file) as picture:
            assert not [value for value in picture.info.values() if isinstance(value, str)]


def letters(text: str) -> str:
    """Return the letters and signs of a text, without what a line's end changes."""
    return re.sub(r"[\s\ufffe\x02\u00ad-]", "", text)


def test_the_document_prints_every_name_as_it_was_written(hostile_site: Path) -> None:
    """To typst, names are data: none is a function, a reference, a formula or a dash."""
    document = pypdfium2.PdfDocument(hostile_site / "charte.pdf")
    text = letters("".join(page.get_textpage().get_text_range() for page in document))
    for one in ENTRIES.values():
        assert "withdrawn" in one or letters(one["name"]) in text, one["name"]
    assert "root:" not in text


def test_a_document_leads_nowhere_but_to_the_site(hostile_site: Path) -> None:
    content = (hostile_site / "charte.pdf").read_bytes()
    for address in re.findall(rb"/URI ?\(([^)]*)\)", content):
        assert address.startswith(SITE_URL.encode())
    for name in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile"):
        assert name not in content


# --- Hosts ----------------------------------------------------------------------------------

_WAY = r"/[a-z0-9./-]+"
MAPS = {
    "_redirects": rf"(#.*|{_WAY} {_WAY} 301!?)",
    "redirections/nginx.map": rf"(#.*|{_WAY} {_WAY};)",
    "redirections/Caddyfile": rf"(#.*|redir {_WAY} {_WAY} permanent)",
}


@pytest.mark.parametrize("file", MAPS)
def test_every_line_of_a_map_is_one_move(file: str, hostile_site: Path) -> None:
    lines = (hostile_site / file).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert all(re.fullmatch(MAPS[file], line) for line in lines)
    moves = [line for line in lines if not line.startswith("#")]
    assert len(moves) >= 8 * len(ENTRIES)


@pytest.mark.parametrize("file", ["_headers", "entetes/nginx.conf", "entetes/Caddyfile"])
def test_what_a_host_says_with_each_answer_is_the_same_whoever_signs(
    file: str, attacked: Path
) -> None:
    said = (attacked / "site" / file).read_bytes()
    assert said == (attacked / "plain" / file).read_bytes()
