"""Citations: true sentences, and records that the tools of others read back, whatever the name."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from typing import Any

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mwparserfromhell.nodes import HTMLEntity, Text
from pybtex.database import Entry
from pybtex.database import parse_string as parse_bibtex
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from attacks.payloads import PAYLOADS
from building import ROOT
from charte.charter import read_commitments
from charte.citations import Format, citations
from charte.register.model import FormerName, Signatory, Withdrawal
from charte.sources import (
    Source,
    source_of_charter,
    source_of_commitment,
    source_of_edition,
    source_of_signatory,
)
from charte.standing import standing

SITE = "Engagé pour la e-santé"
HOME = "https://charte.example/"
PRINTED, LEFT = date(2020, 11, 16), date(2022, 1, 31)

LEAVING = [
    Withdrawal(on=LEFT, reason="retired"),
    Withdrawal(on=LEFT, reason="merged", successor="maincare"),
    Withdrawal(on=LEFT, reason="listed-by-mistake"),
]

BIBTEX_FIELDS = {
    "howpublished": SITE,
    "url": "https://charte.example/signataires/withings/",
    "date": "2020-11-16",
    "year": "2020",
    "month": "November",
    "language": "french",
}

# Each means something to one of the readers.
HOSTILE = [
    *(
        "A|B",
        "{{A}}",
        "{{{1}}}",
        "{{!}}",
        "[[A]]",
        "[https://a.b c]",
        "https://a.b/{{",
        "mailto:a@b",
    ),
    *("<b>A</b>", "<ref>A</ref>", "<!-- A -->", "A</nowiki>B", "''A'' '", "A=B", "&amp; &#124;"),
    *("a{b", "a}b", "a\\", "\\n", "A & B", "100 %", "$x$", "#1", "A_B", "A^B", "A~B", '"A"'),
    *("a--b", "``a''", "?`", "<<a>>", ",,", "@misc{a,", "A\u2028ER  - ", "A\x85TY  - B", "A\x0bB"),
    *("é œ « A\u00a0» 🩺", "A \t B"),
]
# The register's reader refuses NUL, which ends the text for the reader of wikis.
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\r\n\0")
NAMES = (
    st.lists(st.sampled_from(HOSTILE) | st.sampled_from("|{}[]<>&'~_=:;\\%$#^-` ") | CHARACTERS)
    .map(lambda parts: "".join(parts)[:200])
    .filter(str.strip)
)


def signatory(name: str = "Withings", **fields: Any) -> Signatory:
    return Signatory(name=name, slug="withings", listed=PRINTED, **fields)


def source(one: Signatory) -> Source:
    return source_of_signatory(one, f"{HOME}signataires/{one.slug}/", SITE)


def by_id(cited: Source) -> dict[str, Format]:
    return {one.id: one for one in citations(cited)}


def text(name: str, kind: str) -> str:
    """Give one citation of a signatory of a name."""
    return by_id(source(signatory(name)))[kind].text


def same(found: str, name: str) -> bool:
    """Tell whether a name was read back; TeX and wikis take any spaces for one."""
    return found.split() == name.split()


# Sentences.


def test_a_sentence_in_each_language_ends_in_the_address() -> None:
    """It names an edition and says neither « since » nor « first »: earlier ones are not known."""
    formats = by_id(source(signatory()))
    assert formats["francais"].text == (
        "Withings figure à l’annexe de la charte «\u00a0Engagé pour la e-santé\u00a0» "
        "(10 septembre 2020), édition du 16 novembre 2020\u00a0: "
        "https://charte.example/signataires/withings/"
    )
    assert formats["anglais"].text == (
        "Withings is listed in the annex of the French digital health charter "
        "“Engagé pour la e-santé” (“Committed to e-health”, 10 September 2020), "
        "edition of 16 November 2020: https://charte.example/signataires/withings/"
    )


@pytest.mark.parametrize(
    ("withdrawn", "french", "english"),
    [
        (
            LEAVING[0],
            "Withings n’est plus, depuis le 31 janvier 2022, signataire de la charte {fr}, "
            "après avoir figuré à l’annexe, édition du 16 novembre 2020",
            "Withings ceased to be a signatory of the {en} on 31 January 2022, "
            "having been listed in the annex, edition of 16 November 2020",
        ),
        (
            LEAVING[1],
            "Withings a fusionné le 31 janvier 2022 avec un autre signataire de la charte {fr}, "
            "après avoir figuré à l’annexe, édition du 16 novembre 2020",
            "Withings merged on 31 January 2022 with another signatory of the {en}, "
            "having been listed in the annex, edition of 16 November 2020",
        ),
        (
            LEAVING[2],
            "Withings a été cité par erreur à l’annexe de la charte {fr}, "
            "édition du 16 novembre 2020 (retrait le 31 janvier 2022)",
            "Withings was listed by mistake in the annex of the {en}, "
            "edition of 16 November 2020 (withdrawn on 31 January 2022)",
        ),
    ],
    ids=lambda value: getattr(value, "reason", ""),
)
def test_a_sentence_is_true_of_who_left(withdrawn: Withdrawal, french: str, english: str) -> None:
    cited = source(signatory(withdrawn=withdrawn))
    charter = "«\u00a0Engagé pour la e-santé\u00a0» (10 septembre 2020)"
    assert cited.french == french.format(fr=charter)
    assert cited.english == english.format(
        en="French digital health charter “Engagé pour la e-santé” "
        "(“Committed to e-health”, 10 September 2020)"
    )


@pytest.mark.parametrize("withdrawn", [LEAVING[0], LEAVING[2]], ids=lambda one: one.reason)
def test_a_sentence_says_what_the_page_says(withdrawn: Withdrawal) -> None:
    """A merger is the exception: « n’est plus signataire » would keep the reason back."""
    one = signatory(withdrawn=withdrawn)
    assert source(one).french.startswith(f"Withings {standing(one).claim} charte «")


def test_a_sentence_gives_the_name_that_the_first_edition_printed() -> None:
    former = (
        FormerName(name="Ancien", until=date(2021, 5, 1)),
        FormerName(name="Suivant", until=date(2021, 6, 1)),
    )
    cited = source(signatory(former_names=former))
    assert cited.french.endswith("du 16 novembre 2020, sous le nom «\u00a0Ancien\u00a0»")
    assert cited.english.endswith("of 16 November 2020, as “Ancien”")


def test_a_note_that_was_given_up_is_no_former_name() -> None:
    former = (FormerName(name="Withings", note="avec une note", until=date(2021, 5, 1)),)
    assert source(signatory(former_names=former)) == source(signatory())


def test_a_first_day_of_a_month_is_written_as_each_language_does() -> None:
    one = Signatory(name="A", slug="a", listed=date(2021, 5, 1))
    assert "du 1er mai 2021" in source(one).french
    assert "of 1 May 2021" in source(one).english


def test_a_signatory_is_dated_by_its_own_entry() -> None:
    """Who comes later, and the date of the register, change nothing to a page's citations."""
    assert source(signatory()).day == PRINTED
    for withdrawn in LEAVING:
        assert source(signatory(withdrawn=withdrawn)).day == LEFT


