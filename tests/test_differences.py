"""What a pull request changes, and how it is told to those who review it."""

from __future__ import annotations

import html
import re
from datetime import date
from textwrap import dedent
from typing import Any

import markdown as python_markdown
from hypothesis import example, given
from hypothesis import strategies as st

from charte.register.differences import Differences, compare
from charte.register.model import Register, Signatory
from charte.register.review import FIELDS, code, markdown

DAY = date(2020, 11, 16)


def _register(*entries: dict[str, Any], edition: date = DAY) -> Register:
    return Register(
        edition=edition,
        signatories=tuple(Signatory.model_validate({"listed": DAY} | one) for one in entries),
    )


ALAN = {"name": "Alan", "slug": "alan"}
SITE = "https://charte.fr/"
LIFEN = {"name": "Lifen", "slug": "lifen"}
QARE = {"name": "Qare", "slug": "qare"}
MERGED = {"on": "2022-01-31", "reason": "merged", "successor": "lifen"}


def _told(before: Register, after: Register) -> str:
    return markdown(compare(before, after)).replace("\N{NO-BREAK SPACE}", " ")


def _golden(text: str) -> str:
    return dedent(text).lstrip("\n")


def test_nothing_is_said_to_change_when_nothing_does() -> None:
    same = _register(ALAN, LIFEN)
    assert compare(same, same) == Differences(present=(2, 2))
    assert _told(same, same) == "Aucun signataire ne change.\n"


def test_order_is_no_change() -> None:
    found = compare(_register(ALAN, LIFEN), _register(LIFEN, ALAN))
    assert found == Differences(present=(2, 2))


def test_additions_and_a_new_name_are_told_with_their_addresses() -> None:
    after = _register(
        ALAN | {"name": "Alan Santé"}, LIFEN, QARE | {"website": "https://qare.fr", "group": "AXA"}
    )
    assert _told(_register(ALAN), after) == _golden("""
        2 signataires ajoutés, 1 renommé. L’annexe passerait de 1 à 3.

        ### Ajoutés

        | Signataire | Adresse future | Entrée | À vérifier |
        |---|---|---|---|
        | `Lifen` | `/signataires/lifen/` | 16 novembre 2020 |  |
        | `Qare` | `/signataires/qare/` | 16 novembre 2020 |  |

        ### Ce qui est dit d’eux

        - `Qare` : groupe : `AXA` ; site : `https://qare.fr`

        ### Renommés

        - `Alan` devient `Alan Santé`, à l’adresse `/signataires/alan/`
    """)


def test_the_reviewer_sees_the_new_edition_the_full_address_and_names_like_the_new_one() -> None:
    after = _register(LIFEN, {"name": "Lifen Santé", "slug": "lifen-sante", "listed": "2026-11-25"})
    told = markdown(compare(_register(LIFEN), after), "main (révision 0123456789)", SITE)
    assert told.replace("\N{NO-BREAK SPACE}", " ") == _golden("""
        1 signataire ajouté. L’annexe passerait de 1 à 2 (nouvelle édition du 25 novembre 2026).

        ### Ajoutés

        | Signataire | Adresse future | Entrée | À vérifier |
        |---|---|---|---|
        | `Lifen Santé` | https://charte.fr/signataires/lifen-sante/ | 25 novembre 2026 | ressemble à [`Lifen`](https://charte.fr/signataires/lifen/) |

        Comparé à `main (révision 0123456789)`.
    """)  # noqa: E501 - one line, as it is told


def test_names_that_refer_to_each_other_are_not_pointed_out() -> None:
    after = _register(LIFEN, {"name": "Lifen Santé", "slug": "b", "see_also": ["lifen"]})
    assert compare(_register(LIFEN), after).added[0].like == ()


def test_what_is_no_address_of_a_site_makes_no_link() -> None:
    told = markdown(compare(_register(), _register(ALAN)), site="https://a.fr/) [x](javascript:y")
    assert "| `Alan` | `/signataires/alan/` |" in told
    assert "javascript" not in told


def test_a_new_address_is_told_with_the_one_that_leads_to_it() -> None:
    after = _register(ALAN | {"slug": "alan-sante", "former_slugs": ["alan"]})
    assert _told(_register(ALAN), after) == _golden("""
        1 signataire déplacé.

        ### Déplacés

        - `Alan` : `/signataires/alan/` conduira à `/signataires/alan-sante/`
    """)


def test_a_renaming_with_all_that_follows_from_it_is_told_once() -> None:
    """`charte rename --slug` writes a name, a slug, what is kept of both, and the references."""
    before = _register(ALAN, LIFEN | {"see_also": ["alan"]})
    after = _register(
        {
            "name": "Alan Santé",
            "slug": "alan-sante",
            "former_slugs": ["alan"],
            "former_names": [{"name": "Alan", "until": "2022-01-31"}],
        },
        LIFEN | {"see_also": ["alan-sante"]},
    )
    assert _told(before, after) == _golden("""
        1 signataire renommé. Nouvelle édition du 31 janvier 2022.

        ### Renommés

        - `Alan` devient `Alan Santé` le 31 janvier 2022 : `/signataires/alan/` conduira à `/signataires/alan-sante/`
    """)  # noqa: E501 - one line, as it is told


