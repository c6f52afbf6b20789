"""What a proposal may not do to what has been published."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from charte.cli import main

PUBLISHED = """edition: 2020-11-16

signatories:
  - name: Horizon Santé
    slug: horizon-sante
    listed: 2020-11-16
    former_slugs: [horizon]

  - name: Sillage
    slug: sillage
    listed: 2020-11-16
    withdrawn:
      on: 2021-06-30
      reason: retired
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a repository in which a register of two has been published."""
    (tmp_path / "data").mkdir()
    (tmp_path / "docs/charte").mkdir(parents=True)
    (tmp_path / "docs/charte/texte.md").write_text("- [[ commitment etat-1 ]] Consulter.\n")
    (tmp_path / "data/signatories.yaml").write_text(PUBLISHED)
    monkeypatch.chdir(tmp_path)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@b.example")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Publish"]):
        subprocess.run(["git", *command], check=True)
    return tmp_path


def check(repository: Path, register: str, *options: str) -> tuple[int, str]:
    (repository / "data/signatories.yaml").write_text(register)
    result = CliRunner().invoke(main, ["check", "--against", "HEAD", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_what_forgets_nothing_passes(repository: Path) -> None:
    added = f"{PUBLISHED}\n  - name: Marée\n    slug: maree\n    listed: 2022-03-01\n"
    assert check(repository, added)[0] == 0


def test_an_entry_may_not_be_deleted(repository: Path) -> None:
    code, output = check(repository, PUBLISHED[: PUBLISHED.index("  - name: Sillage")])
    assert code == 1
    assert "[entry-deleted]" in output
    assert "L’entrée de « Sillage » (sillage) a été supprimée ; son adresse est publiée." in output
    assert "(charte withdraw sillage)" in output


def test_a_published_slug_may_not_change_without_leaving_a_redirect(repository: Path) -> None:
    changed = PUBLISHED.replace("slug: sillage", "slug: sillage-sas")
    code, output = check(repository, changed)
    assert code == 1
    assert "data/signatories.yaml:10:11 erreur [slug-lost]" in output
    assert "ajoutez « former_slugs: [sillage] » à l’entrée" in output


def test_a_slug_may_change_with_a_redirect(repository: Path) -> None:
    changed = PUBLISHED.replace("slug: sillage", "slug: sillage-sas\n    former_slugs: [sillage]")
    assert check(repository, changed)[0] == 0


def test_a_redirect_may_not_be_dropped(repository: Path) -> None:
    code, output = check(repository, PUBLISHED.replace("    former_slugs: [horizon]\n", ""))
    assert code == 1
    assert "L’adresse /signataires/horizon/ a été publiée" in output


def test_a_withdrawal_may_not_be_undone_in_silence(repository: Path) -> None:
    code, output = check(repository, PUBLISHED[: PUBLISHED.index("    withdrawn:")])
    assert code == 1
    assert "Le retrait de « Sillage » a été publié, et il disparaît ici." in output


def test_nobody_joins_an_edition_that_is_published(repository: Path) -> None:
    added = f"{PUBLISHED}\n  - name: Marée\n    slug: maree\n    listed: 2020-11-16\n"
    code, output = check(repository, added)
    assert code == 1
    assert "data/signatories.yaml:18:13 erreur [edition-closed]" in output
    assert "L’édition du 16 novembre 2020 est publiée, et ne cite pas ce signataire." in output
    assert "Datez « listed » du jour où l’annexe le cite pour la première fois ici." in output
    assert output.count("[edition-closed]") == 1


def test_the_edition_of_the_day_is_still_open(repository: Path) -> None:
    """Several proposals may be merged in a day."""
    today = datetime.now(UTC).date()
    joined = f"{PUBLISHED}\n  - name: Marée\n    slug: maree\n    listed: {today}\n"
    (repository / "data/signatories.yaml").write_text(joined)
    subprocess.run(["git", "commit", "-qam", "Publish"], check=True)
    added = f"{joined}\n  - name: Brise\n    slug: brise\n    listed: {today}\n"
    assert check(repository, added)[0] == 0


def test_a_published_name_does_not_change_in_the_editions_that_have_it(repository: Path) -> None:
    code, output = check(repository, PUBLISHED.replace("Horizon Santé", "Horizon"))
    assert code == 1
    assert "data/signatories.yaml:4:11 erreur [edition-closed]" in output
    assert "L’édition du 16 novembre 2020 est publiée avec le nom « Horizon Santé »." in output
    assert "Gardez l’ancien nom dans « former_names », avec « until » (charte rename)." in output


def test_a_name_may_change_where_the_former_one_is_kept(repository: Path) -> None:
    kept = "former_names:\n      - name: Horizon Santé\n        until: 2022-03-01\n    former_slugs"
    changed = PUBLISHED.replace("Horizon Santé", "Horizon").replace("former_slugs", kept)
    code, output = check(repository, changed)
    assert (code, output) == (0, "data/signatories.yaml : 2\xa0entrées, aucun problème.\n")


def test_a_note_does_not_appear_in_the_editions_that_were_without(repository: Path) -> None:
    changed = PUBLISHED.replace("    slug: horizon", "    note: ses filiales\n    slug: horizon", 1)
    code, output = check(repository, changed)
    assert code == 1
    assert "est publiée avec une autre précision : « aucune »." in output


def test_nobody_leaves_an_edition_that_is_published(repository: Path) -> None:
    gone = PUBLISHED.replace(
        "    former_slugs", "    withdrawn: {on: 2021-01-31, reason: retired}\n    former_slugs"
    )
    code, output = check(repository, gone)
    assert code == 1
    assert "L’édition du 30 juin 2021 est publiée, et cite ce signataire." in output
    assert "Ajoutez « unlisted » au retrait" in output
    told_late = gone.replace("reason: retired}", "reason: retired, unlisted: 2022-03-01}")
    assert check(repository, told_late)[0] == 0


def test_the_charter_and_the_register_do_not_change_together(repository: Path) -> None:
    (repository / "docs/charte/texte.md").write_text("- [[ commitment etat-1 ]] Décider.\n")
    assert check(repository, PUBLISHED)[0] == 0
    code, output = check(repository, PUBLISHED.replace("Horizon Santé", "Horizon"))
    assert code == 1
    assert "docs/charte/texte.md:1:1 erreur [register-and-charter]" in output


@pytest.mark.parametrize("revision", ["nulle-part", "--output=x", "HEAD~9"])
def test_a_revision_that_git_does_not_know_is_one_sentence(revision: str, repository: Path) -> None:
    result = CliRunner().invoke(main, ["check", f"--against={revision}"])
    assert result.exit_code == 1
    assert "révision" in result.output
    assert not (repository / "x").exists()
