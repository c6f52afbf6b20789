"""The shape of the house: the engine is replaceable, the hook thin, the modules small."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

from building import ROOT

HOOKS = ROOT / "hooks"
MODULES = sorted((HOOKS / "charte").rglob("*.py"))


def imported(module: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(HOOKS)))
def test_the_package_does_not_know_the_engine(module: Path) -> None:
    """Promise 8: no MkDocs import outside hooks/expand.py."""
    assert not {name for name in imported(module) if name.split(".")[0] in {"mkdocs", "material"}}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(HOOKS)))
def test_a_module_tells_its_story_and_stays_small(module: Path) -> None:
    source = module.read_text()
    assert ast.get_docstring(ast.parse(source))
    assert source.count("\n") <= 260


def test_the_hook_is_a_few_events_of_a_few_lines() -> None:
    tree = ast.parse((HOOKS / "expand.py").read_text())
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    events = [one.name for one in functions if one.name.startswith("on_")]
    assert events == ["on_config", "on_files", "on_env", "on_post_build", "on_serve"]
    assert all(len(one.body) <= 5 for one in functions)


def writes(node: ast.AST) -> bool:
    """Tell whether a call creates or writes a file or a folder."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    modes = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
    return name in {"write_text", "write_bytes", "mkdir", "makedirs", "mkstemp"} or (
        name in {"open", "fdopen"} and bool({"w", "wb", "xb", "a", "ab"} & modes)
    )


def test_one_module_writes_the_site_one_the_register_and_one_the_cache() -> None:
    """Everything else is a value first."""
    found = {
        module.name
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text()))
        if writes(node)
    }
    assert found == {"publish.py", "storing.py", "cache.py"}


@pytest.mark.parametrize("name", ["views", "parts"])
def test_views_are_frozen(name: str) -> None:
    module = import_module(f"charte.{name}")
    classes = [
        cls
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__
    ]
    assert classes
    for cls in classes:
        assert issubclass(cls, tuple) or vars(cls)["__dataclass_params__"].frozen


def test_the_tests_know_the_live_data_in_one_place_only() -> None:
    """Whoever signs next must not turn a test red: see `tests/live/`."""
    tests = ROOT / "tests"
    readers = {
        file.relative_to(tests).as_posix()
        for file in tests.rglob("*.py")
        if file.parent.name != "live" and file != Path(__file__)
        if re.search(r"\bLIVE\b|ROOT / \"data|ROOT / REGISTER|ROOT / FILE\b", file.read_text())
    }
    assert readers == {"conftest.py"}  # it checks that nothing is written there
