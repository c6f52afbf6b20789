"""Adds to the register's text the names that a new edition of the annex brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from slugify import slugify

from charte.problems import Unpublishable
from charte.register.model import SLUG_LENGTH
from charte.register.pieces import cut, new_entry
from charte.register.printed import Newcomer
from charte.register.shelf import Shelf

_RESERVED = "index"


def reconciled(
    data: bytes, file: str, newcomers: Iterable[Newcomer], edition: date
) -> tuple[str, tuple[str, ...]]:
    """Return the register's text with new entries in their alphabetical places, and their slugs.

    Every other byte stays; the register's own edition is brought forward, never back.

    Raises:
        InvalidInput: the register cannot be read.
        NotInPieces: its entries cannot be told apart.
        Unpublishable: no slug can be made from a name.
    """
    pieces = cut(data, file)
    taken = {_RESERVED} | {entry.slug for entry in pieces.entries}
    for entry in pieces.entries:
        taken |= set(entry.value.get("former_slugs", ()))
    shelf, slugs = Shelf(pieces.entries, pieces.newline), []
    numbers: dict[str, int] = {}
    for one in newcomers:
        slug = _slug(one.name, taken, numbers)
        taken.add(slug)
        slugs.append(slug)
        values: dict[str, Any] = {"name": one.name, "slug": slug, "listed": edition.isoformat()}
        values |= {"group": one.group} if one.group else {}
        values |= {"note": one.note} if one.note else {}
        shelf.place(new_entry(values))
    latest = max(pieces.edition, edition.isoformat())
    return replace(pieces, entries=shelf.entries, edition=latest).joined(), tuple(slugs)


def _slug(name: str, taken: set[str], numbers: dict[str, int]) -> str:
    """Make a slug that is free; `numbers` are the last ones given to each, from 2 on."""
    made = slugify(name, max_length=SLUG_LENGTH - len("-99999"))
    if not made:
        raise Unpublishable(
            f"Aucun identifiant ne peut être tiré de « {name} » : ajoutez-le à la main."
        )
    slug = made
    while slug in taken:
        numbers[made] = numbers.get(made, 1) + 1
        slug = f"{made}-{numbers[made]}"
    return slug
