"""The live data is valid, and each change of it is one that a maintainer may merge."""

from __future__ import annotations

import json

import jsonschema
import yaml

from building import LIVE, SITE_URL
from charte.charter import read_commitments
from charte.files import CHARTER, REGISTER, taken_slugs
from charte.publication.checking import read_publication
from charte.register import against, schema
from charte.register.checking import Check, check_register
from charte.register.published import read_published
from charte.register.revisions import register_at
from live.published import Published


def checked(published: Published, data: bytes) -> Check:
    """Check a register as `charte check` does on the day of the change."""
    commitments = read_commitments(published.folder / CHARTER)
    taken = taken_slugs(published.folder)
    return check_register(data, REGISTER, commitments, published.day, taken)


def test_the_register_has_no_error(published: Published) -> None:
    found = checked(published, (published.folder / REGISTER).read_bytes())
    assert found.reading, found.problems


def test_nothing_that_was_published_is_forgotten(published: Published) -> None:
    """The register is judged against the one that was there before the change."""
    before = read_published(register_at(published.base, REGISTER, published.folder))
    after = checked(published, (published.folder / REGISTER).read_bytes())
    assert before
    assert after.reading
    assert list(against.history_problems(before, after.subject, REGISTER, published.day)) == []


def test_the_schema_that_editors_use_accepts_the_register(published: Published) -> None:
    text = (published.folder / REGISTER).read_text(encoding="utf-8")
    value = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts, lists and dicts
    jsonschema.validate(value, json.loads(schema.json_schema()))


def test_who_publishes_is_told_without_an_error() -> None:
    _, problems = read_publication((LIVE / "publication.yaml").read_bytes(), SITE_URL)
    assert problems == []
