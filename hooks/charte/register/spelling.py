"""Names of fields as people write them: in French, in capitals, nearly right.

« nom » is written `name` here: that is one problem, told where it stands, and the value is then
judged under the name that was meant. A field that means nothing here is told and judged no further.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_origin

from pydantic import BaseModel

from charte.problems import Problem
from charte.register.document import Document, Path
from charte.register.source import MAX_PROBLEMS, Mark, quoted
from charte.register.words import explained, spellings_of, squeezed
from charte.register.writing import written

RULE = "unknown-field"

_ALIKE = 0.75  # of 1, as difflib measures it
_SHORTEST, _LONGEST = 3, 30  # letters of a word that may be a misspelt field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The fields that a file may hold.

    Attributes:
        root: the model of the file.
        blocks: the model of each field that holds blocks, by its name.
        unwanted: words for what the file does not keep, without accents, spaces and hyphens.
        refusal: what to do with them, in French.
    """

    root: type[BaseModel]
    blocks: Mapping[str, type[BaseModel]]
    unwanted: frozenset[str] = frozenset()
    refusal: str = ""

    def model(self, path: Path) -> type[BaseModel] | None:
        """Return the model of the block at a path; None where no block belongs."""
        if not path:
            return self.root
        *above, last = path
        if isinstance(last, int):  # an item of a list; a list in a list is none of ours
            return self.blocks.get(str(above[-1])) if above else None
        return None if self._is_list(above, last) else self.blocks.get(last)

    def _is_list(self, above: list[str | int], name: str) -> bool:
        holder = self.model(tuple(above))
        known = holder.model_fields.get(name) if holder else None
        return known is not None and get_origin(known.annotation) is tuple

    def homes(self, name: str) -> list[str]:
        """Return the fields whose blocks have a field of this name."""
        return [home for home, model in self.blocks.items() if name in model.model_fields]


def as_meant(
    document: Document, file: str, vocabulary: Vocabulary
) -> tuple[Document, dict[Path, Problem]]:
    """Return a document whose fields have the names that were meant, and what was misspelt, where.

    Places move with a field. What means nothing, or what is there already, is left out; `null`
    is an empty text.
    """
    reader = _Reader(document, file, vocabulary)
    value = reader.read(document.value, ())
    if not reader.problems and not document.nulls:
        return document, {}

    def moved(marks: dict[Path, Any]) -> dict[Path, Any]:
        return {reader.moved(path): mark for path, mark in marks.items()}

    meant = replace(
        document,
        value=value,
        places=moved(document.places),
        keys=moved(document.keys),
        last_lines=moved(document.last_lines),
        comments=moved(document.comments),
        nulls=moved(document.nulls),
    )
    return meant, reader.problems


@dataclass(slots=True)
class _Reader:
    """Reads a value with the names that were meant; paths are those of the file."""

    document: Document
    file: str
    vocabulary: Vocabulary
    problems: dict[Path, Problem] = field(default_factory=dict)
    _names: dict[Path, str] = field(default_factory=dict)
    _looked_up: int = 0

    def moved(self, path: Path) -> Path:
        """Return where the value at a path of the file stands under the names that were meant."""
        if not self._names:
            return path
        prefixes = (path[: length + 1] for length in range(len(path)))
        return tuple(self._names.get(prefix, prefix[-1]) for prefix in prefixes)

    def read(self, value: Any, path: Path) -> Any:
        """Return a value with the names that were meant; what is nothing to others is empty."""
        model = self.vocabulary.model(self.moved(path))
        if model and isinstance(value, dict):
            return self._block(value, path, tuple(model.model_fields))
        if isinstance(value, list):
            return [self.read(one, (*path, index)) for index, one in enumerate(value)]
        return "" if path in self.document.nulls else value

    def _block(self, block: dict[str, Any], path: Path, known: tuple[str, ...]) -> dict[str, Any]:
        owners = {name: name for name in known if name in block}
        for key in block:
            if key not in known and (name := self._meant(key, known)) and name not in owners:
                owners[name] = key
                self._names[*path, key] = name
        names = {key: name for name, key in owners.items()}
        values = {key: self.read(block[key], (*path, key)) for key in block if key in names}
        for key in block:
            if names.get(key) != key and len(self.problems) < MAX_PROBLEMS:
                reason, remedy = self._wording(key, values.get(key), known, names.get(key))
                mark = self.document.keys.get((*path, key), Mark(1, 1))
                where = self.moved((*path, key))
                self.problems[where] = Problem(self.file, *mark, reason, remedy, RULE)
        return {names[key]: value for key, value in values.items()}

    def _meant(self, key: str, known: tuple[str, ...]) -> str | None:
        """Return the known field that a word means: in French, written otherwise, or misspelt."""
        spellings, word = spellings_of(known), squeezed(key)
        if word in spellings or self.vocabulary.homes(key) or word in self.vocabulary.unwanted:
            return spellings.get(word)
        self._looked_up += 1
        if self._looked_up > MAX_PROBLEMS or not _SHORTEST <= len(word) <= _LONGEST:
            return None
        near = difflib.get_close_matches(word, spellings, 1, _ALIKE)
        return spellings[near[0]] if near else None

    def _wording(
        self, key: str, value: Any, known: tuple[str, ...], name: str | None
    ) -> tuple[str, str]:
        if name:
            line = f"{name}:" if value == "" else written(name, value)
            return f"{quoted(key)} s’écrit ici « {name} ».", f"Écrivez « {line} »."
        if other := self._meant(key, known):
            reason = f"{quoted(key)} s’écrit ici « {other} », qui figure déjà dans ce bloc."
            return reason, "Gardez une seule des deux lignes."
        if squeezed(key) in self.vocabulary.unwanted:
            return f"Le champ {quoted(key)} n’existe pas.", self.vocabulary.refusal
        if homes := self.vocabulary.homes(key):
            where = " ou ".join(f"« {home}: »" for home in homes)
            return f"Le champ {quoted(key)} n’a pas sa place ici.", f"Écrivez-le sous {where}."
        fields = ", ".join(map(explained, known))
        return f"Le champ {quoted(key)} n’existe pas.", f"Les champs possibles sont : {fields}."
