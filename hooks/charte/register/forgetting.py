"""What a register forgets of the one that was published: signatories, addresses, withdrawals.

What could not be read of a proposal is neither missing nor approved: where something is wrong with
the file, an identifier that stands in its text is not said to be gone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cached_property

from charte.problems import Problem
from charte.register.deletions import DELETED, Deletions, put_back
from charte.register.document import Path
from charte.register.identity import origins
from charte.register.model import Signatory
from charte.register.published import Published
from charte.register.rules.subject import Entry, Rule, Subject
from charte.register.source import quoted

SLUG_LOST = Rule(
    "slug-lost",
    "Adresse perdue",
    "Un identifiant publié qui change reste dans « former_slugs », pour que l’adresse redirige.",
)
SLUG_TAKEN = Rule(
    "slug-exchanged",
    "Adresse d’une autre société",
    "Une adresse publiée ne change pas de société : des articles y renvoient.",
)
RETURNED = Rule(
    "withdrawal-undone",
    "Retrait annulé",
    "Un retrait publié fait partie de l’histoire ; il ne s’efface pas sans bruit.",
)

# A field that is an identifier, wherever a slip has left it; « successor » names another's.
_IDENTIFIER = re.compile(
    r"^[^\w\n]*(?!successor)\w+[^\S\n]*:[^\w\n]*([a-z0-9]+(?:-[a-z0-9]+)*)[^\w\n]*$", re.MULTILINE
)


def identifiers_in(text: str) -> frozenset[str]:
    """Return what may be an entry's identifier in a register's text, however it is laid out."""
    return frozenset(_IDENTIFIER.findall(text))


class Comparison:
    """A register beside the one that was published.

    Args:
        before: the register as it was published.
        subject: the register to judge, as it was read, and who the published signatories are now.
        file: its name, for the messages.
        unread: identifiers that are there, though they could not be read.
    """

    def __init__(
        self,
        before: Published,
        subject: Subject,
        file: str,
        unread: Container[str] = (),
    ) -> None:
        self._before, self._subject, self._file, self._unread = before, subject, file, unread
        self._heirs = heirs = subject.heirs or {}
        self._known = {one.slug: one for one in before.register.signatories}
        self._owners = {
            slug: entry for entry in reversed(subject.entries) for slug in _slugs(entry)
        }
        self._origins = origins(before.register, heirs)
        # The names that an entry did not have before, by name.
        self._newly_named = {
            name: entry
            for entry in subject.entries
            if (name := entry.text("name")) and name != self._name_before(entry)
        }
        self._deletions = Deletions(before, subject, file, self._origins)

    def problems(self) -> Iterator[Problem]:
        """Find what the register forgets of the one that was published."""
        gone: list[Signatory] = []
        for one in self._before.register.signatories:
            if entry := self._heirs.get(one.slug):
                yield from self._deletions.problems(gone)
                gone = []
                yield from self._kept(one, entry)
            elif one.slug not in self._unread:
                gone.append(one)
        yield from self._deletions.problems(gone)

    @cached_property
    def told(self) -> frozenset[Path]:
        """The entries of which something graver is told than that they alter an edition.

        They have another company's name, and so its address, or stand where a deleted one stood.
        """
        return self._deletions.stand_ins | frozenset(
            entry.path
            for one in self._before.register.signatories
            if (entry := self._heirs.get(one.slug)) and self._now_called(one.name, entry)
        )

    def _kept(self, one: Signatory, entry: Entry) -> Iterator[Problem]:
        """Find what is wrong where a signatory is still there."""
        if self._origins[entry.path].slug != one.slug:
            yield self._absorbed(one, entry)
            return
        if one.slug not in _slugs(entry) and entry.text("slug"):
            yield self._slug_lost(entry, one.slug)
        for former in one.former_slugs:
            owner = self._owners.get(former)
            if owner is None and former not in self._unread:
                yield self._slug_lost(entry, former)
            elif owner and former not in _slugs(entry):
                yield self._taken(former, one.name, owner, entry)
        if one.withdrawn and entry.present:
            yield self._problem(entry.path, *_returned(one), RETURNED)
        elif (other := self._now_called(one.name, entry)) and entry.text("slug") == one.slug:
            yield self._taken(one.slug, one.name, entry, other)

    def _absorbed(self, one: Signatory, entry: Entry) -> Problem:
        other = entry.text("slug")
        return self._problem(
            entry.path,
            f"L’entrée de {quoted(one.name)} ({one.slug}) a été supprimée, et son adresse donnée à "
            f"{quoted(entry.text('name') or '')} ; elle est publiée, et citée par les éditions.",
            put_back(
                self._before.lines.get(one.slug, ()),
                "Si les deux ont fusionné : "
                f"charte withdraw {one.slug} --reason merged --successor {other}",
            ),
            DELETED,
        )

    def _slug_lost(self, entry: Entry, lost: str) -> Problem:
        return self._problem(
            (*entry.path, "slug"),
            f"L’adresse /signataires/{lost}/ a été publiée et ne mènerait plus nulle part.",
            f"Rétablissez l’identifiant, ou ajoutez « former_slugs: [{lost}] » à l’entrée.",
            SLUG_LOST,
        )

    def _taken(self, slug: str, name: str, owner: Entry, rightful: Entry) -> Problem:
        line = self._subject.line(rightful.path)
        own = self._known.get(slug)
        field = f"slug: {slug}" if own else f"former_slugs: [{slug}]"
        return self._problem(
            (*owner.path, "slug"),
            f"L’adresse /signataires/{slug}/ a été publiée pour {quoted(name)}, ligne {line} ; "
            f"elle mènerait à {quoted(owner.text('name') or '')}.",
            f"Rendez-la-lui : « {field} ». Une adresse ne change pas de société, même avec "
            "« former_names » ; un nouveau signataire en a une nouvelle.",
            SLUG_TAKEN,
        )

    def _now_called(self, name: str, entry: Entry) -> Entry | None:
        """Return the other entry that has taken a name, where the published one gave it up."""
        return None if entry.text("name") == name else self._newly_named.get(name)

    def _name_before(self, entry: Entry) -> str | None:
        before = self._origins.get(entry.path)
        return before.name if before else None

    def _problem(self, path: Path, reason: str, remedy: str, rule: Rule) -> Problem:
        return Problem(self._file, *self._subject.document.place(path), reason, remedy, rule.name)


def _slugs(entry: Entry) -> list[str]:
    """Return the identifiers that lead to an entry, its own first."""
    own = entry.text("slug")
    return [*([own] if own else []), *(slug for _, slug in entry.texts("former_slugs"))]


def _returned(one: Signatory) -> tuple[str, str]:
    return (
        f"Le retrait de {quoted(one.name)} a été publié, et il disparaît ici.",
        "Rétablissez « withdrawn: » ; si la société a de nouveau signé, ajoutez une autre entrée.",
    )
