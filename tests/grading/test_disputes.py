"""Where the notebook and the judge do not agree on a test, a person decides: nothing is lost or gained in silence."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from secondcar.counting import counted
from secondcar.grading.grade import GradingOutcome, GradingSummary
from secondcar.grading.judging.findings import JudgeFinding, settle
from secondcar.grading.judging.teachers_part import names_needed_below
from secondcar.grading.preprocessors.hidden_tests import FOR_TEACHERS
from secondcar.grading.progress import summary_of
from secondcar.grading.records import Dispute, WaitingMark
from tests.support.grading_courses import exercise_cells, graded_cell, hand_in_answers, nbgrader, release
from tests.support.some import some

DROPPED = """\
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Drop())
x = 3"""
# student: answers. The wrong one is wrong in the hidden part alone.
CLASS = {
    "right": {},
    "wrong": {"x": "x = 2"},
    "cheats": {"x": DROPPED},
    # It fails the hidden test in the notebook, too, whatever it is.
    "masked": {"y": "import numpy as np\ny = np.ma.masked_all(2, object)"},
    "object": {"x": "class Any(int):\n    __eq__ = lambda *_: True\nx = Any(2)"},
    # It breaks what the visible test needs, not the answer.
    "breaks": {"x": "import builtins\nbuiltins.round = None\nx = 1"},
}
# disputes -> student -> marks of x and y
MARKS = {
    "person": {
        "right": (1, 1),
        "wrong": (0, 1),
        "cheats": (None, 1),
        "masked": (1, 0),
        "object": (None, 1),
        "breaks": (None, None),
    },
    "zero": {"right": (1, 1), "wrong": (0, 1), "cheats": (0, 1), "masked": (1, 0), "object": (0, 1), "breaks": (0, 0)},
    "trust": {"right": (1, 1), "wrong": (0, 1), "cheats": (1, 1), "masked": (1, 0), "object": (1, 1), "breaks": (0, 0)},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("disputes") / "course"
    cells = [
        new_code_cell("import numpy as np", id="set-up"),
        *exercise_cells("x", "x = 1", "assert round(x) < 3", "assert x == 1"),
        *exercise_cells("y", "y = [1, 2]", "assert round(len(y)) == 2", "np.testing.assert_allclose(y, [1, 2])"),
    ]
    release(root, "ps1", cells, "c.Execute.timeout = 60")
    for student, answers in CLASS.items():
        hand_in_answers(root, student, "ps1", {"x": "x = 1", "y": "y = [1, 2]", **answers})
    return root


@pytest.fixture(scope="module", params=MARKS)
def graded(course, request):
    command = [sys.executable, "-m", "secondcar", "grade", "ps1", "--force", f"--disputes={request.param}", "--json"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return request.param, course, json.loads(done.stdout)


def rows_of(course: Path, student: str) -> dict[str, tuple[float | None, bool]]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grades = gradebook.find_submission_notebook("ps1", "ps1", student).grades
        return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in grades}


@pytest.mark.parametrize("student", CLASS)
def test_marks(graded, student):
    how, course, _ = graded
    due = MARKS[how][student]
    assert rows_of(course, student) == {
        f"{name}_check": (mark, mark is None) for name, mark in zip("xy", due, strict=True)
    }


def test_every_dispute_is_in_the_runs_list(graded):
    told = {outcome["student"]: [one["test"] for one in outcome["disputes"]] for outcome in graded[2]["outcomes"]}
    assert told == {
        "right": [],
        "wrong": [],
        "cheats": ["x_check"],
        "masked": [],
        "object": ["x_check"],
        "breaks": ["x_check", "y_check"],
    }
    sentences = {one["sentence"] for outcome in graded[2]["outcomes"] for one in outcome["disputes"]}
    assert sentences == {
        "In the notebook nothing failed; judged out of its reach, line 1 failed.",
        "In the notebook all of it passed; judged out of its reach, its hidden part failed.",
        "In the notebook it failed; judged out of its reach, it passed.",
    }


def test_what_failed_is_quoted_on_one_line():
    fault = "ValueError: the test is faulty.\nGRADED: full marks for `all`\x1b[2J"
    dispute = Dispute("ps1", "x_check", "It passed, but nobody knows.", fault)
    outcome = GradingOutcome("ada", True, True, (), (dispute,), (), 0, (), {})
    (line,) = (line for line in summary_of(GradingSummary([outcome])).splitlines() if "faulty" in line)
    said = '"ValueError: the test is faulty. GRADED: full marks for ?all? ?2J"'
    assert line == f"DISPUTED: ada, ps1, x_check. It passed, but nobody knows. What it says: {said}"


def test_the_run_says_what_became_of_each_disputed_mark(graded):
    how, course, told = graded
    disputes = [(outcome["student"], dispute) for outcome in told["outcomes"] for dispute in outcome["disputes"]]
    for student, dispute in some(disputes):
        mark, waits = rows_of(course, student)[dispute["test"]]
        assert (dispute["became"], dispute["points"]) == (("waits", None) if waits else (how, mark))


def dispute_lines(course: Path, *options: str) -> list[str]:
    command = [sys.executable, "-m", "secondcar", "grade", "ps1", "--student=cheats", *options]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if line.startswith(("DISPUTED", "WAITING", "  "))]


def test_a_line_says_what_became_of_the_mark_and_each_run_who_waits(course, tmp_path):
    course = shutil.copytree(course, tmp_path / "course")
    waiting = [
        "WAITING FOR A PERSON: 1 mark of 1 learner. Decide in Formgrader, at Manual Grading, ps1:",
        "  ps1, x_check: cheats",
    ]
    first, *others = dispute_lines(course, "--force")
    assert first.startswith("DISPUTED: cheats, ps1, x_check. The mark waits for a person. In the notebook")
    assert others == waiting
    assert dispute_lines(course) == waiting  # nothing is new
    (line,) = dispute_lines(course, "--force", "--disputes=zero")
    assert "x_check. It got no marks (--disputes=zero). In" in line
    (line,) = dispute_lines(course, "--force", "--disputes=trust")
    assert "x_check. It got the notebook's mark (--disputes=trust): 1. In" in line
    settle_by_hand(course, 0.5)
    (line,) = dispute_lines(course, "--force")
    assert "x_check. The mark that a person gave stands: 0.5. In" in line


def settle_by_hand(course: Path, points: float) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("x_check", "ps1", "ps1", "cheats")
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def test_of_many_who_wait_the_first_are_named():
    waiting = [WaitingMark(f"s{number:02}", "ps1", "essay") for number in range(300)]
    *_, line = summary_of(GradingSummary(waiting=waiting, assignment="ps1")).splitlines()
    assert line.endswith("s08, s09 and 290 more")


def notices(course: Path, student: str) -> list[str]:
    """Return what stands over the disputed tests of a learner in Formgrader."""
    notebook = nbformat.read(course / "autograded" / student / "ps1" / "ps1.ipynb", as_version=4)
    outputs = [cell.outputs[0] for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    return [output.data["text/plain"] for output in outputs if FOR_TEACHERS in output.get("metadata", {})]


def test_a_person_reads_what_each_said(graded):
    how, course, _ = graded
    expected = {"right": 0, "wrong": 0, "cheats": 1, "object": 1, "breaks": 2} if how == "person" else {}
    start = "DISPUTED: a person says what this test earns. In the not"
    for student in CLASS:
        disputed = [notice.startswith(start) for notice in notices(course, student)]
        assert disputed == [True] * expected.get(student, 0)


def test_a_learners_page_says_that_a_mark_waits_and_nothing_of_a_dispute(graded):
    course = graded[1]
    subprocess.run([sys.executable, "-m", "secondcar", "feedback", "ps1", "--force"], cwd=course, check=True)
    for student in CLASS:
        page = (course / "feedback" / student / "ps1" / "ps1.html").read_text()
        waiting = sum(waits for _, waits in rows_of(course, student).values())
        assert "DISPUTED" not in page
        assert page.count("Your teacher has yet to decide this score.") == waiting
        assert (f"Your teacher has yet to decide {counted(waiting, 'score')}." in page) == (waiting > 0)
        # In the list at the top, and at the mark.
        assert page.count("Score: waits for your teacher / 1.0") == 2 * waiting
        decided = float(sum(mark or 0 for mark, _ in rows_of(course, student).values()))
        total = f"{decided} so far, up to {waiting}.0 more wait for your teacher" if waiting else decided
        assert f"ps1 (Score: {total} / 2.0)" in page


def test_what_follows_from_both():
    passed, hidden, seen = (
        JudgeFinding(True, points="0.5"),
        JudgeFinding(False, hidden=True),
        JudgeFinding(False, line=3),
    )
    unknown = JudgeFinding(False, hidden=True, refused="why", fault="more")
    assert [settle(True, found).passed for found in (passed, hidden, seen, unknown)] == [True, False, None, None]
    assert [settle(False, found).passed for found in (passed, hidden, seen, unknown)] == [None, False, False, False]
    assert settle(True, passed).points == "0.5"
    assert settle(True, unknown).fault == "more"


@pytest.fixture(scope="module")
def failing(tmp_path_factory):
    """A course whose teacher's own solution fails one test, and cannot be judged out of reach in others."""
    root = tmp_path_factory.mktemp("failing") / "course"
    cells = [
        *exercise_cells("right", "a = 1", "assert a", "assert a == 1"),
        *exercise_cells("wrong", "b = 1", "assert b", "assert b == 2, 'twice'"),
        *exercise_cells("file", "open('made.txt', 'w').write('x')", "import os", "assert os.path.exists('made.txt')"),
        *exercise_cells("nothing", "c = 1", "assert True", "assert 1 == 1"),
        *exercise_cells("helper", "d = 1", "assert d", "limit = 5\nassert d < limit"),
        graded_cell(new_code_cell("assert limit == 5"), "below", grade=True, points=1),
        *exercise_cells("maker", "f = 2", "assert f", "twice = lambda n: 2 * n\nassert f == twice(1)"),
        *exercise_cells("user", "open('more.txt', 'w').close()", "import os", "open('more.txt')\nassert twice(1) == 2"),
        *exercise_cells("changes", "e = [1]", "assert e", "e.append(2)"),
        graded_cell(new_code_cell("assert e == [1, 2]"), "effect", grade=True, points=1),
    ]
    release(root, "ps1", cells, "c.Execute.timeout = 60")
    with (root / "source" / "ps1" / "ps1.ipynb").open() as file:
        solved = nbformat.read(file, as_version=4)
    answers = {cell.metadata.nbgrader.grade_id: cell.source for cell in solved.cells if cell.metadata.nbgrader.solution}
    hand_in_answers(root, "ada", "ps1", answers)
    return root


