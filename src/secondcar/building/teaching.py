"""The teacher's guide: its figures, and its table of which exercise meets which misconception."""

from collections.abc import Callable
from typing import Any

from jinja2 import TemplateError

from secondcar.building.errors import BuildError, Fault
from secondcar.building.length import Length, length_of, length_table
from secondcar.building.misconceptions import exercises_by_misconception, misconceptions_table
from secondcar.building.prose import fill
from secondcar.building.sources import GUIDE, Course, Unit
from secondcar.building.vocabulary import python_table
from secondcar.errors import CourseError
from secondcar.misconceptions import read_misconceptions


def teachers_guide(course: Course) -> str:
    """Return the guide as teachers read it: course/teaching.md with every reference filled in.

    Args:
        course: a course in whose pages no rule found a fault.
    """
    return fill((course.folder / GUIDE).read_text(encoding="utf-8"), **names_of_guide(course))


def names_of_guide(course: Course) -> dict[str, Any]:
    """Return the names that references of the guide may use besides ``claim`` and ``fact``.

    They are ``exercises("02-by-and-to")`` and ``marks("02-by-and-to")``, how many of them the unit has, and
    ``minutes("02-by-and-to")``, how long it takes; ``hours`` of all units; and three tables:
    ``length_table``, ``python_table`` and ``misconceptions_table``.

    Raises:
        BuildError: a unit has a fault, so that it cannot be counted.
    """
    units = {unit.name: unit for unit in course.units}
    lengths = {unit.name: _counted_length(unit) for unit in course.units}

    def of_unit(count: Callable[[Unit], float]) -> Callable[[str], float]:
        def counted(name: str) -> float:
            if name not in units:
                raise ValueError(f'there is no unit "{name}"')
            return count(units[name])

        return counted

    return {
        "exercises": of_unit(lambda unit: len(unit.answers.tables)),
        "marks": of_unit(lambda unit: sum(unit.points.values())),
        "minutes": of_unit(lambda unit: lengths[unit.name].minutes),
        "hours": round(sum(length.minutes for length in lengths.values()) / 60),
        "length_table": length_table(course.units),
        "python_table": python_table(course.units),
        "misconceptions_table": misconceptions_table(
            read_misconceptions(course.root), exercises_by_misconception(course)
        ),
    }


def _counted_length(unit: Unit) -> Length:
    """Return how long a unit is; raise BuildError if a fault keeps it from being counted; its own build says which."""
    try:
        return length_of(unit)
    except (CourseError, TemplateError, LookupError, TypeError, ValueError) as error:
        what = "the unit cannot be counted for the teacher's guide, since it has a fault"
        fault = Fault(f"course/{unit.name}", 0, what, f"Run secondcar build {unit.name} to see it")
        raise BuildError([fault]) from error
