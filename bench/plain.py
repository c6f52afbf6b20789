"""Turns a copy of this project into the plain way: MkDocs, Material, one Markdown page each.

Run in the folder of the copy; `projects.py` does. The moulds of signatories and groups are replaced
by the Markdown pages that a generator script would leave in docs/: `signataires/<slug>.md`,
`groupes/<slug>.md`. So that the comparison is fair to the plain way:

- The pages say the same: the mould's own Markdown and front matter, with the names in place and the
  same fragments of HTML where the mould has slots. Built, they are the same as ours to a browser
  (Markdown reflows some HTML); the bench compares them and prints how many are.
- They are kept out of the navigation, which MkDocs would otherwise render in full on every page.
- Writing these Markdown files is not timed.
- The hook (`plain_hook.py`) reads the same register with the same reader, fills the editorial pages
  after rendering, and publishes the same badges and other outputs with the same code. What MkDocs
  would be slow at and the plain way could avoid (the annex as one large Markdown list) is avoided.
- Commitments and editions, whose long lists would slow Markdown down, are expanded as we do.
- The theme, its overrides, the plugins, the extensions and the validation levels are the same.
- It is spared the search index of this project.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.config import load_config

from charte.fragments import Fragments
from charte.project import Place, read_project
from charte.slots import SLOT
from charte.viewers import view_site
from charte.views import GroupView, SignatoryView

_MOULDS = {"signatory": "signataires/_signataire.md", "group": "groupes/_groupe.md"}
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_EXPAND = re.compile(r"^expand:.*\n", re.MULTILINE)
_SLOT = re.compile(SLOT)
_MARKDOWN_SYNTAX = re.compile(r"([\\`*_{}\[\]])")

Write = Callable[[str, bool], str]


def main() -> None:
    """Turn the project in the current folder into the plain one."""
    root = Path()
    config = load_config(str(root / "mkdocs.yml"))
    place = Place(config.site_url or "", config.site_name)
    project = read_project(root, place)
    site = view_site(project)
    fragments = Fragments(project.theme, site)
    _write_pages("signatory", site.signatories, fragments)
    _write_pages("group", site.groups, fragments)
    foot = root / "theme/partials/footer.html"
    said = _SLOT.sub(lambda slot: getattr(site, slot[1]), foot.read_text(encoding="utf-8"))
    foot.write_text(said, encoding="utf-8")
    _change_configuration(root / "mkdocs.yml")
    hook = Path(__file__).with_name("plain_hook.py")
    (root / "hooks" / hook.name).write_text(hook.read_text(encoding="utf-8"), encoding="utf-8")


def _write_pages(
    kind: str, views: Iterable[SignatoryView | GroupView], fragments: Fragments
) -> None:
    mould = Path("docs", _MOULDS[kind])
    text = mould.read_text(encoding="utf-8")
    mould.unlink()
    for view in views:
        page = _page(text, kind, view, fragments)
        (mould.parent / f"{view.slug}.md").write_text(page, encoding="utf-8")


def _page(text: str, kind: str, view: SignatoryView | GroupView, fragments: Fragments) -> str:
    """Write one page's Markdown: the mould's, its slots filled."""

    def filled(source: str, write: Write) -> str:
        return _SLOT.sub(lambda slot: write(*_value(slot, kind, view, fragments)), source)

    front = _FRONT_MATTER.match(text)
    end = front.end() if front else 0
    return _EXPAND.sub("", filled(text[:end], _in_yaml)) + filled(text[end:], _in_markdown)


def _value(
    slot: re.Match[str], kind: str, view: SignatoryView | GroupView, fragments: Fragments
) -> tuple[str, bool]:
    """Give what stands in a slot, and whether it is a block."""
    if slot[2]:
        return fragments.inline(slot[1], slot[2], "../../"), False
    source = fragments.source(kind, slot[1])
    # As deep as the mould.
    return fragments.compile(source.text).render(view=view, base="../../"), source.block


def _in_yaml(value: str, _: bool) -> str:  # noqa: FBT001 - one of two writers
    """Write a value inside the double quotes of the front matter."""
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _in_markdown(value: str, block: bool) -> str:  # noqa: FBT001 - one of two writers
    return value if block else _MARKDOWN_SYNTAX.sub(r"\\\1", value)


def _change_configuration(file: Path) -> None:
    """Put the plain hook in the place of ours, and the pages out of the navigation."""
    text = file.read_text(encoding="utf-8")
    changes = {
        "hooks/expand.py": "hooks/plain_hook.py",
        **{f"/{mould}": f"/{Path(mould).parent}/*" for mould in _MOULDS.values()},
    }
    for old, new in changes.items():
        if old not in text:
            raise ValueError(f"mkdocs.yml no longer says {old}")
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
