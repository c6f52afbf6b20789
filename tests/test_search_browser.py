"""The search as people use it, in a real Chromium: on the site, and alone under a strict policy."""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page, Route, expect

from auditing.axe import violations
from building import ROOT
from charte.search import ENGINE_INDEX, INDEX, Entry, index, viewed
from looking import SCHEMES, Scheme, served
from publishing import small_site
from visiting import NARROW, WIDE, sideways

BAND, HOME = "#recherche-bandeau", "#recherche"

# As strict a policy as a site can have; the page has the form of the home page, and nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"
)
PAGE = f"""<!DOCTYPE html>
<html lang="fr">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>Essai</title>
<form data-recherche action="/annexe/" role="search">
<label for="q">Chercher</label> <input id="q" name="q" type="search">
<button type="submit">Chercher</button>
</form>
<script type="module" src="/assets/js/recherche.js"></script>
"""
HOSTILE = "<img src=x onerror=alert(1)>"

FIND = """async ([entries, queries]) => {
  const { finder } = await import("/assets/js/trouver.js");
  const find = finder(entries);
  return queries.map((query) => {
    const { found, near } = find(query);
    return [found.map((one) => one.uri), near];
  });
}"""
TIME = """async ([entries, queries]) => {
  const { finder } = await import("/assets/js/trouver.js");
  const find = finder(entries);
  const time = (query) => {
    const start = performance.now();
    find(query);
    return performance.now() - start;
  };
  return queries.map((query) => Math.min(...Array.from({ length: 7 }, () => time(query))));
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a wide page."""
    with browser.new_context(viewport={"width": WIDE, "height": 900}) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        yield page


@pytest.fixture(scope="module")
def home(browser: Browser, address: str) -> Iterator[Page]:
    """Give the home page, once for many questions."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        yield page


@pytest.fixture(scope="module")
def alone(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Serve the search alone, with a small register and a hostile page, and refuse complaints."""
    folder = tmp_path_factory.mktemp("search")
    shutil.copytree(ROOT / "theme/assets/js", folder / "assets/js")
    (folder / "index.html").write_text(PAGE)
    hostile = Entry(
        "x/", HOSTILE, "Page", f"{HOSTILE} & <script>alert(1)</script>", page="<b>P</b>"
    )
    (folder / INDEX).write_text(index([*viewed(small_site()), hostile]))
    with served(folder) as address, browser.new_context() as context:
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text))
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        page.goto(address)
        yield page
        assert troubles == []


def look_for(query: str, page: Page, field: str = BAND) -> list[str]:
    """Type a question, wait for the answer and give the titles of its results."""
    page.fill(field, query)
    return results(query, page)


def results(query: str, page: Page) -> list[str]:
    expect(status(page)).to_contain_text(f"«\u00a0{query}\u00a0»")
    return page.locator(".recherche__title").all_inner_texts()


def status(page: Page) -> Locator:
    return page.locator("[data-open] [role=status]")


def kinds(page: Page) -> list[str]:
    return page.locator(".recherche__kind").all_inner_texts()


def found(page: Page, entries: list[dict[str, Any]], *queries: str) -> list[tuple[list[str], bool]]:
    """Give the addresses found for each question, and whether they are only near."""
    answers = page.evaluate(FIND, [entries, list(queries)])
    return [(uris, near) for uris, near in answers]


@pytest.fixture(scope="module")
def entries(site: Path) -> list[dict[str, Any]]:
    """Give the published index."""
    published: list[dict[str, Any]] = json.loads((site / INDEX).read_bytes())
    return published


# --- What is found ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("withings", "WITHINGS"),
        ("sante", "PULSE SANTE"),
        ("sante", "CALIMED Santé"),
        ("EDITEUR", "II. Principes partagés"),
        ("oeuvre", "I. Préambule"),
        ("medecin direct", "Médecindirect"),
        ("exelus", "EXELUS"),
        ("exelus", "SAS EXELUS"),
        ("app'ines", "App'ines"),
        ("smart", "FAIR&SMART"),
        ("drager", "Dräger France SAS"),
        (
            "interoperabilite",
            "IV - Engagements des industriels des secteurs sanitaire, médico-social et social",
        ),
    ],
)
def test_the_search_finds_what_a_french_reader_types(query: str, title: str, home: Page) -> None:
    home.fill(HOME, query)
    home.press(HOME, "Enter")
    assert title in results(query, home)


