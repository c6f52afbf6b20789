"""The open data: all files say the same, describe themselves, and can be opened without danger."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from markupsafe import Markup

import publishing
from building import ROOT, SITE_URL
from charte.opendata import dataset, fields, tables
from charte.opendata.records import FIELDS
from charte.opendata.table_schemas import COLUMNS
from charte.outputs import datasets
from charte.views import SiteView

NAMES = [
    *("identifiant", "nom", "statut", "page", "date_inscription", "date_signature", "groupe"),
    *("precision", "site", "siren", "description", "badge", "date_retrait", "motif_retrait"),
    *("successeur", "date_sortie", "voir_aussi", "anciens_identifiants", "anciens_noms", "actions"),
]


@pytest.fixture(scope="module", params=[publishing.small_site, publishing.printed_site])
def view(request: pytest.FixtureRequest) -> SiteView:
    """Give a register in which everything happens, then the real one."""
    made: SiteView = request.param()
    return made


@pytest.fixture(scope="module")
def files(view: SiteView) -> dict[str, bytes]:
    return publishing.published(datasets.outputs, site=view)


@pytest.fixture(scope="module")
def small() -> dict[str, bytes]:
    return publishing.published(datasets.outputs, site=publishing.small_site())


def listed(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """Read the records from the JSON file."""
    records: list[dict[str, Any]] = json.loads(files["donnees/signataires.json"])["signataires"]
    return records


def rows(content: bytes, delimiter: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    """Read a table as a data tool does, and take off the apostrophes as the page says."""
    text = io.StringIO(content.decode(encoding), newline="")
    return [
        {name: tables.exact(cell) for name, cell in row.items()}
        for row in csv.DictReader(text, delimiter=delimiter, strict=True)
    ]


def as_cells(record: dict[str, Any]) -> dict[str, str]:
    """Say what a table's row must hold for a record."""
    lists = {
        "voir_aussi": " | ".join(record.get("voir_aussi", [])),
        "anciens_identifiants": " | ".join(record.get("anciens_identifiants", [])),
        "anciens_noms": " | ".join(one["nom"] for one in record.get("anciens_noms", [])),
    }
    plain = {name: record.get(name, "") for name in NAMES if name != "actions"}
    return {**plain, **lists}


def test_the_names_of_the_fields_are_a_promise() -> None:
    """In version 1, a name may be added at the end of this list; none may leave it."""
    assert [field.name for field in FIELDS] == NAMES
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in NAMES)


def test_a_record_says_all_that_the_register_knows(small: dict[str, bytes]) -> None:
    found = {one["identifiant"]: one for one in listed(small)}
    assert found["oeuvre-sante"] == {
        "identifiant": "oeuvre-sante",
        "nom": "Œuvre Santé/Groupe Étoile",
        "statut": "signataire",
        "page": "https://charte.example/signataires/oeuvre-sante/",
        "date_inscription": "2020-11-16",
        "date_signature": "2020-10-01",
        "groupe": "Groupe Étoile",
        "precision": "pour l'ensemble des activités santé du groupe",
        "site": "https://œuvre.fr/santé?a=1&b=2",
        "siren": "005520135",
        "description": 'Dossiers, « agendas » ; "soins"\net le reste',
        "badge": "https://charte.example/badge/oeuvre-sante.svg",
        "voir_aussi": ["absent", "zenith"],
        "anciens_identifiants": ["premier-nom", "second-nom"],
        "anciens_noms": [
            {"nom": "Premier Nom", "jusqu_au": "2021-01-31"},
            {"nom": "Second, Nom", "precision": "dit 2N", "jusqu_au": "2021-06-30"},
        ],
        "actions": [
            {
                "date": "2021-05-01",
                "engagement": "industriels-1",
                "titre": "=HYPERLINK(1)",
                "adresse": "https://exemple.org/a",
            },
            {
                "date": "2022-05-01",
                "engagement": "industriels-3",
                "titre": "Une interface ; ouverte",
                "adresse": "https://exemple.org/b",
            },
        ],
    }


