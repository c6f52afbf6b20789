"""The annex as the ministry prints it, held against the register.

Names are parted by « – », but some have one inside, some stand glued to the next, and page breaks
fall anywhere: the text alone does not say where a name ends. So the register reads the print. First
its names are recognised where they stand alone; those not yet seen are then looked for inside what
is left, where a separator may be missing; what remains is new.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from charte.french import fold
from charte.register.model import Register, Signatory
from charte.register.source import INVISIBLE

_HEADING = re.compile(r"Annexe\s*[-–—:]\s*Liste des industriels signataires", re.IGNORECASE)
_UPDATED = re.compile(
    r"\(\s*dernière mise à jour\s*:\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*\)\s*:?", re.IGNORECASE
)
_LOGO = re.compile(r"\s*ENGAGÉ\s+POUR\s+LA\s+E-SANTÉ\s*\Z")
_SEPARATOR = re.compile(r"[–—](?![^()]*\))|\n[^\S\n]*\n")  # not inside brackets
_NOTE = re.compile(r"(?P<name>.*\S)\s*\((?P<note>[^()]+)\)")
_SLASH = re.compile(r"\s*/\s*")
_LONGEST = 3  # segments that one name may run over, when it holds « – » or a page break


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
    """The print against the register; `edition` is the print's date, None where it has none.

    `recognised` may hold signatories that have withdrawn; `missing` holds present ones only.
    """

    edition: date | None
    recognised: tuple[Signatory, ...]
    new: tuple[Newcomer, ...]
    missing: tuple[Signatory, ...]
    respelt: tuple[Respelling, ...]


def compare_print(text: str, register: Register) -> Comparison:
    """Read an annex, alone or at the end of a larger document, against the register."""
    edition, segments = _read(text)
    return _Matching(register).comparison(edition, segments)


def _read(text: str) -> tuple[date | None, list[str]]:
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("\f", "\n\n"))
    if heading := _HEADING.search(text):
        text = text[heading.end() :]
    edition = None
    if updated := _UPDATED.search(text):
        edition = _date(*map(int, updated.groups()))
        text = text[updated.end() :]
    segments = map(_tidy, _SEPARATOR.split(_LOGO.sub("", text)))
    return edition, [segment for segment in segments if segment]


def _date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _key(name: str) -> str:
    """Give what a name and its print have in common: all but spaces, and separators as spaces."""
    return _SLASH.sub("/", _tidy(_SEPARATOR.sub(" ", name)))


def _skeleton(name: str) -> str:
    """Give the letters and digits of a name, without case or accents."""
    return "".join(char for char in fold(name) if char.isalnum()) or name


class _Matching:
    """One comparison under way: what the register knows, and what of it has been seen."""

    def __init__(self, register: Register) -> None:
        self._signatories = register.signatories
        self._known: dict[str, list[Signatory]] = {}
        for signatory in register.signatories:
            self._known.setdefault(_key(signatory.name), []).append(signatory)
        self._known.pop("", None)  # a name of nothing but a dash stands everywhere
        self._groups = {
            _skeleton(one.group): one.group for one in register.signatories if one.group
        }
        self._seen: set[str] = set()

    def comparison(self, edition: date | None, segments: list[str]) -> Comparison:
        rest = [
            part
            for one in self._alone(segments)
            if _note_off(one)[0]
            for part in self._unglued(one)
        ]
        new, respelt = self._respelt(rest)
        recognised = tuple(one for one in self._signatories if _key(one.name) in self._seen)
        told = {one.slug for one in recognised} | {one.signatory.slug for one in respelt}
        missing = tuple(
            one for one in self._signatories if not one.withdrawn and one.slug not in told
        )
        return Comparison(edition, recognised, tuple(dict.fromkeys(new)), missing, respelt)

    def _alone(self, segments: list[str]) -> list[str]:
        """Recognise the names that stand between separators, the longest first; give the rest."""
        rest = []
        place = 0
        while place < len(segments):
            for count in range(_LONGEST, 0, -1):
                joined = _key(" ".join(segments[place : place + count]))
                if self._recognise(joined) or self._recognise(_note_off(joined)[0]):
                    break
            else:
                count = 1
                rest.append(segments[place])
            place += count
        return rest

    def _recognise(self, key: str) -> bool:
        if key not in self._known:
            return False
        self._seen.add(key)
        return True

    def _unglued(self, segment: str) -> list[Newcomer]:
        """Recognise unseen names inside a segment that lacks separators; give what is left.

        A name that stands alone elsewhere is not sought: « Maincare Solutions » may well be new
        where « Maincare » is printed too.
        """
        unseen = sorted(self._known.keys() - self._seen, key=lambda key: (-len(key), key))
        if tiles := _tiles(_key(segment), unseen):
            self._seen.update(tiles)
            return []
        for name in unseen:
            if place := _find(name, segment):
                self._seen.add(name)
                beside = self._known[name][0].name
                parts = [segment[: place[0]], segment[place[1] :]]
                return [
                    Newcomer(one.name, one.group, one.note, one.beside or beside)
                    for part in map(_tidy, parts)
                    if _note_off(part)[0]
                    for one in self._unglued(part)
                ]
        return [self._newcomer(segment)]

    def _newcomer(self, segment: str) -> Newcomer:
        name, note = _note_off(segment)
        before, slash, after = name.rpartition("/")
        group = self._groups.get(_skeleton(after)) if slash and before.strip() else None
        if group:
            name = f"{before.strip()}/{after.strip()}"
        return Newcomer(name, group, note)

    def _respelt(
        self, newcomers: Iterable[Newcomer]
    ) -> tuple[list[Newcomer], tuple[Respelling, ...]]:
        """Part new names from those that the register spells otherwise, unseen ones first."""
        spelt: dict[str, Signatory] = {}
        for one in sorted(self._signatories, key=lambda one: _key(one.name) in self._seen):
            spelt.setdefault(_skeleton(one.name), one)
        new, respelt = [], []
        for newcomer in newcomers:
            if known := spelt.get(_skeleton(newcomer.name)):
                respelt.append(Respelling(known, newcomer.name))
            else:
                new.append(newcomer)
        return new, tuple(dict.fromkeys(respelt))


def _note_off(text: str) -> tuple[str, str | None]:
    match = _NOTE.fullmatch(text)
    if match:
        return match["name"], match["note"].strip()
    # A note alone belongs to the recognised name before it.
    return ("", None) if re.fullmatch(r"\([^()]*\)", text) else (text, None)


def _tiles(text: str, names: list[str]) -> list[str]:
    """Cut a text into names, glued or parted by a space; give nothing where it does not go up."""
    ways: dict[int, list[str]] = {0: []}
    for place in range(len(text)):
        if place not in ways:
            continue
        for name in names:
            if text.startswith(name, place):
                end = place + len(name)
                note = re.compile(r" ?\([^()]*\)").match(text, end)
                end = note.end() if note else end
                end += text[end : end + 1] == " "
                ways.setdefault(end, [*ways[place], name])
    return ways.get(len(text), [])


def _find(name: str, segment: str) -> tuple[int, int] | None:
    """Find a name at the edge of words, or where a capital begins another name."""
    for match in re.finditer(_pattern(name), segment):
        before, after = segment[: match.start()], segment[match.end() :]
        starts = not before[-1:].strip() or (before[-1].islower() and match[0][0].isupper())
        ends = not after[:1].strip() or (after[0].isupper() and not after[:2].isupper())
        if starts and ends:
            return match.span()
    return None


def _pattern(name: str) -> str:
    return r"\s*/\s*".join(map(re.escape, name.split("/"))).replace(r"\ ", r"\s+")
