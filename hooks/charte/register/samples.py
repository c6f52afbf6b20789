"""The lines that remedies show: what was meant where that is certain, else the model's example."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from charte.register.document import Document, Path
from charte.register.model import BLOCKS, Register, Signatory
from charte.register.writing import scalar, written

MODELS: dict[str, type[BaseModel]] = {"signatories": Signatory, **BLOCKS}


def advice(path: Path, value: Any, document: Document, why: str = "") -> str:
    """Write the order to write a line: with the value that was meant, or with an example."""
    names = names_of(path)
    if not names or names[-1] in MODELS:
        return block_advice(path)
    if value is None:
        return f"Écrivez par exemple {sample(path)}"
    if isinstance(path[-1], int):
        return _item(path, value, document)
    what = why or holder_of(path).model_fields[names[-1]].description
    return f"Écrivez « {written(names[-1], value)} » – {what}."


def _item(path: Path, value: str, document: Document) -> str:
    """Write the order to write one item of a list, on its line or among those of its line."""
    index = int(path[-1])
    key = document.keys.get(path[:-1])
    if key and key.line != document.place(path).line:
        return f"Écrivez « - {scalar(value)} »."
    items: Any = document.value
    for step in path[:-1]:
        items = items[step]
    return f"Écrivez « {written(str(path[-2]), [*items[:index], value, *items[index + 1 :]])} »."


def block_advice(path: Path) -> str:
    """Write how a block begins: that of the register, an entry, an action or a withdrawal."""
    names = names_of(path)
    if not names:
        return "Rétablissez les champs « edition: » et « signatories: »."
    first, field = next(iter(MODELS[names[-1]].model_fields.items()))
    example = (field.examples or [""])[0]
    dash = "" if names[-1] == "withdrawn" else "- "
    return (
        f"Sous « {names[-1]}: », écrivez un champ par ligne, "
        f"en commençant par exemple par « {dash}{first}: {example} »."
    )


def sample(path: Path) -> str:
    """Write a field with the model's own example and words."""
    name = names_of(path)[-1]
    field = holder_of(path).model_fields[name]
    example = field.examples[0] if field.examples else ""
    return f"« {f'{name}: {example}'.strip()} » – {field.description}."


def described(name: str, value: str) -> str:
    """Write a field of an entry with its value and what it is."""
    return f"« {written(name, value)} » – {Signatory.model_fields[name].description}."


def names_of(path: Path) -> list[str]:
    """Return the names of the fields on a path."""
    return [step for step in path if isinstance(step, str)]


def holder_of(path: Path) -> type[BaseModel]:
    """Return the model that holds the last field of a path."""
    holder: type[BaseModel] = Register
    for step in names_of(path)[:-1]:
        holder = MODELS[step]
    return holder
