"""A chart that stays in another process is judged from what was read of it there, and gets the same verdict."""

import importlib
from dataclasses import asdict, replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from secondcar.building.answers import read_answers
from secondcar.building.expressions import evaluate
from secondcar.charts.reading import read
from secondcar.charts.reading.plain import rebuild
from secondcar.charts.reading.records import Reading
from secondcar.checks import judge
from secondcar.checks.drawing import look
from secondcar.grading.judging.packing import pack
from secondcar.grading.judging.unpacking import unpack
from tests.support.bank_learners import judged_exercises
from tests.support.course_files import UNITS
from tests.support.paths import ROOT
from tests.support.some import some

CHARTS = [(unit, name) for unit in UNITS for name, one in judged_exercises(unit).items() if one.kind == "chart"]
OFTEN = [CHARTS[0], CHARTS[-1]]


class Elsewhere:
    """Stands for a value: what is done with it is done with the value, and only plain data come back."""

    def __init__(self, value):
        self._value = value

    def __apply__(self, path, *arguments):
        module, _, name = path.partition(":")
        result = getattr(importlib.import_module(module), name)(self._value, *self._over(arguments))
        return self._over(result)

    @staticmethod
    def _over(value):
        def refuse(thing):
            raise AssertionError(f"{thing} is not plain data.")

        return unpack(pack(value, refuse), refuse)


@pytest.fixture(autouse=True)
def _no_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize(
    ("unit", "name"), [pytest.param(*one, marks=[] if one in OFTEN else pytest.mark.long) for one in CHARTS]
)
def test_the_verdict_is_the_same(unit, name):
    exercise, written = judged_exercises(unit)[name], read_answers(ROOT / "course" / unit / "answers.toml")[name]
    solution = exercise.solution(written, evaluate)
    values = [solution, *exercise.other_forms(solution), *map(evaluate, written["bank"]["wrong"][:3])]
    for value in some(values):
        live, far = judge(exercise, value), judge(exercise, Elsewhere(value))
        # The pictures of a mended chart are for whoever looks at it.
        assert far == replace(live, picture="", picture_text="")
    assert judge(exercise, values[0]).share == 1


@pytest.mark.parametrize(
    "change", [{"title": 3}, {"marks": None}, {"more": 1}, {"categories": ((),)}, {"value_axis": {}}, {"twin": "twin"}]
)
def test_what_is_no_reading_is_refused(change):
    plain = asdict(read(plt.figure().add_subplot().bar(["a", "b"], [1, 2])))
    assert rebuild(Reading, plain).table() == {"a": 1, "b": 2}
    with pytest.raises(TypeError):
        rebuild(Reading, plain | change)


def test_charts_that_are_left_out_are_missed():
    data = {"a": ["x", "y"], "b": [1.0, 2.0]}
    draw = Elsewhere(lambda data: pd.DataFrame(data).plot.bar("a", "b"))
    assert len(look(draw, [data, data]).charts) == 2
