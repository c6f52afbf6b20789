"""Whatever the bytes of a file, the commands that edit, merge and compare answer in words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charte.cli import main

SOUND = b"edition: 2020-11-16\nsignatories:\n  - name: A\n    slug: a\n    listed: 2020-11-16\n"
DOCUMENTS = [
    *(b"", b"\n", b" ", b"#", b"bonjour", b"42", b'"x"', b"null", b"~", b"[]", b"{}", b"- a", b"-"),
    *(b"- - a\n", b"a: b: c", b"a: [b", b"? a\n: b\n", b"&a [*a]", b"!!python/none x", b"a\tb: c"),
    *(b"---\n---\n", b"...", b"%YAML 1.2\n---\na", b"<<<<<<< ours\n", b"a: |", b"'", b'"\\uD800"'),
    *(b"\x00", b"\xff\xfe", b"\x1b[31m", b"\xef\xbb\xbf" + SOUND, b"\xc3", b"\xed\xa0\x80"),
    *(SOUND.decode().encode("utf-16"), SOUND.decode().encode("utf-32"), "é: è".encode("latin-1")),
    *(SOUND * 2, SOUND.replace(b"\n", b"\r\n"), SOUND.replace(b"\n", b"\r"), SOUND.rstrip()),
    b"signatories: bonjour",
    b"signatories:\n",
    b"signatories: {}",
    b"edition:\nsignatories: []\n",
    b"edition: [2020]\nsignatories: [a, [b], {c: d}]\n",
    b"edition: {a: b}\nsignatories:\n  - name: [A]\n    slug: {a: b}\n    listed: []\n",
    b"signatories:\n  - {slug: a}\n  - {name: A}\n  - a\n  - [a]\n  - {}\n",
    b"signatories:\n  - name: A\n    slug: a\n    former_slugs: b\n    actions: {a: b}\n",
    b"signatories:\n  - name: A\n    slug: a\n    see_also: [[a]]\n    former_names: [a, {}]\n",
    b"signatories:\n  - name: A\n    slug: a\n    withdrawn: yes\n    actions: [a, [], {date: x}]",
    b"[signatories, edition]: x\n",
    b"{signatories: [{name: A, slug: a}], edition: x}",
]
COMMANDS = [
    ["fmt"],
    ["fmt", "--check"],
    ["add", "--name", "B"],
    ["add", "--name", "B", "--siren", "552100554", "--see-also", "a", "--dry-run"],
    ["rename", "a", "--name", "B", "--slug", "b"],
    ["withdraw", "a", "--on", "2022-01-31", "--reason", "merged", "--successor", "a"],
    ["action", "a", "--date", "2021-01-01", "--title", "T", "--url", "https://a.fr"],
]
WORDS = st.sampled_from(
    ["edition", "signatories", "name", "slug", "a", "2020-11-16", "listed", "former_slugs", "é"]
)
SIGNS = st.sampled_from([": ", "\n", "\n  ", "\n  - ", "- ", "[", "]", "{", "}", ", ", "#", " #"])
MORE_SIGNS = st.sampled_from(["'", '"', "|\n", "&", "*", "!", "\t", "\r\n", "\r", "---\n", "? "])
TEXTS = st.lists(WORDS | SIGNS | MORE_SIGNS | st.text(max_size=3), max_size=30).map("".join)
ANY = st.binary(max_size=40) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))

many = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def _run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(one) for one in arguments], input="")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code in {0, 1}
    assert result.exit_code == 0 or result.output.strip()
    return result


def _edit(folder: Path, command: list[str], content: bytes) -> None:
    """Edit a file of any content; a refusal leaves it as it is."""
    register = folder / "signatories.yaml"
    register.write_bytes(content)
    result = _run(*command, "--file", register)
    assert result.exit_code == 0 or register.read_bytes() == content
    assert [path.name for path in folder.iterdir()] == [register.name]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.chdir(tmp_path)
    return data


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_edit_of_any_document_is_made_or_refused_in_words(
    folder: Path, command: list[str]
) -> None:
    for content in DOCUMENTS:
        _edit(folder, command, content)


@many
@given(content=ANY, command=st.sampled_from(COMMANDS))
def test_an_edit_of_any_bytes_is_made_or_refused_in_words(
    folder: Path, content: bytes, command: list[str]
) -> None:
    _edit(folder, command, content)


def _merge(folder: Path, versions: list[bytes]) -> None:
    """Merge files of any content: each line that a side has added is in the result."""
    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path, content in zip(paths, versions, strict=True):
        path.write_bytes(content)
    result = _run("merge", *paths)
    merged = paths[1].read_bytes()
    if result.exit_code:
        base, *sides = (set(content.split(b"\n")) for content in versions)
        assert all(line.strip() in merged for side in sides for line in side - base)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_merge_of_any_documents_is_made(folder: Path, place: int) -> None:
    versions = [SOUND, SOUND + SOUND[34:].replace(b"a\n", b"b\n"), SOUND + b"# Fin.\n"]
    for content in DOCUMENTS:
        _merge(folder, [*versions[:place], content, *versions[place + 1 :]])


@many
@given(versions=st.lists(ANY | st.sampled_from(DOCUMENTS), min_size=3, max_size=3))
def test_a_merge_of_any_bytes_is_made(folder: Path, versions: list[bytes]) -> None:
    _merge(folder, versions)


@pytest.mark.parametrize("arguments", [[], ["--write"]])
def test_a_comparison_of_any_documents_is_made_or_refused_in_words(
    folder: Path, arguments: list[str]
) -> None:
    register, annex = folder / "signatories.yaml", folder / "annexe.txt"
    for content in DOCUMENTS:
        for pair in (
            (content, b"(derni\xc3\xa8re mise \xc3\xa0 jour : 1/3/2021) A"),
            (SOUND, content),
        ):
            register.write_bytes(pair[0])
            annex.write_bytes(pair[1])
            _run("reconcile", annex, "--register", register, *arguments)


@many
@given(content=ANY)
def test_a_comparison_with_any_bytes_is_made_or_refused_in_words(
    folder: Path, content: bytes
) -> None:
    register, annex = folder / "signatories.yaml", folder / "annexe.txt"
    register.write_bytes(SOUND)
    annex.write_bytes(content)
    _run("reconcile", annex, "--register", register)


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "nothing", "loop"])
def test_what_is_no_file_is_refused_in_words(folder: Path, kind: str) -> None:
    sound, odd = folder / "sound", folder / "odd"
    sound.write_bytes(SOUND)
    match kind:
        case "folder":
            odd.mkdir()
        case "pipe":
            os.mkfifo(odd)
        case "device":
            odd.symlink_to("/dev/zero")
        case "loop":
            odd.symlink_to(odd)
    for command in [*COMMANDS, ["reconcile", str(sound)]]:
        result = CliRunner().invoke(main, [*command, "--file", str(odd)], input="")
        assert isinstance(result.exception, SystemExit), command
    for arguments in (["merge", sound, odd, sound], ["reconcile", odd, "--register", sound]):
        result = CliRunner().invoke(main, [str(one) for one in arguments])
        assert isinstance(result.exception, SystemExit)
    assert sound.read_bytes() == SOUND
