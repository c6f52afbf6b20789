"""HTML as the standard wants it, by two readers: the Nu Html Checker and html-validate."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any

from auditing.pages import Site
from auditing.programs import AUDIT, CannotJudge, output
from auditing.verdicts import Verdict, count

_NU = AUDIT / "node_modules/vnu-jar/build/dist/vnu.jar"
_HTML_VALIDATE = AUDIT / "node_modules/.bin/html-validate"


def vnu(site: Site) -> Iterator[Verdict]:
    """Have each page read by the Nu Html Checker, the one of the W3C.

    It reads the served pages: a file has no origin, so it would find that a content security
    policy forbids all that « 'self' » allows.

    Raises:
        CannotJudge: without Java.
    """
    java = shutil.which("java")
    if java is None:
        raise CannotJudge(
            "vnu needs Java 17 or newer: install a Java runtime, or name the other judges in ARGS."
        )
    # It refuses to read from its own machine unless told.
    start = [java, "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(_NU)]
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    addresses = [site.address + page for page in site.pages]
    printed = output([*start, *options, *addresses], AUDIT)
    faults: dict[str, list[str]] = {page: [] for page in site.pages}
    for message in json.loads(printed)["messages"]:
        if not _is_of_data(message):
            faults[message["url"].removeprefix(site.address)].append(_of_nu(message))
    for page in site.pages:
        yield count("vnu", page, faults[page])


def html_validate(site: Site) -> Iterator[Verdict]:
    """Have each page read by html-validate; its configuration says what is left out, and why."""
    files = [str(site.file(page)) for page in site.pages]
    options = ["--config", ".htmlvalidate.mjs", "--formatter", "json"]
    faults = {
        one["filePath"]: [_of_html_validate(message) for message in one["messages"]]
        for one in json.loads(output([_HTML_VALIDATE, *options, *files], AUDIT))
    }
    for page, file in zip(site.pages, files, strict=True):
        yield count("html-validate", page, faults.get(file, []))


def _is_of_data(message: dict[str, Any]) -> bool:
    """Tell whether vnu takes JSON-LD for an inline script that a policy forbids.

    HTML (4.12.1.1, prepare the script element) is done with a block of data before it asks the
    policy: nothing is run.
    """
    return message["message"].startswith("Inline script violates Content Security Policy") and (
        '<script type="application/ld+json">' in message["extract"]
    )


def _of_nu(message: dict[str, Any]) -> str:
    extract = " ".join(message.get("extract", "").split())
    return f"{message['message']} {extract}".strip()


def _of_html_validate(message: dict[str, Any]) -> str:
    return f"{message['message']} ({message['ruleId']}), {message['selector']}"
