"""Looks at the register from every side that the pages need, and makes their views.

Order, neighbours, letters and groups need the whole register; they are computed once (`roll`), so
that a page costs no more in a large register than in a small one.
"""

from __future__ import annotations

from charte import french, structured_data
from charte.addresses import ANNEX, signatory_uri
from charte.charts import growth, letters_chart
from charte.opendata.dataset import dataset_json_ld
from charte.opendata.records import FIELDS
from charte.project import Project
from charte.register.against import HISTORY
from charte.register.history import editions
from charte.register.rules import FAMILIES
from charte.register.schema import field_tables
from charte.sources import english_date
from charte.standing import CHARTER_TITLE
from charte.viewers.annex import view_edition, view_former, view_letters
from charte.viewers.charter import view_texts
from charte.viewers.commitments import view_commitments
from charte.viewers.groups import view_group
from charte.viewers.journal import view_journal
from charte.viewers.roll import Roll
from charte.viewers.signatories import view_signatory
from charte.views import SiteView


def view_site(project: Project) -> SiteView:
    """Compute all views of a project."""
    register = project.reading.register
    annexes = editions(register)
    days = [register.edition, *(one.day for one in annexes)]
    first, day = min(days), max(days)
    roll = Roll.of(project)
    letters = view_letters(roll)
    return SiteView(
        place=project.place,
        publication=project.publication,
        accessibility_state=project.publication.accessibility.state,
        register=register,
        charter=project.charter,
        count=french.number(len(roll.present)),
        edition_day=day,
        edition=french.long_date(day),
        edition_short=french.short_date(day),
        edition_english=english_date(day),
        edition_iso=day.isoformat(),
        letters=letters,
        editions=tuple(view_edition(one, roll) for one in annexes),
        former=view_former(roll),
        groups=tuple(view_group(name, roll) for name in roll.groups),
        signatories=tuple(view_signatory(one, roll) for one in roll.all),
        commitments=view_commitments(roll),
        texts=view_texts(project.charter, project.place),
        journal=view_journal(roll),
        growth=growth([(one.day, len(one.lines)) for one in annexes]),
        letters_chart=letters_chart([(letter.name, len(letter.entries)) for letter in letters]),
        dataset_json_ld=dataset_json_ld(project.place, first, day),
        annex_json_ld=structured_data.annex(
            ((one.name, project.place.url + signatory_uri(one.slug)) for one in roll.present),
            project.place.url + ANNEX,
            f"Les signataires de la {CHARTER_TITLE}, par ordre alphabétique.",
        ),
        fields=field_tables(),
        rules=(*FAMILIES.items(), ("D’une version à l’autre", HISTORY)),
        data_fields=FIELDS,
    )
