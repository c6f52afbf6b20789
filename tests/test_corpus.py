"""Whatever a stranger writes: check, fmt and the site take it without a crash or a lost byte.

The corpus is the Big List of Naughty Strings (MIT, beside it), with registers drawn as people write
them. The site is expanded in memory from what the engine has built once.
"""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from building import ROOT, SITE_URL, copy_project, run_mkdocs
from charte.cache import Cache
from charte.charter import read_charter, read_commitments
from charte.expansion import Expansion
from charte.files import CHARTER
from charte.project import Place, Project
from charte.register.checking import Reading, check_register
from charte.register.reading import read
from charte.register.splicing import Uneditable
from charte.register.tidying import tidy
from handwritten import Handwritten, registers, value_of

FIXTURE = Path(__file__).parent / "fixtures" / "naughty-strings.base64.json"
NAUGHTY = [
    base64.b64decode(text).decode().removesuffix("\n") for text in json.loads(FIXTURE.read_text())
]
COMMITMENTS = read_commitments(ROOT / CHARTER)
TEXTS = read_charter(ROOT / CHARTER)
PLACE = Place(SITE_URL, "Engagé pour la e-santé")


@pytest.fixture(scope="session")
def unexpanded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build docs/ with the engine alone: moulds and slots as they are before expansion."""
    folder = copy_project(tmp_path_factory.mktemp("unexpanded"))
    config = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(re.sub(r"^hooks:\n.*\n", "", config, flags=re.MULTILINE))
    for page in ("a-propos.md", "badge.md"):  # these name signatories of the real register
        path = folder / "docs" / page
        path.write_text(re.sub(r"\[\[ (link|badge_of) [a-z0-9-]+ \]\]", "…", path.read_text()))
    result = run_mkdocs(folder, "build", "--site-dir", "site")
    assert result.returncode == 0, result.stderr
    return folder


class Elements(HTMLParser):
    """Refuses what data must never become: a script of its own, an event, a foreign frame."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        assert tag not in {"iframe", "object", "embed"}
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            if name in {"href", "src", "action", "formaction"}:
                scheme = (value or "").partition(":")[0].strip().lower()
                assert scheme not in {"javascript", "data", "vbscript"}, (tag, value)


def expand(reading: Reading, folder: Path) -> int:
    """Expand the site in memory and give the number of its outputs."""
    project = Project(reading, COMMITMENTS, TEXTS, {}, PLACE, folder)
    count = 0
    for output in Expansion(project, Cache(None)).outputs(folder / "site"):
        text = output.content.decode()
        if output.uri.endswith(".html"):
            page = Elements()
            page.feed(text)
            assert page.scripts < 10
        count += 1
    return count


def written(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def register_of(names: list[str], descriptions: list[str] | None = None) -> str:
    """Write a register of names, each described by itself or as told."""
    entries = [
        f"  - name: {written(name)}\n    slug: s{index}\n    listed: 2020-11-16\n"
        f"    description: {written(description)}\n"
        for index, (name, description) in enumerate(zip(names, descriptions or names, strict=True))
    ]
    return "edition: 2020-11-16\n\nsignatories:\n" + "\n".join(entries)


def test_naughty_strings_are_explained_or_published_as_text(unexpanded: Path) -> None:
    check = check_register(register_of(NAUGHTY).encode(), "r.yaml", COMMITMENTS)
    assert all(problem.reason and problem.remedy for problem in check.problems)
    wrong = {problem.line for problem in check.problems if problem.severity == "error"}
    # What is refused as a name, as markup is, may still be a description.
    kept = [
        (f"Société {index}" if 4 + 5 * index in wrong else text, text)
        for index, text in enumerate(NAUGHTY)
        if 7 + 5 * index not in wrong
    ]
    assert len(kept) > 250
    names, descriptions = (list(one) for one in zip(*kept, strict=True))
    kept_check = check_register(register_of(names, descriptions).encode(), "r.yaml", COMMITMENTS)
    assert kept_check.reading is not None, kept_check.problems
    assert expand(kept_check.reading, unexpanded) > 2 * len(kept)


def test_naughty_strings_pass_through_fmt_unchanged() -> None:
    text = register_of([name for name in NAUGHTY if not read(register_of([name]).encode(), "")[1]])
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    before, after = (
        {entry["slug"]: entry for entry in value_of(one)["signatories"]} for one in (text, tidied)
    )
    assert before.keys() == after.keys()


# A whole site in memory, for each: a busy machine may take its time.
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(register=registers())
def test_any_register_is_explained_or_published(register: Handwritten, unexpanded: Path) -> None:
    check = check_register(register.text.encode(), "r.yaml", COMMITMENTS)
    if check.reading:
        expand(check.reading, unexpanded)
    else:
        assert any(problem.severity == "error" for problem in check.problems)


@settings(max_examples=100)
@given(register=registers())
def test_any_register_is_tidied_or_refused_in_words(register: Handwritten) -> None:
    try:
        tidied = tidy(register.text)
        outcome = "stable" if tidy(tidied) == tidied else "unstable"
    except (Uneditable, ValueError) as refusal:
        outcome = str(refusal)
    assert outcome not in {"", "unstable"}