def test_the_company_whose_name_is_typed_comes_first(page: Page, address: str) -> None:
    page.goto(address)
    assert look_for("Withings", page)[0] == "WITHINGS"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/signataires/withings/**")
    assert page.locator("h1").inner_text() == "WITHINGS"


def test_the_search_in_the_band_finds_too(page: Page, address: str) -> None:
    page.goto(f"{address}/badge/")
    page.get_by_role("searchbox", name="Rechercher").click()
    page.keyboard.type("medecindirect", delay=40)  # as fast as a person
    assert results("medecindirect", page) == ["Médecindirect"]


def test_the_page_for_unknown_addresses_has_a_search(page: Page, address: str) -> None:
    answer = page.goto(f"{address}/signataires/withing/")
    assert answer is not None
    assert answer.status == 404
    page.fill(HOME, "withings")
    page.press(HOME, "Enter")
    assert results("withings", page) == ["WITHINGS"]


def test_every_name_is_found_first_by_itself_in_capitals_and_without_accents(
    alone: Page, entries: list[dict[str, Any]]
) -> None:
    spellings = [(one["title"], one["title"].upper(), one["names"][0]) for one in entries]
    answers = found(alone, entries, *[query for three in spellings for query in three])
    name_of = {one["uri"]: one["names"][0] for one in entries}
    firsts = [name_of[uris[0]] for uris, _ in answers]
    assert firsts == [one["names"][0] for one in entries for _ in range(3)]


def test_the_exact_name_comes_first_then_beginnings_then_words_then_pages(alone: Page) -> None:
    names = ["Un Cegedim", "Cegedimo", "Cegedim", "Hélicegedim", "La suite"]
    shown = [Entry(name, name, "Signataire") for name in names]
    shown[-1] = Entry("La suite", "La suite", "Page", "Au sujet de Cegedim.")
    ((uris, near),) = found(alone, json.loads(index(shown)), "cegedim")
    assert uris == ["Cegedim", "Cegedimo", "Un Cegedim", "La suite", "Hélicegedim"]
    assert not near


def test_a_former_name_counts_less_than_the_present_name_of_another(alone: Page) -> None:
    shown = [
        Entry("former", "Alizé", "Signataire", aliases=("Mistral",)),
        Entry("present", "Mistral", "Signataire"),
    ]
    assert found(alone, json.loads(index(shown)), "mistral") == [(["present", "former"], False)]


def test_an_elided_article_finds_nothing_by_itself(
    alone: Page, entries: list[dict[str, Any]]
) -> None:
    answers = found(alone, entries, "éthique", "l'éthique", "l’ethique", "L’Éthique", "qu'éthique")
    assert all(answer == answers[0] for answer in answers)
    text_of = {one["uri"]: one.get("words", "").split() for one in entries}
    assert answers[0][0]
    assert all("ethique" in text_of[uri] for uri in answers[0][0])


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("engagement", "engagements"),
        ("journal", "journaux"),
        ("niveau", "niveaux"),
        ("logiciel", "logiciels"),
    ],
)
def test_a_word_finds_its_plural_and_the_reverse(one: str, many: str, alone: Page) -> None:
    written = [Entry(one, "A", "Page", one), Entry(many, "B", "Page", many)]
    answers = found(alone, json.loads(index(written)), one, many, one[:4])
    assert [uris for uris, _ in answers] == [[one, many]] * 3


@pytest.mark.parametrize(("query", "other"), [("temps", "température"), ("gaz", "gazette")])
def test_a_plural_that_is_none_finds_no_longer_word(query: str, other: str, alone: Page) -> None:
    written = [Entry(text, "A", "Page", text) for text in (query, other)]
    ((uris, _),) = found(alone, json.loads(index(written)), query + "s")
    assert other not in uris


@pytest.mark.parametrize("query", ["whitings", "withigns", "wihtings", "Société Withings"])
def test_a_name_with_a_typing_error_is_offered_as_near(query: str, alone: Page) -> None:
    names = ["WITHINGS", "Whist Ltd", "Wittgenstein", "Cegedim"]
    shown = [Entry(name, name, "Signataire") for name in names]
    assert found(alone, json.loads(index(shown)), query) == [(["WITHINGS"], True)]


LETTERS = st.sampled_from("abcdefghij")


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, str]:
    """Give a name and what was typed: one error in 5 to 6 letters, two far apart in 10 to 14."""
    short = draw(st.booleans())
    sizes = {"min_size": 5, "max_size": 6} if short else {"min_size": 10, "max_size": 14}
    name = typed = draw(st.text(LETTERS, **sizes))
    for place in [2] if short else [7, 1]:
        letter = draw(LETTERS)
        before, after = typed[:place], typed[place:]
        typed = draw(
            st.sampled_from(
                [
                    before + letter + after,
                    before + after[1:],
                    before + letter + after[1:],
                    before + after[1] + after[0] + after[2:],
                ]
            )
        )
    return name, typed


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs=st.lists(mistyped(), min_size=10, max_size=30))
def test_one_error_in_a_short_name_and_two_in_a_long_one_are_forgiven(
    alone: Page, pairs: list[tuple[str, str]]
) -> None:
    written = json.loads(index([Entry(name, name, "Signataire") for name, _ in pairs]))
    answers = found(alone, written, *[typed for _, typed in pairs])
    for (name, typed), (uris, near) in zip(pairs, answers, strict=True):
        assert name in uris or not near, (name, typed)


@pytest.mark.parametrize("query", ["google", "doctolib", "amazon", "zz", "', ;"])
def test_what_is_not_there_is_not_found(
    query: str, alone: Page, entries: list[dict[str, Any]]
) -> None:
    ((uris, _),) = found(alone, entries, query)
    assert uris == []


def test_the_index_is_small_and_an_answer_quick_with_ten_thousand_signatories(
    alone: Page, site: Path, entries: list[dict[str, Any]]
) -> None:
    assert len(gzip.compress((site / INDEX).read_bytes(), 9)) <= 60_000
    chance = random.Random(1)  # noqa: S311 - names, not secrets
    words = sorted({word for one in entries for word in " ".join(one["names"]).split()})
    names = [" ".join(chance.choices(words, k=chance.randint(1, 3))) for _ in range(9_640)]
    more = [
        {"uri": f"{rank}/", "title": name.upper(), "kind": "Signataire", "names": [name]}
        for rank, name in enumerate(names)
    ]
    queries = ["s", "sante", "engagements", "l’éthique", "whitings", "medecin dirct"]
    times = alone.evaluate(TIME, [[*entries, *more], queries])
    assert max(times) < 50, dict(zip(queries, times, strict=True))  # milliseconds


# --- What is shown ------------------------------------------------------------------------------


def test_a_result_shows_its_kind_and_where_the_words_stand(page: Page, address: str) -> None:
    page.goto(f"{address}/badge/")
    look_for("l’éthique", page)
    first = page.get_by_role("list", name="Résultats").get_by_role("listitem").first
    expect(first.get_by_role("link")).to_have_accessible_name(
        "Engagement 1 des industriels Engagement"
    )
    expect(first.locator(".recherche__excerpt")).to_contain_text("référentiels socles (éthique,")
    assert first.locator("mark").all_inner_texts() == ["éthique"]
    look_for("qui peut l’utiliser", page)
    assert kinds(page)[0] == "Page · Le badge « Engagé pour la e-santé »"


def test_results_are_counted_and_said(alone: Page) -> None:
    for query, said in {
        "zenith": "1 résultat pour « zenith »",
        "industriels": "10 résultats pour « industriels »",
        "qwxzk": "Aucun résultat pour « qwxzk »",
        "zenoth": "Aucun résultat pour « zenoth ». 1 nom proche :",
    }.items():
        look_for(query, alone, "#q")
        assert status(alone).inner_text().replace("\u00a0", " ") == said


def test_where_nothing_is_found_the_annex_is_offered(alone: Page) -> None:
    assert look_for("qwxzk", alone, "#q") == ["L’annexe"]
    expect(alone.get_by_role("link")).to_have_attribute("href", re.compile("/annexe/$"))


def test_a_former_name_leads_to_the_present_one_and_who_left_says_so(alone: Page) -> None:
    assert look_for("premier nom", alone, "#q") == ["Œuvre Santé/Groupe Étoile"]
    expect(alone.locator(".recherche__excerpt")).to_contain_text("Anciens noms : Premier Nom")
    assert look_for("zenith", alone, "#q") == ["Zénith"]
    assert kinds(alone) == ["N’est plus signataire"]
    expect(alone.locator(".recherche__excerpt")).to_contain_text("depuis le 1er décembre 2021")


def test_hostile_text_is_shown_as_text(alone: Page) -> None:
    assert look_for("onerror", alone, "#q") == [HOSTILE]
    assert kinds(alone) == ["Page · <b>P</b>"]
    assert (
        alone.locator(".recherche__excerpt").inner_text()
        == f"{HOSTILE} & <script>alert(1)</script>"
    )
    assert alone.locator(".recherche__panel").locator("img, script, b").count() == 0


def test_results_come_ten_at_a_time(page: Page, address: str) -> None:
    page.goto(address)
    assert len(look_for("sante", page)) == 10
    page.get_by_role("button", name="Afficher plus de résultats").click()
    links = page.locator("[data-open]").get_by_role("link")
    expect(links).to_have_count(20)
    expect(links.nth(10)).to_be_focused()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [320, WIDE])
def test_open_results_have_no_accessibility_violation_and_no_sideways_scrolling(
    width: int, scheme: Scheme, browser: Browser, address: str
) -> None:
    """WCAG 2.2 AA as far as a machine can tell (axe-core); 1.4.10 Reflow at 320 px."""
    with browser.new_context(
        viewport={"width": width, "height": 600}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto(f"{address}/badge/")
        if width < WIDE:
            page.get_by_role("button", name="Rechercher").click()
        look_for("ethique", page)
        assert sideways(page) <= 0
        assert list(violations(page)) == []


def test_the_search_field_shows_where_the_keyboard_is(page: Page, address: str) -> None:
    """WCAG 1.4.11: the ring around the white field is at least three times as dark."""
    page.goto(address)
    page.focus("#recherche")
    colour = page.evaluate("getComputedStyle(document.querySelector('#recherche')).outlineColor")
    assert colour == "rgb(11, 93, 87)"


# --- By keyboard, and in bad times --------------------------------------------------------------


def test_arrows_walk_through_the_results_and_back_to_the_field(page: Page, address: str) -> None:
    page.goto(f"{address}/badge/")
    look_for("cegedim", page)
    links = page.locator("[data-open]").get_by_role("link")
    for key, where in [
        ("ArrowDown", links.nth(0)),
        ("ArrowDown", links.nth(1)),
        ("ArrowUp", links.nth(0)),
        ("ArrowUp", page.locator(BAND)),
        ("ArrowUp", page.locator(BAND)),
        ("Enter", links.nth(0)),
    ]:
        page.keyboard.press(key)
        expect(where).to_be_focused()
    page.wait_for_timeout(100)
    assert page.url == f"{address}/badge/"


def test_escape_closes_the_results_and_gives_the_focus_back(page: Page, address: str) -> None:
    page.goto(f"{address}/badge/")
    look_for("cegedim", page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".recherche__link")).to_have_count(0)
    expect(page.locator(BAND)).to_be_focused()
    expect(page.locator(BAND)).to_have_value("cegedim")


def test_in_a_narrow_band_a_button_unfolds_the_field_and_escape_folds_it(
    page: Page, address: str
) -> None:
    page.set_viewport_size({"width": NARROW, "height": 700})
    page.goto(f"{address}/badge/")
    button = page.get_by_role("button", name="Rechercher")
    expect(page.locator(BAND)).to_be_hidden()
    for leave in ("Escape", "Fermer"):
        button.click()
        expect(page.locator(BAND)).to_be_focused()
        page.keyboard.type("cegedim")
        assert results("cegedim", page)[0] == "Cegedim"
        if leave == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name=leave).click()
        expect(page.locator(BAND)).to_be_hidden()
        expect(button).to_be_focused()


def test_results_in_the_band_go_when_the_reader_goes_on(page: Page, address: str) -> None:
    page.goto(f"{address}/badge/")
    look_for("qwxzk", page)
    for _ in range(3):  # the button, the annex, the page
        page.keyboard.press("Tab")
    expect(page.locator(".recherche__link")).to_have_count(0)
    look_for("cegedim", page)
    page.locator("footer p").first.click()  # where nothing takes the focus
    expect(page.locator(".recherche__link")).to_have_count(0)


def test_nothing_is_loaded_before_somebody_searches_and_never_the_engines_search(
    page: Page, site: Path, address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(f"{address}/")))
    page.goto(f"{address}/badge/", wait_until="networkidle")
    assert "assets/js/recherche.js" in asked
    seen = len(asked)
    look_for("cegedim", page)
    assert set(asked[seen:]) == {INDEX, "assets/js/trouver.js", "assets/js/fold.js"}
    assert not [uri for uri in asked if "workers" in uri or "search" in uri]
    assert not (site / ENGINE_INDEX).exists()


def test_a_question_in_the_address_opens_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/badge/?q=withings", wait_until="networkidle")
    assert page.locator("[data-open]").count() == 0
    expect(page.locator(BAND)).to_have_value("")


def test_if_the_index_does_not_come_the_form_still_leads_to_the_annex(
    page: Page, address: str
) -> None:
    page.route(f"**/{INDEX}", lambda route: route.abort())
    page.goto(address)
    page.fill(HOME, "withings")
    expect(status(page)).to_contain_text("n’a pas pu être chargée")
    page.press(HOME, "Enter")
    page.wait_for_url("**/annexe/?q=withings")


