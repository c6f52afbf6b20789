"""Who publishes the site: what may stay unknown, what may not, and how each fault is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Template

from building import PRINTED, ROOT, SITE_URL
from charte.fragments import Fragments
from charte.outputs import wellknown
from charte.problems import InvalidInput, Problem
from charte.publication.checking import FILE, MANDATORY, read_publication, release_day
from charte.publication.model import (
    Audit,
    Contacts,
    Host,
    Publication,
    Publisher,
    Statement,
)
from charte.register.reading import read
from publishing import published, small_site

BLANK = (PRINTED / "publication.yaml").read_bytes()
COMPLETE = (ROOT / "tests/fixtures/publication.yaml").read_text(encoding="utf-8")
URL = "https://charte.exemple.fr/"
RELEASE = date(2027, 1, 1)


def problems(text: str, release: date | None = None, url: str = URL) -> list[Problem]:
    return read_publication(text.encode(), url, release)[1]


# --- What is unknown ------------------------------------------------------------------------


def test_nothing_is_invented_where_nothing_is_known() -> None:
    known, found = read_publication(BLANK, URL)
    assert found == []
    statement = known.accessibility
    assert known == Publication(accessibility=statement)
    assert (statement.audit, statement.state) == (None, "non conforme")


def test_a_draft_may_leave_anything_empty() -> None:
    assert read_publication(b"publisher:\n  name: ' '\nhost:\ndirector:\n", URL) == (
        Publication(),
        [],
    )


def test_a_release_names_every_missing_value_with_its_line_and_what_to_write() -> None:
    found = problems(BLANK.decode(), RELEASE)
    lines = BLANK.decode().splitlines()
    fields = [lines[one.line - 1].split(":")[0].strip() for one in found]
    assert fields == [path[-1] for path in MANDATORY]
    for one, path in zip(found, MANDATORY, strict=True):
        assert one.file == FILE
        assert one.reason.startswith(f"Il manque « {'.'.join(map(str, path))} » : ")
        assert one.remedy.startswith(f"Écrivez par exemple « {path[-1]}: ")


def test_a_release_needs_no_more_than_what_is_mandatory() -> None:
    assert problems(COMPLETE, RELEASE) == []


@pytest.mark.parametrize("path", MANDATORY, ids=lambda path: ".".join(map(str, path)))
def test_a_release_needs_each_mandatory_value(path: tuple[str, ...]) -> None:
    at = read(COMPLETE.encode(), FILE)[0].keys[path].line
    lines = COMPLETE.splitlines(keepends=True)
    text = "".join(lines[: at - 1] + lines[at:])
    (found,) = problems(text, RELEASE)
    assert f"« {'.'.join(path)} »" in found.reason


def test_a_block_that_is_not_there_is_missing_field_by_field() -> None:
    text = COMPLETE.replace(COMPLETE[COMPLETE.index("host:") : COMPLETE.index("security_")], "")
    assert [one.reason.split(" » ")[0] for one in problems(text, RELEASE)] == [
        "Il manque « host.name",
        "Il manque « host.address",
        "Il manque « host.phone",
    ]


# --- What is wrong, in a draft too ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "reason", "remedy"),
    [
        ("", 1, "Le fichier est vide", "Rétablissez ses champs : publisher, director, host"),
        ("Exemple Santé", 1, "Le fichier attend un bloc de champs", "Écrivez-les un par ligne"),
        ("publisher: Exemple", 1, "« publisher » attend un bloc", "name, form, registration"),
        ("host:\n  nam: A", 2, "« nam » s’écrit ici « name »", "« name: A »"),
        ("capital: A", 1, "« capital » n’existe pas", "publisher (éditeur), director"),
        ("director: [A]", 1, "« director »", "« director: A »"),
        ("director: |\n  A\n  B", 1, "la forme attendue : « A B »", "« director: "),
        (f"director: {'a' * 201}", 1, "compte 201 caractères ; au plus 200", "Raccourcissez"),
        ("publisher:\n  email: a@b", 2, "« a@b »", "« email: contact@exemple.fr »"),
        ("publisher:\n  email: a@b.fr?cc=c@d.fr", 2, "publisher.email", "« email: "),
        ("host:\n  phone: appelez-nous", 2, "« appelez-nous »", "« phone: +33 3 20 12 34 56 »"),
        ("security_expires: 30/06/2027", 1, "« 30/06/2027 »", "« security_expires: 2027-06-30 »"),
        ("security_expires: 2027-02-30", 1, "« 2027-02-30 »", "« security_expires: "),
        ("accessibility:\n  tools: axe", 2, "accessibility.tools", "« tools: [axe] »"),
        (
            "accessibility:\n  exempt: Une carte, vieille",
            2,
            "exempt",
            '« exempt: ["Une carte, vieille"] »',
        ),
        ("host:\n  phone: tél. 03.20.12.34.56", 2, "host.phone", "« phone: 03 20 12 34 56 »"),
        ("host:\n  phone: +33 (0)3 20 12 34 56", 2, "host.phone", "« phone: +33 3 20 12 34 56 »"),
        ("publisher:\n  email: mailto:a@b.fr", 2, "publisher.email", "« email: a@b.fr »"),
        (
            "security_expires: 30 juin 2027",
            1,
            "« 30 juin 2027 »",
            "« security_expires: 2027-06-30 »",
        ),
        ("accessibility:\n  pages: [{a: b}]", 2, "accessibility.pages", "« pages: ["),
        ("accessibility:\n  state: conforme", 2, "« state » n’existe pas", "Les"),
        ("director: *a", 1, "réservés à YAML", "guillemets"),
        ("director: !!python/name:os.system a", 1, "réservé à YAML", "guillemets"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_write(
    text: str, line: int, reason: str, remedy: str
) -> None:
    (found,) = problems(text)
    assert (found.file, found.line) == (FILE, line)
    assert reason in found.reason
    assert remedy in found.remedy


def test_all_faults_are_told_at_once_with_what_a_release_misses() -> None:
    found = problems(COMPLETE.replace("+33 1", "tél.").replace("  name: H", "  nom: H"), RELEASE)
    assert sorted(one.line for one in found) == [5, 9]


def test_half_an_audit_is_refused() -> None:
    found = problems("accessibility:\n  audit:\n    on: 2027-03-15\n    by:\n    rate:\n")
    assert [one.reason.split(" » ")[0] for one in found] == [
        "Il manque « accessibility.audit.by",
        "Il manque « accessibility.audit.rate",
    ]


@pytest.mark.parametrize("word", ["null", "Null", "NULL", "~"])
def test_a_word_for_nothing_is_nothing(word: str) -> None:
    """Programs that write YAML write it for an empty value; it is nobody's name."""
    assert read_publication(f"director: {word}\npublisher: {{name: {word}}}".encode(), URL) == (
        Publication(),
        [],
    )


