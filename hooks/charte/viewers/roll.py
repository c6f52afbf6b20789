"""The roll: the register in order, with the look-ups that every view needs, computed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from charte import french
from charte.addresses import group_uri, signatory_uri
from charte.charter import Commitment
from charte.parts import Link
from charte.project import Place, Project
from charte.register.history import Change, changes
from charte.register.model import Signatory
from charte.register.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Roll:
    """The register from every side.

    Attributes:
        place: where the site stands.
        commitments: those of the charter, by id.
        provenances: what git knows of each entry, by slug.
        changes: all that happened, the newest first.
        all: the signatories, present and past, in French alphabetical order.
        present: those whom the annex lists.
        by_slug: all, by slug.
        rank: the place of each present slug in the annex, from 0.
        by_folded_name: the present, by name without case or accents.
        members: the signatories of each group, by its printed name.
        groups: the groups' names, in order.
        groups_by_folded_name: the groups' links, by name without case or accents.
        letters: those under which the annex has a name.
    """

    place: Place
    commitments: Mapping[str, Commitment]
    provenances: Mapping[str, Provenance]
    changes: tuple[Change, ...]
    all: tuple[Signatory, ...]
    present: tuple[Signatory, ...]
    by_slug: Mapping[str, Signatory]
    rank: Mapping[str, int]
    by_folded_name: Mapping[str, Signatory]
    members: Mapping[str, list[Signatory]]
    groups: tuple[str, ...]
    groups_by_folded_name: Mapping[str, Link]
    letters: frozenset[str]

    @classmethod
    def of(cls, project: Project) -> Roll:
        """Call the roll of a project's register."""
        register = project.reading.register
        # Two signatories may have one name: the slug then decides, not the order of the file.
        everyone = tuple(
            sorted(register.signatories, key=lambda one: (french.sort_key(one.name), one.slug))
        )
        present = tuple(one for one in everyone if not one.withdrawn)
        members: dict[str, list[Signatory]] = {}
        for one in everyone:
            if one.group:
                members.setdefault(one.group, []).append(one)
        groups = tuple(sorted(members, key=french.sort_key))
        return cls(
            place=project.place,
            commitments=project.commitments,
            provenances=project.provenances,
            changes=changes(register, project.place.ids),
            all=everyone,
            present=present,
            by_slug={one.slug: one for one in everyone},
            rank={one.slug: rank for rank, one in enumerate(present)},
            by_folded_name={french.fold(one.name): one for one in reversed(present)},
            members=members,
            groups=groups,
            groups_by_folded_name={french.fold(name): group_link(name) for name in groups},
            letters=frozenset(french.letter(one.name) for one in present),
        )

    def links(self, slugs: Iterable[str]) -> tuple[Link, ...]:
        """Give the links to signatories' pages."""
        return tuple(link(self.by_slug[slug]) for slug in slugs)

    def successor(self, one: Signatory) -> Link | None:
        """Give the link to who succeeds a signatory that has left, if anyone does."""
        if not one.withdrawn or not one.withdrawn.successor:
            return None
        return link(self.by_slug[one.withdrawn.successor])


def link(signatory: Signatory) -> Link:
    """Give the link to a signatory's page."""
    return Link(signatory.name, signatory_uri(signatory.slug))


def group_link(name: str) -> Link:
    """Give the link to a group's page."""
    return Link(name, group_uri(name))
