"""The `charte` command: everything a maintainer does to the register, in French."""

from __future__ import annotations

import click

from charte.commands.adding import add
from charte.commands.check import check
from charte.commands.completion import completion
from charte.commands.diff import diff
from charte.commands.edits import action, rename, withdraw
from charte.commands.fmt import fmt
from charte.commands.merge import merge_files
from charte.commands.reconcile import reconcile
from charte.commands.redate import redate
from charte.commands.schema import schema
from charte.commands.speech import FrenchGroup, say_version


@click.group(
    "charte",
    cls=FrenchGroup,
    sections={
        "Tous les jours": (add, rename, withdraw, action, check),
        "Pour qui publie": (diff, redate, fmt, merge_files, reconcile, schema, completion),
    },
    invoke_without_command=True,
    subcommand_metavar="COMMANDE …",
    help="Tenir le registre des signataires de la charte « Engagé pour la e-santé ».",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="« charte COMMANDE --help » dit les options de chaque commande. "
    "Appelées sans option, add, rename, withdraw et action posent leurs questions.",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=say_version,
    help="Afficher la version.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """Write the help where no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


if __name__ == "__main__":
    main()
