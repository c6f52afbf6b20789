"""Slots: read before the engine runs; what means nothing is refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import ROOT
from charte.expansion import Expansion
from charte.slots import EDITORIAL, KINDS, mould_problems, read_pages, slot_problems


def problems(markdown: str, folder: Path, expansion: Expansion) -> list[str]:
    docs = folder / "docs"
    docs.mkdir()
    (docs / "page.md").write_text(markdown)
    found = slot_problems(read_pages(docs), expansion.fragments)
    return [str(problem) for problem in found]


MOULD = "---\nexpand: signatories\n---\n"


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        (
            "Bonjour.\n\nIl y a [[ cuont ]] signataires.\n",
            "docs/page.md:3:8 : L’emplacement [[ cuont ]] n’existe pas ici.\n"
            "    → Vouliez-vous écrire « count » ?",
        ),
        (
            "[[ link withing ]]\n",
            "docs/page.md:1:1 : [[ link withing ]] ne désigne rien.\n"
            "    → Vouliez-vous écrire « withings » ?",
        ),
        (
            "[[ link ]]\n",
            "docs/page.md:1:1 : [[ link … ]] ne désigne rien.\n"
            "    → Écrivez un identifiant qui existe, par exemple [[ link 360-medical ]].",
        ),
        (
            "[[ commitment industriels-7 ]]\n",
            "docs/page.md:1:1 : [[ commitment industriels-7 ]] ne désigne rien.\n"
            "    → Vouliez-vous écrire « industriels-6 » ?",
        ),
        (
            "[[ count withings ]]\n",
            "docs/page.md:1:1 : L’emplacement [[ count ]] ne prend pas d’argument.\n"
            "    → Écrivez [[ count ]].",
        ),
        (
            "[[ count\n",
            "docs/page.md:1:1 : L’emplacement [[ count est mal écrit.\n",
        ),
        (
            "[[count]]\n",
            "docs/page.md:1:1 : L’emplacement [[count]] est mal écrit.\n"
            "    → Écrivez [[ nom ]] ou [[ nom argument ]], en minuscules, "
            "une espace de chaque côté.",
        ),
        (
            "---\nexpand: signatoires\n---\n",
            "docs/page.md:1:1 : « expand: signatoires » ne désigne rien.\n"
            "    → Écrivez « expand: signatories » ou « expand: groups » ou « expand: editions » "
            "ou « expand: commitments » ou « expand: texts ».",
        ),
        (
            f"{MOULD}[[ annex ]]\n",
            "docs/page.md:4:1 : L’emplacement [[ annex ]] n’existe pas ici.\n",
        ),
    ],
)
def test_a_slot_that_means_nothing_is_explained(
    markdown: str, message: str, tmp_path: Path, expansion: Expansion
) -> None:
    (found,) = problems(markdown, tmp_path, expansion)
    assert found.startswith(message)


def test_all_wrong_slots_are_reported_at_once(tmp_path: Path, expansion: Expansion) -> None:
    assert len(problems("[[ a ]] [[ b ]]\n\n[[ link c ]]\n", tmp_path, expansion)) == 3


@pytest.mark.parametrize(
    "markdown",
    [
        "[[ count ]], [[ edition ]], [[ edition_short ]], [[ annex ]], [[ link withings ]]",
        f"{MOULD}[[ name ]], [[ permalink ]], [[ count ]], [[ badge ]], [[ link withings ]]",
        "---\nexpand: groups\n---\n[[ name ]] [[ members ]]",
        "Un tableau : [1, [2, 3]] et [lien](page.md)",
    ],
)
def test_a_slot_that_means_something_is_accepted(
    markdown: str, tmp_path: Path, expansion: Expansion
) -> None:
    assert problems(markdown, tmp_path, expansion) == []


def test_the_pages_of_the_site_ask_for_nothing_that_does_not_exist(expansion: Expansion) -> None:
    pages = read_pages(ROOT / "docs")
    assert list(slot_problems(pages, expansion.fragments)) == []


def test_every_fragment_serves_a_page() -> None:
    """A template that no page asks for is dead code."""
    asked = {
        (page.kind, use.text.split()[1]) for page in read_pages(ROOT / "docs") for use in page.slots
    }
    templates = list((ROOT / "theme/fragments").rglob("*.html"))
    texts = "".join(template.read_text() for template in templates)
    for template in templates:
        kind, name = template.parent.name, template.stem
        kinds = {EDITORIAL, *KINDS.values()} if kind == "inline" else {kind}
        included = f'{{% include "{kind}/{name}.html"' in texts
        assert included or any((kind, name) in asked for kind in kinds), template


@pytest.mark.parametrize(
    ("expands", "message"),
    [
        (
            {"groupes/_g.md": "groups"},
            "docs/signataires/:1:1 : Aucune page ne dit « expand: signatories »",
        ),
        (
            {"signataires/_a.md": "signatories", "fiches/_g.md": "groups"},
            "docs/fiches/_g.md:1:1 : Le moule « expand: groups » est seul, et dans docs/groupes/.",
        ),
        (
            {
                "signataires/_a.md": "signatories",
                "signataires/_b.md": "signatories",
                "groupes/_g.md": "groups",
            },
            "docs/signataires/_b.md:1:1 : Le moule « expand: signatories » est seul",
        ),
    ],
)
def test_each_mould_stands_once_where_its_addresses_were_published(
    expands: dict[str, str], message: str, tmp_path: Path
) -> None:
    """Without its mould, hundreds of published addresses would die in silence (promise 1)."""
    others = {"annexe/_e.md": "editions", "engagements/_c.md": "commitments"}
    others["charte/_t.md"] = "texts"
    for name, expand in (expands | others).items():
        page = tmp_path / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"---\nexpand: {expand}\n---\n")
    (found,) = map(str, mould_problems(read_pages(tmp_path / "docs")))
    assert found.startswith(message)
