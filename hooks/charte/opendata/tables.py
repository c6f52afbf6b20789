"""Tables as CSV (RFC 4180), for data tools and for spreadsheets.

A spreadsheet takes a cell that starts with = + - @ for a formula and runs it, whoever wrote it.
Such cells are neutralised with an apostrophe, as « CSV Injection » of OWASP recommends, also where
spaces or quotes stand before the sign. A spreadsheet that takes another sign for the separator, as
Excel does with commas in France, sees cells where there are none, so an apostrophe stands after
every separator that a formula would follow, too, and every cell is quoted. A reader who wants the
exact text takes off the apostrophes that `exact` does; the JSON files hold it as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from charte.opendata.fields import Field

# The full-width signs are formulas too where East Asian text is typed. Spaces and quotes before
# the sign are let pass by one program or another, so none of them makes a cell safe.
_START = r"(?:^|(?<=[,;\t\r\n]))"
_FORMULA = r"(?=[\s'\"]*[=+\-@＝＋－＠])"
_SPACE = r"(?=[\s'\"]*[\t\r\n])"
_FAULT = re.compile(rf"^{_SPACE}|{_START}{_FORMULA}")
_MENDED = re.compile(rf"^'{_SPACE}|{_START}'{_FORMULA}")


def neutral(text: str) -> str:
    """Make a text no part of which a spreadsheet takes for a formula, whatever separates cells."""
    return _FAULT.sub("'", text)


def exact(cell: str) -> str:
    """Return the text of which `neutral` made a cell."""
    return _MENDED.sub("", cell)


def cells(record: Mapping[str, Any], columns: Iterable[Field]) -> list[str]:
    """Write a record's values as cells, empty where one is unknown."""
    return [
        neutral(field.shape.cell(record[field.name]))
        if field.shape.cell and field.name in record
        else ""
        for field in columns
    ]


def table(columns: Iterable[Field], rows: Iterable[list[str]]) -> bytes:
    """Write a table for data tools: UTF-8, commas, lines that end as RFC 4180 says."""
    return _written(columns, rows, ",").encode()


def excel_table(columns: Iterable[Field], rows: Iterable[list[str]]) -> bytes:
    """Write a table for a double click in France: a byte order mark, and semicolons.

    Excel takes a file without the mark for an old encoding, and in French a comma for a decimal.
    """
    return _written(columns, rows, ";").encode("utf-8-sig")


def _written(columns: Iterable[Field], rows: Iterable[list[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    text.write(f"{delimiter.join(field.name for field in columns)}\r\n")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()
