"""Wrong answers that nobody listed, and what is said of them."""

import re

import pytest

from secondcar.building.expressions import evaluate
from secondcar.checks import derived, judge
from secondcar.checks.kinds.choice import Choice
from secondcar.checks.kinds.function import Function
from secondcar.checks.kinds.number import Number
from secondcar.checks.kinds.range import Range
from secondcar.checks.kinds.table import Table
from tests.support.some import some

COMMON = {"mistakes": [], "hints": []}


def number(answer, unit, share=0.005, **more):
    exact = float(evaluate(answer))
    accept = sorted((exact * (1 - share), exact * (1 + share)))
    return Number.compile({**COMMON, "answer": answer, "unit": unit, "accept": accept, **more}, 1, evaluate)


RATIO = number("1 + 150 / 100", "")
UNITS = number("19000 / (1 + 150 / 100)", "vehicles")
POINTS = number("50 - 40", "percentage points")
RISE = number("(50 - 40) / 40 * 100", "%")
MORE = number("19000 - 7600", "vehicles", others=[("units-to", "19000 / 1.5")])
FALL = number("(7 / 9.2 - 1) * 100", "%", share=0.01)


@pytest.mark.parametrize(
    ("exercise", "value", "way"),
    [
        (RATIO, 0.4, "upside-down"),
        (RATIO, 1.5, "change-alone"),
        (RATIO, 3.5, None),
        (RATIO, -2.5, "sign"),
        (UNITS, 19000, "input"),
        (UNITS, 2.5, "step"),
        (UNITS, 19000 / 1 + 150 / 100, "brackets"),  # as near to 19,000 as makes little difference
        (UNITS, 47500, "other-step"),
        (UNITS, 19000 / 1.5, "left-out"),
        (UNITS, 2.5 / 19000, "upside-down"),
        (UNITS, 8000, "rounded"),
        (POINTS, 25, "percent-for-points"),
        (POINTS, -10, "sign"),
        (POINTS, 1.25, "quotient"),
        (RISE, 10, "step"),
        (RISE, -75, None),
        (RISE, 125, "not-the-change"),
        (RISE, 50 - 40 / 40 * 100, "brackets"),
        (MORE, 12667, "answer-of"),
        (FALL, -24, None),
        (FALL, -20, "rounded"),
        (FALL, 24, "sign"),
        (FALL, 76.1, "not-the-change"),
        (UNITS, 5123, None),
    ],
)
def test_a_number_gets_the_way_that_leads_to_it(exercise, value, way):
    assert judge(exercise, value).mistake == (way and f"derived-{way}")


def test_a_forgotten_pair_of_brackets_is_named():
    verdict = judge(number("12 / (2 + 4)", "loaves"), 12 / 2 + 4)
    assert "without brackets" in verdict.message


def test_the_number_of_another_exercise_is_named():
    assert "`units-to`" in judge(MORE, 19000 / 1.5).message


def test_too_few_digits_are_counted():
    assert "keep 2 digits" in judge(UNITS, 8000).message


def test_what_is_listed_or_a_slip_in_size_is_not_derived():
    listed = {"id": "by-read-as-to", "value": "19000 / 1.5", "means": "One common way is *to*. Which word is it?"}
    exercise = number("19000 / 2.5", "vehicles", mistakes=[listed])
    assert judge(exercise, 12667).mistake == "by-read-as-to"
    assert judge(exercise, 7.6).mistake == "unit-slip-thousand"
    assert all(abs(value - 12666.7) > 100 for _, value in some(exercise.derived))


@pytest.mark.parametrize("value", [7600, 7590, 7630])
def test_no_right_number_is_taken_for_a_way(value):
    assert judge(UNITS, value).state == "right"


@pytest.mark.parametrize(("value", "is_slip"), [(7400, True), (8100, True), (1600, True), (6760, True), (5120, False)])
def test_a_slip_of_the_pen_is_called_one(value, is_slip):
    assert ("not by much" in judge(UNITS, value).message) == is_slip


