"""Gradebook rows as plain data: what a grader on another machine needs, and what it sends back."""

from collections.abc import Collection
from typing import Any

from nbgrader.api import Base
from sqlalchemy import Connection, Table, select

from secondcar.grading.records import Rows

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
# For each of these tables, the column that names a student or a row of a table before it.
_LEADS_TO_OWNER = ("id", "student_id", "assignment_id", "notebook_id", "notebook_id")


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
    rows["notebook"] = sorted(
        _rows(connection, "notebook", assignment_id=[found["id"]]), key=lambda notebook: notebook["name"]
    )
    notebooks = _ids(rows["notebook"])
    rows["base_cell"] = _rows(connection, "base_cell", notebook_id=notebooks)
    cells = _ids(rows["base_cell"])
    for name in ("grade_cells", "solution_cells", "task_cells"):
        rows[name] = _rows(connection, name, id=cells)
    rows["source_cell"] = _rows(connection, "source_cell", notebook_id=notebooks)
    return rows


def read_submissions(connection: Connection, assignment: Rows, students: Collection[str]) -> dict[str, Rows]:
    """Return student -> their row and all rows of their submission of an assignment; a table may have none.

    assignment: its rows, as `read_assignment` returns them. In nbgrader's tables an index leads from the cells of an
    assignment to their grades, and none from a submission: the cells are named so that no table is scanned in full.
    """
    of_assignment, notebooks, cells = (_ids(assignment[name]) for name in ("assignment", "notebook", "base_cell"))
    found: Rows = {"student": _rows(connection, "student", id=students)}
    found["submitted_assignment"] = _rows(
        connection, "submitted_assignment", assignment_id=of_assignment, student_id=students
    )
    submissions = _ids(found["submitted_assignment"])
    found["submitted_notebook"] = _rows(
        connection, "submitted_notebook", notebook_id=notebooks, assignment_id=submissions
    )
    # Ids are random. A gradebook lists a submission's notebooks as they were put into it: nbgrader does so by name.
    found["submitted_notebook"].sort(key=lambda notebook: notebooks.index(notebook["notebook_id"]))
    submitted = _ids(found["submitted_notebook"])
    for name in ("grade", "comment"):
        found[name] = _rows(connection, name, cell_id=cells, notebook_id=submitted)
    return _by_student(found, students)


def _by_student(found: Rows, students: Collection[str]) -> dict[str, Rows]:
    rows: dict[str, Rows] = {student: {name: [] for name in SUBMISSION_TABLES} for student in students}
    owner = {student: student for student in students}
    for name, leads_to in zip(SUBMISSION_TABLES, _LEADS_TO_OWNER, strict=True):
        for row in found[name]:
            owner[row["id"]] = owner[row[leads_to]]
            rows[owner[row["id"]]][name].append(row)
    return rows


def _ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def _rows(connection: Connection, name: str, /, **columns: Collection[str]) -> list[dict[str, Any]]:
    """Return the rows in which each of the columns has one of its values, in a fixed order."""
    if not all(columns.values()):
        return []
    found = table(name)
    query = select(found).where(*(found.c[column].in_(values) for column, values in columns.items()))
    return [dict(row) for row in connection.execute(query.order_by(found.c.id)).mappings()]


def insert(connection: Connection, rows: Rows) -> None:
    """Put rows into a gradebook that has none of them."""
    for name in (*ASSIGNMENT_TABLES, *SUBMISSION_TABLES):
        if rows.get(name):
            connection.execute(table(name).insert(), rows[name])
