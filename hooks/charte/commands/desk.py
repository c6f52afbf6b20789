"""What the commands that edit have in common: the register at hand, its options, its refusals."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any, get_args

import click
from click.shell_completion import CompletionItem
from pydantic import TypeAdapter, ValidationError

from charte import clock
from charte.charter import commitments_for
from charte.files import REGISTER
from charte.problems import InvalidInput
from charte.register import editing, storing
from charte.register.layout import lay_out
from charte.register.model import Day, Withdrawal
from charte.register.splicing import Uneditable

REASONS = get_args(Withdrawal.model_fields["reason"].annotation)
_ERRORS = {
    errno.ENOENT: "n’existe pas",
    errno.EACCES: "ne peut pas être lu ou écrit : les droits manquent",
    errno.EPERM: "ne peut pas être lu ou écrit : les droits manquent",
    errno.EROFS: "est sur un disque protégé contre l’écriture",
    errno.EISDIR: "est un dossier",
    errno.ENOSPC: "n’a pas été modifié : le disque est plein",
}


class Failure(click.ClickException):
    """What was asked cannot be done; the message is a French sentence."""

    def show(self, file: Any = None) -> None:
        """Say it on the error output, or where told."""
        click.echo(self.message, file=file, err=file is None)


def ask(question: str, default: str | None = None) -> str:
    """Ask a person for one line of text."""
    answer: str = click.prompt(question, default=default, prompt_suffix=" : ")
    return answer.strip()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what may go wrong into one explanation, without a traceback."""
    try:
        yield
    except (InvalidInput, Uneditable, storing.ChangedMeanwhile) as reason:
        raise Failure(str(reason)) from None
    except click.Abort:
        raise Failure("\nAbandon : rien n’a été écrit.") from None
    except OSError as error:
        what = _ERRORS.get(error.errno or 0, f"ne peut pas être lu ou écrit ({error.strerror})")
        raise Failure(f"Le fichier « {path} » {what}.") from None


@dataclass(frozen=True, slots=True)
class Desk:
    """The register being edited: its file, its text, and whether to write."""

    path: Path
    text: str
    dry_run: bool

    def finish(self, edited: str, done: str) -> None:
        """Store an edit and say what was done, or show it."""
        commitments = commitments_for(self.path)
        if self.dry_run:
            storing.verify(self.path, self.text, edited, commitments)
            click.echo(difference(self.text, edited, str(self.path)), nl=False)
            return
        storing.store(self.path, self.text, edited, commitments)
        click.echo(done)

    def entry(self, slug: str) -> dict[str, Any]:
        """Give the fields of a signatory."""
        layout = lay_out(self.text)
        found: dict[str, Any] = layout.entries[editing.find(layout, slug)]
        return found


def desk_on(file: Path, slug: str | None, *, dry_run: bool) -> tuple[Desk, str, str]:
    """Give the desk with the slug and the name of the signatory to edit; ask for a slug not given.

    Raises:
        Uneditable: if no entry has the slug.
    """
    desk = Desk(file, storing.load(file), dry_run)
    slug = slug or ask("Identifiant du signataire")
    return desk, slug, str(desk.entry(slug)["name"])


def today() -> str:
    """Return the day where the maintainer is."""
    return str(clock.today())


def difference(before: str, after: str, file: str) -> str:
    """Show what changes between two texts as a unified diff; line ends are not shown."""
    old, new = (re.split(r"\r\n?|\n", text.rstrip("\r\n")) for text in (before, after))
    return "".join(f"{line}\n" for line in unified_diff(old, new, file, file, lineterm=""))


def complete_slug(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the slugs of the register to the shell; a register that cannot be read has none."""
    try:
        entries = lay_out(storing.load(Path(ctx.params.get("file") or REGISTER))).entries
        return [
            CompletionItem(entry["slug"], help=entry["name"])
            for entry in entries
            if entry["slug"].startswith(begun)
        ]
    except (InvalidInput, OSError, KeyError, TypeError, AttributeError):
        return []


def day_given(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """Check an option that is a day."""
    return None if given is None else a_day(given)


def a_day(given: str) -> str:
    """Give a day back, or explain how one is written."""
    try:
        return str(TypeAdapter(Day).validate_python(given))
    except ValidationError:
        raise Failure(
            f"« {given} » n’est pas un jour : écrivez année-mois-jour, par exemple 2020-11-16."
        ) from None


def reason_given(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """Check an option that is the reason of a withdrawal."""
    if given is None or given in REASONS:
        return given
    raise Failure(f"« {given} » n’est pas un motif : choisissez {', '.join(REASONS)}.")


file_option = click.option(
    "--file",
    type=click.Path(path_type=Path),
    default=REGISTER,
    metavar="FICHIER",
    show_default=True,
    is_eager=True,
    help="Le registre.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Montrer les lignes qui changeraient, sans rien écrire."
)
slug_argument = click.argument(
    "slug", required=False, metavar="[IDENTIFIANT]", shell_complete=complete_slug
)