@pytest.mark.parametrize(("value", "is_guess"), [(5000, True), (0, True), (4312, False)])
def test_a_round_number_is_taken_for_the_guess_that_it_is(value, is_guess):
    assert ("round number" in judge(UNITS, value).message) == is_guess


def test_a_number_on_the_other_side_of_zero_is_told_so():
    assert "other side of zero" in judge(UNITS, -4312).message


@pytest.mark.parametrize(("value", "size"), [(-12666.67, "The sign does not fit"), (12.66667, "1,000 times too small")])
def test_a_known_mistake_in_another_size_is_told_both(value, size):
    listed = {"id": "by-read-as-to", "value": "19000 / 1.5", "means": "This reads *by* as *to*. Which word is it?"}
    verdict = judge(number("19000 / 2.5", "vehicles", mistakes=[listed]), value)
    assert size in verdict.message
    assert listed["means"] in verdict.message


@pytest.mark.parametrize(("value", "is_told"), [(13000, True), (12700, False), (12666.7, False), (12600, False)])
def test_a_right_number_that_is_only_near_is_told_how_near(value, is_told):
    verdict = judge(number("19000 / 1.5", "vehicles", share=0.03), value)
    assert verdict.state == "right"
    assert ("12,666.7" in verdict.message) == is_told


def test_a_function_that_does_not_read_an_input_is_told_which():
    assert "No line of your function uses `old`" in judge(CHANGE, lambda old, new: new / 110).message


def test_a_function_that_fits_some_cases_is_told_how_many():
    assert "right for 2 of 3 cases" in judge(CHANGE, lambda old, new: (new / old - 1) * 100 + 7 * (old == 7)).message


def test_a_cell_of_another_row_is_named():
    rows = [{"word": "by", "base": "19000 / 2.5"}, {"word": "to", "base": "19000 / 1.5"}]
    written = {**COMMON, "unit": "vehicles", "within": 0.001, "key": "word", "columns": {"base": "number"}}
    exercise = Table.compile({**written, "answer": rows}, 1, evaluate)
    said = judge(exercise, {"word": ["by", "to"], "base": [12667, 7600]}).message
    assert 'belongs to the row "to"' in said


RANGE = Range.compile(
    {**COMMON, "unit": "vehicles", "answer": ["19000 / 2.5", "20000 / 2.5"], "accept": [[7590, 7610], [7990, 8010]]},
    1,
    evaluate,
)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((7600, 7600), "one and the same number"),
        ((5123, 5321), "The whole range lies too low"),
        ((7711, 7822), "The range is too narrow"),
        ((5123, 11123), "The range is too wide"),
        ((7600, 8200), "it is too high, and not by much"),
        ((7600, float("inf")), "it is open"),
    ],
)
def test_what_can_be_seen_of_a_range_is_said_once(ends, said):
    message = judge(RANGE, ends).message
    assert message.count(said) == 1
    assert len(re.findall("too (?:low|high|narrow|wide)", message)) <= 1


def test_a_range_with_its_ends_turned_is_right_and_is_told_so():
    verdict = judge(RANGE, (8000, 7600))
    assert verdict.state == "right"
    assert "The lower end comes first" in verdict.given


SAID = {"made": "Then somebody counted it.", "planned": "Then somebody wants it."}


@pytest.mark.parametrize(
    ("answer", "value", "said"),
    [
        ({"cars": "made", "buses": "planned"}, {"cars": "planned", "buses": "planned"}, "somebody wants it. Is it so"),
        ({"cars": "made"}, {"car": "made", "cars": "planned"}, 'Did you mean "cars"?'),
        ({"cars": "made", "b": "made"}, {"cars": "mad", "b": "made"}, 'Did you mean "made"?'),
        ("made", "planned", "That is not the one. Then somebody wants it. Is it so here?"),
        (["made"], ["made", "planned"], 'Look at "planned" again'),
        (["made", "planned"], ["made"], "All that you chose fits, and 1 is still missing"),
        (["made", "planned"], ["madeplanned"], "a comma is missing between them"),
    ],
)
def test_what_was_chosen_is_named_with_what_it_says(answer, value, said):
    written = {**COMMON, "answer": answer, "options": list(SAID), "says": SAID}
    assert said in judge(Choice.compile(written, 1, evaluate), value).message


