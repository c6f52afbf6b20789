"""French as an index needs it: order, headings, numbers and dates."""

from __future__ import annotations

import json
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyuca import Collator

from charte import french

FOLDING = json.loads(Path(__file__).with_name("cases").joinpath("folding.json").read_text("utf-8"))

# Letters with their accents, ligatures and capitals; digits; spaces. No punctuation: see below.
HARD_WORDS = [
    "2 rives", "360 medical", "A", "à", "Aesculape", "Æthra", "Allopital", "Allôpital", "Cèdre",
    "Cedric", "Coeur", "Cœur", "Cœurs", "cote", "coté", "de Luca", "Deluca", "Éa", "Eb",
    "Félix", "Felix Santé", "GIP SIB", "Gipsy", "Groupe La poste", "île", "Ile de France",
    "L Oreal", "Loreal", "ǿre", "Zoé",
]  # fmt: skip


def _sorted(names: list[str]) -> list[str]:
    return sorted(names, key=french.sort_key)


def test_order_is_that_of_unicode() -> None:
    """The Unicode Collation Algorithm decides, except about punctuation.

    Here hyphens and apostrophes join words and all other punctuation separates them; there, by
    default, each has a rank of its own.
    """
    assert _sorted(HARD_WORDS[::-1]) == sorted(HARD_WORDS, key=Collator().sort_key)


def test_capitals_stand_before_small_letters() -> None:
    """Unicode does not say which of them leads; the print has no such pair."""
    assert _sorted(["tessan", "TESSAN", "Tessan"]) == ["TESSAN", "Tessan", "tessan"]


def test_order_of_the_printed_annex() -> None:
    """Samples, in the order in which the ministry printed them on 16 November 2020."""
    printed = [
        "360 medical", "A2JOB", "AALIA.tech", "App'ines", "Applisoins", "Be ys Health Solutions",
        "Berger-Levrault", "BOW/EXTENS", "Braintale", "Cegedim", "Cegedim Logiciels", "CEGI santé",
        "DOWiNO", "Dräger France SAS", "D'un Seul Geste", "Dv santé", "Ehtrace", "EMN-oline",
        "Enovacom", "e-ophtalmo", "Epiconcept", "Ernesti", "E-Synaps", "e-TakesCare", "Eurekam",
        "M&E Care", "Maela", "Stimul'Activ", "Substances Actives", "Visiomed -Bewell connect",
        "VIVALTO SANTE",
    ]  # fmt: skip
    assert _sorted(printed[::-1]) == printed


@pytest.mark.parametrize("joiner", ["-", "‐", "\N{NON-BREAKING HYPHEN}", "–", "'", "’"])
def test_hyphens_and_apostrophes_join_words(joiner: str) -> None:
    assert _sorted(["Eoa", f"e{joiner}ophtalmo", "Eor"]) == ["Eoa", f"e{joiner}ophtalmo", "Eor"]


@pytest.mark.parametrize("separator", [" ", "/", ".", "&", " / ", "\N{NO-BREAK SPACE}"])
def test_other_punctuation_separates_words(separator: str) -> None:
    names = [f"Silk{separator}zeta", "Silka"]
    assert _sorted(names[::-1]) == names


def test_accents_then_capitals_decide_between_equal_letters() -> None:
    assert _sorted(["Pêche", "pêche", "peche", "Peche", "pechez"]) == [
        "Peche", "peche", "Pêche", "pêche", "pechez",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=4)), st.randoms())
def test_order_does_not_depend_on_the_order_before(names: list[str], random: object) -> None:
    shuffled = names.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _sorted(shuffled) == _sorted(names)


@given(st.text(max_size=4), st.text(max_size=4))
def test_only_equal_names_have_equal_keys(one: str, other: str) -> None:
    assert (french.sort_key(one) == french.sort_key(other)) == (one == other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Œuvre", "oeuvre"),
        ("ex æquo", "ex aequo"),
        ("Allôpital", "allopital"),
        ("DRÄGER", "drager"),
        ("GROẞ", "gross"),
        ("Łódź", "lodz"),
        ("Ǿre", "ore"),
        ("𝓐", "a"),
        ("ﬁn", "fin"),
        ("e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}", "ete"),
        ("M&E Care n° 2", "m&e care n° 2"),
    ],
)
def test_folding_strips_what_is_not_typed(text: str, folded: str) -> None:
    assert french.fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert french.fold(french.fold(text)) == french.fold(text)


@pytest.mark.parametrize("case", FOLDING, ids=[ascii(case["text"]) for case in FOLDING])
def test_names_are_compared_by_their_plain_words(case: dict[str, str]) -> None:
    """The annex's filter, in the browser, is held to the same table: see test_annex_filter.py."""
    assert french.plain(case["text"]) == case["folded"]


@given(st.text())
def test_plain_words_are_plain(text: str) -> None:
    words = french.plain(text)
    assert french.plain(words) == words
    assert words == " ".join(words.split())


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("360 medical", "0-9"),
        ("Éole", "E"),
        ("Œil", "O"),
        ("e-ophtalmo", "E"),
        ("« Zur Rose »", "Z"),
        ("Ωmega", "Autres"),
        ("+", "Autres"),
        ("", "Autres"),
        ("٣ tours", "Autres"),
    ],
)
def test_heading_of_a_name(name: str, heading: str) -> None:
    assert french.letter(name) == heading


@given(st.lists(st.text(max_size=3)))
def test_each_heading_stands_once(names: list[str]) -> None:
    headings = [heading for heading, _ in groupby(_sorted(names), key=french.letter)]
    assert len(headings) == len(set(headings))


@given(st.text())
def test_a_heading_is_a_letter_or_digits_or_others(name: str) -> None:
    assert french.letter(name) in {*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0-9", "Autres"}


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 11, 16), "16 novembre 2020"),
        (date(2021, 5, 1), "1er mai 2021"),
        (date(2022, 8, 21), "21 août 2022"),
        (date(2023, 1, 31), "31 janvier 2023"),
        (date(2024, 12, 2), "2 décembre 2024"),
    ],
)
def test_date_in_words(day: date, words: str) -> None:
    assert french.long_date(day) == words


def test_date_in_figures_is_that_of_the_print() -> None:
    assert french.short_date(date(2021, 3, 5)) == "05/03/2021"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (361, "361"), (1000, "1\u202f000"), (1234567, "1\u202f234\u202f567")],
)
def test_thousands_are_parted_by_narrow_no_break_spaces(value: int, written: str) -> None:
    assert french.number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0\u00a0signataire"),
        (1, "1\u00a0signataire"),
        (2, "2\u00a0signataires"),
        (1200, "1\u202f200\u00a0signataires"),
    ],
)
def test_nought_and_one_are_singular(value: int, written: str) -> None:
    assert french.counted(value, "signataire") == written
