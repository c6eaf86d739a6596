"""What cells above a test ask the notebook for is not the test's."""

from nbformat.v4 import new_code_cell

from secondcar.grading.grade import grade
from tests.support.graded import marks_in
from tests.support.grading_courses import exercise_cells, graded_cell, hand_in_answers, locked_cell, release

LOAD = "import pandas as pd\ndef load(path):\n    return pd.read_csv(path)"
OPENS = "import pandas as pd\ndef load(path):\n    with open(path) as file:\n        return pd.read_csv(file)"
TABLE = {"load": LOAD, "named": "t.index = list('abc')", "first": "first = t.n.iloc[0]", "total": "total = t.n.sum()"}
CLASS = {
    "in-place": TABLE,
    "anew": {**TABLE, "load": OPENS, "named": "t = t.set_index(pd.Index(list('abc')))"},
    "alone": {**TABLE, "load": "import pandas as pd\nload = pd.read_csv", "total": "total = sum([1, 3])"},
}


def test_what_an_earlier_test_asks_for_counts_in_no_later_one(tmp_path, monkeypatch):
    cells = [
        locked_cell("open('t.csv', 'w').write('n,m\\n1,2\\n,3\\n3,4\\n')", "file"),
        *exercise_cells("load", LOAD, "path = 't.csv'\nt = load(path)\nassert len(t) == 3", "assert 'n' in t"),
        # The judge has this name from the test above, and the answer changes what it holds: so this runs in a fork.
        *exercise_cells("named", TABLE["named"], "assert list(t.index) == ['a', 'b', 'c']", "assert t.index[0] == 'a'"),
        # This asks for data alone, and is judged before the test of a function.
        *exercise_cells("first", TABLE["first"], "assert first > 0", "assert first == 1"),
        *exercise_cells("total", TABLE["total"], "assert total > 0", "assert total == pd.read_csv(path).n.sum()"),
    ]
    release(tmp_path, "ps1", cells, "c.Execute.timeout = 60")
    for learner, answers in CLASS.items():
        hand_in_answers(tmp_path, learner, "ps1", answers)
    monkeypatch.chdir(tmp_path)
    summary = grade(["ps1"], modules=("pandas",))
    assert [remark.test for remark in summary.in_notebook] == ["named_check"]
    assert marks_in(tmp_path) == dict.fromkeys(CLASS, dict.fromkeys(TABLE, 1))


def test_a_text_that_a_locked_cell_was_told_is_not_carried_out(tmp_path, monkeypatch):
    make = "def make():\n    return '1 + 2'\ndef size():\n    return 4"
    cells = exercise_cells("make", make, "assert size() == 4", "assert size() == 4 and eval(code) == 3")
    release(tmp_path, "ps1", [cells[0], locked_cell("code = make()", "made"), cells[1]], "")
    hand_in_answers(tmp_path, "ada", "ps1", {"make": make.replace("1 + 2", "3")})
    monkeypatch.chdir(tmp_path)
    (remark,) = grade(["ps1"], modules=("json",)).in_notebook
    assert remark.test == "make_check"
    assert "carry out" in remark.why
    assert marks_in(tmp_path) == {"ada": {"make": 1}}


def test_a_number_that_learners_may_choose_goes_with_what_came_of_it(tmp_path, monkeypatch):
    throw = "def throw(n, rng):\n    return list(rng.integers(1, 7, n))"
    mean = "def mean(dice):\n    return sum(dice) / len(dice)"
    thrown = exercise_cells("throw", throw, "assert len(dice) == n", "assert len(throw(9, rng)) == 9")
    averaged = exercise_cells("mean", mean, "assert mean([1, 2]) == 1.5", "assert abs(m * n - sum(dice)) < 1e-9")
    cells = [
        graded_cell(new_code_cell("n = 40"), "open"),
        thrown[0],
        # The judge cannot hand such a generator over, so only the notebook has what came of it.
        locked_cell("import numpy as np\nrng = np.random.default_rng()\ndice = throw(n, rng)", "thrown"),
        thrown[1],
        averaged[0],
        locked_cell("m = mean(dice)", "averaged"),
        averaged[1],
    ]
    release(tmp_path, "ps1", cells, "")
    wrong = mean.replace("len(dice)", "40")
    for learner, (number, answer) in {"same": (40, mean), "own": (25, mean), "wrong": (25, wrong)}.items():
        hand_in_answers(tmp_path, learner, "ps1", {"open": f"n = {number}", "throw": throw, "mean": answer})
    monkeypatch.chdir(tmp_path)
    grade(["ps1"], modules=("numpy",))
    assert {learner: marks["mean"] for learner, marks in marks_in(tmp_path).items()} == {
        "same": 1,
        "own": 1,
        "wrong": 0,
    }
