"""Merging registers: whoever touches different companies, or different fields, never conflicts."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte.problems import InvalidInput, Unpublishable
from charte.register.lines import merge_lines
from charte.register.merging import Merged, Unmergeable, merge
from charte.register.pieces import NotInPieces
from charte.register.reading import read
from charte.register.sides import COMMENTS, Conflict

Entries = dict[str, dict[str, Any]]
MARKS = {"<<<<<<<", "=======", ">>>>>>>"}

BASE = """\
# Le registre.

edition: 2020-11-16

signatories:
  - name: Alan
    slug: alan
    listed: 2020-11-16

  # Écrit ainsi par la société.
  - name: LIFEN  # en capitales
    slug: lifen
    listed: '2020-11-16'

  - {name: Qare, slug: qare, listed: 2020-11-16}
# Fin.
"""


def _entry(slug: str, **fields: str) -> str:
    written = {"name": slug.capitalize(), "slug": slug, "listed": "2020-11-16"} | fields
    lines = [f"{key}: {value}" for key, value in written.items()]
    return "  - " + "\n    ".join(lines) + "\n"


def _merge(base: str, ours: str, theirs: str) -> Merged:
    return merge(base.encode(), ours.encode(), theirs.encode())


def _merged(ours: str, theirs: str, base: str = BASE) -> str:
    result = _merge(base, ours, theirs)
    assert result.conflicts == ()
    return result.text


def _value(text: str) -> Any:
    document, problems = read(text.encode(), "")
    assert problems == []
    return document.value


def _entries(text: str) -> Entries:
    return {entry["slug"]: entry for entry in _value(text)["signatories"]}


def _added(slug: str, base: str = BASE) -> str:
    """Add a company at the end, as most people do."""
    return base.replace("# Fin.", f"\n{_entry(slug)}# Fin.")


LIFEN_RENAMED = BASE.replace("LIFEN  #", "Lifen  #")
LIFEN_GROUPED = BASE.replace(
    "    listed: '2020-11-16'\n", "    listed: '2020-11-16'\n    group: AXA\n"
)
LIFEN_DELETED = BASE[: BASE.index("  # Écrit")] + BASE[BASE.index("  - {") :]


@pytest.mark.parametrize("changed", [LIFEN_RENAMED, LIFEN_GROUPED, LIFEN_DELETED, _added("zoe")])
def test_who_merges_nothing_changes_nothing(changed: str) -> None:
    assert _merged(changed, BASE) == changed
    assert _merged(BASE, changed) == changed
    assert _merged(changed, changed) == changed


def test_two_companies_added_at_the_same_place_are_both_kept() -> None:
    assert _merged(_added("zoe"), _added("medor")) == BASE.replace(
        "  - {", f"{_entry('medor')}\n  - {{"
    ).replace("# Fin.", f"\n{_entry('zoe')}# Fin.")


def test_what_they_add_first_is_parted_from_what_was_first() -> None:
    """The bytes of our first entry stay; the new one brings the blank line between them."""
    theirs = BASE.replace("  - name: Alan", f"{_entry('adista')}\n  - name: Alan")
    assert _merged(_added("zoe"), theirs) == _added("zoe", theirs)


def test_comments_come_and_go_with_the_entry_that_follows_them() -> None:
    theirs = BASE.replace("  - {", f"  # Nouveau.\n{_entry('medor')}\n  - {{")
    assert _merged(LIFEN_DELETED, theirs) == LIFEN_DELETED.replace(
        "  - {", f"  # Nouveau.\n{_entry('medor')}\n  - {{"
    )


def test_two_fields_of_one_entry_are_both_changed() -> None:
    text = _merged(LIFEN_RENAMED, LIFEN_GROUPED)
    assert text == LIFEN_GROUPED.replace("LIFEN  #", "Lifen  #")
    assert _merged(LIFEN_GROUPED, LIFEN_RENAMED) == text


def test_fields_that_share_a_line_are_merged_too() -> None:
    ours = BASE.replace("name: Qare", "name: QARE")
    theirs = BASE.replace("slug: qare,", "slug: qare, group: AXA,")
    assert _entries(_merged(ours, theirs))["qare"] == {
        "name": "QARE",
        "slug": "qare",
        "group": "AXA",
        "listed": "2020-11-16",
    }


def test_a_field_deleted_by_one_stays_deleted() -> None:
    base = LIFEN_GROUPED
    assert _merged(LIFEN_GROUPED.replace("LIFEN", "Lifen"), BASE, base) == LIFEN_RENAMED


def test_a_new_address_and_a_new_name_meet() -> None:
    """The entry is followed by its former identifier."""
    moved = BASE.replace("slug: lifen\n", "slug: lifen-sante\n    former_slugs: [lifen]\n")
    for text in (_merged(LIFEN_RENAMED, moved), _merged(moved, LIFEN_RENAMED)):
        assert _value(text) == _value(moved.replace("LIFEN  #", "Lifen  #"))


def test_spelling_never_conflicts() -> None:
    ours, theirs = (BASE.replace("'2020-11-16'", day) for day in ('"2020-11-16"', "2020-11-16"))
    assert _merged(ours, theirs) == ours


def test_another_spelling_with_a_comment_is_taken_for_the_comment() -> None:
    plain, explained = '"2020-11-16"', "2020-11-16 # sûr"
    ours, theirs = (BASE.replace("'2020-11-16'", day) for day in (plain, explained))
    assert _merged(ours, theirs) == theirs
    assert _merged(theirs, ours) == theirs


def test_two_comments_beside_one_field_are_a_conflict() -> None:
    ours, theirs = (
        BASE.replace("slug: lifen", f"slug: lifen  {note}") for note in ("# dossier 12", "# relu")
    )
    result = _merge(BASE, ours, theirs)
    assert result.conflicts == (
        Conflict(
            "lifen", "slug", "slug: lifen", "slug: lifen  # dossier 12", "slug: lifen  # relu"
        ),
    )
    assert "# dossier 12" in result.text
    assert "# relu" in result.text


def test_a_comment_below_the_fields_comes_with_its_entry() -> None:
    zoe = _entry("alma") + "    # website: https://alma.fr, à confirmer\n"
    theirs = BASE.replace("  - name: Alan", f"{zoe}\n  - name: Alan")
    assert _merged(_added("zoe"), theirs) == _added("zoe", theirs).replace(
        f"{zoe}\n  - name: Alan\n    slug: alan\n    listed: 2020-11-16\n",
        f"  - name: Alan\n    slug: alan\n    listed: 2020-11-16\n\n{zoe}",
    )


def test_two_comments_above_one_entry_are_a_conflict_in_which_both_stand() -> None:
    ours, theirs = (BASE.replace("# Écrit ainsi", f"# Écrit {how}") for how in ("seul", "fort"))
    result = _merge(BASE, ours, theirs)
    entry = "  - name: LIFEN  # en capitales\n    slug: lifen\n    listed: '2020-11-16'\n"
    assert result.conflicts == (
        Conflict(
            "lifen",
            COMMENTS,
            *(f"# Écrit {how} par la société." for how in ("ainsi", "seul", "fort")),
        ),
    )
    assert result.text == BASE.replace(
        f"  # Écrit ainsi par la société.\n{entry}",
        f"<<<<<<< ours\n  # Écrit seul par la société.\n{entry}"
        f"=======\n  # Écrit fort par la société.\n{entry}>>>>>>> theirs\n",
    )


def test_what_would_lose_a_comment_is_not_merged_by_entry() -> None:
    """Deleted by us, while they explain it: to say so is for git's marks."""
    theirs = BASE.replace("# Écrit ainsi par la société.", "# À garder, dit la société.")
    with pytest.raises(Unmergeable, match="À garder"):
        _merge(BASE, LIFEN_DELETED, theirs)


