"""The charter's texts as read from docs/charte: nothing is lost, cut or put in another order."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from charte.charter import Commitment, read_charter, read_commitments, text_of
from charte.charter_words import Paragraph, Text
from charte.cli import main
from charte.files import CHARTER
from charte.problems import InvalidInput

DAY = "2020-09-10"
ONE = "- [[ commitment etat-1 ]] Consulter."


def page(words: str) -> str:
    return f"# Titre\n\n<!-- --8<-- [start:texte] -->\n{words}\n<!-- --8<-- [end:texte] -->\n"


def write(root: Path, pages: dict[str, str], day: str = DAY, former: str = "") -> Path:
    """Write a charter whose sections are pages by id, and return its folder."""
    folder = root / CHARTER / former
    folder.mkdir(parents=True, exist_ok=True)
    sections = "".join(
        f'## {id_.title()} {{ #{id_} }}\n\n--8<-- "docs/charte/{id_}.md:texte"\n\n' for id_ in pages
    )
    whole = f"---\nsigned: {day}\n---\n# La charte\n\n{sections}## Annexe {{ #annexe }}\n"
    (folder / "index.md").write_text(whole, encoding="utf-8")
    for id_, words in pages.items():
        (folder / f"{id_}.md").write_text(page(words), encoding="utf-8")
    return root / CHARTER


def read(folder: Path) -> Text:
    (text,) = read_charter(folder)
    return text


def said(text: Text) -> list[str]:
    """List the words of a text, block by block."""
    return [
        "".join(piece.text for piece in pieces)
        for section in text.sections
        for block in section.blocks
        for pieces in (
            [block.pieces]
            if isinstance(block, Paragraph)
            else [promise.pieces for promise in block.items]
        )
    ]


def refusal(folder: Path) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_charter(folder)
    return str(refused.value)


# --- Nothing is lost ---


@pytest.mark.parametrize("name", ["article-3", "2020", "Préambule", "a_b"])
def test_a_section_is_read_whatever_its_anchor_is_made_of(name: str, tmp_path: Path) -> None:
    text = read(write(tmp_path, {"preambule": "Un.", name: "Deux."}))
    assert [section.id for section in text.sections] == ["preambule", name, "annexe"]
    assert said(text) == ["Un.", "Deux."]


def test_a_commitment_may_run_over_several_lines_of_its_source(tmp_path: Path) -> None:
    words = "- [[ commitment etat-1 ]] Consulter\n  les *industriels*,\n  puis les concerter ;"
    found = read_commitments(write(tmp_path, {"etat": words}))
    assert found["etat-1"].words == "Consulter les industriels, puis les concerter ;"


def test_blank_lines_between_commitments_change_nothing(tmp_path: Path) -> None:
    loose = f"{ONE}\n\n- [[ commitment etat-2 ]] Concerter."
    assert said(read(write(tmp_path, {"etat": loose}))) == ["Consulter.", "Concerter."]


def test_commitments_stand_in_the_order_of_the_charter_the_tenth_after_the_ninth(
    tmp_path: Path,
) -> None:
    lists = {
        party: "\n".join(f"- [[ commitment {party}-{number} ]] x" for number in range(1, 13))
        for party in ("industriels", "etat")
    }
    assert list(read_commitments(write(tmp_path, lists))) == [
        f"{party}-{number}" for party in ("industriels", "etat") for number in range(1, 13)
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("- [[ commitment etat-1 ]] x\n    - y", "<ul>, « y »"),
        ("- [[ commitment etat-1 ]] x\n\n    y", "<p>, « y »"),
        (
            "- [[ commitment etat-1 ]] x [[ commitment etat-2 ]] y",
            "« x [[ commitment etat-2 ]] y »",
        ),
        ("[[ commitment etat-1 ]] x", "« [[ commitment etat-1 ]] x »"),
        ("Ils sont [[ count ]].", "<a>, « [[ count ]]. »"),
        ("- [[ commitment etat-1 ]]", "« [[ commitment etat-1 ]] »"),
        ("- ", "un texte vide"),
        ("1. " * 3000, "des blocs les uns dans les autres"),
    ],
)
def test_what_a_document_would_lose_of_a_page_is_refused(
    words: str, told: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, {"preambule": words})
    assert f"Le document ne sait pas composer ceci : {told}" in refusal(folder)


def test_a_refusal_names_the_line_of_what_it_refuses(tmp_path: Path) -> None:
    folder = write(tmp_path, {"preambule": "Un.\n\nDeux\net\n\n## Trois\n\nQuatre."})
    assert "docs/charte/preambule.md:9:1 : " in refusal(folder)


@pytest.mark.parametrize(
    ("title", "read_as"), [("R&D", "R&D"), ("I. Un", "I. Un"), ("1. Un", "1. Un"), ("Un ##", "Un")]
)
def test_a_title_is_read_as_the_site_shows_it(title: str, read_as: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"etat": ONE})
    whole = folder / "index.md"
    whole.write_text(whole.read_text().replace("## Etat", f"## {title}"))
    assert read(folder).sections[0].heading == read_as


@pytest.mark.parametrize("title", ["*Un*", "[[ count ]]", "<b>Un</b>", "", "Un [lien](a)", "`x`"])
def test_a_title_that_is_more_than_words_is_refused(title: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"etat": ONE})
    whole = folder / "index.md"
    whole.write_text(whole.read_text().replace("## Etat", f"## {title}"))
    assert "docs/charte/index.md:6:1 : Le document ne sait pas composer ce titre" in refusal(folder)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("## Autre\n\n", "docs/charte/index.md:6:1 : La section « Autre » manquerait"),
        ("## Autre { #autre }\n\nDes mots.\n\n", "La section « Autre » manquerait"),
        ('Autre\n---\n\n--8<-- "docs/charte/etat.md:texte"\n\n', "hors de toute section"),
        ('## Autre { #autre }\n\n--8<-- "docs/autre.md:texte"\n\n', "La section « Autre »"),
    ],
)
def test_a_section_that_the_document_would_leave_out_is_refused(
    written: str, told: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, {"etat": ONE})
    whole = folder / "index.md"
    whole.write_text(whole.read_text().replace("## Etat", f"{written}## Etat"))
    assert told in refusal(folder)


def test_a_page_of_the_charter_that_the_whole_text_forgets_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, {"etat": ONE})
    (folder / "article-3.md").write_text(page("Trois."))
    assert "docs/charte/article-3.md:1:1 : Cette page tient un texte de la charte" in refusal(
        folder
    )


def test_a_page_beside_the_charter_that_holds_none_of_it_is_left_alone(tmp_path: Path) -> None:
    folder = write(tmp_path, {"etat": ONE})
    (folder / "aide.md").write_text("# Aide\n\n## Comment lire\n")
    assert said(read(folder)) == ["Consulter."]


def test_a_commitment_given_twice_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, {"etat": f"{ONE}\n{ONE}"})
    assert "L’engagement « etat-1 » est donné deux fois." in refusal(folder)


@pytest.mark.parametrize(
    "words",
    [
        "<b>gras",
        "<script>alert(1)</script>",
        "<!-- a --> des mots",
        "<!DOCTYPE html [<!ENTITY a 'b'>]>",
        "<?php ?> des mots",
        "un\x00deux",
        "un\x0bdeux",
        "![x](y.png)",
        "> " * 3000 + "x",
        "- " * 3000 + "x",
        "*" * 5000,
        "[" * 5000,
        "- [[ commitment etat-0 ]] x",
        "- [[ commitment etat-99999 ]] x",
        "- [[ commitment etat-" + "9" * 5000 + " ]] x",
        "- [[ commitment hopital-1 ]] x",
        "- [[ commitment etat-1 ]]",
        "-\n-",
        "- [[ commitment etat-1 ]] x\n    - y",
        "- [[ commitment etat-1 ]] x\n\n    y",
        "- [[ commitment etat-1 ]] x\n- [[ commitment etat-2 ]] y\n\n    z",
        "- [[ commitment etat-1 ]] x [[ commitment etat-2 ]] y",
        "[[ commitment etat-1 ]] x",
        "[[ count ]]",
        "[[ " * 20000,
        "1. " * 3000,
        "*a*" * 3000,
        "&nbsp;",
        "    code",
        "| a |\n| - |",
        "***",
        "",
    ],
)
def test_whatever_a_page_of_the_charter_holds_it_is_read_or_refused_in_french(
    words: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, {"preambule": words})
    try:
        files = {CHARTER for _ in said(read(folder))}
    except InvalidInput as refused:
        files = {problem.file for problem in refused.problems}
    assert files <= {CHARTER, "docs/charte/preambule.md"}


# --- Its day, its seal, and the texts before it ---


@pytest.mark.parametrize("day", ["", "hier", "2020-13-45", "10/09/2020"])
def test_a_text_without_its_day_is_refused(day: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"etat": ONE}, day)
    assert "docs/charte/index.md:1:1 : La page ne dit pas de quel jour" in refusal(folder)


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    """Write a charter of 2020 that was amended in 2023: a promise changed, one went, one came."""
    was = f"{ONE}\n- [[ commitment etat-2 ]] Concerter."
    write(tmp_path, {"etat": was}, former=DAY)
    now = "- [[ commitment etat-1 ]] Informer.\n- [[ commitment etat-3 ]] Aider."
    return write(tmp_path, {"etat": now}, "2023-06-01")


def test_each_day_has_the_text_that_was_then_in_force(amended: Path) -> None:
    texts = read_charter(amended)
    assert [text.day for text in texts] == [date(2020, 9, 10), date(2023, 6, 1)]
    for day, words in [
        (date(2020, 9, 10), "Consulter."),
        (date(2023, 5, 31), "Consulter."),
        (date(2023, 6, 1), "Informer."),
        (date(2020, 9, 9), "Consulter."),
    ]:
        assert said(text_of(texts, day))[0] == words


def test_a_commitment_that_has_ended_is_still_known_after_those_in_force(amended: Path) -> None:
    found = read_commitments(amended)
    assert list(found) == ["etat-1", "etat-3", "etat-2"]
    assert found["etat-1"].words == "Informer."
    assert found["etat-2"] == Commitment(
        "etat-2",
        2,
        "des pouvoirs publics",
        "charte/2020-09-10/#etat-2",
        "Concerter.",
        ended=date(2020, 9, 10),
    )


def sealed(folder: Path, seal: str) -> None:
    whole = folder / "index.md"
    whole.write_text(whole.read_text().replace("signed:", f"seal: {seal}\nsigned:"))


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("etat.md", "Consulter.", "Informer."),
        ("etat.md", "etat-1", "etat-2"),
        ("etat.md", "Consulter.", "Consulter.\n- [[ commitment etat-2 ]] x"),
        ("index.md", "## Etat", "## État"),
        ("index.md", "#etat", "#autre"),
    ],
)
def test_a_sealed_text_of_which_a_word_has_changed_is_refused(
    page: str, before: str, after: str, tmp_path: Path
) -> None:
    """An amendment that did not keep the text before it would alter the past."""
    folder = write(tmp_path, {"etat": ONE})
    sealed(folder, read(folder).seal)
    assert said(read(folder)) == ["Consulter."]
    file = folder / page
    file.write_text(file.read_text().replace(before, after))
    told = refusal(folder)
    assert "docs/charte/index.md:2:1 : Le texte du 10 septembre 2020 n’est plus" in told
    assert "gardez d’abord ce texte dans docs/charte/2020-09-10/" in told


def test_the_remedy_for_a_misprint_is_accepted(tmp_path: Path) -> None:
    folder = write(tmp_path, {"etat": ONE})
    sealed(folder, "")
    new = re.search(r"écrivez « seal: (\w+) »", refusal(folder))
    assert new
    whole = folder / "index.md"
    whole.write_text(whole.read_text().replace("seal: ", f"seal: {new[1]}"))
    assert said(read(folder)) == ["Consulter."]


def test_a_seal_knows_nothing_of_how_the_words_are_laid_out(tmp_path: Path) -> None:
    folder = write(tmp_path, {"etat": ONE})
    sealed(folder, read(folder).seal)
    (folder / "etat.md").write_text(page(ONE.replace(" Consulter", "\n  Consulter")))
    assert said(read(folder)) == ["Consulter."]


def test_a_former_text_stands_in_the_folder_of_its_day(tmp_path: Path) -> None:
    write(tmp_path, {"etat": ONE}, former="2020-09-11")
    folder = write(tmp_path, {"etat": ONE}, "2023-06-01")
    told = "docs/charte/2020-09-11/index.md:1:1 : Ce texte est rangé au 2020-09-11 et daté du"
    assert told in refusal(folder)


def test_the_text_in_force_is_later_than_those_before_it(tmp_path: Path) -> None:
    write(tmp_path, {"etat": ONE}, former=DAY)
    folder = write(tmp_path, {"etat": ONE})
    assert "docs/charte/index.md:1:1 : Le texte en vigueur, du 2020-09-10, ne suit" in refusal(
        folder
    )


def test_a_project_without_a_charter_has_no_commitments(tmp_path: Path) -> None:
    assert read_commitments(tmp_path / CHARTER) == {}


# --- Its readers ---

REGISTER = (
    "edition: 2020-11-16\n\nsignatories:\n  - name: Alan\n    slug: alan\n    listed: 2020-11-16\n"
)


@pytest.mark.parametrize(
    "arguments",
    [
        *(["check", f"--format={form}"] for form in ("text", "github", "json", "sarif")),
        ["rename", "alan", "--name", "Alane", "--on", "2021-01-01"],
    ],
)
def test_a_command_says_what_is_wrong_with_the_charter_and_writes_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"etat": "Un mot **gras**."})
    register = tmp_path / "data/signatories.yaml"
    register.parent.mkdir()
    register.write_text(REGISTER)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, arguments)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    assert "docs/charte/etat.md" in result.output
    assert "<strong>" in result.output
    assert register.read_text() == REGISTER
