"""An exercise's answer is right by its own check, and each of its mistakes is wrong and gets its message."""

import contextlib
from collections.abc import Mapping
from typing import Any

from secondcar.building.answers import filled
from secondcar.building.compiling import compile_exercise, numbers_beside
from secondcar.building.errors import Fault, Faults
from secondcar.building.prose import Unfilled
from secondcar.building.rules import code
from secondcar.building.rules.options import said_by
from secondcar.building.shown_charts import titles_shown
from secondcar.building.sources import Unit
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds.number import Number


def compile_unit(unit: Unit) -> tuple[dict[str, Exercise[Any]], list[Fault]]:
    """Return a unit's exercises as `check` uses them, those that can be compiled, and what is wrong with them."""
    exercises, faults, written = {}, [], {}
    for name, table in unit.answers.sound.items():
        with contextlib.suppress(*Unfilled):  # a rule of its own says so
            written[name] = filled(table)
    charts = any(each["kind"] == "chart" for each in written.values())
    shown = {"shown_titles": titles_shown(unit)} if charts else {}
    said = said_by(unit.course)
    for name, whole in written.items():
        options = {"says": {option: said[option] for option in whole.get("options", ()) if option in said} or None}
        beside = numbers_beside(name, written) | options
        exercise, objections = compile_exercise({**whole, **shown, **beside}, unit.points.get(name, 0))
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
