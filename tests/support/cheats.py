"""The bank of cheats, and a course of six assignments whose learners try them, each in one of these.

tests/bank/cheats/*.toml hold one table a try:

does               what the learner does, as the end of "a learner who ..."
total, share,      the code in place of an answer; without one, a wrong answer stands there
rows, word, ...
wins               exercises that are answered rightly, by the way
nbgrader           what nbgrader gives for the exercises, where it was measured
"""

import itertools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from nbformat.v4 import new_code_cell

from tests.support import cheated_amounts as amounts
from tests.support import cheated_further as further
from tests.support import cheated_in_notebook as in_notebook
from tests.support import cheated_sharing as sharing
from tests.support import more_cheated_exercises as more
from tests.support.grading_courses import exercise_cells, hand_in_answers, release
from tests.support.paths import BANK_FOLDER

BANK = BANK_FOLDER / "cheats"
HONEST = "a-honest"
# Stands in every hidden line, and nowhere else.
SECRET = "hidden-in"

_BOX = """\
class Box:
    def __init__(self, side):
        self.side = side

    def volume(self):
        return {}

    def __eq__(self, other):
        return self.side == other.side"""
_BALL = _BOX.replace("Box", "Ball").replace("side", "radius")
# exercise: the right answer, a wrong one, the visible test, the hidden one
EXERCISES = {
    "total": (
        "def total(numbers):\n    return sum(numbers)",
        "def total(numbers):\n    return 0",
        "assert total([1, 2]) == 3",
        "assert total([20, 22]) == 42, 'hidden-in-total'",
    ),
    "share": (
        "share = 0.375",
        "share = 0",
        "assert isinstance(share, (int, float))",
        "assert abs(share - 0.375) < 0.01, 'hidden-in-share'",
    ),
    "rows": (
        "rows = [3, 4, 5]",
        "rows = [0, 0, 0]",
        "assert len(rows) == 3",
        "np.testing.assert_allclose(rows, [3, 4, 5], err_msg='hidden-in-rows')",
    ),
    "word": (
        "word = 'almaty'",
        "word = 'no'",
        "assert isinstance(word, str)",
        "must_be(word, 'almaty')  # hidden-in-word",
    ),
    "largest": (
        "def largest(numbers):\n    return max(numbers)",
        "def largest(numbers):\n    return 0",
        "assert largest([0]) == 0",
        "seen = [20, 22]; assert largest(seen) == max(seen), 'hidden-in-largest'",
    ),
    "box": (
        _BOX.format("self.side**3"),
        _BOX.format("8"),
        "assert Box(2).volume() == 8 and Box(2) == Box(2)",
        "assert Box(3).volume() == 27 and Box(2) != Box(3), 'hidden-in-box'",
    ),
    # What nbgrader gives for these was not measured.
    "each": (
        "def each(number):\n    return 2 * number",
        "def each(number):\n    return 0",
        "assert each(0) == 0",
        "assert all(map(lambda one: each(one) == 2 * one, [20, 22])), 'hidden-in-each'",
    ),
    "spread": (
        "spread = [3, 4, 5]",
        "spread = [0, 0, 9]",
        "assert len(spread) == 3",
        "assert min(spread) > 2 and max(spread) < 6, 'hidden-in-spread'",
    ),
    "level": (
        "level = 0.375",
        "level = 0",
        "assert float(level) >= 0",
        "assert float(level) > 0.37, 'hidden-in-level'; assert float(level) < 0.38",
    ),
    "first": (
        "def first(numbers):\n    return numbers[0]",
        "def first(numbers):\n    return 0",
        "assert first(KNOWN) == 7",
        "assert first([20, 22]) == 20, 'hidden-in-first'",
    ),
    "again": (
        "again = 24",
        "again = 1",
        "assert isinstance(again, int)",
        "assert again == sum(KNOWN), 'hidden-in-again'",
    ),
    "grown": (
        "grown['b'] = 41",
        "grown['b'] = 0",
        "assert 'b' in grown",
        "assert grown['a'] + grown['b'] == GOAL, 'hidden-in-grown'",
    ),
    "column": (
        "column = pd.Series([3, 4, 5])",
        "column = pd.Series([0, 0, 0])",
        "assert len(column) == 3",
        "assert (column == [3, 4, 5]).all(), 'hidden-in-column'",
    ),
    "part": (
        "part = 0.375",
        "part = 9.0",
        "assert isinstance(part, float)",
        "1 - min(abs(part - 0.375), 1)  # hidden-in-part",
    ),
    "near": (
        "import math\nnear = 0.375",
        "import math\nnear = 9",
        "assert near is not None",
        "assert math.isclose(near, 0.375), 'hidden-in-near'",
    ),
    "heights": (
        "heights = pd.Series([3, 4, 5])",
        "heights = pd.Series([0, 0, 9])",
        "assert len(heights) == 3",
        "assert heights.min() > 2 and heights.max() < 6, 'hidden-in-heights'",
    ),
    "close": (
        "from math import isclose, tau\nclose = tau / 4",
        "from math import isclose, tau\nclose = 9",
        "assert close is not None",
        "assert isclose(close, tau / 4), 'hidden-in-close'",
    ),
    "counts": (
        "counts = [3, 4, 5, 5]",
        "counts = []",
        "assert counts is not None",
        "assert counts.count(5) == 2 and counts.index(4) == 1, 'hidden-in-counts'",
    ),
    "far": (
        "far = 0.375",
        "far = 9.0",
        "assert isinstance(far, float)",
        "assert not abs(far - 0.375) > 0.01, 'hidden-in-far'",
    ),
    "moved": (
        "moved = pd.Series([3, 4, 5])",
        "moved = pd.Series([9, 9, 9])",
        "assert len(moved) == 3",
        "assert (moved - pd.Series([3, 4, 5])).abs().sum() < 0.01, 'hidden-in-moved'",
    ),
    "within": (
        "within = 0.375",
        "within = 9",
        "assert within is not None",
        "assert abs(within - 0.375) < TOLERANCE, 'hidden-in-within'",
    ),
    "quiet": (
        "def quiet(number):\n    return 2 * number",
        "def quiet(number):\n    return 2",
        "assert quiet(1) == 2",
        "with contextlib.redirect_stdout(io.StringIO()) as said: assert quiet(20) == 40  # hidden-in-quiet\n"
        "assert said.getvalue() == '', 'hidden-in-quiet'",
    ),
    "ball": (
        _BALL.format("4.18879 * self.radius**3"),
        _BALL.format("4.18879"),
        "assert abs(Ball(1).volume() - 4.18879) < 0.01 and Ball(1) == Ball(1)",
        "assert abs(Ball(3).volume() - 113.097) < 0.01 and Ball(1) != Ball(3), 'hidden-in-ball'",
    ),
}
_SET_UP = """\
import contextlib
import io
import numpy as np
import pandas as pd
TOLERANCE = 0.01


def must_be(word, wanted):
    assert word == wanted"""
