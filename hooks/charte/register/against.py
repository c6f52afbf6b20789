"""What a change may not do to what has been published: no address dies, nobody vanishes.

Compares the register with itself at an earlier revision. An address once published answers for
ever (promise 1): an entry is withdrawn, not deleted, and a slug that changes leaves a redirect.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from charte.french import long_date
from charte.problems import Problem
from charte.register.history import Edition, Listing, editions, listing, stands
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
CLOSED = Rule(
    "edition-closed",
    "Édition close",
    "Une édition publiée de l’annexe est citée avec ses noms et son total : passé son jour, elle "
    "ne change plus.",
)
HISTORY = (DELETED, SLUG_LOST, RETURNED, CLOSED, BOTH)


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


def edition_problems(
    before: Register, after: Register, subject: Subject, file: str
) -> Iterator[Problem]:
    """Say which published editions of the annex a change would alter; each signatory once.

    The edition of the day of the check is still open: several proposals may be merged in a day.

    Args:
        before: the register as it was published.
        after: the register to judge.
        subject: the same, as it was read.
        file: its name, for the messages.
    """
    entries = {slug: entry for entry in subject.entries if (slug := entry.text("slug"))}
    told: set[str] = set()
    for edition in editions(before):
        if subject.today and edition.day >= subject.today:
            break
        for slug, was, now in _altered(edition, before, after):
            if slug in entries and slug not in told:
                told.add(slug)
                field, reason, remedy = _alteration(edition.day, was, now)
                path = (*entries[slug].path, *field)
                yield Problem(file, *subject.document.place(path), reason, remedy, CLOSED.name)


def _altered(
    edition: Edition, before: Register, after: Register
) -> Iterator[tuple[str, Listing | None, Listing | None]]:
    """Give what an edition's lines were and would become, by the present slug.

    A lost slug and a withdrawal undone are told by `history_problems`, and not a second time.
    """
    was = {line.signatory.slug: line for line in edition.lines}
    by_name = {line.name: line for line in edition.lines}
    withdrawn = {one.slug for one in before.signatories if one.withdrawn}
    for one in after.signatories:
        if one.slug in withdrawn and not one.withdrawn:
            continue
        known = (was[slug] for slug in (one.slug, *one.former_slugs) if slug in was)
        old = next(known, by_name.get(one.name))
        new = listing(one, edition.day) if stands(one, edition.day) else None
        if (old and old[:2]) != (new and new[:2]):
            yield one.slug, old, new


def _alteration(
    day: date, was: Listing | None, now: Listing | None
) -> tuple[tuple[str, ...], str, str]:
    """Say of an altered line at which field it was altered, why that is wrong, and the remedy."""
    published = f"L’édition du {long_date(day)} est publiée"
    if was is None:
        return (
            ("listed",),
            f"{published}, et ne cite pas ce signataire.",
            "Datez « listed » du jour où l’annexe le cite pour la première fois ici.",
        )
    if now is not None and was.name != now.name:
        return (
            ("name",),
            f"{published} avec le nom {quoted(was.name)}.",
            "Gardez l’ancien nom dans « former_names », avec « until » (charte rename).",
        )
    if now is not None:
        return (
            ("note",) if now.note else ("name",),
            f"{published} avec une autre précision : {quoted(was.note or 'aucune')}.",
            "Gardez le nom et sa précision d’alors dans « former_names », avec « until ».",
        )
    left = was.signatory.withdrawn is None
    return (
        ("withdrawn", "on") if left else ("listed",),
        f"{published}, et cite ce signataire.",
        "Ajoutez « unlisted » au retrait : la date de la première édition qui ne le cite plus."
        if left
        else "Rétablissez la date publiée.",
    )


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
