"""What is said about a register that cannot be published, and that something is always said.

Each file of cases/register/ is a register with a fault and, below the line, the whole report that
its author reads.
"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte.problems import InvalidInput, Problem, Severity
from charte.register.checking import Reading, check_register
from charte.register.model import Action, Register, Signatory, Withdrawal
from charte.register.rules import RULES

CASES = sorted((Path(__file__).parent / "cases" / "register").glob("*.txt"))
LINE = "=== rapport attendu ===\n"
TODAY = date(2026, 1, 1)
COMMITMENTS = ("etat-1", "industriels-1", "industriels-2")

FULL: dict[str, Any] = {
    "edition": "2021-12-31",
    "signatories": [
        {
            "name": "Horizon/Éole",
            "slug": "horizon-eole",
            "listed": "2020-11-16",
            "group": "Éole",
            "note": "ses deux filiales",
            "see_also": ["sillage"],
            "signed": "2020-09-10",
            "website": "https://horizon.example/fr",
            "siren": "012345674",
            "description": "Éditeur.",
            "former_slugs": ["horizon"],
            "actions": [
                {
                    "date": "2021-03-15",
                    "title": "Interface ouverte",
                    "url": "https://horizon.example/interface",
                    "commitment": "industriels-1",
                }
            ],
        },
        {
            "name": "Sillage",
            "slug": "sillage",
            "listed": "2020-11-16",
            "withdrawn": {"on": "2021-06-30", "reason": "merged", "successor": "horizon-eole"},
        },
    ],
}


def _read(text: str) -> tuple[Reading | None, list[Problem]]:
    check = check_register(text.encode(), "signatories.yaml", COMMITMENTS, TODAY)
    return check.reading, list(check.problems)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_fault_is_explained_to_its_author(case: Path) -> None:
    register, expected = case.read_text(encoding="utf-8").split(LINE)
    reading, problems = _read(register)
    assert f"{InvalidInput(problems)}\n" == expected
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert (reading is None) == bool(errors)


# These look at bytes that a case, itself a text, cannot hold; test_reading makes them.
OF_BYTES = {"file-size", "encoding", "byte-order-mark", "line-ends"}


@pytest.fixture(scope="module")
def rules_of_cases() -> set[str]:
    texts = (case.read_text(encoding="utf-8").split(LINE)[0] for case in CASES)
    return {problem.rule for text in texts for problem in _read(text)[1]}


@pytest.mark.parametrize("rule", [rule.name for rule in RULES if rule.name not in OF_BYTES])
def test_each_rule_has_its_case(rule: str, rules_of_cases: set[str]) -> None:
    assert rule in rules_of_cases


def test_each_problem_names_a_documented_rule(rules_of_cases: set[str]) -> None:
    assert rules_of_cases <= {rule.name for rule in RULES}


def test_a_register_without_fault_becomes_values_with_their_types() -> None:
    reading, problems = _read(json.dumps(FULL))
    assert problems == []
    assert reading is not None
    assert reading.register == Register(
        edition=date(2021, 12, 31),
        signatories=(
            Signatory(
                name="Horizon/Éole",
                slug="horizon-eole",
                listed=date(2020, 11, 16),
                group="Éole",
                note="ses deux filiales",
                see_also=("sillage",),
                signed=date(2020, 9, 10),
                website="https://horizon.example/fr",
                siren="012345674",
                description="Éditeur.",
                former_slugs=("horizon",),
                actions=(
                    Action(
                        date=date(2021, 3, 15),
                        title="Interface ouverte",
                        url="https://horizon.example/interface",
                        commitment="industriels-1",
                    ),
                ),
            ),
            Signatory(
                name="Sillage",
                slug="sillage",
                listed=date(2020, 11, 16),
                withdrawn=Withdrawal(
                    on=date(2021, 6, 30), reason="merged", successor="horizon-eole"
                ),
            ),
        ),
    )


def test_what_the_register_does_not_say_is_not_invented() -> None:
    signatory = Signatory(name="Sillage", slug="sillage", listed=date(2020, 11, 16))
    assert signatory.model_dump(exclude={"name", "slug", "listed"}) == {
        "group": None,
        "note": None,
        "see_also": (),
        "signed": None,
        "website": None,
        "siren": None,
        "description": None,
        "former_slugs": (),
        "former_names": (),
        "actions": (),
        "withdrawn": None,
    }


@pytest.mark.parametrize("reason", ["retired", "listed-by-mistake"])
def test_only_a_merger_needs_a_successor(reason: str) -> None:
    register = deepcopy(FULL)
    register["signatories"][1]["withdrawn"] = {"on": "2021-06-30", "reason": reason}
    assert _read(json.dumps(register))[1] == []


def test_an_entry_is_found_by_its_first_and_last_line() -> None:
    reading, _ = _read(
        "edition: 2020-11-16\n"
        "signatories:\n"
        "  - name: Horizon\n"
        "    slug: horizon\n"
        "    listed: 2020-11-16\n"
        "    description: |\n"
        "      Éditeur.\n"
        "\n"
        "\n"
        "  # Un commentaire.\n"
        "  - {name: Sillage,\n"
        "     slug: sillage, listed: 2020-11-16\n"
        "    }\n"
    )
    assert reading is not None
    assert reading.lines == {"horizon": (3, 7), "sillage": (11, 13)}


LINES = (
    "edition: 2020-11-16\nsignatories:\n  - name: Éole\n    slug: eole\n    listed: 2020-11-16\n"
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LINES, []),
        (LINES.replace("\n", "\r\n"), ["comme sous Windows (CRLF)"]),
        (LINES.replace("\n", "\r\n", 3), ["de deux façons, CRLF et LF : ligne 4."]),
        (LINES.replace("eole\n", "eole\r\n"), ["de deux façons, CRLF et LF : ligne 4."]),
    ],
)
def test_line_ends_of_windows_are_warned_of(text: str, told: list[str]) -> None:
    reading, problems = _read(text)
    assert reading is not None
    assert [one.severity for one in problems] == [Severity.WARNING] * len(told)
    assert all(words in one.reason for words, one in zip(told, problems, strict=True))


ACTED = (
    LINES + "    actions:\n      - date: 2021-01-01\n        title: T\n"
    "        url: https://eole.fr/a\n        commitment: industriels-1\n"
)


@pytest.mark.parametrize(("commitments", "told"), [(None, 0), ((), 1), (COMMITMENTS, 0)])
def test_a_charter_without_commitments_has_no_action(
    commitments: tuple[str, ...] | None, told: int
) -> None:
    """Where the charter is not at hand, nothing is known of its commitments."""
    problems = check_register(ACTED.encode(), "r.yaml", commitments).problems
    assert [one.rule for one in problems] == ["unknown-commitment"] * told


def test_without_a_clock_no_day_is_offered_for_one_that_is_missing() -> None:
    text = "edition: 2020-11-16\nsignatories:\n  - name: Éole\n    slug: eole\n"
    (problem,) = check_register(text.encode(), "r.yaml", COMMITMENTS).problems
    assert problem.remedy.startswith("Ajoutez sous « slug » : « listed: … » –")


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    below = [_paths(item, (*path, step)) for step, item in steps] if value != str(value) else []
    return [path, *(one for some in below for one in some)]


_fields = st.one_of(
    st.text(max_size=5),
    st.sampled_from(
        sorted({str(path[-1]) for path in _paths(FULL) if path and isinstance(path[-1], str)})
    ),
)
_texts = st.one_of(
    st.text(max_size=10),
    st.sampled_from(["", "2021-02-30", "horizon-eole", "merged", "é" * 201, "é" * 1001]),
)
_values = st.recursive(
    _texts,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_fields, inner, max_size=3)
    ),
    max_leaves=4,
)


@given(st.sampled_from(_paths(FULL)), st.none() | _fields, _values)
def test_any_value_anywhere_is_accepted_or_explained(
    path: tuple[str | int, ...], field: str | None, value: Any
) -> None:
    """The model gives no error without words: one would raise AssertionError here."""
    root = {"root": deepcopy(FULL)}
    holder: Any = root
    for step in ("root", *path)[:-1]:
        holder = holder[step]
    last = ("root", *path)[-1]
    if field is not None and isinstance(holder[last], dict):
        holder[last][field] = value  # a field is added to a block or replaced there
    else:
        holder[last] = value
    reading, problems = _read(json.dumps(root["root"], ensure_ascii=False))
    assert (reading is None) == bool(problems)
    assert all(problem.reason and problem.remedy for problem in problems)
    assert all(
        len(problem.reason) < 200 and "\n" not in str(problem.reason) for problem in problems
    )
