"""Whatever is typed wrong is explained in French: no word of click's, none of the system's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click import exceptions
from click.testing import CliRunner

from charte.cli import main
from charte.commands.misuse import Misuse, explained

ENGLISH = re.compile(
    r"\b(the|is|are|does|not|no such|such|missing|invalid|value|unexpected|got|error|try|for|you|"
    r"required|requires|takes?|exists?|directory|readable|show this|default|did|mean|one of|"
    r"choose|from|exit|aborted|unknown|could|open|help|denied|too|"
    r"usage:|options:|commands:|command|positional)\b",
    re.IGNORECASE,
)
# The words of options and commands, and those that French has too.
OURS = re.compile(r"--[a-z-]+|« [^»]*»|→ .*--help")


def english(text: str) -> list[str]:
    return ENGLISH.findall(OURS.sub("", text))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dossier").mkdir()
    (tmp_path / "texte.yaml").write_text("bonjour", encoding="utf-8")


def commands() -> Iterator[tuple[str, click.Command]]:
    yield "", main
    yield from main.commands.items()


def wrong_lines() -> Iterator[list[str]]:
    """List wrong command lines: every command, every option, and what no option takes."""
    for name, command in commands():
        words = [name] if name else []
        yield [*words, "--rien"]
        yield [*words, "-x"]
        yield [*words, "de", "trop", "de", "mots", "ici"]
        yield [*words, "dossier"]
        yield [*words, "absent.yaml", "absent.yaml", "absent.yaml"]
        yield [*words, "a" * 5000]
        yield [*words, "\udce9"]
        yield [*words, "nul\0"]
        yield [*words, ""]
        yield [*words, "--"]
        for param in command.params:
            for option in param.opts if isinstance(param, click.Option) else ():
                yield [*words, option]
                yield [*words, f"{option}=valeur"]
                yield [*words, option, "dossier"]
                yield [*words, "texte.yaml", option, "a" * 5000]
                yield [*words, option, "\udce9", "nul\0"]


@pytest.mark.parametrize(
    "arguments",
    list(wrong_lines()),
    ids=lambda line: " ".join(line)[:60].encode("ascii", "replace").decode(),
)
def test_no_wrong_command_line_gets_a_word_of_english(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == 0 or not english(result.output)
    assert len(result.stderr) < 5000


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_the_help_of_a_command_has_no_word_of_english(name: str) -> None:
    output = CliRunner().invoke(main, [*([name] if name else []), "--help"]).output
    # The names of commands are words of English: fmt, merge, check…
    assert not english(re.sub(rf"\b({'|'.join(main.commands)})\b", "", output))
    assert not re.search(r"\b(TEXT|PATH|FILE|INTEGER|BOOLEAN|OURS|THEIRS)\b", output)


def every_error() -> Iterator[click.UsageError]:
    """Make one of each kind of error that click has for a command line."""
    context = click.Context(main, info_name="charte")
    choice = click.Option(["--forme"], type=click.Choice(["a", "b"]))
    path = click.Argument(["fichier"], type=click.Path(exists=True))
    number = click.Option(["--nombre"], type=int)
    yield exceptions.NoSuchOption("--x", possibilities=["--y"], ctx=context)
    yield exceptions.NoSuchCommand("x", possibilities=["y"], ctx=context)
    yield exceptions.MissingParameter(ctx=context, param=path)
    yield exceptions.MissingParameter(ctx=context, param=choice)
    yield exceptions.MissingParameter()
    yield exceptions.BadOptionUsage("--x", "Option '--x' requires an argument.", ctx=context)
    yield exceptions.BadOptionUsage(
        "--version", "Option '--version' does not take a value.", context
    )
    yield exceptions.BadArgumentUsage("Argument 'x' takes 2 values.", ctx=context)
    yield exceptions.NoArgsIsHelpError(context)
    for param in (choice, path, number, None):
        yield exceptions.BadParameter("'x' is not valid.", ctx=context, param=param)


@pytest.mark.parametrize("error", list(every_error()), ids=lambda error: type(error).__name__)
def test_no_error_of_click_gets_a_word_of_english(error: click.UsageError) -> None:
    assert not english(explained(error))


def test_every_kind_of_error_that_click_has_is_looked_at() -> None:
    known = {type(error) for error in every_error()}
    kinds = {
        one
        for one in vars(exceptions).values()
        if isinstance(one, type) and issubclass(one, exceptions.UsageError)
    }
    assert kinds - known == {exceptions.UsageError}


@pytest.mark.parametrize("kind", [exceptions.FileError("x"), exceptions.Abort(), Misuse("Non.")])
def test_what_a_command_raises_is_said_in_french(kind: Exception) -> None:
    from charte.commands.speech import FrenchCommand  # noqa: PLC0415 - beside its use

    @click.command(cls=FrenchCommand)
    def failing() -> None:
        raise kind

    result = CliRunner().invoke(failing, [])
    assert result.exit_code in {1, 2}
    assert result.stderr
    assert not english(result.stderr)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((["ad"], "add"), (["renam"], "rename"), (["ajouter"], "add"), (["retirer"], "withdraw")),
        *((["vérifier"], "check"), (["aide"], "--help"), (["add", "--nmae", "A"], "--name")),
        *((["add", "--nom", "A"], "--name"), (["withdraw", "--motif", "fusion"], "--reason")),
    ],
)
def test_what_was_meant_is_suggested(typed: list[str], meant: str) -> None:
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 2
    assert f"Vouliez-vous écrire « {meant} » ?" in result.stderr


@pytest.mark.parametrize("typed", [["foo"], ["add", "--zzz", "A"]])
def test_nothing_is_suggested_where_nothing_is_near(typed: list[str]) -> None:
    assert "Vouliez-vous" not in CliRunner().invoke(main, typed).stderr


def test_a_name_without_quotes_is_told_to_want_some() -> None:
    result = CliRunner().invoke(main, ["add", "Nouvelle", "Société"])
    assert result.stderr == (
        "« Société » est de trop. Un nom qui a des espaces se met entre guillemets : "
        '"Nom de la société".\n    → charte add --help\n'
    )


def test_outside_a_project_the_way_back_is_told() -> None:
    for name in ("add", "rename", "withdraw", "action", "fmt", "check"):
        result = CliRunner().invoke(main, [name])
        assert result.stderr == "Aucun registre ici. Placez-vous à la racine du dépôt.\n"
