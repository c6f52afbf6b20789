"""What is published of a signatory: the table of fields that every machine format is made from.

JSON, CSV, their schemas, the API's description and the page that explains them are all drawn from
here, so they cannot contradict each other. What the register does not know is absent from a record;
a record holds the data of the entry alone: no line number, no day of the build.

The names are a promise: in version 1 of the format a field may be added, but none goes, and none
takes another meaning.
"""

from __future__ import annotations

from typing import Any

from charte.addresses import badge_uri, signatory_uri
from charte.french import sort_key
from charte.opendata import fields
from charte.opendata.fields import Field, choice, day
from charte.project import Place
from charte.register.history import unlisted
from charte.register.model import Register, Signatory

__all__ = ["FIELDS", "VERSION", "Field", "in_order", "record", "record_schema"]

VERSION = "1.0.0"

SIGNATORY, FORMER, BY_MISTAKE = "signataire", "ancien signataire", "cité par erreur"
_REASONS = {"retired": "retrait", "merged": "fusion", "listed-by-mistake": "erreur"}


def _status(one: Signatory) -> str:
    if not one.withdrawn:
        return SIGNATORY
    return BY_MISTAKE if one.withdrawn.reason == "listed-by-mistake" else FORMER


FIELDS = (
    Field(
        "identifiant",
        "Identifiant",
        "Identifiant permanent, celui de l’adresse de la page.",
        fields.IDENTIFIER,
        "genious-healthcare-mindmaze",
        lambda one, _: one.slug,
        required=True,
    ),
    Field(
        "nom",
        "Nom",
        "Nom, exactement tel que signé.",
        fields.TEXT,
        "Epsilog/CompuGroup Medical",
        lambda one, _: one.name,
        required=True,
    ),
    Field(
        "statut",
        "Statut",
        "Ce que l’entrée est aujourd’hui.",
        choice(SIGNATORY, FORMER, BY_MISTAKE),
        SIGNATORY,
        lambda one, _: _status(one),
        required=True,
    ),
    Field(
        "page",
        "Page",
        "Adresse permanente de la page du signataire sur ce site.",
        fields.OWN_ADDRESS,
        "https://exemple.fr/signataires/mon-entreprise/",
        lambda one, place: place.url + signatory_uri(one.slug),
        required=True,
    ),
    Field(
        "date_inscription",
        "Date d’inscription",
        "Date de la première édition connue de l’annexe qui cite le signataire.",
        fields.DAY,
        "2020-11-16",
        lambda one, _: day(one.listed),
        required=True,
    ),
    Field(
        "date_signature",
        "Date de signature",
        "Jour de la signature.",
        fields.DAY,
        "2020-09-10",
        lambda one, _: day(one.signed),
    ),
    Field(
        "groupe",
        "Groupe",
        "Groupe que le nom signé cite après une barre oblique.",
        fields.TEXT,
        "CompuGroup Medical",
        lambda one, _: one.group,
    ),
    Field(
        "precision",
        "Précision",
        "Précision imprimée après le nom.",
        fields.TEXT,
        "pour l'ensemble des activités santé du groupe",
        lambda one, _: one.note,
    ),
    Field(
        "site",
        "Site",
        "Site officiel du signataire.",
        fields.ADDRESS,
        "https://exemple.fr",
        lambda one, _: one.website,
    ),
    Field(
        "siren",
        "SIREN",
        "Numéro SIREN, sans espaces ; un texte, parce qu’il peut commencer par un zéro.",
        fields.SIREN,
        "123456782",
        lambda one, _: one.siren,
    ),
    Field(
        "description",
        "Description",
        "Activité du signataire.",
        fields.TEXT,
        "Éditeur d’un dossier de soins.",
        lambda one, _: one.description,
    ),
    Field(
        "badge",
        "Badge",
        "Adresse permanente de son badge, une image SVG.",
        fields.OWN_ADDRESS,
        "https://exemple.fr/badge/mon-entreprise.svg",
        lambda one, place: place.url + badge_uri(one.slug),
        required=True,
    ),
    Field(
        "date_retrait",
        "Date de retrait",
        "Jour du retrait de la charte.",
        fields.DAY,
        "2022-01-31",
        lambda one, _: day(one.withdrawn.on) if one.withdrawn else None,
    ),
    Field(
        "motif_retrait",
        "Motif du retrait",
        "Raison du retrait : retrait, fusion avec un autre signataire, ou citation par erreur.",
        choice(*_REASONS.values()),
        "fusion",
        lambda one, _: _REASONS[one.withdrawn.reason] if one.withdrawn else None,
    ),
    Field(
        "successeur",
        "Successeur",
        "Identifiant du signataire qui succède.",
        fields.IDENTIFIER,
        "maincare",
        lambda one, _: one.withdrawn.successor if one.withdrawn else None,
    ),
    Field(
        "date_sortie",
        "Date de sortie de l’annexe",
        "Date de la première édition de l’annexe qui ne le cite plus.",
        fields.DAY,
        "2022-03-01",
        lambda one, _: day(unlisted(one)),
    ),
    Field(
        "voir_aussi",
        "Voir aussi",
        "Identifiants de signataires proches, que le registre garde distincts.",
        fields.IDENTIFIERS,
        ["exelus"],
        lambda one, _: sorted(one.see_also),
    ),
    Field(
        "anciens_identifiants",
        "Anciens identifiants",
        "Identifiants d’avant, du premier au dernier ; leurs adresses répondent toujours.",
        fields.IDENTIFIERS,
        ["ancien-nom"],
        lambda one, _: list(one.former_slugs),
    ),
    Field(
        "anciens_noms",
        "Anciens noms",
        "Noms d’avant, du premier au dernier.",
        fields.FORMER_NAMES,
        [{"nom": "Ancien nom de la société", "jusqu_au": "2022-01-31"}],
        lambda one, _: fields.former_names(one.former_names),
    ),
    Field(
        "actions",
        "Actions",
        "Actions entreprises en application de la charte, de la plus ancienne à la plus récente.",
        fields.ACTIONS,
        [{field.name: field.example for field in fields.ACTION}],
        lambda one, _: fields.actions(one.actions),
    ),
)


def in_order(register: Register) -> list[Signatory]:
    """Give all signatories, present and past, as the site sorts them.

    Two may have one name: the identifier then decides, not the order of the file.
    """
    return sorted(register.signatories, key=lambda one: (sort_key(one.name), one.slug))


def record(one: Signatory, place: Place) -> dict[str, Any]:
    """Give what is published of a signatory, in the table's order."""
    return fields.values(FIELDS, one, place)


def record_schema() -> dict[str, Any]:
    """Describe a record as JSON Schema (2020-12); a withdrawal's fields come together."""
    left = ["date_retrait", "motif_retrait", "date_sortie"]
    return {
        **fields.object_schema(FIELDS),
        "dependentRequired": dict.fromkeys((*left, "successeur"), left),
    }
