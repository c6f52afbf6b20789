"""Who publishes this site, and how accessible it is said to be: the fields of one file.

A value that nobody has given is None, never invented, and the pages say so. The descriptions and
examples are in French because messages show them to whoever fills the file in.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from charte.french import long_date
from charte.register.model import Day, LongText, Text, Url

EMAIL = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
PHONE = r"^\+?[0-9]([ .\u00a0\u202f-]?[0-9]){2,19}$"
RATE = r"^(100|[0-9]{1,2}(,[0-9]{1,2})?)$"  # as RGAA audits write it: « 87 » or « 72,55 »
Email = Annotated[str, StringConstraints(pattern=EMAIL, max_length=254)]
Phone = Annotated[str, StringConstraints(pattern=PHONE)]
Rate = Annotated[str, StringConstraints(pattern=RATE)]

_AUDIT_HOLDS = timedelta(days=3 * 365)  # as long as the statement made of it (RGAA)
_ALL, _HALF = 100, 50  # per cent of the criteria (RGAA, « Mention obligatoire »)


def is_empty(value: Any) -> bool:
    """Tell whether a value of the file says nothing: no text, or a block of such values."""
    if isinstance(value, dict):
        return all(map(is_empty, value.values()))
    return isinstance(value, str) and not value.strip()


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_empty(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {
            name: one
            for name, one in value.items()
            if name not in cls.model_fields or not is_empty(one)
        }


class Publisher(_Frozen):
    """Who publishes the site."""

    name: Text | None = Field(
        default=None,
        description="le nom ou la raison sociale de l’éditeur",
        examples=["Exemple Santé"],
    )
    form: Text | None = Field(
        default=None,
        description="la forme de l’éditeur et, pour une société, son capital",
        examples=["association loi de 1901"],
    )
    registration: Text | None = Field(
        default=None,
        description="le numéro d’inscription de l’éditeur, s’il en a un",
        examples=["RCS Paris 123 456 782"],
    )
    address: Text | None = Field(
        default=None,
        description="le siège social ou l’adresse de l’éditeur",
        examples=["1 rue d’Exemple, 75001 Paris"],
    )
    phone: Phone | None = Field(
        default=None, description="le téléphone de l’éditeur", examples=["+33 1 23 45 67 89"]
    )
    email: Email | None = Field(
        default=None,
        description="le courrier électronique de l’éditeur",
        examples=["contact@exemple.fr"],
    )


class Host(_Frozen):
    """On whose machines the site stands."""

    name: Text | None = Field(
        default=None,
        description="le nom ou la raison sociale de l’hébergeur",
        examples=["Exemple SAS"],
    )
    address: Text | None = Field(
        default=None,
        description="l’adresse de l’hébergeur",
        examples=["2 rue d’Exemple, 59000 Lille"],
    )
    phone: Phone | None = Field(
        default=None, description="le téléphone de l’hébergeur", examples=["+33 3 20 12 34 56"]
    )


class Contacts(_Frozen):
    """To whom to write about one subject; where nobody is named, to the publisher."""

    personal_data: Email | None = Field(
        default=None,
        description="à qui écrire au sujet des données personnelles",
        examples=["dpo@exemple.fr"],
    )
    accessibility: Email | None = Field(
        default=None,
        description="à qui écrire au sujet de l’accessibilité",
        examples=["acces@exemple.fr"],
    )
    security: Email | None = Field(
        default=None,
        description="à qui signaler une faille de sécurité",
        examples=["securite@exemple.fr"],
    )


class Audit(_Frozen):
    """An audit of conformity made by a person; a program's score is not one."""

    on: Day = Field(description="le jour de l’audit", examples=["2027-03-15"])
    by: Text = Field(description="qui a fait l’audit", examples=["Exemple Conseil"])
    rate: Rate = Field(
        description="les critères du RGAA respectés, en pour cent", examples=["72,55"]
    )
    report: Url | None = Field(
        default=None, description="l’adresse du rapport", examples=["https://exemple.fr/audit"]
    )

    @property
    def day(self) -> str:
        """The day of the audit in words."""
        return long_date(self.on)

    @property
    def last_day(self) -> date:
        """The last day on which it counts."""
        return self.on + _AUDIT_HOLDS


class Statement(_Frozen):
    """What the accessibility statement says, in the order of the RGAA's model."""

    established: Day | None = Field(
        default=None, description="le jour de la déclaration", examples=["2027-03-20"]
    )
    updated: Day | None = Field(
        default=None,
        description="le jour de la dernière mise à jour de la déclaration",
        examples=["2028-01-15"],
    )
    audit: Audit | None = Field(default=None, description="l’audit fait par une personne")
    non_conformities: tuple[LongText, ...] = Field(
        default=(), description="les non-conformités", examples=["[Un contraste est trop faible.]"]
    )
    derogations: tuple[LongText, ...] = Field(
        default=(),
        description="les dérogations pour charge disproportionnée",
        examples=["[Les éditions d’avant 2020 sont des images.]"],
    )
    exempt: tuple[LongText, ...] = Field(
        default=(),
        description="les contenus non soumis à l’obligation d’accessibilité",
        examples=["[Une carte.]"],
    )
    environments: tuple[Text, ...] = Field(
        default=(),
        description="les navigateurs et technologies d’assistance des essais",
        examples=["[Firefox et NVDA]"],
    )
    tools: tuple[Text, ...] = Field(
        default=(), description="les outils de l’évaluation", examples=["[axe-core]"]
    )
    pages: tuple[Text, ...] = Field(
        default=(), description="les pages examinées", examples=["[accueil, annexe]"]
    )

    @property
    def dates(self) -> str:
        """When the statement was made and mended, in a sentence or two."""
        if not self.established:
            return "Cette déclaration n’est pas datée."
        updated = f" Elle a été mise à jour le {long_date(self.updated)}." if self.updated else ""
        return f"Cette déclaration a été établie le {long_date(self.established)}.{updated}"

    @property
    def state(self) -> str:
        """What every page must say of the site; without an audit, that it does not conform."""
        rate = float(self.audit.rate.replace(",", ".")) if self.audit else 0
        if rate == _ALL:
            return "totalement conforme"
        return "partiellement conforme" if rate >= _HALF else "non conforme"


class Publication(_Frozen):
    """All that is known of who publishes the site; by itself, nothing."""

    publisher: Publisher = Field(default=Publisher(), description="l’éditeur du site")
    director: Text | None = Field(
        default=None,
        description="le directeur ou la directrice de la publication, une personne physique",
        examples=["Camille Exemple"],
    )
    host: Host = Field(default=Host(), description="l’hébergeur du site")
    contacts: Contacts = Field(default=Contacts(), description="à qui écrire sur un sujet")
    security_expires: Day | None = Field(
        default=None,
        description="le jour à venir, dans moins d’un an, où security.txt cesse de valoir",
        examples=["2027-06-30"],
    )
    accessibility: Statement = Field(
        default=Statement(), description="la déclaration d’accessibilité"
    )


# The blocks of fields that the file may hold, by the name of the field.
BLOCKS: dict[str, type[BaseModel]] = {
    "publisher": Publisher,
    "host": Host,
    "contacts": Contacts,
    "accessibility": Statement,
    "audit": Audit,
}
