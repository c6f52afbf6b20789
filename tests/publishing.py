"""A small register in which everything happens once, and the site that it makes, for the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from building import PRINTED, ROOT, SITE_URL
from charte.charter import commitments_of, read_charter
from charte.files import CHARTER
from charte.project import Place, Project
from charte.publish import Output
from charte.register.checking import Reading, read_register
from charte.register.model import Action, FormerName, Register, Signatory, Withdrawal
from charte.viewers import view_site
from charte.views import SiteView

CONTACT = "contact@charte.example"
EDITION = date(2020, 11, 16)
TEXTS = read_charter(ROOT / CHARTER)

FULL = Signatory(
    name="Œuvre Santé/Groupe Étoile",
    slug="oeuvre-sante",
    listed=EDITION,
    group="Groupe Étoile",
    note="pour l'ensemble des activités santé du groupe",
    see_also=("zenith", "absent"),
    signed=date(2020, 10, 1),
    website="https://œuvre.fr/santé?a=1&b=2",
    siren="005520135",
    description='Dossiers, « agendas » ; "soins"\net le reste',
    former_slugs=("premier-nom", "second-nom"),
    former_names=(
        FormerName(name="Premier Nom", until=date(2021, 1, 31)),
        FormerName(name="Second, Nom", note="dit 2N", until=date(2021, 6, 30)),
    ),
    actions=(
        Action(
            date=date(2022, 5, 1),
            title="Une interface ; ouverte",
            url="https://exemple.org/b",
            commitment="industriels-3",
        ),
        Action(
            date=date(2021, 5, 1),
            title="=HYPERLINK(1)",
            url="https://exemple.org/a",
            commitment="industriels-1",
        ),
    ),
)
RETIRED = Signatory(
    name="Zénith",
    slug="zenith",
    listed=EDITION,
    withdrawn=Withdrawal(on=date(2021, 12, 1), reason="retired", unlisted=date(2022, 1, 31)),
)
MERGED = Signatory(
    name="Absent",
    slug="absent",
    listed=date(2021, 6, 30),
    withdrawn=Withdrawal(on=date(2022, 1, 31), reason="merged", successor="oeuvre-sante"),
)
BY_MISTAKE = Signatory(
    name="Méprise",
    slug="meprise",
    listed=EDITION,
    former_slugs=("erreur",),
    withdrawn=Withdrawal(on=date(2021, 1, 31), reason="listed-by-mistake"),
)
PLAIN = Signatory(name="@vis-santé", slug="avis-sante", listed=EDITION)

EVERYTHING = (PLAIN, BY_MISTAKE, FULL, RETIRED, MERGED)


def site_of(*signatories: Signatory) -> SiteView:
    """Make the site of a register with the charter's own commitments."""
    return view_site(project_of(*signatories))


def project_of(*signatories: Signatory) -> Project:
    """Make a project of a register with the charter's own commitments."""
    return Project(
        reading=Reading(Register(edition=EDITION, signatories=signatories), {}),
        commitments=commitments_of(TEXTS),
        charter=TEXTS,
        provenances={},
        place=Place(SITE_URL, "Engagé pour la e-santé", contact=CONTACT),
        root=ROOT,
    )


@cache
def small_site() -> SiteView:
    """Give the site in which everything happens once."""
    return site_of(*EVERYTHING)


@cache
def printed_site() -> SiteView:
    """Return the site of the printed edition of 16 November 2020."""
    data = (PRINTED / "signatories.yaml").read_bytes()
    reading, _ = read_register(data, "signatories.yaml", commitments_of(TEXTS))
    assert reading
    return site_of(*reading.register.signatories)


def published(*makers: Callable[[SiteView], Iterator[Output]], site: SiteView) -> dict[str, bytes]:
    """Give the files that some outputs make, by address."""
    files = {output.uri: output.content for make in makers for output in make(site)}
    assert len(files) == sum(1 for make in makers for _ in make(site)), "two files at one address"
    return files
