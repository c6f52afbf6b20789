"""The hook of the plain way: the editorial pages are filled, the badges and the rest published.

It does for the pages of docs/ what this project's own hook does, with the same code; signatories
are pages of docs/ like any other and cost it nothing. Copied into hooks/ of the plain project.
"""

from itertools import chain
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from charte import outputs
from charte.charter import read_commitments
from charte.fragments import Fragments, compiled_templates
from charte.mould import Mould
from charte.problems import InvalidInput
from charte.project import CHARTER, REGISTER, Place, Project
from charte.publish import publish
from charte.register.checking import read_register
from charte.slots import SourcePage
from charte.viewer import view_site
from charte.views import SiteView


def on_config(config: MkDocsConfig) -> None:
    """Read the register and the fragments."""
    root = Path(config.config_file_path).parent
    place = Place(config.site_url or "", config.site_name, config.extra.get("register_source", ""))
    commitments = read_commitments(root / CHARTER)
    # Not `read_project`, which refuses a signatory whose address a page of docs/ holds.
    reading, problems = read_register((root / REGISTER).read_bytes(), REGISTER, commitments)
    if reading is None:
        raise InvalidInput(problems)
    project = Project(reading, commitments, place, root / "docs", root / "theme")
    config.extra["site"] = view_site(project)
    config.extra["fragments"] = Fragments(project.theme, config.extra["site"])


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    """Take the theme's templates as they were compiled before, as we do."""
    env.bytecode_cache = compiled_templates()


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Fill a page's slots; a signatory's page has none left."""
    if "[[ " not in output:
        return output
    source = SourcePage(page.file.src_uri, page.url.removeprefix("./"), expand=None, slots=())
    return Mould.cast(output, source, config.extra["fragments"]).fill(config.extra["site"])


def on_post_build(config: MkDocsConfig) -> None:
    """Publish the badges and the other outputs, and no packed sitemap, as we do."""
    Path(config.site_dir, "sitemap.xml.gz").unlink(missing_ok=True)
    site: SiteView = config.extra["site"]
    made = chain.from_iterable(make(site) for make in outputs.ALL)
    publish(made, Path(config.site_dir))
