"""A test that compares with the answer of an earlier exercise: what follows from a wrong one is right all the same."""

import pytest
from nbformat.v4 import new_code_cell

from tests.support.graded import marks_of_class

_SET_UP = """\
import random
prices = [3, 4, 5]
rates = [3, None, 1, 3]
draws = [random.randint(0, 99) for _ in range(100)]"""
# exercise: the answer, the visible test, the hidden one
EXERCISES = {
    "triple": ("def triple(n):\n    return 3 * n", "assert triple(0) == 0", "assert triple(20) == 60"),
    "nine": (
        "def nine(n):\n    return triple(triple(n))",
        "assert nine(0) is not None",
        "assert nine(20) == triple(triple(20))",
    ),
    "middle": ("middle = sum(prices) / len(prices)", "assert middle is not None", "assert abs(middle - 4) < 0.01"),
    "far": (
        "far = [abs(one - middle) for one in prices]",
        "assert len(far) == 3",
        "assert all(abs(one - abs(price - middle)) < 0.01 for one, price in zip(far, prices))",
    ),
    "farthest": ("farthest = max(far)", "assert farthest is not None", "assert farthest == max(far)"),
    "point": (
        "class Point:\n    def __init__(self, x):\n        self.x = x",
        "assert Point(3).x == 3",
        "assert Point(4).x == 4",
    ),
    "moved": (
        "def moved(point):\n    return Point(point.x + 1)",
        "assert moved(Point(1)).x == 2",
        "assert moved(Point(5)).x == 6 and type(moved(Point(5))) is Point",
    ),
    "same": (
        "def same(point):\n    return Point(point.x)",
        "assert same(Point(1)).x == 1",
        "assert same(Point(2)).x == 2 and same(Point(3)).x == 3",
    ),
    # An answer that gives a name anew, of what it held, and one that learners may work on with.
    "rates": (
        "rates = sorted({one for one in rates if one})",
        "assert None not in rates",
        "assert rates == [1, 3]",
    ),
    "doubled": (
        "doubled = [2 * one for one in rates]",
        "assert len(doubled) == 2",
        "assert doubled == [2, 6] and set(rates) >= {1, 3}",
    ),
    # How much there is in these goes by an answer that may be another one, or by chance.
    "many": ("many = 10", "assert many is not None", "assert 2 < many < 20"),
    "sevens": ("sevens = [7] * many", "assert sevens", "assert all(one == 7 for one in sevens)"),
    "kept": ("kept = draws[1:]", "assert len(kept) == 99", "assert kept == draws[1:]"),
    "high": (
        "high = [one for one in kept if one > 49]",
        "assert len(high) > 0",
        "assert all(one > 49 for one in high)",
    ),
    "low": (
        "low = [one for one in kept if one < 50]",
        "assert len(low) > 0",
        "assert all(one in low for one in kept if one < 50)",
    ),
}
# learner: answers, and marks where they are not 1
CLASS = {
    "right": ({}, {}),
    "other": ({"triple": "triple = lambda n: n + n + n", "nine": "nine = lambda n: 9 * n", "middle": "middle = 4"}, {}),
    # Classes of other kinds, and one that a cell below adds something to.
    "named": (
        {
            "point": "import typing\nclass Point(typing.NamedTuple):\n    x: float\n"
            "    def half(self):\n        return self.x / 2"
        },
        {},
    ),
    "extends": (
        {"moved": "Point.plus = lambda self, n: Point(self.x + n)\ndef moved(point):\n    return point.plus(1)"},
        {},
    ),
    "adds": ({"doubled": "rates.append(9)\ndoubled = [2 * one for one in rates if one < 9]"}, {}),
    "fewer": ({"many": "many = 5", "sevens": "sevens = (7, 7, 7, 7, 7)"}, {}),
    "more": ({"many": "many = 12", "high": "high = sorted(one for one in kept if one >= 50)"}, {}),
    "follows": ({"triple": "def triple(n):\n    return 4 * n", "middle": "middle = 7"}, {"triple": 0, "middle": 0}),
    "cheats": (
        {
            "triple": "triple = lambda n: 0",
            "nine": "nine = lambda n: 0",
            "middle": "middle = 5",
            "far": "far = [2, 1, 0]",
            "sevens": "sevens = [7]",
            "high": "high = [99]",
            "low": "low = range(1000)",
        },
        {**dict.fromkeys(["triple", "middle"], 0), **dict.fromkeys(["nine", "far", "sevens", "high", "low"])},
    ),
}


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    set_up = new_code_cell(_SET_UP, id="set-up")
    learners = {student: answers for student, (answers, _) in CLASS.items()}
    return marks_of_class(tmp_path_factory.mktemp("earlier") / "course", EXERCISES, learners, [set_up])


@pytest.mark.parametrize("student", CLASS)
def test_marks(marks, student):
    assert marks[student] == {**dict.fromkeys(EXERCISES, 1), **CLASS[student][1]}
