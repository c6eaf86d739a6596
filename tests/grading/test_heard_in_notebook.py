"""A hidden test has to pass in the notebook, too: what travels to the judge is a copy, and copies behave otherwise."""

import pytest
from nbformat.v4 import new_code_cell

from tests.support.graded import marks_of_class

_SET_UP = """\
import collections, copy, random, warnings
import numpy as np
names = ['Oral', 'Taraz', 'Aktau']"""
# exercise: the answer, the visible test, the hidden one
EXERCISES = {
    "turned": (
        "def turned(grid):\n    return np.ascontiguousarray(grid.T)",
        "assert turned(np.ones((2, 3))).shape == (3, 2)",
        "assert turned(np.ones((2, 3))).flags['C_CONTIGUOUS']",
    ),
    "ratio": (
        "def ratio(a, b):\n    return a / b if b else 0.0",
        "assert ratio(np.float64(1), 2) == 0.5",
        "with warnings.catch_warnings(record=True) as told:\n    warnings.simplefilter('always')\n"
        "    assert not ratio(np.float64(0), 0) > 0\nassert not told",
    ),
    "average": (
        "def average(numbers):\n    if not numbers:\n        raise ValueError('no numbers')\n"
        "    return sum(numbers) / len(numbers)",
        "assert average([1, 3]) == 2",
        "try:\n    average([])\n    assert False\nexcept ValueError as fault:\n    assert type(fault) is ValueError",
    ),
    "Basket": (
        "class Basket:\n    def __init__(self, things=()):\n        self.things = [*things]\n"
        "    def __iadd__(self, thing):\n        self.things.append(thing)\n        return self",
        "assert Basket(['a']).things == ['a']",
        "basket = Basket()\nbasket += 'b'\nassert isinstance(basket, Basket) and basket.things == ['b']",
    ),
    "first": (
        "first = sorted(names)[0]",
        "assert isinstance(first, str)",
        "assert first == 'Aktau' and names[0] == 'Oral'",
    ),
    # Cells below give `numbers` another value: this passes only in a copy of the notebook that is made where it stands.
    "small": (
        "small = [n for n in numbers if n < 3]",
        "assert len(small) > 0",
        "assert small == [n for n in numbers if n < 3]",
    ),
    "numbers": ("numbers = [9]", "assert numbers[0] == 9", "assert len(numbers) == 1"),
    # A fork of the notebook has its random numbers.
    "throws": (
        "def throws(n):\n    return [random.randint(1, 6) for _ in range(n)]",
        "assert len(throws(3)) == 3",
        "random.seed(5)\nwanted = [random.randint(1, 6) for _ in range(4)]\nrandom.seed(5)\n"
        "assert throws(4) == wanted\nrandom.seed(5)\nassert throws(4) == wanted",
    ),
    # The judge alone does not take a right answer's mark away.
    "Vector": (
        "class Vector:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n"
        "    def __add__(self, other):\n        return Vector(self.x + other.x, self.y + other.y)",
        "assert Vector(1, 2).x == 1",
        "both = Vector(1, 2) + Vector(3, 4)\nassert (both.x, both.y) == (4, 6)",
    ),
    "Pair": (
        "class Pair:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n"
        "    def __eq__(self, other):\n        return (self.x, self.y) == (other.x, other.y)\n"
        "    def __add__(self, other):\n        return Pair(self.x + other.x, self.y + other.y)",
        "assert Pair(1, 2).x == 1 and Pair(1, 2) == Pair(1, 2)",
        "assert Pair(1, 2) + Pair(3, 4) == Pair(4, 6) and not Pair(1, 2) == Pair(2, 1)",
    ),
    "Money": (
        "class Money:\n    def __init__(self, amount):\n        self.amount = amount\n"
        "    def __str__(self):\n        return f'{self.amount:.2f} KZT'\n"
        "    def __add__(self, other):\n        return Money(self.amount + other.amount)",
        "assert str(Money(2)) == '2.00 KZT'",
        "assert str(Money(1.5) + Money(2)) == '3.50 KZT'",
    ),
}
# learner: answers, and marks where they are not 1; None: a person says
CLASS = {
    "right": ({}, {}),
    "others": (
        {
            "turned": "turned = lambda grid: grid.T.copy()",
            "ratio": "def ratio(a, b):\n    return 0 if b == 0 else a / b",
            "average": "def average(numbers):\n    try:\n        return sum(numbers) / len(numbers)\n"
            "    except ZeroDivisionError:\n        raise ValueError('none') from None",
            "first": "first = min(names)",
            "small": "small = sorted({2, 1}, reverse=True)",
        },
        {},
    ),
    # The folder that it works in is gone, and what closes figures ends in an error.
    "breaks": (
        {
            "numbers": "import os, tempfile\nfolder = tempfile.mkdtemp()\nos.chdir(folder)\nos.rmdir(folder)\n"
            "import matplotlib.pyplot as plt\nplt.get_fignums = plt.close = None\nnumbers = [9]"
        },
        {},
    ),
    "copies": (
        {
            "turned": "turned = lambda grid: grid.T",
            "ratio": "def ratio(a, b):\n    return np.nan_to_num(a / b, posinf=0)",
            "average": "import statistics\naverage = statistics.mean",
            "Basket": "class Basket:\n    def __init__(self, things=()):\n        self.things = [*things]\n"
            "    def __iadd__(self, thing):\n        self.things.append(thing)",
            "first": "names.sort()\nfirst = names[0]",
            "small": "small = [n for n in numbers if n < 3]\nnumbers = [1]",
        },
        {"turned": None, "average": None, **dict.fromkeys(["ratio", "Basket", "first", "small"], 0)},
    ),
    # Its process says of everything that it passed. The one that has to fail is not told apart.
    "forges": (
        {
            "turned": "import secondcar.grading.judging.answering as answering\n"
            "answering.Answerer._what_comes_of = lambda *_: answering.answers.Ran(True)\nturned = lambda grid: grid.T"
        },
        dict.fromkeys(EXERCISES),
    ),
    # Subclasses of what Python has that add operators or say how they are printed.
    "subclasses": (
        {
            "Vector": "import typing\nclass Vector(typing.NamedTuple):\n    x: float\n    y: float\n"
            "    def __add__(self, other):\n        return Vector(self.x + other.x, self.y + other.y)",
            "Pair": "class Pair(np.ndarray):\n    def __new__(cls, x, y):\n"
            "        return np.array([x, y], dtype=float).view(cls)\n    x = property(lambda self: float(self[0]))\n"
            "    y = property(lambda self: float(self[1]))\n"
            "    def __eq__(self, other):\n        return self.x == other.x and self.y == other.y",
            "Money": "class Money(float):\n    def __str__(self):\n        return f'{float(self):.2f} KZT'\n"
            "    def __add__(self, other):\n        return Money(float(self) + float(other))",
            "Basket": "class Basket(list):\n    @property\n    def things(self):\n        return [*self]\n"
            "    def __iadd__(self, thing):\n        self.append(thing)\n        return self",
        },
        {},
    ),
}


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    set_up = [new_code_cell(_SET_UP, id="set-up"), new_code_cell("numbers = [2, 4, 1]", id="given")]
    learners = {student: answers for student, (answers, _) in CLASS.items()}
    return marks_of_class(tmp_path_factory.mktemp("heard") / "course", EXERCISES, learners, set_up)


