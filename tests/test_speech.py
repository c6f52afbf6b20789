"""The command speaks French, also of what it does not understand."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from building import ROOT
from charte.cli import main

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
