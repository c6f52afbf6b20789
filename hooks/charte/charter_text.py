"""The charter's words, apart from any page: sections, paragraphs and commitments, as printed.

The text lives in docs/charte and nowhere else. The page « Texte intégral » puts the sections in the
order of the print and takes in the text of each; both are read here, so that a document says what
the site says. The charter is words, twelve numbered promises and one emphasis: anything else is
refused rather than lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from markdown import markdown

from charte.files import read_text
from charte.problems import Unpublishable

ANNEX = "annexe"

# A heading of the whole text, and the page whose text stands under it.
_HEADING = re.compile(r"^## (?P<title>.+) \{ #(?P<id>[a-z-]+) \}$", re.MULTILINE)
_TAKEN_IN = re.compile(r'\s+--8<-- "(?P<file>[^":]+):texte"')
_TEXT = re.compile(r"<!-- --8<-- \[start:texte\] -->(.*)<!-- --8<-- \[end:texte\] -->", re.DOTALL)
_COMMITMENT = re.compile(r"\[\[ commitment ([a-z]+-(\d+)) \]\] ")


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a paragraph, on one line."""

    text: str
    emphasised: bool = False


Pieces = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that follow each other."""

    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment: its anchor on the site, its printed number, its words."""

    id: str
    number: int
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Promises:
    """The numbered commitments of one party, in order."""

    items: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the charter.

    Attributes:
        id: its anchor on the site, such as `preambule`.
        heading: its title as printed, number included.
        blocks: what it says; nothing for the annex, whose list is the register's.
    """

    id: str
    heading: str
    blocks: tuple[Paragraph | Promises, ...]


def read_charter(folder: Path) -> tuple[Section, ...]:
    """Read the charter from docs/charte: all sections in the order of the print, the annex last.

    Raises:
        InvalidInput: if a page cannot be read.
        Unpublishable: if a page holds what the printed charter does not, or the annex is not there.
    """
    root = folder.parents[1]
    page = folder / "index.md"
    sections = tuple(_sections(read_text(page, root), root))
    if not sections or sections[-1].id != ANNEX:
        raise Unpublishable(
            f"{page.relative_to(root).as_posix()} : le texte intégral de la charte finit par "
            f"l’annexe, sous un titre de niveau 2 marqué {{ #{ANNEX} }}."
        )
    return sections


def _sections(whole: str, root: Path) -> Iterator[Section]:
    for heading in _HEADING.finditer(whole):
        taken_in = _TAKEN_IN.match(whole, heading.end())
        if taken_in:
            blocks = tuple(_text(root / taken_in["file"], root))
            yield Section(heading["id"], heading["title"], blocks)
        elif heading["id"] == ANNEX:
            yield Section(heading["id"], heading["title"], ())


def _text(page: Path, root: Path) -> Iterator[Paragraph | Promises]:
    """Read the text of a section's page, by the Markdown library that the engine has too."""
    try:
        for element in _body(read_text(page, root)):
            yield _block(element)
    except (ET.ParseError, _Foreign) as fault:
        raise Unpublishable(
            f"{page.relative_to(root).as_posix()} : le texte de la charte n’est fait que de "
            "paragraphes, d’engagements numérotés et de mots en italique ; "
            f"le document ne sait pas composer ceci : {fault}."
        ) from None


class _Foreign(ValueError):
    """Something that the printed charter does not hold."""


def _body(page: str) -> ET.Element:
    text = _TEXT.search(page)
    if not text:
        raise _Foreign("une page sans les repères « start:texte » et « end:texte »")
    return ET.fromstring(f"<body>{markdown(text[1])}</body>")  # noqa: S314 - pages are trusted


def _block(element: ET.Element) -> Paragraph | Promises:
    if element.tag == "p":
        return Paragraph(_pieces(element))
    if element.tag == "ul":
        return Promises(tuple(map(_promise, element)))
    raise _Foreign(f"<{element.tag}>")


def _promise(element: ET.Element) -> Promise:
    slot = _COMMITMENT.match(element.text or "")
    if not slot:
        raise _Foreign(f"« {_line(element.text)} »")
    first, *others = _pieces(element)
    return Promise(slot[1], int(slot[2]), (Words(first.text[slot.end() :]), *others))


def _pieces(element: ET.Element) -> Pieces:
    """Take a paragraph apart at its emphases; the words in between keep their spaces."""
    pieces = [Words(_line(element.text))]
    for child in element:
        if child.tag != "em" or len(child):
            raise _Foreign(f"<{child.tag}>")
        pieces += [Words(_line(child.text), emphasised=True), Words(_line(child.tail))]
    return tuple(piece for piece in pieces if piece.text)


def _line(text: str | None) -> str:
    """Write on one line what the page's source may break over several."""
    return re.sub(r"[ \n]+", " ", text or "")
