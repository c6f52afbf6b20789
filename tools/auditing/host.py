"""A static host as sites have them: compressed, with connections that stay open."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from looking import StaticHost

_TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".atom"}
_LEVEL = 6  # what hosts use


class _CompressingHost(StaticHost):
    """Serves text compressed to whoever accepts that."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer with a compressed text; leave all else to the plain host."""
        path = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (accepted and path.suffix in _TEXTS and path.is_file()):
            return super().send_head()
        body = _compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), _LEVEL)


@contextmanager
def served_compressed(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine and give its address, with the final slash."""
    host = partial(_CompressingHost, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), host)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
