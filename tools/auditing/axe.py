"""Accessibility as far as a machine can tell: axe on narrow and wide screens, light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from auditing.pages import Site
from auditing.verdicts import Verdict, count
from looking import SCHEMES, chromium

# Of the rules of WCAG 2.2, the one on targets of 24 pixels (2.5.8) is off unless asked for.
_RULES = {"rules": {"target-size": {"enabled": True}}}
# What is right is not listed, name by name: that took more than half of the time.
_RESULTS = {"resultTypes": ["violations"]}
# The rules whose answer the scheme of colours can change.
COLOURS = ("color-contrast", "link-in-text-block")
_WIDTHS = (360, 1280)  # CSS pixels


def axe(site: Site) -> Iterator[Verdict]:
    """Have axe look at each page of a served site."""
    faults: dict[str, list[str]] = {page: [] for page in site.lasting}
    with chromium() as browser:
        for width, scheme in product(_WIDTHS, SCHEMES):
            with browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                reduced_motion="reduce",
            ) as context:
                tab = context.new_page()
                for page in faults:
                    tab.goto(site.address + page)
                    faults[page] += (f"{one}, at {width} px, {scheme}" for one in violations(tab))
    for page, found in faults.items():
        yield count("axe", page, found)


def violations(tab: Page, rules: Sequence[str] = ()) -> Iterator[str]:
    """List what axe finds on a page as it stands in a browser, by all rules or by some."""
    options = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else _RULES
    for violation in Axe().run(tab, options={**options, **_RESULTS}).response["violations"]:
        for node in violation["nodes"]:
            where = " ".join(map(str, node["target"]))
            yield f"{violation['help']} ({violation['id']}), {where}"
