"""What each page shows, as plain frozen values in French.

A view holds nothing but texts, links and other views; its template decides nothing and writes it
down. Addresses are relative to the root of the site (`signataires/withings/`); a permalink is
absolute. The `viewers` make the views.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from charte.charter_words import Section, Text
from charte.charts import Growth, Letters
from charte.citations import Format
from charte.opendata.records import Field
from charte.parts import (
    AnnexEntry,
    Badge,
    Deed,
    FormerName,
    FormerView,
    JournalDay,
    Letter,
    Link,
    ProvenanceView,
    RenamedEntry,
    Served,
)
from charte.project import Place
from charte.publication.model import Publication
from charte.register.model import Register
from charte.register.rules.subject import Rule
from charte.register.schema import FieldRow
from charte.standing import Standing


@dataclass(frozen=True, slots=True)
class SignatoryView:
    """A signatory's page."""

    slug: str
    uri: str
    former_slugs: tuple[str, ...]
    permalink: str
    name: str
    summary: str
    listed: str
    listed_iso: str
    letter: Link
    group: Link | None
    group_of_same_name: Link | None
    siblings: tuple[Link, ...]
    note: str | None
    see_also: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    signed: str | None
    website: str | None
    siren: str | None
    description: str | None
    former_names: tuple[FormerName, ...]
    served: tuple[Served, ...]
    standing: Standing
    successor: Link | None
    badge: Badge
    card: str
    card_alt: str
    oembed: str
    record: str
    citations: tuple[Format, ...]
    provenance: ProvenanceView
    json_ld: Markup


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group's page: the signatories whose printed name ends in « /Group »."""

    slug: str
    uri: str
    permalink: str
    name: str
    summary: str
    count: str
    members: tuple[Link, ...]
    former_members: tuple[Link, ...]
    namesake: Link | None
    json_ld: Markup


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment's page; `text_uri` is where the charter says it, last on the day it `ended`."""

    id: str
    uri: str
    permalink: str
    name: str
    number: int
    party: str
    words: str
    opening: str
    text_uri: str
    summary: str
    by_industry: bool
    ended: str | None
    deeds: tuple[Deed, ...]
    count: str
    previous: Link | None
    next: Link | None
    citations: tuple[Format, ...]
    json_ld: Markup


@dataclass(frozen=True, slots=True)
class EditionView:
    """The annex as it stood from a day on; nothing of it knows what came later."""

    uri: str
    permalink: str
    name: str
    summary: str
    day: date
    iso: str
    date: str
    count: str
    number: str
    letters: tuple[Letter, ...]
    joined: tuple[AnnexEntry, ...]
    left: tuple[AnnexEntry, ...]
    renamed: tuple[RenamedEntry, ...]
    annotated: tuple[AnnexEntry, ...]
    pdf: str
    citations: tuple[Format, ...]
    json_ld: Markup


@dataclass(frozen=True, slots=True)
class TextView:
    """A text of the charter, whole, at its permanent address.

    While it is in force, `/charte/` says the same and is the `canonical` address of both; then
    `following` is the text that took its place.
    """

    uri: str
    permalink: str
    canonical: str
    name: str
    summary: str
    iso: str
    date: str
    sections: tuple[Section, ...]
    following: Link | None
    citations: tuple[Format, ...]
    json_ld: Markup


@dataclass(frozen=True)
class SiteView:
    """What any page or output may show: the register, counts, dates, all other views."""

    place: Place
    publication: Publication
    accessibility_state: str
    register: Register
    charter: tuple[Text, ...]
    count: str
    edition_day: date
    edition: str
    edition_short: str
    edition_english: str
    edition_iso: str
    letters: tuple[Letter, ...]
    editions: tuple[EditionView, ...]
    former: tuple[FormerView, ...]
    groups: tuple[GroupView, ...]
    signatories: tuple[SignatoryView, ...]
    commitments: tuple[CommitmentView, ...]
    texts: tuple[TextView, ...]
    journal: tuple[JournalDay, ...]
    growth: Growth | None
    letters_chart: Letters | None
    annex_json_ld: Markup
    dataset_json_ld: Markup
    fields: tuple[tuple[str, tuple[FieldRow, ...]], ...]
    rules: tuple[tuple[str, tuple[Rule, ...]], ...]
    data_fields: tuple[Field, ...]

    @cached_property
    def by_slug(self) -> dict[str, SignatoryView]:
        """The signatories by slug, then by former slug, for slots that name one as it was."""
        former = {slug: view for view in self.signatories for slug in view.former_slugs}
        present = {view.slug: view for view in self.signatories}
        return present | former | present

    @cached_property
    def by_commitment(self) -> dict[str, CommitmentView]:
        """The commitments by id, for slots that name one."""
        return {view.id: view for view in self.commitments}
