"""From what a file says to a register, or to all the reasons why it is not one.

The model checks the form (`wording` puts its errors into French) and the rules look at the rest;
both look at everything that could be read, so that all problems are told at once. Nothing is
repaired or guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from charte.problems import InvalidInput, Problem, Severity
from charte.register.document import Document, Lines
from charte.register.identity import heirs
from charte.register.model import Register
from charte.register.modelling import MAX_TOLD
from charte.register.reading import read
from charte.register.rules import RULES
from charte.register.rules.subject import Rule, Subject
from charte.register.wording import understood

_STOPPING = tuple(rule for rule in RULES if rule.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Reading:
    """A register with the first and last line of each entry, by slug."""

    register: Register
    lines: dict[str, Lines]


@dataclass(frozen=True, slots=True)
class Check:
    """What a check has found: the register where there is no error, and all problems, in order.

    What could not be read is in `subject.document`: `refused`, `unread`, `unread_words`.
    """

    reading: Reading | None
    problems: tuple[Problem, ...]
    subject: Subject


def check_register(  # noqa: PLR0913, PLR0917 - each is another kind of knowledge of the check
    data: bytes,
    file: str,
    commitments: Iterable[str] | None,
    today: date | None = None,
    taken: Iterable[str] = (),
    rules: Iterable[Rule] = RULES,
    latest: date | None = None,
    before: Register | None = None,
) -> Check:
    """Read and check a register.

    Args:
        data: the bytes of the YAML file.
        file: its name, for the messages.
        commitments: the ids that an action may name (charter, III and IV); None where the charter
            is not at hand.
        today: the day of the check; None where no clock may matter.
        taken: the slugs whose address a page of the site holds.
        rules: those that look at the document; what reading and model find is always told.
        latest: the day after which a date is in the future; `today` where it is not given.
        before: the register as it was published, to tell what is new; None where it is not known.
    """
    document, problems = read(data, file)
    register: Register | None = None
    if document.value is not None:
        register, document, malformed = understood(document, file, today)
        problems += malformed
    known = None if commitments is None else frozenset(commitments)
    subject = Subject(document, known, today, frozenset(taken), latest, data)
    if before is not None:
        subject = replace(subject, heirs=heirs(before, subject.entries))
    if isinstance(document.value, dict):  # what is no register at all is judged no further
        problems += _rule_problems(subject, file, rules)
    broken = register is None or any(one.severity is Severity.ERROR for one in problems)
    reading = None if broken or register is None else _reading(register, document)
    return Check(reading, tuple(sorted(problems)), subject)


def read_register(
    data: bytes,
    file: str,
    commitments: Iterable[str] | None,
    taken: Iterable[str] = (),
) -> tuple[Reading | None, list[Problem]]:
    """Read a register to publish it; there is one exactly when no error stands in its way.

    The problems are the errors alone: what only asks for a second look does not stop a build.
    """
    check = check_register(data, file, commitments, taken=taken, rules=_STOPPING)
    return check.reading, list(check.problems)


def read_form(data: bytes, file: str) -> Register:
    """Read a register's form; the rules between entries are `charte check`'s.

    Raises:
        InvalidInput: with all problems of its form.
    """
    document, problems = read(data, file)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InvalidInput(problems)
    register, _, problems = understood(document, file)
    if register is None:
        raise InvalidInput(problems)
    return register


def _rule_problems(subject: Subject, file: str, rules: Iterable[Rule]) -> Iterator[Problem]:
    for rule in rules:
        findings = rule.check(subject) if rule.check else ()
        for path, reason, remedy in islice(findings, MAX_TOLD):
            mark = subject.document.place(path)
            yield Problem(file, *mark, reason, remedy, rule.name, rule.severity)


def _reading(register: Register, document: Document) -> Reading:
    lines = {}
    for index, signatory in enumerate(register.signatories):
        path = ("signatories", index)
        lines[signatory.slug] = (document.places[path].line, document.last_lines[path])
    return Reading(register, lines)
