"""The one place that writes files.

Everything that is generated is a value first. Publishing creates a file and never overwrites one
unless the output says that it takes the place of what the engine built: two outputs that claim one
address, or a page of docs/ that sits where a signatory's page belongs, are an error, not a loss.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from charte.problems import Unpublishable


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site: its path from the root, its bytes, whether it replaces the engine's."""

    uri: str
    content: bytes
    replaces: bool = False


class Collision(Unpublishable):
    """Two sources claim one address of the site."""

    def __init__(self, uri: str) -> None:
        super().__init__(
            f"Deux contenus prétendent à la même adresse : /{uri}\n"
            "    → Renommez ou retirez la page de docs/ : l’adresse d’un signataire ne change pas."
        )


def publish(outputs: Iterable[Output], site_dir: Path) -> int:
    """Write all outputs under a folder and give their number.

    Raises:
        Collision: if an output's address is taken.
        ValueError: if an address leads out of the folder; no checked data can cause it.
    """
    root = str(site_dir)
    made: set[str] = set()
    count = 0
    for count, output in enumerate(outputs, start=1):  # noqa: B007 - the last number is the result
        folders = output.uri.split("/")[:-1]
        if "" in folders or ".." in output.uri.split("/"):
            raise ValueError(output.uri)
        folder = os.path.join(root, *folders)
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        _write(os.path.join(root, output.uri), output)
    return count


def _write(path: str, output: Output) -> None:
    try:
        with open(path, "wb" if output.replaces else "xb") as file:
            file.write(output.content)
    except FileExistsError:
        raise Collision(output.uri) from None
