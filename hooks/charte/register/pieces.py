"""A register's text in pieces: its header, each entry with the comments before it, its end.

What changes one entry must not touch a byte of the others, so nothing is written anew: the text is
cut where the reading says that entries and fields begin, and joined again. A comment belongs to the
entry that follows it, unless it stands further in than the dash of the one above; blank lines
between entries belong to nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from charte.problems import InvalidInput, Severity, Unpublishable
from charte.register.document import Document
from charte.register.layout import end_of_comments
from charte.register.reading import read
from charte.register.source import LINE, Mark
from charte.register.writing import field_lines, ordered

_LINE_END = re.compile(r"\r\n?|\n")
_DASH = re.compile(r" *-[ \t]+")
_LONE_DASH = re.compile(r" *-[ \t]*(?:#.*)?[\r\n]*")
_IGNORED = re.compile(r"[ \t]*(?:#.*)?[\r\n]*")
_EDITION, _NONE = "\1", "\2"  # no file that can be read holds these characters


class NotInPieces(Unpublishable):
    """The file's entries cannot be told apart; `str()` says why, in French, with file and line."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field's value (text, list or dict of texts) and its lines, without their margin."""

    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One signatory's text: `lead` is what stands before its dash, `body` its own lines.

    The body ends with the comments that stand below the last field, at the fields' margin.

    `value` is what the entry says, whatever its spelling; `keys` the place of each field's name,
    its line counted from that of the dash.
    """

    slug: str
    name: str
    lead: str
    body: str
    value: dict[str, Any]
    keys: tuple[Mark, ...] = ()

    @property
    def comments(self) -> str:
        """The comments before the entry, without the blank lines that part it from another."""
        if not self.lead.strip():
            return ""
        return unix("".join(line for line in LINE.findall(self.lead) if line.strip()))


@dataclass(frozen=True, slots=True)
class Pieces:
    """A register's text, cut; `joined` puts it together again, byte for byte."""

    header: str
    entries: tuple[Entry, ...]
    tail: str
    edition: str

    @property
    def newline(self) -> str:
        """The way in which the file ends its lines."""
        found = _LINE_END.search(self.header)
        return found[0] if found else "\n"

    def joined(self) -> str:
        """Write the register's text."""
        if self.entries:
            header = re.sub(rf" *{_NONE}", "", self.header)
        elif _NONE in self.header or not self.header:
            header = self.header.replace(_NONE, "[]")
        else:
            header = f"{self.header.rstrip()} []{self.newline}"
        texts = [header, *(entry.lead + entry.body for entry in self.entries), self.tail]
        texts = [text for text in texts if text]
        ended = [text if text[-1] in "\r\n" else text + self.newline for text in texts[:-1]]
        return "".join([*ended, *texts[-1:]]).replace(_EDITION, self.edition)


def cut(data: bytes, file: str) -> Pieces:
    """Cut a register's bytes into pieces.

    Raises:
        InvalidInput: the file cannot be read.
        NotInPieces: two entries have one identifier, one has none, or one shares its first line.
    """
    document, problems = read(data, file)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InvalidInput(problems)
    _refuse_shapeless(document.value, file)
    lines: list[str] = LINE.findall(data.decode())
    edition = _mask_edition(lines, document)
    last = document.keys["signatories",].line
    if not document.value["signatories"]:
        mark = document.places["signatories",]
        lines[mark.line - 1] = re.sub(r"\[\s*\]", _NONE, lines[mark.line - 1], count=1)
        last = max(last, mark.line)
    header, entries = "".join(lines[:last]), []
    for index, value in enumerate(document.value["signatories"]):
        dash = _dash_line(lines, document.places["signatories", index], file)
        column = lines[dash - 1].index("-")
        end = end_of_comments(lines, document.last_lines["signatories", index], column)
        lead, body = "".join(lines[last : dash - 1]), lines[dash - 1 : end]
        marks = (document.keys["signatories", index, key] for key in value)
        keys = tuple(Mark(mark.line - dash, mark.column) for mark in marks)
        name = str(value.get("name", value["slug"]))
        entries.append(Entry(value["slug"], name, lead, "".join(body), value, keys))
        last = end
    return Pieces(header, tuple(entries), "".join(lines[last:]), edition)


def is_sound(data: bytes) -> bool:
    """Return whether a register can be read and its entries told apart."""
    try:
        cut(data, "")
    except Unpublishable:
        return False
    return True