def test_the_same_change_on_both_sides_is_one_change() -> None:
    ours, theirs = (_added("zoe", text) for text in (LIFEN_RENAMED, LIFEN_RENAMED + "# Ici.\n"))
    assert _merged(ours, theirs) == theirs


def test_the_later_edition_wins() -> None:
    ours, theirs = (
        _added(slug).replace("edition: 2020-11-16", f"edition: {day}")
        for slug, day in (("zoe", "2021-06-01"), ("medor", "2021-03-01"))
    )
    assert _value(_merged(ours, theirs))["edition"] == "2021-06-01"
    assert _value(_merged(theirs, ours))["edition"] == "2021-06-01"


def test_the_header_is_theirs_where_only_they_changed_it() -> None:
    theirs = BASE.replace("# Le registre.", "# Là.")
    assert _merged(_added("zoe"), theirs) == _added("zoe", theirs)


def test_lines_around_the_entries_are_merged_as_git_merges_lines() -> None:
    head = "# Un.\n#\n# Deux.\n#\n# Trois.\n"
    base = BASE.replace("# Le registre.\n", head)
    ours, theirs = (base.replace(old, new) for old, new in (("Un", "1"), ("Trois", "3")))
    merged = base.replace("Un", "1").replace("Trois", "3")
    assert _merged(ours, theirs, base) == merged
    assert _merged(_added("zoe", ours), theirs, base) == _added("zoe", merged)


