"""`charte rename`, `withdraw`, `action`: edits that change their own lines only.

Each asks for what it is not given, shows what it does with --dry-run, and writes nothing at all
when the result would not pass `charte check`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from charte import clock
from charte.charter import commitments_for
from charte.commands.desk import Desk, refuse
from charte.commands.failures import explained
from charte.commands.forms import (
    COMMITMENT,
    DATE,
    LEFT,
    NEW_NAME,
    PAGE,
    REASON,
    SUCCESSOR,
    TITLE,
    form_about,
)
from charte.commands.options import (
    dry_run_option,
    register_option,
    signatory_argument,
    signatory_option,
    text_option,
)
from charte.commands.readers import (
    clean,
    commitment_list,
    commitment_reader,
    read_day,
    read_reason,
    signatory_reader,
)
from charte.commands.speech import FrenchCommand
from charte.french import long_date
from charte.register import editing
from charte.register.closed import CLOSED
from charte.register.renaming import rename as rename_entry
from charte.terminal import tell


@click.command(
    cls=FrenchCommand,
    short_help="Changer un nom, et avec --slug l’adresse",
    help="Changer le nom d’un signataire ; avec --slug, son adresse aussi, redirigée.",
)
@signatory_argument
@text_option("--name", metavar="NOM", help="Le nouveau nom.")
@text_option("--slug", "new_slug", metavar="IDENTIFIANT", help="La nouvelle adresse.")
@text_option(
    "--on", metavar="JOUR", help="Premier jour du nouveau nom à l’annexe ; aujourd’hui par défaut."
)
@register_option()
@dry_run_option
def rename(  # noqa: PLR0913 - one option per field
    file: Path,
    signatory: str | None,
    name: str | None,
    new_slug: str | None,
    on: str | None,
    *,
    dry_run: bool,
) -> None:
    """Rename; ask when neither a name nor a slug is given."""
    with explained(file):
        form, slug, before = form_about(file, signatory, dry_run=dry_run)
        desk = form.desk
        day = form.take("--on", on, read_day) or str(clock.today())
        moved = form.take("--slug", new_slug, form.free_slug(name or before, slug))

        def judge(value: str) -> list[str]:
            edited = rename_entry(desk.text, slug, value, moved, day)
            return desk.judge(edited).of_field(moved or slug, "name")

        if name is not None or new_slug is None:
            name = form.take_or_ask(NEW_NAME, name, clean, before, judge)
        edited = form.made(lambda: rename_entry(desk.text, slug, name, moved, day))
        if edited == desk.text:
            refuse(form.wrong)
            click.echo("Rien à changer.")
            return
        done = [f"« {before} » s’appelle désormais « {name} »."] if name else []
        if moved:
            done.append(
                f"/signataires/{slug}/ conduira à /signataires/{moved}/ ; "
                "les renvois des autres entrées suivent."
            )
        desk.finish(edited, "\n".join(done), form.wrong)


@click.command(
    cls=FrenchCommand,
    short_help="Retirer un signataire ; sa page reste",
    help="Retirer un signataire : il quitte l’annexe, sa page reste et dit pourquoi.",
)
@signatory_argument
@text_option("--on", metavar="JOUR", help="Jour du retrait ; aujourd’hui par défaut.")
@text_option("--reason", metavar="MOTIF", help="Le motif : retrait, fusion ou erreur.")
@signatory_option("--successor", help="Le signataire qui succède ; nécessaire pour une fusion.")
@text_option(
    "--unlisted",
    metavar="JOUR",
    help="Première édition qui ne le cite plus, si le retrait est connu après coup.",
)
@register_option()
@dry_run_option
def withdraw(  # noqa: PLR0913, PLR0917 - one option per field
    file: Path,
    signatory: str | None,
    on: str | None,
    reason: str | None,
    successor: str | None,
    unlisted: str | None,
    *,
    dry_run: bool,
) -> None:
    """Withdraw; ask when the reason is not given."""
    with explained(file):
        form, slug, name = form_about(file, signatory, dry_run=dry_run)
        desk, today, asks = form.desk, str(clock.today()), reason is None
        left = form.take("--on", on, read_day) or today
        gone = form.take("--unlisted", unlisted, read_day)
        motive = form.take_or_ask(REASON, reason, read_reason, "retrait" if asks else "retired")

        def written(day: str, successor: str | None = None, unlisted: str | None = gone) -> str:
            said = {"on": day, "reason": motive, "successor": successor, "unlisted": unlisted}
            given = {key: one for key, one in said.items() if one}
            return editing.withdraw(desk.text, slug, given)

        def judge(day: str) -> list[str]:
            late = _is_late(desk, written(day)) and not gone
            edited = written(day, unlisted=today) if late else written(day)
            return desk.judge(edited).of_field(slug, "on")

        if asks and on is None:
            left = form.take_or_ask(LEFT, None, read_day, today, judge)
        others = signatory_reader(desk.entries)
        if motive == "merged" and successor is None:
            heir: str | None = form.take_or_ask(SUCCESSOR, None, others)
        else:
            heir = form.take("--successor", successor, others)
            refuse(form.wrong if successor and not heir else ())
        edited = form.made(lambda: written(left, heir))
        done = f"« {name} » est retiré ; sa page reste à /signataires/{slug}/."
        if unlisted is None and _is_late(desk, edited):
            edited = written(left, heir, today)
            since = long_date(date.fromisoformat(left))
            done += f"\nLes éditions parues depuis le {since} le citent toujours."
        desk.finish(edited, done, form.wrong)


def _is_late(desk: Desk, edited: str) -> bool:
    """Return whether a withdrawal would alter editions that have appeared since."""
    return any(one.rule == CLOSED.name for one in desk.judge(edited).errors)


@click.command(
    cls=FrenchCommand,
    short_help="Ajouter une action d’un signataire",
    help="Ajouter une action entreprise par un signataire en application de la charte.",
)
@signatory_argument
@text_option("--date", "day", metavar="JOUR", help="Jour de l’action.")
@text_option("--title", metavar="TEXTE", help="Ce qui a été fait, en une phrase.")
@text_option("--url", metavar="ADRESSE", help="La page qui en rend compte, en https.")
@text_option("--commitment", metavar="ENGAGEMENT", help="L’engagement servi : 3, ou industriels-3.")
@register_option()
@dry_run_option
def action(  # noqa: PLR0913, PLR0917 - one option per field
    file: Path,
    signatory: str | None,
    day: str | None,
    title: str | None,
    url: str | None,
    commitment: str | None,
    *,
    dry_run: bool,
) -> None:
    """Add an action; ask for each field that is not given."""
    with explained(file):
        form, slug, name = form_about(file, signatory, dry_run=dry_run)
        desk, fields = form.desk, dict[str, str]()
        promised = commitments_for(file) or {}
        for key, question, given, read, default in (
            ("date", DATE, day, read_day, str(clock.today())),
            ("title", TITLE, title, clean, ""),
            ("url", PAGE, url, clean, ""),
            ("commitment", COMMITMENT, commitment, commitment_reader(promised), ""),
        ):
            if key == "commitment" and given is None:
                tell(commitment_list(promised.values()))

            def judge(value: str, key: str = key) -> list[str]:
                edited = editing.act(desk.text, slug, {**fields, key: value})
                return desk.judge(edited).of_field(slug, key)

            shown = default if given is None else ""
            if value := form.take_or_ask(question, given, read, shown, judge):
                fields[key] = value
        edited = form.made(lambda: editing.act(desk.text, slug, fields))
        if form.wrong:
            verdict = desk.judge(edited)
            refuse([*form.wrong, *(one for key in fields for one in verdict.of_field(slug, key))])
        desk.finish(edited, f"Action ajoutée à « {name} ».")
