"""Problems written down for people, for a forge and for other programs."""

from __future__ import annotations

import json

import pytest

from charte import reporting
from charte.problems import Problem, Severity

FILE = "data/signatories.yaml"
SOURCE = "edition: 2020-11-16\n- name: A\n  slug: Bêta  # à revoir\n\tx"
ERROR = Problem(FILE, 3, 9, "Le slug : « Bêta »,\nnon.", "Écrivez 100 % « beta ».", "form")
WARNING = Problem(FILE, 2, 9, "Court.", "Allongez.", "near-duplicate", Severity.WARNING)


def test_a_person_sees_the_line_and_the_fault_underlined() -> None:
    assert reporting.text([ERROR], {FILE: SOURCE}) == (
        "data/signatories.yaml:3:9 erreur [form]\n"
        "     3 |   slug: Bêta  # à revoir\n"
        "       |         ^^^^\n"
        "  Le slug : « Bêta »,\nnon.\n"
        "  → Écrivez 100 % « beta ».\n"
        "\n"
        "1\u00a0erreur."
    )


@pytest.mark.parametrize(
    ("problems", "summary"),
    [
        ([], "Aucun problème."),
        ([WARNING], "1\u00a0avertissement."),
        ([ERROR, ERROR, WARNING], "2\u00a0erreurs et 1\u00a0avertissement."),
    ],
)
def test_errors_and_warnings_are_counted(problems: list[Problem], summary: str) -> None:
    assert reporting.summary(problems) == summary


@pytest.mark.parametrize("place", [(0, 0), (99, 1), (1, 500), (4, 1), (2, 99)])
def test_a_place_outside_the_text_is_told_without_its_line(place: tuple[int, int]) -> None:
    problem = Problem(FILE, *place, "Raison.", "Remède.", "form")
    assert "Raison." in reporting.text([problem], {FILE: SOURCE})
    assert "Raison." in reporting.text([problem], {})


def test_github_gets_one_annotation_a_line_with_its_signs_escaped() -> None:
    assert reporting.github([ERROR, WARNING], {}).split("\n") == [
        "::error file=data/signatories.yaml,line=3,col=9,title=form::"
        "Le slug : « Bêta »,%0Anon.%0A→ Écrivez 100 %25 « beta ».",
        "::warning file=data/signatories.yaml,line=2,col=9,title=near-duplicate::"
        "Court.%0A→ Allongez.",
    ]


def test_a_file_name_cannot_add_a_command_to_githubs_log() -> None:
    problem = Problem("a,b:c\n::error::x", 1, 1, "Raison.", "Remède.", "form")
    (line,) = reporting.github([problem], {}).split("\n")
    assert line.startswith("::error file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ax,line=1")


def test_json_holds_every_problem_and_the_counts() -> None:
    report = json.loads(reporting.json([ERROR, WARNING], {}))
    assert (report["errors"], report["warnings"]) == (1, 1)
    assert report["problems"][0] == {
        "file": FILE,
        "line": 3,
        "column": 9,
        "reason": "Le slug : « Bêta »,\nnon.",
        "remedy": "Écrivez 100 % « beta ».",
        "rule": "form",
        "severity": "error",
    }


def test_sarif_names_each_rule_that_a_result_refers_to() -> None:
    (run,) = json.loads(reporting.sarif([ERROR, WARNING], {}))["runs"]
    known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= known
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 9}
