"""Strangers' words on a terminal or in a forge's log, where some words are commands.

A terminal obeys control characters, and reorders what bidirectional ones stand in. GitHub's runner
obeys a line that starts with `::command::`, and `##[command]` wherever it stands; Azure's obeys
`##vso[command]`, TeamCity's `##teamcity[command]`. What is shown keeps its length, so that what was
underlined stays so.
"""

from __future__ import annotations

import re
import unicodedata

_BEYOND_ASCII = re.compile(r"[^\n\t -~]")
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # categories of Unicode: controls, formats, line ends
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(?=#\w*\[)", re.MULTILINE)


def shown(text: str) -> str:
    """Return a text that is seen as it is and commands nothing, each character in its place."""
    return _COMMAND.sub(_harmless, _BEYOND_ASCII.sub(_visible, text))


def _visible(match: re.Match[str]) -> str:
    return "\ufffd" if unicodedata.category(match[0]) in _HIDDEN else match[0]


def _harmless(match: re.Match[str]) -> str:
    return "＃" if match[0] == "#" else f"{match[1]}∶"
