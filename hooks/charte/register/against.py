"""What a change may not do to what has been published: no address dies, nobody vanishes.

Compares the register with itself where the proposal left it. An address once published answers for
ever (promise 1) and stays one company's: an entry is withdrawn, not deleted, and a slug that
changes leaves a redirect.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from charte.problems import Problem
from charte.register.closed import CLOSED, edition_problems
from charte.register.deletions import DELETED
from charte.register.forgetting import RETURNED, SLUG_LOST, SLUG_TAKEN, Comparison
from charte.register.identity import heirs
from charte.register.published import Published
from charte.register.rules.subject import Rule, Subject
from charte.seals import TEXT_LOST

BOTH = Rule(
    "register-and-charter",
    "Registre et charte ensemble",
    "Le texte signé et la liste des signataires ne changent pas dans la même proposition.",
)
COMMITMENT_LOST = Rule(
    "commitment-lost",
    "Engagement perdu",
    "L’adresse d’un engagement publié répond toujours : un engagement abandonné la garde.",
)
UNREAD = Rule(
    "unread-base",
    "Comparaison impossible",
    "Ce qui n’a pas pu être comparé au registre publié n’est pas approuvé.",
)
HISTORY = (
    *(DELETED, SLUG_LOST, SLUG_TAKEN, RETURNED, CLOSED),
    *(BOTH, COMMITMENT_LOST, TEXT_LOST, UNREAD),
)

_COMMITMENT = re.compile(r"\[\[ *commitment +([a-z0-9-]+) *\]\]")


def history_problems(
    before: Published,
    subject: Subject,
    file: str,
    open_from: date | None = None,
    unread: Container[str] = (),
) -> Iterator[Problem]:
    """Find what a register forgets of an earlier one, and which closed editions it would alter.

    Args:
        before: the register as it was published.
        subject: the register to judge, as it was read.
        file: its name, for the messages.
        open_from: the first day that is not over, of which the edition may still grow; None where
            all editions are closed.
        unread: identifiers that are there, though they could not be read.
    """
    if subject.heirs is None:
        subject = replace(subject, heirs=heirs(before.register, subject.entries))
    comparison = Comparison(before, subject, file, unread)
    yield from comparison.problems()
    yield from edition_problems(before.register, subject, file, open_from, comparison.told)


def unread_base(named: str, file: str) -> Problem:
    """Report that nothing can be read of the register that the proposal would be compared with."""
    return Problem(
        file,
        1,
        1,
        f"Le registre publié ({named}) ne se lit pas : rien n’a pu lui être comparé.",
        "Réparez-le d’abord, ou comparez avec une révision antérieure : "
        f"charte check --against {named}~1",
        UNREAD.name,
    )


def charter_problems(changed_pages: Iterable[str], *, register_changed: bool) -> Iterator[Problem]:
    """Refuse a change of the charter's text in the same breath as one of its signatories.

    Args:
        changed_pages: the pages of the charter that the change touches.
        register_changed: whether it touches the register too.
    """
    for page in changed_pages if register_changed else ():
        yield Problem(
            page,
            1,
            1,
            "Le texte de la charte change en même temps que le registre.",
            "Faites deux propositions : l’une pour le texte, l’autre pour les signataires.",
            BOTH.name,
        )


def commitment_problems(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Problem]:
    """Find the commitments whose address would die.

    Args:
        before: the charter's pages as they were published, by their path.
        after: its pages now.
    """
    kept = {found for page in after.values() for found in _COMMITMENT.findall(page)}
    for path, page in before.items():
        for lost in dict.fromkeys(_COMMITMENT.findall(page)):
            if lost not in kept:
                yield Problem(
                    path,
                    1,
                    1,
                    f"L’adresse /engagements/{lost}/ a été publiée et ne mènerait plus nulle part.",
                    f"Rétablissez « [[ commitment {lost} ]] » devant l’engagement ; si la charte "
                    "est amendée, gardez le texte d’avant dans « docs/charte/<son jour>/ ».",
                    COMMITMENT_LOST.name,
                )
