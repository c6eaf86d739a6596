"""Makes a small graded class by nbgrader's own API, without running a notebook."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.api import Base, Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine

from secondcar.grading.preprocessors.repair import NOTES_KEY

ASSIGNMENT = "ps1"
POINTS = {"undo": 2.0, "share": 1.0, "essay": 4.0}
BY_HAND = "essay"
DUE = datetime(2026, 3, 1, 12)


@dataclass
class Submitted:
    """What one learner handed in. points: exercise -> points; the essay waits for a person unless it has some.

    said: exercise -> (state, mistake, text of the note, its questions). repairs: sentences. late, extension, penalty:
    as nbgrader's.
    """

    points: dict[str, float] = field(default_factory=dict)
    said: dict[str, tuple] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    late: timedelta = timedelta()
    extension: timedelta | None = None
    penalty: float | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    lms_user_id: str | None = None


def make_class(root: Path, learners: dict[str, Submitted | None]) -> CourseDirectory:
    """Make a graded course of one assignment; a learner with None is enrolled and has handed in nothing."""
    course = CourseDirectory(root=str(root), db_url=f"sqlite:///{root / 'gradebook.db'}", course_id="numbers")
    # With its tables there, nbgrader does not start a program of its own to stamp them, which takes seconds.
    Base.metadata.create_all(create_engine(course.db_url))
    with Gradebook(course.db_url, course.course_id) as gradebook, gradebook.db.no_autoflush:
        gradebook.add_assignment(ASSIGNMENT, duedate=DUE)
        gradebook.add_notebook("p1", ASSIGNMENT)
        for name, points in POINTS.items():
            kind = "markdown" if name == BY_HAND else "code"
            gradebook.add_grade_cell(f"{name}-check", "p1", ASSIGNMENT, max_score=points, cell_type=kind)
            gradebook.add_source_cell(f"{name}-check", "p1", ASSIGNMENT, cell_type=kind)
        for learner, submitted in learners.items():
            _enrol(gradebook, learner, submitted or Submitted())
            if submitted:
                _grade(gradebook, learner, submitted)
                _write_files(course, learner, submitted)
    return course


def _enrol(gradebook: Gradebook, learner: str, submitted: Submitted) -> None:
    names = ("first_name", "last_name", "email", "lms_user_id")
    gradebook.add_student(learner, **{name: getattr(submitted, name) for name in names})


def _grade(gradebook: Gradebook, learner: str, submitted: Submitted) -> None:
    row = gradebook.add_submission(ASSIGNMENT, learner, timestamp=DUE + submitted.late, extension=submitted.extension)
    (notebook,) = row.notebooks
    notebook.late_submission_penalty = submitted.penalty
    for grade in notebook.grades:
        exercise = grade.name.removesuffix("-check")
        points = submitted.points.get(exercise)
        if exercise == BY_HAND:
            grade.manual_score, grade.needs_manual_grade = points, points is None
        else:
            grade.auto_score, grade.needs_manual_grade = points or 0.0, False
    gradebook.db.commit()


def _write_files(course: CourseDirectory, learner: str, submitted: Submitted) -> None:
    cells = [_checked(exercise, *said) for exercise, said in submitted.said.items()]
    notebook = new_notebook(cells=cells, metadata={NOTES_KEY: list(submitted.repairs)} if submitted.repairs else {})
    for step in (course.submitted_directory, course.autograded_directory):
        folder = Path(course.format_path(step, learner, ASSIGNMENT))
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / "p1.ipynb")


def _checked(
    exercise: str, state: str, mistake: str | None = None, text: str = "", questions: tuple[str, ...] = ()
) -> nbformat.NotebookNode:
    note = {"secondcar": {"exercise": exercise, "state": state, "mistake": mistake, "questions": list(questions)}}
    output = new_output("display_data", data={"text/plain": text}, metadata=note)
    return new_code_cell(outputs=[output], metadata={"nbgrader": {"grade": True, "grade_id": f"{exercise}-check"}})
