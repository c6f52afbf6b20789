"""One text of the charter, apart from any page: its day, its sections, its commitments, as printed.

A text is a folder: docs/charte for the one in force, docs/charte/2020-09-10 for a former one. Its
page « Texte intégral » says in its front matter on which day it was signed, puts the sections in
the order of the print and takes in the words of each; its seal holds that none of them changes. All
that the package knows of the charter is read here, so that a document says what the site says. The
charter is words, numbered promises and emphases: anything else is refused rather than lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from markdown import markdown

from charte.charter_words import (
    PARTIES,
    Paragraph,
    Pieces,
    Promise,
    Promises,
    Section,
    Text,
    Words,
)
from charte.files import CHARTER, front_matter, read_text
from charte.french import long_date
from charte.problems import InvalidInput, Problem

ANNEX = "annexe"
WHOLE = "index.md"  # the page that holds the whole text
RULE = "charter"

_SIGNED = re.compile(r"^signed: *(\S+) *$", re.MULTILINE)
_SEAL = re.compile(r"^seal: *(.*?) *$", re.MULTILINE)
# A heading of the whole text, and the page whose words stand under it.
_HEADING = re.compile(r"^##(?!#) *(?P<title>.*?)(?: *\{(?P<marks>[^{}\n]*)\})? *$", re.MULTILINE)
_ID = re.compile(r"#([^\s.=]+)")
_SNIPPET = "--8<--"
_TAKEN_IN = re.compile(rf'{_SNIPPET} "{CHARTER}/(?P<page>[^/"\n]+)\.md:texte"')
_LAYOUT = re.compile(r"</?div\b[^<>]*>")
_START, _END = "<!-- --8<-- [start:texte] -->", "<!-- --8<-- [end:texte] -->"
_COMMITMENT = re.compile(r"\[\[ commitment (([a-z]+)-([1-9][0-9]{0,2})) \]\]\s")
_QUOTED_LENGTH = 60  # characters


class _Foreign(ValueError):
    """Something that the printed charter does not hold."""


class _Page(NamedTuple):
    """A page of the charter: its path from the project's root, and its source."""

    name: str
    source: str

    def refusal(self, at: int, reason: str, remedy: str) -> InvalidInput:
        """Refuse what stands at an offset of the source."""
        line = self.source.count("\n", 0, at) + 1
        return InvalidInput([Problem(self.name, line, 1, reason, remedy, RULE)])


def read_charter_text(folder: Path, root: Path) -> Text:
    """Read one text of the charter from its folder, under the project's root.

    Raises:
        InvalidInput: if a page cannot be read, or says what a document could not say.
    """
    whole = _page(folder / WHOLE, root)
    sections = tuple(_sections(whole, folder, root))
    known = {section.page for section in sections}
    for path in sorted(folder.glob("[!.]*.md")):
        if path.name != WHOLE and path.stem not in known and _START in read_text(path, root):
            raise _page(path, root).refusal(
                0,
                "Cette page tient un texte de la charte que le texte intégral ne reprend pas.",
                f"Dans {whole.name}, sous un titre de niveau 2, écrivez "
                f'{_SNIPPET} "{CHARTER}/{path.name}:texte".',
            )
    ids = [promise.id for section in sections for promise in section.promises]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        reason = f"L’engagement « {twice} » est donné deux fois."
        raise whole.refusal(0, reason, "Un identifiant ne désigne qu’un engagement.")
    text = Text(_signed(whole), sections)
    _check_seal(whole, text)
    return text


def _page(path: Path, root: Path) -> _Page:
    return _Page(path.relative_to(root).as_posix(), read_text(path, root))


def _signed(whole: _Page) -> date:
    said = _SIGNED.search(front_matter(whole.source))
    try:
        return date.fromisoformat(said[1] if said else "")
    except ValueError:
        raise whole.refusal(
            0,
            "La page ne dit pas de quel jour est ce texte de la charte.",
            "Écrivez-le dans son en-tête, entre les deux « --- » : « signed: 2020-09-10 ».",
        ) from None


def _check_seal(whole: _Page, text: Text) -> None:
    """Refuse a signed text of which a word has changed: the documents of the past hold it."""
    seal = _SEAL.search(front_matter(whole.source))
    if seal and seal[1] != text.seal:
        raise whole.refusal(
            whole.source.index(seal[0]),
            f"Le texte du {long_date(text.day)} n’est plus celui qui a été scellé : les documents "
            "des éditions passées, qui le reprennent, changeraient.",
            f"Pour amender la charte, gardez d’abord ce texte dans {CHARTER}/{text.day}/, puis "
            "datez le nouveau sous « signed: » ; pour corriger une faute de copie, écrivez "
            f"« seal: {text.seal} ».",
        )


