"""The charter: published word for word, each commitment at its own address."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from building import ROOT, SITE_URL, copy_project, run_mkdocs
from charte.charter import read_commitments

# Page → the heading with which its section begins in the printed text.
SECTIONS = {
    "preambule": "I. Préambule",
    "principes-partages": "II. Principes partagés",
    "engagements-des-pouvoirs-publics": "III - Engagements des pouvoirs publics",
    "engagements-des-industriels": "IV - Engagements des industriels",
    "signataires-et-suivi": "V - Signataires de la Charte et suivi",
}
SOURCE = (Path(__file__).parent / "fixtures" / "charte.txt").read_text()
# The source describes the signature, a drawing, in words that the charter does not hold.
DRAWING = "A handwritten signature in black ink, consisting of a series of loops and a long "
DRAWING += "horizontal stroke extending to the right."


class Article(HTMLParser):
    """Reads the words of a page's article, without its navigation."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._inside = 0
        self._skipped = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag == "article":
            self._inside += 1
        if tag in {"br", "hr", "img", "input"}:  # these have no end
            return
        if self._skipped or tag in {"nav", "dl"}:
            self._skipped += 1

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        if tag == "article":
            self._inside -= 1

    def handle_data(self, data: str) -> None:
        if self._inside and not self._skipped:
            self.text.append(data)


def words_of(page: Path) -> list[str]:
    article = Article()
    article.feed(page.read_text())
    return "".join(article.text).split()


def printed() -> str:
    """Give the printed text, from its first section to its signature, without Markdown's signs."""
    text = SOURCE[SOURCE.index("## I. Préambule") : SOURCE.index("## Annexe")]
    text = text.replace(DRAWING, "").replace("*store*", "store")
    return re.sub(r"^(#+|-) ", "", text, flags=re.MULTILINE)


def printed_sections() -> dict[str, str]:
    text = printed()
    starts = [text.index(heading) for heading in SECTIONS.values()] + [len(text)]
    return {page: text[starts[i] : starts[i + 1]] for i, page in enumerate(SECTIONS)}


@pytest.mark.parametrize("page", SECTIONS)
def test_a_sections_page_holds_its_words_and_no_others(page: str, site: Path) -> None:
    published = words_of(site / "charte" / page / "index.html")
    assert published == printed_sections()[page].split()


def test_the_whole_charter_stands_on_one_page(site: Path) -> None:
    published = " ".join(words_of(site / "charte" / "index.html"))
    assert " ".join(printed().split()) in published


# --- Each text at the address of its day ---

DATED = "charte/2020-09-10"


def test_the_text_of_2020_stands_at_its_permanent_address_word_for_word(site: Path) -> None:
    published = " ".join(words_of(site / DATED / "index.html"))
    assert " ".join(printed().split()) in published
    assert "Liste des industriels signataires (dernière mise à jour : 16/11/2020) :" in published


def test_the_text_in_force_is_told_once_to_those_who_search(site: Path) -> None:
    """Its dated page says what `/charte/` says, leads to it, and is cited in its place."""
    dated = (site / DATED / "index.html").read_text()
    assert f'<link rel="canonical" href="{SITE_URL}charte/">' in dated
    assert DATED not in (site / "sitemap.xml").read_text()
    assert DATED not in (site / "recherche.json").read_text()
    charter = (site / "charte/index.html").read_text()
    assert f'<a href="../{DATED}/">{SITE_URL}{DATED}/</a>' in charter
    assert f"(10 septembre 2020)\xa0: {SITE_URL}{DATED}/</textarea>" in charter


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a charter whose last commitment of the State went in 2023."""
    project = copy_project(tmp_path_factory.mktemp("amended"))
    charter = project / "docs/charte"
    former = charter / "2020-09-10"
    former.mkdir()
    for page in charter.glob("[!_]*.md"):
        shutil.copy(page, former)
    index, state = charter / "index.md", charter / "engagements-des-pouvoirs-publics.md"
    whole = re.sub(r"^seal: .*\n", "", index.read_text(), flags=re.MULTILINE)
    index.write_text(whole.replace("signed: 2020-09-10", "signed: 2023-06-01"))
    state.write_text(re.sub(r"- \[\[ commitment etat-6 \]\].*\n", "", state.read_text()))
    result = run_mkdocs(project, "build", "--strict", CHARTE_DRAWINGS="false")
    assert result.returncode == 0, result.stderr
    return project / "site"


def test_a_former_text_keeps_its_address_its_words_and_says_what_followed(amended: Path) -> None:
    dated = (amended / DATED / "index.html").read_text()
    assert " ".join(printed().split()) in " ".join(words_of(amended / DATED / "index.html"))
    assert 'voir le <a href="../../charte/2023-06-01/">texte du 1er juin 2023</a>' in dated
    assert f'<link rel="canonical" href="{SITE_URL}{DATED}/">' in dated
    assert f"<loc>{SITE_URL}{DATED}/</loc>" in (amended / "sitemap.xml").read_text()
    assert f'"uri":"{DATED}/"' in (amended / "recherche.json").read_text()
    assert not (amended / DATED / "preambule").exists()
    assert (
        '<a href="../charte/2020-09-10/">10 septembre 2020</a>'
        in (amended / "charte/index.html").read_text()
    )


def test_a_commitment_that_ended_keeps_its_page_and_leaves_the_lists(amended: Path) -> None:
    ended = (amended / "engagements/etat-6/index.html").read_text()
    assert "Encourager une politique d&#39;investissement" in ended
    assert "figure dans le texte du 10 septembre 2020" in ended
    assert f'href="../../{DATED}/#etat-6"' in ended
    lists = (amended / "engagements/index.html").read_text()
    assert "engagements/etat-5/" in lists
    assert "engagements/etat-6/" not in lists


# --- Commitments ---


@pytest.mark.parametrize("party", ["etat", "industriels"])
@pytest.mark.parametrize("number", range(1, 7))
def test_a_commitment_has_a_permanent_link_on_its_page_and_in_the_whole(
    party: str, number: int, site: Path
) -> None:
    anchor = f"{party}-{number}"
    section = {"etat": "pouvoirs-publics", "industriels": "industriels"}[party]
    for page in (f"charte/engagements-des-{section}", "charte"):
        html = (site / page / "index.html").read_text()
        assert re.search(rf'<a [^>]*id="{anchor}"[^>]*href="#{anchor}"[^>]*>{number}\)</a>', html)
        assert html.count(f'id="{anchor}"') == 1


def test_there_are_twelve_commitments_in_the_order_of_the_charter() -> None:
    commitments = read_commitments(ROOT / "docs" / "charte")
    assert list(commitments) == [f"etat-{n}" for n in range(1, 7)] + [
        f"industriels-{n}" for n in range(1, 7)
    ]


def test_a_commitment_knows_its_words_and_its_place() -> None:
    commitment = read_commitments(ROOT / "docs" / "charte")["industriels-3"]
    assert commitment.title == "Engagement 3 des industriels"
    assert commitment.uri == "charte/engagements-des-industriels/#industriels-3"
    assert commitment.words == (
        "Participer aux expérimentations et répondre aux concertations organisées par les pouvoirs "
        "publics ;"
    )


def test_the_charter_is_dated_and_signed(site: Path) -> None:
    words = " ".join(words_of(site / "charte" / "signataires-et-suivi" / "index.html"))
    assert "Date : 10 septembre 2020" in words
    assert "Laura Létourneau, Déléguée ministérielle au numérique en santé" in words
