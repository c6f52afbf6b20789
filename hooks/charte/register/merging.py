"""A three-way merge of the register by signatory, and inside an entry by field.

Git merges lines, so two companies added at the same place conflict. Here an entry is followed by
its identifier, wherever it stands and whatever it is called later. The result is our text with
their changes in it: what they did not touch keeps its bytes. What stands above and below the
entries is merged as git merges lines.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from charte.problems import Unpublishable
from charte.register.lines import merge_lines
from charte.register.memory import uncollected
from charte.register.pieces import Entry, Pieces, cut, unix
from charte.register.scan import COMMENT
from charte.register.shelf import Shelf
from charte.register.sides import Conflict, Sides, merge_entries, without_duplicate

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NOBODY = Pieces("", (), "", "")


class Unmergeable(Unpublishable):
    """Merging by entry would change or lose something; `str()` says what, in French."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text; with conflicts, both versions of their entries stand between git's marks."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
    """Merge two registers that were made from one; an empty base means that there was none.

    Raises:
        InvalidInput: one of the three cannot be read.
        NotInPieces: the entries of one of the three cannot be told apart.
        Unmergeable: the result would not hold all that was written.
    """
    with uncollected():
        old = cut(base, "base") if base.strip() else _NOBODY
        mine, other = cut(ours, "ours"), cut(theirs, "theirs")
        if theirs in (base, ours):
            return Merged(ours.decode())
        if ours == base:
            return Merged(theirs.decode())
        merged = _Merge(old, mine, other).merged()
        _refuse_loss(base, ours, merged.text)
        _refuse_loss(base, theirs, merged.text)
        return merged


class _Merge:
    """One merge under way; entries are known by their identifier in the base, if they had one."""

    def __init__(self, base: Pieces, ours: Pieces, theirs: Pieces) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs
        self._newline = ours.newline
        slugs = {entry.slug for entry in base.entries}
        self._old = _by_origin(base, slugs)
        self._mine = _by_origin(ours, slugs)
        self._other = _by_origin(theirs, slugs)

    def merged(self) -> Merged:
        """Merge all parts."""
        shelf = Shelf(newline=self._newline)
        conflicts: list[Conflict] = []
        taken: set[str] = set()
        for origin in dict.fromkeys([*self._mine, *self._other]):
            sides = without_duplicate(self._entry(origin), taken)
            conflicts += sides.conflicts
            if entry := sides.entry:
                taken.add(entry.slug)
                if origin in self._mine:
                    shelf.append(sides.marked(entry))
                else:
                    shelf.place(entry, sides.marked)
        header, above = self._lines(self._base.header, self._ours.header, self._theirs.header)
        tail, below = self._lines(self._base.tail, self._ours.tail, self._theirs.tail)
        text = Pieces(header, shelf.entries, tail, self._edition()).joined()
        conflicts = [*above, *conflicts, *below]
        if not conflicts:
            _verify(text, shelf.entries)
        return Merged(text, tuple(conflicts))

    def _lines(self, *versions: str) -> tuple[str, list[Conflict]]:
        """Merge what is no entry as git merges lines."""
        base, ours, theirs = map(unix, versions)
        if theirs in (base, ours):
            return versions[1], []
        merged = merge_lines(*(one.encode() for one in (base, ours, theirs)))
        conflicts = [] if merged.clean else [Conflict("", None, None, None, None)]
        return merged.content.decode().replace("\n", self._newline), conflicts

    def _edition(self) -> str:
        base, ours, theirs = self._base.edition, self._ours.edition, self._theirs.edition
        if base in (ours, theirs):
            return theirs if ours == base else ours
        if not (_DAY.fullmatch(ours) and _DAY.fullmatch(theirs)):
            raise Unmergeable("La date de l’édition n’est pas la même.")
        return max(ours, theirs)  # the later day, as ISO 8601 writes them

    def _entry(self, origin: str) -> Sides:
        base, ours, theirs = (one.get(origin) for one in (self._old, self._mine, self._other))
        return merge_entries(base, ours, theirs, self._newline)


def _verify(text: str, entries: tuple[Entry, ...]) -> None:
    """Check that the text says what was merged, whatever the ways in which it was laid out."""
    if [one.value for one in cut(text.encode(), "fusion").entries] != [
        one.value for one in entries
    ]:
        raise Unmergeable("Ces versions sont écrites trop différemment.")


def _by_origin(pieces: Pieces, slugs: set[str]) -> dict[str, Entry]:
    """Return entries by their identifier in the base, which they may now hold as a former one."""
    here = {entry.slug for entry in pieces.entries}
    found: dict[str, Entry] = {}
    for entry in pieces.entries:
        former = entry.value.get("former_slugs", [])
        known = (
            slug
            for slug in (former if isinstance(former, list) else [])
            if isinstance(slug, str) and slug in slugs and slug not in here and slug not in found
        )
        found[entry.slug if entry.slug in slugs else next(known, entry.slug)] = entry
    return found


def _refuse_loss(base: bytes, side: bytes, merged: str) -> None:
    """Check that each comment that a side has written is in the merged text."""
    written = _comments(side.decode()) - _comments(base.decode())
    for lost in written.keys() - _comments(merged).keys():
        raise Unmergeable(f"Le commentaire « {lost[:60]} » se perdrait.")


def _comments(text: str) -> Counter[str]:
    return Counter(comment.strip() for comment in COMMENT.findall(unix(text)))
