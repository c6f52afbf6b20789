"""The register tidied: order, layout and quotation repaired, what it says left alone.

Entries go in French alphabetical order and fields in the order of the model, each with its
comments; what stands above the first field of the file stays at its top, what follows the last
entry at its end. Texts are put in Unicode's composed form. The result is taken only if it reads
back the same.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from charte.french import counted, sort_key
from charte.register.document import Path
from charte.register.layout import Layout, lay_out
from charte.register.memory import uncollected
from charte.register.model import Register
from charte.register.notes import Notes, notes
from charte.register.scan import Comment, Spot
from charte.register.splicing import Uneditable
from charte.register.writing import field_lines, item_lines, ordered

_LIST = "signatories"
_CARRIAGE_RETURN = re.compile(r"\r\n?")
_TOP: Path = ("top of the file",)
_BOTTOM: Path = ("bottom of the file",)


class _Block(NamedTuple):
    """A part of the file that owns comments: a field of the register, or an entry."""

    start: Spot
    end: Spot
    path: Path


def tidy(text: str) -> str:
    """Return the register's text in good order; a tidy text comes back as it is.

    Raises:
        InvalidInput: if the file cannot be read.
        Uneditable: if it is no list of entries, or could not be tidied without loss.
    """
    layout = lay_out(text)
    if not layout.entries or not all(_has_name(entry) for entry in layout.entries):
        raise Uneditable("Une entrée n’a pas de nom : lancez « charte check » et corrigez d’abord.")
    with uncollected():
        tidied = "".join(f"{line}\n" for line in _tidy_lines(layout))
        _refuse_loss(layout, lay_out(tidied))
    return tidied


def line_ends(text: str) -> str:
    """Return which line ends a tidying changes, in one French sentence; "" where it changes none.

    A comparison of lines does not show them.
    """
    found = len(_CARRIAGE_RETURN.findall(text))
    if not found:
        return ""
    return (
        f"{counted(found, 'ligne')} {'finissent' if found > 1 else 'finit'} par un retour chariot "
        "(fins de ligne de Windows) ; rangées, toutes finissent par un saut de ligne."
    )


def _has_name(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("name"), str)


def _tidy_lines(layout: Layout) -> list[str]:
    blocks = _blocks(layout)
    below_top = _below_top(layout, blocks[0])
    owned = _owned(layout, blocks, below_top)
    parts = [_kept(layout, owned[_TOP], range(below_top))]
    for key in _in_order(layout.value):
        explained = _notes_of_field(layout, key, owned[key,])
        if key == _LIST:
            first, *others = _entries(layout, owned)
            parts += [[*_heading(explained), *first], *others]
        else:
            parts.append(field_lines(key, _composed(layout.value[key]), 0, explained))
    last = blocks[-1].end
    below = range(last.line + (last.column > 0), len(layout.lines))
    parts.append(_kept(layout, owned[_BOTTOM], below))
    return _separated(parts)


def _in_order(value: Iterable[str]) -> list[str]:
    known = list(Register.model_fields)
    return sorted(value, key=lambda key: known.index(key) if key in known else len(known))


def _blocks(layout: Layout) -> list[_Block]:
    """Return the parts of the file in its order; the list's name is one, and so is each entry."""
    blocks = []
    for key in layout.value:
        start, end = layout.keys[key,]
        below = end if key == _LIST else max(end, layout.spans[key,].end)
        blocks.append(_Block(start, below, (key,)))
    for index in range(len(layout.entries)):
        span = layout.spans[_LIST, index]
        lines = layout.item_lines((_LIST, index))
        start = Spot(lines[0], 0) if lines else span.start
        end = max(span.end, Spot(layout.below((_LIST, index)), 0)) if lines else span.end
        blocks.append(_Block(start, end, (_LIST, index)))
    return sorted(blocks)


def _below_top(layout: Layout, first: _Block) -> int:
    """Return the number of the line below the top of the file.

    Comments that touch the first part are its own, unless another part will stand before it.
    """
    number = first.start.line
    if first.path == (_in_order(layout.value)[0],):
        while number and not layout.is_blank(number - 1):
            number -= 1
    return number


def _owned(layout: Layout, blocks: list[_Block], below_top: int) -> dict[Path, list[Comment]]:
    """Return each part its comments: those above it, within it, and beside its lines."""
    owned = defaultdict(list)
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    owners = [*(block.path for block in blocks), _BOTTOM]
    for comment in layout.comments:
        if comment.spot.line < below_top:
            owner = _TOP
        elif comment.alone:
            owner = owners[bisect_right(ends, comment.spot)]
        else:
            owner = owners[bisect_left(starts, comment.spot) - 1]
        owned[owner].append(comment._replace(text=_composed(comment.text)))
    return owned


def _kept(layout: Layout, comments: list[Comment], lines: range) -> list[str]:
    """Return the comments at the top or bottom of the file, with the blank lines between them."""
    texts = {comment.spot.line: comment.text for comment in comments}
    kept = [texts.get(line, "") for line in lines if line in texts or layout.is_blank(line)]
    return "\n".join(kept).strip("\n").split("\n") if texts else []


def _notes_of_field(layout: Layout, key: str, comments: list[Comment]) -> Notes:
    line = layout.keys[key,].start.line
    beside = next((one for one in comments if not one.alone and one.spot.line == line), None)
    before = tuple(one.text for one in comments if one is not beside)
    return Notes({(key,): before}, {(key,): beside.text} if beside else {})


def _heading(explained: Notes) -> list[str]:
    beside = "".join(f"  {text}" for text in explained.beside.values())
    return [*explained.before[_LIST,], f"{_LIST}:{beside}"]


def _entries(layout: Layout, owned: dict[Path, list[Comment]]) -> list[list[str]]:
    """Write the entries in alphabetical order."""
    written = []
    for index, value in enumerate(layout.entries):
        entry = ordered(_composed(value))
        path: Path = (_LIST, index)
        explained = notes(layout, path, owned[path])
        written.append((sort_key(entry["name"]), item_lines(entry, notes=explained)))
    return [lines for _, lines in sorted(written, key=lambda one: one[0])]


def _separated(parts: list[list[str]]) -> list[str]:
    """Put a blank line between the parts that hold something."""
    lines: list[str] = []
    for part in filter(None, parts):
        lines += ["", *part] if lines else part
    return lines


def _composed(value: Any) -> Any:
    """Put all texts of a value in Unicode's composed form, NFC."""
    if isinstance(value, dict):
        return {_composed(key): _composed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_composed(one) for one in value]
    return unicodedata.normalize("NFC", value)


def _refuse_loss(before: Layout, after: Layout) -> None:
    """Check that the file says the same as before, in values and in comments."""
    meant = _composed(before.value)
    meant[_LIST].sort(key=lambda entry: sort_key(entry["name"]))
    said = Counter(_composed(one.text) for one in before.comments)
    if after.value != meant or Counter(one.text for one in after.comments) != said:
        raise Uneditable("Le registre ne peut pas être rangé sans perte : rien n’est changé.")
