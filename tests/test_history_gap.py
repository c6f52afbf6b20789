"""A history that is not known is said once, with why and what helps; a release is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from building import PRINTED, ROOT, commit_all, copy_project, name_only, run_mkdocs
from charte.files import REGISTER
from charte.problems import InvalidInput
from charte.publication.checking import FILE as PUBLICATION
from charte.register.history_gap import find_gap, is_optional
from charte.register.provenance import UNKNOWN, Commit, Provenance

KNOWN = {"a": Provenance(Commit("1" * 40, date(2021, 1, 1)), None, None)}
NOTHING = {"a": UNKNOWN}
UNKNOWN_HISTORY = "data/signatories.yaml:1:1 : L’historique du registre n’est pas connu : "
RELEASE = {"CHARTE_ENV": "production", "SITE_URL": "https://charte.exemple.fr/"}


@pytest.fixture(autouse=True)
def no_repository_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with two commits."""
    folder = tmp_path / "whole"
    folder.mkdir()
    for day in ("2021-01-01", "2021-01-02"):
        (folder / "file").write_text(day)
        commit_all(folder, day)
    return folder


def shallow(repository: Path) -> Path:
    clone = repository.with_name("shallow")
    command = ["git", "clone", "-q", "--depth", "1", repository.as_uri(), str(clone)]
    subprocess.run(command, check=True)
    return clone


def test_what_git_knows_is_no_gap(repository: Path) -> None:
    assert find_gap(repository, KNOWN) is None
    assert find_gap(repository, {}) is None


def test_there_may_be_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    gap = find_gap(repository, NOTHING)
    assert gap
    assert gap.reason == "git n’est pas installé"
    assert "CHARTE_HISTORY=optional" in gap.remedy


