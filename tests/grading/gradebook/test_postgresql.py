"""With its gradebook on a PostgreSQL server a course gets the same rows as with SQLite."""

import os
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, text

from secondcar.cli import main
from secondcar.errors import CourseError
from secondcar.grading.grade import _locked, grade
from secondcar.grading.gradebook.writer import Writer
from secondcar.grading.progress import Progress
from tests.support.grading_courses import hand_in_tiny, make_tiny_course
from tests.support.postgresql_server import find_program, server

pytest.importorskip("psycopg", reason="the extra `postgresql` is not installed")
pytestmark = pytest.mark.skipif(find_program("initdb") is None, reason="no PostgreSQL server is installed here")

QUICK = ("json",)
COURSE = "small"


@pytest.fixture
def postgresql():
    with server() as url:
        yield url


def _make_course(folder: Path, url: str) -> Path:
    """Make a course with a due date that one learner missed by an hour, and one that is wrong."""
    folder.mkdir()
    # On a server nbgrader needs the course's id.
    lines = (
        f"c.CourseDirectory.db_url = {url!r}",
        f"c.CourseDirectory.course_id = {COURSE!r}",
        "c.LateSubmissionPlugin.penalty_method = 'zero'",
    )
    make_tiny_course(folder, 2, "\n".join(lines))
    hand_in_tiny(folder, "wrong", "x = 3")
    hand_in_tiny(folder, "late", "x = 2", timestamp="2026-01-01 13:00:00 UTC")
    with Gradebook(url, COURSE) as gradebook:
        gradebook.update_or_create_assignment("tiny", duedate="2026-01-01 12:00:00 UTC")
    return folder


def _rows(url: str) -> list[tuple]:
    with Gradebook(url, COURSE) as gradebook:
        return sorted(
            (
                submission.student.id,
                str(submission.timestamp),
                submission.score,
                notebook.late_submission_penalty,
                *[
                    (g.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade)
                    for g in notebook.grades
                ],
                *[(c.name, c.auto_comment, c.manual_comment) for c in notebook.comments],
            )
            for submission in gradebook.assignment_submissions("tiny")
            for notebook in submission.notebooks
        )


def _mark(url: str) -> None:
    with Gradebook(url, COURSE) as gradebook:
        found = gradebook.find_grade("x_test", "tiny", "tiny", "wrong")
        found.manual_score, found.extra_credit, found.needs_manual_grade = 0.5, 0.25, False
        gradebook.find_comment("x", "tiny", "tiny", "wrong").manual_comment = "Good."
        gradebook.db.commit()


def test_the_rows_are_those_of_sqlite(postgresql, tmp_path):
    found = {}
    for name, url in (("server", postgresql), ("file", f"sqlite:///{tmp_path}/gradebook.db")):
        os.chdir(_make_course(tmp_path / name, url))
        assert not grade(["tiny"], modules=QUICK).failed
        first = _rows(url)
        _mark(url)
        assert not grade(["tiny", "--force"], modules=QUICK).failed
        found[name] = [first, _rows(url)]
    assert found["server"] == found["file"]
    first, again = ({row[0]: row[2:4] for row in rows} for rows in found["server"])
    assert first == {"late": (1.0, 1.0), "s0000": (1.0, None), "s0001": (1.0, None), "wrong": (0.0, None)}
    assert again == {**first, "wrong": (0.75, None)}


def test_what_a_teacher_enters_at_the_same_moment_is_kept(postgresql, tmp_path, monkeypatch):
    os.chdir(_make_course(tmp_path / "course", postgresql))
    grade(["tiny"], modules=QUICK)
    changed_rows = Writer._changed_rows
    marked = []

    def mark_between_reading_and_writing(self, result, old):
        if not marked:
            marked.append(result.student)
            _mark(postgresql)
        return changed_rows(self, result, old)

    monkeypatch.setattr(Writer, "_changed_rows", mark_between_reading_and_writing)
    assert not grade(["tiny", "--force", "--student=wrong"], modules=QUICK).failed
    assert marked
    assert ("x_test", 0.0, 0.5, 0.25, False) in _rows(postgresql)[-1]


def test_two_machines_do_not_grade_one_course_at_once(postgresql, tmp_path):
    os.chdir(_make_course(tmp_path / "course", postgresql))
    other = create_engine(postgresql)
    with _locked(other, COURSE), pytest.raises(CourseError, match="Another run is at work in this course"):
        grade(["tiny"], modules=QUICK)
    with _locked(other, "another_course"):
        assert len(grade(["tiny"], modules=QUICK).outcomes) == 4
    with other.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")) == 0
    other.dispose()


@pytest.mark.parametrize("command", ["grade tiny", "feedback tiny", "report tiny", "export --to csv"])
def test_a_server_that_does_not_answer_is_one_sentence(command, tmp_path, monkeypatch, capfd):
    make_tiny_course(tmp_path, 1)
    shutil.copytree(tmp_path / "submitted", tmp_path / "autograded")
    with (tmp_path / "nbgrader_config.py").open("a") as config:
        config.write("\nc.CourseDirectory.db_url = 'postgresql+psycopg://grader@127.0.0.1:1/gradebook'\n")
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 2
    said = capfd.readouterr().err.strip()
    assert said.startswith("The gradebook's database does not answer (") and "Traceback" not in said


def test_a_server_that_ends_every_connection_costs_nothing_that_was_graded(postgresql, tmp_path, monkeypatch, capfd):
    os.chdir(_make_course(tmp_path / "course", postgresql))
    show = Progress.show

    def end_connections(self, *outcome):
        show(self, *outcome)
        engine = create_engine(postgresql)
        with engine.connect() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            )
        engine.dispose()

    with monkeypatch.context() as patch:
        patch.setattr(Progress, "show", end_connections)
        assert main(["grade", "tiny", "--workers=1", "--preload=json"]) == 2
    assert capfd.readouterr().err.splitlines()[-1].startswith("The gradebook's database does not answer (")
    graded = len(_rows(postgresql))
    rest = grade(["tiny"], modules=QUICK)
    assert 0 < graded < 4 and (len(rest.skipped), len(rest.outcomes)) == (graded, 4 - graded)
    assert len(_rows(postgresql)) == 4
