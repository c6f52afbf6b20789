"""A day as people write it: « 25/11/2026 », « 25 novembre 2026 », « 1er déc. 2026 »."""

from __future__ import annotations

import re
from datetime import date

from charte.french import fold

_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_LONGEST = 40
_DAY_FIRST = re.compile(r"(\d{1,2})([/. -])(\d{1,2})\2(\d{4})", re.ASCII)
# A time of day may follow, as spreadsheets and programs write it.
_YEAR_FIRST = re.compile(r"(\d{4})([/. -])(\d{1,2})\2(\d{1,2})(?:[t ][\d:.z+ ]*)?", re.ASCII)
_IN_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]{3,9})\.? (\d{4})", re.ASCII)


def day_meant(text: str) -> date | None:
    """Return the day that a text means to whoever writes dates as the French do, else None.

    The year has four digits, so that none is guessed; « 2026-25-11 » can only mean one day.
    """
    if len(text) > _LONGEST:
        return None
    said = " ".join(fold(text).split())
    if match := _DAY_FIRST.fullmatch(said):
        return _day(match[4], match[3], match[1])
    if match := _YEAR_FIRST.fullmatch(said):
        return _day(match[1], match[3], match[4]) or _day(match[1], match[4], match[3])
    if match := _IN_WORDS.fullmatch(said):
        months = [at for at, month in enumerate(_MONTHS, 1) if month.startswith(match[2])]
        return _day(match[3], str(months[0]), match[1]) if len(months) == 1 else None
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
