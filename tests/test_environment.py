"""The environment of the project: whole or not there, and made by a Python that will do."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import environment
from building import ROOT

# Older Pythons can run these, to say that they are too old.
FOR_ANY_PYTHON = ("environment.py", "turns.py")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two lists of what to install."""
    (tmp_path / "requirements").mkdir()
    for name in ("requirements/site.txt", "requirements/dev.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List what is run, a word each; an environment is made, and nothing is installed."""
    run: list[str] = []

    def succeeds(*command: str) -> bool:
        made = "venv" in command
        run.append("venv" if made else "package" if "--editable" in command else "list")
        if made:
            Path(".venv/bin").mkdir(parents=True)
            Path(".venv/bin/python").touch()
        return True

    monkeypatch.setattr(environment, "_succeeds", succeeds)
    return run


def install(name: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["environment.py", name])
    return environment.main()


def test_an_environment_is_made_once(
    project: Path, commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [install("site", monkeypatch) for _ in range(2)] == [0, 0]
    assert commands == ["venv", "list", "package"]
    assert (project / ".venv/site").exists()
    assert not (project / ".venv/unfinished").exists()


def test_what_the_tests_need_is_added_to_what_builds_the_site(
    project: Path, commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [install(name, monkeypatch) for name in ("site", "dev", "site")] == [0, 0, 0]
    assert commands == ["venv", "list", "package", "list", "package"]
    assert (project / ".venv/dev").exists()


def test_a_new_list_is_installed_into_the_environment_that_is_there(
    project: Path, commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    install("site", monkeypatch)
    later = (project / ".venv/site").stat().st_mtime + 1
    os.utime(project / "requirements/site.txt", (later, later))
    install("site", monkeypatch)
    assert commands == ["venv", "list", "package", "list", "package"]


def half_made(project: Path) -> None:
    (project / ".venv/site").unlink()


def half_brought_up_to_date(project: Path) -> None:
    (project / ".venv/unfinished").touch()


def without_its_python(project: Path) -> None:
    (project / ".venv/bin/python").unlink()


@pytest.mark.parametrize("happened", [half_made, half_brought_up_to_date, without_its_python])
def test_an_environment_that_is_not_whole_is_made_anew(
    happened: Callable[[Path], None],
    project: Path,
    commands: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install("site", monkeypatch)
    (project / ".venv/lib").mkdir()
    happened(project)
    assert install("site", monkeypatch) == 0
    assert commands == ["venv", "list", "package"] * 2
    assert not (project / ".venv/lib").exists()


def test_an_environment_that_cannot_be_made_leaves_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "_succeeds", lambda *_: Path(".venv").mkdir())
    assert install("site", monkeypatch) == 1
    assert not (project / ".venv").exists()
    said = "L’environnement n’a pas pu être fait : la raison est dite plus haut.\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("name", ["site", "dev"])
def test_the_package_is_installed_by_what_the_lock_brings(name: str) -> None:
    """No index has its address in it: a machine may have one of its own."""
    lock = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    for tool in ("hatchling", "editables"):
        assert f"\n{tool}==" in lock
    assert "://" not in lock


@pytest.mark.parametrize("name", FOR_ANY_PYTHON)
def test_an_older_python_can_read_what_refuses_it(name: str) -> None:
    ast.parse((ROOT / "tools" / name).read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.skipif(not shutil.which("make"), reason="make is what is tested")
def test_a_python_that_is_too_old_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__py*"))
    for name in ("pyproject.toml", "requirements/site.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    old = tmp_path / "python3.10"
    old.write_text(
        f"#!{sys.executable} -B\n"
        "import runpy, sys\n"
        "sys.version_info = (3, 10, 12)\n"
        "sys.argv = sys.argv[1:]\n"
        "sys.path[0] = 'tools'\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    old.chmod(0o755)
    before = sorted(tmp_path.iterdir())
    result = subprocess.run(
        ["make", "site", f"PYTHON={old}"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr.startswith(
        "Python 3.11 ou plus récent est nécessaire ; trouvé : 3.10.\n"
        "→ Nommez-en un autre, par exemple : make site PYTHON=python3.12\n"
    )
    assert result.stdout == ""
    assert sorted(tmp_path.iterdir()) == before
