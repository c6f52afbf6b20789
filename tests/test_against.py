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


# --- Where a proposal left --------------------------------------------------------------------

THREE = """edition: 2020-11-16

signatories:
  - name: Alpha
    slug: alpha
    listed: 2020-11-16

  - name: Bravo
    slug: bravo
    listed: 2020-11-16

  - name: Delta
    slug: delta
    listed: 2020-11-16
"""
CARO = "\n  - name: Caro\n    slug: caro\n    listed: 2026-11-20\n"
CESAR = "\n  - name: Cesar\n    slug: cesar\n    listed: 2026-11-24\n"


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def publish(repository: Path, register: str, message: str = "Publish") -> None:
    (repository / "data/signatories.yaml").write_text(register)
    git("commit", "-qam", message)


@pytest.fixture
def three(repository: Path) -> Path:
    """Return a repository in which a register of three has been published on `main`."""
    publish(repository, THREE)
    git("branch", "-M", "main")
    return repository


def checked(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output.replace("\N{NO-BREAK SPACE}", " ")


def test_a_proposal_is_not_accused_of_deleting_what_was_merged_since_it_left(three: Path) -> None:
    git("switch", "-qc", "proposition")
    publish(three, THREE + CARO)
    git("switch", "-q", "main")
    publish(three, THREE + CESAR)
    (three / "docs/charte/texte.md").write_text("- [[ commitment etat-1 ]] Décider.\n")
    git("commit", "-qam", "Correct the charter")
    git("switch", "-q", "proposition")
    found = checked("--against", "main")
    assert found == (0, "data/signatories.yaml : 4 entrées, aucun problème.\n")


def test_a_clone_that_does_not_reach_back_says_so_and_accuses_nobody(
    three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("switch", "-qc", "proposition")
    publish(three, THREE + CARO)
    git("switch", "-q", "main")
    publish(three, THREE + CESAR)
    (three / "docs/charte/texte.md").write_text("- [[ commitment etat-1 ]] Décider.\n")
    git("commit", "-qam", "Correct the charter")
    git("clone", "-q", "--depth=1", "--branch=proposition", three.as_uri(), "ci")
    monkeypatch.chdir(tmp_path / "ci")
    code, told = checked("--against", "origin/main")
    remedy = "git fetch origin main:refs/remotes/origin/main --unshallow"
    assert (code, remedy in told, "fetch-depth: 0" in told) == (1, True, True)
    git("fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main")
    code, told = checked("--against", "origin/main")
    assert (code, "supprimée" in told, "git fetch --unshallow" in told) == (1, False, True)
    code, told = checked()
    assert (code, "Rien n’a été comparé à origin/main." in told) == (0, True)
    git(*remedy.split()[1:])
    assert checked("--against", "origin/main")[0] == 0


def test_the_entries_of_a_base_with_an_error_are_compared_all_the_same(three: Path) -> None:
    """Two proposals, both green, have been merged; the register that they made is not."""
    publish(three, f"{THREE}\n  - name: Bravo\n    slug: bravo-2\n    siren: 12\n    listed: x\n")
    code, told = check(three, THREE[: THREE.index("  - name: Bravo")])
    assert code == 1
    assert "L’entrée de « Bravo » (bravo) a été supprimée" in told
    assert "L’entrée de « Bravo » (bravo-2) a été supprimée" in told
    assert "L’entrée de « Delta » (delta) a été supprimée" in told


@pytest.mark.parametrize("base", ["a: [b", "bonjour", "- a\n", "\x00", ""])
def test_a_base_of_which_nothing_can_be_read_is_an_error_of_its_own(base: str, three: Path) -> None:
    publish(three, base)
    code, told = check(three, THREE)
    assert (code, "[unread-base]" in told) == (1, True)
    assert "Le registre publié (HEAD) ne se lit pas : rien n’a pu lui être comparé." in told


@pytest.mark.parametrize(
    "broken",
    [
        THREE.replace("edition", "<<<<<<< HEAD\nedition"),
        f"\ufeff{THREE}",
        THREE.replace("signatories:", "autre chose:"),
        "bonjour",
    ],
)
def test_of_a_file_that_cannot_be_read_nothing_is_said_to_be_deleted(
    broken: str, three: Path
) -> None:
    code, told = check(three, broken)
    assert (code, "[entry-deleted]" in told) == (1, False)
    assert told.endswith("Rien n’a été comparé à HEAD : corrigez d’abord ce qui précède.\n")


@pytest.mark.parametrize(
    "broken",
    [
        THREE.replace("name: Bravo", "name: Bravo : groupe"),
        THREE.replace("  - name: Bravo", "    name: Bravo"),
        THREE.replace("slug: bravo", "Slug: bravo"),
        THREE.replace("name: Bravo", "name: !Bravo"),
        THREE.replace("  - name: Bravo\n    slug", "  - name:Bravo\n    slug"),
        THREE.replace("  - name: Delta", "    - name: Nova\n      slug: nova\n\n  - name: Delta"),
    ],
)
def test_an_entry_that_is_read_around_is_not_said_to_be_deleted(broken: str, three: Path) -> None:
    code, told = check(three, broken)
    assert (code, "[entry-deleted]" in told) == (1, False)
    told = check(three, broken[: broken.index("  - name: Delta")])[1]
    assert "L’entrée de « Delta » (delta) a été supprimée" in told


# --- Who an entry is --------------------------------------------------------------------------


def test_a_company_that_left_may_sign_again_under_its_name(three: Path) -> None:
    gone = "    slug: bravo\n    withdrawn: {on: 2024-03-01, reason: retired}"
    left = THREE.replace("    slug: bravo", gone)
    publish(three, left)
    back = f"{left}\n  - name: Bravo\n    slug: bravo-2\n    listed: 2026-11-20\n"
    assert check(three, back) == (0, "data/signatories.yaml : 4\u00a0entrées, aucun problème.\n")


def test_two_companies_may_not_exchange_their_addresses_whatever_is_kept(three: Path) -> None:
    exchanged = """edition: 2020-11-16

signatories:
  - name: Alpha
    slug: bravo
    listed: 2020-11-16
    former_names: [{name: Bravo, until: 2026-11-20}]

  - name: Bravo
    slug: alpha
    listed: 2020-11-16
    former_names: [{name: Alpha, until: 2026-11-20}]

  - name: Delta
    slug: delta
    listed: 2020-11-16
"""
    code, told = check(three, exchanged)
    assert (code, told.count("[slug-exchanged]"), told.count("erreur [")) == (1, 2, 2)
    assert (
        "L’adresse /signataires/alpha/ a été publiée pour « Alpha », ligne 4 ; "
        "elle mènerait à « Bravo »." in told
    )


def test_a_former_address_may_not_be_given_to_another_company(repository: Path) -> None:
    taken = PUBLISHED.replace("    former_slugs: [horizon]\n", "") + "    former_slugs: [horizon]\n"
    code, told = check(repository, taken)
    assert (code, "[slug-exchanged]" in told) == (1, True)
    assert "L’adresse /signataires/horizon/ a été publiée pour « Horizon Santé »" in told


def test_two_entries_may_not_become_one(three: Path) -> None:
    """The editions would lose a line; a merger is a withdrawal with a successor."""
    alone = THREE.replace("    slug: alpha\n", "    slug: alpha\n    former_slugs: [bravo]\n")
    start, end = alone.index("  - name: Bravo"), alone.index("  - name: Delta")
    code, told = check(three, alone[:start] + alone[end:])
    assert code == 1
    assert (
        "L’entrée de « Bravo » (bravo) a été supprimée, et son adresse donnée à « Alpha »" in told
    )
    assert "charte withdraw bravo --reason merged --successor alpha" in told


def test_an_entry_that_a_newcomer_overwrites_has_two_readings(three: Path) -> None:
    code, told = check(three, THREE.replace("name: Bravo", "name: Newcomer"))
    assert code == 1
    assert (
        "(charte rename). Si « Newcomer » est une autre société, rétablissez ici « Bravo »" in told
    )


# --- What is new is to blame ------------------------------------------------------------------


def test_a_duplicate_is_told_at_the_entry_that_was_added(three: Path) -> None:
    """Placed above the published one, it is the one to be deleted all the same."""
    newcomer = "  - name: Bravo\n    slug: bravo\n    listed: 2026-11-20\n\n"
    code, told = check(three, THREE.replace("  - name: Alpha", f"{newcomer}  - name: Alpha"))
    assert (code, told.count("erreur [")) == (1, 1)
    assert "data/signatories.yaml:5:11 erreur [taken-slug]" in told
    assert "« Bravo » est déjà signataire (ligne 12)." in told
    assert "→ Supprimez l’entrée que vous ajoutez, ligne 4." in told


@pytest.mark.parametrize(("name", "found"), [("Bravos", True), ("Bravo Santé", True), ("Z", False)])
def test_a_new_name_is_compared_as_add_compares_it(name: str, found: bool, three: Path) -> None:  # noqa: FBT001 - a column of the table
    newcomer = f"\n  - name: {name}\n    slug: nouveau\n    listed: 2026-11-20\n"
    code, told = check(three, THREE + newcomer)
    assert (code, "[near-duplicate]" in told) == (0, found)
    publish(three, THREE + newcomer)
    assert check(three, THREE + newcomer + CARO)[1].count("near-duplicate") == 0


def test_a_deletion_is_told_where_it_stood_with_the_lines_to_put_back(three: Path) -> None:
    start, end = THREE.index("  - name: Bravo"), THREE.index("  - name: Delta")
    code, told = check(three, THREE[:start] + THREE[end:])
    assert code == 1
    assert told.startswith("data/signatories.yaml:6:5 erreur [entry-deleted]\n")
    assert "son adresse est publiée. Elle était entre « Alpha » et « Delta »." in told
    assert "S’il a changé de nom ou d’adresse : charte rename bravo.\n\n" in told
    assert THREE[start:end].rstrip() in told


def test_a_name_and_a_slug_changed_by_hand_are_perhaps_a_change_of_name(three: Path) -> None:
    changed = THREE.replace("name: Bravo", "name: L'Œil").replace("slug: bravo", "slug: oeil")
    told = check(
        three, changed.replace("2020-11-16\n\n  - name: Delta", "2026-11-20\n\n  - name: Delta")
    )[1]
    assert "Si « L'Œil », à sa place ici, est son nouveau nom, supprimez cette entrée-là et" in told
    assert """charte rename bravo --name 'L'"'"'Œil' --slug oeil""" in told


def test_many_deletions_in_a_row_have_one_cause_and_are_told_once(repository: Path) -> None:
    many = "".join(f"  - name: N{n}\n    slug: n-{n}\n    listed: 2020-11-16\n" for n in range(40))
    publish(repository, f"edition: 2020-11-16\nsignatories:\n{many}")
    code, told = check(repository, f"edition: 2020-11-16\nsignatories:\n{many[:48]}")
    assert (code, told.count("[entry-deleted]")) == (1, 1)
    assert "39\u00a0entrées qui se suivaient, de « N1 » à « N39 », ont été supprimées" in told


# --- Editions and commitments -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2020-09-15", "Aucune édition de l’annexe n’a paru le 15 septembre 2020"),
        ("2026-11-20", "L’édition du 16 novembre 2020 est publiée, et cite ce signataire."),
    ],
)
def test_the_day_of_a_published_entry_does_not_move(day: str, reason: str, three: Path) -> None:
    code, told = check(three, THREE.replace("2020-11-16", day).replace(day, "2020-11-16", 2))
    assert (code, reason in told, "→ Rétablissez « listed: 2020-11-16 »." in told) == (
        1,
        True,
        True,
    )
    assert "[edition-closed]" in told


