"""`charte redate`: what a proposal adds gets the day on which it is merged."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from charte.cli import main

FILE = "data/signatories.yaml"
PUBLISHED = """\
edition: 2020-11-16

signatories:
  - name: Alpha
    slug: alpha
    listed: 2020-11-16

  - name: Delta
    slug: delta
    listed: 2020-11-16
"""
WAITING = """\
edition: 2020-11-16

signatories:
  - name: Alpha Santé
    slug: alpha
    listed: 2020-11-16
    former_names:
      - name: Alpha
        until: 2026-11-20

  - name: Caro
    slug: caro
    listed: 2026-11-20  # Vue au salon.

  - name: Delta
    slug: delta
    listed: 2020-11-16
"""


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a proposal that renames one and adds one, in a repository with a published branch."""
    monkeypatch.chdir(tmp_path)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@b.example")
    (tmp_path / "data").mkdir()
    (tmp_path / FILE).write_text(PUBLISHED, encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "Publish")
    git("switch", "-qc", "proposition")
    (tmp_path / FILE).write_text(WAITING, encoding="utf-8")
    return tmp_path / FILE


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def redate(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["redate", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_what_is_new_gets_the_day_and_nothing_else_moves(register: Path) -> None:
    done = "Daté du 25 novembre 2026 : « Alpha Santé », « Caro ».\n"
    assert redate("--on", "2026-11-25") == (0, done)
    assert register.read_text(encoding="utf-8") == WAITING.replace("2026-11-20", "2026-11-25")
    said = "Rien à dater : tout ce qui est nouveau a déjà ce jour.\n"
    assert redate("--on", "2026-11-25") == (0, said)


def test_a_proposal_that_has_waited_is_green_again(register: Path) -> None:
    git("switch", "-q", "--force", "main")
    meanwhile = f"{PUBLISHED}\n  - name: Zeta\n    slug: zeta\n    listed: 2026-11-22\n"
    register.write_text(meanwhile, encoding="utf-8")
    git("commit", "-qam", "Another")
    git("switch", "-qc", "merged")
    zeta = meanwhile[len(PUBLISHED) :]
    register.write_text(WAITING + zeta, encoding="utf-8")
    refused = CliRunner().invoke(main, ["check", "--against", "main"])
    assert (refused.exit_code, refused.output.count("erreur [edition-closed]")) == (1, 2)
    assert "« charte redate » l’écrit pour tout ce que" in refused.output
    assert redate()[0] == 0
    assert CliRunner().invoke(main, ["check", "--against", "main"]).exit_code == 0


def test_the_change_can_be_shown_without_being_written(register: Path) -> None:
    code, told = redate("--on", "25/11/2026", "--dry-run")
    assert (code, "+    listed: 2026-11-25  # Vue au salon." in told) == (0, True)
    assert register.read_text(encoding="utf-8") == WAITING


@pytest.mark.usefixtures("register")
def test_a_base_that_is_not_known_is_one_sentence() -> None:
    assert redate("--against", "nulle-part")[0] == 1
    git("branch", "-m", "main", "trunk")
    code, told = redate()
    assert (code, told.startswith("Avec quoi comparer ?")) == (1, True)
