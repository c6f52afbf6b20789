"""The project's files as git knows them at a revision.

Git is asked as a separate program, without a shell. A revision comes from a command line or a pull
request: one that looks like an option is refused, and git is told where its options end.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from charte.files import REGISTER
from charte.problems import Unpublishable

_PUBLISHED = ("main", "master")
_OWNER_REMEDY = re.compile(
    rb"^[ \t]*+(git config --global --add safe\.directory .+)$", re.MULTILINE
)

_BRANCH = re.compile(r"\w[\w./-]*")  # what a command that is shown to be pasted may hold


class UnreadableRevision(Unpublishable):
    """Git cannot give what is asked for at this revision; `str()` says why, in French."""


class OwnerRefused(UnreadableRevision):
    """Git reads nothing in a repository that belongs to another user of the machine."""


@dataclass(frozen=True, slots=True)
class Base:
    """The commit that a proposal is judged from.

    Attributes:
        named: the revision as a person names it, such as `origin/main`.
        commit: the hash of the commit where the proposal left it.
        certain: whether that is so; in a clone without all of the history nobody can know, and
            `commit` is the revision itself.
        earlier: whether the revision has moved on since.
    """

    named: str
    commit: str
    certain: bool = True
    earlier: bool = False

    @property
    def told(self) -> str:
        """How a reader is told of it: « origin/main (révision 0123456789) »."""
        return f"{self.named} (révision {self.commit[:10]})"


def base_of(revision: str, folder: Path = Path()) -> Base:
    """Find the commit where the present one left a revision: what came later is not its affair.

    Raises:
        UnreadableRevision: there is no git, no repository, or no such revision.
    """
    commit = _commit(revision, folder)
    found = run_git(folder, "merge-base", commit, "HEAD")
    if ancestor := found.stdout.decode().strip():
        return Base(revision, ancestor, earlier=ancestor != commit)
    return Base(revision, commit, certain=not _is_shallow(folder))


def incomplete(base: Base) -> UnreadableRevision:
    """Return the sentence for a clone that does not reach back to where the proposal left."""
    return UnreadableRevision(
        f"Ce dépôt n’a qu’une partie de l’historique, et ne dit pas d’où votre proposition est "
        f"partie de « {base.named} » : lancez « git fetch --unshallow » (en intégration continue, "
        "« fetch-depth: 0 »)."
    )


def published_branch(folder: Path = Path()) -> str | None:
    """Find the branch that the site is published from, as far as git knows one.

    It is the main branch of the forge, or a branch called main or master that is not the present
    one: compared with itself, nothing would ever change.

    Returns:
        Its name, such as `origin/main`; None where none is known.

    Raises:
        UnreadableRevision: there is no git, or no repository.
    """
    refuse_no_repository(folder)
    forge = _symbolic(folder, "refs/remotes/origin/HEAD")
    here = _symbolic(folder, "HEAD")
    names = [
        *([forge] if forge else []),
        *(f"origin/{name}" for name in _PUBLISHED),
        *(name for name in _PUBLISHED if name != here),
    ]
    return next((one for one in names if _resolve(one, folder)), None)


def on_published_branch(folder: Path = Path()) -> bool:
    """Return whether the present branch is called as one that a site is published from."""
    return _symbolic(folder, "HEAD") in _PUBLISHED


def _symbolic(folder: Path, name: str) -> str:
    """Return the short name of the branch that a symbolic reference means, or nothing."""
    return os.fsdecode(run_git(folder, "symbolic-ref", "--quiet", "--short", name).stdout).strip()


def register_at(
    revision: str, file: str = REGISTER, folder: Path = Path(), named: str = ""
) -> bytes:
    """Return the register's bytes as they were at a revision.

    Args:
        revision: anything that git understands as a commit: a branch, a tag, `HEAD~2`.
        file: the register's path from the folder, with slashes.
        folder: the project's, inside a repository's work tree.
        named: what a person calls the revision, where that is something else.

    Raises:
        UnreadableRevision: there is no git, no repository, no such revision, or no such file in it.
    """
    commit = _commit(revision, folder)
    shown = run_git(folder, "show", "--no-textconv", "--end-of-options", f"{commit}:./{file}")
    if shown.returncode:
        raise UnreadableRevision(
            f"Le fichier « {file} » n’existe pas à la révision « {named or revision} »."
        )
    return shown.stdout


def changed_files(revision: str, under: str, folder: Path = Path()) -> list[str]:
    """List the files under a path that are no longer what they were at a revision.

    Raises:
        UnreadableRevision: there is no git, no repository, or no such revision.
    """
    commit = _commit(revision, folder)
    found = run_git(folder, "diff", "--name-only", "-z", "--relative", commit, "--", under)
    return sorted(name for name in os.fsdecode(found.stdout).split("\0") if name)


def files_at(revision: str, under: str, folder: Path = Path()) -> dict[str, bytes]:
    """Read the files under a path as they were at a revision, by their path from the folder.

    Raises:
        UnreadableRevision: there is no git, no repository, or no such revision.
    """
    commit = _commit(revision, folder)
    listed = run_git(folder, "ls-tree", "-r", "-z", commit, "--", under).stdout.split(b"\0")
    rows = [row.split(b"\t", 1) for row in listed if row]
    blobs = {os.fsdecode(name): what.split()[2] for what, name in rows if what.startswith(b"100")}
    found = run_git(folder, "cat-file", "--batch", given=b"\n".join(blobs.values()) + b"\n").stdout
    contents, at = [], 0
    for _ in blobs:
        start = found.index(b"\n", at) + 1
        head = found[at:start].split()  # the hash, the kind, the size; or that it is missing
        size = int(head[2]) if len(head) == 3 else -1  # noqa: PLR2004 - as the line above says
        contents.append(found[start : start + max(size, 0)])
        at = start + size + 1
    return dict(zip(blobs, contents, strict=True))


def run_git(
    folder: Path, *arguments: str, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, its messages in English whatever the machine speaks.

    Args:
        folder: where to run it.
        arguments: its command and options.
        given: what it reads from its input.

    Raises:
        UnreadableRevision: git is not installed.
    """
    try:
        return subprocess.run(  # noqa: S603 - no shell; what strangers write comes after the options
            ["git", *arguments],  # noqa: S607 - git is where the machine's PATH says
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            input=given if given is not None else b"",
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
    raise UnreadableRevision(
        f"La révision « {revision} » est inconnue. {_how_to_get(revision, folder)}"
    )


def _how_to_get(revision: str, folder: Path) -> str:
    """Return the command that works in every clone, one that follows a single branch too."""
    shallow = _is_shallow(folder)
    rest = " --unshallow" if shallow else ""
    forge, _, name = revision.partition("/")
    known = run_git(folder, "remote").stdout.decode(errors="replace").split()
    if forge in known and _BRANCH.fullmatch(name):
        return (
            f"Lancez « git fetch {forge} {name}:refs/remotes/{forge}/{name}{rest} » "
            "(en intégration continue : « fetch-depth: 0 »)."
        )
    if shallow:
        return (
            "Ce dépôt n’a qu’une partie de l’historique : lancez « git fetch --unshallow » "
            "(en intégration continue : « fetch-depth: 0 »)."
        )
    return "Vérifiez le nom de la branche, ou lancez « git fetch »."


def _is_shallow(folder: Path) -> bool:
    return run_git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _resolve(revision: str, folder: Path) -> str:
    """Return the commit's hash, which no rule of git's can read otherwise, or nothing."""
    found = run_git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    return found.stdout.decode().strip() if found.returncode == 0 else ""


def refuse_no_repository(folder: Path = Path()) -> None:
    """Check that a folder is in the work tree of a repository that git agrees to read.

    Raises:
        UnreadableRevision: it is not, and why; another owner's comes with the remedy.
    """
    found = run_git(folder, "rev-parse", "--is-inside-work-tree")
    if b"dubious ownership" in found.stderr:
        told = _OWNER_REMEDY.search(found.stderr)
        remedy = (
            os.fsdecode(told[1])
            if told
            else f"git config --global --add safe.directory {folder.resolve()}"
        )
        raise OwnerRefused(
            "Git refuse ce dépôt, qui appartient à un autre utilisateur de la machine ; "
            f"si vous lui faites confiance : {remedy}"
        )
    if found.stdout.strip() != b"true":
        raise UnreadableRevision("Ce dossier n’est pas dans un dépôt git.")
