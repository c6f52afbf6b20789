"""What a natural mistake is answered: one file each in cases/mistakes/, to be read by anybody.

A file says in a sentence what the hand did, then shows the register and the whole answer of
`check`, compared with the published register. `REWRITE=1 pytest tests/test_mistakes.py` writes the
answers again: read them one by one before you commit them.
"""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from charte.commands.check import check

CASES = sorted((Path(__file__).parent / "cases" / "mistakes").glob("*.txt"))
REGISTER, ANSWER = "=== registre\n", "=== réponse\n"
TODAY = date(2026, 11, 25)
PUBLISHED = """\
edition: 2020-11-16

signatories:
  - name: 360 medical
    slug: 360-medical
    listed: 2020-11-16

  - name: Softway Medical
    slug: softway-medical
    listed: 2020-11-16

  - name: WITHINGS
    slug: withings
    listed: 2020-11-16
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository in which the register is published."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "data").mkdir()
    (folder / "data/signatories.yaml").write_text(PUBLISHED)
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@b.example", "-C", str(folder))
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Publish")):
        subprocess.run([*git, *words], check=True)
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mistake_is_answered(case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story, rest = case.read_text(encoding="utf-8").split(REGISTER)
    register, expected = rest.split(ANSWER)
    monkeypatch.chdir(folder)
    for clock in ("today", "latest_day"):
        monkeypatch.setattr(f"charte.commands.judging.{clock}", lambda: TODAY)
    (folder / "data/signatories.yaml").write_text(register, encoding="utf-8")
    result = CliRunner().invoke(check, ["--against", "HEAD", "--format", "json"])
    answer = "\n".join(map(_told, json.loads(result.stdout)["problems"])) or "Aucun problème.\n"
    if os.environ.get("REWRITE"):
        case.write_text(f"{story}{REGISTER}{register}{ANSWER}{answer}", encoding="utf-8")
    else:
        assert answer == expected


def _told(problem: dict[str, str]) -> str:
    severity = "" if problem["severity"] == "error" else " (avertissement)"
    return f"ligne {problem['line']}{severity} : {problem['reason']}\n→ {problem['remedy']}\n"
