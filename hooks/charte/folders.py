"""A folder in the place of another, in one step.

A site is built beside the one that is shown and takes its place when it is whole. Linux and macOS
exchange two folders at once, so that at no moment, even when a process is killed, is there none.
"""

from __future__ import annotations

import os
import shutil
import sys
from ctypes import CDLL
from pathlib import Path

# The call by which a system exchanges two paths; 2 says so to both.
EXCHANGES = {"linux": "renameat2", "darwin": "renameatx_np"}
_EXCHANGE = 2
# Ends the name under which the present folder stands aside where they cannot be exchanged.
ASIDE = "-precedent"


def replace_folder(new: Path, present: Path) -> None:
    """Put a new folder in the place of the present one, if any, which is then removed.

    Both are on one disk. Where the system cannot exchange them, the present folder stands aside
    for an instant, under the new one's name and ASIDE.

    Raises:
        OSError: if it cannot be done; the present folder is then as it was.
    """
    if not present.exists():
        new.rename(present)
        return
    if not _exchange(new, present):
        old = new.with_name(f"{new.name}{ASIDE}")
        present.rename(old)
        try:
            new.rename(present)
        except OSError:
            old.rename(present)
            raise
        new = old
    shutil.rmtree(new)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders; return whether this system and this disk can."""
    call = getattr(CDLL(None), EXCHANGES.get(sys.platform, ""), None)
    # The paths are absolute: the folders that they would be relative to do not matter.
    paths = [os.fsencode(path.absolute()) for path in (one, other)]
    return call is not None and call(0, paths[0], 0, paths[1], _EXCHANGE) == 0
