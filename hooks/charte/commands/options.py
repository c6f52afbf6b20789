"""The options that several commands share: which register, and whether to write."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from charte.files import REGISTER
from charte.problems import InvalidInput
from charte.register import storing
from charte.register.layout import lay_out

_Command = TypeVar("_Command", bound=Callable[..., Any] | click.Command)


class RegisterOption(click.Option):
    """The option that names the register; its help shows one spelling, the first."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option with its explanation."""
        record = super().get_help_record(ctx)
        return (f"{self.opts[0]} {self.metavar}", record[1]) if record else None


def found_register(start: Path | None = None) -> Path:
    """Return the register of the project around a folder, as git looks for its own; relative to it.

    Where there is none, the path has no file at its end: whoever reads it says so.
    """
    here = Path.cwd() if start is None else start
    for folder in (here, *here.parents):
        if (folder / REGISTER).is_file():
            return Path(os.path.relpath(folder / REGISTER, here))
    return Path(REGISTER)


def given_or_found(_: click.Context, __: click.Parameter, given: Path | None) -> Path:
    """Return the register that an option or an argument names, or the one around."""
    return given or found_register()


def _complete_slug(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the slugs of the register to the shell; a register that cannot be read has none."""
    try:
        entries = lay_out(storing.load(Path(ctx.params.get("file") or found_register()))).entries
        return [
            CompletionItem(entry["slug"], help=entry["name"])
            for entry in entries
            if entry["slug"].startswith(begun)
        ]
    except (InvalidInput, OSError, KeyError, TypeError, AttributeError):
        return []


def register_option(
    name: str = "file", *, kind: click.ParamType[Any] | None = None
) -> Callable[[_Command], _Command]:
    """Return the option that names the register, « --file » being its former spelling.

    Args:
        name: the parameter of the command that takes the path.
        kind: the type of the path, where it must exist.
    """
    return click.option(
        "--register",
        "--file",
        name,
        cls=RegisterOption,
        type=kind or click.Path(path_type=Path),
        callback=given_or_found,
        metavar="FICHIER",
        is_eager=True,
        help=f"Le registre ; par défaut, {REGISTER}, cherché ici puis au-dessus.",
    )


dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Montrer les lignes qui changeraient, sans rien écrire."
)
signatory_argument = click.argument(
    "signatory", required=False, metavar="[SIGNATAIRE]", shell_complete=_complete_slug
)


def signatory_option(
    *names: str,
    help: str,  # noqa: A002 - click's word
    multiple: bool = False,
) -> Callable[[_Command], _Command]:
    """Return an option that takes a signatory: its identifier, or its name."""
    return click.option(
        *names, metavar="SIGNATAIRE", multiple=multiple, shell_complete=_complete_slug, help=help
    )


def text_option(*names: str, metavar: str, help: str) -> Callable[[_Command], _Command]:  # noqa: A002 - click's word
    """Return an option that takes a text; what it means is read with the other answers."""
    return click.option(*names, metavar=metavar, help=help)
