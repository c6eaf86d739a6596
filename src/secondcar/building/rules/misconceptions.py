"""Each mistake that names a misconception names one that course/misconceptions.toml lists."""

from secondcar.building.errors import BuildError, Fault, Faults
from secondcar.building.misconceptions import named_in
from secondcar.building.sources import MISCONCEPTIONS, Course, Unit, read_toml
from secondcar.misconceptions import read_misconceptions


def in_course(course: Course) -> Faults:
    """Yield a fault if course/misconceptions.toml is missing or invalid."""
    try:
        tables = read_toml(course.folder / MISCONCEPTIONS, f"course/{MISCONCEPTIONS}")
    except BuildError as error:
        yield from error.faults
        return
    for claim, entries in tables.items():
        if not isinstance(entries, dict) or not all(isinstance(what, str) for what in entries.values()):
            what = f"under {claim} there is something other than ids with what goes wrong"
            yield Fault(f"course/{MISCONCEPTIONS}", 0, what, 'Write it as in M01 = "*by* read as *to*"')


def in_unit(unit: Unit) -> Faults:
    """Yield the misconceptions that a unit names and the course does not list."""
    if list(in_course(Course(unit.course.parent))):
        return  # said once, for the course
    known = read_misconceptions(unit.course.parent)
    for name, exercise in unit.answers.sound.items():
        for position, misconception in named_in(exercise):
            if misconception not in known:
                what = f"exercise {name}: {misconception} is not in course/{MISCONCEPTIONS}"
                line = unit.answers.line(name, "mistakes", position, "misconception")
                yield Fault(unit.answers.name, line, what, "Correct it, or add it there")
