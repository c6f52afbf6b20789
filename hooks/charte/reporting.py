"""Problems written down: for a person, for a forge, for other programs.

`text` shows the line and underlines what is wrong, in colour and folded where it is a terminal that
shows it; `github` gives the annotations that GitHub shows on the line of a pull request; `json` and
`sarif` are for other tools.
"""

from __future__ import annotations

import json as json_library
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, TextIO

from charte.french import counted
from charte.problems import MOST_TOLD, Problem, Severity
from charte.register.against import HISTORY
from charte.register.rules import RULES
from charte.shown import shown
from charte.terminal import Look, folded, look_of

_WORDS = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement"}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
# What a problem points at: a quoted text, or the value up to a comment or the end of the line.
_TARGET = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'|\[[^\]]*\]|.+?(?=\s+#|\s*$)')
_LINK = re.compile(r"\[(?=[^]]*]\()")
_LINE_END = re.compile(r"\r\n?|\n")  # as editors count lines
_WIDEST = 100  # characters of a line that are shown
_MARGIN = 11  # characters of the number beside a line, and of the dots
_BEFORE = 40  # of which so many before a fault that stands further on

Format = Callable[[Sequence[Problem], Mapping[str, str]], str]


def chosen(form: str, stream: TextIO | None) -> Format:
    """Return the format of a name for a stream: a text is made for the terminal that shows it."""
    look = look_of(stream)
    return partial(text, look=look) if form == "text" and look else FORMATS[form]


def text(problems: Sequence[Problem], sources: Mapping[str, str], look: Look | None = None) -> str:
    """Write problems for people, each with its line and the fault underlined.

    Args:
        problems: what is wrong, in order.
        sources: the text of each file named, by name.
        look: how the terminal shows it; None where no terminal does.
    """
    lines = {file: _LINE_END.split(source) for file, source in sources.items()}
    tell = partial(_on_terminal, look=look) if look else _told
    told = [tell(one, lines.get(one.file, [])) for one in sorted(problems)[:MOST_TOLD]]
    return "\n\n".join([*told, summary(problems)])


def summary(problems: Sequence[Problem]) -> str:
    """Count errors and warnings in words."""
    counts = [
        counted(count, word)
        for severity, word in _WORDS.items()
        if (count := sum(one.severity is severity for one in problems))
    ]
    more = f" ; seuls les {MOST_TOLD} premiers sont dits ici" if len(problems) > MOST_TOLD else ""
    return f"{' et '.join(counts) or 'Aucun problème'}{more}."


def _told(problem: Problem, lines: Sequence[str]) -> str:
    where = f"{problem.file}:{problem.line}:{problem.column}"
    rows = "".join(f"{row}\n" for row in _underlined(problem, lines))
    return shown(
        f"{where} {_WORDS[problem.severity]} [{problem.rule}]\n{rows}"
        f"  {problem.reason}\n  → {problem.remedy}"
    )


def _on_terminal(problem: Problem, lines: Sequence[str], look: Look) -> str:
    """Write a problem for a terminal: the rule by its French name, and nothing wider than it."""
    colour = _COLOURS[problem.severity]
    where = shown(f"{problem.file}:{problem.line}:{problem.column}")
    title = _TITLES.get(problem.rule, problem.rule)
    said = [
        *folded(f"  {problem.reason}", look.columns),
        *folded(f"  → {problem.remedy}", look.columns),
    ]
    rows = [shown(row) for row in _underlined(problem, lines, look.columns)]
    if rows:
        rows[-1] = look.styled(rows[-1], fg=colour)
    word = look.styled(_WORDS[problem.severity], fg=colour, bold=True)
    rule = look.styled(f"  règle : {title[:1].lower()}{title[1:]}", dim=True)
    return "\n".join([f"{look.styled(where, bold=True)} {word}", *rows, *map(shown, said), rule])


def _underlined(
    problem: Problem, lines: Sequence[str], columns: int = _WIDEST + _MARGIN
) -> list[str]:
    """Return the line of a problem, or the part of a long one where the fault stands."""
    if not 0 < problem.line <= len(lines):
        return []
    line, start = lines[problem.line - 1], problem.column - 1
    if not 0 <= start <= len(line):
        return []
    widest = max(20, min(_WIDEST, columns - _MARGIN))
    begin = max(0, start - _BEFORE) if start + 1 > widest else 0
    part = line[begin : begin + widest].replace("\t", " ")
    at = start - begin
    match = _TARGET.match(part, at)
    length = max(1, min(len(match[0]) if match else 1, widest - at))
    before, after = "…" if begin else "", "…" if begin + widest < len(line) else ""
    marks = f"{'':{len(before) + at}}{'^' * length}"
    return [f"{problem.line:>6} | {before}{part}{after}", f"{'':>6} | {marks}"]


def github(problems: Sequence[Problem], _: Mapping[str, str]) -> str:
    """Write problems as GitHub's workflow commands, one a line, and how many there are.

    GitHub shows ten annotations of a step.
    """
    if not problems:
        return ""
    count = f"::notice title=Registre::{_data(summary(problems))}"
    return "\n".join([*map(_annotation, sorted(problems)[:MOST_TOLD]), count])


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


_TITLES = {rule.name: rule.title for rule in (*RULES, *HISTORY)}

FORMATS: dict[str, Format] = {"text": text, "github": github, "json": json, "sarif": sarif}
