"""No mangling of a notebook costs an answer that stands in it its mark, and repair never costs what nbgrader gives."""

import contextlib
import random

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from secondcar.grading.preprocessors.released import Released
from secondcar.grading.preprocessors.repair import repair
from tests.support import mangles
from tests.support.some import some

# name of the answer: what was handed out, and a right answer
ANSWERS = {
    "seven": ("seven = ...\n# Write your answer here.", "seven = start"),
    "double": ("def double(x):\n    # Write your answer here.\n    return ...", "def double(x):\n    return x + x"),
    "words": ('words = {\n    "one": ...,\n    "two": ...,\n}', 'words = {\n    "one": 1,\n    "two": 2,\n}'),
    "eight": ("# YOUR CODE HERE\nraise NotImplementedError()", "step = 1\neight = seven + step"),
}
HIDDEN = "\n### BEGIN HIDDEN TESTS\nmust_be(True)\n### END HIDDEN TESTS"
CHECKS = {
    "seven": "must_be(seven == 7)",
    "double": "must_be(double(2) == 4)" + HIDDEN,
    "words": "must_be(words == dict(one=1, two=2))",
    "eight": "must_be(eight == 8)",
}
SET_UP = "import math\nfrom math import floor\nstart = 7\n\n\ndef must_be(true):\n    assert floor(true)"


def cell_of(name: str, text: str, **roles: bool) -> nbformat.NotebookNode:
    settings = {
        "schema_version": 3,
        "grade_id": name,
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
    }
    cell = new_code_cell(text, id=name, metadata={"nbgrader": {**settings, **roles}})
    if roles.get("grade"):
        cell.metadata.nbgrader.points = 1
    return cell


def source_cells() -> list[nbformat.NotebookNode]:
    cells = [new_markdown_cell("# Four small exercises", id="title"), cell_of("set-up", SET_UP, locked=True)]
    for number, name in enumerate(ANSWERS):
        cells.append(new_markdown_cell(f"## Exercise {number}\n\nNow write `{name}`, please.", id=f"ask-{name}"))
        if name == "words":
            cells.append(new_code_cell("examples = [double(number) for number in (1, 2)]", id="teaching"))
        cells.append(cell_of(name, ANSWERS[name][1], solution=True))
        cells.append(cell_of(f"{name}-check", CHECKS[name], grade=True, locked=True))
    return [*cells, new_markdown_cell("That was all. *Well done*.", id="end")]


def handed_out() -> list[nbformat.NotebookNode]:
    cells = source_cells()
    for cell in cells:
        cell.source = ANSWERS.get(cell.id, (cell.source,))[0].replace(HIDDEN, "")
    return cells


def solved() -> list[nbformat.NotebookNode]:
    cells = handed_out()
    for cell in cells:
        cell.source = ANSWERS.get(cell.id, ("", cell.source))[1]
    return cells


def released() -> list[Released]:
    graded = handed_out()
    for cell, full in zip(graded, source_cells(), strict=True):
        cell.source = full.source if cell.id.endswith("-check") else cell.source
    return [
        Released(*item)
        for item in zip(graded, (c.source for c in handed_out()), (c.source for c in source_cells()), strict=True)
    ]


RELEASED = released()
LOCKED = {item.name: item.cell.source for item in RELEASED if item.is_locked}
KINDS = {item.name: item.cell.cell_type for item in RELEASED if item.name}


def name_of(cell) -> str | None:
    settings = cell.metadata.get("nbgrader", {})
    return settings.get("grade_id")


def marks(cells) -> set[str]:
    """Return the checks that pass when nbgrader grades cells: by their names, and in their order."""
    names = [name_of(cell) for cell in cells if name_of(cell)]
    if len(names) != len(set(names)):
        return set()  # nbgrader fails such a notebook
    space: dict = {"__name__": "__main__"}
    passed = set()
    for cell in cells:
        name = name_of(cell)
        if KINDS.get(name, cell.cell_type) != "code" or "skip-execution" in cell.metadata.get("tags", []):
            if name and name.endswith("-check"):
                passed.add(name)  # nbgrader gives all marks to a check that put out nothing
            continue
        with contextlib.suppress(Exception):
            exec(compile(LOCKED.get(name, cell.source), str(name), "exec"), space)
            if name and name.endswith("-check"):
                passed.add(name)
    return passed


ALL = {f"{name}-check" for name in ANSWERS}
PLACES = range(len(solved()))


def repaired(cells) -> tuple[set[str], list[str]]:
    mended, notes = repair(nbformat.from_dict({"cells": cells})["cells"], RELEASED)
    names = [name_of(cell) for cell in mended if name_of(cell)]
    assert sorted(names) == sorted(item.name for item in RELEASED if item.name)
    nbformat.validate(nbformat.v4.new_notebook(cells=[{**cell, "id": f"c{n}"} for n, cell in enumerate(mended)]))
    return marks(mended), notes


