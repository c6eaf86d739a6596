"""Filled-in notebooks, as learners would hand them in."""

import nbformat
import pytest
from nbformat.v4 import new_notebook

from secondcar.testing import fill
from tests.support.paths import ROOT

UNIT = "02-by-and-to"


def test_answers_are_written_into_a_copy_of_the_notebook():
    released = nbformat.read(ROOT / "release" / UNIT / f"{UNIT}.ipynb", as_version=4)
    filled = fill(released, {"units-2017-by": "units_2017_by = 7600"})
    changed = [(a.id, b.source) for a, b in zip(released.cells, filled.cells, strict=True) if a.source != b.source]
    assert changed == [("units-2017-by", "units_2017_by = 7600")]


def test_an_answer_to_no_exercise_is_refused():
    with pytest.raises(KeyError, match="no exercise units-1917"):
        fill(new_notebook(), {"units-1917": ""})
