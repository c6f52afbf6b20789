"""What stands in a slot: a template of theme/fragments, or a text of the page's view.

The templates live in one folder by kind of page (page, signatory, group…); a slot `[[ badge ]]` in
a signatory's mould is `signatory/badge.html`, a block, of which the search index is told nothing.
Templates in `inline` stand within a sentence and take an argument: `[[ link withings ]]`; those in
`shared` are included by others. Any other slot is a field of the page's view, or of the site's.
Everything is escaped, and what is not known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from jinja2 import (
    BytecodeCache,
    DictLoader,
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    Template,
)
from markupsafe import Markup

from charte.typography import typeset_template, typeset_text
from charte.views import (
    CommitmentView,
    EditionView,
    GroupView,
    SignatoryView,
    SiteView,
    TextView,
)

_VIEWS: dict[str, type] = {
    "page": SiteView,
    "signatory": SignatoryView,
    "group": GroupView,
    "edition": EditionView,
    "commitment": CommitmentView,
    "text": TextView,
}
_INCLUDE = re.compile(r'\{% include "(shared/\w+\.html)" %\}')
# The table of the site in which an inline template's argument is looked up.
_TABLES = {
    "link": "by_slug",
    "badge_of": "by_slug",
    "commitment": "by_commitment",
    "link_commitment": "by_commitment",
}


def compiled_templates() -> BytecodeCache | None:
    """Give the place where compiled templates are kept between builds, or None where there is none.

    Compiling them is a third of a build. Jinja keeps them in a folder that only this user may
    write, by the checksum of their source, and makes them anew when it changes.
    """
    try:
        return FileSystemBytecodeCache()
    except (OSError, RuntimeError):  # no temporary folder, or one that others may write
        return None


class SlotError(ValueError):
    """A slot that means nothing; `given` is the word at fault, `known` what it may be."""

    def __init__(self, reason: str, given: str, known: Collection[str], remedy: str) -> None:
        super().__init__(reason)
        self.given, self.known, self.remedy = given, known, remedy


class Source(NamedTuple):
    """A piece of template; a block takes the place of the paragraph that holds nothing else."""

    text: str
    block: bool


class Fragments:
    """The templates of theme/fragments, and the site that they speak of."""

    def __init__(self, theme: Path, site: SiteView) -> None:
        folder = theme / "fragments"
        sources = {
            file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8").rstrip("\n")
            for file in sorted(folder.rglob("*.html"))
        }
        self._sources = {
            name: typeset_template(_included(text, sources)) for name, text in sources.items()
        }
        self._inline: dict[str, Template] = {}
        self._compiled: dict[str, str] = {}
        self._site = site
        self._environment = Environment(
            autoescape=True,
            undefined=StrictUndefined,
            loader=DictLoader(self._compiled),
            bytecode_cache=compiled_templates(),
            finalize=lambda value: "" if value is None else value,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["site"] = site
        self._environment.filters["prose"] = typeset_text

    def compile(self, source: str) -> Template:
        """Compile a template that knows the site, or take it as it was compiled before."""
        name = sha256(source.encode()).hexdigest()
        self._compiled[name] = source
        return self._environment.get_template(name)

    def source(self, kind: str, name: str, *, words: bool = False) -> Source:
        """Give the template of a slot without argument that `check` has found to mean something.

        Args:
            kind: the kind of page: `page`, `signatory`, `group`, `edition`, `commitment` or `text`.
            name: the slot's name.
            words: whether only what the search index keeps is wanted.
        """
        block = self._sources.get(f"{kind}/{name}.html")
        if block is not None:
            return Source("" if words else block, block=True)
        holder = "view" if name in _field_names(_VIEWS[kind]) else "site"
        return Source(f"{{{{ {holder}.{name} }}}}", block=False)

    def inline(self, name: str, argument: str, base: str) -> str:
        """Write what stands in a slot with an argument: it is the same on all pages of a mould."""
        if name not in self._inline:
            self._inline[name] = self.compile(self._sources[f"inline/{name}.html"])
        item = getattr(self._site, _TABLES[name])[argument]
        return self._inline[name].render(item=item, base=base)

    def check(self, kind: str, name: str, argument: str | None) -> None:
        """Check that a slot means something on a kind of page.

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
        if f"inline/{name}.html" in self._sources:
            self._check_argument(name, argument)
        elif argument is not None:
            raise SlotError(
                f"L’emplacement [[ {name} ]] ne prend pas d’argument.",
                argument,
                (),
                f"Écrivez [[ {name} ]].",
            )

    def _check_argument(self, name: str, argument: str | None) -> None:
        table: Mapping[str, Any] = getattr(self._site, _TABLES[name])
        if argument is None or argument not in table:
            raise SlotError(
                f"[[ {name} {argument or '…'} ]] ne désigne rien.",
                argument or "",
                table.keys(),
                "Écrivez un identifiant qui existe, par exemple "
                f"[[ {name} {next(iter(table), '…')} ]].",
            )

    def _names(self, kind: str) -> list[str]:
        paths = [path.removesuffix(".html").split("/") for path in self._sources]
        return [name for folder, name in paths if folder in {kind, "inline"}]


def _included(text: str, sources: Mapping[str, str]) -> str:
    """Write the fragments that a fragment includes in their place.

    Jinja's own `include` makes a new context each time; at ten a page, that would be a tenth of the
    time that a page costs.
    """
    return _INCLUDE.sub(lambda tag: _included(sources[tag[1]], sources), text)


@cache
def _field_names(view: type) -> set[str]:
    return {field.name for field in fields(view)}


@cache
def _text_fields(kind: str) -> list[str]:
    """Name the fields of the page's view and of the site's that are text."""
    texts = (str, str | None, Markup)
    return [
        name
        for view in (_VIEWS[kind], SiteView)
        for name, hint in get_type_hints(view).items()
        if hint in texts
    ]
