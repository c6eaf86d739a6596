"""A grading run that is killed, disturbed or attacked loses nothing, and the next one goes on where it was."""

import contextlib
import fcntl
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from secondcar.cli import main as secondcar
from secondcar.grading.grade import grade
from secondcar.grading.gradebook.writer import Writer
from secondcar.grading.isolation.sandbox import NONE, Sandbox
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import hand_in_tiny, make_tiny_course
from tests.support.some import some

QUICK = ["--preload", "json", "--workers", "2"]


@pytest.fixture(scope="module")
def fresh_course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh")
    make_tiny_course(folder, students=9)
    return folder


@pytest.fixture
def course(fresh_course, tmp_path, monkeypatch):
    shutil.copytree(fresh_course, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


def _graded(course: Path, earlier: dict[str, float] | None = None) -> dict[str, float]:
    """Return student -> when their autograded notebook was put in place, but for those that were there earlier."""
    found = {}
    for path in course.glob("autograded/*/tiny/tiny.ipynb"):
        # It may be moved at this moment.
        with contextlib.suppress(FileNotFoundError):
            found[path.parts[-3]] = path.parent.stat().st_ctime
    return dict(found.items() - (earlier or {}).items())


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.long)])
def test_killed_at_any_moment_the_next_run_goes_on(course, tmp_path, monkeypatch, count, kills):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    chance = random.Random(kills)
    _hand_in_at(course, 0)
    earlier: dict[str, float] = {}
    before: dict[str, float] = {}
    for number in some(range(kills)):
        run = subprocess.Popen(
            [sys.executable, "-m", "secondcar", "grade", "tiny", *QUICK],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # Half of the kills come at any time, the others just after a submission was graded.
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, 4))
        else:
            while run.poll() is None and _graded(course, earlier) == before:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.5))
        # It may have ended by itself.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        with sqlite3.connect(course / "gradebook.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        after = _graded(course, earlier)
        assert before.items() <= after.items(), "what was graded is not graded again"
        moment = "before_any" if after == before else "halfway" if len(after) < 9 else "after_the_last"
        count("Kills of a run over nine submissions", "kill -9 of the process group", kills=1, **{moment: 1})
        before = after
        if len(after) == 9:
            earlier, before = _graded(course), {}
            _hand_in_at(course, number + 1)
    assert secondcar(["grade", "tiny", *QUICK]) == 0
    assert len(_graded(course)) == 9
    grades = [row for row in gradebook_rows(course / "gradebook.db") if row[0] == "grades"]
    assert sorted(row[1:5] for row in grades) == [(f"s{number:04}", "tiny", "x_test", 1.0) for number in range(9)]
    left = (course / "autograded" / ".secondcar").glob("*/*")
    assert [path.name for path in left] == ["tiny.json"], "nothing is left but what is remembered of each learner"
    assert not list(temporary.iterdir())
    assert not _processes_in(tmp_path)


def _hand_in_at(course: Path, minute: int) -> None:
    """Have the whole class hand in at a minute. nbgrader grades again what is newer than what was graded."""
    for submission in course.glob("submitted/*/tiny"):
        (submission / "timestamp.txt").write_text(f"2026-01-01 {minute // 60:02}:{minute % 60:02}:00 UTC")


def _processes_in(folder: Path) -> list[str]:
    """Return the command lines of processes whose working folder is a folder or in it, but for this one."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.name != str(os.getpid()) and (process / "cwd").resolve().is_relative_to(folder):
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


def test_two_runs_do_not_collide(course, capsys):
    (course / "autograded" / ".secondcar").mkdir(parents=True)
    with (course / "autograded" / ".secondcar" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert secondcar(["grade", "tiny", *QUICK]) == 1
    assert "Another run is at work in this course" in capsys.readouterr().err
    assert not _graded(course)


def test_what_a_teacher_enters_while_it_runs_is_kept(course, monkeypatch):
    def write(self, results):
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
            if not gradebook.students or gradebook.find_student("s0000").submissions == []:
                write_all(self, results)
            found = gradebook.find_grade("x_test", "tiny", "tiny", "s0000")
            found.manual_score, found.extra_credit, found.needs_manual_grade = 0.5, 0.25, False
            gradebook.find_comment("x", "tiny", "tiny", "s0000").manual_comment = "Good."
            gradebook.db.commit()
        return write_all(self, results)

    write_all = Writer.write
    monkeypatch.setattr(Writer, "write", write)
    grade(["tiny", "--student=s0000"], modules=("json",))
    rows = gradebook_rows(course / "gradebook.db")
    assert ("grades", "s0000", "tiny", "x_test", 1.0, 0.5, 0.25, 0) in rows
    assert ("comments", "s0000", "tiny", "x", "No response.", "Good.") not in rows
    assert ("comments", "s0000", "tiny", "x", None, "Good.") in rows


def test_a_notebook_that_kills_its_graders_costs_nobody_else_anything(course):
    hand_in_tiny(course, "killer", "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    summary = grade(["tiny"], modules=("json",), workers=2, sandbox=Sandbox(NONE))
    assert [outcome.student for outcome in summary.failed] == ["killer"]
    assert summary.failed[0].notes == ("The process that graded it was ended from outside, twice.",)
    assert len(_graded(course)) == 9


def test_a_copied_cell_costs_no_mark_and_stops_nobody(course):
    path = course / "submitted" / "s0003" / "tiny" / "tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    copy = nbformat.from_dict(notebook.cells[0])
    copy.id, copy.source = "another", "x = 1"
    notebook.cells.insert(0, copy)
    nbformat.write(notebook, path)
    summary = grade(["tiny"], modules=("json",), workers=2)
    assert not summary.failed
    assert ("grades", "s0003", "tiny", "x_test", 1.0, None, None, 0) in gradebook_rows(course / "gradebook.db")


def test_a_folder_without_a_notebook_is_named(course, capsys):
    (course / "submitted" / "empty" / "tiny").mkdir(parents=True)
    assert secondcar(["grade", "tiny", *QUICK]) == 0
    assert "empty: the folder holds no notebook of this assignment." in capsys.readouterr().out


def test_an_assignment_that_is_not_there_is_said_in_one_sentence(course, capsys):
    assert secondcar(["grade", "nothing", *QUICK]) == 1
    assert "The course has no assignment nothing. It has these: tiny." in capsys.readouterr().err
