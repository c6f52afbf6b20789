"""`make site`: the site that is there stands until a whole one takes its place."""

from __future__ import annotations

import hashlib
import os
import resource
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from building import copy_project, start_site_build

REGISTER = "data/signatories.yaml"
MISTAKE = "\n  - name: Sans identifiant\n    listed: 2020-11-02\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a copy of the project once."""
    folder = copy_project(tmp_path_factory.mktemp("built"))
    said = finished(start_site_build(folder))
    assert said == (0, "")
    return folder


@pytest.fixture
def folder(built: Path) -> Path:
    """Return the copy with its site; a test leaves both as they were."""
    return built


def finished(build: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a build; return its exit status and what it has written."""
    _, said = build.communicate(timeout=120)
    return build.returncode, said


def fingerprint(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / ".build").iterdir())


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_others_may_read_the_site(folder: Path) -> None:
    """A host's user is not the one who builds."""
    assert stat.S_IMODE((folder / "site").stat().st_mode) & 0o055 == 0o055


def test_two_builds_at_once_take_turns(folder: Path) -> None:
    before = fingerprint(folder / "site")
    first = start_site_build(folder)
    until(lambda: len(left_behind(folder)) > 1)
    second = start_site_build(folder)
    assert finished(first) == (0, "")
    waited = "Une construction est déjà en cours ici : celle-ci attend qu’elle finisse.\n"
    assert finished(second) == (0, waited)
    assert fingerprint(folder / "site") == before
    assert left_behind(folder) == ["lock"]


@pytest.mark.parametrize("moment", ["", "index.html", "annexe/2020-11-16", "_redirects"])
def test_a_killed_build_leaves_the_site_and_the_next_is_clean(moment: str, folder: Path) -> None:
    before = fingerprint(folder / "site")
    build = start_site_build(folder)
    until(lambda: list((folder / ".build").glob(f"site-*/{moment}")))
    build.kill()
    finished(build)
    assert fingerprint(folder / "site") == before
    assert finished(start_site_build(folder)) == (0, "")
    assert fingerprint(folder / "site") == before
    assert left_behind(folder) == ["lock"]


def test_a_build_interrupted_from_the_keyboard_says_so(folder: Path) -> None:
    before = fingerprint(folder / "site")
    build = start_site_build(folder)
    until(lambda: list((folder / ".build").glob("site-*")))
    build.send_signal(2)
    unchanged = "Construction interrompue.\nRien n’a été publié : site/ reste tel qu’il était.\n"
    assert finished(build) == (1, unchanged)
    assert fingerprint(folder / "site") == before
    assert left_behind(folder) == ["lock"]


def test_a_disk_on_which_nothing_more_fits_leaves_the_site(folder: Path) -> None:
    before = fingerprint(folder / "site")
    build = start_site_build(folder)
    until(lambda: list((folder / ".build").glob("site-*/*")))
    resource.prlimit(build.pid, resource.RLIMIT_FSIZE, (10_000, 10_000))
    status, said = finished(build)
    assert status == 1
    assert (
        "le fichier est trop grand.\nRien n’a été publié : site/ reste tel qu’il était.\n" in said
    )
    assert "Traceback" not in said
    assert fingerprint(folder / "site") == before
    assert left_behind(folder) == ["lock"]


def test_a_mistake_is_explained_and_leaves_the_site(folder: Path) -> None:
    before = fingerprint(folder / "site")
    text = (folder / REGISTER).read_text()
    (folder / REGISTER).write_text(text + MISTAKE)
    status, said = finished(start_site_build(folder))
    (folder / REGISTER).write_text(text)
    assert status == 1
    assert "1 problème à corriger" in said
    assert said.endswith("Rien n’a été publié : site/ reste tel qu’il était.\n")
    assert fingerprint(folder / "site") == before


def test_a_warning_of_the_engine_stops_the_build(folder: Path) -> None:
    page = folder / "docs/badge.md"
    text = page.read_text()
    page.write_text(text + "\n[Rien](rien.md)\n")
    status, said = finished(start_site_build(folder))
    page.write_text(text)
    assert status == 1
    assert "attention : " in said
    assert "rien.md" in said


def test_the_first_site_is_built_where_there_was_none(tmp_path: Path) -> None:
    copy_project(tmp_path)
    assert finished(start_site_build(tmp_path)) == (0, "")
    assert (tmp_path / "site/index.html").exists()
    assert left_behind(tmp_path) == ["lock"]


def test_a_site_that_stood_aside_when_a_build_was_killed_comes_back(tmp_path: Path) -> None:
    """Where a system cannot exchange two folders, there are two steps."""
    copy_project(tmp_path)
    (tmp_path / ".build/site-1-precedent").mkdir(parents=True)
    (tmp_path / ".build/site-1-precedent/index.html").write_text("old")
    (tmp_path / REGISTER).write_text("bonjour")
    assert finished(start_site_build(tmp_path))[0] == 1
    assert (tmp_path / "site/index.html").read_text() == "old"
    assert left_behind(tmp_path) == ["lock"]


def test_on_a_terminal_each_step_is_a_line(folder: Path) -> None:
    main, other = os.openpty()
    with start_site_build(folder, stderr=other) as build:
        assert build.wait(timeout=120) == 0
    os.close(other)
    said = os.read(main, 10_000).decode()
    os.close(main)
    assert [line.split(" : ")[0] for line in said.splitlines()] == ["Site", "Site"]