def test_what_is_not_known_is_absent(small: dict[str, bytes]) -> None:
    plain = next(one for one in listed(small) if one["identifiant"] == "avis-sante")
    assert list(plain) == ["identifiant", "nom", "statut", "page", "date_inscription", "badge"]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "zenith",
            {
                "statut": "ancien signataire",
                "date_retrait": "2021-12-01",
                "motif_retrait": "retrait",
                "date_sortie": "2022-01-31",
            },
        ),
        (
            "absent",
            {
                "statut": "ancien signataire",
                "date_retrait": "2022-01-31",
                "motif_retrait": "fusion",
                "successeur": "oeuvre-sante",
                "date_sortie": "2022-01-31",
            },
        ),
        (
            "meprise",
            {
                "statut": "cité par erreur",
                "date_retrait": "2021-01-31",
                "motif_retrait": "erreur",
                "date_sortie": "2021-01-31",
            },
        ),
    ],
)
def test_a_withdrawal_is_told_with_its_reason(
    slug: str, expected: dict[str, str], small: dict[str, bytes]
) -> None:
    record = next(one for one in listed(small) if one["identifiant"] == slug)
    told = {name: record[name] for name in NAMES if name in record and name in expected}
    assert told == expected
    assert "successeur" in expected or "successeur" not in record


def test_the_head_tells_what_the_file_is(small: dict[str, bytes]) -> None:
    head = json.loads(small["donnees/signataires.json"])
    del head["signataires"]
    assert head == {
        "version": "1.0.0",
        "edition": "2022-01-31",
        "licence": "etalab-2.0",
        "source": "Annexe de la charte « Engagé pour la e-santé », "
        "« Liste des industriels signataires »",
        "documentation": "https://charte.example/donnees/",
        "totaux": {"signataires": 2, "anciens": 3},
    }


def test_all_files_say_the_same(files: dict[str, bytes]) -> None:
    records = listed(files)
    lines = files["donnees/signataires.jsonl"].decode().removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == records
    cells = [as_cells(one) for one in records]
    assert rows(files["donnees/signataires.csv"]) == cells
    assert rows(files["donnees/signataires-excel.csv"], ";", "utf-8-sig") == cells
    assert rows(files["donnees/actions.csv"]) == [
        {"identifiant": one["identifiant"], "nom": one["nom"], **act}
        for one in records
        for act in one.get("actions", ())
    ]


def test_everyone_is_there_in_the_order_of_the_site(
    files: dict[str, bytes], view: SiteView
) -> None:
    assert [one["identifiant"] for one in listed(files)] == [one.slug for one in view.signatories]


def test_the_order_of_the_file_does_not_show() -> None:
    def content(site: SiteView) -> dict[str, bytes]:
        return publishing.published(datasets.outputs, site=site)

    turned = publishing.site_of(*reversed(publishing.EVERYTHING))
    assert content(turned) == content(publishing.small_site())


def test_a_table_is_what_its_reader_expects(files: dict[str, bytes]) -> None:
    """RFC 4180 for data tools; a byte order mark and semicolons for a French spreadsheet."""
    plain, excel = files["donnees/signataires.csv"], files["donnees/signataires-excel.csv"]
    assert plain.startswith(b"identifiant,nom,statut,")
    assert excel.startswith("\ufeffidentifiant;nom;statut;".encode())
    for content in (plain, excel, files["donnees/actions.csv"]):
        assert content.endswith(b"\r\n")
        unquoted = re.sub(rb'"[^"]*"', b"", content)
        assert unquoted.count(b"\n") == unquoted.count(b"\r\n") == unquoted.count(b"\r")


def test_json_is_utf_8_and_ends_its_last_line(files: dict[str, bytes]) -> None:
    for uri, content in files.items():
        if "json" in uri:
            assert content.endswith(b"}\n"), uri
            assert b"\\u" not in content, uri


FORMULAS = st.builds(
    "".join,
    st.tuples(
        st.text(alphabet=" \t'\"\u00a0\u2003", max_size=3),
        st.sampled_from(["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"]),
        st.text(max_size=20),
    ),
)
ANY_TEXT = FORMULAS | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@given(ANY_TEXT | st.text(alphabet=" ,;\t\n'\"=+a", max_size=12))
def test_the_exact_text_comes_back_from_a_cell(text: str) -> None:
    assert tables.exact(tables.neutral(text)) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@given(text=ANY_TEXT | st.text(alphabet=" ,;\t\n'\"=+a", max_size=12))
