"""YAML from strangers, read once: values, the place of each, and nothing that can do harm.

The values are built straight from libyaml's events, in the same pass that refuses what the register
never needs and an attacker does: aliases, anchors, tags, deep nesting, a second document, a huge
file. Every scalar is read as text (`NO` is Norway's code, not False; `01234567` keeps its zero);
the model converts what is a date. Positions are kept beside the values, by path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from charte.problems import Problem

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 12

type_names = {dict: "un bloc de champs", list: "une liste", str: "un texte"}

# Cc but tab and line feeds; the bidirectional controls that make text read otherwise than it is.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class Mark(NamedTuple):
    """A place in the file, counted from 1."""

    line: int
    column: int


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


class _Refused(Exception):
    """The file is not worth reading further."""

    def __init__(self, mark: Mark, reason: str, remedy: str) -> None:
        self.mark, self.reason, self.remedy = mark, reason, remedy
        super().__init__(reason)


def read(data: bytes, file: str) -> tuple[Document, list[Problem]]:
    """Read a YAML file's bytes; on problems the document holds what could be read before them."""
    document = Document(None)
    problems: list[Problem] = []
    try:
        text = _decode(data)
        problems += _invisible(text, file)
        document = _Builder(text, file, problems).document()
    except _Refused as refused:
        problems.append(Problem(file, *refused.mark, refused.reason, refused.remedy))
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax_problem(error, file))
    except yaml.YAMLError:  # the scanner's own refusal of a character; _invisible has named it
        if not problems:
            problems.append(
                Problem(file, 1, 1, "Le fichier n’est pas du YAML.", "Vérifiez son contenu.")
            )
    return document, problems


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _Refused(
            Mark(1, 1),
            f"Le fichier pèse {len(data) // 1_000_000} Mo ; un registre n’en pèse jamais autant.",
            f"Gardez-le sous {MAX_BYTES // 1_000_000} Mo.",
        )
    if data.startswith(b"\xef\xbb\xbf"):
        raise _Refused(
            Mark(1, 1),
            "Le fichier commence par une marque d’ordre des octets (BOM), invisible.",
            "Enregistrez-le en « UTF-8 », et non en « UTF-8 avec BOM ».",
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line_start = before.rfind(b"\n") + 1
        mark = Mark(before.count(b"\n") + 1, len(before[line_start:].decode()) + 1)
        raise _Refused(
            mark,
            "Le fichier n’est pas enregistré en UTF-8 : un caractère est illisible ici.",
            "Enregistrez-le en « UTF-8 » dans votre éditeur.",
        ) from error


def _invisible(text: str, file: str) -> list[Problem]:
    problems = []
    for match in _INVISIBLE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        mark = Mark(text.count("\n", 0, start) + 1, match.start() - start + 1)
        problems.append(
            Problem(
                file,
                *mark,
                f"Un caractère invisible (U+{ord(match[0]):04X}) se cache ici.",
                "Effacez-le et retapez le mot.",
            )
        )
    return problems


class _Builder:
    """Builds values and places from one pass over libyaml's events."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._file = file
        self._problems = problems
        self._places: dict[Path, Mark] = {}
        self._keys: dict[Path, Mark] = {}
        self._last_lines: dict[Path, int] = {}
        self._last_line = 1

    def document(self) -> Document:
        next(self._events)  # the start of the stream
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise _Refused(
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
            raise _Refused(
                _mark(event),
                "Un second document commence ici.",
                "Supprimez la ligne « --- » : le registre est un seul document.",
            )

    def _value(self, event: Any, path: Path) -> Any:
        self._refuse_dangerous(event, path)
        self._places[path] = _mark(event)
        if isinstance(event, yaml.ScalarEvent):
            self._last_line = event.end_mark.line + 1
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _refuse_dangerous(self, event: Any, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _Refused(
                _mark(event),
                "Les ancres et les alias (« & », « * ») ne sont pas admis dans le registre.",
                "Écrivez la valeur en toutes lettres, entre guillemets si elle commence ainsi.",
            )
        if event.tag:
            raise _Refused(
                _mark(event),
                f"Les étiquettes YAML (« {event.tag[:40]} ») ne sont pas admises.",
                "Écrivez la valeur seule, entre guillemets si elle commence par « ! ».",
            )
        if len(path) > MAX_DEPTH:
            raise _Refused(
                _mark(event),
                "Les champs sont imbriqués trop profondément.",
                "Reprenez la forme d’une entrée voisine.",
            )

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            if first := self._keys.get((*path, key)):
                self._problems.append(
                    Problem(
                        self._file,
                        *_mark(event),
                        f"Le champ « {key} » figure deux fois dans cette entrée "
                        f"(déjà ligne {first.line}).",
                        "Gardez une seule des deux lignes.",
                    )
                )
            self._keys[(*path, key)] = _mark(event)
            fields[key] = self._value(next(self._events), (*path, key))
        self._last_lines[path] = self._last_line
        return fields

    def _key(self, event: Any, path: Path) -> str:
        self._refuse_dangerous(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(
                _mark(event),
                "Un nom de champ est attendu ici.",
                "Écrivez « champ: valeur ».",
            )
        self._last_line = event.end_mark.line + 1
        return str(event.value)


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


_SYNTAX = (
    (
        "mapping values are not allowed",
        "Un « : » est de trop sur cette ligne, ou la ligne précédente n’est pas finie.",
        "Mettez la valeur entre guillemets : name: \"Exemple : santé\".",
    ),
    (
        "cannot start any token",
        "Ce caractère ne peut pas commencer une valeur : tabulation, « @ », « ` » ou « % ».",
        "Remplacez une tabulation par des espaces ; mettez la valeur entre guillemets.",
    ),
    (
        "unexpected end of stream",
        "Un guillemet ou un crochet est ouvert et jamais fermé.",
        "Ajoutez le guillemet ou le crochet fermant.",
    ),
    (
        "could not find expected ':'",
        "Il manque un « : » après le nom du champ.",
        "Écrivez « champ: valeur », avec une espace après les deux-points.",
    ),
    (
        "did not find expected",
        "La mise en page est rompue ici : décalage, tiret ou guillemet manquant.",
        "Alignez les champs de l’entrée, deux espaces après le bord, comme ses voisines.",
    ),
)


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
    for known, reason, remedy in _SYNTAX:
        if known in (error.problem or ""):
            return Problem(file, *place, reason, remedy)
    return Problem(
        file,
        *place,
        "Le fichier n’est plus du YAML à partir d’ici.",
        "Reprenez la forme d’une entrée voisine : un tiret, puis « champ: valeur » par ligne.",
    )
