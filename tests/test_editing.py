"""Edits of the register: what the file then says, and that no other byte of it has moved."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from difflib import SequenceMatcher, ndiff
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charte.french import sort_key
from charte.problems import InvalidInput
from charte.register import editing
from charte.register.renaming import rename
from charte.register.splicing import Uneditable
from handwritten import ACTIONS, DAYS, NAMES, NAUGHTY, WITHDRAWALS, Handwritten, registers, value_of

many = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+", text)


def _assert_inserted(old: list[str], new: list[str]) -> None:
    """Hold that lines were added in one place, and each old one kept with its end."""
    if old and not old[-1].endswith(
        "\n"
    ):  # only the last line of a file has no end, before as after
        assert not new[-1].endswith("\n")
        old, new = [line.rstrip("\r\n") for line in old], [line.rstrip("\r\n") for line in new]
    count = len(new) - len(old)
    assert any(old == [*new[:at], *new[at + count :]] for at in range(len(old) + 1))


def _around(file: Handwritten, index: int) -> tuple[list[str], list[str]]:
    """Give the lines above and below an entry, which an edit leaves alone."""
    first, last = file.entries[index]
    lines = _lines(file.text)
    while lines[last + 1 :] and not lines[last + 1].strip():
        last += 1  # a text kept with « + » owns the blank lines below it
    return lines[:first], lines[last + 1 :]


def _assert_only_entry(file: Handwritten, new: str, index: int) -> None:
    """Hold that all lines but those of one entry are what they were, and no comment is lost."""
    lines = _lines(new)
    above, below = _around(file, index)
    assert lines[: len(above)] == above
    assert lines[len(lines) - len(below) :] == below
    assert new.endswith("\n") == file.text.endswith("\n")
    _assert_comments(file, new)


def _assert_comments(file: Handwritten, new: str) -> None:
    for number in range(1, file.comments + 1):
        assert new.count(f"#c{number}.") == 1


@st.composite
def _a_choice(draw: Callable[[Any], Any]) -> tuple[Handwritten, int, str]:
    file = draw(registers())
    index = draw(st.integers(0, len(file.entries) - 1))
    return file, index, file.value["signatories"][index]["slug"]


@many
@given(registers(), NAMES, DAYS)
def test_an_added_entry_is_all_that_is_added(file: Handwritten, name: str, day: str) -> None:
    entry = {"listed": day, "slug": "nouveau", "name": name}
    new = editing.add(file.text, entry)
    before, after = file.value["signatories"], value_of(new)["signatories"]
    at = next(index for index, one in enumerate(after) if one["slug"] == "nouveau")
    assert after == [*before[:at], entry, *before[at:]]
    _assert_inserted(_lines(file.text), _lines(new))
    _assert_comments(file, new)
    if file.text.endswith("\n"):
        assert all(sort_key(one["name"]) <= sort_key(name) for one in before[:at])
        assert not before[at:] or sort_key(before[at]["name"]) > sort_key(name)


@many
@given(_a_choice(), NAMES)
def test_a_new_name_changes_the_entry_alone(
    choice: tuple[Handwritten, int, str], name: str
) -> None:
    file, index, slug = choice
    new = rename(file.text, slug, name)
    meant = deepcopy(file.value)
    meant["signatories"][index]["name"] = name
    assert value_of(new) == meant
    _assert_only_entry(file, new, index)


@many
@given(_a_choice(), NAMES, DAYS)
def test_a_name_given_up_on_a_day_is_kept_where_it_was_published(
    choice: tuple[Handwritten, int, str], name: str, day: str
) -> None:
    file, index, slug = choice
    meant = deepcopy(file.value)
    entry = meant["signatories"][index]
    former = entry.get("former_names", [])
    since = former[-1]["until"] if former else entry["listed"]
    if name != entry["name"] and day < since:
        with pytest.raises(Uneditable, match="précède"):
            rename(file.text, slug, name, until=day)
        return
    new = rename(file.text, slug, name, until=day)
    if name != entry["name"] and since < day:
        note = {"note": entry["note"]} if "note" in entry else {}
        entry["former_names"] = [*former, {"name": entry["name"], **note, "until": day}]
    entry["name"] = name
    assert value_of(new) == meant
    _assert_only_entry(file, new, index)


@many
@given(_a_choice(), st.none() | NAMES, st.sampled_from(["nouveau", "x-1", "x-2", "true"]))
def test_a_new_slug_changes_the_entry_and_the_slugs_that_refer_to_it(
    choice: tuple[Handwritten, int, str], name: str | None, slug: str
) -> None:
    file, index, old = choice
    new = rename(file.text, old, name, slug)
    meant = deepcopy(file.value)
    entry = meant["signatories"][index]
    former = entry.get("former_slugs", [])
    kept = [old if one == slug else one for one in former]
    entry |= {"slug": slug, "former_slugs": kept if slug in former else [*former, old]}
    entry |= {} if name is None else {"name": name}
    for one in meant["signatories"]:
        if "see_also" in one:
            one["see_also"] = [slug if other == old else other for other in one["see_also"]]
        if one.get("withdrawn", {}).get("successor") == old:
            one["withdrawn"]["successor"] = slug
    assert value_of(new) == meant
    above, below = _around(file, index)
    before = _lines(file.text)
    entry_lines = range(len(above), len(before) - len(below))
    for tag, first, last, *_ in SequenceMatcher(
        None, before, _lines(new), autojunk=False
    ).get_opcodes():
        outside = [before[at] for at in range(first, last) if at not in entry_lines]
        assert tag == "equal" or not outside or old.strip() in "".join(outside)
        assert tag != "insert" or entry_lines.start <= first <= entry_lines.stop
    _assert_comments(file, new)


@many
@given(_a_choice(), WITHDRAWALS)
def test_a_withdrawal_changes_the_entry_alone(
    choice: tuple[Handwritten, int, str], withdrawn: dict[str, str]
) -> None:
    file, index, slug = choice
    meant = deepcopy(file.value)
    if "withdrawn" in meant["signatories"][index]:
        with pytest.raises(Uneditable, match="déjà retiré"):
            editing.withdraw(file.text, slug, withdrawn)
        return
    meant["signatories"][index]["withdrawn"] = withdrawn
    new = editing.withdraw(file.text, slug, withdrawn)
    assert value_of(new) == meant
    _assert_only_entry(file, new, index)


@many
@given(_a_choice(), ACTIONS)
def test_an_action_changes_the_entry_alone(
    choice: tuple[Handwritten, int, str], action: dict[str, str]
) -> None:
    file, index, slug = choice
    meant = deepcopy(file.value)
    meant["signatories"][index].setdefault("actions", []).append(action)
    new = editing.act(file.text, slug, action)
    assert value_of(new) == meant
    _assert_only_entry(file, new, index)


REGISTER = """\
edition: 2020-11-16  # la première

