"""What the tests share: the site, built once, and a browser to look at it with.

The site here is that of the printed edition, which never changes: a test may know its names and
its totals. What must be true of the register as it is today, and after any valid change, stands in
`tests/live/` and nowhere else.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from building import LIVE, ROOT, SITE_URL, Once, commit_all, copy_project, name_only, run_mkdocs
from charte.cache import Cache
from charte.expansion import Expansion
from charte.project import Place, Project, read_project
from looking import chromium, served

# How long an example takes says more of the machine than of the code; the bench looks at speed.
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")


class OneSiteOneProcess(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Gives each test to a process that is free, and all tests of one live site to one of them."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid[nodeid.find("[") :] if nodeid.startswith("tests/live/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneSiteOneProcess:
    """Share the tests out among processes."""
    return OneSiteOneProcess(config, log)


def _digests() -> dict[str, str]:
    """Return the digest of each file of the live data, by name."""
    files = sorted(file for file in LIVE.rglob("*") if file.is_file())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="session", autouse=True)
def data_is_left_alone() -> Iterator[None]:
    """Check that no test writes into the live data: each has a folder of its own."""
    before = _digests()
    yield
    assert _digests() == before, "a test has written into data/"


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a way to make a folder once for all processes that run the tests."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return made


def _build(folder: Path, *arguments: str) -> None:
    result = run_mkdocs(folder, "build", "--strict", *arguments)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="session")
def printed(once: Once) -> Path:
    """Build the site of the printed edition, strictly, and return the project's folder."""

    def make(folder: Path) -> None:
        copy_project(folder)
        commit_all(folder, "2020-11-16")
        _build(folder)

    return once("printed", make)


@pytest.fixture(scope="session")
def site(printed: Path) -> Path:
    """Return the built site of the printed edition."""
    return printed / "site"


@pytest.fixture(scope="session")
def project(printed: Path) -> Project:
    """Return the printed edition's project as the build reads it."""
    return read_project(printed, Place(SITE_URL, "Engagé pour la e-santé"))


@pytest.fixture(scope="session")
def expansion(project: Project) -> Expansion:
    """Return the project's views, fragments and pages."""
    return Expansion(project, Cache(None))


@pytest.fixture(scope="session")
def years_later(once: Once) -> Path:
    """Build the site of a register to which everything has happened, and return the project."""

    def make(folder: Path) -> None:
        copy_project(folder)
        register = ROOT / "tests/fixtures/years-later.yaml"
        (folder / "data/signatories.yaml").write_bytes(register.read_bytes())
        name_only(folder, {"withings"})
        commit_all(folder, "2023-01-15")
        _build(folder)

    return once("years-later", make)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site and return its address, without the final slash."""
    with served(site) as where:
        yield where


@pytest.fixture(scope="session")
def later_address(years_later: Path) -> Iterator[str]:
    """Serve the site of some years later in the same way."""
    with served(years_later / "site") as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a real browser."""
    with chromium() as started:
        yield started
