"""Days as people write them, and what is not read as one."""

from __future__ import annotations

from datetime import date

import pytest

from charte.days import day_meant


@pytest.mark.parametrize(
    "text",
    [
        "25/11/2026",
        "25-11-2026",
        "25.11.2026",
        "25 11 2026",
        "25 novembre 2026",
        "25 Novembre 2026",
        "mercredi 25 novembre 2026",
        "25 nov. 2026",
        "25\u00a0novembre\u00a02026",
        " 25/11/2026 ",
        "2026/11/25",
        "2026-11-25",
        "2026-11-25T00:00:00",
        "2026-11-25 00:00:00Z",
        "2026-25-11",
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str) -> None:
    assert day_meant(text) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er décembre 2026", date(2026, 12, 1)),
        ("1/2/2026", date(2026, 2, 1)),
        ("2 août 2026", date(2026, 8, 2)),
        ("2026-2-1", date(2026, 2, 1)),
    ],
)
def test_a_day_comes_before_its_month(text: str, day: date) -> None:
    assert day_meant(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "25/11/26",
        "11/25/2026",
        "31/11/2026",
        "25/11-2026",
        "novembre 2026",
        "25 ju 2026",
        "25 jui 2026",
        "25 brumaire 2026",
        "25 november 2026",
        "0000-01-01",
        "٢٥/١١/٢٠٢٦",
        "25/11/2026" * 100_000,
    ],
)
def test_what_may_mean_another_day_is_not_guessed(text: str) -> None:
    assert day_meant(text) is None
