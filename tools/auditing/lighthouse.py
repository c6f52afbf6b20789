"""Lighthouse on the pages that people arrive at: a slow telephone, the median of five visits.

A first visit is also where weight counts, and Lighthouse has weighed it: bytes as transferred,
requests, and how much the page moves while it loads.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from auditing.pages import ANNEX, CHARTER, HOME, SIGNATORY, Site
from auditing.programs import AUDIT, CannotJudge, output
from auditing.verdicts import Verdict
from looking import NAMES, QUIET

_PAGES = (HOME, ANNEX, SIGNATORY, CHARTER)
_LIGHT = (HOME, ANNEX, SIGNATORY)  # the pages whose weight is promised
_RUNS = 5
_LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
_MOST_WEIGHT = 150  # kB, thousands of bytes
_MOST_REQUESTS = 15
_MOST_SHIFT = 0.005  # a hundredth when rounded

_Report = dict[str, Any]


def lighthouse(site: Site) -> Iterator[Verdict]:
    """Have Lighthouse visit the pages that people arrive at.

    Raises:
        CannotJudge: when a visit fails; Lighthouse has said why.
    """
    reports = _visits([site.address + page for page in _PAGES])
    for number, page in enumerate(_PAGES):
        visits = reports[number * _RUNS :][:_RUNS]
        yield from _scores(page, visits)
        yield from _weights(page, visits[0])


def _visits(addresses: Sequence[str]) -> list[_Report]:
    """Visit each address several times, one after the other."""
    flags = ["--headless=new", *QUIET]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses its sandbox to root
    own = next(filter(None, map(shutil.which, NAMES)), "")
    order = ["node", "visit.mjs", str(_RUNS), " ".join(flags), *addresses]
    reports = output(order, AUDIT, CHROME_PATH=own).splitlines()
    if len(reports) != _RUNS * len(addresses):
        raise CannotJudge("lighthouse gave up; its message is above.")
    return [json.loads(report) for report in reports]


def _scores(page: str, reports: Sequence[_Report]) -> Iterator[Verdict]:
    """Give the median score of each category, out of 100, and what it lost points for."""
    for category, least in _LEAST.items():
        found = [round(100 * (one["categories"][category]["score"] or 0)) for one in reports]
        score = median(found)
        faults = tuple(_lost(reports[found.index(int(score))], category)) if score < least else ()
        yield Verdict(category, page, f"{score:.0f}", faults)


def _lost(report: _Report, category: str) -> Iterator[str]:
    """Name the audits that cost points, with what they measured and where."""
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            items = audit.get("details", {}).get("items", [])
            nodes = [item["node"]["selector"] for item in items if "node" in item]
            told = [audit["title"], audit.get("displayValue", ""), *nodes[:3]]
            yield ", ".join(filter(None, told))


def _weights(page: str, report: _Report) -> Iterator[Verdict]:
    """Weigh a first visit; only some pages have promised a limit."""
    requests = [
        item
        for item in report["audits"]["network-requests"]["details"]["items"]
        if item["url"].startswith("http")
    ]
    requests.sort(key=lambda item: -int(item["transferSize"]))
    heaviest = ", ".join(
        f"{Path(item['url']).name or 'the page'} {item['transferSize'] / 1000:.1f}"
        for item in requests[:8]
    )
    weight = sum(item["transferSize"] for item in requests) / 1000
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    limited = page in _LIGHT
    yield Verdict(
        "kB",
        page,
        f"{weight:.0f}",
        (f"{weight:.1f} kB, {_MOST_WEIGHT} promised: {heaviest}",)
        if limited and weight > _MOST_WEIGHT
        else (),
    )
    yield Verdict(
        "requests",
        page,
        str(len(requests)),
        (f"{len(requests)} requests, {_MOST_REQUESTS} promised",)
        if limited and len(requests) > _MOST_REQUESTS
        else (),
    )
    yield Verdict(
        "shift", page, f"{shift:.2f}", (f"moves by {shift:.3f}",) if shift > _MOST_SHIFT else ()
    )
