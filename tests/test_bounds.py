"""What a stranger may write is bounded before anything looks at it: one answer, within a second.

Each text is among the worst of its kind that a file may hold.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from charte.problems import InvalidInput, Problem
from charte.register.checking import check_register
from charte.register.source import MAX_BYTES
from pace import within

HEAD = "edition: 2020-11-16\nsignatories:\n"
OPEN = '  - name: "x\n'  # a layout that is broken at the very end


def _entry(number: int) -> str:
    return f"  - name: A{number}\n    slug: a{number}\n    listed: 2020-11-16\n"


def _filled(unit: str, head: str = HEAD, tail: str = "") -> str:
    room = MAX_BYTES - len((head + tail).encode())
    return head + unit * (room // len(unit.encode())) + tail


def _entries(write: Callable[[int], str], tail: str = "") -> str:
    count = (MAX_BYTES - 200) // len(write(99_999).encode())
    return HEAD + "".join(map(write, range(min(count, 20_000)))) + tail


REFUSED: dict[str, Callable[[], str]] = {
    "a name of 100,000 letters": lambda: HEAD + "  - name: " + "A" * 100_000,
    "a name of 100,000 accents": lambda: HEAD + "  - name: e" + "\u0301\u0323" * 50_000,
    "a text like an address": lambda: HEAD + "  - description: " + "a." * 500_000,
    "a long date": lambda: HEAD + "  - listed: " + "2" * 100_000,
    "a long field name": lambda: f"{HEAD}  - {'a' * 1_000_000}: b\n",
    "100,000 fields": lambda: HEAD + "  -\n" + "".join(f"    f{n}: x\n" for n in range(90_000)),
    "10,000 references": lambda: f"{HEAD}  - see_also: [{'x, ' * 10_000}]\n",
    "2,000 actions": lambda: HEAD + "  - actions:\n" + "      - {date: x}\n" * 2_000,
    "a list on one line": lambda: f"{HEAD}  - [{'a, ' * 330_000}a]\n",
    "lists on one line": lambda: f"{HEAD}  - [{('[' + 'a ,' * 900 + '], ') * 700}]\n",
    "lists of lists": lambda: _filled(f"  - [{'[],' * 16}]\n"),
    "dashes": lambda: _filled("  - a\n", HEAD, OPEN)[: 90_000 * 6],
    "comments": lambda: _filled("# x\n"),
    "blank lines": lambda: _filled("\n", tail=OPEN),
    "more bytes": lambda: _filled(_entry(1)) + "# " + "x" * 100,
    "120,000 entries": lambda: HEAD + "".join(map(_entry, range(120_000))) + OPEN,
    "every field wrong": lambda: _entries(
        lambda n: f"  - {{name: , slug: A_, listed: {n}, note: , group: , signed: z, actions: y}}\n"
    ),
    "commas": lambda: HEAD + "  - name: a, " + "slug: b, " * 200_000,
    "quotation marks": lambda: HEAD + "  - name: " + '"' * 1_000_000,
    "apostrophes": lambda: HEAD + "  - name: " + "'" * 1_000_001 + "x",
    "dashes on a line": lambda: HEAD + "- " * 1_000_000,
    "second heads": lambda: ("edition: x\n" + "signatories:\n") * 40_000,
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_over_a_bound_is_told_once_within_a_second(text: Callable[[], str]) -> None:
    assert len(_judged(text())) == 1


BROKEN: dict[str, Callable[[], str]] = {
    "signs": lambda: _entries(lambda n: f"  - name: & A{n}\n    slug: a{n}\n"),
    "tabs": lambda: _entries(lambda n: f"\t- name: A{n}\n\t  slug: a{n}\n"),
    "colons": lambda: _entries(lambda n: f"  - name:A{n}\n    slug:a{n}\n"),
    "a text that continues": lambda: HEAD + "  - name: A\n    note: x: y\n" + "    mot\n" * 90_000,
    "a text that reads on": lambda: HEAD + "  - name: A\n    note: x\n" + "    é : x\n" * 90_000,
    "words": lambda: HEAD + "  - name: & A\n    listed: x\n" + "    mot\n" * 90_000,
    "names": lambda: "edition: x\n" + "name: a\n" * 60_000,
    "entries on one line": lambda: HEAD + " - name: a" * 200_000,
    "entries at the end of lines": lambda: HEAD + "x - name: a\n" * 90_000 + OPEN,
    "fences": lambda: HEAD + "```\n" * 90_000 + OPEN,
    "second documents": lambda: HEAD + "---\n" * 90_000,
    "spaces": lambda: HEAD + " " * 1_000_000 + "b: c: d\n",
    "invisible characters": lambda: HEAD + "\u202e\n" * 90_000,
    "an open quotation": lambda: _entries(_entry, OPEN)[-700_000:],
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_layout_is_told_in_few_problems_within_a_second(text: Callable[[], str]) -> None:
    problems = _judged(text())
    assert 1 <= len(problems) <= 300
    assert sum(len(str(one)) for one in problems) < 100_000


def test_ten_thousand_entries_are_no_problem() -> None:
    assert _judged(HEAD + "".join(map(_entry, range(10_000)))) == ()


def test_a_report_ends_after_a_hundred_problems_with_how_many_more_there_are() -> None:
    problems = [Problem("r.yaml", line, 1, "Faute.", "Écrivez.", "form") for line in range(1, 131)]
    report = str(InvalidInput(problems))
    assert report.count("Faute.") == 100
    assert report.endswith("… et 30 autres, que vous verrez quand ceux-là seront corrigés.")


def _judged(text: str) -> tuple[Problem, ...]:
    """Check a register, and hold that it takes less than a second of the processor."""
    data = text.encode()
    with within(1):
        return check_register(data, "r.yaml", ("etat-1",), date(2026, 11, 25)).problems
