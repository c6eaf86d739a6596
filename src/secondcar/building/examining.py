"""Applies all rules to a course and its units, so that one build says all that is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from secondcar.building.errors import BuildError, Fault, Faults
from secondcar.building.rules import (
    access,
    cells,
    code,
    exercises,
    files,
    glossary,
    guide,
    length,
    misconceptions,
    options,
    prose,
    references,
    repeats,
    tables,
)
from secondcar.building.sources import Course, Unit
from secondcar.checks.exercise import Exercise

# Without these a notebook cannot be put together.
_NEEDED: Sequence[Callable[[Unit], Faults]] = (files.beside, cells.in_unit, references.in_unit)
_OTHERS: Sequence[Callable[[Unit], Faults]] = (
    prose.in_unit,
    code.in_unit,
    access.in_unit,
    glossary.in_unit,
    guide.in_unit,
    misconceptions.in_unit,
    repeats.in_unit,
)
_PAGES: Sequence[Callable[[Course], Faults]] = (
    glossary.in_course,
    guide.in_course,
    prose.in_pages,
    access.in_pages,
    references.in_pages,
)


@dataclass(frozen=True)
class Examined:
    """What the rules find in a unit before it is run.

    Attributes:
        faults: what is wrong.
        exercises: its exercises; None if the notebook cannot be put together.
    """

    faults: list[Fault]
    exercises: dict[str, Exercise[Any]] | None


def examine_unit(unit: Unit) -> Examined:
    """Apply to a unit all rules that do not need its notebook to be run."""
    try:
        faults = [*files.in_unit(unit), *unit.answers.faults()]
    except BuildError as error:
        return Examined([*files.in_unit(unit), *error.faults], None)
    if not unit.is_readable:
        return Examined(faults, None)
    for rule in _NEEDED:
        faults += rule(unit)
    whole = not faults
    made, found = exercises.compile_unit(unit)
    faults += found
    for rule in (*_OTHERS, length.in_unit) if whole else _OTHERS:
        faults += rule(unit)
    return Examined(faults, made if whole and len(made) == len(unit.answers.tables) else None)


def examine_tables(course: Course) -> list[Fault]:
    """Apply all rules to the tables that a course brings."""
    return list(tables.in_course(course))


def examine_course(course: Course) -> list[Fault]:
    """Apply all rules to whatever else belongs to no single unit: glossary, guide, misconceptions, ids."""
    faults = [*files.in_course(course), *misconceptions.in_course(course), *options.in_course(course)]
    if faults:
        return faults
    readable = [unit for unit in course.units if unit.is_readable]
    return [*cells.in_course(readable), *(fault for rule in _PAGES for fault in rule(course))]
