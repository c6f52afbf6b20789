"""French prose is set as it is printed: the kind of some spaces changes, and nothing else does.

The files of cases/typography/ are the specification, for eyes that read no code.
"""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from building import PRINTED, ROOT
from charte.typography import typeset_html, typeset_template, typeset_text

CASES = Path(__file__).parent / "cases" / "typography"
CHARTER = (Path(__file__).parent / "fixtures" / "charte.txt").read_text(encoding="utf-8")
NO_BREAK_SIGNS = str.maketrans({"~": "\u00a0", "¦": "\u202f"})
TO_ORDINARY = str.maketrans(dict.fromkeys("\u00a0\u202f", " "))


def cases(*names: str) -> list[tuple[str, str]]:
    """Read what is typed and what appears: a pair of lines, or one line that stays as it is."""
    blocks = [
        block.translate(NO_BREAK_SIGNS).splitlines()
        for name in names
        for block in (CASES / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    ]
    return [(lines[0], lines[-1]) for lines in blocks]


@pytest.mark.parametrize(
    ("typed", "appears"), cases("ponctuation", "nombres", "intacts", "pages"), ids=str
)
def test_a_page_is_set_as_its_case_says(typed: str, appears: str) -> None:
    assert typeset_html(typed) == appears


@pytest.mark.parametrize(("typed", "appears"), cases("gabarits"), ids=str)
def test_a_template_is_set_as_its_case_says(typed: str, appears: str) -> None:
    assert typeset_template(typed) == appears


SIGNS = [
    *(" ", "\u00a0", "\u202f", "\u2009", "\t", "\n", ";", ":", "!", "?", "«", "»", "(", ")", "."),
    *("0", "1", "12", "000", "2020", "er", "mai", "août", "px", "%", "n°", "p.", "art.", "mot"),
    *("'", "’", '"', "...", "…", "-", "–", "/", "&amp;", "&#39;", "&nbsp;", "[[ count ]]", "\0"),
]
TEXTS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=2)).map("".join)


@given(TEXTS)
def test_nothing_changes_but_the_kind_of_spaces(text: str) -> None:
    for before, after in zip(text, typeset_text(text), strict=True):
        assert before == after or (before in " \u00a0\u202f" and after in "\u00a0\u202f")


@given(TEXTS)
def test_setting_twice_is_setting_once(text: str) -> None:
    assert typeset_text(typeset_text(text)) == typeset_text(text)


@given(TEXTS)
def test_spaces_that_were_no_break_ones_before_are_set_alike(text: str) -> None:
    ordinary = text.translate(TO_ORDINARY)
    of_ordinary = typeset_text(ordinary)
    for before, plain, after in zip(typeset_text(text), ordinary, of_ordinary, strict=True):
        assert after in {plain, before}


INLINE = st.sampled_from(["p", "em", "a", "title", "pre", "code", "kbd", "samp", "svg", "math"])
VALUES = st.sampled_from(["", "fr", "un ; deux : trois", "> ;", "'", "&quot; ?", "« <b> » !", "/"])
ATTRIBUTES = st.sampled_from(["title", "class", "hreflang", "alt"])
HIDING = st.sampled_from(['translate="no"', 'data-typography="none"', 'lang="en"', "lang=''"])
WORDS = st.lists(st.sampled_from([sign for sign in SIGNS if sign != "\0"])).map("".join)
COMMENT = WORDS.map(lambda text: f"<!-- {text.replace('-', '')} -->")
RAW = st.builds(
    "<{0} a='b'>{1}</{0}>".format, st.sampled_from(["script", "style"]), WORDS | st.just("a<b ; ")
)
FIELD = WORDS.map(lambda text: f'<textarea lang="en">{text}</textarea>')
EMPTY = st.builds("<{}{}>".format, st.sampled_from(["br", "img lang='en'", "hr"]), st.just(" /"))


def tags(name: str, attributes: dict[str, str], mark: str, content: list[str]) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}{mark and f' {mark}'}>{''.join(content)}</{name}>"


