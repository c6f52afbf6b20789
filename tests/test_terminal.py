"""A terminal folds and colours what it is told; a pipe gets the words; nobody gets commands."""

from __future__ import annotations

import io

import click
import pytest

from charte import reporting, terminal
from charte.problems import Problem
from charte.shown import shown
from charte.terminal import Look, folded, look_of, tell


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return what a terminal returns."""
        return True


def test_a_text_is_folded_between_words_at_the_width_of_the_terminal() -> None:
    assert folded("Un deux trois quatre cinq six sept.", 20) == [
        "Un deux trois quatre",
        "cinq six sept.",
    ]
    assert folded("Sans rupture : «\u00a0un\u00a0» et d’un\u00a0mot", 20)[0] == "Sans rupture :"


def test_lines_to_copy_are_not_folded() -> None:
    text = "Écrivez ceci :\n  - name: Nom exact de la société\n    → et puis lancez la commande"
    assert folded(text, 24) == [
        "Écrivez ceci :",
        "  - name: Nom exact de la société",
        "    → et puis lancez la",
        "    commande",
    ]


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (None, "Attention : « Horizon » lui ressemble.\n"),
        (Look(24, colour=False), "Attention : « Horizon »\nlui ressemble.\n"),
        (
            Look(24, colour=True),
            "\x1b[33m\x1b[1mAttention\x1b[0m : « Horizon »\nlui ressemble.\n",
        ),
    ],
)
def test_a_warning_is_folded_and_coloured_on_a_terminal_only(
    look: Look | None,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(terminal, "look_of", lambda _: look)
    tell("« Horizon » lui ressemble.", "Attention")
    assert capsys.readouterr().err == said


def test_a_file_cannot_command_the_terminal() -> None:
    """What a stranger wrote is shown on the terminal of whoever checks it."""
    line = "name: \x1b]0;titre\x07\x1b[31m\u202eesrever\x9b2J"
    problem = Problem(f"a{line}", 1, 7, f"Raison {line}.", f"Remède {line}.", "form")
    for form in (reporting.text, reporting.chosen("text", Terminal())):
        told = click.unstyle(form([problem], {problem.file: line}))
        assert not set(told) & set("\x1b\x07\x9b\u202e")
    assert shown("é’«\u00a0\t\n") == "é’«\u00a0\t\n"


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_what_is_no_terminal_has_no_look(stream: io.StringIO | None) -> None:
    assert look_of(stream) is None


def test_a_closed_stream_has_no_look() -> None:
    stream = Terminal()
    stream.close()
    assert look_of(stream) is None
