"""Which comment explains what: one above a field or beside it goes where the field goes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from charte.register.document import Path
from charte.register.layout import Layout
from charte.register.scan import Comment


@dataclass(frozen=True, slots=True)
class Notes:
    """The comments of a block, by the path of the field that they explain; () is the block.

    Attributes:
        before: those above a field, or above the block.
        beside: that on a field's own line.
        after: those below the last field of the block.
    """

    before: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    beside: Mapping[Path, str] = field(default_factory=dict)
    after: tuple[str, ...] = ()


def notes(layout: Layout, path: Path, comments: Sequence[Comment]) -> Notes:
    """Attach comments to the fields of the block at a path.

    One on a line of its own belongs to the next field, or stays below the last; one that follows
    something belongs to the field that it follows, or stands above it where that one has a comment.
    """
    if not comments:
        return Notes()
    depth = len(path)
    start, end = layout.spans[path]
    marks = layout.marks[bisect_left(layout.marks, (start,)) : bisect_left(layout.marks, (end,))]
    before: dict[Path, list[str]] = defaultdict(list)
    beside: dict[Path, str] = {}
    after: list[str] = []
    for comment in comments:
        passed = bisect_left(marks, (comment.spot,))
        if passed == 0:
            before[()].append(comment.text)
        elif comment.alone and passed == len(marks):
            after.append(comment.text)
        elif comment.alone:
            before[marks[passed][1][depth:]].append(comment.text)
        elif (owner := marks[passed - 1][1][depth:]) in beside:
            before[owner].append(comment.text)
        else:
            beside[owner] = comment.text
    return Notes({key: tuple(texts) for key, texts in before.items()}, beside, tuple(after))
