"""YAML from strangers, read once: values, the place of each, and nothing that can do harm.

The values are built straight from libyaml's events, in the same pass that refuses what the register
never needs and an attacker does: aliases, anchors, tags, deep nesting, a second document, a huge
file. Every scalar is read as text (`NO` is Norway's code, not False; `01234567` keeps its zero);
the model converts what is a date. Positions are kept beside the values, by path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import yaml

from charte.problems import Problem
from charte.register.document import Document, Path
from charte.register.mending import Mended, mend
from charte.register.outline import Line
from charte.register.source import (
    INVISIBLE,
    MAX_BYTES,
    MAX_PROBLEMS,
    Mark,
    Refused,
    decode,
    invisible,
    quoted,
    refuse_conflict,
)
from charte.register.syntax import RULE, syntax_problem
from charte.register.values import PROSE

MAX_DEPTH = 12
# YAML 1.1 ends a line at these; no editor does. Each is a problem, but lines must count as shown.
_ODD_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
_HARD_SPACE = re.compile("[\u00a0\u202f]")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SLIPPED = {"duplicate-field", RULE}  # rules whose problems a slip of layout may explain
_MENDED = {"reserved-sign", "second-document"}  # rules whose refusal may be read around

_TAGGED = (
    "Une valeur ne peut pas commencer par « ! », réservé à YAML.",
    "Mettez la valeur entre guillemets.",
    "reserved-sign",
)


def read(data: bytes, file: str) -> tuple[Document, list[Problem]]:
    """Read a YAML file's bytes; on problems the document holds what could be read before them."""
    document: Document | None = None
    problems: list[Problem] = []
    try:
        text = decode(data)
        refuse_conflict(text)
        problems += islice(invisible(text, file), MAX_PROBLEMS)
        document = _read_around(text, file, problems)
    except Refused as refused:
        problems.append(refused.problem(file))
    except yaml.reader.ReaderError:
        pass  # a character that YAML refuses; _invisible has named it
    return document or _refused(data), problems


def _refused(data: bytes) -> Document:
    """Build the document of a file of which nothing was read; a file too large is not looked at."""
    lines = len(data[:MAX_BYTES].splitlines()) or 1
    words = _words(data.decode(errors="replace")) if len(data) <= MAX_BYTES else frozenset()
    return Document(None, unread=((1, lines),), unread_words=words)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _read_around(text: str, file: str, problems: list[Problem]) -> Document:
    """Read a text, and around what is broken in it: the entries that are not are judged as ever.

    Raises:
        Refused: if nothing of it can be read.
    """
    found: list[Problem] = []
    try:
        document = _Builder(text, file, found).document()
    except yaml.MarkedYAMLError as error:
        return _mended(text, file, problems, syntax_problem(error, file, text))
    except Refused as refused:
        if refused.rule not in _MENDED:
            raise
        return _mended(text, file, problems, refused.problem(file))
    if _odd(document, found):
        try:
            return _mended(text, file, problems, None)
        except _Unmended:
            pass  # it can be read: what it says is for others to judge
    problems += found
    return document


class _Unmended(Exception):
    """Nothing is known of how the text should have been written."""


def _mended(text: str, file: str, problems: list[Problem], refusal: Problem | None) -> Document:
    """Read a broken text as its author meant it.

    Raises:
        _Unmended: where nothing can be made of it, and nothing stopped it from being read.
        Refused: where nothing can be made of it, with what stopped it.
    """
    mended = mend(text, file)
    found: list[Problem] = []
    document = _built(mended, file, found)
    if document is None:
        if refusal is None:
            raise _Unmended
        mark = Mark(refusal.line, refusal.column)
        raise Refused(mark, refusal.reason, refusal.remedy, refusal.rule)
    value = document.value
    if isinstance(value, dict) and value.get("signatories") == "" and mended.unread:
        value["signatories"] = []  # its only entries were the broken ones
    problems += mended.problems
    for one in found:
        mark = _written_at(mended.lines, Mark(one.line, one.column))
        problems.append(replace(one, line=mark.line, column=mark.column))
    lines = text.split("\n")
    left_out = ["\n".join(lines[first - 1 : last]) for first, last in mended.unread]
    return replace(
        _as_written(document, mended.lines),
        unread=tuple(sorted(mended.unread)),
        unread_words=_words("\n".join(left_out)),
    )


def _built(mended: Mended, file: str, found: list[Problem]) -> Document | None:
    """Build the document of mended lines; None where they were not mended, or not enough."""
    source = "\n".join(line.text for line in mended.lines)
    try:
        return _Builder(source, file, found).document() if mended.problems else None
    except (yaml.MarkedYAMLError, Refused):
        return None


def _as_written(document: Document, lines: list[Line]) -> Document:
    """Return a document whose places are those of the lines that its own lines stand for."""
    return replace(
        document,
        places={path: _written_at(lines, mark) for path, mark in document.places.items()},
        keys={path: _written_at(lines, mark) for path, mark in document.keys.items()},
        last_lines={path: lines[last - 1].number for path, last in document.last_lines.items()},
    )


def _written_at(lines: list[Line], mark: Mark) -> Mark:
    """Return where the author wrote what stands at a mark of the mended lines."""
    line = lines[min(mark.line, len(lines)) - 1]
    return Mark(line.number, max(1, mark.column + line.shift))


def _odd(document: Document, found: list[Problem]) -> bool:
    """Tell whether what can be read is not what a register says, so that its layout must slip."""
    if any(one.rule in _SLIPPED for one in found):
        return True
    value = document.value
    if not isinstance(value, dict) or "signatories" not in value:
        return False
    entries = value["signatories"]
    return any(not key.isidentifier() for key in value) or (
        isinstance(entries, list) and any(map(_odd_entry, entries))
    )