def test_no_part_of_a_cell_is_a_formula_to_who_takes_another_separator(
    delimiter: str, text: str
) -> None:
    """Excel separates by semicolons in France and by commas elsewhere, whatever the file does."""
    row = tables.cells({field.name: text for field in COLUMNS[:3]}, COLUMNS[:3])
    for table in (tables.table(COLUMNS[:3], [row]), tables.excel_table(COLUMNS[:3], [row])):
        lines = io.StringIO(table.decode("utf-8-sig"), newline="")
        for cell in itertools.chain.from_iterable(csv.reader(lines, delimiter=delimiter)):
            assert not cell.lstrip(' "\u00a0\u2003').startswith(("=", "+", "-", "@", "＝", "＋"))


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_any_text_comes_back_from_a_table(texts: list[str]) -> None:
    """Whatever a name holds: quotes, semicolons, line separators, emoji, a formula."""
    columns = COLUMNS[: len(texts)]
    row = tables.cells(
        {field.name: text for field, text in zip(columns, texts, strict=True)}, columns
    )
    expected = [{field.name: text for field, text in zip(columns, texts, strict=True)}]
    assert rows(tables.table(columns, [row])) == expected
    assert rows(tables.excel_table(columns, [row]), ";", "utf-8-sig") == expected


@given(ANY_TEXT)
def test_no_cell_starts_like_a_formula(text: str) -> None:
    """OWASP, « CSV Injection »; spaces and quotes before the sign are no protection."""
    cell = tables.neutral(text)
    start = cell.lstrip(' \u00a0\u2003"')
    assert not start.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("@vis-santé", "'@vis-santé"),
        ("  =1+1", "'  =1+1"),
        ("'=1+1", "''=1+1"),
        ("3M France", "3M France"),
        ("l'@ppli", "l'@ppli"),
        ("Dossiers; =1+1", "Dossiers;' =1+1"),
        ("Dossiers,'=1+1", "Dossiers,''=1+1"),
        ('Dossiers\n"=1+1', "Dossiers\n'\"=1+1"),
        ("Dossiers, agendas; = ", "Dossiers, agendas;' = "),
        ("a;b,\n c", "a;b,\n c"),
        ("", ""),
    ],
)
def test_an_apostrophe_neutralises_a_formula_and_nothing_else(text: str, cell: str) -> None:
    assert tables.neutral(text) == cell


def test_a_bar_in_a_name_does_not_cut_a_list() -> None:
    names = ["A | B", "C ||", "D"]
    (cell,) = tables.cells(
        {"anciens_noms": [{"nom": name} for name in names]},
        [field for field in FIELDS if field.name == "anciens_noms"],
    )
    assert cell == "A || B | C |||| | D"
    assert [one.replace("||", "|") for one in cell.split(" | ")] == names


def test_the_json_is_exact(small: dict[str, bytes]) -> None:
    assert {"@vis-santé", "Méprise"} <= {one["nom"] for one in listed(small)}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_has_an_example_of_its_own_shape(field: fields.Field) -> None:
    schema = dict(field.shape.schema)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(field.example)
    assert field.type
    assert field.title
    assert field.description.endswith(".")


def test_every_record_obeys_the_schema(files: dict[str, bytes]) -> None:
    schema = json.loads(files["donnees/signataires.schema.json"])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "https://charte.example/donnees/signataires.schema.json"
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for record in listed(files):
        validator.validate(record)
        assert set(record) <= set(schema["properties"])
        for name in {"page", "badge"} & set(record):
            assert urlsplit(record[name]).scheme == "https"
            assert record[name].isascii()


