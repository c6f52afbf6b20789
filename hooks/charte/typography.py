"""Spaces at which a line may not end, as French prose is printed.

The space before `; ! ?` and between thousands becomes narrow and no-break; before `:`, inside « »,
within a date and before a unit it becomes no-break (Lexique des règles typographiques en usage à
l’Imprimerie nationale; its « espace fine » is U+202F in Unicode). Pages are set while their slots
are still slots, and fragments before they are compiled: values are left alone, but for those that
a template calls `| prose`.

Nothing but the kind of a space changes. None is added: where one is missing, the source is at
fault, or it is no punctuation at all (12:30, https://, `&amp;`). Apostrophes, quotation marks and
dots are typed as they should be in our own prose, which a test holds; those of the charter and of
names are sacred, and no machine could tell them apart. Attributes stay: machines read most of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from charte.french import long_date

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
_TO_WIDE = str.maketrans(dict.fromkeys(f" {NARROW_NO_BREAK}", NO_BREAK))
_TO_NARROW = str.maketrans(dict.fromkeys(f" {NO_BREAK}", NARROW_NO_BREAK))

# What stands in a text for a construct of Jinja's.
_HELD = "\0"
_SPACE = f"[ {NO_BREAK}{NARROW_NO_BREAK}]"
_MONTHS = "|".join(long_date(date(2020, month, 1)).split()[1] for month in range(1, 13))

# Most texts need no more than this look.
_MAY_MATTER = re.compile(r"[!:;?«»\d]")
# A space beside another, or punctuation that clings to what follows, may mean anything: « ;-) ».
_BESIDE = re.compile(
    rf"""{_SPACE} (?:
      (?<! \s\s ) (?:
          (?P<narrow> (?= [!?]+ (?: [\s{_HELD}».,…)\]] | $ ) | ; (?: [\s{_HELD}»] | $ ) ) )
        | (?= : (?: [\s{_HELD}] | $ ) | » ) )
    | (?<= « . )
    | (?<= \d . ) (?= [%€] | (?: px | pixels? | mm | millimètres? | [km]o ) \b )
    | (?: (?<= \bn° . ) | (?<= \bp\. . ) | (?<= \bart\. . ) ) (?= \d )
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"""\d (?:
      (?<! \w . ) (?: er | \d )? {_SPACE} (?: {_MONTHS} ) \b (?: {_SPACE} \d{{4}} \b )?
    | (?P<narrow>
        (?<= [1-9] ) (?<! [\d.,] . ) (?<! \d{_SPACE} . )
        \d{{0,2}} (?: {_SPACE} \d{{3}} )+ (?! {_SPACE}? \d ) )
    )""",
    re.VERBOSE | re.IGNORECASE,
)

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# A comment, an element whose content is not markup, or a tag.
_RAW = ("script", "style", "textarea")
_ELEMENT = "|".join(rf"(?i:{name})\b.*?</(?i:{name})\s*" for name in _RAW)
_TAG = r"""[/!?a-zA-Z][^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+"""
_MARKUP = re.compile(rf"(<(?:!--.*?--|{_ELEMENT}|{_TAG})>)", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_CODE = re.compile(r"<(?:code|kbd|math|pre|samp|svg)\b", re.IGNORECASE)
_MARKED = re.compile(
    r"""\s(?:translate=["']?no\b|data-typography=["']?none\b|lang=["']?+(?!fr\b))"""
)
# No end tag follows these pieces of markup.
_WHOLE = frozenset(_RAW) | {
    *("area", "base", "br", "col", "embed", "hr"),
    *("img", "input", "link", "meta", "source", "track", "wbr"),
}


def typeset_text(text: str) -> str:
    """Set a text without markup: some of its spaces become no-break ones, nothing else changes."""
    if not _MAY_MATTER.search(text):
        return text
    return _WITHIN.sub(_set, _BESIDE.sub(_set, text))


def _set(match: re.Match[str]) -> str:
    return match[0].translate(_TO_NARROW if match.lastgroup == "narrow" else _TO_WIDE)


def typeset_html(html: str) -> str:
    """Set the prose of a page or of a part of one; slots may stand in it.

    Prose is all text but that of code, mathematics, drawings and fields to copy, and of elements
    with `translate="no"`, `data-typography="none"` or a `lang` that is not French.
    """
    pieces = _MARKUP.split(html)
    for at in _prose(pieces):
        pieces[at] = typeset_text(pieces[at])
    return "".join(pieces)


def typeset_template(source: str) -> str:
    """Set the prose of a Jinja template of HTML; what Jinja reads, and so every value, stays."""
    held = iter(_JINJA.findall(source))
    html = typeset_html(_JINJA.sub(_HELD, source))
    return re.sub(_HELD, lambda _: next(held), html)


def _prose(pieces: list[str]) -> Iterator[int]:
    """Give the places of prose among pieces that are text and markup in turn, text first."""
    hiding, depth = "", 0
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            if not hiding:
                yield at
        elif hiding:
            if _name(piece) == hiding and not piece.endswith("/>"):
                depth += -1 if piece.startswith("</") else 1
                hiding = hiding if depth else ""
        elif _hides(piece):
            hiding, depth = _name(piece), 1


def _hides(tag: str) -> bool:
    """Tell whether a tag opens an element that holds no French prose."""
    # There are ten thousand tags, and few of them need a pattern's look.
    marked = "lang=" in tag or "translate=" in tag or "data-typography=" in tag
    hides = _CODE.match(tag) or (marked and _MARKED.search(tag))
    return bool(hides) and not tag.endswith("/>") and _name(tag) not in _WHOLE


def _name(tag: str) -> str:
    name = _NAME.match(tag)
    return name[1].lower() if name else ""
