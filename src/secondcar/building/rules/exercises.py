"""An exercise's answer is right by its own check, and each of its mistakes is wrong and gets its message."""

from collections.abc import Mapping
from typing import Any

from secondcar.building.answers import filled
from secondcar.building.compiling import compile_exercise
from secondcar.building.errors import Fault, Faults
from secondcar.building.prose import Unfilled
from secondcar.building.rules import code
from secondcar.building.sources import Unit
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds.number import Number


def compile_unit(unit: Unit) -> tuple[dict[str, Exercise[Any]], list[Fault]]:
    """Return a unit's exercises as `check` uses them, those that can be compiled, and what is wrong with them."""
    exercises, faults = {}, []
    for name, written in unit.answers.sound.items():
        try:
            whole = filled(written)
        except Unfilled:
            continue  # a rule of its own says so
        exercise, objections = compile_exercise(whole, unit.points.get(name, 0))
        line = unit.answers.line(name)
        faults += [Fault(unit.answers.name, line, f"exercise {name}: {what}", fix) for what, fix in objections]
        if exercise:
            exercises[name] = exercise
    return exercises, [*faults, *_typed_answers(unit, exercises)]


def _typed_answers(unit: Unit, exercises: Mapping[str, Exercise[Any]]) -> Faults:
    for cell in unit.cells:
        exercise = exercises.get(cell.id)
        if cell.is_solution and isinstance(exercise, Number):
            yield from code.in_solution(unit, cell, exercise)
