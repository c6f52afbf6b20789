"""From data/publication.yaml to who publishes the site, or to all that is wrong with it.

The file is read as the register is: guarded, every value with its place. A draft may leave anything
empty. A release, the build of a site for the public, may not leave out what French law asks of a
publisher, and looks at the clock for what has expired by then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from charte.files import CONFIGURATION
from charte.french import long_date
from charte.problems import InvalidInput, Problem
from charte.publication.meanings import value_meant
from charte.publication.model import BLOCKS, Publication, is_empty
from charte.register.document import Document, Path
from charte.register.meanings import Saying, validate
from charte.register.modelling import validated
from charte.register.reading import read
from charte.register.source import Mark, quoted
from charte.register.spelling import Vocabulary, as_meant
from charte.register.writing import written

FILE = "data/publication.yaml"
RULE = "publication"
_RELEASE = "production"
_VOCABULARY = Vocabulary(Publication, BLOCKS)
_PUBLICATION = TypeAdapter(Publication)

# Loi n° 2004-575 du 21 juin 2004, article 1-1, as of 2024: who publishes, who directs, who hosts.
# The electronic address is how readers reach the publisher; RFC 9116 wants the day of expiry.
MANDATORY: tuple[Path, ...] = (
    ("publisher", "name"),
    ("publisher", "address"),
    ("publisher", "phone"),
    ("publisher", "email"),
    ("director",),
    ("host", "name"),
    ("host", "address"),
    ("host", "phone"),
    ("security_expires",),
)


def release_day(environment: str) -> date | None:
    """Give the day of a release, SOURCE_DATE_EPOCH's or today; None for a draft.

    Args:
        environment: what CHARTE_ENV says: `production`, or nothing.

    Raises:
        InvalidInput: if either says anything else; the checks are never left out in silence.
    """
    if not environment:
        return None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    reason = f"CHARTE_ENV vaut {quoted(environment)}, qui ne veut rien dire ici."
    remedy = f"Écrivez CHARTE_ENV={_RELEASE}, ou rien pour un brouillon."
    if environment == _RELEASE:
        try:
            return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()
        except (ValueError, OverflowError, OSError):
            reason = f"SOURCE_DATE_EPOCH vaut {quoted(epoch)}, qui n’est pas un instant."
            remedy = "Écrivez un nombre de secondes depuis 1970, ou rien pour la date du jour."
    raise InvalidInput([Problem(CONFIGURATION, 1, 1, reason, remedy, RULE)])


def read_publication(
    data: bytes, url: str, release: date | None = None
) -> tuple[Publication, list[Problem]]:
    """Read and check who publishes the site.

    Args:
        data: the bytes of the file.
        url: the absolute address of the site.
        release: the day of a release, which may leave out nothing; None for a draft.

    Returns:
        What is known, or all problems: where there are any, nothing is known.
    """
    document, found = read(data, FILE)
    problems = [_about_this_file(one) for one in found]
    if document.value is None:
        return Publication(), problems
    document, misspelt = as_meant(document, FILE, _VOCABULARY)
    known, _, told = validate(_published, document, _say)
    for details, saying in told:
        path: Path = tuple(details["loc"])
        if saying.meant is not None and path in misspelt:  # one line to write, one problem
            misspelt[path] = replace(misspelt[path], remedy=saying.remedy)
        else:
            place = _place(document, path)
            problems.append(Problem(FILE, *place, saying.reason, saying.remedy, RULE))
    problems += (replace(one, rule=RULE) for one in misspelt.values())
    publication = known or Publication()
    if release:
        problems += _missing(document)
        problems += _outdated(publication, document, release)
        problems += _without_address(url)
    return Publication() if problems else publication, problems


def _about_this_file(problem: Problem) -> Problem:
    """Mend the one remedy in which the reader speaks of the register's fields."""
    if problem.rule == "empty-file":
        return replace(problem, remedy=f"Rétablissez ses champs : {', '.join(_fields(()))}.")
    return problem


def _missing(document: Document) -> Iterator[Problem]:
    for path in MANDATORY:
        if is_empty(_value(document.value, path)):
            reason = f"Il manque « {_name(path)} » : {_field(path).description}."
            yield Problem(FILE, *_place(document, path), reason, _example(path), RULE)


