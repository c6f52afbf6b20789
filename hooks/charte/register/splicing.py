"""Ways of writing a change into a register's text, the nicest first.

None of them is trusted. `first_that_means` takes the first after which the file reads back as
exactly what was meant, so what someone laid out in an unusual way can make an edit less pretty,
never wrong.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from charte.register.document import Path
from charte.register.layout import Change, Layout
from charte.register.model import Signatory
from charte.register.notes import notes
from charte.register.reading import read
from charte.register.scan import Comment, Span, Spot
from charte.register.writing import Indent, field_lines, item_lines, scalar

Way = list[Change]


class Uneditable(ValueError):
    """The edit asked for cannot be made; `str()` says why, in one French sentence."""


def first_that_means(meant: Any, layout: Layout, ways: Iterable[Way]) -> str:
    """Return the text after the first of some changes that make it say what is meant.

    Raises:
        Uneditable: if none does.
    """
    for changes in ways:
        text = layout.changed(changes)
        document, problems = read(text.encode("utf-8", "surrogatepass"), "")
        if not problems and document.value == meant:
            return text
    raise Uneditable(
        "Le registre est écrit ici d’une façon qui ne se modifie pas sans perte : "
        "lancez « charte fmt », puis recommencez."
    )


def to_say(layout: Layout, path: Path, text: str) -> Change:
    """Write another text in the place of a scalar; a comment inside its lines is kept."""
    span = layout.spans[path]
    first = bisect_right(layout.comments, span.start, key=_spot)
    last = bisect_left(layout.comments, span.end, key=_spot)
    inside = [one.text for one in layout.comments[first:last]]
    new = scalar(text, flow=layout.in_flow(path), key=str(path[-1]))
    return Change(span, "  ".join([new, *inside]))


def _spot(comment: Comment) -> Spot:
    return comment.spot


def to_set(layout: Layout, path: Path, key: str, value: Any) -> Iterator[Way]:
    """Add a field to a block, in the order of the model."""
    if path in layout.flows:
        return
    keys = [one for one in layout.keys if one[:-1] == path]
    ranks = list(Signatory.model_fields)
    rank = ranks.index(key)
    earlier = [at for at, one in enumerate(keys) if one[-1] in ranks[:rank]]
    at = earlier[-1] if earlier else len(keys) - 1
    lines = field_lines(key, value, layout.keys[keys[0]].start.column)
    yield from _after(layout, keys[at], lines)
    # A text of several lines may own the blank lines that follow it: stand before it instead.
    for neighbour in keys[max(at, 1) : at + 2][::-1]:
        yield [layout.inserted(layout.keys[neighbour].start.line, lines)]


def to_append(layout: Layout, path: Path, value: str | Mapping[str, Any]) -> Iterator[Way]:
    """Add an item to a list that has some."""
    start, end = layout.spans[path]
    last = (*path, sum(one[:-1] == path for one in layout.spans) - 1)
    if path in layout.flows:
        end = layout.spans[last].end
        if isinstance(value, str):
            yield [Change(Span(end, end), f", {scalar(value, flow=True)}")]
    elif isinstance(value, str):
        yield from _after(layout, last, [f"{' ' * start.column}- {scalar(value)}"])
    else:
        yield from _after(layout, last, item_lines(value, indent(layout, path)))


def to_rewrite(layout: Layout, path: Path, value: Mapping[str, Any]) -> Iterator[Way]:
    """Write an item of a list anew, as a block, with the comments of its lines."""
    if lines := layout.item_lines(path):
        first, last = lines
        own = [one for one in layout.comments if first <= one.spot.line <= last]
        new = item_lines(value, indent(layout, path[:-1]), notes(layout, path, own))
        yield [layout.replaced(first, last, new)]


def to_add(layout: Layout, path: Path, index: int, value: Mapping[str, Any]) -> Iterator[Way]:
    """Add an item to a list before the one with an index, or at the end."""
    new = item_lines(value, indent(layout, path))
    count = sum(one[:-1] == path for one in layout.spans)
    if count == 0:
        yield [
            Change(layout.spans[path], ""),
            layout.inserted(layout.spans[path].end.line + 1, new),
        ]
    elif path in layout.flows:
        return
    elif index == count:
        gap = _gap(layout, path, count - 1) if count > 1 else [""]
        blank = [""] if "" in gap else []
        yield from _after(layout, (*path, count - 1), [*blank, *new])
        yield from _after(layout, (*path, count - 1), new)
    else:
        yield from _before(layout, path, index, new)


def _before(layout: Layout, path: Path, index: int, new: list[str]) -> Iterator[Way]:
    dash, _ = layout.item_lines((*path, index)) or (0, 0)
    gap = _gap(layout, path, index)
    blank = [""] if "" in (gap if index else _gap(layout, path, 1)) else []
    # The comments above an entry are its own.
    number = dash - len(gap) + next((at for at, line in enumerate(gap) if line), len(gap))
    apart = blank if index and not layout.is_blank(number - 1) else []
    yield [layout.inserted(number, [*apart, *new, *blank])]
    yield [layout.inserted(number, [*new, *blank])]
    yield [layout.inserted(dash, new)]


def _gap(layout: Layout, path: Path, index: int) -> list[str]:
    """Return the lines between an item and what precedes it, without their margins."""
    item = (*path, index)
    if item not in layout.spans:
        return [""]
    first, _ = layout.item_lines(item) or (0, 0)
    above = layout.below((*path, index - 1)) if index else layout.keys[path].end.line + 1
    return [line.strip() for line in layout.lines[above:first]]


def _after(layout: Layout, path: Path, lines: list[str]) -> Iterator[Way]:
    """Insert lines below a value and its comments, or below the blank lines that it may own."""
    below = layout.below(path)
    yield [layout.inserted(below, lines)]
    free = below
    while free < len(layout.lines) and layout.is_blank(free):
        free += 1
    if free > below:
        yield [layout.inserted(free, lines)]


def indent(layout: Layout, path: Path) -> Indent:
    """Return how the blocks of a list are set, from the first that is written as one."""
    start = layout.spans[path].start.column
    if path in layout.flows:
        return Indent()
    for item, span in layout.spans.items():
        if item[:-1] == path and item not in layout.flows and span.start.column > start:
            return Indent(start, span.start.column - start)
    return Indent(start)
