"""Questions to a person: a wrong answer is explained and asked again, the others are kept.

Answers may also come through a pipe, one a line; a question that finds none left names the option
that would have answered it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import NamedTuple

import click

from charte.commands.failures import Failure
from charte.terminal import tell

Read = Callable[[str], str]
Judge = Callable[[str], Iterable[str]]


_TRIES = 50  # of a program that answers the same for ever
_MOST = 10_000  # characters of a line that are read
_SHOWN = 200  # of which are shown beside the question


class Misread(ValueError):
    """An answer that is not understood; `str()` says why and what to write, in French."""


class Question(NamedTuple):
    """What is asked: in words, why it needs an answer, and the option that answers it too."""

    words: str
    needed: str
    option: str


def on_terminal() -> bool:
    """Return whether a person can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: Question, read: Read, default: str = "", judge: Judge = lambda _: ()) -> str:
    """Ask until the answer is understood and nothing is wrong with it.

    Args:
        question: what to ask.
        read: makes a value of an answer, or raises Misread.
        default: the answer of who answers nothing.
        judge: lists what is wrong with a value, in French.

    Raises:
        Failure: if there is no answer left to read.
        click.Abort: if the person gives up.
    """
    shown = f" [{default}]" if default else ""
    for _ in range(_TRIES):
        given = _line(f"{question.words}{shown} : ", question.option).strip() or default
        if not given:
            tell(question.needed)
            continue
        try:
            value = read(default) if given == default else understood(given, read)
        except Misread as reason:
            tell(str(reason))
            continue
        wrong = list(judge(value))
        if not wrong:
            return value
        tell("\n".join(wrong))
    raise Failure(f"Aucune réponse n’est comprise. Il manque {question.option}.")


def understood(given: str, read: Read) -> str:
    """Return what is made of a text, and say it where it is not what was typed.

    Raises:
        Misread: if nothing can be made of it.
    """
    value = read(given)
    if value != given.strip():
        tell(f"compris : {value}")
    return value


def confirm(question: Question) -> bool:
    """Ask for a yes or a no; no is the answer of who answers nothing."""
    return ask(question, _yes_or_no, "non") == "oui"


def _yes_or_no(given: str) -> str:
    said = given.strip().casefold()
    if said in {"o", "oui", "y", "yes"}:
        return "oui"
    if said in {"n", "non", "no"}:
        return "non"
    raise Misread("Répondez oui ou non.")


def _line(prompt: str, option: str) -> str:
    """Read one answer; one that comes through a pipe is shown beside its question."""
    try:
        if on_terminal():
            return input(prompt)
        answer = sys.stdin.readline(_MOST) if sys.stdin is not None else ""
    except (EOFError, KeyboardInterrupt):
        raise click.Abort from None
    except UnicodeDecodeError:
        raise Failure("Une réponse n’est pas écrite en UTF-8.") from None
    if not answer:
        raise Failure(f"Il manque {option}.")
    click.echo(f"{prompt}{answer[:_SHOWN].rstrip()}")
    return answer
