"""The text of a printed annex, cut into what may be names.

Names are parted by « – » or by an empty line, but not inside brackets; an annex with one name a
line needs no separators. The rest of the document, its heading and its logo are left out.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise

from charte.problems import Unpublishable
from charte.register.source import INVISIBLE

MAX_LENGTH = 1_000_000
_LINES_PER_SEPARATOR = 4
_LONGEST_WORD = 300
_HEADING = re.compile(r"Annexe\s*[-–—:]\s*Liste des industriels signataires", re.IGNORECASE)
_UPDATED = re.compile(
    r"\(\s*dernière mise à jour\s*:\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*\)\s*:?", re.IGNORECASE
)
_LOGO = re.compile(r"ENGAGÉ\s+POUR\s+LA\s+E-SANTÉ\Z")
_DASH = re.compile(r"[–—]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_SEPARATOR = re.compile(rf"{_DASH.pattern}|{_PARAGRAPH.pattern}")
_BRACKET = re.compile(r"[()]|[^()]+")
_BULLET = re.compile(r"\s*[-•*·]\s")
_CARRIAGE_RETURN = re.compile(r"\r\n?")
_SLASH = re.compile(r"(?:(?<!\s)\s+)?/\s*")


def read_annex(text: str) -> tuple[date | None, list[str]]:
    """Return the annex's date, None where it has none, and what stands between its separators.

    Raises:
        Unpublishable: the text is too long for an annex.
    """
    if len(text) > MAX_LENGTH:
        raise Unpublishable("Ce texte est trop long pour une annexe : est-ce le bon fichier ?")
    # Composing letters takes the square of the accents that are piled on one.
    if word := max(text.split(), key=len, default="")[_LONGEST_WORD:]:
        raise Unpublishable(f"Aucun mot n’est si long : « …{word[:60]}… » ; est-ce une annexe ?")
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("\f", "\n\n"))
    text = _CARRIAGE_RETURN.sub("\n", text)
    if heading := _HEADING.search(text):
        text = text[heading.end() :]
    edition = None
    if updated := _UPDATED.search(text):
        edition = _date(*map(int, updated.groups()))
        text = text[updated.end() :]
    text = _LOGO.sub("", text.rstrip())
    segments = map(tidied, _lines(text) or _split(text))
    return edition, [segment for segment in segments if segment]


def _lines(text: str) -> list[str]:
    """Cut an annex that has one name a line; return nothing where separators part its names.

    A name may hold a separator: a few of them do not make the lines of a list a running text.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    separators = len(_DASH.findall(text))
    if separators * _LINES_PER_SEPARATOR >= len(lines):
        return []
    return [line[match.end() :] if (match := _BULLET.match(line)) else line for line in lines]


def _split(text: str) -> list[str]:
    """Cut a text at its separators; inside brackets a dash is none."""
    parts: list[list[str]] = [[]]
    pieces = [*_BRACKET.findall(text), ""]
    for piece, following in pairwise(pieces):
        separator = _PARAGRAPH if following == ")" else _SEPARATOR
        first, *rest = separator.split(piece)
        parts[-1].append(first)
        parts += ([one] for one in rest)
    return ["".join(part) for part in parts]


def _date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def tidied(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


def key(name: str) -> str:
    """Return what a name and its print have in common: all but spaces, and separators as spaces."""
    return _SLASH.sub("/", tidied(" ".join(_split(name))))
