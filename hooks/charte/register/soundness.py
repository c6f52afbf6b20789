"""Whether a piece of text can be read by itself, and as what."""

from __future__ import annotations

import re

import yaml

# Fields in which people write what they like, signs that YAML keeps for itself among it.
PROSE = frozenset({"name", "note", "group", "description", "title"})
_DEEPEST = 20  # the work of libyaml grows with the square of the depth
# The name of a field: a word, or one that is written with an underscore here.
KEY = r"[^\W\d]\w*(?:-(?:also|slugs|names)\b)?"
_KEY = re.compile(KEY)


def plain(event: yaml.Event) -> bool:
    """Return whether an event uses none of what the register never needs: anchor, alias, tag."""
    return not (
        isinstance(event, yaml.AliasEvent)
        or getattr(event, "anchor", None)
        or getattr(event, "tag", None) is not None
    )


def reads_as_block(text: str) -> bool:
    """Return whether a text is a block of fields, or says nothing."""
    events = _events(text)
    nodes = [event for event in events if isinstance(event, yaml.NodeEvent)]
    return bool(events) and (not nodes or isinstance(nodes[0], yaml.MappingStartEvent))


def reads_as_entry(text: str) -> bool:
    """Return whether a text is a list of one entry, of named fields, with texts for prose."""
    events = _events(text)
    # Around the fields, at either end: stream, document, list, entry.
    around, inside = events[3:4] + events[-4:-3], events[4:-4]
    return (
        len(inside) > 1
        and all(map(plain, events))
        and isinstance(around[0], yaml.MappingStartEvent)
        and isinstance(around[1], yaml.MappingEndEvent)
        and _are_fields(inside)
    )


def _are_fields(events: list[yaml.Event]) -> bool:
    depth, key = 0, ""
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth < 0:
                return False  # a second entry begins
        elif depth == 0 and not key:
            if not isinstance(event, yaml.ScalarEvent) or not _KEY.fullmatch(event.value):
                return False
            key = event.value
            continue
        elif isinstance(event, yaml.CollectionStartEvent):
            if depth == 0 and key in PROSE:
                return False
            depth += 1
        if depth == 0:
            key = ""
    return depth == 0


def value_kind(value: str) -> str:
    """Return how what stands after a field's colon reads: "text", "flow", or "" for not at all."""
    events = _events(f"k: {value}")
    nodes = [event for event in events if isinstance(event, yaml.NodeEvent)]
    if len(nodes) < 3 or not all(map(plain, nodes)):  # noqa: PLR2004 - a block, its key, its value
        return ""
    if isinstance(nodes[2], yaml.CollectionStartEvent):
        return "flow"
    return "text" if len(nodes) == 3 else ""  # noqa: PLR2004


def _events(text: str) -> list[yaml.Event]:
    """Return the events of a text; none where it cannot be read, or is nested without end."""
    events: list[yaml.Event] = []
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            events.append(event)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                return []
    except (yaml.YAMLError, UnicodeDecodeError):  # libyaml lets a tag spell what is no text
        return []
    return events
