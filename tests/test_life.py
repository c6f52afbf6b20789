"""The life of an entry, on the site of a register to which everything has happened.

The register is fixtures/years-later.yaml; the site is built from it once.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import feedparser
import pytest

from building import SITE_URL


@pytest.fixture(scope="module")
def built(years_later: Path) -> Path:
    return years_later / "site"


def page(built: Path, uri: str) -> str:
    return (built / uri / "index.html").read_text(encoding="utf-8")


def words(html: str) -> str:
    """Give what a reader reads in some HTML, spaces made one."""
    main = re.sub(r"(?s).*<article[^>]*>|</article>.*|</?(?:a|time)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


# --- Those who left -------------------------------------------------------------------------


def test_who_merged_says_so_and_leads_to_who_succeeds(built: Path) -> None:
    said = words(page(built, "signataires/sillage-eig"))
    assert "A fusionné avec un autre signataire le 3 mai 2021. Voir Horizon Santé" in said


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("sillage-eig", "n’est plus signataire"),
        ("brume", "n’est plus signataire"),
        ("mirage", "cité par erreur"),
        ("withings", "signataire"),
    ],
)
def test_the_badge_says_what_its_signatory_is_today(slug: str, said: str, built: Path) -> None:
    title = re.search(r"<title[^>]*>([^<]*)", (built / f"badge/{slug}.svg").read_text())
    assert title
    assert f", {said} " in title[1]


def test_who_left_stands_among_the_former_and_not_in_the_annex(built: Path) -> None:
    annex = words(page(built, "annexe"))
    former = words(page(built, "anciens-signataires"))
    for name in ("Sillage/EIG", "Brume", "Mirage"):
        assert name not in annex
        assert name in former
    assert "Brume 16 novembre 2020 N’est plus signataire depuis le 31 décembre 2021." in former
    assert "3 signataires" in annex


# --- Addresses that moved -------------------------------------------------------------------

MADE_OF_SLUGS = [
    "badge/{}.svg",
    "badge/{}.png",
    "cartes/{}.png",
    "api/v1/signataires/{}.json",
    "api/v1/shields/{}.json",
    "oembed/{}.json",
    "open-badges/assertions/{}.json",
]


@pytest.mark.parametrize(("old", "new"), [("horizon", "horizon-sante"), ("sillage", "sillage-eig")])
def test_every_address_made_of_a_former_slug_answers(old: str, new: str, built: Path) -> None:
    """Promise 1: the page leads on; what cannot lead on says what is true today."""
    assert f'content="0; url=../../signataires/{new}/"' in page(built, f"signataires/{old}")
    for address in MADE_OF_SLUGS:
        assert (built / address.format(old)).read_bytes() == (
            built / address.format(new)
        ).read_bytes(), address


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("_redirects", "/{old} /{new} 301"),
        ("redirections/nginx.map", "/{old} /{new};"),
        ("redirections/Caddyfile", "redir /{old} /{new} permanent"),
    ],
)
def test_a_host_that_can_answer_301_is_told_every_move(file: str, line: str, built: Path) -> None:
    lines = (built / file).read_text(encoding="utf-8").splitlines()[1:]
    addresses = ["signataires/{}/", *MADE_OF_SLUGS]
    moves = [("horizon", "horizon-sante"), ("sillage", "sillage-eig")]
    expected = [line.format(old="signataires/", new="annexe/")]
    expected += [
        line.format(old=address.format(old), new=address.format(new))
        for address in addresses
        for old, new in moves
    ]
    assert sorted(lines) == sorted(expected)


# --- Editions -------------------------------------------------------------------------------


def edition(built: Path, day: str) -> dict[str, str]:
    """Give an edition's names with the addresses they lead to."""
    html = page(built, f"annexe/{day}")
    annex = html[html.index('<div class="annex">') : html.index('id="citer"')]
    found = re.findall(r'<li><a href="\.\./\.\./([^"]+)">([^<]+)</a>', annex)
    return {unescape(name): uri for uri, name in found}


EDITIONS = {
    "2020-11-16": ["Brume", "Horizon", "Sillage/EIG", "WITHINGS"],
    "2021-05-03": ["Brume", "Horizon & Fils", "Mirage", "WITHINGS"],
    "2022-01-31": ["Brume", "Horizon Santé", "WITHINGS"],
    "2022-03-01": ["Éole <& Compagnie>", "Horizon Santé", "WITHINGS"],
}


@pytest.mark.parametrize("day", EDITIONS)
def test_an_edition_is_the_annex_as_it_stood(day: str, built: Path) -> None:
    names = EDITIONS[day]
    assert list(edition(built, day)) == names
    said = words(page(built, f"annexe/{day}"))
    assert f"{len(names)}\xa0signataires".replace("\xa0", " ") in said
    assert f"{SITE_URL}annexe/{day}/" in said


def test_there_is_an_edition_for_each_day_of_change_and_no_other(built: Path) -> None:
    assert {folder.parent.name for folder in built.glob("annexe/*/index.html")} == set(EDITIONS)


def test_an_edition_says_who_came_and_who_left(built: Path) -> None:
    said = words(page(built, "annexe/2021-05-03"))
    assert "Nouveaux Mirage Partis Sillage/EIG" in said
    first = words(page(built, "annexe/2020-11-16"))
    assert "Nouveaux" not in first


def test_an_edition_says_who_took_another_name(built: Path) -> None:
    said = words(page(built, "annexe/2021-05-03"))
    assert "Renommés Horizon, désormais Horizon & Fils" in said
    said = words(page(built, "annexe/2022-01-31"))
    assert "Renommés Horizon & Fils, désormais Horizon Santé" in said
    assert "Renommés" not in words(page(built, "annexe/2020-11-16"))


