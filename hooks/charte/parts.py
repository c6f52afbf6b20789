"""What views are made of: links, dates, badges, the lines of lists, as plain frozen values.

Addresses are relative to the root of the site (`signataires/withings/`), unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

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
    """One line of the annex; the annex of today can be filtered by group and year of entry."""

    name: str
    uri: str
    note: str | None
    group: str | None = None
    year: str | None = None


class RenamedEntry(NamedTuple):
    """A line of an edition whose signatory stood in the one before under another name."""

    former: str
    entry: AnnexEntry


@dataclass(frozen=True, slots=True)
class Badge:
    """The badge of a signatory, the ways to show it and, absolute, the addresses that prove it."""

    uri: str
    png: str
    alt: str
    width: int
    height: int
    html: str
    markdown: str
    bbcode: str
    shield: str
    assertion: str


class Deed(NamedTuple):
    """An action in application of the charter: its day, twice, its words, its page, who did it."""

    date: str
    iso: str
    title: str
    url: str
    signatory: Link


class Served(NamedTuple):
    """A commitment with what one signatory did for it; None where the charter does not hold it."""

    commitment: Link | None
    opening: str
    deeds: tuple[Deed, ...]


class FormerName(NamedTuple):
    """A name that a signatory gave up, and the day on which it did."""

    name: str
    until: str


class Revision(NamedTuple):
    """A commit: its day, twice, its short hash, its page in a repository where one is known."""

    date: str
    iso: str
    short: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ProvenanceView:
    """What git knows of an entry: who brought it, who changed it last, its lines as of then."""

    added: Revision | None
    changed: Revision | None
    source: str | None


@dataclass(frozen=True, slots=True)
class FormerView:
    """One line of the list of those who have left."""

    link: Link
    listed: str
    standing: Standing
    successor: Link | None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One thing that happened; `id` is a UUID that never changes."""

    id: str
    anchor: str
    kind: str
    title: str
    detail: str | None
    link: Link
    source: str | None
    iso: str


class JournalDay(NamedTuple):
    """What happened on one day."""

    iso: str
    date: str
    entries: tuple[JournalEntry, ...]
