"""The search index: a mould's entries become one per page, and all learn other spellings.

Material searches in the reader's browser with an index of titles and texts. A French reader types
« sante » and « oeuvre » for « santé » and « œuvre », « smart » for « FAIR&SMART »; the engine
compares letter by letter. So each entry gets these spellings in two fields of their own, which are
searched and never shown.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from charte.french import fold

INDEX = "search/search_index.json"

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
# The spellings of a field weigh as much as the field itself.
_FIELDS = {"title": "title_spellings", "text": "text_spellings"}

# What the engine's index keeps of a page's markup.
_NOT_KEPT = re.compile(r"</?(?!(?:p|code|pre|li|ol|ul|sub|sup)\b)[a-z][^>]*>")

Expand = Callable[[dict[str, Any]], Iterator[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The index that the engine wrote: its settings and its entries."""

    config: dict[str, Any]
    entries: tuple[dict[str, Any], ...]

    @classmethod
    def parse(cls, text: str) -> SearchIndex:
        """Read the engine's JSON."""
        data = json.loads(text)
        return cls(data["config"], tuple(data["docs"]))

    def expanded(self, expand: Expand) -> str:
        """Write the index with each entry expanded by `expand` and its unaccented spellings."""
        fields = dict(self.config["fields"])
        fields |= {spellings: fields[plain] for plain, spellings in _FIELDS.items()}
        separator = re.compile(self.config["separator"])
        entries = [
            {**one, **_spellings(one, separator)} for entry in self.entries for one in expand(entry)
        ]
        data = {"config": {**self.config, "fields": fields}, "docs": entries}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def index_text(html: str) -> str:
    """Write filled HTML as the engine's index does: few tags, quotation marks as they are."""
    if "<" in html:
        html = _NOT_KEPT.sub("", html)
        if not _TAG.sub("", html).strip():
            return ""
    return html.strip().replace("&#39;", "'").replace("&#34;", '"')


def _spellings(entry: dict[str, Any], separator: re.Pattern[str]) -> dict[str, str]:
    """Give the words a reader may type that the engine does not find in the entry by itself."""
    spellings = {}
    for field, name in _FIELDS.items():
        text = html.unescape(_TAG.sub(" ", entry[field])).lower()
        known = set(separator.split(text))
        words = dict.fromkeys(map(fold, _WORD.findall(text)))
        if missing := [word for word in words if word not in known]:
            spellings[name] = " ".join(missing)
    return spellings
