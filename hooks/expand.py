"""Where MkDocs and the project meet: before the engine builds docs/, and after.

The package `charte` does the work and knows nothing of MkDocs; this file knows nothing of the
work. The input is read and checked before the engine starts, so that a mistake leaves the old site
in place, and read again at each rebuild of `mkdocs serve`, which shows it on the pages it had.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from logging import getLogger
from pathlib import Path
from shutil import rmtree

from click import ClickException, get_current_context
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from charte.cache import Cache
from charte.draft import show_problems
from charte.expansion import Expansion
from charte.folders import replace_folder
from charte.fragments import compiled_templates
from charte.problems import InvalidInput, Unpublishable
from charte.project import Place, Project, read_project
from charte.publication.checking import release_day

_log = get_plugin_logger("charte")
# What the engine does not count among its own warnings.
_notes = getLogger("charte")


def on_config(config: MkDocsConfig) -> None:
    """Read the register, the charter and the slots; refuse all that is wrong at once."""
    _settle(config)
    root = Path(config.config_file_path).parent
    cache = Cache(root / config.extra.get("cache", ".cache"))
    try:
        project = read_project(root, _place(config), _release(config), _history(config))
        config.extra["expansion"] = Expansion(project, cache)
        _tell(project, strict=config.strict)
    except Unpublishable as error:
        _refuse(error, config)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave the engine nothing to build of what was refused, and clear away what it leaves."""
    # The engine keeps hidden folders of an earlier build.
    rmtree(Path(config.site_dir, ".well-known"), ignore_errors=True)
    if config.extra.get("refused"):
        config.nav, config.theme.static_templates, files = [], set(), Files([])
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - the event
    """Take the theme's templates as they were compiled before."""
    env.bytecode_cache = compiled_templates()


# After the search plugin, which writes its index at priority 0.
@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Expand what the engine has built, and keep nothing of what is refused."""
    if not config.extra.get("refused"):
        _expand(config)
    if config.extra.get("refused"):
        rmtree(config.site_dir, ignore_errors=True)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> None:  # noqa: ARG001 - the event
    """Let no mistake keep readers waiting, whatever the engine thinks of it."""
    server.builder = partial(_rebuild, builder, Path(server.root))


def _settle(config: MkDocsConfig) -> None:
    # Addresses end in a slash: they have been published so and never change.
    config.use_directory_urls = True
    if _serves():
        # The server writes a script of its own into each page, to load it anew.
        config.extra["policy"] = ""
        # What it shows is replaced by what is whole.
        config.extra["shown"] = config.site_dir
        config.site_dir = f"{config.site_dir}-suivant"


def _expand(config: MkDocsConfig) -> None:
    try:
        count = config.extra["expansion"].expand(Path(config.site_dir), drawings=_draws(config))
    except Unpublishable as error:
        _refuse(error, config)
    else:
        _show(config)
        _log.info("%d fichiers publiés pour %s", count, config.site_url)


def _tell(project: Project, *, strict: bool) -> None:
    """Warn of what is not sure; a strict build refuses it now, before anything takes time."""
    if strict and project.warnings:
        raise InvalidInput(project.warnings)
    for problem in (*project.warnings, *project.notes):
        _notes.warning(str(problem))


def _refuse(error: Unpublishable, config: MkDocsConfig) -> None:
    """Stop the build; of a draft that is served, say why on the pages that are there."""
    if not _serves():
        raise PluginError(str(error)) from None
    _log.error(str(error))
    show_problems(Path(config.extra["shown"]), error)
    config.extra["refused"] = True


def _show(config: MkDocsConfig) -> None:
    if _serves():
        replace_folder(Path(config.site_dir), Path(config.extra["shown"]))


def _rebuild(builder: Callable[[], None], shown: Path) -> None:
    """Build again; what stops the engine itself is said on the pages that are there."""
    try:
        builder()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a server outlives any mistake
        why = str(error.__context__ or error)
        _log.error(why, exc_info=not isinstance(error, ClickException))
        show_problems(shown, Unpublishable(f"{why}\nLe terminal en dit plus."))


def _place(config: MkDocsConfig) -> Place:
    known = {name: config.extra.get(name, "") for name in ("source", "commits", "policy")}
    identifiers = config.extra.get("identifiers") or {}
    known["identifier"] = str(identifiers.get(config.site_name, ""))
    return Place(config.site_url or "", config.site_name, **known)


def _release(config: MkDocsConfig) -> date | None:
    """Return the day of a build for the public, as every deployment is; None for a draft."""
    told = str(config.extra.get("environment") or "")
    return release_day("production" if _command() == "gh-deploy" else told)


def _history(config: MkDocsConfig) -> str:
    return str(config.extra.get("history") or "")


def _draws(config: MkDocsConfig) -> bool:
    """Tell whether to make cards and documents: who serves a draft waits for none."""
    return bool(config.extra.get("drawings", True)) and not _serves()


def _serves() -> bool:
    return _command() == "serve"


def _command() -> str:
    context = get_current_context(silent=True)
    return (context and context.info_name) or ""
