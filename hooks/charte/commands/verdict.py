"""What an edit would bring into the register: the rules of `charte check`, asked before writing.

The lines of a text that is not written are of no use to anybody, so problems are said without
their place, and the lines that they mention are those of the file as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from charte import clock
from charte.charter import commitments_for
from charte.commands.comparing import Compared, compared_by_itself
from charte.files import root_of, taken_slugs
from charte.problems import InvalidInput, Problem, Severity
from charte.register.checking import Check, check_register
from charte.register.closed import edition_problems
from charte.register.editing import LIST
from charte.register.identity import heirs
from charte.register.layout import lay_out
from charte.register.model import Register
from charte.register.published import read_published

# Found at a field that is there, about one that is not.
_ABSENT = {"missing-field", "missing-successor"}
# Found between two entries, and told at either of them.
_OF_TWO = {"same-name": "name", "same-siren": "siren", "taken-slug": "slug"}
_LINES = re.compile(r"(\blignes? )(\d+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an edit brings.

    Attributes:
        before: the text as it stands.
        after: the text that the edit makes.
        problems: what was not wrong before and would be, in order.
    """

    before: str
    after: str
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which the edit is refused."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that ask for a second look."""
        return tuple(one for one in self.problems if one.severity is Severity.WARNING)

    def said(self, problem: Problem) -> str:
        """Return a problem for somebody who has typed an answer, not a line of the file."""
        return self._as_it_stands(f"{problem.reason}\n    → {problem.remedy}", problem.line)

    def of_field(self, slug: str, field: str) -> list[str]:
        """List what is wrong with a field of an entry, said."""
        spans = _field_lines(self.after, slug, field)
        return [
            self.said(one)
            for one in self.errors
            if one.rule not in _ABSENT
            if _OF_TWO.get(one.rule) == field
            or any(first <= one.line <= last for first, last in spans)
        ]

    def _as_it_stands(self, text: str, place: int) -> str:
        """Put the lines of the edited text back to those of the text as it stands.

        Args:
            text: a sentence that may mention lines.
            place: the line of which it speaks; where it mentions one that is not written yet,
                the reader wants this one.
        """
        old, new = self.before.splitlines(), self.after.splitlines()
        most = min(len(old), len(new))
        first = next((at for at in range(most) if old[at] != new[at]), most)
        more = max(len(new) - len(old), 0)

        def stands(number: int) -> int:
            return number - more if number > first + more else number

        def moved(match: re.Match[str]) -> str:
            written = not first < int(match[2]) <= first + more
            return f"{match[1]}{stands(int(match[2]) if written else place)}"

        return _LINES.sub(moved, text) if _LINES.search(text) else text


@dataclass(frozen=True, slots=True)
class Standing:
    """A register as it stands, by which an edit of it is judged.

    Attributes:
        path: its file, by which its project is found.
        text: what it holds.
        found: what is wrong with it already.
        published: the register whose editions are cited; None where neither is sound.
    """

    path: Path
    text: str
    found: Check
    published: Register | None


def standing(path: Path, text: str) -> Standing:
    """Return how a register stands; its editions are those published, where git knows them."""
    found, against = checked(path, text), compared_by_itself(path)
    known = isinstance(against, Compared) and against.base.certain
    published = read_published(against.data) if isinstance(against, Compared) and known else None
    return Standing(path, text, found, published.register if published else sound_register(found))


def judge(register: Standing, after: str) -> Verdict:
    """Return what an edit brings into a register: what `charte check` would find at once."""
    new = checked(register.path, after)
    known = Counter(map(_essence, _with_editions(register, register.found)))
    brought = []
    for problem in _with_editions(register, new):
        known[_essence(problem)] -= 1
        if known[_essence(problem)] < 0:
            brought.append(problem)
    return Verdict(register.text, after, tuple(sorted(brought)))


def checked(path: Path, text: str) -> Check:
    """Return what is found in a register's text by all rules, the clock's included."""
    return check_register(
        text.encode("utf-8", "replace"),
        path.as_posix(),
        commitments_for(path),
        clock.today(),
        taken_slugs(root_of(path)),
        latest=clock.latest_day(),
    )


def _with_editions(register: Standing, check: Check) -> Iterator[Problem]:
    """List what was found in a text, and which closed editions it alters."""
    yield from check.problems
    if before := register.published:
        subject = replace(check.subject, heirs=heirs(before, check.subject.entries))
        file = register.path.as_posix()
        yield from edition_problems(before, subject, file, clock.earliest_day())


def sound_register(check: Check) -> Register | None:
    """Return the register where its form is sound, whatever the rules say of it."""
    try:
        return Register.model_validate(check.subject.document.value)
    except ValidationError:
        return None


def _essence(problem: Problem) -> tuple[str, str]:
    """Return what stays of a problem when lines move."""
    return problem.rule, _LINES.sub("", problem.reason)


def _field_lines(text: str, slug: str, field: str) -> list[tuple[int, int]]:
    """List the first and last line of each place of an entry where a field of a name stands."""
    try:
        layout = lay_out(text)
    except InvalidInput:
        return []
    at = [
        (index,)
        for index, entry in enumerate(layout.entries)
        if isinstance(entry, dict) and entry.get("slug") == slug
    ]
    return [
        (layout.keys.get(path, span).start.line + 1, span.end.line + 1)
        for path, span in layout.spans.items()
        if path[:1] == (LIST,) and path[1:2] in at and path[-1] == field
    ]
