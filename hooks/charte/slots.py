"""Slots: the one way in which a page asks for something from the register.

A slot is written `[[ name ]]` or `[[ name argument ]]` in a page of docs/, in its text or in its
front matter. It is plain text to every Markdown engine and comes through untouched. The pages are
read here before the engine runs, so that a slot that means nothing stops the build at once, with
the file, the line, and the slots that would mean something.

A page whose front matter says `expand: signatories` (or what else `KINDS` names) is a mould:
it becomes one page per signatory. Its file's name starts with an underscore.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from charte.files import CHARTER, FORMER_TEXTS, front_matter, read_text
from charte.fragments import Fragments, SlotError
from charte.problems import Problem

SLOT_START = "[[ "
SLOT = r"\[\[ ([a-z_]+)(?: ([a-z0-9-]+))? \]\]"

_SLOT = re.compile(SLOT)
_ANYTHING_LIKE_A_SLOT = re.compile(r"\[\[.*?\]\]|\[\[ [^\n]*")
_EXPAND = re.compile(r"^expand:[ ]*(\S*)[ ]*$", re.MULTILINE)

# What `expand:` may say, and the kind of page that comes of it.
KINDS = {
    "signatories": "signatory",
    "groups": "group",
    "editions": "edition",
    "commitments": "commitment",
    "texts": "text",
}
EDITORIAL = "page"
# Where the pages of each mould have been published, for ever (promise 1).
FOLDERS = {
    "signatories": "signataires/",
    "groups": "groupes/",
    "editions": "annexe/",
    "commitments": "engagements/",
    "texts": "charte/",
}
RULE = "slot"


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
        """Which view fills it: `page`, or one of the kinds."""
        return KINDS[self.expand] if self.expand else EDITORIAL


def read_pages(docs: Path) -> tuple[SourcePage, ...]:
    """Read all Markdown pages under docs/, in a fixed order, but the charter's former texts.

    The hidden are none, as for the engine.
    """
    former = set(docs.glob(f"{Path(CHARTER).name}/{FORMER_TEXTS}"))
    paths = (path for path in sorted(docs.rglob("*.md")) if former.isdisjoint(path.parents))
    return tuple(_read_page(path, docs) for path in paths if not _is_hidden(path, docs))


def _is_hidden(path: Path, docs: Path) -> bool:
    return any(name.startswith(".") for name in path.relative_to(docs).parts)


def _read_page(path: Path, docs: Path) -> SourcePage:
    text = read_text(path, docs.parent)
    expand = _EXPAND.search(front_matter(text))
    folder = path.relative_to(docs).with_suffix("")
    if folder.name in {"index", "README"}:
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
                RULE,
            )
            continue
        for use in page.slots:
            if problem := _slot_problem(page, use, fragments):
                yield problem


def mould_problems(pages: Collection[SourcePage]) -> Iterator[Problem]:
    """Hold that each mould is there, once, in the folder of the addresses that were published."""
    for expand, folder in FOLDERS.items():
        moulds = [page for page in pages if page.expand == expand]
        if not moulds:
            yield Problem(
                f"docs/{folder}",
                1,
                1,
                f"Aucune page ne dit « expand: {expand} » : les pages de /{folder} ne seraient pas "
                "publiées, et leurs adresses ne doivent jamais mourir.",
                f"Rétablissez le moule, par exemple docs/{folder}_modele.md.",
                RULE,
            )
        for page in moulds:
            in_place = re.fullmatch(rf"{folder}[^/]+/", page.uri)
            if not in_place or page is not moulds[0]:
                yield Problem(
                    page.file,
                    1,
                    1,
                    f"Le moule « expand: {expand} » est seul, et dans docs/{folder}.",
                    f"Gardez-en un, dans docs/{folder} : les adresses publiées en dépendent.",
                    RULE,
                )


def _slot_problem(page: SourcePage, use: SlotUse, fragments: Fragments) -> Problem | None:
    if not _SLOT.fullmatch(use.text):
        reason = f"L’emplacement {use.text} est mal écrit."
        remedy = (
            "Écrivez [[ nom ]] ou [[ nom argument ]], en minuscules, une espace de chaque côté."
        )
        return Problem(page.file, use.line, use.column, reason, remedy, RULE)
    try:
        check_slot(use.text, page.kind, fragments)
    except SlotFault as fault:
        return Problem(page.file, use.line, use.column, fault.reason, fault.remedy, RULE)
    return None


class SlotFault(ValueError):
    """A slot of a built page that cannot be filled: its text, why, and what to write instead."""

    def __init__(self, text: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.text, self.reason, self.remedy = text, reason, remedy


def slot_fault(page: SourcePage, fault: SlotFault) -> Problem:
    """Say a slot's fault at its place in the page's source, or on line 1 if it came from elsewhere.

    A page may take in another file (a snippet); its slots are then not its own.
    """
    uses = [use for use in page.slots if use.text == fault.text]
    line, column = (uses[0].line, uses[0].column) if uses else (1, 1)
    return Problem(page.file, line, column, fault.reason, fault.remedy, RULE)


def check_slot(text: str, kind: str, fragments: Fragments) -> tuple[str, str | None]:
    """Give a slot's name and argument, if it means something on a kind of page.

    Raises:
        SlotFault: if it means nothing.
    """
    match = _SLOT.fullmatch(text)
    assert match, text  # noqa: S101 - it was found by the same pattern
    name, argument = match.groups()
    try:
        fragments.check(kind, name, argument)
    except SlotError as error:
        near = difflib.get_close_matches(error.given, error.known, n=1)
        remedy = f"Vouliez-vous écrire « {near[0]} » ?" if near else error.remedy
        raise SlotFault(text, str(error), remedy) from None
    return name, argument
