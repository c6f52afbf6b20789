"""Two revisions of the charter: a text that was published keeps its address and its words."""

from __future__ import annotations

from charte.problems import Severity
from charte.seals import text_problems

PRESENT, FORMER = "docs/charte/index.md", "docs/charte/2020-09-10/index.md"


def page(day: str, seal: str = "") -> str:
    return f"---\nsigned: {day}\n{f'seal: {seal}' if seal else ''}\n---\n# La charte\n"


PUBLISHED = {PRESENT: page("2020-09-10", "abc")}


def told(after: dict[str, str]) -> list[tuple[Severity, str]]:
    return [(one.severity, one.reason) for one in text_problems(PUBLISHED, after)]


def test_an_amendment_that_keeps_the_text_before_it_is_accepted() -> None:
    assert told({PRESENT: page("2023-06-01"), FORMER: PUBLISHED[PRESENT]}) == []
    assert told(PUBLISHED) == []


def test_a_text_that_is_no_longer_there_is_an_error() -> None:
    lost = [
        (
            Severity.ERROR,
            "Le texte de la charte du 2020-09-10 est publié à /charte/2020-09-10/, qui mourrait.",
        )
    ]
    assert told({PRESENT: page("2023-06-01")}) == lost
    assert told({}) == lost


def test_a_text_whose_words_change_is_a_warning() -> None:
    """A misprint of ours may be corrected; nothing else may."""
    changed = [
        (
            Severity.WARNING,
            "Les mots du texte de la charte du 2020-09-10, qui est publié, changent.",
        )
    ]
    assert told({PRESENT: page("2020-09-10", "def")}) == changed
    assert told({PRESENT: page("2020-09-10")}) == changed


def test_what_was_published_before_there_were_days_asks_for_nothing() -> None:
    assert list(text_problems({PRESENT: "# La charte\n"}, {})) == []
