"""What is one object in a notebook can be one in the judge, whatever a message says of it."""

import msgspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondcar.grading.judging.answers import Numbers
from secondcar.grading.judging.asking import become
from secondcar.grading.judging.packing import pack
from secondcar.grading.judging.sharing import Names, Objects, OneEach
from secondcar.grading.judging.unpacking import unpack
from tests.grading.judging.test_any_message import SAMPLES, VALUES


class Own(list):
    """A subclass that adds nothing."""


class Both:
    """Tells values as a notebook does, and makes them as the judge does."""

    def __init__(self, **own):
        self.objects, self.saved = Objects(), []
        self.one_each = OneEach(lambda name, path: own.get(name), self.saved.append, become)

    def travelled(self, value, names=None):
        containers = []
        message = pack(value, keep=id, note=lambda _, one: containers.append(one))
        numbers = self.objects.numbers_of(containers, Names(names or {}))
        assert msgspec.convert(msgspec.to_builtins(numbers), Numbers) == numbers
        return unpack(message, made=self.one_each.made(numbers))


@given(VALUES | st.sampled_from([*SAMPLES, [SAMPLES, Own([[1], Own()])], pd.DataFrame({"a": [[1], {2: []}]})]))
@settings(max_examples=300, deadline=None)
def test_both_sides_count_the_same_containers(value):
    there, here = [], []
    message = pack(value, keep=id, note=lambda form, one: there.append((form, one)))
    arrived = unpack(message, made=lambda form, one: here.append((form, one)) or one)
    assert [pack(form_of, keep=id) for _, form_of in here] == [pack(one, keep=id) for _, one in there]
    assert pack(arrived, keep=id) == message or "{" in repr(value)


@pytest.mark.parametrize("one", [[1], {1}, {1: 2}, bytearray(b"a"), np.arange(3), pd.Series([1]), pd.DataFrame([1])])
def test_one_object_is_one(one):
    both = Both()
    first, second = both.travelled([one, one])
    assert first is second is both.travelled({"k": (1, [one])})["k"][1][0]


def test_what_is_two_stays_two():
    first, second = Both().travelled([[1], [1]])
    assert first is not second


def test_what_a_test_changed_stays_unless_the_notebook_changes_it_too():
    both, items = Both(), [1]
    arrived = both.travelled(items)
    arrived.append(9)
    assert both.travelled(items) == [1, 9]
    items.append(2)
    assert both.travelled(items) is arrived and arrived == [1, 2]


def test_another_array_of_the_same_memory_is_the_same():
    both, array = Both(), np.arange(4)
    assert both.travelled(array) is both.travelled(array[:].view()) is not both.travelled(array[1:])


def test_what_the_judge_has_of_its_own_stands_for_what_is_the_same_in_the_notebook():
    given, own, there = [1], [1], [1]
    both = Both(given=own)
    assert both.travelled(there, {"given": there}) is own
    assert Both(given=own).travelled(given, {"other": given}) is not own
    # The notebook has changed it: what it holds there is not the teacher's.
    there.append(2)
    assert Both(given=own).travelled(there, {"given": there}) == [1, 2] and own == [1]


def test_what_nobody_else_holds_is_forgotten():
    objects, kept = Objects(), [[1]]
    objects.numbers_of([[2], kept])
    objects.forget()
    assert len(objects._held) == len(objects._numbers) == 1
    assert objects.numbers_of([kept]).others == [(0, 1)]


_NUMBERS = st.builds(
    Numbers,
    st.integers(0, 4),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=6),
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["own", "x"]), st.lists(st.integers(0, 2))), max_size=3),
)


@given(VALUES, VALUES, _NUMBERS, _NUMBERS)
@settings(max_examples=300, deadline=None)
def test_any_numbers_give_values(one, other, numbers, others):
    one_each = OneEach(lambda name, path: [1] if name == "own" else None, lambda one: None, become)
    for value, told in ((one, numbers), (other, others)):
        if "\\ud" not in repr(value):
            unpack(pack(value, keep=id), made=one_each.made(told))
