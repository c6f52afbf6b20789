"""The commands that edit the register: by options, by answers, with mistakes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from building import ROOT
from charte.commands.adding import add
from charte.commands.edits import action, rename, withdraw
from charte.commands.fmt import fmt
from charte.problems import InvalidInput
from charte.register.checking import read_register
from charte.register.model import FormerName, Signatory

REGISTER = """\
# Le registre.
edition: 2020-11-16
signatories:
  - name: Horizon
    slug: horizon
    listed: 2020-11-16

  # Le plus ancien.
  - name: Sillage
    slug: sillage
    listed: 2020-11-16
    see_also: [horizon]
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(ROOT)
    path = tmp_path / "signatories.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def run(command: click.Command, file: Path, *arguments: str, answers: str = "") -> Result:
    result = CliRunner().invoke(command, [*arguments, "--file", str(file)], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def signatory(file: Path, slug: str) -> Signatory:
    reading, problems = read_register(file.read_bytes(), "file", ("industriels-3",))
    if reading is None:
        raise InvalidInput(problems)
    return next(one for one in reading.register.signatories if one.slug == slug)


def test_a_signatory_is_added_by_options(file: Path) -> None:
    result = run(add, file, "--name", "Nom : exact", "--website", "https://nom.example/")
    assert result.exit_code == 0
    assert result.output == "« Nom : exact » est ajouté ; sa page sera /signataires/nom-exact/.\n"
    assert signatory(file, "nom-exact") == Signatory(
        name="Nom : exact",
        slug="nom-exact",
        listed=datetime.now(UTC).date(),
        website="https://nom.example/",
    )


def test_a_signatory_is_added_by_answers(file: Path) -> None:
    result = run(add, file, answers="Éole\n\n2021-09-10\n")
    assert result.exit_code == 0
    assert signatory(file, "eole").listed == date(2021, 9, 10)


def test_a_name_like_another_is_pointed_out(file: Path) -> None:
    result = run(add, file, "--name", "SAS HORIZONS", "--force")
    assert result.stderr == "Attention : « Horizon » lui ressemble, ligne 4.\n"
    assert signatory(file, "sas-horizons")


def test_a_name_like_another_is_not_added_when_the_answer_is_no(file: Path) -> None:
    result = run(add, file, answers="Groupe Horizon\nn\n")
    assert result.exit_code == 1
    assert "Abandon : rien n’a été écrit." in result.stderr
    assert file.read_text(encoding="utf-8") == REGISTER


def test_a_name_said_to_be_another_is_not_pointed_out(file: Path) -> None:
    result = run(add, file, "--name", "Groupe Horizon", "--see-also", "horizon")
    assert result.stderr == ""
    assert signatory(file, "groupe-horizon").see_also == ("horizon",)


def test_a_signatory_is_renamed_and_keeps_its_address(file: Path) -> None:
    result = run(rename, file, "horizon", "--name", "Horizons")
    assert result.output == "« Horizon » s’appelle désormais « Horizons ».\n"
    assert signatory(file, "horizon").name == "Horizons"


def test_editions_keep_the_former_name(file: Path) -> None:
    run(rename, file, "horizon", "--name", "Horizons", "--on", "2022-01-31")
    run(rename, file, "horizon", "--name", "Aube", "--slug", "aube", "--on", "2023-01-31")
    assert signatory(file, "aube").former_names == (
        FormerName(name="Horizon", until=date(2022, 1, 31)),
        FormerName(name="Horizons", until=date(2023, 1, 31)),
    )


def test_a_name_that_no_edition_had_is_not_kept(file: Path) -> None:
    run(rename, file, "horizon", "--name", "Horizons", "--on", "2022-01-31")
    run(rename, file, "horizon", "--name", "Aube", "--on", "2022-01-31")
    (former,) = signatory(file, "horizon").former_names
    assert former.name == "Horizon"


def test_a_signatory_is_moved_with_a_redirect(file: Path) -> None:
    run(rename, file, "horizon", "--slug", "aube")
    assert signatory(file, "aube").former_slugs == ("horizon",)
    assert signatory(file, "sillage").see_also == ("aube",)


def test_a_signatory_is_renamed_by_answers(file: Path) -> None:
    run(rename, file, answers="horizon\nAube\n")
    assert signatory(file, "horizon").name == "Aube"


def test_the_same_name_changes_nothing(file: Path) -> None:
    assert run(rename, file, "horizon", answers="\n").output.endswith("Rien à changer.\n")


def test_a_signatory_is_withdrawn_by_options(file: Path) -> None:
    options = ["--on", "2021-06-30", "--reason", "merged", "--successor", "sillage"]
    run(withdraw, file, "horizon", *options)
    withdrawn = signatory(file, "horizon").withdrawn
    assert withdrawn
    assert (withdrawn.on, withdrawn.reason, withdrawn.successor) == (
        date(2021, 6, 30),
        "merged",
        "sillage",
    )


def test_a_signatory_is_withdrawn_by_answers(file: Path) -> None:
    run(withdraw, file, answers="horizon\nmerged\n2021-06-30\nsillage\n")
    withdrawn = signatory(file, "horizon").withdrawn
    assert withdrawn
    assert withdrawn.successor == "sillage"


ACTION = ["--date", "2021-03-15", "--title", "Oui", "--url", "https://a.example/"]


def test_an_action_is_added_by_options(file: Path) -> None:
    result = run(action, file, "horizon", *ACTION, "--commitment", "industriels-3")
    assert result.output == "Action ajoutée à « Horizon ».\n"
    assert signatory(file, "horizon").actions[0].title == "Oui"


def test_an_action_is_added_by_answers(file: Path) -> None:
    run(action, file, answers="horizon\n2021-03-15\nOui\nhttps://a.example/\nindustriels-3\n")
    assert signatory(file, "horizon").actions[0].commitment == "industriels-3"


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (add, ["--name", "Éole"]),
        (rename, ["horizon", "--name", "Aube"]),
        (withdraw, ["horizon", "--reason", "retired"]),
        (action, ["horizon", *ACTION, "--commitment", "industriels-3"]),
    ],
)
def test_a_dry_run_shows_the_lines_and_writes_nothing(
    file: Path, command: click.Command, arguments: list[str]
) -> None:
    result = run(command, file, *arguments, "--dry-run")
    assert result.exit_code == 0
    assert result.output.startswith(f"--- {file}\n+++ {file}\n@@ ")
    assert file.read_text(encoding="utf-8") == REGISTER


