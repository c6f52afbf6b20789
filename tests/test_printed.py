"""The printed annex against the register: what is recognised, new, missing, spelt otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte.project import Project
from charte.register.model import FormerName, Register, Signatory, Withdrawal
from charte.register.printed import Comparison, Newcomer, compare_print

FIXTURES = Path(__file__).parent / "fixtures"
DAY = date(2020, 11, 16)
NAMES = st.text("Aaé –(/1", min_size=1).filter(str.strip)


def _register(*names: str, group: str | None = None) -> Register:
    return Register(
        edition=DAY,
        signatories=tuple(
            Signatory(name=name, slug=f"s-{index}", listed=DAY, group=group)
            for index, name in enumerate(names)
        ),
    )


def _told(found: Comparison) -> tuple[list[str], list[str]]:
    return [one.name for one in found.new], [one.name for one in found.missing]


def _compare(text: str, *names: str) -> tuple[list[str], list[str]]:
    """Give the new and the missing names."""
    return _told(compare_print(text, _register(*names)))


@pytest.mark.parametrize("file", ["printed/annexe.txt", "charte.txt"])
def test_the_register_is_the_print(file: str, project: Project) -> None:
    """Alone or at the end of the charter, the annex of 16 November 2020 changes nothing."""
    text = (FIXTURES / file).read_text(encoding="utf-8")
    found = compare_print(text, project.reading.register)
    assert len(found.recognised) == 361
    assert (found.new, found.missing, found.respelt) == ((), (), ())
    assert found.edition == DAY


@pytest.mark.parametrize(
    "text", ["A – B – C", "A –B –C", "A – B –\n\nC", "A–B — C", " A\n– B – C –"]
)
def test_separators_are_told_with_and_without_spaces(text: str) -> None:
    assert _compare(text) == (["A", "B", "C"], [])


def test_a_known_name_may_hold_a_separator() -> None:
    assert _compare("Alan – Genious – MindMaze", "Genious – MindMaze") == (["Alan"], [])


def test_a_known_name_may_run_over_a_page_break() -> None:
    assert _compare("Alan – Sopra\n\nSteria", "Sopra Steria") == (["Alan"], [])


def test_an_unknown_name_may_run_over_a_line_but_not_over_a_paragraph() -> None:
    assert _compare("Alpha\nSanté – Beta\n\nGamma") == (["Alpha Santé", "Beta", "Gamma"], [])


@pytest.mark.parametrize("text", ["DOWiNODräger France", "DOWiNO Dräger France"])
def test_known_names_without_a_separator_are_told_apart(text: str) -> None:
    assert _compare(text, "DOWiNO", "Dräger France") == ([], [])


def test_a_known_name_before_an_unknown_one_is_recognised_and_the_doubt_told() -> None:
    found = compare_print("Alpha – Alan Nouveau", _register("Alan"))
    assert found.new == (Newcomer("Alpha"), Newcomer("Nouveau", beside="Alan"))


def test_a_known_name_that_stands_alone_elsewhere_is_not_sought_in_others() -> None:
    assert _compare("Maincare – Maincare Plus", "Maincare") == (["Maincare Plus"], [])


@pytest.mark.parametrize("text", ["IBMedia", "Alan-Group", "Groupe/IBM", "Alanna"])
def test_a_known_name_is_not_found_inside_a_word(text: str) -> None:
    assert _compare(text, "IBM", "Alan") == ([text], ["IBM", "Alan"])


@pytest.mark.parametrize("text", ["SOFIA/ EXTENS", "SOFIA /EXTENS", "SOFIA  /  EXTENS"])
def test_spaces_around_a_slash_do_not_matter(text: str) -> None:
    assert _compare(text, "SOFIA/EXTENS") == ([], [])


def test_a_new_name_has_the_register_s_form() -> None:
    """A known group is told from the name, which keeps it; the note leaves the name."""
    register = _register("SILK/EIG", group="EIG")
    text = "SILK/EIG – Neuf/ EIG (ses filiales – toutes) – Digital / Samaya"
    assert compare_print(text, register).new == (
        Newcomer("Neuf/EIG", "EIG", "ses filiales – toutes"),
        Newcomer("Digital / Samaya"),
    )


def test_a_note_does_not_hide_a_known_name() -> None:
    assert _compare("Cegedim (pour l'ensemble – du groupe) – A", "Cegedim") == (["A"], [])


@pytest.mark.parametrize("printed", ["Withings", "WITHINGS.", "WITH-INGS", "Wíthings", "WITH INGS"])
def test_another_spelling_is_neither_new_nor_missing(printed: str) -> None:
    found = compare_print(printed, _register("WITHINGS"))
    assert _told(found) == ([], [])
    assert [(one.signatory.name, one.printed) for one in found.respelt] == [("WITHINGS", printed)]


def test_who_has_withdrawn_is_not_missing_and_not_new_when_printed() -> None:
    gone = Withdrawal(on=DAY, reason="retired")
    one = Signatory(name="Alan", slug="alan", listed=DAY, withdrawn=gone)
    register = Register(edition=DAY, signatories=(one,))
    assert _told(compare_print("", register)) == ([], [])
    assert compare_print("Alan", register).recognised == (one,)


# The register as it was on the day of the print.

PRINT = "(dernière mise à jour : 01/03/2021) {}"


def _one(**fields: Any) -> Register:
    signatory = Signatory(**{"name": "Kiro Santé", "slug": "kiro", "listed": DAY} | fields)
    return Register(edition=DAY, signatories=(signatory,))


def _differences(text: str, register: Register) -> tuple[list[str], list[str], list[str]]:
    """Return the new names, those missing, and those printed otherwise."""
    found = compare_print(text, register)
    return (*_told(found), [one.printed for one in found.respelt])


def test_a_name_given_up_since_is_the_name_of_the_print() -> None:
    kiro = _one(former_names=(FormerName(name="Kiro", until=date(2022, 1, 31)),))
    found = compare_print(PRINT.format("Kiro"), kiro)
    assert found.agrees
    assert found.recognised == kiro.signatories


@pytest.mark.parametrize(
    ("text", "printed"),
    [(PRINT.format("Kiro Santé"), "Kiro Santé"), ("Kiro", "Kiro")],
    ids=["of later", "of before"],
)
def test_a_name_of_another_time_is_spelt_otherwise_and_nobody_new(text: str, printed: str) -> None:
    kiro = _one(former_names=(FormerName(name="Kiro", until=date(2022, 1, 31)),))
    assert _differences(text, kiro) == ([], [], [printed])


def test_who_was_listed_after_the_print_is_not_missing_from_it() -> None:
    later = _one(listed=date(2021, 3, 2))
    assert _differences(PRINT.format(""), later) == ([], [], [])
    assert _differences(PRINT.format(""), _one()) == ([], ["Kiro Santé"], [])


def test_who_left_after_the_print_is_missing_where_it_is_not_printed() -> None:
    gone = _one(withdrawn=Withdrawal(on=date(2022, 1, 31), reason="retired"))
    assert _differences(PRINT.format(""), gone) == ([], ["Kiro Santé"], [])
    assert compare_print(PRINT.format("Kiro Santé"), gone).agrees


def test_who_left_before_the_print_and_is_printed_is_told() -> None:
    gone = _one(withdrawn=Withdrawal(on=date(2021, 1, 31), reason="retired"))
    assert compare_print(PRINT.format("Kiro Santé"), gone).left == gone.signatories
    assert compare_print(PRINT.format(""), gone).agrees


# One name a line.


@pytest.mark.parametrize(
    "text",
    [
        "Alan\nMaincare Solutions\nGenious – MindMaze\nÉole Santé\nZoé\n",
        "- Alan\n- Maincare Solutions\n\n- Genious – MindMaze\n- Éole Santé\n- Zoé",
        "(dernière mise à jour : 16/11/2020) :\n\n• Alan\n• Maincare Solutions\n"
        "• Genious – MindMaze\n• Éole Santé\n• Zoé\n",
    ],
)
def test_an_annex_with_one_name_a_line_needs_no_separators(text: str) -> None:
    assert _compare(text, "Alan", "Genious – MindMaze", "Absent") == (
        ["Maincare Solutions", "Éole Santé", "Zoé"],
        ["Absent"],
    )


def test_what_stands_around_the_annex_is_not_a_name() -> None:
    text = (
        "La charte – son texte\n\n## Annexe – Liste des industriels signataires\n\n"
        "(dernière mise à jour : 1/03/2021) :\n\nA – B\n\nENGAGÉ POUR  \nLA E-SANTÉ\n"
    )
    found = compare_print(text, _register())
    assert _told(found) == (["A", "B"], [])
    assert found.edition == date(2021, 3, 1)


@pytest.mark.parametrize("text", ["A", "(dernière mise à jour : 31/02/2021) A"])
def test_without_a_date_there_is_no_edition(text: str) -> None:
    found = compare_print(text, _register("A"))
    assert (found.edition, _told(found)) == (None, ([], []))


@given(st.permutations(["Alan", "Alan Plus", "A–B", "C/D", "E (F)", "éA", "Z - Y", "GlueName"]))
def test_a_print_made_from_the_register_changes_nothing(names: list[str]) -> None:
    assert _compare(" – ".join(names), *sorted(names)) == ([], [])


@given(st.text("AaéÉ –—()/\n-.,'’&+ 1", max_size=60), st.lists(NAMES))
def test_any_text_can_be_compared(text: str, names: list[str]) -> None:
    found = compare_print(text, _register(*names))
    assert all(one.name.strip() == one.name != "" for one in found.new)
