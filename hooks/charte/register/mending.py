"""A register whose layout is broken, read around: entry by entry, each by itself.

Where it is certain what the author meant, the entry is read as if it had been written so, and the
remedy is its lines as they should be; an entry that is not clear is left out. Either way one
problem tells the cause, and the other entries are judged as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

import yaml

from charte.problems import Problem
from charte.register.document import Lines
from charte.register.entries import KINDS, Field, Hand, Slip, Unclear
from charte.register.outline import Line, Outline, outline
from charte.register.syntax import syntax_problem
from charte.register.values import PROSE, plain

MAX_BROKEN = 100  # entries that are looked at; beyond, the file is another thing than a register
_SHOWN_LINES = 12
_SHOWN_LENGTH = 300
_KEY = re.compile(r"[^\W\d]\w*")
_TITLE = re.compile(r"\W*signatories\W*$", re.IGNORECASE)
_CUT = "Cette ligne « {} » couperait le fichier en deux."
_DELETE = {
    "stray": "Supprimez-la, ou écrivez « champ: valeur ».",
}


@dataclass(slots=True)
class Mended:
    """A text that can be read, what was wrong with it, and the lines that were left out."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Lines] = field(default_factory=list)


def mend(text: str, file: str) -> Mended:
    """Read a text of which the layout is broken, line by line."""
    found = outline(text)
    mended = Mended()
    copies = _without_copies(found)
    mended.problems += _misplaced(found, copies, file)
    entries = [*found.above, *found.entries]
    _mend_head(found, entries, file, mended)
    broken = 0
    for at, lines in enumerate(entries):
        if _sound(lines, found.column):
            mended.lines += lines
        elif (broken := broken + 1) <= MAX_BROKEN:
            _mend_entry(lines, found.column, file, mended)
        else:
            _give_up(entries[at:], mended)
            break
    mended.problems = _folded(mended.problems)
    return mended


def _sound(lines: list[Line], column: int) -> bool:
    """Tell whether an entry can be read by itself, and says what an entry says."""
    first = next(line.text for line in lines if not line.empty)
    return first.startswith(f"{' ' * column}-") and _says_an_entry(_text(lines))


def _says_an_entry(text: str) -> bool:
    """Tell whether a text is a list of one entry, whose fields have names and texts for prose."""
    try:
        events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError):
        return False
    # Around the entry's fields: stream, document, list, entry.
    if not all(map(plain, events)) or len(events) < 9:  # noqa: PLR2004
        return False
    starts, ends = isinstance(events[3], yaml.MappingStartEvent), events[-4]
    return starts and isinstance(ends, yaml.MappingEndEvent) and _fields_say(events[4:-4])


def _fields_say(events: list[yaml.Event]) -> bool:
    depth, key = 0, ""
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth < 0:
                return False  # a second entry begins
        elif depth == 0 and not key:
            if not isinstance(event, yaml.ScalarEvent) or not _KEY.fullmatch(event.value):
                return False
            key = event.value
            continue
        elif isinstance(event, yaml.CollectionStartEvent):
            if depth == 0 and key in PROSE:
                return False
            depth += 1
        if depth == 0:
            key = ""
    return depth == 0


def _mend_entry(lines: list[Line], column: int, file: str, mended: Mended) -> None:
    hand = Hand(column)
    try:
        hand.read(lines)
    except Unclear:
        clear = False
    else:
        written = _written(hand.fields)
        clear = _sound(written, column) if written else False
    if not clear and (written := _closed(lines)) and _sound(written, column):
        at = next(index for index, line in enumerate(written) if line != lines[index])
        opened = "Une accolade « { » est ouverte et jamais fermée."
        remedy = f"Écrivez « {_shown(written[at].text.strip())} »."
        mended.problems.append(Problem(file, lines[at].number, 1, opened, remedy, "layout"))
        mended.lines += written
    elif clear:
        mended.lines += written
        mended.problems += _problems(hand, file)
    elif _parses(_text(lines)) and lines[0].text.startswith(f"{' ' * column}-"):
        mended.lines += lines  # it can be read; what it says is for others to judge
    else:
        mended.problems += _unclear(lines, hand, file)
        mended.unread.append(_range(lines))


def _closed(lines: list[Line]) -> list[Line]:
    """Close the brace of an entry between braces."""
    last = max((at for at, line in enumerate(lines) if not line.empty), default=0)
    text = f"{lines[last].text.rstrip()}}}"
    return [*lines[:last], lines[last]._replace(text=text), *lines[last + 1 :]]


def _written(fields: list[Field]) -> list[Line]:
    return [
        Line(text := one.write(), one.line.number, one.line.shift + _moved(one, text))
        for one in fields
    ]


def _moved(one: Field, text: str) -> int:
    if one.verbatim:
        return len(one.line.text) - len(one.line.text.lstrip()) - one.column
    at = len(text) - len(one.value)
    return one.value_at - at if one.value else 0


