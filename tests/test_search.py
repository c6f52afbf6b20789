"""The search index: every spelling that a French reader types leads to the entry."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte.expansion import Expansion
from charte.french import fold
from charte.search import ENGINE_INDEX, INDEX, Entry, Section, index, viewed, written
from publishing import EVERYTHING, FULL, site_of, small_site

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def records(*entries: Entry) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = json.loads(index(entries))
    return result


def small_records() -> dict[str, dict[str, Any]]:
    return {one["uri"]: one for one in records(*viewed(small_site()))}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Santé", "sante"),
        ("Médecindirect", "medecindirect"),
        ("L’œuvre d’un éditeur", "l oeuvre d un editeur"),
        ("App'ines", "app ines"),
        ("FAIR&SMART", "fair smart"),
        ("HOPPEN/EXTENS", "hoppen extens"),
        ("Dräger France", "drager france"),
    ],
)
def test_a_name_is_found_by_the_words_that_a_reader_types(title: str, expected: str) -> None:
    (record,) = records(Entry("a/", title, "Page"))
    assert record["names"] == [expected]
    assert record["title"] == title


def test_a_text_offers_each_of_its_words_once_and_those_with_hyphens_joined_too() -> None:
    (record,) = records(Entry("a/", "A", "Page", "La e-santé, la Santé : être élu."))
    assert record["words"] == "la e sante etre elu esante"


def test_what_is_empty_takes_no_place() -> None:
    (record,) = records(Entry("a/", "WITHINGS", "Signataire"))
    assert set(record) == {"uri", "title", "kind", "names"}


@given(title=TEXTS, text=TEXTS, aliases=st.lists(TEXTS, max_size=3))
def test_whatever_a_name_or_a_text_holds_is_kept_and_every_word_of_it_offered(
    title: str, text: str, aliases: list[str]
) -> None:
    (record,) = records(Entry("a/", title, "Page", text, tuple(aliases)))
    assert record.get("title", "") == title
    assert record.get("text", "") == text
    for name, words in zip([title, *aliases], record["names"], strict=True):
        assert words.replace(" ", "") == "".join(filter(str.isalnum, fold(name)))
    offered = record.get("words", "").split()
    assert len(offered) == len(set(offered))
    spread = "".join(char if char.isalnum() else " " for char in fold(text))
    assert set(spread.split()) <= set(offered)


@given(title=TEXTS, text=TEXTS)
def test_the_engines_markup_is_read_back_as_the_text_that_it_shows(title: str, text: str) -> None:
    section = Section("a/", escape(title), f"<p>{escape(text)}</p>")
    (entry,) = written([section])
    assert entry.title == " ".join(title.split())
    assert entry.text == " ".join(text.split())


def test_tags_end_words_but_those_within_a_line() -> None:
    section = Section("a/", "A", "<ul> <li>un</li><li><code>deux</code>, <em>tr</em>ois</li></ul>")
    (entry,) = written([section])
    assert entry.text == "un deux, trois"


def test_a_section_names_its_page_and_the_charter_stands_before_other_pages() -> None:
    found = [
        Section("badge/", "Le badge", ""),
        Section("badge/#qui", "Qui peut l’utiliser", ""),
        Section("charte/preambule/", "I. Préambule", ""),
    ]
    assert [(one.title, one.kind, one.page) for one in written(found)] == [
        ("I. Préambule", "Charte", None),
        ("Le badge", "Page", None),
        ("Qui peut l’utiliser", "Page", "Le badge"),
    ]


def test_a_signatory_is_found_by_its_former_names_and_by_what_is_said_of_it() -> None:
    record = small_records()["signataires/oeuvre-sante/"]
    assert record["names"] == ["oeuvre sante groupe etoile", "premier nom", "second nom"]
    assert "Anciens noms : Premier Nom, Second, Nom." in record["text"]
    assert FULL.note
    assert FULL.description
    for said in (FULL.note, FULL.description, *(one.title for one in FULL.actions)):
        assert said in record["text"]


def test_who_left_is_found_and_says_so() -> None:
    """Who was listed by mistake is not said to have been a signatory."""
    found = small_records()
    kinds = {slug: found[f"signataires/{slug}/"]["kind"] for slug in ("zenith", "meprise")}
    assert kinds == {"zenith": "N’est plus signataire", "meprise": "Cité par erreur"}
    assert found["signataires/avis-sante/"]["kind"] == "Signataire"
    left = "N’est plus signataire depuis le 1er décembre 2021."
    assert found["signataires/zenith/"]["text"] == left


def test_groups_and_commitments_are_found() -> None:
    found = small_records()
    group = found["groupes/groupe-etoile/"]
    assert (group["title"], group["kind"]) == ("Groupe Étoile", "Groupe")
    commitment = found["engagements/industriels-3/"]
    assert (commitment["title"], commitment["kind"]) == (
        "Engagement 3 des industriels",
        "Engagement",
    )
    assert "concertations" in commitment["words"].split()


def test_every_signatory_is_there_once_before_all_else_in_the_order_of_the_annex() -> None:
    kept = [one.uri for one in viewed(small_site())]
    expected = [view.uri for view in small_site().signatories]
    assert kept[: len(expected)] == expected
    assert len(kept) == len(set(kept))


def test_the_order_of_the_register_does_not_show() -> None:
    backwards = viewed(site_of(*reversed(EVERYTHING)))
    assert index(backwards) == index(viewed(small_site()))


def test_pages_say_what_their_slots_say_and_moulds_say_nothing(
    expansion: Expansion, tmp_path: Path
) -> None:
    docs = [
        {"location": location, "title": title, "text": text}
        for location, title, text in [
            ("signataires/_signataire/", "[[ name ]]", ""),
            ("groupes/_groupe/#nom", "Groupe [[ name ]]", ""),
            ("badge/", "Le badge", "<p>[[ count ]] signataires, dont [[ link withings ]]</p>"),
            ("badge/#marques", "Les marques", "<p>[[ marks ]]</p>"),
        ]
    ]
    file = tmp_path / ENGINE_INDEX
    file.parent.mkdir()
    file.write_text(json.dumps({"config": {}, "docs": docs}), encoding="utf-8")
    output = next(one for one in expansion.outputs(tmp_path) if one.uri == INDEX)
    found = {one["uri"]: one for one in json.loads(output.content)}
    assert found["badge/"]["text"] == "361 signataires, dont WITHINGS"
    assert "text" not in found["badge/#marques"]
    assert "[[ " not in output.content.decode()
    assert "/_" not in output.content.decode()


def test_an_engine_that_gathers_no_words_still_lets_signatories_be_found(
    expansion: Expansion, tmp_path: Path
) -> None:
    output = next(one for one in expansion.outputs(tmp_path) if one.uri == INDEX)
    assert json.loads(output.content) == records(*viewed(expansion.site))
