"""A remedy that is obeyed is accepted: one problem fewer, and none that was not there.

The remedies that give a line to write are obeyed here as a person would: the words between « » take
the place of the line, or stand under it.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from charte.problems import Problem
from charte.register.checking import check_register

CASES = sorted((Path(__file__).parent / "cases" / "register").glob("*.txt"))
TODAY = date(2026, 11, 25)
COMMITMENTS = ("etat-1", "industriels-1", "industriels-2")

ORDER = re.compile(
    r"(?:^|; |, )(?P<verb>[ÉéAa]crivez|[Aa]joutez)(?: sous « (?P<above>\w+) » :)? "
    r"« (?P<line>(?:[^«»]|«[^«»]*»)+?) »"
    r"(?=[ .,]|$)"
)
DELETE = re.compile(r"^Supprimez (?:cette|la) ligne")
# What stops the reader hides what follows, which nobody could judge.
HIDING = {"layout", "second-document"}
FIELD = re.compile(r"(?P<margin> *(?:- +)*)(?P<name>[^\s:][^:]*):")


def problems(text: str) -> list[Problem]:
    return list(check_register(text.encode(), "r.yaml", COMMITMENTS, TODAY).problems)


def obeyed(text: str, problem: Problem) -> str | None:
    """Do what a remedy says; None where it gives no line to write.

    « … » stands for what the author alone knows: no line with it is to be copied.
    """
    lines = text.split("\n")
    if DELETE.match(problem.remedy):
        return replaced(lines, problem.line - 1, None)
    order = ORDER.search(problem.remedy)
    if order is None or "…" in order["line"]:
        return None
    if order["line"].startswith("- ") and not FIELD.match(order["line"]):
        return replaced(lines, problem.line - 1, order["line"])
    if order["verb"].endswith("joutez"):
        at = place_of(lines, problem.line - 1, order["above"]) if order["above"] else None
        at = problem.line - 1 if at is None else at
        match = FIELD.match(lines[at])
        assert match
        margin = " " * len(match["margin"])
        lines.insert(end_of(lines, at, margin), margin + order["line"])
        return "\n".join(lines)
    line = order["line"].removeprefix("- ")
    name = line.partition(":")[0]
    at = problem.line - 1
    if problem.rule != "unknown-field":
        found = place_of(lines, at, name)
        at = at if found is None else found
    return replaced(lines, at, line)


def place_of(lines: list[str], at: int, name: str) -> int | None:
    """Find the line of a field nearest to another line: below it in its entry, then above it."""
    is_first = [line.startswith("  - ") for line in lines]
    end = next((n for n in range(at + 1, len(lines)) if is_first[n]), len(lines))
    start = next((n for n in range(at, -1, -1) if is_first[n]), 0)
    nearest: list[int] = [*range(at, end), *range(at, start - 1, -1)]
    for number in nearest:
        if (match := FIELD.match(lines[number])) and match["name"] == name:
            return number
    return None


def end_of(lines: list[str], at: int, margin: str) -> int:
    """Find the first line after a field that stands no deeper."""
    deeper = " " * (len(margin) + 1)
    return next((n for n in range(at + 1, len(lines)) if not lines[n].startswith(deeper)), at + 1)


def replaced(lines: list[str], at: int, line: str | None) -> str:
    """Put a line in the place of a field or item, with the deeper lines that belong to its value.

    A line that ends in « : » is the name of a block, which stays under it; None takes it all away.
    """
    match = FIELD.match(lines[at]) or re.match(r"(?P<margin> *(?:- )?)", lines[at])
    assert match
    margin = match["margin"]
    if line and line.startswith("- "):
        margin = margin.removesuffix("- ")
    end = at + 1 if line and line.endswith(":") else end_of(lines, at, margin)
    return "\n".join([*lines[:at], *([] if line is None else [margin + line]), *lines[end:]])


def hold_that_remedies_are_accepted(text: str) -> set[str]:
    """Obey each remedy alone, and give the rules whose remedies could be obeyed."""
    before = problems(text)
    rules = set()
    for problem in before:
        if problem.rule not in HIDING and (after := obeyed(text, problem)) is not None:
            told, left = (Counter(one.rule for one in all_) for all_ in (before, problems(after)))
            assert left - told == Counter(), (problem, after)
            assert left[problem.rule] < told[problem.rule], (problem, after)
            rules.add(problem.rule)
    return rules


def test_a_remedy_of_any_case_is_accepted() -> None:
    texts = [case.read_text(encoding="utf-8").partition("===")[0] for case in CASES]
    assert set().union(*map(hold_that_remedies_are_accepted, texts)) == {
        "address-user",
        "cut-name",
        "cut-value",
        "date",
        "decomposed-text",
        "empty-field",
        "form",
        "group-spelling",
        "markup",
        "markup-in-prose",
        "misread-text",
        "missing-field",
        "near-duplicate",
        "quoted-name",
        "reserved-sign",
        "same-name",
        "stray-spaces",
        "taken-slug",
        "type",
        "unknown-field",
    }


# --- Mistakes of the hand, one or several -----------------------------------------------------

NAMES = st.sampled_from(
    [
        *("“Nouvelle Société”", "« Nouvelle »", "'\"Nouvelle\"'", "Nouvelle  Société"),
        *('" Nouvelle"', "Nouvelle &amp; Cie", "<b>Nouvelle</b>", "Nouvelle&nbsp;Société"),
        *("SociÃ©tÃ©", "Lâ€™Å“uvre", "“SociÃ©tÃ©  <i>Une</i>”", "Nouvelle #1"),
        *(
            "Nouvelle\u00a0Société",
            "Socie\u0301te\u0301",
            "~",
            "null",
            "",
            "Test",
            "www.nouvelle.fr",
        ),
        *("|-\n      Nouvelle\n      Société", "&lt;b&gt;Nouvelle&lt;/b&gt;", "Horizon", "1001"),
        *('"Nouvelle : Société"', '"“Oui” : &amp; # <b>non</b>"', "sas horizon", "’Nouvelle’"),
    ]
)
SLUGS = st.sampled_from(
    [
        "Nouvelle",
        "nouvelle_societe",
        "Nouvelle Société",
        "horizon",
        "Horizon",
        "",
        "null",
        "-",
        "1001",
    ]
)
DAYS = st.sampled_from(
    [
        *("25/11/2026", "25-11-2026", "25 novembre 2026", "1er mars 2021", "2026-25-11"),
        *("2021/03/15", "15/03/2019", "12/12/2031", "hier", "", "[2026, 11, 25]", "2021-02-30"),
    ]
)
SITES = st.sampled_from(
    [
        *(
            "www.nouvelle.fr",
            "nouvelle.fr",
            "http://nouvelle.fr",
            "HTTPS://Nouvelle.fr/A",
            "https//n.fr",
        ),
        *("https://a:b@nouvelle.fr/x?y=z", "contact@nouvelle.fr", "www.exemple.fr", "nouvelle", ""),
        *("https://localhost", "javascript:alert(1)", "www.nouvelle.fr/notre page", "null"),
    ]
)
SIRENS = st.sampled_from(
    [
        *("552 100 554", "55210055400013", "FR40552100554", "552.100.554", "552100555"),
        *("123 456 782", "552 100 555", "non", "", "'000000000'", "RCS Paris 552 100 554"),
    ]
)
LISTS = st.sampled_from(
    [
        "horizon",
        "horizon, sillage",
        "[Horizon]",
        "[horizon, Sillage]",
        "\n      - Horizon",
        "[]",
        "null",
    ]
)
FIELDS = {
    "name": (NAMES, ["Nom", "NAME", "nmae", "société"]),
    "slug": (SLUGS, ["identifiant", "Slug", "slgu"]),
    "listed": (DAYS, ["date", "entrée", "Listed"]),
    "signed": (DAYS, ["signé", "signature"]),
    "website": (SITES, ["site", "SiteWeb", "url", "websit"]),
    "siren": (SIRENS, ["SIRET", "Siren"]),
    "see_also": (LISTS, ["see-also", "Voir_aussi"]),
    "description": (NAMES, ["Activité", "descripton"]),
    "group": (NAMES, ["Groupe"]),
    "logo": (SITES, ["Logo", "email"]),
}
RIGHT = {"name": "Nouvelle Société", "slug": "nouvelle-societe", "listed": "2026-11-20"}


@st.composite
def entries(draw: st.DrawFn) -> str:
    """An entry in which something is misspelt, missing, of another form or in the wrong place."""
    wrong = draw(st.sets(st.sampled_from(list(FIELDS)), min_size=1, max_size=4))
    # An entry without a name reads like the end of the one above it.
    missing = draw(st.sampled_from(["", "", "slug", "listed"]))
    lines = []
    # Prose stands last: a line below it with an unknown name may be its second line.
    order = sorted(wrong, key=lambda name: (name in {"description", "group"}, name))
    for name in {**RIGHT, **dict.fromkeys(order)}:
        values, spellings = FIELDS[name]
        if name != missing:
            shown = draw(st.sampled_from([name, name, *spellings]))
            value = draw(values) if name in wrong else RIGHT[name]
            lines.append(f"    {shown}: {value}".rstrip())
    return "\n".join([f"  - {lines[0].lstrip()}", *lines[1:]])


BASE = """edition: 2020-11-16

signatories:
  - name: Horizon
    slug: horizon
    listed: 2020-11-16
    group: Éole

  - name: Sillage
    slug: sillage
    listed: 2020-11-16

"""


@given(entries(), st.none() | entries())
def test_a_remedy_of_any_mistake_is_accepted(one: str, other: str | None) -> None:
    another = (other or "").replace("ouvelle", "eilleure").replace("oci", "eci")
    hold_that_remedies_are_accepted(f"{BASE}{one}\n\n{another}\n")
