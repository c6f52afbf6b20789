"""The model's errors in French: one sentence and one remedy by type of error.

Whoever reads them runs a company's communication, not a computer: a remedy shows the line to write,
with the model's own example and the model's own words for what the field is.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from slugify import slugify

from charte.problems import Problem
from charte.register.document import Document, Path
from charte.register.model import BLOCKS, SLUG_LENGTH, Register, Signatory
from charte.register.source import quoted

_KINDS: dict[type, str] = {dict: "un bloc de champs", list: "une liste", str: "un texte"}

_MODELS: dict[str, type[BaseModel]] = {"signatories": Signatory, **BLOCKS}


def in_french(details: ErrorDetails, document: Document, file: str) -> Problem:
    """Say one of the model's errors to the person who can mend it, at its place in the file."""
    path: Path = details["loc"]
    # An unknown key is shown at the key; anything else at the value.
    unknown = details["type"] == "extra_forbidden"
    mark = document.keys[path] if unknown else document.place(path)
    reason, remedy = _wording(details, path)
    return Problem(file, *mark, reason, remedy, _rule(details))


_RULES = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "string_too_long": "too-long",
    "string_pattern_mismatch": "form",
    "literal_error": "form",
    "day_form": "date",
    "day_impossible": "date",
}


def _rule(details: ErrorDetails) -> str:
    kind, given = details["type"], details["input"]
    if isinstance(given, str) and not given.strip() and kind != "extra_forbidden":
        return "empty-field"
    if not isinstance(given, str) and kind not in {"missing", "extra_forbidden"}:
        return "type"
    return _RULES.get(kind, "type")


def did_you_mean(given: str, known: Iterable[str], otherwise: str) -> str:
    """Suggest the nearest known word, or say something else where none is near."""
    near = difflib.get_close_matches(given, known, n=1)
    return f"Vouliez-vous écrire « {near[0]} » ?" if near else otherwise


def _wording(  # noqa: C901, PLR0911 - a table of sentences, one row each
    details: ErrorDetails, path: Path
) -> tuple[str, str]:
    """Say what is wrong and what to write instead, for each type of error the model can give."""
    name = _field_name(path)
    match details["type"], details["input"]:
        case "missing", holder:
            return (
                f"Il manque le champ « {path[-1]} ».",
                f"Ajoutez {_example(path, holder.get('name'))}",
            )
        case "extra_forbidden", _:
            return f"Le champ {quoted(str(path[-1]))} n’existe pas.", _nearest_field(path)
        case _, str(text) if not text.strip():
            return f"{name} est vide.", _completion(path)
        case "string_pattern_mismatch", str(text) if "\n" in text:
            return f"{name} s’étend sur plusieurs lignes.", "Écrivez-le sur une seule ligne."
        case "string_too_long", str(text):
            most = details["ctx"]["max_length"]
            reason = f"{name} compte {len(text)} caractères ; au plus {most} sont admis."
            return reason, "Raccourcissez le texte."
        case "string_pattern_mismatch" | "literal_error", str(text):
            return f"{name} n’a pas la forme attendue : {quoted(text)}.", _instead(path, text)
        case "day_form", str(text):
            reason = f"{name} attend une date de la forme année-mois-jour, pas {quoted(text)}."
            return reason, _instead(path)
        case "day_impossible", str(text):
            reason = f"{name} donne un jour qui n’existe pas : {quoted(text)}."
            return reason, "Vérifiez le mois, de 01 à 12, et le jour du mois."
        case "day_form", other:
            return f"{name} attend une date, pas {_kind(other)}.", _instead(path)
        case "string_type" | "literal_error", other:
            return f"{name} attend un texte, pas {_kind(other)}.", _instead(path)
        case "tuple_type", other:
            return f"{name} attend une liste, pas {_kind(other)}.", _instead(path)
        case "model_type", other:
            return f"{name} attend un bloc de champs, pas {_kind(other)}.", _block(path)
    raise AssertionError(f"unworded model error: {details['type']}")  # a bug of ours, not of data


def _field_name(path: Path) -> str:
    match path:
        case ():
            return "Le registre"
        case ("signatories", int()):
            return "L’entrée"
        case (*_, str(key), int()):
            return f"Un élément de « {key} »"
    return f"Le champ « {path[-1]} »"


def _kind(value: Any) -> str:
    return _KINDS[type(value)]


def _completion(path: Path) -> str:
    field = path[-1] if path else None
    if not isinstance(field, str) or field in _MODELS:
        return _instead(path)
    example = _example(path)
    if _holder(path).model_fields[field].is_required():
        return f"Complétez-le, par exemple {example}"
    return f"Supprimez la ligne ou complétez-la, par exemple {example}"


def _instead(path: Path, given: str = "") -> str:
    names = _fields(path)
    if not names or names[-1] in _MODELS:
        return _block(path)
    return f"Écrivez par exemple {_example(path, given)}"


def _block(path: Path) -> str:
    """Show how a block begins: that of the register, an entry, an action or a withdrawal."""
    names = _fields(path)
    if not names:
        return "Rétablissez les champs « edition: » et « signatories: »."
    first, field = next(iter(_MODELS[names[-1]].model_fields.items()))
    example = (field.examples or [""])[0]
    dash = "" if names[-1] == "withdrawn" else "- "
    return (
        f"Sous « {names[-1]}: », écrivez un champ par ligne, "
        f"en commençant par exemple par « {dash}{first}: {example} »."
    )


def _example(path: Path, given: Any = None) -> str:
    """Show how a field is written, as the model does; a slug is made from what is given."""
    name = _fields(path)[-1]
    field = _holder(path).model_fields[name]
    example = field.examples[0] if field.examples else ""
    if name == "slug" and isinstance(given, str):
        example = slugify(given[:200], max_length=SLUG_LENGTH) or example
    return f"« {f'{name}: {example}'.strip()} » – {field.description}."


def _nearest_field(path: Path) -> str:
    known = list(_holder(path).model_fields)
    otherwise = f"Les champs possibles sont : {', '.join(known)}."
    return did_you_mean(str(path[-1])[:100], known, otherwise)


def _fields(path: Path) -> list[str]:
    return [step for step in path if isinstance(step, str)]


def _holder(path: Path) -> type[BaseModel]:
    """Give the model that holds the last field of the path."""
    holder: type[BaseModel] = Register
    for step in _fields(path)[:-1]:
        holder = _MODELS[step]
    return holder
