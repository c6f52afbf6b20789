"""The register's file: replaced as a whole by something better, or left exactly as it was."""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from building import ROOT
from charte.problems import InvalidInput
from charte.register.layout import lay_out
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


def _in_process(work: Callable[[], None]) -> int:
    """Run something in a process of its own; return its exit status, or its signal, negative."""
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


STEPS = ["fchown", "fchmod", "write", "fsync", "close", "replace"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_at_any_step_leaves_the_file_whole(
    file: Path, step: str, when: str
) -> None:
    """The file is the old or the new one; what lies beside it goes with the next edit."""
    file.chmod(0o640)

    def work() -> None:
        do = getattr(os, step)

        def die(*arguments: object) -> None:
            if when == "after":
                do(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(os, step, die)
        store(file, BEFORE, AFTER, ())

    assert _in_process(work) == -signal.SIGKILL
    text = file.read_bytes().decode()
    assert text == (AFTER if (step, when) == ("replace", "after") else BEFORE)
    assert file.stat().st_mode & 0o777 == 0o640
    last = BEFORE.replace("name: É", "name: Étoile")
    store(file, text, last, ())
    assert file.read_bytes() == last.encode()
    assert list(file.parent.iterdir()) == [file]


def test_git_ignores_what_an_edit_that_was_killed_has_left(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    (tmp_path / "data").mkdir()
    register = tmp_path / "data/signatories.yaml"
    register.write_text(BEFORE, encoding="utf-8")

    def work() -> None:
        os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        store(register, register.read_bytes().decode(), AFTER, ())

    assert _in_process(work) == -signal.SIGKILL
    assert len(list(register.parent.iterdir())) == 2
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    told = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.splitlines() == ["?? .gitignore", "?? data/signatories.yaml"]


def test_a_disk_without_room_leaves_the_file(file: Path) -> None:
    """The system itself lets no file grow."""

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
        with pytest.raises(OSError, match="too large"):
            store(file, BEFORE, AFTER, ())

    assert _in_process(work) == 0
    _assert_untouched(file)


def test_of_edits_at_the_same_time_none_is_lost(file: Path) -> None:
    """Each process adds its entries, and begins again where the file has changed meanwhile."""
    file.write_text("edition: 2020-11-16\nsignatories:\n", encoding="utf-8")
    context = multiprocessing.get_context("fork")
    start = context.Barrier(4)

    def work(who: int) -> None:
        start.wait()
        for number in range(12):
            entry = f"- {{name: N{who}-{number}, slug: n{who}-{number}, listed: 2020-11-16}}\n"
            while True:
                before = load(file)
                with suppress(ChangedMeanwhile):
                    store(file, before, before + entry, ())
                    break

    processes = [context.Process(target=work, args=(who,)) for who in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    slugs = [entry["slug"] for entry in lay_out(load(file)).entries]
    assert sorted(slugs) == sorted(f"n{who}-{number}" for who in range(4) for number in range(12))
    assert list(file.parent.iterdir()) == [file]


def test_who_writes_while_another_does_waits_for_him(file: Path) -> None:
    context = multiprocessing.get_context("fork")
    held, go_on = context.Event(), context.Event()

    def hold() -> None:
        fsync = os.fsync

        def slowly(handle: int) -> None:
            held.set()
            go_on.wait(60)
            fsync(handle)

        os.fsync = slowly  # type: ignore[assignment]
        store(file, BEFORE, AFTER, ())

    def second() -> None:
        with pytest.raises(ChangedMeanwhile):
            store(file, BEFORE, BEFORE.replace("name: É", "name: Étoile"), ())

    first = context.Process(target=hold)
    first.start()
    held.wait(60)
    other = context.Process(target=second)
    other.start()
    other.join(0.3)
    assert other.is_alive()
    go_on.set()
    first.join(60)
    other.join(60)
    assert (first.exitcode, other.exitcode) == (0, 0)
    assert file.read_bytes() == AFTER.encode()


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "register"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
    with pytest.raises(OSError, match=r"Is a directory|Invalid argument"):
        load(path)


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
