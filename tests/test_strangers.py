"""What strangers write beside the register: the pages of docs/charte, and what git keeps."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from building import SITE_URL, copy_project
from charte.cache import Cache
from charte.expansion import Expansion
from charte.problems import InvalidInput
from charte.project import Place, read_project
from charte.register.model import Signatory
from charte.register.provenance import provenances
from charte.viewers import view_site
from publishing import project_of

PLACE = Place(SITE_URL, "Engagé pour la e-santé")
PAYLOAD = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 }}]]>"


# --- docs/charte ---


def emptied(page: Path) -> None:
    page.write_text("")


def folded(page: Path) -> None:
    page.unlink()
    page.mkdir()


def looped(page: Path) -> None:
    page.unlink()
    page.symlink_to(page.name)


def encoded(page: Path) -> None:
    page.write_bytes("é".encode("latin-1"))


@pytest.mark.parametrize("harm", [emptied, folded, looped, encoded, Path.unlink])
@pytest.mark.parametrize("name", ["index.md", "preambule.md", "_texte.md"])
def test_whatever_becomes_of_a_page_of_the_charter_it_is_explained(
    name: str, harm: Callable[[Path], None], tmp_path: Path
) -> None:
    page = copy_project(tmp_path) / "docs/charte" / name
    harm(page)
    with pytest.raises(InvalidInput, match="docs/charte/"):
        Expansion(read_project(tmp_path, PLACE), Cache(None))


@pytest.mark.parametrize(
    "name", ["2019-01-01", "2020-09-10", "2099-12-31", "0000-99-99", "2020-9-10", "1"]
)
@pytest.mark.parametrize("pages", [[], ["index.md"], ["_texte.md"]])
def test_a_former_text_that_is_none_is_explained(
    pages: list[str], name: str, tmp_path: Path
) -> None:
    charter = copy_project(tmp_path) / "docs/charte"
    (charter / name).mkdir()
    for page in pages:
        (charter / name / page).write_bytes((charter / page).read_bytes())
    with pytest.raises(InvalidInput, match="docs/charte/"):
        read_project(tmp_path, PLACE)


# --- git ---


def test_no_name_and_no_message_of_a_commit_is_read_or_published(tmp_path: Path) -> None:
    """Only a commit's hash and its day are: what else git knows, anybody may have typed."""
    register = tmp_path / "data/signatories.yaml"
    register.parent.mkdir()
    entry = "  - name: Alan\n    slug: alan\n    listed: 2020-11-16\n"
    register.write_text(f"edition: 2020-11-16\nsignatories:\n{entry}")
    name = PAYLOAD.replace("<", "").replace(">", "")  # git itself takes these out of names
    day = "@1614556800 +9959"
    message = f"commit {'0' * 40} 1999-01-01\n\ndiff --git a b\n@@ -1 +1 @@\n{PAYLOAD}\n"
    person = {"NAME": name, "EMAIL": f"{name}@exemple.fr", "DATE": day}
    environment = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in person.items()
    }
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", message]):
        subprocess.run(
            ["git", *arguments],
            cwd=tmp_path,
            env={**environment, "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            check=True,
        )
    project = project_of(Signatory(name="Alan", slug="alan", listed=date(2020, 11, 16)))
    known = provenances(project.reading.register, tmp_path, "data/signatories.yaml")
    added = known["alan"].added
    assert added
    assert added.id != "0" * 40
    assert added.day.year == 2021
    view = view_site(replace(project, provenances=known)).by_slug["alan"]
    assert "alert" not in str(view.provenance)
