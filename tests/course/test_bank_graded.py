"""Every unit through nbgrader's own autograding: untouched, solved, and with a sample of each exercise's bank."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from secondcar.building.answers import read_answers
from secondcar.building.expressions import evaluate
from secondcar.checks import judge
from secondcar.checks.kinds import KINDS
from secondcar.grading.gradebook.register import register
from secondcar.testing import fill
from tests.support.bank_learners import as_cell, hand_in, judged_exercises, released, solved
from tests.support.course_files import UNITS
from tests.support.paths import ROOT
from tests.support.some import some

# What a learner of that name hands in: an entry of each exercise's bank, by kind and place.
BANK_LEARNERS = {
    "wrong-last": ("wrong", -1),
    "wrong-first": ("wrong", 0),
    "right-first": ("right", 0),
    "right-last": ("right", -1),
}
# `make test` grades these, among them one with an exercise of every kind; in the others nbval runs the same cells.
SAMPLE = ("00-start", "04-every-second", "11-verdict")
GRADED = [pytest.param(unit, marks=() if unit in SAMPLE else pytest.mark.long) for unit in UNITS]
# With the first of them and the teacher's answers nbgrader gives no marks, part of them and all.
MORE = list(BANK_LEARNERS)[1:]

# Who makes the check think that nobody grades must gain nothing by it.
CLEAR = 'import os\nos.environ.pop("NBGRADER_EXECUTION", None)\n'


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "source", folder / "source")
    for unit in UNITS:
        answers = read_answers(ROOT / "course" / unit / "answers.toml")
        handed_in = {
            "untouched": released(unit),
            "solution": solved(unit),
        }
        for learner, (kind, place) in BANK_LEARNERS.items():
            judged = {name: answer for name, answer in answers.items() if not KINDS[answer["kind"]].by_hand}
            cells = {name: as_cell(name, answer["bank"][kind][place]) for name, answer in judged.items()}
            handed_in[learner] = fill(released(unit), cells)
        handed_in["wrong-last"].cells[0] = nbformat.v4.new_code_cell(CLEAR)
        for learner, notebook in handed_in.items():
            hand_in(folder, learner, unit, notebook)
    register(folder)
    return folder


@dataclass(frozen=True)
class Graded:
    """A unit that the ordinary command has graded: learner -> exercise -> marks."""

    unit: str
    marks: dict[str, dict[str, float]]


@pytest.fixture(scope="module", params=GRADED)
def graded(course, request):
    return grade(course, request.param, leave_out=MORE)


@pytest.fixture(scope="module", params=UNITS)
def more_graded(course, request):
    return grade(course, request.param, leave_out=["untouched", "solution", "wrong-last"])


def grade(course: Path, unit: str, leave_out: list[str]) -> Graded:
    others = f"--CourseDirectory.student_id_exclude={','.join(leave_out)}"
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", unit, others],
        cwd=course,
        env={**os.environ, "SECOND_CAR_EXCHANGE": str(course / "exchange")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    with Gradebook(f"sqlite:///{course / 'grading' / 'gradebook.db'}") as gradebook:
        marks = {
            submission.student.id: {
                grade.name.removesuffix("-check"): grade.score
                for grade in submission.grades
                if grade.name.endswith("-check")
            }
            for submission in gradebook.notebook_submissions(unit, unit)
        }
    return Graded(unit, marks)


def test_the_solution_earns_full_marks_and_the_released_notebook_none(graded):
    points = {name: exercise.points for name, exercise in judged_exercises(graded.unit).items()}
    assert graded.marks["solution"] == points
    assert set(graded.marks["untouched"].values()) == {0}


def test_nbgrader_gives_the_marks_that_the_check_says(graded):
    assert_as_checked(graded, "wrong-last")


@pytest.mark.long  # `secondcar grade` gives these marks in test_agreement.py, and nbgrader's other marks are above
@pytest.mark.parametrize("learner", MORE)
def test_nbgrader_gives_other_learners_the_marks_that_the_check_says(more_graded, learner):
    assert_as_checked(more_graded, learner)


def assert_as_checked(graded: Graded, learner: str) -> None:
    kind, place = BANK_LEARNERS[learner]
    answers = read_answers(ROOT / "course" / graded.unit / "answers.toml")
    expected = {}
    for name, exercise in some(judged_exercises(graded.unit).items()):
        verdict = judge(exercise, evaluate(answers[name]["bank"][kind][place]))
        assert (verdict.share == 1) == (kind == "right")
        expected[name] = round(verdict.share * exercise.points, 2)
    assert graded.marks[learner] == expected