def test_an_edition_is_cited_with_its_day_and_its_number() -> None:
    cited = source_of_edition(PRINTED, 1361, f"{HOME}annexe/2020-11-16/", SITE)
    assert cited.day == PRINTED
    assert cited.title == (
        "Annexe de la charte «\u00a0Engagé pour la e-santé\u00a0», édition du 16 novembre 2020"
    )
    assert cited.french.endswith("2020), édition du 16 novembre 2020, 1\u202f361\u00a0signataires")
    assert cited.english.endswith("2020), edition of 16 November 2020, 1,361 signatories")


def test_an_edition_of_one_is_singular() -> None:
    cited = source_of_edition(PRINTED, 1, f"{HOME}annexe/", SITE)
    assert cited.french.endswith("1\u00a0signataire")
    assert cited.english.endswith("1 signatory")


def test_the_charter_is_cited_with_its_day() -> None:
    cited = source_of_charter(f"{HOME}charte/", SITE)
    assert cited.day == date(2020, 9, 10)
    assert cited.title == "Charte «\u00a0Engagé pour la e-santé\u00a0»"
    assert cited.french == "Charte «\u00a0Engagé pour la e-santé\u00a0» (10 septembre 2020)"
    assert cited.english.startswith("French digital health charter “Engagé pour la e-santé” (“")


