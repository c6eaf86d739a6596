"""Who changes the data that a teacher gives, and works with them, has the marks; who makes them fit has not."""

import pytest
from nbformat.v4 import new_code_cell

from tests.support.graded import marks_of_class
from tests.support.grading_courses import graded_cell

_SET_UP = """\
import random
import numpy as np
import pandas as pd"""
# Learners may change it.
_OPEN = """\
np.random.seed(4)
weights = np.random.normal(70, 9, 40)
weights[0] = 71
limits = []
for k in range(3):
    limits.append(10 * k)
names, ages = ["ada", "bo", "cy"], [30, 25, 41]
towns = pd.DataFrame({"town": ["x", "y", "z"], "price": [3.0, None, 4.0]})
towns["rank"] = [1, 2, 3]
NOTES = 'notes.txt'"""
_LOCKED = """\
sample = np.random.default_rng().normal(50, 10, size=200)
rolls = pd.DataFrame(np.random.default_rng().integers(1, 7, (50, 2)), columns=["a", "b"])
deck = list(range(20))
cards = [random.randint(1, 1000) for _ in range(30)]
stock = {"plum": 3, "pear": 2}"""
# exercise: the answer, the visible test, the hidden one; and other right answers
EXERCISES = {
    # Data in the answer cell itself, to work with, to choose or to fill.
    "average": (
        "days = [12.5, 14.0, 9.5]\n### BEGIN SOLUTION\naverage = sum(days) / len(days)",
        "assert average > 0",
        "assert abs(average - sum(days) / len(days)) < 1e-9",
        [
            "days = np.array([12.5, 14.0, 9.5])\naverage = days.mean()",
            "days = [12.5, 14.0, 9.5]\ndays.sort()\naverage = 12",
            "days = [20.0, 30.0]\naverage = sum(days) / len(days)",
            "days = (12.5, 14.0, 9.5)\naverage = np.mean(days)",
        ],
    ),
    "points": (
        "n = 50\n### BEGIN SOLUTION\npoints = [k / n for k in range(n + 1)]",
        "assert points[0] == 0",
        "assert len(points) == n + 1 and abs(points[-1] - 1) < 1e-9",
        ["n = 200\npoints = np.linspace(0, 1, n + 1)", "n = 4\npoints = [0, 0.25, 0.5, 0.75, 1]"],
    ),
    "curve": (
        "x = np.linspace(0, 10, 50)\n### BEGIN SOLUTION\ncurve = x**2",
        "assert curve is not None",
        "np.testing.assert_allclose(curve, x**2)",
        ["x = np.linspace(0, 10, 500)\ncurve = x * x", "x = pd.Series(np.linspace(0, 10, 50))\ncurve = x**2"],
    ),
    "squares": (
        "squares = [0] * 5\n### BEGIN SOLUTION\nfor k in range(5):\n    squares[k] = k * k",
        "assert len(squares) == 5",
        "assert list(squares) == [k * k for k in range(5)]",
        ["squares = np.arange(5) ** 2", "squares = [k * k for k in range(5)]"],
    ),
    "many": (
        "most = None\nmany = 0\n### BEGIN SOLUTION\nmost = 9\nfor one in [3, 9, 4]:\n    many += one > 10",
        "assert most is not None",
        "assert most == 9 and most + many == 9",
        ["most, many = np.int64(9), np.int64(0)", "most = None\nmany = 0.0\nmost = 9.0"],
    ),
    # What only functions of the notebook's are handed.
    "lines": (
        "with open(NOTES, 'w') as file:\n    file.write('a b')\n\n"
        "def lines(name):\n    return open(name).read().split()",
        "assert len(lines(NOTES)) == 2",
        "assert lines(NOTES)[0] == 'a'",
        [
            "NOTES = 'own.txt'\nwith open(NOTES, 'w') as file:\n    file.write('a b')\n\n"
            "def lines(name):\n    return open(name).read().split()",
        ],
    ),
    # Data that are drawn, which nobody leaves in their order.
    "span": (
        "span = sample.max() - sample.min()",
        "assert span > 0",
        "assert abs(span - (sample.max() - sample.min())) < 1e-9",
        ["sample.sort()\nspan = sample[-1] - sample[0]", "sample = np.sort(sample)\nspan = np.ptp(sample)"],
    ),
    "both": (
        "rolls['both'] = rolls['a'] + rolls['b']",
        "assert 'both' in rolls",
        "assert (rolls['both'] == rolls['a'] + rolls['b']).all()",
        [
            "rolls = rolls.assign(both=rolls.sum(axis=1))",
            "rolls = rolls.sort_values('a').reset_index(drop=True)\nrolls['both'] = rolls.eval('a + b')",
        ],
    ),
    "shuffled": (
        "random.shuffle(deck)",
        "assert len(deck) == 20",
        "assert sorted(deck) == list(range(20)) and deck != list(range(20))",
        ["deck = random.sample(deck, 20)", "deck = deck[::-1]", "random.shuffle(deck)"],
    ),
    "top": (
        "random.shuffle(cards)\ntop = cards[0]",
        "assert len(cards) == 30",
        "assert top == cards[0] and min(cards) > 0",
        ["random.shuffle(cards)\ntop = cards[0]", "cards.sort(reverse=True)\ntop = max(cards)"],
    ),
    # Data that a cell works out which learners may change, in some way or other.
    "light": (
        "light = weights[weights < 70]",
        "assert len(light)",
        "assert sorted(light) == sorted(weights[weights < 70])",
        [
            "weights.sort()\nlight = [one for one in weights if one < 70]",
            "weights = pd.Series(weights)\nlight = weights[weights < 70]",
        ],
    ),
    "passed": (
        "passed = [one for one in limits if one > 5]",
        "assert passed",
        "assert passed == [one for one in limits if one > 5]",
        ["limits = np.array(limits)\npassed = limits[limits > 5].tolist()", "limits.remove(0)\npassed = limits[:]"],
    ),
    "oldest": (
        "oldest = names[ages.index(max(ages))]",
        "assert oldest",
        "assert oldest == names[list(ages).index(max(ages))]",
        [
            "names, ages = tuple(names), np.uint8(ages)\noldest = names[ages.argmax()]",
            "ages = pd.Series(ages)\noldest = names[ages.idxmax()]",
            "names = np.array(names)\noldest = str(names[2])",
        ],
    ),
    # What the solution binds anew, learners may bind anew in a way of their own.
    "dearest": (
        "towns = towns.dropna()\ndearest = towns['price'].max()",
        "assert dearest",
        "assert dearest == towns['price'].max() and towns['price'].notna().all()",
        [
            "towns = towns.dropna().reset_index(drop=True)\ndearest = max(towns.price)",
            "towns.dropna(inplace=True)\ndearest = towns.price.max()",
            "towns = towns.fillna({'price': 9})\ndearest = towns.price.max()",
        ],
    ),
    "figs": (
        "stock['fig'] = 2 * stock['plum']",
        "assert 'fig' in stock",
        "assert stock['fig'] == 2 * stock['plum'] and stock['pear'] == 2",
        ["stock = {**stock, 'fig': 6}", "stock = dict(sorted({**stock, 'fig': 6.0}.items()))"],
    ),
}
# Other data, and of another amount, but for the towns: what follows from them is right.
_OTHERWISE = """\
weights = np.arange(60, 80)
limits = []
for k in range(9):
    limits.append(7 * k)
names, ages = ["p", "q"], [9, 8]
towns = pd.DataFrame({"town": ["x", "y", "z"], "price": [3.0, None, 4.0], "rank": [1, 2, 3]})
NOTES = 'other.txt'"""
CLASS = {
    **{f"other{n}": {name: ways[n % len(ways)] for name, (*_, ways) in EXERCISES.items()} for n in range(4)},
    "otherwise": {
        "open": _OTHERWISE,
        "lines": "with open('other.txt', 'w') as file:\n    file.write('a b')\n\n"
        "def lines(name):\n    return open(name).read().split()",
    },
}
CHEATS = {
    "average": "days = [0.5]\naverage = 0.5",
    "curve": "x = curve = np.zeros(3)",
    "span": "sample = np.array([0.0, 1.0])\nspan = 1.0",
    "both": "rolls['a'] = rolls['b'] = rolls['both'] = 0",
    "light": "weights = light = np.array([1.0])",
    "passed": "limits = passed = [6]",
    "oldest": "names, ages, oldest = ['x'], [1], 'x'",
    "figs": "stock['plum'] = 1\nstock['fig'] = 2",
}


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    above = [
        new_code_cell(_SET_UP, id="set-up"),
        graded_cell(new_code_cell(_OPEN), "open"),
        graded_cell(new_code_cell(_LOCKED), "locked"),
    ]
    above[2].metadata.nbgrader.locked = True
    exercises = {name: texts for name, (*texts, _) in EXERCISES.items()}
    return marks_of_class(tmp_path_factory.mktemp("given") / "course", exercises, {**CLASS, "cheats": CHEATS}, above)


@pytest.mark.parametrize("student", CLASS)
def test_what_follows_from_data_is_right_whatever_becomes_of_them(marks, student):
    assert marks[student] == dict.fromkeys(EXERCISES, 1)


def test_data_that_are_made_to_fit_are_for_a_person_to_decide(marks):
    assert marks["cheats"] == {name: None if name in CHEATS else 1 for name in EXERCISES}
