"""Put results into the course: rows into its gradebook, files into autograded/. One process does it at a time."""

import contextlib
import os
import shutil
import time
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.api import Grade
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, Engine, bindparam, func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from traitlets.utils.importstring import import_item

from secondcar.errors import CourseError
from secondcar.grading.folders import swap_folder, write_files
from secondcar.grading.gradebook.answer_texts import texts_in, texts_of_cells
from secondcar.grading.gradebook.rows import SUBMISSION_TABLES, insert, read_submissions, table
from secondcar.grading.records import GradingResult, Rows

# How often a transaction that others disturb is tried; SQLite alone waits five seconds each time.
_TRIES = 5


class Writer:
    """Writes results as `nbgrader autograde` would have, whatever a teacher entered in the meantime."""

    def __init__(self, converter: Autograde, engine: Engine, rows: Rows, scratch: Path) -> None:
        """Prepare to write into one course.

        Args:
            converter: nbgrader's own, with the course's configuration.
            engine: of the course's gradebook.
            rows: its rows of the assignment.
            scratch: a folder of its own, on the file system of autograded/.
        """
        self.converter = converter
        self.course: CourseDirectory = converter.coursedir
        self.engine = engine
        self.assignment = rows
        # Of notebook and cell. An answer that is marked by hand is two cells of one name: of its text, and its points.
        self.names = {row["id"]: (row["notebook_id"], row["name"]) for row in rows["base_cell"]}
        solutions = {self.names[row["id"]] for row in rows["solution_cells"]}
        code = {(row["notebook_id"], row["name"]) for row in rows["source_cell"] if row["cell_type"] == "code"}
        # What tests may depend on.
        self.code = solutions & code
        self.answers = solutions | {self.names[row["id"]] for row in rows["task_cells"]}
        self.notebook_ids = {row["name"]: row["id"] for row in rows["notebook"]}
        self.scratch = scratch
        self.penalties = _penalties(converter)

    def write(self, results: Collection[GradingResult]) -> set[str]:
        """Write results, no two of them of one student: all their rows in one transaction, then each one's files.

        Doing it again changes nothing, so a run that was killed on the way may be repeated.

        Returns the students of whom a cell now waits for a person's mark.

        Raises CourseError if the gradebook cannot be written because others keep writing it.
        """
        staged = [self._stage(result) for result in results]
        waiting = self._write_all_rows(results)
        for result, folder in zip(results, staged, strict=True):
            self._put_in_place(result, folder)
        return waiting

    def _write_all_rows(self, results: Collection[GradingResult]) -> set[str]:
        tried = 0
        while True:
            tried += 1
            try:
                with _transaction(self.engine) as connection:
                    return self._write_rows(connection, results)
            except (IntegrityError, OperationalError) as fault:
                # Somebody else wrote the same rows at the same moment, or held the gradebook for long; or its server is
                # restarting.
                if tried == _TRIES:
                    raise CourseError(
                        f"The gradebook cannot be written ({str(fault.orig).strip()}): close what else is writing it, "
                        "check that its server runs, and grade again. Nothing that was graded is lost."
                    ) from None
                time.sleep(tried)

    def _write_rows(self, connection: Connection, results: Collection[GradingResult]) -> set[str]:
        old = read_submissions(connection, self.assignment, [result.student for result in results])
        new, changed, penalised = _no_rows(), _no_rows(), _no_rows()
        waiting = set()
        for result in results:
            known = old[result.student]
            if not known["student"]:
                new["student"] += result.rows["student"]
            if known["submitted_assignment"]:
                now = self._changed_rows(result, known)
                _add(now, changed)
            else:
                now = {**result.rows, "student": []}
                _add(now, new)
            if any(row["needs_manual_grade"] for row in now["grade"]):
                waiting.add(result.student)
            penalised["submitted_assignment"] += now["submitted_assignment"]
            penalised["submitted_notebook"] += self._notebooks(now["submitted_notebook"], result.penalised)
        insert(connection, new)
        _update(connection, "submitted_assignment", changed["submitted_assignment"], "timestamp")
        _update(connection, "grade", changed["grade"], "auto_score", "needs_manual_grade")
        _update(connection, "comment", changed["comment"], "auto_comment")
        if self.penalties:
            self._write_penalties(connection, penalised)
        return waiting

    def _changed_rows(self, result: GradingResult, old: Rows) -> Rows:
        """Return the rows of a submission that was graded before, as they are to be now."""
        (submission,) = old["submitted_assignment"]
        (graded,) = result.rows["submitted_assignment"]
        return {
            "submitted_assignment": [{**submission, "timestamp": graded["timestamp"]}],
            "submitted_notebook": old["submitted_notebook"],
            "grade": self._changed_grades(result, old),
            "comment": _with_ids_of(old, result.rows, "comment"),
        }

    def _changed_grades(self, result: GradingResult, old: Rows) -> list[dict[str, Any]]:
        marked = {row["id"]: row for row in old["grade"] if row["manual_score"] is not None}
        # Of a submission that was not graded, nobody knows yet what is missing.
        absent = result.missing if result.files is not None else ()
        missing = {row["id"] for row in self._notebooks(old["submitted_notebook"], absent)}
        changed = self._changed_answers(result, old)
        grades = _with_ids_of(old, result.rows, "grade")
        for row in grades:
            waits = row["auto_score"] is None
            if row["id"] in marked:
                # What a person marked waits for one again where the learner's text is not what was marked.
                name = self.names[row["cell_id"]]
                answer = name[1] if name in self.answers else None
                waits = marked[row["id"]]["needs_manual_grade"] or (row["notebook_id"], answer) in changed
            row["needs_manual_grade"] = waits and row["notebook_id"] not in missing
        return grades

    def _changed_answers(self, result: GradingResult, old: Rows) -> set[tuple[str, str | None]]:
        """Return each answer whose text is not that of the graded notebook in the course, as notebook and name.

        A test depends on all that can run: where one of these changed, the name None is among them.
        """
        files = {row["id"]: f"{row['name']}.ipynb" for row in self.assignment["notebook"]}
        changed: set[tuple[str, str | None]] = set()
        for notebook in old["submitted_notebook"]:
            file = files[notebook["notebook_id"]]
            before, now = texts_of_cells(self._place(result) / file), texts_in((result.files or {}).get(file, b""))
            for of, name in self.answers:
                if of == notebook["notebook_id"] and (name not in before or before[name] != now.get(name)):
                    changed.add((notebook["id"], name))
                    if (of, name) in self.code:
                        changed.add((notebook["id"], None))
        return changed

    def scores(self, students: Collection[str]) -> dict[str, float]:
        """Return student -> the sum of the marks that the gradebook has of them, before late penalties."""
        with self.engine.connect() as connection:
            found = read_submissions(connection, self.assignment, students)
            notebooks = {student: rows["submitted_notebook"] for student, rows in found.items()}
            scores = self._scores(connection, [row for rows in notebooks.values() for row in rows])
        return {student: sum(scores.get(row["id"], 0.0) for row in rows) for student, rows in notebooks.items()}

    def renew_penalties(self, students: Collection[str]) -> int:
        """Recalculate the late penalties of graded submissions from what the gradebook has now.

        Marks by hand, extensions and due dates may have changed. Returns the number of notebooks whose penalty changed.
        """
        if self.penalties is None or not students:
            return 0
        with _transaction(self.engine) as connection:
            found = read_submissions(connection, self.assignment, students)
            submitted = _no_rows()
            for student, rows in found.items():
                graded = {path.stem for path in self._place_of(student).glob("*.ipynb")} & self.notebook_ids.keys()
                submitted["submitted_assignment"] += rows["submitted_assignment"]
                submitted["submitted_notebook"] += self._notebooks(rows["submitted_notebook"], graded)
            return self._write_penalties(connection, submitted)

    def _write_penalties(self, connection: Connection, submitted: Rows) -> int:
        """Give submitted notebooks their late penalties; None if they are not late. Return how many changed."""
        submissions = {row["id"]: row for row in submitted["submitted_assignment"]}
        (assignment,) = self.assignment["assignment"]
        scores = self._scores(connection, submitted["submitted_notebook"])
        notebooks = []
        for notebook in submitted["submitted_notebook"]:
            submission = submissions[notebook["assignment_id"]]
            late = _seconds_late(submission, assignment)
            score = scores.get(notebook["id"], 0.0)
            penalty = self._penalty(submission["student_id"], score, late) if late > 0 else None
            if penalty != notebook["late_submission_penalty"]:
                notebooks.append({**notebook, "late_submission_penalty": penalty})
        _update(connection, "submitted_notebook", notebooks, "late_submission_penalty")
        return len(notebooks)

    def _scores(self, connection: Connection, notebooks: list[dict[str, Any]]) -> dict[str, float]:
        """Return the id of each submitted notebook that has grades -> their sum, as nbgrader's `Grade.score` has it."""
        query = select(Grade.notebook_id, func.sum(Grade.score)).group_by(Grade.notebook_id)
        query = query.where(Grade.cell_id.in_(row["id"] for row in self.assignment["base_cell"]))
        query = query.where(Grade.notebook_id.in_(row["id"] for row in notebooks))
        return {notebook: score for notebook, score in connection.execute(query)}

    def _penalty(self, student: str, score: float, late: float) -> float | None:
        if self.penalties is None:
            return None
        penalty = self.penalties.plugin_inst.late_submission_penalty(student, score, late)
        if penalty is None:
            return None
        return self.penalties._check_late_penalty(SimpleNamespace(score=score), penalty)

    def _notebooks(self, rows: list[dict[str, Any]], names: Iterable[str]) -> list[dict[str, Any]]:
        """Return those rows of submitted notebooks that have one of the names."""
        wanted = {self.notebook_ids[name] for name in names}
        return [row for row in rows if row["notebook_id"] in wanted]

    def _stage(self, result: GradingResult) -> Path | None:
        """Write a result's files where nobody looks for them."""
        if result.files is None:
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

    def _put_in_place(self, result: GradingResult, staged: Path | None) -> None:
        """Swap a student's old folder for the new one, or take it away if grading failed, as nbgrader does.

        If only some notebooks were to be graded and that failed, these are taken out of the folder.
        """
        place = self._place(result)
        if staged is None and self.course.notebook_id != "*":
            place.mkdir(parents=True, exist_ok=True)
            for notebook in place.glob(f"{self.course.notebook_id}.ipynb"):
                notebook.unlink()
        else:
            swap_folder(place, staged, self.scratch / "old" / result.student)

    def _place(self, result: GradingResult) -> Path:
        return self._place_of(result.student)

    def _place_of(self, student: str) -> Path:
        return Path(self.course.format_path(self.course.autograded_directory, student, self.course.assignment_id))


@contextlib.contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction in which nothing that was read can have changed when it is written."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            # Without this, SQLite lets others write until the first row is written.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
    else:
        # Fails, to be tried again, if somebody else changed a row since it was read.
        with engine.execution_options(isolation_level="REPEATABLE READ").begin() as connection:
            yield connection


def _no_rows() -> Rows:
    return {name: [] for name in SUBMISSION_TABLES}


def _add(rows: Rows, to: Rows) -> None:
    for name, some in rows.items():
        to[name] += some


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