def test_the_journal_says_what_each_edition_changed(built: Path) -> None:
    rows = re.findall(r"</th><td>\d+</td><td>([^<]*)</td>", page(built, "journal"))
    assert [" ".join(row.split()) for row in rows] == [
        "nouveaux : 1, partis : 1",
        "partis : 1, renommés : 1",
        "nouveaux : 1, partis : 1, renommés : 1",
        "",
    ]


def test_every_link_of_an_edition_leads_to_a_page(built: Path) -> None:
    for day in EDITIONS:
        for uri in edition(built, day).values():
            assert (built / uri / "index.html").exists(), uri


def test_the_annex_names_its_edition_and_all_those_before(built: Path) -> None:
    annex = page(built, "annexe")
    assert "depuis l’édition du 1er mars 2022" in words(annex)
    listed = re.findall(r'<th scope="row"><a href="\.\./annexe/([^/]+)/">', annex)
    assert listed == sorted(EDITIONS, reverse=True)


# --- Journal --------------------------------------------------------------------------------

JOURNAL = [
    "Éole <& Compagnie> rejoint les signataires de la charte « Engagé pour la e-santé »",
    "Brume quitte l’annexe",
    "WITHINGS : Une interface ouverte",
    "Horizon & Fils s’appelle désormais Horizon Santé",
    "Mirage quitte l’annexe",
    "Mirage rejoint les signataires de la charte « Engagé pour la e-santé »",
    "Horizon s’appelle désormais Horizon & Fils",
    "Sillage/EIG quitte l’annexe",
    "WITHINGS : Une expérimentation & ses résultats",
    "Sillage/EIG : Une charte interne",
    "La plus ancienne édition connue de l’annexe : 4\xa0signataires",
]


def test_the_journal_tells_all_that_happened_newest_first(built: Path) -> None:
    entries = re.findall(
        r'<li id="[^"]+" class="journal__entry[^"]*"><a [^>]+>([^<]+)', page(built, "journal")
    )
    assert [unescape(entry) for entry in entries] == JOURNAL


def test_a_feed_reader_reads_the_journal(built: Path) -> None:
    feed = feedparser.parse((built / "journal/atom.xml").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Engagé pour la e-santé – journal du registre"
    assert feed.feed.updated == "2022-03-01T00:00:00Z"
    assert [unescape(entry.title) for entry in feed.entries] == JOURNAL
    assert len({entry.id for entry in feed.entries}) == len(JOURNAL)
    for entry in feed.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.link.startswith(SITE_URL)
        assert (built / entry.link.removeprefix(SITE_URL) / "index.html").exists()


def test_every_page_names_the_feed(built: Path) -> None:
    named = '<link rel="alternate" type="application/atom+xml"'
    assert named in page(built, "signataires/withings")
    assert named in page(built, "journal")


def test_the_growth_is_drawn_with_its_table_beside_it(built: Path) -> None:
    journal = page(built, "journal")
    assert "4\xa0signataires le 16 novembre 2020, 3 depuis le 1er mars 2022." in journal
    rows = re.findall(r"<time [^>]+>([^<]+)</time></a></th><td>(\d+)</td>", journal)
    assert rows == [
        ("1er mars 2022", "3"),
        ("31 janvier 2022", "3"),
        ("3 mai 2021", "4"),
        ("16 novembre 2020", "4"),
    ]


# --- Actions --------------------------------------------------------------------------------


def test_an_action_stands_with_its_signatory_under_the_commitment_that_it_serves(
    built: Path,
) -> None:
    said = words(page(built, "signataires/withings"))
    assert re.search(
        r"Engagement 1 des industriels .* 1er février 2022 Une interface ouverte "
        r"Engagement 3 des industriels .* 1er mai 2021 Une expérimentation & ses résultats",
        said,
    )


def test_a_commitments_page_says_who_acted_on_it(built: Path) -> None:
    html = page(built, "engagements/industriels-3")
    assert "1er mai 2021 WITHINGS : Une expérimentation & ses résultats" in words(html)
    assert '<a href="../../signataires/withings/">WITHINGS</a>' in html
    assert 'href="https://withings.example/essai?a=1&amp;b=2"' in html
    assert "Aucune action" in words(page(built, "engagements/industriels-2"))


@pytest.mark.parametrize("uri", ["charte", "charte/engagements-des-industriels"])
def test_the_charter_leads_to_the_commitments_on_which_someone_acted(uri: str, built: Path) -> None:
    links = re.findall(
        r'<li><a href="([^"]+)">([^<]+)</a></li>',
        page(built, uri).split('<nav class="served"')[1].split("</nav>")[0],
    )
    assert [(Path(link).name, unescape(text)) for link, text in links] == [
        ("industriels-1", "Engagement 1 des industriels\xa0: 1\xa0action"),
        ("industriels-3", "Engagement 3 des industriels\xa0: 1\xa0action"),
        ("industriels-5", "Engagement 5 des industriels\xa0: 1\xa0action"),
    ]


def test_former_signatories_actions_remain(built: Path) -> None:
    assert "Sillage/EIG : Une charte interne" in words(page(built, "engagements/industriels-5"))


def test_each_commitment_has_its_page_with_its_words(built: Path) -> None:
    pages = {folder.parent.name for folder in built.glob("engagements/*/index.html")}
    assert pages == {
        f"{party}-{number}" for party in ("etat", "industriels") for number in range(1, 7)
    }


# --- Names ----------------------------------------------------------------------------------


def test_a_page_tells_the_names_that_were_given_up(built: Path) -> None:
    said = words(page(built, "signataires/horizon-sante"))
    assert "Horizon (jusqu’au 3 mai 2021)" in said
    assert "Horizon & Fils (jusqu’au 31 janvier 2022)" in said
