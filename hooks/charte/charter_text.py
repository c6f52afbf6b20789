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

from charte.charter_markdown import Foreign, read_blocks, read_title
from charte.charter_words import Paragraph, Promises, Section, Text
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
        title = _title(whole, heading)
        if anchor == ANNEX:
            above = _blocks(whole) if _START in body else ()
            yield Section(anchor, title, "", above)
            return
        taken_in = _TAKEN_IN.fullmatch(_LAYOUT.sub("", body).strip())
        if not anchor or not taken_in:
            raise whole.refusal(
                heading.start(),
                f"La section « {title} » manquerait au document : il n’y entre que les "
                "titres qui ont un identifiant et, sous eux, les mots d’une page et rien d’autre.",
                f"Écrivez « ## Titre {{ #identifiant }} », puis, seul, {_SNIPPET} "
                f'"{CHARTER}/page.md:texte" ; l’annexe vient en dernier, marquée {{ #{ANNEX} }}.',
            )
        page = _page(folder / f"{taken_in['page']}.md", root)
        yield Section(anchor, title, taken_in["page"], _blocks(page))
    raise whole.refusal(
        len(whole.source),
        "Le texte intégral de la charte ne finit pas par l’annexe.",
        f"Ajoutez-y « ## Annexe {{ #{ANNEX} }} ».",
    )


def _title(whole: _Page, heading: re.Match[str]) -> str:
    try:
        return read_title(heading["title"])
    except Foreign as fault:
        reason = f"Le document ne sait pas composer ce titre : {fault}."
        raise whole.refusal(heading.start(), reason, "Un titre n’est fait que de mots.") from None


def _blocks(page: _Page) -> tuple[Paragraph | Promises, ...]:
    """Read a page's words, between their marks."""
    start, end = page.source.find(_START), page.source.find(_END)
    if not 0 <= start < end:
        raise page.refusal(
            0,
            "La page n’a pas les repères entre lesquels le texte intégral prend ses mots.",
            f"Écrivez {_START} au-dessus d’eux et {_END} en dessous.",
        )
    try:
        return read_blocks(page.source[start + len(_START) : end])
    except Foreign as fault:
        raise page.refusal(
            max(start, page.source.find(fault.words, start)),
            f"Le document ne sait pas composer ceci : {fault}.",
            "Le texte de la charte n’est fait que de paragraphes, d’engagements numérotés et de "
            "mots en italique.",
        ) from None
