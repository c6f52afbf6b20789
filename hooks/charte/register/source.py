"""A file from strangers as text: readable, of a bearable size, with nothing hidden in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from charte.problems import Problem

# Bounds of what is read. Twenty thousand entries of three fields make a file of 1.4 MB.
MAX_BYTES = 2 * 1024 * 1024
MAX_LINES = 100_000
MAX_LENGTH = 2_000  # characters of a value; what is merely too long is the model's affair
MAX_ENTRIES = 20_000
MAX_ITEMS = 1_000  # of a list within an entry
MAX_FIELDS = 100
MAX_VALUES = 100_000
MAX_PROBLEMS = 100  # of one kind: a person mends these first, a machine made the rest

# The last two places of every plane of Unicode but the first are no characters, for ever.
_NOWHERE = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(1 << 16, 0x110000, 1 << 16)
)
# Controls but tab and line feeds; characters without ink; the bidirectional controls that make text
# read otherwise than it is; what is no character; what YAML refuses.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb"
    rf"\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e007f{_NOWHERE}]"
)
# What YAML does not read, whatever stands around it; all of it is invisible.
UNREADABLE = re.compile(r"[^\t\n\r -~\x85\xa0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# A line with its end, as editors count lines.
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_CARRIAGE_RETURN = re.compile(r"\r\n?")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)


class Mark(NamedTuple):
    """A place in the file, counted from 1."""

    line: int
    column: int


class Refused(Exception):
    """The file is not worth reading further."""

    def __init__(self, mark: Mark, reason: str, remedy: str, rule: str) -> None:
        self.mark, self.reason, self.remedy, self.rule = mark, reason, remedy, rule
        super().__init__(reason)

    def problem(self, file: str) -> Problem:
        """Return the refusal as a problem of a file."""
        return Problem(file, *self.mark, self.reason, self.remedy, self.rule)


def decode(data: bytes) -> str:
    """Return the text of a file, its lines ended by line feeds; refuse what is not UTF-8."""
    if len(data) > MAX_BYTES:
        most = f"{MAX_BYTES // 1024**2} Mo"
        raise Refused(
            Mark(1, 1),
            f"Le fichier pèse plus de {most} ; un registre n’en pèse jamais autant.",
            f"Gardez-le sous {most}.",
            "file-size",
        )
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused(
            Mark(1, 1),
            "Le fichier commence par une marque d’ordre des octets (BOM), invisible.",
            "Enregistrez-le en « UTF-8 », et non en « UTF-8 avec BOM ».",
            "byte-order-mark",
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = _lines(data[: error.start].decode())
        raise Refused(
            Mark(len(before), len(before[-1]) + 1),
            "Le fichier n’est pas enregistré en UTF-8 : un caractère est illisible ici.",
            "Enregistrez-le en « UTF-8 » dans votre éditeur.",
            "encoding",
        ) from error
    lines = _lines(text)
    if len(lines) > MAX_LINES:
        raise Refused(
            Mark(MAX_LINES + 1, 1),
            f"Le fichier compte {number(len(lines))} lignes ; un registre n’en a jamais tant.",
            "Supprimez ce qui a été collé par mégarde.",
            "file-size",
        )
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    return _CARRIAGE_RETURN.sub("\n", text).split("\n")


def refuse_conflict(text: str) -> None:
    """Refuse a file in which git has left both sides of a merge."""
    if match := _CONFLICT.search(text):
        raise Refused(
            Mark(text.count("\n", 0, match.start()) + 1, 1),
            "Deux modifications se contredisent ici : git en montre les deux versions.",
            "Gardez la bonne et supprimez les lignes « <<<<<<< », « ======= » et « >>>>>>> ».",
            "merge-conflict",
        )


def invisible(text: str, file: str) -> Iterator[Problem]:
    """List the first invisible character of each line, in comments too."""
    if not INVISIBLE.search(text):  # almost always, and much faster than line by line
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if match := INVISIBLE.search(line):
            yield Problem(
                file,
                number,
                match.start() + 1,
                f"Un caractère invisible (U+{ord(match[0]):04X}) se cache ici.",
                "Effacez-le et retapez le mot.",
                "invisible-character",
            )


def quoted(text: str) -> str:
    """Quote what the file says, on one line and no longer than a line has room for."""
    line = " ".join(INVISIBLE.sub("\ufffd", text[:200]).split())
    return f"« {line} »" if len(line) <= 60 else f"« {line[:60]}… »"  # noqa: PLR2004


def number(count: int) -> str:
    """Write a number as French does, its thousands apart."""
    return f"{count:,}".replace(",", "\u00a0")
