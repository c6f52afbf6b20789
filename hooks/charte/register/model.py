"""The register's one definition: fields, types, limits, and the words that explain them.

Values are frozen. What the register does not know is None or empty, never invented. The field
descriptions are in French because contributors read them: error messages, editors and the
documentation all take them from here.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LENGTH = 100
SIREN = r"^[0-9]{9}$"
URL = r"^https://[^\s<>\"'\\]+$"
TEXT = r"^[^\r\n]*\S[^\r\n]*$"  # on one line, and not made of spaces alone
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(value: Any) -> date:
    """Read a date as ISO 8601 writes a calendar day, and in no other way."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("day_form", "La date n’a pas la forme année-mois-jour.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day_impossible", "Ce jour n’existe pas.") from None


Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, StringConstraints(pattern=TEXT, max_length=200)]
LongText = Annotated[str, StringConstraints(pattern=r"\S", max_length=1000)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=SLUG_LENGTH)]
Url = Annotated[str, StringConstraints(pattern=URL, max_length=500)]
Siren = Annotated[str, StringConstraints(pattern=SIREN)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Action(_Frozen):
    """Something a signatory did in application of a commitment (charter, IV.6)."""

    date: Day = Field(description="jour de l’action", examples=["2021-03-15"])
    title: Text = Field(
        description="ce qui a été fait, en une phrase", examples=["Ouverture d’une interface"]
    )
    url: Url = Field(description="page qui en rend compte", examples=["https://exemple.fr/action"])
    commitment: Slug = Field(
        description="engagement de la charte servi", examples=["industriels-3"]
    )


class Withdrawal(_Frozen):
    """A signatory that left, merged, or was listed by mistake; its page stays."""

    on: Day = Field(description="jour du retrait", examples=["2022-01-31"])
    reason: Literal["retired", "merged", "listed-by-mistake"] = Field(
        description="motif : retired (retrait), merged (fusion), listed-by-mistake (erreur)",
        examples=["retired"],
    )
    successor: Slug | None = Field(
        default=None, description="identifiant du signataire qui succède", examples=["maincare"]
    )
    unlisted: Day | None = Field(
        default=None,
        description="date de la première édition de l’annexe qui ne le cite plus, "
        "si elle suit le retrait",
        examples=["2022-03-01"],
    )


class FormerName(_Frozen):
    """A name under which editions of the annex were published; they keep it."""

    name: Text = Field(
        description="nom jusque-là, tel que publié", examples=["Ancien nom de la société"]
    )
    note: Text | None = Field(
        default=None,
        description="précision imprimée alors après le nom",
        examples=["pour l'ensemble des activités santé du groupe"],
    )
    until: Day = Field(
        description="date de la première édition de l’annexe qui porte le nom suivant",
        examples=["2022-01-31"],
    )


class Signatory(_Frozen):
    """A legal person that signed the charter (charter, V)."""

    name: Text = Field(
        description="nom, exactement tel que signé", examples=["Nom exact de la société"]
    )
    slug: Slug = Field(
        description="identifiant permanent, en minuscules sans accents, mots joints par des tirets",
        examples=["mon-entreprise"],
    )
    listed: Day = Field(
        description="date de la première édition de l’annexe qui cite le signataire",
        examples=["2020-11-16"],
    )
    group: Text | None = Field(default=None, description="groupe, tel que signé", examples=["EIG"])
    note: Text | None = Field(
        default=None,
        description="précision imprimée après le nom",
        examples=["pour l'ensemble des activités santé du groupe"],
    )
    see_also: tuple[Slug, ...] = Field(
        default=(), description="identifiants de signataires proches", examples=["[exelus]"]
    )
    signed: Day | None = Field(
        default=None, description="jour de la signature", examples=["2020-09-10"]
    )
    website: Url | None = Field(
        default=None, description="site officiel, en https", examples=["https://exemple.fr"]
    )
    siren: Siren | None = Field(
        default=None, description="numéro SIREN, neuf chiffres sans espaces", examples=["123456782"]
    )
    description: LongText | None = Field(
        default=None,
        description="activité, en une phrase",
        examples=["Éditeur d’un dossier de soins."],
    )
    former_slugs: tuple[Slug, ...] = Field(
        default=(), description="anciens identifiants, redirigés", examples=["[ancien-nom]"]
    )
    former_names: tuple[FormerName, ...] = Field(
        default=(), description="anciens noms, que les éditions passées gardent"
    )
    actions: tuple[Action, ...] = Field(
        default=(), description="actions entreprises en application de la charte"
    )
    withdrawn: Withdrawal | None = Field(default=None, description="retrait de la charte")


class Register(_Frozen):
    """All signatories, present and past, with the date of the edition."""

    edition: Day = Field(
        description="date de la dernière édition imprimée de l’annexe", examples=["2020-11-16"]
    )
    signatories: tuple[Signatory, ...] = Field(description="liste des signataires")


# The blocks of fields that an entry may hold, by the name of the field.
BLOCKS: dict[str, type[BaseModel]] = {
    "actions": Action,
    "former_names": FormerName,
    "withdrawn": Withdrawal,
}
