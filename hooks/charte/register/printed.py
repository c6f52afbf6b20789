"""The annex as the ministry prints it, held against the register.

Names are parted by « – », but some have one inside, some stand glued to the next, and page breaks
fall anywhere: the text alone does not say where a name ends. So the register reads the print. First
its names are recognised where they stand alone; those not yet seen are then looked for inside what
is left, where a separator may be missing; what remains is new.

The register is asked what it was on the day of the print: by which names, and who stood in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from charte.problems import Unpublishable
from charte.register.glued import note_off, pattern, skeleton, tiles
from charte.register.history import listing, stands
from charte.register.model import Register, Signatory
from charte.register.printed_text import key, read_annex, tidied

_LONGEST = 3  # segments that one name may run over, when it holds « – » or a page break
_LONGEST_NAME = 1000
_MAX_SEARCH = 5_000_000  # characters in which names are sought, counted once for each name
_HIT = 2000  # what a name that is found costs, in the same measure


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A printed name that the register does not have, in the register's form.

    Attributes:
        name: as printed, but for spaces around the slash before a known group.
        group: the register's spelling of the group after the slash, or None.
        note: what is printed in brackets after the name, or None.
        beside: the known name that it touches without a separator, or None; whether the two are
            one new name or two names is for a person to say.
    """

    name: str
    group: str | None = None
    note: str | None = None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Respelling:
    """A name of the register that the print writes otherwise."""

    signatory: Signatory
    printed: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The print against the register as it was on the day of the print.

    Attributes:
        edition: the print's date; None where it has none: then the register is taken as it is.
        recognised: those who are printed under their name.
        new: names that are nobody's.
        missing: those who stood in the register and are not printed.
        respelt: those who are printed otherwise, or under a name of another time.
        left: those who are printed though they had left the register.
    """

    edition: date | None
    recognised: tuple[Signatory, ...]
    new: tuple[Newcomer, ...]
    missing: tuple[Signatory, ...]
    respelt: tuple[Respelling, ...]
    left: tuple[Signatory, ...]

    @property
    def agrees(self) -> bool:
        """Whether the print and the register say the same."""
        return not (self.new or self.missing or self.respelt or self.left)


def compare_print(text: str, register: Register) -> Comparison:
    """Read an annex, alone or at the end of a larger document, against the register.

    Raises:
        Unpublishable: the text is too long for an annex, or has next to nothing in common with the
            register.
    """
    edition, segments = read_annex(text)
    return _Matching(register, edition).comparison(segments)


class _Matching:
    """One comparison under way: what the register knew on a day, and what of it has been seen."""

    def __init__(self, register: Register, day: date | None) -> None:
        self._day = day
        self._names = {one.slug: self._name(one) for one in register.signatories}
        self._keys = {slug: key(name) for slug, name in self._names.items()}
        self._signatories = register.signatories
        self._known: dict[str, Signatory] = {}
        for one in register.signatories:
            self._known.setdefault(self._keys[one.slug], one)
        self._known.pop("", None)  # a name of nothing but a dash stands everywhere
        self._groups = {skeleton(one.group): one.group for one in register.signatories if one.group}
        self._otherwise = {
            key(name): one for one in register.signatories for name in _all_names(one)
        }
        self._respelt: list[Respelling] = []
        self._seen: set[str] = set()
        self._unseen = sorted(self._known, key=lambda name: (-len(name), name))
        self._search = 0

    def _name(self, one: Signatory) -> str:
        return listing(one, self._day).name if self._day else one.name

    def _stands(self, one: Signatory) -> bool:
        return stands(one, self._day) if self._day else not one.withdrawn

    def comparison(self, segments: list[str]) -> Comparison:
        rest = [
            part for one in self._alone(segments) if note_off(one)[0] for part in self._unglued(one)
        ]
        new = tuple(dict.fromkeys(self._unknown(rest)))
        recognised = tuple(one for one in self._signatories if key(self._name(one)) in self._seen)
        told = {one.slug for one in recognised} | {one.signatory.slug for one in self._respelt}
        missing = tuple(
            one for one in self._signatories if one.slug not in told and self._stands(one)
        )
        left = tuple(one for one in recognised if one.withdrawn and not self._stands(one))
        respelt = tuple(dict.fromkeys(self._respelt))
        return Comparison(self._day, recognised, new, missing, respelt, left)

    def _is_seen(self, one: Signatory) -> bool:
        return self._keys[one.slug] in self._seen

    def _alone(self, segments: list[str]) -> list[str]:
        """Recognise the names that stand between separators, the longest first; return the rest."""
        rest = []
        place = 0
        while place < len(segments):
            for count in range(_LONGEST, 0, -1):
                joined = key(" ".join(segments[place : place + count]))
                if self._recognise(joined) or self._recognise(note_off(joined)[0]):
                    break
            else:
                count = 1
                rest.append(segments[place])
            place += count
        return rest

    def _recognise(self, name: str) -> bool:
        if name in self._known:
            self._seen.add(name)
        elif one := self._otherwise.get(name):
            self._respelt.append(Respelling(one, name))
        else:
            return False
        return True

    def _unglued(self, segment: str) -> list[Newcomer]:
        """Recognise unseen names inside a segment that lacks separators; return what is left.

        A name that stands alone elsewhere is not sought: « Maincare Solutions » may well be new
        where « Maincare » is printed too.
        """
        unseen = self._sought_in(segment)
        normal = key(segment)
        if found := tiles(normal, unseen):
            self._seen.update(found)
            return []
        for name in unseen:
            if name in normal and (place := self._find(name, segment)):
                self._seen.add(name)
                beside = self._known[name].name
                parts = [segment[: place[0]], segment[place[1] :]]
                return [
                    Newcomer(one.name, one.group, one.note, one.beside or beside)
                    for part in map(tidied, parts)
                    if note_off(part)[0]
                    for one in self._unglued(part)
                ]
        return [self._newcomer(segment)]

    def _sought_in(self, segment: str) -> list[str]:
        """List the names not yet seen, the longest first; refuse a search without end."""
        if len(self._unseen) + len(self._seen) > len(self._known):
            self._unseen = [name for name in self._unseen if name not in self._seen]
        self._spend(len(self._unseen) * len(segment))
        return self._unseen

    def _spend(self, work: int) -> None:
        self._search += work
        if self._search > _MAX_SEARCH:
            raise Unpublishable(
                "Cette annexe et le registre n’ont presque rien en commun : est-ce la bonne ?"
            )

    def _find(self, name: str, segment: str) -> tuple[int, int] | None:
        """Find a name at the edge of words, or where a capital begins another name."""
        self._spend(_HIT)
        for match in re.finditer(pattern(name), segment):
            start, end = match.span()
            before, after = segment[start - 1 : start], segment[end : end + 2]
            starts = not before.strip() or (before.islower() and match[0][0].isupper())
            ends = not after[:1].strip() or (after[0].isupper() and not after.isupper())
            if starts and ends:
                return match.span()
        return None

    def _newcomer(self, segment: str) -> Newcomer:
        if len(segment) > _LONGEST_NAME:
            raise Unpublishable(
                f"Aucun nom n’est si long : « {segment[:60]}… ». Séparez les noms par « – », ou "
                "écrivez-en un par ligne."
            )
        name, note = note_off(segment)
        before, slash, after = name.rpartition("/")
        group = self._groups.get(skeleton(after)) if slash and before.strip() else None
        if group:
            name = f"{before.strip()}/{after.strip()}"
        return Newcomer(name, group, note)

    def _unknown(self, newcomers: Iterable[Newcomer]) -> Iterator[Newcomer]:
        """Return the names that are nobody's; note those that the register spells otherwise.

        A spelling belongs to those not yet seen first, and to a name of another time last.
        """
        spelt: dict[str, Signatory] = {}
        ranked = sorted(self._signatories, key=self._is_seen)
        for one in ranked:
            spelt.setdefault(skeleton(self._names[one.slug]), one)
        for one in ranked:
            for name in _all_names(one):
                spelt.setdefault(skeleton(name), one)
        for newcomer in newcomers:
            if known := spelt.get(skeleton(newcomer.name)):
                self._respelt.append(Respelling(known, newcomer.name))
            else:
                yield newcomer


def _all_names(one: Signatory) -> list[str]:
    return [one.name, *(former.name for former in one.former_names)]
