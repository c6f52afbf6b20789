"""The API: its description describes exactly what is published, and what was published stays."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

import publishing
from building import ROOT
from charte.opendata import records
from charte.outputs import api, datasets, embeds
from charte.views import SiteView

OPENAPI = "api/v1/openapi.json"


@pytest.fixture(scope="module", params=[publishing.small_site, publishing.printed_site])
def view(request: pytest.FixtureRequest) -> SiteView:
    """Give a register in which everything happens, then the real one."""
    made: SiteView = request.param()
    return made


@pytest.fixture(scope="module")
def files(view: SiteView) -> dict[str, bytes]:
    """Give all that is published under /api/v1/."""
    made = publishing.published(api.outputs, embeds.outputs, site=view)
    return {uri: content for uri, content in made.items() if uri.startswith("api/v1/")}


@pytest.fixture(scope="module")
def description(files: dict[str, bytes]) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(files[OPENAPI])
    return described


def content_of(path: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = path["get"]["responses"]["200"]["content"]["application/json"]
    return found


def path_of(uri: str, description: dict[str, Any]) -> str:
    """Find the one path of the description that is about a file."""
    asked = f"/{uri.removeprefix('api/v1/')}"
    patterns: dict[str, str] = {
        path: path.replace("{identifiant}", "[^/]+") for path in description["paths"]
    }
    (found,) = [path for path, pattern in patterns.items() if re.fullmatch(pattern, asked)]
    return found


def test_the_description_is_valid(description: dict[str, Any]) -> None:
    """OpenAPI 3.1, told by an independent validator."""
    assert description["openapi"].startswith("3.1.")
    validate(description)


def test_every_answer_is_as_described(files: dict[str, bytes], description: dict[str, Any]) -> None:
    answered = set()
    validators = {}
    for path, item in description["paths"].items():
        schema = {**content_of(item)["schema"], "components": description["components"]}
        validators[path] = Draft202012Validator(schema, format_checker=FormatChecker())
    for uri, content in files.items():
        if uri == OPENAPI:
            continue
        path = path_of(uri, description)
        validators[path].validate(json.loads(content))
        answered.add(path)
    assert answered == set(description["paths"])


def test_nothing_undescribed_is_answered(
    files: dict[str, bytes], description: dict[str, Any]
) -> None:
    """A field that the description forgets is a field that nobody can rely on."""
    schemas = description["components"]["schemas"]

    def undescribed(value: Any, schema: dict[str, Any]) -> list[str]:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        if isinstance(value, list):
            return [name for item in value for name in undescribed(item, schema["items"])]
        if not isinstance(value, dict):
            return []
        known = schema["properties"]
        inside = [
            name for key in set(value) & set(known) for name in undescribed(value[key], known[key])
        ]
        return [*(set(value) - set(known)), *inside]

    for uri, content in files.items():
        if uri != OPENAPI:
            schema = content_of(description["paths"][path_of(uri, description)])["schema"]
            assert undescribed(json.loads(content), schema) == [], uri


def test_an_example_is_as_described(description: dict[str, Any]) -> None:
    contents = [content_of(path) for path in description["paths"].values()]
    examples = [content for content in contents if "example" in content]
    assert len(examples) == 3
    for content in examples:
        schema = {**content["schema"], "components": description["components"]}
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(content["example"])


def test_the_description_does_not_move_with_the_register() -> None:
    """It is a contract, and programs are made from it."""
    sites = (publishing.small_site(), publishing.printed_site())
    one, other = (publishing.published(api.outputs, site=site)[OPENAPI] for site in sites)
    assert one == other


def test_the_whole_register_is_the_download(view: SiteView, files: dict[str, bytes]) -> None:
    downloads = publishing.published(datasets.outputs, site=view)
    assert files["api/v1/signataires.json"] == downloads["donnees/signataires.json"]


def test_a_record_answers_at_each_identifier_of_its_signatory(
    view: SiteView, files: dict[str, bytes]
) -> None:
    whole = json.loads(files["api/v1/signataires.json"])["signataires"]
    by_slug = {one["identifiant"]: one for one in whole}
    expected = {
        slug: by_slug[one.slug]
        for one in view.register.signatories
        for slug in (one.slug, *one.former_slugs)
    }
    folder = "api/v1/signataires/"
    found = {
        uri.removeprefix(folder).removesuffix(".json"): json.loads(content)
        for uri, content in files.items()
        if uri.startswith(folder)
    }
    assert found == expected


def test_the_commitments_are_those_of_the_charter(files: dict[str, bytes]) -> None:
    found = json.loads(files["api/v1/engagements.json"])["engagements"]
    parties = [(one["partie"], one["numero"]) for one in found]
    assert parties == [
        (party, number) for party in ("pouvoirs publics", "industriels") for number in range(1, 7)
    ]
    charter = (ROOT / "tests/fixtures/charte.txt").read_text(encoding="utf-8")
    printed = " ".join(charter.replace("*", "").split())
    for one in found:
        assert one["texte"] in printed
        assert one["page"] == f"https://charte.example/engagements/{one['identifiant']}/"


def test_an_edition_tells_how_many_it_lists() -> None:
    made = publishing.published(api.outputs, site=publishing.small_site())
    found = json.loads(made["api/v1/editions.json"])["editions"]
    assert [(one["date"], one["signataires"]) for one in found] == [
        ("2020-11-16", 4),
        ("2021-01-31", 3),
        ("2021-06-30", 4),
        ("2022-01-31", 2),
    ]
    assert found[0]["page"] == "https://charte.example/annexe/2020-11-16/"
    assert found[0]["pdf"] == "https://charte.example/annexe/2020-11-16/charte.pdf"


def test_an_empty_register_can_be_published() -> None:
    made = publishing.published(api.outputs, site=publishing.site_of())
    validate(json.loads(made[OPENAPI]))


def test_the_journal_of_versions_ends_with_the_present_one() -> None:
    """A version of the format without a line in its journal is a change that nobody was told."""
    page = (ROOT / "docs/api/v1/index.md").read_text(encoding="utf-8")
    versions = re.findall(r"^### (\d+\.\d+\.\d+) – \d{4}-\d{2}-\d{2}", page, re.MULTILINE)
    assert versions[0] == records.VERSION
    assert versions == sorted(versions, reverse=True)
    assert "### 1.0.0 – 2026-11-22" in page


def test_the_page_names_every_path(site: Path) -> None:
    page = (site / "api/v1/index.html").read_text(encoding="utf-8")
    for path in json.loads((site / OPENAPI).read_text())["paths"]:
        assert path.removeprefix("/") in page


def test_what_the_api_links_to_is_there(site: Path) -> None:
    """Pages, badges, documents: every address of this site that an answer gives."""
    missing = {
        address
        for file in (site / "api/v1").glob("*.json")
        for address in re.findall(r'"https://charte\.example/([^"#]*)"', file.read_text())
        if not (site / address).is_file() and not (site / address / "index.html").is_file()
    }
    assert missing == set()
