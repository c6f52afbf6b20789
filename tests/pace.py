"""Processor time, counted as if nothing else ran: a busy or slow machine fails no test of speed.

Who shares a processor core slows down the work itself, not only the clock. So what takes too long
is measured against a piece of work that is always the same, here and now.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

NOMINAL = 0.024  # seconds that the same work takes on an idle machine of 2026


@contextmanager
def within(seconds: float, clock: Callable[[], float] = time.process_time) -> Iterator[None]:
    """Check that what is done in the block takes less processor time than some seconds.

    Args:
        seconds: on an idle machine.
        clock: where the time is read: that of this process, if nothing else is said.
    """
    start = clock()
    yield
    took = clock() - start
    if took >= seconds:
        assert took < seconds * max(1, _same_work() / NOMINAL)


def _same_work() -> float:
    """Return the seconds of processor time that a mixture of Python's usual work takes."""
    start = time.process_time()
    lines = [f"    name: {number}, slug: s-{number}" for number in range(20_000)]
    found = {match[0]: match for line in lines if (match := re.search(r"s-\d+", line))}
    sorted(found, key=lambda slug: slug[::-1])
    return time.process_time() - start
