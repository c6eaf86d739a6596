"""Python is taught before it is used, a name keeps its meaning, and no cell gives away an exercise above it."""

import re

import pytest

from secondcar.building.sources import read_cells
from secondcar.building.vocabulary import introduced
from tests.support.course_files import UNITS as NAMES
from tests.support.course_names import TO_LOOK_AT, UNITS, renamed_things, untaught, used
from tests.support.shown_answers import answers_shown
from tests.support.some import some

# What passes by: the chart just drawn, the words for its alt text, the guess before a result.
PASSING = {"ax", "bars", "grid", "guess"}
# Names that get another value on purpose, and why.
ON_PURPOSE = {
    "00-start": {"price": "the lesson is that cells run in the order in which one runs them"},
    "01-claims": {"books": "the lesson is that a number in quotes is a text"},
}
# Numbers below an exercise that only look like its answer, or that all go on with.
NO_ANSWER = {
    "04-every-second": {
        "share-percent": "the half that everybody speaks of in this unit",
        "half-year-share": "one of the choices of a later question",
    },
    "05-value-per-vehicle": {"per-vehicle-to-as-much": "by how much consumer prices rose in January"},
    "06-nearly-and-exceeding": {
        "exceeding-range": "one of several right ranges: from there on all take the same",
        "nearly-range": "one of several right ranges: from there on all take the same",
        "vehicle-value-range": "where the steps of a histogram begin and end, outside of the range",
    },
}


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_no_code_uses_what_no_text_has_introduced(unit):
    assert untaught(UNITS, unit) == []


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_a_name_keeps_its_value_through_a_unit(unit):
    assert set(renamed_things(unit)) - PASSING == set(ON_PURPOSE.get(unit.name, {}))


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_a_text_says_of_code_to_look_at_that_it_need_not_be_understood(unit):
    for cell in some(unit.cells):
        beside = unit.cells[cell.position - 1 : cell.position + 2 : 2]
        if TO_LOOK_AT in cell.tags:
            assert any(re.search(r"need\s+not\s+understand", other.source) for other in beside), cell.id


@pytest.mark.parametrize("unit", NAMES)
def test_running_all_cells_shows_no_answer_of_an_exercise_above(unit):
    shown = {exercise for _, exercise in answers_shown(unit)}
    assert shown == set(NO_ANSWER.get(unit, {})), sorted(answers_shown(unit))


def test_methods_keywords_operators_and_imports_count_as_used():
    code = "import numpy as np\nfor x in [1]:\n    total = table.sum() == x ** 2\nprint(f'{total}')"
    assert set(used(code)) == {"import", "as", "np", "for", "in", "sum", "==", "**", "print", "f"}


def test_names_of_inputs_count_as_used_and_those_of_new_columns_do_not():
    assert set(used("draw(data=table, hue='year').assign(made=5)")) == {"data", "hue", "assign"}


def test_only_what_a_text_says_to_introduce_is_introduced():
    assert list(introduced("`sum` is a word. {{ python('.sum()') }} adds up, {{ python('np.inf') }} has no end")) == [
        "sum",
        "np",
        "inf",
    ]


class InventedUnit:
    """A unit of the cells that a script holds."""

    def __init__(self, script):
        self.cells = read_cells(script)


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("# %%\nlen('two')\n", ["cell-001: len"]),
        ("# %%\nlen('two')\n\n# %% [markdown]\n# {{ python('len') }} counted.\n", []),
        ("# %%\nlen('two')\n\n# %%\n2\n\n# %% [markdown]\n# {{ python('len') }} counted.\n", ["cell-001: len"]),
        ("# %% [markdown]\n# We know `len`.\n\n# %%\nlen('two')\n", ["cell-002: len"]),
        ('# %% tags=["to-look-at"]\nlen("two")\n', []),
    ],
)
def test_what_is_used_before_its_text_is_untaught(script, found):
    unit = InventedUnit(script)
    assert untaught([unit], unit) == found


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("x = 2\n\n# %%\nx = 3", {"x"}),
        ("x = 2\n\n# %%\ndef double(x):\n    return 2 * x", {"x"}),
        ("table = load()\n\n# %%\ntable = table.assign(a=1)", set()),
        ("table = load()\n\n# %%\ntable = table.set_index('a')['b']", {"table"}),
        ("x = 2\n\n# %%\n### BEGIN SOLUTION\nx = 3\n### END SOLUTION", set()),
    ],
)
def test_a_name_with_another_value_is_found(code, names):
    assert set(renamed_things(InventedUnit(f"# %%\n{code}\n"))) == names