def test_every_commitment_is_cited_by_its_number_and_party() -> None:
    cited = {
        key: source_of_commitment(one, HOME + one.uri, SITE)
        for key, one in read_commitments(ROOT / "docs" / "charte").items()
    }
    assert len({one.key for one in cited.values()}) == len(cited) == 12
    assert cited["industriels-3"].french.startswith("Engagement 3 des industriels, charte «")
    assert cited["industriels-3"].english.startswith("Commitment 3 of the industry, French")
    assert cited["etat-1"].french.startswith("Engagement 1 des pouvoirs publics, charte «")
    assert cited["etat-1"].english.startswith("Commitment 1 of the public authorities, French")


# Text fields.


def test_each_format_has_a_label_of_its_own_and_room_for_its_lines() -> None:
    formats = citations(source(signatory()))
    assert len({one.label for one in formats}) == len({one.id for one in formats}) == 6
    for one in formats:
        assert one.rows >= len(one.text.split("\n"))
        assert one.rows * 60 >= len(one.text)


def test_prose_tells_its_language_and_data_has_none() -> None:
    languages = {one.id: one.language for one in citations(source(signatory()))}
    assert {key: value for key, value in languages.items() if value} == {
        "francais": "fr",
        "anglais": "en",
    }


# Records, read back with other people's tools.


def latex_text(latex: str) -> str:
    """Give what LaTeX prints; three of its macros (LaTeX 2ε) are missing or wrong in the reader."""
    context = get_default_latex_context_db()
    context.add_context_category(
        "latex2e",
        prepend=True,
        macros=[
            MacroTextSpec("textbraceleft", "{"),
            MacroTextSpec("textbraceright", "}"),
            MacroTextSpec("textasciicircum", "^"),
        ],
    )
    reader = LatexNodes2Text(latex_context=context, math_mode="verbatim", strict_latex_spaces=True)
    found: str = reader.latex_to_text(latex)
    return found


def bibtex_entry(record: str) -> tuple[str, Entry]:
    ((key, entry),) = parse_bibtex(record, "bibtex").entries.items()
    return key, entry


def ris_fields(record: str) -> dict[str, str]:
    """Read a record strictly: two letters or digits, two spaces, a hyphen, a space, the value."""
    lines = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in record.splitlines()]
    assert all(lines)
    tags = [line[1] for line in lines if line]
    assert (tags[0], tags[-1], len(set(tags))) == ("TY", "ER", len(tags))
    return {line[1]: line[2] for line in lines if line}


def wiki_parameters(call: str) -> dict[str, str]:
    """Read one call of « Lien web » whose values are characters, and no markup."""
    code = mwparserfromhell.parse(call)
    (template,) = code.filter_templates()
    assert str(template) == call
    assert template.name.strip() == "Lien web"
    found = {}
    for parameter in template.params:
        key, nodes = parameter.name.strip(), parameter.value.nodes
        assert key == "url" or {type(node) for node in nodes} <= {Text, HTMLEntity}
        found[key] = "".join(
            node.normalize() if isinstance(node, HTMLEntity) else str(node) for node in nodes
        ).strip()
    return found


def test_bibtex_names_what_both_its_readers_know() -> None:
    key, entry = bibtex_entry(text("Withings", "bibtex"))
    assert key == "engage-pour-la-e-sante-signataires-withings"
    assert entry.type == "misc"
    assert dict(entry.fields) == {"title": "{Withings}"} | BIBTEX_FIELDS


def test_ris_describes_a_web_page() -> None:
    assert ris_fields(text("Withings", "ris")) == {
        "TY": "ELEC",
        "ID": "engage-pour-la-e-sante-signataires-withings",
        "TI": "Withings",
        "T2": SITE,
        "PY": "2020",
        "DA": "2020/11/16",
        "UR": "https://charte.example/signataires/withings/",
        "LA": "fr",
        "ER": "",
    }


