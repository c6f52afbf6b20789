"""Pages as a browser parses them, without running or loading anything of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# Neighbours stand there or not, by the place of a name in the alphabet.
_LOOK = """(html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const all = (where) => [...page.querySelectorAll(where)];
  const texts = (where) => all(where).map((one) => one.textContent);
  all(".neighbours").forEach((one) => one.remove());
  const head = all("meta[content]").map((one) => [
    one.name || one.getAttribute("property") || one.httpEquiv,
    one.content,
  ]);
  return {
    elements: all("*").map((one) =>
      [one.localName, ...one.getAttributeNames().sort()].join(" ")),
    title: page.title && texts("title")[0],
    head: Object.fromEntries(head),
    heading: texts("h1")[0],
    facts: Object.fromEntries(all("dl.identity > div").map((one) =>
      ["dt", "dd"].map((name) => one.querySelector(name)?.textContent.trim()))),
    prose: texts("article p"),
    lists: all("article ul").map((one) => [...one.children].map((item) => item.textContent)),
    links: all("a[href]").map((one) => [one.getAttribute("href"), one.textContent]),
    pictures: all("img").map((one) => [one.getAttribute("src"), one.alt]),
    fields: Object.fromEntries(all("textarea").map((one) => [one.id, one.value])),
    json: texts("script[type='application/ld+json']").map((one) => JSON.parse(one)),
    scripts: all("script:not([type='application/ld+json'])").map((one) =>
      [one.getAttribute("src"), one.textContent]),
  };
}"""


def parsed(html: str, page: Page) -> dict[str, Any]:
    """Return what a browser makes of HTML: its elements with their attributes, and its texts."""
    found: dict[str, Any] = page.evaluate(_LOOK, html)
    return found


def pages(site: Path) -> dict[str, str]:
    """Return the HTML of a site's pages, by path."""
    return {
        file.relative_to(site).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(site.rglob("*.html"))
    }
