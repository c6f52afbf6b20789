"""The project's own files: where they are, and their text or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from charte.problems import InvalidInput, Problem

REGISTER = "data/signatories.yaml"
CHARTER = "docs/charte"
FORMER_TEXTS = "[0-9]*"  # folders of it, named by their day
CONFIGURATION = "mkdocs.yml"

RULE = "file"
# What a build reads; what a name that begins with a dot holds is not read.
_INPUTS = ("data", "docs", "theme")

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def root_of(register: Path) -> Path:
    """Give the project's root from its register's file, wherever a command is called."""
    return register.resolve().parents[1]


def taken_slugs(root: Path) -> set[str]:
    """Name the slugs that would collide with a page of docs/; a mould starts with an underscore."""
    return {page.stem for page in (root / "docs" / "signataires").glob("[!_]*.md")}


def irregular_files(root: Path) -> Iterator[Problem]:
    """List what a build would read that is neither a file nor a folder of the project.

    A link is followed by whoever reads it, and what it leads to on this machine is published; a
    pipe keeps a build waiting for ever.
    """
    for name in _INPUTS:
        yield from _irregular(root / name, root)


def _irregular(path: Path, root: Path) -> Iterator[Problem]:
    if path.is_symlink() or not (path.is_dir() or path.is_file() or not path.exists()):
        what = "est un lien symbolique" if path.is_symlink() else "n’est pas un fichier ordinaire"
        reason = f"« {path.name} » {what} : le site publierait ce qui se trouve ailleurs."
        remedy = "Mettez une copie du fichier à sa place, ou retirez-le."
        yield Problem(_name(path, root), 1, 1, reason, remedy, RULE)
    elif path.is_dir():
        for inner in sorted(path.iterdir()):
            if not inner.name.startswith("."):
                yield from _irregular(inner, root)


def read_bytes(path: Path, root: Path) -> bytes:
    """Read a file of the project.

    Raises:
        InvalidInput: if it is not there or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            [
                Problem(
                    _name(path, root),
                    1,
                    1,
                    f"Le fichier ne peut pas être lu ({error.strerror}).",
                    "Vérifiez qu’il existe, à ce nom, et que vous avez le droit de le lire.",
                    RULE,
                )
            ]
        ) from None


def read_text(path: Path, root: Path) -> str:
    """Read a text file of the project, its lines ended by line feeds.

    Raises:
        InvalidInput: if it cannot be read or is not in UTF-8.
    """
    try:
        text = read_bytes(path, root).decode()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        reason = "Le fichier n’est pas enregistré en UTF-8 : un caractère est illisible ici."
        remedy = "Enregistrez-le en « UTF-8 » dans votre éditeur."
        raise InvalidInput([Problem(_name(path, root), line, 1, reason, remedy, RULE)]) from None
    return text.replace("\r\n", "\n").removeprefix("\ufeff")


def front_matter(page: str) -> str:
    """Return what a page of docs/ says above its text, or nothing."""
    found = _FRONT_MATTER.match(page)
    return found[1] if found else ""


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
