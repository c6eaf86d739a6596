"""nbgrader's gradebook, opened once, that reads all of a notebook when the first of it is asked for."""

from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SourceCell,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy.orm import Query, undefer


class ReadingAhead(Gradebook):
    """For code of nbgrader's that asks for cell after cell, and mark after mark.

    Its answers are as old as the last `close`.

    >>> with ReadingAhead("sqlite:///gradebook.db") as gradebook:  # doctest: +SKIP
    ...     gradebook.find_grade("undo-test", "ps1", "ps1", "ada").score
    2.0
    """

    def __init__(self, db_url: str) -> None:
        super().__init__(db_url)
        self._forget()

    def _forget(self) -> None:
        # The kind of what was read, the notebook, and whose -> name of the cell -> what was read.
        self._found: dict[tuple[Any, ...], dict[str, Any]] = {}

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> SourceCell:
        place = (notebook, assignment)
        return self._cells(SourceCell, *place).get(name) or super().find_source_cell(name, *place)

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> GradeCell | TaskCell:
        place = (notebook, assignment)
        return self._cells(GradeCell, *place).get(name) or super().find_graded_cell(name, *place)

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Grade:
        place = (notebook, assignment, student)
        return self._marks(Grade, *place).get(grade_cell) or super().find_grade(grade_cell, *place)

    def find_comment(self, solution_cell: str, notebook: str, assignment: str, student: str) -> Comment:
        place = (notebook, assignment, student)
        return self._marks(Comment, *place).get(solution_cell) or super().find_comment(solution_cell, *place)

    def _cells(self, kind: type[Any], *place: str) -> dict[str, Any]:
        """Return what an assignment has of a kind, by the names of the cells. place: notebook and assignment."""
        if (kind, *place) not in self._found:
            notebook, assignment = place
            cells = self.db.query(kind).join(Notebook, Notebook.id == kind.notebook_id)
            cells = cells.join(Assignment, Assignment.id == Notebook.assignment_id)
            cells = cells.filter(Notebook.name == notebook, Assignment.name == assignment)
            self._found[kind, *place] = {cell.name: cell for cell in cells}
        return self._found[kind, *place]

    def _marks(self, kind: type[Any], *place: str) -> dict[str, Any]:
        """Return what a submission has of a kind, by the names of the cells. place: notebook, assignment, student."""
        if (kind, *place) not in self._found:
            marks = self._named(kind, self.find_submission_notebook(*place))
            self._found[kind, *place] = {name: mark for mark, name in marks}
        return self._found[kind, *place]

    def _named(self, kind: type[Any], submitted: SubmittedNotebook) -> Query:
        """Return a query for what a notebook has of a kind, each with the name of its cell."""
        rows = self.db.query(kind, BaseCell.name).join(BaseCell, BaseCell.id == kind.cell_id)
        rows = rows.filter(kind.notebook_id == submitted.id)
        return rows.options(undefer(Grade.max_score)) if kind is Grade else rows

    def close(self) -> None:
        """Forget what was read. The connection stays."""
        self._forget()
        self.db.remove()
