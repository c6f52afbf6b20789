"""The command on any terminal, pipe and disk: what can be shown is, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import ROOT
from charte.cli import main
from charte.problems import Problem
from charte.register.checking import read_register

REGISTER = """\
edition: 2020-11-16

signatories:
  - name: Témoin
    slug: temoin
    listed: 2020-11-16
"""
FAULTY = REGISTER + "\n  - name: Foo\n    slug: É\n    listed: 2020-11-20\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "signatories.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which `charte` is the command; bytes, since no encoding is sure."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", f'charte() {{ "$PYTHON" -m charte.cli "$@"; }}; {line}'],
        env={**os.environ, "PYTHON": sys.executable, **environment},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-8"])
@pytest.mark.parametrize(
    "words", ["check {}", "--help", "add --register {} Témoin --slug É", "rien"]
)
def test_what_a_terminal_cannot_show_is_replaced(encoding: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "signatories.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    done = shell(f"charte {words.format(path)} 2>&1", PYTHONIOENCODING=encoding)
    assert b"Traceback" not in done.stdout
    assert done.stdout.decode(encoding)


@pytest.mark.parametrize(
    "line",
    [
        *("charte --help >&-", "charte check {} >&-", "charte schema >&-", "charte rien 2>&-"),
        *("charte add --register {} <&-", "charte add --register {} A <&- >&- 2>&-"),
        *("charte schema >/dev/full", "charte --help >/dev/full", "charte check {} >/dev/full"),
        *("charte schema | true", "charte --help | head -1", "charte add --register {} </dev/null"),
    ],
)
def test_a_stream_that_is_closed_full_or_gone_ends_in_no_traceback(line: str, file: Path) -> None:
    done = shell(line.format(file))
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode in {0, 1, 2}


def test_a_full_disk_is_told() -> None:
    done = shell("charte schema >/dev/full")
    assert done.returncode == 1
    assert done.stderr.decode() == "La sortie n’a pas pu être écrite en entier.\n"


def test_a_reader_who_has_gone_is_no_mistake() -> None:
    assert shell("charte schema | true").stderr == b""


# The register is found


@pytest.mark.parametrize("below", [".", "data", "docs/charte"])
def test_the_register_is_looked_for_upwards(
    below: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "docs/charte").mkdir(parents=True)
    (tmp_path / "data/signatories.yaml").write_text(REGISTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path / below)
    for words in (["fmt", "--check"], ["add", "Éole", "--dry-run"]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
    result = CliRunner().invoke(main, ["withdraw", "Témoin", "--reason", "erreur"])
    assert result.exit_code == 0, result.output
    assert "listed-by-mistake" in (tmp_path / "data/signatories.yaml").read_text(encoding="utf-8")


def test_the_register_has_one_option_and_its_former_spelling(file: Path) -> None:
    for option in ("--register", "--file"):
        assert CliRunner().invoke(main, ["fmt", "--check", option, str(file)]).exit_code == 0
        assert CliRunner().invoke(main, ["check", option, str(file)]).exit_code == 0
    for name in ("add", "rename", "withdraw", "action", "fmt", "diff", "reconcile", "check"):
        shown = CliRunner().invoke(main, [name, "--help"]).output
        assert "--register FICHIER" in shown
        assert "--file" not in shown


def _takes_text(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and not param.is_flag and param.name != "file"


# Whatever is typed

NAMES = list(main.commands)
OPTIONS = sorted(
    {
        name
        for one in main.commands.values()
        for param in one.params
        for name in param.opts
        if name.startswith("-")
    }
)
WORDS = st.one_of(
    st.sampled_from(
        ["temoin", "Témoin", "2020-11-16", "hier", "fusion", "3", "oui", "--", "-", ""]
    ),
    st.sampled_from(OPTIONS),
    st.text(st.characters(codec=None), max_size=30),  # surrogates and controls too
    st.text("a\0\udce9 \u200b\n\"'é", max_size=12),
    st.integers(1, 4).map(lambda times: "x" * 10**times),
)
DOCUMENTS: Mapping[str, bytes] = {
    "sound": REGISTER.encode(),
    "faulty": FAULTY.encode(),
    "empty": b"",
    "nul": b"\0",
    "latin": "edition: é".encode("latin-1"),
    "utf-16": REGISTER.encode("utf-16"),
    "list": b"- a\n",
    "no list": b"edition: 2020-11-16\nsignatories: oui\n",
    "no entry": b"edition: 2020-11-16\nsignatories:\n  - oui\n  - name: [a]\n    slug: {a: b}\n",
    "word": b"bonjour",
    "number": b"42",
    "documents": b"a: 1\n---\nb: 2\n",
    "tag": b"!!python/object/apply:os.system [exit]\n",
    "no former": REGISTER.encode()
    + b"    former_slugs: non\n    former_names: [a]\n    see_also: {}\n",
}


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["add", "rename", "withdraw", "action", "fmt", "completion", "schema", ""]),
    st.lists(WORDS, max_size=6),
    st.sampled_from(sorted(DOCUMENTS)),
    st.text(max_size=40),
)
def test_no_words_and_no_answers_end_in_a_traceback(
    tmp_path: Path, name: str, words: list[str], document: str, answers: str
) -> None:
    path = tmp_path / "signatories.yaml"
    path.write_bytes(DOCUMENTS[document])
    arguments = [*([name] if name else []), *words, *(["--register", str(path)] if name else [])]
    # A surrogate cannot be typed into a pipe; broken bytes can.
    typed = answers.encode("utf-8", "replace").replace(b"?", b"\xff")
    with chdir(tmp_path):  # after « -- », `--register` is a word, and the register is the one here
        result = CliRunner().invoke(main, arguments, input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info


@pytest.mark.parametrize(
    "words", [["check"], ["diff"], ["reconcile", "{}"], ["merge", "{}", "{}", "{}"]]
)
@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_no_document_ends_in_a_traceback(words: list[str], document: str, tmp_path: Path) -> None:
    path = tmp_path / "signatories.yaml"
    path.write_bytes(DOCUMENTS[document])
    arguments = [one.format(path) for one in words]
    if words[0] != "merge":
        arguments += ["--register", str(path)]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info


TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=40),
    st.text("éÉ-a1 :#'\"\\\n\t\u00a0\u200b&<>[]{}", max_size=20),
    st.sampled_from(["25/11/2021", "https://a.example.org/", "fusion", "temoin", "552100554", "3"]),
)
TEXT_OPTIONS = {
    name: [one.opts[0] for one in main.commands[name].params if _takes_text(one)]
    for name in ("add", "rename", "withdraw", "action")
}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.sampled_from(sorted(TEXT_OPTIONS)), st.sampled_from(["sound", "faulty"]))
def test_no_values_of_options_end_in_a_traceback_or_a_broken_register(
    tmp_path: Path, data: st.DataObject, name: str, document: str
) -> None:
    path = tmp_path / "signatories.yaml"
    path.write_bytes(DOCUMENTS[document])
    options = data.draw(st.lists(st.sampled_from(TEXT_OPTIONS[name]), unique=True))
    values = [data.draw(TEXTS) for _ in options]
    words = [f"{option}={value}" for option, value in zip(options, values, strict=True)]
    who = ["Éole"] if name == "add" and "--name" not in options else ["temoin"] * (name != "add")
    arguments = [name, *who, *words, "--register", str(path)]
    before = len(_errors(path))
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert len(_errors(path)) <= before
    if document == "sound":  # what an edit has written, check accepts
        assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 0
    if result.exit_code:
        assert path.read_bytes() == DOCUMENTS[document]


def _errors(path: Path) -> list[Problem]:
    return read_register(path.read_bytes(), "file", [f"industriels-{n}" for n in range(1, 7)])[1]


@pytest.mark.parametrize(
    "path", ["\0", "a\0b", "x" * 5000, "\udce9", "/dev/null", ".", "/", "a/b/c", "/dev/null/x"]
)
@pytest.mark.parametrize("name", ["add", "rename", "withdraw", "action", "fmt"])
def test_no_name_of_a_file_ends_in_a_traceback(
    name: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [name, "--register", path])
    assert isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code in {1, 2}
    assert result.stderr
