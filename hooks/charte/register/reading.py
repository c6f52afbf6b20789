"""YAML from strangers, read once: values, the place of each, and why the rest cannot be read.

What is broken is read around, so that whoever has broken one entry learns at once what is wrong
with the others. Positions are kept beside the values, by path.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Any

import yaml

from charte.problems import Problem
from charte.register.building import Builder
from charte.register.document import Document
from charte.register.memory import uncollected
from charte.register.mending import Mended, mend
from charte.register.outline import ENTRY_FIELDS, Line
from charte.register.remedies import unread_followers
from charte.register.soundness import PROSE
from charte.register.source import (
    MAX_PROBLEMS,
    UNREADABLE,
    Mark,
    Refused,
    decode,
    invisible,
    refuse_conflict,
)
from charte.register.syntax import RULE, syntax_problem

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FIELD = re.compile(r"^\w+ *:(?:\s|$)", re.MULTILINE)
_ENTRY = re.compile(r"^ *+(?:- *+)?[{]? *+name *:", re.MULTILINE)
_NO_FIELDS = (
    "Ce fichier est d’une autre sorte : aucune ligne n’y commence par « champ: ».",
    "Vérifiez que c’est le bon fichier, ou rétablissez-le.",
    RULE,
)
_SLIPPED = {"duplicate-field", RULE}  # rules whose problems a slip of layout may explain
_MENDED = {"reserved-sign", "second-document", RULE}  # rules whose refusal may be read around


def read(data: bytes, file: str) -> tuple[Document, list[Problem]]:
    """Return what a YAML file says, read around what is broken, and what is wrong with its form."""
    with uncollected():
        return _read(data, file)


def _read(data: bytes, file: str) -> tuple[Document, list[Problem]]:
    problems: list[Problem] = []
    try:
        text = decode(data)
        refuse_conflict(text)
        problems += islice(invisible(text, file), MAX_PROBLEMS)
        if problems:  # what YAML would refuse has been named: the rest is read
            text = UNREADABLE.sub("", text)
        return _read_around(text, file, problems), problems
    except Refused as refused:
        return _refused(data), [*problems, refused.problem(file)]


def _refused(data: bytes) -> Document:
    """Build the document of a file of which nothing was read."""
    return Document(None, unread=((1, data.count(b"\n") + (not data.endswith(b"\n"))),))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _read_around(text: str, file: str, problems: list[Problem]) -> Document:
    """Read a text, and around what is broken in it: the entries that are not are judged as ever.

    Raises:
        Refused: if nothing of it can be read.
    """
    found: list[Problem] = []
    try:
        document = Builder(text, file, found).document()
    except yaml.MarkedYAMLError as error:
        return _mended(text, file, problems, syntax_problem(error, file))
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
    # What was left out without a word would be lost.
    if document is None or (mended.unread and not mended.problems):
        if refusal is None:
            raise _Unmended
        if not _FIELD.search(text):
            raise Refused(Mark(1, 1), *_NO_FIELDS)
        below = "\n".join(text.split("\n")[refusal.line :])
        reason = f"{refusal.reason}{unread_followers(len(_ENTRY.findall(below)))}"
        raise Refused(Mark(refusal.line, refusal.column), reason, refusal.remedy, refusal.rule)
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
        return Builder(source, file, found).document() if mended.problems else None
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
    """Return whether what can be read is not what a register says, so that its layout must slip."""
    if any(one.rule in _SLIPPED for one in found):
        return True
    value = document.value
    if isinstance(value, list):
        return any(isinstance(entry, dict) and "name" in entry for entry in value)
    if not isinstance(value, dict) or "signatories" not in value:
        return False
    entries = value["signatories"]
    return any(not key.isidentifier() or key in ENTRY_FIELDS for key in value) or (
        isinstance(entries, list) and any(map(_odd_entry, entries))
    )


def _odd_entry(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return isinstance(entry, str) and entry != ""
    return "name" not in entry or any(
        not key.isidentifier() or (not isinstance(value, str) and key in PROSE)
        for key, value in entry.items()
    )
