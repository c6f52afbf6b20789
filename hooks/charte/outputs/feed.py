"""The journal as a feed: an Atom document (RFC 4287) that gains one entry per change.

Ids are UUIDs made from the register's own, from what happened and to whom, so that two sites share
none, and that a new name or a new slug, and where an identifier is declared a new domain, sends
nobody the past again. Days are given as midnight, UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid5

from markupsafe import Markup

from charte.addresses import FEED, JOURNAL
from charte.parts import JournalDay, JournalEntry
from charte.publish import Output
from charte.views import SiteView

_FEED = Markup(
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">\n'
    "<title>{title}</title>\n"
    "<subtitle>Ajouts, changements de nom, retraits et actions des signataires</subtitle>\n"
    "<id>urn:uuid:{id}</id>\n"
    "<updated>{updated}</updated>\n"
    '<link rel="self" type="application/atom+xml" href="{url}{feed}"/>\n'
    '<link rel="alternate" type="text/html" hreflang="fr" href="{url}{journal}"/>\n'
    "<icon>{url}marque/symbole.png</icon>\n"
    "<author><name>{site}</name><uri>{url}</uri></author>\n"
    "<rights>Licence Ouverte 2.0 (etalab-2.0)</rights>\n"
    "{entries}</feed>\n"
)
_ENTRY = Markup(
    "<entry>\n"
    "<title>{title}</title>\n"
    "<id>urn:uuid:{id}</id>\n"
    "<published>{day}</published>\n"
    "<updated>{day}</updated>\n"
    '<category term="{kind}"/>\n'
    '<link rel="alternate" type="text/html" hreflang="fr" href="{url}"/>\n'
    "{source}"
    "<summary>{summary}</summary>\n"
    "</entry>\n"
)
_SOURCE = Markup('<link rel="related" type="text/html" href="{url}"/>\n')


def outputs(site: SiteView) -> Iterator[Output]:
    """Write the feed."""
    newest = site.journal[0].iso if site.journal else site.edition_iso
    entries = Markup().join(
        _entry(entry, day, site.place.url) for day in site.journal for entry in day.entries
    )
    feed = _FEED.format(
        title=f"{site.place.name} – journal du registre",
        id=uuid5(site.place.ids, JOURNAL),
        updated=_instant(newest),
        url=site.place.url,
        feed=FEED,
        journal=JOURNAL,
        site=site.place.name,
        entries=entries,
    )
    yield Output(FEED, feed.encode())


def _entry(entry: JournalEntry, day: JournalDay, root: str) -> Markup:
    said = f"{entry.title}. {entry.detail.rstrip('.')}." if entry.detail else f"{entry.title}."
    return _ENTRY.format(
        title=entry.title,
        id=entry.id,
        day=_instant(entry.iso),
        kind=entry.kind,
        url=root + entry.link.uri,
        source=_SOURCE.format(url=entry.source) if entry.source else "",
        summary=f"{day.date} : {said}",
    )


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"
