"""What each page shows, as plain frozen values in French.

A view holds nothing but texts, links and other views; its template decides nothing and writes it
down. Addresses are relative to the root of the site (`signataires/withings/`); a permalink is
absolute. `viewer` makes the views.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from charte.charter import Commitment
from charte.project import Place
from charte.register.rules.subject import Rule
from charte.register.schema import FieldRow
from charte.standing import Standing


class Link(NamedTuple):
    """A name and an address, relative to the root of the site."""

    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One heading of the annex, with its signatories in order."""

    name: str
    anchor: str
    entries: tuple[AnnexEntry, ...]
    count: str


class AnnexEntry(NamedTuple):
    """One line of the annex."""

    name: str
    uri: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Badge:
    """The badge of a signatory and the ways to show it."""

    uri: str
    alt: str
    width: int
    height: int
    html: str
    markdown: str


@dataclass(frozen=True, slots=True)
class DoneAction:
    """An action of a signatory with the commitment that it serves."""

    date: str
    title: str
    url: str
    commitment: Commitment


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
    actions: tuple[DoneAction, ...]
    standing: Standing
    successor: Link | None
    badge: Badge
    quotation: str
    source: str | None
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


@dataclass(frozen=True)
class SiteView:
    """What any page may show: counts, dates, the annex, the groups, the charter."""

    place: Place
    count: str
    edition: str
    edition_short: str
    edition_iso: str
    letters: tuple[Letter, ...]
    groups: tuple[GroupView, ...]
    signatories: tuple[SignatoryView, ...]
    commitments: dict[str, Commitment]
    fields: tuple[tuple[str, tuple[FieldRow, ...]], ...]
    rules: tuple[tuple[str, tuple[Rule, ...]], ...]

    @cached_property
    def by_slug(self) -> dict[str, SignatoryView]:
        """The signatories by slug, for slots that name one."""
        return {view.slug: view for view in self.signatories}
