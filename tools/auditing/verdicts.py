"""What a judge says of a page, and the table of it all.

A verdict is one cell: its column, its page, a short result, and the faults, which are told in full
under the table. A cell with faults is marked, so that the table can be read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_MARK = "✗"


class Verdict(NamedTuple):
    """One result: `page` is an address within the site, `faults` are sentences, none if clean."""

    column: str
    page: str
    result: str
    faults: tuple[str, ...] = ()


def count(column: str, page: str, faults: Sequence[str]) -> Verdict:
    """Give the verdict of a judge that only finds faults: how many there are."""
    return Verdict(column, page, str(len(faults)), tuple(faults))


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Give the lines of the table: one row per page, one column per judge, in order of appearance.

    A page that a judge did not look at has a hyphen.
    """
    columns = list(dict.fromkeys(one.column for one in verdicts))
    cells = {(one.page, one.column): one for one in verdicts}
    pages = dict.fromkeys(one.page for one in verdicts)
    rows = [
        ["page", *columns],
        *([f"/{page}", *(_cell(cells.get((page, one))) for one in columns)] for page in pages),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        numbers = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *numbers])


def details(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Tell each fault once, with the pages that have it: a template's fault is on all of them."""
    pages: dict[tuple[str, str], list[str]] = {}
    for one in verdicts:
        for fault in one.faults:
            pages.setdefault((one.column, fault), []).append(f"/{one.page}")
    for (column, fault), where in pages.items():
        seen = list(dict.fromkeys(where))
        others = f" and {len(seen) - 1} more" if len(seen) > 1 else ""
        yield f"{column}: {fault}\n    on {seen[0]}{others}"


def _cell(verdict: Verdict | None) -> str:
    if verdict is None:
        return "-"
    return f"{verdict.result} {_MARK if verdict.faults else ' '}"
