"""The annex that answers as one types, in a real Chromium."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from auditing.axe import violations
from charte import french
from visiting import sideways

FOLDING = json.loads(Path(__file__).with_name("cases").joinpath("folding.json").read_text("utf-8"))
EVERYONE = 361

PLAIN = "([texts, module]) => import(module).then(({ plain }) => texts.map(plain))"
# What the status has said, one after the other.
LISTEN = """() => {
  const status = document.querySelector(".filter [role=status]");
  window.heard = [];
  new MutationObserver(() => window.heard.push(status.textContent))
    .observe(status, { childList: true });
}"""


def batched(lines: list[str], size: int) -> Iterator[list[str]]:
    """Cut a list into parts of a size, as the annex stands in blocks."""
    for start in range(0, len(lines), size):
        yield lines[start : start + size]


@contextmanager
def visited(context: BrowserContext, address: str) -> Iterator[Page]:
    """Visit a page; refuse errors, and complaints of the policy."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.goto(address)
    yield page
    assert troubles == []
    page.close()


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Visit a page in a browser with options of its own."""
    with browser.new_context(**options) as context, visited(context, address) as page:
        yield page


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser apart from that of other tests."""
    with browser.new_context() as context:
        yield context


@pytest.fixture
def annex(context: BrowserContext, address: str) -> Iterator[Page]:
    """Visit the annex of today."""
    with visited(context, f"{address}/annexe/") as page:
        yield page


@pytest.fixture(scope="module")
def shared(context: BrowserContext, address: str) -> Iterator[Page]:
    """Visit the annex of today once, for tests that only type."""
    with visited(context, f"{address}/annexe/") as page:
        yield page


@pytest.fixture
def later(context: BrowserContext, later_address: str) -> Iterator[Page]:
    """Visit the annex of some years later, which some have left."""
    with visited(context, f"{later_address}/annexe/") as page:
        yield page


def typed(page: Page, text: str) -> None:
    page.get_by_label("Nom", exact=True).fill(text)


def chosen(page: Page, facet: str, label: str) -> None:
    page.get_by_label(facet, exact=True).select_option(label)


