"""No pattern of the package works longer than in proportion to what a stranger writes.

Each pattern that stands in a module is given, in the way that its module uses it, what makes
careless ones take quadratic time: a long run of what it begins with, that ends otherwise than it
hopes for.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import charte

SECOND = 1.0  # of processor time, for a text of a million characters
RUNS = (
    *(" ", "\t", "\n", "\u00a0", "a", "é", "0", ".", "-", "–", "_", "/", "\\", ":", "<", "&", "#"),
    *('"', "'", "`", "«", "(", "[", "{", "=", "*", "@", ",", "~", "a.", "a-", " /", "a@", "a@a."),
    *(" -", "- ", "a: '", "\n\n", "<a ", "<!--", "&a", "&#1", "(a", "0 ", "06", "+33", "e\u0301"),
    *("âa", "Ã", "  #", '\\"', "<url>", "https:", "<h2>", "expand:", "[[ ", "a \t,"),
)
# Read what is code or made by the engine, and nothing that a proposal for the register holds.
TRUSTED = {
    "expansion._SITEMAP_ENTRY",
    "draft._BODY",
    "draft._OLD_BAND",
    "search._TAG",
    "search._WITHIN_A_WORD",
    "slots._ANYTHING_LIKE_A_SLOT",
    "typography._JINJA",
    "typography._MARKUP",
}
# Read texts that are never longer than this, many of them.
BOUNDED = {
    "opendata.tables._FAULT": 1_000,  # a field of the model
    "reporting._LINK": 1_000,  # a message
    "reporting._TARGET": 200,  # what is shown of a line
}
USED = {"register.rules.texts._STRAY_SPACES": "search"}
AT_ONE_PLACE = {"match", "fullmatch"}


def patterns() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    """List the patterns that stand in the modules, with their names and what they are used for."""
    seen: set[int] = set()
    for info in pkgutil.walk_packages(charte.__path__, "charte."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            whole = f"{info.name.removeprefix('charte.')}.{name}"
            uses = set(re.findall(rf"\b{name}\.(\w+)\(", inspect.getsource(module)))
            for found in _within(value):
                if id(found) not in seen:
                    seen.add(id(found))
                    yield whole, found, {USED[whole]} if whole in USED else uses


def _within(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _within(one)


PATTERNS = list(patterns())


def _spent(pattern: re.Pattern[Any], uses: set[str], text: str) -> float:
    given: Any = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.process_time()
    pattern.match(given)
    if "fullmatch" in uses:
        pattern.fullmatch(given)
    if not uses or uses - AT_ONE_PLACE:
        for _ in pattern.finditer(given):
            pass
    return time.process_time() - start


def test_the_patterns_are_found() -> None:
    names = {name for name, *_ in PATTERNS}
    assert {"register.rules.addresses._EMAIL", "register.reading._ENTRY"} <= names
    assert TRUSTED | BOUNDED.keys() | USED.keys() <= names


@pytest.mark.parametrize(
    ("name", "pattern", "uses"),
    [one for one in PATTERNS if one[0] not in TRUSTED],
    ids=[name for name, *_ in PATTERNS if name not in TRUSTED],
)
def test_a_pattern_takes_time_in_proportion(
    name: str, pattern: re.Pattern[Any], uses: set[str]
) -> None:
    length = BOUNDED.get(name, 0)
    if length:
        texts = [(run * length)[:length] + "!" for run in RUNS]
        assert max(_spent(pattern, uses, text) for text in texts) < SECOND / 10
        return
    _, worst = max((_spent(pattern, uses, run * (2_000 // len(run)) + "!"), run) for run in RUNS)
    for size in (100_000, 1_000_000):  # a quadratic one is caught before it takes minutes
        assert _spent(pattern, uses, worst * (size // len(worst)) + "!") < SECOND, worst
