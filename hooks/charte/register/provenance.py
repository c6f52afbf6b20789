"""When each entry came into the register and when it last changed, told by git.

Git gives the changes made to the register's file along the main line, the oldest first, and they
are replayed on the list of its lines. Only the entries that a change touches are read again, and
by the register's own reading: order, layout, quotation and comments are no change, and no value can
pass for an entry. What is merged belongs to the merge, which is when a signature landed.

What is not known is not told. A version that cannot be read could not be published: it says
nothing, and the next that can be read is compared with the last that could. The oldest commit of a
shallow clone seems to bring all that it holds, and proves nothing. An entry that was taken away and
brought back came when it was brought back. Git does not follow the file from another path.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from subprocess import DEVNULL, PIPE, CalledProcessError, Popen
from typing import Any, NamedTuple

from charte.register.model import Register
from charte.register.reading import read

# What a user's configuration or attributes could turn the other way is said in full.
_LOG = (
    *("-c", "log.showRoot=true", "-c", "diff.suppressBlankEmpty=false"),
    *("log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--format=commit %H %cs"),
    *("--patch", "--unified=0", "--text", "--no-textconv", "--no-color", "--no-show-signature"),
)
_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the main line: its full hash, and the day that its committer's clock showed."""

    id: str
    day: date


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an entry comes from; None for what git does not know.

    `added` is the commit that brought the entry, `changed` the last that changed what it says, and
    `lines` are the entry's first and last, from 1, in the register as `changed` left it.
    """

    added: Commit | None
    changed: Commit | None
    lines: tuple[int, int] | None


UNKNOWN = Provenance(None, None, None)


def provenances(register: Register, folder: Path, file: str) -> dict[str, Provenance]:
    """Tell where each signatory's entry comes from, by its present slug, in the register's order.

    `file` is the register's path from the project's folder, with slashes. Everything is unknown
    where there is no git (2.31 or later), no repository or no history.
    """
    replay = _Replay(register)
    # The file and not what a folder of its name would hold, whatever signs the name is made of.
    paths = f":(literal){file}", f":(exclude,literal){file}/"
    try:
        shallow, doubt = _shallow(folder), False
        for commit, hunks in _changes(_git(folder, *_LOG, "--", *paths)):
            # A boundary that cannot be read leaves its doubt to the first version that can.
            doubt = doubt or commit is None or commit.id in shallow
            doubt &= not replay.apply(None if doubt else commit, hunks)
    except (OSError, CalledProcessError):
        return {one.slug: UNKNOWN for one in register.signatories}
    return {one.slug: replay.provenance(one.slug) for one in register.signatories}


class _Hunk(NamedTuple):
    """Lines of a version, from `start` to before `end`, from 0, and those that take their place."""

    start: int
    end: int
    lines: list[bytes]


class _Entry(NamedTuple):
    """What an entry says, and its first and last line, from 1."""

    slug: str
    value: dict[str, Any]
    lines: tuple[int, int]


def _git(folder: Path, *arguments: str) -> Iterator[bytes]:
    """Give the lines that git writes, while it writes them: a history may be long."""
    command = ["git", *arguments]  # where the machine's PATH says, and without a shell
    with Popen(command, cwd=folder, stdout=PIPE, stderr=DEVNULL) as git:  # noqa: S603
        yield from git.stdout or ()
    if git.returncode:
        raise CalledProcessError(git.returncode, command)


def _shallow(folder: Path) -> frozenset[str]:
    """Name the commits at which a shallow clone's history was cut."""
    found = b"".join(_git(folder, "rev-parse", "--git-path", "shallow"))
    path = folder / os.fsdecode(found.removesuffix(b"\n"))
    return frozenset(path.read_text("ascii").split() if path.exists() else ())


def _changes(log: Iterator[bytes]) -> Iterator[tuple[Commit | None, list[_Hunk]]]:
    """Give each commit with its hunks; twice, where it makes a link of the file or a file of it."""
    commit, hunks = None, list[_Hunk]()
    for line in chain(log, [b"diff "]):
        if match := _HUNK.match(line):
            hunks.append(_hunk(match, log))
        elif hunks and line.startswith((b"commit ", b"diff ")):
            yield commit, hunks
            hunks = []
        if line.startswith(b"commit "):
            commit = _commit(*line.decode().split()[1:])


def _commit(name: str, day: str = "") -> Commit | None:
    try:
        return Commit(name, date.fromisoformat(day))
    except ValueError:  # git's clock reaches beyond our calendar
        return None


def _hunk(match: re.Match[bytes], log: Iterator[bytes]) -> _Hunk:
    """Take a hunk's lines by their number: what they say may look like anything of git's."""
    first, old, new = (int(digits or 1) for digits in match.groups())
    start = first - 1 if old else first  # where nothing is taken away, git names the line above
    end, lines = start + old, []
    while old or new:
        line = next(log)
        old -= line.startswith((b"-", b" "))
        if line.startswith((b"+", b" ")):
            new -= 1
            lines.append(line[1:])
    return _Hunk(start, end, lines)


