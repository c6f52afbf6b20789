"""What is wrong, said to the person who can mend it.

A problem is a value: where, what, and what to write instead. Problems are collected, never raised
one by one, and shown all at once; `InvalidInput` carries them out of the reading stage.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from charte.shown import shown


class Severity(StrEnum):
    """Whether a problem stops the publication or only asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


MOST_TOLD = 100  # problems in a report; a person corrects these first

# Rules about what stops a file from being read: what they find is told first, whatever its line.
READING = frozenset(
    {
        "file",
        "file-size",
        "encoding",
        "byte-order-mark",
        "empty-file",
        "merge-conflict",
        "second-document",
        "layout",
        "reserved-sign",
        "nesting",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file; `line` and `column` count from 1, as editors do.

    `rule` is the name of the rule that found it, as the page of rules explains it. Problems are
    ordered by file, what stops its reading first, and then by place.
    """

    file: str
    line: int
    column: int
    reason: str
    remedy: str
    rule: str
    severity: Severity = Severity.ERROR

    def __lt__(self, other: Problem) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[Any, ...]:
        place = (self.file, self.rule not in READING, self.line, self.column)
        return (*place, self.reason, self.remedy, self.rule)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} : {self.reason}\n    → {self.remedy}"


class Unpublishable(ValueError):
    """The site cannot be made from this input; `str()` says why, in French, to a maintainer."""


class InvalidInput(Unpublishable):
    """The files say things that cannot be published; `problems` are all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(report(self.problems))


def report(problems: tuple[Problem, ...]) -> str:
    """Write problems as a text for people; beyond a hundred, only how many more there are."""
    count = len(problems)
    title = "1 problème à corriger" if count == 1 else f"{count} problèmes à corriger"
    told = [f"{title} :", *map(str, problems[:MOST_TOLD])]
    if count > MOST_TOLD:
        told.append(
            f"… et {count - MOST_TOLD} autres, que vous verrez quand ceux-là seront corrigés."
        )
    return shown("\n\n".join(told))
