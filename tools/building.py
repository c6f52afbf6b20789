"""Copies of the project, built as `make site` builds it, for the tests and the bench."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SITE_URL = "https://charte.example/"
INPUTS = ("mkdocs.yml", "docs", "data", "theme", "hooks")


def run_mkdocs(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a folder as `make site` does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder,
        env={**_own_environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _own_environment() -> dict[str, str]:
    """Leave out what a maintainer may have set to publish: tests have their own addresses."""
    own = {"SITE_URL", "REGISTER_SOURCE", "REGISTER_COMMIT", "CHARTE_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    # What was drawn once need not be drawn for each of many builds.
    return {"CHARTE_CACHE": str(ROOT / ".cache/charte"), **kept, "NO_MKDOCS_2_WARNING": "1"}


def copy_project(folder: Path) -> Path:
    """Copy what a build reads into a folder that a test may change."""
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


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
