"""Whoever has signed can be found, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from charte.french import counted, sort_key
from charte.register.model import Signatory
from live.published import Published
from looking import served


@pytest.fixture
def page(published: Published, browser: Browser) -> Iterator[Page]:
    """Open the site's annex, and accept no error of its scripts."""
    with served(published.site) as address, browser.new_context() as context:
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{address}/annexe/")
        yield page
        assert troubles == []


def present(published: Published) -> list[Signatory]:
    """Return the present signatories in the order of the annex."""
    signatories = published.project.reading.register.signatories
    found = (one for one in signatories if one.withdrawn is None)
    return sorted(found, key=lambda one: (sort_key(one.name), one.slug))


def test_the_filter_counts_and_finds_them(published: Published, page: Page) -> None:
    everyone = present(published)
    count = page.locator(".filter__count > span")
    expect(count).to_have_text(counted(len(everyone), "signataire"))
    for one in (everyone[0], everyone[-1]):
        page.get_by_label("Nom", exact=True).fill(one.name)
        expect(page.locator(f".annex a[href$='/signataires/{one.slug}/']")).to_be_visible()


def test_the_search_puts_the_name_that_is_typed_first(published: Published, page: Page) -> None:
    for one in (present(published)[0], present(published)[-1]):
        page.locator("#recherche-bandeau").fill(one.name)
        expect(page.locator(".recherche__title").first).to_have_text(one.name)
