"""The open data: the whole register as files, with the schemas that describe them.

All of them say the same, present and past signatories in the order of the site; a test reads them
back and compares. Dates are the register's own, so the same register gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from charte.addresses import ANNEX, DATA
from charte.mark import NAME
from charte.opendata import dataset, records
from charte.opendata.json_files import collection, document, line
from charte.opendata.table_schemas import (
    ACTION_COLUMNS,
    COLUMNS,
    actions_schema,
    signatories_schema,
)
from charte.opendata.tables import cells, excel_table, table
from charte.project import Place
from charte.publish import Output
from charte.views import SiteView

Record = dict[str, Any]


def outputs(site: SiteView) -> Iterator[Output]:
    """Publish the data under /donnees/."""
    everyone = records_of(site)
    rows = [cells(one, COLUMNS) for one in everyone]
    files = {
        dataset.CSV: table(COLUMNS, rows),
        dataset.EXCEL: excel_table(COLUMNS, rows),
        dataset.ACTIONS: table(ACTION_COLUMNS, _action_rows(everyone)),
    }
    yield Output(dataset.JSON.uri, whole(site, everyone))
    yield Output(dataset.JSON_LINES.uri, "".join(f"{line(one)}\n" for one in everyone).encode())
    yield from (Output(file.uri, content) for file, content in files.items())
    yield document(dataset.TABLE_SCHEMA, signatories_schema(site.place))
    yield document(dataset.ACTIONS_SCHEMA, actions_schema(site.place))
    yield document(dataset.RECORD_SCHEMA, _record_schema(site.place))
    yield document(dataset.PACKAGE, _package(site, files))


def records_of(site: SiteView) -> list[Record]:
    """Give what is published of all signatories, in the order of the site."""
    return [records.record(one, site.place) for one in records.in_order(site.register)]


def whole(site: SiteView, everyone: list[Record]) -> bytes:
    """Write the whole register as JSON, one record a line, under a head that says what it is."""
    present = sum(one["statut"] == records.SIGNATORY for one in everyone)
    head = {
        "version": records.VERSION,
        "edition": site.edition_day.isoformat(),
        "licence": dataset.LICENCE,
        "source": dataset.SOURCE,
        "documentation": site.place.url + DATA,
        "totaux": {"signataires": present, "anciens": len(everyone) - present},
    }
    return collection(head, "signataires", map(line, everyone))


def _action_rows(everyone: list[Record]) -> list[list[str]]:
    return [
        cells({**one, **act}, ACTION_COLUMNS) for one in everyone for act in one.get("actions", ())
    ]


def _record_schema(place: Place) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": place.url + dataset.RECORD_SCHEMA,
        "title": f"Signataire de la charte « {NAME} »",
        **records.record_schema(),
    }


def _package(site: SiteView, files: dict[dataset.File, bytes]) -> dict[str, Any]:
    """Describe the tables as a Data Package (version 1 of its specification)."""
    first = site.editions[0].day if site.editions else site.edition_day
    return {
        "profile": "tabular-data-package",
        "name": dataset.ID,
        "title": dataset.TITLE,
        "description": dataset.DESCRIPTION,
        "homepage": site.place.url + DATA,
        "version": records.VERSION,
        "created": _midnight(first),
        "lastModified": _midnight(site.edition_day),
        "keywords": list(dataset.KEYWORDS),
        "licenses": [
            {
                "name": dataset.LICENCE,
                "title": dataset.LICENCE_TITLE,
                "path": dataset.LICENCE_PAGE,
            }
        ],
        "sources": [{"title": dataset.SOURCE, "path": site.place.url + ANNEX}],
        "contributors": dataset.contributors(site.place),
        "resources": [
            _resource("signataires", dataset.CSV, files, dataset.TABLE_SCHEMA),
            _resource("signataires-excel", dataset.EXCEL, files, dataset.TABLE_SCHEMA),
            _resource("actions", dataset.ACTIONS, files, dataset.ACTIONS_SCHEMA),
        ],
    }


def _resource(
    name: str, file: dataset.File, files: dict[dataset.File, bytes], schema: str
) -> dict[str, Any]:
    content = files[file]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": file.title,
        "path": file.uri.removeprefix(DATA),
        "format": "csv",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "dialect": {
            "delimiter": ";" if file is dataset.EXCEL else ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminator": "\r\n",
            "header": True,
        },
        "schema": schema.removeprefix(DATA),
    }


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
