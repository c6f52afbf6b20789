"""Times this project's build against the plain way and says whether the targets are reached.

    make bench                 three runs of each build, medians (some minutes)
    make bench ARGS=--quick    one run of each

The plain way is MkDocs and Material with one generated Markdown page per signatory; `plain.py` says
what it includes and what it is spared. The builds take turns, because machines are noisy: believe
the ratios rather than the seconds. The exit status is 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

from beside import added_check, drawing_checks, shared_check
from compare import Likeness, likeness
from measure import Cost, build, median, run, tree_hash
from projects import make_ours, make_plain, real_size, touch_all

LARGE = 2000
MIDDLE = 1000  # ours only, for the linear fit
HUGE = 10_000  # for `charte check` only

# Targets.
LEAST_RATIO_REAL = 3.0
LEAST_RATIO_LARGE = 8.0
MOST_MARGINAL = 0.8  # ms of processor time per further signatory
MOST_READING_REAL = 0.5  # seconds of wall time for `charte check`, near-duplicates included
MOST_READING_HUGE = 3.0


@dataclass(frozen=True, slots=True)
class Series:
    """All runs of one project.

    Attributes:
        way: "ours" or "plain".
        size: the number of signatories.
        costs: one per run.
        site: the site that the first run built.
    """

    way: str
    size: int
    costs: tuple[Cost, ...]
    site: Path

    @property
    def median(self) -> Cost:
        """The median cost."""
        return median(self.costs)


@dataclass(frozen=True, slots=True)
class Check:
    """A target and whether it is reached."""

    text: str
    reached: bool

    def __str__(self) -> str:
        return f"{'reached' if self.reached else 'MISSED '}  {self.text}"


def main() -> int:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each build")
    parser.add_argument("--quick", action="store_const", const=1, dest="runs", help="one run")
    runs = parser.parse_args().runs
    with TemporaryDirectory(prefix="bench-") as folder:
        real = real_size()
        ours, plain = measure_all(Path(folder), real, runs)
        print_table(ours, plain)
        print_likeness(likeness(ours[real].site, plain[real].site))
        checks = [
            *ratio_checks(ours[real], plain[real], LEAST_RATIO_REAL),
            *ratio_checks(ours[LARGE], plain[LARGE], LEAST_RATIO_LARGE),
            marginal_check(ours, real),
            identity_check(Path(folder)),
            reading_check(Path(folder), real, runs, MOST_READING_REAL),
            reading_check(Path(folder), HUGE, runs, MOST_READING_HUGE),
            Check(*added_check(Path(folder), runs)),
            *(Check(*result) for result in drawing_checks(Path(folder))),
            *(Check(*shared_check(Path(folder), size)) for size in (real, LARGE)),
        ]
    print("\nTargets", *checks, sep="\n  ")
    return 0 if all(check.reached for check in checks) else 1


def measure_all(folder: Path, real: int, runs: int) -> tuple[dict[int, Series], dict[int, Series]]:
    """Time all builds in turn; each way's series by size, in signatories."""
    projects = {
        ("ours", real): make_ours(folder / "ours-real", real),
        ("plain", real): make_plain(folder / "plain-real", real),
        ("ours", MIDDLE): make_ours(folder / "ours-middle", MIDDLE),
        ("ours", LARGE): make_ours(folder / "ours-large", LARGE),
        ("plain", LARGE): make_plain(folder / "plain-large", LARGE),
    }
    for way in ("ours", "plain"):  # untimed: compiles the modules, warms the disk
        build(projects[way, real], folder / f"warm-{way}")
    costs: dict[tuple[str, int], list[Cost]] = {key: [] for key in projects}
    for turn in range(runs):
        for (way, size), project in projects.items():
            print(f"run {turn + 1} of {runs}: {way}, {size}", file=sys.stderr)
            costs[way, size].append(build(project, _site(project, turn)))
    ours, plain = (
        {
            size: Series(way, size, tuple(costs[way, size]), _site(project, 0))
            for (way, size), project in projects.items()
            if way == wanted
        }
        for wanted in ("ours", "plain")
    )
    return ours, plain


