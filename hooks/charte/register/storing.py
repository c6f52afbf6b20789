"""The one place that replaces the register's file.

The new text is written beside the old file, down to the disk, and takes its place in one step: a
full disk or a process that dies half-way leaves the register as it was. An edit that brings
problems into the register is refused; problems that were there before are no reason to refuse.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from charte.problems import InvalidInput, Problem, Severity
from charte.register.checking import read_register
from charte.register.layout import lay_out
from charte.register.reading import read


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
    data = path.read_bytes()
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise InvalidInput(read(data, str(path))[1]) from None
    lay_out(text, str(path))
    return text


def verify(path: Path, before: str, after: str, commitments: Iterable[str]) -> None:
    """Hold that an edit brings no new problem into a register.

    Raises:
        InvalidInput: with the problems that it would bring.
    """
    known = list(commitments)
    old = Counter(map(_essence, _errors(path, before, known)))
    new = _errors(path, after, known)
    brought = []
    for problem in new:
        old[_essence(problem)] -= 1
        if old[_essence(problem)] < 0:
            brought.append(problem)
    if brought:
        raise InvalidInput(brought)


def store(path: Path, before: str, after: str, commitments: Iterable[str]) -> None:
    """Replace a register's text by an edited one; a link is followed, the file's mode kept.

    Args:
        path: the register's file.
        before: the text that was edited.
        after: the text to store.
        commitments: the ids that an action may name.

    Raises:
        InvalidInput: if the edit brings new problems.
        ChangedMeanwhile: if the file no longer holds what was edited.
        OSError: if it cannot be written. In all cases the file is as it was.
    """
    verify(path, before, after, commitments)
    target = path.resolve(strict=True)
    if not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13), str(path))
    if target.read_bytes() != before.encode():
        raise ChangedMeanwhile(str(path))
    replace(target, after.encode())


def replace(path: Path, content: bytes) -> None:
    """Replace a file in one step, or create it; nothing is verified, as a merge needs it.

    Raises:
        OSError: if it cannot be written; the file is as it was.
    """
    path.touch()
    target = path.resolve()
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        try:
            os.fchmod(handle, stat.S_IMODE(target.stat().st_mode))
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


def _errors(path: Path, text: str, commitments: list[str]) -> list[Problem]:
    _, problems = read_register(text.encode("utf-8", "replace"), str(path), commitments)
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _essence(problem: Problem) -> tuple[str, str]:
    """Give what stays of a problem when lines move."""
    return problem.rule, re.sub(r"\blignes? \d+", "", problem.reason)
