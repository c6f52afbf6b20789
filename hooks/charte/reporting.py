"""Problems written down: for a person, for a forge, for other programs.

`text` shows the line and underlines what is wrong; `github` gives the annotations that GitHub shows
on the line of a pull request; `json` and `sarif` are for other tools.
"""

from __future__ import annotations

import json as json_library
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from charte.french import counted
from charte.problems import Problem, Severity
from charte.register.against import HISTORY
from charte.register.rules import RULES
from charte.shown import shown

_WORDS = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement"}
# What a problem points at: a quoted text, or the value up to a comment or the end of the line.
_TARGET = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'|\[[^\]]*\]|.+?(?=\s+#|\s*$)')
_LINK = re.compile(r"\[(?=[^]]*]\()")
_LINE_END = re.compile(r"\r\n?|\n")  # as editors count lines
_WIDEST = 100  # characters of a line that are shown

Format = Callable[[Sequence[Problem], Mapping[str, str]], str]


def text(problems: Sequence[Problem], sources: Mapping[str, str]) -> str:
    """Write problems for people, each with its line and the fault underlined.

    Args:
        problems: what is wrong, in order.
        sources: the text of each file named, by name.
    """
    lines = {file: _LINE_END.split(source) for file, source in sources.items()}
    told = [_told(one, lines.get(one.file, [])) for one in problems]
    return shown("\n\n".join([*told, summary(problems)]))


def summary(problems: Sequence[Problem]) -> str:
    """Count errors and warnings in words."""
    counts = [
        counted(count, word)
        for severity, word in _WORDS.items()
        if (count := sum(one.severity is severity for one in problems))
    ]
    return f"{' et '.join(counts) or 'Aucun problème'}."


def _told(problem: Problem, lines: Sequence[str]) -> str:
    where = f"{problem.file}:{problem.line}:{problem.column}"
    shown = "".join(f"{row}\n" for row in _underlined(problem, lines))
    return (
        f"{where} {_WORDS[problem.severity]} [{problem.rule}]\n{shown}"
        f"  {problem.reason}\n  → {problem.remedy}"
    )


def _underlined(problem: Problem, lines: Sequence[str]) -> list[str]:
    if not 0 < problem.line <= len(lines):
        return []
    line = lines[problem.line - 1].replace("\t", " ")
    start = problem.column - 1
    match = _TARGET.match(line, start)
    length = max(1, min(len(match[0]) if match else 1, _WIDEST - start))
    if start >= _WIDEST:
        return []
    number = f"{problem.line:>6}"
    return [f"{number} | {line[:_WIDEST]}", f"{'':>6} | {'':{start}}{'^' * length}"]


def github(problems: Sequence[Problem], _: Mapping[str, str]) -> str:
    """Write problems as GitHub's workflow commands, one a line."""
    return "\n".join(_annotation(one) for one in problems)


def _annotation(problem: Problem) -> str:
    place = f"file={_property(problem.file)},line={problem.line},col={problem.column}"
    message = _data(f"{problem.reason}\n→ {problem.remedy}")
    return f"::{problem.severity} {place},title={_property(problem.rule)}::{shown(message)}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def json(problems: Sequence[Problem], _: Mapping[str, str]) -> str:
    """Write problems as JSON: `{"problems": [...], "errors": n, "warnings": n}`."""
    counts = {
        f"{severity}s": sum(one.severity is severity for one in problems) for severity in _WORDS
    }
    return _dumped({"problems": [asdict(one) for one in problems], **counts})


def sarif(problems: Sequence[Problem], _: Mapping[str, str]) -> str:
    """Write problems as SARIF 2.1.0 (OASIS), with the rules that found them."""
    driver = {
        "name": "charte",
        "rules": [
            {
                "id": rule.name,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.reason},
                "defaultConfiguration": {"level": str(rule.severity)},
            }
            for rule in (*RULES, *HISTORY)
        ],
    }
    return _dumped(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {"tool": {"driver": driver}, "results": [_sarif_result(one) for one in problems]}
            ],
        }
    )


def _sarif_result(problem: Problem) -> dict[str, Any]:
    return {
        "ruleId": problem.rule,
        "level": str(problem.severity),
        "message": {"text": _sarif_text(f"{problem.reason} → {problem.remedy}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": problem.file},
                    "region": {"startLine": problem.line, "startColumn": problem.column},
                }
            }
        ],
    }


def _sarif_text(text: str) -> str:
    """Write what is neither a placeholder nor a link (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    return _LINK.sub(r"\\[", text.replace("{", "{{").replace("}", "}}"))


def _dumped(value: Any) -> str:
    """Write JSON in which no log finds a command: a number sign stands in texts alone."""
    return json_library.dumps(value, ensure_ascii=False, indent=2).replace("##", "#\\u0023")


FORMATS: dict[str, Format] = {"text": text, "github": github, "json": json, "sarif": sarif}
