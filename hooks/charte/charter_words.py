"""What a text of the charter is made of: sections, paragraphs and numbered promises, as values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

PARTIES = {"etat": "des pouvoirs publics", "industriels": "des industriels"}


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
    """One commitment: its anchor on the site, its party, its printed number, its words."""

    id: str
    party: str
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
        page: the name of the page that publishes it alone; "" for the annex, which is the register.
        blocks: what it says; of the annex, what stands above its list.
    """

    id: str
    heading: str
    page: str
    blocks: tuple[Paragraph | Promises, ...]

    @property
    def words(self) -> Iterator[Pieces]:
        """What it says, paragraph by paragraph and promise by promise."""
        for block in self.blocks:
            if isinstance(block, Promises):
                yield from (promise.pieces for promise in block.items)
            else:
                yield block.pieces

    @property
    def promises(self) -> Iterator[Promise]:
        """The commitments that it holds, in order."""
        for block in self.blocks:
            if isinstance(block, Promises):
                yield from block.items


@dataclass(frozen=True, slots=True)
class Text:
    """The charter as signed on a day: its sections in the order of the print, the annex last."""

    day: date
    sections: tuple[Section, ...]

    @property
    def seal(self) -> str:
        """What tells that no word of it has changed: 16 hexadecimal digits."""
        return sha256("\n".join(self._lines()).encode()).hexdigest()[:16]

    def _lines(self) -> Iterator[str]:
        for section in self.sections:
            yield f"{section.id} {section.heading}"
            yield from (promise.id for promise in section.promises)
            yield from ("".join(piece.text for piece in pieces) for pieces in section.words)
