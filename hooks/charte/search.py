"""The search index: what a reader may look for, and where it leads.

A small script searches in the reader's browser (theme/assets/js/trouver.js) and loads this file
when somebody looks for something. It compares letter by letter; what French readers leave out
(accents, case, ligatures, apostrophes) is left out here, by the one function that folds, so that
the script folds only what is typed.

Signatories, groups, commitments and the charter's former texts are told by their views. Other pages
are told section by section, as the engine gathers them while it renders; its own index is read and
not published.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from charte.addresses import CHARTER
from charte.french import fold
from charte.views import CommitmentView, GroupView, SignatoryView, SiteView, TextView

INDEX = "recherche.json"
ENGINE_INDEX = "search/search_index.json"

_CHARTER = "Charte"

_WORD = re.compile(r"[^\W_]+")
# Some write « e-santé » in one word.
_HYPHENATED = re.compile(r"(?<![^\W_])[^\W_]+(?:[-\u2010][^\W_]+)+")
# A word may stand in several of these tags; around all others it ends.
_WITHIN_A_WORD = re.compile(r"</?(?:a|abbr|b|code|em|i|small|span|strong|sub|sup)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or a section of one, that can be found.

    Attributes:
        uri: where it is, from the root of the site, `badge/#qui`.
        title: its name, as it is written.
        kind: what it is, in a word or two for the reader.
        text: what it says, without markup.
        aliases: the other names that lead to it.
        page: the title of the page that it is a section of.
    """

    uri: str
    title: str
    kind: str
    text: str = ""
    aliases: tuple[str, ...] = ()
    page: str | None = None


class Section(NamedTuple):
    """A section as the engine has gathered it; title and text are HTML, with slots."""

    location: str
    title: str
    text: str


Fill = Callable[[Section], Section]


def sections(engine_index: str) -> tuple[Section, ...]:
    """Read the engine's own index."""
    return tuple(
        Section(one["location"], one["title"], one["text"])
        for one in json.loads(engine_index)["docs"]
    )


def viewed(site: SiteView) -> Iterator[Entry]:
    """List what has a page of its own: signatories, groups, commitments, former texts."""
    yield from map(_signatory, site.signatories)
    yield from map(_group, site.groups)
    yield from map(_commitment, site.commitments)
    # The sections of the text in force are found page by page.
    yield from (_text(view) for view in site.texts if view.following)


def written(filled: Iterable[Section]) -> list[Entry]:
    """Tell what authors have written, from sections whose slots are filled; the charter first."""
    titles: dict[str, str] = {}
    entries = []
    for section in filled:
        page, _, anchor = section.location.partition("#")
        title = _plain(section.title)
        titles.setdefault(page, title)
        entry = Entry(
            uri=section.location,
            title=title,
            kind=_CHARTER if page.startswith(CHARTER) else "Page",
            text=_plain(section.text),
            page=titles[page] if anchor else None,
        )
        entries.append(entry)
    return sorted(entries, key=lambda one: one.kind != _CHARTER)


def index(entries: Iterable[Entry]) -> str:
    """Write the index: a JSON list, one object per entry, in the order of equals.

    `names` holds the folded words of the title, then those of each alias; `words` holds each
    folded word of the text once, and words with hyphens in one. What is empty is left out.
    """
    records = [{key: value for key, value in _record(one).items() if value} for one in entries]
    return json.dumps(records, ensure_ascii=False, separators=(",", ":"))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _joined_words(text: str) -> list[str]:
    return ["".join(_WORD.findall(one)) for one in _HYPHENATED.findall(fold(text))]


def _record(entry: Entry) -> dict[str, Any]:
    words = [*_words(entry.text), *_joined_words(f"{entry.title} {entry.text}")]
    return {
        "uri": entry.uri,
        "title": entry.title,
        "kind": entry.kind,
        "page": entry.page,
        "names": [" ".join(_words(name)) for name in (entry.title, *entry.aliases)],
        "text": entry.text,
        "words": " ".join(dict.fromkeys(words)),
    }


def _signatory(view: SignatoryView) -> Entry:
    former = [one.name for one in view.former_names]
    said = [
        view.standing.withdrawal,
        f"{'Ancien nom' if len(former) == 1 else 'Anciens noms'} : {', '.join(former)}."
        if former
        else None,
        view.note,
        view.description,
        *(deed.title for served in view.served for deed in served.deeds),
    ]
    return Entry(
        uri=view.uri,
        title=view.name,
        kind=view.standing.word[0].upper() + view.standing.word[1:],
        text=" ".join(filter(None, said)),
        aliases=tuple(former),
    )


def _group(view: GroupView) -> Entry:
    return Entry(view.uri, view.name, "Groupe", aliases=(f"Groupe {view.name}",))


def _commitment(view: CommitmentView) -> Entry:
    return Entry(view.uri, view.name, "Engagement", view.words)


def _text(view: TextView) -> Entry:
    said = (words.text for section in view.sections for pieces in section.words for words in pieces)
    return Entry(view.uri, view.name, _CHARTER, _plain(" ".join(said)))


def _plain(markup: str) -> str:
    text = _TAG.sub(" ", _WITHIN_A_WORD.sub("", markup))
    return " ".join(html.unescape(text).split())
