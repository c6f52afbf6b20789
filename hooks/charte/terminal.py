"""What a terminal shows: folded at its width, in colour where it is wanted, and nothing hidden.

A pipe or a file gets the same words, neither folded nor coloured.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

import click

from charte.shown import shown

_NARROWEST = 20  # columns: a terminal that says less does not know
_REMEDY = "    → "


@dataclass(frozen=True, slots=True)
class Look:
    """How a terminal shows a text: folded at so many columns, and in colour or not."""

    columns: int
    colour: bool

    def styled(self, text: str, **style: Any) -> str:
        """Return a text in a style, where there are colours."""
        return click.style(text, **style) if self.colour else text


def look_of(stream: TextIO | None) -> Look | None:
    """Return how a stream shows a text, or None where it is no terminal."""
    if stream is None or stream.closed or not stream.isatty():
        return None
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Look(shutil.get_terminal_size().columns, colour)


def tell(text: str, warning: str = "") -> None:
    """Write a text for a person on the error output, after a word of warning where there is one."""
    look = look_of(sys.stderr)
    start = f"{warning} : " if warning else ""
    said = shown(f"{start}{text}")
    if look:
        said = "\n".join(folded(said, look.columns))
        if warning:
            said = said.replace(warning, look.styled(warning, fg="yellow", bold=True), 1)
    click.echo(said, err=True, color=True if look and look.colour else None)


def folded(text: str, columns: int) -> list[str]:
    """Fold a text at the width of a terminal; indented lines below the first are to be copied."""
    return list(_folded(text, max(columns, _NARROWEST)))


def _folded(text: str, columns: int) -> Iterator[str]:
    for number, line in enumerate(text.split("\n")):
        if number and line.startswith(" ") and not line.startswith(_REMEDY):
            yield line
            continue
        yield from textwrap.wrap(
            line,
            columns,
            subsequent_indent=" " * (len(line) - len(line.lstrip(" "))),
            break_long_words=False,
            break_on_hyphens=False,
            replace_whitespace=False,
        ) or [""]
