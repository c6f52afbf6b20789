"""The legal pages, the accessibility statement and the page in English, as they are built.

A draft is built with the committed values, most of them empty, and a release with all that is
mandatory; both of a small register and without drawings, which these pages have nothing to do with.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from building import ROOT, copy_project, name_only, run_mkdocs
from charte.publication.checking import FILE, MANDATORY
from looking import served

URL = "https://charte.exemple.fr/"
LEGAL = ("mentions-legales", "donnees-personnelles", "accessibilite", "eco-conception")
RELEASE = {"CHARTE_ENV": "production", "SITE_URL": URL, "SOURCE_DATE_EPOCH": "1798761600"}


def prepared(folder: Path) -> Path:
    """Copy the project with a small register."""
    copy_project(folder)
    shutil.copy(ROOT / "tests/fixtures/years-later.yaml", folder / "data/signatories.yaml")
    name_only(folder, {"withings"})
    return folder


def built(folder: Path, **environment: str) -> Path:
    """Build a copy strictly and give the site."""
    result = run_mkdocs(folder, "build", "--strict", CHARTE_DRAWINGS="false", **environment)
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the site of who says nothing of who publishes it."""
    return built(prepared(tmp_path_factory.mktemp("draft")))


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the site of who says all that is mandatory, and has had it audited."""
    folder = prepared(tmp_path_factory.mktemp("release"))
    known = (ROOT / "tests/fixtures/publication.yaml").read_text(encoding="utf-8")
    (folder / FILE).write_text(known + AUDITED, encoding="utf-8")
    return built(folder, **RELEASE)


AUDITED = """
accessibility:
  established: 2026-12-01
  updated: 2026-12-24
  audit: {on: 2026-11-30, by: Exemple & fils, rate: "72,55", report: https://exemple.fr/audit?a&b}
  non_conformities: ["Un <titre> manque."]
  environments: [Firefox et NVDA]
  pages: [accueil]
"""


def html(site: Path, uri: str) -> str:
    return (site / uri / "index.html").read_text(encoding="utf-8")


def words(text: str) -> str:
    """Give what a reader reads in some HTML, spaces made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def article(site: Path, uri: str) -> str:
    """Give what a reader reads of a page."""
    return words(re.sub(r"(?s).*<article[^>]*>|</article>.*", "", html(site, uri)))


def section(site: Path, uri: str, name: str) -> str:
    """Give what a reader reads under a heading."""
    found = re.search(
        rf'(?s)<h([23]) id="{name}">.*?</h\1>(.*?)(?:<h[23] |</article>)', html(site, uri)
    )
    assert found
    return words(found[2])


# --- A release, a draft ---------------------------------------------------------------------


def test_a_release_without_its_values_stops_and_names_them_all(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    result = run_mkdocs(folder, "build", CHARTE_ENV="production", CHARTE_DRAWINGS="false")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert f"{len(MANDATORY) + 1} problèmes à corriger" in result.stderr
    for path in MANDATORY:
        told = rf"{FILE}:\d+:\d+ : Il manque « {'.'.join(map(str, path))} »"
        assert re.search(told, result.stderr), path
    assert "mkdocs.yml:1:1 : Un site destiné au public ne peut pas avoir" in result.stderr
    assert not (folder / "site").exists()


def test_a_misspelt_environment_is_no_draft(tmp_path: Path) -> None:
    result = run_mkdocs(prepared(tmp_path), "build", CHARTE_ENV="prod")
    assert result.returncode == 1
    assert "CHARTE_ENV vaut « prod »" in result.stderr


def test_a_draft_says_what_it_does_not_know(draft: Path) -> None:
    legal = article(draft, "mentions-legales")
    assert "L’éditeur de ce site n’est pas encore renseigné." in legal
    assert "L’hébergeur de ce site n’est pas encore renseigné." in legal
    assert legal.count("Non renseigné") == 6
    assert "pas encore renseignée" in section(draft, "mentions-legales", "signaler")
    assert "pas encore renseignée" in section(draft, "donnees-personnelles", "droits")
    assert "pas encore renseignée" in section(draft, "accessibilite", "contact")
    assert "publisher of this site has not been named yet" in article(draft, "en/about")
    assert "mailto:" not in "".join(html(draft, uri) for uri in (*LEGAL, "en/about"))
    assert not (draft / ".well-known").exists()


def test_a_release_says_who_publishes_everywhere(release: Path) -> None:
    legal = article(release, "mentions-legales")
    assert "renseigné" not in legal
    for value in ("Exemple Santé", "1 rue d’Exemple", "Camille Exemple", "Hébergeur SAS", "1007"):
        assert value in legal
    assert "published by Exemple Santé ." in article(release, "en/about")
    for uri in ("mentions-legales", "donnees-personnelles", "accessibilite", "en/about"):
        assert '<a href="mailto:contact@exemple.fr">contact@exemple.fr</a>' in html(release, uri)
    issuer = json.loads((release / "open-badges/issuer.json").read_bytes())
    assert issuer["email"] == "contact@exemple.fr"
    security = (release / ".well-known/security.txt").read_text()
    assert f"Canonical: {URL}.well-known/security.txt\n" in security


# --- The accessibility statement ------------------------------------------------------------


def test_the_statement_has_all_sections_of_the_models(draft: Path) -> None:
    """RGAA 4.1, « Déclaration d’accessibilité », in its order."""
    headings = re.findall(r"<(h[123]) id=[^>]*>(?:<a [^>]*>)?([^<]+)", html(draft, "accessibilite"))
    assert headings == [
        ("h1", "Déclaration d’accessibilité"),
        ("h2", "Engagement de conformité"),
        ("h2", "État de conformité"),
        ("h3", "Résultats des tests"),
        ("h2", "Contenus non accessibles"),
        ("h3", "Non-conformités"),
        ("h3", "Dérogations pour charge disproportionnée"),
        ("h3", "Contenus non soumis à l’obligation d’accessibilité"),
        ("h2", "Établissement de cette déclaration d’accessibilité"),
        ("h3", "Technologies utilisées pour la réalisation du site"),
        ("h3", "Environnement de test"),
        ("h3", "Outils pour évaluer l’accessibilité"),
        ("h3", "Pages du site ayant fait l’objet de la vérification de conformité"),
        ("h2", "Retour d’information et contact"),
        ("h2", "Voies de recours"),
    ]


def test_without_an_audit_the_statement_claims_nothing(draft: Path) -> None:
    assert "est non conforme avec" in section(draft, "accessibilite", "etat")
    assert "faute d’un audit de conformité" in section(draft, "accessibilite", "etat")
    assert "aucun taux n’en est tiré" in section(draft, "accessibilite", "resultats")
    assert "Elles ne sont pas connues" in section(draft, "accessibilite", "non-conformites")
    assert "aucun audit n’a encore été réalisé" in section(draft, "accessibilite", "pages")
    assert not re.search(r"\d\s?%", article(draft, "accessibilite"))


def test_an_audit_is_told_as_it_was_recorded(release: Path) -> None:
    state = section(release, "accessibilite", "etat")
    assert "est partiellement conforme avec" in state
    assert "en raison de ce qui est énuméré ci-dessous" in state
    results = section(release, "accessibilite", "resultats")
    assert (
        "réalisé le 30 novembre 2026 par Exemple & fils révèle que 72,55 % des critères" in results
    )
    assert 'href="https://exemple.fr/audit?a&amp;b"' in html(release, "accessibilite")
    assert section(release, "accessibilite", "non-conformites") == "Un <titre> manque."
    assert section(release, "accessibilite", "environnement") == "Firefox et NVDA"
    assert section(release, "accessibilite", "etablissement") == (
        "Cette déclaration a été établie le 1er décembre 2026. "
        "Elle a été mise à jour le 24 décembre 2026."
    )


def test_the_ways_to_complain_are_those_of_the_model(draft: Path) -> None:
    """RGAA 4.1, « Voies de recours »."""
    told = article(draft, "accessibilite").partition("Voies de recours")[2]
    assert (
        "vous avez signalé au responsable du site internet un défaut d’accessibilité qui vous "
        "empêche d’accéder à un contenu ou à un des services du portail et vous n’avez pas obtenu "
        "de réponse satisfaisante"
    ) in told
    assert "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07" in told


# --- Every page -----------------------------------------------------------------------------


def test_every_page_leads_to_the_legal_pages_and_says_its_accessibility(
    draft: Path, release: Path
) -> None:
    """RGAA 4.1, « Mention obligatoire sur la page d’accueil »."""
    for site, state in ((draft, "non conforme"), (release, "partiellement conforme")):
        pages = [page for page in site.rglob("*.html") if "<footer" in page.read_text()]
        assert len(pages) > 40
        for page in pages:
            foot = page.read_text(encoding="utf-8").partition("<footer")[2]
            leads = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', foot)
            said = {words(text): address for address, text in leads}
            assert f"Accessibilité : {state}" in said, page
            names = {"Mentions légales", "Données personnelles", "Éco-conception"}
            assert names <= said.keys(), page
            for address in said.values():
                start = site if address.startswith("/") else page.parent
                assert (start / address.removeprefix("/") / "index.html").exists(), address


# --- The page in English --------------------------------------------------------------------


def test_the_page_in_english_is_in_english_and_what_surrounds_it_in_french(draft: Path) -> None:
    """WCAG 2.2, 3.1.1 and 3.1.2: a voice for each language."""
    page = html(draft, "en/about")
    assert '<html lang="en">' in page
    for start in ('<a class="skip"', "<header", "<footer"):
        (tag,) = re.findall(rf"{start}[^>]*>", page)
        assert 'lang="fr"' in tag
    assert '<html lang="fr">' in html(draft, "a-propos")


def test_each_of_the_two_pages_names_both(draft: Path) -> None:
    """Search engines believe hreflang only where each page confirms the other."""
    for uri in ("a-propos", "en/about"):
        found = re.findall(
            r'<link rel="alternate ?" hreflang="(\w+)" href="([^"]+)">', html(draft, uri)
        )
        assert dict(found) == {
            "fr": "https://charte.example/a-propos/",
            "en": "https://charte.example/en/about/",
        }


def test_links_from_one_language_to_the_other_say_so(draft: Path) -> None:
    page = re.sub(r"(?s).*<article|</article>.*", "", html(draft, "en/about"))
    leads = re.findall(r"<a ([^>]*)>", page)
    french = [attributes for attributes in leads if 'href="../../' in attributes]
    assert len(french) >= 5
    assert all('hreflang="fr"' in attributes for attributes in french)
    foot = html(draft, "").partition("<footer")[2]
    assert '<a href="en/about/" lang="en" hreflang="en">' in foot


def test_the_page_in_english_counts_and_cites_from_the_register(draft: Path) -> None:
    read = article(draft, "en/about")
    count = re.search(r"(\d+) signatories in the edition of (\d+ \w+ \d{4})", read)
    assert count
    assert f"edition of {count[2]}, {count[1]} signatories: https://charte.example/annexe/" in read
    assert "This is not a site of the French State." in read


# --- In a browser ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(draft: Path) -> Iterator[str]:
    """Serve the draft and give its address, without the final slash."""
    with served(draft) as where:
        yield where


def test_a_visit_leaves_nothing_in_the_browser_but_the_choice_of_colours(
    browser: Browser, address: str
) -> None:
    """What the page on personal data says is so."""
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/donnees-personnelles/")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        page.get_by_role("button", name="Passer à l’affichage").click()
        page.goto(f"{address}/annexe/")
        assert page.evaluate("Object.keys(localStorage)") == ["scheme"]
        assert context.cookies() == []
        assert all(url.startswith(f"{address}/") for url in asked)