def names(page: Page) -> list[str]:
    """Give the names that are shown, in order."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.annex li')]"
        ".filter(one => one.checkVisibility()).map(one => one.innerText)"
    )
    return found


def headings(page: Page) -> list[str]:
    """Give the letters that are shown, with what they say of their names."""
    shown = page.locator(".annex h2").filter(visible=True)
    return [" ".join(text.split()) for text in shown.all_inner_texts()]


def told(page: Page) -> str:
    """Give what is seen of the number of names."""
    return page.locator(".filter__count span").inner_text().replace("\xa0", " ")


def search(page: Page) -> str:
    found: str = page.evaluate("location.search")
    return found


# --- Folding --------------------------------------------------------------------------------


def test_the_browser_folds_the_table_as_the_build_does(shared: Page, address: str) -> None:
    module = f"{address}/assets/js/fold.js"
    texts = [case["text"] for case in FOLDING]
    folded = shared.evaluate(PLAIN, [texts, module])
    assert dict(zip(texts, folded, strict=True)) == {
        case["text"]: case["folded"] for case in FOLDING
    }


def test_the_browser_folds_every_european_character_as_the_build_does(
    shared: Page, address: str
) -> None:
    """Each between two letters, so that what joins and what separates are told apart."""
    characters = filter(lambda char: unicodedata.category(char) != "Cn", map(chr, range(0x2E80)))
    texts = [f"a{character}b" for character in characters]
    folded = shared.evaluate(PLAIN, [texts, f"{address}/assets/js/fold.js"])
    assert dict(zip(texts, folded, strict=True)) == {text: french.plain(text) for text in texts}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("withings", ["WITHINGS"]),
        ("  WITH ings ", ["WITHINGS"]),
        ("drager", ["Dräger France SAS"]),
        ("sas dräger", ["Dräger France SAS"]),
        ("appines", ["App'ines"]),
        ("app’ines", ["App'ines"]),
        ("app ines", ["App'ines"]),
        ("D’UN SEUL", ["D'un Seul Geste"]),
        ("un seul geste", ["D'un Seul Geste"]),
        ("fairsmart", ["FAIR&SMART"]),
        ("smart fair", ["FAIR&SMART"]),
        ("e ophtalmo", ["e-ophtalmo"]),
        ("eophtalmo", ["e-ophtalmo"]),
        ("360medical", ["360 medical"]),
        ("medecin direct", ["Médecindirect"]),
        ("l’allôpital", ["Allôpital"]),
        ("qu'allopital", ["Allôpital"]),
        ("aaliatech", ["AALIA.tech"]),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("…", ""),
    ],
)
def test_a_name_is_found_however_it_is_typed(
    query: str, found: list[str] | str, shared: Page
) -> None:
    """A text instead of names: as if that had been typed."""
    if isinstance(found, str):
        typed(shared, found)
        found = names(shared)
    typed(shared, query)
    assert names(shared) == found


def test_a_word_that_is_typed_need_not_be_whole(shared: Page) -> None:
    typed(shared, "compu")
    assert names(shared) == [
        "AxiSanté/CompuGroup Medical",
        "CLICKDOC/CompuGroup Medical",
        "Epsilog/CompuGroup Medical",
        "Hellodoc/CompuGroup Medical",
    ]


# --- What is shown --------------------------------------------------------------------------


def test_what_was_found_is_marked_and_the_link_keeps_its_name(shared: Page) -> None:
    typed(shared, "sante calimed")
    assert names(shared) == ["CALIMED Santé"]
    marks = shared.locator(".annex mark").filter(visible=True)
    expect(marks).to_have_text(["CALIMED", "Santé"])
    expect(shared.get_by_role("link", name="CALIMED Santé", exact=True)).to_be_visible()
    typed(shared, "")
    expect(marks).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "name", "marked"),
    [
        ("fairsmart", "FAIR&SMART", "[FAIR&SMART]"),
        ("smart", "FAIR&SMART", "FAIR&[SMART]"),
        ("app", "App'ines", "[App]'ines"),
        ("appi", "App'ines", "[App'i]nes"),
        ("oreal", "L'Oréal", "L'[Oréal]"),
        ("l’oreal", "Oréal", "[Oréal]"),
        ("o", "Le Cœur", "Le C[œ]ur"),
        ("ete", "E\u0301te\u0301", "[E\u0301te\u0301]"),
        ("e", "Vie Éole", "Vie [É]ole"),
        ("with withings", "Withings", "[With][ings]"),
        ("1", "½ litre", "[½] litre"),
        ("b", "a 💊 & b", "a 💊 & [b]"),
    ],
)
def test_what_is_marked_is_what_is_written(
    query: str, name: str, marked: str, shared: Page, address: str
) -> None:
    cut = shared.evaluate(
        """async ([query, name, module]) => {
          const { Query } = await import(module);
          const pieces = new Query(query).cut(name);
          return pieces.map(({ text, found }) => (found ? `[${text}]` : text)).join("");
        }""",
        [query, name, f"{address}/assets/js/fold.js"],
    )
    assert cut == marked


def test_letters_without_result_go_and_the_others_count_theirs(annex: Page) -> None:
    assert headings(annex)[:2] == ["0-9 1 signataire", "A 31 signataires"]
    typed(annex, "cegedim")
    assert headings(annex) == ["C 2 signataires", "R 2 signataires", "S 1 signataire"]
    index = annex.get_by_role("navigation", name="Lettres de l’annexe")
    expect(index.get_by_role("link", name="A", exact=True)).to_be_disabled()
    index.get_by_role("link", name="R", exact=True).click()
    annex.wait_for_url("**/annexe/?q=cegedim#lettre-r")


def test_facets_narrow_together(annex: Page) -> None:
    chosen(annex, "Groupe", "CompuGroup Medical")
    assert headings(annex) == [
        "A 1 signataire",
        "C 1 signataire",
        "E 1 signataire",
        "H 1 signataire",
    ]
    chosen(annex, "Lettre", "H")
    assert names(annex) == ["Hellodoc/CompuGroup Medical"]
    chosen(annex, "Année d’entrée", "2020")
    assert told(annex) == "1 signataire"
    typed(annex, "epsilog")
    assert names(annex) == []
    assert told(annex) == "Aucun signataire ne correspond : effacez un filtre"


def test_years_are_those_in_which_someone_entered(later: Page) -> None:
    options = later.get_by_label("Année d’entrée").get_by_role("option")
    expect(options).to_have_text(["Toutes", "2020", "2022"])
    chosen(later, "Année d’entrée", "2022")
    assert names(later) == ["Éole <& Compagnie>"]


def test_those_who_left_are_shown_at_their_place_when_asked_for(later: Page) -> None:
    asked: list[str] = []
    later.on("request", lambda request: asked.append(request.url))
    assert told(later) == "3 signataires"
    typed(later, "brume")
    assert names(later) == []
    typed(later, "")
    assert [url for url in asked if "/donnees/" in url] == []
    chosen(later, "Statut", "Tous")
    expect(later.get_by_role("link", name="Brume")).to_be_visible()
    assert len([url for url in asked if "/donnees/" in url]) == 1
    assert names(later) == [
        "Brume (ancien signataire)",
        "Éole <& Compagnie>",
        "Horizon Santé (pour ses deux filiales)",
        "Mirage (cité par erreur)",
        "Sillage/EIG (ancien signataire)",
        "WITHINGS",
    ]
    assert told(later) == "3 signataires et 3 anciens"
    assert headings(later)[0] == "B 1 ancien signataire"
    expect(later.get_by_label("Année d’entrée").get_by_role("option")).to_contain_text(["2021"])
    chosen(later, "Statut", "Anciens signataires")
    chosen(later, "Groupe", "EIG")
    assert names(later) == ["Sillage/EIG (ancien signataire)"]
    later.get_by_role("link", name="Sillage/EIG").click()
    later.wait_for_url("**/signataires/sillage-eig/")


def test_a_link_to_those_who_left_under_a_letter_of_theirs_works(
    context: BrowserContext, later_address: str
) -> None:
    address = f"{later_address}/annexe/?lettre=s&statut=anciens"
    with visited(context, address) as page:
        expect(page.get_by_role("link", name="Sillage/EIG")).to_be_visible()
        assert headings(page) == ["S 1 ancien signataire"]
        assert search(page) == "?lettre=s&statut=anciens"


def test_when_those_who_left_cannot_be_had_the_page_says_so(
    browser: Browser, later_address: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/signataires.json", lambda route: route.abort())
        page.goto(f"{later_address}/annexe/")
        chosen(page, "Statut", "Tous")
        expect(page.locator(".filter [role=status]")).to_have_text(
            "Les anciens signataires n’ont pas pu être chargés."
        )
        expect(page.get_by_label("Statut")).to_have_value("")
        assert len(names(page)) == 3
        page.unroute("**/signataires.json")
        chosen(page, "Statut", "Tous")
        expect(page.get_by_role("link", name="Brume")).to_be_visible()


# --- The address ----------------------------------------------------------------------------


def test_the_address_says_what_is_set_and_typing_makes_no_history(annex: Page) -> None:
    before = annex.evaluate("history.length")
    typed(annex, "é & co")
    annex.wait_for_url("**/annexe/?q=%C3%A9+%26+co")
    typed(annex, "")
    annex.wait_for_url("**/annexe/")
    assert annex.evaluate("history.length") == before


def test_a_filtered_view_can_be_linked(context: BrowserContext, address: str) -> None:
    with visited(
        context, f"{address}/annexe/?q=m%C3%89d&groupe=cegedim&lettre=C&annee=2020"
    ) as page:
        assert names(page) == ["Cegedim Logiciels Médicaux/Cegedim"]
        expect(page.get_by_label("Nom", exact=True)).to_have_value("mÉd")
        expect(page.get_by_label("Groupe")).to_have_value("cegedim")
        expect(page.get_by_label("Lettre", exact=True)).to_have_value("c")


def test_what_the_address_says_and_nobody_offers_is_left_out(
    context: BrowserContext, address: str
) -> None:
    with visited(context, f"{address}/annexe/?lettre=%C3%A9&groupe=x&statut=y&annee=1&z=1") as page:
        assert told(page) == f"{EVERYONE} signataires"
        expect(page.get_by_label("Statut")).to_have_value("")


def test_back_and_forward_go_through_the_choices(annex: Page) -> None:
    typed(annex, "sante")
    chosen(annex, "Lettre", "D")
    assert len(names(annex)) == 3
    chosen(annex, "Groupe", "EIG")
    assert names(annex) == []
    annex.go_back()
    assert search(annex) == "?q=sante&lettre=d"
    assert len(names(annex)) == 3
    expect(annex.get_by_label("Groupe")).to_have_value("")
    annex.go_back()
    assert search(annex) == "?q=sante"
    assert len(names(annex)) == 14
    annex.go_forward()
    assert search(annex) == "?q=sante&lettre=d"
    assert names(annex) == ["Digisanté", "DIRECTOSANTE", "Dv santé"]


def test_back_from_a_signatory_finds_the_same_view(annex: Page) -> None:
    typed(annex, "withings")
    annex.get_by_role("link", name="WITHINGS").click()
    annex.wait_for_url("**/signataires/withings/")
    annex.go_back()
    annex.wait_for_url("**/annexe/?q=withings")
    expect(annex.get_by_label("Nom", exact=True)).to_have_value("withings")
    assert names(annex) == ["WITHINGS"]


# --- Speech and keyboard --------------------------------------------------------------------


def test_the_number_is_said_once_the_reader_stops_typing(annex: Page) -> None:
    annex.evaluate(LISTEN)
    annex.get_by_label("Nom", exact=True).press_sequentially("drager", delay=20)
    status = annex.locator(".filter [role=status]")
    expect(status).to_have_text("1\xa0signataire")
    expect(status).to_have_attribute("aria-live", "polite")
    annex.keyboard.press("Escape")
    expect(status).to_have_text(f"{EVERYONE}\xa0signataires")
    assert annex.evaluate("window.heard") == ["1\xa0signataire", f"{EVERYONE}\xa0signataires"]


def test_all_filters_are_cleared_at_once_and_the_keyboard_stays(annex: Page) -> None:
    clear = annex.get_by_role("button", name="Effacer les filtres")
    expect(clear).to_be_hidden()
    chosen(annex, "Lettre", "B")
    typed(annex, "zzz")
    clear.focus()
    annex.keyboard.press("Enter")
    assert told(annex) == f"{EVERYONE} signataires"
    expect(annex.get_by_label("Nom", exact=True)).to_be_focused()
    expect(clear).to_be_hidden()
    assert search(annex) == ""
    annex.go_back()
    assert search(annex) == "?q=zzz&lettre=b"


@pytest.mark.parametrize("key", ["ArrowDown", "Enter"])
def test_a_key_leads_from_the_field_to_the_first_name(key: str, annex: Page) -> None:
    field = annex.get_by_label("Nom", exact=True)
    field.press_sequentially("medic")
    expect(field).to_be_focused()
    field.press(key)
    expect(annex.get_by_role("link", name="360 medical")).to_be_focused()


def test_escape_clears_the_field_and_keeps_the_facets(annex: Page) -> None:
    chosen(annex, "Groupe", "Cegedim")
    typed(annex, "resip")
    annex.get_by_label("Nom", exact=True).press("Escape")
    expect(annex.get_by_label("Nom", exact=True)).to_have_value("")
    assert told(annex) == "4 signataires"
    annex.wait_for_url("**/annexe/?groupe=cegedim")


def test_a_list_run_through_with_the_arrows_is_one_step_back(annex: Page) -> None:
    chosen(annex, "Groupe", "Cegedim")
    chosen(annex, "Groupe", "EIG")
    annex.go_back()
    assert search(annex) == ""
    assert told(annex) == f"{EVERYONE} signataires"


def test_two_choices_from_a_list_are_two_steps_back(annex: Page) -> None:
    chosen(annex, "Groupe", "Cegedim")
    annex.wait_for_timeout(1100)
    chosen(annex, "Groupe", "EIG")
    annex.go_back()
    assert search(annex) == "?groupe=cegedim"


def test_every_control_is_reached_by_keyboard_in_order(annex: Page) -> None:
    typed(annex, "a")
    reached = []
    for _ in range(5):
        annex.keyboard.press("Tab")
        reached.append(annex.evaluate("document.activeElement.name || document.activeElement.type"))
    assert reached == ["lettre", "groupe", "annee", "statut", "button"]


# --- Ten thousand ---------------------------------------------------------------------------

# How long the script takes to answer each thing typed, in milliseconds.
ANSWERS = """(typed) => typed.map((text) => {
    const field = document.getElementById("filtre-nom");
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect(); // lays out what is shown
    return performance.now() - start;
})"""


def test_ten_thousand_names_answer_as_one_types(browser: Browser, address: str) -> None:
    """What takes less than a tenth of a second is not seen as a delay (RAIL)."""

    def grown(block: re.Match[str]) -> str:
        lines = re.findall(r"(?s)<li.*?</li>", block[0]) * 28
        return "".join(f"<ul>\n{chr(10).join(part)}\n</ul>\n" for part in batched(lines, 60))

    def multiplied(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(r"(?s)(?<=</h2>\n)<ul>.*?(?=</section>)", grown, answer.text())
        route.fulfill(response=answer, body=body)

    typed = ["s", "sa", "san", "sant", "sante", "", "c", ""]
    with browser.new_context() as context:
        context.route("**/annexe/", multiplied)
        with visited(context, f"{address}/annexe/") as page:
            assert page.locator(".annex li").count() == 28 * EVERYONE
            expect(page.get_by_label("Nom", exact=True)).to_be_visible()
            times = page.evaluate(ANSWERS, typed)
    assert median(times) < 100, dict(zip(typed, times, strict=True))


# --- Everyone -------------------------------------------------------------------------------


def test_without_javascript_there_is_no_filter_and_the_annex_is_whole(
    browser: Browser, address: str
) -> None:
    uri = f"{address}/annexe/?q=withings"
    with opened(browser, uri, java_script_enabled=False) as page:
        assert page.locator(".annex li > a").count() == EVERYONE
        expect(page.get_by_role("link", name="Alan", exact=True)).to_be_visible()
        expect(page.locator(".filter")).to_be_hidden()
        expect(page.get_by_label("Groupe")).to_be_hidden()


HOSTILE = "<img src=x onerror=alert(1)>"


def test_a_hostile_query_is_a_text_like_another(context: BrowserContext, address: str) -> None:
    with visited(context, f"{address}/annexe/?q={HOSTILE}&groupe={HOSTILE}") as page:
        expect(page.get_by_label("Nom", exact=True)).to_have_value(HOSTILE)
        assert names(page) == []
        assert page.locator("article img").count() == 0


def test_a_name_with_markup_is_a_text_like_another(later: Page) -> None:
    typed(later, "& compagnie")
    expect(later.locator(".annex mark")).to_have_text(["Compagnie"])
    assert names(later) == ["Éole <& Compagnie>"]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_filtered_annex_has_no_accessibility_violation(
    width: int, scheme: Literal["light", "dark"], browser: Browser, later_address: str
) -> None:
    """WCAG 2.2 AA as far as axe can tell; 1.4.10 Reflow at 320 px is 1280 px at 400 %."""
    address = f"{later_address}/annexe/?q=i&statut=tous"
    with opened(
        browser, address, viewport={"width": width, "height": 640}, color_scheme=scheme
    ) as page:
        expect(page.locator(".annex mark").first).to_be_visible()
        assert sideways(page) <= 0
        assert list(violations(page)) == []


def test_targets_are_large_enough_for_a_finger(browser: Browser, address: str) -> None:
    """WCAG 2.5.8: 24 CSS px."""
    with opened(browser, f"{address}/annexe/?q=a", viewport={"width": 320, "height": 640}) as page:
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 ".filter :is(input, select, button), .letters a, .annex li > a")]
               .filter((one) => one.checkVisibility())
               .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 24)
               .map((one) => one.textContent)"""
        )
        assert small == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_place_of_the_filter_is_kept_before_it_comes(
    width: int, browser: Browser, address: str
) -> None:
    """Cumulative Layout Shift: the letters stand where they will stand."""
    tops = []
    for blocked in ("nothing.js", "annexe.js"):
        with browser.new_context(viewport={"width": width, "height": 640}) as context:
            page = context.new_page()
            page.route(f"**/{blocked}", lambda route: route.abort())
            page.goto(f"{address}/annexe/")
            tops.append(page.locator(".letters").bounding_box())
    assert tops[0] == tops[1]


def test_on_a_telephone_a_link_to_a_filtered_view_shows_what_was_found(
    browser: Browser, address: str
) -> None:
    uri = f"{address}/annexe/?q=withings"
    with opened(browser, uri, viewport={"width": 360, "height": 640}) as page:
        expect(page.get_by_role("link", name="WITHINGS")).to_be_in_viewport()
