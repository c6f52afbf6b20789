"""Rules that look at several entries: identifiers, references, and what is said twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from slugify import slugify

from charte.register.document import Path
from charte.register.meanings import free_slug
from charte.register.model import SLUG
from charte.register.names import likeness_keys
from charte.register.rules.cleaning import cleaned
from charte.register.rules.subject import Entry, Finding, Subject
from charte.register.source import quoted
from charte.register.wording import did_you_mean
from charte.register.writing import written

_SLUG = re.compile(SLUG)
_RESERVED = "index"  # the folder's own page
# Beyond these, a suggestion would cost more time than it saves: a machine wrote the rest.
_SUGGESTIONS, _COMPARED = 10, 1000


def reserved_slugs(subject: Subject) -> Iterator[Finding]:
    """Some addresses belong to the site."""
    for entry in subject.entries:
        for path, slug in _claimed(entry):
            if slug == _RESERVED or slug in subject.taken:
                yield Finding(
                    path,
                    f"L’identifiant « {slug} » est celui d’une page du site.",
                    "Choisissez-en un autre, tiré du nom du signataire.",
                )


def taken_slugs(subject: Subject) -> Iterator[Finding]:
    """An address leads to one page; a former identifier still counts."""
    owners: dict[str, Path] = {}
    claimed = {slug for entry in subject.entries for _, slug in _claimed(entry)}
    for entry in subject.entries:
        for path, slug in _claimed(entry):
            first = owners.setdefault(slug, path)
            if first is path:
                continue
            if "former_slugs" in path:
                remedy = (
                    "Supprimez-le : une adresse ne peut pas en plus rediriger vers une autre page."
                )
            else:
                other = free_slug(slug, claimed)
                claimed.add(other)
                remedy = "Supprimez l’entrée si c’est le même signataire ; sinon, " + (
                    f"écrivez « slug: {other} »." if other else "choisissez un autre identifiant."
                )
            where = subject.line(first)
            yield Finding(
                path, f"L’identifiant {quoted(slug)} est déjà pris, ligne {where}.", remedy
            )


def _claimed(entry: Entry) -> Iterator[tuple[Path, str]]:
    if slug := entry.text("slug"):
        yield (*entry.path, "slug"), slug
    yield from entry.texts("former_slugs")


def unknown_references(subject: Subject) -> Iterator[Finding]:
    """`see_also` and `successor` name another signatory of the register."""
    slugs = {slug for entry in subject.entries if (slug := entry.text("slug"))}
    unread = subject.document.unread_words
    told = 0
    for entry in subject.entries:
        for path, slug in _named(entry):
            if slug in unread:
                continue
            if _SLUG.fullmatch(slug) and (slug not in slugs or slug == entry.text("slug")):
                told += 1
                near = _like(slug, slugs - {slug}) if told <= _SUGGESTIONS else ()
                yield Finding(
                    path,
                    f"Aucun autre signataire n’a l’identifiant {quoted(slug)}.",
                    did_you_mean(slug, near, "Vérifiez-le ou supprimez-le."),
                )


def _like(slug: str, slugs: set[str]) -> list[str]:
    """Return the slugs worth comparing with one: of its first letter and about its length."""
    near = {one for one in slugs if one[0] == slug[0] and abs(len(one) - len(slug)) < len(slug)}
    return sorted(near)[:_COMPARED]


def _named(entry: Entry) -> Iterator[tuple[Path, str]]:
    yield from entry.texts("see_also")
    if successor := entry.text("withdrawn", "successor"):
        yield (*entry.path, "withdrawn", "successor"), successor


def missing_successors(subject: Subject) -> Iterator[Finding]:
    """A merger leads somewhere."""
    for entry in subject.entries:
        if (
            entry.text("withdrawn", "reason") == "merged"
            and "successor" not in (entry.fields["withdrawn"])
        ):
            yield Finding(
                (*entry.path, "withdrawn"),
                "Une fusion (« merged ») nomme le signataire qui succède.",
                "Ajoutez « successor: … », avec son identifiant, ou choisissez « retired ».",
            )


def group_spellings(subject: Subject) -> Iterator[Finding]:
    """Groups with one address are one group, spelled in one way."""
    groups: dict[str, tuple[str, Path]] = {}
    for entry in subject.entries:
        group, path = cleaned(entry.text("group") or ""), (*entry.path, "group")
        if entry.text("group") is None:
            continue
        address = slugify(group[:200])
        spelling, first = groups.setdefault(address, (group, path))
        if not address:
            yield Finding(
                path,
                f"Le groupe {quoted(group)} n’a ni lettre ni chiffre.",
                "Écrivez son nom ou supprimez la ligne.",
            )
        elif spelling != group:
            line = subject.line(first)
            yield Finding(
                path,
                f"Le groupe s’écrit déjà {quoted(spelling)}, ligne {line}.",
                f"Écrivez « {written('group', spelling)} », ou changez aussi la ligne {line}.",
            )


def same_names(subject: Subject) -> Iterator[Finding]:
    """One name, one entry; companies of one name have two SIREN, or point to each other."""
    seen: dict[str, Entry] = {}
    for entry in subject.entries:
        name = entry.text("name")
        if name is None or not entry.present:
            continue
        # As it will be once another rule is obeyed: « “Alpha” » is « Alpha » once more.
        first = seen.setdefault(cleaned(name), entry)
        if first is not entry and not _linked(entry, first) and not _two_sirens(entry, first):
            yield Finding(
                (*entry.path, "name"),
                f"Le nom {quoted(name)} figure déjà ligne {subject.line((*first.path, 'name'))}.",
                f"Supprimez l’entrée si c’est la même société ; sinon, {_apart(entry, first)}.",
            )


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
    seen: dict[str, Path] = {}
    for entry in subject.entries:
        text = entry.text(field)
        if text is None or not entry.present:
            continue
        path = (*entry.path, field)
        first = seen.setdefault(key(text), path)
        if first is not path:
            yield Finding(
                path,
                reason.format(quoted(text), subject.line(first)),
                "Supprimez l’entrée si c’est le même signataire ; sinon, corrigez ce champ.",
            )


def near_duplicates(subject: Subject) -> Iterator[Finding]:
    """Names that differ by case, accents, legal form or word order are perhaps one company's.

    They stay separate, as signed, when one points to the other with `see_also`.
    """
    seen: dict[str, dict[str, Entry]] = {}
    for entry in subject.entries:
        name = entry.text("name")
        if name is None or not entry.present:
            continue
        spelling = cleaned(name)  # of equal names `same_names` tells
        keys = likeness_keys(name)
        alike = {id(one): one for key in keys for one in seen.get(key, {}).values()}
        for other in alike.values():
            if cleaned(other.text("name") or "") != spelling and not _linked(entry, other):
                yield _alike(entry, other, subject)
        for key in keys:
            seen.setdefault(key, {}).setdefault(spelling, entry)


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
