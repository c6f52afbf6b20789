"""Copies of the project, built as `make site` builds it, for the tests and the bench."""

from __future__ import annotations

import os
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
    kept = {k: v for k, v in os.environ.items() if k not in {"SITE_URL", "REGISTER_SOURCE"}}
    return {**kept, "NO_MKDOCS_2_WARNING": "1"}


def copy_project(folder: Path) -> Path:
    """Copy what a build reads into a folder that a test may change."""
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder
