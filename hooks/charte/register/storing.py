"""The one place that replaces the register's file.

The new text is written beside the old file, down to the disk, and takes its place in one step: a
full disk or a process that dies half-way leaves the register as it was. Whoever writes holds the
folder, so that of two edits at once the second sees what the first has made. An edit that brings
problems into the register is refused; problems that were there before are no reason to refuse.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from charte.problems import InvalidInput, Problem, Severity
from charte.register.checking import read_register
from charte.register.layout import lay_out
from charte.register.reading import read
from charte.register.source import MAX_BYTES

_BESIDE = ".nouveau"  # the end of the new file's name; git ignores it, the next edit removes it


class ChangedMeanwhile(ValueError):
    """Someone else has written the file since it was read."""

    def __init__(self, file: str) -> None:
        super().__init__(f"« {file} » a changé entre-temps ; rien n’a été écrit, recommencez.")


def load(path: Path) -> str:
    """Read a register's text, its line ends as they are.

    Raises:
        InvalidInput: if the file cannot be read as YAML.
        OSError: if there is no such file.
    """
    data = contents(path)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise InvalidInput(read(data, str(path))[1]) from None
    lay_out(text, str(path))
    return text


def contents(path: Path, most: int = MAX_BYTES + 1) -> bytes:
    """Read a file's bytes, by default no more of them than show that it is too large.

    Args:
        path: the file.
        most: how many bytes at most; -1 for all.

    Raises:
        OSError: if there is no such file, or it is a folder, a pipe or a device.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        raise OSError(code, os.strerror(code), str(path))
    with path.open("rb") as stream:
        return stream.read(most)


def verify(path: Path, before: str, after: str, commitments: Iterable[str] | None) -> None:
    """Check that an edit brings no new problem into a register.

    Raises:
        InvalidInput: with the problems that it would bring.
    """
    known = None if commitments is None else list(commitments)
    old = Counter(map(_essence, _errors(path, before, known)))
    new = _errors(path, after, known)
    brought = []
    for problem in new:
        old[_essence(problem)] -= 1
        if old[_essence(problem)] < 0:
            brought.append(problem)
    if brought:
        raise InvalidInput(brought)


def store(path: Path, before: str, after: str, commitments: Iterable[str] | None) -> None:
    """Replace a register's text by an edited one; a link is followed, the file's mode kept.

    Args:
        path: the register's file.
        before: the text that was edited.
        after: the text to store.
        commitments: the ids that an action may name; None where the charter is not at hand.

    Raises:
        InvalidInput: if the edit brings new problems.
        ChangedMeanwhile: if the file no longer holds what was edited.
        OSError: if it cannot be written. In all cases the file is as it was.
    """
    verify(path, before, after, commitments)
    swap(path, before, after)


def swap(path: Path, before: str, after: str) -> None:
    """Replace a register's text by one that was found to be no worse.

    Raises:
        ChangedMeanwhile: if the file no longer holds the first text.
        OSError: if it cannot be written. In both cases the file is as it was.
    """
    target = path.resolve(strict=True)
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    with _alone_in(target.parent):
        if target.read_bytes() != before.encode():
            raise ChangedMeanwhile(str(path))
        _put(target, after.encode())


def replace(path: Path, content: bytes) -> None:
    """Replace a file in one step, or create it; nothing is verified, as a merge needs it.

    Raises:
        OSError: if it cannot be written; the file is as it was.
    """
    path.touch()
    target = path.resolve()
    with _alone_in(target.parent):
        _put(target, content)


@contextmanager
def lent(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write some files, by their names, into a folder that goes with them when it has served."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        yield folder


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Lock a folder; who wants it meanwhile waits. A process that dies lets go of it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _put(target: Path, content: bytes) -> None:
    prefix = f".{target.name}."
    for left in target.parent.iterdir():  # by an edit that died
        if left.name.startswith(prefix) and left.name.endswith(_BESIDE):
            left.unlink()
    handle, beside = tempfile.mkstemp(_BESIDE, prefix, target.parent)
    try:
        try:
            was = target.stat()
            with suppress(PermissionError):  # only the superuser writes files of others
                os.fchown(handle, was.st_uid, was.st_gid)
            os.fchmod(handle, stat.S_IMODE(was.st_mode))
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)  # the content must be on the disk before its name is
        finally:
            os.close(handle)
        os.replace(beside, target)  # noqa: PTH105 - the one step that readers see
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _errors(path: Path, text: str, commitments: list[str] | None) -> list[Problem]:
    _, problems = read_register(text.encode("utf-8", "replace"), str(path), commitments)
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _essence(problem: Problem) -> tuple[str, str]:
    """Return what stays of a problem when lines move."""
    return problem.rule, re.sub(r"\blignes? \d+", "", problem.reason)
