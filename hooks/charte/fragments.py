"""What stands in a slot: a fragment of HTML made by a template, or a text of the page's view.

The templates live in theme/fragments, one folder by kind of page (page, signatory, group); a slot
`[[ badge ]]` in a signatory's mould is `signatory/badge.html`, a block. Templates in `inline` stand
within a sentence and take an argument: `[[ link withings ]]`. Any other slot is a field of the
page's view, or of the site's, escaped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from charte.views import GroupView, SignatoryView, SiteView

_VIEWS: dict[str, type] = {"page": SiteView, "signatory": SignatoryView, "group": GroupView}


class SlotError(ValueError):
    """A slot that means nothing; `given` is the word at fault, `known` what it may be."""

    def __init__(self, reason: str, given: str, known: Collection[str], remedy: str) -> None:
        super().__init__(reason)
        self.given, self.known, self.remedy = given, known, remedy


class Value(NamedTuple):
    """What stands in a slot; a block takes the place of the paragraph that holds nothing else."""

    html: Markup
    block: bool


class Fragments:
    """The templates of theme/fragments, read once per build."""

    def __init__(self, theme: Path) -> None:
        environment = Environment(
            loader=FileSystemLoader(theme / "fragments"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates: dict[str, Template] = {
            name.removesuffix(".html"): environment.get_template(name)
            for name in environment.list_templates(["html"])
        }

    def check(
        self, kind: str, name: str, argument: str | None, site: SiteView, *, text_only: bool
    ) -> None:
        """Check that a slot means something on a kind of page.

        Args:
            kind: the kind of page.
            name: the slot's name.
            argument: its argument, if any.
            site: where arguments are looked up.
            text_only: whether only text may stand here, as in a title.

        Raises:
            SlotError: if it means nothing.
        """
        templates = [] if text_only else self._names(kind)
        known = sorted({*templates, *_text_fields(kind)})
        if name not in known:
            raise SlotError(
                f"L’emplacement [[ {name} ]] n’existe pas ici.",
                name,
                known,
                f"Les emplacements possibles ici sont : {', '.join(known)}.",
            )
        if f"inline/{name}" in self._templates and name not in _text_fields(kind):
            _look_up(name, argument, site)
        elif argument is not None:
            raise SlotError(
                f"L’emplacement [[ {name} ]] ne prend pas d’argument.",
                argument,
                (),
                f"Écrivez [[ {name} ]].",
            )

    def value(
        self, kind: str, name: str, argument: str | None, view: Any, site: SiteView, base: str
    ) -> Value:
        """Make what stands in a slot that has been checked.

        Args:
            kind: the kind of page.
            name: the slot's name.
            argument: its argument, if any.
            view: the page's view; the site's own on an editorial page.
            site: the site's view.
            base: the relative way from the page to the root of the site, such as `../../`.
        """
        if template := self._templates.get(f"{kind}/{name}"):
            return Value(Markup(template.render(view=view, site=site, base=base)), block=True)  # noqa: S704 - the template escapes
        if argument is not None:
            template = self._templates[f"inline/{name}"]
            item = _look_up(name, argument, site)
            return Value(Markup(template.render(item=item, base=base).strip()), block=False)  # noqa: S704 - the template escapes
        text = getattr(view, name, None) if hasattr(view, name) else getattr(site, name)
        return Value(escape("" if text is None else text), block=False)

    def _names(self, kind: str) -> list[str]:
        folders = {kind, "inline"}
        paths = (path.split("/") for path in self._templates)
        return [path[-1] for path in paths if path[0] in folders]


def _text_fields(kind: str) -> list[str]:
    """Name the fields of the page's view and of the site's that are text."""
    texts = {"str", "str | None", "Markup"}
    return [
        field.name for view in (_VIEWS[kind], SiteView) for field in fields(view)
        if field.type in texts
    ]


def _look_up(name: str, argument: str | None, site: SiteView) -> Any:
    table: Mapping[str, Any] = site.commitments if "commitment" in name else site.by_slug
    if argument is None or argument not in table:
        raise SlotError(
            f"[[ {name} {argument or '…'} ]] ne désigne rien.",
            argument or "",
            table.keys(),
            "Écrivez un identifiant qui existe, par exemple "
            f"[[ {name} {next(iter(table), '…')} ]].",
        )
    return table[argument]