def test_csl_json_is_an_array_of_one_web_page() -> None:
    """Of csl-data.json: `id` and `type` are required, `webpage` is one of the types."""
    assert json.loads(text("Withings", "csl-json")) == [
        {
            "id": "engage-pour-la-e-sante-signataires-withings",
            "type": "webpage",
            "title": "Withings",
            "container-title": SITE,
            "URL": "https://charte.example/signataires/withings/",
            "issued": {"date-parts": [[2020, 11, 16]]},
            "language": "fr",
        }
    ]


def test_wikipedia_gets_its_template_without_a_day_of_consultation() -> None:
    assert wiki_parameters(text("Withings", "wikipedia")) == {
        "titre": "Withings",
        "url": "https://charte.example/signataires/withings/",
        "site": SITE,
        "date": "16 novembre 2020",
    }


@pytest.mark.parametrize(
    "name", ["FAIR&SMART", "L'été", "A=B", "A : b", "e_santé", "Dupont & fils"]
)
def test_an_ordinary_name_stays_legible_in_wikitext(name: str) -> None:
    assert f"|titre={name} |" in text(name, "wikipedia")


@pytest.mark.parametrize("name", ["'", "'A'", "''A''", "A'"])
def test_a_name_set_in_italics_by_the_template_stays_whole(name: str) -> None:
    title = re.findall(r"titre=(.*) \|url", text(name, "wikipedia"))[0]
    (italics,) = mwparserfromhell.parse(f"''{title}''").filter_tags(recursive=False)
    assert str(italics) == f"''{title}''"
    assert html.unescape(str(italics.contents)) == name


@pytest.mark.parametrize("name", ["~~~", "~~~~", "~~~~~", "__NOTOC__", "__TOC__"])
def test_a_name_neither_signs_nor_commands_a_page(name: str) -> None:
    """MediaWiki replaces signatures when a page is saved, and magic words wherever they stand."""
    assert not re.search(r"~~|__", text(name, "wikipedia"))


@pytest.mark.parametrize(
    "name", ["RFC 2822", "PMID 12345", "ISBN 2-07-036024-8", "* A", "# A", ": A", "; A", "----"]
)
def test_a_name_is_neither_a_number_of_a_document_nor_a_line_of_a_list(name: str) -> None:
    """MediaWiki makes links of the former, and a template may set a title at a line's start."""
    call = text(name, "wikipedia")
    assert same(wiki_parameters(call)["titre"], name)
    assert re.search(r"(RFC|PMID|ISBN)&#32;|titre=&#", call)


def test_every_source_has_a_key_in_ascii_of_its_own() -> None:
    sources = [
        source(signatory()),
        source_of_charter(f"{HOME}charte/", SITE),
        source_of_edition(PRINTED, 361, f"{HOME}annexe/2020-11-16/", SITE),
    ]
    keys = {one.key for one in sources}
    assert len(keys) == len(sources)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def check_records(name: str) -> None:
    """Hold that each record is one, with the fields it should have, and gives the name back."""
    texts = {one.id: one.text for one in citations(source(signatory(name)))}
    entry = bibtex_entry(texts["bibtex"])[1]
    title = entry.fields.pop("title")
    assert same(latex_text(title), name)
    assert not re.search(r"(?<!\\)[&%$#_~^]", title)  # the reader forgives more than TeX
    assert dict(entry.fields) == BIBTEX_FIELDS
    assert same(ris_fields(texts["ris"])["TI"], name)
    (item,) = json.loads(texts["csl-json"])
    assert same(item["title"], name)
    parameters = wiki_parameters(texts["wikipedia"])
    assert list(parameters) == ["titre", "url", "site", "date"]
    assert same(parameters["titre"], name)


@pytest.mark.parametrize("name", [*HOSTILE, *PAYLOADS])
def test_a_name_that_is_markup_is_read_back_as_a_name(name: str) -> None:
    check_records(name)


@given(NAMES)
def test_whatever_the_name_each_format_is_one_record_that_gives_it_back(name: str) -> None:
    check_records(name)


@given(NAMES)
def test_whatever_the_name_a_sentence_is_one_line_that_begins_with_it(name: str) -> None:
    texts = {one.id: one.text for one in citations(source(signatory(name)))}
    for kind, claim in (("francais", " figure à l’annexe"), ("anglais", " is listed")):
        assert len(texts[kind].splitlines()) == 1
        assert same(texts[kind].rpartition(claim)[0], name)
