"""How the command speaks: click's own words, in French.

click lays out help and finds mistakes of usage; its words are English and follow the machine's
locale, which must not show. They are replaced where they come out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

_HEADINGS = {"Options": "Options", "Commands": "Commandes"}
_WORDS = (
    ("Show this message and exit.", "Afficher cette aide."),
    ("[default: ", "[par défaut : "),
    ("required]", "obligatoire]"),
)


class FrenchFormatter(click.HelpFormatter):
    """Lays out help under French headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, args, prefix or "Usage : ")

    def write_heading(self, heading: str) -> None:
        """Write a heading, as French sets its colon."""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)} :\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of options or commands."""
        told = [(term, _in_french(text)) for term, text in rows]
        super().write_dl(told, col_max, col_spacing)


class FrenchContext(click.Context):
    """A context whose help is in French."""

    formatter_class = FrenchFormatter


class FrenchGroup(click.Group):
    """A group of commands that speaks French, also of what it does not understand."""

    context_class = FrenchContext

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, and have it speak French too."""
        cmd.context_class = FrenchContext
        super().add_command(cmd, name)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and say in French what cannot be run; 2 is the exit status of a misuse."""
        run: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **extra)
        try:
            code = run(*args, standalone_mode=False, **extra)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "charte"
            click.echo(f"{_misuse(error)}\n    → {command} --help", err=True)
            sys.exit(2)
        except click.Abort:
            click.echo("Abandon.", err=True)
            sys.exit(1)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        sys.exit(code if isinstance(code, int) else 0)


def _in_french(text: str) -> str:
    for english, french in _WORDS:
        text = text.replace(english, french)
    return text


def _misuse(error: click.UsageError) -> str:  # noqa: PLR0911 - a table of sentences, one row each
    match error:
        case click.NoSuchOption():
            return f"L’option « {error.option_name} » n’existe pas."
        case click.MissingParameter():
            return f"Il manque {_named(error.param)}."
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices))):
            return f"{_named(error.param).capitalize()} est l’un de : {', '.join(choices)}."
        case click.BadParameter(param=click.Parameter(type=click.Path())):
            return f"Le fichier n’existe pas, ou c’est un dossier : {_quoted(error.message)}."
        case click.BadParameter():
            return f"{_named(error.param).capitalize()} : {error.message}"
        case click.BadOptionUsage():
            return f"L’option « {error.option_name} » attend une valeur."
    if "No such command" in error.message:
        return f"La commande « {_quoted(error.message)} » n’existe pas."
    return f"Ces mots ne sont pas compris : {error.message}"


def _named(param: click.Parameter | None) -> str:
    if param is None:
        return "une valeur"
    if isinstance(param, click.Option):
        return f"l’option {max(param.opts, key=len)}"
    return f"l’argument {param.human_readable_name}"


def _quoted(message: str) -> str:
    found = re.search(r"'([^']*)'", message)
    return found[1] if found else message