def _entries(lines: list[bytes], above: int) -> Iterator[_Entry | None]:
    """Read whole entries, below so many lines of their file; None for what makes no register."""
    text = b"".join(lines)
    document, problems = read(b"signatories:\n" + text if above else text, "")
    found = document.value.get("signatories") if isinstance(document.value, dict) else None
    broken = any(problem.rule != "invisible-character" for problem in problems)
    # A carriage return alone ends a line for the reading and not for git.
    if broken or text.count(b"\r") > text.count(b"\r\n") or not isinstance(found, list | str):
        found = [None]
    last = 0
    for index, value in enumerate(found):
        slug = value.get("slug") if isinstance(value, dict) else None
        first = document.places["signatories", index].line - bool(above) if slug else last
        while first > last and not lines[first - 1].lstrip().startswith(b"-"):
            first -= 1
        if first == last or not isinstance(slug, str):  # between brackets, entries have no lines
            yield None
            return
        last = document.last_lines["signatories", index] - bool(above)
        yield _Entry(slug, value, (above + first, above + last))


class _Replay:
    """The register as it was at one commit after another.

    `_owners` has, for each line, the slug of the entry that it belongs to; comments and blank lines
    between entries, and what stands around the list, belong to none. `_known` has, for each entry
    of the last version that could be read, what it says and where it comes from.
    """

    def __init__(self, register: Register) -> None:
        self._lines: list[bytes] = []
        self._owners: list[str | None] = []
        self._readable = True
        self._known: dict[str, tuple[dict[str, Any], Provenance]] = {}
        self._names: dict[str, tuple[str, ...]] = {}  # all of a signatory's, the latest first
        for one in register.signatories:
            names = one.slug, *reversed(one.former_slugs)
            self._names |= dict.fromkeys(names, names)

    def provenance(self, slug: str) -> Provenance:
        """Tell where an entry comes from, which may still stand under a former slug."""
        return next((self._known[n][1] for n in self._names[slug] if n in self._known), UNKNOWN)

    def apply(self, commit: Commit | None, hunks: list[_Hunk]) -> bool:
        """Replay one commit; tell whether the register can be read after it."""
        if not (self._readable and self._take(commit, self._grown(hunks))):
            self._readable = False
            (whole,) = self._grown(hunks)
            self._readable = self._take(commit, [whole])
            if not self._readable:
                self._lines, self._owners = whole.lines, []
        return self._readable

    def _grown(self, hunks: list[_Hunk]) -> list[_Hunk]:
        """Grow hunks to whole entries, or the whole of an unreadable file; join those that meet."""
        grown: list[_Hunk] = []
        for hunk in hunks:
            start, end = self._reach(hunk) if self._readable else (0, len(self._lines))
            done, lines = start, list[bytes]()
            if grown and start <= grown[-1].end:
                start, done, lines = grown.pop()
                del lines[len(lines) - max(done - hunk.start, 0) :]
            lines += self._lines[done : hunk.start] + hunk.lines + self._lines[hunk.end : end]
            grown.append(_Hunk(start, end, lines))
        return grown

    def _reach(self, hunk: _Hunk) -> tuple[int, int]:
        """Find the entries that a hunk touches; the one above it too, for it may grow longer."""
        owners, (start, end, _) = self._owners, hunk
        while start and owners[start - 1] is None:
            start -= 1
        above = owners[start - 1] if start else None
        while start and owners[start - 1] == above:
            start -= 1
        touched = {None, *owners[start:end]}
        while end < len(owners) and owners[end] in touched:
            end += 1
        return start, end

    def _take(self, commit: Commit | None, spans: list[_Hunk]) -> bool:
        """Put whole entries in the place of others, unless they make no register."""
        owners = (owner for start, end, _ in spans for owner in self._owners[start:end])
        gone = set(filter(None, owners)) if self._readable else set(self._known)
        found, more = dict[str, _Entry](), 0
        for start, end, lines in spans:
            for entry in _entries(lines, start + more):
                if entry is None or entry.slug in found:
                    return False
                if entry.slug in self._known and entry.slug not in gone:
                    return False
                found[entry.slug] = entry
            more += len(lines) - (end - start)
        for start, end, lines in reversed(spans):
            self._lines[start:end] = lines
            self._owners[start:end] = [None] * len(lines)
        for slug, _, (first, last) in found.values():
            self._owners[first - 1 : last] = [slug] * (last - first + 1)
        self._note(commit, gone, found)
        return True

    def _note(self, commit: Commit | None, gone: set[str], found: dict[str, _Entry]) -> None:
        """Note what a commit made of the entries that it touched."""
        before = {slug: self._known.pop(slug) for slug in gone}
        for slug, value, lines in found.values():
            names = slug, *(name for name in self._names.get(slug, ()) if name not in found)
            new = None, Provenance(commit, None, None)
            said, known = next((before.pop(name) for name in names if name in before), new)
            if said != value:
                known = Provenance(known.added, commit, lines if commit else None)
            self._known[slug] = value, known
