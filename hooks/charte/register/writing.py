"""How the register writes: scalars plain where they can be, entries as blocks of fields.

What is written here reads back as the same text, also by other readers of YAML, to whom `null` and
`NO` are no names. Lines are given without their ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel

from charte.register.document import Path
from charte.register.model import BLOCKS, Signatory
from charte.register.notes import Notes
from charte.register.source import INVISIBLE

_LONGEST_PLAIN = 1000
_ALWAYS_QUOTED = re.compile(r"[\[\]{}&*!|>'\"%@`#,]|[^\n]*[\r\n\t\ud800-\udfff]|\s|$")
_FAITHFUL = {"str", "int", "timestamp"}  # the kinds that other readers may see in our texts
_FIELD = re.compile(r"[a-z]\w*", re.ASCII)  # `on` too: a field is known by its name


class Indent(NamedTuple):
    """How a list's items are set: the column of their dash, and from there to their fields."""

    dash: int = 2
    offset: int = 2


NOTHING = Notes()


@lru_cache(maxsize=4096)
def scalar(text: str, *, flow: bool = False) -> str:
    """Write a text plain where every reader of YAML finds the same text, else in quotes.

    Args:
        text: any text.
        flow: whether it will stand between brackets, where a comma ends it.
    """
    return text if _is_plain(text, flow=flow) else _in_quotes(text)


def _is_plain(text: str, *, flow: bool) -> bool:
    if len(text) > _LONGEST_PLAIN or _ALWAYS_QUOTED.match(text) or INVISIBLE.search(text):
        return False
    try:
        node: Any = yaml.compose(f"[{text}]" if flow else f"- {text}", Loader=yaml.CSafeLoader)
        item = node.value[0]
        kind = item.tag.removeprefix("tag:yaml.org,2002:")
        if len(node.value) > 1 or item.value != text or kind not in _FAITHFUL:
            return False
        return str(yaml.load(f"- {text}", Loader=yaml.CSafeLoader)[0]) == text
    except (yaml.YAMLError, ValueError, IndexError):
        return False


def _in_quotes(text: str) -> str:
    # JSON's quotation is YAML's, but for characters that YAML refuses and JSON lets through.
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(rf"{INVISIBLE.pattern}|[\ud800-\udfff]", _escape, escaped)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits


def ordered(block: Mapping[str, Any], model: type[BaseModel] = Signatory) -> dict[str, Any]:
    """Put the fields of an entry, and of the blocks in it, in the model's order; unknown ones last.

    What is not of the form that the model wants is left as it is.
    """
    known = list(model.model_fields)
    keys = sorted(block, key=lambda key: known.index(key) if key in known else len(known))
    return {key: _ordered_below(block[key], BLOCKS.get(key)) for key in keys}


def _ordered_below(value: Any, model: type[BaseModel] | None) -> Any:
    if model and isinstance(value, dict):
        return ordered(value, model)
    if model and isinstance(value, list):
        return [_ordered_below(one, model) for one in value]
    return value


def item_lines(
    entry: Mapping[str, Any],
    indent: Indent = Indent(),  # noqa: B008 - it is a constant
    notes: Notes = NOTHING,
    path: Path = (),
) -> list[str]:
    """Write an item of a list, such as an entry, with its dash and comments."""
    column = indent.dash + indent.offset
    lines = []
    for key, value in entry.items():
        lines += field_lines(key, value, column, notes, path)
    first = len(notes.before.get((*path, next(iter(entry))), ()))
    above = [" " * indent.dash + line.lstrip() for line in lines[:first]]
    heads = [" " * indent.dash + comment for comment in notes.before.get(path, ())]
    dash = " " * indent.dash + "-".ljust(indent.offset) + lines[first][column:]
    below = [" " * column + comment for comment in (() if path else notes.after)]
    return [*heads, *above, dash, *lines[first + 1 :], *below]


def field_lines(
    key: str, value: Any, column: int, notes: Notes = NOTHING, path: Path = ()
) -> list[str]:
    """Write a field whose name begins at a column, with its comments."""
    here = (*path, key)
    margin = " " * column
    lines = [margin + comment for comment in notes.before.get(here, ())]
    beside = f"  {notes.beside[here]}" if here in notes.beside else ""
    name = f"{margin}{key if _FIELD.fullmatch(key) else scalar(key)}:"
    if isinstance(value, dict) and value:
        lines.append(name + beside)
        for inner, text in value.items():
            lines += field_lines(inner, text, column + 2, notes, here)
    elif isinstance(value, list) and value and all(one and isinstance(one, dict) for one in value):
        lines.append(name + beside)
        for index, one in enumerate(value):
            lines += item_lines(one, Indent(column + 2), notes, (*here, index))
    elif isinstance(value, str) and (literal := _literal(value)):
        lines.append(f"{name} {literal[0]}{beside}")
        lines += [f"{margin}  {line}" if line else "" for line in literal[1:]]
    else:
        lines.append(f"{name} {_in_line(value, flow=False)}{beside}")
    return lines


def _literal(text: str) -> list[str]:
    """Write a text of several lines as one that can be read; give nothing where none can."""
    lines = text.removesuffix("\n").split("\n")
    ragged = any(line != line.rstrip() for line in lines) or lines[0] != lines[0].lstrip()
    if len(lines) == 1 or ragged or not (lines[0] and lines[-1]) or INVISIBLE.search(text):
        return []
    return ["|" if text.endswith("\n") else "|-", *lines]


def _in_line(value: Any, *, flow: bool) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_in_line(one, flow=True) for one in value)}]"
    if isinstance(value, dict):
        fields = (
            f"{scalar(key, flow=True)}: {_in_line(one, flow=True)}" for key, one in value.items()
        )
        return f"{{{', '.join(fields)}}}"
    return scalar(value, flow=flow)
