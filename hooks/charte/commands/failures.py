"""What a command could not do, as a French sentence; never the system's own words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from charte.files import REGISTER
from charte.problems import InvalidInput
from charte.register.splicing import Uneditable
from charte.register.storing import ChangedMeanwhile
from charte.shown import shown
from charte.terminal import tell

_ERRORS = {
    errno.ENOENT: "n’existe pas",
    errno.ENOTDIR: "n’existe pas",
    errno.EACCES: "ne peut pas être lu ou écrit : les droits manquent",
    errno.EPERM: "ne peut pas être lu ou écrit : les droits manquent",
    errno.EROFS: "est sur un disque protégé contre l’écriture",
    errno.EISDIR: "est un dossier",
    errno.ENOSPC: "n’a pas été modifié : le disque est plein",
    errno.ENAMETOOLONG: "n’existe pas : ce nom est trop long",
    errno.ELOOP: "est un lien qui tourne en rond",
}
_LONGEST = 200  # characters of a path that are shown


class Failure(click.ClickException):
    """What was asked cannot be done; the message is a French sentence."""

    def show(self, file: Any = None) -> None:
        """Write it on the error output, or where told."""
        if file is None:
            tell(self.message)
        else:
            click.echo(shown(self.message), file=file)


def unusable(path: Path | str, error: OSError) -> str:
    """Return why a file cannot be used; the register that is nowhere around is no file at all."""
    if str(path) == REGISTER and error.errno == errno.ENOENT:
        return "Aucun registre ici. Placez-vous à la racine du dépôt."
    what = _ERRORS.get(error.errno or 0, "ne peut pas être lu ou écrit")
    name = str(path)
    part = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    return f"Le fichier « {part} » {what}."


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what may go wrong with a register into one explanation, without a traceback.

    Raises:
        Failure: with the explanation.
    """
    try:
        yield
    except (InvalidInput, Uneditable, ChangedMeanwhile) as reason:
        raise Failure(str(reason)) from None
    except click.Abort:
        raise Failure("\nAbandon : rien n’a été écrit.") from None
    except OSError as error:
        if error.filename is None and error.errno == errno.EPIPE:
            raise
        raise Failure(unusable(path, error)) from None
