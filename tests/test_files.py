"""What is read of the project: ordinary files that lie in it, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from charte.cli import main
from charte.files import read_bytes, read_text, root_of
from charte.problems import InvalidInput
from charte.register.source import MAX_BYTES


def _refusal(path: Path, root: Path) -> str:
    with pytest.raises(InvalidInput) as refusal:
        read_bytes(path, root)
    [problem] = refusal.value.problems
    assert problem.file == path.relative_to(root).as_posix()
    return problem.reason


def test_a_file_and_a_link_to_one_of_the_project_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: b")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert read_bytes(tmp_path / "b.yaml", tmp_path) == b"a: b"


def test_a_link_that_leads_out_of_the_project_is_refused(tmp_path: Path) -> None:
    """What it leads to would be published, or quoted in a message."""
    (tmp_path / "secret").write_text("a: b")
    root = tmp_path / "project"
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/c.yaml").write_text("a: b")
    root.mkdir()
    (root / "a.yaml").symlink_to(tmp_path / "secret")
    (root / "data").symlink_to(tmp_path / "folder")
    out = "C’est un lien vers un fichier hors du projet."
    assert _refusal(root / "a.yaml", root) == out
    assert _refusal(root / "data/c.yaml", root) == out


def test_what_is_no_ordinary_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "zeros").symlink_to("/dev/zero")
    for name in ("pipe", "folder", "zeros"):
        assert _refusal(tmp_path / name, tmp_path) == "Ce n’est pas un fichier ordinaire."


def test_what_is_not_there_or_cannot_be_is_said_to_be_unreadable(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    for name in ("nothing", "no\0thing", "long" * 200, "round"):
        assert _refusal(tmp_path / name, tmp_path).startswith("Le fichier ne peut pas être lu (")


def test_no_more_is_read_than_shows_that_a_file_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "large.md").open("wb") as stream:
        stream.truncate(1 << 40)
    assert len(read_bytes(tmp_path / "large.md", tmp_path)) == MAX_BYTES + 1
    with pytest.raises(InvalidInput, match="pèse plus de 2\u00a0Mo"):
        read_text(tmp_path / "large.md", tmp_path)


def test_a_register_at_the_root_of_a_file_system_is_alone() -> None:
    assert root_of(Path("/signatories.yaml")) == Path("/")
    assert root_of(Path("/a/data/signatories.yaml")) == Path("/a")


def test_a_register_is_checked_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "signatories.yaml"
    file.write_text("edition: 2020-11-16\nsignatories: []\n")
    real = Path.resolve
    monkeypatch.setattr(
        Path,
        "resolve",
        lambda path, **known: Path("/r.yaml") if path == file else real(path, **known),
    )
    result = CliRunner().invoke(main, ["check", str(file)])
    assert (result.exit_code, result.exception) == (0, None)