@pytest.mark.parametrize("text", ["72.55", "72,55 %"])
def test_a_rate_is_understood_as_people_write_it(text: str) -> None:
    (found,) = problems(f"accessibility:\n  audit: {{on: 2027-01-01, by: A, rate: '{text}'}}")
    assert found.remedy == "Écrivez « rate: 72,55 »."


def test_fields_in_french_are_understood() -> None:
    found = problems("hébergeur:\n  nom: A\n  téléphone: 03 20 12 34 56\n")
    assert [one.remedy for one in sorted(found)] == [
        "Écrivez « host: ».",
        "Écrivez « name: A ».",
        "Écrivez « phone: 03 20 12 34 56 ».",
    ]


def test_a_report_without_a_scheme_is_given_one() -> None:
    audit = (
        "accessibility:\n  audit: {on: 2027-01-01, by: A, rate: '60', report: www.exemple.org/a}"
    )
    (found,) = problems(audit)
    assert found.remedy == "Écrivez « report: https://www.exemple.org/a »."


@pytest.mark.parametrize(
    "field",
    [
        "established: 2027-01-02",
        "updated: 2030-01-01",
        "audit: {on: 2027-01-02, by: A, rate: '60'}",
    ],
)
def test_a_release_tells_of_nothing_that_is_still_to_come(field: str) -> None:
    (found,) = problems(f"{COMPLETE}accessibility:\n  {field}\n", RELEASE)
    assert "n’est pas encore passé" in found.reason


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_no_file_is_met_with_a_traceback(data: bytes) -> None:
    known, found = read_publication(data, URL, RELEASE)
    assert found
    assert known.publisher.name is None


