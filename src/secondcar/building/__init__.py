"""The build: course/ (plain text) -> source/ (teacher's, run) -> release/ (learner's).

>>> build(Path("."), ["02-by-and-to"])  # doctest: +SKIP
"""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat

from secondcar.building.answers import filled
from secondcar.building.errors import BuildError, Fault, Faults, refuse
from secondcar.building.examining import examine_course, examine_tables, examine_unit
from secondcar.building.execution import execute
from secondcar.building.notebook import assemble
from secondcar.building.other_files import write_glossary, write_other_files
from secondcar.building.release import make_release
from secondcar.building.rules import outputs
from secondcar.building.sources import GUIDE, Course, Unit
from secondcar.building.teaching import teachers_guide
from secondcar.checks.answers_file import FILE_NAME, decode, encode, solutions_setting
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds.elsewhere import without_answer
from secondcar.data.places import tables_of
from secondcar.errors import CourseError
from secondcar.grading.assignment import KEPT_ELSEWHERE

__all__ = ["BuildError", "build", "store_of"]


def build(
    root: Path,
    units: Sequence[str] = (),
    target: Path | None = None,
    run: bool = True,
    answers: Path | None = None,
    public: bool = False,
) -> list[str]:
    """Build units and the teacher's guide.

    Args:
        root: the folder of the course.
        units: names of units; all of them if none is named.
        target: where source/ and release/ are written; `root` if None.
        run: run the teacher's notebooks, so that they carry their outputs.
        answers: a private answer store, a folder. The answers go there, and those of source/ and release/ hold none.
            None: a unit's answers go where they went last time.
        public: put the answers into source/ and release/, wherever they went last time.

    Returns:
        The names of the units built.

    Raises:
        BuildError: something in course/ is wrong; it says all that is, and nothing is written.
        CourseError: the unit does not exist.
    """
    course, target = Course(root), target or root
    known = {unit.name: unit for unit in course.units}
    for name in units:
        if name not in known:
            raise CourseError(f"There is no unit {name} in course/. The units are: {', '.join(known)}.")
    chosen = [known[name] for name in units or known]
    stores = {unit.name: None if public else answers or store_of(target, unit.name) for unit in chosen}
    with tables_of(course.folder), tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        refuse(examine_tables(course))  # all else may look figures up
        faults = examine_course(course)
        names = [*known, None]
        for unit in chosen:
            faults += _make(unit, names[names.index(unit.name) + 1], scratch, run)
        refuse(faults)
        for unit in chosen:
            write_glossary(course, scratch / "source" / unit.name)
            faults += _release(unit, scratch, stores[unit.name] is not None)
        refuse(faults)
        guide = teachers_guide(course)
        _put_in_place(scratch, target, stores)
    (target / "source" / GUIDE).write_text(guide, encoding="utf-8", newline="\n")
    return [unit.name for unit in chosen]


def store_of(root: Path, unit: str) -> Path | None:
    """Return the private answer store that a unit's answers went to last time, if they did."""
    try:
        return root / (root / "source" / unit / KEPT_ELSEWHERE).read_text(encoding="utf-8").split("\n")[0]
    except FileNotFoundError:
        return None


def _make(unit: Unit, following: str | None, scratch: Path, run: bool) -> list[Fault]:
    """Make the teacher's unit in `scratch`, if that can be done, and return what is wrong with the unit."""
    examined = examine_unit(unit)
    if examined.exercises is None:
        return examined.faults
    faults, source = list(examined.faults), scratch / "source" / unit.name
    answers = {name: filled(written) for name, written in unit.answers.tables.items()}
    notebook = assemble(unit, answers, following)
    source.mkdir(parents=True)
    _write_answers(source, unit, examined.exercises)
    write_other_files(unit, source)
    if run:
        faults += outputs.in_run(unit, notebook, execute(notebook, source))
    nbformat.write(notebook, source / f"{unit.name}.ipynb")
    return faults


def _release(unit: Unit, scratch: Path, private: bool) -> Faults:
    """Make the learner's unit, and put the answers aside if they are private."""
    source = scratch / "source" / unit.name
    if private:
        kept = scratch / "answers" / unit.name
        kept.mkdir(parents=True)
        shutil.move(source / FILE_NAME, kept / FILE_NAME)
        exercises = decode((kept / FILE_NAME).read_text(encoding="utf-8"))
        _write_answers(source, unit, {name: without_answer(exercise) for name, exercise in exercises.items()})
    config_file = unit.course.parent / "nbgrader_config.py"
    return make_release(source, scratch / "release" / unit.name, config_file, scratch / "gradebook.db")


def _write_answers(folder: Path, unit: Unit, exercises: Mapping[str, Exercise[Any]]) -> None:
    opened = solutions_setting(unit.course.parent / "source" / unit.name)  # a teacher's, which the build keeps
    (folder / FILE_NAME).write_text(encode(unit.name, exercises, opened), encoding="utf-8", newline="\n")


def _put_in_place(scratch: Path, target: Path, stores: Mapping[str, Path | None]) -> None:
    """Replace the units' folders by those in `scratch`; a private answer store keeps what else it holds."""
    for name in ("release", "source"):
        for made in (scratch / name).iterdir():
            shutil.rmtree(target / name / made.name, ignore_errors=True)
            shutil.copytree(made, target / name / made.name)
    for unit, store in stores.items():
        if store:
            shutil.copytree(scratch / "answers" / unit, store / unit, dirs_exist_ok=True)
            kept = f"{os.path.relpath(store, target)}\n{FILE_NAME}\n"
            (target / "source" / unit / KEPT_ELSEWHERE).write_text(kept, encoding="utf-8", newline="\n")
