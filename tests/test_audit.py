"""The audit's own parts: what it judges, how it serves, and what it prints."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from auditing.host import served_compressed
from auditing.pages import Site, pages
from auditing.verdicts import Verdict, count, details, table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a site of a home page, an unknown page, a page that leads on, and five signatories."""
    slugs = ("withings", "fair-smart", "epsilog-compugroup-medical", "apicrypt", "zefyr")
    written = {
        "index.html": "<p>é",
        "404.html": "<p>?",
        "signataires/index.html": '<meta http-equiv="refresh" content="0; url=../annexe/">',
        **{f"signataires/{slug}/index.html": "<p>" for slug in slugs},
    }
    for uri, text in written.items():
        path = tmp_path / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_written_pages_are_all_judged_and_some_of_a_mould(folder: Path) -> None:
    assert pages(folder) == [
        "",
        "404.html",
        "signataires/",
        "signataires/epsilog-compugroup-medical/",
        "signataires/fair-smart/",
        "signataires/withings/",
    ]


def test_a_browser_does_not_judge_a_page_on_which_it_does_not_stay(folder: Path) -> None:
    assert Site(folder, "", ["", "signataires/"]).lasting == [""]


def test_text_is_served_compressed_to_whoever_accepts_it(folder: Path) -> None:
    with served_compressed(folder) as address:
        request = Request(address, headers={"Accept-Encoding": "gzip, br"})  # noqa: S310 – ours
        with urlopen(request) as answer:  # noqa: S310 – ours
            assert answer.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(answer.read()).decode() == "<p>é"
        with urlopen(address) as answer:  # noqa: S310 – ours
            assert answer.headers["Content-Encoding"] is None
            assert answer.read().decode() == "<p>é"


def test_the_table_has_a_row_per_page_and_marks_what_is_wrong() -> None:
    verdicts = [count("axe", "", []), count("axe", "annexe/", ["bad"]), Verdict("seo", "", "100")]
    assert [line.split() for line in table(verdicts)] == [
        ["page", "axe", "seo"],
        ["/", "0", "100"],
        ["/annexe/", "1", "✗", "-"],
    ]


def test_a_fault_of_a_template_is_told_once() -> None:
    verdicts = [count("axe", page, ["bad", "bad"]) for page in ("", "annexe/", "charte/")]
    assert list(details(verdicts)) == ["axe: bad\n    on / and 2 more"]
