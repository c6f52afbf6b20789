"""The charter and its annex as PDF: tagged, whole, word for word, and the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import ROOT, SITE_URL
from charte.cache import Cache
from charte.charter import read_charter
from charte.charter_words import Paragraph, Promises, Text, Words
from charte.files import CHARTER
from charte.outputs import documents
from charte.problems import InvalidInput, Unpublishable
from charte.register.history import Listing, editions
from charte.register.model import FormerName, Signatory, Withdrawal
from charte.views import SiteView
from publishing import printed_site, site_of
from test_charter import printed

FIRST = date(2020, 11, 16)
LATER = date(2021, 3, 1)
FOOT = re.compile(r"La charte « Engagé pour la e-santé » · édition du [^·]+? \d+ / \d+$")
A4_WIDTH = 595  # points
TEXTS = read_charter(ROOT / CHARTER)
SECTIONS = TEXTS[-1].sections
NO_CACHE = Cache(None)


def made(
    site: SiteView, cache: Cache = NO_CACHE, texts: tuple[Text, ...] = TEXTS
) -> dict[str, bytes]:
    """Make the documents of a site, by address."""
    whole = replace(site, charter=texts)
    return {one.uri: one.content for one in documents.outputs(whole, cache)}


def latest(site: SiteView) -> bytes:
    return made(site)["charte.pdf"]


def lines(site: SiteView) -> tuple[Listing, ...]:
    """Give the lines of the latest edition."""
    return editions(site.register)[-1].lines


def named(name: str, slug: str = "a", listed: date = FIRST, **fields: Any) -> Signatory:
    return Signatory(name=name, slug=slug, listed=listed, **fields)


def annex_of(names: list[str]) -> SiteView:
    return site_of(*(named(name, f"s-{at}") for at, name in enumerate(names)))


def pages(pdf: bytes) -> list[str]:
    """Read the pages as a reader's software does, on one line each."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    # A hyphen at the end of a line comes as a mark of its own.
    return [" ".join(re.sub("\ufffe|\x02", "-", text).split()) for text in texts]


def read(pdf: bytes) -> str:
    """Read a document from end to end, without the foot of its pages."""
    return " ".join(FOOT.sub("", page).strip() for page in pages(pdf))


def solid(text: str) -> str:
    """Leave the spaces out: a line may end where there is none."""
    return "".join(text.split())


def printed_form(pdf: bytes) -> str:
    """Read the names of the annex as printed."""
    after = solid(read(pdf)).split(solid("Dans la forme imprimée (dernière mise à jour :"))[1]
    return after[len("16/11/2020):") :].split(solid("En tableau L’adresse d’une page"))[0]


def table(pdf: bytes) -> str:
    """Read what the table says, row by row."""
    return solid(read(pdf)).partition("NomPagePrécision")[2]


def tags(document: pikepdf.Pdf) -> list[tuple[str, Any]]:
    """Give the tags of a document and what they hold, in reading order."""
    found = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S).removeprefix("/"), node))
            walk(node.get("/K"))

    walk(document.Root.StructTreeRoot.K)
    return found


