"""`charte completion`: the script by which a shell completes commands, options and signatories."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from charte.commands.speech import FrenchCommand

SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=FrenchCommand,
    short_help="Compléter les commandes avec la touche Tab",
    epilog="Pour bash et zsh, ajoutez à ~/.bashrc ou ~/.zshrc la ligne "
    '« eval "$(charte completion bash)" » (ou zsh) ; pour fish, écrivez le résultat dans '
    "~/.config/fish/completions/charte.fish.",
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="bash|zsh|fish")
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Écrire le script qui complète commandes, options et signataires."""
    kind = get_completion_class(shell) or ShellComplete
    group = context.find_root().command
    # The method of the base class, since that of bash asks for its version, in English.
    click.echo(ShellComplete.source(kind(group, {}, "charte", "_CHARTE_COMPLETE")))
