"""Values from libyaml's events, the place of each, and nothing that can do harm.

In one pass the values are built and what the register never needs and an attacker does is refused:
aliases, anchors, tags, deep nesting, a second document. Every scalar is read as text (`NO` is
Norway's code, not False; `01234567` keeps its zero); the model converts what is a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from charte.problems import Problem
from charte.register.document import Document, Path
from charte.register.source import (
    INVISIBLE,
    MAX_ENTRIES,
    MAX_FIELDS,
    MAX_ITEMS,
    MAX_LENGTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Mark,
    Refused,
    number,
    quoted,
)
from charte.register.syntax import RULE

MAX_DEPTH = 12
_COMMENT = re.compile(r" +(#[^\n]*)")
# YAML 1.1 ends a line at these; no editor does. Each is a problem, but lines must count as shown.
_NULLS = {"null", "Null", "NULL", "~"}  # without quotation marks, other readers see nothing there
_ODD_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
_HARD_SPACE = re.compile("[\u00a0\u202f]")
_TAGGED = (
    "Une valeur ne peut pas commencer par « ! », réservé à YAML.",
    "Mettez la valeur entre guillemets.",
    "reserved-sign",
)


class Builder:
    """Builds values and places from one pass over libyaml's events."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self._text = text.translate(_ODD_LINE_ENDS)
        self._next: Callable[[], Any] = yaml.CSafeLoader(self._text).get_event
        self._file = file
        self._problems = problems
        self._places: dict[Path, Mark] = {}
        self._keys: dict[Path, Mark] = {}
        self._last_lines: dict[Path, int] = {}
        self._comments: dict[Path, str] = {}
        self._nulls: dict[Path, str] = {}
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
        self._next()  # the start of the stream
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            raise Refused(
                Mark(1, 1),
                "Le fichier est vide.",
                "Rétablissez les champs « edition: » et « signatories: ».",
                "empty-file",
            )
        value = self._value(self._next(), ())
        self._next()  # the end of the document
        self._refuse_second_document()
        places = (self._places, self._keys, self._last_lines, self._comments, self._nulls)
        return Document(value, *places)

    def _refuse_second_document(self) -> None:
        event = self._next()
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
        if len(self._places) > MAX_VALUES:
            raise _too_many(event, "valeurs dans ce fichier", MAX_VALUES)
        if isinstance(event, yaml.ScalarEvent):
            self._note_comment(event, path)
            if event.implicit[0] and event.value in _NULLS:
                self._nulls[path] = event.value
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
        most = MAX_ENTRIES if len(path) <= 1 else MAX_ITEMS
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            if len(items) == most:
                raise _too_many(event, "éléments dans cette liste", most)
            items.append(self._value(event, (*path, len(items))))
        self._end(event)
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        repeated: set[str] = set()
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if len(fields) == MAX_FIELDS:
                raise _too_many(event, "champs dans cette entrée", MAX_FIELDS)
            key = self._key(event, path)
            inner = (*path, key)
            if key in fields and "name" not in repeated:
                repeated.add(key)
                line = self._keys[inner].line
                self._add(event, *_repetition(key, line), "duplicate-field")
            self._keys[inner] = _mark(event)
            fields[key] = self._value(self._next(), inner)
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
        if key.isascii():
            return key
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
        if len(text) > MAX_LENGTH:
            raise Refused(
                _mark(event),
                f"Ce texte compte {number(len(text))} caractères ; aucun champ n’en admet tant.",
                "Raccourcissez-le.",
                "too-long",
            )
        if text.isascii() and text.isprintable():  # most are, and this is soon seen
            return text
        if (match := INVISIBLE.search(text)) and not INVISIBLE.search(source):
            self._add(
                event,
                f"Un caractère invisible (U+{ord(match[0]):04X}) est écrit en code ici.",
                "Effacez la barre oblique « \\ » et le code qui la suit.",
                "invisible-character",
            )
        return text

    def _note_comment(self, event: Any, path: Path) -> None:
        # Most lines end with their value: this looks at one character.
        end = event.end_mark.index
        if self._text[end : end + 1] == " " and (match := _COMMENT.match(self._text, end)):
            self._comments[path] = match[1].rstrip()

    def _end(self, event: Any) -> str:
        """Return the source of a scalar or a closing bracket and remember its last line.

        libyaml ends a block of text after the blank lines that follow it, and a block of fields
        where the next one begins: neither is counted.
        """
        start, end = event.start_mark, event.end_mark
        source = self._text[start.index : end.index]
        if source and start.line == end.line:
            self._last_line = start.line + 1
        elif source := source.rstrip():
            self._last_line = start.line + 1 + source.count("\n")
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


def _too_many(event: Any, what: str, most: int) -> Refused:
    return Refused(
        _mark(event),
        f"Il y a plus de {number(most)} {what}.",
        "Vérifiez ce qui a été collé ici : un registre n’en compte jamais autant.",
        "file-size",
    )


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
