"""The files of a course are there, can be read, and take no other's place."""

import re

from secondcar.building.errors import Fault, Faults
from secondcar.building.sources import GLOSSARY, GUIDE, Course, Unit, unreadable
from secondcar.checks.answers_file import FILE_NAME
from secondcar.data.places import FOLDER as DATA_FOLDER

UNIT_NAME = re.compile(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*")


def in_unit(unit: Unit) -> Faults:
    """Yield a fault if a unit's notebook cannot be read; the other rules take for granted that it can."""
    if not UNIT_NAME.fullmatch(unit.name):
        what = "a unit's name is two digits, a dash, and words in small letters with dashes between"
        yield Fault(unit.script, 0, what, 'Rename the folder and the notebook, as in "11-trams"')
    yield from unreadable(unit.script_path, unit.script)


def beside(unit: Unit) -> Faults:
    """Yield the files of a unit that would take the place of those that the build makes."""
    for path in unit.other_files():
        name = path.relative_to(unit.folder)
        ours = name.as_posix() in (FILE_NAME, GLOSSARY) or (name.parts[0] == DATA_FOLDER and unit.brings_tables)
        if path.suffix == ".ipynb" or ours:
            what = f"a unit's one notebook, its {FILE_NAME}, the {GLOSSARY} and the course's tables come from the build"
            yield Fault(f"course/{unit.name}/{name.as_posix()}", 0, what, "Take this file out of the unit")


def in_course(course: Course) -> Faults:
    """Yield the pages of a course that are missing or cannot be read."""
    for name in (GLOSSARY, GUIDE):
        yield from unreadable(course.folder / name, f"course/{name}")
