"""The day it is, here and around the earth: the one clock of the commands.

A maintainer in Nouméa has begun a day that has not begun in Paris, and the machine that checks the
proposal is in neither. A day is in the future when it has begun nowhere on earth, and over when it
is over everywhere; both are the same wherever they are asked.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

_FIRST_ZONE = timezone(timedelta(hours=14))  # Line Islands: every day begins there
_LAST_ZONE = timezone(timedelta(hours=-12))  # Baker Island: every day ends there


def today(now: datetime | None = None) -> date:
    """Return the day where the maintainer is."""
    return (now or datetime.now(UTC)).astimezone().date()


def latest_day(now: datetime | None = None) -> date:
    """Return the last day that has begun somewhere; what comes after it is in the future."""
    return (now or datetime.now(UTC)).astimezone(_FIRST_ZONE).date()


def earliest_day(now: datetime | None = None) -> date:
    """Return the first day that is still under way somewhere; what comes before it is over."""
    return (now or datetime.now(UTC)).astimezone(_LAST_ZONE).date()
