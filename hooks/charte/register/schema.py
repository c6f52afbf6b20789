"""The register's JSON Schema and its table of fields, both made from the model.

The committed schema, `data/signatories.schema.json`, is named in the register's first line, so that
editors complete and check while one types; a test fails when it is stale.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from charte.register.model import Action, FormerName, Register, Signatory, Withdrawal

FILE = "data/signatories.schema.json"
_MODELS: dict[str, type[BaseModel]] = {
    "Registre": Register,
    "Signataire (signatories)": Signatory,
    "Action (actions)": Action,
    "Ancien nom (former_names)": FormerName,
    "Retrait (withdrawn)": Withdrawal,
}


class FieldRow(NamedTuple):
    """A field as the documentation shows it."""

    name: str
    description: str
    example: str
    required: bool


def field_tables() -> tuple[tuple[str, tuple[FieldRow, ...]], ...]:
    """Give the fields of each block of the register, under the block's name."""
    return tuple((title, tuple(_rows(model))) for title, model in _MODELS.items())


def _rows(model: type[BaseModel]) -> Iterator[FieldRow]:
    for name, field in model.model_fields.items():
        example = f"{name}: {field.examples[0]}" if field.examples else ""
        yield FieldRow(name, field.description or "", example, field.is_required())


def json_schema() -> str:
    """Write the JSON Schema (2020-12) of the register, as editors of YAML need it."""
    schema = _cleaned(Register.model_json_schema())
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Registre des signataires de la charte « Engagé pour la e-santé »",
    }
    return json.dumps({**head, **schema}, ensure_ascii=False, indent=2) + "\n"


def _cleaned(value: Any) -> Any:
    """Leave out what helps nobody: titles, defaults, and null, which no field of a file may be."""
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _cleaned(item)
        for key, item in value.items()
        if key != "default" and not (key == "title" and isinstance(item, str))
    }
    branches = [one for one in kept.pop("anyOf", []) if one != {"type": "null"}]
    whole = {**(branches[0] if branches else {}), **kept}
    return {**whole, "type": ["string", "integer"]} if _may_be_digits(whole) else whole


def _may_be_digits(schema: dict[str, Any]) -> bool:
    """Return whether a text may be all digits: another reader of YAML finds a number there."""
    is_text = schema.get("type") == "string" and not {"format", "enum", "const"} & schema.keys()
    pattern = str(schema.get("pattern", ""))
    return is_text and any(re.search(pattern, "1" * length) for length in (1, 9))
