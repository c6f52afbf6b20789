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
from charte.slots import SLOT, SourcePage


class MisplacedSlot(ValueError):
    """Markup was asked for where only text can stand; `str()` is the slot."""


class Part(NamedTuple):
    """A part of a page: a template, or HTML that is the same on all pages of the mould."""

    text: str
    template: bool


class Mould:
    """A page compiled into one template."""

    def __init__(self, template: Template) -> None:
        self._template = template

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
            MisplacedSlot: for a block within a sentence, or markup within a tag.
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
        return cls(fragments.compile("".join(source), pieces=pieces, base=page.base))

    def fill(self, view: object) -> str:
        """Fill every slot from a page's view."""
        return self._template.render(view=view)


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
    in_paragraph, in_line, in_text = (match.groups()[index : index + 2] for index in (0, 2, 4))
    name, argument = next(found for found in (in_paragraph, in_line, in_text) if found[0])
    if argument is not None:
        text, block = fragments.inline(name, argument, page.base), False
    else:
        text, block = fragments.source(page.kind, name, words=words)
    if (block and in_text[0]) or ("<" in text and _in_tag(match)):
        raise MisplacedSlot(f"[[ {name} {argument} ]]" if argument else f"[[ {name} ]]")
    if in_paragraph[0] and not block:
        text = f"<p>{text}</p>"
    return Part(text, template=argument is None)


def _in_tag(match: re.Match[str]) -> bool:
    start = match.start()
    return match.string.rfind("<", 0, start) > match.string.rfind(">", 0, start)