NAMES = st.text(max_size=5) | st.sampled_from(
    ["publisher", "host", "accessibility", "audit", "name", "nom", "date", "rate", "pages", "tél"]
)
DOCUMENTS = st.recursive(
    st.text(max_size=10)
    | st.sampled_from(["2027-01-01", "1/1/2027", "72.5", "www.a.fr", "a@b.fr"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
)


@given(DOCUMENTS)
def test_any_document_is_read_or_explained(document: object) -> None:
    known, found = read_publication(json.dumps(document, ensure_ascii=False).encode(), URL)
    assert all(one.reason and one.remedy and one.file == FILE for one in found)
    assert not found or known == Publication()


TEXTS = st.text(min_size=1, max_size=40)


@given(TEXTS, TEXTS)
def test_what_is_written_is_published_as_it_stands_or_refused(name: str, email: str) -> None:
    text = f"publisher: {{name: {json.dumps(name)}, email: {json.dumps(email)}}}"
    known, found = read_publication(text.encode(), URL)
    if not found:
        assert known.publisher.name in {name, None}
        assert known.publisher.email in {email, None}


# --- A release and the clock ----------------------------------------------------------------


@pytest.mark.parametrize(("day", "expired"), [(29, False), (30, True)])
def test_a_release_refuses_a_security_file_that_has_expired(day: int, expired: bool) -> None:  # noqa: FBT001 - the case
    found = problems(COMPLETE, date(2027, 6, day))
    assert [one.reason for one in found] == (
        ["Le fichier security.txt ne vaut plus depuis le 30 juin 2027."] if expired else []
    )


@pytest.mark.parametrize(("release", "told"), [(date(2030, 3, 14), 0), (date(2030, 3, 16), 1)])
def test_a_release_refuses_an_audit_of_more_than_three_years(release: date, told: int) -> None:
    audit = "accessibility:\n  audit: {on: 2027-03-15, by: A, rate: 100}\n"
    found = problems(COMPLETE.replace("2027-06-30", "2031-01-01") + audit, release)
    assert [one.line for one in found] == [14] * told
    assert all("a plus de trois ans" in one.reason for one in found)


@pytest.mark.parametrize("url", [SITE_URL, "https://charte.example", "http://exemple.fr/", ""])
def test_a_release_refuses_an_address_that_is_none(url: str) -> None:
    (found,) = problems(COMPLETE, RELEASE, url)
    assert found.file == "mkdocs.yml"
    assert "SITE_URL=https://" in found.remedy


def test_a_release_is_dated_by_the_source_or_by_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")
    assert release_day("production") == RELEASE
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert (release_day("production") or date.min) > date(2026, 11, 1)


def test_a_draft_has_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "never")
    assert release_day("") is None


@pytest.mark.parametrize("environment", ["prod", "Production", "true"])
def test_a_misspelt_environment_is_refused(environment: str) -> None:
    """A release that is taken for a draft would be published unchecked."""
    with pytest.raises(InvalidInput, match=f"CHARTE_ENV vaut « {environment} »"):
        release_day(environment)


@pytest.mark.parametrize("epoch", ["demain", "1e9", "9" * 30])
def test_a_date_that_is_none_is_refused(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(InvalidInput, match="SOURCE_DATE_EPOCH vaut"):
        release_day("production")


# --- The state of accessibility -------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "state"),
    [
        (None, "non conforme"),
        ("0", "non conforme"),
        ("49,99", "non conforme"),
        ("50", "partiellement conforme"),
        ("99,99", "partiellement conforme"),
        ("100", "totalement conforme"),
    ],
)
def test_an_audit_by_a_person_decides_and_nothing_else(rate: str | None, state: str) -> None:
    """RGAA 4.1, « Mention obligatoire sur la page d’accueil »."""
    audit = Audit(on=RELEASE, by="Exemple", rate=rate) if rate else None
    assert Statement(audit=audit, tools=("axe-core : 100 %",)).state == state


@pytest.mark.parametrize("rate", ["101", "-1", "72.5", "99 %", "presque tout"])
def test_a_rate_is_a_percentage(rate: str) -> None:
    (found,) = problems(f"accessibility:\n  audit: {{on: 2027-01-01, by: A, rate: '{rate}'}}")
    assert f"« {rate} »" in found.reason


# --- security.txt ---------------------------------------------------------------------------

KNOWN, _ = read_publication(COMPLETE.encode(), URL)


def security_txt(known: Publication, url: str = URL) -> dict[str, bytes]:
    site = replace(small_site(), publication=known)
    return published(wellknown.outputs, site=replace(site, place=replace(site.place, url=url)))


def test_security_txt_says_whom_to_tell_and_until_when() -> None:
    """RFC 9116: Contact is a URI, Expires a date and time, each field on its line."""
    assert security_txt(KNOWN)[".well-known/security.txt"].decode().splitlines() == [
        "Contact: mailto:contact@exemple.fr",
        "Expires: 2027-06-30T00:00:00Z",
        "Preferred-Languages: fr, en",
        "Canonical: https://charte.exemple.fr/.well-known/security.txt",
    ]


def test_security_txt_names_the_contact_for_security_first() -> None:
    known = KNOWN.model_copy(update={"contacts": Contacts(security="faille@exemple.fr")})
    (text,) = security_txt(known).values()
    assert text.startswith(b"Contact: mailto:faille@exemple.fr\n")


@pytest.mark.parametrize("unknown", [{"publisher": Publisher()}, {"security_expires": None}])
def test_security_txt_is_not_published_without_what_it_must_say(unknown: dict[str, object]) -> None:
    assert security_txt(KNOWN.model_copy(update=unknown)) == {}


def test_security_txt_is_not_published_where_nobody_looks_for_it() -> None:
    """RFC 9116, 3: it stands at the root of a host."""
    assert security_txt(KNOWN, "https://exemple.fr/charte/") == {}


# --- Hostile values -------------------------------------------------------------------------

LINES = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]) | st.sampled_from("<>&\"'{}[]%#"),
    min_size=1,
    max_size=60,
).filter(str.strip)


