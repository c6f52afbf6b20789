"""Entries that are gone: told where they stood, with the lines to put back."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence

from charte.french import counted
from charte.problems import Problem
from charte.register.document import Path
from charte.register.identity import stand_ins
from charte.register.model import Signatory
from charte.register.published import Published
from charte.register.rules.subject import Entry, Rule, Subject
from charte.register.source import quoted

DELETED = Rule(
    "entry-deleted",
    "Entrée supprimée",
    "Une page publiée ne disparaît pas : un signataire qui part est retiré, pas effacé.",
)

_RUN = 5  # entries that are told one by one
_SHOWN_LINES = 12  # of a deleted entry, to be put back


class Deletions:
    """The signatories that a register no longer has, in the order in which they were listed.

    Args:
        before: the register as it was published.
        subject: the register to judge, as it was read, and who the published signatories are now.
        file: its name, for the messages.
        past: the signatory that each entry continues, by the entry's path.
    """

    def __init__(
        self, before: Published, subject: Subject, file: str, past: Mapping[Path, Signatory]
    ) -> None:
        self._lines, self._subject, self._file = before.lines, subject, file
        signatories = before.register.signatories
        heirs = subject.heirs or {}
        self._previous = _nearest(signatories, heirs)
        self._following = _nearest(signatories[::-1], heirs)
        now = {
            past[entry.path].slug if entry.path in past else f"+{at}": entry
            for at, entry in enumerate(subject.entries)
        }
        listed = [one.slug for one in signatories]
        self._stand_ins = {old: now[new] for old, new in stand_ins(listed, list(now)).items()}

    @property
    def stand_ins(self) -> frozenset[Path]:
        """The entries that stand where one was deleted: perhaps its new name."""
        return frozenset(entry.path for entry in self._stand_ins.values())

    def problems(self, gone: list[Signatory]) -> Iterator[Problem]:
        """Report entries that followed each other and are gone, where they stood.

        A long run has one cause, such as a file cut short, and is told once.
        """
        if len(gone) > _RUN:
            reason = (
                f"{counted(len(gone), 'entrée')} qui se suivaient, de {quoted(gone[0].name)} à "
                f"{quoted(gone[-1].name)}, ont été supprimées ; leurs adresses sont publiées."
            )
            lines = [line for one in gone for line in (*self._lines.get(one.slug, ()), "")]
            remedy = put_back(lines, "Une page publiée ne s’efface pas.")
            yield self._where_it_stood(gone[0], reason, remedy, "Elles étaient")
            return
        for one in gone:
            reason = (
                f"L’entrée de {quoted(one.name)} ({one.slug}) a été supprimée ; "
                "son adresse est publiée."
            )
            yield self._where_it_stood(one, reason, self._remedy(one))

    def _where_it_stood(
        self, one: Signatory, reason: str, remedy: str, they: str = "Elle était"
    ) -> Problem:
        previous, following = self._previous[one.slug], self._following[one.slug]
        document = self._subject.document
        names = [quoted(near.text("name") or "") for near in (previous, following) if near]
        if len(names) > 1:
            reason += f" {they} entre {' et '.join(names)}."
        elif names:
            reason += f" {they} {'après' if previous else 'avant'} {names[0]}."
        if previous is None:
            mark = document.place(("signatories",))
            return Problem(self._file, *mark, reason, remedy, DELETED.name)
        line = document.last_lines.get(previous.path) or document.place(previous.path).line
        column = document.place(previous.path).column
        return Problem(self._file, line, column, reason, remedy, DELETED.name)

    def _remedy(self, one: Signatory) -> str:
        """Write the readings of a deletion, then the lines to put back."""
        readings = [
            "Si le signataire est parti, ajoutez ensuite « withdrawn: » "
            f"(charte withdraw {one.slug}).",
            f"S’il a changé de nom ou d’adresse : charte rename {one.slug}.",
        ]
        if new := self._stand_ins.get(one.slug):
            name, slug = (" ".join((new.text(field) or "").split()) for field in ("name", "slug"))
            command = (
                f"charte rename {one.slug} --name {shlex.quote(name)} --slug {shlex.quote(slug)}"
            )
            readings = [
                f"Si {quoted(name)}, à sa place ici, est son nouveau nom, supprimez cette "
                f"entrée-là et lancez « {command} ».",
                readings[0],
            ]
        return put_back(self._lines.get(one.slug, ()), " ".join(readings))


def _nearest(listed: Sequence[Signatory], heirs: Mapping[str, Entry]) -> dict[str, Entry | None]:
    """Return, by slug, the entry that is still there of those listed before."""
    found: dict[str, Entry | None] = {}
    last: Entry | None = None
    for one in listed:
        found[one.slug] = last
        last = heirs.get(one.slug, last)
    return found


def put_back(lines: Sequence[str], otherwise: str) -> str:
    """Write that a deleted entry is to be put back, what else may be meant, and its lines."""
    if not lines:
        return f"Rétablissez-la. {otherwise}"
    shown = [*lines[:_SHOWN_LINES], *(["    …"] if len(lines) > _SHOWN_LINES else [])]
    return "\n".join([f"Remettez les lignes qui suivent. {otherwise}", "", *shown])
