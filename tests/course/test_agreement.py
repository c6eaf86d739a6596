"""`secondcar grade` gives the marks that the live check announces, and leaves next to nothing to a person."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from secondcar.grading.gradebook.register import register
from tests.support.bank_learners import hand_in, judged_exercises, learners_of, released, solved
from tests.support.course_files import UNITS
from tests.support.graded import gradebook_rows
from tests.support.paths import ROOT

# It has an exercise of every kind.
SAMPLE = "04-every-second"


def graded(unit: str, folder: Path, most: int | None = None) -> tuple[dict, dict, dict]:
    """Grade learners of a unit.

    Return learner -> exercise -> the marks that are due, likewise the marks they got, and what the run said.
    """
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "source" / unit, folder / "source" / unit)
    points = {name: exercise.points for name, exercise in judged_exercises(unit).items()}
    hand_in(folder, "solution", unit, solved(unit))
    hand_in(folder, "untouched", unit, released(unit))
    due = {"solution": points, "untouched": dict.fromkeys(points, 0)}
    for name, learner in learners_of(unit, most):
        hand_in(folder, name, unit, learner.notebook)
        due[name] = dict(learner.due)
    register(folder)
    command = [sys.executable, "-m", "secondcar", "grade", unit, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    # Of a course's configuration, nothing is complained of.
    assert "WARNING" not in done.stderr
    marks: dict[str, dict[str, float | None]] = {}
    for row in gradebook_rows(folder / "grading" / "gradebook.db"):
        if row[0] == "grades" and row[3].endswith("-check"):
            marks.setdefault(row[1], {})[row[3].removesuffix("-check")] = row[4]
    return due, marks, json.loads(done.stdout)


def assert_agreed(due: dict, marks: dict, told: dict) -> None:
    disputes = {outcome["student"]: outcome["disputes"] for outcome in told["outcomes"] if outcome["disputes"]}
    print(f"{sum(map(len, disputes.values()))} of {sum(map(len, marks.values()))} tests are disputed.")
    assert disputes == {}
    assert told["solution_fails"] == told["in_notebook"] == []
    assert marks == due


def test_a_sample_of_each_kind(tmp_path):
    assert_agreed(*graded(SAMPLE, tmp_path, most=2))


@pytest.mark.long
@pytest.mark.parametrize("unit", UNITS)
def test_every_entry_of_every_bank(unit, tmp_path):
    assert_agreed(*graded(unit, tmp_path))
