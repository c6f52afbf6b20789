"""`charte add`: one more signatory, in its place, and not one that is there already."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from charte import clock
from charte.commands.asking import confirm, on_terminal
from charte.commands.desk import Desk, desk_at
from charte.commands.failures import explained
from charte.commands.forms import LISTED, NAME, SLUG, SURE, Form, given_once
from charte.commands.options import (
    dry_run_option,
    register_option,
    signatory_option,
    text_option,
)
from charte.commands.readers import clean, read_day, read_siren, signatory_reader
from charte.commands.speech import FrenchCommand
from charte.commands.verdict import sound_register
from charte.register import editing
from charte.register.model import Signatory
from charte.register.similar_names import near_duplicates
from charte.register.splicing import Uneditable
from charte.terminal import tell

_Command = Callable[..., None]
_OPTIONAL = ("description", "siren", "website", "signed", "note", "group")
_METAVARS = {"siren": "NUMÉRO", "website": "ADRESSE", "signed": "JOUR", "group": "GROUPE"}
_READERS = {"signed": read_day, "siren": read_siren}
_DRAFT_SLUG = "en-cours"  # of an entry that is judged before it has one
_DRAFT_NAME = "Nom refusé"  # where the one given is, so that the rest can be judged


def _optional_fields(command: _Command) -> _Command:
    """Add an option for each simple field that an entry may have."""
    for name in _OPTIONAL:
        explained = Signatory.model_fields[name].description or ""
        command = text_option(
            f"--{name}",
            metavar=_METAVARS.get(name, "TEXTE"),
            help=f"{explained[0].upper()}{explained[1:]}.",
        )(command)
    return command


@click.command(
    cls=FrenchCommand,
    short_help="Ajouter un signataire, à sa place",
    help="Ajouter un signataire, à sa place dans l’ordre alphabétique.",
)
@click.argument("given", required=False, metavar="[NOM]")
@text_option("--name", metavar="NOM", help="Le nom, exactement tel que signé.")
@text_option(
    "--slug", metavar="IDENTIFIANT", help="Identifiant ; fait du nom s’il n’est pas donné."
)
@text_option(
    "--listed",
    metavar="JOUR",
    help="Première édition de l’annexe qui le cite ; aujourd’hui par défaut.",
)
@signatory_option("--see-also", multiple=True, help="Signataire proche ; répétable.")
@_optional_fields
@click.option("--force", is_flag=True, help="Ajouter aussi un nom qui ressemble à un autre.")
@register_option()
@dry_run_option
def add(  # noqa: PLR0913, PLR0917 - one option per field
    file: Path,
    given: str | None,
    name: str | None,
    slug: str | None,
    listed: str | None,
    see_also: tuple[str, ...],
    *,
    force: bool,
    dry_run: bool,
    **optional: str | None,
) -> None:
    """Add an entry; ask when the name is not given."""
    with explained(file):
        form = Form(desk_at(file, dry_run=dry_run))
        name = given_once(given, name, "--name")
        entry = _Entry(form)
        asks = name is None
        read_other = signatory_reader(form.desk.entries)
        others = [form.take("--see-also", one, read_other) for one in see_also]
        entry.fields["see_also"] = [one for one in others if one]
        entry.name(name)
        entry.weigh_likes(force=force, asks=asks or on_terminal())
        entry.slug(slug, asks=asks)
        entry.listed(listed, asks=asks)
        for key, value in optional.items():
            entry.fields[key] = form.take(f"--{key}", value, _READERS.get(key, clean))
        form.desk.finish(form.made(entry.written), entry.done, form.wrong, known="near-duplicate")


class _Entry:
    """The entry that is made, field by field."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.fields: dict[str, Any] = {}

    def written(self) -> str:
        """Return the register's text with the entry."""
        given = {key: one for key, one in self.fields.items() if one}
        return editing.add(self._form.desk.text, {"slug": _DRAFT_SLUG, **given})

    @property
    def done(self) -> str:
        """What to say once it is written."""
        page = f"/signataires/{self.fields['slug']}/"
        return f"« {self.fields['name']} » est ajouté ; sa page sera {page}."

    def name(self, given: str | None) -> None:
        """Take the name, or ask for it."""
        instead = "" if given is None else _DRAFT_NAME
        judge = partial(self._judged, "name")
        self.fields["name"] = self._form.take_or_ask(NAME, given, clean, instead, judge)

    def slug(self, given: str | None, *, asks: bool) -> None:
        """Take the identifier, make it of the name, or ask whether the one made will do."""
        read = self._form.free_slug(self.fields["name"])
        made = self._made_slug(needed=not given and not asks)
        judge = partial(self._judged, "slug")
        typed = given or (None if asks else made)
        self.fields["slug"] = self._form.take_or_ask(SLUG, typed, read, made, judge)

    def _made_slug(self, *, needed: bool) -> str:
        try:
            return editing.make_slug(self._form.desk.text, self.fields["name"])
        except Uneditable as reason:
            if needed:
                self._form.wrong.append(str(reason))
            return _DRAFT_SLUG if needed else ""

    def listed(self, given: str | None, *, asks: bool) -> None:
        """Take the day of the first edition, today's if nobody is asked."""
        today = str(clock.today())
        judge = partial(self._judged, "listed")
        typed = given or (None if asks else today)
        self.fields["listed"] = self._form.take_or_ask(LISTED, typed, read_day, today, judge)

    def weigh_likes(self, *, force: bool, asks: bool) -> None:
        """Point out the signatories with a name like the new one; they may be the same company.

        Raises:
            click.Abort: if a person says that they are.
        """
        name, known = self.fields["name"], self.fields["see_also"]
        likes = [like for like in _likes(self._form.desk, name) if like[0] not in known]
        for slug, other in likes:
            what = "porte le même nom" if other == name else "lui ressemble"
            line = self._form.desk.line(slug)
            tell(f"« {other} » {what}, ligne {line}.", "Attention")
        if not likes or force:
            return
        if not asks:
            self._form.wrong.append(
                "Si ce n’est pas la même société, ajoutez --force, "
                f"ou --see-also {likes[0][0]} pour que leurs pages se citent."
            )
        elif not confirm(SURE):
            raise click.Abort

    def _judged(self, field: str, value: str) -> list[str]:
        """List what would be wrong with a field, were this its value."""
        draft = {"listed": str(clock.today()), **self.fields, field: value}
        slug = str(draft.setdefault("slug", _DRAFT_SLUG))
        text = editing.add(self._form.desk.text, {key: one for key, one in draft.items() if one})
        return self._form.desk.judge(text).of_field(slug, field)


def _likes(desk: Desk, name: str) -> list[tuple[str, str]]:
    """List the slug and the name of the signatories whose name is like another."""
    register = sound_register(desk.standing.found)
    return [(one.slug, one.name) for one in near_duplicates(name, register)] if register else []
