"""Put results into the course: rows into its gradebook, files into autograded/. One process does it at a time."""

import os
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.api import SubmittedNotebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, Engine, bindparam, select
from traitlets.utils.importstring import import_item

from secondcar.grading.rows import Rows, insert, read_submission, table
from secondcar.grading.worker import Result, write_files


class Writer:
    """Writes results as `nbgrader autograde` would have, whatever a teacher entered in the meantime."""

    def __init__(self, converter: Autograde, engine: Engine, rows: Rows, scratch: Path) -> None:
        """
        Args:
            converter: nbgrader's own, with the course's configuration.
            engine: of the course's gradebook.
            rows: its rows of the assignment.
            scratch: an own folder, on the file system of autograded/.
        """
        self.converter = converter
        self.course: CourseDirectory = converter.coursedir
        self.engine = engine
        self.assignment = rows["assignment"][0]
        self.notebook_ids = {row["name"]: row["id"] for row in rows["notebook"]}
        self.scratch = scratch
        self.penalties = _penalties(converter)

    def write(self, results: Iterable[Result]) -> None:
        """Write results: all their rows in one transaction, then each one's files.

        Doing it again changes nothing, so a run that was killed on the way may be repeated.
        """
        results = list(results)
        staged = [self._stage(result) for result in results]
        with self.engine.begin() as connection:
            for result in results:
                self._write_rows(connection, result)
        for result, folder in zip(results, staged, strict=True):
            self._put_in_place(result, folder)

    def _write_rows(self, connection: Connection, result: Result) -> None:
        old = read_submission(connection, self.assignment["id"], result.student)
        new = result.rows
        if not old["student"]:
            insert(connection, {"student": new["student"]})
        if not old["submitted_assignment"]:
            insert(connection, {name: rows for name, rows in new.items() if name != "student"})
        else:
            (submission,) = new["submitted_assignment"]
            known = {**submission, "id": old["submitted_assignment"][0]["id"]}
            _update(connection, "submitted_assignment", [known], "timestamp")
            self._update_grades(connection, result, old)
            _update(connection, "comment", _with_ids_of(old, new, "comment"), "auto_comment")
        if self.penalties:
            self._write_penalties(connection, result)

    def _update_grades(self, connection: Connection, result: Result, old: Rows) -> None:
        by_teacher = {row["id"] for row in old["grade"] if row["manual_score"] is not None}
        missing = {row["id"] for row in self._notebooks(old["submitted_notebook"], result.missing)}
        grades = _with_ids_of(old, result.rows, "grade")
        for row in grades:
            # nbgrader asks for a hand where there was one before, or where it has no score itself.
            by_hand = row["id"] in by_teacher or row["auto_score"] is None
            row["needs_manual_grade"] = by_hand and row["notebook_id"] not in missing
        _update(connection, "grade", grades, "auto_score", "needs_manual_grade")

    def _write_penalties(self, connection: Connection, result: Result) -> None:
        rows = read_submission(connection, self.assignment["id"], result.student)
        for submission in rows["submitted_assignment"]:
            late = _seconds_late(submission, self.assignment)
            for notebook in self._notebooks(rows["submitted_notebook"], result.penalised):
                penalty = self._penalty(connection, result.student, notebook["id"], late) if late > 0 else None
                _update(
                    connection,
                    "submitted_notebook",
                    [{**notebook, "late_submission_penalty": penalty}],
                    "late_submission_penalty",
                )

    def _penalty(self, connection: Connection, student: str, notebook_id: str, late: float) -> float | None:
        score = connection.scalar(select(SubmittedNotebook.score).where(SubmittedNotebook.id == notebook_id))
        penalty = self.penalties.plugin_inst.late_submission_penalty(student, score, late)
        if penalty is None:
            return None
        return self.penalties._check_late_penalty(SimpleNamespace(score=score), penalty)

    def _notebooks(self, rows: list[dict[str, Any]], names: Iterable[str]) -> list[dict[str, Any]]:
        """Return those rows of submitted notebooks that have one of the names."""
        wanted = {self.notebook_ids[name] for name in names}
        return [row for row in rows if row["notebook_id"] in wanted]

    def _stage(self, result: Result) -> Path | None:
        """Write a result's files where nobody looks for them."""
        if not result.graded:
            return None
        folder = self.scratch / "staged" / result.student
        shutil.rmtree(folder, ignore_errors=True)
        if self.course.notebook_id != "*" and self._place(result).exists():
            shutil.copytree(self._place(result), folder)
            for name in result.files:
                (folder / name).unlink(missing_ok=True)
        write_files(folder, result.files)
        permissions = int(str(self.converter.permissions), 8)
        for parent, _, names in os.walk(folder):
            for name in names:
                os.chmod(Path(parent, name), permissions)
            if self.course.groupshared:
                os.chmod(parent, 0o2770 | os.stat(parent).st_mode & 0o2777)
        return folder

    def _put_in_place(self, result: Result, staged: Path | None) -> None:
        """Swap a student's old folder for the new one, or take it away if grading failed, as nbgrader does."""
        place = self._place(result)
        old = self.scratch / "old" / result.student
        if place.exists() and (staged is not None or self.course.notebook_id == "*"):
            shutil.rmtree(old, ignore_errors=True)
            old.parent.mkdir(parents=True, exist_ok=True)
            place.rename(old)
        if staged is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            staged.rename(place)
        shutil.rmtree(old, ignore_errors=True)

    def _place(self, result: Result) -> Path:
        return Path(self.course.format_path(self.course.autograded_directory, result.student, self.assignment["name"]))


def _with_ids_of(old: Rows, new: Rows, name: str) -> list[dict[str, Any]]:
    """Return the new rows of a table under the ids that the gradebook has for the same cells.

    They differ if somebody else made the submission's rows while it was being graded.
    """
    notebooks = {row["notebook_id"]: row["id"] for row in old["submitted_notebook"]}
    notebook_of = {row["id"]: notebooks[row["notebook_id"]] for row in new["submitted_notebook"]}
    ids = {(row["notebook_id"], row["cell_id"]): row["id"] for row in old[name]}
    rows = [{**row, "notebook_id": notebook_of[row["notebook_id"]]} for row in new[name]]
    return [{**row, "id": ids[row["notebook_id"], row["cell_id"]]} for row in rows]


def _update(connection: Connection, name: str, rows: list[dict[str, Any]], *columns: str) -> None:
    """Give the rows of a table, found by their ids, new values in some columns."""
    if rows:
        changed = table(name)
        query = changed.update().where(changed.c.id == bindparam("of"))
        query = query.values({column: bindparam(f"new_{column}") for column in columns})
        values = [{"of": row["id"], **{f"new_{column}": row[column] for column in columns}} for row in rows]
        connection.execute(query, values)


def _penalties(converter: Autograde) -> AssignLatePenalties | None:
    """Return the course's preprocessor for late penalties, ready for use, or None if it has none."""
    for item in converter.autograde_preprocessors:
        found = import_item(item) if isinstance(item, str) else item
        if isinstance(found, type) and issubclass(found, AssignLatePenalties):
            preprocessor = found(parent=converter)
            preprocessor.init_plugin()
            return preprocessor if preprocessor.enabled else None
    return None


def _seconds_late(submission: dict, assignment: dict) -> float:
    """Return by how much a submission missed the due date, as nbgrader's `SubmittedAssignment` counts it."""
    if submission["timestamp"] is None or assignment["duedate"] is None:
        return 0
    late = submission["timestamp"] - assignment["duedate"] - (submission["extension"] or timedelta())
    return max(0, late.total_seconds())
