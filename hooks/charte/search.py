"""The search index: a mould's entries become one per page, and all learn to be found unaccented.

Material searches in the reader's browser with an index of titles and texts. A French reader types
« sante » and « oeuvre » for « santé » and « œuvre »; the engine compares letter by letter. So each
entry gets its unaccented spellings in two fields of their own, which are searched and never shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from charte.french import fold

INDEX = "search/search_index.json"

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
# The unaccented fields weigh as much as the fields they spell out.
_FIELDS = {"title": "folded_title", "text": "folded_text"}

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
        fields |= {folded: fields[plain] for plain, folded in _FIELDS.items()}
        entries = [_with_folded(one) for entry in self.entries for one in expand(entry)]
        data = {"config": {**self.config, "fields": fields}, "docs": entries}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _with_folded(entry: dict[str, Any]) -> dict[str, Any]:
    folded = {name: _folded_words(entry[plain]) for plain, name in _FIELDS.items()}
    return {**entry, **{name: words for name, words in folded.items() if words}}


def _folded_words(html: str) -> str:
    """Give the unaccented spelling of each word that has another one, each once."""
    words = _WORD.findall(_TAG.sub(" ", html).lower())
    return " ".join(dict.fromkeys(fold(word) for word in words if not word.isascii()))
