"""From what a file says to a register, or to all the reasons why it is not one.

First the form, which the model defines and pydantic checks; its errors are put into French here,
one sentence and one remedy by type of error. Then, when the form is right, the rules that look at
several entries at once. Nothing is repaired or guessed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from charte.register.model import Action, Register, Signatory, Withdrawal
from charte.problems import Problem
from charte.register.reading import Document, Mark, Path, read, type_names

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
        return None, [_in_french(details, document, file) for details in error.errors()]
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


# --- the form -----------------------------------------------------------------------------------


def _in_french(details: ErrorDetails, document: Document, file: str) -> Problem:
    path: Path = details["loc"]
    # An unknown key is shown at the key; anything else at the value.
    unknown = details["type"] == "extra_forbidden"
    mark = document.keys[path] if unknown else document.place(path)
    reason, remedy = _wording(details, path)
    return Problem(file, *mark, reason, remedy)


def _wording(details: ErrorDetails, path: Path) -> tuple[str, str]:
    """Say what is wrong and what to write instead, for each type of error the model can give."""
    name = _field_name(path)
    example = _example(path)
    context = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return f"Il manque le champ « {path[-1]} ».", f"Ajoutez-le : {example}"
        case "extra_forbidden":
            return f"Le champ « {path[-1]} » n’existe pas.", _nearest_field(path)
        case "string_too_short":
            return f"{name} est vide.", f"Complétez-le ou supprimez la ligne : {example}"
        case "string_too_long":
            length, most = len(details["input"]), context["max_length"]
            return f"{name} compte {length} caractères.", f"Au plus {most} caractères sont admis."
        case "string_pattern_mismatch" | "literal_error":
            return f"{name} n’a pas la forme attendue : {_input(details)}.", f"Écrivez {example}"
        case "day_form" | "day_impossible":
            return f"{name} : {_input(details)}. {details['msg']}", f"Écrivez {example}"
        case "tuple_type":
            return f"{name} attend une liste, pas {_kind(details)}.", f"Écrivez {example}"
        case "string_type":
            return f"{name} attend un texte, pas {_kind(details)}.", f"Écrivez {example}"
        case "model_type":
            return (
                f"{name} attend un bloc de champs, pas {_kind(details)}.",
                "Écrivez un champ par ligne, sous la forme « champ: valeur ».",
            )
    raise AssertionError(f"unworded model error: {details['type']}")  # a bug of ours, not of data


def _field_name(path: Path) -> str:
    match path:
        case ():
            return "Le registre"
        case (*_, str(key), int(_)):
            return f"Un élément de « {key} »" if key != "signatories" else "L’entrée"
        case (*_, key):
            return f"Le champ « {key} »"
    return "Le registre"


def _input(details: ErrorDetails) -> str:
    text = str(details["input"])
    return f"« {text[:60]}… »" if len(text) > 60 else f"« {text} »"  # noqa: PLR2004 - a line's room


def _kind(details: ErrorDetails) -> str:
    return type_names.get(type(details["input"]), "cette valeur")


_MODELS: dict[str, type[BaseModel]] = {
    "signatories": Signatory,
    "actions": Action,
    "withdrawn": Withdrawal,
}


def _model_of(path: Path) -> type[BaseModel]:
    """Give the model that holds the last field of the path."""
    holder: type[BaseModel] = Register
    for step in path[:-1]:
        holder = _MODELS.get(str(step), holder)
    return holder


def _example(path: Path) -> str:
    """Show how the field is written, as the model's own example does."""
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return "« edition: » puis « signatories: »"
    holder = _model_of((*path[: path.index(names[-1])], names[-1]))
    field = holder.model_fields[names[-1]]
    example = (field.examples or ["…"])[0]
    return f"{names[-1]}: {example} ({field.description})"


def _nearest_field(path: Path) -> str:
    known = list(_model_of(path).model_fields)
    near = difflib.get_close_matches(str(path[-1]), known, n=1)
    if near:
        return f"Vouliez-vous écrire « {near[0]} » ?"
    return f"Les champs possibles sont : {', '.join(known)}."


# --- between entries ----------------------------------------------------------------------------

_RESERVED = {"index": "la liste du dossier"}


def _entry_problems(
    register: Register, document: Document, file: str, commitments: frozenset[str]
) -> Iterator[Problem]:
    owners: dict[str, Mark] = {}
    slugs = {signatory.slug for signatory in register.signatories}
    for index, signatory in enumerate(register.signatories):
        path = ("signatories", index)
        for slug, where in _claimed_slugs(signatory):
            mark = document.place((*path, *where))
            if slug in _RESERVED:
                yield _reserved(file, mark, slug)
            elif first := owners.setdefault(slug, mark):
                if first is not mark:
                    yield _taken(file, mark, slug, first)
        for slug, where in _named_slugs(signatory):
            if slug not in slugs or slug == signatory.slug:
                yield _unknown_slug(file, document.place((*path, *where)), slug, slugs)
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


def _taken(file: str, mark: Mark, slug: str, first: Mark) -> Problem:
    return Problem(
        file,
        *mark,
        f"L’identifiant « {slug} » est déjà pris, ligne {first.line}.",
        f"Choisissez-en un autre, par exemple « {slug}-2 », "
        "ou supprimez l’entrée si c’est le même signataire.",
    )


def _unknown_slug(file: str, mark: Mark, slug: str, slugs: set[str]) -> Problem:
    near = difflib.get_close_matches(slug, slugs - {slug}, n=1)
    return Problem(
        file,
        *mark,
        f"Aucun autre signataire n’a l’identifiant « {slug} ».",
        f"Vouliez-vous écrire « {near[0]} » ?" if near else "Vérifiez-le ou supprimez-le.",
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
                f"Les engagements sont : {', '.join(sorted(commitments))}.",
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
