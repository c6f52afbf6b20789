"""`charte reconcile`, `diff` and `merge`, as people and git run them."""

from __future__ import annotations

import os
import random
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from building import ROOT
from charte.commands.diff import diff
from charte.commands.merge import merge_files
from charte.commands.reconcile import reconcile
from charte.register.reading import read
from charte.register.revisions import UnreadableRevision, changed_files, register_at

FIXTURES = Path(__file__).parent / "fixtures"
FILE = "data/signatories.yaml"

Git = Callable[..., str]

START = """\
edition: 2020-11-16

signatories:
  - name: Alan
    slug: alan
    listed: 2020-11-16

  # Un groupe.
  - name: SILK/EIG
    slug: silk-eig
    listed: 2020-11-16
    group: EIG

  - name: Withings
    slug: withings
    listed: 2020-11-16
"""


def _entry(slug: str, name: str = "") -> str:
    return f"  - name: {name or slug.capitalize()}\n    slug: {slug}\n    listed: 2020-11-16\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a small register."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Essai")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "essai@exemple.fr")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "data").mkdir()
    (tmp_path / FILE).write_text(START, encoding="utf-8")
    return tmp_path


@pytest.fixture
def git(folder: Path) -> Git:
    """Run git in a repository that holds the register."""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("init", "--quiet", "--initial-branch=main")
    run("add", ".")
    run("commit", "--quiet", "--message=Premier")
    return run