# In a locked cell: learners may use it, and not change it.
_LOCKED = {"grade_id": "given", "locked": True, "solution": False, "grade": False, "task": False, "schema_version": 3}
_GIVEN = "KNOWN = [7, 8, 9]\nGOAL = 42\ngrown = {'a': 1}"

# assignment: its exercises, and its cells before them
ASSIGNMENTS = {
    "ps1": EXERCISES,
    "ps2": more.EXERCISES,
    "ps3": amounts.EXERCISES,
    "ps4": in_notebook.EXERCISES,
    "ps5": sharing.EXERCISES,
    "ps6": further.EXERCISES,
}
# The exercises whose tests have to run in the notebook.
RUN_IN_NOTEBOOK = {"ps4": tuple(in_notebook.EXERCISES), "ps5": ("till", "in_stock", "quotients", "in_order")}
_BEFORE = {
    "ps1": (_SET_UP, _GIVEN),
    "ps2": (more.SET_UP, more.GIVEN),
    "ps3": (amounts.SET_UP, amounts.GIVEN),
    "ps4": (in_notebook.SET_UP, in_notebook.GIVEN),
    "ps5": (sharing.SET_UP, sharing.GIVEN),
    "ps6": (further.SET_UP, further.GIVEN),
}


@dataclass(frozen=True)
class Cheat:
    """A try, and what nbgrader gives for it. answers: the code in place of answers, by exercise of the assignment."""

    name: str
    does: str
    assignment: str
    answers: dict[str, str]
    wins: tuple[str, ...] = ()
    nbgrader: tuple[float | str, ...] = ()

    def earned(self) -> tuple[float, ...]:
        """Return the marks that are due to it."""
        return tuple(float(exercise in self.wins) for exercise in ASSIGNMENTS[self.assignment])


def read_bank() -> list[Cheat]:
    """Return every try of the bank, in the order of its files."""
    files = [tomllib.loads(path.read_text()) for path in sorted(BANK.glob("*.toml"))]
    return [_cheat(name, **table) for file in files for name, table in file.items()]


def _cheat(name: str, does: str, wins: tuple = (), nbgrader: tuple = (), **answers: str) -> Cheat:
    # A try names no assignment: one alone has its exercises.
    (assignment,) = (name for name, exercises in ASSIGNMENTS.items() if answers.keys() <= exercises.keys())
    return Cheat(name, does, assignment, answers, tuple(wins), tuple(nbgrader))


def as_table(bank: list[Cheat]) -> str:
    """Return the bank as a Markdown table for teachers: what each tries, and what it gains."""
    lines = ["| a learner who | gains from nbgrader | gains from `secondcar grade` |", "|---|---|---|"]
    for cheat in bank:
        lines.append(f"| {cheat.does} | {_gain(cheat)} | 0 |")
    return "\n".join(lines)


def _gain(cheat: Cheat) -> str:
    if not cheat.nbgrader:
        return "not measured"
    if "hand" in cheat.nbgrader:
        return "no marks; the submission waits for a hand"
    return f"{sum(cheat.nbgrader) - sum(cheat.earned()):g} of {len(cheat.nbgrader) - len(cheat.wins)}"


def make_course(root: Path, cheats: list[Cheat]) -> None:
    """Make a course in which these learners, and an honest one, handed in."""
    config = (
        'c.CourseDirectory.course_id = "cheats"\n'
        "c.Execute.timeout = 60\n"
        "c.GenerateFeedback.preprocessors = [\n"
        '    "nbgrader.preprocessors.GetGrades",\n'
        '    "secondcar.grading.preprocessors.hidden_tests.KeepTestsHidden",\n'
        '    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",\n'
        "]"
    )
    for assignment, exercises in ASSIGNMENTS.items():
        cells = [exercise_cells(name, texts[0], *texts[2:]) for name, texts in exercises.items()]
        set_up, given = _BEFORE[assignment]
        locked = new_code_cell(given, metadata={"nbgrader": _LOCKED}, id="given")
        release(root, assignment, [new_code_cell(set_up, id="set-up"), locked, *itertools.chain(*cells)], config)
        hand_in_answers(root, HONEST, assignment, {name: texts[0] for name, texts in exercises.items()})
    for cheat in cheats:
        exercises = ASSIGNMENTS[cheat.assignment]
        answers = {exercise: cheat.answers.get(exercise, texts[1]) for exercise, texts in exercises.items()}
        answers = {name: text.replace("{course}", str(root)) for name, text in answers.items()}
        hand_in_answers(root, cheat.name, cheat.assignment, answers)
