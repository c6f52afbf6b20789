"""Copies of the project, built as `make site` builds it, for the tests and the bench.

A copy holds the data of the printed edition, which never changes, unless it is asked for the live
data: what a test knows of names and totals stays true whoever signs next.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SITE_URL = "https://charte.example/"
INPUTS = ("mkdocs.yml", "docs", "data", "theme", "hooks")
LIVE = ROOT / "data"
PRINTED = ROOT / "tests/fixtures/printed"

# Makes a folder once, under a name, whatever the number of processes that ask for it.
Once = Callable[[str, Callable[[Path], None]], Path]


def run_mkdocs(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a folder as `make site` does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder,
        env={**own_environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def start_site_build(
    folder: Path, *, stderr: int = subprocess.PIPE, **environment: str
) -> subprocess.Popen[str]:
    """Start what `make site` runs in a folder, without drawings, and return the process."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "tools/site_build.py")],
        cwd=folder,
        env={**own_environment(), "CHARTE_DRAWINGS": "false", **environment},
        stderr=stderr,
        text=True,
    )


def own_environment() -> dict[str, str]:
    """Leave out what a maintainer may have set to publish: tests have their own addresses."""
    own = {"SITE_URL", "REGISTER_SOURCE", "REGISTER_COMMIT", "CHARTE_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    # What was drawn once need not be drawn for each of many builds; most copies have no history.
    return {
        "CHARTE_CACHE": str(ROOT / ".cache/charte"),
        **kept,
        "CHARTE_HISTORY": "optional",
        "NO_MKDOCS_2_WARNING": "1",
    }


def copy_project(folder: Path, data: Path = PRINTED) -> Path:
    """Copy what a build reads into a folder that a test may change.

    Args:
        folder: where to copy it.
        data: the folder whose YAML files the copy's `data/` holds.
    """
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    for file in (folder / "data").glob("*.yaml"):
        file.unlink()
    for file in data.glob("*.yaml"):
        shutil.copy(file, folder / "data")
    return folder


def commit_all(folder: Path, day: str) -> str:
    """Commit all files of a folder on a day, by somebody unknown, and return the commit's hash."""
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (
            ("NAME", "Essai"),
            ("EMAIL", "essai@charte.example"),
            ("DATE", f"{day}T12:00:00+00:00"),
        )
    }
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=Essai"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)
    shown = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    )
    return shown.stdout.strip()


def name_only(folder: Path, slugs: set[str]) -> None:
    """Take out of a copy's pages the links to signatories that its register does not have."""
    for page in (folder / "docs").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        kept = re.sub(
            r"\[\[ (?:link|badge_of) ([a-z0-9-]+) \]\]",
            lambda slot: slot[0] if slot[1] in slugs else "…",
            text,
        )
        if kept != text:
            page.write_text(kept, encoding="utf-8")
