"""The register of the first edition holds what was printed, nothing more and nothing less.

`fixtures/printed/` keeps both side by side: the annex exactly as the ministry printed it on 16
November 2020, and the register that was read from it. Neither changes; what the live register must
be is in `tests/live/`.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from slugify import slugify

from building import PRINTED, ROOT
from charte import french
from charte.charter import read_commitments
from charte.register.checking import read_register
from charte.register.model import Register, Signatory

PRINT = (PRINTED / "annexe.txt").read_text(encoding="utf-8")
INTRODUCTION = (
    "## Annexe - Liste des industriels signataires\n\n(dernière mise à jour : 16/11/2020) :\n\n"
)
SEPARATOR = re.compile(r"[ \n–-]*")
NOTE = re.compile(r" \((?P<note>[^)]+)\)")

# The print has a stray space: « SOFIA développement/ EXTENS ».
MISPRINTED = {"SOFIA développement/EXTENS": "SOFIA développement/ EXTENS"}
# The print has these two after « CUTII » and « Pharmanity ».
MISPLACED = {"CARECLEVER", "PFAST"}


@pytest.fixture(scope="module")
def register() -> Register:
    """The register of the printed edition."""
    data = (PRINTED / "signatories.yaml").read_bytes()
    reading, problems = read_register(
        data, "signatories.yaml", read_commitments(ROOT / "docs" / "charte")
    )
    assert problems == []
    assert reading is not None
    return reading.register


@pytest.fixture(scope="module")
def edition(register: Register) -> list[Signatory]:
    """The signatories of the edition of 16 November 2020."""
    return [one for one in register.signatories if one.listed == date(2020, 11, 16)]


def _read_greedily(text: str, names: list[str]) -> list[tuple[str, str | None]]:
    """Read names and notes, the longest name first, to the end of the text or to an unknown."""
    printed = {MISPRINTED.get(name, name): name for name in names}
    longest_first = sorted(printed, key=len, reverse=True)
    found: list[tuple[str, str | None]] = []
    place = 0
    while place < len(text):
        spelling = next((one for one in longest_first if text.startswith(one, place)), None)
        assert spelling, f"the register has no name for « {text[place : place + 60]} »"
        place += len(spelling)
        note = NOTE.match(text, place)
        found.append((printed[spelling], note["note"] if note else None))
        separator = SEPARATOR.match(text, note.end() if note else place)
        assert separator
        place = separator.end()
    return found


@pytest.fixture(scope="module")
def printed(edition: list[Signatory]) -> list[tuple[str, str | None]]:
    """The names and notes of the print, in its order."""
    assert PRINT.startswith(INTRODUCTION)
    return _read_greedily(PRINT.removeprefix(INTRODUCTION), [one.name for one in edition])


def test_each_printed_name_is_registered_once(
    edition: list[Signatory], printed: list[tuple[str, str | None]]
) -> None:
    assert Counter(name for name, _ in printed) == Counter(one.name for one in edition)
    assert len(printed) == 361


def test_the_stray_space_is_the_only_liberty_taken(edition: list[Signatory]) -> None:
    assert [one.name for one in edition if one.name not in PRINT] == ["SOFIA développement/EXTENS"]


def test_notes_are_those_in_brackets(
    edition: list[Signatory], printed: list[tuple[str, str | None]]
) -> None:
    assert {one.name: one.note for one in edition} == dict(printed)
    assert {one.name: one.note for one in edition if one.note} == {
        "Cegedim": "pour l'ensemble des activités santé du groupe",
        "McKesson France Retail": "ses trois filiales réseaux de pharmaciens indépendants",
    }


def test_order_is_that_of_the_print_but_for_two_misplaced_names(
    printed: list[tuple[str, str | None]],
) -> None:
    names = [name for name, _ in printed if name not in MISPLACED]
    assert sorted(names, key=french.sort_key) == names


@pytest.mark.parametrize("name", sorted(MISPLACED))
def test_a_misplaced_name_really_is(name: str, printed: list[tuple[str, str | None]]) -> None:
    others = MISPLACED - {name}
    names = [one for one, _ in printed if one not in others]
    assert sorted(names, key=french.sort_key) != names


def test_slugs_are_made_from_the_printed_names(edition: list[Signatory]) -> None:
    """A slug is stored and never changes; that of the first edition was made in this way."""
    assert {one.name: one.slug for one in edition} == {
        one.name: slugify(one.name) for one in edition
    }


def test_groups_are_what_the_print_names_after_the_slash(edition: list[Signatory]) -> None:
    """« Nexus/France » is a company and its country, « Digital Engine / Samaya Health » a pair."""
    after_slash = {
        one.name: one.name.rpartition("/")[2].strip()
        for one in edition
        if "/" in one.name and one.name not in {"Nexus/France", "Digital Engine / Samaya Health"}
    }
    assert {one.name: one.group for one in edition if one.group} == after_slash
    assert Counter(after_slash.values()) == {
        "CompuGroup Medical": 4,
        "EXTENS": 5,
        "Cegedim": 4,
        "EIG": 1,
        "Visiomed Group": 1,
        "Worldline": 1,
    }


def test_lookalikes_point_at_each_other(edition: list[Signatory]) -> None:
    """Names that may be one signatory printed twice are published both and linked."""
    links = {(one.slug, other) for one in edition for other in one.see_also}
    assert links == {(other, one) for one, other in links}
    assert {frozenset(link) for link in links} == {
        frozenset({"bewell-connect-visiomed-group", "visiomed-bewell-connect"}),
        frozenset({"careclever", "careclever-sas"}),
        frozenset({"exelus", "sas-exelus"}),
        frozenset({"hoppen", "hoppen-extens"}),
        frozenset({"maincare", "maincare-solutions"}),
    }


def test_the_register_holds_the_first_edition_alone(register: Register) -> None:
    assert register.edition == date(2020, 11, 16)
    assert {one.listed for one in register.signatories} == {date(2020, 11, 16)}


@pytest.mark.parametrize(
    "field",
    ["signed", "website", "siren", "description", "former_slugs", "actions", "withdrawn"],
)
def test_what_the_print_does_not_say_is_left_out(field: str, edition: list[Signatory]) -> None:
    assert [one.slug for one in edition if getattr(one, field)] == []
