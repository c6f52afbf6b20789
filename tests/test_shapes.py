"""A file of any shape, from anybody: the check answers in words, and never with a traceback."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte.problems import READING, Problem
from charte.register.checking import check_register
from charte.register.model import BLOCKS, Register, Signatory

FIXTURE = Path(__file__).parent / "fixtures" / "naughty-strings.base64.json"
NAUGHTY = [base64.b64decode(text) for text in json.loads(FIXTURE.read_text())]

NO_REGISTERS = {
    "a word": b"bonjour",
    "a number": b"42",
    "a quotation": b'"x"',
    "null": b"null",
    "a tilde": b"~",
    "a list": b"- a\n- b\n",
    "a list between brackets": b"[a, [b]]",
    "an empty list": b"[]",
    "an empty block": b"{}",
    "other fields": b"a: b\nc: [d]\n",
    "a tag": b"!!map {a: b}",
    "a merge key": b"<<: {a: b}",
    "documents": b"a: b\n---\nc: d\n---\ne: f\n",
    "an end of document": b"...\n",
    "UTF-16": "edition: é\n".encode("utf-16"),
    "Latin-1": "edition: é\n".encode("latin-1"),
    "noughts": b"\0" * 100,
    "a page": b"<!DOCTYPE html>\n<p class='a: b'>\n",
    "a table": b"name;slug;listed\nA;a;2020-11-16\n",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "signatories as text": b"edition: 2020-11-16\nsignatories: bonjour\n",
    "signatories as a block": b"edition: 2020-11-16\nsignatories: {a: {name: b}}\n",
    "signatories as lists": b"edition: 2020-11-16\nsignatories: [[a], [], [[b]]]\n",
    "fields as lists": b"edition: [x]\nsignatories:\n  - name: [a]\n    slug: {b: c}\n",
}


def _problems(data: bytes) -> tuple[Problem, ...]:
    return check_register(data, "r.yaml", ("etat-1",), date(2026, 11, 25)).problems


@pytest.mark.parametrize("data", NO_REGISTERS.values(), ids=NO_REGISTERS.keys())
def test_what_is_no_register_is_said_to_be_none(data: bytes) -> None:
    problems = _problems(data)
    assert 1 <= len(problems) <= 10
    assert all(one.reason and one.remedy for one in problems)


def test_another_file_is_said_to_be_another_file() -> None:
    [problem] = _problems(NO_REGISTERS["a page"])
    assert problem.reason == (
        "Ce fichier est d’une autre sorte : aucune ligne n’y commence par « champ: »."
    )


@pytest.mark.parametrize("shape", ["{}", "- {}", "a: {}", "- name: {}", "signatories: {}"])
def test_naughty_strings_are_answered_wherever_they_stand(shape: str) -> None:
    before, after = shape.encode().split(b"{}")
    for text in NAUGHTY:
        assert _problems(before + text + after), text


_words = st.text(max_size=6) | st.sampled_from(
    [*Register.model_fields, *Signatory.model_fields, *BLOCKS, "on", "until", "2020-11-16", "a", ""]
)
_values: st.SearchStrategy[Any] = st.recursive(
    _words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_words, inner, max_size=5),
    max_leaves=25,
)
_entries = st.dictionaries(st.sampled_from([*Signatory.model_fields]), _values, max_size=8)


@given(_values | st.fixed_dictionaries({"edition": _values, "signatories": st.lists(_entries)}))
def test_any_value_is_a_register_or_answered(value: Any) -> None:
    check = check_register(json.dumps(value).encode(), "r.yaml", ("etat-1",), date(2026, 11, 25))
    assert check.problems or check.reading


@given(st.binary() | st.text().map(str.encode), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_bytes_are_answered(data: bytes, encoding: str) -> None:
    register = f"edition: 2020-11-16\nsignatories:\n  - name: {encoding}\n".encode(encoding)
    assert _problems(data)
    assert _problems(register + data)


def test_what_stops_the_reading_is_told_before_all_else() -> None:
    text = (
        "edition: x\nsignatories:\n  - name: A\n    slug: A\n\n"
        "  - name: & B\n    slug: b\n    listed: 2020-11-16\n"
    )
    rules = [one.rule in READING for one in _problems(text.encode())]
    assert rules == sorted(rules, reverse=True)
    assert rules[:2] == [True, False]
