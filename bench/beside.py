"""What is published beside the pages: what it costs, and how many files one more signatory changes.

Cards and documents are drawn in this process, from an empty cache and from a full one; all the rest
is the difference between a build with our hook and one by the engine alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from building import ROOT, SITE_URL
from charte.cache import Cache
from charte.outputs import documents, drawings
from charte.project import Place, read_project
from charte.viewers import view_site
from charte.views import SiteView
from measure import build, file_hashes, median
from projects import make_ours, one_more

MOST_ADDED = 1.0  # seconds of wall time, everything but drawings
MOST_DRAWING = 20.0  # seconds, cards and PNG badges, from an empty cache
MOST_KEPT = 0.3  # the same from a full cache
MOST_DOCUMENT = 2.0  # seconds, the PDF of one edition
MOST_SHARED = 25  # files

Result = tuple[str, bool]


def added_check(folder: Path, runs: int) -> Result:
    """Time the build with the hook, drawings aside, and by the engine alone, in turn."""
    ours = make_ours(folder / "with-hook", 0)
    engine = make_ours(folder / "without-hook", 0)
    configuration = engine / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(re.sub(r"(?m)^hooks:\n.*\n", "", text), encoding="utf-8")
    costs = [
        (build(ours, folder / f"with-{run}"), build(engine, folder / f"without-{run}"))
        for run in range(runs)
    ]
    whole = median([cost for cost, _ in costs]).wall
    alone = median([cost for _, cost in costs]).wall
    text = (
        f"all that the hook does but drawings: {whole - alone:.2f} s more than the engine's "
        f"{alone:.2f}, at most {MOST_ADDED:g}"
    )
    return text, whole - alone <= MOST_ADDED


def drawing_checks(folder: Path) -> Iterator[Result]:
    """Draw all cards, badges and documents, twice."""
    site = _site()
    cache = Cache(folder / "cache")
    empty, count = _timed(lambda: sum(1 for _ in drawings.outputs(site, cache)))
    full, _ = _timed(lambda: sum(1 for _ in drawings.outputs(site, cache)))
    document, _ = _timed(lambda: sum(1 for _ in documents.outputs(site, cache)))
    yield (
        f"{count} cards and PNG badges, empty cache: {empty:.1f} s, at most {MOST_DRAWING:g}",
        empty <= MOST_DRAWING,
    )
    yield f"the same from a full cache: {full:.2f} s, at most {MOST_KEPT:g}", full <= MOST_KEPT
    yield (
        f"charter and annex as PDF: {document:.2f} s, at most {MOST_DOCUMENT:g}",
        document <= MOST_DOCUMENT,
    )


def _site() -> SiteView:
    return view_site(read_project(ROOT, Place(SITE_URL, "Engagé pour la e-santé")))


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def shared_check(folder: Path, size: int) -> Result:
    """Add one signatory to a register of any size and count the files of others that change."""
    project = make_ours(folder / f"shared-{size}", size)
    build(project, folder / f"shared-{size}-before")
    slug, day = one_more(project)
    build(project, folder / f"shared-{size}-after")
    before = file_hashes(folder / f"shared-{size}-before")
    after = file_hashes(folder / f"shared-{size}-after")
    changed = {uri for uri in before.keys() | after.keys() if before.get(uri) != after.get(uri)}
    shared = [uri for uri in changed if slug not in uri and day not in uri]
    text = (
        f"one more than {size}: {len(changed)} files change, of which {len(shared)} of others, "
        f"at most {MOST_SHARED}"
    )
    return text, len(shared) <= MOST_SHARED
