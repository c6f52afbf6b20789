"""Rules about what no page could show, and no disk could hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from slugify import slugify

from charte.register.rules.subject import Finding, Subject
from charte.register.source import quoted

_MOST_MARKS = 4  # on one letter; no orthography needs more
_MOST_LETTERS = 200  # of an address's part: file systems know 255 bytes
_RUN = re.compile(rf"[^\x00-\u02ff]{{{_MOST_MARKS + 1},}}")


def piled_accents(subject: Subject) -> Iterator[Finding]:
    """Accents piled on a letter cover the lines around it, and no line can break among them."""
    for path, text in subject.texts:
        if any(_is_piled(run) for run in _RUN.findall(text)):
            letters = "".join(one for one in text if not _is_mark(one))
            yield Finding(
                path,
                f"Plus de {_MOST_MARKS} accents s’empilent sur une lettre de {quoted(letters)}.",
                "Retapez le mot au clavier.",
            )


def _is_piled(run: str) -> bool:
    marks = 0
    for char in run:
        marks = marks + 1 if _is_mark(char) else 0
        if marks > _MOST_MARKS:
            return True
    return False


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me"}


def group_addresses(subject: Subject) -> Iterator[Finding]:
    """A letter of another script may take several of ours: « Щ » is « shch » in an address."""
    for entry in subject.entries:
        group = entry.text("group")
        if group and len(slugify(group[:_MOST_LETTERS])) > _MOST_LETTERS:
            yield Finding(
                (*entry.path, "group"),
                f"L’adresse de la page du groupe {quoted(group)} serait trop longue.",
                "Abrégez le nom du groupe.",
            )
