"""Each table of answers.toml has the keys that its kind of exercise needs, and no others, each of the right form.

`answers.schema.json` says which; this module says in a sentence what a table lacks.
"""

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import relevance

from secondcar.charts.checklists import line_of
from secondcar.counting import counted

SCHEMA = json.loads(Path(__file__).with_name("answers.schema.json").read_text(encoding="utf-8"))
_VALIDATOR = Draft202012Validator(SCHEMA)
_EXERCISE = SCHEMA["$defs"]["exercise"]["properties"]
_TYPES = {
    "string": "a text in quotes",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list in [ ]",
    "object": "a table of its own",
    "null": "nothing",
}
_BOUNDS = {
    "minItems": ("entry", "entries", "at least"),
    "maxItems": ("entry", "entries", "at most"),
    "minLength": ("letter", "letters", "at least"),
    "maxLength": ("letter", "letters", "at most"),
    "minProperties": ("key", "keys", "at least"),
    "maxProperties": ("key", "keys", "at most"),
}

# What is wrong, and what to do about it.
Objection = tuple[str, str]


def objections(tables: Mapping[str, Any]) -> Iterator[tuple[list[str | int], Objection]]:
    """Yield what is wrong with the tables of an answers.toml, each with its path of keys and places.

    >>> [objection for _, objection in objections({"undo-by": {"kind": "numbers"}})][-1]
    ('`kind` is "numbers"', 'Write one of "number", "range", "choice", "function", "table", "chart", "text"')
    """
    told: set[tuple[object, ...]] = set()
    for error in sorted(_VALIDATOR.iter_errors(tables), key=lambda error: [str(part) for part in error.absolute_path]):
        path = list(error.absolute_path)
        for objection in _of(error, tables):
            key = (*path, objection[0])
            if key not in told:
                told.add(key)
                yield _path_of(path, error), objection
    yield from _of_lines(tables)


def _of_lines(tables: Mapping[str, Any]) -> Iterator[tuple[list[str | int], Objection]]:
    """Yield what is wrong with the lines of checklists, beyond what the schema knows of them."""
    for name, table in tables.items():
        checklist = table.get("checklist") if isinstance(table, dict) else None
        for position, line in enumerate(checklist if isinstance(checklist, list) else ()):
            if isinstance(line, dict) and "line" in line:
                try:
                    line_of(line)
                except ValueError as problem:
                    yield [name, "checklist", position], (str(problem), "Correct it")


def _path_of(path: list[str | int], error: ValidationError) -> list[str | int]:
    """Return where an error is: a key that should not be there counts as its own place."""
    if "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str):
        return [*path, error.instance]
    return path


def place(keys: Sequence[str | int]) -> str:
    """Return where in an exercise something stands.

    >>> place(["mistakes", 1, "id"])
    ', `mistakes`, entry 2, `id`'
    """
    said = [f"entry {key + 1}" if isinstance(key, int) else f"`{key}`" for key in keys]
    return f", {', '.join(said)}" if said else ""


def _of(error: ValidationError, tables: Mapping[str, Any]) -> Iterator[Objection]:
    """Yield an error of jsonschema in our own words."""
    value, wanted, rule = error.instance, error.validator_value, error.validator
    if "propertyNames" in error.absolute_schema_path and isinstance(value, str):
        yield _of_name(error, tables)
    elif rule == "required":
        # jsonschema reports each by itself.
        yield _missing([key for key in wanted if key not in value])
    elif rule == "dependentRequired":
        for key, needs in wanted.items():
            missing = [need for need in needs if key in value and need not in value]
            if missing:
                yield _missing(missing, f", which `{key}` needs")
    elif rule == "additionalProperties" and wanted is False:
        known = list(error.schema.get("properties", {}))
        yield from (_unknown(key, known) for key in value if key not in known)
    elif rule in ("enum", "const"):
        options = wanted if rule == "enum" else [wanted]
        yield f"{_itself(error)} is {_written(value)}", f"Write {_one_of(options)}"
    elif rule == "type":
        types = [wanted] if isinstance(wanted, str) else wanted
        yield f"{_itself(error)} is {_written(value)}", f"Write {' or '.join(_TYPES[name] for name in types)}"
    elif rule in _BOUNDS:
        one, many, bound = _BOUNDS[rule]
        yield f"{_itself(error)} has {counted(len(value), one, many)}", f"It needs {bound} {counted(wanted, one, many)}"
    elif rule in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"):
        bound = {"minimum": "at least", "maximum": "at most"}.get(rule, "above" if "Min" in rule else "below")
        yield f"{_itself(error)} is {value:g}", f"Write a number {bound} {wanted:g}"
    elif rule in ("anyOf", "oneOf") and error.context:
        yield from _of(max(error.context, key=relevance), tables)
    else:
        yield f"{_itself(error)} is {_written(value)}", _form(error)


def _of_name(error: ValidationError, tables: Mapping[str, Any]) -> Objection:
    """Return the fault of a key, or of the id of an exercise, that may not be there."""
    name = error.instance
    if error.validator == "pattern" and not error.absolute_path:
        return f'"{name}" is not an id', "Write small letters and digits, with dashes between, as in units-2017-by"
    exercise = tables[error.absolute_path[0]]
    kind = exercise.get("kind", "number")
    return f'`{name}` does not belong to an exercise of the kind "{kind}"', "Take it out, or correct the kind"


def _missing(missing: Sequence[str], why: str = "") -> Objection:
    told = [f"`{key}`{_told(key)}" for key in missing]
    return f"there is no {' and no '.join(f'`{key}`' for key in missing)}{why}", f"Add {'; and '.join(told)}"


def _told(key: str) -> str:
    description = _EXERCISE.get(key, {}).get("description", "")
    return f", {description[:1].lower()}{description[1:].rstrip('.')}" if description else ""


def _unknown(key: str, known: list[str]) -> Objection:
    close = difflib.get_close_matches(key, known, n=1)
    fix = f"Write `{close[0]}`" if close else f"Take it out; there may be {', '.join(f'`{name}`' for name in known)}"
    return f"`{key}` is not a key of it", fix


def _itself(error: ValidationError) -> str:
    path = list(error.absolute_path)[1:]
    return f"`{path[-1]}`" if path and isinstance(path[-1], str) else "it"


def _written(value: object) -> str:
    if isinstance(value, dict | list):
        return _TYPES["object" if isinstance(value, dict) else "array"]
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) < 60 else f"{text[:60]}..."


def _one_of(options: Sequence[object]) -> str:
    said = ", ".join(_written(option) for option in options)
    return said if len(options) == 1 else f"one of {said}"


def _form(error: ValidationError) -> str:
    """Return what a value should be, from the schema's own description of it or of the key that it stands in."""
    named = [key for key in error.absolute_path if isinstance(key, str)]
    found = [error.schema.get("description", "")] + [
        _EXERCISE.get(key, {}).get("description", "") for key in named[::-1]
    ]
    if error.validator == "pattern":
        found.insert(0, "small letters and digits, with dashes between" if "a-z" in error.validator_value else "")
    told = next(filter(None, found), "answers.schema.json says what it may be")
    return f"Write it like this: {told[:1].lower()}{told[1:]}"
