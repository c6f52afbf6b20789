"""What was signed: the numbered commitments, read from the pages that publish them.

The charter's text lives in docs/charte and nowhere else. Each of the 6 + 6 commitments begins with
a slot that names it, `[[ commitment industriels-3 ]]`; that slot becomes its number and permanent
link, and tells this module where the commitment's words are.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from charte.files import CHARTER, read_text, root_of

_COMMITMENT = re.compile(
    r"\[\[ commitment (?P<id>(?P<party>etat|industriels)-(?P<number>\d+)) \]\] (?P<text>.+)"
)

SIGNED = date(2020, 9, 10)  # charter, V
OPENING_LENGTH = 120  # characters

PARTIES = {"etat": "des pouvoirs publics", "industriels": "des industriels"}


@dataclass(frozen=True, slots=True)
class Commitment:
    """One numbered promise of section III or IV.

    Attributes:
        id: its anchor, such as `industriels-3`.
        number: its number as printed, 1 to 6.
        party: who promises, in French: « des industriels ».
        uri: the page of its section and its anchor, from the root of the site.
        text: its words, in Markdown, as signed.
    """

    id: str
    number: int
    party: str
    uri: str
    text: str

    @property
    def title(self) -> str:
        """How a reader names it: « Engagement 3 des industriels »."""
        return f"Engagement {self.number} {self.party}"

    @property
    def words(self) -> str:
        """Its words as plain text: the charter's only markup is an emphasis."""
        return self.text.replace("*", "")

    @property
    def opening(self) -> str:
        """Its first words, to lead to the whole."""
        whole = self.words.rstrip(" ;.,")
        shortened = textwrap.shorten(whole, OPENING_LENGTH, placeholder="…")
        # Not in the middle of a quotation or of brackets.
        return re.sub(r"[\s,;:]*(«[^»]*|\([^)]*)?…$", "…", shortened)


def read_commitments(folder: Path) -> dict[str, Commitment]:
    """Read all commitments of the charter's pages, by id, in the order of the charter."""
    found = [
        commitment
        for page in sorted(folder.glob("*.md"))
        for commitment in _page_commitments(page.stem, read_text(page, folder.parents[1]))
    ]
    return {one.id: one for one in sorted(found, key=lambda one: one.id)}


def commitments_for(register: Path) -> dict[str, Commitment]:
    """Read the commitments that go with a register: its project's, or those at hand here."""
    beside = root_of(register) / CHARTER
    return read_commitments(beside if beside.exists() else Path(CHARTER))


def _page_commitments(stem: str, markdown: str) -> Iterable[Commitment]:
    for match in _COMMITMENT.finditer(markdown):
        yield Commitment(
            id=match["id"],
            number=int(match["number"]),
            party=PARTIES[match["party"]],
            uri=f"charte/{stem}/#{match['id']}",
            text=match["text"],
        )