MISTAKES = [
    (rename, ["horizn", "--name", "A"], "Vouliez-vous écrire « horizon » ?"),
    (withdraw, ["horizn", "--reason", "retired"], "Vouliez-vous écrire « horizon » ?"),
    (withdraw, ["horizon", "--on", "31/06/2021"], "« 31/06/2021 » n’est pas un jour"),
    (withdraw, ["horizon", "--on", "2021-02-30"], "« 2021-02-30 » n’est pas un jour"),
    (withdraw, ["horizon", "--reason", "left"], "« left » n’est pas un motif"),
    (
        withdraw,
        ["horizon", "--reason", "merged", "--successor", "x"],
        "l’identifiant ni le nom « x »",
    ),
    (withdraw, ["horizon"], "Il manque --reason."),
    (add, ["--name", "!!!"], "n’a ni lettre ni chiffre"),
    (add, ["--name", "A", "--slug", "É"], "n’a pas la forme attendue"),
    (add, ["--name", "A", "--slug", "horizon"], "appartient à Horizon (ligne 4)"),
    (add, ["--name", "a\u202eb"], "caractère invisible"),
    (add, ["--name", "\udce9"], "n’est pas écrit en UTF-8"),
    (add, ["--name", "\udce9", "--slug", "e"], "n’est pas écrit en UTF-8"),
    (add, ["--name", "A", "--website", "http://a.example"], "n’a pas la forme attendue"),
    (rename, ["horizon", "--slug", "sillage"], "appartient à Sillage (ligne 9)"),
    (action, ["horizon", *ACTION, "--commitment", "x"], "pas d’engagement « x »"),
]


@pytest.mark.parametrize(("command", "arguments", "reason"), MISTAKES)
def test_a_mistake_is_explained_and_nothing_is_written(
    file: Path, command: click.Command, arguments: list[str], reason: str
) -> None:
    result = run(command, file, *arguments)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert file.read_text(encoding="utf-8") == REGISTER


def test_a_second_withdrawal_is_refused(file: Path) -> None:
    run(withdraw, file, "horizon", "--reason", "retired")
    result = run(withdraw, file, "horizon", "--reason", "retired")
    assert result.stderr == "« Horizon » est déjà retiré du registre.\n"


COMMANDS = [add, rename, withdraw, action, fmt]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_does_not_exist_is_named(file: Path, command: click.Command) -> None:
    file.unlink()
    result = run(command, file)
    assert (result.exit_code, result.stderr) == (1, f"Le fichier « {file} » n’existe pas.\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_cannot_be_read_is_explained(file: Path, command: click.Command) -> None:
    file.write_text("signatories: @a", encoding="utf-8")
    result = run(command, file)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"1 problème à corriger :\n\n{file}:1:14 : ")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_option_is_explained(command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help


def test_a_tidy_register_is_said_to_be(file: Path) -> None:
    result = run(fmt, file, "--check")
    assert (result.exit_code, result.output) == (1, result.output)
    run(fmt, file)
    assert run(fmt, file, "--check").output == f"{file} est bien rangé.\n"


def test_a_check_says_what_would_change_and_changes_nothing(file: Path) -> None:
    result = run(fmt, file, "--check")
    assert result.exit_code == 1
    assert "@@" in result.stdout
    assert result.stderr == (
        "Les entrées sont rangées ; le reste du fichier est à ranger.\n"
        f"{file} est à ranger : lancez « charte fmt ».\n"
    )
    assert file.read_text(encoding="utf-8") == REGISTER


def test_a_check_says_which_line_ends_are_to_tidy_where_no_text_differs(file: Path) -> None:
    run(fmt, file)
    tidied = file.read_bytes()
    file.write_bytes(tidied.replace(b"\n", b"\r\n", 2))
    result = run(fmt, file, "--check")
    assert result.exit_code == 1
    assert result.output.replace("\N{NO-BREAK SPACE}", " ") == (
        "2 lignes finissent par un retour chariot (fins de ligne de Windows) ; rangées, toutes "
        f"finissent par un saut de ligne.\n{file} est à ranger : lancez « charte fmt ».\n"
    )
    run(fmt, file)
    assert file.read_bytes() == tidied


def test_the_shell_completes_slugs(file: Path) -> None:
    for command in (rename, withdraw, action):
        completion = ShellComplete(command, {}, "charte", "_CHARTE_COMPLETE")
        items = completion.get_completions(["--file", str(file)], "ho")
        assert [(item.value, item.help) for item in items] == [("horizon", "Horizon")]


def test_the_shell_completes_nothing_from_a_broken_register(file: Path) -> None:
    file.write_text("- [", encoding="utf-8")
    completion = ShellComplete(rename, {}, "charte", "_CHARTE_COMPLETE")
    assert completion.get_completions(["--file", str(file)], "") == []
