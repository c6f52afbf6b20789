"""What stands where it should not: an entry above the list, a second head in it, a fence."""

from __future__ import annotations

from collections.abc import Iterator

from charte.problems import Problem
from charte.register.outline import Line, Outline, text_of
from charte.register.remedies import shown, these_lines
from charte.register.source import quoted


def without_copies(found: Outline) -> int:
    """Leave out the entries of a second list that the first one holds; count them."""
    second = next((one.number for one in found.strays if one.text.startswith("sig")), None)
    if second is None:
        return 0
    first = {text_of(lines).strip() for lines in found.entries if lines[0].number < second}
    kept = [
        lines
        for lines in found.entries
        if lines[0].number < second or text_of(lines).strip() not in first
    ]
    count = len(found.entries) - len(kept)
    found.entries = kept
    return count


def misplaced(found: Outline, copies: int, file: str) -> Iterator[Problem]:
    """List what stands where it should not: entries above the list, a second head in it."""
    if found.above and found.title:
        count = len(found.above)
        one = count == 1
        reason = (
            "Cette entrée est au-dessus de « signatories: »."
            if one
            else f"Ces {count} entrées sont au-dessus de « signatories: »."
        )
        remedy = f"Déplacez-{'la' if one else 'les'} dessous, au milieu des autres."
        yield Problem(file, found.above[0][0].number, 1, reason, remedy, "layout")
    if found.fences:
        reason = "Une clôture « ``` » d’une page web ou d’une messagerie a été collée ici."
        which = these_lines([line.number for line in found.fences])
        yield Problem(file, found.fences[0].number, 1, reason, f"Supprimez {which}.", "layout")
    if found.intruders:
        line = found.intruders[0]
        reason = f"Cette ligne coupe la liste en deux : {quoted(line.text)}."
        remedy = "Supprimez-la, ou décalez-la si c’est un champ de l’entrée qui la précède."
        yield Problem(file, line.number, 1, reason, remedy, "layout")
    for line in found.joined:
        at = line.shift
        ahead, behind = line.text[:at].rstrip(), line.text[at:].lstrip("- ")
        reason = "Une autre entrée commence au milieu de cette ligne."
        remedy = f"Allez à la ligne avant le tiret :\n{shown(ahead)}\n  - {shown(behind)}"
        yield Problem(file, line.number, at + 1, reason, remedy, "layout")
    lines: list[Line] = []
    for line in found.strays:
        lines.append(line)
        if line.text.startswith("signatories"):
            yield _second(lines, found, copies, file)
            lines = []
    for line in lines:
        yield _second([line], found, copies, file)


def _second(lines: list[Line], found: Outline, copies: int, file: str) -> Problem:
    """Build the problem of a second head: its lines are to go, what follows is of the list."""
    first, last = lines[0], lines[-1]
    if last.text.startswith("edition"):
        reason = "La date « edition » figure deux fois."
        remedy = "Gardez une seule des deux lignes."
        return Problem(file, first.number, 1, reason, remedy, "duplicate-field")
    which = these_lines([line.number for line in lines])
    remedy = f"Supprimez {which} et gardez les entrées qui suivent."
    if last.text.startswith("signatories"):
        above = found.title.number if found.title else 1
        reason = f"La liste « signatories » commence deux fois (déjà ligne {above})."
        if copies:
            remedy = (
                f"{remedy.removesuffix('.')}, sauf celles ({copies}) qui figurent déjà au-dessus."
            )
        return Problem(file, first.number, 1, reason, remedy, "duplicate-field")
    reason = f"Cette ligne « {last.text.strip()} » couperait le fichier en deux."
    return Problem(file, first.number, 1, reason, remedy, "second-document")
