"""Tries the assignments of any nbgrader course before a class does: `secondcar examine`.

Each is built, its teacher's notebooks are run by nbval, and two learners hand it in: one with the teacher's solutions,
who must get full marks, and one with what was handed out, who must get none. All of this happens in a copy.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade, is_solution

from secondcar.counting import counted
from secondcar.errors import CourseError
from secondcar.grading.course import load_course
from secondcar.grading.results import GRADED, read_results

# The two learners, and what each hands in.
SOLVED, UNTOUCHED = "solved", "untouched"
WHOSE = {SOLVED: "the teacher's solution", UNTOUCHED: "the notebook as it is handed out"}


def examine(root: Path, assignments: Sequence[str] = (), *, strict: bool = False) -> dict[str, list[str]]:
    """Try assignments of a course.

    Args:
        root: the course's folder, which is not changed.
        assignments: their names; by default all that have a notebook in source/.
        strict: have nbval compare all stored outputs, not only those of cells that ask for it.

    Returns:
        Assignment -> what is wrong with it, one sentence each.

    Raises:
        CourseError: there is nothing to try.
    """
    course = load_course(root)
    sources = Path(course.format_path(course.source_directory, ".", "."))
    there = sorted({path.parent.name for path in sources.glob("*/*.ipynb")})
    if not there:
        raise CourseError(f"There is no assignment in {sources}: run this in the folder of an nbgrader course.")
    if unknown := sorted(set(assignments) - set(there)):
        raise CourseError(f"There is no assignment {unknown[0]} in {sources}: it has {', '.join(there)}.")
    with tempfile.TemporaryDirectory() as folder:
        copy = _copy_of(course, Path(folder).resolve())
        return {name: list(_faults(copy, name, strict)) for name in assignments or there}


def _copy_of(course: CourseDirectory, folder: Path) -> CourseDirectory:
    """Copy a course without its learners and marks, and return the copy, which has a gradebook of its own."""
    made = (
        course.submitted_directory,
        course.autograded_directory,
        course.feedback_directory,
        course.release_directory,
    )
    left_out = {Path(course.root, place) for place in made}

    def ignored(inside: str, names: list[str]) -> set[str]:
        return {
            name for name in names if name.startswith(".") or name.endswith(".db") or Path(inside, name) in left_out
        }

    shutil.copytree(course.root, folder / "course", ignore=ignored)
    copy = load_course(folder / "course")
    copy.root, copy.db_url = str(folder / "course"), f"sqlite:///{folder / 'gradebook.db'}"
    return copy


def _faults(course: CourseDirectory, assignment: str, strict: bool) -> Iterator[str]:
    if said := _run(course, "nbgrader", "generate_assignment", assignment, "--force"):
        yield f"It cannot be built: {said}"
        return
    source, release = (
        Path(course.format_path(place, ".", assignment))
        for place in (course.source_directory, course.release_directory)
    )
    outputs = "--nbval" if strict else "--nbval-lax"
    if said := _run(course, "pytest", outputs, "--nbval-current-env", "-p", "no:cacheprovider", "-q", str(source)):
        yield f"The teacher's notebooks do not run as they stand: {said}"
    for learner, folder in ((SOLVED, source), (UNTOUCHED, release)):
        shutil.copytree(folder, course.format_path(course.submitted_directory, learner, assignment))
    said = _run(course, "secondcar", "grade", assignment)
    for result in read_results(course, assignment):
        if result.state != GRADED:
            yield f"{result.notebook}: {WHOSE[result.student]} {result.state}. {' '.join(result.notes) or said}"
        elif result.student == UNTOUCHED:
            yield from _stops(
                Path(course.format_path(course.autograded_directory, UNTOUCHED, assignment)), result.notebook
            )
    yield from _wrong_marks(course, assignment)


def _stops(folder: Path, notebook: str) -> Iterator[str]:
    """Yield each cell above the first answer at which the notebook stops as it is handed out."""
    for cell in nbformat.read(folder / f"{notebook}.ipynb", as_version=4).cells:
        if is_solution(cell) or is_grade(cell):
            return
        for output in cell.get("outputs", []):
            if output.output_type == "error" and "raises-exception" not in cell.metadata.get("tags", []):
                first = cell.source.strip().splitlines()[0]
                yield f"{notebook}: as it is handed out, it stops at `{first}`: {output.ename}: {output.evalue}"


def _wrong_marks(course: CourseDirectory, assignment: str) -> Iterator[str]:
    """Yield each test that does not give the solution all its points, or gives some to whoever did nothing."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        for submission in gradebook.find_assignment(assignment).submissions:
            for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
                due = grade.max_score if submission.student.id == SOLVED else 0
                # What has no mark yet is for a person.
                if grade.auto_score not in (None, due):
                    has = f"has {grade.auto_score:g} of {counted(grade.max_score, 'point')}"
                    yield f"{grade.notebook.name}, {grade.name}: {WHOSE[submission.student.id]} {has}."


def _run(course: CourseDirectory, module: str, *arguments: str) -> str:
    """Run a module in the copy of the course; return the end of what it said if it failed."""
    if module != "pytest":  # the copy's own folders and gradebook, whatever the configuration says
        arguments = (*arguments, f"--CourseDirectory.root={course.root}", f"--CourseDirectory.db_url={course.db_url}")
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    lines = [line for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.strip()]
    return "\n    ".join(["", *lines[-15:]]) if done.returncode else ""
