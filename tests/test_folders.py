"""A folder takes the place of another, and there is never none."""

from __future__ import annotations

from pathlib import Path

import pytest

from charte import folders


@pytest.fixture(params=[folders.EXCHANGES, {}], ids=["at once", "in two steps"])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system exchange folders if it can, then not."""
    monkeypatch.setattr(folders, "EXCHANGES", request.param)


@pytest.mark.usefixtures("anywhere")
def test_a_new_folder_takes_the_place_of_the_present_one(tmp_path: Path) -> None:
    for name in ("new", "present"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    folders.replace_folder(tmp_path / "new", tmp_path / "present")
    assert [path.name for path in tmp_path.iterdir()] == ["present"]
    assert [path.name for path in (tmp_path / "present").iterdir()] == ["new"]


@pytest.mark.usefixtures("anywhere")
def test_a_new_folder_may_be_the_first(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    folders.replace_folder(tmp_path / "new", tmp_path / "present")
    assert [path.name for path in tmp_path.iterdir()] == ["present"]


@pytest.mark.usefixtures("anywhere")
def test_a_folder_that_is_not_there_takes_no_place(tmp_path: Path) -> None:
    (tmp_path / "present").mkdir()
    (tmp_path / "present/page").touch()
    with pytest.raises(OSError, match="new"):
        folders.replace_folder(tmp_path / "new", tmp_path / "present")
    assert (tmp_path / "present/page").exists()
