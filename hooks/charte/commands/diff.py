"""`charte diff`: what a proposal changes, for those who review it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from charte.commands.comparing import compared
from charte.commands.failures import Failure, explained
from charte.commands.options import register_option
from charte.commands.speech import FrenchCommand
from charte.problems import Unpublishable
from charte.register import storing
from charte.register.checking import read_form
from charte.register.differences import compare
from charte.register.published import read_published
from charte.register.review import markdown


@click.command("diff", cls=FrenchCommand, short_help="Résumer en Markdown ce qui change")
@click.argument("revision", metavar="[RÉVISION]", required=False)
@register_option("path", kind=click.Path(exists=True, dir_okay=False, path_type=Path))
def diff(revision: str | None, path: Path) -> None:
    """Dire en Markdown ce qui change depuis une révision de git.

    Sans révision : depuis la branche publiée, là où la proposition l’a quittée.
    """
    with explained(path):
        data = storing.contents(path)
    try:
        what = compared(path, revision)
        published = read_published(what.data)
        before = (
            published.register
            if published
            else read_form(what.data, f"{what.base.named}:{path.as_posix()}")
        )
        after = read_form(data, str(path))
        since = what.base.told if what.base.earlier or not what.asked else ""
        told = markdown(compare(before, after), since, os.environ.get("SITE_URL", ""))
    except Unpublishable as reason:
        raise Failure(str(reason)) from None
    click.echo(told, nl=False)
