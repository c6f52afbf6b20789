"""YAML from strangers: what is read, where it stands, and what is refused before it does harm."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte.problems import Problem
from charte.register.document import Document
from charte.register.reading import read
from charte.register.source import MAX_PROBLEMS, Mark
from pace import within


def _read(text: str) -> tuple[Document, list[Problem]]:
    return read(text.encode(), "file.yaml")


def _value(text: str) -> Any:
    document, problems = _read(text)
    assert problems == []
    return document.value


def _places(text: str) -> list[tuple[int, int]]:
    return [(problem.line, problem.column) for problem in _read(text)[1]]


@pytest.mark.parametrize(
    "scalar",
    ["NO", "true", "null", "~", "12:30", "01234567", "1_000", "0x1F", "2020-11-16", ".inf"],
)
def test_every_scalar_is_text_as_written(scalar: str) -> None:
    assert _value(f"- {scalar}") == [scalar]


def test_an_empty_value_is_an_empty_text() -> None:
    assert _value("note:\nname: A") == {"note": "", "name": "A"}


def test_a_merge_key_is_a_field_like_others() -> None:
    assert _value("<<: {name: A}") == {"<<": {"name": "A"}}


def test_places_of_values_and_of_fields_count_from_one() -> None:
    document, _ = _read("# comment\nlist:\n  - name: Éole\n    tags: [a, b]\n")
    assert document.places == {
        (): (2, 1),
        ("list",): (3, 3),
        ("list", 0): (3, 5),
        ("list", 0, "name"): (3, 11),
        ("list", 0, "tags"): (4, 11),
        ("list", 0, "tags", 0): (4, 12),
        ("list", 0, "tags", 1): (4, 15),
    }
    assert document.keys == {
        ("list",): (2, 1),
        ("list", 0, "name"): (3, 5),
        ("list", 0, "tags"): (4, 5),
    }


def test_what_is_not_there_has_the_place_of_what_should_hold_it() -> None:
    document, _ = _read("\nlist:\n  - name: A\n")
    assert document.place(("list", 0, "slug")) == Mark(3, 5)
    assert Document(None).place(("list",)) == Mark(1, 1)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("a: b\n\n# comment\n", 1),
        ("a:\n", 1),
        ("a: |\n  b\n  c\n\n\n", 3),
        ("a: >-\n  b", 2),
        ("a: 'b\n  c'\n", 2),
        ("a: [b,\n  c\n  ]\n", 3),
        ("{a: b,\n\n}\n", 3),
    ],
)
def test_a_block_ends_with_its_last_written_line(text: str, last: int) -> None:
    assert _read(text)[0].last_lines[()] == last


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_editors_end_them(end: str) -> None:
    assert _places(end.join(["a: 1", "b: 2", "b: 3", "c: \u202e"])) == [(4, 4), (3, 1)]


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029"])
def test_an_odd_line_end_is_a_problem_and_counts_no_line(odd: str) -> None:
    """YAML 1.1 ends a line at these, editors do not: the lines named must be those shown."""
    assert _places(f"a: 1{odd}\nb: 2\nb: 3") == [(1, 5), (3, 1)]


HOSTILE = {
    "brackets": b"[" * 100_000,
    "braces": b"{a: " * 100_000,
    "dashes": b"- " * 100_000,
    "question marks": b"? " * 100_000,
    "nested fields": b"\n".join(b" " * depth + b"a:" for depth in range(1000)),
    "alias bomb": b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*a, *a]\n" % (c, c) for c in b"bcdefgh"),
    "alias of nothing": b"a: *b",
    "alias as a field": b"*a : b",
    "merge key bomb": b"a: &a {x: y}\nb: {<<: [*a, *a]}",
    "anchor": b"a: &b c",
    "anchor on a field": b"&a b: c",
    "Python object": b"!!python/object/apply:os.system [ls]",
    "tag": b"a: !!str b",
    "tag without name": b"a: ! b",
    "tag of a nought": b"a: !<%00> b",
    "tag that is no text": b"a: !%ed%a0%80 b",
    "tag directive that is no text": b"%TAG !e! %ed%a0%80\n--- !e!a b",
    "unknown directive version": b"%YAML 9.9\n---\na: b",
    "two equal directives": b"%YAML 1.1\n%YAML 1.1\n---\na: b",
    "block as a field": b"? [a]\n: b\n? [a]\n: c",
    "two empty fields": b"? \n: b\n? \n: c",
    "second document": b"a: b\n---\nc: d",
    "document ends alone": b"...\n...\n",
    "50 MB": b"a" * 50_000_000,
    "binary": bytes(range(256)),
    "nought": b"\0",
    "byte order mark": b"\xef\xbb\xbfa: b",
    "UTF-16": "a: é".encode("utf-16"),
    "UTF-16 without mark": ("a: b\n" * 100_000).encode("utf-16-le"),
    "Latin-1": "a: é".encode("latin-1"),
    "half a surrogate": b"a: \xed\xa0\x80",
    "half a surrogate in code": b'a: "\\ud800"',
    "number beyond Unicode in code": b'a: "\\Uffffffff"',
    "bidirectional control": "a: \u202eb".encode(),
    "bidirectional control in code": b'a: "\\u202eb"',
    "bidirectional control in a comment": "a: b  # \u2066".encode(),
    "bidirectional controls in great number": ("\u202e" * 2_000_000).encode(),
    "control character": b"a: \x1bb",
    "noncharacter": "a: \uffff".encode(),
    "soft hyphen": "a: b\u00adc".encode(),
    "letter of a tag, without ink": "a: b\U000e0041".encode(),
    "tab as indentation": b"a:\n\tb: c",
    "conflict": b"<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> other\n",
    "field twice": b"a: b\na: c",
    "field two hundred thousand times": b"a: b\n" * 200_000,
    "empty": b"",
    "only spaces": b"  \n \n",
    "only comments": b"# a\n# b\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_explained_within_a_second(data: bytes) -> None:
    with within(1):
        _, problems = read(data, "file.yaml")
    assert 1 <= len(problems) <= MAX_PROBLEMS + 1
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a: b\r\nc: d\xe9", (2, 5)),
        (b"a: b\rc: d\xe9", (2, 5)),
        ("é: d".encode() + b"\xe9", (1, 5)),
    ],
)
def test_an_unreadable_byte_is_found(data: bytes, place: tuple[int, int]) -> None:
    [problem] = read(data, "file.yaml")[1]
    assert (problem.line, problem.column) == place


def test_a_byte_order_mark_is_called_by_the_name_that_editors_give_it() -> None:
    [problem] = read(b"\xef\xbb\xbfa: b", "file.yaml")[1]
    assert problem.remedy == "Enregistrez-le en « UTF-8 », et non en « UTF-8 avec BOM »."


def test_what_stands_around_an_unreadable_character_is_read() -> None:
    document, [problem] = _read("a: b\0c\nd: e\n")
    assert document.value == {"a": "bc", "d": "e"}
    assert (problem.line, problem.column) == (1, 5)


def test_each_line_with_an_invisible_character_is_named_once() -> None:
    assert _places("a: \u200bb\u200b\nc: d\ne: f\u200b") == [(1, 4), (3, 5)]


def test_no_character_is_dropped_in_silence() -> None:
    """What YAML refuses to read is named as a problem; the rest is read as it is."""
    for code in range(sys.maxunicode + 1):
        if 0xD800 <= code <= 0xDFFF or chr(code) in "\t\n\r '":  # no text; YAML's own
            continue
        if code < 0x3000 or code % 0x100 >= 0xFC or 0xE0000 <= code < 0xE0100:
            document, problems = _read(f"'{chr(code)}'")
            assert problems or document.value == chr(code)


def test_a_message_quotes_on_one_line_and_not_for_ever() -> None:
    """A log reads lines that begin with « :: » as orders, and a field's name may hold lines."""
    field = '"a\\n::error::b' + "c" * 100 + '"'
    [problem] = _read(f"{{? {field} : 1, ? {field} : 2}}")[1]
    assert problem.reason == (
        f"Le champ « a ::error::b{'c' * 48}… » figure deux fois dans cette entrée (déjà ligne 1)."
    )


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    document, problems = read(data, "file.yaml")
    assert problems or document.value is not None


