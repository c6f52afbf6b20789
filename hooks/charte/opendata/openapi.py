"""The API's description (OpenAPI 3.1): exactly the files that are published, with examples.

It is a contract: it does not move when somebody signs. So a signatory and an edition are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from charte.addresses import API, edition_pdf_uri, edition_uri
from charte.mark import NAME
from charte.opendata import dataset, records
from charte.project import Place
from charte.register.model import Signatory

_SLUG = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_DAY = {"type": "string", "format": "date"}
_URI = {"type": "string", "format": "uri"}
_TEXT = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 0}
_VERSION = {"type": "string", "pattern": r"^1\.\d+\.\d+$"}

_COMMITMENT = {
    "identifiant": _SLUG,
    "numero": {"type": "integer", "minimum": 1},
    "partie": {"type": "string", "enum": ["pouvoirs publics", "industriels"]},
    "texte": _TEXT,
    "page": _URI,
}
_EDITION = {"date": _DAY, "signataires": _COUNT, "page": _URI, "pdf": _URI}
_SHIELD = {
    "schemaVersion": {"const": 1},
    "label": _TEXT,
    "message": _TEXT,
    "color": _TEXT,
}
_HEAD = {"version": _VERSION, "licence": {"const": dataset.LICENCE}}


_DAY_OF_EXAMPLE = date(2021, 1, 15)
_SIGNATORY = Signatory(
    name="Exemple Santé",
    slug="exemple-sante",
    listed=_DAY_OF_EXAMPLE,
    website="https://sante.exemple.fr/",
    former_slugs=("ancien-exemple",),
)
# It has no page here, so its addresses are not of this site.
_ELSEWHERE = Place("https://registre.exemple.fr/", NAME)


def description(place: Place, commitments: Mapping[str, Any]) -> dict[str, Any]:
    """Describe the API.

    Args:
        place: where the site stands.
        commitments: what `engagements.json` says.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Registre des signataires de la charte « {NAME} »",
            "summary": "Fichiers statiques, sans clé ni quota.",
            "description": dataset.DESCRIPTION,
            "version": records.VERSION,
            "license": {"name": dataset.LICENCE_TITLE, "identifier": dataset.LICENCE},
        },
        "externalDocs": {"url": f"{place.url}{API}", "description": "Mode d’emploi"},
        "servers": [{"url": f"{place.url}{API}".removesuffix("/")}],
        "paths": {
            "/signataires.json": _path("signataires", "Tous les signataires", "Signataires"),
            "/signataires/{identifiant}.json": _path(
                "signataire",
                "Un signataire, par son identifiant ou par un ancien",
                "Signataire",
                records.record(_SIGNATORY, _ELSEWHERE),
                by_slug=True,
            ),
            "/engagements.json": _path(
                "engagements", "Les engagements de la charte", "Engagements", commitments
            ),
            "/editions.json": _path(
                "editions", "Les éditions de l’annexe", "Editions", _editions()
            ),
            "/shields/{identifiant}.json": _path(
                "shield", "Un signataire, pour un badge de shields.io", "Shield", by_slug=True
            ),
        },
        "components": {"schemas": _schemas()},
    }


def _editions() -> dict[str, Any]:
    edition = {
        "date": _DAY_OF_EXAMPLE.isoformat(),
        "signataires": 1,
        "page": _ELSEWHERE.url + edition_uri(_DAY_OF_EXAMPLE),
        "pdf": _ELSEWHERE.url + edition_pdf_uri(_DAY_OF_EXAMPLE),
    }
    head = {"version": records.VERSION, "licence": dataset.LICENCE, "source": dataset.SOURCE}
    return {**head, "editions": [edition]}


def _schemas() -> dict[str, Any]:
    totals = _object({"signataires": _COUNT, "anciens": _COUNT})
    return {
        "Signataire": records.record_schema(),
        "Signataires": _object(
            {
                **_HEAD,
                "edition": _DAY,
                "source": _TEXT,
                "documentation": _URI,
                "totaux": totals,
                "signataires": _list({"$ref": "#/components/schemas/Signataire"}),
            }
        ),
        "Engagements": _object(
            {**_HEAD, "documentation": _URI, "engagements": _list(_object(_COMMITMENT))}
        ),
        "Editions": _object({**_HEAD, "source": _TEXT, "editions": _list(_object(_EDITION))}),
        "Shield": _object(_SHIELD),
    }


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


def _list(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _path(
    operation: str,
    summary: str,
    schema: str,
    example: Mapping[str, Any] | None = None,
    *,
    by_slug: bool = False,
) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    if example:
        content["example"] = example
    responses = {
        "200": {"description": summary, "content": {"application/json": content}},
    }
    if not by_slug:
        return {"get": {"operationId": operation, "summary": summary, "responses": responses}}
    return {
        "parameters": [
            {
                "name": "identifiant",
                "in": "path",
                "required": True,
                "description": "Identifiant du signataire, présent ou ancien.",
                "schema": _SLUG,
            }
        ],
        "get": {
            "operationId": operation,
            "summary": summary,
            "responses": {
                **responses,
                "404": {"description": "Aucun signataire n’a ni n’a eu cet identifiant."},
            },
        },
    }
