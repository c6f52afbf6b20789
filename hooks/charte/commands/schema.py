"""`charte schema`: the register's JSON Schema, for editors that complete and check YAML."""

from __future__ import annotations

import click

from charte.commands.speech import FrenchCommand
from charte.register.schema import json_schema


@click.command(cls=FrenchCommand, short_help="Écrire le schéma JSON, pour les éditeurs de texte")
def schema() -> None:
    """Écrire le schéma JSON du registre, pour les éditeurs qui complètent et contrôlent le YAML.

    Le fichier data/signatories.schema.json se refait avec « make schema ».
    """
    click.echo(json_schema(), nl=False)
