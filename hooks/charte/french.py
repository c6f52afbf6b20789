"""The one place that knows French: order, letters, folding, dates.

The annex is sorted as the ministry printed it and as French indexes are: word by word, digits
first, case and accents deciding only between names that are otherwise equal, a hyphen or an
apostrophe not separating words (« e-ophtalmo » stands between « Enovacom » and « Epiconcept »).
No locale of the machine is consulted, so the order is the same everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

DIGITS = "0-9"
OTHERS = "Autres"

_MONTHS = [
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
]
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ς": "σ"}
)
# Apostrophes, hyphens, and what a copied name may hold unseen.
_JOINERS = re.compile(r"['’ʼ‘`′\u00ad\u200b-\u200d\u2010-\u2015\u2060\ufeff-]")
_SEPARATORS = re.compile(r"[\W_]+")
_LAST = "\U0010ffff"


def fold(text: str) -> str:
    """Strip what no French reader types: case, accents, ligatures. « Œuvre » is « oeuvre »."""
    if text.isascii():
        return text.lower()
    lower = unicodedata.normalize("NFKD", text).lower().translate(_LIGATURES)
    return "".join(char for char in lower if unicodedata.category(char) != "Mn")


def plain(text: str) -> str:
    """Give the words of a text as they are sorted and looked for: « L’Œuvre (e-santé) » is
    « loeuvre esante ».

    Apostrophes and hyphens join, whatever else is neither letter nor digit separates. The annex's
    filter does the same in the reader's browser, in theme/assets/js/fold.js.
    """
    return _SEPARATORS.sub(" ", _JOINERS.sub("", fold(text))).strip()


def sort_key(text: str) -> tuple[str, str, str]:
    """Give the key of the French alphabetical order: letters, then accents and case, then all.

    Space sorts before digits and digits before letters, as their code points do; other alphabets
    come after them, and last what has no letter at all, so that each heading stands only once.
    """
    spread = unicodedata.normalize("NFD", text.casefold())
    return plain(text) or _LAST, spread, text


def letter(text: str) -> str:
    """Give the heading under which a name stands: A to Z, « 0-9 » or « Autres »."""
    first = sort_key(text)[0][:1]
    if not first.isascii():
        return OTHERS
    return DIGITS if first.isdigit() else first.upper()


def long_date(day: date) -> str:
    """Write a date in words: « 16 novembre 2020 », « 1er mai 2021 »."""
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{ordinal} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Write a date as the printed annex does: « 16/11/2020 »."""
    return f"{day:%d/%m/%Y}"


def number(value: int) -> str:
    """Write a whole number with narrow no-break spaces between thousands: « 10 000 »."""
    return f"{value:,}".replace(",", "\u202f")


def counted(value: int, noun: str) -> str:
    """Write a number with its noun; in French, nought and one are singular."""
    return f"{number(value)}\u00a0{noun}{'s' if value > 1 else ''}"
