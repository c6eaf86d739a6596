"""Where each test is judged: that is for the teacher's own answers to say."""

import ast
import builtins
import collections
import contextlib
import json
import os
import pickle
import subprocess
import sys
import timeit
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from secondcar.grading.judging.copies import in_copy
from secondcar.grading.judging.findings import WAYS
from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.namespace import NamesOfTest, Namespace
from secondcar.grading.judging.teachers_part import (
    ANSWER,
    LOCKED,
    OPEN,
    TEST,
    names_asked,
    names_to_keep,
    read_steps,
)
from secondcar.grading.limits import Limits
from secondcar.grading.workers.judge_client import Judging
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import hand_in_answers, nbgrader

BOX = """\
class Box:
    def __init__(self):
        self.things = []

    def put(self, thing):
        self.things.append(thing)
        return len(self.things)"""

# name: the teacher's answer, the test, a learner's answer that is right, and one that is wrong
EXERCISES = {
    "number": ("number = 6", "assert number == 6", "number = 2 * 3", "number = 5"),
    "sorts": (
        "def sorts(things):\n    things.sort()",
        "things = [3, 1, 2]\nsorts(things)\nassert things == [1, 2, 3]",
        "def sorts(things):\n    things[:] = sorted(things)",
        "def sorts(things):\n    sorted(things)",
    ),
    "doubles": (
        "def doubles(x):\n    return 2 * x",
        "assert doubles(21) == 42",
        "doubles = lambda x: x + x",
        "doubles = abs",
    ),
    "box": (BOX, "box = Box()\nassert box.put('a') == 1\nassert box.put('b') == 2", BOX, BOX.replace("len", "id")),
    "made": (
        "made = [Made(), Made()]",
        "assert type(made[1]) is Made and Made.made == 2",
        "made = (Made(), Made())",
        "made = [1, 2]",
    ),
    # The test looks at what a function is made of, and does without where it finds nothing.
    "sum_of": (
        "def sum_of(numbers):\n    found = 0\n    for one in numbers:\n        found += one\n    return found",
        "code = getattr(sum_of, '__code__', None)\nassert code is None or 'sum' not in code.co_names\n"
        "assert sum_of([1, 2]) == 3",
        "def sum_of(numbers):\n    return numbers[0] + sum_of(numbers[1:]) if numbers else 0",
        "def sum_of(numbers):\n    return sum(numbers)",
    ),
    # The test seeds the notebook's own module, which only the answer imports.
    "rolls": (
        "import random\ndef rolls():\n    return random.random()",
        "random.seed(1)\nfirst = rolls()\nrandom.seed(1)\nassert rolls() == first",
        "import random\ndef rolls():\n    return 2 * random.random()",
        "import random\nimport itertools\nrolls = itertools.count().__next__",
    ),
    # What only the answer imports: a function, a number, all of a module, and a class that makes things of a learner's.
    "sine": (
        "from math import isclose, pi, sin\nsine = sin(pi / 2)",
        "assert isclose(sine, sin(pi / 2))",
        "from numpy import isclose, pi, sin\nsine = sin(pi / 2)",
        "from math import isclose, pi, sin\nsine = sin(pi)",
    ),
    "cosine": (
        "from math import *\ncosine = cos(0)",
        "assert isclose(cosine, cos(0))",
        "from cmath import *\ncosine = cos(0).real",
        "from math import *\ncosine = cos(pi)",
    ),
    "product": (
        "from math import prod as product",
        "assert product([2, 3]) == 6",
        "def product(numbers):\n    found = 1\n    for one in numbers:\n        found *= one\n    return found",
        "product = sum",
    ),
    "part": ("part = 1", "assert part\n0.5 if part < 3 else None", "part = 2", "part = 0"),
}
# The mark of each exercise above.
MARKS = {
    "right": [*[1.0] * 10, 0.5],
    "wrong": [0.0] * 11,
    # The notebook's process, and with it the function, is gone when the function is to be called.
    "ends": [*[1.0] * 10, 0.0],
    # A later cell changes what the function depends on: what counts is what it was at its test.
    "changes": [*[1.0] * 10, 0.5],
    # The function ends the process that calls it.
    "leaves": [1.0, 0.0, *[1.0] * 8, 0.5],
    # Functions that agree, in place of those that the answers import: a person decides.
    "fakes": [*[1.0] * 7, None, None, 1.0, 0.5],
    # A loop that no interrupt reaches, in the one call that the hidden test makes.
    "hangs": [1.0, 0.0, *[1.0] * 8, 0.5],
}
ODD = {
    "ends": {"part": "import os\nos._exit(1)"},
    "changes": {
        "sorts": "order = 1\ndef sorts(things):\n    things.sort(reverse=order < 0)",
        "part": "order = -1\npart = 2",
    },
    "leaves": {"sorts": "import numpy as np\ndef sorts(things):\n    np.ctypeslib.ctypes.string_at(0)"},
    "fakes": dict.fromkeys(("sine", "cosine"), "isclose = lambda *numbers: 1\nsin = cos = abs\nsine = cosine = pi = 9"),
    "hangs": {"sorts": "import itertools\ndef sorts(things):\n    all(itertools.repeat(True))"},
}
# Where a test has to run in the notebook, functions are called in a fork, otherwise in the notebook's process, if they
# depend on nothing that can change.
IN_NOTEBOOK = ["made", "sum_of"]
NOTEBOOKS = {"in-forks": list(EXERCISES), "in-the-process": [name for name in EXERCISES if name not in IN_NOTEBOOK]}