def test_a_function_that_does_not_use_its_inputs_is_told_so():
    assert "the same for any other input" in judge(CHANGE, lambda old, new: 36.4).message


@pytest.mark.parametrize(("side", "value"), [("too low", 5123), ("too high", 9923)])
def test_what_nothing_explains_is_said_to_be_too_small_or_too_large(side, value):
    assert side in judge(UNITS, value).message


def test_each_end_of_a_range_has_ways_of_its_own():
    written = {**COMMON, "unit": "vehicles", "answer": ["19000 / 2.5", "20000 / 2.5"]}
    exercise = Range.compile({**written, "accept": [[7590, 7610], [7990, 8010]]}, 1, evaluate)
    assert judge(exercise, (7600, 20000)).message.startswith("The high end: This is one of the numbers")
    assert judge(exercise, (7600, 8000)).state == "right"


def test_each_cell_of_a_table_has_ways_of_its_own():
    rows = [{"word": "by", "base": "19000 / 2.5"}, {"word": "to", "base": "19000 / 1.5"}]
    written = {**COMMON, "unit": "vehicles", "within": 0.001, "key": "word", "columns": {"base": "number"}}
    exercise = Table.compile({**written, "answer": rows}, 1, evaluate)
    verdict = judge(exercise, {"word": ["by", "to"], "base": [7600, 1.5 / 19000]})
    assert verdict.message.startswith('Column "base", row "to": This comes out when two numbers are divided')
    assert verdict.share == 0.5
    assert "which is text" in judge(exercise, {"word": ["by", "to"], "base": [7600, "12667"]}).message
    assert judge(exercise, {"word": ["by", "to"], "base": [7600, 12700]}).state == "right"


CHANGE = Function.compile(
    {**COMMON, "unit": "%", "within": 0.001, "answer": "lambda old, new: (new / old - 1) * 100",
     "cases": [[110, 150], [50, 48.92], [7, 9]]},
    1,
    evaluate,
)  # fmt: skip


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (lambda old, new: (old / new - 1) * 100, "derived-upside-down"),
        (lambda old, new: new / old * 100, "derived-not-the-change"),
        (lambda old, new: new - old, "derived-difference"),
        (lambda old, new: (1 - new / old) * 100, "derived-sign"),
        (lambda old, new: new, "derived-input"),
        (lambda old, new: new / old - 1, "unit-slip-percent"),
    ],
)
def test_a_function_gets_the_way_that_leads_to_its_results(function, mistake):
    assert judge(CHANGE, function).mistake == mistake


@pytest.mark.parametrize("places", [1, 2, 5])
def test_a_function_may_round_as_the_lesson_does(places):
    assert judge(CHANGE, lambda old, new: round((new / old - 1) * 100, places)).state == "right"


def test_a_function_that_rounds_too_far_is_told_so():
    assert "rounded too far" in judge(CHANGE, lambda old, new: round((new / old - 1) * 100)).message


def test_a_function_without_return_is_told_so():
    assert "ends without `return`" in judge(CHANGE, lambda old, new: None).message


def test_every_way_has_one_sentence_with_a_question():
    for way, sentence in some(derived.MEANS.items()):
        assert sentence.endswith("?"), way


def test_an_expression_that_cannot_be_parsed_has_no_ways():
    assert list(derived.ways("def f(): pass", "")) == []


@pytest.mark.parametrize(
    ("typed", "told"), [("2.6", False), ("2.62", False), ("329 / 12540 * 100", False), ("2.65", True)]
)
def test_a_right_number_is_told_all_digits_where_it_is_further_off_than_the_rounding_asked(typed, told):
    verdict = judge(number("329 / 12540 * 100", "%", share=0.02), evaluate(typed))
    assert verdict.state == "right"
    assert ("near enough" in verdict.message) is told


def test_a_number_that_is_looked_up_has_no_step_that_goes_wrong():
    assert dict(derived.ways("fact('F021')", "vehicles, and percent")) == {"sign": "-(fact('F021'))"}
