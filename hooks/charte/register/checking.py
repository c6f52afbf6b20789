"""From what a file says to a register, or to all the reasons why it is not one.

First the form, which the model defines and pydantic checks; `wording` puts its errors into French.
Then, when the form is right, the rules that look at several entries at once. Nothing is repaired or
guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError
from slugify import slugify

from charte.problems import Problem
from charte.register.model import Register, Signatory
from charte.register.reading import Document, Path, read
from charte.register.source import Mark, quoted
from charte.register.wording import did_you_mean, in_french

Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A register with the first and last line of each entry, by slug."""

    register: Register
    lines: dict[str, Lines]


def read_register(
    data: bytes, file: str, commitments: Iterable[str]
) -> tuple[Reading | None, list[Problem]]:
    """Read and check a register; there is one exactly when there is no problem.

    Args:
        data: the bytes of the YAML file.
        file: its name, for the messages.
        commitments: the ids that an action may name (charter, III and IV).
    """
    document, problems = read(data, file)
    if problems:
        return None, problems
    try:
        register = Register.model_validate(document.value)
    except ValidationError as error:
        return None, [in_french(details, document, file) for details in error.errors()]
    problems = list(_entry_problems(register, document, file, frozenset(commitments)))
    if problems:
        return None, problems
    return Reading(register, _entry_lines(register, document)), []


def _entry_lines(register: Register, document: Document) -> dict[str, Lines]:
    lines = {}
    for index, signatory in enumerate(register.signatories):
        path = ("signatories", index)
        lines[signatory.slug] = (document.places[path].line, document.last_lines[path])
    return lines


_RESERVED = {"index": "la liste du dossier"}


def _entry_problems(
    register: Register, document: Document, file: str, commitments: frozenset[str]
) -> Iterator[Problem]:
    owners: dict[str, Mark] = {}
    groups: dict[str, tuple[str, Mark]] = {}
    slugs = {signatory.slug for signatory in register.signatories}
    for index, signatory in enumerate(register.signatories):
        path = ("signatories", index)
        for slug, where in _claimed_slugs(signatory):
            mark = document.place((*path, *where))
            if slug in _RESERVED:
                yield _reserved(file, mark, slug)
            elif (first := owners.setdefault(slug, mark)) is not mark:
                yield _taken(file, mark, slug, first, former=where != ("slug",))
        for slug, where in _named_slugs(signatory):
            if slug not in slugs or slug == signatory.slug:
                yield _unknown_slug(file, document.place((*path, *where)), slug, slugs)
        yield from _group_problems(signatory, document.place((*path, "group")), groups, file)
        yield from _action_problems(signatory, path, document, file, commitments)
        yield from _withdrawal_problems(signatory, path, document, file)


def _claimed_slugs(signatory: Signatory) -> Iterator[tuple[str, Path]]:
    yield signatory.slug, ("slug",)
    for index, slug in enumerate(signatory.former_slugs):
        yield slug, ("former_slugs", index)


def _named_slugs(signatory: Signatory) -> Iterator[tuple[str, Path]]:
    for index, slug in enumerate(signatory.see_also):
        yield slug, ("see_also", index)
    if signatory.withdrawn and signatory.withdrawn.successor:
        yield signatory.withdrawn.successor, ("withdrawn", "successor")


def _reserved(file: str, mark: Mark, slug: str) -> Problem:
    return Problem(
        file,
        *mark,
        f"L’identifiant « {slug} » est réservé à {_RESERVED[slug]}.",
        "Choisissez-en un autre, tiré du nom du signataire.",
    )


def _taken(file: str, mark: Mark, slug: str, first: Mark, *, former: bool) -> Problem:
    if former:
        remedy = "Supprimez-le : une adresse ne peut pas en plus rediriger vers une autre page."
    else:
        remedy = (
            f"Choisissez-en un autre, par exemple « {slug}-2 », "
            "ou supprimez l’entrée si c’est le même signataire."
        )
    return Problem(
        file, *mark, f"L’identifiant « {slug} » est déjà pris, ligne {first.line}.", remedy
    )


def _unknown_slug(file: str, mark: Mark, slug: str, slugs: set[str]) -> Problem:
    return Problem(
        file,
        *mark,
        f"Aucun autre signataire n’a l’identifiant « {slug} ».",
        did_you_mean(slug, sorted(slugs - {slug}), "Vérifiez-le ou supprimez-le."),
    )


def _group_problems(
    signatory: Signatory, mark: Mark, groups: dict[str, tuple[str, Mark]], file: str
) -> Iterator[Problem]:
    """Hold that groups with one address are one group; `groups` are those met before."""
    group = signatory.group
    if group is None:
        return
    address = slugify(group)
    spelling, first = groups.setdefault(address, (group, mark))
    if not address:
        yield Problem(
            file,
            *mark,
            f"Le groupe {quoted(group)} n’a ni lettre ni chiffre.",
            "Écrivez son nom ou supprimez la ligne.",
        )
    elif spelling != group:
        yield Problem(
            file,
            *mark,
            f"Le groupe s’écrit déjà {quoted(spelling)}, ligne {first.line}.",
            f"Écrivez « group: {spelling} », ou changez aussi la ligne {first.line}.",
        )


def _action_problems(
    signatory: Signatory, path: Path, document: Document, file: str, commitments: frozenset[str]
) -> Iterator[Problem]:
    for index, action in enumerate(signatory.actions):
        if action.commitment not in commitments:
            yield Problem(
                file,
                *document.place((*path, "actions", index, "commitment")),
                f"La charte n’a pas d’engagement « {action.commitment} ».",
                did_you_mean(
                    action.commitment,
                    sorted(commitments),
                    f"Les engagements sont : {', '.join(sorted(commitments))}.",
                ),
            )


def _withdrawal_problems(
    signatory: Signatory, path: Path, document: Document, file: str
) -> Iterator[Problem]:
    withdrawn = signatory.withdrawn
    if withdrawn and withdrawn.reason == "merged" and not withdrawn.successor:
        yield Problem(
            file,
            *document.place((*path, "withdrawn")),
            "Une fusion (« merged ») nomme le signataire qui succède.",
            "Ajoutez « successor: » avec son identifiant, ou choisissez « retired ».",
        )
