"""What stands in a slot: a fragment of HTML made by a template, or a text of the page's view.

The templates live in theme/fragments, one folder by kind of page (page, signatory, group); a slot
`[[ badge ]]` in a signatory's mould is `signatory/badge.html`, a block. What a block offers to the
search index is its template's twin, `signatory/identity.txt`, if it has one. Templates in `inline`
stand within a sentence and take an argument: `[[ link withings ]]`. Any other slot is a field of
the page's view, or of the site's, escaped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
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


class PageContext(NamedTuple):
    """A page being filled.

    Attributes:
        kind: which templates serve it: `page`, `signatory` or `group`.
        view: what it shows; the site's own view on an editorial page.
        base: the relative way from the page to the root of the site, such as `../../`.
    """

    kind: str
    view: Any
    base: str


class Fragments:
    """The templates of theme/fragments, read once per build."""

    def __init__(self, theme: Path) -> None:
        environment = Environment(
            loader=FileSystemLoader(theme / "fragments"),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates = {
            name: environment.get_template(name) for name in environment.list_templates()
        }

    def check(self, kind: str, name: str, argument: str | None, site: SiteView) -> None:
        """Check that a slot means something on a kind of page.

        Args:
            kind: the kind of page.
            name: the slot's name.
            argument: its argument, if any.
            site: where arguments are looked up.

        Raises:
            SlotError: if it means nothing.
        """
        known = sorted({*self._names(kind), *_text_fields(kind)})
        if name not in known:
            raise SlotError(
                f"L’emplacement [[ {name} ]] n’existe pas ici.",
                name,
                known,
                f"Les emplacements possibles ici sont : {', '.join(known)}.",
            )
        if f"inline/{name}.html" in self._templates:
            _look_up(name, argument, site)
        elif argument is not None:
            raise SlotError(
                f"L’emplacement [[ {name} ]] ne prend pas d’argument.",
                argument,
                (),
                f"Écrivez [[ {name} ]].",
            )

    def value(self, name: str, argument: str | None, page: PageContext, site: SiteView) -> Value:
        """Make what stands in a slot, which `check` has found to mean something."""
        if template := self._templates.get(f"{page.kind}/{name}.html"):
            return Value(_markup(template, view=page.view, site=site, base=page.base), block=True)
        if argument is not None:
            template = self._templates[f"inline/{name}.html"]
            item = _look_up(name, argument, site)
            return Value(_markup(template, item=item, base=page.base), block=False)
        text = getattr(page.view if hasattr(page.view, name) else site, name)
        return Value(escape("" if text is None else text), block=False)

    def words(self, name: str, argument: str | None, page: PageContext, site: SiteView) -> str:
        """Give the plain text by which the search index finds what stands in a slot."""
        if template := self._templates.get(f"{page.kind}/{name}.txt"):
            return " ".join(template.render(view=page.view, site=site).split())
        value = self.value(name, argument, page, site)
        return "" if value.block else value.html.striptags()

    def _names(self, kind: str) -> list[str]:
        paths = [path.removesuffix(".html").split("/") for path in self._templates]
        return [name for folder, name in paths if folder in {kind, "inline"}]


def _markup(template: Template, **context: Any) -> Markup:
    return Markup(template.render(context).rstrip("\n"))  # noqa: S704 - the environment escapes


def _text_fields(kind: str) -> list[str]:
    """Name the fields of the page's view and of the site's that are text."""
    texts = {"str", "str | None", "Markup"}
    return [
        field.name
        for view in (_VIEWS[kind], SiteView)
        for field in fields(view)
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
