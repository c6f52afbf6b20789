"""Which names look like one company's: the same for who adds one and for who checks one."""

from __future__ import annotations

import pytest
import yaml

from building import PRINTED
from charte.register.similar_names import MOST, SimilarNames, likeness_keys
from pace import within

REGISTER = [
    *("WITHINGS", "Cegedim", "Philips France", "SIEMENS Healthcare SAS", "HOPPEN/EXTENS"),
    *("Softway Medical", "360 medical", "Hospitalidée", "IBM", "Santé Plus"),
]


def like(name: str, names: list[str] = REGISTER) -> list[str]:
    return [names[number] for number in SimilarNames(names).like(name)]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("withings SAS", "WITHINGS"),  # case and legal form
        ("Hospitalidee", "Hospitalidée"),  # accents
        ("Medical Softway", "Softway Medical"),  # word order
        ("HOPPEN", "HOPPEN/EXTENS"),  # a group
        ("Withing", "WITHINGS"),  # a letter less
        ("Withingss", "WITHINGS"),  # a letter too many
        ("Withimgs", "WITHINGS"),  # another letter
        ("Wihtings", "WITHINGS"),  # letters exchanged
        ("Philips", "Philips France"),  # the beginning of a name
        ("Cegedim Santé", "Cegedim"),  # a name and more
    ],
)
def test_a_name_that_is_perhaps_the_same_company_is_found(name: str, found: str) -> None:
    assert like(name) == [found]


@pytest.mark.parametrize("name", ["361 medical", "IBN", "Qare", "Médical", "Plus", "…", "H"])
def test_a_name_that_is_only_somewhat_like_is_not(name: str) -> None:
    assert like(name) == []


def test_numbers_tell_names_apart() -> None:
    assert like("Société 2", ["Société 1", "Société 12", "Société"]) == []


def test_a_word_with_which_many_names_begin_is_a_common_one() -> None:
    assert like("Horizon", [f"Horizon {letter}" for letter in "abcd"]) != []
    assert like("Horizon", [f"Horizon {letter}" for letter in "abcdefgh"]) == []


def test_a_key_is_made_of_the_words_without_the_legal_form() -> None:
    assert likeness_keys("SAS EXELUS") == {"exelus"}
    assert likeness_keys("Groupe") == {"groupe"}
    assert likeness_keys("…") == set()


def test_a_name_that_was_added_is_found_as_the_others_are() -> None:
    names = SimilarNames(["Alpha"])
    assert names.like("Alphas") == [0]
    names.add("Alphas")
    names.add("Alpha Santé")
    assert names.like("alphas") == [0, 1]
    assert names.like("Alpha") == [0, 1, 2]


def test_few_of_the_printed_names_are_like_each_other() -> None:
    """A rule that finds many teaches nobody anything."""
    entries = yaml.safe_load((PRINTED / "signatories.yaml").read_text(encoding="utf-8"))
    names = [entry["name"] for entry in entries["signatories"]]
    known = SimilarNames(names)
    assert sum(len(known.like(name)) > 1 for name in names) == 16


@pytest.mark.parametrize("name", ["a" * 40, "ab" * 20, "aaaaaaa {}", "x {}", "{} x", "é" * 200])
def test_a_megabyte_of_names_is_looked_up_in_a_second(name: str) -> None:
    names = [name.format(number) for number in range(min(10_000, 500_000 // len(name)))]
    with within(1):
        known = SimilarNames(names)
        found = [known.like(one) for one in names[:500]]
    assert max(map(len, found)) <= 20 * MOST
