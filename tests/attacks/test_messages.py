"""What is wrong, said in a stranger's words: to a terminal, a forge's log, an alert, a comment.

The runners are read as they read: GitHub's `ActionCommand` takes a line that starts with
`::name …::`, else the first `##[name …]` of it; Azure takes `##vso[`, TeamCity `##teamcity[`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from attacks import hostile
from attacks.payloads import ELSEWHERE, PAYLOADS, UNDRAWABLE
from charte.cli import main
from charte.problems import InvalidInput, Problem
from charte.register.differences import compare
from charte.register.model import Register
from charte.register.review import markdown
from charte.reporting import FORMATS
from charte.shown import shown

COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
# A command of GitHub's with its properties, and nothing of another in its message.
ANNOTATION = re.compile(
    r"::(?:error|warning|notice) (?:\w+=[^:,\r\n]*(?:,|(?=::)))*::(?:(?!##\w*\[)[^\r\n])*"
)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
ESCAPES = ("\x1b[2J\x1b[1;1H", "\u202e", "\u2028::error::A", "\x9b2J", "\x0c", "\r\x1b]0;A\x07")


def wrong(texts: Sequence[str]) -> str:
    """Return a register in which every name of a field and every value is a fault."""
    entries = (
        {
            **dict.fromkeys(("name", "slug", "listed", "website", "siren", "actions"), text),
            "see_also": [text],
            "former_slugs": [text],
            "note": f"{text} a@b.fr e\u0301\n::error::{text}",
            "withdrawn": {"reason": text, "on": text},
            f"{text} x": text,
        }
        for text in texts
    )
    lines = (
        "\n    ".join(f"{one(key)}: {one(value)}" for key, value in entry.items())
        for entry in entries
    )
    return "edition: 2020-11-16\nsignatories:\n" + "".join(f"  - {line}\n" for line in lines)


def one(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.fixture(scope="module", params=["payloads", "undrawable"])
def register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a register in which all is wrong, some of it with controls, and return its file."""
    texts = PAYLOADS if request.param == "payloads" else (*UNDRAWABLE, *FORGES)
    folder = tmp_path_factory.mktemp("wrong") / "data"
    folder.mkdir()
    file = folder / "signatories.yaml"
    file.write_text(wrong(texts), encoding="utf-8", newline="")
    return file


FORGES = ("::error::A", "##[add-mask]A", "##vso[task.complete]A", "%0A::error::A", " ::error::A")


def checked(file: Path, form: str) -> str:
    result = CliRunner().invoke(main, ["check", str(file), "--format", form])
    assert result.exit_code == 1, result.output
    return result.output


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_no_line_of_a_report_is_a_command(form: str, register: Path) -> None:
    said = checked(register, form)
    assert not COMMAND.search(said)
    assert not HIDDEN.search(said)


def test_every_annotation_is_one_command_on_one_line(register: Path) -> None:
    problems = json.loads(checked(register, "json"))["problems"]
    lines = checked(register, "github").splitlines()
    assert all(ANNOTATION.fullmatch(line) for line in lines)
    assert len(lines) >= min(len(problems), 100)


def test_an_alert_holds_no_link_and_nothing_to_fill_in(register: Path) -> None:
    """SARIF 2.1.0, 3.11.5 (placeholders) and 3.11.6 (embedded links)."""
    for result in json.loads(checked(register, "sarif"))["runs"][0]["results"]:
        text = result["message"]["text"]
        assert not re.search(r"(?<!\\)\[[^]]*\]\(", text)
        assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", ""))


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("form", ["text", "github"])
def test_a_terminal_is_commanded_by_no_line_that_is_shown(escape: str, form: str) -> None:
    source = f"a\nname: A{escape}B"
    problem = Problem("r.yaml", 2, 7, f"Le nom {escape} A", f"É{escape}crivez", "rule")
    said = FORMATS[form]([problem], {"r.yaml": source})
    assert not HIDDEN.search(said)
    assert not HIDDEN.search(str(InvalidInput([problem])))
    if form == "github":
        assert all(ANNOTATION.fullmatch(line) for line in said.split("\n"))
    else:
        assert not COMMAND.search(said)


