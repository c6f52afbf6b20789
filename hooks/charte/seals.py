"""The seals of the charter's texts: none that was published is lost, and none is broken in silence.

A text's page says on which day it was signed and, with its seal, that no word of it has changed;
the reading holds that the seal is true. So two revisions of the charter are compared by their
front matter alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from charte.charter_text import WHOLE
from charte.files import CHARTER, front_matter
from charte.problems import Problem, Severity
from charte.register.rules.subject import Rule

TEXT_LOST = Rule(
    "charter-text-lost",
    "Texte de la charte perdu",
    "Un texte publié de la charte garde son adresse et ses mots : les documents des éditions "
    "passées le reprennent.",
)

_FIELD = re.compile(r"^(signed|seal): *(\S*) *$", re.MULTILINE)


def text_problems(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Problem]:
    """Find the texts of the charter that a change loses, and those whose words it alters.

    Args:
        before: the charter's pages as they were published, by their path.
        after: its pages now.
    """
    kept = _seals(after)
    for day, seal in _seals(before).items():
        folder = f"{CHARTER}/{day}"
        if day not in kept:
            reason = f"Le texte de la charte du {day} est publié à /charte/{day}/, qui mourrait."
            remedy = f"Gardez ses pages, telles qu’elles étaient, dans {folder}/."
            yield Problem(f"{CHARTER}/{WHOLE}", 1, 1, reason, remedy, TEXT_LOST.name)
        elif seal and kept[day] != seal:
            reason = f"Les mots du texte de la charte du {day}, qui est publié, changent."
            remedy = (
                "Seule une faute de notre copie se corrige ainsi ; un amendement garde ce texte "
                f"dans {folder}/."
            )
            page = f"{CHARTER}/{WHOLE}"
            yield Problem(page, 1, 1, reason, remedy, TEXT_LOST.name, Severity.WARNING)


def _seals(pages: Mapping[str, str]) -> dict[str, str]:
    """Read the seal of each text, or nothing, by the day on which it was signed."""
    found = {}
    for path, page in pages.items():
        if PurePosixPath(path).name == WHOLE:
            said = dict(_FIELD.findall(front_matter(page.replace("\r\n", "\n"))))
            if day := said.get("signed"):
                found[day] = said.get("seal", "")
    return found
