"""Rules about what a text is made of: letters, spaces, and what a copy or a machine has added."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from charte.lettering import typeface
from charte.mark import BOLD
from charte.register.document import Path
from charte.register.rules.cleaning import (
    cleaned,
    composed,
    read_rightly,
    without_markup,
    without_quotes,
)
from charte.register.rules.subject import Finding, Subject
from charte.register.source import INVISIBLE, quoted
from charte.register.writing import written

_SCRIPTS = {"LATIN": "latine", "GREEK": "grecque", "CYRILLIC": "cyrillique"}
_WORD = re.compile(r"[^\W\d_]+")
_STRAY_SPACES = (
    (re.compile(r"^\s|\s$"), "Une espace est de trop au bord de {}."),
    (
        re.compile(r"[\t\n\r\u00a0\u2000-\u200a\u202f\u205f\u3000]"),
        "Une espace spéciale se cache dans {}.",
    ),
    (re.compile(r"\s{2,}"), "Plusieurs espaces se suivent dans {}."),
)
_PROSE = {"description", "title"}  # where a no-break space or a quotation may be meant
_NAMES = {"name", "group", "note"}
_LOST, _LAST_LETTER = "\ufffd", "\uffff"


def _rewritten(path: Path, text: str, otherwise: str = "Retapez le texte.") -> str:
    """Write the order to write a text, cleaned, or something else where none can be shown."""
    clean = cleaned(text)
    line = written(str(path[-1]), clean)
    shown = clean and "\n" not in text and not line.endswith((":", ": …"))
    return f"Écrivez « {line} »." if shown else otherwise


def decomposed_text(subject: Subject) -> Iterator[Finding]:
    """An accent is one character with its letter (Unicode, NFC), else a search misses the name."""
    for path, text in subject.texts:
        if composed(text) != text:
            yield Finding(
                path,
                f"Des accents de {quoted(text)} sont séparés de leur lettre, sans se voir.",
                _rewritten(path, text),
            )


def misread_texts(subject: Subject) -> Iterator[Finding]:
    """« SociÃ©tÃ© » was written in UTF-8 and read otherwise, once or twice."""
    for path, text in subject.texts:
        meant = read_rightly(text)
        if _LOST in meant:
            reason = (
                f"Un caractère s’est perdu dans {quoted(text)} ; « {_LOST} » en tient la place."
            )
            yield Finding(path, reason, "Retapez le mot.")
        elif meant != text:
            reason = f"Des lettres de {quoted(text)} ont été mal lues par un autre logiciel."
            has_emoji = max(meant) > _LAST_LETTER
            remedy = "Retapez le texte." if has_emoji else _rewritten(path, text)
            yield Finding(path, reason, remedy)


def marked_up_names(subject: Subject) -> Iterator[Finding]:
    """A name is text: « <b> » and « &amp; » would be read as they are written."""
    yield from _marked_up(subject, _NAMES)


def marked_up_prose(subject: Subject) -> Iterator[Finding]:
    """A description may speak of HTML, but rarely does."""
    yield from _marked_up(subject, _PROSE)


def _marked_up(subject: Subject, fields: set[str]) -> Iterator[Finding]:
    for path, text in subject.texts:
        if path[-1] in fields and without_markup(text) != text:
            yield Finding(
                path,
                f"Du code de page web (HTML) figure dans {quoted(text)}.",
                _rewritten(path, text, "Écrivez-le sans balises « < > »."),
            )


def quoted_names(subject: Subject) -> Iterator[Finding]:
    """Quotation marks around a whole name come from where it was copied."""
    for path, text in subject.texts:
        if path[-1] in _NAMES and without_quotes(text) != text:
            yield Finding(
                path,
                f"Des guillemets entourent {quoted(text)} : ils seraient publiés avec le nom.",
                _rewritten(path, text, "Retirez-les."),
            )


def stray_spaces(subject: Subject) -> Iterator[Finding]:
    """Spaces at the edges, doubled or special look like nothing and make two names differ."""
    for path, text in subject.texts:
        reason = next((told for found, told in _STRAY_SPACES if found.search(text)), None)
        if reason and text.strip() and path[-1] not in _PROSE:
            yield Finding(path, reason.format(quoted(text)), _rewritten(path, text))


def mixed_scripts(subject: Subject) -> Iterator[Finding]:
    """One word, one alphabet: « Cegеdim » with a Cyrillic « е » is another name to a machine."""
    for path, text in subject.texts:
        if word := next(filter(_is_mixed, () if text.isascii() else _WORD.findall(text)), None):
            strange = next(char for char in word if _script(char) not in {"latine", None})
            yield Finding(
                path,
                f"Le mot {quoted(word)} mêle deux alphabets : « {strange} » y est une lettre "
                f"{_script(strange)}.",
                "Retapez le mot au clavier.",
            )


def _is_mixed(word: str) -> bool:
    return len({script for char in word if (script := _script(char))}) > 1


def _script(char: str) -> str | None:
    name = unicodedata.name(char, "")
    return _SCRIPTS.get(name.partition(" ")[0])


def undrawable_names(subject: Subject) -> Iterator[Finding]:
    """Badge, card and document draw letter by letter, with a font that has a few thousand."""
    face = typeface(BOLD)
    for entry in subject.entries:
        for holder in (entry, *entry.blocks("former_names")):
            for field in ("name", "note"):
                text = holder.text(field)
                missing = face.missing(text) if text and not text.isascii() else None
                # What is invisible or lost has been told already.
                if text and missing and missing != _LOST and not INVISIBLE.match(missing):
                    yield Finding(
                        (*holder.path, field),
                        f"Le badge et le PDF ne savent pas dessiner « {missing} » "
                        f"(U+{ord(missing):04X}), dans {quoted(text)}.",
                        "Écrivez en lettres latines, grecques ou cyrilliques, sans émoji.",
                    )
