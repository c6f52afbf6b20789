"""A signatory in the pages of others, as those pages find and read what we answer."""

from __future__ import annotations

import io
import json
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from PIL import Image

import publishing
from building import SITE_URL
from charte.outputs import embeds
from looking import served

OEMBED = "application/json+oembed"


class Head(HTMLParser):
    """Finds the oEmbed link of a page (oEmbed 1.0, section 4, « Discovery »)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.href: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "link" and found.get("rel") == "alternate" and found.get("type") == OEMBED:
            self.href = found.get("href")


def fetch(url: str, host: str) -> bytes:
    """Fetch an address of the site from where it is served here."""
    with urlopen(url.replace(SITE_URL, f"{host}/"), timeout=5) as response:  # noqa: S310 - ours
        content: bytes = response.read()
    return content


def embed(url: str, host: str) -> str:
    """Turn a pasted address into HTML as WordPress does (`WP_oEmbed`: discover, fetch, data2html).

    A provider that WordPress does not know is asked with a query, which a static host ignores; of
    a `photo` it makes a picture that leads to the page, and of `rich` it keeps iframes alone.
    """
    endpoint = Head(fetch(url, host).decode()).href
    assert endpoint, "no oEmbed link in the page"
    query = urlencode({"maxwidth": 600, "maxheight": 900, "url": url, "format": "json"})
    data: dict[str, Any] = json.loads(fetch(f"{endpoint}?{query}", host))
    assert data["version"] == "1.0"
    assert data["type"] == "photo"
    return (
        f'<a href="{escape(url)}"><img src="{escape(data["url"])}" alt="{escape(data["title"])}" '
        f'width="{data["width"]}" height="{data["height"]}" /></a>'
    )


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    files = publishing.published(embeds.outputs, site=publishing.small_site())
    return {uri: json.loads(content) for uri, content in files.items()}


def test_an_answer_has_what_oembed_requires_of_a_photo(made: dict[str, dict[str, Any]]) -> None:
    """Sections 2.3.4 and 2.3.4.1 of oEmbed 1.0; a thumbnail comes with both its sizes."""
    for uri, answer in made.items():
        if uri.startswith("oembed/"):
            assert (answer["type"], answer["version"]) == ("photo", "1.0")
            for size in ("width", "height", "thumbnail_width", "thumbnail_height"):
                assert isinstance(answer[size], int)
            assert answer["url"] == answer["thumbnail_url"]
            assert answer["provider_url"] == SITE_URL


def test_the_answer_names_the_signatory_and_its_standing(made: dict[str, dict[str, Any]]) -> None:
    """Consumers make the title the text of the picture for those who do not see it."""
    titles = {uri: answer["title"] for uri, answer in made.items() if "title" in answer}
    assert titles["oembed/oeuvre-sante.json"].startswith("Œuvre Santé/Groupe Étoile, signataire")
    assert "n’est plus signataire" in titles["oembed/zenith.json"]
    assert "cité par erreur" in titles["oembed/meprise.json"]


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("oeuvre-sante", "signataire"),
        ("zenith", "n’est plus signataire"),
        ("absent", "n’est plus signataire"),
        ("meprise", "cité par erreur"),
    ],
)
def test_a_shield_tells_the_standing(
    slug: str, message: str, made: dict[str, dict[str, Any]]
) -> None:
    """shields.io, « Endpoint Badge »: these four, and nothing empty."""
    shield = made[f"api/v1/shields/{slug}.json"]
    assert set(shield) == {"schemaVersion", "label", "message", "color"}
    assert shield["schemaVersion"] == 1
    assert shield["label"] == "Engagé pour la e-santé"
    assert shield["message"] == message


def test_the_colour_of_a_shield_flips_when_a_signatory_leaves(
    made: dict[str, dict[str, Any]],
) -> None:
    present = made["api/v1/shields/oeuvre-sante.json"]["color"]
    assert present == made["api/v1/shields/avis-sante.json"]["color"]
    assert present != made["api/v1/shields/zenith.json"]["color"]


@pytest.mark.parametrize("folder", ["oembed", "api/v1/shields"])
def test_a_former_identifier_gives_the_present_answer(
    folder: str, made: dict[str, dict[str, Any]]
) -> None:
    present = made[f"{folder}/oeuvre-sante.json"]
    assert made[f"{folder}/premier-nom.json"] == made[f"{folder}/second-nom.json"] == present


def test_a_pasted_address_becomes_a_card(site: Path) -> None:
    """The whole way: the page, the link in its head, the answer, the picture."""
    page = f"{SITE_URL}signataires/withings/"
    card = f"{SITE_URL}cartes/withings.png"
    with served(site) as host:
        html = embed(page, host)
        picture = Image.open(io.BytesIO(fetch(card, host)))
    assert html.startswith(f'<a href="{page}"><img src="{card}" alt="WITHINGS, signataire')
    assert f'width="{picture.width}" height="{picture.height}"' in html
