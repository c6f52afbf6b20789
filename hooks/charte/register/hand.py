"""One entry as a hand wrote it, read field by field: what slipped, and its lines as they should be.

A line is understood by its field's name, whatever stands before and after it. What is not certain
is not guessed: such an entry is left to be told as unreadable.
"""

from __future__ import annotations

import re

from charte.register.model import BLOCKS
from charte.register.outline import ENTRY_FIELDS, FIELD, TEXT_BLOCK, Line
from charte.register.slips import (
    Field,
    Slip,
    colon_slips,
    end_slips,
    misaligned,
    shifted,
    sign_slips,
    slip_at,
    space_slips,
)
from charte.register.soundness import PROSE, value_kind
from charte.register.source import MAX_FIELDS, MAX_ITEMS, quoted
from charte.register.values import written
from charte.register.words import is_field_word

_KNOWN = ENTRY_FIELDS.union(*(model.model_fields for model in BLOCKS.values()))
_FIELDS = tuple(sorted(_KNOWN))
_NEXT_FIELD = re.compile(
    rf"(?:(?<![ \t])[ \t]+)?[,;][ \t]*(?=(?:{'|'.join(sorted(ENTRY_FIELDS))})[ \t]*:[ \t])"
)
_NO_COLON = re.compile(rf"[ -]*(?P<key>{'|'.join(sorted(_KNOWN))})(?:[ \t]*=[ \t]*|[ \t]+)(?=\S)")


class Unclear(Exception):
    """An entry of which it is not certain what its author meant."""


