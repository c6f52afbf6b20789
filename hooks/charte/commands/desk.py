"""The register at hand while it is edited: its file, its text, and what becomes of an edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from charte.charter import commitments_for
from charte.commands.failures import Failure
from charte.commands.patches import difference
from charte.commands.verdict import Standing, Verdict, judge, standing
from charte.register import storing
from charte.register.editing import LIST, find
from charte.register.layout import Layout, lay_out
from charte.shown import shown
from charte.terminal import tell


@dataclass(frozen=True)
class Desk:
    """The register being edited: its file, its text, and whether to write."""

    path: Path
    text: str
    dry_run: bool

    @cached_property
    def layout(self) -> Layout:
        """How the file is written."""
        return lay_out(self.text)

    @cached_property
    def standing(self) -> Standing:
        """How the register stands before it is edited."""
        return standing(self.path, self.text)

    @property
    def entries(self) -> list[Any]:
        """The entries as the file writes them, those that are none included."""
        return self.layout.entries

    def entry(self, slug: str) -> dict[str, Any]:
        """Return the fields of the entry with a slug, which is known to be there."""
        found: dict[str, Any] = next(
            one for one in self.entries if isinstance(one, dict) and one.get("slug") == slug
        )
        return found

    def line(self, slug: str) -> int:
        """Return the first line of the entry with a slug, counted from 1."""
        path = (LIST, find(self.layout, slug))
        lines = self.layout.item_lines(path)
        return (lines[0] if lines else self.layout.spans[path].start.line) + 1

    def judge(self, edited: str) -> Verdict:
        """Return what an edit would bring into the register."""
        return judge(self.standing, edited)

    def verify(self, edited: str) -> None:
        """Check that an edit brings no new problem.

        Raises:
            InvalidInput: with the problems that it would bring.
        """
        storing.verify(self.path, self.text, edited, commitments_for(self.path))

    def finish(self, edited: str, done: str, wrong: Iterable[str] = (), known: str = "") -> None:
        """Store an edit and say what was done, or show it.

        Args:
            edited: the text that the edit makes.
            done: what to say once it is stored.
            wrong: what is known to be wrong already, in French.
            known: a rule whose warnings have been told.

        Raises:
            Failure: with everything that is wrong; nothing is written.
        """
        verdict = self.judge(edited)
        refuse([*wrong, *map(verdict.said, verdict.errors)])
        for warning in verdict.warnings:
            if warning.rule != known:
                tell(verdict.said(warning), "Attention")
        if self.dry_run:
            click.echo(shown(difference(self.text, edited, str(self.path))), nl=False)
            return
        storing.swap(self.path, self.text, edited)  # the verdict has found it to be no worse
        click.echo(done)


def refuse(wrong: Iterable[str]) -> None:
    """Refuse an edit where something is wrong with it, and say everything.

    Raises:
        Failure: with one sentence a line.
    """
    if told := list(dict.fromkeys(wrong)):
        raise Failure("\n".join([*told, "Rien n’a été écrit."]))


def desk_at(path: Path, *, dry_run: bool) -> Desk:
    """Return the desk with a register on it.

    Raises:
        Failure: if it lists nobody.
        InvalidInput: if it cannot be read as YAML.
        OSError: if there is no such file.
    """
    desk = Desk(path, storing.load(path), dry_run)
    value = desk.layout.value
    if not isinstance(value, dict) or not isinstance(value.get(LIST), list):
        raise Failure(f"{path} n’a pas de liste de signataires : corrigez avec « charte check ».")
    return desk
