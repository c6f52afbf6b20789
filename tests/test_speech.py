"""The command speaks French, also of what it does not understand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from building import ROOT
from charte.cli import main
from charte.commands.speech import SHORT

ENGLISH = ("Usage:", "Options:", "Commands:", "Show this", "Error", "Try ", "default:", "No such")


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)])
def test_all_help_is_in_french(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith("Usage : ")
    assert not [word for word in ENGLISH if word in result.output]


def test_the_first_help_tells_how_to_add_rename_and_withdraw() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    for name in main.commands:
        assert f"  {name} " in output
    assert "« charte COMMANDE --help »" in output


def test_without_a_command_the_help_is_shown_and_nothing_else() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    for words in ([], ["--"]):
        result = CliRunner().invoke(main, words)
        assert (result.exit_code, result.output) == (0, shown)


@pytest.mark.parametrize("columns", [80, 100])
def test_what_each_command_does_is_said_on_one_line(columns: int) -> None:
    lines = CliRunner().invoke(main, ["--help"], terminal_width=columns).output.splitlines()
    for name, command in main.commands.items():
        said = command.get_short_help_str(SHORT)
        assert command.short_help == said
        assert len(said) <= 55
        assert any(line.split() == [name, *said.split()] for line in lines)


def test_commands_stand_under_what_they_are_for() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    first, second = output.index("Tous les jours :"), output.index("Pour qui publie :")
    for name in ("add", "rename", "withdraw", "action", "check"):
        assert first < output.index(f"\n  {name} ") < second
    assert second < output.index("\n  merge ")


def test_the_version_is_told() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.output.startswith("charte ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_the_script_that_completes(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert f"_CHARTE_COMPLETE={shell}_complete" in result.output
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=result.output, text=True, check=True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rien"], "La commande « rien » n’existe pas.\n    → charte --help"),
        (
            ["add", "--nom", "A"],
            "L’option « --nom » n’existe pas. Vouliez-vous écrire « --name » ?\n"
            "    → charte add --help",
        ),
        (["add", "--name"], "L’option « --name » attend une valeur."),
        (
            ["check", "--format", "pdf"],
            "L’option --format est l’un de : text, github, json, sarif.",
        ),
        (["check", "rien.yaml"], "Le fichier n’existe pas, ou c’est un dossier : rien.yaml."),
        (["reconcile"], "Il manque l’argument"),
    ],
)
def test_a_misuse_is_explained_with_the_way_to_the_help(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert not [word for word in ENGLISH if word in result.output]


@pytest.mark.parametrize(
    ("words", "completed"),
    [("charte with", "withdraw"), ("charte withdraw withi", "withings")],
)
def test_the_shell_completes_commands_and_slugs(words: str, completed: str) -> None:
    environment = {
        **os.environ,
        "_CHARTE_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    program = "from charte.cli import main; main(prog_name='charte')"
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"plain,{completed}" in result.stdout
