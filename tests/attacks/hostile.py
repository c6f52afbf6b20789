"""A register, a publisher and a history in which every word is a stranger's, and their site.

The site is expanded from what the engine alone has built, and the register goes past the rules:
what they refuse today is escaped like all else. A twin of plain names has the same entries, so that
a page's elements can be compared one by one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from attacks.payloads import ELSEWHERE, PAYLOADS, UNDRAWABLE
from building import SITE_URL, copy_project, run_mkdocs
from charte.cache import Cache
from charte.expansion import Expansion
from charte.files import REGISTER
from charte.outputs import documents, drawings
from charte.project import Place, Project, read_project
from charte.publication.model import Publication
from charte.publish import publish
from charte.register.checking import Reading
from charte.register.model import Register
from charte.register.provenance import provenances

DRAWN = 3  # signatories whose pictures are made in pixels, in the order of the site
SITE = "Engagé pour la e-santé"
PRINTED, LATER = date(2020, 11, 16), date(2020, 12, 1)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
PLACE = Place(
    SITE_URL,
    SITE,
    source="https://forge.example/blob/{commit}/data/signatories.yaml#L{first}-L{last}",
    commits="https://forge.example/commit/{commit}",
    policy=POLICY,
)
COMMITTER = "<script>alert(1)</script>\u202e ##[error]A"
_UNFIT = re.compile(r"""[\s<>"'\\]""")
MESSAGE = "::error::A\n\ncommit 0000000000000000000000000000000000000000 2020-01-01\n@@ -1 +1 @@"


def url(text: str) -> str:
    """Return an address that the model accepts and that holds as much of a text as it can."""
    return f"https://{ELSEWHERE}/{_UNFIT.sub('', text)}"


def siren(number: int) -> str:
    """Return a SIREN with the right key (ISO/IEC 7812-1)."""
    digits = f"{10_000_000 + number}"
    doubled = (int(one) * (2 - at % 2) for at, one in enumerate(reversed(digits)))
    total = sum(one - 9 * (one > 9) for one in doubled)
    return f"{digits}{-total % 10}"


def entry(rank: int, text: str, other: str, group: str) -> dict[str, Any]:
    """Return an entry that says a text in every field.

    Args:
        rank: its place in the register, of which its identifiers are made.
        text: what it says; a badge can draw it.
        other: what it says where nothing is drawn.
        group: its group's name.
    """
    fields: dict[str, Any] = {
        "name": text,
        "slug": f"attaque-{rank}",
        "listed": LATER if rank % 7 == 3 else PRINTED,
        "group": group,
        "note": text,
        "see_also": [f"attaque-{rank + 1}"] if rank else ["attaque-1"],
        "signed": date(2020, 10, 1),
        "website": url(text),
        "siren": siren(rank),
        "description": f"{other}\n{text}",
        "former_slugs": [f"ancienne-{rank}"],
        "former_names": [
            {"name": f"{text[:198]} a", "note": text, "until": date(2021, 1, 31)},
            {"name": f"b {text[:198]}", "until": date(2021, 6, 30)},
        ],
        "actions": [
            {
                "date": date(2021, 3, 15),
                "title": said,
                "url": url(said),
                "commitment": f"industriels-{1 + (rank + shift) % 6}",
            }
            for shift, said in enumerate((text, other))
        ],
    }
    reason = {3: "retired", 4: "merged", 8: "listed-by-mistake"}.get(rank % 10)
    if reason:
        successor = {"successor": f"attaque-{rank - 2}"} if reason == "merged" else {}
        fields["withdrawn"] = {"on": date(2021, 12, 1), "reason": reason, **successor}
    return fields


def entries(texts: Sequence[str], others: Sequence[str]) -> list[dict[str, Any]]:
    """Return one entry a text; two neighbours have one group."""
    found = []
    for rank, text in enumerate(texts):
        first = rank - rank % 2
        group = f"{texts[first][:190]} g{first}"
        found.append(entry(rank, text, others[rank % len(others)], group))
    found[-1]["see_also"] = ["attaque-0"]
    return found


