"""The project's files as git knows them at a revision.

Git is asked as a separate program, without a shell. A revision comes from a command line or a pull
request: one that looks like an option is refused, and git is told where its options end.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from charte.files import REGISTER
from charte.problems import Unpublishable

_DEFAULTS = ("origin/main", "main", "HEAD")


class UnreadableRevision(Unpublishable):
    """Git cannot give what is asked for at this revision; `str()` says why, in French."""


def register_at(revision: str, file: str = REGISTER, folder: Path = Path()) -> bytes:
    """Give the register's bytes as they were at a revision.

    Args:
        revision: anything that git understands as a commit: a branch, a tag, `HEAD~2`.
        file: the register's path from the folder, with slashes.
        folder: the project's, inside a repository's work tree.

    Raises:
        UnreadableRevision: there is no git, no repository, no such revision, or no such file in it.
    """
    commit = _commit(revision, folder)
    shown = run_git(folder, "show", "--no-textconv", "--end-of-options", f"{commit}:./{file}")
    if shown.returncode:
        raise UnreadableRevision(
            f"Le fichier « {file} » n’existe pas à la révision « {revision} »."
        )
    return shown.stdout


def changed_files(revision: str, under: str, folder: Path = Path()) -> list[str]:
    """Name the files under a path that are no longer what they were at a revision.

    Raises:
        UnreadableRevision: there is no git, no repository, or no such revision.
    """
    commit = _commit(revision, folder)
    found = run_git(folder, "diff", "--name-only", "-z", "--relative", commit, "--", under)
    return sorted(name for name in os.fsdecode(found.stdout).split("\0") if name)


def default_revision(folder: Path = Path()) -> str:
    """Name the revision that pull requests start from: the forge's main branch where it is known.

    Raises:
        UnreadableRevision: there is no git, or no repository.
    """
    refuse_no_repository(folder)
    return next((one for one in _DEFAULTS if _resolve(one, folder)), "HEAD")


def run_git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, its messages in English whatever the machine speaks.

    Raises:
        UnreadableRevision: git is not installed.
    """
    try:
        return subprocess.run(  # noqa: S603 - no shell; what strangers write comes after the options
            ["git", *arguments],  # noqa: S607 - git is where the machine's PATH says
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise UnreadableRevision("Git n’est pas installé sur cette machine.") from None


def _commit(revision: str, folder: Path) -> str:
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise UnreadableRevision(f"« {ascii(revision[:60])[1:-1]} » n’est pas un nom de révision.")
    refuse_no_repository(folder)
    if commit := _resolve(revision, folder):
        return commit
    shallow = run_git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    remedy = (
        "Ce dépôt n’a qu’une partie de l’historique : lancez « git fetch --unshallow »."
        if shallow
        else "Vérifiez le nom de la branche, ou lancez « git fetch »."
    )
    raise UnreadableRevision(f"La révision « {revision} » est inconnue. {remedy}")


def _resolve(revision: str, folder: Path) -> str:
    """Give the commit's hash, which no rule of git's can read otherwise, or nothing."""
    found = run_git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    return found.stdout.decode().strip() if found.returncode == 0 else ""


def refuse_no_repository(folder: Path) -> None:
    """Refuse a folder that is in no repository, or in one that git does not trust.

    Raises:
        UnreadableRevision: there is no git, no repository, or it belongs to somebody else.
    """
    found = run_git(folder, "rev-parse", "--is-inside-work-tree")
    if b"dubious ownership" in found.stderr:
        raise UnreadableRevision(
            "Git refuse ce dépôt, qui appartient à un autre utilisateur de la machine."
        )
    if found.stdout.strip() != b"true":
        raise UnreadableRevision("Ce dossier n’est pas dans un dépôt git.")
