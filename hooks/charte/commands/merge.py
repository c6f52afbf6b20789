"""`charte merge`: two versions of the register made one, by people and by git."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from charte.commands.failures import Failure, explained
from charte.commands.misuse import Misuse
from charte.commands.speech import FrenchCommand
from charte.files import REGISTER
from charte.french import counted
from charte.problems import MOST_TOLD, Unpublishable
from charte.register import storing
from charte.register.lines import Lines, merge_lines
from charte.register.merging import merge
from charte.register.pieces import is_sound
from charte.register.revisions import refuse_no_repository, run_git
from charte.register.sides import COMMENTS, Conflict
from charte.shown import shown

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ATTRIBUTES = f"{REGISTER} text eol=lf merge=charte"
MARKED = 3  # the exit status of `merge --driver` when both versions stand in the file


@click.command("merge", cls=FrenchCommand, short_help="Fusionner deux versions, entrée par entrée")
@click.argument("files", metavar="BASE NÔTRE LEUR", nargs=-1, type=_FILE)
@click.option(
    "--install", is_flag=True, help="Confier à charte les fusions de ce registre dans git."
)
@click.option("--driver", is_flag=True, hidden=True)
def merge_files(files: tuple[Path, ...], install: bool, driver: bool) -> None:  # noqa: FBT001 - click calls it
    """Fusionner deux versions du registre, entrée par entrée, dans le fichier NÔTRE.

    Ce qui se contredit est dit champ par champ, et reste entre les marques de git.
    """
    try:
        if install:
            with explained(Path(".gitattributes")):
                _install(Path())
        elif len(files) == 3:  # noqa: PLR2004 - as the usage says
            told = _merge(*files)
            if told:
                click.echo(shown(told), err=True)
                # Git's driver must tell versions that stand between marks from a failure.
                raise SystemExit(MARKED if driver else 1)
        else:
            raise Misuse("Donnez trois fichiers, BASE NÔTRE LEUR, ou « --install ».")
    except Unpublishable as error:
        raise Failure(str(error)) from None


def _merge(base: Path, ours: Path, theirs: Path) -> str:
    """Merge into OURS; return what a person has to look at, or nothing."""
    versions = []
    for path in (base, ours, theirs):
        with explained(path):
            versions.append(storing.contents(path, most=-1))
    try:
        merged = merge(*versions)
        content, told = merged.text.encode(), _contradictions(merged.conflicts)
    except Unpublishable as reason:
        lines = merge_lines(*versions)
        content, told = lines.content, _by_lines(lines, reason)
    if content != versions[1]:
        with explained(ours):
            storing.replace(ours, content)
    return told


def _contradictions(conflicts: tuple[Conflict, ...]) -> str:
    if not conflicts:
        return ""
    count = f"{counted(len(conflicts), 'contradiction')} à résoudre"
    told = [f"{count} :", *map(_conflict, conflicts[:MOST_TOLD])]
    if len(conflicts) > MOST_TOLD:
        told.append(f"… et {len(conflicts) - MOST_TOLD} autres, entre les marques du fichier.")
    return "\n\n".join(told)


def _by_lines(lines: Lines, reason: Unpublishable) -> str:
    """Explain that git's way was taken, and why; nothing where all is well all the same."""
    if lines.clean and is_sound(lines.content):
        return ""
    rest = (
        "Rien ne s’y contredit, mais relisez le fichier avec « charte check » avant de valider."
        if lines.clean
        else "Les deux versions de ce qui se contredit sont dans le fichier, entre ses marques."
    )
    return (
        "Ces versions ne peuvent pas être fusionnées entrée par entrée ; elles l’ont été ligne à "
        f"ligne, comme git le fait. {rest}\n\n{reason}"
    )


def _conflict(one: Conflict) -> str:
    if not one.slug:
        return "Hors des entrées : ce qui les précède ou les suit"
    what = f"le champ « {one.field} »" if one.field else "l’entrée entière"
    what = "les commentaires" if one.field == COMMENTS else what
    versions = [("avant", one.base), ("ici", one.ours), ("là-bas", one.theirs)]
    lines = [f"{one.slug} : {what}"]
    for side, text in versions:
        shown = text.replace("\n", "\n    ") if text else "(rien)"
        lines.append(f"  {side} : {shown}")
    return "\n".join(lines)


def _install(folder: Path) -> None:
    """Configure git, in this repository only, to merge the register with this command."""
    if not (folder / REGISTER).exists():
        raise Unpublishable(f"Lancez cette commande là où se trouve « {REGISTER} ».")
    refuse_no_repository(folder)
    settings = {"name": "registre des signataires", "driver": _driver(folder)}
    for key, value in settings.items():
        if run_git(folder, "config", "--local", f"merge.charte.{key}", value).returncode:
            raise Unpublishable("Git n’a pas pu écrire sa configuration.")
    click.echo("Configuration de git : merge.charte.driver appelle « charte merge ».")
    known = run_git(folder, "check-attr", "merge", "--", REGISTER).stdout.decode().split()
    if known[-1:] == ["charte"]:
        click.echo(".gitattributes : le registre y est déjà.")
        return
    path = folder / ".gitattributes"
    text = path.read_bytes().decode() if path.exists() else ""
    text += "\n" if text and not text.endswith("\n") else ""
    storing.replace(path, f"{text}{_ATTRIBUTES}\n".encode())
    click.echo(f".gitattributes : ligne « {_ATTRIBUTES} » ajoutée ; à valider dans git.")


def _driver(folder: Path) -> str:
    """Write the shell command with which git merges the register.

    It looks for `charte` in the clone first, which may have moved since, then where it is now, then
    on the path; where there is none, or it fails, git merges the lines itself.
    """
    script = Path(sys.executable).with_name("charte")
    top = Path(os.fsdecode(run_git(folder, "rev-parse", "--show-toplevel").stdout.rstrip(b"\n")))
    inside = [script.relative_to(top)] if script.is_relative_to(top) else []
    commands = [*inside, script, "charte"] if script.exists() else ["charte"]
    return (
        f"for command in {shlex.join(map(str, commands))}; do "
        'command -v "$command" >/dev/null || continue; '
        '"$command" merge --driver %O %A %B; '
        f"case $? in 0) exit 0;; {MARKED}) exit 1;; esac; done; "
        'echo "charte ne peut pas être lancé ici : git fusionne le registre ligne à ligne." >&2; '
        "git merge-file -L ours -L base -L theirs %A %O %B"
    )
