"""The charter's texts, each whole at the address of its day, the one in force too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from charte import french, structured_data
from charte.addresses import CHARTER, charter_text_uri
from charte.charter_words import Text
from charte.citations import citations
from charte.parts import Link
from charte.project import Place
from charte.sources import source_of_charter
from charte.standing import CHARTER_TITLE
from charte.views import TextView


def view_texts(texts: Sequence[Text], place: Place) -> tuple[TextView, ...]:
    """List all texts, the oldest first."""
    return tuple(
        _view(text, following, place) for text, following in pairwise([*texts, None]) if text
    )


def _view(text: Text, following: Text | None, place: Place) -> TextView:
    date = french.long_date(text.day)
    permalink = place.url + charter_text_uri(text.day)
    name = f"La charte, texte du {date}"
    summary = f"Le texte intégral de la {CHARTER_TITLE} du {date}, à son adresse permanente."
    return TextView(
        uri=charter_text_uri(text.day),
        permalink=permalink,
        # One address for search engines while two pages say the same: that of today's charter.
        canonical=permalink if following else place.url + CHARTER,
        name=name,
        summary=summary,
        iso=text.day.isoformat(),
        date=date,
        sections=text.sections,
        following=_link(following) if following else None,
        citations=citations(source_of_charter(permalink, place.name, text.day)),
        json_ld=structured_data.text_page(name, permalink, summary, text.day),
    )


def _link(text: Text) -> Link:
    return Link(f"texte du {french.long_date(text.day)}", charter_text_uri(text.day))
