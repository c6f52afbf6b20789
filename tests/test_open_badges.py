"""Open Badges 2.0: what its specification demands of each class, and of what links them.

The required properties are those in bold in the tables of the specification (IMS Global, final
release of 12 April 2018), with the note on what a Profile needs to be an issuer.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import publishing
from building import SITE_URL
from charte.outputs import open_badges

REQUIRED = {
    "Profile": {"id", "type", "name", "url", "email"},
    "BadgeClass": {"id", "type", "name", "description", "image", "criteria", "issuer"},
    "Assertion": {"id", "type", "recipient", "badge", "verification", "issuedOn"},
}
REVOKED = {"id", "revoked"}

# The terms of the context https://w3id.org/openbadges/v2 that each class is given.
TERMS = {
    "Profile": {"name", "url", "email", "description", "image", "verification"},
    "BadgeClass": {"name", "description", "image", "criteria", "issuer", "tags"},
    "Assertion": {
        *("recipient", "badge", "verification", "issuedOn", "image", "evidence"),
        *("revoked", "revocationReason"),
    },
}


@pytest.fixture(scope="module", params=[publishing.small_site, publishing.printed_site])
def documents(request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    made = publishing.published(open_badges.outputs, site=request.param())
    return {SITE_URL + uri: json.loads(content) for uri, content in made.items()}


@pytest.fixture(scope="module")
def assertions(documents: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give the assertions that stand at their own address."""
    return {
        address: document
        for address, document in documents.items()
        if document["type"] == "Assertion" and document["id"] == address
    }


def test_every_document_has_what_its_class_requires(documents: dict[str, dict[str, Any]]) -> None:
    for address, document in documents.items():
        required = REVOKED if document.get("revoked") else REQUIRED[document["type"]]
        assert required <= set(document), address


def test_every_document_is_json_ld_in_the_words_of_the_context(
    documents: dict[str, dict[str, Any]],
) -> None:
    """What the context does not define is no part of a badge."""
    for document in documents.values():
        assert document["@context"] == "https://w3id.org/openbadges/v2"
        assert set(document) <= {"@context", "id", "type"} | TERMS[document["type"]]


def test_a_document_is_named_by_its_address(
    documents: dict[str, dict[str, Any]], assertions: dict[str, dict[str, Any]]
) -> None:
    """At a former identifier stands the present assertion, whose id leads a verifier to it."""
    for address, document in documents.items():
        if document["type"] != "Assertion":
            assert document["id"] == address
        else:
            assert document == assertions[document["id"]]


def test_every_signatory_has_an_assertion_at_each_of_its_identifiers() -> None:
    site = publishing.small_site()
    made = publishing.published(open_badges.outputs, site=site)
    slugs = {slug for one in site.register.signatories for slug in (one.slug, *one.former_slugs)}
    folder = "open-badges/assertions/"
    assert {uri for uri in made if uri.startswith(folder)} == {
        f"{folder}{slug}.json" for slug in slugs
    }


def test_the_chain_from_assertion_to_issuer_holds(
    documents: dict[str, dict[str, Any]], assertions: dict[str, dict[str, Any]]
) -> None:
    for address, assertion in assertions.items():
        if assertion.get("revoked"):
            continue
        badge = documents[assertion["badge"]]
        issuer = documents[badge["issuer"]]
        assert (badge["type"], issuer["type"]) == ("BadgeClass", "Profile")
        assert issuer["verification"]["type"] == "VerificationObject"
        assert address.startswith(issuer["verification"]["startsWith"])
        assert badge["id"].startswith(issuer["verification"]["startsWith"])
        assert urlsplit(address).netloc == urlsplit(issuer["id"]).netloc


def test_an_assertion_is_hosted_dated_and_awarded_to_a_page(
    assertions: dict[str, dict[str, Any]],
) -> None:
    for address, assertion in assertions.items():
        if assertion.get("revoked"):
            continue
        page = address.replace("open-badges/assertions", "signataires").removesuffix(".json") + "/"
        assert assertion["verification"] == {"type": "HostedBadge"}
        assert assertion["recipient"] == {"type": "url", "hashed": False, "identity": page}
        assert assertion["evidence"] == page
        assert re.search(r"\.(png|svg)$", assertion["image"])
        issued = datetime.fromisoformat(assertion["issuedOn"])
        assert issued.utcoffset() is not None


def test_the_day_of_issue_is_that_of_the_first_listing() -> None:
    made = publishing.published(open_badges.outputs, site=publishing.small_site())
    assertion = json.loads(made["open-badges/assertions/oeuvre-sante.json"])
    assert assertion["issuedOn"] == "2020-11-16T00:00:00Z"


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("zenith", "N’est plus signataire depuis le 1er décembre 2021."),
        ("absent", "A fusionné avec un autre signataire le 31 janvier 2022."),
        ("meprise", "Cité par erreur ; retiré de l’annexe le 31 janvier 2021."),
    ],
)
def test_who_left_has_a_revoked_badge_that_says_why(slug: str, reason: str) -> None:
    """It is stripped: a verifier that overlooks `revoked` must not find a whole assertion."""
    made = publishing.published(open_badges.outputs, site=publishing.small_site())
    uri = f"open-badges/assertions/{slug}.json"
    assert json.loads(made[uri]) == {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": f"{SITE_URL}{uri}",
        "revoked": True,
        "revocationReason": reason,
    }


def test_what_a_badge_links_to_is_there(site: Path) -> None:
    """A verifier fetches every image, and a reader follows the criteria and the evidence."""
    addresses = {
        address
        for file in (site / "open-badges").rglob("*.json")
        for address in re.findall(rf'"{re.escape(SITE_URL)}([^"]*)"', file.read_text())
    }
    assert addresses > {"badge/", "open-badges/issuer.json", "open-badges/badge.json"}
    missing = {
        address
        for address in addresses - {"open-badges/"}
        if not (site / address).is_file() and not (site / address / "index.html").is_file()
    }
    assert missing == set()
