"""What a proposal changes, written for those who review it: Markdown for a comment on a forge.

Text from the data is written as code, which no forge reads for markup, mentions, references or
links; identifiers alone are made of what needs no guard.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from charte.french import counted, long_date, number
from charte.register.differences import (
    Addition,
    Change,
    Deletion,
    Differences,
    Pair,
    former_name,
)
from charte.register.model import Action, FormerName, Signatory, Withdrawal
from charte.shown import shown

FIELDS = {
    "name": "nom",
    "slug": "identifiant",
    "listed": "entrée à l’annexe",
    "group": "groupe",
    "note": "précision",
    "see_also": "à ne pas confondre avec",
    "signed": "signature",
    "website": "site",
    "siren": "SIREN",
    "description": "activité",
    "former_slugs": "anciens identifiants",
    "former_names": "anciens noms",
    "actions": "actions",
    "withdrawn": "retrait",
}
_ITEMS = 10  # of a list
MOST = 50_000  # characters: a forge refuses a comment of more than 65,536
_REASONS = {"retired": "retrait", "merged": "fusion", "listed-by-mistake": "inscrit par erreur"}
_NOT_GIVEN = (None, ())
_SITE = re.compile(r"https?://[\w.:/~-]+")


def markdown(differences: Differences, since: str = "", site: str = "") -> str:
    """Write what changes in French, as Markdown that holds no markup from the data.

    Args:
        differences: what changes.
        since: with what the register was compared, where that is to be told.
        site: the absolute address of the site; "" where only paths are known.
    """
    address = _Addresses(site)
    blocks, room = [_summary(differences)], MOST
    for title, lines in _sections(differences, address):
        told, room = _fitting(lines, room)
        if told:
            blocks.append("\n".join([f"### {title}", "", *told]))
    if since:
        blocks.append(f"Comparé à {code(since)}.")
    return shown("\n\n".join(blocks) + "\n")


class _Addresses:
    """Where pages are, as a reader follows them."""

    def __init__(self, site: str) -> None:
        self._site = site.rstrip("/") if _SITE.fullmatch(site) else ""

    def page(self, slug: str) -> str:
        """Write the address of a signatory's page."""
        path = f"/signataires/{slug}/"
        return f"{self._site}{path}" if self._site else code(path)

    def linked(self, one: Signatory) -> str:
        """Write a signatory's name, as a link where the site is known."""
        path = f"/signataires/{one.slug}/"
        return f"[{code(one.name)}]({self._site}{path})" if self._site else code(one.name)


def _fitting(lines: Iterable[str], room: int) -> tuple[list[str], int]:
    """Keep the lines for which there is room, and say how many there are more."""
    told, left_out = [], 0
    for line in lines:
        room -= len(line)
        if room > 0:
            told.append(line)
        else:
            left_out += 1
    more = ["", f"… et {counted(left_out, 'ligne')} de plus."] if left_out else []
    return [*told, *more], room


def _summary(differences: Differences) -> str:
    changed = len({change.signatory.slug for change in differences.changed})
    counts = [
        (len(differences.added), "ajouté"),
        (len(differences.renamed), "renommé"),
        (len(differences.moved), "déplacé"),
        (len(differences.withdrawn), "retiré"),
        (len(differences.deleted), "effacé"),
        (changed, "modifié"),
    ]
    told = [(count, participle) for count, participle in counts if count]
    if not told:
        return "Aucun signataire ne change."
    (count, participle), *others = told
    first = f"{counted(count, 'signataire')} {participle}{'s' if count > 1 else ''}"
    said = ", ".join([first, *(counted(count, participle) for count, participle in others)])
    consequence = _consequence(differences)
    return f"{said}. {consequence}." if consequence else f"{said}."


def _consequence(differences: Differences) -> str:
    before, after = differences.present
    total = f"L’annexe passerait de {number(before)} à {number(after)}" if before != after else ""
    days = [long_date(day) for day in differences.new_editions]
    if len(days) == 1:
        edition = f"nouvelle édition du {days[0]}"
    else:
        edition = f"{number(len(days))} nouvelles éditions" if days else ""
    return f"{total} ({edition})" if total and edition else total or edition.capitalize()


def _sections(differences: Differences, address: _Addresses) -> Iterator[tuple[str, Iterable[str]]]:
    edition = differences.edition
    yield (
        "Édition",
        [f"- {long_date(edition[0])} devient {long_date(edition[1])}"] if edition else [],
    )
    yield "Ajoutés", _added(differences.added, address)
    yield "Ce qui est dit d’eux", _said(differences.added)
    yield "Renommés", [_renamed(one, address) for one in differences.renamed]
    yield "Déplacés", [_moved(one, address) for one in differences.moved]
    yield "Retirés", [_withdrawn(one, address) for one in differences.withdrawn]
    yield "Effacés", [_deleted(one, address) for one in differences.deleted]
    yield "Modifiés", list(_changed(differences.changed, address))


