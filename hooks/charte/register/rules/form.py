"""Rules about what is written in a field: dates, characters, spaces, what was left to fill in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from charte import french
from charte.charter import SIGNED
from charte.lettering import typeface
from charte.mark import BOLD
from charte.register.rules.subject import Entry, Finding, Subject, day
from charte.register.source import INVISIBLE, quoted

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
_PROSE = {"description", "title"}  # where a no-break space may be meant
_PLACEHOLDERS = {
    *("todo", "tbd", "xxx", "n/a", "a completer", "a preciser", "a definir", "lorem ipsum"),
    *("nom", "nom exact", "nom exact de la societe", "nom-exact-de-la-societe", "mon-entreprise"),
    *("exemple", "?", "??", "???", "-", "...", "…", "123456782"),
}
_EXAMPLE_HOST = re.compile(r"^https?://(www\.)?(exemple\.fr|example\.(com|org|net))(/|$)")


def future_dates(subject: Subject) -> Iterator[Finding]:
    """A register tells what has happened."""
    latest = subject.latest or subject.today
    for path, text in subject.texts if latest else ():
        when = day(text)
        if latest and when and when > latest:
            yield Finding(
                path,
                f"La date du {french.long_date(when)} n’est pas encore passée.",
                "Vérifiez l’année, ou attendez ce jour.",
            )


def date_order(subject: Subject) -> Iterator[Finding]:
    """Charter, signature, edition, withdrawal: each comes after the one before."""
    for entry in subject.entries:
        listed = day(entry.text("listed"))
        yield from _after(entry, ("signed",), SIGNED, "la charte elle-même")
        yield from _after(entry, ("listed",), SIGNED, "la charte elle-même")
        if (signed := day(entry.text("signed"))) and listed:
            yield from _after(entry, ("listed",), signed, "la signature")
        if listed:
            yield from _after(entry, ("withdrawn", "on"), listed, "l’entrée à l’annexe")
        if left := day(entry.text("withdrawn", "on")):
            yield from _after(entry, ("withdrawn", "unlisted"), left, "le retrait")
        for action in entry.blocks("actions"):
            yield from _after(action, ("date",), SIGNED, "la charte elle-même")
        yield from _name_order(entry, listed)


def _name_order(entry: Entry, listed: date | None) -> Iterator[Finding]:
    """Former names follow each other, the oldest first, each published for a while."""
    before, what = listed, "l’entrée à l’annexe"
    for former in entry.blocks("former_names"):
        until = day(former.text("until"))
        if until and before:
            yield from _after(former, ("until",), before, what, strictly=True)
        before, what = until or before, "la fin du nom précédent"


def _after(
    entry: Entry, names: tuple[str, ...], before: date, what: str, *, strictly: bool = False
) -> Iterator[Finding]:
    when = day(entry.text(*names))
    if when and (when < before or (strictly and when == before)):
        verb = "précède" if when < before else "n’est pas après"
        yield Finding(
            (*entry.path, *names),
            f"Le {french.long_date(when)} {verb} {what}, du {french.long_date(before)}.",
            "Vérifiez le jour, le mois et l’année.",
        )


def decomposed_text(subject: Subject) -> Iterator[Finding]:
    """An accent is one character with its letter (Unicode, NFC), else a search misses the name."""
    for path, text in subject.texts:
        if not unicodedata.is_normalized("NFC", text):
            yield Finding(
                path,
                f"Des accents de {quoted(text)} sont séparés de leur lettre, sans se voir.",
                f"Retapez-le : {unicodedata.normalize('NFC', text)[:60]}",
            )


def stray_spaces(subject: Subject) -> Iterator[Finding]:
    """Spaces at the edges, doubled or special look like nothing and make two names differ."""
    for path, text in subject.texts:
        reason = next((told for found, told in _STRAY_SPACES if found.search(text)), None)
        if reason and text.strip() and path[-1] not in _PROSE:
            remedy = f"Écrivez « {' '.join(text.split())[:60]} »."
            yield Finding(path, reason.format(quoted(text)), remedy)


def mixed_scripts(subject: Subject) -> Iterator[Finding]:
    """One word, one alphabet: « Cegеdim » with a Cyrillic « е » is another name to a machine."""
    for path, text in subject.texts:
        for word in () if text.isascii() else _WORD.findall(text):
            scripts = {script for char in word if (script := _script(char))}
            if len(scripts) > 1:
                strange = next(char for char in word if _script(char) in scripts - {"latine"})
                yield Finding(
                    path,
                    f"Le mot {quoted(word)} mêle deux alphabets : « {strange} » y est une lettre "
                    f"{_script(strange)}.",
                    "Retapez le mot au clavier.",
                )


def _script(char: str) -> str | None:
    name = unicodedata.name(char, "")
    return _SCRIPTS.get(name.partition(" ")[0])


def placeholders(subject: Subject) -> Iterator[Finding]:
    """What was to be filled in has been filled in; what is not known is left out."""
    for path, text in subject.texts:
        if french.fold(text.strip()) in _PLACEHOLDERS or _EXAMPLE_HOST.match(text):
            yield Finding(
                path,
                f"{quoted(text)} n’est pas une vraie valeur.",
                "Écrivez la valeur, ou supprimez la ligne si elle n’est pas connue.",
            )


def undrawable_names(subject: Subject) -> Iterator[Finding]:
    """Badge, card and document draw letter by letter, with a font that has a few thousand."""
    face = typeface(BOLD)
    for entry in subject.entries:
        for holder in (entry, *entry.blocks("former_names")):
            for field in ("name", "note"):
                text = holder.text(field)
                missing = face.missing(text) if text and not text.isascii() else None
                # What is invisible has been told while the file was read.
                if text and missing and not INVISIBLE.match(missing):
                    yield Finding(
                        (*holder.path, field),
                        f"Le badge et le PDF ne savent pas dessiner « {missing} » "
                        f"(U+{ord(missing):04X}), dans {quoted(text)}.",
                        "Écrivez en lettres latines, grecques ou cyrilliques, sans émoji.",
                    )


def cut_values(subject: Subject) -> Iterator[Finding]:
    """YAML reads « # » after a space as a comment: « AB #1 » becomes « AB », silently."""
    for entry in subject.entries:
        for name in ("name", "group", "note", "description"):
            path = (*entry.path, name)
            comment = subject.document.comments.get(path)
            if entry.text(name) and comment:
                yield Finding(
                    path,
                    f"La fin de la ligne, {quoted(comment)}, est lue comme un commentaire.",
                    "Si elle fait partie du texte, mettez le tout entre guillemets ; "
                    "sinon, placez le commentaire sur sa propre ligne.",
                )
