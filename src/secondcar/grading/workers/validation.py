"""nbgrader's check of cell metadata, with its schema compiled once instead of once a cell."""

from functools import lru_cache
from types import SimpleNamespace

import jsonschema
from jsonschema.validators import validator_for
from nbgrader.nbgraderformat import common


def compile_schemas_once() -> None:
    """Make nbgrader's metadata validators of this process keep what they compile. What they accept is the same."""
    common.jsonschema = SimpleNamespace(validate=_validate)


def _validate(instance: object, schema: dict) -> None:
    error = jsonschema.exceptions.best_match(_validator(_Schema(schema)).iter_errors(instance))
    if error is not None:
        raise error


class _Schema:
    """A schema that compares by its text, since nbgrader reads the same files again and again."""

    def __init__(self, schema: dict) -> None:
        self.schema, self.text = schema, repr(schema)

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Schema) and self.text == other.text


@lru_cache
def _validator(schema: _Schema) -> jsonschema.protocols.Validator:
    kind = validator_for(schema.schema)
    kind.check_schema(schema.schema)
    return kind(schema.schema)
