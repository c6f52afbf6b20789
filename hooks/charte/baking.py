"""Open Badges in a picture: where a program finds what the badge asserts.

Both forms of the Open Badges 2.0 Baking Specification (IMS Global, 12 April 2018) name the hosted
assertion by its address, which the reference validator follows: so a badge that was copied
somewhere tells where its signatory stands today, not on the day of the copy.
"""

from __future__ import annotations

import zlib

from markupsafe import escape

_NAMESPACE = "http://openbadges.org"  # the value that the specification gives; not an address
_PNG_HEAD = 8 + 25  # bytes: the signature of PNG, the IHDR chunk that must come first


def bake_svg(drawing: bytes, assertion: str) -> bytes:
    """Name an assertion directly after the opening tag of one of our own drawings."""
    tag, _, rest = drawing.partition(b">")
    element = f'<openbadges:assertion verify="{escape(assertion)}"/>'
    return b'%b xmlns:openbadges="%b">%b%b' % (tag, _NAMESPACE.encode(), element.encode(), rest)


def bake_png(picture: bytes, assertion: str) -> bytes:
    """Name an assertion in an iTXt chunk, not compressed, before the image data."""
    # Keyword, compression flag and method, language tag, translated keyword, text (PNG, 11.3.3.4).
    chunk = b"iTXtopenbadges\0" + b"\0\0" + b"\0" + b"\0" + assertion.encode()
    length, check = len(chunk) - 4, zlib.crc32(chunk)
    framed = length.to_bytes(4, "big") + chunk + check.to_bytes(4, "big")
    return picture[:_PNG_HEAD] + framed + picture[_PNG_HEAD:]