def test_what_is_shown_keeps_its_length_and_all_that_does_no_harm() -> None:
    for text in (*PAYLOADS, *UNDRAWABLE, *ESCAPES):
        assert len(shown(text)) == len(text)
    kept = "L’« œuvre » : 1\u202f000\u00a0€, n° 2 – « A::B » #1 ## A [b] 医療 Ωд\n\té"
    assert shown(kept) == kept


GOOD = (
    "edition: 2020-11-16\n\nsignatories:\n"
    "  - name: Horizon Santé\n    slug: horizon-sante\n    listed: 2020-11-16\n"
)
COMMANDS = [
    ["check"],
    ["fmt", "--check"],
    ["fmt"],
    ["add", "Autre {}", "--dry-run"],
    ["rename", "horizon-sante", "Autre {}", "--until", "2021-01-31", "--dry-run"],
    ["withdraw", "horizon-sante {}", "--reason", "retired", "--on", "2021-01-31", "--dry-run"],
    ["merge", "data/signatories.yaml", "base.yaml", "theirs.yaml"],
    ["reconcile", "annexe.txt"],
]


@pytest.mark.parametrize(
    "evil", ["\x1b[2J", "\u202e", "\u2028::error::A", "##[error]A", "\n::error::A"]
)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_no_command_says_what_a_terminal_or_a_log_obeys(
    command: list[str], evil: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    text = one(f"A{evil}B")
    for value in (
        GOOD.replace("Horizon Santé", text),
        GOOD.replace("Horizon Santé", f"A{evil}B"),
        f"{GOOD}    description: {text}\n",
        f"{GOOD}    {text}: A\n",
    ):
        (tmp_path / "data/signatories.yaml").write_text(value, encoding="utf-8", newline="")
        (tmp_path / "base.yaml").write_text(GOOD, encoding="utf-8")
        (tmp_path / "theirs.yaml").write_text(value.replace("2020-11", "2020-12"), "utf-8")
        (tmp_path / "annexe.txt").write_text(f"– A{evil}B – Horizon Santé {evil}", "utf-8")
        words = [word.format(evil) for word in command]
        result = CliRunner().invoke(main, words)
        assert isinstance(result.exception, SystemExit | None), result.exception
        assert not HIDDEN.search(result.output)
        assert not COMMAND.search(result.output)


# --- What a proposal changes, in a comment of the forge --------------------------------------


class Elements(HTMLParser):
    """Gathers the elements of some HTML and the texts of its code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.code: list[str] = []
        self._within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs or ELSEWHERE not in str(attrs)
        self.tags.add(tag)
        self._within = tag
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser decides
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "code":
            self.code[-1] += data
        else:
            assert ELSEWHERE not in data
            assert "alert" not in data


def register_of(entries: list[dict[str, Any]]) -> Register:
    return Register.model_validate({"edition": hostile.PRINTED, "signatories": entries})


def test_a_proposal_is_told_with_every_word_of_its_author_as_code() -> None:
    before = hostile.entries([f"Société {rank}" for rank in range(len(PAYLOADS))], ["A"])
    after = hostile.entries(PAYLOADS, UNDRAWABLE)
    for was, now in (([], after), (before, after), (after, before), (after, [])):
        told = markdown(compare(register_of(was), register_of(now)))
        page = Elements(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(told))
        assert page.tags <= {"p", "ul", "li", "h2", "h3", "code", "strong", "em", "a"} | {
            *("table", "thead", "tbody", "tr", "th", "td", "hr", "br"),
        }
        assert not COMMAND.search(told)
        shown_texts = {" ".join(text.split()) for text in page.code}
        for entry in after:
            assert shown(f"- {' '.join(entry['name'].split())}")[2:] in shown_texts
