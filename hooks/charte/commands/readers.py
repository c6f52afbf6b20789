"""What people type, read as what the register holds: each reader returns it or raises Misread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from difflib import get_close_matches
from textwrap import shorten
from typing import Any

from slugify import slugify

from charte import clock
from charte.charter import Commitment
from charte.commands.asking import Misread, Read
from charte.days import day_meant
from charte.french import fold, long_date, number
from charte.register.model import SLUG, SLUG_LENGTH
from charte.register.source import INVISIBLE, quoted

REASONS = {"retired": "retrait", "merged": "fusion", "listed-by-mistake": "erreur"}
_RELATIVE = {"aujourdhui": 0, "hier": 1, "avanthier": 2}  # days ago, as `fold` leaves the word
_SLUG = re.compile(SLUG)
_SIREN = re.compile(r"[0-9]{9}")
_NAMES = ("name", "slug")
_MOST_CHARACTERS = 1_000  # of an answer: no field of the register holds more
_ALIKE = 0.7  # of a name and the one that was meant
_WIDEST = 72  # characters of a commitment, to know it by
_MOST = 5  # signatories of one name that are listed
_LONGEST = 200  # characters of a name that are looked at
_MOST_COMPARED = 60  # characters of which the nearest name is looked for


def clean(given: str) -> str:
    """Return a text without the spaces around it, no-break spaces included.

    Raises:
        Misread: if it is too long, or something in it cannot be seen or is no character.
    """
    text = given.strip()
    if len(text) > _MOST_CHARACTERS:  # before anything else looks at it
        most = number(_MOST_CHARACTERS)
        raise Misread(f"{quoted(text)} compte plus de {most} caractères : raccourcissez.")
    if match := INVISIBLE.search(text):
        after = f", après {quoted(text[: match.start()][-40:])}" if match.start() else ""
        raise Misread(
            f"Un caractère invisible (U+{ord(match[0]):04X}) se cache dans "
            f"{quoted(INVISIBLE.sub('', text))}{after} : effacez-le, ou retapez le texte."
        )
    sound = text.encode("utf-8", "replace").decode()
    if sound != text:
        raise Misread(f"{quoted(sound)} n’est pas écrit en UTF-8 : retapez le texte.")
    return text


def read_day(given: str) -> str:
    """Return a day as the register writes it: « 25/11/2026 » and « hier » are understood."""
    text, today = given.strip(), clock.today()
    ago = _RELATIVE.get(re.sub(r"[ -]", "", fold(text[:40])).replace("'", "").replace("’", ""))
    day = day_meant(text) if ago is None else today - timedelta(days=ago)
    if day is None:
        raise Misread(
            f"{quoted(text)} n’est pas un jour : écrivez par exemple {today} ou {long_date(today)}."
        )
    return str(day)


def read_reason(given: str) -> str:
    """Return the reason of a withdrawal, given in French or as the register writes it."""
    said = fold(given[:40]).strip()
    for reason, french in REASONS.items():
        if said in {reason, french}:
            return reason
    raise Misread(f"{quoted(given)} n’est pas un motif : écrivez retrait, fusion ou erreur.")


def read_slug(given: str) -> str:
    """Return an identifier for an address, or suggest the one that was meant."""
    text = clean(given)
    if _SLUG.fullmatch(text) and len(text) <= SLUG_LENGTH:
        return text
    made = slugify(text[:200], max_length=SLUG_LENGTH) or "mon-entreprise"
    raise Misread(
        f"L’identifiant n’a pas la forme attendue : {quoted(text)}. "
        f"Écrivez par exemple « {made} » : en minuscules, sans accents, avec des tirets."
    )


def read_siren(given: str) -> str:
    """Return a SIREN as the register writes it, without the spaces that are printed in it."""
    text = clean(given)
    digits = "".join(text.split())
    return digits if _SIREN.fullmatch(digits) else text


def commitment_reader(commitments: Iterable[str]) -> Read:
    """Return the reader of a commitment: « 3 » is the third of the companies’."""
    known = list(commitments)

    def read(given: str) -> str:
        said = fold(given[:100]).strip()
        meant = f"industriels-{int(said)}" if re.fullmatch(r"[0-9]{1,3}", said) else said
        if meant in known:
            return meant
        raise Misread(
            f"Il n’y a pas d’engagement {quoted(given)}. Écrivez son numéro, "
            f"ou l’un de : {', '.join(known)}."
        )

    return read


def signatory_reader(entries: Iterable[Any]) -> Read:
    """Return the reader of a signatory: its identifier, a former one, or a name that is unique."""
    known = [one for one in entries if isinstance(one, dict) and _said(one, "slug")]

    def read(given: str) -> str:
        text = clean(given)
        folded = fold(text[:_LONGEST])
        for found in (
            [one for one in known if one["slug"] == text],
            [one for one in known if text in _former(one)],
            [one for one in known if _said(one, "name") == text],
            [one for one in known if fold(_said(one, "name")[:_LONGEST]) == folded],
        ):
            if len(found) == 1:
                return str(found[0]["slug"])
            if found:
                slugs = ", ".join(one["slug"] for one in found[:_MOST])
                raise Misread(f"Plusieurs signataires s’appellent {quoted(text)} : {slugs}.")
        raise Misread(
            f"Aucun signataire n’a l’identifiant ni le nom {quoted(text)}. "
            f"{_nearest(folded, known)}"
        )

    return read


def _nearest(folded: str, known: list[Any]) -> str:
    words = {fold(_said(one, key)[:_LONGEST]): one["slug"] for one in known for key in _NAMES}
    begun = [slug for word, slug in words.items() if folded and word.startswith(folded)]
    near = [words[word] for word in get_close_matches(folded[:_MOST_COMPARED], words, 1, _ALIKE)]
    if meant := list(dict.fromkeys(begun))[:_MOST] or near:
        return f"Vouliez-vous écrire « {' », « '.join(meant)} » ?"
    return "Son identifiant est à la fin de l’adresse de sa page."


def _former(entry: Any) -> list[Any]:
    former = entry.get("former_slugs")
    return former if isinstance(former, list) else []


def _said(entry: Any, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def commitment_list(commitments: Iterable[Commitment]) -> str:
    """Return the companies’ commitments, one a line, to choose from by their number."""
    return "\n".join(
        f"  {one.number}  {shorten(one.words, _WIDEST, placeholder='…')}"
        for one in commitments
        if one.id.startswith("industriels-")
    )
