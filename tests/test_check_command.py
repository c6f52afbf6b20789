"""`charte check` and `charte schema`, as a maintainer and a machine call them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from building import PRINTED, ROOT
from charte.cli import main
from charte.register import schema
from charte.register.model import BLOCKS, Register, Signatory
from charte.typography import typeset_text
from pace import within

ENTRY = "\n  - name: {}\n    slug: {}\n    listed: 2020-11-16\n"
HEAD = "edition: 2020-11-16\n\nsignatories:"


def test_the_register_of_the_printed_edition_has_no_problem() -> None:
    result = CliRunner().invoke(main, ["check", str(PRINTED / "signatories.yaml"), "--strict"])
    assert result.exit_code == 0
    assert "361\u00a0entrées, aucun problème." in result.output


def test_errors_exit_with_one_and_warnings_with_nought(tmp_path: Path) -> None:
    register = tmp_path / "data/signatories.yaml"
    register.parent.mkdir()
    register.write_text(HEAD + ENTRY.format("Alpha", "alpha") + ENTRY.format("ALPHA", "alpha-2"))
    runner = CliRunner()
    warned = runner.invoke(main, ["check", str(register)])
    assert (warned.exit_code, "[near-duplicate]" in warned.output) == (0, True)
    assert runner.invoke(main, ["check", "--strict", str(register)]).exit_code == 1
    register.write_text(HEAD + ENTRY.format("Alpha", "Alpha"))
    assert runner.invoke(main, ["check", str(register)]).exit_code == 1


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_machines_get_well_formed_reports_of_a_register_without_problem(form: str) -> None:
    register = str(PRINTED / "signatories.yaml")
    json.loads(CliRunner().invoke(main, ["check", "--format", form, register]).output)


def test_fifteen_different_faults_get_fifteen_messages_in_one_run() -> None:
    """What a stranger's file says wrong is said all at once, around two broken entries."""
    register = Path(__file__).parent / "cases" / "fifteen-faults.yaml"
    report = CliRunner().invoke(main, ["check", "--format", "json", str(register)]).output
    problems = json.loads(report)["problems"]
    assert len({problem["rule"] for problem in problems}) >= 15
    assert all(problem["reason"] and problem["remedy"] for problem in problems)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "aliases": lambda: (
        b"a: &a [x, x, x]\n"
        + b"".join(
            b"%c: &%c [*%c, *%c, *%c]\n" % (n, n, n - 1, n - 1, n - 1) for n in range(98, 122)
        )
    ),
    "merge-keys": lambda: b"a: &a {x: 1}\nb: {<<: [*a, *a, *a, *a]}\n",
    "brackets": lambda: b"[" * 100_000,
    "fifty-megabytes": lambda: b"- a\n" * 13_000_000,
    "binary": lambda: bytes(range(256)) * 1000,
    "deep": lambda: b"".join(b" " * n + b"a:\n" for n in range(2000)),
    "code": lambda: b"!!python/object/apply:os.system [exit]\n",
}


def processor_time() -> float:
    """Give the seconds that child processes have used; a busy machine makes them wait, not work."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence_in_a_second_and_little_memory(
    name: str, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "signatories.yaml"
    file.parent.mkdir()
    file.write_bytes(HOSTILE[name]())
    limit = 200 * 1024 * 1024

    def restrain() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    with within(1, processor_time):
        result = subprocess.run(
            [sys.executable, "-m", "charte.cli", "check", str(file)],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=restrain,
        )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "→" in result.stdout


def test_the_committed_schema_is_the_models() -> None:
    """Remake it with `make schema`."""
    assert (ROOT / schema.FILE).read_text() == schema.json_schema()


def test_a_register_tells_editors_its_schema() -> None:
    first = (PRINTED / "signatories.yaml").read_text().split("\n", 1)[0]
    assert first == "# yaml-language-server: $schema=signatories.schema.json"


def test_the_schema_names_each_field() -> None:
    definition = json.loads(schema.json_schema())
    fields = definition["$defs"]["Signatory"]["properties"]
    assert list(fields) == list(Signatory.model_fields)


def test_the_page_of_fields_shows_every_field(site: Path) -> None:
    page = (site / "registre/champs/index.html").read_text()
    models: list[type[BaseModel]] = [Register, Signatory, *BLOCKS.values()]
    for model in models:
        for name, field in model.model_fields.items():
            assert f"<code>{name}</code>" in page
            assert field.description
            assert typeset_text(field.description) in page


def test_the_page_of_rules_explains_every_rule(site: Path) -> None:
    from charte.register.against import HISTORY  # noqa: PLC0415 - beside its use
    from charte.register.rules import RULES  # noqa: PLC0415 - beside its use

    page = (site / "registre/regles/index.html").read_text()
    for rule in (*RULES, *HISTORY):
        assert f'<div id="{rule.name}">' in page
        assert rule.title in page
