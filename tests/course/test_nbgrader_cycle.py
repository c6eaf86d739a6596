"""A unit goes the whole way through nbgrader's ordinary commands: handed out, handed in, graded, given back."""

import csv
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from secondcar.grading.reporting.check_notes import read_check_notes
from secondcar.testing import fill, solutions
from tests.support.paths import ROOT

UNIT = "02-by-and-to"
WRONG = {"units-2017-by": "units_2017_by = units_2018 / 1.5"}


class Class:
    """A teacher's course and a learner's folder, joined by an exchange."""

    def __init__(self, folder):
        self.course = folder / "course"
        self.learner = folder / "learner"
        self.exchange = folder / "exchange"
        self.course.mkdir()
        self.learner.mkdir()
        shutil.copy(ROOT / "nbgrader_config.py", self.course)
        shutil.copytree(ROOT / "source" / UNIT, self.course / "source" / UNIT)
        (self.learner / "nbgrader_config.py").write_text(
            "c = get_config()\n"
            "c.CourseDirectory.course_id = 'second-car'\n"
            f"c.Exchange.root = {str(self.exchange)!r}\n"
            f"c.Exchange.cache = {str(folder / 'cache')!r}\n"
        )
        self.environment = {**os.environ, "SECOND_CAR_EXCHANGE": str(self.exchange)}

    def teacher(self, *command):
        return self._run(self.course, *command)

    def student(self, *command):
        self._run(self.learner, *command)

    def _run(self, folder, *command):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"nbgrader {' '.join(command)}:\n{done.stderr}"
        return done.stderr

    def graded(self, student):
        return nbformat.read(self.course / "grading" / "autograded" / student / UNIT / f"{UNIT}.ipynb", as_version=4)

    def page(self, student):
        return (self.course / "grading" / "feedback" / student / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")


def read_checks(notebook):
    """Return exercise id -> (state, mistake id or None)."""
    return {name: (note.state, note.mistake) for name, note in read_check_notes(notebook).items()}


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory):
    group = Class(tmp_path_factory.mktemp("cycle"))
    group.teacher("generate_assignment", UNIT)
    group.teacher("release_assignment", UNIT)
    group.student("fetch_assignment", UNIT)
    notebook = group.learner / UNIT / f"{UNIT}.ipynb"
    released = nbformat.read(notebook, as_version=4)
    right = solutions(nbformat.read(ROOT / "source" / UNIT / f"{UNIT}.ipynb", as_version=4))
    for student, answers in {"untouched": {}, "right": right, "mistaken": {**right, **WRONG}}.items():
        if answers:
            nbformat.write(fill(released, answers), notebook)
        group.student("submit", UNIT, f"--student={student}")
    group.teacher("collect", UNIT)
    group.said = group.teacher("autograde", UNIT)
    group.teacher("generate_feedback", UNIT)
    group.teacher("release_feedback", UNIT)
    group.teacher("export", "--to", "grading/grades.csv")
    return group


@pytest.fixture(scope="module")
def marks(graded_class):
    with (graded_class.course / "grading" / "grades.csv").open(encoding="utf-8") as file:
        return {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}


def points():
    """Return exercise id -> points, as the unit is handed out."""
    notebook = nbformat.read(ROOT / "release" / UNIT / f"{UNIT}.ipynb", as_version=4)
    settings = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    return {s["grade_id"].removesuffix("-check"): s["points"] for s in settings if s.get("grade")}


@pytest.mark.parametrize("command", ["collect", "release_feedback"])
def test_an_exchange_that_cannot_be_made_is_told_in_a_sentence(tmp_path, command):
    group = Class(tmp_path)
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", command, UNIT],
        cwd=group.course,
        env={**os.environ, "SECOND_CAR_EXCHANGE": str(tmp_path / "file" / "exchange")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Unwritable directory" in done.stderr and "Traceback" not in done.stderr


def test_what_nbgrader_hands_out_is_the_committed_release(graded_class):
    def content(folder):
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert content(graded_class.course / "release" / UNIT) == content(ROOT / "release" / UNIT)


def test_the_full_solution_gets_full_marks(graded_class, marks):
    assert marks["right"] == (sum(points().values()),) * 2
    assert {state for state, _ in read_checks(graded_class.graded("right")).values()} == {"right"}


def test_an_untouched_notebook_gets_nothing_and_each_exercise_is_not_attempted(graded_class, marks):
    assert marks["untouched"][0] == 0
    assert read_checks(graded_class.graded("untouched")) == dict.fromkeys(points(), ("not-attempted", None))


def test_a_wrong_answer_loses_its_marks_only_and_its_message_is_in_the_feedback(graded_class, marks):
    (exercise,) = WRONG
    assert marks["mistaken"][0] == marks["right"][0] - points()[exercise]
    assert read_checks(graded_class.graded("mistaken"))[exercise] == ("wrong", "by-read-as-to")
    assert "This is the base for a rise" in graded_class.page("mistaken")
    assert "This is the base for a rise" not in graded_class.page("right")


def test_no_honest_cell_is_called_changed(graded_class):
    assert "Autograding" in graded_class.said and "has changed" not in graded_class.said


def test_feedback_is_given_back_without_hidden_tests(graded_class):
    assert len(list(graded_class.exchange.glob("second-car/feedback/*.html"))) == 3
    for student in ("untouched", "right", "mistaken"):
        assert "require(" not in graded_class.page(student)