_pieces = st.sampled_from(
    [*"[]{},:?-&*!|>'\"%@`#~ \t\n\r\\", "\n  ", "---", "...", ": ", "- ", "? ", "<<: ", "%YAML 1.1",
     "%TAG ! a", "!!str", "!<%ff>", "\\x00", "\\ud800", "\x85", "\u2028", "\ufeff", "é", "a"]
)  # fmt: skip


@given(st.lists(_pieces | st.text(max_size=3), max_size=40).map("".join))
def test_no_text_raises(text: str) -> None:
    document, problems = _read(text)
    assert problems or document.value is not None


_BROKEN = "signatories:\n  - name: A\n    slug: a\n\n  - {B, b-c\n\n  - name: C\n"


def test_what_could_not_be_read_is_known_by_its_lines_and_words() -> None:
    document, _ = _read(_BROKEN)
    assert not document.refused
    assert document.unread == ((5, 5),)
    assert document.unread_words == {"B", "b-c"}


def test_a_refused_file_is_unread_as_a_whole() -> None:
    document, _ = _read("a: b\n---\nc: d-e\n")
    assert document.refused
    assert document.unread == ((1, 3),)


def test_a_file_that_can_be_read_leaves_nothing_unread() -> None:
    document, _ = _read("signatories: []\n")
    assert (document.refused, document.unread, document.unread_words) == (False, (), frozenset())


def test_no_entry_with_a_strange_field_is_left_out_without_a_word() -> None:
    entry = '  - "name": "A"\n    "<b> x": "A"\n'
    document, problems = read(f"edition: 2020-11-16\nsignatories:\n{entry * 60}".encode(), "r.yaml")
    assert problems or len(document.value["signatories"]) == 60
