"""With what a register is compared: the same file, where the proposal left the published branch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from charte.files import REGISTER, root_of
from charte.register.revisions import (
    Base,
    OwnerRefused,
    UnreadableRevision,
    base_of,
    on_published_branch,
    published_branch,
    register_at,
)

_UNKNOWN = "Comparé à rien : git ne connaît pas ici de branche publiée (--against RÉVISION)."


@dataclass(frozen=True, slots=True)
class Compared:
    """What a register is compared with.

    Attributes:
        base: the commit, and how a person names it.
        data: the register's bytes in it.
        asked: whether a person has named it; otherwise it is the published branch.
        root: the project's folder.
    """

    base: Base
    data: bytes
    asked: bool
    root: Path


def compared(register: Path, revision: str | None = None) -> Compared:
    """Find with what a register is to be compared.

    Args:
        register: its file.
        revision: the revision that a person has named; the published branch where none is.

    Raises:
        UnreadableRevision: there is nothing to compare with; it says why, and what to do.
    """
    root = root_of(register)
    named = revision if revision is not None else published_branch(root)
    if named is None:
        raise UnreadableRevision(
            "Avec quoi comparer ? Git ne connaît pas ici de branche publiée : donnez une révision, "
            "par exemple HEAD~1, ou lancez « git fetch origin main:refs/remotes/origin/main » (en "
            "intégration continue : « fetch-depth: 0 »)."
        )
    base = base_of(named, root)
    file = register.resolve().relative_to(root).as_posix()
    data = register_at(base.commit, file, root, base.told)
    return Compared(base, data, revision is not None, root)


def compared_by_itself(register: Path) -> Compared | str | None:
    """Find with what the project's own register can be compared, without being asked to.

    Returns:
        None where there is nothing to compare with, and a sentence where git will not say.
    """
    if not is_own(register):
        return None
    root = root_of(register)
    try:
        if published_branch(root):
            return compared(register)
    except OwnerRefused as refused:
        return f"Comparé à rien. {refused}"
    except UnreadableRevision:
        return None
    # A checkout in continuous integration knows no branch: silence would be taken for approval.
    return None if on_published_branch(root) else _UNKNOWN


def is_own(register: Path) -> bool:
    """Return whether a file is where a project has its register."""
    return register.resolve() == root_of(register) / REGISTER
