"""The two pictures of the register show what the figures say, and nothing leaves the frame."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte.charts import HEIGHT, WIDTH, growth, letters_chart

FIRST = date(2020, 11, 16)


def points(line: str) -> list[tuple[float, float]]:
    pairs = [point.split(",") for point in line.split()]
    return [(float(x), float(y)) for x, y in pairs]


def test_the_last_edition_holds_on_from_its_day() -> None:
    drawn = growth([(FIRST, 361), (date(2020, 12, 1), 362)])
    assert drawn
    *_, (_, left), (edge, right) = points(drawn.line)
    assert left == right
    assert edge > drawn.dots[-1][0]
    assert [tick.text for tick in drawn.years] == ["16 novembre 2020"]


def test_each_edition_is_a_step() -> None:
    """The number does not grow between editions: it changes on their days."""
    drawn = growth([(FIRST, 100), (date(2022, 1, 31), 200), (date(2023, 1, 31), 150)])
    assert drawn
    line = points(drawn.line)
    assert all(x == after_x or y == after_y for (x, y), (after_x, after_y) in pairwise(line))
    assert [tick.text for tick in drawn.years] == ["2021", "2022", "2023"]
    assert drawn.summary == (
        "100\xa0signataires le 16 novembre 2020, 150 depuis le 31 janvier 2023."
    )


def test_more_signatories_stand_higher() -> None:
    drawn = growth([(FIRST, 100), (date(2022, 1, 31), 200)])
    assert drawn
    (_, low), (_, high) = drawn.dots
    assert high < low


def test_what_has_not_grown_has_no_picture() -> None:
    assert growth([]) is None
    assert growth([(FIRST, 361)]) is None
    assert letters_chart([]) is None


@pytest.mark.parametrize(
    ("highest", "levels"),
    [
        (1, ["0", "1"]),
        (7, ["0", "2", "4", "6", "8"]),
        (361, ["0", "100", "200", "300", "400"]),
        (12345, ["0", "5\u202f000", "10\u202f000", "15\u202f000"]),
    ],
)
def test_the_axis_has_round_figures(highest: int, levels: list[str]) -> None:
    drawn = letters_chart([("A", highest)])
    assert drawn
    assert [tick.text for tick in drawn.levels] == levels


def test_the_letters_that_have_most_names_are_said() -> None:
    drawn = letters_chart([("0-9", 2), ("A", 30), ("M", 30), ("Z", 1)])
    assert drawn
    assert drawn.summary == "Le plus souvent A et M : 30\xa0signataires."
    assert [(bar.label, bar.text) for bar in drawn.bars][-1] == ("Z", "1\xa0signataire")


counts = st.integers(0, 100_000)


@given(st.dictionaries(st.integers(0, 20_000), counts, min_size=2, max_size=40))
def test_growth_stays_in_its_frame(drawn_on: dict[int, int]) -> None:
    editions = [(FIRST + timedelta(days=day), count) for day, count in sorted(drawn_on.items())]
    drawn = growth(editions)
    assert drawn
    for x, y in points(drawn.line):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    assert len(drawn.dots) == len(editions)
    assert len(drawn.years) <= 9


@given(st.lists(counts, min_size=1, max_size=30))
def test_letters_stay_in_their_frame(numbers: list[int]) -> None:
    drawn = letters_chart([(str(place), count) for place, count in enumerate(numbers)])
    assert drawn
    for bar in drawn.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert bar.y >= 0
        assert bar.y + bar.height <= HEIGHT
    assert all(one.x + one.width <= other.x for one, other in pairwise(drawn.bars))
