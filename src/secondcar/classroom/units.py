"""Bring this course's units into an nbgrader course that is there already, and never change what it holds."""

import shutil
from pathlib import Path

from traitlets.config.loader import PyFileConfigLoader

from secondcar.errors import CourseError
from secondcar.files import whole
from secondcar.grading.course import load_course
from secondcar.grading.gradebook.register import register
from secondcar.units import unit_names
from secondcar.workspace import same_files

CONFIGURATION = "nbgrader_config.py"


def units_into(course: Path, repository: Path) -> list[str]:
    """Copy the units into an nbgrader course, register the new ones in its gradebook, and say what was done.

    Args:
        course: the folder of an nbgrader course, with its nbgrader_config.py.
        repository: the checkout of this course.

    Raises:
        CourseError: one of the two folders is something else.

    >>> units_into(Path("/srv/econ-101"), Path("."))  # doctest: +SKIP
    ['00-start is new.', ...]
    """
    if not (course / CONFIGURATION).is_file():
        raise CourseError(
            f"There is no {CONFIGURATION} in {course}: name the folder of an nbgrader course, or make one with "
            "`nbgrader quickstart`."
        )
    folders = load_course(course)
    sentences = copy_units(repository, course / folders.source_directory, course / folders.release_directory)
    # Solutions are taken out as in our own releases, or nbgrader would take every answer for an unchanged one.
    ours = PyFileConfigLoader(CONFIGURATION, path=str(repository)).load_config()
    register(course, unit_names(repository / "source"), only_new=True, clear_solutions=ours.ClearSolutions)
    return sentences


def copy_units(repository: Path, source: Path, release: Path) -> list[str]:
    """Copy the units that a course lacks, and return one sentence for each thing to know.

    Args:
        repository: the checkout of this course.
        source: the course's folder of the teacher's notebooks.
        release: its folder of what is handed out.

    Raises:
        CourseError: `repository` has no units.
    """
    names = unit_names(repository / "source")
    if not names:
        raise CourseError(f"There is no source/ with units in {repository}: run this in a checkout of the course.")
    sentences = []
    for unit in names:
        places = {repository / "source" / unit: source / unit, repository / "release" / unit: release / unit}
        if any(there.exists() and not same_files(ours, there) for ours, there in places.items()):
            sentences.append(
                f"{unit} is there in another version and stays as it is. To take this one: delete {source / unit} and "
                f"{release / unit}, do this again, and type in the course `nbgrader generate_assignment {unit} --force`"
                f" and, if it was handed out, `nbgrader release_assignment {unit} --force`."
            )
        elif not all(there.exists() for there in places.values()):
            for ours, there in places.items():
                _copy(ours, there)
            sentences.append(f"{unit} is new.")
    return sentences


def _copy(ours: Path, there: Path) -> None:
    """Copy a unit's folder; it appears only when it is complete."""
    if there.exists():
        return
    with whole(there) as part:
        shutil.copytree(ours, part)
