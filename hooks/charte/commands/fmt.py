"""`charte fmt`: the register tidied, and which entries are not tidy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from charte.commands.desk import desk_at
from charte.commands.failures import Failure, explained
from charte.commands.options import dry_run_option, register_option
from charte.commands.patches import Block, kept_in_order, patch
from charte.commands.speech import FrenchCommand
from charte.french import counted
from charte.register import storing
from charte.register.editing import LIST
from charte.register.layout import Layout, lay_out
from charte.register.tidying import line_ends, tidy
from charte.shown import shown
from charte.terminal import tell

_TOP, _BOTTOM = "top", "bottom"
_MOST = 20  # entries that are named


@click.command(
    cls=FrenchCommand,
    short_help="Ranger le registre : ordre, retraits, guillemets",
    help="Ranger le registre : ordre, retraits, guillemets. Ce qu’il dit ne change pas.",
)
@click.option("--check", is_flag=True, help="Ne rien écrire ; sortir avec 1 s’il y a à ranger.")
@register_option()
@dry_run_option
def fmt(file: Path, *, check: bool, dry_run: bool) -> None:
    """Tidy the file, show how, or tell whether it is tidy."""
    with explained(file):
        desk = desk_at(file, dry_run=dry_run or check)
        tidied = tidy(desk.text)
        if tidied == desk.text:
            click.echo(f"{file} est bien rangé.")
            return
        before, after = blocks(lay_out(desk.text)), blocks(lay_out(tidied))
        if ends := line_ends(desk.text):
            tell(ends)
        if before != after or not ends:
            tell(untidy(before, after))
        if desk.dry_run:
            click.echo(shown(patch(before, after, str(file))), nl=False)
        else:
            storing.swap(file, desk.text, tidied)  # it says the same: there is nothing to judge
            click.echo(f"{file} est rangé.")
        if check:
            raise Failure(f"{file} est à ranger : lancez « charte fmt ».")


def blocks(layout: Layout) -> list[Block]:
    """Cut a register at its entries; what is above an entry belongs to it."""
    cut, begin, seen = [], 0, Counter[Any]()
    for index, entry in enumerate(layout.entries):
        lines = layout.item_lines((LIST, index))
        first = lines[0] if lines else layout.spans[LIST, index].start.line
        last = layout.below((LIST, index)) - 1 if lines else begin - 1
        if index == 0:
            cut.append(Block(_TOP, layout.lines[begin:first]))
            begin = first
        name = _named(entry)
        seen[name] += 1
        cut.append(Block((name, seen[name]), layout.lines[begin : last + 1]))
        begin = max(begin, last + 1)
    return [*cut, Block(_BOTTOM, layout.lines[begin:])]


def untidy(before: list[Block], after: list[Block]) -> str:
    """Return which entries a tidying moves or writes anew."""
    names = [name for name in _untidy_names(before, after) if isinstance(name, tuple)]
    shown = ", ".join(str(name[0][1]) for name in names[:_MOST])
    if len(names) > _MOST:
        shown += f" et {counted(len(names) - _MOST, 'autre')}"
    if names:
        return f"{counted(len(names), 'entrée')} à ranger : {shown}."
    return "Les entrées sont rangées ; le reste du fichier est à ranger."


def _untidy_names(before: list[Block], after: list[Block]) -> Iterator[Any]:
    kept = kept_in_order([one.name for one in before], [one.name for one in after])
    old = {one.name: one.lines for one in before}
    for block in after:
        if block.name not in kept or _inked(old[block.name]) != _inked(block.lines):
            yield block.name


def _inked(lines: tuple[str, ...]) -> list[str]:
    """List the lines on which something stands: the space between entries is nobody's."""
    return [line for line in lines if line.strip()]


def _named(entry: Any) -> tuple[str, str]:
    """Return the slug and the name of an entry that has them."""
    fields = entry if isinstance(entry, dict) else {}
    return str(fields.get("slug", "")), str(fields.get("name", fields.get("slug", "")))