def test_a_newcomer_may_not_invent_an_edition_between_two(three: Path) -> None:
    publish(three, THREE + CARO)
    passing = "    withdrawn: {on: 2022-01-31, reason: retired}\n"
    added = f"{THREE}{CARO}\n  - name: Éclair\n    slug: eclair\n    listed: 2021-03-01\n{passing}"
    code, told = check(three, added)
    assert (code, "n’a paru le 1er mars 2021 : cette date en inventerait une." in told) == (1, True)


def test_a_published_text_of_the_charter_may_not_be_amended_in_its_place(three: Path) -> None:
    page = three / "docs/charte/index.md"
    page.write_text("---\nsigned: 2020-09-10\n---\n# La charte\n")
    git("add", ".")
    git("commit", "-qm", "Publish")
    page.write_text("---\nsigned: 2023-06-01\n---\n# La charte\n")
    code, told = check(three, THREE)
    assert (code, "docs/charte/index.md:1:1 erreur [charter-text-lost]" in told) == (1, True)


def test_a_commitment_may_not_lose_its_address(three: Path) -> None:
    page = three / "docs/charte/texte.md"
    page.write_text("- [[ commitment etat-1 ]] Consulter.\n- [[ commitment etat-2 ]] Décider.\n")
    git("commit", "-qam", "Publish")
    page.write_text("- [[ commitment etat-1 ]] Consulter.\n")
    code, told = check(three, THREE)
    assert (code, "docs/charte/texte.md:1:1 erreur [commitment-lost]" in told) == (1, True)
    assert "L’adresse /engagements/etat-2/ a été publiée" in told
    former = three / "docs/charte/2020-09-10/texte.md"
    former.parent.mkdir()
    former.write_text("- [[ commitment etat-2 ]] Décider.\n")
    assert check(three, THREE)[0] == 0


