"""The answers of an edit: read, asked for where they are missing, and all that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from charte.commands.asking import Judge, Misread, Question, Read, ask, understood
from charte.commands.desk import Desk, desk_at, refuse
from charte.commands.failures import Failure
from charte.commands.readers import read_slug, signatory_reader
from charte.register.editing import make_slug
from charte.register.splicing import Uneditable

SIGNATORY = Question(
    "Signataire, par son nom ou son identifiant",
    "Le signataire est nécessaire.",
    "le signataire",
)
NAME = Question("Nom, exactement tel que signé", "Le nom est nécessaire.", "--name")
NEW_NAME = Question("Nouveau nom", "Le nom est nécessaire.", "--name")
SLUG = Question("Identifiant de l’adresse", "L’identifiant est nécessaire.", "--slug")
LISTED = Question("Première édition qui le cite", "La date est nécessaire.", "--listed")
SURE = Question("L’ajouter quand même ? (oui ou non)", "Répondez oui ou non.", "--force")
REASON = Question("Motif : retrait, fusion ou erreur", "Le motif est nécessaire.", "--reason")
LEFT = Question("Jour du retrait", "La date est nécessaire.", "--on")
SUCCESSOR = Question(
    "Signataire qui succède", "Une fusion mène à un autre signataire.", "--successor"
)
DATE = Question("Jour de l’action", "La date est nécessaire.", "--date")
TITLE = Question("Ce qui a été fait, en une phrase", "Cette phrase est nécessaire.", "--title")
PAGE = Question("Page qui en rend compte, en https", "L’adresse est nécessaire.", "--url")
COMMITMENT = Question(
    "Engagement servi, par son numéro", "L’engagement est nécessaire.", "--commitment"
)


class Form:
    """What an edit is given. What is wrong is kept, so that everything can be said at once.

    Attributes:
        desk: the register at hand.
        wrong: what is wrong so far, in French.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.wrong: list[str] = []

    def take(self, option: str, given: str | None, read: Read) -> str | None:
        """Return what an option means; None where it is not given, blank or not understood."""
        if given is None or not given.strip():
            return None
        try:
            return understood(given, read)
        except Misread as reason:
            self.wrong.append(f"{option} : {reason}")
            return None

    def take_or_ask(
        self,
        question: Question,
        given: str | None,
        read: Read,
        default: str = "",
        judge: Judge = lambda _: (),
    ) -> str:
        """Return what an option means, or the answer of a person who has not given it.

        What is not understood is replaced by the default, so that the rest can be judged too.
        """
        if given is None:
            refuse(self.wrong)  # rather than after all the questions
            return ask(question, read, default, judge)
        if not given.strip():
            self.wrong.append(f"{question.option} : {question.needed}")
        return self.take(question.option, given, read) or default

    def made(self, edit: Callable[[], str]) -> str:
        """Return the text that an edit makes.

        Raises:
            Failure: if it cannot be made and something was wrong before already.
            Uneditable: if it cannot be made.
        """
        try:
            return edit()
        except Uneditable as reason:
            if self.wrong:
                refuse([*self.wrong, str(reason)])
            raise

    def free_slug(self, name: str, own: str = "") -> Read:
        """Return the reader of an identifier that nobody else has or had.

        Args:
            name: what another one may be made of.
            own: the identifier of the entry that may take back a former one of its own.
        """

        def read(given: str) -> str:
            slug = read_slug(given)
            if holder := self._holder(slug, own):
                raise Misread(
                    f"L’identifiant « {slug} » appartient à {holder}. Choisissez-en un autre, "
                    f"par exemple « {self._other(slug, name)} »."
                )
            return slug

        return read

    def _holder(self, slug: str, own: str) -> str:
        """Return who has an identifier, with the line of its entry."""
        for entry in self.desk.entries:
            claimed = _slugs(entry)
            if slug in claimed and own not in claimed:
                return f"{entry.get('name')} (ligne {self.desk.line(claimed[0])})"
        return ""

    def _other(self, slug: str, name: str) -> str:
        try:
            made = make_slug(self.desk.text, name)
        except Uneditable:
            made = slug
        return made if made != slug else make_slug(self.desk.text, slug)


def _slugs(entry: object) -> list[str]:
    if not isinstance(entry, dict) or not isinstance(entry.get("slug"), str):
        return []
    former = entry.get("former_slugs")
    return [entry["slug"], *(former if isinstance(former, list) else ())]


def form_about(path: Path, signatory: str | None, *, dry_run: bool) -> tuple[Form, str, str]:
    """Return the form of an edit with the slug and the name of the signatory; ask who is not given.

    Raises:
        Failure: if nobody is meant.
    """
    desk = desk_at(path, dry_run=dry_run)
    read = signatory_reader(desk.entries)
    try:
        slug = ask(SIGNATORY, read) if signatory is None else understood(signatory, read)
    except Misread as reason:
        raise Failure(str(reason)) from None
    return Form(desk), slug, str(desk.entry(slug).get("name", slug))


def given_once(first: str | None, second: str | None, option: str) -> str | None:
    """Return the value that an argument or its option gives.

    Raises:
        click.UsageError: if both give one.
    """
    if first is not None and second is not None:
        raise click.UsageError(f"Donnez-le une seule fois : en argument, ou avec {option}.")
    return second if first is None else first
