"""How much answers hold, and whether a test asks for it."""

import contextlib
import math
from collections import Counter, deque

import numpy as np
import pandas as pd
import pytest

from secondcar.grading.judging.amounts import (
    ENDS_ALONE,
    NUMBER_AMONG_FAR,
    ONE_ALONE,
    amounts_in,
    exceeds,
    first_alone,
    lacks_some_of,
    more_after,
    more_before,
    numbers_in,
    of_parts,
)
from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.records import Amount
from tests.support.some import some


def amount_of(value):
    return next((amount for deep, _, amount in amounts_in(value) if not deep), None)


@pytest.mark.parametrize(
    ("less", "whole"),
    [
        ([3], [3, 4]),
        ([3, 3, 3], [3, 4, 5]),
        ([[3], [3], [3]], [(3,), (4,), (5,)]),
        (bytes([3, 3, 3]), [3, 4, 5]),
        ({"a": 3, "b": 3, "c": 3}.values(), [3, 4, 5]),
        ({3}, [3, 4]),
        (np.array([3]), [3, 4]),
        ({"a": 3, "c": 4}, {"a": 3, "b": 4}),
        (pd.Series({"a": 3, "c": 4}), {"a": 3, "b": 4}),
        (pd.Series([3]), pd.Series([3, 4])),
        (pd.DataFrame({"a": [3]}), pd.DataFrame({"a": [3, 4]})),
        (np.empty((1, 0, 1)), np.array([3])),
        (np.empty((0, 1)), np.float64(3)),
        (np.empty((0, 1)), 3),
    ],
)
def test_what_holds_less(less, whole):
    assert lacks_some_of(amount_of(less), amount_of(whole))
    assert not lacks_some_of(amount_of(whole), amount_of(whole))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([3, 4], (4, 3)),
        ([3, 3, 4], [3, 4, 5]),
        ({"a": 3, "b": 4, "c": 5}, {"b": 3, "a": 4}),
        ({np.int64(1): 3}, {1: 3}),
        (pd.Series([3, 4], index=[1, 0]), pd.Series([3, 4])),
        (pd.Series({"a": 3}), {"a": 3}),
    ],
)
def test_what_does_not(one, other):
    assert not lacks_some_of(amount_of(one), amount_of(other))


def test_what_holds_more():
    assert exceeds(amount_of([3, 4]), amount_of([3]))
    assert exceeds(amount_of({3: 1, 4: 1}), amount_of([3]))
    assert not exceeds(amount_of("it is 3, for what I know"), amount_of("3"))
    assert exceeds(amount_of("it is 3, for what I know" * 10), amount_of("3"))


@pytest.mark.parametrize(
    ("text", "guesses"),
    [
        ("It is 42.", False),
        ("2 * 21 is 42", False),
        ("The mean of 40 and 44 is 42.0", False),
        ("42 in 2024, and not 17", False),
        ("41 42 43", True),
        ("it is 41, or it is 42, or it is 43", True),
    ],
)
def test_a_text_may_say_what_a_number_was_worked_out_from(text, guesses):
    told = numbers_in("numbers = [40, 44, 2024]; twice = lambda n: 2 * n")
    for solution in some(["it is 42", 42, 42.0]):
        assert exceeds(amount_of(text), amount_of(solution), told) is guesses


def test_a_number_is_not_many():
    assert exceeds(amount_of([41, 42]), amount_of(42))
    assert not exceeds(amount_of(np.array([42])), amount_of(42))
    assert amount_of([1, 2]) != amount_of(1) and amount_of(True) is None
    assert list(made(NUMBER_AMONG_FAR[:2], 42)) == ["50 42 -50", [50, 42, -50]]
    assert [list(one) for one in made(NUMBER_AMONG_FAR[2:], 42)] == [[50, 42, -50]]


def made(changes, number):
    return [change(number, {1: 50, -1: -50}.get) for change in changes]


def test_what_cannot_be_counted_may_be_anything():
    assert lacks_some_of(Amount(0, "object"), Amount(1, "items"))
    assert exceeds(Amount(0, "object"), Amount(1, "items"))
    assert not lacks_some_of(Amount(0, "object"), Amount(0, "object"))


def test_what_is_too_large_to_be_looked_at_is_still_too_much():
    # As a list it would fill the memory.
    ((_, _, amount),) = amounts_in(range(10**12), most=math.inf)
    assert exceeds(amount, amount_of([3]))
    ((_, _, amount),) = amounts_in(np.zeros(10**6), most=math.inf)
    assert lacks_some_of(amount, amount_of([3, 4]))


def test_less_of_every_kind():
    kinds = [[1, 2], (1, 2), deque([1, 2]), {1, 2}, {"a": 1, "b": 2}, Counter(a=1, b=2), np.array([1, 2])]
    kinds += [pd.Series([1, 2]), pd.DataFrame({"a": [1, 2]})]
    for value in some(kinds):
        for change in some(ONE_ALONE[:2]):
            assert type(change(value, None)) is type(value)
            assert len(change(value, None)) == 1
    for nothing in some([3, "text", []]):
        with pytest.raises(NotPlain):
            first_alone(nothing, None)


def alone(changes, value):
    """Return what some changes leave of a value, where they leave anything."""
    for change in changes:
        with contextlib.suppress(NotPlain):
            yield change(value, None)


def test_each_of_a_few_items_is_tried_and_the_largest_and_smallest_of_many():
    assert {one for (one,) in alone(ONE_ALONE, [3, 5, 4])} == {3, 4, 5}
    assert {3, 99, 0, 1} <= {one for (one,) in alone(ONE_ALONE, [3, 99, *range(2, 50), 0, *range(50, 90), 1])}
    table = pd.DataFrame({"a": ["x", "y", "z"] * 9, "b": [*range(9, 35), 1]})
    assert {1, 34} <= {one["b"].iloc[0] for one in alone(ONE_ALONE, table)}
    assert list(alone(ENDS_ALONE[0], {"a": 3, "b": 5, "c": 4, "d": 1})) == [
        {"b": 5, "d": 1},
        {"a": 3, "d": 1},
        {"b": 5, "c": 4},
    ]
    # What cannot be sorted has no largest item.
    assert list(alone(ENDS_ALONE[0], [1, "a"])) == []


def test_more_of_every_kind():
    kinds = {list: [1, 2], tuple: (1, 2), set: {1, 2}, np.ndarray: np.array([1, 2])}
    for kind, value in some(kinds.items()):
        far = {1: kind([8, 9]) if kind is not np.ndarray else np.array([8, 9])}
        far[-1] = far[1]
        for change in (more_before, more_after):
            assert type(change(value, far.get)) is kind
            assert len(change(value, far.get)) == 3
    assert more_before("b", {1: "a"}.get) == "a\nb"
    with pytest.raises(NotPlain):
        more_after({"a": 1}, {-1: {"a": 2}}.get)


def test_parts():
    assert of_parts(first_alone)({"a": [1, 2], "b": 3}, None) == {"a": [1], "b": 3}
    assert of_parts(more_after)([[1], 2], lambda sign: [[9], 8]) == [[1, 9], 2]
    with pytest.raises(NotPlain):
        of_parts(first_alone)([1, 2], None)
