"""The page of a signatory: who it is, what it did, how to cite it, how to show its badge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import escape

from charte import french, structured_data
from charte.addresses import (
    ANNEX,
    assertion_uri,
    badge_uri,
    card_uri,
    letter_anchor,
    oembed_uri,
    record_uri,
    shield_uri,
    signatory_uri,
)
from charte.citations import citations
from charte.mark import BADGE_SIZE
from charte.parts import Badge, Deed, FormerName, Link, ProvenanceView, Revision, Served
from charte.register.model import Signatory
from charte.register.provenance import UNKNOWN, Commit
from charte.sources import source_of_signatory
from charte.standing import CHARTER_TITLE, Standing, standing
from charte.viewers.commitments import commitment_link
from charte.viewers.roll import Roll, group_link, link
from charte.views import SignatoryView

_MARKDOWN_SYNTAX = re.compile(r"[][\\*_`]|(?P<html>[<>|~$]|&(?=#?\w+;))")
_SHORT_HASH = 10  # hexadecimal digits; git's own abbreviation varies with the repository


def view_signatory(one: Signatory, roll: Roll) -> SignatoryView:
    """Show a signatory, present or past."""
    permalink = roll.place.url + signatory_uri(one.slug)
    words = standing(one)
    siblings = roll.members.get(one.group, ()) if one.group else ()
    summary = _summary(one, words)
    badge = _badge(one, words, permalink, roll)
    return SignatoryView(
        slug=one.slug,
        uri=signatory_uri(one.slug),
        former_slugs=one.former_slugs,
        permalink=permalink,
        name=one.name,
        summary=summary,
        listed=french.long_date(one.listed),
        listed_iso=one.listed.isoformat(),
        letter=_letter(one, roll),
        group=group_link(one.group) if one.group else None,
        group_of_same_name=roll.groups_by_folded_name.get(french.fold(one.name)),
        siblings=tuple(
            link(other) for other in siblings if other is not one and not other.withdrawn
        ),
        note=one.note,
        see_also=roll.links(one.see_also),
        previous=_neighbour(one.slug, -1, roll),
        next=_neighbour(one.slug, +1, roll),
        signed=french.long_date(one.signed) if one.signed else None,
        website=one.website,
        siren=one.siren,
        description=one.description,
        former_names=tuple(
            FormerName(former.name, french.long_date(former.until)) for former in one.former_names
        ),
        served=tuple(_served(one, roll)),
        standing=words,
        successor=roll.successor(one),
        badge=badge,
        card=roll.place.url + card_uri(one.slug),
        card_alt=badge.alt,
        oembed=roll.place.url + oembed_uri(one.slug),
        record=record_uri(one.slug),
        citations=citations(source_of_signatory(one, permalink, roll.place.name)),
        provenance=_provenance(one.slug, roll),
        json_ld=structured_data.signatory_page(one, permalink, summary),
    )


def _summary(one: Signatory, words: Standing) -> str:
    if words.withdrawal:
        return f"{one.name} {words.claim} {CHARTER_TITLE}."
    return (
        f"{one.name} est signataire de la {CHARTER_TITLE}. "
        f"Figure à l’annexe, édition du {french.long_date(one.listed)}."
    )


def _neighbour(slug: str, step: int, roll: Roll) -> Link | None:
    rank = roll.rank.get(slug)
    if rank is None or not 0 <= rank + step < len(roll.present):
        return None
    return link(roll.present[rank + step])


def _letter(one: Signatory, roll: Roll) -> Link:
    letter = french.letter(one.name)
    anchor = f"#{letter_anchor(letter)}" if letter in roll.letters else ""
    return Link(letter, f"{ANNEX}{anchor}")


def _served(one: Signatory, roll: Roll) -> Iterator[Served]:
    """List the commitments that a signatory's actions serve, with the newest action first.

    Actions for what the charter does not hold come last, without a commitment.
    """
    actions = sorted(one.actions, key=lambda act: (-act.date.toordinal(), act.title, act.url))
    order = {name: rank for rank, name in enumerate(roll.commitments)}
    actions.sort(key=lambda act: (order.get(act.commitment, len(order)), act.commitment))
    for commitment, acts in groupby(actions, key=lambda act: act.commitment):
        deeds = (
            Deed(french.long_date(act.date), act.date.isoformat(), act.title, act.url, link(one))
            for act in acts
        )
        found = roll.commitments.get(commitment)
        link_, opening = (commitment_link(found), found.opening) if found else (None, "")
        yield Served(link_, opening, tuple(deeds))


def _badge(one: Signatory, words: Standing, permalink: str, roll: Roll) -> Badge:
    uri = badge_uri(one.slug)
    joined = f"({CHARTER_TITLE})" if words.withdrawal else f"de la {CHARTER_TITLE}"
    alt = f"{one.name}, {words.word} {joined}"
    image = roll.place.url + uri
    # Forums show no SVG, and know no other text than the picture's.
    picture = roll.place.url + badge_uri(one.slug, "png")
    return Badge(
        uri=uri,
        png=badge_uri(one.slug, "png"),
        alt=alt,
        width=BADGE_SIZE[0],
        height=BADGE_SIZE[1],
        html=f'<a href="{escape(permalink)}"><img src="{escape(image)}" alt="{escape(alt)}" '
        f'width="{BADGE_SIZE[0]}" height="{BADGE_SIZE[1]}"></a>',
        markdown=f"[![{_MARKDOWN_SYNTAX.sub(_escaped, alt)}]({image})]({permalink})",
        bbcode=f"[url={permalink}][img]{picture}[/img][/url]",
        shield=roll.place.url + shield_uri(one.slug),
        assertion=roll.place.url + assertion_uri(one.slug),
    )


def _escaped(match: re.Match[str]) -> str:
    """Write a sign of Markdown: not all of its readers know a backslash before those of HTML."""
    return f"&#{ord(match[0])};" if match["html"] else f"\\{match[0]}"


def _provenance(slug: str, roll: Roll) -> ProvenanceView:
    found = roll.provenances.get(slug, UNKNOWN)
    source = None
    if found.changed and found.lines and roll.place.source:
        first, last = found.lines
        # By commit, so that the lines stay those of this entry whatever is added above it.
        source = (
            roll.place.source.replace("{commit}", found.changed.id)
            .replace("{first}", str(first))
            .replace("{last}", str(last))
        )
    return ProvenanceView(
        added=_revision(found.added, roll),
        changed=_revision(found.changed, roll) if found.changed != found.added else None,
        source=source,
    )


def _revision(commit: Commit | None, roll: Roll) -> Revision | None:
    if commit is None:
        return None
    page = roll.place.commits
    url = page.replace("{commit}", commit.id) if page else None
    return Revision(
        french.long_date(commit.day), commit.day.isoformat(), commit.id[:_SHORT_HASH], url
    )