def _odd_entry(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return isinstance(entry, str) and entry != ""
    return "name" not in entry or any(
        not key.isidentifier() or (not isinstance(value, str) and key in PROSE)
        for key, value in entry.items()
    )


class _Builder:
    """Builds values and places from one pass over libyaml's events."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self._text = text.translate(_ODD_LINE_ENDS)
        self._events: Iterator[Any] = yaml.parse(self._text, Loader=yaml.CSafeLoader)
        self._file = file
        self._problems = problems
        self._places: dict[Path, Mark] = {}
        self._keys: dict[Path, Mark] = {}
        self._last_lines: dict[Path, int] = {}
        self._comments: dict[Path, str] = {}
        self._last_line = 1

    def document(self) -> Document:
        """Build the file's one document."""
        try:
            return self._document()
        except UnicodeDecodeError:  # libyaml lets a tag spell bytes that are no text: !%ED%A0%80
            raise Refused(
                next(reversed(self._places.values()), Mark(1, 1)),
                *_TAGGED,
            ) from None

    def _document(self) -> Document:
        next(self._events)  # the start of the stream
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise Refused(
                Mark(1, 1),
                "Le fichier est vide.",
                "Rétablissez les champs « edition: » et « signatories: ».",
                "empty-file",
            )
        value = self._value(next(self._events), ())
        next(self._events)  # the end of the document
        self._refuse_second_document()
        return Document(value, self._places, self._keys, self._last_lines, self._comments)

    def _refuse_second_document(self) -> None:
        event = next(self._events)
        if isinstance(event, yaml.DocumentStartEvent):
            raise Refused(
                _mark(event),
                "Un second document commence ici.",
                "Supprimez la ligne « --- » : le registre est un seul document.",
                "second-document",
            )

    def _value(self, event: Any, path: Path) -> Any:
        self._refuse_dangerous(event, path)
        self._places[path] = _mark(event)
        if isinstance(event, yaml.ScalarEvent):
            self._note_comment(event, path)
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _refuse_dangerous(self, event: Any, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise Refused(
                _mark(event),
                "Une valeur ne peut pas commencer par « & » ou « * », réservés à YAML.",
                "Mettez la valeur entre guillemets.",
                "reserved-sign",
            )
        if event.tag is not None:
            raise Refused(_mark(event), *_TAGGED)
        if len(path) > MAX_DEPTH:
            raise Refused(
                _mark(event),
                "Les champs sont imbriqués trop profondément.",
                "Reprenez la forme d’une entrée voisine.",
                "nesting",
            )

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        self._end(event)
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        repeated: set[str] = set()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            if (first := self._keys.get((*path, key))) and "name" not in repeated:
                repeated.add(key)
                self._add(event, *_repetition(key, first.line), "duplicate-field")
            self._keys[(*path, key)] = _mark(event)
            fields[key] = self._value(next(self._events), (*path, key))
        self._end(event)
        self._last_lines[path] = self._last_line
        return fields

    def _key(self, event: Any, path: Path) -> str:
        self._refuse_dangerous(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            raise Refused(
                _mark(event),
                "Un nom de champ est attendu ici.",
                "Écrivez « champ: valeur ».",
                RULE,
            )
        key = self._scalar(event)
        if (match := _HARD_SPACE.search(key)) and (plain := key.strip()).isidentifier():
            self._add(
                event,
                f"Une espace insécable (U+{ord(match[0]):04X}) se cache près de « {plain} ».",
                f"Retapez « {plain}: » avec des espaces ordinaires.",
                RULE,
            )
            return plain
        return key

    def _scalar(self, event: yaml.ScalarEvent) -> str:
        source = self._end(event)
        text = str(event.value)
        if (match := INVISIBLE.search(text)) and not INVISIBLE.search(source):
            self._add(
                event,
                f"Un caractère invisible (U+{ord(match[0]):04X}) est écrit en code ici.",
                "Effacez la barre oblique « \\ » et le code qui la suit.",
                "invisible-character",
            )
        return text

    def _note_comment(self, event: Any, path: Path) -> None:
        end: int = event.end_mark.index
        # Most lines end with their value: this looks at one character.
        if self._text[end : end + 1] == " ":
            rest = self._text[end : self._text.find("\n", end)].strip()
            if rest.startswith("#"):
                self._comments[path] = rest

    def _end(self, event: Any) -> str:
        """Give the source of a scalar or a closing bracket and remember its last line.

        libyaml ends a block of text after the blank lines that follow it, and a block of fields
        where the next one begins: neither is counted.
        """
        source = self._text[event.start_mark.index : event.end_mark.index].rstrip()
        if source:
            self._last_line = event.start_mark.line + 1 + source.count("\n")
        return source

    def _add(self, event: Any, reason: str, remedy: str, rule: str) -> None:
        if len(self._problems) >= MAX_PROBLEMS:
            raise Refused(
                _mark(event),
                "Trop de problèmes précèdent : la lecture s’arrête ici.",
                "Corrigez d’abord ceux-là.",
                rule,
            )
        self._problems.append(Problem(self._file, *_mark(event), reason, remedy, rule))


def _repetition(key: str, line: int) -> tuple[str, str]:
    reason = f"Le champ {quoted(key)} figure deux fois dans cette entrée (déjà ligne {line})."
    if key == "name":  # a second name is a second signatory whose dash was forgotten
        return reason, "Si une autre entrée commence ici, ajoutez un tiret : « - name: »."
    return reason, "Gardez une seule des deux lignes."


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
