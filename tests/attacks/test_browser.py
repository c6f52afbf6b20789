"""The hostile site as people meet it, in a real Chromium: it shows, and it does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from attacks import hostile
from attacks.payloads import DATA, HTML, PAYLOADS, SLOTS, UNDRAWABLE
from visiting import NARROW, WIDE, sideways

ENTRIES = hostile.entries(PAYLOADS, UNDRAWABLE)
PAGES = (
    *("/", "/annexe/", "/annexe/2020-11-16/", "/annexe/2021-06-30/", "/groupes/", "/charte/"),
    *("/charte/2020-09-10/", "/charte/preambule/", "/registre/champs/", "/registre/regles/"),
    *(
        "/eco-conception/",
        "/engagements/",
        "/engagements/industriels-3/",
        "/journal/",
        "/anciens-signataires/",
    ),
    *("/donnees/", "/api/v1/", "/badge/", "/a-propos/", "/en/about/", "/rejoindre/"),
    *("/accessibilite/", "/mentions-legales/", "/donnees-personnelles/", "/rien/"),
    "/groupes/script-alert-1-script-g0/",
)


@contextmanager
def watched(browser: Browser, address: str, width: int = WIDE) -> Iterator[Page]:
    """Open a page on which nothing may speak, fail, ask elsewhere or break the policy."""
    troubles: list[str] = []

    def refuse(dialog: Dialog) -> None:
        troubles.append(dialog.message)
        dialog.dismiss()

    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.on("dialog", refuse)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("popup", lambda popup: troubles.append(popup.url))
        page.on(
            "console",
            lambda message: troubles.append(message.text) if "404" not in message.text else None,
        )
        page.on(
            "request",
            lambda request: (
                troubles.append(request.url) if not request.url.startswith(address) else None
            ),
        )
        yield page
        assert troubles == []


def signatory(rank: int) -> str:
    return f"/signataires/attaque-{rank}/"


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_page_speaks_asks_elsewhere_breaks_the_policy_or_scrolls_sideways(
    width: int, browser: Browser, hostile_address: str
) -> None:
    """WCAG 2.2, 1.4.10 Reflow: a word of two hundred letters, accents piled up, other scripts."""
    some = range(0, len(PAYLOADS), 9) if width == NARROW else ()
    uris = [*PAGES, *map(signatory, some)]
    long = [signatory(rank) for rank, text in enumerate(PAYLOADS) if len(text) > 150]
    with watched(browser, hostile_address, width) as page:
        for uri in [*uris, *long]:
            answer = page.goto(hostile_address + uri)
            assert answer
            assert answer.ok or uri == "/rien/", uri
            assert sideways(page) <= 0, uri
            assert page.url == hostile_address + uri


@pytest.mark.parametrize(
    "uri",
    [
        *("/annexe/", "/annexe/2020-11-16/", "/groupes/", "/journal/", "/anciens-signataires/"),
        *("/engagements/", "/engagements/industriels-3/"),
    ],
)
def test_a_page_of_many_names_has_no_script_of_its_own(
    uri: str, browser: Browser, hostile_address: str
) -> None:
    with watched(browser, hostile_address) as page:
        page.goto(hostile_address + uri)
        scripts: list[str] = page.evaluate(
            "[...document.scripts].filter((one) => one.type !== 'application/ld+json')"
            ".map((one) => one.src)"
        )
        assert all(one.startswith(f"{hostile_address}/assets/js/") for one in scripts)
        assert page.locator("iframe, object, embed, base, article form").count() == 0


@pytest.mark.parametrize("text", [*HTML[:3], DATA[0], *SLOTS[:3], "constructor", "A" * 200])
def test_the_search_shows_what_is_found_as_text(
    text: str, browser: Browser, hostile_address: str
) -> None:
    with watched(browser, hostile_address) as page:
        page.goto(f"{hostile_address}/a-propos/")
        field = page.locator("#recherche-bandeau")
        field.fill(text)
        form = page.locator("form.recherche")
        form.locator(".recherche__status", has_text="pour «").wait_for()
        elements = set(
            form.evaluate("(one) => [...one.querySelectorAll('*')].map((each) => each.localName)")
        )
        assert elements <= {
            *("label", "input", "button", "svg", "path", "div", "p", "ul", "li", "a", "span"),
            "mark",
        }
        assert f"«\u00a0{text.strip()}\u00a0»" in form.locator(".recherche__status").inner_text()
        first = form.locator(".recherche__title").first
        first.wait_for()
        if text in PAYLOADS:
            titles = form.locator(".recherche__title").all_inner_texts()
            assert " ".join(text.split()) in {" ".join(title.split()) for title in titles}


@pytest.mark.parametrize("rank", [0, 6, 24, PAYLOADS.index("[[ annex ]]")])
def test_the_annex_filters_by_what_the_address_says_and_shows_it_as_text(
    rank: int, browser: Browser, hostile_address: str
) -> None:
    text = PAYLOADS[rank]
    with watched(browser, hostile_address) as page:
        names = ("q", "groupe", "lettre", "annee", "statut")
        page.goto(f"{hostile_address}/annexe/?{'&'.join(f'{one}={quote(text)}' for one in names)}")
        expect(page.locator(".filter__count span")).to_contain_text("signataire")
        page.goto(f"{hostile_address}/annexe/?statut=tous&q={quote(text)}")
        expect(page.locator(".filter input")).to_have_value(text)
        page.locator(".annex li:visible", has_text=text).first.wait_for()
        tags: set[str] = set(
            page.evaluate("[...document.querySelectorAll('.annex *')].map((one) => one.localName)")
        )
        assert tags <= {"section", "h2", "a", "small", "ul", "li", "mark"}
        options = page.locator("select[name=groupe] option").all_text_contents()
        assert {one["group"] for one in ENTRIES if "withdrawn" not in one} <= set(options)


def test_the_annex_s_address_stays_the_site_s_whatever_the_slashes(
    browser: Browser, hostile_address: str
) -> None:
    """To write `//annexe/` into the address bar would be to ask another host, and fails."""
    with watched(browser, hostile_address) as page:
        page.goto(f"{hostile_address}//annexe/?q=constructor")
        page.get_by_role("button", name="Effacer les filtres").click()
        page.wait_for_url(f"{hostile_address}//annexe/")


def test_a_badge_opened_as_a_document_is_a_drawing(browser: Browser, hostile_address: str) -> None:
    with watched(browser, hostile_address) as page:
        for rank in range(0, len(PAYLOADS), 12):
            page.goto(f"{hostile_address}/badge/attaque-{rank}.svg")
            title = page.evaluate("document.querySelector('title').textContent")
            assert title.startswith(f"{PAYLOADS[rank]}, ")
            assert page.evaluate("document.scripts?.length ?? 0") == 0


def test_a_former_address_leads_within_the_site(browser: Browser, hostile_address: str) -> None:
    with watched(browser, hostile_address) as page:
        for rank in (0, 6, 15, 16):
            page.goto(f"{hostile_address}/signataires/ancienne-{rank}/")
            page.wait_for_url(f"{hostile_address}{signatory(rank)}")


def test_text_of_another_direction_moves_nothing_around_it(
    browser: Browser, hostile_address: str
) -> None:
    """A title in Hebrew that ends in a number stands left of nothing but what follows it."""
    rank = next(
        rank
        for rank, one in enumerate(ENTRIES)
        if one["actions"][1]["title"].startswith("שלום") and "withdrawn" not in one
    )
    commitment = ENTRIES[rank]["actions"][1]["commitment"]
    with watched(browser, hostile_address) as page:
        page.goto(f"{hostile_address}/engagements/{commitment}/")
        item = page.locator(".deeds li", has_text="שלום").first
        boxes = item.evaluate(
            "(one) => [...one.children].map((each) => each.getBoundingClientRect().left)"
        )
        assert boxes == sorted(boxes)
