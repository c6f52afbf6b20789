"""The register as it was published: all that can be read of it, whatever rule it breaks.

A register with a mistake in it may have been merged, and its addresses are published all the same.
What a proposal may not forget is therefore read entry by entry, and field by field where one of
them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from charte.register.document import Document
from charte.register.model import Register, Signatory
from charte.register.reading import read

_LINE_END = re.compile(r"\r\n?|\n")
UNKNOWN_DAY = date.max  # no edition reaches it


@dataclass(frozen=True, slots=True)
class Published:
    """What can be read of a register at a revision.

    Attributes:
        register: its signatories that have a name and an identifier; where a day cannot be read it
            is `UNKNOWN_DAY`, and any other field that cannot is left out.
        lines: the source lines of each, by slug.
    """

    register: Register
    lines: Mapping[str, tuple[str, ...]]


def read_published(data: bytes, file: str = "") -> Published | None:
    """Read what can be read of a register; None where that is nothing."""
    document, _ = read(data, file)
    entries = _entries(document)
    if entries is None:
        return None
    signatories = {
        index: one for index, entry in enumerate(entries) if (one := _readable(entry)) is not None
    }
    source = _LINE_END.split(data.decode(errors="replace"))
    lines = {one.slug: _source_lines(document, index, source) for index, one in signatories.items()}
    edition = document.value.get("edition")
    return Published(_register(edition, tuple(signatories.values())), lines)


def sound_signatory(entry: Any) -> Signatory | None:
    """Build a signatory from an entry; None where a field cannot be read: the check tells why."""
    try:
        return Signatory.model_validate(entry)
    except ValidationError:
        return None


def _entries(document: Document) -> list[Any] | None:
    value = document.value.get("signatories") if isinstance(document.value, dict) else None
    return value if isinstance(value, list) else None


def _readable(entry: Any) -> Signatory | None:
    """Build a signatory from the fields that can be read; None without a name or a slug."""
    try:
        return Signatory.model_validate(entry)
    except ValidationError as error:
        if not isinstance(entry, dict):
            return None
        wrong = {one["loc"][0] for one in error.errors(include_url=False, include_input=False)}
    kept = {field: value for field, value in entry.items() if field not in wrong}
    return sound_signatory({"listed": UNKNOWN_DAY, **kept})


def _register(edition: Any, signatories: tuple[Signatory, ...]) -> Register:
    try:
        return Register(edition=edition, signatories=signatories)
    except ValidationError:
        return Register(edition=UNKNOWN_DAY, signatories=signatories)


def _source_lines(document: Document, index: int, source: list[str]) -> tuple[str, ...]:
    """Return the lines of an entry; none where it does not begin one, as between brackets."""
    path = ("signatories", index)
    first, last = document.places[path].line, document.last_lines[path]
    lines = source[first - 1 : last]
    return tuple(lines) if lines and lines[0].lstrip().startswith("-") else ()
