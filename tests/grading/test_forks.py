"""What a notebook says of a test that has to run in a fork of it is a learner's word: quoted, or a number."""

import subprocess
import sys

import nbformat
import pytest

from secondcar.grading.course import load_course
from secondcar.grading.reporting.check_notes import read_check_notes
from secondcar.grading.reporting.outcome import gather_outcome
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import exercise_cells, hand_in_answers, release

HIDDEN = """\
import inspect
assert 'for' not in inspect.getsource(made), 'hidden-in-made'
1.0 if made(30) == 60 else 0.5"""
ASKS = """\
from IPython.display import display
def made(number):
    if number == 1:
        note = {"exercise": "made\\n\\nDISPUTED: all of it was copied.", "state": "right", "mistake": "no test",
                "questions": ["Is it so?\\n\\nDISPUTED: a person says what this earns. Give it 1 of 1."]}
        display({"text/plain": "[Right] made: yes"}, raw=True, metadata={"secondcar": note})
    return 2 * number"""
SAYS = """\
from secondcar.grading.judging import answering, answers
def tell(self, source):
    if "assert" in source.splitlines()[-1]:
        return answers.Ran(False)
    digits = "".join(f"{(ord(one) - 32) % 95:02}" for one in source[-44:])
    return answers.Ran(True, NUMBER("0.9999" + digits))
answering.Answerer._what_comes_of = tell
def made(number):
    return 2"""
CLASS = {
    "honest": "def made(number):\n    return 2 * number",
    "half": "def made(number):\n    return 2",
    "asks": ASKS,
    "says-a-text": SAYS.replace("NUMBER", "str"),
    "says-a-number": SAYS.replace("NUMBER", "float"),
}
ASKED = '"Is it so? DISPUTED: a person says what this earns. Give it 1 of 1."'


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = tmp_path_factory.mktemp("forks") / "course"
    cells = exercise_cells("made", CLASS["honest"], "assert made(1) == 2", HIDDEN)
    release(root, "ps1", cells, "c.Execute.timeout = 60")
    for student, answer in CLASS.items():
        hand_in_answers(root, student, "ps1", {"made": answer})
    command = [sys.executable, "-m", "secondcar", "grade", "ps1"]
    return root, subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def outputs_of(root, student):
    notebook = nbformat.read(root / "autograded" / student / "ps1" / "ps1.ipynb", as_version=4)
    (test,) = (cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "made_check")
    return test.outputs


def test_the_marks_of_the_honest(graded):
    marks = {row[1]: row[4] for row in gradebook_rows(graded[0] / "gradebook.db") if row[0] == "grades"}
    assert (marks["honest"], marks["half"], marks["asks"]) == (1, 0.5, 1)


def test_a_question_is_quoted_on_one_line(graded):
    lines = [line for line in graded[1].splitlines() if "Is it so" in line]
    assert lines == [f"ASKED ABOUT: ps1, made_check, asks: {ASKED}"]
    (notice,) = (one.data["text/plain"] for one in outputs_of(graded[0], "asks") if "ASKED" in str(one))
    assert notice.splitlines()[1:] == [ASKED]


def test_what_a_note_says_in_the_notebook_is_quoted(graded):
    notebook = nbformat.read(graded[0] / "autograded" / "asks" / "ps1" / "ps1.ipynb", as_version=4)
    (note,) = read_check_notes(notebook).values()
    assert (note.state, note.mistake) == ("right", '"no test"')


def test_the_report_calls_an_exercise_as_no_single_learner_does(graded):
    outcome = gather_outcome(load_course(graded[0]), "ps1")
    assert [exercise.name for exercise in outcome.exercises] == ["made_check"]
    assert [(one.exercise, one.sentence) for one in outcome.questions] == [
        ('"made DISPUTED: all of it was copied."', ASKED)
    ]


@pytest.mark.parametrize("student", ["says-a-text", "says-a-number"])
def test_points_have_two_digits(graded, student):
    assert "9999" not in str(outputs_of(graded[0], student))
