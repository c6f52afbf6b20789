"""One build's input, read and checked: what was signed, by whom, and where it will stand.

This is the reading stage as a whole. It either gives a project that can be published or raises
`InvalidInput` with all that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from charte.charter import Commitment, commitments_of, read_charter
from charte.charter_words import Text
from charte.clock import latest_day
from charte.files import (
    CHARTER,
    CONFIGURATION,
    REGISTER,
    irregular_files,
    read_bytes,
    taken_slugs,
)
from charte.problems import InvalidInput, Problem, Severity
from charte.publication.checking import FILE as PUBLICATION
from charte.publication.checking import read_publication
from charte.publication.model import Publication
from charte.register.checking import Reading, check_register, read_register
from charte.register.history_gap import history_problems, is_optional
from charte.register.provenance import Provenance, provenances
from charte.register.rules import RULES

_DAYS = tuple(rule for rule in RULES if rule.name == "future-date")
_SOURCE_EXAMPLE = "https://forge.exemple/depot/blob/{commit}/data/signatories.yaml#L{first}-L{last}"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COMMIT_EXAMPLE = "https://forge.exemple/depot/commit/{commit}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site stands.

    Attributes:
        url: the absolute address of its root, ending in a slash.
        name: the title of the site.
        source: the address of the register in a repository, with `{commit}` for the revision and
            `{first}` and `{last}` for the lines of an entry, or "" where none is configured.
        commits: the address of a commit there, with `{commit}`, or "".
        contact: the electronic address of who publishes it, or "".
        policy: the content security policy of its pages.
        identifier: the UUID of its register, whatever its address becomes, or "" where none was
            given.
    """

    url: str
    name: str
    source: str = ""
    commits: str = ""
    contact: str = ""
    policy: str = ""
    identifier: str = ""

    @property
    def ids(self) -> UUID:
        """What the ids of all that happens to the register are made from.

        Without an identifier it is the address, but for the scheme, so that it outlives a move
        from http to https.
        """
        if self.identifier:
            return UUID(self.identifier)
        host, path = urlsplit(self.url)[1:3]
        return uuid5(NAMESPACE_URL, f"//{host.lower()}{path}")

    @property
    def path(self) -> str:
        """The path of the site's root on its host, without the first slash: « » or « charte/ »."""
        return urlsplit(self.url).path.removeprefix("/")


@dataclass(frozen=True, slots=True)
class Project:
    """The checked input of a build.

    `warnings` are what a strict build refuses, `notes` what only asks for a second look.
    """

    reading: Reading
    commitments: dict[str, Commitment]
    charter: tuple[Text, ...]
    provenances: Mapping[str, Provenance]
    place: Place
    root: Path
    publication: Publication = field(default_factory=Publication)
    warnings: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.root / "docs"

    @property
    def theme(self) -> Path:
        """The folder of the templates."""
        return self.root / "theme"


def read_project(
    root: Path, place: Place, release: date | None = None, history: str = ""
) -> Project:
    """Read the register, the charter and who publishes them under a project's root.

    Args:
        root: the project's folder.
        place: where the site will stand; its contact is read here.
        release: the day of a build for the public, which may leave out nothing; None for a draft.
        history: what CHARTE_HISTORY says: `optional` where it need not be known, or nothing.

    Raises:
        InvalidInput: with all problems of the register, of who publishes, of the configuration.
    """
    optional = is_optional(history)
    if irregular := list(irregular_files(root)):
        raise InvalidInput(irregular)
    charter = read_charter(root / CHARTER)
    commitments = commitments_of(charter)
    problems = list(_place_problems(place))
    publication, unsaid = read_publication(read_bytes(root / PUBLICATION, root), place.url, release)
    problems += unsaid
    data = read_bytes(root / REGISTER, root)
    reading, found = read_register(data, REGISTER, commitments, taken_slugs(root))
    ahead = _days_to_come(data, release)
    problems += ahead if release else ()
    if reading is None or problems:
        raise InvalidInput({*problems, *found})
    known = provenances(reading.register, root, REGISTER)
    unknown = history_problems(root, known, release=release is not None, optional=optional)
    if release and unknown:
        raise InvalidInput(unknown)
    return Project(
        reading,
        commitments,
        charter,
        known,
        replace(place, contact=publication.publisher.email or ""),
        root,
        publication,
        tuple(unknown),
        tuple(ahead),
    )


def _days_to_come(data: bytes, release: date | None) -> list[Problem]:
    """List the register's days that have not begun anywhere: a draft may speak of what is planned.

    The day of a release is the one that begins at Greenwich; elsewhere the next may have begun.
    """
    latest = release + timedelta(days=1) if release else latest_day()
    found = check_register(data, REGISTER, None, latest, rules=_DAYS).problems
    severity = Severity.ERROR if release else Severity.WARNING
    return [replace(one, severity=severity) for one in found if one.rule == _DAYS[0].name]


def _place_problems(place: Place) -> list[Problem]:
    problems = []
    parts = urlsplit(place.url)
    if parts.scheme not in {"https", "http"} or not parts.netloc or parts.query or parts.fragment:
        problems.append(
            Problem(
                CONFIGURATION,
                1,
                1,
                f"L’adresse du site, « {place.url} », n’en est pas une.",
                "Écrivez « site_url: https://exemple.fr/ » ou réglez SITE_URL.",
                "configuration",
            )
        )
    if place.identifier and not _UUID.fullmatch(place.identifier):
        made = replace(place, identifier="").ids
        problems.append(
            Problem(
                CONFIGURATION,
                1,
                1,
                f"L’identifiant du registre, « {place.identifier} », n’est pas un UUID.",
                f"Écrivez, sous « identifiers », « {place.name}: {made} », ou rien.",
                "configuration",
            )
        )
    for name, template, wanted, example in (
        ("du registre", place.source, ("commit", "first", "last"), _SOURCE_EXAMPLE),
        ("d’une révision", place.commits, ("commit",), _COMMIT_EXAMPLE),
    ):
        if template and not _is_template(template, wanted):
            problems.append(
                Problem(
                    CONFIGURATION,
                    1,
                    1,
                    f"L’adresse {name} dans le dépôt, « {template} », est incomplète.",
                    f"Écrivez une adresse https avec {{{'}, {'.join(wanted)}}}, par exemple "
                    f"{example}.",
                    "configuration",
                )
            )
    return problems


def _is_template(template: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a template is an https address with all that is to be filled in, and no more."""
    filled = template
    for name in wanted:
        if f"{{{name}}}" not in filled:
            return False
        filled = filled.replace(f"{{{name}}}", "1")
    return filled.startswith("https://") and not set(filled) & set('{}<>" ')
