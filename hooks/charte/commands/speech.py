"""How the command speaks: click's help and errors, in French, on any terminal.

click lays out help and finds mistakes of usage; its words are English and follow the machine's
locale, which must not show. They are replaced where they come out.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import metadata
from typing import Any

import click

from charte.commands.failures import unusable
from charte.commands.misuse import Misuse, explained, not_opened, too_many
from charte.terminal import tell

SHORT = 55  # characters of a command's description in the list: it stays on one line
_HEADINGS = {"Positional arguments": "Arguments"}
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


class FrenchCommand(click.Command):
    """A command that speaks French, also of what it does not understand."""

    context_class = FrenchContext

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what is too many is said in French."""
        strict, ctx.allow_extra_args = not ctx.allow_extra_args, True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # the parser forgets it
            raise
        if strict and rest and not ctx.resilient_parsing:
            raise Misuse(too_many(map(str, rest)), ctx)
        return rest

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run, and say in French what cannot be run; 2 is the exit status of a misuse."""
        run: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return run(args, *rest, standalone_mode=False, **extra)
        _write_what_can_be_written()
        sys.exit(_status(lambda: run(_sound(args), *rest, standalone_mode=False, **extra)))


class FrenchGroup(FrenchCommand, click.Group):
    """A group of commands that speaks French.

    Attributes:
        sections: the commands' names under their heading, in the order of the help.
    """

    command_class = FrenchCommand

    def __init__(
        self, *args: Any, sections: Mapping[str, Sequence[click.Command]], **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        self.sections = sections
        for command in (one for commands in sections.values() for one in commands):
            self.add_command(command)

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings."""
        for heading, commands in self.sections.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [(one.name or "", one.get_short_help_str(SHORT)) for one in commands]
                )


def say_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it
    """Write the version of the program and end, where it is asked for."""
    if wanted and not context.resilient_parsing:
        try:
            said = metadata.version("charte")
        except metadata.PackageNotFoundError:
            said = "(lancé depuis ses sources)"
        click.echo(f"charte {said}")
        context.exit()


def _status(run: Callable[[], Any]) -> int:
    """Run, and return the exit status once what is wrong has been said."""
    try:
        code = run()
        _flush()
    except click.UsageError as error:
        tell(explained(error))
        return 2
    except click.Abort:
        tell("Abandon.")
        return 1
    except click.FileError as error:
        tell(not_opened(error))
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OSError as error:
        return _broken_off(error)
    return code if isinstance(code, int) else 0


def _sound(args: Sequence[str] | None) -> list[str]:
    given = list(sys.argv[1:] if args is None else args)
    # No shell can pass one; a program that calls us could, and no file has one in its name.
    return [one.replace("\0", "\N{REPLACEMENT CHARACTER}") for one in given]


def _write_what_can_be_written() -> None:
    """Set the streams to replace what their encoding does not have, such as « → » in Latin-1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()


def _broken_off(error: OSError) -> int:
    """Write what could not be read or written; a reader who has gone, as `head`, is no mistake."""
    if error.filename is not None:
        tell(unusable(str(error.filename), error))
        return 1
    # What is left in the buffer would fail once more, and loudly, as the program ends.
    null = os.open(os.devnull, os.O_WRONLY)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout is sys.__stdout__:
        os.dup2(null, sys.stdout.fileno())
    if error.errno != errno.EPIPE:
        tell("La sortie n’a pas pu être écrite en entier.")
    return 1


def _in_french(text: str) -> str:
    for english, french in _WORDS:
        text = text.replace(english, french)
    return text
