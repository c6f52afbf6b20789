"""Where the tests go in the site: one page of each kind, on a telephone and on a desk."""

from __future__ import annotations

from playwright.sync_api import Page

PAGES = {
    "home": "/",
    "annex": "/annexe/",
    "signatory": "/signataires/epsilog-compugroup-medical/",
    "group": "/groupes/cegedim/",
    "groups": "/groupes/",
    "charter": "/charte/",
    "text": "/charte/2020-09-10/",
    "section": "/charte/preambule/",
    "commitments": "/charte/engagements-des-industriels/",
    "edition": "/annexe/2020-11-16/",
    "commitment": "/engagements/industriels-3/",
    "actions": "/engagements/",
    "journal": "/journal/",
    "former": "/anciens-signataires/",
    "data": "/donnees/",
    "api": "/api/v1/",
    "badge": "/badge/",
    "join": "/rejoindre/",
    "fields": "/registre/champs/",
    "rules": "/registre/regles/",
    "about": "/a-propos/",
    "english": "/en/about/",
    "accessibility": "/accessibilite/",
    "legal": "/mentions-legales/",
    "privacy": "/donnees-personnelles/",
    "ecology": "/eco-conception/",
    "not-found": "/rien/",
}
NARROW, WIDE = 360, 1280  # CSS pixels


def sideways(page: Page) -> int:
    """Give by how many CSS pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
