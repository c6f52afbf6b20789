"""Open Badges 2.0: each signatory's badge as a credential that a machine can verify.

Verification is « hosted »: a verifier fetches the assertion from this site and believes what it
finds there, so a badge that is no longer deserved is revoked by being published as such. A static
host cannot answer 410; a body that says `revoked` is as good (specification, « Revoking Hosted
Assertions »). Such a body says no more than it must: the reference verifier does not look at
`revoked`, and finds the assertion invalid only because it is not whole.

An assertion's id must be the address where it is. At a former identifier stands the assertion of
the present one: a verifier sees another id there, fetches that address and verifies what it finds,
so there is one assertion for one badge, wherever it was pasted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from charte.addresses import CHARTER, assertion_uri
from charte.mark import NAME
from charte.opendata.json_files import copies, document
from charte.project import Place
from charte.publish import Output
from charte.standing import CHARTER_TITLE
from charte.views import SignatoryView, SiteView

CONTEXT = "https://w3id.org/openbadges/v2"
_FOLDER = "open-badges/"
ISSUER = f"{_FOLDER}issuer.json"
BADGE = f"{_FOLDER}badge.json"
CRITERIA = "badge/"
_IMAGE = "marque/symbole.png"


def outputs(site: SiteView) -> Iterator[Output]:
    """Publish issuer, badge, and an assertion per signatory at its ids, present and past."""
    yield document(ISSUER, _issuer(site.place))
    yield document(BADGE, _badge(site.place))
    for view in site.signatories:
        uris = map(assertion_uri, (view.slug, *view.former_slugs))
        yield from copies(uris, _assertion(view, site.place))


def _issuer(place: Place) -> dict[str, Any]:
    """Describe who issues: this site, for what it publishes itself.

    The host may be shared, so only this site's own folder is within its verification's scope. An
    issuer must have an e-mail address; where none is configured, none is invented, and a verifier
    says so.
    """
    return {
        **_head("Profile", place, ISSUER),
        "name": place.name,
        "url": place.url,
        **({"email": place.contact} if place.contact else {}),
        "description": f"Site qui publie la {CHARTER_TITLE} et l’annexe de ses signataires.",
        "image": place.url + _IMAGE,
        "verification": {
            "type": "VerificationObject",
            "startsWith": place.url + _FOLDER,
        },
    }


def _badge(place: Place) -> dict[str, Any]:
    return {
        **_head("BadgeClass", place, BADGE),
        "name": NAME,
        "description": f"Signataire de la {CHARTER_TITLE} du 10 septembre 2020.",
        "image": place.url + _IMAGE,
        "criteria": {
            "id": place.url + CRITERIA,
            "narrative": "Figurer parmi les signataires, à l’annexe de la "
            f"[charte]({place.url}{CHARTER}).",
        },
        "issuer": place.url + ISSUER,
        "tags": ["e-santé", "charte"],
    }


def _assertion(view: SignatoryView, place: Place) -> dict[str, Any]:
    head = _head("Assertion", place, assertion_uri(view.slug))
    if view.standing.withdrawal:
        return {**head, "revoked": True, "revocationReason": view.standing.withdrawal}
    return {
        **head,
        "recipient": {"type": "url", "hashed": False, "identity": view.permalink},
        "badge": place.url + BADGE,
        "issuedOn": f"{view.listed_iso}T00:00:00Z",
        "verification": {"type": "HostedBadge"},
        "evidence": view.permalink,
        "image": place.url + view.badge.png,
    }


def _head(kind: str, place: Place, uri: str) -> dict[str, str]:
    return {"@context": CONTEXT, "type": kind, "id": place.url + uri}
