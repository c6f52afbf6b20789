"""What the tests of this folder look at: a register that could be merged today, and its site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from building import SITE_URL
from charte.project import Place, Project, read_project

AS_IT_IS = "as it is"


@dataclass(frozen=True)
class Published:
    """A register that could be merged today, and the site that was built from it.

    Attributes:
        change: what was changed in the live register, or `AS_IT_IS`.
        folder: a copy of the project; its history holds the live register and then the change.
        day: the day of the change.
    """

    change: str
    folder: Path
    day: date

    @property
    def base(self) -> str:
        """The revision at which the live register stands."""
        return "HEAD" if self.change == AS_IT_IS else "HEAD~1"

    @property
    def site(self) -> Path:
        """The folder of the built site."""
        return self.folder / "site"

    @cached_property
    def project(self) -> Project:
        """The project as the build reads it."""
        return read_project(self.folder, Place(SITE_URL, "Engagé pour la e-santé"))

    @cached_property
    def pages(self) -> dict[str, str]:
        """The HTML of each page, by its address from the root."""
        return {
            file.relative_to(self.site).as_posix().removesuffix("index.html"): file.read_text()
            for file in self.site.rglob("*.html")
        }
