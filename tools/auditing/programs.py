"""The judges that are programs of others, installed by tools/install-audit."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

AUDIT = Path("audit").absolute()


class CannotJudge(Exception):
    """A judge lacks a program that it needs, or gave up; the message says what to do."""


def output(order: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """Give what a program prints, whatever its exit status: checkers tell faults by it.

    Into a file, since Node gives up what a pipe has not yet taken when it exits.
    """
    with TemporaryFile("w+", encoding="utf-8") as printed:
        subprocess.run(
            order, cwd=folder, env={**os.environ, **environment}, stdout=printed, check=False
        )
        printed.seek(0)
        return printed.read()
