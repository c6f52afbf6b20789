"""The page of a commitment: what was promised, and who acted on it (charter, IV.6)."""

from __future__ import annotations

from itertools import pairwise

from charte import french, structured_data
from charte.addresses import commitment_uri
from charte.charter import Commitment
from charte.citations import citations
from charte.parts import Deed, Link
from charte.sources import source_of_commitment
from charte.standing import CHARTER_TITLE
from charte.viewers.roll import Roll, link
from charte.views import CommitmentView


def view_commitments(roll: Roll) -> tuple[CommitmentView, ...]:
    """Show all commitments, in the charter's order."""
    deeds: dict[str, list[Deed]] = {}
    for one in roll.changes:
        if one.action and one.signatory:
            deed = Deed(
                date=french.long_date(one.day),
                iso=one.day.isoformat(),
                title=one.action.title,
                url=one.action.url,
                signatory=link(one.signatory),
            )
            deeds.setdefault(one.action.commitment, []).append(deed)
    every = [None, *roll.commitments.values(), None]
    neighbours = {
        here.id: (before, after) for (before, here), (_, after) in pairwise(pairwise(every)) if here
    }
    return tuple(
        _view(one, tuple(deeds.get(one.id, ())), neighbours[one.id], roll)
        for one in roll.commitments.values()
    )


def _view(
    one: Commitment,
    deeds: tuple[Deed, ...],
    neighbours: tuple[Commitment | None, Commitment | None],
    roll: Roll,
) -> CommitmentView:
    uri = commitment_uri(one.id)
    permalink = roll.place.url + uri
    summary = f"{one.title} ({CHARTER_TITLE}) : {one.opening}"
    before, after = (commitment_link(other) if other else None for other in neighbours)
    return CommitmentView(
        id=one.id,
        uri=uri,
        permalink=permalink,
        name=one.title,
        number=one.number,
        party=one.party,
        words=one.words,
        opening=one.opening,
        text_uri=one.uri,
        summary=summary,
        by_industry=one.id.startswith("industriels"),
        ended=french.long_date(one.ended) if one.ended else None,
        deeds=deeds,
        count=french.counted(len(deeds), "action"),
        previous=before,
        next=after,
        citations=citations(source_of_commitment(one, permalink, roll.place.name)),
        json_ld=structured_data.commitment_page(one.title, permalink, summary),
    )


def commitment_link(one: Commitment) -> Link:
    """Give the link to a commitment's page."""
    return Link(one.title, commitment_uri(one.id))
