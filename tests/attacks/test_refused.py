"""What is not published at all, with the rule that refuses it: one attack a line."""

from __future__ import annotations

import json
import re

import pytest

from attacks.payloads import PAYLOADS
from building import ROOT
from charte.charter import read_commitments
from charte.files import CHARTER
from charte.publication.checking import read_publication
from charte.register.checking import check_register
from charte.register.source import INVISIBLE

COMMITMENTS = read_commitments(ROOT / CHARTER)
HEAD = "edition: 2020-11-16\nsignatories:\n"
ENTRY = {"name": "Horizon Santé", "slug": "horizon-sante", "listed": "2020-11-16"}
ACTION = {
    "date": "2021-03-15",
    "title": "Une interface",
    "url": "https://horizon.fr/a",
    "commitment": "industriels-3",
}


def rules_of(text: str) -> set[str]:
    found = check_register(text.encode("utf-8", "surrogatepass"), "r.yaml", COMMITMENTS)
    return {problem.rule for problem in found.problems if problem.severity == "error"}


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def entry(**fields: object) -> str:
    """Write a register of one entry, with some fields changed, as its author would."""
    lines = (f"{name}: {written(value)}" for name, value in {**ENTRY, **fields}.items())
    return f"{HEAD}  - " + "\n    ".join(lines) + "\n"


def action(**fields: object) -> str:
    return entry(actions=[{**ACTION, **fields}])


def test_what_the_attacks_start_from_is_accepted() -> None:
    assert rules_of(action()) == set()


TEXTS = [
    ("name", "A\u202egro.etarip", "invisible-character"),  # read from right to left
    ("name", "A\u2066B\u2069", "invisible-character"),
    ("description", "A\u200bB", "invisible-character"),
    ("description", "A\u200dB", "invisible-character"),
    ("group", "EIG\u3164", "invisible-character"),
    ("group", "EIG\u2800", "invisible-character"),
    ("description", "A\x1b[2JB", "invisible-character"),
    ("description", "A\x00B", "invisible-character"),
    ("description", "A\x85::error::B", "invisible-character"),
    ("name", "A\u2028B", "invisible-character"),
    ("description", "A\ufeffB", "invisible-character"),
    ("description", "A\U000e0041B", "invisible-character"),  # a tag, which some machines read
    ("description", "A\ufdd0B", "invisible-character"),
    ("name", "Ce\u0301gedim", "decomposed-text"),
    ("name", "Cegеdim", "mixed-scripts"),  # the second « e » is Cyrillic
    ("description", "Z\u0336\u0489\u20e3\u0332\u0333\u0334", "piled-accents"),
    ("name", "שלום", "badge-lettering"),
    ("name", "医療", "badge-lettering"),
    ("name", "🩺 Santé", "badge-lettering"),
    ("name", "A" * 201, "too-long"),
    ("description", "A" * 1001, "too-long"),
    ("group", "Щ" * 60, "group-address"),
    ("group", "!!!", "group-spelling"),
    ("name", "A\nB", "form"),
    ("name", " ", "empty-field"),
    ("note", "A\r\nTY  - B", "form"),
    ("description", "Écrire à a@b.fr", "personal-data"),
]
SLUGS = [
    ("../index", "form"),
    ("a/b", "form"),
    ("a.b", "form"),
    ("_signataire", "form"),
    ("*", "form"),
    (":splat", "form"),
    ("a;b", "form"),
    ("a b", "form"),
    ("a\n/* https://pirate.example 301", "form"),
    ("-a", "form"),
    ("é", "form"),
    ("١", "form"),  # an Arabic digit
    ("a" * 101, "too-long"),
    ("index", "reserved-slug"),
]
ADDRESSES = [
    ("javascript:alert(1)", "form"),
    ("data:text/html,A", "form"),
    ("http://pirate.fr", "form"),
    ("//pirate.fr", "form"),
    ("HTTPS://pirate.fr", "form"),
    ("https://pirate.fr/<b>", "form"),
    ('https://pirate.fr/"onload="alert(1)', "form"),
    ("https://pirate.fr/' onload='alert(1)", "form"),
    ("https://pirate.fr/a b", "form"),
    ("https://pirate.fr/\u00a0", "form"),
    ("https:\\\\pirate.fr", "form"),
    ("https://pirate.fr\\@ans.fr", "form"),
    ("https://ans.fr@pirate.fr", "address-user"),
    ("https://ans.fr:443@pirate.fr", "address-user"),
    ("https://127.0.0.1/", "address-host"),
    ("https://[::1]/", "address-host"),
    ("https://2130706433/", "address-host"),
    ("https://0x7f.1/", "address-host"),
    ("https://localhost/", "address-host"),
    ("https://intranet.local/", "address-host"),
    ("https:///pirate.fr", "address-host"),
    ("https://.fr/", "address-host"),
    ("https://[/", "address-host"),
    ("https://ans.fr%2epirate.fr/", "address-host"),
    ("https://ans.fr%40pirate.fr/", "address-host"),
    ("https://ans.fr|pirate.fr/", "address-host"),
    ("https://ans.fr{pirate.fr/", "address-host"),
    ("https://ans.fr。pirate.fr/", "address-host"),
    ("https://" + "a" * 500 + ".fr", "too-long"),
]


