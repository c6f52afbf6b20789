"""A register whose layout is broken, read around: entry by entry, each by itself.

Where it is certain what the author meant, the entry is read as if it had been written so, and the
remedy is its lines as they should be; an entry that is not clear is left out. Either way one
problem tells the cause, and the other entries are judged as ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice

import yaml

from charte.problems import Problem
from charte.register.building import Builder
from charte.register.document import Lines
from charte.register.hand import Hand, Unclear
from charte.register.misplacing import misplaced, without_copies
from charte.register.outline import Line, Outline, outline, text_of
from charte.register.remedies import LIKE_THE_OTHERS, folded, shown, slip_problems, unread_followers
from charte.register.slips import Field
from charte.register.soundness import reads_as_block, reads_as_entry
from charte.register.source import MAX_ENTRIES, MAX_PROBLEMS, Refused
from charte.register.syntax import syntax_problem

_TITLE = re.compile(r"\W*signatories\W*$", re.IGNORECASE)


@dataclass(slots=True)
class Mended:
    """A text that can be read, what was wrong with it, and the lines that were left out."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Lines] = field(default_factory=list)


def mend(text: str, file: str) -> Mended:
    """Read a text of which the layout is broken, line by line."""
    found = outline(text)
    if len(found.above) + len(found.entries) > MAX_ENTRIES or _between_brackets(found):
        return Mended()  # it is not a register, or not one of lines
    copies = without_copies(found)
    mended = Mended(problems=list(islice(misplaced(found, copies, file), MAX_PROBLEMS)))
    entries = [*found.above, *found.entries]
    _mend_head(found, entries, file, mended)
    broken = 0
    for at, lines in enumerate(entries):
        if _sound(lines, found.column):
            mended.lines += lines
        elif (broken := broken + 1) <= MAX_PROBLEMS > len(mended.problems):
            _mend_entry(lines, found.column, file, mended)
        else:
            _give_up(entries[at:], mended)
            break
    mended.problems = folded(mended.problems)
    return mended


def _between_brackets(found: Outline) -> bool:
    """Return whether the list is written between brackets, and not as entries below its line."""
    value = found.title.text.partition(":")[2].strip() if found.title else ""
    return bool(value) and not value.startswith("#") and not (value == "[]" and found.entries)


def _sound(lines: list[Line], column: int) -> bool:
    """Return whether an entry can be read by itself, in its place."""
    if not _in_place(lines, column) or not reads_as_entry(text := text_of(lines)):
        return False
    # A question mark may begin a field that is no name; the others are seen at once.
    return "?" not in text or _stop(lines, "") is None


def _in_place(lines: list[Line], column: int) -> bool:
    first = next(line.text for line in lines if not line.empty)
    return first.startswith(f"{' ' * column}-")


def _mend_entry(lines: list[Line], column: int, file: str, mended: Mended) -> None:
    hand = Hand(column)
    written = _written(hand, lines)
    if written and _sound(written, column):
        mended.lines += written
        told = list(islice(slip_problems(hand, file), MAX_PROBLEMS))
        mended.problems += told or [_stop(lines, file) or _not_an_entry(lines, file)]
    elif _sound(closed := _closed(lines), column):
        mended.lines += closed
        last = next(line for line in reversed(closed) if not line.empty)
        reason = "Une accolade « { » est ouverte et jamais fermée."
        remedy = f"Écrivez « {shown(last.text.strip())} »."
        mended.problems.append(Problem(file, last.number, 1, reason, remedy, "layout"))
    elif (problem := _stop(lines, file)) is None and _in_place(lines, column):
        mended.lines += lines  # what it says is for others to judge
    else:
        mended.problems.append(problem or _not_an_entry(lines, file))
        mended.unread.append(_range(lines))


def _written(hand: Hand, lines: list[Line]) -> list[Line]:
    """Return lines as a hand that has read them would write them; none if they are not clear."""
    try:
        hand.read(lines)
    except Unclear:
        return []
    return [
        Line(text := one.write(), one.line.number, one.line.shift + _moved(one, text))
        for one in hand.fields
    ]


def _moved(one: Field, text: str) -> int:
    if one.verbatim:
        return len(one.line.text) - len(one.line.text.lstrip()) - one.column
    at = len(text) - len(one.value)
    return one.value_at - at if one.value else 0


def _closed(lines: list[Line]) -> list[Line]:
    """Close the brace of an entry between braces."""
    last = max((at for at, line in enumerate(lines) if not line.empty), default=0)
    text = f"{lines[last].text.rstrip()}}}"
    return [*lines[:last], lines[last]._replace(text=text), *lines[last + 1 :]]


def _stop(lines: list[Line], file: str) -> Problem | None:
    """Return what stops lines from being read by themselves; None where nothing does."""
    try:
        Builder(text_of(lines), file, []).document()
    except yaml.MarkedYAMLError as error:
        problem = syntax_problem(error, file)
    except Refused as refused:
        problem = refused.problem(file)
    else:
        return None
    line = lines[min(problem.line, len(lines)) - 1]
    return _not_an_entry(lines, file) if line.empty else replace(problem, line=line.number)


def _not_an_entry(lines: list[Line], file: str) -> Problem:
    first = next(line.number for line in lines if not line.empty)
    reason = "Ces lignes ne forment pas une entrée."
    return Problem(file, first, 1, reason, LIKE_THE_OTHERS, "layout")


def _mend_head(found: Outline, entries: list[list[Line]], file: str, mended: Mended) -> None:
    """Read the lines above the list; put the list's own line where it is missing."""
    head = [line for line in found.head if found.title or not _TITLE.match(line.text)]
    _mend_lines(head, file, mended)
    if found.title and reads_as_block(found.title.text) and "[" not in found.title.text:
        mended.lines.append(found.title)
    elif found.title and found.entries:
        line = found.title
        reason = "Des entrées suivent cette ligne, qui dit « [] », aucune."
        remedy = "Écrivez « signatories: »."
        mended.problems.append(Problem(file, line.number, 1, reason, remedy, "layout"))
        mended.lines.append(line._replace(text="signatories:"))
    elif entries:
        wrong = next((line for line in found.head if line not in head), entries[0][0])
        reason = "La liste des signataires commence par la ligne « signatories: », qui manque."
        remedy = "Écrivez « signatories: » sur sa propre ligne, au-dessus de la première entrée."
        mended.problems.append(Problem(file, wrong.number, 1, reason, remedy, "layout"))
        mended.lines.append(Line("signatories:", wrong.number))


def _mend_lines(lines: list[Line], file: str, mended: Mended) -> None:
    hand = Hand(None)
    if not reads_as_block(text_of(lines)) and (written := _written(hand, lines)):
        mended.problems += islice(slip_problems(hand, file), MAX_PROBLEMS)
        mended.lines += written
    else:
        mended.lines += lines


def _give_up(entries: list[list[Line]], mended: Mended) -> None:
    """Leave out all entries that remain, and add how many at the last problem."""
    mended.unread += map(_range, entries)
    if not mended.problems:
        return
    last = mended.problems.pop()
    reason = f"{last.reason}{unread_followers(len(entries))}"
    mended.problems.append(replace(last, reason=reason))


def _range(lines: list[Line]) -> Lines:
    written = [line.number for line in lines if not line.empty]
    return written[0], written[-1]