PAGES = st.recursive(
    WORDS | COMMENT | RAW | FIELD | EMPTY | WORDS,
    lambda inner: st.builds(
        tags,
        INLINE,
        st.dictionaries(ATTRIBUTES, VALUES, max_size=2),
        st.just("") | HIDING,
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


class Oracle(HTMLParser):
    """Sets a page with the standard library's tokeniser, and a stack of open elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._text = ""
        self._open: list[bool] = []

    def set(self, page: str) -> str:
        self.feed(page)
        self.close()
        self.markup("")
        return "".join(self.written)

    def markup(self, written: str) -> None:
        self.written += [self._text if any(self._open) else typeset_text(self._text), written]
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.markup(self.get_starttag_text() or "")
        if tag in {"br", "img", "hr"}:
            return
        said = dict(attrs)
        self._open.append(
            tag in {"pre", "code", "kbd", "samp", "svg", "math", "script", "style", "textarea"}
            or said.get("translate") == "no"
            or "data-typography" in said
            or said.get("lang", "fr") != "fr"
        )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the method's shape
        self.markup(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.markup(f"</{tag}>")
        self._open.pop()

    def handle_comment(self, data: str) -> None:
        self.markup(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_entityref(self, name: str) -> None:
        self._text += f"&{name};"

    def handle_charref(self, name: str) -> None:
        self._text += f"&#{name};"


@given(st.lists(PAGES, max_size=4).map("".join))
def test_only_texts_of_prose_are_set(page: str) -> None:
    assert typeset_html(page) == Oracle().set(page)


def tokens(source: str) -> list[tuple[str, str]]:
    """Read a template as Jinja does, its own texts apart from what it will compute."""
    return [(kind, text) for _, kind, text in Environment().lex(source)]  # noqa: S701 - not rendered


TEMPLATES = st.lists(
    st.sampled_from(
        [
            *('{{ a["b ; c"] }}', "{{ a }}", "{% if a != 'b : c' %}", "{% endif %}", "{# d ; e #}"),
            *(" ; ", " : ", " ?", "« ", " »", "<p>", "<code>", "</code>", "mot", "10 000", "\n"),
        ]
    )
).map("".join)


@given(TEMPLATES)
def test_what_jinja_reads_is_not_touched(source: str) -> None:
    for before, after in zip(tokens(source), tokens(typeset_template(source)), strict=True):
        assert before == after or (before[0] == "data" and after == ("data", after[1]))


@pytest.mark.parametrize(
    "file", sorted((ROOT / "theme/fragments").rglob("*.html")), ids=lambda file: file.name
)
def test_a_fragment_keeps_its_words(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    written = typeset_template(source)
    assert written.translate(TO_ORDINARY) == source.translate(TO_ORDINARY)
    assert typeset_template(written) == written


def test_the_charter_keeps_every_sign_of_the_print() -> None:
    """Promise 2: its apostrophes and dots are the print's; only lines end elsewhere."""
    written = typeset_html(CHARTER)
    assert "\u202f;" in written
    assert written.translate(TO_ORDINARY) == CHARTER.translate(TO_ORDINARY)


# What the renderer would leave in our own prose: « l'annexe », « ... », « "mot" ».
APOSTROPHES = r"[^\W\d_]'[^\W\d_]"
DOTS = r"\.\.\."
QUOTATION_MARKS = r"(?<=[\s(])(?<!: )\"\w"


def straight_ones(folder: str, pattern: str, apart: str) -> list[str]:
    """Give the lines of a folder's files that hold straight signs, without what stands apart."""
    straight = re.compile(rf".*(?:{APOSTROPHES}|{DOTS}|{QUOTATION_MARKS}).*")
    return [
        f"{file.relative_to(ROOT)}: {line}"
        for file in sorted((ROOT / folder).rglob(pattern))
        if file.parent != ROOT / "docs/charte"  # typed as printed, see above
        for line in straight.findall(
            re.sub(apart, "", file.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        )
    ]


def test_our_pages_are_typed_with_the_signs_of_print() -> None:
    """Code, and quotations of the charter, keep their own."""
    assert straight_ones("docs", "*.md", r"^```.*?^```|`[^`\n]*`|^>.*?$|«[^»]*»") == []


def test_our_templates_are_typed_with_the_signs_of_print() -> None:
    assert straight_ones("theme", "*.html", r"\{[{%#].*?[}%#]\}") == []


def texts_of(module: Path) -> set[str]:
    """Give the texts of a module but for its docstrings: most are messages, the rest is code."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    constants = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {text for text in constants if isinstance(text, str)} - {
        ast.get_docstring(node, clean=False) for node in nodes if isinstance(node, documented)
    }


def test_our_messages_are_typed_with_the_signs_of_print() -> None:
    """An example that is taken out of the printed annex keeps the print's."""
    register = (PRINTED / "signatories.yaml").read_text(encoding="utf-8")
    texts = set[str]().union(*map(texts_of, (ROOT / "hooks").rglob("*.py")))
    straight = {text for text in texts if re.search(APOSTROPHES, text)}
    assert {text for text in straight if text not in register} == set()
