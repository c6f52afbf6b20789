"""The register tidied: always in the same order, never saying anything else."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from building import PRINTED
from charte.french import sort_key
from charte.problems import InvalidInput
from charte.register.splicing import Uneditable
from charte.register.tidying import line_ends, tidy
from handwritten import Handwritten, registers, value_of

many = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def _composed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _composed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_composed(one) for one in value]
    return unicodedata.normalize("NFC", value)


@many
@given(registers())
def test_a_tidied_register_says_the_same(file: Handwritten) -> None:
    meant = _composed(file.value)
    meant["signatories"].sort(key=lambda entry: sort_key(entry["name"]))
    assert value_of(tidy(file.text)) == meant


@many
@given(registers())
def test_a_tidy_register_stays_as_it_is(file: Handwritten) -> None:
    once = tidy(file.text)
    assert tidy(once) == once


@many
@given(registers())
def test_a_tidied_register_keeps_each_comment_once(file: Handwritten) -> None:
    tidied = tidy(file.text)
    for number in range(1, file.comments + 1):
        assert tidied.count(f"#c{number}.") == 1


@many
@given(registers())
def test_no_space_is_left_at_the_end_of_a_line(file: Handwritten) -> None:
    lines = tidy(file.text).replace("\r\n", "\n").split("\n")
    assert not [line for line in lines if line.endswith((" ", "\t"))]


def test_the_register_of_the_printed_edition_is_tidy() -> None:
    text = (PRINTED / "signatories.yaml").read_text(encoding="utf-8")
    assert tidy(text) == text


UNTIDY = """\
\n# Le registre.
#
# Mode d’emploi.
signatories:   # tous
# De Sillage.
- listed: "2020-11-16"   # lu à l’écran
  # Son identifiant.
  slug:    sillage
  name: 'Sillage'\x20\x20
  actions: [{commitment: etat-1, date: 2021-03-15, url: "https://a.example/", title: "A: b"}]


- {name: E\u0301ole, # bien écrit
   slug: eole, listed: 2020-11-16, see_also: ['sillage']}
- name: "Horizon"
  slug: horizon
  listed: 2020-11-16
  description: >
     Un texte
     replié.

     Un autre.
# Fin.
edition:   2020-11-16
# Vraiment la fin.
"""

TIDY = """\
# Le registre.
#
# Mode d’emploi.

# Fin.
edition: 2020-11-16

signatories:  # tous
  - name: \u00c9ole  # bien écrit
    slug: eole
    listed: 2020-11-16
    see_also: [sillage]

  - name: Horizon
    slug: horizon
    listed: 2020-11-16
    description: |
      Un texte replié.
      Un autre.

  # De Sillage.
  - name: Sillage
    # Son identifiant.
    slug: sillage
    listed: 2020-11-16  # lu à l’écran
    actions:
      - date: 2021-03-15
        title: "A: b"
        url: https://a.example/
        commitment: etat-1

# Vraiment la fin.
"""


def test_order_layout_and_quotation_are_repaired() -> None:
    assert tidy(UNTIDY) == TIDY
    assert tidy(TIDY) == TIDY


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_end_with_line_feeds(end: str) -> None:
    assert tidy(UNTIDY.replace("\n", end)) == TIDY


def test_lines_that_end_in_two_ways_are_untidy() -> None:
    mixed = TIDY.replace("\n", "\r\n", 3)
    assert tidy(mixed) == TIDY
    assert line_ends(mixed) == (
        "3 lignes finissent par un retour chariot (fins de ligne de Windows) ; rangées, toutes "
        "finissent par un saut de ligne."
    ).replace("3 l", "3\N{NO-BREAK SPACE}l")
    assert line_ends(TIDY) == ""


def test_what_other_readers_take_for_a_number_is_quoted_and_a_day_is_plain() -> None:
    """The schema of the editors wants text where the register reads text."""
    said = tidy(
        "edition: '2020-11-16'\nsignatories:\n- name: 1001\n  slug: 1001\n"
        "  listed: '2026-11-20'\n  siren: 552100554\n  note: 2026-11-20\n"
    )
    assert said == (
        'edition: 2020-11-16\n\nsignatories:\n  - name: "1001"\n    slug: "1001"\n'
        '    listed: 2026-11-20\n    note: "2026-11-20"\n    siren: "552100554"\n'
    )


COMMENTED = """\
edition: 2020-11-16

signatories:
  - name: Zoé
    slug: zoe
    listed: 2020-11-16
    # website: https://zoe.fr, à confirmer par Zoé

  # De Bravo.
  - name: Bravo
    slug: bravo
    listed: 2020-11-16

    # siren: 552100554, à vérifier auprès de Bravo
  # D’Alpha.
  - name: Alpha
    slug: alpha
    listed: 2020-11-16
"""


def test_a_comment_at_the_margin_of_the_fields_stays_below_its_entry() -> None:
    assert tidy(COMMENTED) == (
        "edition: 2020-11-16\n\nsignatories:\n"
        "  # D’Alpha.\n  - name: Alpha\n    slug: alpha\n    listed: 2020-11-16\n\n"
        "  # De Bravo.\n  - name: Bravo\n    slug: bravo\n    listed: 2020-11-16\n"
        "    # siren: 552100554, à vérifier auprès de Bravo\n\n"
        "  - name: Zoé\n    slug: zoe\n    listed: 2020-11-16\n"
        "    # website: https://zoe.fr, à confirmer par Zoé\n"
    )


def test_a_list_between_brackets_becomes_a_list_of_lines() -> None:
    flow = '{"signatories": [{"name": "A", "slug": "a", "listed": "2020-11-16"}], "edition": "x"}'
    assert tidy(flow) == (
        "edition: x\n\nsignatories:\n  - name: A\n    slug: a\n    listed: 2020-11-16\n"
    )


def test_a_file_that_cannot_be_read_is_refused_with_its_problems() -> None:
    with pytest.raises(InvalidInput, match=":3:1 : La mise en page"):
        tidy("edition: x\nsignatories: [\n")


@pytest.mark.parametrize("value", ["[]", "{}", "a", "[a]", "[{slug: a}]", "[{name: [a]}]"])
def test_what_is_no_list_of_named_entries_is_left_to_be_corrected(value: str) -> None:
    with pytest.raises(Uneditable, match="charte check"):
        tidy(f"signatories: {value}\n")
