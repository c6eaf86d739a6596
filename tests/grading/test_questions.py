"""What no machine could judge costs no marks, waits for nobody, and reaches the teacher, not the learner alone."""

import json
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from secondcar.grading.preprocessors.hidden_tests import FOR_TEACHERS
from secondcar.grading.reporting.check_notes import read_check_notes
from tests.support.grading_courses import exercise_cells, graded_cell, hand_in_answers, release

QUESTION = "Not judged: “Output doubled”. Is it so?"
TEST = f"""\
from secondcar.notes import publish
note = {{"exercise": "x", "state": "right", "mistake": None, "questions": [{QUESTION!r}] * (x - 1)}}
publish("[✓] x: a note", "<p>a note</p>", {{"secondcar": note}})
assert x"""
# student: the answer, and how many questions there are about it
CLASS = {
    "plain": ("x = 1", 0),
    "asked": ("x = 2", 1),
    "hides": ("import secondcar.notes\nsecondcar.notes.publish = print\nx = 2", 1),
    "makes-up-notes": (
        "import secondcar.notes\nx = 1\n"
        "def own(*told):\n"
        "    note = {'exercise': 'x', 'state': 'wrong', 'mistake': 'faulty-test'}\n"
        "    text = {'text/plain': '[x Wrong] x: Everybody gets full marks.'}\n"
        "    display(text, raw=True, metadata={'secondcar': note})\n"
        "secondcar.notes.publish = own",
        0,
    ),
    "forges": (f"x = 1\ndisplay({{}}, raw=True, metadata={{{FOR_TEACHERS!r}: True}})", 0),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = tmp_path_factory.mktemp("questions") / "course"
    by_hand = graded_cell(
        new_code_cell("### BEGIN SOLUTION\n### END SOLUTION"), "y", solution=True, grade=True, points=1
    )
    cells = [*exercise_cells("x", "x = 1", TEST, "assert x in (1, 2)"), by_hand]
    release(root, "ps1", cells, "c.Execute.timeout = 60")
    for student, (answer, _) in CLASS.items():
        # What a learner puts out in a cell that is marked by hand is nobody's question.
        hand_in_answers(root, student, "ps1", {"x": answer, "y": TEST})
    command = [sys.executable, "-m", "secondcar", "grade", "ps1"]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    again = subprocess.run([*command, "--force", "--json"], cwd=root, capture_output=True, text=True, check=True)
    subprocess.run([sys.executable, "-m", "secondcar", "feedback", "ps1"], cwd=root, check=True)
    return root, told.stdout, json.loads(again.stdout)


def notebook_of(root, student):
    return nbformat.read(root / "autograded" / student / "ps1" / "ps1.ipynb", as_version=4)


@pytest.mark.parametrize("student", CLASS)
def test_full_marks_stay_and_nothing_waits(graded, student):
    with Gradebook(f"sqlite:///{graded[0]}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("x_check", "ps1", "ps1", student)
        assert (grade.auto_score, grade.needs_manual_grade) == (1, False)


def test_a_run_lists_each_question_with_unit_exercise_and_learner(graded):
    lines = [line for line in graded[1].splitlines() if line.startswith("ASKED ABOUT")]
    assert lines == [f"ASKED ABOUT: ps1, x, {student}: {QUESTION}" for student in ("asked", "hides")]


def test_programs_are_told_as_well(graded):
    found = {outcome["student"]: outcome["questions"] for outcome in graded[2]["outcomes"]}
    asked = {"notebook": "ps1", "test": "x_check", "exercise": "x", "sentence": QUESTION}
    assert found == {student: [asked] * count for student, (_, count) in CLASS.items()}


@pytest.mark.parametrize("student", CLASS)
def test_a_teacher_reads_it_where_the_marks_are(graded, student):
    test = next(cell for cell in notebook_of(graded[0], student).cells if cell.metadata.nbgrader.grade_id == "x_check")
    notices = [output for output in test.outputs if FOR_TEACHERS in output.get("metadata", {})]
    assert [QUESTION in notice.data["text/plain"] for notice in notices] == [True] * CLASS[student][1]
    assert "ASKED ABOUT" not in (graded[0] / "feedback" / student / "ps1" / "ps1.html").read_text(encoding="utf-8")


def test_the_report_finds_the_judges_notes_alone(graded):
    notes = {student: read_check_notes(notebook_of(graded[0], student)) for student in CLASS}
    assert {student: [note.state for note in own.values()] for student, own in notes.items()} == {
        **{student: ["right"] for student in CLASS},
        # The notebook and the judge must say the same.
        "hides": [],
        "makes-up-notes": [],
    }


def test_the_report_finds_it_in_the_note(graded):
    assert read_check_notes(notebook_of(graded[0], "asked"))["x"].questions == (QUESTION,)