def _added(added: tuple[Addition, ...], address: _Addresses) -> Iterator[str]:
    rows = [_row(one, address) for one in added]
    # Readers cut tables at bars before they look for code, each in its own way.
    table = [row for row in rows if not any("|" in cell for cell in row)]
    if table:
        yield "| Signataire | Adresse future | Entrée | À vérifier |"
        yield "|---|---|---|---|"
    for row in table:
        yield f"| {' | '.join(row)} |"
    if table and len(table) < len(rows):
        yield ""
    for row in rows:
        if any("|" in cell for cell in row):
            yield f"- {', '.join(filter(None, row))}"


def _row(addition: Addition, address: _Addresses) -> tuple[str, str, str, str]:
    one = addition.signatory
    like = ", ".join(map(address.linked, addition.like))
    check = f"ressemble à {like}" if like else ""
    return code(one.name), address.page(one.slug), long_date(one.listed), check


def _said(added: tuple[Addition, ...]) -> Iterator[str]:
    for addition in added:
        one = addition.signatory
        said = [
            f"{FIELDS[field]} : {_shown(value)}"
            for field in Signatory.model_fields
            if field not in {"name", "slug", "listed"}
            and (value := getattr(one, field)) not in _NOT_GIVEN
        ]
        if said:
            yield f"- {code(one.name)} : {' ; '.join(said)}"


def _renamed(pair: Pair, address: _Addresses) -> str:
    kept = former_name(pair)
    until = f" le {long_date(kept.until)}" if kept else ""
    line = f"- {code(pair.before.name)} devient {code(pair.after.name)}{until}"
    if pair.before.slug == pair.after.slug:
        return f"{line}, à l’adresse {address.page(pair.after.slug)}"
    old, new = address.page(pair.before.slug), address.page(pair.after.slug)
    return f"{line} : {old} conduira à {new}"


def _moved(pair: Pair, address: _Addresses) -> str:
    old, new = address.page(pair.before.slug), address.page(pair.after.slug)
    return f"- {code(pair.after.name)} : {old} conduira à {new}"


def _withdrawn(pair: Pair, address: _Addresses) -> str:
    return (
        f"- {code(pair.after.name)} : {_shown(pair.after.withdrawn)} ; sa page reste à l’adresse "
        f"{address.page(pair.after.slug)}"
    )


def _deleted(one: Deletion, address: _Addresses) -> str:
    line = f"- {code(one.signatory.name)} : sa page {address.page(one.signatory.slug)} disparaît"
    if one.leads_to:
        line += f", l’adresse conduira à {address.page(one.leads_to)}"
    if new := one.in_its_place:
        command = f"charte rename {one.signatory.slug} --name {shlex.quote(new.name)}"
        line += (
            f". {code(new.name)} est à sa place : est-ce un changement de nom ? Alors, remettez "
            f"l’entrée, supprimez l’autre, et lancez {code(f'{command} --slug {new.slug}')}"
        )
    return line


def _changed(changes: Iterable[Change], address: _Addresses) -> Iterator[str]:
    last = None
    for change in changes:
        if change.signatory.slug != last:
            last = change.signatory.slug
            yield f"- {code(change.signatory.name)}, à l’adresse {address.page(last)}"
        yield f"  - {FIELDS[change.field]} : {_became(change.before, change.after)}"


def _became(before: Any, after: Any) -> str:
    if before in _NOT_GIVEN:
        return f"{_shown(after)} (ajouté)"
    if after in _NOT_GIVEN:
        return f"{_shown(before)} (supprimé)"
    return f"{_shown(before)} devient {_shown(after)}"


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, tuple):
        more = f" et {number(len(value) - _ITEMS)} de plus" if len(value) > _ITEMS else ""
        return ", ".join(map(_shown, value[:_ITEMS])) + more
    if isinstance(value, Action):
        return (
            f"{long_date(value.date)}, {code(value.title)} ({code(value.url)}, {value.commitment})"
        )
    if isinstance(value, FormerName):
        note = f" ({code(value.note)})" if value.note else ""
        return f"{code(value.name)}{note} jusqu’au {long_date(value.until)}"
    if isinstance(value, Withdrawal):
        successor = f", successeur {code(value.successor)}" if value.successor else ""
        edition = f", annexe du {long_date(value.unlisted)}" if value.unlisted else ""
        return f"{_REASONS[value.reason]} le {long_date(value.on)}{successor}{edition}"
    return code(str(value))


def code(text: str) -> str:
    """Write any text as Markdown code, on one line, fenced by more backticks than it holds."""
    line = " ".join(text.split()) or " "
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    room = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{room}{line}{room}{fence}"