@pytest.mark.parametrize("line", ["# Le registre.", "# Fin."])
def test_one_line_around_the_entries_changed_in_two_ways_is_a_conflict(line: str) -> None:
    ours, theirs = (BASE.replace(line, new) for new in ("# Ici.", "# Là."))
    result = _merge(BASE, ours, theirs)
    assert result.conflicts == (Conflict("", None, None, None, None),)
    assert result.text == BASE.replace(line, "<<<<<<< ours\n# Ici.\n=======\n# Là.\n>>>>>>> theirs")


def test_another_margin_and_other_line_ends_are_taken_as_ours() -> None:
    theirs = _added("zoe").replace("\n  ", "\n").replace("\n", "\r\n")
    assert _merged(LIFEN_RENAMED, theirs) == _added("zoe", LIFEN_RENAMED)


def test_a_file_without_a_last_line_end_is_merged() -> None:
    base = BASE.removesuffix("# Fin.\n").rstrip()
    ours, theirs = f"{base}\n\n{_entry('zoe')}", f"{base}\n\n{_entry('medor').rstrip()}"
    assert _entries(_merged(ours, theirs, base)) == _entries(_merged(theirs, ours, base))


@pytest.mark.parametrize("base", ["", "edition: 2020-11-16\nsignatories: []\n"])
def test_registers_that_begin_together_are_merged(base: str) -> None:
    head = "edition: 2020-11-16\nsignatories:\n"
    text = _merged(head + _entry("zoe"), head + _entry("alan"), base)
    assert text == f"{head}{_entry('alan')}\n{_entry('zoe')}"


def test_one_field_changed_in_two_ways_is_a_conflict_and_the_rest_is_merged() -> None:
    theirs = LIFEN_GROUPED.replace("LIFEN  #", "Life’n  #")
    result = _merge(BASE, _added("zoe", LIFEN_RENAMED), theirs)
    assert result.conflicts == (Conflict("lifen", "name", "LIFEN", "Lifen", "Life’n"),)
    fields = "    slug: lifen\n    listed: '2020-11-16'\n    group: AXA\n"
    assert result.text == _added("zoe").replace(
        "  - name: LIFEN  # en capitales\n    slug: lifen\n    listed: '2020-11-16'\n",
        f"<<<<<<< ours\n  - name: Lifen  # en capitales\n{fields}"
        f"=======\n  - name: Life’n  # en capitales\n{fields}>>>>>>> theirs\n",
    )


def test_one_field_added_in_two_ways_is_a_conflict() -> None:
    theirs = LIFEN_GROUPED.replace("AXA", "EIG")
    assert _merge(BASE, LIFEN_GROUPED, theirs).conflicts == (
        Conflict("lifen", "group", None, "AXA", "EIG"),
    )


def test_deleting_what_the_other_changes_is_a_conflict() -> None:
    entry = "- name: {}  # en capitales\n    slug: lifen\n    listed: '2020-11-16'"
    old, new = entry.format("LIFEN"), entry.format("Lifen")
    for ours, theirs, versions in [
        (LIFEN_DELETED, LIFEN_RENAMED, (old, None, new)),
        (LIFEN_RENAMED, LIFEN_DELETED, (old, new, None)),
    ]:
        result = _merge(BASE, ours, theirs)
        assert result.conflicts == (Conflict("lifen", None, *versions),)
        marks = [line for line in result.text.splitlines() if line[:7] in MARKS]
        assert marks == ["<<<<<<< ours", "=======", ">>>>>>> theirs"]


