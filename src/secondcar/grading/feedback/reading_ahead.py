"""nbgrader's gradebook, opened once, that reads all marks of a notebook when the first is asked for."""

from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, SubmittedNotebook
from sqlalchemy.orm import Query, undefer


class ReadingAhead(Gradebook):
    """For `GetGrades`, which opens the gradebook for each notebook and then asks for mark after mark.

    Its answers are as old as the last `close`.

    >>> with ReadingAhead("sqlite:///gradebook.db") as gradebook:  # doctest: +SKIP
    ...     gradebook.find_grade("undo-test", "ps1", "ps1", "ada").score
    2.0
    """

    def __init__(self, db_url: str) -> None:
        super().__init__(db_url)
        self._grades: dict[tuple[str, ...], Grade] = {}
        self._comments: dict[tuple[str, ...], Comment] = {}

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Grade:
        place = (notebook, assignment, student)
        self._read(*place)
        return self._grades.get((grade_cell, *place)) or super().find_grade(grade_cell, *place)

    def find_comment(self, solution_cell: str, notebook: str, assignment: str, student: str) -> Comment:
        place = (notebook, assignment, student)
        self._read(*place)
        return self._comments.get((solution_cell, *place)) or super().find_comment(solution_cell, *place)

    def _read(self, *place: str) -> None:
        if self._grades or self._comments:
            return
        submitted = self.find_submission_notebook(*place)
        grades = self._named(Grade, submitted).options(undefer(Grade.max_score))
        self._grades = {(name, *place): grade for grade, name in grades}
        self._comments = {(name, *place): comment for comment, name in self._named(Comment, submitted)}

    def _named(self, kind: type[Any], submitted: SubmittedNotebook) -> Query:
        """Return a query for what a notebook has of a kind, each with the name of its cell."""
        rows = self.db.query(kind, BaseCell.name).join(BaseCell, BaseCell.id == kind.cell_id)
        return rows.filter(kind.notebook_id == submitted.id)

    def close(self) -> None:
        """Forget what was read. The connection stays."""
        self._grades, self._comments = {}, {}
        self.db.remove()
