"""Rules about what is said twice: an identifier, a name, a number, a site, nearly a name.

Of two entries that say the same thing, the one to correct is the one that a person has just added,
where that is known; else the second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from charte.register.document import Path
from charte.register.meanings import free_slug
from charte.register.rules.between import claimed
from charte.register.rules.cleaning import cleaned
from charte.register.rules.subject import Entry, Finding, Subject
from charte.register.similar_names import MOST, TYPED, SimilarNames
from charte.register.source import quoted
from charte.register.writing import written


def taken_slugs(subject: Subject) -> Iterator[Finding]:
    """An address leads to one page; a former identifier still counts."""
    owners: dict[str, tuple[Path, Entry]] = {}
    known = {slug for entry in subject.entries for _, slug in claimed(entry)}
    for entry in subject.oldest_first:
        for path, slug in claimed(entry):
            first, owner = owners.setdefault(slug, (path, entry))
            if first is path:
                continue
            if "former_slugs" in path:
                remedy = (
                    "Supprimez-le : une adresse ne peut pas en plus rediriger vers une autre page."
                )
            else:
                other = free_slug(slug, known)
                known.add(other)
                remedy = "Supprimez l’entrée si c’est le même signataire ; sinon, " + (
                    f"écrivez « slug: {other} »." if other else "choisissez un autre identifiant."
                )
                remedy = _yours(subject, entry, remedy)
            reason = f"L’identifiant {quoted(slug)} est déjà pris, ligne {subject.line(first)}."
            if subject.is_new(entry) and _same_page(entry, owner):
                reason = _already(subject, owner)
                remedy = f"Supprimez l’entrée que vous ajoutez, ligne {subject.line(entry.path)}."
            yield Finding(path, reason, remedy)


def _same_page(entry: Entry, other: Entry) -> bool:
    """Return whether two entries are one, written twice: the same name at the same address."""
    return all(entry.text(field) == other.text(field) for field in ("name", "slug"))


def _already(subject: Subject, owner: Entry) -> str:
    name = quoted(owner.text("name") or "")
    return f"{name} est déjà signataire (ligne {subject.line(owner.path)})."


def _yours(subject: Subject, entry: Entry, remedy: str) -> str:
    """Explain to who has just added an entry which one is to be deleted, if one is."""
    if not subject.is_new(entry):
        return remedy
    mine = f"Supprimez l’entrée que vous ajoutez, ligne {subject.line(entry.path)},"
    return remedy.replace("Supprimez l’entrée", mine, 1)


def same_names(subject: Subject) -> Iterator[Finding]:
    """One name, one entry; companies of one name have two SIREN, or point to each other."""
    seen: dict[str, Entry] = {}
    for entry in subject.oldest_first:
        name = entry.text("name")
        if name is None or not entry.present:
            continue
        # As it will be once another rule is obeyed: « “Alpha” » is « Alpha » once more.
        first = seen.setdefault(cleaned(name), entry)
        if first is entry or _linked(entry, first) or _two_sirens(entry, first):
            continue
        remedy = f"Supprimez l’entrée si c’est la même société ; sinon, {_apart(entry, first)}."
        if not subject.is_new(entry):
            line = subject.line((*first.path, "name"))
            reason = f"Le nom {quoted(name)} figure déjà ligne {line}."
            yield Finding((*entry.path, "name"), reason, remedy)
        elif not _same_page(entry, first):  # of which `taken_slugs` tells
            remedy = _yours(subject, entry, remedy)
            yield Finding((*entry.path, "name"), _already(subject, first), remedy)


def _apart(entry: Entry, first: Entry) -> str:
    """Write how two companies of one name are told apart."""
    other = first.text("slug")
    if other is None or other == entry.text("slug"):
        return "donnez d’abord à chacune son identifiant"
    known = [slug for _, slug in entry.texts("see_also")]
    verb = "écrivez" if known else "ajoutez"
    return f"{verb} « {written('see_also', [*known, other])} »"


def _two_sirens(one: Entry, other: Entry) -> bool:
    numbers = {one.text("siren"), other.text("siren")}
    return None not in numbers and len(numbers) == 2  # noqa: PLR2004 - two persons


def same_sirens(subject: Subject) -> Iterator[Finding]:
    """One legal person, one entry: the SIREN names it (Code de commerce, R. 123-220)."""
    return _repeated(subject, "siren", str, "Le numéro SIREN {} figure déjà ligne {}.")


def same_sites(subject: Subject) -> Iterator[Finding]:
    """Two signatories with one site are perhaps one; or a group's, and then all is well."""
    return _repeated(subject, "website", _site, "Le site {} figure déjà ligne {}.")


def _site(address: str) -> str:
    try:
        parts = urlsplit(address.lower())
        return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")
    except ValueError:
        return address


def _repeated(
    subject: Subject, field: str, key: Callable[[str], str], reason: str
) -> Iterator[Finding]:
    """Find a field's value that a present signatory has had before."""
    seen: dict[str, Entry] = {}
    for entry in subject.oldest_first:
        text = entry.text(field)
        if text is None or not entry.present:
            continue
        first = seen.setdefault(key(text), entry)
        if first is entry or (subject.is_new(entry) and _same_page(entry, first)):
            continue
        told = reason.format(quoted(text), subject.line((*first.path, field)))
        remedy = "Supprimez l’entrée si c’est le même signataire ; sinon, corrigez ce champ."
        yield Finding((*entry.path, field), told, _yours(subject, entry, remedy))


def near_duplicates(subject: Subject) -> Iterator[Finding]:
    """Names that differ by case, accents, legal form or word order are perhaps one company's.

    Of entries that are known to be new, near spellings are looked for too, unless they are so many
    that no person has typed them. Names stay separate, as signed, when one points to the other with
    `see_also`.
    """
    named = [one for one in subject.oldest_first if one.present and one.text("name")]
    nearly = 0 < sum(map(subject.is_new, named)) <= TYPED
    names = SimilarNames()
    for entry in named:
        name = entry.text("name") or ""
        spelling = cleaned(name)  # of equal names `same_names` tells
        found = names.like(name) if nearly and subject.is_new(entry) else names.same(name)
        names.add(name)
        others = (named[number] for number in found)
        alike = [one for one in others if cleaned(one.text("name") or "") != spelling]
        for other in [one for one in alike if not _linked(entry, one)][:MOST]:
            yield _alike(entry, other, subject)


def _linked(one: Entry, other: Entry) -> bool:
    return any(slug == other.text("slug") for _, slug in one.texts("see_also")) or any(
        slug == one.text("slug") for _, slug in other.texts("see_also")
    )


def _alike(entry: Entry, other: Entry, subject: Subject) -> Finding:
    return Finding(
        (*entry.path, "name"),
        f"{quoted(entry.text('name') or '')} ressemble à {quoted(other.text('name') or '')}, "
        f"ligne {subject.line((*other.path, 'name'))}.",
        f"Si c’est la même société, gardez une entrée ; sinon, {_apart(entry, other)}.",
    )