def _run(command: click.Command, *arguments: str | Path) -> Result:
    result = CliRunner().invoke(command, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def _told(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _annex(folder: Path, names: str, day: str = "01/03/2021") -> Path:
    path = folder / "annexe.txt"
    path.write_text(f"(dernière mise à jour : {day}) :\n\n{names}\n", encoding="utf-8")
    return path


# charte reconcile


@pytest.mark.parametrize("file", ["printed/annexe.txt", "charte.txt"])
def test_reconcile_finds_nothing_to_change_in_the_printed_edition(file: str, folder: Path) -> None:
    register = shutil.copy(FIXTURES / "printed/signatories.yaml", folder / FILE)
    result = _run(reconcile, FIXTURES / file, "--write", "--register", register)
    assert _told(result.output) == (
        "Édition du 16 novembre 2020 : 361 noms du registre.\n"
        "Rien de nouveau, rien qui manque, rien qui s’écrive autrement.\n"
    )
    assert result.exit_code == 0


def test_reconcile_tells_what_is_new_missing_and_spelt_otherwise(folder: Path) -> None:
    annex = _annex(folder, "Zoé/EIG (ses filiales) – WITHINGS – Silk/Eig – Beta")
    assert _told(_run(reconcile, annex).output) == (
        "Édition du 1er mars 2021 : 0 nom du registre.\n"
        "\nNouveaux (2) :\n  Zoé/EIG (groupe EIG, note : ses filiales)\n  Beta\n"
        "\nAbsents de l’annexe (1) :\n  Alan (alan)\n"
        "\nÉcrits autrement (2) :\n  Withings (registre) ; WITHINGS (annexe)\n"
        "  SILK/EIG (registre) ; Silk/Eig (annexe)\n"
    )
    assert (folder / FILE).read_text(encoding="utf-8") == START


def test_reconcile_adds_the_new_names_and_changes_no_other_byte(folder: Path) -> None:
    annex = _annex(folder, "Alan – SILK/EIG – Withings – Zoé/EIG (ses filiales) – Beta : 1 – Été")
    assert "3 entrées en plus" in _told(_run(reconcile, annex, "--write").output)
    beta = _entry("beta-1", '"Beta : 1"').replace("2020-11-16", "2021-03-01")
    summer = _entry("ete", "Été").replace("2020-11-16", "2021-03-01")
    zoe = _entry("zoe-eig", "Zoé/EIG").replace("2020-11-16", "2021-03-01")
    zoe += "    group: EIG\n    note: ses filiales\n"
    assert (folder / FILE).read_text(encoding="utf-8") == (
        START.replace("edition: 2020-11-16", "edition: 2021-03-01").replace(
            "\n  # Un groupe.", f"\n{beta}\n{summer}\n  # Un groupe."
        )
        + f"\n{zoe}"
    )


def test_reconcile_never_puts_the_edition_back(folder: Path) -> None:
    _run(reconcile, _annex(folder, "Alan – SILK/EIG – Withings – Zoé", "10/09/2020"), "--write")
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text == f"{START}\n{_entry('zoe', 'Zoé').replace('2020-11-16', '2020-09-10')}"


def test_reconcile_gives_a_slug_that_is_free(folder: Path) -> None:
    _run(reconcile, _annex(folder, "Alan – SILK – EIG – Silk Eig ! – silk-eig (2)"), "--write")
    slugs = [entry["slug"] for entry in _signatories(folder)]
    assert len(set(slugs)) == len(slugs)


def test_reconcile_leaves_doubtful_names_to_people(folder: Path) -> None:
    result = _run(reconcile, _annex(folder, "Alan Nouveau – SILK/EIG – Withings"), "--write")
    assert "Nouveau ; touche « Alan » sans séparateur : un nom, ou deux ?" in result.output
    assert [entry["name"] for entry in _signatories(folder)] == ["Alan", "SILK/EIG", "Withings"]


def test_reconcile_never_adds_a_signatory_that_was_renamed(folder: Path) -> None:
    kept = "    former_names:\n      - name: Withings\n        until: 2022-01-31\n"
    renamed = START.replace("Withings", "Withings Santé") + kept
    (folder / FILE).write_text(renamed, encoding="utf-8")
    annex = _annex(folder, "Alan – SILK/EIG – Withings", "16/11/2020")
    result = _run(reconcile, annex, "--write")
    assert (result.exit_code, "Rien de nouveau" in result.output) == (0, True)
    assert (folder / FILE).read_text(encoding="utf-8") == renamed


@pytest.mark.parametrize(
    ("names", "arguments", "code"),
    [
        ("Alan – SILK/EIG – Withings", [], 0),
        ("Alan – SILK/EIG – Withings – Zoé", [], 1),
        ("Alan – SILK/EIG – Withings – Zoé", ["--write"], 0),
        ("Alan – SILK/EIG – Zoé", ["--write"], 1),
        ("Alan – SILK/EIG – WITHINGS", ["--write"], 1),
        ("Alan – SILK/EIG – Withings Nouveau", ["--write"], 1),
    ],
)
def test_reconcile_fails_while_the_register_and_the_annex_differ(
    folder: Path, names: str, arguments: list[str], code: int
) -> None:
    assert _run(reconcile, _annex(folder, names), *arguments).exit_code == code


def test_reconcile_writes_nothing_without_a_date(folder: Path) -> None:
    path = folder / "annexe.txt"
    path.write_text("Alan – Zoé", encoding="utf-8")
    result = _run(reconcile, path, "--write")
    assert (result.exit_code, "ne dit pas sa date" in result.stderr) == (1, True)
    assert (folder / FILE).read_text(encoding="utf-8") == START


@pytest.mark.parametrize("content", [b"\xff", "Caf\u00e9".encode("latin-1")])
def test_reconcile_says_what_is_not_text(folder: Path, content: bytes) -> None:
    (folder / "annexe.txt").write_bytes(content)
    result = _run(reconcile, folder / "annexe.txt")
    assert (result.exit_code, "UTF-8" in result.stderr) == (1, True)


def test_reconcile_takes_the_date_of_an_annex_without_new_names(folder: Path) -> None:
    _run(reconcile, _annex(folder, "Alan – SILK/EIG – Withings"), "--write")
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text == START.replace("edition: 2020-11-16", "edition: 2021-03-01")


def test_reconcile_refuses_what_would_break_the_register(folder: Path) -> None:
    result = _run(reconcile, _annex(folder, "Zoé " + "é" * 200), "--write")
    assert (result.exit_code, "200" in result.stderr) == (1, True)
    assert (folder / FILE).read_text(encoding="utf-8") == START


# charte diff


def test_diff_compares_the_file_with_the_main_branch(folder: Path, git: Git) -> None:
    git("switch", "--quiet", "--create=proposition")
    (folder / FILE).write_text(f"{START}\n{_entry('zoe')}", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=Ajout")
    told = _told(_run(diff).output)
    assert told.startswith("1 signataire ajouté. L’annexe passerait de 3 à 4.\n\n### Ajoutés\n")
    assert "\n| `Zoe` | `/signataires/zoe/` |" in told
    assert f"\n\nComparé à `main (révision {git('rev-parse', 'main')[:10]})`.\n" in told
    assert _run(diff, "HEAD").output == "Aucun signataire ne change.\n"


def test_diff_prefers_the_main_branch_of_the_forge(folder: Path, git: Git) -> None:
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    (folder / FILE).write_text(f"{START}\n{_entry('zoe')}", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=Ajout")
    assert _told(_run(diff).output).startswith("1 signataire ajouté.")


@pytest.mark.parametrize("branch", ["origin/master", "origin/trunk", "master"])
def test_diff_finds_the_published_branch_by_whatever_name(
    branch: str, folder: Path, git: Git
) -> None:
    git("branch", "--move", "proposition")
    where = "heads" if branch == "master" else "remotes"
    git("update-ref", f"refs/{where}/{branch}", "HEAD")
    if branch == "origin/trunk":
        git("symbolic-ref", "refs/remotes/origin/HEAD", f"refs/remotes/{branch}")
    (folder / FILE).write_text(f"{START}\n{_entry('zoe')}", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=Ajout")
    assert f"Comparé à `{branch} (révision" in _run(diff).output


def test_diff_asks_with_what_to_compare_where_no_branch_is_published(
    folder: Path, git: Git
) -> None:
    """A checkout of a proposal in continuous integration has no other branch."""
    git("clone", "--quiet", "--no-local", ".", "ci")
    git("-C", "ci", "switch", "--quiet", "--detach")
    for branch in ("refs/heads/main", "refs/remotes/origin/main"):
        git("-C", "ci", "update-ref", "-d", branch)
    git("-C", "ci", "symbolic-ref", "-d", "refs/remotes/origin/HEAD")
    result = _run(diff, "--register", folder / "ci" / FILE)
    assert (result.exit_code, result.output[:26]) == (1, "Avec quoi comparer ? Git n")
    assert "git fetch origin main:refs/remotes/origin/main" in result.output


def test_diff_says_from_where_a_proposal_that_is_behind_is_judged(folder: Path, git: Git) -> None:
    """What was merged meanwhile is not deleted by who never had it."""
    git("switch", "--quiet", "--create=proposition")
    (folder / FILE).write_text(f"{START}\n{_entry('zoe')}", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=Ajout")
    left = git("rev-parse", "main")[:10]
    git("switch", "--quiet", "main")
    (folder / FILE).write_text(f"{START}\n{_entry('yvon')}", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=Autre")
    git("switch", "--quiet", "proposition")
    told = _told(_run(diff, "main").output)
    assert told.startswith("1 signataire ajouté.")
    assert f"Comparé à `main (révision {left})`." in told


def test_diff_names_the_revision_that_does_not_read(folder: Path, git: Git) -> None:
    (folder / FILE).write_text("a: [b", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=Rompu")
    (folder / FILE).write_text(START, encoding="utf-8")
    result = _run(diff, "HEAD")
    assert (result.exit_code, f"HEAD:{FILE}:" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("revision", "reason"),
    [
        ("nulle-part", "La révision « nulle-part » est inconnue"),
        ("--output=x", "« --output=x » n’est pas un nom de révision"),
        ("", "« » n’est pas un nom de révision"),
        ("main\nx", r"« main\nx » n’est pas un nom de révision"),
        ("main:data", "est inconnue"),
        ("main; touch x", "est inconnue"),
    ],
)
@pytest.mark.usefixtures("git")
def test_a_revision_is_a_name_and_nothing_else(folder: Path, revision: str, reason: str) -> None:
    result = _run(diff, "--", revision) if revision else None
    with pytest.raises(UnreadableRevision) as refused:
        register_at(revision)
    assert reason in str(refused.value).replace("«  »", "« »")
    assert result is None or (result.exit_code, reason in result.stderr) == (1, True)
    assert sorted(path.name for path in folder.iterdir()) == [".git", "data"]


def test_a_file_absent_at_a_revision_is_named(git: Git) -> None:
    git("rm", "--quiet", "--cached", FILE)
    git("commit", "--quiet", "--message=Vide", "--allow-empty")
    with pytest.raises(UnreadableRevision, match=f"« {FILE} » n’existe pas à la révision « main »"):
        register_at("main")


def test_a_file_absent_where_the_proposal_left_is_named_with_the_branch(
    folder: Path, git: Git
) -> None:
    (folder / "data/ailleurs.yaml").write_text(START, encoding="utf-8")
    result = _run(diff, "main", "--register", "data/ailleurs.yaml")
    commit = git("rev-parse", "main")[:10]
    told = f"« data/ailleurs.yaml » n’existe pas à la révision « main (révision {commit}) »"
    assert (result.exit_code, told in result.stderr) == (1, True)


def test_a_shallow_clone_is_told_how_to_get_the_rest(folder: Path, git: Git) -> None:
    git("commit", "--quiet", "--message=Second", "--allow-empty")
    git("clone", "--quiet", "--depth=1", folder.as_uri(), "copie")
    with pytest.raises(UnreadableRevision, match="--unshallow"):
        register_at("HEAD~1", folder=folder / "copie")


def test_outside_a_repository_it_is_said(folder: Path) -> None:
    with pytest.raises(UnreadableRevision, match="pas dans un dépôt git"):
        register_at("HEAD", folder=folder)


@pytest.mark.usefixtures("git")
def test_without_git_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableRevision, match="Git n’est pas installé"):
        register_at("HEAD")


def test_the_files_that_changed_are_named(folder: Path, git: Git) -> None:
    (folder / "data" / "é.txt").write_text("a", encoding="utf-8")
    git("add", ".")
    assert changed_files("main", "data") == ["data/é.txt"]
    assert changed_files("main", "docs") == []


# charte merge


def _versions(folder: Path, ours: str, theirs: str) -> list[Path]:
    paths = []
    for name, text in (("base", START), ("ours", ours), ("theirs", theirs)):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def _signatories(folder: Path) -> list[dict[str, str]]:
    document, problems = read((folder / FILE).read_bytes(), FILE)
    assert problems == []
    return list(document.value["signatories"])


def test_merge_writes_the_result_in_ours(folder: Path) -> None:
    versions = _versions(folder, f"{START}\n{_entry('zoe')}", f"{START}\n{_entry('yvon')}")
    assert _run(merge_files, *versions).exit_code == 0
    text = f"{START}\n{_entry('yvon')}\n{_entry('zoe')}"
    assert versions[1].read_text(encoding="utf-8") == text


def test_merge_tells_conflicts_field_by_field_and_marks_them(folder: Path) -> None:
    ours, theirs = (START.replace("name: Alan", f"name: {name}") for name in ("ALAN", "Al’an"))
    versions = _versions(folder, ours, theirs)
    result = _run(merge_files, *versions)
    assert result.exit_code == 1
    assert _told(result.stderr) == (
        "1 contradiction à résoudre :\n\n"
        "alan : le champ « name »\n  avant : Alan\n  ici : ALAN\n  là-bas : Al’an\n"
    )
    assert versions[1].read_text(encoding="utf-8") == START.replace(
        _entry("alan"),
        f"<<<<<<< ours\n{_entry('alan', 'ALAN')}=======\n{_entry('alan', 'Al’an')}>>>>>>> theirs\n",
    )


@pytest.mark.parametrize(
    "fault", ["    slug:\N{NO-BREAK SPACE}caro\n", "    slug: alan\n", "", "    slug: [a\n", "\x00"]
)
def test_merge_of_what_it_cannot_read_is_made_line_by_line(folder: Path, fault: str) -> None:
    """Both versions are in the file, between git's marks, and it is said why."""
    ours = f"{START}\n{_entry('zoe')}"
    caro = f"  - name: Caro\n{fault}    listed: 2026-11-20\n"
    versions = _versions(folder, ours, f"{START}\n{caro}")
    result = _run(merge_files, *versions)
    merged = versions[1].read_text(encoding="utf-8")
    assert result.exit_code == 1
    assert "ligne à ligne, comme git" in result.stderr
    assert "theirs" in result.stderr
    assert caro in merged
    assert _entry("zoe") in merged
    assert [merged.count(mark) for mark in ("<<<<<<< ours", "=======", ">>>>>>> theirs")] == [1] * 3


@pytest.mark.parametrize("side", ["base", "ours", "theirs"])
@pytest.mark.parametrize(
    "content",
    [
        b"bonjour",
        b"- a\n- b\n",
        b"42",
        b"",
        b"\xff\xfe\x00a",
        START.encode("utf-16"),
        b"\xef\xbb\xbf" + START.encode(),
        b"a: &a [*a]\n",
        b"---\n---\n",
        b"\r\r\n\x00",
    ],
)
def test_merge_of_any_bytes_loses_nothing(folder: Path, side: str, content: bytes) -> None:
    ours, theirs = (f"{START}\n{_entry(slug)}" for slug in ("zoe", "yvon"))
    paths = dict(zip(("base", "ours", "theirs"), _versions(folder, ours, theirs), strict=True))
    paths[side].write_bytes(content)
    lines = [
        line for path in (paths["ours"], paths["theirs"]) for line in path.read_bytes().split()
    ]
    result = _run(merge_files, *paths.values())
    merged = paths["ours"].read_bytes()
    assert all(line in merged for line in lines)
    assert "Traceback" not in result.output


def test_merge_by_lines_of_what_does_not_contradict_is_left_to_be_read_again(folder: Path) -> None:
    ours = START.replace("name: Alan", "name: ALAN")
    theirs = START.replace("    slug: withings", "    slug:\N{NO-BREAK SPACE}withings")
    versions = _versions(folder, ours, theirs)
    result = _run(merge_files, *versions)
    assert (result.exit_code, "charte check" in result.stderr) == (1, True)
    assert versions[1].read_text(encoding="utf-8") == theirs.replace("name: Alan", "name: ALAN")


def test_merge_of_a_base_mended_on_both_sides_has_nothing_to_say(folder: Path) -> None:
    ours = START.replace("name: Alan", "name: ALAN")
    versions = _versions(folder, ours, START.replace("name: Withings", "name: WITHINGS"))
    versions[0].write_text(START.replace("  # Un groupe.", "  \N{BYTE ORDER MARK}"), "utf-8")
    result = _run(merge_files, *versions)
    assert (result.exit_code, result.output) == (0, "")
    assert versions[1].read_text(encoding="utf-8") == ours.replace("Withings\n", "WITHINGS\n")


def test_merge_without_git_keeps_both_versions(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = _versions(folder, f"{START}# Ici.\n", "a: [b")
    monkeypatch.setenv("PATH", "")
    assert _run(merge_files, *versions).exit_code == 1
    assert versions[1].read_text(encoding="utf-8") == (
        f"<<<<<<< ours\n{START}# Ici.\n=======\na: [b\n>>>>>>> theirs\n"
    )


def test_merge_says_that_what_stands_around_the_entries_contradicts(folder: Path) -> None:
    versions = _versions(folder, f"{START}\n# Fin : A.\n", f"{START}\n# Fin : B.\n")
    result = _run(merge_files, *versions)
    assert (result.exit_code, "Hors des entrées" in result.stderr) == (1, True)
    assert versions[1].read_text(encoding="utf-8") == (
        f"{START}\n<<<<<<< ours\n# Fin : A.\n=======\n# Fin : B.\n>>>>>>> theirs\n"
    )


def test_merge_wants_three_files(folder: Path) -> None:
    result = _run(merge_files, *_versions(folder, START, START)[:2])
    assert (result.exit_code, "BASE NÔTRE LEUR" in result.stderr) == (2, True)


@pytest.mark.parametrize("before", [None, "*.png binary", "*.png binary\n"])
def test_install_adds_what_is_missing_and_says_so(
    folder: Path, git: Git, before: str | None
) -> None:
    attributes = folder / ".gitattributes"
    if before:
        attributes.write_text(before, encoding="utf-8")
    first, second = (_run(merge_files, "--install") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "ajoutée" in first.output
    assert "y est déjà" in second.output
    start = before.rstrip() + "\n" if before else ""
    assert attributes.read_text(encoding="utf-8") == f"{start}{FILE} text eol=lf merge=charte\n"
    assert "git merge-file" in git("config", "merge.charte.driver")


@pytest.mark.usefixtures("git")
def test_install_leaves_attributes_that_name_the_driver(folder: Path) -> None:
    attributes = folder / ".gitattributes"
    attributes.write_text(f"*.yaml merge=charte\n{FILE} -diff\n", encoding="utf-8")
    assert "y est déjà" in _run(merge_files, "--install").output
    assert attributes.read_text(encoding="utf-8") == f"*.yaml merge=charte\n{FILE} -diff\n"


def test_install_wants_a_repository(folder: Path) -> None:
    result = _run(merge_files, "--install")
    assert (result.exit_code, "pas dans un dépôt git" in result.stderr) == (1, True)
    assert not (folder / ".gitattributes").exists()


@pytest.mark.usefixtures("git")
def test_install_says_that_the_repository_is_another_s(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    result = _run(merge_files, "--install")
    assert (result.exit_code, "un autre utilisateur" in result.stderr) == (1, True)
    assert not (folder / ".gitattributes").exists()


@pytest.fixture
def driven(folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Install the driver, run by this very Python from the clone's own environment."""
    script = folder / ".venv/bin/charte"
    script.parent.mkdir(parents=True)
    command = shlex.join([sys.executable, "-m", "charte.cli"])
    script.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT / "hooks"} exec {command} "$@"\n')
    script.chmod(0o755)
    (folder / ".gitignore").write_text("/.venv/\n")
    monkeypatch.setattr(sys, "executable", str(script.with_name("python")))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # no other « charte »
    assert _run(merge_files, "--install").exit_code == 0
    (folder / FILE).write_text(
        "edition: 2020-11-16\nsignatories:\n" + "\n".join(_entry(f"s{n}") for n in range(20)),
        encoding="utf-8",
    )
    git("add", ".")
    git("commit", "--quiet", "--message=Registre")
    return git


def test_git_merges_twenty_branches_that_touch_different_companies(
    folder: Path, driven: Git
) -> None:
    """Added at the same place, renamed and withdrawn: each from the same start."""
    start = (folder / FILE).read_text(encoding="utf-8")
    numbers = list(range(20))
    for number in numbers:
        text = {
            0: f"{start}\n{_entry(f'neuf{number}')}",
            1: start.replace(f"name: S{number}\n", f"name: Renommé {number}\n"),
            2: start.replace(
                _entry(f"s{number}"),
                _entry(f"s{number}")
                + "    withdrawn:\n      on: 2022-01-31\n      reason: retired\n",
            ),
        }[number % 3]
        driven("switch", "--quiet", f"--create=b{number}", "main")
        (folder / FILE).write_text(text, encoding="utf-8")
        driven("commit", "--quiet", "--all", "--message=Proposition")
    driven("switch", "--quiet", "main")
    random.Random(5).shuffle(numbers)  # noqa: S311 - the same disorder each time
    for number in numbers:
        driven("merge", "--quiet", "--no-edit", f"b{number}")
    entries = {entry["slug"]: entry for entry in _signatories(folder)}
    assert len(entries) == 27
    assert sum(entry["name"].startswith("Renommé") for entry in entries.values()) == 7
    assert sum("withdrawn" in entry for entry in entries.values()) == 6


def _diverge(folder: Path, git: Git) -> subprocess.CompletedProcess[str]:
    """Add « Caro » on one branch and « Cesar » at the same place on main; merge."""
    start = (folder / FILE).read_text(encoding="utf-8")
    for branch, slug in (("theirs", "caro"), ("main", "cesar")):
        git("switch", "--quiet", *(["--create=theirs"] if branch == "theirs" else ["main"]))
        (folder / FILE).write_text(f"{start}\n{_entry(slug)}", encoding="utf-8")
        git("commit", "--quiet", "--all", f"--message={slug}")
    return subprocess.run(
        ["git", "merge", "--no-edit", "theirs"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "replacement",
    [None, "exit 1", "exit 2", "kill -9 $$", "no-such-command"],
    ids=["gone", "fails", "older", "killed", "broken"],
)
def test_git_merges_lines_where_the_command_is_gone_or_fails(
    folder: Path, driven: Git, replacement: str | None
) -> None:
    script = folder / ".venv/bin/charte"
    script.unlink()
    if replacement:
        script.write_text(f"#!/bin/sh\n{replacement}\n")
        script.chmod(0o755)
    merge = _diverge(folder, driven)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert merge.returncode == 1
    assert "git fusionne le registre ligne à ligne" in merge.stderr
    assert text.count("<<<<<<< ours\n") == 1
    assert ("Caro" in text, "Cesar" in text) == (True, True)


def test_the_driver_works_where_the_clone_has_moved(
    folder: Path, driven: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tmp_path / "ailleurs"
    moved.mkdir()
    for name in (".git", ".venv", "data", ".gitattributes", ".gitignore"):
        (folder / name).rename(moved / name)
    monkeypatch.chdir(moved)

    def git(*arguments: str) -> str:
        return driven("-C", str(moved), *arguments)

    assert _diverge(moved, git).returncode == 0
    text = (moved / FILE).read_text(encoding="utf-8")
    assert (_entry("caro") in text, _entry("cesar") in text) == (True, True)
    assert "<<<<<<<" not in text


def test_git_shows_a_true_conflict_and_waits(folder: Path, driven: Git) -> None:
    start = (folder / FILE).read_text(encoding="utf-8")
    for branch, name in (("a", "Un"), ("b", "Deux")):
        driven("switch", "--quiet", f"--create={branch}", "main")
        (folder / FILE).write_text(start.replace("name: S3\n", f"name: {name}\n"), "utf-8")
        driven("commit", "--quiet", "--all", "--message=Nom")
    done = subprocess.run(
        ["git", "merge", "a"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "s3 : le champ « name »" in done.stderr + done.stdout
    assert driven("diff", "--name-only", "--diff-filter=U") == f"{FILE}\n"
    assert (folder / FILE).read_text(encoding="utf-8").count("<<<<<<< ours\n") == 1
