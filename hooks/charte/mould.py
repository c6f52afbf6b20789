"""A mould: a built page with slots, cast once and filled many times.

The engine has rendered one page that describes any signatory. Casting cuts its HTML at the slots
and at every mention of its own address; filling joins the pieces with one signatory's values. No
Markdown and no theme are run again, which is why a page costs a tenth of a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from charte.fragments import Value
from charte.slots import SLOT


class Setting(Enum):
    """What surrounds a slot: a paragraph of its own, a line of its own, or other text."""

    PARAGRAPH = auto()
    LINE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot in built HTML; `in_tag` when it stands in an attribute's value."""

    name: str
    argument: str | None
    setting: Setting
    in_tag: bool

    def __str__(self) -> str:
        return f"[[ {self.name} {self.argument} ]]" if self.argument else f"[[ {self.name} ]]"


Fill = Callable[[str, str | None], Value]


class MisplacedSlot(ValueError):
    """Markup was asked for where only text can stand."""


@dataclass(frozen=True, slots=True)
class Mould:
    """Pieces of HTML and the slots between them: piece, slot, piece … piece."""

    pieces: tuple[str, ...]
    slots: tuple[Slot, ...]

    @classmethod
    def cast(cls, html: str, own_uri: str = "") -> Mould:
        """Cut a page at its slots.

        Args:
            html: the page as the engine built it, or any text with slots.
            own_uri: for a page that is expanded, the address it was built at, which becomes the
                address of each page (`signataires/_signataire/`).
        """
        own = f"|(?P<own>{re.escape(own_uri)})" if own_uri else ""
        pattern = re.compile(rf"<p>{SLOT}</p>|^{SLOT}$|{SLOT}{own}", re.MULTILINE)
        pieces, slots, end = [], [], 0
        for match in pattern.finditer(html):
            pieces.append(html[end : match.start()])
            slots.append(_slot(match, html))
            end = match.end()
        return cls((*pieces, html[end:]), tuple(slots))

    def fill(self, fill: Fill) -> str:
        """Join the pieces with the values that `fill` gives for each slot's name and argument."""
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (_placed(slot, fill(slot.name, slot.argument)), piece)
        return "".join(parts)


def _slot(match: re.Match[str], html: str) -> Slot:
    start = match.start()
    in_tag = html.rfind("<", 0, start) > html.rfind(">", 0, start)
    if match.groupdict().get("own"):
        return Slot("uri", None, Setting.TEXT, in_tag)
    names, arguments = match.groups()[0:6:2], match.groups()[1:6:2]
    name, setting = next((n, s) for n, s in zip(names, Setting, strict=True) if n)
    return Slot(name, next(filter(None, arguments), None), setting, in_tag)


def _placed(slot: Slot, value: Value) -> str:
    if value.block:
        if slot.setting is Setting.TEXT:
            raise MisplacedSlot(str(slot))
        return value.html
    if slot.in_tag and "<" in value.html:
        raise MisplacedSlot(str(slot))
    return f"<p>{value.html}</p>" if slot.setting is Setting.PARAGRAPH else value.html