def rebuilt(start: str, parts: dict[str, Field], newline: str = "\n") -> str:
    """Write an entry's lines from its fields."""
    margin = " " * len(LINE.findall(start)[-1])
    lines = LINE.findall("".join(field.text for field in parts.values()))
    rest = (margin + line if line.strip() else line for line in lines[1:])
    return _LINE_END.sub(newline, start + lines[0] + "".join(rest))


def fields(entry: Entry) -> tuple[str, dict[str, Field]]:
    """Cut an entry into fields; return what stands before the first, its dash, and the fields.

    Fields that share a line are written anew, each on its own.
    """
    body = LINE.findall(entry.body)
    margin = entry.keys[0].column - 1
    starts = [mark.line for mark in entry.keys]
    start = "".join(body[: starts[0]]) + body[starts[0]][:margin]
    own_lines = all(not body[at][:margin].strip() for at in starts[1:])
    if not (own_lines and len(set(starts)) == len(starts)) or start.rstrip()[-1] != "-":
        written = {key: Field(one, _written(key, one)) for key, one in entry.value.items()}
        return f"{body[0][: body[0].index('-')]}- ", written
    ends = [*starts[1:], len(body)]
    return start, {
        key: Field(one, moved("".join([body[at][margin:], *body[at + 1 : end]]), -margin))
        for (key, one), at, end in zip(entry.value.items(), starts, ends, strict=True)
    }


def new_entry(values: dict[str, Any], margin: str = "  ") -> Entry:
    """Write an entry that no file holds yet; `values` has its slug and its name."""
    parts = {key: Field(value, _written(key, value)) for key, value in ordered(values).items()}
    body = rebuilt(f"{margin}- ", parts)
    return Entry(values["slug"], values["name"], "", body, values)


def _written(key: str, value: Any) -> str:
    return "".join(f"{line}\n" for line in field_lines(key, value, 0))


def _refuse_shapeless(value: Any, file: str) -> None:
    """Refuse what has no list of entries, each with its own identifier."""
    entries = value.get("signatories") if isinstance(value, dict) else None
    if not isinstance(entries, list) and entries != "":
        raise NotInPieces(f"{file} : la liste des signataires (« signatories: ») manque.")
    known: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        slug = entry.get("slug") if isinstance(entry, dict) else None
        if not isinstance(slug, str) or not slug:
            raise NotInPieces(f"{file} : l’entrée n° {number} n’a pas d’identifiant (« slug: »).")
        if slug in known:
            raise NotInPieces(f"{file} : deux entrées ont l’identifiant « {slug} ».")
        known.add(slug)


def _mask_edition(lines: list[str], document: Document) -> str:
    """Put a placeholder where the edition's date stands, so that texts compare without it."""
    edition = document.value.get("edition")
    if not isinstance(edition, str) or not edition:
        return ""
    line, column = document.places["edition",]
    text = lines[line - 1]
    lines[line - 1] = text[: column - 1] + text[column - 1 :].replace(edition, _EDITION, 1)
    return edition


def _dash_line(lines: list[str], mark: Mark, file: str) -> int:
    """Find the line of an entry's dash, which may stand alone above its fields."""
    if _DASH.fullmatch(lines[mark.line - 1][: mark.column - 1]):
        return mark.line
    for number in range(mark.line - 1, 0, -1):
        if _LONE_DASH.fullmatch(lines[number - 1]):
            return number
        if not _IGNORED.fullmatch(lines[number - 1]):
            break
    raise NotInPieces(f"{file}:{mark.line} : chaque entrée doit commencer une ligne, par un tiret.")


def moved(text: str, by: int, newline: str = "\n") -> str:
    """Move lines to the right, or to the left as far as they have a margin; end the last one."""
    lines = []
    for line in LINE.findall(_LINE_END.sub(newline, text)):
        margin = len(line) - len(line.lstrip(" "))
        lines.append(
            " " * by + line if by > 0 and line.strip() else line[min(margin, max(-by, 0)) :]
        )
    moved = "".join(lines)
    return moved if moved.endswith(newline) or not moved else moved + newline


def dash_column(body: str) -> int:
    """Return the column of an entry's dash."""
    dash = re.search(r"^( *)-", body, re.MULTILINE)  # above it may stand a mark of git's
    return len(dash[1]) if dash else 0


def unix(text: str) -> str:
    """End lines with line feeds, to compare texts of different systems."""
    return _LINE_END.sub("\n", text)
