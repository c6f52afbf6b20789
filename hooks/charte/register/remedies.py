"""Slips told to their author: one problem a cause, with the lines as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from charte.problems import Problem
from charte.register.hand import Hand
from charte.register.slips import KINDS, Field, Slip

_SHOWN_LINES = 40  # more than most entries have: a remedy is whole
_SHOWN_LENGTH = 1_100
_NAMED_LINES = 5
LIKE_THE_OTHERS = (
    "Reprenez la forme d’une entrée voisine : un tiret, puis « champ: valeur » par ligne."
)


def slip_problems(hand: Hand, file: str) -> Iterator[Problem]:
    """List the slips of an entry, one problem a cause, with the lines as they should be.

    A line is shown once, as it should be in all respects.
    """
    told: set[int] = set()
    for kind in KINDS:
        held = [one for one in hand.fields if one.has(kind) and one.line.number not in told]
        if not held:
            continue
        numbers = {one.line.number for one in held}
        whole = kind == "align" and held[0] is hand.fields[0]
        lines = [one for one in hand.fields if whole or one.line.number in numbers]
        told |= {one.line.number for one in lines}
        slip = next(slip for slip in held[0].slips if slip.kind == kind)
        remedy = _rewrite(lines, aligned=kind == "align")
        if kind == "continued":
            remedy = remedy.replace("Écrivez", f"Écrivez, à la place {_of_lines(lines)},", 1)
        yield _problem(slip, remedy, file)
    for one in hand.fields:
        if one.line.number not in told:
            yield from (_problem(slip, _rewrite([one]), file) for slip in one.slips)
    if hand.strays:
        count = len(hand.strays) - 1
        others = f"de {count} autres lignes" if count > 1 else "d’une autre ligne"
        also = f" Il en va de même {others} de l’entrée." if count else ""
        slip = hand.strays[0]._replace(reason=f"{hand.strays[0].reason}{also}")
        yield _problem(slip, "Supprimez-la, ou écrivez « champ: valeur ».", file)


def _of_lines(fields: list[Field]) -> str:
    count = len(fields) + sum(len(one.more) for one in fields)
    return "des deux lignes" if count == 2 else f"de ces {count} lignes"  # noqa: PLR2004


def _problem(slip: Slip, remedy: str, file: str) -> Problem:
    return Problem(file, slip.line, slip.column, slip.reason, remedy, slip.rule)


def _rewrite(fields: list[Field], *, aligned: bool = False) -> str:
    """Word how fields should be written: below the sentence where their margin matters."""
    lines = [shown(one.write()) for one in fields]
    if len(lines) == 1 and not aligned:
        return f"Écrivez « {lines[0].strip()} »."
    most = [*lines[:_SHOWN_LINES], *(["    …"] if len(lines) > _SHOWN_LINES else [])]
    return "\n".join(["Écrivez :", *most])


def shown(line: str) -> str:
    """Return a line, in part if it is long."""
    return line if len(line) <= _SHOWN_LENGTH else f"{line[:_SHOWN_LENGTH]}…"


def unread_followers(count: int) -> str:
    """Write that so many entries below could not be read; nothing where there is none."""
    if not count:
        return ""
    followers = f"Les {count} entrées qui suivent n’ont pas pu être lues"
    if count == 1:
        followers = "L’entrée qui suit n’a pas pu être lue"
    return f" {followers} : corrigez ceci d’abord."


def these_lines(numbers: list[int]) -> str:
    """Write line numbers in a sentence, those of a long list in part: « les lignes 1, 2 et 3 »."""
    if len(numbers) == 1:
        return "cette ligne"
    if len(numbers) > _NAMED_LINES:
        return f"les {len(numbers)} lignes {_few(numbers)}"
    return f"les lignes {', '.join(map(str, numbers[:-1]))} et {numbers[-1]}"


def _few(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:_NAMED_LINES])) + "…" * (len(numbers) > _NAMED_LINES)


def folded(problems: list[Problem]) -> list[Problem]:
    """Fold what several entries have in common: the first is shown, the others are named."""
    first: dict[str, Problem] = {}
    more: dict[str, list[int]] = {}
    for one in problems:
        key = one.reason if "\n" in one.remedy else str(one)
        if first.setdefault(key, one) is not one:
            more.setdefault(key, []).append(one.line)
    return [_with_others(one, more.get(key, [])) for key, one in first.items()]


def _with_others(one: Problem, lines: list[int]) -> Problem:
    if not lines:
        return one
    also = f"Il en va de même ligne {lines[0]}."
    if len(lines) > 1:
        also = f"Il en va de même à {len(lines)} autres endroits (lignes {_few(lines)})."
    return replace(one, reason=f"{one.reason} {also}")