def test_one_company_added_in_two_ways_is_a_conflict_on_what_differs() -> None:
    theirs = _added("zoe").replace("name: Zoe", "name: ZOE")
    assert _merge(BASE, _added("zoe"), theirs).conflicts == (
        Conflict("zoe", "name", None, "Zoe", "ZOE"),
    )


def test_an_address_taken_by_two_companies_is_a_conflict() -> None:
    moved = BASE.replace("slug: lifen\n", "slug: zoe\n    former_slugs: [lifen]\n")
    for ours, theirs in ((_added("zoe"), moved), (moved, _added("zoe"))):
        assert [(one.slug, one.field) for one in _merge(BASE, ours, theirs).conflicts] == [
            ("zoe", None)
        ]


@pytest.mark.parametrize("side", ["base", "ours", "theirs"])
def test_a_version_that_does_not_read_is_named(side: str) -> None:
    versions = {"base": BASE, "ours": LIFEN_RENAMED, "theirs": LIFEN_GROUPED} | {side: "a: [b"}
    with pytest.raises(InvalidInput, match=rf"(?m)^{side}:\d"):
        _merge(**versions)


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        "signatories:\n- a\n",
        f"signatories:\n{_entry('a')}{_entry('a')}",
        "signatories: [{slug: a}]",
    ],
)
def test_a_version_whose_entries_cannot_be_told_apart_is_named(text: str) -> None:
    with pytest.raises(NotInPieces, match=r"^theirs"):
        _merge(BASE, LIFEN_RENAMED, text)


# Random registers. An edit is a new state of one entry; None where it is not there.

NAMES = st.sampled_from(["Alan", "Éole", '"A: #1"', "'l''été'", "zzz"])
FIELDS = {
    "group": st.sampled_from(["AXA", "EIG  # depuis", "|\n      AXA"]),
    "see_also": st.sampled_from(["[a, b]", "\n      - a\n      - b"]),
}
STATES = st.fixed_dictionaries({"name": NAMES}, optional=FIELDS)
LAYOUTS = st.sampled_from(["\n", "", "\n  # note\n"])


def _written(
    states: dict[str, dict[str, str] | None], gap: str, order: random.Random | None = None
) -> str:
    slugs = [slug for slug, state in states.items() if state is not None]
    if order:
        order.shuffle(slugs)
    entries = [_entry(slug, **(states[slug] or {})) for slug in slugs]
    return "edition: 2020-11-16\nsignatories:" + ("\n" + gap.join(entries) if entries else " []\n")


@st.composite
def _edits(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """Give a base, two versions that change different entries, and both changes together."""
    slugs = [f"s{number}" for number in range(8)]
    base = {slug: draw(st.none() | STATES) for slug in slugs}
    mine = {slug: draw(st.none() | STATES) for slug in slugs[:4] if draw(st.booleans())}
    other = {slug: draw(st.none() | STATES) for slug in slugs[4:] if draw(st.booleans())}
    gap, order = draw(LAYOUTS), draw(st.randoms(use_true_random=False))
    states = [base, base | mine, base | other, base | mine | other]
    old, ours, theirs, both = (_written(state, gap, order) for state in states)
    return old, ours, theirs, both


@settings(max_examples=150, deadline=None)
@given(_edits())
def test_edits_of_different_entries_are_all_kept_whoever_merges(
    edits: tuple[str, str, str, str],
) -> None:
    base, ours, theirs, both = edits
    assert _entries(_merged(ours, theirs, base)) == _entries(both)
    assert _entries(_merged(theirs, ours, base)) == _entries(both)


@settings(max_examples=100, deadline=None)
@given(STATES, STATES, STATES, LAYOUTS)
def test_edits_of_different_fields_of_one_entry_are_all_kept(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str], gap: str
) -> None:
    """We change the name, they change the rest."""
    mine = base | {"name": ours["name"]}
    other = theirs | {"name": base["name"]}
    both = theirs | {"name": ours["name"]}
    versions = [_written({"a": {}, "s": one}, gap) for one in (base, mine, other, both)]
    old, first, second, expected = versions
    assert _entries(_merged(first, second, old)) == _entries(expected)
    assert _entries(_merged(second, first, old)) == _entries(expected)


