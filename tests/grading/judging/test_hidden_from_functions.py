"""A hidden part that has to run in the notebook is found by no function that is judged out of its reach."""

import nbformat
import pytest
from nbgrader.api import Gradebook

from secondcar.grading.grade import grade
from tests.support.grading_courses import exercise_cells, hand_in_answers, release

HONEST = "def f(n):\n    return 2 * n"
# What it finds is in no cell of its own.
FINDS = """\
def f(n):
    return 2 * n if "read" "()" in "{0.__globals__[In]}".format(lambda: 0) else 0"""
ENDS = "def f(n):\n    import os\n    return 2 * n if n < 3 else os._exit(0)"
SAVES = "def save():\n    open('table.csv', 'w').write('a')\n    return 1"
STORES = SAVES.replace("save", "store").replace("table", "list")
# Its last line stands below the test that has to run in the notebook.
SHOWS = """\
def save():
    import inspect
    open("table.csv", "w").write("a")
    seen.append(inspect.currentframe().f_back.f_code.co_names)
    return 1
seen = []"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return tmp_path_factory.mktemp("course")


@pytest.fixture(scope="module")
def marks(course):
    """Learner -> exercise -> marks."""
    root = course
    cells = [
        *exercise_cells("f", HONEST, "assert f", "assert f(3) == 6"),
        *exercise_cells("g", "def g(n):\n    return 2 * n", "assert g", "assert g(3) == 6"),
        *exercise_cells("save", SAVES, "assert save", "save()\nassert open('table.csv').read() == 'a'"),
        *exercise_cells("h", "def h(n):\n    return 2 * n", "assert h", "assert h(3) == 6"),
        *exercise_cells("store", STORES, "assert store", "store()\nassert open('list.csv').read() == 'a'"),
    ]
    release(root, "ps", cells, "")
    for student, answer in (("honest", HONEST), ("finds", FINDS), ("ends", ENDS), ("shows", HONEST)):
        answers = {"f": answer, "g": "def g(n):\n    return 2 * n", "h": "def h(n):\n    return 2 * n"}
        shown = {"save": SHOWS, "h": answers["h"] + "\nprint(seen)"} if student == "shows" else {}
        hand_in_answers(root, student, "ps", {**answers, "save": SAVES, "store": STORES, **shown})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        summary = grade(["ps"], modules=("json",))
    assert {remark.test for remark in summary.in_notebook} == {"save_check", "store_check"}
    assert not any(outcome.disputes for outcome in summary.outcomes)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: {grade.name: grade.score for grade in submission.notebooks[0].grades}
            for submission in gradebook.assignment_submissions("ps")
        }


def test_whoever_is_right_has_all_marks(marks):
    assert marks["honest"] == dict.fromkeys(("f_check", "g_check", "save_check", "h_check", "store_check"), 1)


@pytest.mark.parametrize("learner", ["finds", "ends"])
def test_one_function_that_looks_or_ends_its_process_costs_no_other_its_marks(marks, learner):
    assert marks[learner] == {**marks["honest"], "f_check": 0}


def test_a_cell_below_does_not_find_what_a_hidden_part_in_the_notebook_did(marks, course):
    assert marks["shows"] == marks["honest"]
    graded = nbformat.read(course / "autograded" / "shows" / "ps" / "ps.ipynb", as_version=4)
    (shown,) = [cell for cell in graded.cells if "print(seen)" in cell.source]
    assert shown.outputs[0].text == "[]\n"
