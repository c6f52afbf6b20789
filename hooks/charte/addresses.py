"""Where everything stands: the one place that knows the site's addresses.

They are relative to the root of the site, and they never change (promise 1): what was published
answers for ever, so a function here may gain a sister but not another result.
"""

from __future__ import annotations

from datetime import date

from slugify import slugify

ANNEX = "annexe/"
CHARTER = "charte/"
DATA = "donnees/"
FEED = "journal/atom.xml"
JOURNAL = "journal/"
PDF = "charte.pdf"

API = "api/v1/"


def signatory_uri(slug: str) -> str:
    """Give the address of a signatory's page."""
    return f"signataires/{slug}/"


def group_uri(name: str) -> str:
    """Give the address of a group's page; it is made from the name as printed."""
    return f"groupes/{slugify(name)}/"


def commitment_uri(commitment: str) -> str:
    """Give the address of a commitment's page."""
    return f"engagements/{commitment}/"


def charter_text_uri(day: date) -> str:
    """Return the address of the charter's text as signed on a day."""
    return f"{CHARTER}{day.isoformat()}/"


def edition_uri(day: date) -> str:
    """Give the address of the annex as it stood from a day on."""
    return f"{ANNEX}{day.isoformat()}/"


def edition_pdf_uri(day: date) -> str:
    """Give the address of an edition as a document."""
    return f"{edition_uri(day)}{PDF}"


def letter_anchor(letter: str) -> str:
    """Give the anchor of a letter's heading in the annex."""
    return f"lettre-{letter.lower()}"


def badge_uri(slug: str, form: str = "svg") -> str:
    """Give the address of a signatory's badge, as `svg` or `png`."""
    return f"badge/{slug}.{form}"


def card_uri(slug: str) -> str:
    """Give the address of the picture that stands for a signatory where its page is shared."""
    return f"cartes/{slug}.png"


def record_uri(slug: str) -> str:
    """Give the address of what the register says of a signatory, as JSON."""
    return f"{API}signataires/{slug}.json"


def oembed_uri(slug: str) -> str:
    """Give the address of what an oEmbed consumer asks for."""
    return f"oembed/{slug}.json"


def shield_uri(slug: str) -> str:
    """Give the address of a shields.io endpoint for a signatory."""
    return f"{API}shields/{slug}.json"


def assertion_uri(slug: str) -> str:
    """Give the address of a signatory's Open Badges assertion."""
    return f"open-badges/assertions/{slug}.json"
