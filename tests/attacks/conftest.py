"""What the attacks share: the hostile site, built once, and a browser in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from attacks import hostile
from looking import served


@pytest.fixture(scope="session")
def attacked(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return the folder of the hostile project, with its `site` and the `plain` twin."""
    return once("attacked", hostile.build)


@pytest.fixture(scope="session")
def hostile_site(attacked: Path) -> Path:
    """Return the hostile site."""
    return attacked / "site"


@pytest.fixture(scope="session")
def hostile_address(hostile_site: Path) -> Iterator[str]:
    """Serve the hostile site and return its address, without the final slash."""
    with served(hostile_site) as where:
        yield where
