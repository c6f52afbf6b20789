"""The two projects that are compared: this one with a register of any size, and the plain way.

A register larger than the real one repeats it with numbers: « WITHINGS 2 », « WITHINGS 3 »… Such
entries are plainly not signatories, are the same at each run, and keep the real mix of lengths,
groups and cross-references.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import yaml

from building import LIVE, ROOT, copy_project
from measure import run

REGISTER = Path("data/signatories.yaml")


def real_size() -> int:
    """Give the number of entries of the real register."""
    return len(_entries())


def make_ours(folder: Path, size: int) -> Path:
    """Copy this project's inputs into a new folder, with a register of `size` entries."""
    folder.mkdir(parents=True)
    copy_project(folder, LIVE)
    more = islice(_synthetic(), max(0, size - real_size()))
    with (folder / REGISTER).open("a", encoding="utf-8") as register:
        register.writelines(map(_written, more))
    return folder


def one_more(project: Path) -> tuple[str, str]:
    """Add an entry to a project's register and give its slug and the day of its edition."""
    slug, day = "un-de-plus", "2026-01-15"
    with (project / REGISTER).open("a", encoding="utf-8") as register:
        register.write(_written({"name": "Un de plus", "slug": slug, "listed": day}))
    return slug, day


def make_plain(folder: Path, size: int) -> Path:
    """Make the same project built the plain way; `plain.py` says what that is."""
    make_ours(folder, size)
    script = Path(__file__).with_name("plain.py")
    # In a process of its own: what it imports would count in the peak memory of later children.
    run((sys.executable, str(script)), folder, PYTHONPATH="hooks")
    return folder


def touch_all(folder: Path, stamp: int) -> None:
    """Date all files under a folder, as another checkout would.

    Args:
        folder: where the files are.
        stamp: the date, in seconds since 1970.
    """
    for path in folder.rglob("*"):
        os.utime(path, (stamp, stamp))


def _entries() -> list[dict[str, Any]]:
    text = (ROOT / REGISTER).read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.load(text, yaml.CBaseLoader)["signatories"]  # noqa: S506 - it makes texts only
    return entries


def _synthetic() -> Iterator[dict[str, Any]]:
    """Give invented entries without end; no slug is the real register's."""
    real = _entries()
    taken = {entry["slug"] for entry in real}
    for number in count(2):
        for entry in real:
            invented = _numbered(entry, number)
            if invented["slug"] not in taken:
                yield invented


def _numbered(entry: dict[str, Any], number: int) -> dict[str, Any]:
    invented = {"slug": f"{entry['slug']}-{number}"}
    for name in ("name", "group"):
        if name in entry:
            invented[name] = f"{entry[name]} {number}"
    kept = ("listed", "note", "see_also")  # a website or a SIREN belongs to one signatory only
    return invented | {name: entry[name] for name in kept if name in entry}


def _written(entry: dict[str, Any]) -> str:
    """Write an entry as YAML, of which JSON is a part."""
    fields = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in entry.items()]
    return "\n  - " + "\n    ".join(fields) + "\n"
