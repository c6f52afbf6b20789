"""Printed names that stand together: a note taken off, names without a separator cut apart."""

from __future__ import annotations

import re

from charte.french import fold

_NOTE = re.compile(r"(?P<name>.*\S)\s*\((?P<note>[^()]+)\)")
_NOTE_ALONE = re.compile(r" ?\([^()]*\)")


def skeleton(name: str) -> str:
    """Return the letters and digits of a name, without case or accents."""
    return "".join(char for char in fold(name) if char.isalnum()) or name


def note_off(text: str) -> tuple[str, str | None]:
    """Return a name without what stands in brackets after it, and that."""
    match = _NOTE.fullmatch(text)
    if match:
        return match["name"], match["note"].strip()
    # A note alone belongs to the recognised name before it.
    return ("", None) if re.fullmatch(r"\([^()]*\)", text) else (text, None)


def tiles(text: str, names: list[str]) -> list[str]:
    """Cut a text into names, glued or parted by a space; return nothing where it does not go up."""
    ways: dict[int, tuple[int, str]] = {0: (0, "")}  # by its end, where a name begins
    for place in range(len(text)):
        if place not in ways:
            continue
        for name in names:
            if text.startswith(name, place):
                end = place + len(name)
                note = _NOTE_ALONE.match(text, end)
                end = note.end() if note else end
                end += text[end : end + 1] == " "
                ways.setdefault(end, (place, name))
    tiles: list[str] = []
    end = len(text)
    while end and end in ways:
        end, name = ways[end]
        tiles.append(name)
    return tiles if text and not end else []


def pattern(name: str) -> str:
    """Return the pattern that finds a name whatever the spaces in it."""
    return r"\s*/\s*".join(map(re.escape, name.split("/"))).replace(r"\ ", r"\s+")
