"""Every unit through nbgrader's own autograding: untouched, solved, and with a sample of each exercise's bank."""

from tests.support.paths import ROOT
import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from secondcar.building.answers import read_answers
from secondcar.building.expressions import evaluate
from secondcar.checks.answers_file import variable_of
from secondcar.checks import judge
from secondcar.checks.answers_file import decode
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds import KINDS
from secondcar.testing import fill, solutions
from secondcar.grading.gradebook.register import register
from tests.support.course_files import UNITS

NAMES = (
    "import math\nfrom math import inf\nfrom decimal import Decimal\nfrom fractions import Fraction\n"
    "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\nimport seaborn as sns\n"
    "import seaborn.objects as so\nfrom secondcar.charts import set_alt_text\nfrom secondcar.data import claim, fact\n"
)
# What a learner of that name hands in: an entry of each exercise's bank, by kind and place.
BANK_LEARNERS = {
    "right-first": ("right", 0),
    "right-last": ("right", -1),
    "wrong-first": ("wrong", 0),
    "wrong-last": ("wrong", -1),
}


# Who makes the check think that nobody grades must gain nothing by it.
CLEAR = 'import os\nos.environ.pop("NBGRADER_EXECUTION", None)\n'


def as_cell(exercise: str, entry: str) -> str:
    """Return the source of a solution cell that gives a bank entry as the answer."""
    name = variable_of(exercise)
    if entry.lstrip().startswith("def "):
        return f"{NAMES}{entry}\n{name} = {ast.parse(entry).body[-1].name}"
    return f"{NAMES}{name} = {entry}"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "source", folder / "source")
    for unit in UNITS:
        released = nbformat.read(ROOT / "release" / unit / f"{unit}.ipynb", as_version=4)
        answers = read_answers(ROOT / "course" / unit / "answers.toml")
        handed_in = {
            "untouched": released,
            "solution": fill(
                released, solutions(nbformat.read(ROOT / "source" / unit / f"{unit}.ipynb", as_version=4))
            ),
        }
        for learner, (kind, place) in BANK_LEARNERS.items():
            judged = {name: answer for name, answer in answers.items() if not KINDS[answer["kind"]].by_hand}
            cells = {name: as_cell(name, answer["bank"][kind][place]) for name, answer in judged.items()}
            handed_in[learner] = fill(released, cells)
        handed_in["wrong-last"].cells[0] = nbformat.v4.new_code_cell(CLEAR)
        for learner, notebook in handed_in.items():
            target = folder / "grading" / "submitted" / learner / unit
            target.mkdir(parents=True)
            nbformat.write(notebook, target / f"{unit}.ipynb")
    register(folder)
    return folder


@pytest.fixture(scope="module", params=UNITS)
def graded(course, request):
    """Grade a unit by the ordinary command; give its name and (learner -> exercise -> marks)."""
    unit = request.param
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", unit],
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
    return unit, marks


def judged_exercises(unit: str) -> dict[str, Exercise]:
    """Return the exercises that a check judges; nobody marks the written answers here."""
    exercises = decode((ROOT / "source" / unit / "answers.json").read_text(encoding="utf-8"))
    return {name: exercise for name, exercise in exercises.items() if not exercise.by_hand}


def test_the_solution_earns_full_marks_and_the_released_notebook_none(graded):
    unit, marks = graded
    assert marks["solution"] == {name: exercise.points for name, exercise in judged_exercises(unit).items()}
    assert set(marks["untouched"].values()) == {0}


@pytest.mark.parametrize("learner", BANK_LEARNERS)
def test_nbgrader_gives_the_marks_that_the_check_says(graded, learner):
    unit, marks = graded
    kind, place = BANK_LEARNERS[learner]
    answers = read_answers(ROOT / "course" / unit / "answers.toml")
    expected = {}
    for name, exercise in judged_exercises(unit).items():
        verdict = judge(exercise, evaluate(answers[name]["bank"][kind][place]))
        assert (verdict.share == 1) == (kind == "right")
        expected[name] = round(verdict.share * exercise.points, 2)
    assert marks[learner] == expected
