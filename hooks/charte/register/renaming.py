"""Another name, another address: an edit that keeps what was published under the old ones.

The old slug joins `former_slugs`, so that the address redirects, and the old name `former_names`,
so that the editions of the annex that were published with it keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product
from typing import Any

from charte.days import day_meant
from charte.french import long_date
from charte.register.document import Path
from charte.register.editing import LIST, find, settled, ways_to_append
from charte.register.layout import Layout, lay_out
from charte.register.source import quoted
from charte.register.splicing import Uneditable, Way, to_append, to_say, to_set


def rename(
    text: str,
    slug: str,
    name: str | None,
    new_slug: str | None = None,
    until: str | None = None,
) -> str:
    """Change an entry's name where one is given, and its slug where a new one is.

    Where a day is given, the old name joins `former_names` and stands until then. The old slug
    joins `former_slugs`, and whatever refers to it (`see_also`, `successor`) follows: those are
    the only lines of other entries that are touched.

    Raises:
        InvalidInput: if the file cannot be read.
        Uneditable: if no entry has the slug, or the day precedes what is known of the name.
    """
    layout = lay_out(text)
    index = find(layout, slug)
    before = layout.entries[index]
    entry, own = dict(before), []
    histories: list[list[Way]] = []
    if name is not None and name != before["name"]:
        if until:
            _refuse_before(before, until)
        entry["name"] = name
        own.append(to_say(layout, (LIST, index, "name"), name))
        if until and _was_published(before, until):
            kept = _given_up(before, until)
            entry["former_names"] = [*(before.get("former_names") or ()), kept]
            histories.append(list(ways_to_append(layout, index, "former_names", kept)))
    if new_slug is None or new_slug == slug:
        return settled(layout, index, entry, _together(own, histories))
    own.append(to_say(layout, (LIST, index, "slug"), new_slug))
    entry |= {"slug": new_slug, "former_slugs": _former(before, slug, new_slug)}
    histories.append(list(_ways_to_keep(layout, index, slug, new_slug)))
    return settled(layout, index, entry, _together(own, histories), (slug, new_slug))


def _refuse_before(entry: Mapping[str, Any], until: str) -> None:
    """Refuse a day on which the name that is given up was not borne yet: a slip in the year."""
    held, since = _held_since(entry)
    if until < since:
        raise Uneditable(
            f"Le {_in_words(until)} précède {held}, le {_in_words(since)}. "
            "Vérifiez l’année, ou donnez avec --on un jour qui le suit."
        )


def _in_words(text: str) -> str:
    day = day_meant(text)
    return long_date(day) if day else quoted(text)


def _held_since(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return what gave an entry its present name, in French, and when."""
    former = entry.get("former_names")
    if isinstance(former, list) and former and isinstance(former[-1], dict):
        return "le dernier changement de nom", str(former[-1].get("until", ""))
    return "son entrée au registre", str(entry.get("listed", ""))


def _together(own: Way, histories: Iterable[Iterable[Way]]) -> Iterator[Way]:
    """Return every way of writing all of some changes."""
    return ([*own, *chain.from_iterable(ways)] for ways in product(*histories))


def _was_published(entry: Mapping[str, Any], until: str) -> bool:
    """Return whether a name stood in an edition before a day, and not only since that day."""
    _, since = _held_since(entry)
    return since < until


def _given_up(entry: Mapping[str, Any], until: str) -> dict[str, Any]:
    note = {"note": entry["note"]} if "note" in entry else {}
    return {"name": entry["name"], **note, "until": until}


def _former(entry: Mapping[str, Any], slug: str, new_slug: str) -> list[str]:
    """Return the former slugs after a move; the one that is the address again is none any more."""
    former = list(entry.get("former_slugs") or ())
    if new_slug in former:
        return [slug if one == new_slug else one for one in former]
    return [*former, slug]


def _ways_to_keep(layout: Layout, index: int, slug: str, new_slug: str) -> Iterator[Way]:
    """Write an old slug where it redirects."""
    path: Path = (LIST, index, "former_slugs")
    former = layout.entries[index].get("former_slugs")
    if former is None:
        yield from to_set(layout, path[:-1], "former_slugs", [slug])
    elif new_slug in former:
        yield [to_say(layout, (*path, former.index(new_slug)), slug)]
    elif former:
        yield from to_append(layout, path, slug)