# --- Without being asked ----------------------------------------------------------------------


def test_the_projects_own_register_is_compared_with_the_published_branch(three: Path) -> None:
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    (three / "data/signatories.yaml").write_text(THREE + CARO)
    told = "data/signatories.yaml : 4 entrées, aucun problème.\nComparé à origin/main.\n"
    assert checked() == (0, told)
    (three / "data/signatories.yaml").write_text(THREE[: THREE.index("  - name: Delta")])
    code, told = checked()
    assert (code, "[entry-deleted]" in told) == (1, True)
    assert told.endswith("1 erreur.\nComparé à origin/main.\n")
    assert checked("--alone") == (0, "data/signatories.yaml : 2 entrées, aucun problème.\n")


@pytest.mark.usefixtures("three")
def test_a_check_does_not_fail_for_lack_of_a_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "data/signatories.yaml : 3 entrées, aucun problème.\n"
    assert checked() == (0, said)  # on the published branch itself
    git("switch", "-q", "--detach")
    git("branch", "-D", "main")
    unknown = "Comparé à rien : git ne connaît pas ici de branche publiée (--against RÉVISION).\n"
    assert checked() == (0, said + unknown)  # as in continuous integration
    outside = tmp_path / "ailleurs/data"
    outside.mkdir(parents=True)
    (outside / "signatories.yaml").write_text(THREE)
    monkeypatch.chdir(outside.parent)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert checked() == (0, said)
    monkeypatch.setenv("PATH", "")
    assert checked() == (0, said)


def test_who_publishes_and_the_charter_are_checked_too(three: Path) -> None:
    (three / "data/publication.yaml").write_text("publisher: [\n")
    code, told = checked("--alone")
    assert (code, "data/publication.yaml:" in told) == (1, True)
    (three / "data/publication.yaml").unlink()
    (three / "docs/charte/index.md").write_bytes(b"\xff")
    code, told = checked("--alone")
    assert (code, "docs/charte/index.md:1:1" in told) == (1, True)


def test_a_repository_of_another_user_is_said_with_the_remedy(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    sentence = (
        "Git refuse ce dépôt, qui appartient à un autre utilisateur de la machine ; si vous lui "
        f"faites confiance : git config --global --add safe.directory {three}\n"
    )
    assert checked("--against", "HEAD") == (1, sentence)
    code, told = checked()
    assert (code, told.endswith(f"Comparé à rien. {sentence}")) == (0, True)
