"""A draft that is served while it has mistakes: the last good pages, with the problems on them.

Who writes looks at the browser and not at the terminal. Each page of the last build that went well
says at its top what is wrong now; where there is none yet, a page says nothing else. The next good
build takes the place of them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup, escape

from charte.french import counted
from charte.problems import InvalidInput, Problem, Unpublishable
from charte.publish import Output, publish

_MOST = 100  # problems that are shown

_BAND = Markup(
    '<section class="a-corriger" role="alert" lang="fr" tabindex="0" aria-label="À corriger">'
    "<style>{style}</style><p><strong>{title}</strong> {state}</p><ul>{items}</ul></section>"
)
_STYLE = Markup(
    ".a-corriger{{position:sticky;top:0;z-index:99;box-sizing:border-box;max-height:50vh;"
    "overflow:auto;margin:0;padding:1rem;border-bottom:4px solid #b3261e;background:#fff4f2;"
    "color:#1f1310;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}}"
    ".a-corriger p,.a-corriger ul{{max-width:75ch;margin:.25rem auto;padding:0}}"
    ".a-corriger li{{margin:.75rem 0;list-style:none;white-space:pre-wrap}}"
    ".a-corriger code{{display:block;padding:0;background:none;color:#8c1d18;font-size:.9em}}"
    "@media print{{.a-corriger{{display:none}}}}"
).format()
_OLD_BAND = re.compile(r'<section class="a-corriger".*?</section>', re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>")

_LAST_GOOD = "Cette page est la dernière qui a pu être construite ; elle suivra la correction."
_NONE_YET = "Aucune page n’a encore pu être construite ; elles viendront avec la correction."
_EMPTY = (
    '<!doctype html>\n<html lang="fr" data-pages="0">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n{more}'
    '<title>À corriger</title>\n</head>\n<body style="margin:0"></body>\n</html>\n'
)
# No script of the server's asks again for a page that it does not have.
_EMPTY_PAGES = {
    "index.html": _EMPTY.format(more=""),
    "404.html": _EMPTY.format(more='<meta http-equiv="refresh" content="3">\n'),
}


def show_problems(folder: Path, error: Unpublishable) -> None:
    """Write at the top of a served site's pages why the draft cannot be built."""
    publish(_pages(folder, error), folder)


def _pages(folder: Path, error: Unpublishable) -> Iterator[Output]:
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }
    built = 'data-pages="0"' not in texts.get("index.html", _EMPTY)
    title, items = _what(error)
    band = str(
        _BAND.format(
            style=_STYLE,
            title=title,
            state=_LAST_GOOD if built else _NONE_YET,
            items=Markup().join(items),
        )
    )
    for uri, text in (texts if built else _EMPTY_PAGES).items():
        bare = _OLD_BAND.sub("", text)
        body = _BODY.search(bare)
        start = body.end() if body else 0
        yield Output(uri, (bare[:start] + band + bare[start:]).encode(), replaces=True)


def _what(error: Unpublishable) -> tuple[str, list[Markup]]:
    """Return a title and an item for each problem, or for what else stops the build."""
    if not isinstance(error, InvalidInput):
        lines = map(escape, str(error).splitlines())
        item = Markup("<li>{}</li>").format(Markup("<br>").join(lines))
        return "Le site ne peut pas être construit.", [item]
    items = [*map(_item, error.problems[:_MOST])]
    more = len(error.problems) - _MOST
    if more > 0:
        items.append(Markup("<li>… et {} de plus.</li>").format(counted(more, "problème")))
    return f"{counted(len(error.problems), 'problème')} à corriger.", items


def _item(problem: Problem) -> Markup:
    place = f"{problem.file}, ligne {problem.line}"
    item = Markup("<li><code>{}</code>{}<br>→ {}</li>")
    return item.format(place, problem.reason, problem.remedy)
