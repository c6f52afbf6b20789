"""Which signatories have a name like a new one: case, accents, legal form, word order aside."""

from __future__ import annotations

from difflib import SequenceMatcher

from charte.register.model import Register, Signatory
from charte.register.names import likeness_keys

ALIKE = 0.9


def near_duplicates(name: str, register: Register) -> list[Signatory]:
    """Give the signatories whose name is, or nearly is, another way of writing one.

    « Withing SAS » finds « WITHINGS »; « HOPPEN » finds « HOPPEN/EXTENS ».
    """
    keys = likeness_keys(name)
    matchers = [SequenceMatcher(b=key, autojunk=False) for key in sorted(keys)]
    return [
        signatory
        for signatory in register.signatories
        if not keys.isdisjoint(other := likeness_keys(signatory.name))
        or any(_alike(matcher, key) for matcher in matchers for key in other)
    ]


def _alike(matcher: SequenceMatcher[str], key: str) -> bool:
    matcher.set_seq1(key)
    # The first two are upper bounds of the third, and fast.
    return (
        matcher.real_quick_ratio() >= ALIKE
        and matcher.quick_ratio() >= ALIKE
        and matcher.ratio() >= ALIKE
    )
