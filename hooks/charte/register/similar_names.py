"""When two names look like one company's; the same for who adds a name and for who checks one.

Names are alike that differ by case, accents, legal form or word order, by a letter that is missing,
too many, wrong or out of place, or by the words that follow: « Withing », « Cegedim Santé ». Names
with other numbers in them are other names. All names are looked up, never compared one by one, so
that ten thousand cost little more than ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from charte.french import fold
from charte.register.model import Register, Signatory

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
# Legal forms and words that say « group », as they stand in the names of companies.
_FORMS = {
    *("sa", "sas", "sasu", "sarl", "eurl", "sci", "scop", "snc", "se", "gie", "gip"),
    *("ag", "gmbh", "ltd", "inc", "groupe", "group"),
}
MOST = 5  # names that are said to be like another; the word that more begin with is a common one
TYPED = 500  # new names of one proposal; more come from a machine, and only the same are found
_SPELT = range(5, 41)  # letters of a name in which one may be missing or too many
_SWAPPED = 7  # letters from which on one of them may be another
_OPENING = 2  # letters, at least, of what a longer name begins with
_OPENINGS = 3  # words, at most


def likeness_keys(name: str) -> frozenset[str]:
    """Return keys of which two names that are the same but for their form share one.

    « SAS EXELUS » and « Exelus » share a key; so do « HOPPEN/EXTENS » and « HOPPEN », since what
    follows the slash may be a group.
    """
    before_slash, slash, _ = name.rpartition("/")
    keys = (" ".join(sorted(_words(one))) for one in ((name, before_slash) if slash else (name,)))
    return frozenset(filter(None, keys))


class SimilarNames:
    """Names among which to look for those that are like another; each is known by its number."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[str] = []
        self._by_key = _Lookup()
        self._by_words = _Lookup()
        self._by_opening = _Lookup()
        self._keys: dict[int, list[tuple[str, int]]] = {}  # by their length
        self._by_variant: dict[int, _Lookup] = {}  # likewise, once they are asked for
        self._openings_of = 0  # names, once they are asked for
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name; the first has the number 0."""
        number = len(self._names)
        self._names.append(name)
        for key in likeness_keys(name):
            self._by_key.add(key, number)
            self._keys.setdefault(len(key), []).append((key, number))
            if len(key) in self._by_variant:
                self._by_variant[len(key)].add_all(_variants(key), number)

    def same(self, name: str) -> list[int]:
        """Return the names that are the same but for case, accents, legal form or word order."""
        return sorted({one for key in likeness_keys(name) for one in self._by_key[key]})

    def like(self, name: str) -> list[int]:
        """Return the names that are the same or nearly so, or of which one begins the other."""
        near = {*self._spelt_nearly(name), *self._begun_alike(name)}
        numbers = _DIGITS.findall(name)
        alike = {one for one in near if _DIGITS.findall(self._names[one]) == numbers}
        return sorted({*self.same(name), *alike})

    def _spelt_nearly(self, name: str) -> Iterator[int]:
        for key in likeness_keys(name):
            if len(key) not in _SPELT:
                continue
            yield from self._variants_of(len(key) + 1)[key]  # a letter too many there
            for variant in _variants(key):
                yield from self._by_key[variant]  # a letter too many here
                if len(key) >= _SWAPPED:
                    yield from self._variants_of(len(key))[variant]  # another letter, or place

    def _variants_of(self, length: int) -> _Lookup:
        """Return the names by what their keys of a length become without one of their letters."""
        if length not in self._by_variant:
            found = self._by_variant[length] = _Lookup()
            for key, number in self._keys.get(length, ()):
                found.add_all(_variants(key), number)
        return self._by_variant[length]

    def _begun_alike(self, name: str) -> Iterator[int]:
        for number in range(self._openings_of, len(self._names)):
            words = _words(self._names[number])
            self._by_words.add(" ".join(words), number)
            self._by_opening.add_all(_openings(words), number)
        self._openings_of = len(self._names)
        words = _words(name)
        for opening in _openings(words):
            yield from self._by_words[opening]
        longer = self._by_opening[" ".join(words)]
        yield from longer if len(longer) <= MOST else ()


class _Lookup(dict[str, list[int]]):
    """Numbers by a text, the first few of each."""

    def add(self, text: str, number: int) -> None:
        known = self.get(text)
        if known is None:
            self[text] = [number]
        elif len(known) <= MOST:
            known.append(number)

    def add_all(self, texts: Iterable[str], number: int) -> None:
        for text in texts:
            self.add(text, number)

    def __missing__(self, _: str) -> list[int]:
        return []


def _words(name: str) -> list[str]:
    words = _WORD.findall(fold(name))
    return [word for word in words if word not in _FORMS] or words


def _variants(key: str) -> set[str]:
    """Return what a key becomes without one of its letters."""
    return {key[:at] + key[at + 1 :] for at in range(len(key))}


def _openings(words: list[str]) -> Iterator[str]:
    """Return what a name begins with, word by word, without the whole."""
    for count in range(1, min(len(words), _OPENINGS + 1)):
        opening = " ".join(words[:count])
        if len(opening) >= _OPENING:
            yield opening


def near_duplicates(name: str, register: Register) -> list[Signatory]:
    """Return the present signatories whose name is, or nearly is, another way of writing one."""
    present = [one for one in register.signatories if not one.withdrawn]
    return [present[number] for number in SimilarNames(one.name for one in present).like(name)]
