"""What people answer: understood where it can be, asked again where not, and all told at once."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from building import ROOT
from charte.cli import main
from charte.commands.adding import add
from charte.commands.edits import action, rename, withdraw
from charte.register.checking import read_register
from charte.register.model import Signatory
from pace import within

# As long ago as the charter: an edition that is closed in every zone of the earth.
REGISTER = """\
edition: 2020-11-16
signatories:
  - name: Horizon
    slug: horizon
    listed: 2020-11-16
    former_slugs: [aurore]

  - name: Sillage/EXTENS
    slug: sillage-extens
    listed: 2020-11-16
"""
COMMITMENTS = ("industriels-3",)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(ROOT)
    path = tmp_path / "signatories.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def run(command: click.Command, file: Path, *arguments: str, answers: str = "") -> Result:
    result = CliRunner().invoke(command, [*arguments, "--register", str(file)], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def signatory(file: Path, slug: str) -> Signatory:
    reading, problems = read_register(file.read_bytes(), "file", COMMITMENTS)
    assert reading, problems
    return next(one for one in reading.register.signatories if one.slug == slug)


def untouched(file: Path) -> bool:
    return file.read_text(encoding="utf-8") == REGISTER


# Asked again


def test_a_wrong_answer_is_asked_again_and_the_others_are_kept(file: Path) -> None:
    answers = "Éole\nÉole\neole\ndemain\n31/02/2021\n25/11/2021\n"
    result = run(add, file, answers=answers)
    assert result.exit_code == 0
    assert signatory(file, "eole").listed == date(2021, 11, 25)
    assert "L’identifiant n’a pas la forme attendue : « Éole »" in result.stderr
    assert "« demain » n’est pas un jour" in result.stderr
    assert "« 31/02/2021 » n’est pas un jour" in result.stderr
    assert "compris : 2021-11-25" in result.stderr


def test_an_empty_answer_to_a_required_question_is_told_why(file: Path) -> None:
    result = run(add, file, answers="\n \nÉole\n\n\n")
    assert result.stderr.count("Le nom est nécessaire.\n") == 2
    assert signatory(file, "eole")


def test_a_rule_that_an_answer_breaks_is_told_at_once(file: Path) -> None:
    """What `charte check` would say of a name is said before the next question."""
    result = run(add, file, answers="A\u200bB\nÀ compléter\nÉole\n\n2099-01-01\n2019-01-01\n\n")
    assert "Un caractère invisible (U+200B)" in result.stderr
    assert "« À compléter »" in result.stderr
    assert "n’est pas encore passée" in result.stderr
    assert "précède" in result.stderr or "publiée" in result.stderr
    assert signatory(file, "eole").name == "Éole"


def test_every_answer_of_an_action_is_asked_again(file: Path) -> None:
    answers = "horizn\nhorizon\nx\n15/3/2021\n\nOuverture\nwww.a.org\nhttps://a.org/\n9\n3\n"
    result = run(action, file, answers=answers)
    assert result.exit_code == 0, result.output
    (done,) = signatory(file, "horizon").actions
    assert (str(done.date), done.title, done.url) == ("2021-03-15", "Ouverture", "https://a.org/")
    assert done.commitment == "industriels-3"
    assert "Vouliez-vous écrire « horizon » ?" in result.stderr
    assert "« www.a.org »" in result.stderr
    assert "Il n’y a pas d’engagement « 9 »" in result.stderr


def test_the_commitments_are_listed_before_one_is_asked_for(file: Path) -> None:
    result = run(action, file, "horizon", answers="2021-03-15\nOui\nhttps://a.org/\n3\n")
    for number in range(1, 7):
        assert f"\n  {number}  " in f"\n{result.stderr}"


def test_every_answer_of_a_withdrawal_is_asked_again(file: Path) -> None:
    answers = "Horizon\ndépart\nfusion\nbientôt\n30/6/2021\nnulle\nSillage/EXTENS\n"
    result = run(withdraw, file, answers=answers)
    assert result.exit_code == 0, result.output
    withdrawn = signatory(file, "horizon").withdrawn
    assert withdrawn
    assert (withdrawn.reason, withdrawn.on) == ("merged", date(2021, 6, 30))
    assert withdrawn.successor == "sillage-extens"
    assert "« départ » n’est pas un motif : écrivez retrait, fusion ou erreur." in result.stderr


def test_a_name_is_asked_again_when_it_is_renamed(file: Path) -> None:
    result = run(rename, file, "horizon", answers="Sillage/EXTENS\nAube\n")
    assert result.exit_code == 0, result.output
    assert signatory(file, "horizon").name == "Aube"
    assert "Sillage/EXTENS" in result.stderr


# Without an answer


@pytest.mark.parametrize(
    ("command", "arguments", "missing"),
    [
        (add, [], "--name"),
        (rename, [], "le signataire"),
        (rename, ["horizon"], "--name"),
        (withdraw, ["horizon"], "--reason"),
        (withdraw, ["horizon", "--reason", "fusion"], "--successor"),
        (action, ["horizon"], "--date"),
        (action, ["horizon", "--date", "hier", "--title", "Oui"], "--url"),
    ],
)
def test_without_a_terminal_the_missing_option_is_named(
    file: Path, command: click.Command, arguments: list[str], missing: str
) -> None:
    result = run(command, file, *arguments)
    assert result.exit_code == 1
    assert result.stderr.endswith(f"Il manque {missing}.\n")
    assert untouched(file)


@pytest.mark.parametrize("answers", ["\n", "x\n", "a" * 1_000_000 + "\n"])
def test_a_program_that_answers_for_ever_is_not_asked_for_ever(file: Path, answers: str) -> None:
    result = run(action, file, "horizon", answers=answers * 200)
    assert result.exit_code == 1
    assert "Il manque --" in result.stderr
    assert len(result.output) < 100_000


LONG = ["a", "a.", "a@", "1", "\u00a0x", "/", "é", "e\u0301", "withings ", "'", "\udce9"]


@pytest.mark.parametrize("part", LONG)
@pytest.mark.parametrize(
    "words",
    [
        *(
            ["add", "--name", "{}"],
            ["add", "Éole", "--slug", "{}"],
            ["add", "Éole", "--siren", "{}"],
        ),
        *(["add", "Éole", "--description", "{}"], ["rename", "{}", "--name", "A"]),
        *(["rename", "horizon", "--name", "{}"], ["withdraw", "horizon", "--on", "{}"]),
        *(["withdraw", "horizon", "--reason", "{}"], ["{}"], ["add", "--{}"], ["add", "A", "{}"]),
    ],
)
def test_a_megabyte_is_refused_at_once(file: Path, words: list[str], part: str) -> None:
    text = part * (1_000_000 // len(part))
    arguments = [word.format(text) for word in words]
    where = ["--register", str(file)] if words[0] in main.commands else []
    with within(1):
        result = CliRunner().invoke(main, [*arguments, *where])
    assert result.exit_code in {1, 2}
    assert len(result.output) < 1000


# Understood


@pytest.mark.parametrize("given", ["25/11/2021", "25 novembre 2021", "25-11-2021", "2021-11-25"])
def test_an_option_takes_a_day_as_people_write_it(file: Path, given: str) -> None:
    result = run(add, file, "Éole", "--listed", given)
    assert signatory(file, "eole").listed == date(2021, 11, 25)
    assert ("compris : 2021-11-25\n" in result.stderr) == (given != "2021-11-25")


def test_a_siren_is_taken_with_the_spaces_that_are_printed_in_it(file: Path) -> None:
    result = run(add, file, "Éole", "--siren", "552 100\u00a0554")
    assert signatory(file, "eole").siren == "552100554"
    assert "compris : 552100554\n" in result.stderr


def test_yesterday_is_the_day_before_today(file: Path) -> None:
    run(withdraw, file, "horizon", "--reason", "retrait", "--on", "hier")
    withdrawn = signatory(file, "horizon").withdrawn
    assert withdrawn
    assert datetime.now(UTC).date() - withdrawn.on <= timedelta(days=2)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        *(("retrait", "retired"), ("Erreur", "listed-by-mistake")),
        *(("retired", "retired"), ("listed-by-mistake", "listed-by-mistake")),
    ],
)
def test_a_reason_is_given_in_either_tongue(file: Path, given: str, reason: str) -> None:
    run(withdraw, file, "horizon", "--reason", given)
    withdrawn = signatory(file, "horizon").withdrawn
    assert withdrawn
    assert withdrawn.reason == reason


@pytest.mark.parametrize("given", ["horizon", "Horizon", "HORIZON", "aurore"])
def test_a_signatory_is_known_by_identifier_former_identifier_or_name(
    file: Path, given: str
) -> None:
    run(rename, file, given, "--name", "Aube")
    assert signatory(file, "horizon").name == "Aube"


def test_a_name_that_two_bear_is_not_guessed(file: Path) -> None:
    text = REGISTER.replace("Sillage/EXTENS", "HORIZON")
    file.write_text(text, encoding="utf-8")
    result = run(rename, file, "hôrizon", "--name", "Aube")
    assert result.exit_code == 1
    assert result.stderr == (
        "Plusieurs signataires s’appellent « hôrizon » : horizon, sillage-extens.\n"
    )


def test_the_beginning_of_a_name_suggests_the_signatory(file: Path) -> None:
    result = run(rename, file, "sillage", "--name", "Aube")
    assert "Vouliez-vous écrire « sillage-extens » ?" in result.stderr


@pytest.mark.parametrize("given", ["\u00a0Éole\u00a0", "  Éole ", "Éole\t"])
def test_the_spaces_around_a_text_are_left_out(file: Path, given: str) -> None:
    run(add, file, "--name", given, "--note", given)
    assert (signatory(file, "eole").name, signatory(file, "eole").note) == ("Éole", "Éole")
    run(rename, file, "horizon", "--name", given.replace("Éole", "Aube"))
    assert signatory(file, "horizon").name == "Aube"


@pytest.mark.parametrize("blank", ["", " ", "\u00a0"])
def test_a_required_option_that_is_blank_is_refused(file: Path, blank: str) -> None:
    for command, words in (
        (add, ["--name", blank]),
        (rename, ["horizon", "--name", blank]),
        (withdraw, ["horizon", "--reason", blank]),
        (action, ["horizon", "--date", "hier", "--title", blank, "--url", blank]),
    ):
        result = run(command, file, *words)
        assert result.exit_code == 1
        assert "nécessaire" in result.stderr
    assert untouched(file)


def test_an_optional_field_that_is_blank_is_left_out(file: Path) -> None:
    assert run(add, file, "Éole", "--website", " ", "--slug", "").exit_code == 0
    assert signatory(file, "eole").website is None


def test_an_invisible_character_is_told_as_it_was_typed(file: Path) -> None:
    result = run(add, file, "--name", "Fo\u200bo")
    assert "Un caractère invisible (U+200B) se cache dans « Foo », après « Fo »" in result.stderr
    assert "barre oblique" not in result.stderr


def test_a_name_is_an_argument_or_an_option_and_not_both(file: Path) -> None:
    assert run(add, file, "Éole").exit_code == 0
    assert run(add, file, "Alizé", "--name", "Bise").exit_code == 2


# All at once


def test_all_options_that_are_wrong_are_told_at_once(file: Path) -> None:
    result = run(
        add,
        file,
        *("Éole", "--slug", "horizon", "--signed", "demain", "--website", "exemple.fr"),
        *("--siren", "12345", "--listed", "2099-01-01", "--see-also", "personne"),
    )
    assert result.exit_code == 1
    for word in (
        *("appartient à Horizon (ligne 3)", "« demain » n’est pas un jour", "« exemple.fr »"),
        *("« 12345 »", "n’est pas encore passée", "« personne »"),
    ):
        assert word in result.stderr
    assert result.stderr.endswith("Rien n’a été écrit.\n")
    assert untouched(file)


def test_no_line_of_a_file_that_is_not_written_is_mentioned(file: Path) -> None:
    """The new entry would push the old one down: its line is that of the file as it stands."""
    result = run(add, file, "--name", "Alizé", "--slug", "horizon")
    assert "(ligne 3)" in result.stderr
    text = REGISTER.replace(
        "listed: 2020-11-16\n    former", "siren: 552100554\n    listed: 2020-11-16\n    former"
    )
    file.write_text(text, encoding="utf-8")
    result = run(add, file, "--name", "Alizé", "--siren", "552100554")
    assert result.exit_code == 1
    assert str(file) not in result.stderr
    assert "ligne 5" in result.stderr


# The rules of check


@pytest.mark.parametrize(
    ("command", "arguments", "reason"),
    [
        (add, ["Éole", "--listed", "2099-01-01"], "n’est pas encore passée"),
        (add, ["Éole", "--listed", "2020-11-10"], "L’édition du 16 novembre 2020 est publiée"),
        (rename, ["horizon", "--name", "Aube", "--on", "2099-01-01"], "n’est pas encore passée"),
        (rename, ["horizon", "--name", "Sillage/EXTENS"], "Sillage/EXTENS"),
    ],
)
def test_an_edit_that_check_would_refuse_is_refused_at_once(
    file: Path, command: click.Command, arguments: list[str], reason: str
) -> None:
    result = run(command, file, *arguments)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert untouched(file)


@pytest.mark.parametrize("day", ["2019-11-25", "2020-11-15"])
def test_a_renaming_before_the_entry_is_refused_with_both_days(file: Path, day: str) -> None:
    """A slip in the year would lose the published name without a word."""
    result = run(rename, file, "horizon", "--name", "Aube", "--on", day)
    assert result.exit_code == 1
    assert "précède son entrée au registre, le 16 novembre 2020." in result.stderr
    assert f" {day[:4]} " in result.stderr
    assert untouched(file)


def test_a_renaming_before_the_last_one_is_refused_with_both_days(file: Path) -> None:
    run(rename, file, "horizon", "--name", "Aube", "--on", "2025-01-01")
    before = file.read_bytes()
    result = run(rename, file, "horizon", "--name", "Nuit", "--on", "2024-06-01")
    assert result.stderr.startswith(
        "Le 1er juin 2024 précède le dernier changement de nom, le 1er janvier 2025."
    )
    assert file.read_bytes() == before


def test_a_withdrawal_known_late_leaves_the_editions_since_as_they_were(file: Path) -> None:
    run(add, file, "Éole", "--listed", "2024-05-04")
    result = run(withdraw, file, "horizon", "--reason", "retrait", "--on", "2021-06-30")
    assert result.exit_code == 0, result.output
    withdrawn = signatory(file, "horizon").withdrawn
    assert withdrawn
    assert withdrawn.unlisted
    assert withdrawn.unlisted > date(2024, 5, 4)
    assert "Les éditions parues depuis le 30 juin 2021 le citent toujours." in result.output


def test_an_edition_that_was_not_published_is_not_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a proposal has added itself may still be dated otherwise, as `charte check` holds."""
    file = tmp_path / "data" / "signatories.yaml"
    file.parent.mkdir()
    file.write_text(REGISTER, encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Essai")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "essai@exemple.fr")
    for words in ("init -q -b main", "add .", "commit -q -m Publié", "switch -q -c ajout"):
        subprocess.run(["git", *words.split()], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    assert run(add, file, "Éole", "--listed", "2024-05-04").exit_code == 0
    assert run(add, file, "Alizé", "--listed", "2022-01-01").exit_code == 0
    refused = run(add, file, "Bise", "--listed", "2020-11-10")
    assert "L’édition du 16 novembre 2020 est publiée" in refused.stderr


# Names that look alike


def test_without_a_terminal_a_name_like_another_is_refused_unless_forced(file: Path) -> None:
    result = run(add, file, "--name", "Horizons")
    assert result.exit_code == 1
    assert result.stderr.startswith("Attention : « Horizon » lui ressemble, ligne 3.\n")
    assert "--force" in result.stderr
    assert untouched(file)
    assert run(add, file, "--name", "Horizons", "--force").exit_code == 0


def test_the_same_name_is_said_to_be_the_same(file: Path) -> None:
    result = run(add, file, "--name", "Horizon")
    assert "Attention : « Horizon » porte le même nom, ligne 3." in result.stderr


def test_a_likeness_is_pointed_out_before_the_next_question(file: Path) -> None:
    result = run(add, file, answers="Horizons\npeut-être\nnon\n")
    assert result.exit_code == 1
    assert "Répondez oui ou non." in result.stderr
    assert "Identifiant de l’adresse" not in result.output
    assert untouched(file)


def test_a_likeness_may_be_another_company(file: Path) -> None:
    result = run(add, file, answers="Horizons\noui\n\n\n")
    assert result.exit_code == 0, result.output
    assert signatory(file, "horizons")


# A terminal


def test_on_a_terminal_the_questions_are_asked_and_giving_up_writes_nothing(file: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "charte.cli", "add", "--register", str(file)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    os.write(ours, "Éole\n".encode())
    said = ""
    try:
        while "Identifiant de l’adresse [eole] : " not in said:
            ready, _, _ = select.select([ours], [], [], 20)
            assert ready, said
            said += os.read(ours, 4096).decode(errors="replace")
        os.write(ours, b"\x04")  # end of input
        assert process.wait(20) == 1
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert untouched(file)