@pytest.mark.parametrize("student", CLASS)
def test_marks(marks, student):
    assert marks[student] == {**dict.fromkeys(EXERCISES, 1), **CLASS[student][1]}


def test_a_library_is_known_wherever_the_notebook_works(tmp_path):
    drawn = "def drawn(prices):\n    ax = plt.subplots()[1]\n    ax.bar(range(len(prices)), prices)\n    return ax"
    exercises = {
        "drawn": (
            drawn,
            "assert drawn([1]).get_title() == ''",
            "assert sorted(bar.get_height() for bar in drawn([3, 10]).patches) == [3, 10]",
        )
    }
    # A test that takes points from a scatter or a line, by methods of the library's own.
    spots = "def spots(x, y):\n    ax = plt.subplots()[1]\n    ax.scatter(x, y)\n    return ax"
    exercises["spots"] = (
        spots,
        "assert spots([1], [2]) is not None",
        "ax = spots([1, 2], [3, 5])\n"
        "found = ax.collections[0].get_offsets() if ax.collections else ax.lines[0].get_xydata()\n"
        "assert [[*map(float, one)] for one in found] == [[1, 3], [2, 5]]",
    )
    learners = {
        "here": {"spots": spots.replace("scatter(x, y)", "plot(x, y, 'o')")},
        "elsewhere": {"drawn": f"{drawn}\nimport os\nos.chdir('/')"},
    }
    above = [new_code_cell("import matplotlib.pyplot as plt", id="set-up")]
    marks = marks_of_class(tmp_path / "course", exercises, learners, above)
    assert marks == {student: {"drawn": 1, "spots": 1} for student in learners}


def test_a_test_that_the_solution_fails_finds_what_a_hidden_one_makes(tmp_path):
    exercises = {
        # Its test hands over a function, so it runs in the notebook, or in a fork.
        "twice": (
            "def twice(f):\n    return lambda x: f(f(x))",
            "assert callable(twice(abs))",
            "score = twice(lambda x: x + 30)(0)\nassert score > 0",
        ),
        "goal": ("goal = 1", "assert goal == 1", "assert score >= 80"),
    }
    learners = {"same": {}, "better": {"twice": "twice = lambda f: lambda x: 80"}}
    marks = marks_of_class(tmp_path / "course", exercises, learners, options=["--accept-failing-solution"])
    assert marks == {"same": {"twice": 1, "goal": 0}, "better": {"twice": 1, "goal": 1}}


def test_a_test_finds_what_the_hidden_part_of_another_one_changed(tmp_path):
    exercises = {
        "ToDo": (
            "class ToDo:\n    def __init__(self):\n        self.items = []\n"
            "    def add(self, item):\n        self.items.append(item)",
            "todo = ToDo()",
            "todo.add('A')\nassert todo.items == ['A']",
        ),
        "later": ("later = 1", "assert later == 1", "todo.add('B')\nassert todo.items == ['A', 'B']"),
    }
    assert marks_of_class(tmp_path / "course", exercises, {"right": {}}) == {"right": {"ToDo": 1, "later": 1}}
