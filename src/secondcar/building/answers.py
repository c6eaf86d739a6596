"""Reads a unit's answers.toml; `answers.schema.json` beside this file documents every key."""

import copy
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from secondcar.building.errors import refuse
from secondcar.building.prose import fill
from secondcar.building.sources import Answers
from secondcar.checks.exercise import Written

# Where the texts of an exercise stand that learners and teachers read; * is every entry.
TEXTS = (
    ("ask",),
    ("right",),
    ("hints", "*"),
    ("mistakes", "*", "means"),
    ("checklist", "*", "text"),
    ("levels", "*", "when"),
    ("levels", "*", "example"),
)


def read_answers(path: Path) -> dict[str, Written]:
    """Read an answers.toml and check that each exercise has all that its kind needs.

    Returns:
        Exercise id -> the exercise as written, texts filled, ``kind`` and ``mistakes`` always there.

    Raises:
        BuildError: the file is missing, is not TOML, or an exercise lacks something.
    """
    answers = Answers(path, "/".join(path.parts[-3:]))
    refuse(answers.faults())
    return {name: filled(written) for name, written in answers.tables.items()}


def filled(written: Written) -> Written:
    """Return an exercise with its texts filled, and with ``kind`` and ``mistakes``.

    Raises:
        Exception: one of `secondcar.building.prose.Unfilled`.
    """
    whole = copy.deepcopy({"kind": "number", "mistakes": [], **written})
    for path, _ in texts_of(whole):
        _change(whole, path, fill)
    return whole


def texts_of(written: Written) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts of an exercise that learners and teachers read, each with its path.

    >>> list(texts_of({"ask": "How many?", "hints": ["Count."], "unit": "cars"}))
    [(('ask',), 'How many?'), (('hints', 0), 'Count.')]
    """
    for places in TEXTS:
        yield from _found(written, places, ())


def _found(
    value: Any, places: tuple[str, ...], path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if not places:
        if isinstance(value, str):
            yield path, value
    elif places[0] == "*" and isinstance(value, list):
        for position, entry in enumerate(value):
            yield from _found(entry, places[1:], (*path, position))
    elif isinstance(value, Mapping) and places[0] in value:
        yield from _found(value[places[0]], places[1:], (*path, places[0]))


def _change(written: Any, path: tuple[str | int, ...], change: Callable[[str], str]) -> None:
    *inner, last = path
    for step in inner:
        written = written[step]
    written[last] = change(written[last])
