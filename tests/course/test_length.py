"""A unit says honestly how long it takes, and a long one has places to stop."""

import re

import pytest
from tests.support.course_files import UNITS, notebook
from tests.support.course_length import longest_text, sittings

STATED = re.compile(r"\*\*Time:\*\* about (\d+) minutes(?:, in (two|three|four|five) sittings)?\.")
NUMBER = {"two": 2, "three": 3, "four": 4, "five": 5}


def stated(unit: str) -> tuple[int, int]:
    """Return the minutes and the sittings that a unit's first cell names."""
    found = STATED.search(notebook("release", unit).cells[0].source)
    assert found, unit
    return int(found[1]), NUMBER.get(found[2], 1)


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_states_the_minutes_that_its_content_takes(unit):
    parts = sittings(unit)
    minutes, number = stated(unit)
    assert abs(minutes - sum(parts)) <= 5, f"{unit} takes {sum(parts):.0f} minutes"
    assert number == len(parts)


@pytest.mark.parametrize("unit", UNITS)
def test_no_sitting_is_much_longer_than_forty_minutes(unit):
    parts = sittings(unit)
    assert max(parts) <= (45 if len(parts) > 1 else 60), [round(part) for part in parts]


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_goes_on_without_a_cell_to_run(unit):
    words, last = longest_text(unit)
    assert words <= 450, f"{unit} has {words} words down to {last}, and nothing to run"
