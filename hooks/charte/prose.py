"""What the pages of docs/ may hold: prose, links and slots, and no code.

A proposal to change a page is reviewed as prose, so nothing in one may run, frame, load from
elsewhere, lead away by itself, or publish a file that is no page. Sources are looked at before the
engine builds them, and the built pages after, whatever Markdown made of them. Built HTML is not
parsed but read strictly: what is not written as a well-formed tag is refused, so that no browser
can see in it what is not seen here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from charte.files import read_text
from charte.problems import Problem
from charte.register.source import quoted

RULE = "page"
_FILES = frozenset({".md", ".png", ".jpg", ".jpeg", ".webp", ".avif"})
_SNIPPET = re.compile(r"^.*8<-.*", re.MULTILINE)
_HARMLESS_SNIPPET = re.compile(
    r'\s*(?:--8<-- "docs(?:/[\w-]+)+\.md(?::[\w-]+)?"|<!-- --8<-- \[(?:start|end):[\w-]+\] -->)\s*'
)

_START = re.compile(r"<(?=[a-zA-Z/!?])")
_ATTRIBUTE = re.compile(r"""\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_TAG = re.compile(rf"<(/?[a-zA-Z][a-zA-Z0-9-]*)((?:{_ATTRIBUTE.pattern})*)\s*/?>")
_BLANK = re.compile(
    r"<!doctype html>|<!--(?!-?>)(?:(?!--!?>|<!--).)*-->", re.DOTALL | re.IGNORECASE
)
_REFUSED = frozenset(
    {
        *("applet", "base", "embed", "foreignobject", "frame", "frameset", "iframe", "math"),
        *("noscript", "object", "plaintext", "portal", "style", "template", "xmp"),
    }
)
_LINKS = frozenset({"alternate", "apple-touch-icon", "canonical", "icon", "preload", "stylesheet"})
_LOADED = frozenset({"action", "background", "data", "formaction", "poster", "src", "srcset"})
# The site may stand in a folder of its host, and then 404.html names that folder.
_SCRIPT = re.compile(r"(?!//)(?:[\w.~-]*/)*assets/js/[\w-]+\.js")
_ELSEWHERE = re.compile(r"[/\\]{2}|[^/?#]*:|.*\s[/\\]{2}|.*\s\w+:")
_SCHEME = re.compile(r"(?:https?|mailto|tel):|[^/?#:]*(?:[/?#]|$)", re.IGNORECASE)


def source_problems(docs: Path) -> Iterator[Problem]:
    """Refuse files that are neither pages nor pictures, and snippets of what is no page."""
    for path in sorted(docs.rglob("[!.]*")):
        file = f"{docs.name}/{path.relative_to(docs).as_posix()}"
        if path.suffix.lower() not in _FILES and not path.is_dir():
            reason = "Ce fichier n’est ni une page ni une image, et serait publié tel quel."
            yield Problem(file, 1, 1, reason, "Rangez-le dans theme/ ou retirez-le.", RULE)
        elif path.suffix == ".md":
            yield from _snippets(read_text(path, docs.parent), file)


def _snippets(text: str, file: str) -> Iterator[Problem]:
    for match in _SNIPPET.finditer(text):
        if not _HARMLESS_SNIPPET.fullmatch(match[0]):
            yield Problem(
                file,
                text.count("\n", 0, match.start()) + 1,
                1,
                "Cette ligne publierait un fichier qui n’est pas une page.",
                'Écrivez --8<-- "docs/dossier/page.md:partie", seul sur sa ligne, ou retirez-la.',
                RULE,
            )


def built_problem(built: str, file: str, source: str) -> Problem | None:
    """Refuse a built page that holds more than prose, at the line of its source where it is found.

    Args:
        built: its HTML, before its slots are filled.
        file: the name of its source.
        source: the text of its source.
    """
    code = code_in(built)
    if code is None:
        return None
    before = source.partition(code[:12])
    line = before[0].count("\n") + 1 if before[1] else 1
    reason = f"Une page n’est faite que de texte et de liens ; celle-ci contient {quoted(code)}."
    return Problem(file, line, 1, reason, "Retirez ce code de la page.", RULE)


def code_in(built: str) -> str | None:
    """Return the first piece of a built page that is more than prose; None where there is none."""
    end = 0
    for start in _START.finditer(built):
        at = start.start()
        if at < end:
            continue
        tag = _TAG.match(built, at)
        blank = None if tag else _BLANK.match(built, at)
        if not (tag or blank) or (tag and _is_code(tag)):
            return tag[0] if tag else built[at : at + 60]
        end = (tag or blank or start).end()
    return None


def _is_code(tag: re.Match[str]) -> bool:
    name = tag[1].lower()
    pairs = [
        (one[1].lower(), html.unescape(one[2] or one[3] or one[4] or ""))
        for one in _ATTRIBUTE.finditer(tag[2])
    ]
    return (
        name.lstrip("/") in _REFUSED
        or _is_strange(name, pairs)
        or any(_acts(*pair) for pair in pairs)
    )


def _is_strange(name: str, pairs: list[tuple[str, str]]) -> bool:
    """Return whether an element of the page's frame is another than the theme's."""
    found = dict(reversed(pairs))  # of two attributes of one name, a browser takes the first
    if name == "script":
        source = found.get("src")
        is_data = source is None and found.get("type") == "application/ld+json"
        return not (is_data or (source and _SCRIPT.fullmatch(source)))
    if name == "meta":
        return found.get("http-equiv", "content-security-policy").lower() != (
            "content-security-policy"
        )
    return name == "link" and found.get("rel") not in _LINKS


def _acts(name: str, value: str) -> bool:
    """Return whether an attribute runs something, loads from elsewhere or leads to no address."""
    text = re.sub(r"[\x00-\x20]+", " ", value).strip()
    if name.startswith("on") or name in {"srcdoc", "ping"}:
        return True
    if name in _LOADED:
        return _ELSEWHERE.match(text) is not None
    return name.endswith("href") and not _SCHEME.match(text.replace(" ", ""))
