"""The schema that editors use agrees with the register: what it accepts is not underlined."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml

from charte.register.checking import check_register
from charte.register.schema import json_schema

SCHEMA = json.loads(json_schema())


class Core(yaml.SafeLoader):
    """Reads numbers as editors do (YAML 1.2, core schema), where a day is a text."""


Core.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def underlined(text: str) -> list[Any]:
    value = yaml.load(text, Loader=Core)  # noqa: S506 - it is a safe loader
    return list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(value))


def register(fields: str) -> str:
    head = "edition: 2020-11-16\n\nsignatories:\n"
    return f"{head}  - name: Témoin\n    slug: temoin\n    listed: 2020-11-16\n{fields}"


@pytest.mark.parametrize(
    "fields",
    [
        "    siren: 552100554\n",  # as the contributor's guide writes it
        '    siren: "552100554"\n',  # as `charte add` does
        "    note: 2024\n    group: 42\n",
        "    former_slugs: [1001]\n",
        "\n  - name: 1001\n    slug: 1001\n    listed: 2020-11-16\n",
    ],
)
def test_a_text_of_digits_is_accepted_with_or_without_quotation_marks(fields: str) -> None:
    text = register(fields)
    assert check_register(text.encode(), "r.yaml", None).problems == ()
    assert underlined(text) == []


@pytest.mark.parametrize(
    "fields",
    [
        "    website: 42\n",
        "    signed: 2020\n",
        "    withdrawn: {on: 2021-01-01, reason: 1}\n",
        "    note: [1]\n",
        "    note: 1.5\n",
        "    note: null\n",
        "    nom: A\n",
    ],
)
def test_what_is_no_text_of_digits_is_still_underlined(fields: str) -> None:
    assert underlined(register(fields))
