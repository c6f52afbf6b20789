"""Work has bounds: whatever a megabyte holds, an edit, a merge or a comparison answers soon.

Processor time is counted, not the clock: other work on the machine does not show.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from charte.cli import main
from pace import within

HEAD = "edition: 2020-11-16\nsignatories:\n"
PRINT = "(dernière mise à jour : 16/11/2020) :\n\n"


def _entry(name: str = "A", slug: str = "a", more: str = "") -> str:
    return f"  - name: {name}\n    slug: {slug}\n    listed: 2020-11-16\n{more}"


def _items(count: int, item: str) -> str:
    return "".join(item.format(number) for number in range(count))


SMALL = HEAD + _entry()
ACTION = (
    "      - {{date: 2021-01-01, title: t{0}, url: https://a.fr/{0}, commitment: etat-1}} # c{0}\n"
)
WORST = {
    "a bare word": "a" * 1_000_000,
    "a list between brackets": "[" + "a, " * 330_000 + "a]",
    "brackets that are not closed": "[" * 1_000_000,
    "comments in the header": "# x\n" * 95_000 + SMALL,
    "comments of every kind": "".join(f"# x{n}\n" for n in range(90_000)) + SMALL,
    "comments between entries": SMALL + "    # x\n" * 95_000 + _entry("B", "b"),
    "comments at the end": SMALL + "# x\n" * 95_000,
    "blank lines": SMALL + "\n" * 95_000 + _entry("B", "b"),
    "carriage returns": SMALL + "\r" * 95_000,
    "a text of blank lines": HEAD + _entry(more="    note: |+\n" + "\n" * 95_000),
    "actions with comments": HEAD + _entry(more="    actions:\n" + _items(1_000, ACTION)),
    "addresses": HEAD
    + _entry(more=f"    former_slugs: [{', '.join(f'x{n}' for n in range(999))}]\n"),
    "a long name": HEAD + _entry("A" * 1_000_000),
    "a name of accents": HEAD + _entry("e" + "\u0301\u0323" * 250_000),
    "signs of comments": HEAD + _entry(more="    note: '" + " #" * 500_000 + "'\n"),
    "quotes": HEAD + _entry(more="    note: '" + "''" * 500_000 + "'\n"),
    "fields": HEAD + _entry(more=_items(60_000, "    f{}: x\n")),
    "dashes": HEAD + "  -\n" * 250_000,
    "broken entries": HEAD + _items(20_000, "  - name: A{}\n   slug: a\n"),
    "names with one slug": HEAD
    + _items(500, "  - {{name: A{0}, slug: a-{0}, listed: 2020-11-16}}\n"),
}
COMMANDS = {
    "fmt": ["fmt", "--register", "it"],
    "fmt --check": ["fmt", "--check", "--register", "it"],
    "add": ["add", "--name", "B", "--register", "it"],
    "merge as ours": ["merge", "base", "it", "other"],
    "merge as theirs": ["merge", "base", "other", "it"],
    "merge as base": ["merge", "it", "base", "other"],
    "reconcile": ["reconcile", "print", "--register", "it"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.chdir(data)
    (data / "base").write_text(SMALL, encoding="utf-8")
    (data / "other").write_text(SMALL + _entry("Z", "z") + "# Fin.\n", encoding="utf-8")
    (data / "print").write_text(f"{PRINT}A – B\n", encoding="utf-8")
    return data


def _run(arguments: list[str]) -> None:
    """Run a command; hold that it answers within one second of processor time."""
    with within(1):
        result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert len(result.output) < 300_000


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("worst", WORST)
def test_a_megabyte_of_the_worst_takes_no_second(folder: Path, command: str, worst: str) -> None:
    content = WORST[worst].encode()
    (folder / "it").write_bytes(content[: 1024 * 1024])
    _run(COMMANDS[command])


def test_entries_with_other_comments_on_both_sides_take_no_second(folder: Path) -> None:
    for name, word in (("base", "x"), ("ours", "y"), ("theirs", "z")):
        entries = (f"  # {word}{n}\n{_entry(f'A{n}', f'a{n}')}" for n in range(1_500))
        (folder / name).write_text(HEAD + "".join(entries), encoding="utf-8")
    _run(["merge", "base", "ours", "theirs"])


def test_entries_added_on_both_sides_take_no_second(folder: Path) -> None:
    for name, letter in (("ours", "O"), ("theirs", "T")):
        entries = (_entry(f"{letter}{n}", f"{letter.lower()}{n}") for n in range(2_000))
        (folder / name).write_text(SMALL + "".join(entries), encoding="utf-8")
    _run(["merge", "base", "ours", "theirs"])


ANNEXES = {
    "hyphens": "a - " * 250_000,
    "separators": "– " * 300_000,
    "separators in brackets": "(" + "– " * 300_000,
    "brackets": "(" * 900_000,
    "names": " – ".join(f"N{n}" for n in range(30_000)),
    "lines": "\n".join(f"N{n}" for n in range(30_000)),
    "blank lines": "A" + "\n" * 900_000 + "B",
    "logos": "ENGAGÉ POUR LA E-SANTÉ " * 30_000,
    "headings": "Annexe - " * 90_000,
    "dates": "(dernière mise à jour : " * 30_000,
    "one word": "a" * 900_000,
    "accents": "e" + "\u0301\u0323" * 400_000,
    "known letters": "AB" * 400_000,
}


@pytest.mark.parametrize("annex", ANNEXES)
@pytest.mark.parametrize("known", [1, 1_000])
def test_an_annex_of_the_worst_takes_no_second(folder: Path, annex: str, known: int) -> None:
    entries = (_entry(f"A{n or ''}", f"a{n}") for n in range(known))
    (folder / "it").write_text(HEAD + "".join(entries), encoding="utf-8")
    (folder / "print").write_text(PRINT + ANNEXES[annex], encoding="utf-8")
    _run(COMMANDS["reconcile"])
