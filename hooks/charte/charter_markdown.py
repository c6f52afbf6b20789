"""The charter's Markdown: words, numbered promises and emphases, and nothing else.

It is read by the Markdown library that the engine has too, and taken apart element by element, so
that what a document could not say is refused (`Foreign`) and never lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from markdown import markdown

from charte.charter_words import PARTIES, Paragraph, Pieces, Promise, Promises, Words

_COMMITMENT = re.compile(r"\[\[ commitment (([a-z]+)-([1-9][0-9]{0,2})) \]\]\s")
_QUOTED_LENGTH = 60  # characters


class Foreign(ValueError):
    """Something that the printed charter does not hold; `str()` is what, in French.

    Attributes:
        words: the first of its words, as the source has them, as far as they are known.
    """

    def __init__(self, what: str, text: str | None = None) -> None:
        said = _line(text).strip()[:_QUOTED_LENGTH]
        quoted = f"« {said} »" if said else "un texte vide"
        super().__init__(f"{what}{quoted}" if text is not None else what)
        self.words = (text or "").strip().partition("\n")[0][:_QUOTED_LENGTH]


def read_blocks(source: str) -> tuple[Paragraph | Promises, ...]:
    """Read paragraphs and lists of commitments.

    Raises:
        Foreign: if there is anything else.
    """
    body = _element(source)
    return tuple(map(_block, _children(body)))


def read_title(source: str) -> str:
    """Read a heading's words, without the signs that make it one.

    Raises:
        Foreign: if it is more than words.
    """
    (heading,) = _element(f"# {source}")
    pieces = _said(heading)
    if len(pieces) != 1 or pieces[0].emphasised:
        raise Foreign("", source)
    return pieces[0].text


def _element(source: str) -> ET.Element:
    # The library's work grows with the square of the brackets that begin no commitment.
    other = _COMMITMENT.sub("", source).partition("[")
    if other[1]:
        raise Foreign("<a>, ", other[1] + other[2])
    try:
        html = markdown(source, extensions=["attr_list"])
        return ET.fromstring(f"<body>{html}</body>")  # noqa: S314 - a body declares no entity
    except ET.ParseError as error:
        raise Foreign(f"du HTML ({str(error).partition(':')[0]})") from None
    except RecursionError:
        raise Foreign("des blocs les uns dans les autres, sans fin") from None


def _children(element: ET.Element) -> Iterator[ET.Element]:
    """List an element's children, between which there must be no words."""
    for text in (element.text, *(child.tail for child in element)):
        if _line(text).strip():
            raise Foreign("", text)
    return iter(element)


def _block(element: ET.Element) -> Paragraph | Promises:
    if element.tag == "p":
        return Paragraph(_said(element))
    if element.tag == "ul":
        return Promises(tuple(map(_promise, _children(element))))
    raise Foreign(f"<{element.tag}>, ", "".join(element.itertext()))


def _promise(item: ET.Element) -> Promise:
    if item.find("p") is not None:  # blank lines stand between the items
        item, *others = _children(item)
        if others:
            raise Foreign(f"<{others[0].tag}>, ", "".join(others[0].itertext()))
    slot = _COMMITMENT.match(_line(item.text))
    if not slot or slot[2] not in PARTIES:
        raise Foreign("", "".join(item.itertext()))
    item.text = _line(item.text)[slot.end() :]
    return Promise(slot[1], slot[2], int(slot[3]), _said(item))


def _said(element: ET.Element) -> Pieces:
    """Take a paragraph apart at its emphases; the words in between keep their spaces."""
    pieces = [Words(_line(element.text))]
    for child in element:
        if child.tag != "em" or len(child):
            raise Foreign(f"<{child.tag}>, ", "".join(child.itertext()))
        pieces += [Words(_line(child.text), emphasised=True), Words(_line(child.tail))]
    if slot := next((piece.text for piece in pieces if "[[" in piece.text), None):
        raise Foreign("", slot)
    return tuple(piece for piece in pieces if piece.text)


def _line(text: str | None) -> str:
    """Write on one line what the page's source may break over several."""
    return re.sub(r"[ \n]+", " ", text or "")
