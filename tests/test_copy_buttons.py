"""The buttons that copy, in a real Chromium: by mouse, by keyboard, in the old way, or not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from building import ROOT
from looking import served

SCRIPT = ROOT / "theme" / "assets" / "js" / "copier.js"
# As strict a policy as a site can have: no inline script, no inline style.
PAGE = """<!DOCTYPE html>
<html lang="fr">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<title>Essai</title>
<script src="copier.js" defer></script>
<div class="copy"><label for="a">Phrase en français</label>
<textarea id="a" readonly rows="3">« A &amp; B » : é</textarea></div>
<div class="copy"><label for="b">BibTeX</label>
<textarea id="b" readonly rows="3">@misc{a,
  title = {{B}},
}</textarea></div>
"""
TEXTS = {"Phrase en français": "« A & B » : é", "BibTeX": "@misc{a,\n  title = {{B}},\n}"}

# The clipboard itself, for the test, before another script takes it from the page.
KEPT = """window.kept = {
  read: navigator.clipboard.readText.bind(navigator.clipboard),
  write: navigator.clipboard.writeText.bind(navigator.clipboard),
};"""
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
REFUSED = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('non'));"
NO_COMMAND = "document.execCommand = () => false;"
MAC = "Object.defineProperty(navigator, 'platform', { value: 'MacIntel' });"

LISTEN = """() => {
  const region = document.querySelector(".copy:last-of-type [role=status]");
  window.kept.heard = [];
  new MutationObserver(() => window.kept.heard.push(region.textContent))
    .observe(region, { childList: true });
}"""


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page with the site's own script."""
    folder = tmp_path_factory.mktemp("copy")
    (folder / "index.html").write_text(PAGE)
    shutil.copy(SCRIPT, folder)
    with served(folder) as address:
        yield f"{address}/index.html"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a context that may read and write the clipboard."""
    with browser.new_context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context


@pytest.fixture
def page(context: BrowserContext, where: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the page in a browser changed by the test's scripts; refuse any error or complaint."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    for script in (KEPT, *getattr(request, "param", ())):
        page.add_init_script(script)
    page.clock.install(time="2020-11-16T08:00")
    page.goto(where)
    page.clock.pause_at("2020-11-16T09:00")  # from here on time passes when a test says so
    page.evaluate("window.kept.write('rien')")  # else what another test copied would do
    yield page
    assert troubles == []


def button(page: Page, label: str, word: str = "Copier") -> Locator:
    return page.get_by_role("button", name=f"{word} : {label}", exact=True)


def clipboard(page: Page) -> str:
    text: str = page.evaluate("window.kept.read()")
    return text


def test_a_click_copies_the_text_of_its_field(page: Page) -> None:
    for label, text in TEXTS.items():
        button(page, label).click()
        expect(button(page, label, "Copié")).to_be_visible()
        assert clipboard(page) == text


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_alone_copies_and_stays_where_it_was(page: Page, key: str) -> None:
    page.keyboard.press("Tab")
    expect(button(page, "Phrase en français")).to_be_focused()
    page.keyboard.press(key)
    expect(button(page, "Phrase en français", "Copié")).to_be_focused()
    assert clipboard(page) == TEXTS["Phrase en français"]


def test_the_keyboard_meets_each_button_before_its_field(page: Page) -> None:
    for label in TEXTS:
        page.keyboard.press("Tab")
        expect(button(page, label)).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_label(label, exact=True)).to_be_focused()


def test_the_names_of_two_buttons_differ(page: Page) -> None:
    for label in TEXTS:
        expect(button(page, label)).to_have_count(1)
        expect(button(page, label)).to_have_text("Copier")
        expect(button(page, label)).to_have_attribute("type", "button")
    expect(page.get_by_role("button")).to_have_count(len(TEXTS))


def test_a_copy_is_announced_once_by_its_own_block(page: Page) -> None:
    regions = page.get_by_role("status")
    expect(regions).to_have_text(["", ""])
    button(page, "BibTeX").click()
    expect(regions).to_have_text(["", "Copié : BibTeX"])
    assert [region.get_attribute("aria-live") for region in regions.all()] == ["polite", "polite"]


def test_a_text_copied_again_is_announced_again(page: Page) -> None:
    """Assistive technology tells a change of the region: the same words twice would be none."""
    page.evaluate(LISTEN)
    copied = button(page, "BibTeX", "Copié")
    button(page, "BibTeX").click()
    expect(copied).to_have_count(1)
    copied.click()
    expect(copied).to_have_count(1)
    assert page.evaluate("window.kept.heard") == ["Copié\u00a0: BibTeX", "", "Copié\u00a0: BibTeX"]


def test_a_button_says_for_two_seconds_that_it_copied(page: Page) -> None:
    button(page, "BibTeX").click()
    expect(button(page, "BibTeX", "Copié")).to_have_text("Copié")
    page.clock.run_for(1999)
    expect(button(page, "BibTeX", "Copié")).to_have_count(1)
    page.clock.run_for(1)
    expect(button(page, "BibTeX")).to_have_text("Copier")
    expect(page.get_by_role("status")).to_have_text(["", ""])


def test_a_second_click_starts_the_two_seconds_anew(page: Page) -> None:
    copied = button(page, "BibTeX", "Copié")
    button(page, "BibTeX").click()
    expect(copied).to_have_count(1)
    page.clock.run_for(1500)
    copied.click()
    expect(copied).to_have_count(1)
    page.clock.run_for(1999)
    expect(copied).to_have_count(1)
    page.clock.run_for(1)
    expect(copied).to_have_count(0)


@pytest.mark.parametrize("page", [(NO_CLIPBOARD,), (REFUSED,)], indirect=True)
def test_without_the_clipboard_interface_the_old_way_copies_and_keeps_the_focus(page: Page) -> None:
    """An address in plain http has no `navigator.clipboard`; a browser may refuse its use."""
    button(page, "BibTeX").click()
    expect(button(page, "BibTeX", "Copié")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(["", "Copié : BibTeX"])
    assert clipboard(page) == TEXTS["BibTeX"]


@pytest.mark.parametrize(
    ("page", "keys"),
    [((NO_CLIPBOARD, NO_COMMAND), "Ctrl+C"), ((REFUSED, NO_COMMAND, MAC), "⌘C")],
    indirect=["page"],
)
def test_where_nothing_copies_the_text_is_selected_and_the_keys_are_told(
    page: Page, keys: str
) -> None:
    button(page, "BibTeX").click()
    field = page.get_by_label("BibTeX", exact=True)
    expect(button(page, "BibTeX", "Sélectionné")).to_have_count(1)
    expect(field).to_be_focused()
    assert field.evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)") == TEXTS["BibTeX"]
    told = page.get_by_role("status").last
    expect(told).to_have_text(f"Sélectionné : appuyez sur {keys}")
    expect(told).to_have_class("copy__status")


@pytest.mark.parametrize("page", [(NO_CLIPBOARD, NO_COMMAND)], indirect=True)
def test_the_keys_that_are_told_copy(page: Page) -> None:
    button(page, "BibTeX").click()
    expect(button(page, "BibTeX", "Sélectionné")).to_have_count(1)
    page.keyboard.press("ControlOrMeta+C")
    assert clipboard(page) == TEXTS["BibTeX"]


def test_only_a_failure_is_told_in_words_that_are_seen(page: Page) -> None:
    """The button itself says that it copied; the region repeats it to those who do not see it."""
    button(page, "BibTeX").click()
    expect(button(page, "BibTeX", "Copié")).to_have_count(1)
    expect(page.get_by_role("status").last).to_have_class("copy__status visually-hidden")


def test_the_script_leaves_no_global_name(page: Page, context: BrowserContext, where: str) -> None:
    bare = context.new_page()
    bare.goto(where.replace("index.html", "copier.js"))
    names = "Object.keys(window).filter(name => name !== 'kept').sort()"
    assert page.evaluate(names) == bare.evaluate(names)


def test_without_javascript_there_is_the_text_and_no_button(browser: Browser, where: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(where)
        for label, text in TEXTS.items():
            expect(page.get_by_label(label, exact=True)).to_have_value(text)
        expect(page.get_by_role("button")).to_have_count(0)
        expect(page.get_by_role("status")).to_have_count(0)
