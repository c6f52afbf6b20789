"""A broken layout is read around, entry by entry, and its remedy, obeyed, is accepted.

What each natural mistake is answered is in cases/mistakes/; here is what is true of all of them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte.problems import READING, Problem
from charte.register.checking import check_register
from charte.register.document import Document
from charte.register.mending import mend
from charte.register.outline import text_of
from charte.register.reading import read
from handwritten import Handwritten, registers

HEAD = "edition: 2020-11-16\n\nsignatories:\n"
FIRST = "  - name: A\n    slug: a\n    listed: 2020-11-16\n\n"
LAST = "  - name: Z\n    slug: z\n    listed: 2020-11-16\n"


def _read(entry: str) -> tuple[Document, list[Problem]]:
    return read(f"{HEAD}{FIRST}{entry}\n{LAST}".encode(), "r.yaml")


def _told(entry: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.reason, one.remedy) for one in _read(entry)[1]]


def _names(document: Document) -> list[str]:
    entries = document.value["signatories"]
    return [entry["name"] for entry in entries if isinstance(entry, dict) and "name" in entry]


ENTRIES = {
    "a dash alone, out of its column": "   -\n    name: B\n    slug: b\n",
    "fields further in": "  -   name: & B\n      slug: b\n",
    "semicolons": "  - name: B; slug: b; listed: 2021-01-01\n",
    "a sign of equality": "  - name: B\n    slug = b\n",
    "numbers for dashes": "  1. name: B\n     slug: b\n",
    "two dashes": "  -- name: B\n    slug: b\n",
    "a message that is quoted": ">   - name: B\n>     slug: b\n",
    "numbers of lines": "12   - name: B\n13     slug: b\n",
    "neither dash nor margin": "name: B\nslug: b\n",
    "a brace left open": "  - {name: B, slug: b\n",
    "a bracket left open": "  - name: B\n    see_also: [a, z\n",
    "a lone word": "  - name: B\n    slug: b\n    fin\n",
    "an address alone": "  - name: B\n    website: https://b.fr\n    https://b.fr/b\n",
    "a line below a dash": "  - name: B\n    ---\n    slug: b\n",
    "blocks that move with their entry": (
        "- name: B\n  slug: b\n  former_names:\n    - name: Old\n      until: 2022-01-31\n"
    ),
    "a text over lines, in an entry that moves": (
        "   - name: B\n     slug: b\n     description: |\n"
        "       Un mot : deux\n       - name: piège\n"
    ),
    "a quotation over lines, beside a slip": (
        '  - name: B\n    slug:b\n    description: "Un texte\n      long"\n'
    ),
    "a field of a block further in": (
        "  - name: B\n    withdrawn:\n      on: 2021-01-01\n       reason: retired\n"
    ),
    "values of blocks": (
        "  - name: B\n    slug: b\n    actions:\n"
        "      - title: Un : deux\n        date: 2021-01-01\n"
    ),
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_what_is_clear_is_read_as_meant_and_told_once(entry: str) -> None:
    document, problems = _read(entry)
    assert _names(document) == ["A", "& B" if "& B" in entry else "B", "Z"]
    assert [one.rule in READING for one in problems] == [True]
    assert document.unread == ()


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_a_remedy_that_is_obeyed_is_accepted(entry: str) -> None:
    mended = mend(f"{HEAD}{FIRST}{entry}\n{LAST}", "r.yaml")
    assert read(text_of(mended.lines).encode(), "r.yaml")[1] == []


def test_what_is_not_clear_is_left_out_and_the_others_are_read() -> None:
    document, problems = _read('  - [name: B, "x" y\n    slug: b-c\n')
    assert _names(document) == ["A", "Z"]
    assert len(problems) == 1
    assert document.unread == ((8, 9),)
    assert "b-c" in document.unread_words


def test_a_head_without_its_list_or_its_space_is_completed() -> None:
    for head, line in (("edition:2020-11-16\n\nsignatories:\n", 1), ("edition: 2020-11-16\n\n", 3)):
        document, problems = read(f"{head}{FIRST}{LAST}".encode(), "r.yaml")
        assert _names(document) == ["A", "Z"]
        assert [one.line for one in problems] == [line]


def test_entries_below_an_empty_list_are_read() -> None:
    text = f"{HEAD}{FIRST}".replace("signatories:", "signatories: []")
    document, [problem] = read(text.encode(), "r.yaml")
    assert _names(document) == ["A"]
    assert problem.remedy == "Écrivez « signatories: »."


def test_a_cause_in_many_entries_is_told_once_with_how_many_they_are() -> None:
    tabs = "".join(f"\t- name: B{n}\n\t  slug: b{n}\n\n" for n in range(47))
    document, problems = _read(tabs)
    assert len(document.value["signatories"]) == 49
    [problem] = problems
    assert problem.line == 8
    assert problem.reason == (
        "Une tabulation décale cette ligne ; le registre n’emploie que des espaces. "
        "Il en va de même à 46 autres endroits (lignes 11, 14, 17, 20, 23…)."
    )


def test_beyond_a_hundred_broken_entries_the_rest_is_counted_and_not_read() -> None:
    broken = "".join(f"  - name: & B{n}\n    slug: b{n}\n\n" for n in range(147))
    document, problems = _read(broken)
    assert len(problems) == 100
    assert max(problems).reason.endswith(
        " Les 48 entrées qui suivent n’ont pas pu être lues : corrigez ceci d’abord."
    )
    assert document.unread[0] == (308, 309)
    assert "b146" in document.unread_words


def test_what_follows_the_stop_of_a_refused_file_is_counted() -> None:
    text = "edition: x\nsignatories: [\n  {name: A,, slug: a},\n  {name: B},\n  {name: C}]\n"
    document, [problem] = read(text.encode(), "r.yaml")
    assert document.refused
    assert problem.reason.endswith(
        " Les 2 entrées qui suivent n’ont pas pu être lues : corrigez ceci d’abord."
    )


def test_a_register_pasted_below_itself_is_told_once() -> None:
    text = f"{HEAD}{FIRST}{LAST}"
    document, [problem] = read(f"{text}\n{text}".encode(), "r.yaml")
    assert _names(document) == ["A", "Z"]
    assert problem.remedy == (
        "Supprimez les lignes 12 et 14 et gardez les entrées qui suivent, sauf celles (2) qui "
        "figurent déjà au-dessus."
    )


def test_places_are_those_of_the_lines_as_typed() -> None:
    document, _ = _read("\t- name: B\n\t  slug: É\n")
    assert document.place(("signatories", 1, "slug")) == (9, 10)


def test_a_reference_to_what_could_not_be_read_is_not_called_unknown() -> None:
    text = f"{HEAD}{FIRST}  - [b: {{\n    slug: b\n\n{LAST}    see_also: [b]\n"
    rules = {one.rule for one in check_register(text.encode(), "r.yaml", ()).problems}
    assert rules == {"layout"}


PUBLICATION = "publisher:\n  name: B\n  phone: x\ndirector: C\n"


@pytest.mark.parametrize(
    ("right", "slipped"),
    [("  name: B", "\tname: B"), ("name: B", "name:B"), ("phone", " phone"), ("B", "& B")],
)
def test_a_file_that_is_no_register_is_mended_as_well(right: str, slipped: str) -> None:
    text = PUBLICATION.replace(right, slipped)
    document, [problem] = read(text.encode(), "p.yaml")
    assert document.value["publisher"] == {"name": "B" if right != "B" else "& B", "phone": "x"}
    assert "signatories" not in problem.remedy


_SLIPS = ("\t", " ", "-", "*", "–", "\u00a0", '"', "'", ": ", ":", "#", "&", "{", "]", "\n", "+ ")


@st.composite
def _slipped(draw: st.DrawFn) -> str:
    """Draw a register in which a hand has slipped a few times."""
    register: Handwritten = draw(registers())
    text = register.text
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(_SLIPS)) + text[at + gone :]
    return text


@given(_slipped())
def test_no_slip_raises_or_is_told_outside_the_file(text: str) -> None:
    document, problems = read(text.encode(), "r.yaml")
    lines = len(text.split("\n")) + text.count("\r")
    assert problems or document.value is not None
    assert all(1 <= one.line <= lines and one.column >= 1 for one in problems)
    assert all(1 <= first <= last <= lines for first, last in document.unread)


_ENTRY = "  - name: B\n    slug: b\n    see_also: [a, z]\n    actions:\n      - title: C\n"


@pytest.mark.parametrize("slip", [*_SLIPS, "?", "@ "])
def test_a_slip_within_an_entry_hides_no_other(slip: str) -> None:
    """At its dash the entry may seem to be the rest of the one above; its own end is known."""
    for at in range(3, len(_ENTRY) - 1):
        for gone in range(3):
            text = _ENTRY[:at] + slip + _ENTRY[at + gone :]
            assert {"A", "Z"} <= set(_names(_read(text)[0])), text


@given(registers())
def test_a_register_without_a_slip_is_not_mended(register: Handwritten) -> None:
    assert read(register.text.encode(), "r.yaml")[1] == []