def publication(texts: Sequence[str]) -> dict[str, Any]:
    """Return who publishes the site, in the words of a stranger."""
    held = iter(texts)
    return {
        "publisher": {name: next(held) for name in ("name", "form", "registration", "address")},
        "director": next(held),
        "host": {"name": next(held), "address": next(held)},
        "accessibility": {
            "established": date(2026, 12, 1),
            "audit": {
                "on": date(2026, 11, 30),
                "by": next(held),
                "rate": "72,55",
                "report": url(next(held)),
            },
            "non_conformities": list(texts),
            "derogations": list(texts),
            "exempt": list(texts),
            "environments": list(texts),
            "tools": list(texts),
            "pages": list(texts),
        },
    }


def project(valid: Project, texts: Sequence[str], others: Sequence[str]) -> Project:
    """Return a project like a valid one whose register and publisher say these texts."""
    register = Register.model_validate({"edition": PRINTED, "signatories": entries(texts, others)})
    return replace(
        valid,
        reading=Reading(register, {}),
        provenances=provenances(register, valid.root, REGISTER),
        publication=Publication.model_validate(publication(texts)),
    )


def written(texts: Sequence[str], others: Sequence[str]) -> str:
    """Return the register as a file."""
    value = {"edition": PRINTED, "signatories": entries(texts, others)}
    days_as_text = json.loads(json.dumps(value, default=str))  # else YAML would name the same ones
    return yaml.safe_dump(days_as_text, allow_unicode=True, sort_keys=False, width=10_000)


def commit(folder: Path) -> None:
    """Commit the register as somebody whose name, address and message are attacks."""
    who = {
        f"GIT_{role}_{what}": said
        for role in ("AUTHOR", "COMMITTER")
        for what, said in (
            ("NAME", COMMITTER),
            ("EMAIL", '"><script>alert(1)</script>'),
            ("DATE", "2022-03-01T23:59:59+1400"),
        )
    }
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
    for command in (["init", "-q"], ["add", REGISTER], ["commit", "-q", f"--message={MESSAGE}"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)


def name_attackers(folder: Path) -> None:
    """Have the copy's pages name the hostile signatories in the place of the real ones."""
    ranks = count()
    for page in sorted((folder / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        slots = re.sub(
            r"\[\[ (link|badge_of) [a-z0-9-]+ \]\]",
            lambda slot: f"[[ {slot[1]} attaque-{next(ranks)} ]]",
            text,
        )
        page.write_text(slots, encoding="utf-8")


def build(folder: Path) -> None:
    """Build the hostile site, with some drawings, in `site`, and its plain twin in `plain`."""
    copy_project(folder)
    name_attackers(folder)
    config = folder / "mkdocs.yml"
    config.write_text(re.sub(r"^hooks:\n.*\n", "", config.read_text(), flags=re.MULTILINE))
    result = run_mkdocs(folder, "build", "--strict", "--site-dir", "site")
    assert result.returncode == 0, result.stderr
    shutil.copytree(folder / "site", folder / "plain")
    valid = read_project(folder, PLACE)
    (folder / REGISTER).write_text(written(PAYLOADS, UNDRAWABLE), encoding="utf-8")
    commit(folder)
    plain = [f"Société {rank}" for rank in range(len(PAYLOADS))]
    for name, texts, others in (("site", PAYLOADS, UNDRAWABLE), ("plain", plain, plain)):
        found = Expansion(project(valid, texts, others), Cache(None))
        found.expand(folder / name, drawings=False)
        if name == "site":
            drawn = replace(found.site, signatories=found.site.signatories[:DRAWN])
            publish(documents.outputs(found.site, Cache(None)), folder / name)
            publish(drawings.outputs(drawn, Cache(None)), folder / name)


def json_in(path: Path) -> Any:
    """Return what a file of JSON says."""
    return json.loads(path.read_text(encoding="utf-8"))
