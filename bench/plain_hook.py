"""The hook of the plain way: the editorial pages are filled, the badges and the rest published.

It does for the pages of docs/ what this project's own hook does, with the same code; signatories
are pages of docs/ like any other and cost it nothing. Copied into hooks/ of the plain project.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from charte import outputs
from charte.charter import commitments_of, read_charter
from charte.files import CHARTER, REGISTER
from charte.fragments import Fragments, compiled_templates
from charte.mould import Mould
from charte.problems import InvalidInput
from charte.project import Place, Project
from charte.publication.checking import FILE as PUBLICATION
from charte.publication.checking import read_publication
from charte.publish import Output, publish
from charte.register.checking import read_register
from charte.register.provenance import provenances
from charte.slots import SourcePage, read_pages
from charte.viewers import view_site
from charte.views import SiteView


def on_config(config: MkDocsConfig) -> None:
    """Read the register and the fragments."""
    root = Path(config.config_file_path).parent
    charter = read_charter(root / CHARTER)
    commitments = commitments_of(charter)
    # Not `read_project`, which refuses a signatory whose address a page of docs/ holds.
    reading, problems = read_register((root / REGISTER).read_bytes(), REGISTER, commitments)
    if reading is None:
        raise InvalidInput(problems)
    project = Project(
        reading,
        commitments,
        charter,
        provenances(reading.register, root, REGISTER),
        Place(
            config.site_url or "",
            config.site_name,
            identifier=config.extra["identifiers"][config.site_name],
        ),
        root,
        read_publication((root / PUBLICATION).read_bytes(), config.site_url or "")[0],
    )
    config.extra["site"] = view_site(project)
    config.extra["fragments"] = Fragments(project.theme, config.extra["site"])
    config.extra["moulds"] = {
        page.uri: page
        for page in read_pages(root / "docs")
        if page.expand in {"editions", "commitments", "texts"}
    }


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    """Take the theme's templates as they were compiled before, as we do."""
    env.bytecode_cache = compiled_templates()


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Fill a page's slots; a signatory's page has none left."""
    uri = page.url.removeprefix("./")
    if "[[ " not in output or uri in config.extra["moulds"]:
        return output
    source = SourcePage(page.file.src_uri, uri, expand=None, slots=())
    return Mould.cast(output, source, config.extra["fragments"]).fill(config.extra["site"])


def on_post_build(config: MkDocsConfig) -> None:
    """Publish the other outputs, and no packed sitemap, as we do."""
    Path(config.site_dir, "sitemap.xml.gz").unlink(missing_ok=True)
    site: SiteView = config.extra["site"]
    made = chain.from_iterable(make(site) for make in outputs.ALL)
    publish(chain(made, _expanded(config)), Path(config.site_dir))


def _expanded(config: MkDocsConfig) -> Iterator[Output]:
    """Expand the moulds that are not compared: editions, which Markdown is slow at, and others."""
    for uri, page in config.extra["moulds"].items():
        built = Path(config.site_dir, uri, "index.html")
        mould = Mould.cast(built.read_text(encoding="utf-8"), page, config.extra["fragments"])
        for view in getattr(config.extra["site"], page.expand):
            yield Output(f"{view.uri}index.html", mould.fill(view).encode())
        built.unlink()
        built.parent.rmdir()
