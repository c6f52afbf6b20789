"""Makes .venv, the project's own environment, or brings it up to date.

Usage: environment.py NAME, where requirements/NAME.txt lists what to install: site or dev.

Any Python 3 can run this, so that one that is too old is refused before anything is made. An
environment that was left half-made is made anew.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from turns import alone, say

OLDEST = (3, 11)
ENVIRONMENT = Path(".venv")
PYTHON = ENVIRONMENT / "bin" / "python"
UNFINISHED = ENVIRONMENT / "unfinished"
# Each mark says that all of a list is installed; who has the second has the first.
MARKS = {"site": ("site",), "dev": ("dev", "site")}
BUILD = Path(".build")
PACKAGE = ("--no-deps", "--no-build-isolation", "--editable", ".")


def main() -> int:
    """Make what is missing; return 1 where it could not be made."""
    name = sys.argv[1]
    lock = Path("requirements") / f"{name}.txt"
    if sys.version_info[:2] < OLDEST:
        return _refused(_too_old(sys.version_info[:2]))
    with alone(BUILD):
        if _is_fresh(name, lock):  # made by another while this one waited
            return 0
        if not _is_whole() and not _make():
            return _refused("L’environnement n’a pas pu être fait : la raison est dite plus haut.")
        UNFINISHED.touch()
        say(f"Dépendances : installation de {lock}, une minute la première fois")
        if not (_install("--require-hashes", "--requirement", str(lock)) and _install(*PACKAGE)):
            return _refused("Les dépendances n’ont pas pu être installées : voyez plus haut.")
        for mark in MARKS[name]:
            (ENVIRONMENT / mark).touch()
        UNFINISHED.unlink()
    return 0


def _too_old(found: tuple[int, int]) -> str:
    wanted, given = ("{}.{}".format(*version) for version in (OLDEST, found))
    return (
        f"Python {wanted} ou plus récent est nécessaire ; trouvé : {given}.\n"
        "→ Nommez-en un autre, par exemple : make site PYTHON=python3.12"
    )


def _refused(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


def _is_fresh(name: str, lock: Path) -> bool:
    mark, sources = ENVIRONMENT / name, (lock, Path("pyproject.toml"))
    if not (_is_whole() and mark.exists()):
        return False
    return mark.stat().st_mtime >= max(source.stat().st_mtime for source in sources)


def _is_whole() -> bool:
    """Return whether there is an environment, made to its end, whose Python still exists."""
    return (ENVIRONMENT / "site").exists() and not UNFINISHED.exists() and PYTHON.exists()


def _make() -> bool:
    """Make the environment from nothing; of one that cannot be made, nothing stays."""
    say(f"Environnement : Python {sys.version.split()[0]}, dans {ENVIRONMENT}")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if _succeeds(sys.executable, "-m", "venv", str(ENVIRONMENT)):
        return True
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    return False


def _install(*what: str) -> bool:
    pip = (str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    return _succeeds(*pip, *what)


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
