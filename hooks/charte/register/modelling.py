"""A register made of a value, or the model's errors: not many more of them than can be told."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from charte.register.model import Register, Signatory

MAX_TOLD = 1_000  # problems of the model, and of each rule: a report shows the first hundred
_BATCH = 100
_ENTRIES = TypeAdapter(tuple[Signatory, ...])
_REGISTER = TypeAdapter(Register)


def modelled(value: Any) -> tuple[Register | None, list[ErrorDetails]]:
    """Make a register of a value, or list the model's errors.

    The model tells all errors at once, at a kilobyte each; entries are given to it by the hundred.
    """
    entries = value.get("signatories") if isinstance(value, dict) else None
    if not isinstance(entries, list):
        return validated(_REGISTER, value)
    made: list[Signatory] = []
    errors: list[ErrorDetails] = []
    for start in range(0, len(entries), _BATCH):
        batch, wrong = validated(_ENTRIES, entries[start : start + _BATCH])
        made += batch or ()
        for one in wrong:
            index, *rest = one["loc"]
            errors.append({**one, "loc": ("signatories", start + int(index), *rest)})
        if len(errors) > MAX_TOLD:
            break
    register, wrong = validated(_REGISTER, {**value, "signatories": made})
    return (None if errors else register), [*wrong, *errors]


def validated(model: TypeAdapter[Any], value: Any) -> tuple[Any, list[ErrorDetails]]:
    """Make what a model describes of a value, or list the errors."""
    try:
        made = model.validate_python(value)
    except ValidationError as error:
        return None, error.errors(include_url=False)
    return made, []
