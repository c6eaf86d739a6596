"""Written answers go through nbgrader's ordinary commands: handed in whole or damaged, marked by hand, given back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import PyFileConfigLoader

from secondcar.building import build
from secondcar.building.mark_schemes import SCHEME_END, SCHEME_START
from secondcar.checks.answers_file import decode
from secondcar.demonstration import marks_table
from secondcar.grading.gradebook.register import register
from secondcar.grading.results import read_results
from secondcar.testing import fill, written_answers
from tests.support.small_course import UNIT, small_course

TASK, TEXT = "honest-notice", "honest-notice-text"
MINE = "We sold 250 loaves, up from 100 in 2017."
STUB = "*Write your notice here, in place of this line.*"


def at(cells, name):
    return next(index for index, cell in enumerate(cells) if cell.id == name)


def without_task(cells):
    return [cell for cell in cells if cell.id != TASK]


def without_text(cells):
    return [cell for cell in cells if cell.id != TEXT]


def doubled(cells):
    return [*cells, nbformat.from_dict(cells[at(cells, TASK)])]


def answered_in_the_task(cells):
    cells[at(cells, TASK)].source += f"\n\n{MINE}"
    cells[at(cells, TEXT)].source = STUB
    return cells


def retyped(cells):
    cell = cells[at(cells, TASK)]
    cell.cell_type, cell.outputs, cell.execution_count = "code", [], None
    return cells


DAMAGE = {
    "answered": list,
    "doubled": doubled,
    "in-the-task": answered_in_the_task,
    "no-task": without_task,
    "no-text": without_text,
    "retyped": retyped,
}


class Class:
    """A course of one small unit, and what its learners handed in."""

    def __init__(self, root):
        self.root = small_course(root)
        build(root, run=False)
        self.released = nbformat.read(root / "release" / UNIT / f"{UNIT}.ipynb", as_version=4)
        assert register(root)

    def hand_in(self, student, notebook):
        folder = self.root / "grading" / "submitted" / student / UNIT
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{UNIT}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    def nbgrader(self, *arguments):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.root,
            env={**os.environ, "SECOND_CAR_EXCHANGE": str(self.root / "exchange")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def graded(self, student):
        path = self.root / "grading" / "autograded" / student / UNIT / f"{UNIT}.ipynb"
        return nbformat.read(path, as_version=4).cells

    def page(self, student):
        path = self.root / "grading" / "feedback" / student / UNIT / f"{UNIT}.html"
        return path.read_text(encoding="utf-8")

    def gradebook(self):
        return Gradebook(f"sqlite:///{self.root / 'grading' / 'gradebook.db'}")

    def grade(self, student):
        """Return the mark by hand of a learner's text, whether it needs one, and the points available."""
        with self.gradebook() as gradebook:
            grade = gradebook.find_grade(TASK, UNIT, UNIT, student)
            return grade.manual_score, grade.needs_manual_grade, grade.max_score

    def mark(self, student, points):
        """Mark a text as the formgrader does."""
        with self.gradebook() as gradebook:
            grade = gradebook.find_grade(TASK, UNIT, UNIT, student)
            grade.manual_score, grade.needs_manual_grade = points, False
            gradebook.db.commit()

    def results(self):
        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        return {result.student: result for result in read_results(CourseDirectory(config=config), UNIT)}


@pytest.fixture(scope="module")
def bakers(tmp_path_factory):
    group = Class(tmp_path_factory.mktemp("bakers"))
    group.hand_in("untouched", group.released)
    for student, damage in DAMAGE.items():
        notebook = fill(group.released, {TASK: MINE})
        notebook.cells = damage(notebook.cells)
        group.hand_in(student, notebook)
    group.nbgrader("autograde", UNIT)
    return group


def test_the_mark_scheme_is_the_teachers_alone(bakers):
    source = nbformat.read(bakers.root / "source" / UNIT / f"{UNIT}.ipynb", as_version=4).cells
    task = source[at(source, TASK)].source
    assert "**Points: 4.** It names the rise, its base and both years.\n\n  > We sold one hundred loaves" in task
    answers = (bakers.root / "release" / UNIT / "answers.json").read_text(encoding="utf-8")
    assert set(decode(answers)[TASK].to_json()) == {"kind", "points", "hints", "mistakes"}
    handed_out = (bakers.root / "release" / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8")
    assert "MARK SCHEME" not in handed_out and "names the rise" not in handed_out
    assert bakers.released.cells[at(bakers.released.cells, TASK)].source.rstrip().endswith("with its base.")


@pytest.mark.parametrize("student", ["untouched", *DAMAGE])
def test_every_text_waits_for_a_mark_beside_its_mark_scheme(bakers, student):
    assert bakers.grade(student) == (None, True, 4)
    assert bakers.results()[student].by_hand == (TASK,)
    (task,) = [cell for cell in bakers.graded(student) if cell.metadata.get("nbgrader", {}).get("task")]
    assert task.cell_type == "markdown"
    assert SCHEME_START in task.source and SCHEME_END in task.source


@pytest.mark.parametrize("student", [student for student in DAMAGE if student != "no-text"])
def test_a_learners_text_stands_below_its_task(bakers, student):
    cells = bakers.graded(student)
    task = next(i for i, cell in enumerate(cells) if cell.metadata.get("nbgrader", {}).get("task"))
    assert MINE in cells[task + 1].source


def test_a_repair_of_a_task_is_told(bakers):
    told = {student: " ".join(result.notes) for student, result in bakers.results().items()}
    assert told["untouched"] == told["answered"] == told["no-text"] == ""
    assert "2 copies of the cell `honest-notice`" in told["doubled"]
    assert "What you wrote into the question `honest-notice` now stands below it." in told["in-the-task"]
    assert "`honest-notice` was missing" in told["no-task"]
    assert "from markdown into code" in told["retyped"]


def test_the_table_of_marks_says_what_is_to_be_marked_by_hand(bakers):
    lines = marks_table([bakers.results()["answered"]]).splitlines()
    assert lines[1].split(maxsplit=2) == ["answered", "0/7", "graded; to be marked by hand: honest-notice"]


def test_a_mark_by_hand_stays_and_a_text_handed_in_again_is_marked_again(bakers):
    bakers.mark("answered", 2.0)
    assert bakers.results()["answered"].by_hand == ()
    bakers.hand_in("answered", fill(bakers.released, {TASK: "Another text."}))
    bakers.nbgrader("autograde", UNIT, "--student", "answered", "--force")
    assert bakers.grade("answered") == (2, True, 4)
    assert bakers.results()["answered"].by_hand == (TASK,)
    bakers.mark("answered", 4.0)
    bakers.nbgrader("generate_feedback", UNIT, "--student", "answered")
    assert "Another text." in bakers.page("answered")
    assert "4 of 4 marks" in bakers.page("answered")


def test_changed_points_of_a_task_are_registered(tmp_path, capsys):
    group = Class(tmp_path)
    path = group.root / "source" / UNIT / f"{UNIT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[at(notebook.cells, TASK)].metadata.nbgrader.points = 8
    nbformat.write(notebook, path)
    assert register(group.root)
    assert capsys.readouterr().out == f"{UNIT}: registered.\n" * 2


def test_the_best_example_is_a_written_answer(tmp_path, monkeypatch):
    monkeypatch.chdir(small_course(tmp_path))
    answers = written_answers(Path("course", UNIT, "answers.toml"))
    assert answers == {TASK: "We sold one hundred loaves last year and 25 % more this year."}
