"""When two names look like one company's: case, accents, legal form and word order aside."""

from __future__ import annotations

import re

from charte.french import fold

_WORD = re.compile(r"[^\W_]+")
# Legal forms and words that say « group », as they stand in the names of companies.
_FORMS = {
    *("sa", "sas", "sasu", "sarl", "eurl", "sci", "scop", "snc", "se", "gie", "gip"),
    *("ag", "gmbh", "ltd", "inc", "groupe", "group"),
}


def likeness_keys(name: str) -> frozenset[str]:
    """Give keys of which two names that look alike share one.

    « SAS EXELUS » and « Exelus » share a key; so do « HOPPEN/EXTENS » and « HOPPEN », since what
    follows the slash may be a group.
    """
    before_slash = name.rpartition("/")[0]
    return frozenset(filter(None, (_key(name), _key(before_slash))))


def _key(name: str) -> str:
    words = _WORD.findall(fold(name))
    kept = [word for word in words if word not in _FORMS] or words
    return " ".join(sorted(kept))