def test_a_withdrawal_is_told_with_its_day_and_reason() -> None:
    after = _register(ALAN | {"withdrawn": MERGED}, LIFEN)
    assert _told(_register(ALAN, LIFEN), after) == _golden("""
        1 signataire retiré. L’annexe passerait de 2 à 1 (nouvelle édition du 31 janvier 2022).

        ### Retirés

        - `Alan` : fusion le 31 janvier 2022, successeur `lifen` ; sa page reste à l’adresse `/signataires/alan/`
    """)  # noqa: E501 - one line, as it is told


def test_deletions_are_told_with_the_page_that_disappears() -> None:
    after = _register(QARE | {"former_slugs": ["lifen"]})
    assert _told(_register(ALAN, LIFEN, QARE), after) == _golden("""
        2 signataires effacés, 1 modifié. L’annexe passerait de 3 à 1.

        ### Effacés

        - `Alan` : sa page `/signataires/alan/` disparaît
        - `Lifen` : sa page `/signataires/lifen/` disparaît, l’adresse conduira à `/signataires/qare/`

        ### Modifiés

        - `Qare`, à l’adresse `/signataires/qare/`
          - anciens identifiants : `lifen` (ajouté)
    """)  # noqa: E501 - one line, as it is told


def test_an_entry_written_over_another_asks_whether_it_is_a_change_of_name() -> None:
    after = _register(ALAN, {"name": "L’Œil & Co", "slug": "oeil"}, QARE)
    assert _told(_register(ALAN, LIFEN, QARE), after).endswith(
        "\n- `Lifen` : sa page `/signataires/lifen/` disparaît. `L’Œil & Co` est à sa place : "
        "est-ce un changement de nom ? Alors, remettez l’entrée, supprimez l’autre, et lancez "
        "`charte rename lifen --name 'L’Œil & Co' --slug oeil`\n"
    )


def test_other_fields_are_told_with_what_they_said() -> None:
    action = {
        "date": "2021-03-01",
        "title": "Ouverture",
        "url": "https://alan.fr/a",
        "commitment": "industriels-3",
    }
    before = _register(ALAN | {"group": "AXA", "website": "https://a.fr", "withdrawn": MERGED})
    after = _register(ALAN | {"website": "https://alan.fr", "actions": [action]})
    assert _told(before, after) == _golden("""
        1 signataire modifié. L’annexe passerait de 0 à 1.

        ### Modifiés

        - `Alan`, à l’adresse `/signataires/alan/`
          - groupe : `AXA` (supprimé)
          - site : `https://a.fr` devient `https://alan.fr`
          - actions : 1er mars 2021, `Ouverture` (`https://alan.fr/a`, industriels-3) (ajouté)
          - retrait : fusion le 31 janvier 2022, successeur `lifen` (supprimé)
    """)


def test_every_field_has_a_french_name() -> None:
    assert set(FIELDS) == set(Signatory.model_fields)


def test_a_thousand_additions_fit_in_a_comment() -> None:
    """A forge refuses what is longer than 65,536 characters."""
    many = [{"name": f"Nom {'n' * 50} {n}", "slug": f"nom-{n}"} for n in range(1000)]
    told = _told(_register(), _register(*many))
    assert 40_000 < len(told) < 65_536
    assert re.search(r"\n… et \d+ lignes de plus\.\n", told)


def test_a_new_edition_is_told_even_when_no_signatory_changes() -> None:
    after = _register(ALAN, edition=date(2021, 3, 1))
    assert _told(_register(ALAN), after) == _golden("""
        Aucun signataire ne change.

        ### Édition

        - 16 novembre 2020 devient 1er mars 2021
    """)


def test_who_has_moved_twice_is_followed() -> None:
    after = _register(ALAN | {"slug": "c", "former_slugs": ["alan", "b"]})
    found = compare(_register(ALAN), after)
    assert [(one.before.slug, one.after.slug) for one in found.moved] == [("alan", "c")]


@given(st.text(min_size=1, max_size=40))
@example("@equipe #12 https://exemple.fr <b>**x**</b> [a](b) ![c](d) a1b2c3d4e5")
@example("`` ` ```")
@example("`a\\`")
@example("x\n\n# titre\n- @qui")
def test_data_is_never_markup(text: str) -> None:
    """It is code on one line, where a forge reads neither markup nor mentions nor links."""
    written = code(text)
    assert "\n" not in written
    fence = re.match("`+", written)
    assert fence
    inner = written[len(fence[0]) : -len(fence[0])]
    assert written == f"{fence[0]}{inner}{fence[0]}"
    # CommonMark ends a span at the first run of as many backticks.
    assert len(fence[0]) not in map(len, re.findall("`+", inner))


def test_a_name_with_a_bar_stands_outside_the_table_that_it_would_cut() -> None:
    after = _register({"name": "A|B", "slug": "a-b"}, LIFEN)
    assert _told(_register(), after).endswith(
        "\n| `Lifen` | `/signataires/lifen/` | 16 novembre 2020 |  |\n"
        "\n- `A|B`, `/signataires/a-b/`, 16 novembre 2020\n"
    )


def test_a_forge_shows_hostile_names_as_they_are() -> None:
    name = "@equipe **x** <img src=x> [a](https://b.fr) ``` | #1"
    page = python_markdown.markdown(
        markdown(compare(_register(), _register(ALAN | {"name": name}))), extensions=["tables"]
    )
    assert f"<code>{html.escape(name, quote=False)}</code>" in page
    assert not re.search("<(a|img|strong|em)[ >]", page)
