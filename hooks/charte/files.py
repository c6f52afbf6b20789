"""The project's own files: where they are, and their text or why it cannot be read."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

from charte.problems import InvalidInput, Problem
from charte.register.source import MAX_BYTES

REGISTER = "data/signatories.yaml"
CHARTER = "docs/charte"
FORMER_TEXTS = "[0-9]*"  # folders of it, named by their day
CONFIGURATION = "mkdocs.yml"

RULE = "file"
# What a build reads; what a name that begins with a dot holds is not read.
_INPUTS = ("data", "docs", "theme")

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def root_of(register: Path) -> Path:
    """Return the project's root from its register's file, wherever a command is called.

    A register that lies at the root of a file system is alone: its root is its folder.
    """
    folders = register.resolve().parents
    return folders[min(1, len(folders) - 1)]


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
    """Read a file of the project; of one that is too large, enough to see that it is.

    Raises:
        InvalidInput: if it is not there, may not be read, is no ordinary file – a folder, a pipe, a
            device – or is a link that leads out of the project.
    """
    remedy = "Mettez à sa place un fichier du projet."
    try:
        real = path.resolve(strict=True)
        if not (reason := _oddity(real, path, root)):
            with real.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:  # no such name can be, or links in a ring
        reason = f"Le fichier ne peut pas être lu ({getattr(error, 'strerror', None) or error})."
        remedy = "Vérifiez qu’il existe, à ce nom, et que vous avez le droit de le lire."
    raise InvalidInput([Problem(_name(path, root), 1, 1, reason, remedy, RULE)])


def _oddity(real: Path, path: Path, root: Path) -> str:
    """Explain why what stands at a path is not to be read; "" where it is an ordinary file."""
    if not stat.S_ISREG(real.stat().st_mode):
        return "Ce n’est pas un fichier ordinaire."
    if path.is_relative_to(root) and not real.is_relative_to(root.resolve()):
        return "C’est un lien vers un fichier hors du projet."
    return ""


def read_text(path: Path, root: Path) -> str:
    """Read a text file of the project, its lines ended by line feeds.

    Raises:
        InvalidInput: if it cannot be read, is too large or is not in UTF-8.
    """
    data = read_bytes(path, root)
    if len(data) > MAX_BYTES:
        reason, remedy = "Le fichier pèse plus de 2 Mo.", "Coupez-le en plusieurs pages."
        raise InvalidInput([Problem(_name(path, root), 1, 1, reason, remedy, RULE)])
    try:
        text = data.decode()
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
