"""Pages of docs/ from a stranger: they are prose, or the build says what in them is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import ROOT, copy_project, name_only, run_mkdocs
from charte.prose import code_in, source_problems

CODE = [
    "<script>alert(1)</script>",
    "<script src=x.js></script>",
    '<SCRIPT SRC="//a.fr/assets/js/a.js"></SCRIPT>',
    '<script src="https://a.fr/assets/js/a.js"></script>',
    '<script type="application/ld+json" src="x.js"></script>',
    "<script\n>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<p title='a>b' onclick=alert(1)>",
    '<a "=x onclick=alert(1)>',
    "<p\nonclick=x>",
    "<iframe src=a>",
    "<object data=a>",
    "<style>p { display: none }</style>",
    "<math><mtext>",
    "<base href=/x>",
    '<meta http-equiv="refresh" content="0;url=https://a.fr">',
    "<META HTTP-EQUIV=Refresh content=0>",
    '<link rel="preconnect" href="https://a.fr">',
    '<form action="https://a.fr">',
    '<button formaction="//a.fr">',
    "<a ping=x href=a>",
    '<a href="javascript:alert(1)">',
    '<a href=" java&#10;script:alert(1)">',
    '<a href="&#106avascript:alert(1)">',
    '<a href="data:text/html,A">',
    '<svg><a xlink:href="vbscript:A">',
    '<img src="https://a.fr/x.png">',
    '<img src="\\\\a.fr/x.png">',
    '<img src="data:image/png;base64,A">',
    '<img src=a srcset="a 1x, https://a.fr/b 2x">',
    '<video poster="//a.fr/x">',
    "<!--><script src=x></script>-->",
    "<!---><b>",
    "<![CDATA[",
    "<?php",
    "<p",
    "<p a=b'c>",
]
PROSE = [
    "<p>2 &lt; 3 &gt; 1 : &lt;script&gt;</p>",
    '<a href="https://a.fr/a:b?c=//d#e:f">A</a>',
    '<a href="../signataires/withings/#citer">A</a>',
    '<a href="page.html#a:b">A</a> <a href="?q=a:b">B</a> <a href="">C</a>',
    '<a href="mailto:a@b.fr">A</a>',
    '<img src="../a.png" alt="A : B" width="1" height="1">',
    '<time datetime="2020-01-01T00:00">A</time><br/>',
    '<form action="../annexe/" method="get"><input name="q" required></form>',
    '<script type="module" src="../../assets/js/copier.js"></script>',
    '<script type="application/ld+json">{"a": 1}</script>',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
    '<!-- a comment --><!doctype html><link rel="canonical" href="https://charte.example/">',
]


@pytest.mark.parametrize("code", CODE)
def test_a_built_page_with_code_is_seen(code: str) -> None:
    assert code_in(f"<p>A</p>\n{code}\n<p>B</p>")


@pytest.mark.parametrize("prose", PROSE)
def test_a_built_page_of_prose_passes(prose: str) -> None:
    assert code_in(prose) is None


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "charte").mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- ".git/config"',
        '--8<-- "docs/../.git/config.md"',
        '--8<-- "/etc/passwd"',
        "--8<-- 'mkdocs.yml'",
        "--8<--\nmkdocs.yml\n--8<--",
        '-8<--- ".env"',
        'Texte --8<-- "https://a.fr/a.md"',
        '--8<-- "docs/charte/index.md" --8<-- ".env"',
        '--8<-- "data/signatories.yaml"',
    ],
)
def test_a_snippet_of_what_is_no_page_is_refused(line: str, docs: Path) -> None:
    """A checkout's `.git/config` may hold the key with which it was made."""
    (docs / "page.md").write_text(f"# Page\n\n{line}\n", encoding="utf-8")
    found = list(source_problems(docs))
    assert {(problem.file, problem.rule) for problem in found} == {("docs/page.md", "page")}
    assert found[0].line == 3


@pytest.mark.parametrize(
    "name", ["a.js", "a.html", "a.svg", "a.css", "_redirects", "CNAME", "a.markdown"]
)
def test_a_file_that_would_be_published_as_it_is_is_refused(name: str, docs: Path) -> None:
    (docs / "charte" / name).write_text("A")
    (problem,) = source_problems(docs)
    assert problem.file == f"docs/charte/{name}"


def test_pages_pictures_and_what_is_not_published_pass(docs: Path) -> None:
    (docs / "charte/page.md").write_text(
        '<!-- --8<-- [start:a] -->\n--8<-- "docs/charte/b-c.md:d"\n'
    )
    (docs / "picture.png").write_bytes(b"A")
    (docs / ".hidden").write_text("A")
    assert list(source_problems(docs)) == []
    assert list(source_problems(ROOT / "docs")) == []


def test_a_build_says_which_pages_hold_code(tmp_path: Path) -> None:
    """In Markdown code comes as HTML, as an attribute list, as a link, or in a title."""
    name_only(copy_project(tmp_path), set())
    for name, added in {
        "badge.md": "\n<script src=x.js></script>\n",
        "a-propos.md": "\n*Un mot*{ onclick=alert(1) }\n",
        "rejoindre.md": "\n[Lien](javascript:alert(1))\n",
        "journal.md": "\n![Image](https://pirate.example/x.png)\n",
    }.items():
        page = tmp_path / "docs" / name
        page.write_text(page.read_text(encoding="utf-8") + added, encoding="utf-8")
    legal = tmp_path / "docs/mentions-legales.md"
    text = legal.read_text(encoding="utf-8")
    legal.write_text(text.replace("title: ", "title: <script>alert(1)</script> ", 1))
    result = run_mkdocs(tmp_path, "build", CHARTE_DRAWINGS="false")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    for name in ("badge", "a-propos", "rejoindre", "journal", "mentions-legales"):
        assert f"docs/{name}.md:" in result.stderr
    assert "5 problèmes à corriger" in result.stderr
