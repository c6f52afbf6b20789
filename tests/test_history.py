"""What has become of the annex: its editions never change, and each change is told once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from charte.register.history import Change, Edition, Kind, changes, editions, first_slug
from charte.register.model import Action, FormerName, Register, Signatory, Withdrawal

FIRST = date(2020, 11, 16)
SECOND = date(2021, 5, 3)
THIRD = date(2022, 1, 31)
IDS = UUID("7f2b3c1e-5d0a-4f7e-9a86-2a1d1a9c6b10")


def signatory(name: str, listed: date = FIRST, **more: Any) -> Signatory:
    return Signatory(name=name, slug=slugify(name), listed=listed, **more)


def register(*signatories: Signatory) -> Register:
    return Register(edition=FIRST, signatories=signatories)


def annexes(*signatories: Signatory) -> dict[date, list[str]]:
    return {
        edition.day: [line.name for line in edition.lines]
        for edition in editions(register(*signatories))
    }


def told(*signatories: Signatory) -> list[tuple[Kind, date, str | None]]:
    return [
        (one.kind, one.day, one.signatory.name if one.signatory else None)
        for one in changes(register(*signatories), IDS)
    ]


LEFT = Withdrawal(on=SECOND, reason="retired")


def test_the_annex_of_one_day_has_one_edition() -> None:
    assert annexes(signatory("Sillage"), signatory("Éole")) == {FIRST: ["Éole", "Sillage"]}


def test_whoever_joins_makes_an_edition_and_leaves_the_one_before_alone() -> None:
    found = annexes(signatory("Sillage"), signatory("Éole", SECOND))
    assert found == {FIRST: ["Sillage"], SECOND: ["Éole", "Sillage"]}


def test_whoever_leaves_stands_in_the_editions_before() -> None:
    found = annexes(signatory("Sillage"), signatory("Éole", withdrawn=LEFT))
    assert found == {FIRST: ["Éole", "Sillage"], SECOND: ["Sillage"]}


def test_a_withdrawal_known_late_leaves_published_editions_alone() -> None:
    """The day of the withdrawal is one thing, the edition that cites it no longer another."""
    late = Withdrawal(on=SECOND, reason="retired", unlisted=THIRD)
    found = annexes(signatory("Sillage"), signatory("Éole", withdrawn=late))
    assert found == {FIRST: ["Éole", "Sillage"], THIRD: ["Sillage"]}


def test_an_edition_keeps_the_name_and_the_note_with_which_it_was_published() -> None:
    renamed = signatory(
        "Éole", former_names=(FormerName(name="Zéphyr", note="et ses filiales", until=SECOND),)
    )
    first, second = editions(register(renamed))
    assert [(line.name, line.note) for line in first.lines] == [("Zéphyr", "et ses filiales")]
    assert [(line.name, line.note) for line in second.lines] == [("Éole", None)]


def test_an_edition_says_who_joined_and_who_left() -> None:
    _, second = editions(
        register(
            signatory("Sillage"), signatory("Éole", withdrawn=LEFT), signatory("Marée", SECOND)
        )
    )
    assert [line.name for line in second.joined] == ["Marée"]
    assert [line.name for line in second.left] == ["Éole"]


def test_an_edition_says_who_took_another_name_or_another_note() -> None:
    """Else nothing would say why it exists."""
    names = (FormerName(name="Zéphyr", until=SECOND), FormerName(name="Brise", until=THIRD))
    notes = (FormerName(name="Marée", note="et ses filiales", until=THIRD),)
    first, second, third = editions(
        register(
            signatory("Sillage"),
            signatory("Éole", former_names=names),
            signatory("Marée", former_names=notes),
        )
    )

    def told(edition: Edition) -> list[tuple[tuple[str, str | None], tuple[str, str | None]]]:
        return [(was[:2], now[:2]) for was, now in edition.changed]

    assert told(first) == []
    assert told(second) == [(("Zéphyr", None), ("Brise", None))]
    assert told(third) == [
        (("Brise", None), ("Éole", None)),
        (("Marée", "et ses filiales"), ("Marée", None)),
    ]


def test_who_left_on_the_day_it_came_has_been_in_no_edition() -> None:
    gone = Withdrawal(on=SECOND, reason="listed-by-mistake")
    assert annexes(signatory("Sillage"), signatory("Éole", SECOND, withdrawn=gone)) == {
        FIRST: ["Sillage"]
    }


def test_a_name_that_changed_after_the_withdrawal_makes_no_edition() -> None:
    former = FormerName(name="Zéphyr", until=THIRD)
    gone = signatory("Éole", withdrawn=LEFT, former_names=(former,))
    assert list(annexes(signatory("Sillage"), gone)) == [FIRST, SECOND]


def test_the_first_edition_is_one_change_whatever_the_number_of_its_signatories() -> None:
    assert told(signatory("Sillage"), signatory("Éole")) == [(Kind.OPENING, FIRST, None)]


def test_changes_are_told_newest_first_and_by_name_within_a_day() -> None:
    action = Action(
        date=THIRD, title="Interface", url="https://eole.example/", commitment="industriels-1"
    )
    found = told(
        signatory("Sillage", SECOND),
        signatory("Éole", actions=(action,)),
        signatory("Marée", SECOND),
        signatory("Brume", withdrawn=LEFT),
    )
    assert found == [
        (Kind.ACTION, THIRD, "Éole"),
        (Kind.ADDITION, SECOND, "Marée"),
        (Kind.ADDITION, SECOND, "Sillage"),
        (Kind.WITHDRAWAL, SECOND, "Brume"),
        (Kind.OPENING, FIRST, None),
    ]


def test_each_new_name_is_told_with_the_one_before() -> None:
    names = (FormerName(name="Zéphyr", until=SECOND), FormerName(name="Brise", until=THIRD))
    found = [one.renamed for one in changes(register(signatory("Éole", former_names=names)), IDS)]
    assert found == [("Brise", "Éole"), ("Zéphyr", "Brise"), None]


def test_a_note_that_changes_is_no_new_name() -> None:
    names = (FormerName(name="Éole", note="et ses filiales", until=SECOND),)
    assert told(signatory("Éole", former_names=names)) == [(Kind.OPENING, FIRST, None)]


def ids(found: tuple[Change, ...]) -> set[str]:
    return {str(one.id) for one in found}


def test_a_change_keeps_its_id_under_another_slug_and_another_name() -> None:
    before = signatory("Éole", SECOND)
    after = before.model_copy(
        update={
            "slug": "brise",
            "former_slugs": ("eole",),
            "name": "Brise",
            "former_names": (FormerName(name="Éole", until=THIRD),),
        }
    )
    assert first_slug(after) == before.slug
    kept = changes(register(signatory("Sillage"), before), IDS)
    assert ids(kept) < ids(changes(register(signatory("Sillage"), after), IDS))


def test_the_id_of_a_change_is_for_ever() -> None:
    """Subscribers would read the whole past again."""
    (opening,) = changes(register(signatory("Sillage")), IDS)
    assert str(opening.id) == "5c88a525-715c-552e-b971-5af7b7347d02"


def test_two_registers_share_no_id_of_a_change() -> None:
    """A company that signs two charters is told twice to who reads both."""
    here, there = signatory("Sillage"), signatory("Éole", SECOND)
    one, other = (ids(changes(register(here, there), uuid4())) for _ in range(2))
    assert not one & other


days = st.integers(0, 900).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Signatory, ...]:
    """Draw signatories that came, took other names and left, in that order."""
    made = []
    for number in range(draw(st.integers(1, 6))):
        listed, *others = sorted(draw(st.sets(days, min_size=1, max_size=4)))
        leaves: bool = draw(st.booleans())
        end = others.pop() if others and leaves else None
        made.append(
            signatory(
                f"N{number}",
                listed,
                former_names=tuple(
                    FormerName(name=f"N{number} {until}", until=until) for until in others
                ),
                withdrawn=Withdrawal(on=end, reason="retired") if end else None,
            )
        )
    return tuple(made)


@given(histories(), histories())
def test_what_comes_later_alters_no_edition(
    before: tuple[Signatory, ...], added: tuple[Signatory, ...]
) -> None:
    """Whoever is listed after the last edition changes none of those that were published."""
    published = editions(register(*before))
    gap = published[-1].day - FIRST + timedelta(days=1)
    later = [
        one.model_copy(
            update={
                "slug": f"{one.slug}-later",
                "listed": one.listed + gap,
                "former_names": tuple(
                    name.model_copy(update={"until": name.until + gap}) for name in one.former_names
                ),
                "withdrawn": one.withdrawn
                and one.withdrawn.model_copy(update={"on": one.withdrawn.on + gap}),
            }
        )
        for one in added
    ]
    assert editions(register(*before, *later))[: len(published)] == published


@given(histories())
def test_editions_add_up(signatories: tuple[Signatory, ...]) -> None:
    """Each edition is the one before, plus who joined, less who left; the last is the present.

    None is without a reason to exist.
    """
    found = editions(register(*signatories))
    size = 0
    for edition in found:
        size += len(edition.joined) - len(edition.left)
        assert len(edition.lines) == size
        assert edition.joined or edition.left or edition.changed
    last = {line.name for line in found[-1].lines}
    assert last == {one.name for one in signatories if not one.withdrawn}


@given(histories(), st.randoms())
def test_the_order_of_the_file_does_not_show(
    signatories: tuple[Signatory, ...], random: Any
) -> None:
    shuffled = list(signatories)
    random.shuffle(shuffled)
    assert editions(register(*shuffled)) == editions(register(*signatories))
    assert changes(register(*shuffled), IDS) == changes(register(*signatories), IDS)


@given(histories())
def test_each_change_has_an_id_of_its_own(signatories: tuple[Signatory, ...]) -> None:
    found = changes(register(*signatories), IDS)
    assert len(ids(found)) == len(found)