signatories:
  # Un commentaire.
  -   name: "Horizon"
      slug: horizon
      listed: 2020-11-16
      former_slugs: [aube]   # avant 2019

  # Le plus ancien.
  - {name: Sillage, slug: sillage, # voir la note
     listed: 2020-11-16, see_also: [horizon]}
# Fin.
"""


def _added(before: str, after: str) -> list[str]:
    """Give the lines that only one of two texts has, signed, in the order of the file."""
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_an_entry_goes_where_its_name_sorts_with_the_blank_lines_of_its_neighbours() -> None:
    new = editing.add(REGISTER, {"slug": "ile", "name": "Île : é", "listed": "2020-11-16"})
    head, tail = REGISTER.split("  # Le plus ancien.")
    entry = '  -   name: "Île : é"\n      slug: ile\n      listed: 2020-11-16\n\n'
    assert new == f"{head}{entry}  # Le plus ancien.{tail}"


def test_the_last_entry_stands_before_the_comments_at_the_end() -> None:
    new = editing.add(REGISTER, {"name": "Zénith", "slug": "zenith"})
    assert new.endswith("see_also: [horizon]}\n\n  -   name: Zénith\n      slug: zenith\n# Fin.\n")


def test_comments_below_the_fields_of_an_entry_stay_with_it() -> None:
    noted = REGISTER.replace("[horizon]}\n", "[horizon]}\n    # De Sillage.\n").replace(
        "# avant 2019\n", "# avant 2019\n      # D’Horizon.\n"
    )
    for name, above in (("Île", "D’Horizon"), ("Zénith", "De Sillage")):
        new = editing.add(noted, {"name": name, "slug": "nouveau"})
        assert re.search(rf"# {above}\.\n\n  -   name: {name}\n", new)


def test_the_first_entry_of_all_opens_the_list() -> None:
    new = editing.add("edition: x\nsignatories: []  # personne\n", {"name": "A", "slug": "a"})
    assert value_of(new) == {"edition": "x", "signatories": [{"name": "A", "slug": "a"}]}
    assert "# personne" in new


def test_a_list_between_brackets_has_to_be_tidied_first() -> None:
    with pytest.raises(Uneditable, match="charte fmt"):
        editing.add("signatories: [{name: B, slug: b}]", {"name": "A", "slug": "a"})


def test_a_move_says_what_it_touches_and_nothing_else() -> None:
    new = rename(REGISTER, "horizon", "Horizons", "horizons")
    assert _added(REGISTER, new) == [
        '-   -   name: "Horizon"',
        "+   -   name: Horizons",
        "-       slug: horizon",
        "+       slug: horizons",
        "-       former_slugs: [aube]   # avant 2019",
        "+       former_slugs: [aube, horizon]   # avant 2019",
        "-      listed: 2020-11-16, see_also: [horizon]}",
        "+      listed: 2020-11-16, see_also: [horizons]}",
    ]


def test_a_former_address_can_become_the_address_again() -> None:
    new = rename(REGISTER, "horizon", None, "aube")
    assert value_of(new)["signatories"][0]["former_slugs"] == ["horizon"]


def test_an_entry_between_braces_becomes_a_block_when_it_grows() -> None:
    new = editing.withdraw(REGISTER, "sillage", {"on": "2021-06-30", "reason": "retired"})
    assert new.endswith(
        "  # Le plus ancien.\n"
        "  -   name: Sillage\n"
        "      slug: sillage  # voir la note\n"
        "      listed: 2020-11-16\n"
        "      see_also: [horizon]\n"
        "      withdrawn:\n"
        "        on: 2021-06-30\n"
        "        reason: retired\n"
        "# Fin.\n"
    )


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_name_is_written_so_that_it_reads_back(name: str) -> None:
    for slug in ("horizon", "sillage"):  # in a block and between braces
        new = rename(REGISTER, slug, name)
        assert name in [entry["name"] for entry in value_of(new)["signatories"]]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Éole & Cie", "Éole & Cie"),
        ("360", '"360"'),
        ("1e3", '"1e3"'),
        ("0o17", '"0o17"'),
        ("2020-11-16", '"2020-11-16"'),
        ("12:30", '"12:30"'),
        ("360 medical", "360 medical"),
        ("on", '"on"'),
        ("NO", '"NO"'),
        ("null", '"null"'),
        ("a #b", '"a #b"'),
    ],
)
def test_a_name_is_quoted_only_where_a_reader_of_yaml_needs_it(name: str, written: str) -> None:
    assert f"name: {written}\n" in rename(REGISTER, "horizon", name)


def test_an_unknown_slug_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(Uneditable, match="Vouliez-vous écrire « sillage »"):
        rename(REGISTER, "silage", "A")


def test_a_slug_is_made_from_the_name_and_never_taken_twice() -> None:
    assert editing.make_slug(REGISTER, "Éole & Cie") == "eole-cie"
    assert editing.make_slug(REGISTER, "HORIZON") == "horizon-2"
    assert editing.make_slug(REGISTER, "Aube") == "aube-2"  # a former slug, which redirects
    assert editing.make_slug(REGISTER, "Index") == "index-2"
    assert len(editing.make_slug(REGISTER, "a" * 200)) == 100


def test_a_name_without_letters_makes_no_slug() -> None:
    with pytest.raises(Uneditable, match="--slug"):
        editing.make_slug(REGISTER, "!!!")


def test_a_file_that_cannot_be_read_is_refused_with_its_problems() -> None:
    with pytest.raises(InvalidInput, match="figure deux fois"):
        rename("signatories:\n- name: A\n  slug: a\n  slug: a\n", "a", "B")