def test_a_notebook_as_it_was_handed_in_is_marked_alike():
    assert marks(solved()) == ALL == repaired(solved())[0]
    assert repaired(solved())[1] == []
    assert marks(handed_out()) == set() == repaired(handed_out())[0]


@pytest.mark.parametrize("mangle", mangles.OF_A_CELL, ids=lambda mangle: mangle.__name__)
def test_one_mangling_of_any_cell_costs_no_mark(mangle):
    lost = {}
    for place in PLACES:
        with contextlib.suppress(ValueError, IndexError):  # the last cells have too few after them
            cells = mangle(solved(), place)
            passed = repaired(cells)[0]
            if passed != ALL:
                lost[place, solved()[place].id] = sorted(ALL - passed)
    assert lost == {}


def test_cells_that_stand_twice_cost_no_mark():
    for how, cells in some(mangles.doubled(solved(), handed_out())):
        assert repaired(cells)[0] == ALL, how


def test_a_notebook_without_any_name_is_recognised():
    cells = mangles.all_stripped(solved())
    assert marks(cells) == set()
    assert repaired(cells)[0] == ALL


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_above_its_untouched_cell_counts(name):
    cells = solved()
    place = next(number for number, cell in enumerate(cells) if cell.id == name)
    cells[place].source = ANSWERS[name][0]
    cells.insert(place, new_code_cell(ANSWERS[name][1], id="own"))
    assert repaired(cells)[0] == ALL


def test_an_answer_typed_into_the_check_counts():
    cells = solved()
    for cell in cells:
        if cell.id == "seven":
            cell.source = ANSWERS["seven"][0]
        if cell.id == "seven-check":
            cell.source = "seven = start\nmust_be(seven == 7)"
    assert repaired(cells)[0] == ALL
    next(cell for cell in cells if cell.id == "seven-check").source = "seven = start"
    assert repaired(cells)[0] == ALL


SHADOWS = [
    "must_be = 3",
    "del must_be",
    "class must_be: pass",
    "for must_be in range(3): pass",
    "import math as must_be",
    "from numpy import floor",
    "def must_be(true): raise ValueError",
    "floor = None",
    "floor, start = 1, 7",
    "dict = 5",
    "must_be: int = 3",
    "with open('/dev/null') as must_be: pass",
]


@pytest.mark.parametrize("shadow", SHADOWS)
def test_the_teachers_names_are_put_back_for_checks(shadow):
    for place in range(2, len(solved())):
        cells = solved()
        cells.insert(place, new_code_cell(shadow, id="shadow"))
        passed, notes = repaired(cells)
        assert passed == ALL, place
        assert any("another meaning" in note for note in notes)


def test_a_name_that_a_check_does_not_need_stays_the_learners():
    cells = solved()
    next(cell for cell in cells if cell.id == "double").source = "def double(x):\n    return math(x)"
    cells.insert(2, new_code_cell("math = lambda x: 2 * x", id="own"))
    assert repaired(cells) == (ALL, [])


@pytest.mark.parametrize("again", ["import math\nimport os", "from math import floor, pi", "import math as math"])
def test_what_is_imported_once_more_has_no_other_meaning(again):
    cells = solved()
    cells.insert(2, new_code_cell(again, id="again"))
    assert repaired(cells) == (ALL, [])


def test_a_learner_keeps_a_name_of_the_teachers_that_an_answer_uses():
    cells = solved()
    for cell in cells:
        cell.source = {"seven": "must_be = 6\nseven = must_be + 1", "eight": "eight = must_be + 2"}.get(
            cell.id, cell.source
        )
    assert marks(cells) == set()
    assert repaired(cells)[0] == ALL


def test_a_check_that_is_tagged_not_to_run_or_called_an_answer_is_run():
    wrong = handed_out()
    for cell in wrong:
        cell.metadata["tags"] = ["skip-execution"]
    assert marks(wrong) == ALL  # what nbgrader gives
    assert repaired(wrong)[0] == set()


@pytest.mark.parametrize(
    "seed", [*range(40), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(40, 1000))]
)
def test_repair_never_costs_what_nbgrader_gives(seed):
    chance = random.Random(seed)
    right = {name for name in ANSWERS if chance.random() < 0.8}
    for times in (1, 2, 3, 5):
        cells = handed_out()
        for cell in cells:
            cell.source = ANSWERS[cell.id][1] if cell.id in right else cell.source
        names, cells = mangles.mangled(cells, chance, times)
        if "tagged_not_to_run" not in str(names) and "roles_changed" not in str(names):
            assert marks(cells) <= repaired(cells)[0], names