def test_there_may_be_no_repository(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    gap = find_gap(tmp_path / "plain", NOTHING)
    assert gap
    assert gap.reason == "ce dossier n’est pas un dépôt git"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_the_repository_may_belong_to_somebody_else(repository: Path) -> None:
    for path in (repository, *repository.rglob("*")):
        os.chown(path, 65534, 65534)
    (repository / "project").mkdir()
    gap = find_gap(repository / "project", NOTHING)
    assert gap
    assert gap.reason == "git refuse ce dépôt, qui appartient à un autre utilisateur"
    assert f"« git config --global --add safe.directory {repository} »" in gap.remedy


def test_a_shallow_clone_has_only_a_part(repository: Path) -> None:
    gap = find_gap(shallow(repository), KNOWN)
    assert gap
    assert gap.shallow
    assert gap.reason == "ce clone n’en a qu’une partie"
    assert "« git fetch --unshallow »" in gap.remedy


def test_the_register_may_never_have_been_committed(repository: Path) -> None:
    gap = find_gap(repository, NOTHING)
    assert gap
    assert gap.reason == "git n’a aucune version de ce fichier"


def test_what_is_meant_is_said_in_one_word() -> None:
    assert [is_optional(setting) for setting in ("", "optional")] == [False, True]
    with pytest.raises(InvalidInput, match="CHARTE_HISTORY vaut « non », qui ne veut rien dire"):
        is_optional("non")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project that a release leaves nothing out of."""
    folder = tmp_path / "project"
    folder.mkdir()
    copy_project(folder)
    shutil.copy(ROOT / "tests/fixtures/years-later.yaml", folder / REGISTER)
    name_only(folder, {"withings"})
    shutil.copy(ROOT / "tests/fixtures/publication.yaml", folder / PUBLICATION)
    return folder


def build(
    folder: Path, *options: str, history: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    environment = {"CHARTE_DRAWINGS": "false", "CHARTE_HISTORY": history, **environment}
    return run_mkdocs(folder, *(options or ("build",)), **environment)


def test_a_strict_draft_without_a_history_stops_and_says_it_once(project: Path) -> None:
    result = build(project, "build", "--strict")
    assert result.returncode == 1
    assert result.stderr.count("L’historique du registre n’est pas connu") == 1
    assert f"{UNKNOWN_HISTORY}ce dossier n’est pas un dépôt git." in result.stderr
    assert not (project / "site").exists()


def test_a_draft_without_a_history_is_warned_once(project: Path) -> None:
    result = build(project)
    assert result.returncode == 0
    assert result.stderr.count(f"{UNKNOWN_HISTORY}ce dossier n’est pas un dépôt git.") == 1


def test_a_site_without_a_history_can_be_meant(project: Path) -> None:
    strict = build(project, "build", "--strict", history="optional")
    assert strict.returncode == 0
    assert "historique" not in strict.stderr


def test_a_release_may_be_built_where_one_was_built_before(project: Path) -> None:
    """The engine does not clear hidden folders, such as that of security.txt."""
    for _ in range(2):
        assert build(project, history="optional", **RELEASE).returncode == 0
    assert (project / "site/.well-known/security.txt").exists()


def test_a_release_without_a_history_is_refused(project: Path) -> None:
    result = build(project, **RELEASE)
    assert result.returncode == 1
    assert f"{UNKNOWN_HISTORY}ce dossier n’est pas un dépôt git." in result.stderr
    assert not (project / "site").exists()


@pytest.mark.parametrize("history", ["", "optional"])
def test_a_release_from_a_shallow_clone_is_refused(history: str, project: Path) -> None:
    commit_all(project, "2021-01-01")
    (project / REGISTER).write_text((project / REGISTER).read_text() + "\n")
    commit_all(project, "2021-01-02")
    assert build(project, **RELEASE).returncode == 0
    clone = shallow(project)
    result = build(clone, history=history, **RELEASE)
    assert result.returncode == 1
    assert f"{UNKNOWN_HISTORY}ce clone n’en a qu’une partie." in result.stderr


# --- Days to come, and where a site may be deployed --------------------------------------------

PLANNED = "\n  - name: Futur Santé\n    slug: futur-sante\n    listed: 2202-11-20\n"


def test_a_draft_may_show_a_day_to_come_and_says_so(project: Path) -> None:
    (project / REGISTER).write_text((project / REGISTER).read_text() + PLANNED)
    result = build(project, "build", "--strict", history="optional")
    assert result.returncode == 0
    assert result.stderr.count("La date du 20 novembre 2202 n’est pas encore passée.") == 1
    assert (project / "site/annexe/2202-11-20/index.html").exists()


def test_a_release_refuses_a_day_to_come(project: Path) -> None:
    (project / REGISTER).write_text((project / REGISTER).read_text() + PLANNED)
    result = build(project, history="optional", **RELEASE)
    assert result.returncode == 1
    assert result.stderr.count("La date du 20 novembre 2202 n’est pas encore passée.") == 1
    assert not (project / "site").exists()


def test_the_day_of_a_release_has_begun_further_east_before_greenwich(project: Path) -> None:
    listed = PLANNED.replace("2202-11-20", "2027-01-02")
    (project / REGISTER).write_text((project / REGISTER).read_text() + listed)
    new_year = {**RELEASE, "SOURCE_DATE_EPOCH": "1798761600"}  # 1 January 2027
    assert build(project, history="optional", **new_year).returncode == 0


def test_a_deployment_is_for_the_public(project: Path) -> None:
    """`mkdocs gh-deploy` publishes; a draft's address must not stand in permalinks and badges."""
    shutil.copy(PRINTED / "publication.yaml", project / PUBLICATION)
    commit_all(project, "2021-01-01")
    result = build(project, "gh-deploy", "--force")
    assert result.returncode == 1
    assert "Un site destiné au public ne peut pas avoir pour adresse" in result.stderr
    assert "SITE_URL=https://" in result.stderr
    branches = ["git", "branch", "--list", "gh-pages"]
    assert not subprocess.run(branches, cwd=project, capture_output=True, check=True).stdout


def test_a_deployment_can_be_repeated(project: Path) -> None:
    """Hidden folders are deployed too, and the history of what was deployed is kept."""
    remote = project.with_name("remote.git")
    git("init", "--quiet", "--bare", str(remote), folder=project)
    for day in ("2021-01-01", "2021-01-02"):
        (project / "day").write_text(day)
        commit_all(project, day)
        git("remote", "add", "origin", str(remote), folder=project, check=day == "2021-01-01")
        who = {"GIT_COMMITTER_NAME": "Essai", "GIT_COMMITTER_EMAIL": "essai@charte.example"}
        result = build(project, "gh-deploy", SITE_URL=RELEASE["SITE_URL"], **who)
        assert result.returncode == 0, result.stderr
    assert git("rev-list", "--count", "gh-pages", folder=remote) == "2"
    files = git("ls-tree", "-r", "--name-only", "gh-pages", folder=remote).splitlines()
    assert {".nojekyll", ".well-known/security.txt", "index.html"} <= set(files)


def git(*arguments: str, folder: Path, check: bool = True) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=check)
    return done.stdout.decode().strip()
