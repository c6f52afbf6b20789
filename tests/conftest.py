"""What the tests share: the site, built once, and a browser to look at it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from charte.expansion import Expansion
from charte.project import Place, Project, read_project
from looking import chromium, served

ROOT = Path(__file__).parent.parent
SITE_URL = "https://charte.example/"
INPUTS = ("mkdocs.yml", "docs", "data", "theme", "hooks")


def run_mkdocs(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a folder as `make site` does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_project(folder: Path) -> Path:
    """Copy what a build reads into a folder that a test may change."""
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="session")
def project() -> Project:
    """Give the project as the build reads it."""
    return read_project(ROOT, Place(SITE_URL, "Engagé pour la e-santé"))


@pytest.fixture(scope="session")
def expansion(project: Project) -> Expansion:
    """Give the project's views, fragments and pages."""
    return Expansion(project)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site, strictly, once for all tests."""
    folder = tmp_path_factory.mktemp("site") / "built"
    result = run_mkdocs(ROOT, "build", "--strict", "--site-dir", str(folder))
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site and give its address, without the final slash."""
    with served(site) as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a real browser."""
    with chromium() as started:
        yield started
