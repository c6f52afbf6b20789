"""Fields as they are published: what each is called, what it says, what shape its values have.

A field is described once, and JSON, tables, their schemas and the documentation are drawn from it.
Here are the parts that a signatory's record is made of; `records` puts them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from charte.register.model import SLUG, SLUG_LENGTH, Action, FormerName

SEPARATOR = " | "  # between the items of a list in a cell; within one, a bar is doubled


class Shape(NamedTuple):
    """A kind of value.

    Attributes:
        name: what it is called in French.
        schema: its JSON Schema (2020-12).
        cell: how a table writes it; None for what has a table of its own.
    """

    name: str
    schema: Mapping[str, Any]
    cell: Callable[[Any], str] | None = str


@dataclass(frozen=True, slots=True)
class Field:
    """One published field.

    Attributes:
        name: its name in every format, ASCII, so that any tool can type it.
        title: what a reader calls it, in French.
        description: what it says, in French.
        shape: what its values are.
        example: a value, as in JSON.
        read: gives the value from what the field is about, or None or nothing where it is unknown.
        required: whether it is always known.
    """

    name: str
    title: str
    description: str
    shape: Shape
    example: Any
    read: Callable[..., Any]
    required: bool = False

    @property
    def type(self) -> str:
        """What its values are called in French."""
        return self.shape.name


def values(fields: Iterable[Field], *about: Any) -> dict[str, Any]:
    """Read the fields that are known; the others are absent, never null."""
    read = ((field.name, field.read(*about)) for field in fields)
    return {name: value for name, value in read if value}


def object_schema(fields: Iterable[Field]) -> dict[str, Any]:
    """Describe an object made of fields as JSON Schema; no other is barred, since more may come."""
    known = tuple(fields)
    return {
        "type": "object",
        "properties": {
            field.name: {
                "title": field.title,
                "description": field.description,
                **field.shape.schema,
                "examples": [field.example],
            }
            for field in known
        },
        "required": [field.name for field in known if field.required],
    }


def choice(*words: str) -> Shape:
    """Make the shape of one word among a few."""
    shown = " ou ".join(f"« {word} »" for word in words)
    return Shape(shown, {"type": "string", "enum": list(words)})


def _list(name: str, item: Mapping[str, Any], cell: Callable[[Any], str] | None) -> Shape:
    return Shape(name, {"type": "array", "items": item, "minItems": 1}, cell)


def _joined(items: Iterable[str]) -> str:
    return SEPARATOR.join(item.replace("|", "||") for item in items)


def day(value: date | None) -> str | None:
    """Write a day as ISO 8601 does, if it is known."""
    return value.isoformat() if value else None


TEXT = Shape("texte", {"type": "string", "minLength": 1})
IDENTIFIER = Shape("identifiant", {"type": "string", "pattern": SLUG, "maxLength": SLUG_LENGTH})
SIREN = Shape("neuf chiffres, en texte", {"type": "string", "pattern": "^[0-9]{9}$"})
DAY = Shape("date", {"type": "string", "format": "date"})
# An address of this site is a URI; those of others may hold the letters of any language.
OWN_ADDRESS = Shape("adresse", {"type": "string", "format": "uri"})
ADDRESS = Shape("adresse", {"type": "string", "format": "iri", "pattern": r"^https://\S+$"})
IDENTIFIERS = _list("liste d’identifiants", IDENTIFIER.schema, _joined)

ACTION = (
    Field(
        "date",
        "Date",
        "Jour de l’action.",
        DAY,
        "2021-03-15",
        lambda act: day(act.date),
        required=True,
    ),
    Field(
        "engagement",
        "Engagement",
        "Identifiant de l’engagement de la charte que l’action sert.",
        IDENTIFIER,
        "industriels-3",
        lambda act: act.commitment,
        required=True,
    ),
    Field(
        "titre",
        "Titre",
        "Ce qui a été fait, en une phrase.",
        TEXT,
        "Ouverture d’une interface",
        lambda act: act.title,
        required=True,
    ),
    Field(
        "adresse",
        "Adresse",
        "Page qui en rend compte.",
        ADDRESS,
        "https://exemple.fr/action",
        lambda act: act.url,
        required=True,
    ),
)

FORMER_NAME = (
    Field(
        "nom",
        "Nom",
        "Nom porté jusque-là, tel que publié.",
        TEXT,
        "Ancien nom de la société",
        lambda former: former.name,
        required=True,
    ),
    Field(
        "precision",
        "Précision",
        "Précision imprimée alors après le nom.",
        TEXT,
        "pour l'ensemble des activités santé du groupe",
        lambda former: former.note,
    ),
    Field(
        "jusqu_au",
        "Jusqu’au",
        "Date de la première édition de l’annexe qui porte le nom suivant.",
        DAY,
        "2022-01-31",
        lambda former: day(former.until),
        required=True,
    ),
)

ACTIONS = _list("liste d’actions", object_schema(ACTION), None)
FORMER_NAMES = _list(
    "liste de noms",
    object_schema(FORMER_NAME),
    lambda names: _joined(name["nom"] for name in names),
)


def actions(done: Iterable[Action]) -> list[dict[str, Any]]:
    """Give actions, the oldest first, whatever their order in the file."""
    return sorted((values(ACTION, act) for act in done), key=lambda act: tuple(act.values()))


def former_names(names: Iterable[FormerName]) -> list[dict[str, Any]]:
    """Give former names in the register's order, which is that of their days."""
    return [values(FORMER_NAME, name) for name in names]
