"""The API: the same records, one file a question, so that any static host can answer.

`/api/v1/` only ever gains: a field, a file. What would take one away is another version, beside
this one. A record answers at the former identifiers of its signatory too, and says the present one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from charte.addresses import API, CHARTER, edition_pdf_uri, edition_uri, record_uri
from charte.opendata import dataset, records
from charte.opendata.json_files import copies, document
from charte.opendata.openapi import description
from charte.outputs.datasets import records_of, whole
from charte.publish import Output
from charte.views import CommitmentView, EditionView, SiteView


def outputs(site: SiteView) -> Iterator[Output]:
    """Publish the API under /api/v1/."""
    everyone = records_of(site)
    yield Output(f"{API}signataires.json", whole(site, everyone))
    for one in everyone:
        slugs = [one["identifiant"], *one.get("anciens_identifiants", ())]
        yield from copies(map(record_uri, slugs), one)
    commitments = _commitments(site)
    yield document(f"{API}engagements.json", commitments)
    yield document(f"{API}editions.json", _editions(site))
    yield document(f"{API}openapi.json", description(site.place, commitments))


def _commitments(site: SiteView) -> dict[str, Any]:
    return {
        "version": records.VERSION,
        "licence": dataset.LICENCE,
        "documentation": site.place.url + CHARTER,
        "engagements": [_commitment(one) for one in site.commitments],
    }


def _commitment(one: CommitmentView) -> dict[str, Any]:
    return {
        "identifiant": one.id,
        "numero": one.number,
        "partie": one.party.removeprefix("des "),
        "texte": one.words,
        "page": one.permalink,
    }


def _editions(site: SiteView) -> dict[str, Any]:
    return {
        "version": records.VERSION,
        "licence": dataset.LICENCE,
        "source": dataset.SOURCE,
        "editions": [_edition(one, site) for one in site.editions],
    }


def _edition(one: EditionView, site: SiteView) -> dict[str, Any]:
    return {
        "date": one.day.isoformat(),
        "signataires": sum(len(letter.entries) for letter in one.letters),
        "page": site.place.url + edition_uri(one.day),
        "pdf": site.place.url + edition_pdf_uri(one.day),
    }
