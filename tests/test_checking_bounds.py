"""What a proposal may hold takes time in proportion, whatever its entries have in common."""

from __future__ import annotations

from datetime import date

import pytest

from charte.register.checking import check_register
from pace import within

COUNT = 4_000  # entries: a pair for each of two would take minutes
COMMITMENTS = [f"industriels-{number}" for number in range(1, 13)]


def entry(name: str, slug: str, more: str = "", listed: str = "2020-11-16") -> str:
    return f"  - name: {name}\n    slug: {slug}\n    listed: {listed}\n{more}"


def action(number: int) -> str:
    fields = f"date: 2021-01-01, title: t, url: 'https://a.fr/{number}', commitment: nul-{number}"
    return f"      - {{{fields}}}\n"


EIGHT = range(8)
WORST = {
    "the same name": [entry("Même nom", f"s{n}") for n in range(COUNT)],
    "the same identifier": [entry(f"Nom {n}", "a") for n in range(COUNT)],
    "no identifier": ["  - name: Nom\n    listed: 2020-11-16\n"] * COUNT,
    "no date": [f"  - name: Nom {n}\n    slug: s{n}\n" for n in range(COUNT)],
    "French fields": [
        f"  - nom: Nom {n}\n    identifiant: s{n}\n    date: 16/11/2020\n" for n in range(COUNT)
    ],
    "misspelt fields": [f"  - nmae: N {n}\n    slgu: s{n}\n    listde: 1\n" for n in range(COUNT)],
    "unknown fields": [
        entry(f"N {n}", f"s{n}", "".join(f"    x{n}y{m}: z\n" for m in EIGHT)) for n in range(2_000)
    ],
    "unknown references": [
        entry(f"N {n}", f"s{n}", f"    see_also: [{', '.join(f'n-{n}-{m}' for m in EIGHT)}]\n")
        for n in range(2_000)
    ],
    "unknown commitments": [
        entry(f"N {n}", f"s{n}", "    actions:\n" + "".join(map(action, EIGHT))) for n in range(800)
    ],
    "a group in two spellings": [
        entry(f"N {n}", f"s{n}", f"    group: Groupe {'ÉE'[n % 2]}ole\n") for n in range(COUNT)
    ],
    "misread texts": [
        entry(f"SociÃ©tÃ© {n}", f"s{n}", f"    description: {'Ã©' * 400}\n") for n in range(300)
    ],
    "markup": [entry(f"“<b>Nom {n}</b> &amp;”", f"s{n}") for n in range(COUNT)],
    "mixed alphabets": [
        entry(f"N {n}", f"s{n}", f"    description: {'aб ' * 300}\n") for n in range(600)
    ],
    "values of another form": [
        entry(f"N {n}", f"S_{n}", "    siren: 552 100 554\n", "16/11/2020") for n in range(2_000)
    ],
}


@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_a_register_is_judged_within_a_second(worst: list[str]) -> None:
    data = "".join(["edition: 2020-11-16\nsignatories:\n", *worst]).encode()
    with within(1):
        check = check_register(data, "r.yaml", COMMITMENTS, date(2026, 11, 25))
    assert check.problems
