"""No text of the course types a figure, and a figure that a text types is found on its line."""

import pytest

from secondcar.building.rules import code, prose
from secondcar.building.rules.prose import bare_numerals, text_to_prove
from secondcar.building.sources import Course, read_cells
from tests.support.course_files import UNITS
from tests.support.paths import ROOT

COURSE = Course(ROOT)


def test_the_units_are_all_there():
    assert [unit.name for unit in COURSE.units] == UNITS


@pytest.mark.parametrize("unit", COURSE.units, ids=UNITS)
def test_a_unit_types_no_figure(unit):
    assert list(map(str, [*prose.in_unit(unit), *code.in_unit(unit)])) == []


def test_the_pages_type_no_figure():
    assert len(list(COURSE.pages())) == 2
    assert list(map(str, prose.in_pages(COURSE))) == []


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("It made 19,000 cars.", ["19,000"]),
        ("It rose by 150 %.", ["150"]),
        ("1.6 times more", ["1.6"]),
        ("KZT120 billion", ["120"]),
        ("half of it, or ½", ["½"]),
        ("In 2018, {{ claim('output-units') }} and 7600", ["7600"]),
        ("First line.\n\nThird line has 3.", ["3"]),
        ('"a quote of 1.6" and 1.7', ["1.7"]),
        ('an open " quote\n\nand 5 after it "', ["5"]),
        ("> the quote says 150%\n\nbut 250 follows", ["250"]),
        ("a step of 1000 %", ["1000"]),
        ("unit 02 says 4", ["4"]),
        ("the year 1066", ["1066"]),
    ],
)
def test_a_bare_numeral_is_found(text, numerals):
    assert [numeral for _, numeral in bare_numerals(text)] == numerals


@pytest.mark.parametrize(
    "text",
    [
        "In January to August 2018, on 21 September 2018 and on 2018-09-21.",
        "Units 00 to 03 take 60 minutes, unit 02 takes 1 hour, units 00, 01 and 02 more.",
        "The base is 100 %, or 100%.",
        'The words "by 150 %"\nand "to\n150 %" are quoted, and so is “1.6 times”.',
        "> increased by 150%",
        "Run `hint('units-2017-by', 2)`.\n\n```python\nx = 5\n```",
        "See F020, M01, and [the page](https://example.org/a/1234).",
        "1. First.\n2. Second.",
        "{{ claim('output-growth') + 100 }} %",
    ],
)
def test_years_times_ids_and_quoted_words_may_be_numerals(text):
    assert list(bare_numerals(text)) == []


def test_a_numeral_is_found_on_its_line():
    assert list(bare_numerals("one\ntwo\n\n7600")) == [(3, "7600")]
    first, second = read_cells("# %% [markdown]\n# # Title\n#\n# 7600\n\n# %%\nx = 5\n")
    assert (first.source, first.line_of(2), second.line) == ("# Title\n\n7600", 4, 6)


def test_of_other_files_only_texts_that_are_not_invented_are_proved(tmp_path):
    table, invented, picture = tmp_path / "cars.csv", tmp_path / "invented-loaves.csv", tmp_path / "car.png"
    for path in (table, invented):
        path.write_text("month,made\n2018-01,2375\n")
    picture.write_bytes(b"\xff 2375")
    assert list(bare_numerals(text_to_prove(table))) == [(1, "2375")]
    assert text_to_prove(invented) == text_to_prove(picture) == ""
