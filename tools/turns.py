"""One command at a time in a project's folder, however many are called.

Any Python 3 can run this: the environment is made with it.
"""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAITING = "Une construction est déjà en cours ici : celle-ci attend qu’elle finisse."


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process is at work, with a word about it, and keep others waiting.

    The system ends a lock with the process that holds it, however that ends.

    Args:
        folder: where the lock is; it is made if it is not there.
    """
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(WAITING, file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(step: str) -> None:
    """Write what is being done on a terminal; elsewhere only what goes wrong is written."""
    if sys.stderr.isatty():
        print(step, file=sys.stderr, flush=True)
