"""The register's file: replaced as a whole by something better, or left exactly as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from building import ROOT
from charte.problems import InvalidInput
from charte.register.storing import ChangedMeanwhile, load, store, verify

BEFORE = "edition: 2020-11-16\r\nsignatories:\r\n- {name: É, slug: e, listed: 2020-11-16}\r\n"
AFTER = BEFORE.replace("name: É", "name: Éole")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "signatories.yaml"
    path.write_bytes(BEFORE.encode())
    return path


def _assert_untouched(file: Path) -> None:
    assert file.read_bytes() == BEFORE.encode()
    assert list(file.parent.iterdir()) == [file]


def test_an_edit_takes_the_place_of_the_file_byte_for_byte(file: Path) -> None:
    store(file, load(file), AFTER, ())
    assert file.read_bytes() == AFTER.encode()
    assert list(file.parent.iterdir()) == [file]


def test_the_mode_of_the_file_stays(file: Path) -> None:
    file.chmod(0o640)
    store(file, BEFORE, AFTER, ())
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_leads_to_the_file_that_is_replaced(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.yaml"
    link.symlink_to(file)
    store(link, BEFORE, AFTER, ())
    assert link.is_symlink()
    assert file.read_bytes() == AFTER.encode()


def test_a_full_disk_leaves_the_file_and_nothing_beside_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write

    def half(handle: int, content: bytes) -> int:
        if len(content) < len(AFTER.encode()):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, content[:20])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OSError, match="No space"):
        store(file, BEFORE, AFTER, ())
    monkeypatch.undo()
    _assert_untouched(file)


@pytest.mark.parametrize("step", ["fchmod", "fsync", "replace"])
def test_a_failure_at_any_step_leaves_the_file_and_nothing_beside_it(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="Input/output"):
        store(file, BEFORE, AFTER, ())
    monkeypatch.undo()
    _assert_untouched(file)


def test_a_process_that_dies_half_way_leaves_the_file(file: Path) -> None:
    """It dies between writing and replacing, as when the power is cut."""
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from charte.register.storing import store\n"
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "path = Path(sys.argv[1])\n"
        "before = path.read_bytes().decode()\n"
        "store(path, before, before.replace('name: É', 'name: Éole'), ())\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", script, str(file)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        check=False,
    )
    assert died.returncode == -9
    assert file.read_bytes() == BEFORE.encode()


def test_an_edit_that_brings_a_problem_is_refused(file: Path) -> None:
    with pytest.raises(InvalidInput, match="n’a pas la forme attendue"):
        store(file, BEFORE, BEFORE.replace("slug: e", "slug: É"), ())
    _assert_untouched(file)


def test_a_problem_that_was_there_before_is_no_reason_to_refuse(file: Path) -> None:
    broken = BEFORE + "- {name: B, slug: b, listed: 2020-02-30}\r\n"
    edited = broken.replace("signatories:", "\r\nsignatories:").replace("name: É", "name: Éole")
    verify(file, broken, edited, ())


def test_the_same_problem_a_second_time_is_a_new_one(file: Path) -> None:
    broken = BEFORE + "- {name: B, slug: b, listed: 2020-02-30}\r\n"
    edited = broken + "- {name: C, slug: c, listed: 2020-02-30}\r\n"
    with pytest.raises(InvalidInput, match="1 problème") as refused:
        verify(file, broken, edited, ())
    assert [problem.line for problem in refused.value.problems] == [5]


def test_what_someone_else_has_written_meanwhile_is_not_lost(file: Path) -> None:
    theirs = BEFORE.replace("name: É", "name: Étoile")
    file.write_bytes(theirs.encode())
    with pytest.raises(ChangedMeanwhile, match="entre-temps"):
        store(file, BEFORE, AFTER, ())
    assert file.read_bytes() == theirs.encode()


def test_a_protected_file_is_not_replaced(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # the superuser may write anything
    with pytest.raises(PermissionError):
        store(file, BEFORE, AFTER, ())
    _assert_untouched(file)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"a: \xe9", "UTF-8"), (b"\xef\xbb\xbfa: b", "BOM"), (b"a: @b", ":1:4 : "), (b"", "vide")],
)
def test_a_file_that_cannot_be_read_is_explained(file: Path, data: bytes, reason: str) -> None:
    file.write_bytes(data)
    with pytest.raises(InvalidInput, match=reason):
        load(file)
