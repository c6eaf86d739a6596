"""How much answers hold, and whether a test asks for it."""

from collections import Counter, deque

import numpy as np
import pandas as pd
import pytest

from secondcar.grading.judging.amounts import (
    amounts_in,
    exceeds,
    first_alone,
    lacks_some_of,
    last_alone,
    more_after,
    more_before,
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
        ({3}, [3, 4]),
        (np.array([3]), [3, 4]),
        ({"a": 3, "c": 4}, {"a": 3, "b": 4}),
        (pd.Series({"a": 3, "c": 4}), {"a": 3, "b": 4}),
        (pd.Series([3]), pd.Series([3, 4])),
        (pd.DataFrame({"a": [3]}), pd.DataFrame({"a": [3, 4]})),
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


def test_what_cannot_be_counted_may_be_anything():
    assert lacks_some_of(Amount(0, "object"), Amount(1, "items"))
    assert exceeds(Amount(0, "object"), Amount(1, "items"))
    assert not lacks_some_of(Amount(0, "object"), Amount(0, "object"))


def test_less_of_every_kind():
    kinds = [[1, 2], (1, 2), deque([1, 2]), {1, 2}, {"a": 1, "b": 2}, Counter(a=1, b=2), np.array([1, 2])]
    kinds += [pd.Series([1, 2]), pd.DataFrame({"a": [1, 2]})]
    for value in some(kinds):
        for change in (first_alone, last_alone):
            assert type(change(value, None)) is type(value)
            assert len(change(value, None)) == 1
    with pytest.raises(NotPlain):
        first_alone(3, None)


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
