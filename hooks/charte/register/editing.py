"""Edits of the register: from its text to its text, each changing its own lines and nothing else.

An edit says what the entries shall mean, and offers ways of writing it; `splicing` takes the first
that does. Values are those of the file: dict, list and str, dates as « 2020-11-16 ».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from slugify import slugify

from charte.french import sort_key
from charte.register.document import Path
from charte.register.layout import Layout, lay_out
from charte.register.model import SLUG_LENGTH
from charte.register.splicing import (
    Uneditable,
    Way,
    first_that_means,
    to_add,
    to_append,
    to_rewrite,
    to_say,
    to_set,
)
from charte.register.wording import did_you_mean
from charte.register.writing import ordered

_NEVER_SLUGS = frozenset({"index"})
LIST = "signatories"
_LISTS = ("see_also", "former_slugs", "former_names", "actions")
_CHECK_FIRST = "Lancez « charte check » et corrigez d’abord."


def add(text: str, fields: Mapping[str, Any]) -> str:
    """Add an entry before the first one whose name sorts after its own.

    Args:
        text: the register's file.
        fields: the entry's fields, `name` and `slug` among them.

    Raises:
        InvalidInput: if the file cannot be read.
        Uneditable: if there is no list of signatories, or it is written between brackets.
    """
    layout = lay_out(text)
    listed = layout.value.get(LIST) if isinstance(layout.value, dict) else None
    if listed != "" and not isinstance(listed, list):
        raise Uneditable(f"Le registre n’a pas de liste « {LIST}: ». {_CHECK_FIRST}")
    entry = ordered(fields)
    entries = layout.entries
    # A text that ends the file without a line end would gain one: then stand before it.
    places = dict.fromkeys([_alphabetical(entries, entry["name"]), max(len(entries) - 1, 0)])
    for last, place in enumerate(places, start=1):
        meant = [*entries[:place], entry, *entries[place:]]
        try:
            ways = to_add(layout, (LIST,), place, entry)
            return first_that_means(_with_entries(layout, meant), layout, ways)
        except Uneditable:
            if last == len(places):
                raise
    raise AssertionError  # there is always a place


def _alphabetical(entries: list[Any], name: str) -> int:
    key = sort_key(name)
    after = (
        index
        for index, entry in enumerate(entries)
        if _is_entry(entry) and sort_key(entry["name"]) > key
    )
    return next(after, len(entries))


def make_slug(text: str, name: str) -> str:
    """Make a slug from a name, with a number where the slug itself is or was another's.

    Raises:
        InvalidInput: if the file cannot be read.
        Uneditable: if the name has no letter or digit to make a slug of.
    """
    base = slugify(name, max_length=SLUG_LENGTH)
    if not base:
        raise Uneditable(
            f"Le nom « {name} » n’a ni lettre ni chiffre dont tirer un identifiant : "
            "donnez-en un avec --slug."
        )
    taken = _NEVER_SLUGS.union(*map(_claimed, lay_out(text).entries))
    slug, number = base, 1
    while slug in taken:
        number += 1
        end = f"-{number}"
        slug = base[: SLUG_LENGTH - len(end)].rstrip("-") + end
    return slug


def _claimed(entry: Any) -> set[str]:
    if not _is_entry(entry):
        return set()
    former = entry.get("former_slugs")
    former = former if isinstance(former, list) else []
    return {entry["slug"], *(slug for slug in former if isinstance(slug, str))}


def withdraw(text: str, slug: str, withdrawn: Mapping[str, str]) -> str:
    """Write when and why a signatory left: `on`, `reason` and, for a merger, `successor`.

    Raises:
        InvalidInput: if the file cannot be read.
        Uneditable: if no entry has the slug, or it has left already.
    """
    layout = lay_out(text)
    index = find(layout, slug)
    entry = layout.entries[index]
    if "withdrawn" in entry:
        raise Uneditable(f"« {entry['name']} » est déjà retiré du registre.")
    ways = to_set(layout, (LIST, index), "withdrawn", withdrawn)
    return settled(layout, index, {**entry, "withdrawn": dict(withdrawn)}, ways)


def act(text: str, slug: str, action: Mapping[str, str]) -> str:
    """Add an action: `date`, `title`, `url` and `commitment`.

    Raises:
        InvalidInput: if the file cannot be read.
        Uneditable: if no entry has the slug.
    """
    layout = lay_out(text)
    index = find(layout, slug)
    entry = layout.entries[index]
    ways = ways_to_append(layout, index, "actions", action)
    actions = [*(entry.get("actions") or ()), dict(action)]
    return settled(layout, index, {**entry, "actions": actions}, ways)


def ways_to_append(
    layout: Layout, index: int, field: str, block: Mapping[str, Any]
) -> Iterator[Way]:
    """Write one more block into a list field of an entry, or the field with its first."""
    path: Path = (LIST, index, field)
    entry = layout.entries[index]
    if field not in entry:
        yield from to_set(layout, path[:-1], field, [block])
    elif entry[field]:
        yield from to_append(layout, path, block)


def find(layout: Layout, slug: str) -> int:
    """Return the index of the entry with a slug.

    Raises:
        Uneditable: if there is none, and the nearest slug is suggested; or if a field that holds a
            list holds something else.
    """
    known = [entry["slug"] if _is_entry(entry) else "" for entry in layout.entries]
    if slug in known:
        index = known.index(slug)
        for field in _LISTS:
            if not isinstance(layout.entries[index].get(field) or [], list):
                raise Uneditable(
                    f"Le champ « {field} » de « {slug} » n’est pas une liste. {_CHECK_FIRST}"
                )
        return index
    hint = did_you_mean(slug, known, "Son identifiant est à la fin de l’adresse de sa page.")
    raise Uneditable(f"Aucun signataire n’a l’identifiant « {slug} ». {hint}")


def _is_entry(entry: Any) -> bool:
    """Return whether a value has the fields that tell entries apart."""
    if not isinstance(entry, dict):
        return False
    return isinstance(entry.get("name"), str) and isinstance(entry.get("slug"), str)


def _with_entries(layout: Layout, entries: list[Any]) -> Any:
    return {**layout.value, LIST: entries}


def settled(
    layout: Layout,
    index: int,
    entry: Mapping[str, Any],
    ways: Iterable[Way],
    moved: tuple[str, str] = ("", ""),
) -> str:
    """Return the text in which an entry is changed and what refers to it follows.

    Where none of the ways of changing some of the entry's lines will do, all are written anew.
    """
    meant = deepcopy([*layout.entries[:index], entry, *layout.entries[index + 1 :]])
    references = list(_references(layout.entries, moved[0])) if moved[0] else []
    for path in references:
        _put(meant, path[1:], moved[1])
    follow = {path: to_say(layout, path, moved[1]) for path in references}
    outside = [change for path, change in follow.items() if path[1] != index]
    anew = to_rewrite(layout, (LIST, index), meant[index])
    every = [
        *([*way, *follow.values()] for way in ways),
        *([*way, *outside] for way in anew),
    ]
    return first_that_means(_with_entries(layout, meant), layout, every)


def _references(entries: list[Any], slug: str) -> Iterator[Path]:
    """Find where other entries name a slug."""
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        for number, one in enumerate(entry.get("see_also") or ()):
            if one == slug:
                yield LIST, index, "see_also", number
        withdrawn = entry.get("withdrawn")
        if isinstance(withdrawn, dict) and withdrawn.get("successor") == slug:
            yield LIST, index, "withdrawn", "successor"


def _put(value: Any, path: Path, text: str) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = text
