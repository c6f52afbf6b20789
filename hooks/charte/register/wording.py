"""The model's errors in French: one sentence and one remedy by type of error.

Whoever reads them runs a company's communication, not a computer: a remedy shows the line to write,
with what was meant where that is certain (`meanings`), else with the model's own words for what the
field is.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic_core import ErrorDetails

from charte.days import day_meant
from charte.problems import Problem
from charte.register.document import Document, Path
from charte.register.meanings import (
    Saying,
    free_slug,
    is_siret,
    items_meant,
    meant,
    slug_meant,
    slugs_of,
    validate,
)
from charte.register.model import BLOCKS, Register, Signatory
from charte.register.modelling import modelled
from charte.register.samples import (
    MODELS,
    advice,
    block_advice,
    described,
    holder_of,
    sample,
)
from charte.register.source import quoted
from charte.register.spelling import Vocabulary, as_meant

_KINDS: dict[type, str] = {dict: "un bloc de champs", list: "une liste", str: "un texte"}


# What people would like to say, and the register does not keep.
_UNWANTED = frozenset(
    {
        *("logo", "image", "email", "mail", "courriel", "telephone", "tel", "phone", "portable"),
        *("adresse", "adressepostale", "siege", "siegesocial", "ville", "codepostal", "contact"),
        *("linkedin", "twitter", "fax", "dirigeant", "directeur"),
    }
)
VOCABULARY = Vocabulary(
    Register,
    MODELS,
    _UNWANTED,
    "Supprimez cette ligne : le registre ne garde ni logo, ni adresse électronique ou postale, "
    "ni téléphone, ni nom de personne.",
)

_RULES = {
    "missing": "missing-field",
    "string_too_long": "too-long",
    "string_pattern_mismatch": "form",
    "literal_error": "form",
    "day_form": "date",
    "day_impossible": "date",
}


def understood(
    document: Document, file: str, today: date | None = None
) -> tuple[Register | None, Document, list[Problem]]:
    """Make a register of a document, or say in French why it is none.

    Args:
        document: the register as it was read.
        file: its name, for the messages.
        today: the day of the check; None where no clock may matter.

    Returns:
        The register, where all fields have their names and forms; the document as it was meant, for
        the rules to judge; all problems.
    """
    document, misspelt = as_meant(document, file, VOCABULARY)
    register, meant_document, told = validate(modelled, document, _Speaker(document, today).say)
    problems = []
    for details, saying in told:
        path: Path = details["loc"]
        if saying.meant is not None and path in misspelt:  # one line to write, one problem
            misspelt[path] = replace(misspelt[path], remedy=saying.remedy)
            continue
        mark = document.place(path)
        problems.append(Problem(file, *mark, saying.reason, saying.remedy, _rule(details)))
    problems += misspelt.values()
    return (None if problems else register), meant_document, problems


def _rule(details: ErrorDetails) -> str:
    kind, given = details["type"], details["input"]
    if isinstance(given, str) and not given.strip():
        return "empty-field"
    if not isinstance(given, str) and kind != "missing":
        return "type"
    return _RULES.get(kind, "type")


def did_you_mean(given: str, known: Iterable[str], otherwise: str) -> str:
    """Suggest the nearest known word, or say something else where none is near."""
    near = difflib.get_close_matches(given, known, n=1)
    return f"Vouliez-vous écrire « {near[0]} » ?" if near else otherwise


@dataclass(slots=True)
class _Speaker:
    """Puts the model's errors into French, with what stands around them in the document."""

    document: Document
    today: date | None
    taken: set[str] = field(default_factory=set)

    def say(self, details: ErrorDetails, document: Document) -> Saying:  # noqa: C901, PLR0911, PLR0912 - a table of sentences
        """Describe what is wrong and what to write instead, for each type of error of the model."""
        path: Path = details["loc"]
        name, value = _field_name(path), meant(details)
        match details["type"], details["input"]:
            case "missing", dict(holder):
                missing = "la date d’entrée," if path[-1] == "listed" else "le champ"
                return Saying(f"Il manque {missing} « {path[-1]} ».", self._addition(path, holder))
            case _, str(text) if not text.strip():
                word = self.document.nulls.get(path)
                told = f" : « {word} », sans guillemets, ne dit rien" if word else ""
                return Saying(f"{name} est vide{told}.", self._completion(path, document))
            case "string_pattern_mismatch", str(text) if "\n" in text:
                reason = f"{name} s’étend sur plusieurs lignes."
                return Saying(reason, advice(path, value, document), value)
            case "string_too_long", str(text):
                most = details["ctx"]["max_length"]
                reason = f"{name} compte {len(text)} caractères ; au plus {most} sont admis."
                return Saying(reason, "Raccourcissez le texte.")
            case "string_pattern_mismatch", str(text) if path[-1] == "siren" and is_siret(text):
                reason = f"Ce numéro est un SIRET : {quoted(text)}."
                remedy = advice(path, value, document, "ses neuf premiers chiffres sont le SIREN")
                return Saying(reason, remedy, value)
            case "string_pattern_mismatch" | "literal_error", str(text):
                reason = f"{name} n’a pas la forme attendue : {quoted(text)}."
                return Saying(reason, advice(path, value, document), value)
            case "day_form", str(text):
                reason = f"{name} attend une date de la forme année-mois-jour, pas {quoted(text)}."
                return Saying(reason, advice(path, value, document), value)
            case "day_impossible", str(text):
                reason = f"{name} donne un jour qui n’existe pas : {quoted(text)}."
                remedy = "Vérifiez le mois, de 01 à 12, et le jour du mois."
                return Saying(reason, advice(path, value, document) if value else remedy, value)
            case "day_form", other:
                reason = f"{name} attend une date, pas {_kind(other)}."
                return Saying(reason, advice(path, None, document))
            case "string_type" | "literal_error", other:
                reason = f"{name} attend un texte, pas {_kind(other)}."
                return Saying(reason, advice(path, value, document), value)
            case "tuple_type", dict(block) if known := _known_fields(path, block):
                first = quoted(next(iter(known)))
                reason = f"{name} attend une liste : il manque un tiret devant {first}."
                remedy = f"Mettez « - » devant {first}, et alignez dessous les champs qui suivent."
                return Saying(reason, remedy, [known])
            case "tuple_type", other:
                reason = f"{name} attend une liste, pas {_kind(other)}."
                value = _list_meant(path, other)
                return Saying(reason, advice(path, value, document), value)
            case "model_type", other:
                return Saying(
                    f"{name} attend un bloc de champs, pas {_kind(other)}.", block_advice(path)
                )
        raise AssertionError(f"unworded model error: {details['type']}")  # a bug of ours

    def _addition(self, path: Path, holder: dict[str, Any]) -> str:
        """Write the order to add the line of a missing field, and under which other."""
        name, model = str(path[-1]), holder_of(path)
        if model is Register:
            return f"Ajoutez par exemple {sample(path)}"
        before = list(model.model_fields)[: list(model.model_fields).index(name)]
        above = next((one for one in reversed(before) if isinstance(holder.get(one), str)), None)
        place = f"Ajoutez sous « {above} » :" if above else "Ajoutez"
        if line := self._known(path, holder):
            return f"{place} {line}"
        field = model.model_fields[name]
        example = (field.examples or [""])[0]
        return f"{place} « {name}: … » – {field.description}, comme « {example} »."

    def _completion(self, path: Path, document: Document) -> str:
        field = path[-1] if path else None
        if not isinstance(field, str) or field in MODELS:
            return advice(path, None, document)
        if not holder_of(path).model_fields[field].is_required():
            return f"Supprimez la ligne ou complétez-la, par exemple {sample(path)}"
        holder = document.value
        for step in path[:-1]:
            holder = holder[step]
        if line := self._known(path, holder):
            return f"Écrivez {line}"
        return f"Complétez-le, par exemple {sample(path)}"

    def _known(self, path: Path, holder: dict[str, Any]) -> str:
        """Write the line of a field whose value follows from its entry or from the day, or ""."""
        if holder_of(path) is not Signatory:
            return ""
        if path[-1] == "slug" and (slug := self._free_slug(holder.get("name"))):
            return described("slug", slug)
        if path[-1] == "listed" and self.today and _may_be_listed(holder, self.today):
            day = self.today.isoformat()
            return f"« listed: {day} » (aujourd’hui), ou la date de l’annexe qui cite la société."
        return ""

    def _free_slug(self, name: Any) -> str:
        """Return an identifier made from a name that nobody has, nor is offered; "" for none."""
        if not self.taken:
            self.taken.update(slugs_of(self.document))
        slug = free_slug(name, self.taken) if isinstance(name, str) else ""
        self.taken.add(slug)
        return slug


def _may_be_listed(entry: dict[str, Any], today: date) -> bool:
    """Return whether an entry may be new today: neither withdrawn nor renamed, nor signed later."""
    signed = day_meant(str(entry.get("signed", "")))
    return not {"withdrawn", "former_names"} & set(entry) and (signed is None or signed <= today)


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


def _known_fields(path: Path, block: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a block that stands where a list of such blocks belongs."""
    model = BLOCKS.get(str(path[-1]))
    return {name: one for name, one in block.items() if model and name in model.model_fields}


def _list_meant(path: Path, given: Any) -> list[str] | None:
    """Return the list of identifiers that a text stands for: « see_also: exelus »."""
    if not isinstance(given, str) or path[-1] in MODELS:
        return None
    slugs = [slug_meant(item) for item in items_meant(given)]
    return slugs if slugs and all(slugs) else None
