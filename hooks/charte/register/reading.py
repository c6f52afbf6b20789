"""YAML from strangers, read once: values, the place of each, and nothing that can do harm.

The values are built straight from libyaml's events, in the same pass that refuses what the register
never needs and an attacker does: aliases, anchors, tags, deep nesting, a second document, a huge
file. Every scalar is read as text (`NO` is Norway's code, not False; `01234567` keeps its zero);
the model converts what is a date. Positions are kept beside the values, by path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from charte.problems import Problem
from charte.register.source import (
    INVISIBLE,
    MAX_PROBLEMS,
    Mark,
    Refused,
    decode,
    invisible,
    quoted,
    refuse_conflict,
)
from charte.register.syntax import syntax_problem

MAX_DEPTH = 12
# YAML 1.1 ends a line at these; no editor does. Each is a problem, but lines must count as shown.
_ODD_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")


_TAGGED = (
    "Une valeur ne peut pas commencer par « ! », réservé à YAML.",
    "Mettez la valeur entre guillemets.",
)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file says, and where: `value` is made of dict, list and str only.

    `places` gives the place of the value at a path, `keys` that of its key, `last_lines` the last
    line of each mapping.
    """

    value: Any
    places: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    last_lines: dict[Path, int] = field(default_factory=dict)

    def place(self, path: Path) -> Mark:
        """Give the nearest known place of a path: its own, or that of what should hold it."""
        for length in range(len(path), -1, -1):
            if mark := self.places.get(path[:length]):
                return mark
        return Mark(1, 1)


def read(data: bytes, file: str) -> tuple[Document, list[Problem]]:
    """Read a YAML file's bytes; on problems the document holds what could be read before them."""
    document = Document(None)
    problems: list[Problem] = []
    try:
        text = decode(data)
        refuse_conflict(text)
        problems += islice(invisible(text, file), MAX_PROBLEMS)
        document = _Builder(text, file, problems).document()
    except Refused as refused:
        problems.append(Problem(file, *refused.mark, refused.reason, refused.remedy))
    except yaml.MarkedYAMLError as error:
        problems.append(syntax_problem(error, file))
    except yaml.reader.ReaderError:
        pass  # a character that YAML refuses; _invisible has named it
    return document, problems


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
            )
        value = self._value(next(self._events), ())
        next(self._events)  # the end of the document
        self._refuse_second_document()
        return Document(value, self._places, self._keys, self._last_lines)

    def _refuse_second_document(self) -> None:
        event = next(self._events)
        if isinstance(event, yaml.DocumentStartEvent):
            raise Refused(
                _mark(event),
                "Un second document commence ici.",
                "Supprimez la ligne « --- » : le registre est un seul document.",
            )

    def _value(self, event: Any, path: Path) -> Any:
        self._refuse_dangerous(event, path)
        self._places[path] = _mark(event)
        if isinstance(event, yaml.ScalarEvent):
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
            )
        if event.tag is not None:
            raise Refused(_mark(event), *_TAGGED)
        if len(path) > MAX_DEPTH:
            raise Refused(
                _mark(event),
                "Les champs sont imbriqués trop profondément.",
                "Reprenez la forme d’une entrée voisine.",
            )

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        self._end(event)
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            if first := self._keys.get((*path, key)):
                self._add(
                    event,
                    f"Le champ {quoted(key)} figure deux fois dans cette entrée "
                    f"(déjà ligne {first.line}).",
                    "Gardez une seule des deux lignes.",
                )
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
            )
        return self._scalar(event)

    def _scalar(self, event: yaml.ScalarEvent) -> str:
        source = self._end(event)
        text = str(event.value)
        if (match := INVISIBLE.search(text)) and not INVISIBLE.search(source):
            self._add(
                event,
                f"Un caractère invisible (U+{ord(match[0]):04X}) est écrit en code ici.",
                "Effacez la barre oblique « \\ » et le code qui la suit.",
            )
        return text

    def _end(self, event: Any) -> str:
        """Give the source of a scalar or a closing bracket and remember its last line.

        libyaml ends a block of text after the blank lines that follow it, and a block of fields
        where the next one begins: neither is counted.
        """
        source = self._text[event.start_mark.index : event.end_mark.index].rstrip()
        if source:
            self._last_line = event.start_mark.line + 1 + source.count("\n")
        return source

    def _add(self, event: Any, reason: str, remedy: str) -> None:
        if len(self._problems) >= MAX_PROBLEMS:
            raise Refused(
                _mark(event),
                "Trop de problèmes précèdent : la lecture s’arrête ici.",
                "Corrigez d’abord ceux-là.",
            )
        self._problems.append(Problem(self._file, *_mark(event), reason, remedy))


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