class Read(HTMLParser):
    """Gathers the elements of some HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@cache
def template(slot: str) -> Template:
    fragments = Fragments(ROOT / "theme", small_site())
    return fragments.compile(fragments.source("page", slot).text)


def shown(slot: str, known: Publication) -> Read:
    return Read(template(slot).render(base="../", site=replace(small_site(), publication=known)))


def publication_of(text: str) -> Publication:
    return Publication(
        publisher=Publisher(name=text, form=text, registration=text, address=text),
        director=text,
        host=Host(name=text, address=text),
        accessibility=Statement(
            audit=Audit(on=RELEASE, by=text, rate="60"), non_conformities=(text,), pages=(text,)
        ),
    )


SLOTS = [
    "legal_publisher",
    "legal_host",
    "legal_publisher_english",
    "accessibility_results",
    "accessibility_non_conformities",
    "accessibility_pages",
]


@pytest.mark.parametrize("slot", SLOTS)
@settings(deadline=None)  # the first example reads and compiles the fragments
@given(text=LINES)
def test_a_value_is_text_whatever_it_says(slot: str, text: str) -> None:
    """Promise 4: no value in the data can run code."""
    read = shown(slot, publication_of(text))
    assert read.elements == shown(slot, publication_of("Exemple")).elements
    assert text in read.text
