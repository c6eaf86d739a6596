"""The results of grading an assignment: one line per learner, also where a notebook could not be graded."""

import re
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory

from secondcar.errors import CourseError
from secondcar.grading.folders import entries_below
from secondcar.grading.handed_in import is_notebook, read_notebook
from secondcar.grading.preprocessors.repair import NOTES_KEY
from secondcar.grading.quoting import quoted

GRADED = "graded"
MISSING = "notebook missing"
UNREADABLE = "could not be read"
FAILED = "could not be graded"


@dataclass(frozen=True)
class NotebookResult:
    """The outcome of one learner's notebook.

    Attributes:
        score: points, or None if the notebook was not graded.
        max_score: the most that can be reached.
        state: "graded", "notebook missing", "could not be read" or "could not be graded".
        notes: plain sentences: what was repaired, or why there is no score. The first one of these quotes no learner.
        by_hand: names of the cells that a person still has to mark; until then the score counts nothing for them.
    """

    student: str
    notebook: str
    score: float | None
    max_score: float
    state: str
    notes: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()


def read_results(course: CourseDirectory, assignment: str) -> list[NotebookResult]:
    """Return a `NotebookResult` for each submission and notebook of an assignment, sorted by student.

    Run it after `nbgrader autograde`. It reads nbgrader's folders and gradebook and writes nothing.
    Raises nbgrader's MissingEntry if the assignment is not in the gradebook.

    >>> for result in read_results(CourseDirectory(root="/srv/course"), "ps1"):  # doctest: +SKIP
    ...     print(result.student, result.score, result.state, *result.notes)
    ada 3.0 graded
    ben None could not be read p1.ipynb is empty: ask the learner to save it and hand it in again.
    """
    with Gradebook(course.db_url, course.course_id) as gradebook:
        notebooks = {book.name: book.max_score for book in gradebook.find_assignment(assignment).notebooks}
        submissions = {
            (book.student.id, name): (book.score, _by_hand(book))
            for name in notebooks
            for book in gradebook.notebook_submissions(name, assignment)
        }
    results = []
    for student in _students(course, assignment):
        for name, max_score in notebooks.items():
            state, notes = _outcome(course, assignment, student, f"{name}.ipynb")
            graded = submissions.get((student, name)) if state == GRADED else None
            if state == GRADED and graded is None:
                state, notes = FAILED, (f"The gradebook has no marks of {name}.ipynb: grade it again.",)
            score, by_hand = graded or (None, ())
            results.append(NotebookResult(student, name, score, max_score, state, notes, by_hand))
    return results


def _by_hand(notebook: SubmittedNotebook) -> tuple[str, ...]:
    return tuple(sorted(grade.name for grade in notebook.grades if grade.needs_manual_grade))


def _students(course: CourseDirectory, assignment: str) -> list[str]:
    pattern = course.format_path(course.submitted_directory, "(?P<student>.+)", assignment, escape=True)
    folders = glob(course.format_path(course.submitted_directory, "*", assignment))
    return sorted(match["student"] for match in (re.fullmatch(pattern, folder) for folder in folders) if match)


def _outcome(course: CourseDirectory, assignment: str, student: str, file: str) -> tuple[str, tuple[str, ...]]:
    folder = Path(course.format_path(course.submitted_directory, student, assignment))
    graded = Path(course.format_path(course.autograded_directory, student, assignment), file)
    if graded.is_file():
        return GRADED, tuple(nbformat.read(graded, as_version=4).metadata.get(NOTES_KEY, ()))
    if not (folder / file).is_file():
        others = [Path(entry.path) for entry in entries_below(folder) if entry is not None and is_notebook(entry.name)]
        listed = ", ".join(map(quoted, sorted(path.relative_to(folder).as_posix() for path in others)))
        advice = [f"It holds {listed}: if one of them is meant, name it {file} and grade again."] if listed else []
        return MISSING, (f"There is no {file} in the submission.", *advice)
    try:
        read_notebook(file, (folder / file).read_bytes())
    except CourseError as fault:
        return UNREADABLE, (str(fault),)
    return FAILED, (f"{file} can be read, but was not graded: the last lines of the run say why.",)
