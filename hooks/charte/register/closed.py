"""What a change may not do to the editions that are closed: they are cited with names and total.

An edition is a state of the annex from a day on. A proposal may not alter one that was published,
nor invent one that never was, before the last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator
from datetime import date
from typing import NamedTuple

from charte.french import long_date
from charte.problems import Problem
from charte.register.document import Path
from charte.register.history import Listing, edition_days, listing, stands, unlisted
from charte.register.identity import origins
from charte.register.model import Register, Signatory
from charte.register.published import UNKNOWN_DAY, sound_signatory
from charte.register.rules.subject import Entry, Rule, Subject
from charte.register.source import quoted
from charte.register.writing import field_lines

CLOSED = Rule(
    "edition-closed",
    "Édition close",
    "Une édition publiée de l’annexe est citée avec ses noms et son total : passé son jour, elle "
    "ne change plus.",
)

_DATE_ANEW = "Datez « listed » du jour où l’annexe le cite pour la première fois ici."
_UNLIST = "Ajoutez « unlisted » au retrait : la date de la première édition qui ne le cite plus."
_KEEP_NOTE = "Gardez le nom et sa précision d’alors dans « former_names », avec « until »."


class _Alteration(NamedTuple):
    """A line of an edition that would not be what it was; None where there was or is none.

    `published` is false for a day on which no edition has appeared.
    """

    day: date
    was: Listing | None
    now: Listing | None
    published: bool


def edition_problems(
    before: Register,
    subject: Subject,
    file: str,
    open_from: date | None = None,
    leaving_out: Container[Path] = (),
) -> Iterator[Problem]:
    """Find the closed editions of the annex that a change would alter; each signatory once.

    Args:
        before: the register as it was published.
        subject: the register to judge, as it was read, and who the published signatories are now;
            entries with a fault are not judged.
        file: its name, for the messages.
        open_from: the first day that is not over: an edition of that day may still grow, since
            several proposals may be merged in a day; None where all are closed.
        leaving_out: the paths of entries of which something graver is told.
    """
    days = edition_days(before) - {UNKNOWN_DAY}
    closed = sorted(day for day in days if open_from is None or day < open_from)
    if not closed:
        return
    past = origins(before, subject.heirs or {})
    for entry in subject.entries:
        was = past.get(entry.path)
        if entry.path in leaving_out or (was and _says_the_same(entry, was)):
            continue
        now = sound_signatory(entry.fields)
        if now is None or (was and was.listed == UNKNOWN_DAY):
            continue
        if was and was.withdrawn and not now.withdrawn:
            continue  # `forgetting` tells of it
        if altered := _alteration(was, now, closed):
            field, reason, remedy = _told(altered, was, now, subject.today)
            mark = subject.document.place((*entry.path, *field))
            yield Problem(file, *mark, reason, remedy, CLOSED.name)


def _says_the_same(entry: Entry, was: Signatory) -> bool:
    """Report of most entries, without a closer look, that their lines are what they were."""
    if (
        was.former_names
        or was.withdrawn
        or not {"former_names", "withdrawn"}.isdisjoint(entry.fields)
    ):
        return False
    fields = entry.fields
    return (fields.get("name"), fields.get("listed"), fields.get("note")) == (
        was.name,
        str(was.listed),
        was.note,
    )


def _alteration(was: Signatory | None, now: Signatory, closed: list[date]) -> _Alteration | None:
    """Find the first closed edition in which a signatory's line is altered, or the first invented.

    Both lines only change on certain days: the first edition after each of them tells enough.
    """
    invented: _Alteration | None = None
    for day in sorted(_turns(was) | _turns(now)):
        if day > closed[-1]:
            break
        edition = closed[bisect_left(closed, day)]
        lines = _line(was, edition), _line(now, edition)
        if _words(lines[0]) != _words(lines[1]):
            return _Alteration(edition, *lines, published=True)
        lines = _line(was, day), _line(now, day)
        if invented is None and _words(lines[0]) != _words(lines[1]):
            invented = _Alteration(day, *lines, published=False)
    return invented


def _turns(one: Signatory | None) -> set[date]:
    """Return the days on which a signatory's line appears, changes or goes."""
    if one is None:
        return set()
    end = unlisted(one)
    return {one.listed, *(name.until for name in one.former_names), *([end] if end else ())}


def _line(one: Signatory | None, day: date) -> Listing | None:
    return listing(one, day) if one and stands(one, day) else None


def _words(line: Listing | None) -> tuple[str, str | None] | None:
    return line[:2] if line else None


def _told(
    one: _Alteration, was: Signatory | None, now: Signatory, today: date | None
) -> tuple[tuple[str, ...], str, str]:
    """Return the field at which a line was altered, why that is wrong, and the remedy."""
    restore = f"Rétablissez « listed: {was.listed} »." if was else _date_anew(today)
    if not one.published:
        day = long_date(one.day)
        reason = f"Aucune édition de l’annexe n’a paru le {day} : cette date en inventerait une."
        return _turned(now, one.day), reason, restore
    published = f"L’édition du {long_date(one.day)} est publiée"
    if one.was is None:
        return ("listed",), f"{published}, et ne cite pas ce signataire.", restore
    if one.now is None:
        reason = f"{published}, et cite ce signataire."
        if now.listed <= one.day:
            left = one.was.signatory.withdrawn is None
            return ("withdrawn", "on"), reason, _UNLIST if left else "Rétablissez la date publiée."
        return ("listed",), reason, restore
    if one.was.name != one.now.name:
        reason = f"{published} avec le nom {quoted(one.was.name)}."
        return ("name",), reason, _two_readings(one.was, now, today)
    reason = f"{published} avec une autre précision : {quoted(one.was.note or 'aucune')}."
    return ("note",) if one.now.note else ("name",), reason, _KEEP_NOTE


def _date_anew(today: date | None) -> str:
    if today is None:
        return _DATE_ANEW
    return (
        f"{_DATE_ANEW} Aujourd’hui, c’est « listed: {today} » ; « charte redate » l’écrit pour "
        "tout ce que votre proposition ajoute."
    )


def _turned(now: Signatory, day: date) -> tuple[str, ...]:
    """Return the field that has a signatory's line change on a day."""
    if now.listed == day:
        return ("listed",)
    return ("withdrawn",) if unlisted(now) == day else ("former_names",)


def _two_readings(was: Listing, now: Signatory, today: date | None) -> str:
    """Write how the change of a name is told, and what to do where it was none."""
    remedy = (
        "Gardez l’ancien nom dans « former_names », avec « until » (charte rename). "
        f"Si {quoted(now.name)} est une autre société, rétablissez ici {quoted(was.name)}, et "
        "donnez-lui sa propre entrée (charte add)."
    )
    if today is None or now.former_names:
        return remedy
    note = {"note": was.note} if was.note else {}
    kept = {"name": was.name, **note, "until": str(today)}
    return "\n".join([remedy, "", *field_lines("former_names", [kept], 4)])
