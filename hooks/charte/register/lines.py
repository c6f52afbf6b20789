"""A three-way merge of lines, as git makes it: what is no entry, and what cannot be read.

Git's own program does it, so that the result is the one that people know from everywhere else.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from charte.problems import Unpublishable
from charte.register.revisions import run_git
from charte.register.storing import lent

OURS, BETWEEN, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"
_MOST_CONFLICTS = 127  # git counts no further; a higher status says that it has failed


@dataclass(frozen=True, slots=True)
class Lines:
    """The merged bytes; where they are not clean, both versions stand between git's marks."""

    content: bytes
    clean: bool


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> Lines:
    """Merge three versions of a text, or of any bytes, line by line.

    Where there is no git, or git takes the bytes for no text, the versions stand between marks as
    wholes: nothing of either is ever left out.
    """
    if theirs in {base, ours}:
        return Lines(ours, clean=True)
    if ours == base:
        return Lines(theirs, clean=True)
    done = _merge_file(base, ours, theirs)
    if done and 0 <= done.returncode <= _MOST_CONFLICTS:
        return Lines(done.stdout, clean=done.returncode == 0)
    whole = marked(ours.decode("latin-1"), theirs.decode("latin-1"))  # any byte is a character
    return Lines(whole.encode("latin-1"), clean=False)


def marked(ours: str, theirs: str, newline: str = "\n") -> str:
    """Write two versions of some lines between git's marks."""
    ended = [text if text[-1:] in {"", "\r", "\n"} else text + newline for text in (ours, theirs)]
    return f"{OURS}{newline}{ended[0]}{BETWEEN}{newline}{ended[1]}{THEIRS}{newline}"


def _merge_file(
    base: bytes, ours: bytes, theirs: bytes
) -> subprocess.CompletedProcess[bytes] | None:
    labels = [word for side in ("ours", "base", "theirs") for word in ("-L", side)]
    files = {"ours": ours, "base": base, "theirs": theirs}
    with lent(files) as folder:
        try:
            return run_git(folder, "merge-file", "-p", "-q", *labels, *files)
        except Unpublishable:  # there is no git
            return None
