"""`charte add`, `rename`, `withdraw`, `action`, `fmt`: edits that change their own lines only.

Each asks for what it is not given, shows what it does with --dry-run, and writes nothing at all
when the result would not be a register.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from charte.commands.desk import (
    REASONS,
    Desk,
    Failure,
    a_day,
    ask,
    complete_slug,
    day_given,
    desk_on,
    dry_run_option,
    explained,
    file_option,
    reason_given,
    slug_argument,
    today,
)
from charte.register import editing
from charte.register.checking import read_register
from charte.register.likeness import near_duplicates
from charte.register.model import Signatory
from charte.register.renaming import rename as rename_entry
from charte.register.storing import load
from charte.register.tidying import tidy

_Command = Callable[..., None]


def _optional_fields(command: _Command) -> _Command:
    """Give a command an option for each simple field that an entry may have."""
    for name in ("description", "siren", "website", "signed", "note", "group"):
        explained = Signatory.model_fields[name].description or ""
        help_text = f"{explained[0].upper()}{explained[1:]}."
        callback = day_given if name == "signed" else None
        command = click.option(f"--{name}", metavar="TEXTE", callback=callback, help=help_text)(
            command
        )
    return command


@click.command(help="Ajouter un signataire, à sa place dans l’ordre alphabétique.")
@click.option("--name", metavar="NOM", help="Nom, exactement tel que signé.")
@click.option(
    "--slug", metavar="IDENTIFIANT", help="Identifiant ; fait du nom s’il n’est pas donné."
)
@click.option(
    "--listed",
    metavar="JOUR",
    callback=day_given,
    help="Première édition de l’annexe qui le cite ; aujourd’hui par défaut.",
)
@click.option(
    "--see-also", multiple=True, metavar="IDENTIFIANT", help="Signataire proche ; répétable."
)
@_optional_fields
@file_option
@dry_run_option
def add(  # noqa: PLR0913 - one option per field
    file: Path,
    name: str | None,
    slug: str | None,
    listed: str | None,
    see_also: tuple[str, ...],
    *,
    dry_run: bool,
    **optional: str | None,
) -> None:
    """Add an entry; ask when the name is not given."""
    with explained(file):
        desk = Desk(file, load(file), dry_run)
        asks = name is None
        name = name or ask("Nom, exactement tel que signé")
        slug = slug or editing.make_slug(desk.text, name)
        edition = listed or today()
        if asks:
            slug = ask("Identifiant de l’adresse", default=slug)
            edition = a_day(ask("Première édition qui le cite", default=edition))
        _warn_of_likes(desk, name, see_also, asks=asks)
        fields: dict[str, Any] = {"name": name, "slug": slug, "listed": edition, **optional}
        fields["see_also"] = list(see_also)
        edited = editing.add(desk.text, {key: one for key, one in fields.items() if one})
        desk.finish(edited, f"« {name} » est ajouté ; sa page sera /signataires/{slug}/.")


def _warn_of_likes(desk: Desk, name: str, known: tuple[str, ...], *, asks: bool) -> None:
    reading, _ = read_register(desk.text.encode(), str(desk.path), commitments=())
    likes = near_duplicates(name, reading.register) if reading else []
    likes = [one for one in likes if one.slug not in known]
    for like in likes:
        first, _ = reading.lines[like.slug] if reading else (0, 0)
        click.echo(f"Attention : « {like.name} » lui ressemble, ligne {first}.", err=True)
    if likes and asks and ask("L’ajouter quand même ? (oui ou non)", default="non") != "oui":
        raise click.Abort


@click.command(help="Changer le nom d’un signataire ; avec --slug, son adresse aussi, redirigée.")
@slug_argument
@click.option("--name", metavar="NOM", help="Le nouveau nom.")
@click.option("--slug", "new_slug", metavar="IDENTIFIANT", help="La nouvelle adresse.")
@click.option(
    "--on",
    metavar="JOUR",
    callback=day_given,
    help="Premier jour du nouveau nom à l’annexe ; aujourd’hui par défaut.",
)
@file_option
@dry_run_option
def rename(  # noqa: PLR0913 - one option per field
    file: Path,
    slug: str | None,
    name: str | None,
    new_slug: str | None,
    on: str | None,
    *,
    dry_run: bool,
) -> None:
    """Rename; ask when neither a name nor a slug is given."""
    with explained(file):
        desk, slug, before = desk_on(file, slug, dry_run=dry_run)
        if name is None and new_slug is None:
            name = ask("Nouveau nom", default=before)
        edited = rename_entry(desk.text, slug, name, new_slug, on or today())
        if edited == desk.text:
            click.echo("Rien à changer.")
            return
        done = [f"« {before} » s’appelle désormais « {name} »."] if name else []
        if new_slug:
            done.append(
                f"/signataires/{slug}/ conduira à /signataires/{new_slug}/ ; "
                "les renvois des autres entrées suivent."
            )
        desk.finish(edited, "\n".join(done))


@click.command(help="Retirer un signataire : il quitte l’annexe, sa page reste et dit pourquoi.")
@slug_argument
@click.option(
    "--on", metavar="JOUR", callback=day_given, help="Jour du retrait ; aujourd’hui par défaut."
)
@click.option(
    "--reason",
    metavar="MOTIF",
    callback=reason_given,
    help="retired (retrait), merged (fusion) ou listed-by-mistake (erreur).",
)
@click.option(
    "--successor",
    metavar="IDENTIFIANT",
    shell_complete=complete_slug,
    help="Le signataire qui succède ; nécessaire pour une fusion.",
)
@file_option
@dry_run_option
def withdraw(  # noqa: PLR0913 - one option per field
    file: Path,
    slug: str | None,
    on: str | None,
    reason: str | None,
    successor: str | None,
    *,
    dry_run: bool,
) -> None:
    """Withdraw; ask when the reason is not given."""
    with explained(file):
        desk, slug, name = desk_on(file, slug, dry_run=dry_run)
        if reason is None:
            reason = ask(f"Motif ({', '.join(REASONS)})", default=REASONS[0])
            on = on or a_day(ask("Jour du retrait", default=today()))
        if reason == "merged" and successor is None:
            successor = ask("Identifiant du signataire qui succède")
        withdrawn = {"on": on or today(), "reason": str(reason)}
        withdrawn |= {"successor": successor} if successor else {}
        edited = editing.withdraw(desk.text, slug, withdrawn)
        desk.finish(edited, f"« {name} » est retiré ; sa page reste à /signataires/{slug}/.")


@click.command(help="Ajouter une action entreprise par un signataire en application de la charte.")
@slug_argument
@click.option("--date", "day", metavar="JOUR", callback=day_given, help="Jour de l’action.")
@click.option("--title", metavar="TEXTE", help="Ce qui a été fait, en une phrase.")
@click.option("--url", metavar="ADRESSE", help="La page qui en rend compte, en https.")
@click.option("--commitment", metavar="ENGAGEMENT", help="L’engagement servi : industriels-3…")
@file_option
@dry_run_option
def action(  # noqa: PLR0913, PLR0917 - one option per field
    file: Path,
    slug: str | None,
    day: str | None,
    title: str | None,
    url: str | None,
    commitment: str | None,
    *,
    dry_run: bool,
) -> None:
    """Add an action; ask for each field that is not given."""
    with explained(file):
        desk, slug, name = desk_on(file, slug, dry_run=dry_run)
        fields = {
            "date": day or a_day(ask("Jour de l’action", default=today())),
            "title": title or ask("Ce qui a été fait, en une phrase"),
            "url": url or ask("Page qui en rend compte, en https"),
            "commitment": commitment or ask("Engagement servi"),
        }
        edited = editing.act(desk.text, slug, fields)
        desk.finish(edited, f"Action ajoutée à « {name} ».")


@click.command(help="Ranger le registre : ordre, retraits, guillemets. Ce qu’il dit ne change pas.")
@click.option("--check", is_flag=True, help="Ne rien écrire ; sortir avec 1 s’il y a à ranger.")
@file_option
@dry_run_option
def fmt(file: Path, *, check: bool, dry_run: bool) -> None:
    """Tidy the file, show how, or tell whether it is tidy."""
    with explained(file):
        desk = Desk(file, load(file), dry_run or check)
        tidied = tidy(desk.text)
        if tidied == desk.text:
            click.echo(f"{file} est bien rangé.")
            return
        desk.finish(tidied, f"{file} est rangé.")
        if check:
            raise Failure(f"{file} est à ranger : lancez « charte fmt ».")
