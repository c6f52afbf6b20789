"""Values as they were meant: what to write in the place of one that has not the form of its field.

A value is understood where only one can be meant (« 25/11/2026 », « www.exemple.fr », a SIRET), and
never guessed. What follows from it is judged at once: a remedy that is obeyed is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from slugify import slugify

from charte.days import day_meant
from charte.french import plain
from charte.register.document import Document, Path
from charte.register.model import SIREN, SLUG, SLUG_LENGTH, TEXT, URL

_ROUNDS = 3  # a value that is understood may hold others: a block, its fields, their texts
_LONGEST = 600  # characters of a value that is read again
_SLUG = re.compile(SLUG)
_SCHEME = re.compile(r"https?[:;]?/{0,2}(?=[^/])", re.IGNORECASE)
_SITE = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,63}(:\d{1,5})?([/?#].*)?", re.IGNORECASE)
_VAT = re.compile(r"fr ?\d\d", re.IGNORECASE)
_SIREN_DIGITS, _SIRET_DIGITS = 9, 14
_REASONS = {
    **dict.fromkeys(("retired", "retrait", "retire", "retiree", "depart"), "retired"),
    **dict.fromkeys(("merged", "fusion", "fusionne", "fusionnee", "absorption"), "merged"),
    **dict.fromkeys(("listed by mistake", "listedbymistake"), "listed-by-mistake"),
    **dict.fromkeys(("erreur", "par erreur", "inscrit par erreur"), "listed-by-mistake"),
}


class Saying(NamedTuple):
    """What to say of one of a model's errors; `meant` is the value understood, or None."""

    reason: str
    remedy: str
    meant: Any = None


_Model = TypeVar("_Model", bound=BaseModel)
Readings = Mapping[str, Callable[[str], str | None]]
Told = list[tuple[ErrorDetails, Saying]]


def validate(
    make: Callable[[Any], tuple[_Model | None, list[ErrorDetails]]],
    document: Document,
    say: Callable[[ErrorDetails, Document], Saying],
) -> tuple[_Model | None, Document, Told]:
    """Make a model of a document, or say all that is wrong with it.

    Args:
        make: makes the model of a value, or lists the errors.
        document: what was read.
        say: says what is wrong and what to write instead.

    Returns:
        The model where there is no error; the document with each value that was understood in its
        place, for others to judge; the errors with what is to be said of them.
    """
    told: dict[Path, tuple[ErrorDetails, Saying]] = {}
    for _ in range(_ROUNDS):
        valid, errors = make(document.value)
        if not errors:
            return (None if told else valid), document, list(told.values())
        new = {details["loc"]: details for details in errors}
        sayings = {path: say(one, document) for path, one in new.items() if path not in told}
        told |= {path: (new[path], saying) for path, saying in sayings.items()}
        meant = {path: one.meant for path, one in sayings.items() if one.meant is not None}
        if not meant:
            break
        document = replace(document, value=_with(document.value, meant))
    return None, document, list(told.values())


def _with(value: Any, meant: dict[Path, Any]) -> Any:
    """Return a copy of a document's value with other values at some paths."""
    if () in meant:
        return meant[()]
    copy = _copied(value)
    for path, new in meant.items():
        holder = copy
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = new
    return copy


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def meant(details: ErrorDetails, readings: Readings | None = None) -> Any:
    """Return the value that was meant where a model found an error; None where that is unsure.

    Args:
        details: the error.
        readings: how a text is read again, by the pattern that it does not have.
    """
    given = details["input"]
    match details["type"], given:
        case "string_type", [str(text)]:
            return text
        case "day_form" | "day_impossible", str(text):
            day = day_meant(text)
            return day and day.isoformat()
        case "literal_error", str(text):
            return _REASONS.get(plain(text[:_LONGEST]))
        case "string_pattern_mismatch", str(text) if len(text) <= _LONGEST:
            pattern = details["ctx"]["pattern"]
            reading = (READINGS if readings is None else readings).get(pattern)
            value = reading and reading(text)
            return value if value and re.search(pattern, value) else None
    return None


def items_meant(text: str) -> list[str]:
    """Return the items of a list that was written as a text: « a, b »."""
    return [item for part in re.split(r"[,;]", text[:_LONGEST]) if (item := part.strip(" []'\""))]


def slug_meant(text: str) -> str:
    """Return the identifier that is made from a text; "" where there is none."""
    slug: str = slugify(text[:_LONGEST], max_length=SLUG_LENGTH)
    return slug


def free_slug(text: str, taken: set[str]) -> str:
    """Return an identifier made from a text that nobody has; "" where there is none."""
    slug = slug_meant(text)
    return next(one for one in _numbered(slug) if one not in taken) if slug else ""


def slugs_of(document: Document) -> Iterator[str]:
    """List the identifiers of a register, present and former, as they were meant."""
    entries = document.value["signatories"]
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            former = entry.get("former_slugs")
            for slug in [entry.get("slug"), *(former if isinstance(former, list) else ())]:
                if isinstance(slug, str):
                    yield slug if _SLUG.fullmatch(slug) else slug_meant(slug)


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug[: SLUG_LENGTH - 8].rstrip('-')}-{number}"
        number += 1


def is_siret(text: str) -> bool:
    """Return whether a text is the number of an establishment, which begins with a SIREN."""
    return len(_digits(text)) == _SIRET_DIGITS


def _siren(text: str) -> str | None:
    digits = _digits(_VAT.sub("", text))
    return digits[:_SIREN_DIGITS] if len(digits) in {_SIREN_DIGITS, _SIRET_DIGITS} else None


def _digits(text: str) -> str:
    return "".join(char for char in text[:_LONGEST] if char in "0123456789")


def _site(text: str) -> str | None:
    bare = _SCHEME.sub("", text.strip(" <>\u00a0\u202f\t"), count=1)
    return f"https://{bare}" if _SITE.fullmatch(bare) else None


def one_line(text: str) -> str:
    """Return a text with its lines and spaces made one."""
    return " ".join(text.split())


# How a text is read again, by the pattern that it does not have.
READINGS: Readings = {
    SLUG: slug_meant,
    SIREN: _siren,
    URL: _site,
    TEXT: one_line,
}