def links(pdf: bytes) -> list[str]:
    """Give the addresses to which a document leads, page after page."""
    document = pikepdf.open(io.BytesIO(pdf))
    actions: list[Any] = [
        link.get("/A", {}) for page in document.pages for link in page.get("/Annots", [])
    ]
    return [str(action["/URI"]) for action in actions if "/URI" in action]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Return the document of the printed edition."""
    return latest(printed_site())


@pytest.fixture
def document(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


# --- What it says ---


def test_the_charter_stands_in_it_word_for_word(pdf: bytes) -> None:
    assert " ".join(printed().split()) in read(pdf)


def test_the_annex_stands_in_it_as_the_ministry_prints_it(pdf: bytes) -> None:
    """In order, notes in brackets, a dash between names; a line may end within a name."""
    annex = lines(printed_site())
    names = [f"{line.name} ({line.note})" if line.note else line.name for line in annex]
    assert len(names) == 361
    assert printed_form(pdf) == solid(" – ".join(names))


def test_the_annex_stands_in_it_as_a_table_with_a_row_and_a_link_for_each(
    pdf: bytes, document: pikepdf.Pdf
) -> None:
    annex = lines(printed_site())
    rows = [node for tag, node in tags(document) if tag == "TR"]
    assert len(rows) == len(annex) + 1  # and the headings
    told = table(pdf)
    assert all(solid(line.name) in told for line in annex)
    assert all(solid(line.note) in told for line in annex if line.note)
    pages = [f"{SITE_URL}signataires/{line.signatory.slug}/" for line in annex]
    assert [uri for uri in links(pdf) if "/signataires/" in uri] == pages


def test_it_says_which_edition_it_is_and_where_it_stands(pdf: bytes) -> None:
    text = read(pdf)
    assert "Édition du 16 novembre 2020 · 361 signataires" in text
    assert f"{SITE_URL}annexe/2020-11-16/" in text
    assert f"{SITE_URL}annexe/2020-11-16/" in links(pdf)


def test_each_page_but_the_first_says_its_number_and_how_many_there_are(pdf: bytes) -> None:
    first, *others = pages(pdf)
    assert not re.search(r"\d / \d", first)
    for number, page in enumerate(others, start=2):
        foot = FOOT.search(page)
        assert foot, page
        assert foot[0].endswith(f" {number} / {len(others) + 1}")


# --- How it is made: ISO 14289-1 (PDF/UA-1), ISO 19005-2 (PDF/A-2a) ---


def test_it_says_that_it_keeps_both_standards(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_it_is_in_french_tagged_and_shows_its_title(document: pikepdf.Pdf) -> None:
    root = document.Root
    assert str(root.Lang).startswith("fr")
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    title = "La charte « Engagé pour la e-santé » – édition du 16 novembre 2020"
    assert str(document.docinfo.Title) == title


def test_its_bookmarks_are_the_headings_of_the_charter(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        headings = [entry.title for entry in outline.root]
        assert [entry.title for entry in outline.root[-1].children] == [
            "Dans la forme imprimée",
            "En tableau",
        ]
    assert headings == [section.heading for section in SECTIONS]


def test_its_tags_tell_title_headings_commitments_and_table(document: pikepdf.Pdf) -> None:
    counts = Counter(tag for tag, _ in tags(document))
    assert counts["Title"] == 1
    assert counts["H1"] == 7  # five sections, the annex, the contents
    assert counts["LI"] == counts["Lbl"] == 12
    assert counts["Em"] == 1
    assert counts["TH"] == 3
    assert counts["TD"] == 3 * 361


def test_every_figure_says_what_it_shows(document: pikepdf.Pdf) -> None:
    figures = [node for tag, node in tags(document) if tag == "Figure"]
    assert [str(figure.Alt) for figure in figures] == [
        "Engagé pour la e-santé : un « e » dont la barre se relève en coche"
    ]


def test_every_heading_of_the_table_is_one_of_a_column(document: pikepdf.Pdf) -> None:
    for tag, node in tags(document):
        if tag == "TH":
            assert [str(one.Scope) for one in node.A if "/Scope" in one] == ["/Column"]


def test_every_font_is_inside(document: pikepdf.Pdf) -> None:
    descriptors = [
        one
        for one in document.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert len(descriptors) == 4
    for one in descriptors:
        assert "/FontFile2" in one or "/FontFile3" in one
        assert re.search("SourceS(ans3|erif4)-", str(one.FontName))


def test_every_link_says_where_it_leads(document: pikepdf.Pdf) -> None:
    """ISO 14289-1, 7.18.5: a link has words of its own for assistive technology."""
    annotations = [link for page in document.pages for link in page.get("/Annots", [])]
    assert annotations
    assert all(str(one.get("/Contents", "")) for one in annotations)


# --- The same bytes ---


def test_the_latest_edition_stands_at_an_address_of_its_own() -> None:
    documents = made(site_of(named("Alan"), named("Zèbre", slug="zebre", listed=LATER)))
    assert list(documents) == [
        "annexe/2020-11-16/charte.pdf",
        "annexe/2021-03-01/charte.pdf",
        "charte.pdf",
    ]
    assert documents["charte.pdf"] == documents["annexe/2021-03-01/charte.pdf"]
    assert "Édition du 1er mars 2021 · 2 signataires" in read(documents["charte.pdf"])


def test_a_past_edition_stays_as_it_is() -> None:
    """Whoever comes, leaves or takes another name afterwards."""
    before = made(site_of(named("Alan", slug="alan"), named("Bo", slug="bo")))
    former = FormerName(name="Alan", until=LATER)
    after = made(
        site_of(
            named("Alane", slug="alane", former_slugs=("alan",), former_names=(former,)),
            named("Bo", slug="bo", withdrawn=Withdrawal(on=LATER, reason="retired")),
            named("Cy", slug="cy", listed=LATER),
        )
    )
    address = "annexe/2020-11-16/charte.pdf"
    assert after[address] == before[address]
    assert "Alane – Cy" in read(after["charte.pdf"])


AMENDED = Text(
    date(2023, 6, 1),
    (replace(SECTIONS[0], blocks=(Paragraph((Words("Amendée."),)),)), *SECTIONS[1:]),
)


def test_a_charter_that_is_amended_leaves_past_editions_with_the_text_of_their_day() -> None:
    site = site_of(named("Alan"), named("Bo", slug="bo", listed=date(2023, 6, 1)))
    before, after = made(site), made(site, texts=(*TEXTS, AMENDED))
    past, present = "annexe/2020-11-16/charte.pdf", "annexe/2023-06-01/charte.pdf"
    assert after[past] == before[past]
    assert "Amendée." not in read(after[past])
    assert "Amendée." in read(after[present])
    assert "Signée le 10 septembre 2020, amendée le 1er juin 2023" in read(after[present])


def test_the_latest_document_has_the_latest_text_even_before_another_edition() -> None:
    documents = made(site_of(named("Alan")), texts=(*TEXTS, AMENDED))
    assert "Amendée." in read(documents["charte.pdf"])
    assert "Amendée." not in read(documents["annexe/2020-11-16/charte.pdf"])


def test_the_charters_own_date_of_its_annex_is_never_the_registers() -> None:
    documents = made(site_of(named("Alan"), named("Bo", slug="bo", listed=LATER)))
    printed, later = (
        read(documents[f"annexe/{day}/charte.pdf"]).rpartition("Dans la forme imprimée ")[2]
        for day in ("2020-11-16", "2021-03-01")
    )
    assert printed.startswith("(dernière mise à jour : 16/11/2020) : Alan En tableau")
    assert later.startswith(
        "(dernière mise à jour : 16/11/2020) : "
        "Liste du registre, édition du 1er mars 2021 : Alan – Bo En tableau"
    )


def test_a_document_depends_on_no_clock_no_folder_and_no_setting_of_the_machine(
    tmp_path: Path,
) -> None:
    code = (
        "import sys; from test_documents import latest, named, site_of; "
        "sys.stdout.buffer.write(latest(site_of(named('Alan'))))"
    )
    paths = os.pathsep.join(str(ROOT / name) for name in ("hooks", "tests", "tools"))
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths, "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"},
        capture_output=True,
        check=True,
    )
    assert elsewhere.stdout == latest(site_of(named("Alan")))


def test_its_only_dates_are_those_of_the_edition(document: pikepdf.Pdf) -> None:
    info = document.docinfo
    assert str(info.CreationDate) == str(info.ModDate) == "D:20201116000000Z"
    metadata = document.Root.Metadata.read_bytes().decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+\S", metadata)) == {"2020-11-16T00:00:00Z"}


def test_what_was_set_before_is_not_set_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)
    first = made(site_of(named("Alan")), cache)
    monkeypatch.setattr(documents, "_typeset", lambda *_: b"anew")
    assert made(site_of(named("Alan")), cache) == first
    assert made(site_of(named("Alain")), cache)["charte.pdf"] == b"anew"


# --- What strangers write ---

HOSTILE = [
    *('#import "/etc/passwd": *', "#panic()", "#{1+1}", "$x^2$", "\\", "\\u{41}", "*gras*", "_it_"),
    *("`code`", "<a>", "<b>x</b>", "@ref", "= Titre", "- liste", "+ liste", "/ Terme: x", "// non"),
    *("/* non */", "~", "--", "---", "...", '"guillemets"', "'", "https://exemple.fr/", "[x]", "]"),
    *("{", "#", "{{ x }}", "[[ count ]]", "« A » !", "A ; B", "%PDF", "(", "e-" + "W" * 30),
]


def assert_set_as_written(names: list[str]) -> None:
    site = annex_of(names)
    pdf = latest(site)
    names = [line.name for line in lines(site)]
    assert printed_form(pdf) == solid(" – ".join(names))
    told = table(pdf)
    assert all(solid(name) in told for name in names)


def test_a_name_is_set_as_it_is_written_whatever_it_is() -> None:
    """Twice: in the printed form and in the table. Text is never read as markup."""
    assert_set_as_written(HOSTILE)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.text(alphabet="aAéœ #$*_`<>@=-+/\\~\"'[]{}()«»;:!?.,0", min_size=1, max_size=60)
        .filter(str.strip)
        .map(lambda text: " ".join(text.split())),
        min_size=1,
        max_size=20,
    )
)
def test_any_name_in_the_letters_of_the_fonts_is_set_as_it_is_written(names: list[str]) -> None:
    assert_set_as_written(names)


def test_a_word_however_long_stays_on_the_page() -> None:
    """Names, notes and identifiers leave a margin of 15 mm on both sides."""
    words = ["W", "i", "é", "Ω", "/", "-", "!", "(", "«", ".", "’", "1-", "a/", "Wattmètre-Santé/"]
    names = [(word * length)[:length] for word in words for length in (15, 30, 200)]
    site = site_of(
        *(
            named(name, slug=f"{'w' * (len(name) // 3)}-{at}", note=name)
            for at, name in enumerate(names)
        )
    )
    pdf = latest(site)
    told = " – ".join(f"{line.name} ({line.note})" for line in lines(site))
    assert printed_form(pdf) == solid(told)
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        assert min(left for left, *_ in boxes) > 42
        assert max(right for _, _, right, _ in boxes) < A4_WIDTH - 42


@pytest.mark.parametrize(("name", "note"), [("Alan 医", None), ("Alan", "et ses 医")])
def test_a_letter_that_the_fonts_lack_is_told_with_its_entry(name: str, note: str | None) -> None:
    with pytest.raises(Unpublishable) as told:
        latest(site_of(named(name, note=note)))
    assert str(told.value) == (
        f"Le document ne sait pas écrire le caractère « 医 » (U+533B) de l’entrée « {name} »."
    )


@pytest.mark.parametrize("template", [b'#set text(font: "Absente")\nMot', b"#panic()"])
def test_what_typst_complains_of_is_told_in_one_sentence(
    template: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it would go on: it leaves text out whose font is not there."""
    monkeypatch.setattr(documents, "_template", lambda: template)
    with pytest.raises(Unpublishable, match=r"^Le document n’a pas pu être composé : .+\.$"):
        latest(site_of(named("Alan")))


