"""The charter and its annex as a document to print and to keep: one PDF per edition.

typst sets it from a template of the package and from data, as PDF/UA-1 (tagged, for assistive
technology) and PDF/A-2a (complete in itself, for archives) in one file. What strangers have written
comes in as JSON and is set as text; it is never read as markup. No font of the machine, no clock
and no folder decides a byte, so the document of an edition stays as it is while the annex goes on
changing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache as once
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from typing import Any

import typst

from charte import french, mark
from charte.addresses import PDF, edition_pdf_uri, edition_uri, signatory_uri
from charte.cache import Cache
from charte.charter import text_of
from charte.charter_words import Paragraph, Section, Text
from charte.lettering import typeface
from charte.problems import Unpublishable
from charte.project import Place
from charte.publish import Output
from charte.register.history import Edition, editions, first_slug
from charte.standing import CHARTER_TITLE
from charte.views import SiteView

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]

_PACKAGE = resources.files("charte")
_FONTS = (
    "SourceSans3-Regular.ttf",  # it has every letter that the others have
    "SourceSans3-Semibold.ttf",
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-It.ttf",
)
_PALE = mark.Palette(bowl="#edf4f0", tick="#fbe9e2", words="#000")


def outputs(site: SiteView, cache: Cache) -> Iterator[Output]:
    """Make the document of each edition with the charter's text of its day, and the latest of both.

    Raises:
        Unpublishable: if a name or a note holds a character that the fonts do not have.
    """
    edition = None
    for edition in editions(site.register):
        text = text_of(site.charter, edition.day)
        yield Output(edition_pdf_uri(edition.day), _document(edition, text, site, cache))
    if edition:
        yield Output(PDF, _document(edition, site.charter[-1], site, cache))


def _document(edition: Edition, text: Text, site: SiteView, cache: Cache) -> bytes:
    """Set an edition, or take it as it was set before from the same data by the same means."""
    content = _content(edition, text, site.charter[0].day, site.place)
    data = json.dumps(content, ensure_ascii=False)
    key = sha256(_means() + data.encode()).hexdigest()
    document = cache.get(key)
    if document is None:
        _check_letters(content)
        document = _typeset(data, datetime.combine(edition.day, time(tzinfo=UTC)))
        cache.put(key, document)
    return document


@once
def _means() -> bytes:
    """Sum up all that decides a document's bytes besides its data."""
    texts = (version("typst"), *STANDARDS)
    fonts = ((_PACKAGE / "fonts" / name).read_bytes() for name in _FONTS)
    parts = (*map(str.encode, texts), _template(), *fonts)
    return b"".join(sha256(part).digest() for part in parts)


@once
def _template() -> bytes:
    return (_PACKAGE / "documents" / "charte.typ").read_bytes()


@once
def _fonts() -> typst.Fonts:
    with resources.as_file(_PACKAGE / "fonts") as folder:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )


def _typeset(data: str, when: datetime) -> bytes:
    """Run typst, which refuses to make what would not keep the standards.

    Raises:
        Unpublishable: if it is not content. A warning is no less than an error: where a font is not
            there, typst warns and leaves the text out.
    """
    try:
        document, warnings = typst.compile_with_warnings(
            _template(),
            font_paths=_fonts(),
            sys_inputs={"data": data},
            pdf_standards=STANDARDS,
            timestamp=when,
        )
    except typst.TypstError as error:
        raise _failed(error.message) from None
    if warnings:
        raise _failed(warnings[0].message)
    return document


def _failed(reason: str) -> Unpublishable:
    return Unpublishable(f"Le document n’a pas pu être composé : {reason}.")


def _check_letters(content: dict[str, Any]) -> None:
    """Hold that the fonts have every letter, and name the entry that asks for one they have not."""
    face = typeface(_FONTS[0])
    for line in content["lines"]:
        if missing := face.missing(line["name"] + (line["note"] or "")):
            raise _undrawable(missing, f"l’entrée « {line['name']} »")
    if missing := face.missing(json.dumps({**content, "lines": ()}, ensure_ascii=False)):
        raise _undrawable(missing, "la charte ou de l’adresse du site")


def _undrawable(char: str, where: str) -> Unpublishable:
    return Unpublishable(
        f"Le document ne sait pas écrire le caractère « {char} » (U+{ord(char):04X}) de {where}."
    )


def _content(edition: Edition, text: Text, signed: date, place: Place) -> dict[str, Any]:
    """Collect all that the template says; the same edition gives the same content.

    The charter was signed on the day of its first text, whatever has been amended since.
    """
    day = edition.day
    return {
        "title": f"La {CHARTER_TITLE}",
        "edition": french.long_date(day),
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "signed": french.long_date(signed),
        "amended": french.long_date(text.day) if text.day != signed else None,
        "as_printed": _is_as_printed(text.sections[-1], day),
        "count": french.counted(len(edition.lines), "signataire"),
        "permalink": place.url + edition_uri(day),
        "latest": place.url + PDF,
        "pages": place.url + signatory_uri("…"),
        "mark": _drawing(mark.mark(mark.COLOUR), 240),
        "mark_alt": f"{mark.NAME} : un « e » dont la barre se relève en coche",
        "ornament": _drawing(mark.symbol(_PALE), 64),
        "colours": asdict(mark.COLOUR),
        "sections": [asdict(section) for section in text.sections],
        "lines": list(_lines(edition, place)),
    }


def _is_as_printed(annex: Section, day: date) -> bool:
    """Check whether an edition is the one whose day the charter's own annex bears."""
    said = (
        piece.text
        for block in annex.blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
    )
    return french.short_date(day) in "".join(said)


def _drawing(elements: str, width: int) -> str:
    return mark.svg(elements, width, 64, mark.NAME).decode()


def _lines(edition: Edition, place: Place) -> Iterator[dict[str, str | None]]:
    """Give the lines of the annex; the first of each letter shows it."""
    before = None
    for line in edition.lines:
        letter = french.letter(line.name)
        slug = first_slug(line.signatory)  # a former slug leads on (promise 1)
        yield {
            "letter": None if letter == before else letter,
            "name": line.name,
            "note": line.note,
            "slug": slug,
            "url": place.url + signatory_uri(slug),
        }
        before = letter