@pytest.mark.parametrize(("field", "text", "rule"), TEXTS)
def test_a_text_is_refused(field: str, text: str, rule: str) -> None:
    assert rule in rules_of(entry(**{field: text}))


@pytest.mark.parametrize("text", [text for _, text, rule in TEXTS if rule == "invisible-character"])
def test_a_character_is_refused_in_a_comment_and_by_its_code_too(text: str) -> None:
    hidden = next(char for char in text if INVISIBLE.match(char))
    assert "invisible-character" in rules_of(f"# {hidden}\n{entry()}")
    code = f"\\U{ord(hidden):08x}"
    assert "invisible-character" in rules_of(entry().replace("Horizon", f"A{code}B"))


@pytest.mark.parametrize(("slug", "rule"), SLUGS)
@pytest.mark.parametrize("field", ["slug", "former_slugs"])
def test_an_identifier_is_refused(field: str, slug: str, rule: str) -> None:
    assert rule in rules_of(entry(**{field: slug if field == "slug" else [slug]}))


@pytest.mark.parametrize(("address", "rule"), ADDRESSES)
def test_an_address_is_refused(address: str, rule: str) -> None:
    assert rule in rules_of(entry(website=address))
    assert rule in rules_of(action(url=address))


@pytest.mark.parametrize("text", PAYLOADS)
@pytest.mark.parametrize("field", ["slug", "listed", "siren", "website", "signed"])
def test_a_field_with_a_form_takes_no_other_text(field: str, text: str) -> None:
    rules = rules_of(entry(**{field: text}))
    is_one = field == "website" and text == "https://pirate.example/"
    is_one = is_one or (field == "slug" and re.fullmatch("[a-z]{1,100}", text) is not None)
    assert bool(rules & {"form", "date", "too-long"}) is not is_one


@pytest.mark.parametrize(
    "text",
    [
        "a@b.fr?bcc=c@d.fr",
        "a@b.fr\nContact: mailto:c@d.fr",
        "a@b.fr,c@d.fr",
        "a%0a@b.fr",
        "<a@b.fr>",
        '"a b"@b.fr',
        "javascript:alert(1)",
        "a@b",
    ],
)
@pytest.mark.parametrize("field", ["security", "accessibility", "personal_data"])
def test_to_whom_to_write_is_one_address(field: str, text: str) -> None:
    """It stands in security.txt and after `mailto:`, whose words it could choose."""
    file = f"contacts:\n  {field}: {written(text)}\n"
    assert read_publication(file.encode(), "https://charte.fr/")[1]


@pytest.mark.parametrize("text", ["A\u202eB", "A\x1b[2JB", "A\nB", "A" * 201])
def test_who_publishes_has_a_name_on_one_line(text: str) -> None:
    file = f"publisher:\n  name: {written(text)}\n"
    assert read_publication(file.encode(), "https://charte.fr/")[1]
