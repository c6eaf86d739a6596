"""A sample of every exercise's bank through nbgrader's own autograding: marks must be what the check says."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from secondcar.building import unit_names
from secondcar.building.answers import evaluate, read_answers
from secondcar.building.notebook import variable_of
from secondcar.checks import judge
from secondcar.checks.exercises import decode
from secondcar.demonstration import fill
from secondcar.grading.register import register

ROOT = Path(__file__).resolve().parents[1]
NAMES = (
    "import math\nfrom math import inf\nfrom decimal import Decimal\nfrom fractions import Fraction\n"
    "import numpy as np\nimport pandas as pd\nfrom secondcar.data import claim, fact\n"
)
# Which of an exercise's right and wrong answers a learner of that name hands in: the first, or the last.
LEARNERS = {
    "right-first": ("right", 0),
    "right-last": ("right", -1),
    "wrong-first": ("wrong", 0),
    "wrong-last": ("wrong", -1),
}


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
    for unit in unit_names(ROOT):
        released = nbformat.read(ROOT / "release" / unit / f"{unit}.ipynb", as_version=4)
        answers = read_answers(ROOT / "course" / unit / "answers.toml")
        for learner, (kind, position) in LEARNERS.items():
            target = folder / "grading" / "submitted" / learner / unit
            target.mkdir(parents=True)
            cells = {name: as_cell(name, answer["bank"][kind][position]) for name, answer in answers.items()}
            nbformat.write(fill(released, cells), target / f"{unit}.ipynb")
    register(folder)
    return folder


@pytest.mark.parametrize("unit", unit_names(ROOT))
def test_nbgrader_gives_the_marks_that_the_check_says(course, unit):
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", unit],
        cwd=course,
        env={**os.environ, "SECOND_CAR_EXCHANGE": str(course / "exchange")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answers = read_answers(ROOT / "course" / unit / "answers.toml")
    exercises = decode((ROOT / "source" / unit / "answers.json").read_text(encoding="utf-8"))
    with Gradebook(f"sqlite:///{course / 'grading' / 'gradebook.db'}") as gradebook:
        for learner, (kind, position) in LEARNERS.items():
            marks = {
                grade.name.removesuffix("-check"): grade.score
                for grade in gradebook.find_submission_notebook(unit, unit, learner).grades
            }
            expected = {}
            for name, exercise in exercises.items():
                verdict = judge(exercise, evaluate(answers[name]["bank"][kind][position]))
                assert (verdict.share == 1) == (kind == "right")
                expected[name] = round(verdict.share * exercise["points"], 2)
            assert marks == expected, f"{learner} in {unit}"
