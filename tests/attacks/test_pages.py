"""Every page, as a browser parses it: each value is the text that it was, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from attacks import hostile
from attacks.parsed import pages, parsed
from attacks.payloads import ELSEWHERE, PAYLOADS, UNDRAWABLE
from building import SITE_URL

ENTRIES = hostile.entries(PAYLOADS, UNDRAWABLE)
RANKS = range(len(PAYLOADS))
# The letters that stand there, and the group that is meant, depend on the names.
_BY_NAME = ("annexe/", "journal/", "groupes/")


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """Open a page in which others can be parsed."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def seen(hostile_site: Path, blank: Page) -> dict[str, Any]:
    """Return the pages of the hostile site as a browser parses them, by path."""
    return {path: parsed(html, blank) for path, html in pages(hostile_site).items()}


def of(rank: int, seen: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = seen[f"signataires/attaque-{rank}/index.html"]
    return found


def test_a_page_has_the_elements_and_attributes_of_its_plain_twin(
    attacked: Path, seen: dict[str, Any], blank: Page
) -> None:
    """No value makes an element or an attribute, closes one, or swallows what follows it."""
    twins = {
        path: Counter(parsed(html, blank)["elements"])
        for path, html in pages(attacked / "plain").items()
    }
    group = set().union(*(twin for path, twin in twins.items() if path.startswith("groupes/soc")))
    for path, page in seen.items():
        if path.startswith(_BY_NAME):
            assert set(page["elements"]) <= set(twins.get(path, group)), path
        else:
            assert Counter(page["elements"]) == twins[path], path


def test_a_script_is_a_file_of_the_site(seen: dict[str, Any]) -> None:
    for path, page in seen.items():
        for source, content in page["scripts"]:
            assert source.lstrip("./").startswith("assets/js/"), path
            assert content == ""


def test_a_link_leads_into_the_site_or_where_an_address_of_the_data_says(
    seen: dict[str, Any],
) -> None:
    """No scheme is a stranger's to choose, and no text becomes an address."""
    told = {one["website"] for one in ENTRIES} | {
        action["url"] for one in ENTRIES for action in one["actions"]
    }
    for path, page in seen.items():
        for href, _ in page["links"]:
            outside = href.startswith(("http", "//")) or ":" in href.split("/")[0]
            if outside and ELSEWHERE in href:
                assert href in told, path
            assert not outside or href.startswith(("https://", "http://", "mailto:")), (path, href)
            assert not href.startswith("//"), path


@pytest.mark.parametrize("rank", RANKS)
def test_a_signatory_s_page_says_each_field_as_it_was_written(
    rank: int, seen: dict[str, Any]
) -> None:
    page, one = of(rank, seen), ENTRIES[rank]
    name = one["name"]
    assert page["heading"].strip() == name.strip()
    assert page["title"].strip() == f"{name} – {hostile.SITE}".strip()
    assert page["head"]["description"].startswith(f"{name} ")
    assert page["head"]["og:title"] == page["head"]["twitter:title"] == name
    assert page["head"]["og:image:alt"].startswith(f"{name}, ")
    assert one["description"] in page["prose"]
    facts = page["facts"]
    assert facts["Précision de l’annexe"] == one["note"].strip()
    assert facts["Groupe"].startswith(one["group"].strip())
    assert facts["SIREN"] == one["siren"]
    assert facts["Site"] == one["website"]
    former = [f"{each['name']} (jusqu’au " for each in one["former_names"]]
    assert facts["Anciens noms"].startswith(former[0].lstrip())
    assert former[1] in facts["Anciens noms"]
    links = [tuple(link) for link in page["links"]]
    assert (one["website"], one["website"]) in links
    assert {(act["url"], act["title"]) for act in one["actions"]} <= set(links)
    (picture, alt) = page["pictures"][-1]
    assert picture == f"../../badge/attaque-{rank}.svg"
    assert alt.startswith(f"{name}, ")


@pytest.mark.parametrize("rank", RANKS)
def test_structured_data_is_one_object_that_gives_the_values_back(
    rank: int, seen: dict[str, Any]
) -> None:
    one = ENTRIES[rank]
    (found,) = of(rank, seen)["json"]
    organisation = found.pop("mainEntity")
    assert set(found) == {"@context", "@type", "@id", "url", "name", "description", "inLanguage"}
    assert found["name"] == one["name"]
    assert found["url"] == f"{SITE_URL}signataires/attaque-{rank}/"
    assert organisation == {
        "@type": "Organization",
        "name": one["name"],
        "url": one["website"],
        "identifier": {"@type": "PropertyValue", "propertyID": "SIREN", "value": one["siren"]},
        "parentOrganization": {"@type": "Organization", "name": one["group"]},
        "alternateName": [former["name"] for former in one["former_names"]],
    }


def test_the_annex_lists_every_name_of_today(seen: dict[str, Any]) -> None:
    present = [one for one in ENTRIES if "withdrawn" not in one]
    texts = {text for _, text in seen["annexe/index.html"]["links"]}
    assert {one["name"] for one in present} <= texts
    (data,) = seen["annexe/index.html"]["json"]
    assert {item["name"] for item in data["mainEntity"]["itemListElement"]} == {
        one["name"] for one in present
    }


def test_lists_of_the_site_say_names_and_titles_as_they_were_written(
    seen: dict[str, Any],
) -> None:
    journal = "".join(text for _, text in seen["journal/index.html"]["links"])
    former = {text for _, text in seen["anciens-signataires/index.html"]["links"]}
    groups = {text for _, text in seen["groupes/index.html"]["links"]}
    served = {
        tuple(link)
        for path, page in seen.items()
        if path.startswith("engagements/industriels-")
        for link in page["links"]
    }
    for one in ENTRIES:
        assert one["name"] in journal
        assert one["group"] in groups
        assert one["name"] in former or "withdrawn" not in one
        for action in one["actions"]:
            assert (action["url"], action["title"]) in served


def test_a_former_address_leads_to_the_present_one_and_says_the_name(
    seen: dict[str, Any],
) -> None:
    for rank in RANKS:
        page = seen[f"signataires/ancienne-{rank}/index.html"]
        assert page["links"] == [[f"../../signataires/attaque-{rank}/", PAYLOADS[rank]]]
        assert page["title"].strip() == PAYLOADS[rank].strip()


def test_a_page_that_names_signatories_within_its_prose_says_their_names(
    seen: dict[str, Any],
) -> None:
    links = [tuple(link) for link in seen["a-propos/index.html"]["links"]]
    for rank in range(9):
        assert (f"../signataires/attaque-{rank}/", PAYLOADS[rank]) in links
    (_, alt) = seen["badge/index.html"]["pictures"][-1]
    assert alt.startswith(f"{PAYLOADS[9]}, ")


def test_who_publishes_is_said_as_it_was_written(seen: dict[str, Any]) -> None:
    known = hostile.publication(PAYLOADS)
    facts = seen["mentions-legales/index.html"]["facts"]
    # Publisher and host have rows of one name; the host comes last.
    assert facts["Éditeur"] == known["publisher"]["name"]
    assert facts["Forme"] == known["publisher"]["form"]
    assert facts["Inscription"] == known["publisher"]["registration"]
    assert facts["Adresse"] == known["host"]["address"]
    assert facts["Hébergeur"] == known["host"]["name"]
    assert facts["Directeur ou directrice de la publication"] == known["director"]
    statement = seen["accessibilite/index.html"]
    assert sum(one == list(PAYLOADS) for one in statement["lists"]) == 6
    audit = known["accessibility"]["audit"]
    assert any(f"par {audit['by']} révèle" in text for text in statement["prose"])
    assert [audit["report"], "Lire le rapport de l’audit"] in statement["links"]


def test_who_committed_is_not_published(hostile_site: Path) -> None:
    """Of git's history a page says a hash and a day; names, addresses and messages stay there."""
    for path, html in pages(hostile_site).items():
        assert "\u202e" not in html, path
        assert "0000000000" not in html, path
    page = (hostile_site / "signataires/attaque-0/index.html").read_text(encoding="utf-8")
    assert '<time datetime="2022-03-01">1er mars 2022</time>' in page
