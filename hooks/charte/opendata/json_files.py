"""JSON as files: the same bytes each time, in the order in which a value was put together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from charte.publish import Output

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def line(value: Any) -> str:
    """Write a value on one line: no JSON holds a line feed but to please the eye."""
    return _ENCODER.encode(value)


def document(uri: str, value: Any) -> Output:
    """Make a file that people read too, indented."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return Output(uri, f"{text}\n".encode())


def copies(uris: Iterable[str], value: Any) -> Iterator[Output]:
    """Make a file of one line, the same at several addresses."""
    content = f"{line(value)}\n".encode()
    return (Output(uri, content) for uri in uris)


def collection(head: dict[str, Any], name: str, lines: Iterable[str]) -> bytes:
    """Write an object whose last member is a long list, one item a line.

    So a difference between two versions shows the items that changed, and nothing else.

    Args:
        head: the members before the list, at least one.
        name: the list's.
        lines: its items, as `line` writes them.
    """
    start = json.dumps(head, ensure_ascii=False, indent=2, allow_nan=False).removesuffix("\n}")
    items = ",".join(f"\n    {item}" for item in lines)
    return f'{start},\n  "{name}": [{items}\n  ]\n}}\n'.encode()
