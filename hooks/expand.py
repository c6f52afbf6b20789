"""Where MkDocs and the project meet: before the engine builds docs/, and after.

The package `charte` does the work and knows nothing of MkDocs; this file knows nothing of the
work. The input is read and checked before the engine starts, so that a mistake leaves the old site
in place, and read again at each rebuild of `mkdocs serve`.
"""

from datetime import date
from pathlib import Path

from click import get_current_context
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from charte.cache import Cache
from charte.expansion import Expansion
from charte.fragments import compiled_templates
from charte.problems import Unpublishable
from charte.project import Place, read_project
from charte.publication.checking import release_day

_log = get_plugin_logger("charte")


def on_config(config: MkDocsConfig) -> None:
    """Read the register, the charter and the slots; refuse all that is wrong at once."""
    _settle(config)
    root = Path(config.config_file_path).parent
    cache = Cache(root / config.extra.get("cache", ".cache"))
    try:
        project = read_project(root, _place(config), _release(config))
        config.extra["expansion"] = Expansion(project, cache)
    except Unpublishable as error:
        raise PluginError(str(error)) from None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - the event
    """Take the theme's templates as they were compiled before."""
    env.bytecode_cache = compiled_templates()


# After the search plugin, which writes its index at priority 0.
@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Expand what the engine has built."""
    try:
        count = config.extra["expansion"].expand(Path(config.site_dir), drawings=_draws(config))
    except Unpublishable as error:
        raise PluginError(str(error)) from None
    _log.info("%d fichiers publiés pour %s", count, config.site_url)


def _settle(config: MkDocsConfig) -> None:
    # Addresses end in a slash: they have been published so and never change.
    config.use_directory_urls = True
    # `mkdocs serve` writes a script of its own into each page, to load it anew.
    config.extra["policy"] = "" if _serves() else config.extra.get("policy", "")


def _place(config: MkDocsConfig) -> Place:
    known = {name: config.extra.get(name, "") for name in ("source", "commits", "policy")}
    return Place(config.site_url or "", config.site_name, **known)


def _release(config: MkDocsConfig) -> date | None:
    return release_day(str(config.extra.get("environment") or ""))


def _draws(config: MkDocsConfig) -> bool:
    """Tell whether to make cards and documents: who serves a draft waits for none."""
    return bool(config.extra.get("drawings", True)) and not _serves()


def _serves() -> bool:
    context = get_current_context(silent=True)
    return context is not None and context.info_name == "serve"