def _cell(name, source, **roles):
    settings = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return new_code_cell(source, id=name, metadata={"nbgrader": {**settings, "grade_id": name, **roles}})


def _source(names=tuple(EXERCISES)):
    cells = [
        new_code_cell("%matplotlib inline\nimport math\nlimit = 3", id="open"),
        _cell(
            "locked",
            "top = 10\n\nclass Made:\n    made = 0\n    def __init__(self):\n        Made.made += 1",
            locked=True,
        ),
    ]
    for name in names:
        answer, test, _, _ = EXERCISES[name]
        hidden = f"### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS"
        cells.append(_cell(name, f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION", solution=True))
        cells.append(_cell(f"{name}-check", hidden, grade=True, locked=True, points=1))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(new_notebook(cells=cells, metadata={"kernelspec": kernel}))


def test_the_teachers_part_of_a_notebook():
    steps = read_steps(_source().encode())
    kinds = [(step["kind"], step["learners"]) for step in steps]
    assert kinds[:4] == [(OPEN, ["limit"]), (LOCKED, []), (ANSWER, ["number"]), (TEST, [])]
    assert not any("class Box" in step["source"] for step in steps)


@pytest.mark.parametrize("begin", ["BEGIN SOLUTION", "# ANSWER FROM HERE"])
def test_what_stands_above_a_solution_is_given_whatever_the_course_calls_its_beginning(begin):
    config = Config({"ClearSolutions": {"begin_solution_delimeter": begin}})
    cell = _cell("mean", f"days = [1, 2]\n### {begin}\nmean = sum(days) / 2", solution=True)
    files = {"p.ipynb": json.dumps(new_notebook(cells=[cell])).encode()}
    (step,) = Judging("", Limits(), config, files).steps("p")
    assert step["given"] == "days = [1, 2]"


def test_the_names_that_a_test_may_ask_for():
    cells = [
        new_code_cell("import math\nlimit = 3\ndef near(x):\n    return abs(x - goal) < limit", id="open"),
        _cell("locked", "top = 10", locked=True),
        _cell("goal", "goal = 4", solution=True),
        _cell("other", "other = 5", solution=True),
        _cell("check", "", grade=True, locked=True, points=1),
    ]
    notebook = json.dumps(new_notebook(cells=cells)).encode()

    def asked(test, learners_data=False):
        return names_asked(notebook, "check", test, learners_data)

    assert asked("assert near(math.pi)") == ("goal", "limit")
    assert asked("assert 'secret other words' and sum([top])") == ("other",)
    assert asked("assert top == 10", learners_data=True) == ("top",)
    assert asked("for part in unknown:\n    assert part") == ("unknown",)
    assert asked("assert eval('go' + 'al') == 4") is None


def test_what_a_test_imports_does_not_have_it_ask_for_what_earlier_tests_ask_for():
    cells = [
        _cell("first", "from helpers import require\nrequire(earlier)", grade=True, locked=True, points=1),
        _cell("check", "", grade=True, locked=True, points=1),
    ]
    notebook = json.dumps(new_notebook(cells=cells)).encode()
    assert names_asked(notebook, "check", "from helpers import require\nrequire(goal)", False) == ("goal",)
    assert names_asked(notebook, "check", "require(goal)", False) == ("earlier", "goal")


def test_the_names_that_a_notebook_keeps_do_not_say_what_a_hidden_part_asks_for():
    cells = [
        _cell("earlier", "earlier = 3", solution=True),
        _cell("first", "", grade=True, locked=True, points=1),
        _cell("goal", "import math\ngoal = 4\nhelper = 5\nspare = 6", solution=True),
        _cell("check", "", grade=True, locked=True, points=1),
    ]
    notebook = json.dumps(new_notebook(cells=cells)).encode()

    def kept(hidden):
        return names_to_keep(notebook, "check", f"assert goal\n{hidden}", "assert goal", False)

    assert kept("assert goal == 4") == kept("goal = 2") == ("goal",)
    assert kept("assert helper") == kept("assert spare") == ("goal", "helper", "spare")
    assert kept("assert earlier") is kept("assert math") is kept("assert eval('x')") is None
    assert names_to_keep(notebook, "check", "if 1:\n    goal", "if 1:", False) == ("goal", "helper", "spare")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course graded: notebook, student -> marks; what the run said; and the course."""
    root = tmp_path_factory.mktemp("judging") / "course"
    root.mkdir()
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 100\n")
    said = ""
    for notebook, names in NOTEBOOKS.items():
        (root / "source" / notebook).mkdir(parents=True)
        (root / "source" / notebook / f"{notebook}.ipynb").write_text(_source(names))
        nbgrader(root, "generate_assignment", notebook, "--IncludeHeaderFooter.header=")
        for student in MARKS:
            answers = {name: EXERCISES[name][3 if student == "wrong" else 2] for name in names}
            hand_in_answers(root, student, notebook, {**answers, **ODD.get(student, {})})
        command = [sys.executable, "-m", "secondcar", "grade", notebook]
        honest = [*command, "--CourseDirectory.student_id_exclude=hangs"]
        said += subprocess.run(honest, cwd=root, capture_output=True, text=True, check=False).stdout
        subprocess.run([*command, "--student=hangs", "--Execute.timeout=4"], cwd=root, check=True)
    marks: dict = {}
    for row in gradebook_rows(root / "gradebook.db"):
        if row[0] == "grades":
            marks.setdefault((row[2], row[1]), {})[row[3].removesuffix("-check")] = row[4]
    return marks, said, root


@pytest.mark.parametrize("student", MARKS)
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_marks_are_those_that_are_due_wherever_a_test_is_judged(graded, notebook, student):
    due = dict(zip(EXERCISES, MARKS[student], strict=True))
    assert graded[0][notebook, student] == {name: due[name] for name in NOTEBOOKS[notebook]}


def test_the_run_names_the_tests_that_ran_in_the_notebook(graded):
    told = [line for line in graded[1].splitlines() if "within the learner's reach" in line]
    assert [line.partition("reach: ")[2].partition(":")[0] for line in told] == [
        f"in-forks, {name}-check" for name in IN_NOTEBOOK
    ]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_how_a_function_ends_its_process_is_not_told(graded, notebook):
    path = graded[2] / "autograded" / "leaves" / notebook / f"{notebook}.ipynb"
    cells = {cell["id"]: cell for cell in json.loads(path.read_text())["cells"]}
    assert cells["sorts-check"]["outputs"][-1]["evalue"] == "A hidden test did not pass."


def test_a_name_that_a_test_deletes_is_gone_until_the_test_binds_it_again():
    names = NamesOfTest({"there": 1, "untouched": 2}.__getitem__, pytest.fail)
    exec("old = there\ndel there", names)
    assert "there" not in names and "untouched" in names
    with pytest.raises(NameError, match="there"):
        exec("del there", names)
    exec("there = old", names)
    assert names["there"] == 1


@pytest.fixture
def namespace_of(monkeypatch):
    """Return what makes a namespace of cells, which has some of a notebook's values; more may be put there."""

    def make(cells, values):
        asking = SimpleNamespace(
            ask=values.__getitem__,
            refuse=pytest.fail,
            begin=lambda: None,
            said=[],
            for_cells_above=contextlib.nullcontext,
        )
        return Namespace(read_steps(json.dumps(new_notebook(cells=cells)).encode()), asking)

    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(builtins, "display", None, raising=False)
    return make


def test_a_name_is_the_learners_below_an_answer_whatever_a_test_above_called_so(namespace_of):
    cells = [
        _cell("first", "first = 1", solution=True),
        _cell("first-check", "start = [first]\nend = 2", grade=True, locked=True, points=1),
        _cell("start", "start = 5", solution=True),
        _cell("start-check", "", grade=True, locked=True, points=1),
    ]
    names = namespace_of(cells, {"first": 1, "start": 7})
    with names.of_test("start-check", "", WAYS[0], {}):
        assert (names.run("start"), names.run("end")) == ("7", "2")


def test_a_cell_that_failed_is_done_for_the_test_that_needs_it_with_the_names_that_it_had(namespace_of):
    cells = [
        _cell("f", "def f(n): return n", solution=True),
        # The first test needs nothing of this, nor of what follows, and the notebook does not keep f for it.
        _cell("f-check", "def g(): return k\nk = a = f(1)\nassert a == 10", grade=True, locked=True, points=1),
        _cell("given", "b = 2\nd = 3", locked=True),
        _cell("asks", "items = iter([f(b), f(d)])\nc = next(items)", locked=True),
        _cell("anew", "c = a = f(c)\nd = 3", locked=True),
        _cell("below", "b = None", locked=True),
        # The notebook goes on where this stops.
        _cell("stops", "p = q = [5]\nm = 6\nq.append(nowhere)", locked=True),
        _cell("early-check", "", grade=True, locked=True, points=1),
        _cell("late-check", "", grade=True, locked=True, points=1),
    ]
    notebooks = {}
    names = namespace_of(cells, notebooks)
    with names.of_test("early-check", "", WAYS[0], {}):
        assert names.run("g.__name__ == 'g'") is None
    notebooks |= {"f": lambda n: 10 * n, "q": [7]}
    with names.of_test("late-check", "", WAYS[0], {}):
        asked = ("a", "c", "next(items)", "b", "d", "g()", "m", "q[0]")
        assert [names.run(one) for one in asked] == ["200", "200", "30", None, "3", "10", "6", "7"]
    # Where it fails again, the notebook is asked.
    notebooks |= {"f": max, "a": 5}
    with names.of_test("f-check", "", WAYS[0], {}):
        assert names.run("a") == "5"


def _is_refused(test, answer, was_told_text, monkeypatch):
    """Return whether a judge refuses to do what a test does with an answer."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(builtins, "display", None, raising=False)

    def refuse(why, kind):
        raise NotPlain(why)

    namespace = Namespace([], SimpleNamespace(was_told_text=was_told_text, refuse=refuse))

    def look():
        # It can never be taken away again.
        sys.addaudithook(namespace.refuse_to_carry_out)
        try:
            test(answer)
        except NotPlain:
            return True
        return False

    return in_copy(look, bool, 20, 20)


@pytest.mark.parametrize(
    ("test", "answer"),
    [
        (lambda answer: eval(answer), "1 + 1"),
        (lambda answer: eval(f"1 + {answer}"), "1"),
        (lambda answer: exec(answer), "x = 1"),
        (lambda answer: timeit.timeit(answer, number=1), "x = 1"),
        (lambda answer: os.system(answer), "true"),
        (lambda answer: subprocess.run(answer, shell=True, check=True), "true"),
        (lambda answer: pickle.loads(answer), pickle.dumps(collections.OrderedDict())),
    ],
)
def test_a_judge_carries_out_no_text_of_the_notebooks(test, answer, monkeypatch):
    assert _is_refused(test, answer, True, monkeypatch) is True
    assert _is_refused(test, answer, False, monkeypatch) is False


@pytest.mark.parametrize(
    ("test", "answer"),
    [
        (lambda answer: eval("1 + 1"), ""),
        (lambda answer: [eval(one) for one in ("1 + 1", "2")], ""),
        (lambda answer: ast.literal_eval(answer), "[1, 2]"),
        (lambda answer: collections.namedtuple("Answer", answer), "x y"),
        (lambda answer: json.loads(answer), "[1, 2]"),
    ],
)
def test_a_judge_reads_texts_and_carries_out_the_teachers(test, answer, monkeypatch):
    assert _is_refused(test, answer, True, monkeypatch) is False