@pytest.mark.parametrize(
    "fault",
    [
        {"nom": ""},
        {"statut": "parti"},
        {"siren": "12345678"},
        {"date_inscription": "16/11/2020"},
        {"date_retrait": "2021-01-31"},
        {"voir_aussi": []},
        {"site": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_not_a_record(
    fault: dict[str, Any], small: dict[str, bytes]
) -> None:
    schema = json.loads(small["donnees/signataires.schema.json"])
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    plain = next(one for one in listed(small) if one["identifiant"] == "avis-sante")
    assert validator.is_valid(plain)
    assert not validator.is_valid({**plain, **fault})


def test_frictionless_finds_the_package_valid(files: dict[str, bytes], tmp_path: Path) -> None:
    """Hashes, sizes, dialects, types, constraints and keys, told by an independent validator."""
    from frictionless import Package  # noqa: PLC0415 - slow to import

    for uri, content in files.items():
        path = tmp_path / uri
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    package = Package(str(tmp_path / dataset.PACKAGE))
    report = package.validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert [resource.name for resource in package.resources] == [
        "signataires",
        "signataires-excel",
        "actions",
    ]
    table = package.get_table_resource("signataires-excel").read_rows()
    assert [row["identifiant"] for row in table] == [one["identifiant"] for one in listed(files)]


def test_frictionless_sees_a_spoilt_table(small: dict[str, bytes], tmp_path: Path) -> None:
    """The schema is at work: what it forbids is found."""
    from frictionless import Package  # noqa: PLC0415 - slow to import

    spoilt = small["donnees/signataires.csv"].replace(b',"signataire",', b',"parti",')
    for uri, content in {**small, "donnees/signataires.csv": spoilt}.items():
        path = tmp_path / uri
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    report = Package(str(tmp_path / dataset.PACKAGE)).validate()
    found = {error[0] for error in report.flatten(["type"])}
    assert {"hash-count", "byte-count", "constraint-error"} <= found


def test_the_package_tells_the_size_and_digest_of_its_files(files: dict[str, bytes]) -> None:
    package = json.loads(files[dataset.PACKAGE])
    for resource in package["resources"]:
        content = files[f"donnees/{resource['path']}"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert f"donnees/{resource['schema']}" in files


def test_the_package_is_dated_by_the_register(small: dict[str, bytes]) -> None:
    package = json.loads(small[dataset.PACKAGE])
    assert package["created"] == "2020-11-16T00:00:00Z"
    assert package["lastModified"] == "2022-01-31T00:00:00Z"
    assert package["licenses"][0]["name"] == "etalab-2.0"
    assert package["sources"][0]["path"] == "https://charte.example/annexe/"


@pytest.mark.parametrize("uri", [dataset.TABLE_SCHEMA, dataset.ACTIONS_SCHEMA])
def test_a_table_schema_has_what_the_national_catalogue_asks_for(
    uri: str, small: dict[str, bytes]
) -> None:
    """schema.data.gouv.fr, « Focus : construire un schéma TableSchema »."""
    schema = json.loads(small[uri])
    wanted = {
        *("$schema", "name", "title", "description", "countryCode", "homepage", "path"),
        *("resources", "created", "lastModified", "version", "contributors", "fields"),
    }
    assert wanted <= set(schema)
    assert schema["countryCode"] == "FR"
    assert schema["path"] == f"{SITE_URL}{uri}"
    assert re.fullmatch(r"\d+\.\d+\.\d+", schema["version"])
    for resource in schema["resources"]:
        assert resource["path"].removeprefix(SITE_URL) in small
    for column in schema["fields"]:
        assert {"name", "title", "description", "type", "example"} <= set(column)
        assert column["constraints"]["required"] in {True, False}


def test_the_data_are_described_for_search_engines() -> None:
    """Google Dataset Search wants a name and 50 to 5,000 characters of description."""
    site = publishing.small_site()
    described = dataset.dataset_json_ld(site.place, site.editions[0].day, site.edition_day)
    assert isinstance(described, Markup)
    found = json.loads(described)
    assert found["@type"] == "Dataset"
    assert found["name"]
    assert 50 <= len(found["description"]) <= 5000
    assert found["license"].startswith("https://")
    assert found["temporalCoverage"] == "2020-11-16/2022-01-31"
    downloads = {one["contentUrl"].removeprefix(SITE_URL) for one in found["distribution"]}
    made = publishing.published(datasets.outputs, site=site)
    assert downloads <= set(made)
    assert {uri for uri in made if "schema" not in uri} - downloads == {dataset.PACKAGE}


def test_an_empty_register_can_be_published() -> None:
    made = publishing.published(datasets.outputs, site=publishing.site_of())
    assert json.loads(made["donnees/signataires.json"])["signataires"] == []
    assert made["donnees/signataires.jsonl"] == b""
    assert made["donnees/signataires.csv"].count(b"\n") == 1


def test_the_page_offers_every_file(small: dict[str, bytes]) -> None:
    template = (ROOT / "theme/fragments/page/data_files.html").read_text()
    offered = set(re.findall(r'href="{{ base }}([^"]+)"', template))
    assert offered == set(small)


def test_the_page_explains_every_field(site: Path) -> None:
    page = (site / "donnees/index.html").read_text()
    for field in FIELDS:
        assert f"<code>{field.name}</code>" in page
    assert '"@type":"Dataset"' in page
