"""What changes is shown, and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charte.cli import main
from charte.commands.patches import Block, difference, kept_in_order, patch

ENTRY = "  - name: {}\n    slug: {}\n    listed: 2020-11-16\n"
HEAD = "edition: 2020-11-16\n\nsignatories:\n"


def register(names: list[str]) -> str:
    return HEAD + "\n".join(ENTRY.format(name, name.lower()) for name in names)


def test_an_edit_is_shown_with_three_lines_around() -> None:
    before = "".join(f"{number}\n" for number in range(1, 20))
    assert difference(before, before.replace("10\n", "dix\n"), "f") == (
        "--- f\n+++ f\n@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+dix\n 11\n 12\n 13\n"
    )


def test_what_is_the_same_is_not_shown() -> None:
    assert difference("a\nb\n", "a\r\nb", "f") == ""


LINES = st.lists(st.sampled_from(["", "a", "b", "  c", "d e"]), min_size=1, max_size=8)


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[Block], list[Block]]:
    """Draw blocks, and the same with some left out, changed and moved."""
    names = draw(st.lists(st.integers(0, 9), unique=True, min_size=1))
    before = [Block(name, tuple(draw(LINES))) for name in names]
    kept = draw(st.permutations(before))[: draw(st.integers(1, len(before)))]
    after = [one if draw(st.booleans()) else one._replace(lines=tuple(draw(LINES))) for one in kept]
    return before, after


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shuffled())
def test_a_patch_makes_one_text_of_the_other(
    tmp_path: Path, blocks: tuple[list[Block], list[Block]]
) -> None:
    """The oracle of a patch is the program that applies it."""
    before, after = ("".join(f"{line}\n" for one in side for line in one.lines) for side in blocks)
    file = tmp_path / "f"
    file.write_text(before, encoding="utf-8")
    made = patch(*blocks, "f")
    if not made:
        assert before == after
        return
    command = ["patch", "--quiet", "--posix", str(file)]
    subprocess.run(command, input=made, text=True, check=True, cwd=tmp_path)
    assert file.read_text(encoding="utf-8") == after


def test_the_fewest_names_are_moved() -> None:
    assert kept_in_order("abcdef", "fabcde") == set("abcde")
    assert kept_in_order("abc", "cba") in ({"a"}, {"b"}, {"c"})
    assert kept_in_order("", "") == set()


# charte fmt --check


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "signatories.yaml"


def checked(file: Path, text: str) -> tuple[str, str]:
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["fmt", "--check", "--register", str(file)])
    assert result.exit_code == 1
    return result.stdout, result.stderr


def test_only_the_entries_out_of_their_place_are_shown(file: Path) -> None:
    names = [f"{letter}{number}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY" for number in range(9)]
    shown, said = checked(file, register(["Zoé", *names, "Bise"]))
    assert said.splitlines()[0] == "2\u00a0entrées à ranger : Bise, Zoé."
    moved = [line for line in shown.splitlines() if line[:1] in "+-" and line[1:].strip()]
    assert len(moved) == 2 + 2 * 2 * 3  # the head, and each entry where it was and will be
    assert shown.count("@@") // 2 <= 4


def test_an_entry_that_is_written_otherwise_is_named(file: Path) -> None:
    text = register(["Alan", "Bise"]).replace("name: Alan", 'name:   "Alan"')
    shown, said = checked(file, text)
    assert said.splitlines()[0] == "1\u00a0entrée à ranger : Alan."
    assert '-  - name:   "Alan"\n+  - name: Alan\n' in shown


def test_a_long_list_of_entries_is_cut(file: Path) -> None:
    names = [f"N{number:03}" for number in range(60)]
    _, said = checked(file, register(names[::-1]))
    assert "59\u00a0entrées à ranger : " in said
    assert "et 39\u00a0autres." in said
    assert len(said.splitlines()[0]) < 300


def test_what_is_said_is_not_what_changes_when_it_is_tidied(file: Path) -> None:
    file.write_text(register(["Bise", "Alan"]), encoding="utf-8")
    result = CliRunner().invoke(main, ["fmt", "--register", str(file)])
    assert result.exit_code == 0
    assert file.read_text(encoding="utf-8") == register(["Alan", "Bise"])
