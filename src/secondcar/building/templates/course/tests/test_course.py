"""The course is whole: it is committed as a build makes it, and every unit runs as a learner gets it."""

from pathlib import Path

import pytest

from secondcar.units import unit_names
from secondcar.testing import differences, states_of_a_learner

ROOT = Path(__file__).resolve().parents[1]


def test_source_and_release_are_as_a_fresh_build_makes_them(tmp_path):
    assert differences(ROOT, tmp_path) == [], "run `secondcar build` and commit what it makes"


@pytest.mark.parametrize("unit", unit_names(ROOT / "course", ".py"))
def test_a_unit_runs_to_its_end_before_anything_is_answered(unit, tmp_path):
    states = states_of_a_learner(ROOT, unit, tmp_path)
    assert states and set(states.values()) == {"not-attempted"}
