"""Tests that look at what locked cells make of answers, under names that other cells give anew."""

import subprocess
import sys

import pytest

from tests.support.graded import marks_in
from tests.support.grading_courses import exercise_cells, hand_in_answers, locked_cell, release

# A function that keeps something may be asked in a copy of the notebook alone, after the tests below it.
_KEEPS = "known_{0} = {{}}\ndef {0}(n):\n    return known_{0}.setdefault(n, {1})"
_PLAIN = "def {0}(n):\n    return {1}"
# What stands above each test: the exercises that are answered there, what they return, and locked cells.
NOTEBOOK = {
    "double": (
        [("treble", "3 * n"), ("double", "2 * n")],
        ["a = double(d)"],
        "assert a == 4",
        "assert double(5) == 10",
    ),
    # The notebook does not keep for this test what the last two cells need, which another test asks for.
    "halve": (
        [("halve", "n / 2")],
        ["d = 8\nb = halve(d)", "c = double(3)", "e = treble(3)", "f = treble(1)", "f = double(f)"],
        "assert halve(1) == 0.5",
        "assert halve(3) == 1.5",
    ),
    "treble": ([], ["a = treble(d)"], "assert (a, b, c, e, f) == (24, 4, 6, 9, 6)", "assert treble(1) == 3"),
}
EXERCISES = {name: returned for answers, *_ in NOTEBOOK.values() for name, returned in answers}
CLASS = {
    "plain": dict.fromkeys(EXERCISES, _PLAIN),
    "keeps": dict.fromkeys(EXERCISES, _KEEPS),
    **{f"{name}-keeps": {**dict.fromkeys(EXERCISES, _PLAIN), name: _KEEPS} for name in EXERCISES},
}


@pytest.fixture(scope="module", params=["plain", "keeps"])
def marks(request, tmp_path_factory):
    solution = {name: CLASS[request.param][name].format(name, returned) for name, returned in EXERCISES.items()}
    cells = [locked_cell("d = 2", "given")]
    for name, (answers, above, visible, hidden) in NOTEBOOK.items():
        cells += [exercise_cells(one, solution[one], "", "")[0] for one, _ in answers]
        cells += [locked_cell(one, f"{name}_{place}") for place, one in enumerate(above)]
        cells.append(exercise_cells(name, "", visible, hidden)[1])
    course = tmp_path_factory.mktemp("reused") / "course"
    release(course, "ps1", cells, "c.Execute.timeout = 60")
    for learner, forms in CLASS.items():
        answers = {name: form.format(name, EXERCISES[name]) for name, form in forms.items()}
        hand_in_answers(course, learner, "ps1", answers)
    subprocess.run([sys.executable, "-m", "secondcar", "grade", "ps1"], cwd=course, check=True)
    return marks_in(course)


@pytest.mark.parametrize("learner", CLASS)
def test_each_test_finds_the_names_as_they_are_where_it_stands(marks, learner):
    assert marks[learner] == dict.fromkeys(EXERCISES, 1)
