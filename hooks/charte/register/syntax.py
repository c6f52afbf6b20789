"""The mistakes of layout that libyaml finds, in French: where, why, and what to write."""

from __future__ import annotations

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


def syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    """Explain what broke the layout, at the place where its author made the mistake."""
    mark = error.problem_mark or error.context_mark
    if error.problem in _NOTICED_LATER:
        mark = error.context_mark
    place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
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
