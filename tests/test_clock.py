"""One clock for all commands: which day it is depends on where one asks, what is past does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from charte.clock import earliest_day, latest_day, today
from charte.register.checking import check_register

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
REGISTER = "edition: 2020-11-16\nsignatories:\n  - name: A\n    slug: a\n    listed: {}\n"


@pytest.fixture(params=["Pacific/Kiritimati", "Europe/Paris", "Etc/GMT+12"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Work in a zone of the earth."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("hour", "latest", "earliest"),
    [(9, 25, 24), (10, 26, 24), (11, 26, 24), (12, 26, 25), (23, 26, 25)],
)
def test_a_day_begins_in_the_first_zone_and_ends_in_the_last(
    hour: int, latest: int, earliest: int
) -> None:
    now = NOON.replace(hour=hour)
    assert (latest_day(now), earliest_day(now)) == (
        date(2026, 11, latest),
        date(2026, 11, earliest),
    )


def test_today_is_the_day_where_one_is(zone: str) -> None:
    days = {"Pacific/Kiritimati": 26, "Europe/Paris": 25, "Etc/GMT+12": 25}
    assert today(NOON) == date(2026, 11, days[zone])


@pytest.mark.parametrize(("day", "found"), [("2026-11-26", False), ("2026-11-27", True)])
def test_a_date_is_in_the_future_when_it_has_begun_nowhere(day: str, found: bool) -> None:  # noqa: FBT001 - a row
    check = check_register(
        REGISTER.format(day).encode(), "f", (), date(2026, 11, 25), latest=latest_day(NOON)
    )
    assert bool(check.problems) == found


def test_today_is_accepted_wherever_it_is_written(zone: str, tmp_path: Path) -> None:
    from charte.cli import main  # noqa: PLC0415 - after the zone is set

    file = tmp_path / "signatories.yaml"
    file.write_text(REGISTER.format("2020-11-16"), encoding="utf-8")
    added = CliRunner().invoke(main, ["add", "--name", zone, "--file", str(file)])
    assert added.exit_code == 0, added.output
    checked = CliRunner().invoke(main, ["check", str(file)])
    assert checked.exit_code == 0, checked.output