def _problems(hand: Hand, file: str) -> Iterator[Problem]:
    """Tell the slips of an entry, one problem a cause, with the lines as they should be.

    A line is shown once, as it should be in all respects.
    """
    told: set[int] = set()
    for kind in KINDS:
        held = [one for one in hand.fields if one.has(kind) and one.line.number not in told]
        if not held:
            continue
        numbers = {one.line.number for one in held}
        whole = kind == "align" and held[0] is hand.fields[0]
        lines = [one for one in hand.fields if whole or one.line.number in numbers]
        told |= {one.line.number for one in lines}
        slip = next(slip for slip in held[0].slips if slip.kind == kind)
        yield _problem(slip, _rewrite(lines, aligned=kind == "align"), file)
    for one in hand.fields:
        if one.line.number not in told:
            yield from (_problem(slip, _rewrite([one]), file) for slip in one.slips)
    for _, group in groupby(hand.slips, key=lambda slip: slip.kind):
        slip = next(group)
        yield _problem(slip, _DELETE[slip.kind], file)


def _problem(slip: Slip, remedy: str, file: str) -> Problem:
    return Problem(file, slip.line, slip.column, slip.reason, remedy, slip.rule)


def _rewrite(fields: list[Field], *, aligned: bool = False) -> str:
    """Say to write fields as they should be: below the sentence where their margin matters."""
    lines = [_shown(one.write()) for one in fields]
    if len(lines) == 1 and not aligned:
        return f"Écrivez « {lines[0].strip()} »."
    shown = [*lines[:_SHOWN_LINES], *(["    …"] if len(lines) > _SHOWN_LINES else [])]
    return "\n".join(["Écrivez :", *shown])


def _shown(line: str) -> str:
    return line if len(line) <= _SHOWN_LENGTH else f"{line[:_SHOWN_LENGTH]}…"


def _unclear(lines: list[Line], hand: Hand, file: str) -> Iterator[Problem]:
    """Tell what stops an entry from being read: what its hand shows, else what libyaml says."""
    if known := [slip for one in hand.fields for slip in one.slips]:
        slip = min(known)
        remedy = (
            "Reprenez la forme d’une entrée voisine : un tiret, puis « champ: valeur » par ligne."
        )
        yield _problem(slip, remedy, file)
        return
    text = _text(lines)
    try:
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        problem = syntax_problem(error, file, text)
        at = min(problem.line, len(lines)) - 1
        yield Problem(
            file, lines[at].number, problem.column, problem.reason, problem.remedy, problem.rule
        )
    except (yaml.YAMLError, UnicodeDecodeError):
        yield _not_an_entry(lines, file)
    else:
        yield _not_an_entry(lines, file)


def _not_an_entry(lines: list[Line], file: str) -> Problem:
    return Problem(
        file,
        next(line.number for line in lines if not line.empty),
        1,
        "Ces lignes ne forment pas une entrée.",
        "Reprenez la forme d’une entrée voisine : un tiret, puis « champ: valeur » par ligne.",
        "layout",
    )


def _mend_head(found: Outline, entries: list[list[Line]], file: str, mended: Mended) -> None:
    """Read the lines above the list; put the list's own line where it is missing."""
    head = [line for line in found.head if found.title or not _TITLE.match(line.text)]
    if _is_block(_text(head)):
        mended.lines += head
    else:
        hand = Hand(None)
        try:
            hand.read(head)
        except Unclear:
            mended.lines += head
        else:
            mended.lines += _written(hand.fields)
            mended.problems += _problems(hand, file)
    title = found.title or next((line for line in found.head if line not in head), None)
    if title != found.title or (title is None and entries):
        number = title.number if title else entries[0][0].number
        reason = "La liste des signataires commence par la ligne « signatories: », qui manque."
        remedy = "Écrivez « signatories: » sur sa propre ligne, au-dessus de la première entrée."
        mended.problems.append(Problem(file, number, 1, reason, remedy, "layout"))
        title = Line("signatories:", number)
    if title:
        mended.lines.append(title)


def _without_copies(found: Outline) -> int:
    """Leave out the entries of a second list that the first one holds; count them."""
    second = next((one.number for one in found.strays if one.text.startswith("sig")), None)
    if second is None:
        return 0
    first = {_text(lines).strip() for lines in found.entries if lines[0].number < second}
    kept = [
        lines
        for lines in found.entries
        if lines[0].number < second or _text(lines).strip() not in first
    ]
    count = len(found.entries) - len(kept)
    found.entries = kept
    return count


