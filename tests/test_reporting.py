"""Problems written down for people, for a forge and for other programs."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import click
import pytest

from charte import reporting
from charte.problems import Problem, Severity
from charte.terminal import Look
from pace import within

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
        "::warning file=data/signatories.yaml,line=2,col=9,title=near-duplicate::"
        "Court.%0A→ Allongez.",
        "::error file=data/signatories.yaml,line=3,col=9,title=form::"
        "Le slug : « Bêta »,%0Anon.%0A→ Écrivez 100 %25 « beta ».",
        "::notice title=Registre::1\u00a0erreur et 1\u00a0avertissement.",
    ]


def test_github_gets_nothing_when_all_is_well() -> None:
    assert reporting.github([], {}) == ""


@pytest.mark.parametrize("form", [reporting.text, reporting.github])
def test_what_may_cause_the_rest_is_told_first(form: reporting.Format) -> None:
    cause = Problem(FILE, 99, 1, "Une tabulation.", "Deux espaces.", "layout")
    told = form([WARNING, ERROR, cause], {})
    assert told.index("Une tabulation.") < told.index("Court.") < told.index("Bêta")


@pytest.mark.parametrize("form", [reporting.text, reporting.github])
def test_a_report_ends_after_a_hundred_problems_and_says_how_many_there_are(
    form: reporting.Format,
) -> None:
    told = form([WARNING] * 400, {})
    assert told.count("Allongez.") == 100
    assert told.endswith("400\u00a0avertissements ; seuls les 100 premiers sont dits ici.")


def test_a_long_line_is_shown_around_the_fault() -> None:
    line = f'{"a" * 300}"fautif"{"b" * 300}'
    (where, row, marks, *_) = reporting.text(
        [replace(ERROR, line=1, column=301)], {FILE: line}
    ).split("\n")
    assert where == "data/signatories.yaml:1:301 erreur [form]"
    assert row == f'     1 | …{"a" * 40}"fautif"{"b" * 52}…'
    assert marks == f"       | {' ' * 41}{'^' * 8}"


@pytest.mark.parametrize(
    "text", [" " * 1_000_000, "a " * 500_000, '"' * 1_000_000, "[" * 1_000_000]
)
def test_a_line_of_a_megabyte_is_underlined_at_once(text: str) -> None:
    problems = [replace(ERROR, line=1, column=column) for column in range(1, 200)]
    with within(1):
        told = reporting.text(problems, {FILE: text})
    assert max(map(len, told.split("\n"))) < 200


def test_lines_are_those_of_editors_and_not_of_unicode() -> None:
    source = "a: \u2028 b\r\nc: \x0b d\re: fautif"
    told = reporting.text([replace(ERROR, line=3, column=4)], {FILE: source})
    assert "     3 | e: fautif\n       |    ^^^^^^\n" in told


def test_a_terminal_folds_the_text_and_names_the_rule_in_french() -> None:
    problem = replace(
        ERROR,
        reason="Une raison qui dépasse quarante colonnes.",
        remedy="Écrivez :\n    slug: beta-et-gamma-et-delta-et-epsilon-et-zeta",
    )
    assert reporting.text([problem], {FILE: SOURCE}, Look(40, colour=False)) == (
        "data/signatories.yaml:3:9 erreur\n"
        "     3 |   slug: Bêta  # à revoir\n"
        "       |         ^^^^\n"
        "  Une raison qui dépasse quarante\n"
        "  colonnes.\n"
        "  → Écrivez :\n"
        "    slug: beta-et-gamma-et-delta-et-epsilon-et-zeta\n"
        "  règle : forme de la valeur\n"
        "\n"
        "1\u00a0erreur."
    )


def test_a_terminal_shows_colours_that_say_nothing_of_their_own() -> None:
    told = reporting.text([ERROR, WARNING], {FILE: SOURCE}, Look(80, colour=True))
    assert "\x1b[31m\x1b[1merreur\x1b[0m" in told
    assert "\x1b[33m\x1b[1mavertissement\x1b[0m" in told
    assert click.unstyle(told) == reporting.text(
        [ERROR, WARNING], {FILE: SOURCE}, Look(80, colour=False)
    )


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "stream", "coloured"),
    [
        ({}, _Terminal(), True),
        ({"NO_COLOR": "1"}, _Terminal(), False),
        ({"TERM": "dumb"}, _Terminal(), False),
        ({}, io.StringIO(), False),
        ({}, None, False),
    ],
)
def test_colours_are_for_a_terminal_that_wants_them(
    environment: dict[str, str],
    stream: io.StringIO | None,
    coloured: bool,  # noqa: FBT001 - a row
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    told = reporting.chosen("text", stream)([ERROR], {FILE: SOURCE})
    assert ("\x1b[" in told) == coloured


def test_a_file_name_cannot_add_a_command_to_githubs_log() -> None:
    problem = Problem("a,b:c\n::error::x", 1, 1, "Raison.", "Remède.", "form")
    line, _ = reporting.github([problem], {}).split("\n")
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
