"""Values about who publishes, as they were meant: a telephone, a rate, a list."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails

from charte.publication.model import EMAIL, PHONE, RATE
from charte.register.document import Path
from charte.register.meanings import READINGS, Readings, items_meant, meant, one_line

_ENUMERATED = {"environments", "tools", "pages"}  # lists of words, where a comma separates


def value_meant(details: ErrorDetails, path: Path) -> Any:
    """Return the value that was meant; None where it is unsure, or is an item of a list."""
    if not path or isinstance(path[-1], int):
        return None
    given = details["input"]
    if details["type"] == "tuple_type" and isinstance(given, str) and given.strip():
        return items_meant(given) if path[-1] in _ENUMERATED else [one_line(given)]
    return meant(details, _READINGS)


def _email(text: str) -> str:
    return text.strip(" <>").removeprefix("mailto:")


def _phone(text: str) -> str:
    kept = "".join(one if one in "+0123456789" else " " for one in text.replace("(0)", ""))
    return one_line(kept)


def _rate(text: str) -> str:
    return text.replace("%", "").replace(".", ",").strip()


_READINGS: Readings = {**READINGS, EMAIL: _email, PHONE: _phone, RATE: _rate}