def _outdated(publication: Publication, document: Document, release: date) -> Iterator[Problem]:
    expires, audit = publication.security_expires, publication.accessibility.audit
    if expires and expires <= release:
        place = _place(document, ("security_expires",))
        reason = f"Le fichier security.txt ne vaut plus depuis le {long_date(expires)}."
        remedy = "Relisez à qui signaler une faille, puis écrivez un jour dans moins d’un an."
        yield Problem(FILE, *place, reason, remedy, RULE)
    for path, day in _days(publication):
        if day > release:
            reason = f"« {_name(path)} » donne le {long_date(day)}, qui n’est pas encore passé."
            remedy = "Vérifiez l’année, ou attendez ce jour."
            yield Problem(FILE, *_place(document, path), reason, remedy, RULE)
    if audit and audit.last_day < release:
        place = _place(document, ("accessibility", "audit", "on"))
        reason = f"L’audit d’accessibilité du {audit.day} a plus de trois ans."
        remedy = "Enregistrez-en un nouveau, ou videz « audit: » : le site est alors non conforme."
        yield Problem(FILE, *place, reason, remedy, RULE)


def _days(publication: Publication) -> Iterator[tuple[Path, date]]:
    """List the days of what is told as done."""
    statement = publication.accessibility
    for name, day in (("established", statement.established), ("updated", statement.updated)):
        if day:
            yield ("accessibility", name), day
    if statement.audit:
        yield ("accessibility", "audit", "on"), statement.audit.on


def _without_address(url: str) -> Iterator[Problem]:
    """Refuse an address that no site can have: the domain « example » is reserved (RFC 2606)."""
    parts = urlsplit(url)
    if parts.scheme != "https" or (parts.hostname or "").endswith(".example"):
        reason = f"Un site destiné au public ne peut pas avoir pour adresse « {url} »."
        remedy = "Réglez SITE_URL, par exemple SITE_URL=https://exemple.fr/."
        yield Problem(CONFIGURATION, 1, 1, reason, remedy, RULE)


def _published(value: Any) -> tuple[Publication | None, list[ErrorDetails]]:
    return validated(_PUBLICATION, value)


def _say(details: ErrorDetails, _: Document) -> Saying:
    """Describe one of the model's errors to whoever fills the file in."""
    path: Path = tuple(details["loc"])
    reason, remedy = _wording(details, path)
    value = value_meant(details, path)
    if value is not None:
        is_day = details["type"].startswith("day")  # plain, as people write one
        line = f"{path[-1]}: {value}" if is_day else written(str(path[-1]), value)
        remedy = f"Écrivez « {line} »."
    return Saying(reason, remedy, value)


def _wording(details: ErrorDetails, path: Path) -> tuple[str, str]:
    given = details["input"]
    match details["type"]:
        case "missing":
            reason = f"Il manque « {_name(path)} » : {_field(path).description}."
            return reason, _example(path)
        case "model_type":
            fields = ", ".join(_fields(path))
            where = f"Le champ « {_name(path)} »" if path else "Le fichier"
            return f"{where} attend un bloc de champs.", f"Écrivez-les un par ligne : {fields}."
        case "string_too_long":
            most = details["ctx"]["max_length"]
            reason = (
                f"« {_name(path)} » compte {len(given)} caractères ; au plus {most} sont admis."
            )
            return reason, "Raccourcissez le texte."
    shown = f" : {quoted(given)}" if isinstance(given, str) else ""
    reason = f"« {_name(path)} », {_field(path).description}, n’a pas la forme attendue{shown}."
    return reason, _example(path)


def _example(path: Path) -> str:
    """Show how a field is written, as the model does."""
    field = _field(path)
    name = next(step for step in reversed(path) if isinstance(step, str))
    return f"Écrivez par exemple « {name}: {(field.examples or [''])[0]} »."


def _field(path: Path) -> FieldInfo:
    names = [step for step in path if isinstance(step, str)]
    return _model(tuple(names[:-1])).model_fields[names[-1]]


def _fields(path: Path) -> list[str]:
    return list(_model(path).model_fields)


def _model(path: Path) -> type[BaseModel]:
    """Give the model of the block of fields at a path."""
    return BLOCKS[str(path[-1])] if path else Publication


def _name(path: Path) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _value(value: Any, path: Path) -> Any:
    """Give what the file says at a path; nothing where there is no such place."""
    for step in path:
        value = value.get(step, "") if isinstance(value, dict) else ""
    return value


def _place(document: Document, path: Path) -> Mark:
    """Give the place of a field's name, or that of the nearest that should hold it."""
    for length in range(len(path), 0, -1):
        for places in (document.keys, document.places):
            if mark := places.get(path[:length]):
                return mark
    return Mark(1, 1)