def _misplaced(found: Outline, copies: int, file: str) -> Iterator[Problem]:
    """Tell entries above the list, and a second head in it."""
    if found.above and found.title:
        count = len(found.above)
        one = count == 1
        reason = (
            "Cette entrée est au-dessus de « signatories: »."
            if one
            else f"Ces {count} entrées sont au-dessus de « signatories: »."
        )
        remedy = f"Déplacez-{'la' if one else 'les'} dessous, au milieu des autres."
        yield Problem(file, found.above[0][0].number, 1, reason, remedy, "layout")
    if found.fences:
        numbers = [str(line.number) for line in found.fences]
        many = len(numbers) > 1
        reason = "Une clôture « ``` » d’une page web ou d’une messagerie a été collée ici."
        which = f"les lignes {_and(numbers)}" if many else "cette ligne"
        yield Problem(file, found.fences[0].number, 1, reason, f"Supprimez {which}.", "layout")
    for line in found.joined:
        at = line.shift
        ahead, behind = line.text[:at].rstrip(), line.text[at:].lstrip("- ")
        reason = "Une autre entrée commence au milieu de cette ligne."
        remedy = f"Allez à la ligne avant le tiret :\n{_shown(ahead)}\n  - {_shown(behind)}"
        yield Problem(file, line.number, at + 1, reason, remedy, "layout")
    lines: list[Line] = []
    for line in found.strays:
        lines.append(line)
        if line.text.startswith("signatories"):
            yield _second(lines, found, copies, file)
            lines = []
    for line in lines:
        yield _second([line], found, copies, file)


def _second(lines: list[Line], found: Outline, copies: int, file: str) -> Problem:
    """Tell a second head: its lines are to be deleted, what follows it belongs to the list."""
    first, last = lines[0], lines[-1]
    if last.text.startswith("edition"):
        reason = "La date « edition » figure deux fois."
        remedy = "Gardez une seule des deux lignes."
        return Problem(file, first.number, 1, reason, remedy, "duplicate-field")
    which = "cette ligne"
    if len(lines) > 1:
        which = f"les lignes {_and([str(line.number) for line in lines])}"
    remedy = f"Supprimez {which} et gardez les entrées qui suivent."
    if last.text.startswith("signatories"):
        above = found.title.number if found.title else 1
        reason = f"La liste « signatories » commence deux fois (déjà ligne {above})."
        if copies:
            remedy = (
                f"{remedy.removesuffix('.')}, sauf celles ({copies}) qui figurent déjà au-dessus."
            )
        return Problem(file, first.number, 1, reason, remedy, "duplicate-field")
    return Problem(file, first.number, 1, _CUT.format(last.text.strip()), remedy, "second-document")


def _and(words: list[str]) -> str:
    return " et ".join([", ".join(words[:-1]), words[-1]])


def _give_up(entries: list[list[Line]], mended: Mended) -> None:
    """Leave out all entries that remain, and say how many at the last problem."""
    mended.unread += map(_range, entries)
    count = len(entries)
    last = max(mended.problems)
    followers = (
        "L’entrée qui suit n’a pas pu être lue"
        if count == 1
        else f"Les {count} entrées qui suivent n’ont pas pu être lues"
    )
    mended.problems.remove(last)
    reason = f"{last.reason} {followers} : corrigez ceci d’abord."
    mended.problems.append(
        Problem(last.file, last.line, last.column, reason, last.remedy, last.rule)
    )


def _folded(problems: list[Problem]) -> list[Problem]:
    """Tell once what several entries have in common."""
    first: dict[str, Problem] = {}
    more: dict[str, list[int]] = {}
    for one in problems:
        if "\n" in one.remedy and one.reason in first:
            more.setdefault(one.reason, []).append(one.line)
        else:
            first[one.reason if "\n" in one.remedy else str(one)] = one
    return [_with_others(one, more.get(one.reason, [])) for one in first.values()]


def _with_others(one: Problem, lines: list[int]) -> Problem:
    if not lines:
        return one
    shown = ", ".join(map(str, lines[:5])) + ("…" if len(lines) > 5 else "")  # noqa: PLR2004
    also = (
        f"Il en va de même ligne {shown}."
        if len(lines) == 1
        else f"Il en va de même lignes {shown}"
    )
    also = also if also.endswith((".", "…")) else f"{also}."
    return Problem(one.file, one.line, one.column, f"{one.reason} {also}", one.remedy, one.rule)


def _is_block(text: str) -> bool:
    """Tell whether a text is a block of fields, or has none."""
    try:
        events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError):
        return False
    nodes = [event for event in events if isinstance(event, yaml.NodeEvent)]
    return not nodes or isinstance(nodes[0], yaml.MappingStartEvent)


def _parses(text: str) -> bool:
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    except (yaml.YAMLError, UnicodeDecodeError):
        return False
    return True


def _text(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines) + "\n"


def _range(lines: list[Line]) -> Lines:
    written = [line.number for line in lines if not line.empty]
    return written[0], written[-1]