def _site(project: Path, turn: int) -> Path:
    return project.with_name(f"{project.name}-site-{turn}")


def print_table(ours: dict[int, Series], plain: dict[int, Series]) -> None:
    """Print the medians and the ratios."""
    print(f"{'signatories':>11}  {'way':5}  {'wall s':>7}  {'cpu s':>7}  {'peak MB':>7}")
    for size, one in sorted(ours.items()):
        print(_row(one))
        if size in plain:
            print(_row(plain[size]))
            wall, cpu, memory = _ratios(one, plain[size])
            print(f"{'':11}  {'ratio':5}  {wall:6.1f}x  {cpu:6.1f}x  {memory:6.1f}x")


def _row(series: Series) -> str:
    cost = series.median
    return (
        f"{series.size:11}  {series.way:5}  {cost.wall:7.2f}  {cost.cpu:7.2f}  {cost.memory:7.0f}"
    )


def _ratios(ours: Series, plain: Series) -> tuple[float, float, float]:
    """Give plain / ours, of the medians: wall, processor time, memory."""
    low, high = ours.median, plain.median
    return high.wall / low.wall, high.cpu / low.cpu, high.memory / low.memory


def print_likeness(found: Likeness) -> None:
    """Say whether both ways have built the same site."""
    print(f"\nBoth ways publish the same files: {'yes' if found.same_files else 'NO'}.")
    print(f"Pages of both that are alike: {found.alike} of {found.pages}.")
    for page in found.unlike[:5]:
        print(f"  not alike: {page}")


def ratio_checks(ours: Series, plain: Series, least: float) -> Iterator[Check]:
    """Check both speeds at one size."""
    wall, cpu, _ = _ratios(ours, plain)
    for name, ratio in (("wall", wall), ("processor", cpu)):
        text = f"{ours.size} signatories, {name} time: {ratio:.2f} times faster, at least {least:g}"
        yield Check(text, ratio >= least)


def marginal_check(ours: dict[int, Series], real: int) -> Check:
    """Check what one more signatory costs, from the medians at both ends; the fit is printed."""
    rise = ours[LARGE].median.cpu - ours[real].median.cpu
    marginal = rise / (LARGE - real) * 1e3
    points = [(one.size, cost.cpu * 1e3) for one in ours.values() for cost in one.costs]
    slope, fixed = linear_regression(*zip(*points, strict=True))
    print(f"\nProcessor time of ours: {fixed:.0f} ms + {slope:.3f} ms per signatory (linear fit")
    print(
        f"over {len(points)} builds); {marginal:.3f} ms per signatory between {real} and {LARGE}."
    )
    text = f"{marginal:.2f} ms of processor time per further signatory, at most {MOST_MARGINAL:g}"
    return Check(text, marginal <= MOST_MARGINAL)


def identity_check(folder: Path) -> Check:
    """Build the same input twice, drawings included, where all that must not matter differs."""
    hashes = set()
    for number, seed, stamp in zip(count(1), ("1", "4242"), (10**9, 15 * 10**8), strict=False):
        project = make_ours(folder / f"same-{number}" / ("deeper" * number), 0)
        touch_all(project, stamp)
        build(project, folder / f"same-{number}" / "site", seed, drawings=True)
        hashes.add(tree_hash(folder / f"same-{number}" / "site"))
    digests = ", ".join(sorted(digest[:12] for digest in hashes))
    text = f"two builds byte-identical: other folder, hash seed and file dates ({digests})"
    return Check(text, len(hashes) == 1)


def reading_check(folder: Path, size: int, runs: int, most: float) -> Check:
    """Time `charte check` as a process, one more run before those that count."""
    project = make_ours(folder / f"check-{size}", size)
    command = (sys.executable, "-m", "charte.cli", "check")
    costs = [run(command, project, PYTHONPATH="hooks") for _ in range(runs + 1)][1:]
    cost = median(costs)
    text = (
        f"charte check, {size} entries: {cost.wall:.2f} s, at most {most:g} ({cost.memory:.0f} MB)"
    )
    return Check(text, cost.wall <= most)


if __name__ == "__main__":
    sys.exit(main())
