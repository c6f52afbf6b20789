"""What a change may not do to what has been published: no address dies, nobody vanishes.

Compares the register with itself at an earlier revision. An address once published answers for
ever (promise 1): an entry is withdrawn, not deleted, and a slug that changes leaves a redirect.
"""

from __future__ import annotations

from collections.abc import Iterator

from charte.problems import Problem
from charte.register.model import Register, Signatory
from charte.register.rules.subject import Rule, Subject
from charte.register.source import quoted

DELETED = Rule(
    "entry-deleted",
    "Entrée supprimée",
    "Une page publiée ne disparaît pas : un signataire qui part est retiré, pas effacé.",
)
SLUG_LOST = Rule(
    "slug-lost",
    "Adresse perdue",
    "Un identifiant publié qui change reste dans « former_slugs », pour que l’adresse redirige.",
)
RETURNED = Rule(
    "withdrawal-undone",
    "Retrait annulé",
    "Un retrait publié fait partie de l’histoire ; il ne s’efface pas sans bruit.",
)
BOTH = Rule(
    "register-and-charter",
    "Registre et charte ensemble",
    "Le texte signé et la liste des signataires ne changent pas dans la même proposition.",
)
HISTORY = (DELETED, SLUG_LOST, RETURNED, BOTH)


def history_problems(before: Register, subject: Subject, file: str) -> Iterator[Problem]:
    """Say what a register forgets of an earlier one.

    Args:
        before: the register as it was published.
        subject: the register to judge, as it was read.
        file: its name, for the messages.
    """
    owners = {slug: entry for entry in subject.entries if (slug := entry.text("slug"))}
    kept = {slug for entry in subject.entries for _, slug in entry.texts("former_slugs")}
    by_name = {name: entry for entry in subject.entries if (name := entry.text("name"))}
    for one in before.signatories:
        for former in one.former_slugs:
            if former not in kept and former not in owners:
                yield _slug_lost(file, subject, one.slug, former)
        if entry := owners.get(one.slug):
            if one.withdrawn and entry.present:
                mark = subject.document.place(entry.path)
                yield Problem(file, *mark, *_returned(one), RETURNED.name)
        elif one.slug not in kept:
            if one.name in by_name:
                new = by_name[one.name].text("slug") or ""
                yield _slug_lost(file, subject, new, one.slug)
            else:
                mark = subject.document.place(("signatories",))
                yield Problem(file, *mark, *_deleted(one), DELETED.name)


def _slug_lost(file: str, subject: Subject, slug: str, lost: str) -> Problem:
    entry = next((entry for entry in subject.entries if entry.text("slug") == slug), None)
    path = (*entry.path, "slug") if entry else ("signatories",)
    return Problem(
        file,
        *subject.document.place(path),
        f"L’adresse /signataires/{lost}/ a été publiée et ne mènerait plus nulle part.",
        f"Rétablissez l’identifiant, ou ajoutez « former_slugs: [{lost}] » à l’entrée.",
        SLUG_LOST.name,
    )


def _returned(one: Signatory) -> tuple[str, str]:
    return (
        f"Le retrait de {quoted(one.name)} a été publié, et il disparaît ici.",
        "Rétablissez « withdrawn: » ; si la société a de nouveau signé, ajoutez une autre entrée.",
    )


def _deleted(one: Signatory) -> tuple[str, str]:
    return (
        f"L’entrée de {quoted(one.name)} ({one.slug}) a été supprimée ; son adresse est publiée.",
        "Rétablissez-la ; si le signataire est parti, ajoutez « withdrawn: » "
        f"(charte withdraw {one.slug}).",
    )


def charter_problems(changed_pages: list[str], *, register_changed: bool) -> Iterator[Problem]:
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
