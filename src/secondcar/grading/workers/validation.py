"""nbgrader's check of cell metadata, which compiles its schema once, and looks once at what a class has in common."""

from functools import lru_cache
from types import SimpleNamespace

import jsonschema
from jsonschema.validators import validator_for
from nbgrader.nbgraderformat import common

# Nobody's settings are longer, but a learner's file may be.
_LONGEST = 1000


def compile_schemas_once() -> None:
    """Make nbgrader's metadata validators of this process keep what they compile. What they accept is the same."""
    common.jsonschema = SimpleNamespace(validate=_validate)


def _validate(instance: object, schema: dict) -> None:
    one, other = _ByText(instance), _ByText(schema)
    check = _first_error if len(one.text) <= _LONGEST else _first_error.__wrapped__
    error = check(one, other)
    if error is not None:
        # It may have been raised before.
        raise error.with_traceback(None)


class _ByText:
    """A value of a JSON file that compares by its text: equal texts are the same values, and of the same types."""

    def __init__(self, value: object) -> None:
        self.value, self.text = value, repr(value)

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByText) and self.text == other.text


@lru_cache(1000)
def _first_error(instance: _ByText, schema: _ByText) -> Exception | None:
    found: Exception | None = jsonschema.exceptions.best_match(_validator(schema).iter_errors(instance.value))
    return found


@lru_cache
def _validator(schema: _ByText) -> jsonschema.protocols.Validator:
    kind = validator_for(schema.value)
    kind.check_schema(schema.value)
    return kind(schema.value)
