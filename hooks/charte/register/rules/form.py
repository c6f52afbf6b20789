"""Rules about what is written in a field: dates, what was left to fill in, what YAML cuts off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stdnum.fr import siren

from charte import french
from charte.charter import SIGNED
from charte.register.model import Signatory
from charte.register.rules.subject import Entry, Finding, Subject, day
from charte.register.source import quoted
from charte.register.writing import written

_SIREN = re.compile(r"[0-9]{9}")
_LINE_END = re.compile(rb"\r\n?|\n")
_PLACEHOLDERS = {
    *("todo", "tbd", "xxx", "n/a", "a completer", "a preciser", "a definir", "lorem ipsum"),
    *("nom", "nom exact", "nom exact de la societe", "nom-exact-de-la-societe", "mon-entreprise"),
    *("exemple", "?", "??", "???", "-", "...", "…", "123456782"),
}
# In an identifier or a number these may be meant.
_TRIALS = {
    *("test", "tests", "test 1", "test1", "test test", "ceci est un test", "essai", "demo"),
    *("societe test", "entreprise test", "azerty", "qwerty", "asdf", "aaa", "bla bla", "blabla"),
}
_LONGEST = 40  # characters of what is left to fill in
_EXAMPLE_HOST = re.compile(r"^https?://(www\.)?(exemple\.fr|example\.(com|org|net))(/|$)")


def line_ends(subject: Subject) -> Iterator[Finding]:
    """Lines end in a line feed, else git takes each of them for a changed one."""
    if b"\r" in subject.source:
        ends = (match[0] for match in _LINE_END.finditer(subject.source))
        first = next(ends)
        other = next((number for number, end in enumerate(ends, 2) if end != first), None)
        reason = (
            "Les lignes du fichier finissent comme sous Windows (CRLF) : git les croit changées."
        )
        if other:
            reason = f"Les lignes du fichier finissent de deux façons, CRLF et LF : ligne {other}."
        yield Finding((), reason, "Lancez « charte fmt », ou choisissez « LF » dans votre éditeur.")


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


def placeholders(subject: Subject) -> Iterator[Finding]:
    """What was to be filled in has been filled in; what is not known is left out."""
    required = {name for name, one in Signatory.model_fields.items() if one.is_required()}
    for path, text in subject.texts:
        if len(text) > _LONGEST and not text.startswith("http"):
            continue
        said, field = french.fold(text.strip()), path[-1]
        is_trial = said in _TRIALS and field not in {"slug", "siren"}
        if is_trial or said in _PLACEHOLDERS or _EXAMPLE_HOST.match(text):
            yield Finding(
                path,
                f"{quoted(text)} n’est pas une vraie valeur.",
                "Écrivez la vraie valeur."
                if field in required
                else "Écrivez la valeur, ou supprimez la ligne si elle n’est pas connue.",
            )


def cut_names(subject: Subject) -> Iterator[Finding]:
    """YAML reads « # » after a space as a comment: « AB #1 » becomes « AB », silently."""
    for entry in subject.entries:
        for holder in (entry, *entry.blocks("former_names")):
            yield from _cut(subject, holder, "name")


def cut_values(subject: Subject) -> Iterator[Finding]:
    """What is cut off elsewhere may well be a comment."""
    for entry in subject.entries:
        for name in ("group", "note", "description"):
            yield from _cut(subject, entry, name)


def _cut(subject: Subject, holder: Entry, name: str) -> Iterator[Finding]:
    path = (*holder.path, name)
    text, comment = holder.text(name), subject.document.comments.get(path)
    if text and comment:
        yield Finding(
            path,
            f"La fin de la ligne, {quoted(comment)}, est lue comme un commentaire.",
            f"Écrivez « {written(name, f'{text} {comment}')} » si elle fait partie du texte ; "
            "sinon, placez le commentaire sur sa propre ligne.",
        )


def siren_keys(subject: Subject) -> Iterator[Finding]:
    """The last digit of a SIREN proves the others (Luhn's key, ISO/IEC 7812-1)."""
    for entry in subject.entries:
        text = entry.text("siren")
        if text and _SIREN.fullmatch(text) and not siren.is_valid(text):
            yield Finding(
                (*entry.path, "siren"),
                f"Le numéro SIREN {quoted(text)} n’existe pas : son dernier chiffre est faux.",
                "Recopiez-le depuis l’annuaire des entreprises.",
            )
