"""How the register writes: scalars plain where they can be, entries as blocks of fields.

What is written here reads back as the same text, also by other readers of YAML, to whom `null`,
`NO` and `1001` are no names. Lines are given without their ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, get_args

import yaml
from pydantic import BaseModel

from charte.register.document import Path
from charte.register.model import BLOCKS, Register, Signatory
from charte.register.notes import Notes
from charte.register.source import INVISIBLE

_LONGEST_PLAIN = 1000
_LONGEST_SHOWN = 300
_ALWAYS_QUOTED = re.compile(r"[\[\]{}&*!|>'\"%@`#,]|[^\n]*[\r\n\t\ud800-\udfff]|\s|$")
# Words of letters, of which YAML reads no sign and only some words as something else than text.
_PROSE = re.compile(r"[^\W\d_][\w.'’&/()+-]*(?: [\w.'’&/()+-]+)*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# What YAML 1.2 reads as a number; 1.1, whose reader is asked, has other numbers.
_NUMBER = re.compile(
    r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TEXT = "tag:yaml.org,2002:str"
_FIELD = re.compile(r"[a-z]\w*", re.ASCII)  # `on` too: a field is known by its name


class Indent(NamedTuple):
    """How a list's items are set: the column of their dash, and from there to their fields."""

    dash: int = 2
    offset: int = 2


NOTHING = Notes()


def _is_day(annotation: Any) -> bool:
    kinds = (annotation, *get_args(annotation))
    return any(getattr(kind, "__origin__", kind) is date for kind in kinds)


_MODELS: tuple[type[BaseModel], ...] = (Register, Signatory, *BLOCKS.values())
# The fields that hold a day: there, other readers of YAML may find a day where we read its text.
DAYS = frozenset(
    name
    for model in _MODELS
    for name, field in model.model_fields.items()
    if _is_day(field.annotation)
)


@lru_cache(maxsize=4096)
def scalar(text: str, *, flow: bool = False, key: str = "") -> str:
    """Write a text plain where every reader of YAML finds that text, else in quotes.

    Args:
        text: any text.
        flow: whether it will stand between brackets, where a comma ends it.
        key: the field that it will stand in; a day is plain where a day is meant.
    """
    plain = _is_real_day(text) if key in DAYS else False
    return text if plain or _is_plain(text, flow=flow) else _in_quotes(text)


def _is_real_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_plain(text: str, *, flow: bool) -> bool:
    if len(text) > _LONGEST_PLAIN or _ALWAYS_QUOTED.match(text) or INVISIBLE.search(text):
        return False
    if text.lower() in _WORDS or _NUMBER.fullmatch(text):
        return False
    if _PROSE.fullmatch(text):
        return True
    try:
        node: Any = yaml.compose(f"[{text}]" if flow else f"- {text}", Loader=yaml.CSafeLoader)
        item = node.value[0]
        return len(node.value) == 1 and item.value == text and item.tag == _TEXT
    except (yaml.YAMLError, IndexError):
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
        lines.append(f"{name} {_in_line(value, flow=False, key=key)}{beside}")
    return lines


def written(name: str, value: Any) -> str:
    """Write a field as a message shows it: its line, or its name where more lines follow.

    What is too long to be shown is an ellipsis.
    """
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return f"{name}: …"
    lines = field_lines(name, value, 0)
    if len(lines) > 1:
        return f"{name}:"
    return lines[0] if len(lines[0]) <= _LONGEST_SHOWN else f"{name}: …"


def _literal(text: str) -> list[str]:
    """Write a text of several lines as one that can be read; return nothing where none can."""
    lines = text.removesuffix("\n").split("\n")
    ragged = any(line != line.rstrip() for line in lines) or lines[0] != lines[0].lstrip()
    if len(lines) == 1 or ragged or not (lines[0] and lines[-1]) or INVISIBLE.search(text):
        return []
    return ["|" if text.endswith("\n") else "|-", *lines]


def _in_line(value: Any, *, flow: bool, key: str = "") -> str:
    if isinstance(value, list):
        return f"[{', '.join(_in_line(one, flow=True) for one in value)}]"
    if isinstance(value, dict):
        fields = (
            f"{scalar(key, flow=True)}: {_in_line(one, flow=True, key=key)}"
            for key, one in value.items()
        )
        return f"{{{', '.join(fields)}}}"
    return scalar(value, flow=flow, key=key)
