"""A right answer has its mark whatever its type and whatever world its notebook is in, as nbgrader would give it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from tests.support.graded import gradebook_rows
from tests.support.grading_courses import exercise_cells, hand_in_answers, release

_TYPES = """\
import array, collections, dataclasses, enum, fractions, functools, itertools, types
import numpy as np
import pandas as pd"""

# exercise: the teacher's answer, the visible test, the hidden one, and other right answers
VALUES = {
    "items": (
        "def items(n):\n    return list(range(n))",
        "assert list(items(3)) == [0, 1, 2]",
        "assert list(items(5)) == [0, 1, 2, 3, 4]",
        [
            "items = range",
            "def items(n):\n    return reversed(range(n - 1, -1, -1))",
            "def items(n):\n    return itertools.chain(range(n - 1), [n - 1])",
            "def items(n):\n    return itertools.accumulate([0] + [1] * (n - 1))",
            "def items(n):\n    yield from range(n)",
            "def items(n):\n    return itertools.islice(itertools.count(), n)",
            "def items(n):\n    return itertools.filterfalse(lambda x: x < 0, range(n))",
            "def items(n):\n    return (a for a, b in itertools.pairwise(range(n + 1)))",
            "def items(n):\n    return itertools.starmap(max, zip(range(n), [0] * n))",
            "def items(n):\n    return array.array('i', range(n))",
            "def items(n):\n    return collections.UserList(range(n))",
            "def items(n):\n    return np.arange(n)",
            "def items(n):\n    return pd.Index(range(n))",
            "def items(n):\n    return iter({k: None for k in range(n)})",
            "class items:\n    def __init__(self, n):\n        self.n = n\n"
            "    def __len__(self):\n        return self.n\n"
            "    def __getitem__(self, k):\n        return range(self.n)[k]",
        ],
    ),
    "summary": (
        "def summary(x):\n    return {'mean': sum(x) / len(x), 'n': len(x)}",
        "r = summary([1, 2])\nassert r['mean'] == 1.5 and r['n'] == 2",
        "r = summary([1, 2, 6])\nassert abs(r['mean'] - 3) < 1e-9 and r['n'] == 3",
        [
            "def summary(x):\n    return collections.UserDict(mean=sum(x) / len(x), n=len(x))",
            "def summary(x):\n    return collections.ChainMap({'mean': sum(x) / len(x)}, {'n': len(x)})",
            "def summary(x):\n    return types.MappingProxyType({'mean': sum(x) / len(x), 'n': len(x)})",
            "def summary(x):\n    return pd.Series({'mean': sum(x) / len(x), 'n': len(x)})",
            "def summary(x):\n    return {'mean': fractions.Fraction(sum(x), len(x)), 'n': np.int8(len(x))}",
            "E = enum.Enum('E', 'A')\ndef summary(x):\n    return {'mean': np.mean(x), 'n': len(x), 'f': len, E: E.A}",
            "class Own(dict):\n    pass\ndef summary(x):\n    return Own(mean=sum(x) / len(x), n=len(x))",
        ],
    ),
    "limits": (
        "import collections\nlimits = collections.namedtuple('Limits', 'low high')(1, 2)",
        "assert limits.low == 1",
        "assert limits.high == 2",
        [
            "limits = types.SimpleNamespace(low=1, high=2)",
            "@dataclasses.dataclass\nclass L:\n    low: float\n    high: float\nlimits = L(1, 2.0)",
            "class L:\n    low = 1\n    @property\n    def high(self):\n        return 2\nlimits = L()",
            "limits = pd.Series({'low': 1, 'high': 2})",
            "limits = np.rec.array([(1, 2)], dtype=[('low', int), ('high', int)])[0]",
        ],
    ),
    "share": (
        "share = 0.5",
        "assert float(share) == 0.5",
        "assert abs(float(share) - 0.5) < 0.01",
        [
            "share = np.float32(0.5)",
            "share = np.array(0.5)",
            "share = fractions.Fraction(1, 2)",
            "class Half:\n    def __float__(self):\n        return 0.5\nshare = Half()",
        ],
    ),
    "grid": (
        "grid = [[1, 2], [3, 4]]",
        "assert np.asarray(grid).shape == (2, 2)",
        "np.testing.assert_allclose(grid, [[1, 2], [3, 4]])",
        [
            "grid = np.matrix([[1, 2], [3, 4]])",
            "grid = pd.DataFrame([[1, 2], [3, 4]])",
            "grid = np.ma.array([[1, 2], [3, 4]])",
            "class Own(np.ndarray):\n    pass\ngrid = np.array([[1, 2], [3, 4]]).view(Own)",
        ],
    ),
    "sorts": (
        "def sorts(x):\n    return sorted(x)",
        "data = [3, 1, 2]\nassert sorts(data) == [1, 2, 3]\nassert sorts(data) == [1, 2, 3]",
        "data = [2, 1]\nassert sorts(data) == sorted(data)",
        ["def sorts(x):\n    x.sort()\n    return x", "def sorts(x):\n    return list(np.sort(x))"],
    ),
    "squares": (
        "squares = [x * x for x in range(4)]",
        "assert sum(squares) == 14",
        "assert 2 + 2 == 4",
        ["squares = (x * x for x in range(4))", "squares = {0, 1, 4, 9}", "squares = map(lambda x: x * x, range(4))"],
    ),
}
# What a cell before the answers may do.
WORLDS = {
    "nothing": "",
    "another folder": "import os\nos.makedirs('data', exist_ok=True)\nos.chdir('data')",
    "the folder above": "%cd ..",
    "a figure left open": "import matplotlib.pyplot as plt\nplt.figure()",
    "options": "pd.set_option('display.precision', 1)\nnp.set_printoptions(precision=1)",
    "random numbers": "import random\nrandom.seed(1)\nnp.random.seed(1)",
    "a star import": "from math import *\nfrom matplotlib.pyplot import *",
    "shadowed builtins": "list_ = list\nlen = lambda x: sum(1 for _ in x)\nmax = np.max",
    "a thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()",
    "warnings as errors": "import warnings\nwarnings.simplefilter('error')",
    "a frozen print": "print = lambda *args, **how: None",
}


def _cells():
    cells = [new_code_cell(_TYPES, id="set-up"), new_code_cell("", id="world")]
    for name, (answer, visible, hidden, _) in VALUES.items():
        cells += exercise_cells(name, answer, visible, hidden)
    return cells


def _class() -> dict[str, dict[str, str]]:
    """Return student -> exercise -> answer; under "world", what the cell before does."""
    students = {f"other{number}": {} for number in range(max(len(others) for *_, others in VALUES.values()))}
    for name, (*_, others) in VALUES.items():
        for number, answers in enumerate(students.values()):
            answers[name] = others[number % len(others)]
    worlds = {f"in {world}".replace(" ", "-"): {"world": source} for world, source in WORLDS.items()}
    return {**students, **{student: {"share": "share = 0.5", **answers} for student, answers in worlds.items()}}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("right") / "course"
    release(root, "ps1", _cells(), "c.Execute.timeout = 60")
    right = {name: answer for name, (answer, *_) in VALUES.items()}
    for student, answers in _class().items():
        folder = hand_in_answers(root, student, "ps1", right | answers)
        path = folder / "ps1.ipynb"
        notebook = json.loads(path.read_text())
        for cell in notebook["cells"]:
            if cell["id"] == "world":
                cell["source"] = answers.get("world", "")
        path.write_text(json.dumps(notebook))
    return root


def marks_in(root: Path) -> dict[str, dict[str, float | None]]:
    """Return student -> exercise -> marks."""
    marks: dict[str, dict[str, float | None]] = {}
    for row in gradebook_rows(root / "gradebook.db"):
        if row[0] == "grades":
            marks.setdefault(row[1], {})[row[3].removesuffix("_check")] = row[4]
    return marks


@pytest.fixture(scope="module")
def graded(course):
    command = [sys.executable, "-m", "secondcar", "grade", "ps1", "--json"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    return done, marks_in(course)


@pytest.mark.parametrize("student", _class())
def test_a_right_answer_has_its_mark(graded, student):
    assert graded[1][student] == dict.fromkeys(VALUES, 1.0)


def test_the_teachers_solution_is_judged_out_of_reach(graded):
    told = json.loads(graded[0].stdout)
    assert graded[0].returncode == 0
    assert told["solution_fails"] == [] and told["in_notebook"] == []