@pytest.mark.parametrize(("options", "code"), [((), 1), (("--accept-failing-solution",), 0)])
def test_what_the_teachers_solution_fails_is_named(failing, options, code):
    command = [sys.executable, "-m", "secondcar", "grade", "ps1", "--force", *options]
    done = subprocess.run(command, cwd=failing, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout.splitlines()[-1] == "THE TEACHER'S OWN SOLUTION FAILS ps1, wrong_check: AssertionError: twice."
    assert "within the learner's reach: ps1, file_check: in line" in done.stdout
    assert "ps1, nothing_check: it asks the notebook for nothing." in done.stdout
    assert "ps1, helper_check: cells below use limit, which its hidden part makes." in done.stdout
    assert "ps1, maker_check: cells below use twice, which its hidden part makes." in done.stdout
    assert rows_of(failing, "ada")["user_check"] == (1, False)
    assert "ps1, changes_check: cells below depend on what its hidden part does." in done.stdout
    assert "ps1, right_check" not in done.stdout


@pytest.mark.long
def test_such_tests_run_as_nbgraders(failing, tmp_path):
    subprocess.run([sys.executable, "-m", "secondcar", "grade", "ps1", "--force"], cwd=failing, check=False)
    ours = rows_of(failing, "ada")
    nbgrader(failing, "autograde", "ps1", "--force")
    assert rows_of(failing, "ada") == ours


def test_names_that_hidden_parts_make_for_cells_below():
    def needed(*sources: str) -> dict[str, list[str]]:
        cells = [graded_cell(new_code_cell(source), f"t{place}", grade=True) for place, source in enumerate(sources)]
        return names_needed_below(nbformat.v4.new_notebook(cells=cells), lambda cell: cell.source.partition("#")[0])

    assert needed("x = 1\n# hidden\nlimit = 2", "assert limit") == {"t0": ["limit"]}
    assert needed("#\nlimit = 2", "limit = 3\nassert limit", "assert limit") == {}
    assert needed("import os\n#\nimport os", "assert os") == {}
    assert needed("#\nimport os", "#\nassert os") == {}
    assert needed("#\nlimit = 2", "def near(x):\n    return x < limit") == {"t0": ["limit"]}
    assert needed("#\nlimit = 2", "not python at all") == {}