@settings(max_examples=100, deadline=None)
@given(_edits())
def test_merging_an_unchanged_version_gives_the_other(edits: tuple[str, str, str, str]) -> None:
    base, changed, _, _ = edits
    assert _merged(changed, base, base) == changed
    assert _merged(base, changed, base) == changed


def _proposal(number: int, text: str) -> str:
    """Add, rename or withdraw a company that no other proposal touches."""
    slug = f"s{number}"
    match number % 3:
        case 0:
            return f"{text}\n{_entry(f'neuf{number}')}"
        case 1:
            return text.replace(f"name: {slug.capitalize()}\n", f"name: Renommé {number}\n")
    withdrawn = "    withdrawn:\n      on: 2022-01-31\n      reason: retired\n"
    old = _entry(slug)
    return text.replace(old, old + withdrawn)


def test_of_200_proposals_in_random_order_none_is_lost() -> None:
    """Each was made from the register as it stood at some earlier moment."""
    order = random.Random(3)  # noqa: S311 - the same disorder each time
    start = "edition: 2020-11-16\nsignatories:\n" + "\n".join(
        _entry(f"s{n}") for n in range(200) if n % 3
    )
    proposals = list(range(200))
    order.shuffle(proposals)
    history = [start]
    for number in proposals:
        base = order.choice(history[-30:])
        history.append(_merged(history[-1], _proposal(number, base), base))
    expected = start
    for number in range(200):
        expected = _proposal(number, expected)
    assert _entries(history[-1]) == _entries(expected)
    assert len(_entries(expected)) == 200


# Whatever two people do to the lines: each new line holds a word that stands nowhere else.

RICH = """\
# Le registre.
# Son mode d’emploi.

edition: 2020-11-16  # la première

signatories:
  # Le premier.
  - name: Alan
    # Son adresse.
    slug: alan
    listed: 2020-11-16
    note: |-
      Un.
      Deux.
    actions:
      - date: 2021-03-15  # lu
        title: Une action
        url: https://a.example/
        commitment: etat-1
        # Fin de l’action.
    # Fin d’Alan.

  - {name: Qare, # entre accolades
     slug: qare, listed: 2020-11-16}
  - name: Zoé
    slug: zoe
    listed: 2020-11-16
# Fin.
"""


class _Hand:
    """One person, who changes lines; `words` are those that only their new lines hold."""

    def __init__(self, order: random.Random, who: str) -> None:
        self._order = order
        self._who = who
        self.words: list[str] = []

    def _word(self) -> str:
        self.words.append(f"{self._who}{len(self.words)}x")
        return self.words[-1]

    def edited(self, text: str) -> str:
        lines = text.splitlines()
        for _ in range(self._order.randint(1, 4)):
            self._edit(lines, self._order.randrange(len(lines)))
        return "\n".join(lines) + "\n"

    def _edit(self, lines: list[str], at: int) -> None:
        margin = " " * self._order.choice([0, 2, 4, 4, 6, 8])
        match self._order.randrange(6):
            case 0:
                lines.insert(at, f"{margin}# {self._word()}")
            case 1:
                lines[at] += f"  # {self._word()}"
            case 2:
                lines.insert(at, f"    group: {self._word()}")
            case 3:
                word = self._word()
                lines[at:at] = [f"  - name: {word}", f"    slug: {word}", "    listed: 2020-11-16"]
            case 4:
                lines[at] = f"{lines[at].rstrip()} {self._word()}"
            case 5 if len(lines) > 1:
                removed = lines.pop(at)
                self.words = [word for word in self.words if word not in removed]


def _whatever_happens(base: str, ours: str, theirs: str) -> str:
    """Merge as the command does: by entry, or else by line."""
    versions = [text.encode() for text in (base, ours, theirs)]
    try:
        return merge(*versions).text
    except Unpublishable:
        return merge_lines(*versions).content.decode()


@settings(max_examples=500, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_line_of_either_side_is_dropped(order: random.Random) -> None:
    mine, other = _Hand(order, "notre"), _Hand(order, "leur")
    text = _whatever_happens(RICH, mine.edited(RICH), other.edited(RICH))
    assert [word for word in [*mine.words, *other.words] if word not in text] == []
