"""A mould: a built page with slots, cast once and filled many times.

The engine has rendered one page that describes any signatory. Casting cuts its HTML at the slots
and at every mention of its own address, and compiles pieces and fragments into one template;
filling runs it with one signatory's view. No Markdown and no theme are run again, which is why a
page costs a tenth of a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Template

from charte.fragments import Fragments
from charte.slots import SLOT, SlotFault, SourcePage, check_slot

_MISPLACED = (
    "Un bloc se trouve au milieu d’une phrase, d’un titre ou d’une balise.",
    "Laissez-le seul sur sa ligne, entre deux lignes vides.",
)


class Part(NamedTuple):
    """A part of a page: a template, or HTML that is the same on all pages of the mould."""

    text: str
    template: bool


class Mould:
    """A page compiled into one template."""

    def __init__(self, template: Template, pieces: list[str]) -> None:
        self._template = template
        self._pieces = pieces

    @classmethod
    def cast(
        cls, html: str, page: SourcePage, fragments: Fragments, *, words: bool = False
    ) -> Mould:
        """Cut a page at its slots.

        Args:
            html: the page as the engine built it, or any text with slots.
            page: the page's source. Where it is expanded, every mention of the address it was
                built at becomes the address of each page.
            fragments: what stands in the slots.
            words: whether only what the search index keeps is wanted.

        Raises:
            SlotFault: for a slot that means nothing, a block within a sentence, or markup within
                a tag.
        """
        source = []
        pieces = [""]
        for part in _parts(html, page, fragments, words=words):
            if part.template:
                source += [_piece(pieces), part.text]
                pieces.append("")
            else:
                pieces[-1] += part.text
        source.append(_piece(pieces))
        # The way to the root is the same on all pages of a mould, and stands in every link.
        template = "".join(source).replace("{{ base }}", page.base)
        return cls(fragments.compile(template), pieces)

    def fill(self, view: object) -> str:
        """Fill every slot from a page's view."""
        return self._template.render(pieces=self._pieces, view=view)


def _piece(pieces: list[str]) -> str:
    """Refer to the last piece: its HTML must not be read as a template."""
    return f"{{{{ pieces[{len(pieces) - 1}]|safe }}}}"


def _parts(html: str, page: SourcePage, fragments: Fragments, *, words: bool) -> Iterator[Part]:
    own = f"|(?P<own>{re.escape(page.uri)})" if page.expand else ""
    pattern = re.compile(rf"<p>{SLOT}</p>|^{SLOT}$|{SLOT}{own}", re.MULTILINE)
    end = 0
    for match in pattern.finditer(html):
        yield Part(html[end : match.start()], template=False)
        if match.groupdict().get("own"):
            yield Part("{{ view.uri }}", template=True)
        else:
            yield _slot_part(match, page, fragments, words=words)
        end = match.end()
    yield Part(html[end:], template=False)


def _slot_part(
    match: re.Match[str], page: SourcePage, fragments: Fragments, *, words: bool
) -> Part:
    slot = match[0].removeprefix("<p>").removesuffix("</p>")
    name, argument = check_slot(slot, page.kind, fragments)
    if argument is not None:
        text, block = fragments.inline(name, argument, page.base), False
    else:
        text, block = fragments.source(page.kind, name, words=words)
    in_paragraph, in_text = match.group(1), match.group(5)
    if (block and in_text) or ("<" in text and _in_tag(match)):
        raise SlotFault(slot, *_MISPLACED)
    if in_paragraph and not block:
        text = f"<p>{text}</p>"
    return Part(text, template=argument is None)


def _in_tag(match: re.Match[str]) -> bool:
    start = match.start()
    return match.string.rfind("<", 0, start) > match.string.rfind(">", 0, start)
