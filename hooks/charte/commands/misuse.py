"""What click finds wrong with a command line, said in French with the way out.

click's own sentences are English and follow the machine's locale: none of them is shown. Sentences
are made from what an error holds; a `Misuse` is a sentence of ours already.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from charte.french import fold

# What a person might try, and the command that does it.
_FRENCH = {
    french: name
    for name, words in {
        "add": ("ajouter", "ajout"),
        "rename": ("renommer",),
        "withdraw": ("retirer", "retrait"),
        "check": ("verifier", "controler", "relire"),
        "fmt": ("ranger",),
        "diff": ("comparer",),
        "merge": ("fusionner",),
        "reconcile": ("rapprocher",),
        "--help": ("help", "aide", "--aide"),
        "--version": ("version",),
        "--name": ("--nom",),
        "--slug": ("--identifiant",),
        "--website": ("--site",),
        "--group": ("--groupe",),
        "--on": ("--jour", "--le"),
        "--reason": ("--motif",),
        "--successor": ("--successeur",),
        "--title": ("--titre",),
        "--url": ("--adresse",),
        "--commitment": ("--engagement",),
        "--register": ("--registre", "--fichier"),
    }.items()
    for french in words
}
_ALIKE = 0.7  # of two words that may be a slip from one another
_LONGEST = 100  # characters of a word that are compared or shown


class Misuse(click.UsageError):
    """A command line that is not understood; the message is a French sentence."""


def explained(error: click.UsageError) -> str:
    """Return what is wrong with a command line, and the way to the help that says more."""
    command = error.ctx.command_path if error.ctx else "charte"
    return f"{_sentence(error)}\n    → {command} --help"


def _sentence(error: click.UsageError) -> str:  # noqa: PLR0911 - a table of sentences, one row each
    match error:
        case click.NoSuchOption(option_name=name):
            return f"L’option « {_short(name)} » n’existe pas.{_near(name, _options(error.ctx))}"
        case NoSuchCommand(command_name=name):
            hint = _near(name, _commands(error.ctx))
            return f"La commande « {_short(name)} » n’existe pas.{hint}"
        case click.BadOptionUsage(option_name=name):
            takes = "n’attend pas de valeur" if _is_flag(error) else "attend une valeur"
            return f"L’option « {_short(name)} » {takes}."
        case click.BadParameter():
            return _bad_value(error)
        case click.BadArgumentUsage():
            return "Il n’y a pas le bon nombre d’arguments."
        case NoArgsIsHelpError():
            return "Il manque une commande."
    return error.message


def _bad_value(error: click.BadParameter) -> str:
    name = named(error.param)
    match error:
        case click.MissingParameter():
            return f"Il manque {name}."
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices))):
            return f"{name.capitalize()} est l’un de : {', '.join(choices)}."
        case click.BadParameter(param=click.Parameter(type=click.Path())):
            file = _short(_quoted(error.message))
            return f"Le fichier n’existe pas, ou c’est un dossier : {file}."
    return f"{name.capitalize()} ne se lit pas ainsi."


def not_opened(error: click.FileError) -> str:
    """Return that a file cannot be opened."""
    return f"Le fichier « {_short(error.ui_filename)} » ne peut pas être ouvert."


def too_many(extra: Iterable[str]) -> str:
    """Return that a command takes fewer arguments; names are often given without quotes."""
    words = " ".join(extra)
    return (
        f"« {_short(words)} » est de trop. Un nom qui a des espaces se met entre guillemets : "
        '"Nom de la société".'
    )


def named(param: click.Parameter | None) -> str:
    """Return how a person names a parameter: « l’option --name », « l’argument FICHIER »."""
    if param is None:
        return "une valeur"
    if isinstance(param, click.Option):
        return f"l’option {param.opts[0]}"
    return f"l’argument {(param.metavar or param.human_readable_name).strip('[]')}"


def _near(given: str, known: Collection[str]) -> str:
    """Suggest what was meant, where it is another tongue's word or a slip of the hand."""
    word = given[:_LONGEST].casefold()
    meant = _FRENCH.get(word, _FRENCH.get(fold(word), ""))
    near = [meant] if meant in known else get_close_matches(word, known, 1, _ALIKE)
    return f" Vouliez-vous écrire « {near[0]} » ?" if near else ""


def _commands(context: click.Context | None) -> list[str]:
    group = context.command if context else None
    names = list(group.commands) if isinstance(group, click.Group) else []
    return [*names, *_options(context)]


def _options(context: click.Context | None) -> list[str]:
    params = context.command.get_params(context) if context else []
    return [name for one in params if isinstance(one, click.Option) for name in one.opts]


def _is_flag(error: click.BadOptionUsage) -> bool:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    return any(
        isinstance(one, click.Option) and one.is_flag and error.option_name in one.opts
        for one in params
    )


def _quoted(message: str) -> str:
    found = re.search(r"(['\"])(.*)\1", message, re.DOTALL)
    return found[2] if found else message


def _short(text: str) -> str:
    line = " ".join(text[: 2 * _LONGEST].split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
