"""Rules that look at several entries: identifiers and references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slugify import slugify

from charte.register.document import Path
from charte.register.model import SLUG
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
        for path, slug in claimed(entry):
            if slug == _RESERVED or slug in subject.taken:
                yield Finding(
                    path,
                    f"L’identifiant « {slug} » est celui d’une page du site.",
                    "Choisissez-en un autre, tiré du nom du signataire.",
                )


def claimed(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Return the identifiers that lead to an entry, its own first, with their paths."""
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
    for entry in subject.oldest_first:
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
