"""What was signed: the charter's texts, and the numbered commitments that they hold.

The charter's words live in docs/charte and nowhere else. When they are amended, what was in force
until then is kept in a folder named by its day, such as docs/charte/2020-09-10: an edition of the
annex goes with the text of its time, and a commitment that has ended keeps its page. Each
commitment begins with a slot that names it, `[[ commitment industriels-3 ]]`, which becomes its
number and permanent link on the page.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from charte.addresses import CHARTER as CHARTER_URI
from charte.addresses import charter_text_uri
from charte.charter_text import RULE, WHOLE, read_charter_text
from charte.charter_words import PARTIES, Text
from charte.files import CHARTER, FORMER_TEXTS, root_of
from charte.problems import InvalidInput, Problem

SIGNED = date(2020, 9, 10)  # charter, V
OPENING_LENGTH = 120  # characters


@dataclass(frozen=True, slots=True)
class Commitment:
    """One numbered promise of section III or IV.

    Attributes:
        id: its anchor, such as `industriels-3`.
        number: its number as printed.
        party: who promises, in French: « des industriels ».
        uri: where the charter says it, from the root of the site: a page and an anchor.
        words: what it says, as signed, as plain text.
        ended: the day of the last text that holds it; None where the text in force does.
    """

    id: str
    number: int
    party: str
    uri: str
    words: str
    ended: date | None = None

    @property
    def title(self) -> str:
        """How a reader names it: « Engagement 3 des industriels »."""
        return f"Engagement {self.number} {self.party}"

    @property
    def opening(self) -> str:
        """Its first words, to lead to the whole."""
        whole = self.words.rstrip(" ;.,")
        shortened = textwrap.shorten(whole, OPENING_LENGTH, placeholder="…")
        # Not in the middle of a quotation or of brackets.
        return re.sub(r"[\s,;:]*(«[^»]*|\([^)]*)?…$", "…", shortened)


def read_charter(folder: Path) -> tuple[Text, ...]:
    """Read all texts of the charter from docs/charte, the oldest first, the one in force last.

    Raises:
        InvalidInput: if one cannot be read, or does not bear the day that its place asks for.
    """
    root = folder.parents[1]
    kept = sorted(path for path in folder.glob(FORMER_TEXTS) if path.is_dir())
    former = tuple(read_charter_text(path, root) for path in kept)
    present = read_charter_text(folder, root)
    problems = [
        _day_problem(path, root, f"Ce texte est rangé au {path.name} et daté du {text.day}.")
        for path, text in zip(kept, former, strict=True)
        if path.name != text.day.isoformat()
    ]
    if kept and kept[-1].name >= present.day.isoformat():
        reason = f"Le texte en vigueur, du {present.day}, ne suit pas celui du {kept[-1].name}."
        problems.append(_day_problem(folder, root, reason))
    if problems:
        raise InvalidInput(problems)
    return (*former, present)


def _day_problem(folder: Path, root: Path, reason: str) -> Problem:
    return Problem(
        (folder / WHOLE).relative_to(root).as_posix(),
        1,
        1,
        reason,
        "Écrivez sous « signed: » le jour de ce texte ; un ancien texte est dans le dossier de ce "
        "nom, celui qui est en vigueur dans docs/charte.",
        RULE,
    )


def text_of(texts: Sequence[Text], day: date) -> Text:
    """Choose the text that was in force on a day; the first, for a day before it."""
    return next((text for text in reversed(texts) if text.day <= day), texts[0])


def commitments_of(texts: Sequence[Text]) -> dict[str, Commitment]:
    """List all commitments by id: those in force in the order of the charter, then the ended."""
    found: dict[str, Commitment] = {}
    for text in reversed(texts):
        for one in _commitments(text, in_force=text is texts[-1]):
            found.setdefault(one.id, one)
    return found


def _commitments(text: Text, *, in_force: bool) -> Iterator[Commitment]:
    for section in text.sections:
        page = f"{CHARTER_URI}{section.page}/" if in_force else charter_text_uri(text.day)
        for promise in section.promises:
            yield Commitment(
                promise.id,
                promise.number,
                PARTIES[promise.party],
                f"{page}#{promise.id}",
                "".join(piece.text for piece in promise.pieces),
                None if in_force else text.day,
            )


def read_commitments(folder: Path) -> dict[str, Commitment]:
    """Read all commitments of the charter's texts, by id; none where there is no charter.

    Raises:
        InvalidInput: if a text cannot be read.
    """
    return commitments_of(read_charter(folder)) if (folder / WHOLE).exists() else {}


def commitments_for(register: Path) -> dict[str, Commitment] | None:
    """Read the commitments that go with a register: its project's, or those at hand here, or None.

    A charter in which none is recognised is at hand all the same: it has no commitment.
    """
    places = (root_of(register) / CHARTER, Path(CHARTER))
    folder = next((one for one in places if (one / WHOLE).exists()), None)
    return read_commitments(folder) if folder else None
