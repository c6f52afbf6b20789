"""SVG drawings in, PNG pictures out, on all processors.

The renderer holds Python's lock while it draws, so threads would wait for each other: processes do
not. They are started afresh, which is safe beside the threads of a server, and import nothing but
the renderer. Where no process can be started, the pictures are drawn here, one after the other.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from typing import NamedTuple

import resvg_py

_WORTH_A_PROCESS = 16  # pictures: it takes as long to start as to draw ten of them
# A worker runs this first. An interruption is for this process, which then stops the others; should
# it be killed instead, nobody else would tell them to end. It is text, because they import nothing
# of ours.
_BEGIN = """
import os, signal, threading
from multiprocessing import parent_process
def follow():
    parent_process().join()
    os._exit(1)
signal.signal(signal.SIGINT, signal.SIG_IGN)
threading.Thread(target=follow, daemon=True).start()
"""
_RENDERER = f"resvg_py {resvg_py.__version__}, resvg {resvg_py.__resvg_version__}"


class Drawing(NamedTuple):
    """A picture to draw: its SVG, which needs no font, and its width in pixels."""

    svg: str
    width: int

    @property
    def key(self) -> str:
        """A digest of all that decides the bytes of the picture."""
        return sha256(f"{_RENDERER}, {self.width}\n{self.svg}".encode()).hexdigest()

    @property
    def renderer(self) -> Callable[[], bytes]:
        """The call that draws it, which holds nothing of ours: any process can make it."""
        return partial(resvg_py.svg_to_bytes, self.svg, width=self.width, skip_system_fonts=True)


def draw(drawing: Drawing) -> bytes:
    """Draw one picture as a PNG file."""
    return drawing.renderer()


def draw_all(drawings: Sequence[Drawing]) -> Iterator[bytes]:
    """Draw pictures as PNG files, in their order, on as many processors as it takes."""
    drawn = 0
    workers = min(_processors(), len(drawings) // _WORTH_A_PROCESS)
    if workers > 1:
        try:
            for picture in _in_parallel(drawings, workers):
                yield picture
                drawn += 1
        except (BrokenExecutor, OSError):
            pass  # no memory or no right to start a process: what is left is drawn here
    yield from map(draw, drawings[drawn:])


def _in_parallel(drawings: Sequence[Drawing], workers: int) -> Iterator[bytes]:
    pool = ProcessPoolExecutor(
        workers,
        get_context("spawn"),
        initializer=exec,
        initargs=(_BEGIN, {}),
    )
    try:
        futures = deque(pool.submit(one.renderer) for one in drawings)
        while futures:
            yield futures.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _processors() -> int:
    """Count the processors that this process may use, where Python (3.13) can tell."""
    count = getattr(os, "process_cpu_count", os.cpu_count)
    return count() or 1