def test_if_the_index_did_not_come_the_next_letter_asks_again(page: Page, address: str) -> None:
    page.route(f"**/{INDEX}", lambda route: route.abort())
    page.goto(address)
    page.fill(HOME, "withing")
    expect(status(page)).to_contain_text("n’a pas pu être chargée")
    page.unroute(f"**/{INDEX}")
    assert look_for("withings", page, HOME) == ["WITHINGS"]


def test_an_index_that_comes_late_opens_nothing_for_who_has_gone(page: Page, address: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/{INDEX}", hold)
    page.goto(address)
    page.fill(BAND, "withings")
    expect(status(page)).to_have_text("Chargement…")
    page.keyboard.press("Escape")
    with page.expect_response(f"**/{INDEX}") as answer:
        held[0].continue_()
    answer.value.finished()
    page.wait_for_timeout(200)  # for what must not happen
    expect(page.locator(".recherche__link")).to_have_count(0)


def test_without_javascript_the_search_leads_to_the_whole_annex(
    browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        page.fill("#recherche", "withings")
        page.press("#recherche", "Enter")
        page.wait_for_url("**/annexe/?q=withings")
        assert page.get_by_role("link", name="WITHINGS").is_visible()


def test_without_javascript_the_band_leads_to_the_annex_too(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.set_viewport_size({"width": NARROW, "height": 700})
        page.goto(f"{address}/badge/")
        page.get_by_role("button", name="Rechercher").click()
        page.wait_for_url("**/annexe/?q=")
