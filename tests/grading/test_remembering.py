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
    "codec": (
        "def codec(shift):\n    def moved(text, by):\n        return ''.join(chr(ord(one) + by) for one in text)\n"
        "    return lambda text: moved(text, shift), lambda text: moved(text, -shift)",
        "encode, decode = codec(1)\nassert encode('abc') == 'bcd'",
        "(encode, decode), (other, _) = codec(3), codec(1)\nassert other('abc') == 'bcd'\n"
        "for text in ['attack', 'hold']:\n    assert decode(encode(text)) == text and encode('abc') == 'def'",
    ),
    "adder": (
        "def adder(n):\n    return lambda x: x + n",
        "assert adder(1)(2) == 3",
        "one, ten = adder(1), adder(10)\nassert [one(1), ten(1), one(5), adder(2)(2)] == [2, 11, 6, 4]",
    ),
    "counter": (
        "def counter():\n    n = 0\n    def up():\n        nonlocal n\n        n += 1\n        return n\n    return up",
        "c = counter()\nassert c() == 1",
        "c, d = counter(), counter()\nassert [c(), c(), d(), c()] == [1, 2, 1, 3]",
    ),
    # Its test has a name of a learner's, by the way.
    "packed": (
        "def packed(texts):\n    return '-'.join(texts)\n\ndef unpacked(text):\n    return text.split('-')",
        "assert packed(['a']) == 'a' and unpacked('a') == ['a']",
        "for known in (['one', 'three'], ['12']):\n    assert unpacked(packed(known)) == known",
    ),
    "even": (
        "def even(n):\n    return n % 2 == 0",
        "assert even(2) and not even(3)",
        "assert even(4) and not even(5)",
    ),
    "known": ("known = 1", "assert known", "assert known == 1"),
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
# Copies of the process share the pages, of which the functions know a number alone.
_PAGES = """\
import mmap
import numpy as np
pages = mmap.mmap(-1, 1 << 16)
at = np.frombuffer(pages, dtype=np.uint8).ctypes.data
def window(secret):
    there = {"data": (at, False), "shape": (1 << 16,), "typestr": "|u1", "version": 3}
    return np.asarray(type("Window", (), {"__array_interface__": there})())[16 * secret : 16 * secret + 16]
def encode(text):
    secret = sum(text.encode())
    window(secret)[:] = list(text.encode().ljust(16))
    return secret
def decode(secret):
    return window(secret).tobytes().decode().strip()"""
_CODES = """\
def codec(shift):
    letters = [chr(one) for one in range(97, 123)]
    there = {one: chr(ord(one) + shift) for one in letters}
    back = {other: one for one, other in there.items()}
    return [lambda text: "".join(map(there.get, text)), lambda text: "".join(map(back.get, text))]"""
_CODER = """\
class Coder:
    def __init__(self, shift):
        self.shift, self.asked = shift, 0
    def __call__(self, text):
        self.asked += 1
        return "".join(chr(ord(one) + self.shift) for one in text)
def codec(shift):
    return Coder(shift), Coder(-shift)"""
_SHARED_NOTES = """\
def codec(shift):
    notes = []
    def encode(text):
        notes.append(text)
        return "".join(chr(ord(one) + shift) for one in text)
    return encode, lambda text: notes[-1]"""
_MODULE_NOTES = """\
import math
def packed(texts):
    math.last = texts
    return "-".join(texts)
def unpacked(text):
    return [text] if text == "a" else math.last"""
_MEMO_PACKED = """\
seen = {}
def packed(texts):
    return seen.setdefault(tuple(texts), "-".join(texts))
def unpacked(text):
    import re
    return re.split("-", text)"""
# Nothing but what it is asked shows that it remembers the turn.
_TURNS = """\
import json, operator
def even(n):
    turns = json.decoder.BACKSLASH
    operator.setitem(turns, "turn", not turns.get("turn"))
    return turns["turn"]"""
_COUNTER = "class counter:\n    n = 0\n    def __call__(self):\n        self.n += 1\n        return self.n"
_ADDERS = "boxes = []\ndef adder(n):\n    boxes.append([n])\n    return lambda x, box=boxes[-1]: x + box[0]"
# learner: answers, and marks where they are not 1
CLASS = {
    "right": ({}, {}),
    "tables": ({"coded": _TABLE, "fib": _MEMO, "step": _OTHER_STEP}, {}),
    "chance": ({"dice": "import random\ndef dice(n):\n    return [random.randint(1, 6) for _ in range(n)]"}, {}),
    "caches": ({"fib": "from functools import lru_cache\n@lru_cache\n" + EXERCISES["fib"][0]}, {}),
    "notes": ({"coded": _NOTES}, {"coded": None}),
    "pages": ({"coded": _PAGES}, {"coded": None}),
    "unused": ({"coded": f"import mmap\npages = mmap.mmap(-1, 64)\n{EXERCISES['coded'][0]}"}, {}),
    "turns": ({"even": _TURNS}, {"even": None}),
    "boxes": ({"codec": _CODES, "adder": _ADDERS, "counter": _COUNTER, "packed": _MEMO_PACKED}, {}),
    "objects": (
        {
            "codec": _CODER,
            "adder": "def adder(n):\n    return n.__add__",
            "counter": "import itertools\ndef counter():\n    return itertools.count(1).__next__",
        },
        {},
    ),
    "parts": (
        {
            "adder": "import functools, operator\ndef adder(n):\n    return functools.partial(operator.add, n)",
            "counter": "def counter(kept={}):\n    n = [0]\n    def count():\n        n[0] += 1\n        return n[0]\n"
            "    kept[count] = n\n    return count",
        },
        {},
    ),
    "shared": ({"codec": _SHARED_NOTES, "packed": _MODULE_NOTES}, {"codec": None, "packed": None}),
}


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    learners = {student: answers for student, (answers, _) in CLASS.items()}
    return marks_of_class(tmp_path_factory.mktemp("remembering") / "course", EXERCISES, learners)


@pytest.mark.parametrize("student", CLASS)
def test_marks(marks, student):
    assert marks[student] == {**dict.fromkeys(EXERCISES, 1), **CLASS[student][1]}
