"""A field as a hand wrote it, and what slipped: its margin, its dash, its colon."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from charte.register.outline import Line

_SIGNS = {
    **dict.fromkeys(
        "–—‒−", "Ce tiret « {} » est un tiret long ; remplacez-le par celui du clavier : « - »."
    ),
    **dict.fromkeys(
        "•·▪◦", "Cette puce « {} » n’est pas un tiret ; remplacez-la par celui du clavier, « - »."
    ),
}
_OTHER_SIGN = "Une entrée commence par un tiret « - », pas par « {} »."
_COPIED = {"+": "vient d’une comparaison de versions", ">": "vient d’un message cité"}
_HARD_SPACES = "\u00a0\u202f"
_HARD_SPACE = "Une espace insécable se cache ici ; retapez une espace ordinaire."
_NUMBERS = ("aucune espace", "une espace", "deux espaces", "trois espaces", "quatre espaces")

# What an entry may hold of slips, in the order in which they are told; "value" is told by the line.
KINDS = ("align", "colon", "space", "commas", "continued")


class Slip(NamedTuple):
    """One slip of the hand: where, what kind it is, and why it cannot stay."""

    line: int
    column: int
    kind: str
    reason: str
    rule: str = "layout"


@dataclass(slots=True)
class Field:
    """A field and the line that it stands on; `verbatim` where the line is kept as it is."""

    line: Line
    column: int  # where its key is to stand, from 0
    key: str
    value: str
    value_at: int  # where its value stands, from 0
    dash: str = ""
    verbatim: bool = False
    more: list[str] = field(default_factory=list)  # the lines below that its text continues on
    broken: bool = False  # whether one of them is not further in than the field
    slips: list[Slip] = field(default_factory=list)

    def has(self, kind: str) -> bool:
        """Return whether it holds a slip of a kind."""
        return any(slip.kind == kind for slip in self.slips)

    def write(self) -> str:
        """Write the field as it should be; its value is fit to be written."""
        if self.verbatim:
            return f"{' ' * self.column}{self.value}"
        head = f"{' ' * (self.column - len(self.dash))}{self.dash}{self.key}:"
        return f"{head} {self.value}" if self.value else head


def slip_at(line: Line, at: int, kind: str, reason: str, rule: str = "layout") -> Slip:
    """Make a slip at a column of a line, from 0, where its author sees it."""
    return Slip(line.number, max(1, at + 1 + line.shift), kind, reason, rule)


def space_slips(line: Line, match: re.Match[str]) -> list[Slip]:
    """Find what is no space where spaces should be."""
    slips = []
    if match["plus"]:
        sign = match["plus"]
        reason = f"Le « {sign} » en tête de ligne {_COPIED.get(sign, 'est un numéro de ligne')}."
        slips.append(slip_at(line, 0, "align", reason))
    ahead = line.text[: match.start("key")]
    if "\t" in ahead:
        reason = "Une tabulation décale cette ligne ; le registre n’emploie que des espaces."
        slips.append(slip_at(line, ahead.index("\t"), "align", reason))
    for at, sign in enumerate(line.text[: match.start("value")]):
        if sign in _HARD_SPACES:
            slips.append(slip_at(line, at, "align", _HARD_SPACE))
            break
    return slips


def end_slips(line: Line, match: re.Match[str]) -> list[Slip]:
    """Find a no-break space after what a value is written in: brackets, quotation marks."""
    value = match["value"].rstrip()
    hard = match["value"][len(value) :].strip(" \t")
    if not hard or value[-1:] not in "\"']}":
        return []
    return [slip_at(line, match.start("value") + len(value), "align", _HARD_SPACE)]


def sign_slips(line: Line, match: re.Match[str]) -> list[Slip]:
    """Find what is no dash, or a dash that touches its field."""
    at = match.start("sign")
    if match["sign"] != "-":
        return [
            slip_at(line, at, "align", _SIGNS.get(match["sign"], _OTHER_SIGN).format(match["sign"]))
        ]
    if not match["gap"]:
        return [slip_at(line, at + 1, "align", "Il manque une espace après le tiret.")]
    return []


def colon_slips(line: Line, match: re.Match[str]) -> list[Slip]:
    """Find a colon that touches its value."""
    if match["value"].strip() and not match["after"]:
        reason = f"Il manque une espace après « {match['key']}: »."
        return [slip_at(line, match.start("value"), "space", reason)]
    return []


def shifted(line: Line, match: re.Match[str], off: int) -> Slip:
    """Build the slip of a field that stands so many columns beside those of its entry."""
    much = "de trop" if off > 0 else "de moins"
    reason = (
        f"« {match['key']} » est décalé : {spaces(abs(off))} {much} devant lui. "
        "Les champs d’une entrée commencent tous à la même colonne."
    )
    return slip_at(line, match.start("key"), "align", reason)


def misaligned(due: int) -> str:
    """Word that an entry's dash does not stand in the column of the others."""
    return (
        "Le tiret de cette entrée n’est pas aligné sur ceux des autres : il lui faut "
        f"{spaces(due)} devant lui."
    )


def spaces(count: int) -> str:
    """Count spaces in words."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count} espaces"
