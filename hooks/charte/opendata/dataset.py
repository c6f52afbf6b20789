"""What the open data are, as a whole: name, licence, source, files.

The package for data portals, the API and the page's JSON-LD for Google Dataset Search say the same
of them, because they take it from here. Dates are the register's own: the first edition of the
annex and the last.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from charte.addresses import ANNEX, DATA
from charte.mark import NAME
from charte.opendata.records import VERSION
from charte.project import Place
from charte.structured_data import script_json

ID = "signataires-charte-engage-pour-la-e-sante"
TITLE = f"Signataires de la charte « {NAME} »"
DESCRIPTION = (
    f"Registre des signataires, présents et passés, de la charte « {NAME} » du 10 septembre 2020 : "
    "nom exactement tel que signé, statut, dates d’entrée et de sortie de l’annexe, groupe, "
    "actions entreprises en application de la charte. Les marques et les logos des signataires "
    "n’en font pas partie."
)
KEYWORDS = ("e-santé", "numérique en santé", "charte", "signataires", "industriels", "France")
SOURCE = f"Annexe de la charte « {NAME} », « Liste des industriels signataires »"

LICENCE = "etalab-2.0"  # its SPDX identifier
LICENCE_TITLE = "Licence Ouverte 2.0"
LICENCE_PAGE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


class File(NamedTuple):
    """A file of the data: its address from the root of the site, its media type, what it is."""

    uri: str
    media_type: str
    title: str


JSON = File(f"{DATA}signataires.json", "application/json", "Les signataires, en JSON")
JSON_LINES = File(
    f"{DATA}signataires.jsonl", "application/jsonl", "Les signataires, un enregistrement par ligne"
)
CSV = File(f"{DATA}signataires.csv", "text/csv", "Les signataires, en CSV")
EXCEL = File(f"{DATA}signataires-excel.csv", "text/csv", "Les signataires, pour un tableur")
ACTIONS = File(f"{DATA}actions.csv", "text/csv", "Les actions des signataires, en CSV")
FILES = (JSON, CSV, EXCEL, JSON_LINES, ACTIONS)

PACKAGE = f"{DATA}datapackage.json"
TABLE_SCHEMA = f"{DATA}schema.json"
ACTIONS_SCHEMA = f"{DATA}schema-actions.json"
RECORD_SCHEMA = f"{DATA}signataires.schema.json"


def contributors(place: Place) -> list[dict[str, str]]:
    """Say who made the data, as Data Package and Table Schema do; no address is invented."""
    email = {"email": place.contact} if place.contact else {}
    return [{"title": place.name, "path": place.url, **email, "role": "author"}]


def dataset_json_ld(place: Place, first: date, last: date) -> Markup:
    """Describe the data in the words of schema.org: a Dataset and its downloads.

    Args:
        place: where the site stands.
        first: the day of the first edition of the annex.
        last: the day of the last.
    """
    home = place.url + DATA
    return script_json(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": home,
            "url": home,
            "name": TITLE,
            "description": DESCRIPTION,
            "inLanguage": "fr",
            "keywords": list(KEYWORDS),
            "version": VERSION,
            "license": LICENCE_PAGE,
            "isAccessibleForFree": True,
            "isBasedOn": place.url + ANNEX,
            "creator": {"@type": "Organization", "name": place.name, "url": place.url},
            "dateModified": last.isoformat(),
            "temporalCoverage": f"{first.isoformat()}/{last.isoformat()}",
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.title,
                    "encodingFormat": file.media_type,
                    "contentUrl": place.url + file.uri,
                }
                for file in FILES
            ],
        }
    )
