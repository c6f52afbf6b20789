"""Why git cannot tell since when entries are in the register, and what helps.

Where its history is not known, each page says so, and a build of such a site would otherwise say
nothing: a shallow clone, the usual one of continuous integration, is not noticed until readers do.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from charte.files import CONFIGURATION, REGISTER
from charte.problems import InvalidInput, Problem, Severity
from charte.register.provenance import UNKNOWN, Provenance
from charte.register.revisions import UnreadableRevision, run_git
from charte.register.source import quoted

RULE = "history"
_OPTIONAL = "optional"
# What git says to who trusts a repository: it knows which folder it means.
_TRUST = re.compile(r"git config --global --add safe\.directory .*\S")
_MEANT = f"ou réglez CHARTE_HISTORY={_OPTIONAL} si c’est voulu"


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not known of the history, with the remedy; a shallow clone always has one."""

    reason: str
    remedy: str
    shallow: bool = False


def is_optional(setting: str) -> bool:
    """Return whether a site may be built without the register's history.

    Args:
        setting: what CHARTE_HISTORY says: `optional`, or nothing.

    Raises:
        InvalidInput: if it says anything else.
    """
    if setting in {"", _OPTIONAL}:
        return setting == _OPTIONAL
    reason = f"CHARTE_HISTORY vaut {quoted(setting)}, qui ne veut rien dire ici."
    remedy = f"Écrivez CHARTE_HISTORY={_OPTIONAL} pour un site sans historique, ou rien."
    raise InvalidInput([Problem(CONFIGURATION, 1, 1, reason, remedy, RULE)])


def history_problems(
    folder: Path, found: Mapping[str, Provenance], *, release: bool, optional: bool
) -> list[Problem]:
    """Return the problem of a history that is not known, if it is one.

    It is a warning of a draft. A release is refused: readers rely on it, and whoever means to
    publish without a history says so. A shallow clone is no reason to: all can be fetched.
    """
    gap = find_gap(folder, found)
    if gap is None or (optional and not (release and gap.shallow)):
        return []
    reason = f"L’historique du registre n’est pas connu : {gap.reason}."
    severity = Severity.ERROR if release else Severity.WARNING
    return [Problem(REGISTER, 1, 1, reason, f"{gap.remedy}.", RULE, severity)]


def find_gap(folder: Path, found: Mapping[str, Provenance]) -> Gap | None:
    """Ask git why the history of the register in a project's folder is not known, if it is not."""
    try:
        inside = run_git(folder, "rev-parse", "--is-inside-work-tree")
        shallow = run_git(folder, "rev-parse", "--is-shallow-repository")
    except UnreadableRevision:
        return Gap("git n’est pas installé", f"Installez git 2.31 ou plus récent, {_MEANT}")
    if b"dubious ownership" in inside.stderr:
        told = _TRUST.search(os.fsdecode(inside.stderr))
        trust = told[0] if told else f"git config --global --add safe.directory {folder.resolve()}"
        reason = "git refuse ce dépôt, qui appartient à un autre utilisateur"
        return Gap(reason, f"Lancez « {trust} », {_MEANT}")
    if inside.stdout.strip() != b"true":
        return Gap("ce dossier n’est pas un dépôt git", f"Construisez depuis un clone, {_MEANT}")
    if shallow.stdout.strip() == b"true":
        remedy = (
            "Lancez « git fetch --unshallow » ; en intégration continue, demandez tout "
            "l’historique (fetch-depth: 0, GIT_DEPTH: 0)"
        )
        return Gap("ce clone n’en a qu’une partie", remedy, shallow=True)
    if found and all(one == UNKNOWN for one in found.values()):
        remedy = f"Enregistrez-le avec « git add » et « git commit » (git 2.31 au moins), {_MEANT}"
        return Gap("git n’a aucune version de ce fichier", remedy)
    return None
