"""Runs a build in a process of its own and says what it cost.

The kernel keeps the account (`wait4`): processor time is user and system time of the process and of
all its children, memory is the largest resident set of any of them. A build always writes into a
fresh folder: deleting the old site first would slow the file system, and not by the same amount for
both ways.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter


class BuildError(RuntimeError):
    """A build that was to be timed ended with an error; `str()` holds what it printed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one build cost.

    Attributes:
        wall: seconds from start to end.
        cpu: seconds of processor time, user and system, children included.
        memory: peak resident set, in MB (10^6 bytes).
    """

    wall: float
    cpu: float
    memory: float


def build(project: Path, site: Path, hash_seed: str = "0", *, drawings: bool = False) -> Cost:
    """Build a project with MkDocs into a folder that does not exist yet.

    Args:
        project: the folder of mkdocs.yml.
        site: where the site is written.
        hash_seed: the PYTHONHASHSEED of the process.
        drawings: whether cards and documents are made too, from an empty cache.

    Raises:
        BuildError: if MkDocs ends with an error.
    """
    command = (sys.executable, "-m", "mkdocs", "build", "-d", str(site))
    variables = {
        "PYTHONHASHSEED": hash_seed,
        "NO_MKDOCS_2_WARNING": "1",
        "CHARTE_DRAWINGS": str(drawings).lower(),
        "CHARTE_CACHE": str(site.with_name(f"{site.name}-cache")),
    }
    return run(command, project, **variables)


def run(command: Sequence[str], folder: Path, **variables: str) -> Cost:
    """Run a command in a folder, with more environment variables, and give its cost.

    Raises:
        BuildError: if its exit status is not 0.
    """
    with TemporaryFile() as printed:
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**_environment(), **variables}, stdout=printed, stderr=printed
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # so that it is not waited for again
        if process.returncode:
            printed.seek(0)
            raise BuildError(f"{' '.join(command)}\n{printed.read().decode(errors='replace')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT / 1e6)


_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes

# What a site says of itself comes from these; the bench publishes nowhere.
_SITE_VARIABLES = ("SITE_URL", "REGISTER_SOURCE", "REGISTER_COMMIT", "CHARTE_ENV")


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _SITE_VARIABLES}


def median(costs: Iterable[Cost]) -> Cost:
    """Give the median of each measure, taken by itself."""
    costs = tuple(costs)
    return Cost(
        wall=statistics.median(cost.wall for cost in costs),
        cpu=statistics.median(cost.cpu for cost in costs),
        memory=statistics.median(cost.memory for cost in costs),
    )


def file_hashes(folder: Path) -> dict[str, str]:
    """Give the hash of each file under a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def tree_hash(folder: Path) -> str:
    """Give one hash of all paths and bytes under a folder."""
    lines = (f"{content}  {path}\n" for path, content in file_hashes(folder).items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()
