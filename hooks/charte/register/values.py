"""A value as a hand wrote it: what stops it from being read, and how it is written instead."""

from __future__ import annotations

from typing import NamedTuple

from charte.register.model import BLOCKS
from charte.register.soundness import PROSE, value_kind
from charte.register.source import quoted

_NO_TEXTS = BLOCKS.keys() | {"see_also", "former_slugs", "signatories"}
_RESERVED = "&*!|>%@`?-[]{},#:="


class Writing(NamedTuple):
    """How a value is to be written, and why; `reason` is empty where nothing is wrong."""

    text: str
    reason: str = ""
    reserved: bool = False  # whether it begins with a sign that YAML keeps for itself


def written(field: str, value: str) -> Writing | None:
    """Write a field's value so that it can be read, with what was wrong; None if unclear."""
    kind = value_kind(value)
    if kind == "text" or not value or (kind == "flow" and field not in PROSE):
        return Writing(value)
    if field in _NO_TEXTS:
        return _list(value)
    if value[0] in "\"'":
        return _closed(value)
    text = quote(value)
    if value[0] in _RESERVED:
        reason = f"Une valeur qui commence par « {value[0]} » se met entre guillemets."
        return Writing(text, reason, reserved=True)
    return Writing(
        text, f"Une valeur qui contient « : » se met entre guillemets : {quoted(value)}."
    )


def _list(value: str) -> Writing | None:
    closed = f"{value.rstrip(', ')}]"
    if value.startswith("[") and value_kind(closed) == "flow":
        return Writing(closed, "Un crochet « [ » est ouvert et jamais fermé.")
    return None


def _closed(value: str) -> Writing:
    """Write a value that begins with a quotation mark in a way that can be read."""
    sign, inner = value[0], value[1:]
    if sign not in inner:
        text = quote(inner.rstrip())
        return Writing(text, f"Un guillemet « {sign} » est ouvert et jamais fermé.")
    around = value.endswith(sign) and _opens(inner, sign)
    if sign == "'" and value.endswith(sign):
        reason = "L’apostrophe ferme ici le guillemet simple ouvert au début de la valeur."
        return Writing(quote(inner[:-1]), reason)
    if value.endswith(sign) and sign not in inner[:-1]:
        reason = (
            "Entre guillemets, une barre oblique « \\ » commence un code, et ici il n’existe pas."
        )
        return Writing(f'"{inner[:-1].replace(chr(92), chr(92) * 2)}"', reason)
    reason = "Le guillemet ouvert au début de la valeur se ferme avant la fin."
    return Writing(quote(inner[:-1] if around else value), reason)


def _opens(inner: str, sign: str) -> bool:
    """Return whether the next quotation mark opens another quotation: a space is before it."""
    return inner[: inner.index(sign)].endswith(" ")


def quote(text: str) -> str:
    """Write a text between quotation marks, with as few codes as can be."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
