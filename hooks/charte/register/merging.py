"""A three-way merge of the register by signatory, and inside an entry by field.

Git merges lines, so two companies added at the same place conflict. Here an entry is followed by
its identifier, wherever it stands and whatever it is called later. The result is our text with
their changes in it: what they did not touch keeps its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from charte.register.pieces import Entry, NotInPieces, Pieces, cut, placed, unix
from charte.register.sides import Conflict, Sides, merge_entries, without_duplicate

_NOBODY = Pieces("", (), "", "")


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
    """
    old = cut(base, "base") if base.strip() else _NOBODY
    mine, other = cut(ours, "ours"), cut(theirs, "theirs")
    if theirs in (base, ours):
        return Merged(ours.decode())
    if ours == base:
        return Merged(theirs.decode())
    return _Merge(old, mine, other).merged()


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
        entries: tuple[Entry, ...] = ()
        conflicts: list[Conflict] = []
        taken: set[str] = set()
        for origin in dict.fromkeys([*self._mine, *self._other]):
            sides = without_duplicate(self._entry(origin), taken)
            conflicts += sides.conflicts
            if entry := sides.entry:
                taken.add(entry.slug)
                if origin in self._mine:
                    entries = (*entries, sides.marked(entry))
                else:
                    entries = placed(entries, entry, self._newline, sides.marked)
        pieces = Pieces(
            _pick_text(self._base.header, self._ours.header, self._theirs.header, self._newline),
            entries,
            _pick_text(self._base.tail, self._ours.tail, self._theirs.tail, self._newline),
            self._edition(),
        )
        text = pieces.joined()
        if not conflicts:
            _verify(text, entries)
        return Merged(text, tuple(conflicts))

    def _edition(self) -> str:
        base, ours, theirs = self._base.edition, self._ours.edition, self._theirs.edition
        if base in (ours, theirs):
            return theirs if ours == base else ours
        return max(ours, theirs)  # the later date, as ISO 8601 writes days

    def _entry(self, origin: str) -> Sides:
        base, ours, theirs = (one.get(origin) for one in (self._old, self._mine, self._other))
        return merge_entries(base, ours, theirs, self._newline)


def _verify(text: str, entries: tuple[Entry, ...]) -> None:
    """Hold that the text says what was merged, whatever the ways in which it was laid out."""
    if [one.value for one in cut(text.encode(), "fusion").entries] != [
        one.value for one in entries
    ]:
        raise NotInPieces("Ces versions sont écrites trop différemment : fusionnez-les à la main.")


def _by_origin(pieces: Pieces, slugs: set[str]) -> dict[str, Entry]:
    """Give entries by their identifier in the base, which they may now hold as a former one."""
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


def _pick_text(base: str, ours: str, theirs: str, newline: str) -> str:
    """Take ours unless only theirs changed."""
    unchanged = not base or unix(ours) != unix(base) or unix(theirs) == unix(base)
    return ours if unchanged else unix(theirs).replace("\n", newline)
