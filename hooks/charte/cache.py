"""What was made before and need not be made again: files named for what decides their bytes.

A cache may be lost, shared, cut short or locked, and nothing changes but the time that a build
takes. So each entry carries the digest of its content, and whatever cannot be read or written is
as if it were not there.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

_DIGEST_SIZE = sha256().digest_size


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries, or nothing at all.

    Attributes:
        folder: where the entries are; it is made when it is needed. None remembers nothing.
    """

    folder: Path | None

    def get(self, key: str) -> bytes | None:
        """Give what was put under a key, if it is there and whole.

        Args:
            key: a hexadecimal digest of all that decides the content.
        """
        if not self.folder:
            return None
        try:
            entry = (self.folder / key).read_bytes()
        except OSError:
            return None
        digest, content = entry[:_DIGEST_SIZE], entry[_DIGEST_SIZE:]
        return content if sha256(content).digest() == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Keep a content under a key, in one step, if that can be done."""
        if not self.folder:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self.folder) as beside:
                entry = Path(beside) / key
                entry.write_bytes(sha256(content).digest() + content)
                entry.replace(self.folder / key)
