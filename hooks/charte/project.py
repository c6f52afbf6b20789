"""One build's input, read and checked: what was signed, by whom, and where it will stand.

This is the reading stage as a whole. It either gives a project that can be published or raises
`InvalidInput` with all that is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from charte.charter import Commitment, read_commitments
from charte.files import read_bytes
from charte.problems import InvalidInput, Problem
from charte.register.checking import Reading, read_register

REGISTER = "data/signatories.yaml"
CHARTER = "docs/charte"
CONFIGURATION = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site stands.

    Attributes:
        url: the absolute address of its root, ending in a slash.
        name: the title of the site.
        source: the address of the register in a repository, with `{first}` and `{last}` for the
            lines of an entry, or "" where none is configured.
    """

    url: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """The checked input of a build."""

    reading: Reading
    commitments: dict[str, Commitment]
    place: Place
    docs: Path
    theme: Path


def read_project(root: Path, place: Place) -> Project:
    """Read the register and the charter under a project's root.

    Raises:
        InvalidInput: with all problems of the register and of the configuration.
    """
    docs = root / "docs"
    commitments = read_commitments(root / CHARTER)
    problems = list(_place_problems(place))
    data = read_bytes(root / REGISTER, root)
    reading, found = read_register(data, REGISTER, commitments, taken_slugs(root))
    if reading is None or problems:
        raise InvalidInput([*problems, *found])
    return Project(reading, commitments, place, docs, root / "theme")


def root_of(register: Path) -> Path:
    """Give the project's root from its register's file, wherever a command is called."""
    return register.resolve().parents[1]


def taken_slugs(root: Path) -> set[str]:
    """Name the slugs that would collide with a page of docs/; a mould starts with an underscore."""
    return {page.stem for page in (root / "docs" / "signataires").glob("[!_]*.md")}


def commitments_for(register: Path) -> dict[str, Commitment]:
    """Read the commitments that go with a register: its project's, or those at hand here."""
    beside = root_of(register) / CHARTER
    return read_commitments(beside if beside.exists() else Path(CHARTER))


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
    if place.source and not _is_source(place.source):
        problems.append(
            Problem(
                CONFIGURATION,
                1,
                1,
                f"L’adresse du registre dans le dépôt, « {place.source} », est incomplète.",
                "Écrivez une adresse https avec {first} et {last} pour les lignes, par exemple "
                "https://forge.exemple/depot/blob/main/data/signatories.yaml#L{first}-L{last}.",
                "configuration",
            )
        )
    return problems


def _is_source(template: str) -> bool:
    """Tell whether a template is an https address with nothing to fill in but the two lines."""
    filled = template.replace("{first}", "1").replace("{last}", "2")
    return filled != template and filled.startswith("https://") and not set(filled) & set('{}<>" ')
