"""Slots: the one way in which a page asks for something from the register.

A slot is written `[[ name ]]` or `[[ name argument ]]` in a page of docs/, in its text or in its
front matter. It is plain text to every Markdown engine and comes through untouched. The pages are
read here before the engine runs, so that a slot that means nothing stops the build at once, with
the file, the line, and the slots that would mean something.

A page whose front matter says `expand: signatories` or `expand: groups` is a mould: it becomes one
page per signatory or group. Its file's name starts with an underscore.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from charte.fragments import Fragments, SlotError
from charte.problems import Problem

SLOT = r"\[\[ ([a-z_]+)(?: ([a-z0-9-]+))? \]\]"

_SLOT = re.compile(SLOT)
_ANYTHING_LIKE_A_SLOT = re.compile(r"\[\[.*?\]\]")
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_EXPAND = re.compile(r"^expand:[ ]*(\S*)[ ]*$", re.MULTILINE)

# What `expand:` may say, and the kind of page that comes of it.
KINDS = {"signatories": "signatory", "groups": "group"}
EDITORIAL = "page"


@dataclass(frozen=True, slots=True)
class SlotUse:
    """A slot in a page's source; `line` and `column` count from 1."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A Markdown page of docs/, as far as expansion is concerned.

    Attributes:
        file: its path for messages, `docs/annexe.md`.
        uri: the folder of the built page from the root of the site, `annexe/`.
        expand: what its front matter says under `expand:`, or None.
        slots: the slots of its source, in order.
    """

    file: str
    uri: str
    expand: str | None
    slots: tuple[SlotUse, ...]

    @property
    def base(self) -> str:
        """The relative way from the page to the root of the site, such as `../../`."""
        return "../" * self.uri.count("/")

    @property
    def kind(self) -> str:
        """Which view fills it: `page`, `signatory` or `group`."""
        return KINDS[self.expand] if self.expand else EDITORIAL


def read_pages(docs: Path) -> tuple[SourcePage, ...]:
    """Read all Markdown pages under docs/, in a fixed order."""
    return tuple(_read_page(path, docs) for path in sorted(docs.rglob("*.md")))


def _read_page(path: Path, docs: Path) -> SourcePage:
    text = path.read_text(encoding="utf-8")
    front = _FRONT_MATTER.match(text)
    expand = _EXPAND.search(front[1]) if front else None
    folder = path.relative_to(docs).with_suffix("")
    if folder.name == "index":
        folder = folder.parent
    return SourcePage(
        file=f"{docs.name}/{path.relative_to(docs).as_posix()}",
        uri="" if folder == Path() else f"{folder.as_posix()}/",
        expand=expand[1] if expand else None,
        slots=tuple(_slot_uses(text)),
    )


def _slot_uses(text: str) -> Iterator[SlotUse]:
    for match in _ANYTHING_LIKE_A_SLOT.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        line = text.count("\n", 0, line_start) + 1
        yield SlotUse(match[0], line, match.start() - line_start + 1)


def slot_problems(pages: Iterable[SourcePage], fragments: Fragments) -> Iterator[Problem]:
    """Say which slots and moulds mean nothing, and what was perhaps meant."""
    for page in pages:
        if page.expand is not None and page.expand not in KINDS:
            yield Problem(
                page.file,
                1,
                1,
                f"« expand: {page.expand} » ne désigne rien.",
                f"Écrivez « expand: {' » ou « expand: '.join(KINDS)} ».",
            )
            continue
        for use in page.slots:
            if problem := _slot_problem(page, use, fragments):
                yield problem


def _slot_problem(page: SourcePage, use: SlotUse, fragments: Fragments) -> Problem | None:
    match = _SLOT.fullmatch(use.text)
    if not match:
        reason = f"L’emplacement {use.text} est mal écrit."
        remedy = (
            "Écrivez [[ nom ]] ou [[ nom argument ]], en minuscules, une espace de chaque côté."
        )
        return Problem(page.file, use.line, use.column, reason, remedy)
    name, argument = match.groups()
    try:
        fragments.check(page.kind, name, argument)
    except SlotError as error:
        near = difflib.get_close_matches(error.given, error.known, n=1)
        remedy = f"Vouliez-vous écrire « {near[0]} » ?" if near else error.remedy
        return Problem(page.file, use.line, use.column, str(error), remedy)
    return None
