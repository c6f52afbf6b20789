"""The mistakes of layout that libyaml finds, in French: where, why, and what to write."""

from __future__ import annotations

import re

import yaml

from charte.problems import Problem
from charte.register.source import Mark

RULE = "layout"

_SYNTAX = (
    (
        "tab character",
        "Une tabulation décale cette ligne.",
        "Remplacez-la par des espaces.",
    ),
    (
        "unknown escape character",
        "Entre guillemets, une barre oblique « \\ » commence un code, et celui-ci n’existe pas.",
        "Doublez-la, « \\\\ », ou supprimez-la.",
    ),
    (
        "block sequence entries are not allowed",
        "Un tiret est de trop sur cette ligne.",
        "Mettez la valeur entre guillemets si elle commence par un tiret.",
    ),
    (
        "mapping values are not allowed",
        "Un « : » est de trop sur cette ligne, ou la ligne précédente n’est pas finie.",
        'Mettez la valeur entre guillemets : name: "Exemple : santé".',
    ),
    (
        "cannot start any token",
        "Ce caractère ne peut pas commencer une valeur : tabulation, « @ », « ` » ou « % ».",
        "Remplacez une tabulation par des espaces ; mettez la valeur entre guillemets.",
    ),
    (
        "unexpected end of stream",
        "Un guillemet ou un crochet est ouvert et jamais fermé.",
        "Ajoutez le guillemet ou le crochet fermant.",
    ),
    (
        "could not find expected ':'",
        "Il manque un « : » après le nom du champ.",
        "Écrivez « champ: valeur », avec une espace après les deux-points.",
    ),
    (
        "did not find expected",
        "La mise en page est rompue ici : décalage, tiret ou guillemet manquant.",
        "Alignez les champs comme ceux des entrées voisines ; mettez le texte entre guillemets.",
    ),
)


# These are shown where the quotation or the field begins.
_NOTICED_LATER = {"found unexpected end of stream", "could not find expected ':'"}


def syntax_problem(error: yaml.MarkedYAMLError, file: str, text: str) -> Problem:
    """Say what broke the layout, at the place where its author made the mistake."""
    mark = error.problem_mark or error.context_mark
    if error.problem in _NOTICED_LATER:
        mark = error.context_mark
    place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
    if slip := _slip(text.split("\n"), place.line):
        return Problem(file, *slip, RULE)
    for known, reason, remedy in _SYNTAX:
        if known in (error.problem or ""):
            return Problem(file, *place, reason, remedy, RULE)
    return Problem(
        file,
        *place,
        "Le fichier n’est plus du YAML à partir d’ici.",
        "Reprenez la forme d’une entrée voisine : un tiret, puis « champ: valeur » par ligne.",
        RULE,
    )


# What a hand slips on, with what to say of it; group 1 ends where the slip is.
_SLIPS = (
    (
        re.compile(r"([ -]*|[ -]*\w+:)[\u00a0\u202f]"),
        "Une espace insécable se cache ici ; YAML n’y voit pas une espace.",
        "Effacez-la et retapez une espace ordinaire.",
    ),
    (
        re.compile(r"([ ]*-)[a-z_]+:"),
        "Il manque une espace après le tiret.",
        "Écrivez « - » puis une espace, puis le champ.",
    ),
    (
        re.compile(r"([ -]*[a-z_]+:)[^\s/]"),
        "Il manque une espace après les deux-points.",
        "Écrivez « champ: » puis une espace, puis la valeur.",
    ),
    (
        re.compile(r"([ -]*[a-z_]+: *'[^']*')[^\s'#]"),
        "L’apostrophe ferme ici le guillemet simple ouvert au début de la valeur.",
        'Mettez la valeur entre guillemets doubles : "L’exemple".',
    ),
)


def _slip(lines: list[str], line: int) -> tuple[int, int, str, str] | None:
    """Find a slip of the hand on a line or the one before: libyaml stumbles on it later."""
    for number in (line - 1, line):
        shown = lines[number - 1] if 0 < number <= len(lines) else ""
        for pattern, reason, remedy in _SLIPS:
            if match := pattern.match(shown):
                return number, match.end(1) + 1, reason, remedy
    return None
