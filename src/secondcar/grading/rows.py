"""Gradebook rows as plain data: what a grader on another machine needs, and what it sends back."""

from typing import Any

from nbgrader.api import Base
from sqlalchemy import Connection, Table, select

# table name -> its rows, each column name -> value
Rows = dict[str, list[dict[str, Any]]]

ASSIGNMENT_TABLES = (
    "course",
    "assignment",
    "notebook",
    "base_cell",
    "grade_cells",
    "solution_cells",
    "task_cells",
    "source_cell",
)
SUBMISSION_TABLES = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")


def table(name: str) -> Table:
    """Return one of nbgrader's tables by its name in the database."""
    return Base.metadata.tables[name]


def read_assignment(connection: Connection, assignment: str) -> Rows:
    """Return all rows that say what an assignment is. Raises KeyError if the gradebook has none of that name."""
    rows: Rows = {"assignment": _rows(connection, "assignment", name=[assignment])}
    if not rows["assignment"]:
        raise KeyError(assignment)
    (found,) = rows["assignment"]
    rows["course"] = _rows(connection, "course", id=[found["course_id"]])
    rows["notebook"] = _rows(connection, "notebook", assignment_id=[found["id"]])
    notebooks = [row["id"] for row in rows["notebook"]]
    rows["base_cell"] = _rows(connection, "base_cell", notebook_id=notebooks)
    cells = [row["id"] for row in rows["base_cell"]]
    for name in ("grade_cells", "solution_cells", "task_cells"):
        rows[name] = _rows(connection, name, id=cells)
    rows["source_cell"] = _rows(connection, "source_cell", notebook_id=notebooks)
    return rows


def read_submission(connection: Connection, assignment_id: str, student: str) -> Rows:
    """Return a student's row and all rows of their submission of an assignment; a table may have none."""
    rows: Rows = {"student": _rows(connection, "student", id=[student])}
    rows["submitted_assignment"] = _rows(
        connection, "submitted_assignment", assignment_id=[assignment_id], student_id=[student]
    )
    submissions = [row["id"] for row in rows["submitted_assignment"]]
    rows["submitted_notebook"] = _rows(connection, "submitted_notebook", assignment_id=submissions)
    notebooks = [row["id"] for row in rows["submitted_notebook"]]
    rows["grade"] = _rows(connection, "grade", notebook_id=notebooks)
    rows["comment"] = _rows(connection, "comment", notebook_id=notebooks)
    return rows


def _rows(connection: Connection, name: str, /, **columns: list) -> list[dict[str, Any]]:
    """Return the rows in which each of the columns has one of its values, in a fixed order."""
    found = table(name)
    query = select(found).where(*(found.c[column].in_(values) for column, values in columns.items()))
    return [dict(row) for row in connection.execute(query.order_by(found.c.id)).mappings()]


def insert(connection: Connection, rows: Rows) -> None:
    """Put rows into a gradebook that has none of them."""
    for name in (*ASSIGNMENT_TABLES, *SUBMISSION_TABLES):
        if rows.get(name):
            connection.execute(table(name).insert(), rows[name])
