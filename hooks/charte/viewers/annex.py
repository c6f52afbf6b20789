"""The annex: its letters today, its editions as they stood, and those who have left it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from charte import french, structured_data
from charte.addresses import edition_pdf_uri, edition_uri, letter_anchor, signatory_uri
from charte.citations import citations
from charte.parts import AnnexEntry, FormerView, Letter, RenamedEntry
from charte.register.history import Edition, Listing, first_slug
from charte.sources import source_of_edition
from charte.standing import CHARTER_TITLE, standing
from charte.viewers.roll import Roll, link
from charte.views import EditionView


def view_letters(roll: Roll) -> tuple[Letter, ...]:
    """Show the annex of today under its letters."""
    return _letters(
        AnnexEntry(*link(one), one.note, one.group, str(one.listed.year)) for one in roll.present
    )


def _letters(entries: Iterable[AnnexEntry]) -> tuple[Letter, ...]:
    letters = []
    for name, group in groupby(entries, key=lambda entry: french.letter(entry.name)):
        here = tuple(group)
        letters.append(
            Letter(name, letter_anchor(name), here, french.counted(len(here), "signataire"))
        )
    return tuple(letters)


def view_edition(edition: Edition, roll: Roll) -> EditionView:
    """Show an edition; nothing on its page knows of what came later.

    So a signatory is linked by the identifier under which it was first published, which redirects
    where it has another now.
    """
    uri = edition_uri(edition.day)
    permalink = roll.place.url + uri
    date = french.long_date(edition.day)
    count = french.counted(len(edition.lines), "signataire")
    source = source_of_edition(edition.day, len(edition.lines), permalink, roll.place.name)
    name = f"Annexe, édition du {date}"
    summary = f"Annexe de la {CHARTER_TITLE}, édition du {date} : {count}."
    return EditionView(
        uri=uri,
        permalink=permalink,
        name=name,
        summary=summary,
        day=edition.day,
        iso=edition.day.isoformat(),
        date=date,
        count=count,
        number=french.number(len(edition.lines)),
        letters=_letters(map(_entry, edition.lines)),
        # All have joined in the first edition: that is no news.
        joined=tuple(map(_entry, edition.joined)) if edition.joined != edition.lines else (),
        left=tuple(map(_entry, edition.left)),
        renamed=tuple(
            RenamedEntry(before.name, _entry(after))
            for before, after in edition.changed
            if before.name != after.name
        ),
        annotated=tuple(
            _entry(after) for before, after in edition.changed if before.name == after.name
        ),
        pdf=edition_pdf_uri(edition.day),
        citations=citations(source),
        json_ld=structured_data.edition_page(name, permalink, summary, edition.day),
    )


def _entry(line: Listing) -> AnnexEntry:
    return AnnexEntry(line.name, signatory_uri(first_slug(line.signatory)), line.note)


def view_former(roll: Roll) -> tuple[FormerView, ...]:
    """Show those who have left, in alphabetical order."""
    return tuple(
        FormerView(
            link=link(one),
            listed=french.long_date(one.listed),
            standing=standing(one),
            successor=roll.successor(one),
        )
        for one in roll.all
        if one.withdrawn
    )
