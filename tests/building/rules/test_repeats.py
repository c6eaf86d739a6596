"""No message of the course says one thing twice, and one that does is found."""

import pytest

from secondcar.building.rules import repeats
from secondcar.building.sources import Course
from tests.support.course_files import UNITS
from tests.support.paths import ROOT


@pytest.mark.parametrize("unit", Course(ROOT).units, ids=UNITS)
def test_no_message_of_a_unit_says_one_thing_twice(unit):
    assert list(map(str, repeats.in_unit(unit))) == []


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("This is loaves for one coin. That is loaves for one coin. What is asked?", "That is loaves for one coin."),
        ("The tax is added, so it counts twice. So the tax counts twice. Why?", "So the tax counts twice."),
        ("Low end: fewest loaves, largest ratio. High end: most loaves, smallest ratio.", ""),
        ("The part is larger than the whole. Can a part be larger than the whole?", ""),
        ("Right.", ""),
    ],
)
def test_a_sentence_that_repeats_another_is_found(text, twice):
    assert repeats.said_twice(text) == twice
