"""Two registers of any size and any bytes are compared in bounded time, and without a traceback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte.register.against import history_problems
from charte.register.checking import check_register
from charte.register.closed import CLOSED
from charte.register.differences import compare
from charte.register.published import Published, read_published
from charte.register.review import markdown
from pace import within

TODAY = date(2026, 11, 25)
FIRST = date(2020, 1, 1)
HEAD = "edition: 2020-11-16\nsignatories:\n"
MANY = "".join(
    f"  - name: Societe {n} {'abc'[n % 3]}\n    slug: s-{n}\n"
    f"    listed: {FIRST + timedelta(n % 2500)}\n"
    for n in range(10_000)
)


def published(data: bytes) -> Published:
    found = read_published(data)
    assert found
    return found


@pytest.fixture(scope="module")
def many() -> Published:
    return published((HEAD + MANY).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("listed: 2020", "listed: 2019"),
        lambda text: text.replace("Societe", "Societi"),
        lambda text: text.replace("slug: s-", "slug: t-"),
        lambda text: text.replace("Societe", "S").replace("slug: s-", "slug: t-"),
        lambda text: text[: len(HEAD)] + "  []\n",
        lambda text: f"{text}  - name: Societe\n    slug: societe\n    listed: 2026-11-25\n",
    ],
)
def test_ten_thousand_entries_are_compared_in_a_second(
    change: Callable[[str], str], many: Published
) -> None:
    """Reading both of them takes as long again; that is another matter."""
    after = change(HEAD + MANY).encode()
    found = check_register(after, "f", (), TODAY, before=many.register)
    now = published(after)
    with within(1):
        list(history_problems(many, found.subject, "f", TODAY))
        told = markdown(compare(many.register, now.register))
    assert len(told) < 65_536


def test_names_given_up_by_the_hundred_are_compared_in_a_second() -> None:
    names = "".join(
        f"      - name: B{n}\n        until: {FIRST + timedelta(n)}\n" for n in range(1, 100)
    )
    one = "  - name: A{0}\n    slug: a{0}\n    listed: 2020-01-01\n    former_names:\n" + names
    text = HEAD + "".join(one.format(n) for n in range(200))
    before = published(text.encode())
    after = text.replace("name: B50\n", "name: C\n").encode()
    found = check_register(after, "f", (), TODAY, before=before.register)
    with within(1):
        problems = list(history_problems(before, found.subject, "f", TODAY))
    assert [one.rule for one in problems] == [CLOSED.name] * 200


WORDS = st.sampled_from(
    [
        *("edition: 2020-11-16", "signatories:", "name: A", "name: B", "slug: a", "slug: b"),
        *("listed: 2020-11-16", "listed: 2021-01-01", "former_slugs: [a]", "see_also: [b]"),
        *("withdrawn: {on: 2021-01-01, reason: retired}", "former_names: [{name: A, until: x}]"),
        *("former_names: [{name: A, until: 2021-01-01}]", "note: x", "x", "[]", "- a", "name:\n"),
    ]
)
MARGINS = st.sampled_from(["", "  - ", "    ", "    ", "    "])
TEXTS = st.lists(st.tuples(MARGINS, WORDS).map("".join), max_size=14).map("\n".join)
ANY = TEXTS | TEXTS.map(lambda text: f"{HEAD}{text}\n") | st.text(max_size=20)


@settings(max_examples=300)
@given(ANY, ANY)
def test_whatever_two_registers_hold_they_are_compared_without_a_traceback(
    before: str, after: str
) -> None:
    base = read_published(before.encode("utf-8", "surrogatepass"))
    data = after.encode("utf-8", "surrogatepass")
    found = check_register(data, "f", (), TODAY, before=base.register if base else None)
    now = read_published(data)
    if base:
        for problem in history_problems(base, found.subject, "f", TODAY):
            assert problem.line > 0
            assert problem.reason
            assert problem.remedy
    if base and now:
        assert markdown(compare(base.register, now.register))


@given(ANY)
def test_what_does_not_change_forgets_nothing(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    base = read_published(data)
    if base and (found := check_register(data, "f", (), TODAY, before=base.register)).reading:
        assert list(history_problems(base, found.subject, "f", TODAY)) == []
