"""What a text says without what its journey has added: misread bytes, markup, quotation marks.

Each function leaves alone what it does not know; `cleaned` applies them all, so that a remedy that
is obeyed leaves nothing for another rule to find.
"""

from __future__ import annotations

import html
import re
import unicodedata

from charte.register.source import INVISIBLE

_PAIRS = {"“": "”", "„": "“", "«": "»", '"': '"', "'": "'", "‘": "’", "‹": "›"}
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_BREAK = re.compile(r"</?(?:br|p|div|li)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ROUNDS = 5  # what was misread twice, or escaped twice


def _signs_of(first: int, last: int) -> str:
    """Return the signs as which Windows-1252 reads some bytes, for a class of characters."""
    bytes_ = (bytes([code]) for code in range(first, last + 1))
    return re.escape("".join(one.decode("cp1252", errors="ignore") for one in bytes_))


# UTF-8 read as Windows-1252: a first byte as it begins what French is written in, then others.
_NEXT = f"[{_signs_of(0x80, 0xBF)}\x81\x8d\x8f\x90\x9d]"
_MISREAD = re.compile(f"[ÂÃÄÅ]{_NEXT}|[âï]{_NEXT}{{2}}|ð{_NEXT}{{3}}")


def read_rightly(text: str) -> str:
    """Return a text whose bytes were misread as they were meant: « SociÃ©tÃ© » is « Société »."""
    return _MISREAD.sub(_rightly, text) if not text.isascii() else text


def _rightly(match: re.Match[str]) -> str:
    try:
        return INVISIBLE.sub("", b"".join(map(_byte, match[0])).decode())
    except UnicodeDecodeError:
        return match[0]


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def without_markup(text: str) -> str:
    """Return a text without HTML: tags left out, entities as the signs that they stand for."""
    bare = _TAG.sub("", _BREAK.sub(" ", text)) if "<" in text else text
    return _ENTITY.sub(lambda match: html.unescape(match[0]), bare) if "&" in bare else bare


def without_quotes(text: str) -> str:
    """Return a text without the pair of quotation marks that holds it whole."""
    close = _PAIRS.get(text[:1])
    inside = text[1:-1]
    if close and len(text) > 1 and text[-1] == close and not {text[0], close} & set(inside):
        return inside.strip()
    return text


def composed(text: str) -> str:
    """Return a text in which each accent is one character with its letter (Unicode, NFC)."""
    return unicodedata.normalize("NFC", text)


def cleaned(text: str) -> str:
    """Return a text with nothing left to clean, its spaces made one."""
    for _ in range(_ROUNDS):
        before, text = text, " ".join(composed(read_rightly(text)).split())
        text = without_quotes(without_markup(text))
        if text == before:
            break
    return text