def _sections(whole: _Page, folder: Path, root: Path) -> Iterator[Section]:
    headings = list(_HEADING.finditer(whole.source))
    stray = whole.source.find(_SNIPPET, 0, headings[0].start() if headings else None)
    if stray >= 0:
        reason = "Ces mots sont hors de toute section : le document ne les reprendrait pas."
        raise whole.refusal(stray, reason, "Écrivez au-dessus « ## Titre { #identifiant } ».")
    for heading, following in pairwise([*headings, None]):
        assert heading  # noqa: S101 - only the last of the list is not one
        body = whole.source[heading.end() : following.start() if following else None]
        found = _ID.search(heading["marks"] or "")
        anchor = found[1] if found else ""
        if anchor == ANNEX:
            above = tuple(_blocks(whole)) if _START in body else ()
            yield Section(anchor, heading["title"], "", above)
            return
        taken_in = _TAKEN_IN.fullmatch(_LAYOUT.sub("", body).strip())
        if not anchor or not taken_in:
            raise whole.refusal(
                heading.start(),
                f"La section « {heading['title']} » manquerait au document : il n’y entre que les "
                "titres qui ont un identifiant et, sous eux, les mots d’une page et rien d’autre.",
                f"Écrivez « ## Titre {{ #identifiant }} », puis, seul, {_SNIPPET} "
                f'"{CHARTER}/page.md:texte" ; l’annexe vient en dernier, marquée {{ #{ANNEX} }}.',
            )
        page = _page(folder / f"{taken_in['page']}.md", root)
        yield Section(anchor, heading["title"], taken_in["page"], tuple(_blocks(page)))
    raise whole.refusal(
        len(whole.source),
        "Le texte intégral de la charte ne finit pas par l’annexe.",
        f"Ajoutez-y « ## Annexe {{ #{ANNEX} }} ».",
    )


def _blocks(page: _Page) -> Iterator[Paragraph | Promises]:
    """Read a page's words between their marks, by the Markdown library that the engine has too."""
    start, end = page.source.find(_START), page.source.find(_END)
    if not 0 <= start < end:
        raise page.refusal(
            0,
            "La page n’a pas les repères entre lesquels le texte intégral prend ses mots.",
            f"Écrivez {_START} au-dessus d’eux et {_END} en dessous.",
        )
    words = page.source[start + len(_START) : end]
    try:
        _check_brackets(words)
        html = markdown(words, extensions=["attr_list"])
        for element in _children(_element(f"<body>{html}</body>")):
            yield _block(element)
    except (_Foreign, RecursionError) as fault:
        raise page.refusal(
            start,
            f"Le document ne sait pas composer ceci : {fault}.",
            "Le texte de la charte n’est fait que de paragraphes, d’engagements numérotés et de "
            "mots en italique.",
        ) from None


def _check_brackets(words: str) -> None:
    """Refuse the brackets of links at once: the library's work grows with their number's square."""
    others = _COMMITMENT.sub("", words)
    if "[" in others:
        at = others.index("[")
        raise _Foreign(f"<a>, « {_line(others[at : at + _QUOTED_LENGTH])} »")


def _element(html: str) -> ET.Element:
    try:
        return ET.fromstring(html)  # noqa: S314 - no entity but XML's own is known within a body
    except ET.ParseError as error:
        raise _Foreign(f"du HTML ({str(error).partition(':')[0]})") from None


def _children(element: ET.Element) -> Iterator[ET.Element]:
    """List an element's children, between which there must be no words."""
    for text in (element.text, *(child.tail for child in element)):
        if stray := _line(text).strip():
            raise _Foreign(f"« {stray[:_QUOTED_LENGTH]} »")
    return iter(element)


def _block(element: ET.Element) -> Paragraph | Promises:
    if element.tag == "p":
        return Paragraph(_pieces(element))
    if element.tag == "ul":
        return Promises(tuple(map(_promise, _children(element))))
    raise _Foreign(f"<{element.tag}>, « {_line(''.join(element.itertext()))[:_QUOTED_LENGTH]} »")


def _promise(item: ET.Element) -> Promise:
    # Where blank lines stand between the items, each holds a paragraph.
    first, *others = _pieces(next(_children(item)) if item.find("p") is not None else item)
    slot = _COMMITMENT.match(first.text)
    if not slot or slot[2] not in PARTIES:
        raise _Foreign(f"« {first.text[:_QUOTED_LENGTH]} »")
    pieces = (Words(first.text[slot.end() :]), *others)
    return Promise(slot[1], slot[2], int(slot[3]), tuple(one for one in pieces if one.text))


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
