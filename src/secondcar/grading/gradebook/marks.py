"""The marks in a gradebook as plain records, each read in one query."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import ColumnElement, Select, select

from secondcar.grading.course import find_assignment


@dataclass(frozen=True)
class Learner:
    """What the gradebook's table of students says about one; all but the id may be empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""

    @property
    def name(self) -> str:
        """The name in one line; the id where there is no name."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True)
class CellMark:
    """The points one learner has for one graded cell.

    Attributes:
        waits: whether a person still has to look at it; until then `points` says nothing.
        by_hand: whether a person gave points.
    """

    learner: str
    notebook: str
    cell: str
    points: float
    waits: bool
    by_hand: bool


@dataclass(frozen=True)
class AssignmentMark:
    """The points one learner has for an assignment.

    Attributes:
        raw_points: the sum over all cells.
        penalty: what was taken off for being late.
        late: by how long, None if in time.
        waits: cells that a person still has to look at.
    """

    learner: str
    handed_in: datetime | None
    late: timedelta | None
    raw_points: float
    penalty: float
    waits: tuple[str, ...]

    @property
    def points(self) -> float | None:
        """What counts, as nbgrader exports it; None while a cell still waits for a person."""
        return None if self.waits else max(0.0, self.raw_points - self.penalty)


@dataclass(frozen=True)
class MarksColumn:
    """One assignment. points: the most that can be reached. due: its due date or None. marks: learner's id -> mark."""

    assignment: str
    points: float
    due: object
    marks: dict[str, AssignmentMark]

    def points_of(self, learner: Learner) -> float | None:
        """Return what counts; None if the learner has no mark, or not yet."""
        mark = self.marks.get(learner.id)
        return mark.points if mark else None


def read_learners(gradebook: Gradebook) -> list[Learner]:
    """Return all learners of the course, sorted by id."""
    columns = (Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id)
    rows = gradebook.db.execute(select(*columns).order_by(Student.id))
    return [Learner(*(value or "" for value in row)) for row in rows]


def read_cell_marks(gradebook: Gradebook, assignment: str, *only: ColumnElement[bool]) -> list[CellMark]:
    """Return what every learner has for every graded cell of an assignment. only: conditions that the marks meet.

    Raises CourseError if the gradebook has no such assignment.
    """
    columns = (
        SubmittedAssignment.student_id,
        Notebook.name,
        BaseCell.name,
        Grade.score,
        Grade.needs_manual_grade,
        Grade.manual_score.is_not(None),
    )
    query = (
        _of_assignment(select(*columns), find_assignment(gradebook, assignment))
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .where(*only)
        .order_by(SubmittedAssignment.student_id, Notebook.name, BaseCell.name)
    )
    return [CellMark(*row) for row in gradebook.db.execute(query)]


def read_marks(gradebook: Gradebook, assignment: str) -> dict[str, AssignmentMark]:
    """Return learner's id -> mark, for each learner of whom the gradebook holds a submission.

    Raises CourseError if the gradebook has no such assignment.
    """
    found = find_assignment(gradebook, assignment)
    cells = defaultdict(list)
    for cell in read_cell_marks(gradebook, assignment):
        cells[cell.learner].append(cell)
    columns = (
        SubmittedAssignment.student_id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
        SubmittedNotebook.late_submission_penalty,
    )
    marks: dict[str, AssignmentMark] = {}
    for learner, handed_in, extension, penalty in gradebook.db.execute(_of_assignment(select(*columns), found)):
        before = marks[learner].penalty if learner in marks else 0.0
        marks[learner] = AssignmentMark(
            learner,
            handed_in,
            _late(handed_in, found.duedate, extension),
            sum(cell.points for cell in cells[learner]),
            before + (penalty or 0.0),
            tuple(cell.cell for cell in cells[learner] if cell.waits),
        )
    return marks


def _of_assignment(query: Select, assignment: Assignment) -> Select:
    return (
        query.select_from(SubmittedAssignment)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(SubmittedAssignment.assignment_id == assignment.id)
    )


def _late(handed_in: datetime | None, due: datetime | None, extension: timedelta | None) -> timedelta | None:
    if handed_in is None or due is None:
        return None
    late = handed_in - due - (extension or timedelta())
    return late if late > timedelta() else None
