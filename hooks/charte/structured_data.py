"""What search engines and other machines read in a page: JSON-LD in the words of schema.org.

An organisation is described inside the page that speaks of it: the page is ours to describe, the
organisation is not, so only what the register says of it is stated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from markupsafe import Markup

from charte.register.model import Signatory

_CONTEXT = "https://schema.org"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def signatory_page(one: Signatory, permalink: str, summary: str) -> Markup:
    """Describe a signatory's page: an Organization inside a WebPage."""
    organisation: dict[str, Any] = {"@type": "Organization", "name": one.name}
    if one.website:
        organisation["url"] = one.website
    if one.siren:
        organisation["identifier"] = {
            "@type": "PropertyValue",
            "propertyID": "SIREN",
            "value": one.siren,
        }
    if one.group:
        organisation["parentOrganization"] = {"@type": "Organization", "name": one.group}
    if one.former_names:
        organisation["alternateName"] = [former.name for former in one.former_names]
    return _page("WebPage", one.name, permalink, summary, mainEntity=organisation)


def group_page(name: str, permalink: str, summary: str) -> Markup:
    """Describe a group's page: a collection about an Organization."""
    return _page(
        "CollectionPage", name, permalink, summary, about={"@type": "Organization", "name": name}
    )


def commitment_page(name: str, permalink: str, summary: str) -> Markup:
    """Describe a commitment's page."""
    return _page("WebPage", name, permalink, summary)


def text_page(name: str, permalink: str, summary: str, day: date) -> Markup:
    """Describe the page of a text of the charter, of the day on which it was signed."""
    return _page("WebPage", name, permalink, summary, dateCreated=day.isoformat())


def edition_page(name: str, permalink: str, summary: str, day: date) -> Markup:
    """Describe an edition of the annex: a collection, published on its day."""
    return _page("CollectionPage", name, permalink, summary, datePublished=day.isoformat())


def annex(names: Iterable[tuple[str, str]], permalink: str, summary: str) -> Markup:
    """Describe the annex: a collection with the list of its signatories.

    Args:
        names: each signatory's name and the absolute address of its page, in order.
        permalink: the annex's.
        summary: what it is.
    """
    items = [
        {"@type": "ListItem", "position": place, "name": name, "url": url}
        for place, (name, url) in enumerate(names, start=1)
    ]
    entity = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    return _page("CollectionPage", "Annexe", permalink, summary, mainEntity=entity)


def _page(kind: str, name: str, permalink: str, summary: str, **more: Any) -> Markup:
    return script_json(
        {
            "@context": _CONTEXT,
            "@type": kind,
            "@id": permalink,
            "url": permalink,
            "name": name,
            "description": summary,
            "inLanguage": "fr",
            **more,
        }
    )


def script_json(value: Any) -> Markup:
    """Write JSON that may stand in a script element: with no `<`, nothing can close it."""
    return Markup(_JSON.encode(value).replace("<", "\\u003c"))  # noqa: S704 - no `<` is left in it
