"""What the tests share: the site, built once, and a browser to look at it with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from building import ROOT, SITE_URL, copy_project, name_only, run_mkdocs
from charte.cache import Cache
from charte.expansion import Expansion
from charte.project import Place, Project, read_project
from looking import chromium, served

# How long an example takes says more of the machine than of the code; the bench looks at speed.
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")


@pytest.fixture(scope="session")
def project() -> Project:
    """Give the project as the build reads it."""
    return read_project(ROOT, Place(SITE_URL, "Engagé pour la e-santé"))


@pytest.fixture(scope="session")
def expansion(project: Project) -> Expansion:
    """Give the project's views, fragments and pages."""
    return Expansion(project, Cache(None))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site, strictly, once for all tests."""
    folder = tmp_path_factory.mktemp("site") / "built"
    result = run_mkdocs(ROOT, "build", "--strict", "--site-dir", str(folder))
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def years_later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a register to which everything has happened, and give the project."""
    folder = copy_project(tmp_path_factory.mktemp("years-later"))
    register = ROOT / "tests/fixtures/years-later.yaml"
    (folder / "data/signatories.yaml").write_bytes(register.read_bytes())
    name_only(folder, {"withings"})
    result = run_mkdocs(folder, "build", "--strict")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site and give its address, without the final slash."""
    with served(site) as where:
        yield where


@pytest.fixture(scope="session")
def later_address(years_later: Path) -> Iterator[str]:
    """Serve the site of some years later in the same way."""
    with served(years_later / "site") as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a real browser."""
    with chromium() as started:
        yield started
