"""The build: course/ (plain text) -> source/ (teacher's, run) -> release/ (learner's).

>>> build(Path("."), ["02-by-and-to"])  # doctest: +SKIP
"""

import shutil
import tempfile
from pathlib import Path

import nbformat

from secondcar.building.answers import read_answers
from secondcar.building.compiling import compile_exercise, numbers_beside
from secondcar.building.errors import BuildError
from secondcar.building.execution import execute
from secondcar.building.notebook import points_of, read_unit
from secondcar.building.other_files import write_glossary, write_other_files
from secondcar.building.release import make_release
from secondcar.building.shown_charts import titles_shown
from secondcar.building.teaching import GUIDE, teachers_guide
from secondcar.checks.answers_file import FILE_NAME, encode, solutions_setting
from secondcar.checks.kinds.elsewhere import without_answer
from secondcar.units import unit_names

__all__ = ["BuildError", "build"]


def build(
    root: Path,
    units: list[str] | None = None,
    target: Path | None = None,
    run: bool = True,
    answers: Path | None = None,
) -> list[str]:
    """Build units and the teacher's guide.

    Args:
        root: the repository.
        units: names of units; all of them if None.
        target: where source/ and release/ are written; the repository if None.
        run: run the teacher's notebooks, so that they carry their outputs.
        answers: a private answer store, a folder. The answers go there, and those of source/ and release/ hold none.

    Returns:
        The names of the units built.

    Raises:
        BuildError: something in course/ is wrong. No unit's folder is left half written.
    """
    target = target or root
    known = unit_names(root / "course", ".py")
    for unit in units or []:
        if unit not in known:
            raise BuildError(f"There is no unit {unit} in course/. The units are: {', '.join(known)}.")
    _refuse_shared_ids(root, known)
    guide = teachers_guide(root, known)
    chosen = units or known
    for unit in chosen:
        with tempfile.TemporaryDirectory() as scratch:
            _build_unit(root, unit, target, Path(scratch), run, answers)
    (target / "source" / GUIDE).write_text(guide, encoding="utf-8", newline="\n")
    return chosen


def _build_unit(root: Path, unit: str, target: Path, scratch: Path, run: bool, answers: Path | None) -> None:
    course = root / "course" / unit
    written = read_answers(course / "answers.toml")
    notebook = read_unit(course / f"{unit}.py", written)
    points = points_of(notebook)
    source = scratch / unit
    source.mkdir()
    write_other_files(course, source)
    write_glossary(root / "course", source)
    charts = any(answer["kind"] == "chart" for answer in written.values())
    shown = {"shown_titles": titles_shown(notebook, source)} if charts else {}
    exercises = {
        name: compile_exercise(
            course / "answers.toml", name, {**answer, **shown, **numbers_beside(name, written)}, points[name]
        )
        for name, answer in written.items()
    }
    opened = solutions_setting(target / "source" / unit)  # a teacher's, which the build keeps
    (source / FILE_NAME).write_text(encode(unit, exercises, opened), encoding="utf-8", newline="\n")
    if run:
        execute(notebook, source, unit)
    nbformat.write(notebook, source / f"{unit}.ipynb")
    if answers:
        (answers / unit).mkdir(parents=True, exist_ok=True)
        shutil.move(source / FILE_NAME, answers / unit / FILE_NAME)
        public = {name: without_answer(exercise) for name, exercise in exercises.items()}
        (source / FILE_NAME).write_text(encode(unit, public), encoding="utf-8", newline="\n")
    nbgrader_folder = scratch / "nbgrader"
    nbgrader_folder.mkdir()
    make_release(source, target / "release" / unit, root / "nbgrader_config.py", nbgrader_folder)
    shutil.rmtree(target / "source" / unit, ignore_errors=True)
    shutil.copytree(source, target / "source" / unit)


def _refuse_shared_ids(root: Path, units: list[str]) -> None:
    """An exercise's id names it in reports over all units, so no two units may share one."""
    owner: dict[str, str] = {}
    for unit in units:
        for name in read_answers(root / "course" / unit / "answers.toml"):
            if name in owner:
                raise BuildError(
                    f"course/{unit}/answers.toml: exercise {name} is in {owner[name]} too. Give it an id of its own."
                )
            owner[name] = unit