# --- The charter as words ---


def test_the_charter_is_read_in_the_order_of_the_print() -> None:
    assert [section.id for section in SECTIONS] == [
        "preambule",
        "principes-partages",
        "engagements-des-pouvoirs-publics",
        "engagements-des-industriels",
        "signataires-et-suivi",
        "annexe",
    ]


def test_the_twelve_commitments_keep_their_anchors_and_numbers() -> None:
    promises = [
        promise
        for section in SECTIONS
        for block in section.blocks
        if isinstance(block, Promises)
        for promise in block.items
    ]
    assert [(one.id, one.number) for one in promises] == [
        (f"{party}-{number}", number) for party in ("etat", "industriels") for number in range(1, 7)
    ]
    words = promises[9].pieces
    assert [piece.text for piece in words if piece.emphasised] == ["store"]


@pytest.mark.parametrize(
    ("foreign", "named", "line"),
    [
        ("## Un titre", "<h2>", 14),
        ("Un mot **gras**.", "<strong>", 14),
        ("Un [lien](a.md).", "<a>", 14),
        ("- une puce", "« une puce »", 14),
        ("une&nbsp;espace", "undefined entity", 7),
    ],
)
def test_what_the_charter_does_not_hold_is_refused_not_lost(
    foreign: str, named: str, line: int, tmp_path: Path
) -> None:
    page = charter_copy(tmp_path) / "preambule.md"
    page.write_text(page.read_text().replace("La présente charte", f"{foreign}\n\nLa présente"))
    with pytest.raises(InvalidInput, match=rf"docs/charte/preambule\.md:{line}:1 : .*{named}"):
        read_charter(page.parent)


def test_a_section_without_its_text_and_a_charter_without_its_annex_are_refused(
    tmp_path: Path,
) -> None:
    folder = charter_copy(tmp_path)
    page = folder / "preambule.md"
    page.write_text(page.read_text().replace("[end:texte]", "[fin:texte]"))
    with pytest.raises(Unpublishable, match="repères"):
        read_charter(folder)
    folder = charter_copy(tmp_path)
    whole = folder / "index.md"
    whole.write_text(whole.read_text().replace("{ #annexe }", ""))
    with pytest.raises(Unpublishable, match=r"docs/charte/index\.md:46:1 : (.*\n)*.*l’annexe"):
        read_charter(folder)


def charter_copy(folder: Path) -> Path:
    """Copy the charter's pages into a folder that a test may change."""
    return shutil.copytree(ROOT / CHARTER, folder / CHARTER, dirs_exist_ok=True)
