"""The search index: every spelling that a French reader types leads to the entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from charte.search import SearchIndex

CONFIG = {
    "lang": ["fr"],
    "separator": r"[\s\-'’,.]+",
    "pipeline": [],
    "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}},
}


def spellings(title: str, text: str = "") -> dict[str, Any]:
    def same(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield entry

    entry = {"location": "a/", "title": title, "text": text}
    index = SearchIndex.parse(json.dumps({"config": CONFIG, "docs": [entry]}))
    result: dict[str, Any] = json.loads(index.expanded(same))["docs"][0]
    assert {key: result[key] for key in entry} == entry
    return result


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Santé", "sante"),
        ("Médecindirect", "medecindirect"),
        ("L’œuvre d’un éditeur", "oeuvre editeur"),
        ("FAIR&amp;SMART", "fair smart"),
        ("HOPPEN/EXTENS", "hoppen extens"),
        ("Dräger France", "drager"),
    ],
)
def test_a_title_is_found_by_its_other_spellings(title: str, expected: str) -> None:
    assert spellings(title)["title_spellings"] == expected


def test_a_text_is_found_by_its_other_spellings() -> None:
    assert spellings("A", "<p>Être élu</p>")["text_spellings"] == "etre elu"


def test_what_the_engine_finds_by_itself_is_not_repeated() -> None:
    assert set(spellings("WITHINGS", "<p>Paris</p>")) == {"location", "title", "text"}


def test_the_spellings_weigh_as_much_as_what_they_spell() -> None:
    index = SearchIndex.parse(json.dumps({"config": CONFIG, "docs": []}))
    fields = json.loads(index.expanded(lambda entry: iter([entry])))["config"]["fields"]
    assert fields["title_spellings"] == fields["title"]
    assert fields["text_spellings"] == fields["text"]
