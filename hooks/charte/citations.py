"""The ways to cite a page, as text to paste: for a journalist, a Wikipedian, a researcher.

Each format escapes what would be markup to its reader, whatever a name holds. No author is named,
because none is known, and no day of consultation, because it is the reader's.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from charte.french import long_date
from charte.sources import MONTHS, Source

_COLUMNS = 60  # characters on a line of a text field, about
_JSON = json.JSONEncoder(ensure_ascii=False)

# Markup wherever it stands; an entity; an address or a number of a document, which would be links;
# what is markup when repeated (italics, a signature, a magic word) or at the start of a line (a
# list, a rule); an apostrophe that would join the italics in which the template may set a title.
_WIKITEXT = re.compile(
    r"[][{}|<>]|&(?=#?\w+;)|:(?=\S)|(?:(?<=RFC)|(?<=PMID)|(?<=ISBN))\s(?=\d)"
    r"|(['~_])(?=\1)|^['*#:;-]|'$"
)
# BibTeX counts braces even after a backslash: `\{` would leave a field open.
_LATEX = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%$#_"},
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
# Between characters that TeX's fonts join: « -- » would be printed as a dash.
_LIGATURE = re.compile(r"(?<=[-'`!?<>,])(?=[-'`<>,])")


class Format(NamedTuple):
    """One way of citing.

    Attributes:
        id: its name, for identifiers.
        label: what a reader calls it, in French.
        text: the citation.
        rows: the lines that it needs in a text field.
        language: the text's language where it is prose, `fr` or `en`, else "".
    """

    id: str
    label: str
    text: str
    rows: int
    language: str


def citations(source: Source) -> tuple[Format, ...]:
    """Give all ways of citing a source."""
    key = source.key
    return tuple(
        Format(name, label, text, _rows(text), language)
        for name, label, language, text in (
            ("francais", "Phrase en français", "fr", f"{source.french}\u00a0: {source.permalink}"),
            ("anglais", "Phrase en anglais", "en", f"{source.english}: {source.permalink}"),
            ("wikipedia", "Wikipédia, modèle «\u00a0Lien web\u00a0»", "", _wikipedia(source)),
            ("bibtex", "BibTeX", "", _bibtex(source, key)),
            ("ris", "RIS (Zotero, EndNote…)", "", _ris(source, key)),
            ("csl-json", "CSL-JSON", "", _csl_json(source, key)),
        )
    )


def _rows(text: str) -> int:
    return sum(-(-len(line) // _COLUMNS) for line in text.split("\n"))


def _wikipedia(source: Source) -> str:
    """Write the call of French Wikipedia's template « Lien web »."""
    return (
        f"{{{{Lien web |titre={_wikitext(source.title)} |url={source.permalink} "
        f"|site={_wikitext(source.site)} |date={long_date(source.day)}}}}}"
    )


def _wikitext(text: str) -> str:
    """Write what is markup as character references.

    Unlike `{{!}}`, which is expanded before the template sees it, and `<nowiki>`, which a name may
    close, a reference is a character and nothing else to MediaWiki, whatever the template does.
    """
    return _WIKITEXT.sub(lambda match: f"&#{ord(match[0])};", text)


def _bibtex(source: Source, key: str) -> str:
    """Write an entry for BibTeX and biblatex.

    The standard styles of BibTeX know `@misc`, not `@online`; biblatex knows both. BibTeX reads
    `year` and `month`, biblatex the whole `date`; an address is verbatim to both. Doubled braces
    keep a style from changing the capitals of a name.
    """
    day = source.day
    return (
        f"@misc{{{key},\n"
        f"  title = {{{{{_latex(source.title)}}}}},\n"
        f"  howpublished = {{{_latex(source.site)}}},\n"
        f"  url = {{{source.permalink}}},\n"
        f"  date = {{{day.isoformat()}}},\n"
        f"  year = {{{day.year}}},\n"
        f"  month = {MONTHS[day.month - 1][:3].lower()},\n"
        "  language = {french},\n"
        "}"
    )


def _latex(text: str) -> str:
    return _LIGATURE.sub("{}", text.translate(_LATEX))


def _ris(source: Source, key: str) -> str:
    """Write a record in the RIS format of reference managers; ELEC is a web page."""
    fields = (
        ("TY", "ELEC"),
        ("ID", key),
        ("TI", source.title),
        ("T2", source.site),
        ("PY", str(source.day.year)),
        ("DA", source.day.isoformat().replace("-", "/")),
        ("UR", source.permalink),
        ("LA", "fr"),
        ("ER", ""),
    )
    return "\n".join(f"{tag}  - {value}" for tag, value in fields)


def _csl_json(source: Source, key: str) -> str:
    """Write the input of citation processors (Citation Style Language, csl-data.json)."""
    day = source.day
    item = {
        "id": key,
        "type": "webpage",
        "title": source.title,
        "container-title": source.site,
        "URL": source.permalink,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": "fr",
    }
    lines = (f"  {_JSON.encode(name)}: {_JSON.encode(value)}" for name, value in item.items())
    return "[{\n" + ",\n".join(lines) + "\n}]"
