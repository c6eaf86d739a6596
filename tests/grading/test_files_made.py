"""What a notebook writes is in the graded folder, whatever sandbox it ran in; what its judge has it write is not."""

import shutil

import pytest
from nbformat.v4 import new_code_cell

from secondcar.grading.grade import grade
from secondcar.grading.isolation.sandbox import BUBBLEWRAP, NAMESPACES, NONE, Sandbox, find_sandbox
from tests.support.graded import marks_in
from tests.support.grading_courses import exercise_cells, graded_cell, hand_in_answers, nbgrader, release

WRITES = "def f(n):\n    open(f'given-{n}.txt', 'w').write('x')\n    return n"
SAVES = "def save():\n    open('table.csv', 'w').write('a')\n    return 1"
ALL = {"ps.ipynb", "timestamp.txt", "given-1.txt", "given-2.txt", "table.csv"}


@pytest.fixture
def course(tmp_path, monkeypatch):
    cells = [
        *exercise_cells("f", WRITES, "assert f(1) == 1", "assert f(2) == 2"),
        *exercise_cells("save", SAVES, "assert callable(save)", "save()\nassert open('table.csv').read() == 'a'"),
        graded_cell(new_code_cell("assert True"), "last", grade=True, points=1),
    ]
    release(tmp_path, "ps", cells, "")
    hand_in_answers(tmp_path, "ada", "ps", {"f": WRITES, "save": SAVES})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _made(course):
    return {path.name for path in (course / "autograded" / "ada" / "ps").iterdir()}


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(NAMESPACES, marks=pytest.mark.skipif(find_sandbox().kind != NAMESPACES, reason="none here")),
        pytest.param(BUBBLEWRAP, marks=pytest.mark.skipif(not shutil.which("bwrap"), reason="no bwrap")),
        NONE,
    ],
)
def test_what_a_hidden_test_hands_over_is_in_no_file(course, kind):
    summary = grade(["ps"], sandbox=Sandbox(kind), modules=("json",))
    (outcome,) = summary.outcomes
    assert outcome.graded and not outcome.disputes
    # A test that reads what a function wrote runs in a fork of the notebook, whose files go with it.
    assert [remark.test for remark in summary.in_notebook] == ["save_check", "last"]
    assert _made(course) == ALL - {"given-2.txt", "table.csv"}


def test_a_cell_below_may_remove_what_a_test_reads(tmp_path, monkeypatch):
    makes = "with open('table.csv', 'w') as file:\n    file.write('a')"
    cells = exercise_cells("table", makes, "assert open('table.csv')", "assert open('table.csv').read() == 'a'")
    release(tmp_path, "ps", [*cells, new_code_cell("import os\nos.remove('table.csv')")], "")
    for student, answer in {"ada": makes, "bob": makes.replace("'a'", "'b'")}.items():
        hand_in_answers(tmp_path, student, "ps", {"table": answer})
    monkeypatch.chdir(tmp_path)
    summary = grade(["ps"], modules=("json",))
    assert [remark.test for remark in summary.in_notebook] == ["table_check"]
    assert not any(outcome.disputes for outcome in summary.outcomes)
    assert {student: marks["table"] for student, marks in marks_in(tmp_path).items()} == {"ada": 1, "bob": 0}


@pytest.mark.long
def test_nbgrader_keeps_what_all_tests_have_a_notebook_write(course):
    nbgrader(course, "autograde", "ps")
    assert _made(course) == ALL
