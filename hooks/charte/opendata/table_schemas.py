"""The schemas of the tables (Table Schema), with what schema.data.gouv.fr asks for beside."""

from __future__ import annotations

from datetime import date
from typing import Any

from charte.addresses import DATA
from charte.mark import NAME
from charte.opendata import dataset, fields, records
from charte.opendata.fields import Field
from charte.project import Place

_SPECIFICATION = "https://frictionlessdata.io/schemas/table-schema.json"
# When the tables got their shape, and when it changed: that of the schema, not of the data.
_CREATED = _CHANGED = date(2026, 11, 22)

COLUMNS = tuple(field for field in records.FIELDS if field.shape.cell)
ACTION_COLUMNS = (*records.FIELDS[:2], *fields.ACTION)


def signatories_schema(place: Place) -> dict[str, Any]:
    """Describe the columns of the signatories' tables."""
    return {
        "$schema": _SPECIFICATION,
        "name": dataset.ID,
        "title": dataset.TITLE,
        "description": "Une ligne par signataire, présent ou passé.",
        **_head(place, dataset.TABLE_SCHEMA, dataset.CSV),
        "fields": [_column(field, unique=field.name == "identifiant") for field in COLUMNS],
        "primaryKey": "identifiant",
        "missingValues": [""],
    }


def actions_schema(place: Place) -> dict[str, Any]:
    """Describe the columns of the actions' table; a line belongs to a signatory."""
    return {
        "$schema": _SPECIFICATION,
        "name": f"actions-{dataset.ID}",
        "title": f"Actions en application de la charte « {NAME} »",
        "description": "Une ligne par action entreprise en application de la charte.",
        **_head(place, dataset.ACTIONS_SCHEMA, dataset.ACTIONS),
        "fields": [_column(field) for field in ACTION_COLUMNS],
        "foreignKeys": [
            {
                "fields": "identifiant",
                "reference": {"resource": "signataires", "fields": "identifiant"},
            }
        ],
        "missingValues": [""],
    }


def _head(place: Place, uri: str, file: dataset.File) -> dict[str, Any]:
    return {
        "countryCode": "FR",
        "homepage": place.url + DATA,
        "path": place.url + uri,
        "resources": [{"title": file.title, "path": place.url + file.uri}],
        "created": _CREATED.isoformat(),
        "lastModified": _CHANGED.isoformat(),
        "version": records.VERSION,
        "contributors": dataset.contributors(place),
    }


def _column(field: Field, *, unique: bool = False) -> dict[str, Any]:
    """Say of a column what its JSON Schema says of the value, in the words of Table Schema."""
    schema = field.shape.schema
    constraints: dict[str, Any] = {"required": field.required}
    if unique:
        constraints["unique"] = True
    constraints |= {name: schema[name] for name in ("pattern", "enum") if name in schema}
    cell = field.shape.cell
    return {
        "name": field.name,
        "title": field.title,
        "description": field.description,
        "example": cell(field.example) if cell else "",
        **_type(schema.get("format")),
        "constraints": constraints,
    }


def _type(form: str | None) -> dict[str, str]:
    if form == "date":
        return {"type": "date", "format": "default"}
    # The format « uri » knows no letter beyond ASCII, which an address elsewhere may have.
    return {"type": "string", "format": "uri" if form == "uri" else "default"}
