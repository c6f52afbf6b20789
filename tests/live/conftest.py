"""The suite that depends on the live data: what is true of any register that may be merged.

All tests of this folder, and no others, look at `data/` as it is in this checkout. They run on it,
and again after each change of `changes.py`: a test that holds today and falls with tomorrow's
signatory falls here first. Nothing may be known of the data but that it is valid; count from it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from building import LIVE, Once, commit_all, copy_project, run_mkdocs
from charte.files import REGISTER
from live.changes import CHANGES, day_of, last_day, parsed
from live.published import AS_IT_IS, Published


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(None, id=AS_IT_IS),
        *(pytest.param(one, id=one.__name__.replace("_", " ")) for one in CHANGES),
    ],
)
def published(request: pytest.FixtureRequest, once: Once) -> Published:
    """Build the site of the live register, and of what each change makes of it."""
    change = request.param
    register = LIVE / Path(REGISTER).name
    text = register.read_text(encoding="utf-8")
    day = day_of(change, parsed(text)) if change else last_day(parsed(text))
    name = change.__name__ if change else AS_IT_IS

    def make(folder: Path) -> None:
        copy_project(folder, LIVE)
        commit_all(folder, "2020-11-16")
        if change:
            (folder / REGISTER).write_text(change(text, day.isoformat()), encoding="utf-8")
            commit_all(folder, day.isoformat())
        drawings = "false" if change else "true"
        result = run_mkdocs(folder, "build", "--strict", CHARTE_DRAWINGS=drawings)
        assert result.returncode == 0, result.stderr

    return Published(name, once(f"live {name}", make), day)
