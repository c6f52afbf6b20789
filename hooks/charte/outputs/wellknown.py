"""`/.well-known/security.txt`: to whom to report a weakness of the site (RFC 9116).

The file must name a contact and the day on which it expires; where either is unknown there is no
file, and none is invented. It means something at the root of a host only.
"""

from __future__ import annotations

from collections.abc import Iterator

from charte.publish import Output
from charte.views import SiteView

SECURITY = ".well-known/security.txt"


def outputs(site: SiteView) -> Iterator[Output]:
    """Say whom to tell, until when, in which languages, and where this file stands."""
    known = site.publication
    email = known.contacts.security or known.publisher.email
    if not email or not known.security_expires or site.place.path:
        return
    fields = (
        ("Contact", f"mailto:{email}"),
        ("Expires", f"{known.security_expires.isoformat()}T00:00:00Z"),
        ("Preferred-Languages", "fr, en"),
        ("Canonical", f"{site.place.url}{SECURITY}"),
    )
    yield Output(SECURITY, "".join(f"{name}: {value}\n" for name, value in fields).encode())
