"""`charte schema`: the register's JSON Schema, for editors that complete and check YAML."""

from __future__ import annotations

import click

from charte.register.schema import json_schema


@click.command()
def schema() -> None:
    """Écrire le schéma JSON du registre, pour les éditeurs qui complètent et contrôlent le YAML.

    Le fichier data/signatories.schema.json se refait avec « make schema ».
    """
    click.echo(json_schema(), nl=False)