class Hand:
    """Reads the lines of an entry, or of the head of a register, which has no dash."""

    def __init__(self, dash_column: int | None) -> None:
        self.fields: list[Field] = []
        self.strays: list[Slip] = []  # those of lines that are to be deleted
        self._dash_column = dash_column
        self._column = 0 if dash_column is None else dash_column + 2
        self._block, self._block_at, self._moved = "", 0, 0
        self._inner_column = 0
        self._key_at = 0
        self._text_at = -1

    def read(self, lines: list[Line]) -> None:
        """Read all lines.

        Raises:
            Unclear: if what one of them means is not certain.
        """
        if len(lines) > MAX_ITEMS:
            raise Unclear
        for line in lines:
            if not line.empty:
                self._read(line)
        for one in self.fields:
            _mend_value(one)

    def _read(self, line: Line) -> None:
        indent = len(line.text) - len(line.text.lstrip(" "))
        if 0 <= self._text_at < indent:
            self._keep(line, indent + self._moved)
            return
        self._text_at = -1
        match = FIELD.match(line.text)
        if match and (match["value"].startswith("//") or self._reads_on(match)):
            match = None
        if match is None:
            self._bare(line, indent)
        elif self._nested(match):
            self._inner(line, match)
        else:
            self._field(line, match)

    def _reads_on(self, match: re.Match[str]) -> bool:
        """Return whether what looks like a field is the rest of the sentence above."""
        last = self.fields[-1] if self.fields else None
        key = match["key"]
        strange = not is_field_word(key, _FIELDS) and (match["before"] or not key.isascii())
        return bool(last and last.key in PROSE and last.value and strange)

    def _nested(self, match: re.Match[str]) -> bool:
        if not self._block:
            return False
        at, model = match.start("sign" if match["sign"] else "key"), BLOCKS.get(self._block)
        inside = bool(match["sign"]) if at == self._block_at else at > self._block_at
        if inside and self._block in ENTRY_FIELDS and match["key"] in ENTRY_FIELDS:
            inside = model is not None and match["key"] in model.model_fields
        if not inside:
            self._block = ""
        return inside

    def _field(self, line: Line, match: re.Match[str]) -> None:
        first = not self.fields and self._dash_column is not None
        slips = list(self._dash_slips(line, match) if first else self._margin_slips(line, match))
        if first and not slips:
            self._column = match.start("key")
        dash = "- " if first else ""
        if first and not slips:
            dash = f"-{match['gap']}"
        self._add(line, match, self._column, dash, slips)
        self._block, self._block_at = (
            "" if match["value"].strip() else match["key"],
            match.start("key"),
        )
        self._moved = self._column - match.start("key")
        self._inner_column = 0

    def _inner(self, line: Line, match: re.Match[str]) -> None:
        """Read a field of a block: it moves with the field that holds it."""
        slips = space_slips(line, match)
        if not slips:
            column = match.start("key") + self._moved
            # One space more or less than the field above is a slip; a block stands further in.
            if not match["sign"] and abs(column - self._inner_column) == 1:
                slips.append(shifted(line, match, column - self._inner_column))
                column = self._inner_column
        elif self._inner_column > self._column:
            column = self._inner_column
        else:
            column = self._column + (4 if self._block in {"actions", "former_names"} else 2)
        self._inner_column = column
        dash = f"-{match['gap'] or ' '}" if match["sign"] else ""
        if match["sign"] and (match["sign"] != "-" or not match["gap"]):
            slips += sign_slips(line, match)
        self._add(line, match, column, dash, slips)

    def _add(
        self, line: Line, match: re.Match[str], column: int, dash: str, slips: list[Slip]
    ) -> None:
        value = match["value"].rstrip()
        slips += [*colon_slips(line, match), *end_slips(line, match)]
        self._key_at = match.start("key")
        if value and TEXT_BLOCK.match(value):
            self._text_at = match.start("key")
        key = match["key"]
        parts = _NEXT_FIELD.split(value) if value[:1] not in {'"', "'"} else [value]
        if len(parts) > MAX_FIELDS:
            raise Unclear
        if len(parts) > 1:
            slips.append(
                slip_at(
                    line,
                    match.start("key"),
                    "commas",
                    "Plusieurs champs se suivent sur cette ligne.",
                )
            )
        self.fields.append(
            Field(line, column, key, parts[0], match.start("value"), dash, slips=slips)
        )
        for part in parts[1:]:
            key, _, value = part.partition(":")
            at = match.start("value")
            self.fields.append(Field(line, column, key.strip(), value.strip(), at))

    def _dash_slips(self, line: Line, match: re.Match[str]) -> list[Slip]:
        slips = space_slips(line, match)
        if not match["sign"]:
            reason = f"Il manque un tiret devant « {match['key']} », où commence une entrée."
            slips.append(slip_at(line, match.start("key"), "align", reason))
        else:
            slips += sign_slips(line, match)
        width = len(match["margin"])
        if not slips and width != self._dash_column:
            slips.append(slip_at(line, width, "align", misaligned(self._dash_column or 0)))
        return slips

    def _margin_slips(self, line: Line, match: re.Match[str]) -> list[Slip]:
        slips = space_slips(line, match)
        at = match.start("key")
        if not self._column and self._dash_column is not None:
            self._column = at if at > self._dash_column and not slips else self._dash_column + 2
        if match["sign"] and not slips:
            reason = f"Un tiret est de trop devant « {match['key']} »."
            slips.append(slip_at(line, match.start("sign"), "align", reason))
        elif at != self._column and not slips:
            slips.append(shifted(line, match, at - self._column))
        return slips

    def _bare(self, line: Line, indent: int) -> None:
        """Read a line that is no field: an item, a field without its colon, the rest of a text."""
        text = line.text.strip()
        last = self.fields[-1] if self.fields else None
        if self._block and indent >= self._block_at and text.startswith("-"):
            self._keep(line, indent + self._moved)
        elif match := _NO_COLON.match(line.text):
            reason = f"Il manque « : » après « {match['key']} »."
            slip = slip_at(line, match.end("key"), "colon", reason)
            value = line.text[match.end() :].strip()
            made = Field(line, self._column, match["key"], value, match.end(), slips=[slip])
            if not self.fields and self._dash_column is not None:
                made.dash = "- "
            self.fields.append(made)
        elif last and last.key in PROSE and last.value and any(map(str.isalnum, text)):
            last.broken = last.broken or indent <= self._key_at
            last.more.append(text)
        elif last:
            reason = f"Cette ligne n’est pas un champ : {quoted(text)}."
            self.strays.append(slip_at(line, indent, "stray", reason))
        elif text == "-" and not self.fields and self._dash_column is not None:
            self._lone_dash(line, indent)
        else:
            raise Unclear

    def _lone_dash(self, line: Line, indent: int) -> None:
        """Read a dash that stands alone above the fields of its entry."""
        due = self._dash_column or 0
        self._keep(line, due)
        self._column = 0  # the first field tells
        if indent != due:
            self.fields[0].slips.append(slip_at(line, indent, "align", misaligned(due)))

    def _keep(self, line: Line, column: int) -> None:
        text = line.text.strip()
        self.fields.append(Field(line, max(column, 0), "", text, 0, verbatim=True))


def _mend_value(one: Field) -> None:
    if one.verbatim or TEXT_BLOCK.match(one.value):
        return
    if one.more:
        if one.broken or value_kind("\n    ".join([one.value, *one.more])) != "text":
            reason = f"La valeur de « {one.key} » continue sur la ligne suivante."
            one.slips.append(slip_at(one.line, one.value_at, "continued", reason))
        one.value = " ".join([one.value, *one.more])
    writing = written(one.key, one.value)
    if writing is None:
        raise Unclear
    if writing.reason:
        rule = "reserved-sign" if writing.reserved else "layout"
        one.slips.append(slip_at(one.line, one.value_at, "value", writing.reason, rule))
    one.value = writing.text
