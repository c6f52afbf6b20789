"""The site as people meet it, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from itertools import product

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from auditing.axe import COLOURS, violations
from building import SITE_URL
from looking import SCHEMES, Scheme
from visiting import NARROW, PAGES, WIDE, sideways


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Give a wide page that refuses to show what fails or asks a third party."""
    with browser.new_context(viewport={"width": WIDE, "height": 900}) as context:
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda request: (
                troubles.append(request.url)
                if not request.url.startswith((address, "data:", "blob:"))
                else None
            ),
        )
        page.on(
            "response",
            lambda answer: (
                troubles.append(f"{answer.status} {answer.url}")
                if answer.status >= HTTPStatus.BAD_REQUEST
                and not answer.request.is_navigation_request()
                else None
            ),
        )
        yield page
        assert troubles == []


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[dict[tuple[int, Scheme], Page]]:
    """Give a window of each width in each scheme of colours."""
    with ExitStack() as stack:
        yield {
            (width, scheme): stack.enter_context(
                browser.new_context(
                    viewport={"width": width, "height": 900},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                )
            ).new_page()
            for width, scheme in product((NARROW, WIDE), SCHEMES)
        }


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_violation_and_no_sideways_scrolling(
    name: str,
    width: int,
    scheme: Scheme,
    windows: dict[tuple[int, Scheme], Page],
    address: str,
) -> None:
    """WCAG 2.2 AA as far as a machine can tell (axe-core); 1.4.10 Reflow.

    By night only what the colours can change is asked again.
    """
    page = windows[width, scheme]
    page.goto(address + PAGES[name])
    assert sideways(page) <= 0
    assert list(violations(page, COLOURS if scheme == "dark" else ())) == []


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """Give a page that runs no script."""
    with browser.new_context(
        viewport={"width": WIDE, "height": 900}, java_script_enabled=False
    ) as context:
        yield context.new_page()


@pytest.mark.parametrize("name", [name for name in PAGES if name != "not-found"])
def test_a_page_is_whole_without_javascript(
    name: str, plain: Page, windows: dict[tuple[int, Scheme], Page], address: str
) -> None:
    live = windows[WIDE, "light"]
    plain.goto(address + PAGES[name])
    live.goto(address + PAGES[name])
    # JavaScript only adds: buttons that copy, the annex's filter.
    added = "[class^=copy__], .filter"
    live.evaluate(f"document.querySelectorAll('{added}').forEach(one => one.remove())")
    article = "article"
    assert plain.locator(article).inner_text() == live.locator(article).inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_that_its_policy_forbids(
    name: str, windows: dict[tuple[int, Scheme], Page], address: str
) -> None:
    """Content security policy: no inline script or style, nothing of a third party."""
    page = windows[WIDE, "light"].context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(address + PAGES[name])
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    page.close()
    assert policy
    assert "unsafe" not in policy
    assert [one for one in troubles if "404" not in one] == []


def test_the_policy_forbids_what_a_signatory_might_smuggle_in(
    browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        refused = page.evaluate("""() => new Promise((done) => {
            const told = (event) => done(event.violatedDirective);
            document.addEventListener("securitypolicyviolation", told);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=alert(1)>");
        })""")
        assert refused == "script-src-attr"


def test_a_journalist_goes_from_the_home_page_to_withings_by_keyboard(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.get_by_role("link", name="Voir qui a signé").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/annexe/")
    letters = page.get_by_role("navigation", name="Lettres de l’annexe")
    letters.get_by_role("link", name="W", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/annexe/#lettre-w")
    page.get_by_role("link", name="WITHINGS").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/signataires/withings/")
    quotation = page.get_by_role("textbox", name="Phrase en français").input_value()
    assert quotation.endswith("https://charte.example/signataires/withings/")


def test_a_commitments_number_is_a_visible_permanent_link(page: Page, address: str) -> None:
    page.goto(f"{address}/charte/engagements-des-industriels/")
    number = page.get_by_role("link", name="3)")
    assert number.is_visible()
    number.click()
    page.wait_for_url("**/charte/engagements-des-industriels/#industriels-3")


@pytest.mark.parametrize("uri", ["/charte/", "/signataires/withings/"])
def test_what_is_printed_is_dark_on_white_whatever_the_screen_shows(
    uri: str, browser: Browser, address: str
) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(address + uri)
        page.emulate_media(media="print", color_scheme="dark")
        colour = page.evaluate("getComputedStyle(document.querySelector('article p')).color")
        assert sum(map(int, re.findall(r"\d+", colour))) < 200


def printed(page: Page, uri: str) -> pypdfium2.PdfDocument:
    page.goto(uri)
    return pypdfium2.PdfDocument(page.pdf(format="A4"))


@pytest.mark.parametrize(
    "slug", ["withings", "bic-montpellier-mediterranee-metropole", "epsilog-compugroup-medical"]
)
def test_a_signatory_prints_on_one_sheet_with_its_permalink(
    slug: str, page: Page, address: str
) -> None:
    document = printed(page, f"{address}/signataires/{slug}/")
    assert len(document) == 1
    text = "".join(document[0].get_textpage().get_text_range().split())
    assert f"{SITE_URL}signataires/{slug}/" in text


@pytest.mark.parametrize("slug", ["withings", "horizon-sante", "sillage-eig", "mirage"])
def test_a_signatory_with_a_history_prints_on_one_sheet_too(
    slug: str, browser: Browser, later_address: str
) -> None:
    with browser.new_context() as context:
        assert len(printed(context.new_page(), f"{later_address}/signataires/{slug}/")) == 1


LATER = [
    "/signataires/withings/",
    "/signataires/horizon-sante/",
    "/signataires/sillage-eig/",
    "/annexe/2021-05-03/",
    "/anciens-signataires/",
    "/journal/",
    "/engagements/industriels-3/",
]


@pytest.mark.parametrize("uri", LATER)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_page_with_a_history_has_no_accessibility_violation(
    uri: str, scheme: Scheme, windows: dict[tuple[int, Scheme], Page], later_address: str
) -> None:
    page = windows[NARROW, scheme]
    page.goto(later_address + uri)
    assert list(violations(page, COLOURS if scheme == "dark" else ())) == []
    assert sideways(page) <= 0


def test_a_former_address_leads_to_the_present_page(browser: Browser, later_address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{later_address}/signataires/horizon/")
        page.wait_for_url(f"{later_address}/signataires/horizon-sante/")
        assert page.locator("h1").inner_text().startswith("Horizon Santé")
