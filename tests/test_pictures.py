"""Drawing on all processors: nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from building import own_environment

DRAWING = """
from charte.pictures import Drawing, draw_all
import charte.pictures
charte.pictures._processors = lambda: 2
if __name__ == "__main__":
    circle = '<circle r="9" cx="{0}"/>'
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    for picture in draw_all([Drawing(svg, 9)] * 100_000):
        print(len(picture), flush=True)
"""


def children(of: int) -> set[int]:
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[1]) == of:
            found.add(int(status.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_who_draws_ends_with_the_build_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "drawing.py"
    script.write_text(DRAWING)
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, env=own_environment()
    ) as build:
        assert build.stdout
        build.stdout.readline()
        drawing = children(build.pid)
        assert len(drawing) >= 2
        build.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(Path(f"/proc/{one}").exists() for one in drawing):
        time.sleep(0.05)
    left = {one for one in drawing if Path(f"/proc/{one}").exists()}
    for one in left:
        os.kill(one, signal.SIGKILL)
    assert not left
