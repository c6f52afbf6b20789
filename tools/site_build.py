"""Builds site/: beside it first, and in its place only once it is whole.

Whatever happens meanwhile – a mistake, a full disk, a second build, `kill -9` – the site that was
there stays as it was. On a terminal each step is one line; elsewhere only what is wrong is written.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click import ClickException
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from charte.folders import ASIDE, replace_folder
from turns import alone, say

SITE = Path("site")
BUILD = Path(".build")
STAGING = "site-"  # begins the names of folders in BUILD that a build works in
_REASONS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
    errno.EFBIG: "le fichier est trop grand",
    errno.EACCES: "les droits manquent",
    errno.EPERM: "les droits manquent",
    errno.EROFS: "le disque est protégé contre l’écriture",
    errno.ENOENT: "le fichier n’existe pas",
}
UNCHANGED = "Rien n’a été publié : site/ reste tel qu’il était."


def main() -> int:
    """Build the site; return 1 where that fails."""
    logging.basicConfig(format="%(levelname)s : %(message)s", level=logging.WARNING)
    logging.addLevelName(logging.WARNING, "attention")
    logging.addLevelName(logging.ERROR, "erreur")
    try:
        with alone(BUILD), _staged() as folder:
            say("Site : construction dans site/")
            _build(folder)
            replace_folder(folder, SITE)
    except KeyboardInterrupt:
        return _failed("Construction interrompue.")
    except Abort:  # the engine has already said why
        return _failed()
    except ClickException as error:
        return _failed(error.format_message())
    except OSError as error:
        return _failed(_reason(error))
    say("Site : terminé ; ouvrez-le avec « make serve », ou publiez le dossier site/")
    return 0


def _reason(error: OSError) -> str:
    """Explain in French what the system says of a file."""
    reason = _REASONS.get(error.errno or 0, error.strerror or "il ne peut être ni lu ni écrit")
    where = f"« {error.filename} » : " if error.filename else ""
    return f"{where}{reason}."


@contextmanager
def _staged() -> Iterator[Path]:
    """Make a new folder to build in; clear away those that killed builds left behind."""
    for left in sorted(BUILD.glob(f"{STAGING}*")):
        if left.name.endswith(ASIDE) and not SITE.exists():
            left.rename(SITE)  # killed between two steps, where folders cannot be exchanged
        shutil.rmtree(left, ignore_errors=True)
    folder = BUILD / f"{STAGING}{os.getpid()}"
    try:
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(folder: Path) -> None:
    """Have the engine build the project of this folder, strictly."""
    config = load_config(strict=True, site_dir=str(folder.absolute()))
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def _failed(*reasons: str) -> int:
    print(*reasons, UNCHANGED, sep="\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
