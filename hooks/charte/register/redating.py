"""A later day for what a proposal adds: while it waited, an edition with that day was published."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from charte.register.document import Path
from charte.register.editing import LIST
from charte.register.identity import heirs, origins
from charte.register.layout import lay_out
from charte.register.model import Register
from charte.register.rules.subject import Entry
from charte.register.splicing import first_that_means, to_say


def redate(text: str, before: Register, day: str) -> tuple[str, list[str]]:
    """Date the entries that a register adds, and the names that it changes.

    Args:
        text: the register's file.
        before: the register that the proposal changes.
        day: the day, such as `2026-11-25`.

    Returns:
        The new text, and the names of those that got another day.

    Raises:
        InvalidInput: if the file cannot be read.
        Uneditable: if it is written in a way that cannot be edited.
    """
    layout = lay_out(text)
    meant = deepcopy(layout.entries)
    changes, names = [], []
    for path, name in _days(layout.entries, before):
        *way, last = path[1:]
        block: Any = meant
        for step in way:
            block = block[step]
        if block[last] != day:
            block[last] = day
            changes.append(to_say(layout, path, day))
            names.append(name)
    if not changes:
        return text, []
    return first_that_means({**layout.value, LIST: meant}, layout, [changes]), names


def _days(entries: list[Any], before: Register) -> Iterator[tuple[Path, str]]:
    """Find the days that say when a change enters the annex, with the name that is changed."""
    here = [Entry((LIST, at), entry) for at, entry in enumerate(entries) if isinstance(entry, dict)]
    past = origins(before, heirs(before, here))
    for entry in here:
        name, was = entry.text("name") or "", past.get(entry.path)
        if was is None and entry.text("listed"):
            yield (*entry.path, "listed"), name
        former = list(entry.blocks("former_names"))
        if was and len(former) > len(was.former_names) and former[-1].text("until"):
            yield (*former[-1].path, "until"), name
