"""Which comment explains what: one above a field or beside it goes where the field goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from charte.register.document import Path
from charte.register.layout import Comment, Layout


@dataclass(frozen=True, slots=True)
class Notes:
    """The comments of a block, by the path of the field that they explain; () is the block."""

    before: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    beside: Mapping[Path, str] = field(default_factory=dict)


def notes(layout: Layout, path: Path, comments: Sequence[Comment]) -> Notes:
    """Attach comments to the fields of the block at a path.

    One on a line of its own belongs to the next field, one that follows something to the field that
    it follows; where there is no such field, or it has a comment already, to the nearest one.
    """
    if not comments:
        return Notes()
    depth = len(path)
    marks = [(span.start, key[depth:]) for key, span in layout.keys.items() if key[:depth] == path]
    marks.sort()
    before: dict[Path, list[str]] = defaultdict(list)
    beside: dict[Path, str] = {}
    for comment in comments:
        passed = sum(start < comment.spot for start, _ in marks)
        if passed == 0:
            before[()].append(comment.text)
        elif comment.alone and passed < len(marks):
            before[marks[passed][1]].append(comment.text)
        elif comment.alone or marks[passed - 1][1] in beside:
            before[marks[passed - 1][1]].append(comment.text)
        else:
            beside[marks[passed - 1][1]] = comment.text
    return Notes({key: tuple(texts) for key, texts in before.items()}, beside)
