"""Functions that could remember what they are asked keep their marks, if that is not what makes them right."""

import pytest

from tests.support.graded import marks_of_class

_STEP = "count = 0\ndef step():\n    global count\n    count += 1\n    return count"
_OTHER_STEP = "count = 0\ndef step():\n    globals()['count'] = count + 1\n    return count"
# exercise: the answer, the visible test, the hidden one
EXERCISES = {
    "coded": (
        "def encode(text):\n    return text[::-1]\n\ndef decode(text):\n    return text[::-1]",
        "assert encode('a') and decode",
        "assert decode(encode('hello')) == 'hello'",
    ),
    "fib": (
        "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)",
        "assert fib(1) == 1",
        "assert fib(10) == 55 and fib(4) == 3 and list(map(fib, [7, 5])) == [13, 5]",
    ),
    "dice": (
        "def dice(n):\n    return [3] * n",
        "assert dice(0) == []",
        "assert max(dice(9)) < 7 and min(dice(9)) > 0",
    ),
    "step": (_STEP, "assert step", "assert step() == 1 and step() == 2 and count == 2"),
}
_TABLE = """\
codes = {one: number for number, one in enumerate("abcdefghijklmnopqrstuvwxyz")}

def encode(text):
    return [codes[one] for one in text]

def decode(numbers):
    return "".join(one for number in numbers for one in codes if codes[one] == number)"""
_MEMO = """\
known = {0: 0, 1: 1}
def fib(n):
    if n not in known:
        known[n] = fib(n - 1) + fib(n - 2)
    return known[n]"""
_NOTES = """\
notes = []
def encode(text):
    notes.append(text)
    return "x"

def decode(text):
    return notes[-1]"""
# learner: answers, and marks where they are not 1
CLASS = {
    "right": ({}, {}),
    "tables": ({"coded": _TABLE, "fib": _MEMO, "step": _OTHER_STEP}, {}),
    "chance": ({"dice": "import random\ndef dice(n):\n    return [random.randint(1, 6) for _ in range(n)]"}, {}),
    "caches": ({"fib": "from functools import lru_cache\n@lru_cache\n" + EXERCISES["fib"][0]}, {}),
    "notes": ({"coded": _NOTES}, {"coded": None}),
}


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    learners = {student: answers for student, (answers, _) in CLASS.items()}
    return marks_of_class(tmp_path_factory.mktemp("remembering") / "course", EXERCISES, learners)


@pytest.mark.parametrize("student", CLASS)
def test_marks(marks, student):
    assert marks[student] == {**dict.fromkeys(EXERCISES, 1), **CLASS[student][1]}
