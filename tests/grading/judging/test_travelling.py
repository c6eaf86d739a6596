"""What reaches the judge is data, whatever a learner's process sends; and what is data reaches it as it was."""

import array
import collections
import copy
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import inspect
import itertools
import math
import pathlib
import types
import zoneinfo
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from secondcar.grading.judging import forms
from secondcar.grading.judging.abilities import ABILITIES
from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.garbling import filled, garbled, with_plain_labels, with_plain_values
from secondcar.grading.judging.packing import Chunks, pack, pack_error
from secondcar.grading.judging.stand_ins import stand_in, token_of
from secondcar.grading.judging.unpacking import KIND, PLAIN, blind_spots, other_kinds, unpack, unpack_error
from tests.support.some import some

Point = collections.namedtuple("Point", "x y")


class AlwaysEqual(dict):
    __eq__ = lambda self, other: True  # noqa: E731


class Anything:
    __eq__ = lambda self, other: True  # noqa: E731
    __hash__ = object.__hash__
    mark = 3

    def answer(self):
        return 42

    def __float__(self):
        return 2.5

    def __len__(self):
        return 3

    def __getitem__(self, place):
        return (0, 10, 20)[place]

    def __sub__(self, other):
        return 0.0


class Colour(enum.Enum):
    RED = "red"


class Size(enum.IntEnum):
    SMALL = 1


class Pairs(collections.abc.Mapping):
    __getitem__ = lambda self, key: {"a": 1}[key]  # noqa: E731
    __iter__ = lambda self: iter("a")  # noqa: E731
    __len__ = lambda self: 1  # noqa: E731


class Line(collections.abc.Sequence):
    __getitem__ = lambda self, place: (5, 6)[place]  # noqa: E731
    __len__ = lambda self: 2  # noqa: E731


@dataclasses.dataclass
class Range:
    low: float
    high: float


class Notebook:
    """Does in one process what the judge and a notebook do in two."""

    def __init__(self, acts=False):
        self.acts, self.by_place, self.ways_through = acts, False, set()
        self.staying = []
        self.refused = []
        self.withheld = None
        self.worked = []

    def travelled(self, value):
        return unpack(pack(value, self.keep), lambda form: stand_in(form, self))

    def keep(self, value):
        self.staying.append(value)
        return len(self.staying) - 1

    def do(self, token, how, *args, **kwargs):
        there = [self.staying[token_of(arg)] if token_of(arg) is not None else arg for arg in args]
        value = self.staying[token]
        if how == "__iter__":
            return self.travelled(Chunks(iter(value)))
        if how in ("get", "take"):
            return self.travelled(getattr(value, args[0]) if how == "get" else Chunks.take(value, args[0]))
        return self.travelled(ABILITIES[how](value, *there, **kwargs))

    def note(self, why, kind):
        self.refused.append(why)

    def work(self, what, kind):
        self.worked.append(what)

    def refuse(self, why, kind):
        self.note(why, kind)
        raise NotPlain(why)

    def withhold(self, why):
        self.withheld = why

    def hold_the_same(self, one, other):
        return vars(self.staying[one]) == vars(self.staying[other])

    def found_equal(self, alike):
        self.alike = alike


def travelled(value):
    return Notebook().travelled(value)


PYTHON = [
    *(None, ..., NotImplemented, True, 1, -(2**63), 2**64, -(2**90), 2.5, float("inf"), 1j, "text", b"bytes"),
    *(bytearray(b"b"), range(3), slice(1, None, 2), int, fractions.Fraction(1, 3), decimal.Decimal("1.50")),
    *(datetime.date(2018, 9, 21), datetime.time(3, 4), datetime.timedelta(1, 2, 3), pathlib.Path("/a/b")),
    datetime.datetime(2018, 9, 21, tzinfo=datetime.UTC),
    datetime.datetime(2018, 9, 21, tzinfo=zoneinfo.ZoneInfo("Asia/Almaty")),
    *([1, [2]], (1, 2), {"a": {1}}, {1: "a", (1, 2): None}, frozenset([1]), collections.Counter("aab")),
    *(collections.deque([1]), collections.OrderedDict(a=1), collections.UserDict(a=1), collections.UserList([1])),
    *(collections.ChainMap({"a": 1}), types.MappingProxyType({"a": 1}), array.array("d", [1, 2.5])),
    *({"a": 1}.keys(), {"a": 1}.values(), {"a": 1}.items(), ValueError("no")),
]
NUMPY = [
    *(np.float64(2), np.float32(2), np.int64(3), np.uint8(3), np.bool_(True), np.complex128(1j), np.longdouble(2)),
    *(np.datetime64("2018-09-21"), np.timedelta64(3, "D"), np.dtype("f4"), np.arange(6).reshape(2, 3), np.array(2.5)),
    *(np.array([True, False]), np.array(["a", "bc"]), np.array([b"a", b"bc"]), np.array([1, "x", None, [2]], object)),
    *(
        np.zeros((0, 3)),
        np.array([[1, 2]]).T,
        np.array([[1, 2]]).view(np.matrix),
        np.array(["2018-09"], "M8[M]"),
        np.arange(3.0)[::2],
    ),
    np.array([(1, 2.5, "x")], dtype=[("a", int), ("b", float), ("c", "U1")]),
    np.rec.array([(1, 2.5)], dtype=[("a", int), ("b", float)]),
    np.rec.array([(1, 2.5)], dtype=[("a", int), ("b", float)])[0],
    np.array([(1, 2.5)], dtype=[("a", int), ("b", float)])[0],
]
PANDAS = [
    *(pd.Timestamp("2018-09-21"), pd.Timestamp("2018-09-21", tz="Asia/Almaty"), pd.Timedelta("1D"), pd.NaT, pd.NA),
    *(pd.Period("2018-09"), pd.Interval(1, 2), pd.Interval(1.5, 2.5, closed="both"), pd.Int64Dtype()),
    *(pd.Categorical(["a", "b", "a"]), pd.array([1, None]), pd.date_range("2018", periods=3, freq="MS")),
    *(pd.interval_range(0, 3), pd.RangeIndex(3, name="n"), pd.Index(["a", None]), pd.timedelta_range("1D", periods=2)),
]


@pytest.mark.parametrize("value", PYTHON + NUMPY + PANDAS, ids=lambda value: f"{type(value).__name__} {value!r:.30}")
def test_a_value_arrives_as_it_was(value):
    arrived = travelled(value)
    assert (type(arrived), repr(arrived)) == (type(value), repr(value))


@pytest.mark.parametrize(
    "dtype",
    [
        *("int64", "float64", "str", "string", "category", "Int64", "Float64", "boolean", "object"),
        *("datetime64[ns, Asia/Almaty]", "datetime64[us, UTC+05:00]", "timedelta64[ns]", "complex"),
    ],
)
def test_a_column_arrives_as_it_was(dtype):
    column = pd.Series([1, 0, 1], name="n", index=pd.Index(["a", "b", "c"], name="k")).astype(dtype)
    pd.testing.assert_series_equal(travelled(column), column)


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "boolean", "string", "str", "category", "object"])
def test_what_is_missing_in_a_column_arrives_as_missing(dtype):
    column = pd.Series([1, None, 1]).astype(dtype)
    pd.testing.assert_series_equal(travelled(column), column)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (np.empty((3, 0, 3)), {"empty"}),
        (pd.DataFrame(index=range(3)).columns, {"empty"}),
        ([[], [], []], {"empty"}),
        ({"a": range(3, 3)}, {"empty"}),
        (pd.array([1, None]), {"missing"}),
        (
            pd.Series(pd.Categorical([9, 0], categories=[9, 0], ordered=True)),
            {"plain categories", "plain ordered", "places"},
        ),
        (pd.Series(pd.Categorical([9, 0])), {"plain categories", "places"}),
        (np.float16(2), {"plain <f2"}),
        (pd.MultiIndex.from_tuples([("a", 1), ("b", 2)]), set()),
        ([1, 2.0, {"a": float("nan")}], {"missing"}),
        (pd.to_datetime(["2026-01-01", None]), {"missing"}),
        (decimal.Decimal("NaN"), {"missing"}),
        (pd.Series([1, 2], index=[7, 8]), {"labels"}),
        (pd.Series([1, 2, 3])[1:], {"labels"}),
        (complex("nan"), {"missing"}),
        ([math.inf, 1], {"missing"}),
        (np.array([1, -math.inf]), {"missing"}),
        (pd.Series([1, None], dtype=object), {"missing", "places"}),
        ("", {"empty"}),
        (["a", ""], {"empty"}),
        (b"", {"empty"}),
        (IndexError("no more items"), {"empty"}),
        ([np.float64(2), "a", 0, True, {"a": (1, range(3))}, decimal.Decimal(1)], set()),
    ],
)
def test_what_may_be_compared_with_nothing_is_found(value, found):
    assert {one for one in blind_spots(pack(value, id)) if not one.startswith(KIND)} == found


def test_the_kind_of_a_value_is_found():
    def kinds(value):
        return {one.removeprefix(KIND) for one in blind_spots(pack(value, id)) if one.startswith(KIND)}

    containers = [kinds(value) for value in ([1], (1,), {1}, range(3), {"a": 1}, np.array([1]), pd.Series([1]))]
    assert containers == [
        {"Items list"},
        {"Items tuple"},
        {"Items set"},
        {"RangeForm "},
        set(),
        {"array number"},
        {"table number"},
    ]
    assert kinds(1) == kinds(2.5) == kinds(np.float64(2.5)) == kinds(2**70 + 0.0)
    assert not kinds(1) & kinds(np.int64(1)) and not kinds(1) & kinds(True) and not kinds("a") & kinds(None)
    assert kinds(pd.Series(["a"])) == kinds(pd.Series(["a"], dtype=object)) != kinds(pd.Series([1.5]))


def test_an_answer_of_another_kind_is_found():
    solution = ["kind number of a", "kind nothing of b", "kind table number of c", "missing of d"]
    assert other_kinds(["kind str of a", "kind str of b", "kind table str of c"], solution) == {"a", "c"}
    assert other_kinds(["kind number of a", "kind number of x", "kind table str of a"], solution[:1]) == set()
    assert other_kinds(["kind str of x"], solution[:1]) == {"x"}


@pytest.mark.parametrize(
    ("value", "far"),
    [
        ([1.5, float("nan"), None], [1.5, 7919.0, 7919.0]),
        (["a", None], ["a", "a?"]),
        ({"a": float("inf")}, {"a": 7919.0}),
        (decimal.Decimal("NaN"), decimal.Decimal(7919)),
    ],
)
def test_far_values_stand_for_missing_ones_alone(value, far):
    found = unpack(filled(pack(value, id), 1))
    assert found == far if far != ["a", "a?"] else found[0] == "a" and isinstance(found[1], str)


def test_far_values_stand_for_what_is_missing_in_tables():
    table = pd.DataFrame({"a": [1.5, None], "b": pd.array([1, None]), "c": pd.to_datetime(["2026-01-01", None])})
    for sign in (1, -1):
        found = unpack(filled(pack(table, id), sign))
        assert not found.isna().any(axis=None) and found.iloc[0].tolist() == table.iloc[0].tolist()
        assert (found["a"][1] > 0) == (found["b"][1] > 0) == (sign > 0)


def test_values_are_plain():
    table = pd.DataFrame(
        {"a": pd.Categorical(["y", "x", None], ["y", "x"], ordered=True), "b": np.float32([0.1, 2, 3])}
    )
    found = unpack(with_plain_values(pack(table, id)))
    assert found["a"].tolist()[:2] == ["y", "x"] and found["b"].tolist() == [0.1, 2, 3]
    assert unpack(with_plain_values(pack(np.float16(40000), id))) == 40000


@pytest.mark.parametrize(
    "narrow",
    [
        np.uint8(255),
        np.uint8([255, 0]),
        pd.Series([255, 0], dtype="int16"),
        pd.DataFrame({"a": pd.array([255, None], "UInt8")}),
        pd.Index([255], dtype="uint64"),
    ],
)
def test_plain_numbers_do_not_wrap_around(narrow):
    assert any(one.startswith(PLAIN) for one in blind_spots(pack(narrow, id)))
    message = with_plain_values(pack(narrow, id))
    assert not any(one.startswith(PLAIN) for one in blind_spots(message))
    assert np.asarray(unpack(message) + 1).ravel()[0] == 256


def test_what_needs_all_its_bits_is_not_made_another_number():
    with pytest.raises(NotPlain):
        with_plain_values(pack(np.uint64(2**64 - 1), id))


def test_objects_are_looked_at_before_they_are_compared():
    class Alike:
        def __init__(self, x):
            self.x = x

        def __eq__(self, other):
            self.x = other.x
            return True

    notebook = Notebook(acts=True)
    one, other, same = map(notebook.travelled, [Alike(1), Alike(2), Alike(2)])
    assert one == other and not notebook.alike
    assert other == same and notebook.alike


@pytest.mark.parametrize("by_place", [False, True])
def test_an_object_has_the_same_items_in_every_way(by_place):
    class Odd:
        def __len__(self):
            return 3

        def __iter__(self):
            return iter([7, 8])

        def __getitem__(self, place):
            return [3, 4, 5][place]

        def __array__(self, *how, **others):
            return np.array([1])

    notebook = Notebook()
    odd = notebook.travelled(Odd())
    notebook.by_place = by_place
    found = [3, 4, 5] if by_place else [7, 8]
    # A test that asks for no place gets what the object yields.
    assert list(iter(odd)) == [7, 8]
    assert (odd[1], list(iter(odd)), len(odd)) == (4, found, 3)
    assert np.asarray(odd).tolist() == ([3, 4, 5] if by_place else [1])
    assert notebook.ways_through == {"__len__", "__iter__", "__getitem__", "__array__"}


def test_the_columns_of_a_table_are_found():
    def found(table):
        return blind_spots(pack(table, id))

    table = pd.DataFrame({"a": [1.5, 2], "b": pd.Categorical(["x", "y"])})
    (called,) = found(table) & found(2 * table[["a"]].assign(b=1)) - {"places", "kind table number"}
    assert called.startswith("columns ") and called not in found(table.rename(columns={"b": "c"}))


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (True, False),
        ([1, 2.5, "a", None], [7923, 7929.0, "a?", None]),
        ({"a": (1, 2)}, {"a": (7923, 7927)}),
        ({3}, {7931}),
        (1 + 2j, 7923 + 2j),
        (decimal.Decimal("1.5"), decimal.Decimal("7925.0")),
        (fractions.Fraction(1, 2), fractions.Fraction(7921)),
        (2**70, 2**72 + 7919),
        (b"raw", b"raw?"),
        ([], []),
        ("", ""),
        (math.inf, math.inf),
        (datetime.date(2026, 1, 1), datetime.date(2047, 9, 7)),
        (datetime.time(12), datetime.time(23, 59)),
        (datetime.timedelta(days=1), datetime.timedelta(days=7923)),
    ],
)
def test_other_values_of_the_same_kind(value, other):
    assert unpack(garbled(pack(value, id), 1)) == other


def test_other_values_in_tables_and_arrays():
    def other(value):
        return unpack(garbled(pack(value, id), -1))

    assert other(["almaty", b"raw"]) == ["`ml`ux", b"s`v"]
    np.testing.assert_array_equal(other(np.array([1, np.nan, np.inf])), [-7921, np.nan, np.inf])
    np.testing.assert_array_equal(other(np.array([200], np.uint8)), [(200 - 7919 - 600) % 256])
    np.testing.assert_array_equal(other(np.array([True, False])), [False, True])
    assert other(np.array(["2026-01-01", "NaT"], dtype="M8[D]")).astype(str).tolist() == ["2004-04-27", "NaT"]
    column = pd.Series([1, None], index=[7, 8], dtype="Int64")
    pd.testing.assert_series_equal(other(column), column - 7922)
    for times in (pd.Series(pd.to_datetime(["2026-01-01"])), pd.Series(pd.to_datetime(["2026-01-01"], utc=True))):
        assert other(times).dt.year.tolist() == [2004]
    assert other(pd.Series(pd.period_range("2026-01", periods=1, freq="M"))).iloc[0].year != 2026
    table = pd.DataFrame({"a": [1.5, 2], "b": pd.Categorical(["x", "y"])}, index=["p", "q"])
    changed = pd.DataFrame({"a": [-7922.0, -7923], "b": pd.Categorical(["y", "x"], ["y", "x"])}, index=["p", "q"])
    pd.testing.assert_frame_equal(other(table), changed)


def test_rows_counted_from_nought():
    column, labelled = pd.Series([1, 2, 3])[1:], pd.Series([1, 2], index=["a", "b"])
    plain, same = unpack(with_plain_labels(pack((column, [labelled]), id)))
    pd.testing.assert_series_equal(plain, pd.Series([2, 3]))
    pd.testing.assert_series_equal(same[0], labelled)
    for labels in ([0.0, 7.5], [0, "a"], pd.array([0, 7], dtype="Int64"), pd.Categorical([0, 7])):
        counted = unpack(with_plain_labels(pack(pd.Series([1, 2], index=labels), id)))
        pd.testing.assert_series_equal(counted, pd.Series([1, 2]))


def test_a_column_of_anything_arrives_cell_by_cell():
    column = pd.Series([1, [2], {"a": 3}, Anything(), None, datetime.date(2018, 9, 21)], index=list("abcdef"))
    arrived = travelled(column)
    pd.testing.assert_series_equal(arrived.drop("d"), column.drop("d"))
    assert float(arrived["d"]) == 2.5


def test_a_table_arrives_as_it_was():
    table = pd.DataFrame(
        {"n": [1, 2], "text": ["x", None], "when": pd.period_range("2018-01", periods=2, freq="M")},
        index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["k", None]),
    )
    for part in (table, table.iloc[:0], table[[]], pd.DataFrame(), pd.DataFrame([[1, 2]], columns=[3, 3])):
        pd.testing.assert_frame_equal(travelled(part), part)


def test_a_subclass_arrives_as_what_it_is_a_subclass_of():
    assert travelled(AlwaysEqual(a=1)) == {"a": 1} != travelled(AlwaysEqual(a=2)) and isinstance(AlwaysEqual(), dict)
    assert travelled(Size.SMALL) == 1 and isinstance(travelled(Size.SMALL), int)
    assert type(travelled(type("Own", (np.ndarray,), {}).__call__((2,)))) is np.ndarray
    assert type(travelled(type("Own", (pd.DataFrame,), {})({"a": [1]}))) is pd.DataFrame


def test_a_namedtuple_keeps_its_names():
    arrived = travelled([Point(1, 2)] * 2)
    assert arrived == [(1, 2)] * 2 and arrived[0].y == 2 and repr(arrived[0]) == "Point(x=1, y=2)"


def test_what_behaves_as_a_container_arrives_as_one():
    assert travelled(Pairs()) == {"a": 1}
    assert travelled(Line()) == [5, 6]


@pytest.mark.parametrize(
    "iterator",
    [
        lambda: (n for n in (1, 2, 3)),
        lambda: reversed([3, 2, 1]),
        lambda: itertools.chain([1], [2, 3]),
        lambda: itertools.accumulate([1, 1, 1]),
        lambda: itertools.starmap(max, [(1, 0), (2, 0), (3, 0)]),
        lambda: filter(None, [1, 0, 2, 3]),
        lambda: iter(range(1, 4)),
        lambda: zip([1, 2, 3], strict=False),
    ],
)
def test_an_iterator_arrives_as_its_items(iterator):
    assert list(travelled(iterator())) == list(iterator())


def test_an_iterator_is_what_it_was_and_nothing_else():
    kinds = [types.GeneratorType, map, filter, zip, enumerate, reversed, type(iter([]))]
    found = [(one for one in ()), map(str, []), filter(None, []), zip(), enumerate([]), reversed([]), iter([])]
    for kind, iterator in some(zip(kinds, found, strict=True)):
        arrived = travelled(iterator)
        assert [isinstance(arrived, one) for one in kinds] == [isinstance(iterator, one) for one in kinds], kind
        assert isinstance(arrived, collections.abc.Iterator)


def test_the_class_of_another_iterator_is_not_known():
    notebook = Notebook()
    arrived = notebook.travelled(itertools.chain([1], [2]))
    assert not isinstance(arrived, types.GeneratorType) and len(notebook.refused) == 1
    assert list(arrived) == [1, 2]


def test_an_iterator_without_end_is_asked_for_no_more_than_is_needed():
    asked = []

    def numbers():
        for number in itertools.count():
            asked.append(number)
            yield number

    arrived = travelled(numbers())
    assert list(itertools.islice(arrived, 5)) == [0, 1, 2, 3, 4]
    assert len(asked) < 10


def test_an_iterator_that_goes_on_after_its_end_has_ended():
    class Down:
        left = 3

        def __iter__(self):
            return self

        def __next__(self):
            self.left -= 1
            if self.left == 0:
                raise StopIteration
            return self.left

    assert list(travelled(Down())) == [2, 1]


def test_an_error_in_an_iterator_comes_after_the_items_before_it():
    arrived, found = travelled(1 / number for number in (1, 2, 0)), []
    with pytest.raises(ZeroDivisionError):
        found += [next(arrived), next(arrived), next(arrived)]
    arrived = travelled(1 / number for number in (1, 2, 0))
    assert [next(arrived), next(arrived)] == [1, 0.5]


def test_a_function_is_called_where_it_lives():
    functions = [lambda x: x + 1, np.sqrt, str, functools.partial(max, 1), functools.lru_cache(abs), "ab".replace]
    arrived = travelled(functions[:5])
    assert [function(4) for function in arrived] == [5, 2, "4", 4, 4]
    assert travelled(functions[5])("a", "c") == "cb"
    assert travelled(len).__name__ == "len"


@pytest.mark.parametrize(
    "look", [inspect.getsource, inspect.signature, lambda one: one.__code__.co_names, lambda one: one.__defaults__]
)
def test_what_a_function_is_made_of_is_not_known(look):
    notebook = Notebook()
    function = notebook.travelled(test_bools_are_only_true_and_false)
    assert callable(function) and isinstance(function, types.FunctionType) and inspect.isfunction(function)
    with pytest.raises((AttributeError, TypeError)):
        look(function)
    assert notebook.withheld


def test_a_test_that_does_without_what_a_function_is_made_of_has_looked_for_it():
    notebook = Notebook()
    function = notebook.travelled(test_bools_are_only_true_and_false)
    functools.wraps(function)(lambda: None)
    assert not notebook.withheld
    assert getattr(function, "__code__", None) is None
    assert notebook.withheld


def test_what_a_learner_gave_a_function_or_an_object_is_asked_for():
    def counted(x: int) -> int:
        return x

    counted.calls = 3
    function, range_ = travelled([counted, Range(1, 2)])
    assert function.calls == 3 and not hasattr(function, "others")
    assert vars(function) == {"calls": 3} and vars(range_) == {"low": 1, "high": 2}
    assert function.__annotations__ == {"x": int, "return": int}
    assert copy.copy(function) is function and copy.copy(range_).low == 1


def test_masked_values_are_masked_when_they_arrive():
    assert type(travelled(np.ma.array([1, 2]))) is np.ndarray
    arrived = travelled(np.ma.array([[1.5, 2.0]], mask=[[True, False]]))
    assert isinstance(arrived, np.ma.MaskedArray) and arrived.mask.tolist() == [[True, False]]
    assert len(arrived) == 1 and arrived.sum() == 2 and np.ma.getdata(arrived).tolist() == [[1.5, 2.0]]


@pytest.mark.parametrize("value", [np.ma.masked, np.ma.array(["a", "b"], mask=[True, False])])
def test_what_is_masked_and_no_array_of_numbers_stays(value):
    notebook = Notebook()
    arrived = notebook.travelled(value)
    for look in (len, list, float, bool, np.asarray, lambda x: np.testing.assert_allclose(x, [3, 4, 5])):
        with pytest.raises((NotPlain, TypeError, AssertionError)):
            assert look(arrived)
    assert notebook.refused


def test_an_object_says_what_it_is_asked_for():
    arrived = travelled(
        {"one": Anything(), "two": types.SimpleNamespace(a=1), "three": Range(1, 2), "four": Colour.RED}
    )
    assert (float(arrived["one"]), len(arrived["one"]), arrived["one"][2], arrived["one"].mark) == (2.5, 3, 20, 3)
    assert (arrived["two"].a, arrived["three"].high, arrived["four"].value, arrived["four"].name) == (
        1,
        2,
        "red",
        "RED",
    )
    assert not hasattr(arrived["two"], "b")
    assert str(arrived["four"]) == "Colour.RED"


@pytest.mark.parametrize(
    "compare",
    [
        lambda x: x == 42,
        lambda x: 42 in [x],
        lambda x: x != 41,
        lambda x: x in [42],
        lambda x: x < 50,
        lambda x: [x] == [42],
        lambda x: x - 42,
        lambda x: abs(x - 42) < 0.01,
        lambda x: x.answer(),
        lambda x: np.testing.assert_equal(x, 42),
        lambda x: setattr(x, "mark", 4),
    ],
)
def test_an_object_is_not_compared_and_not_worked_with(compare):
    notebook = Notebook()
    with pytest.raises((NotPlain, AssertionError)):
        assert compare(notebook.travelled(Anything()))
    assert notebook.refused


def test_that_a_test_asks_for_the_class_of_an_object_is_noted():
    notebook = Notebook()
    assert not isinstance(notebook.travelled(Anything()), int)
    assert notebook.refused


class Box:
    """A class as learners write one."""

    def __init__(self, side):
        self.side = side

    def volume(self):
        return self.side**3

    def __add__(self, other):
        return Box(self.side + other.side)

    def __eq__(self, other):
        return self.side == other.side

    def __contains__(self, side):
        return side <= self.side


def test_a_class_of_a_learners_is_used_where_it_lives():
    box = Notebook(acts=True).travelled(Box)
    assert box(2).volume() == 8
    assert (box(1) + box(2)).side == 3
    assert box(1) + box(2) == box(3)
    assert 2 in box(3) and 4 not in box(3)
    assert isinstance(box(1), box) and not isinstance(3, box)
    # What Python makes of `__eq__`, and of nothing.
    assert box(1) != box(2) and (box(1) != box(1)) is False
    with pytest.raises(TypeError):
        assert box(1) < box(2)


@pytest.mark.parametrize("value", [Box, Box(2), Anything()])
def test_the_names_that_an_object_has_are_those_of_the_notebook(value):
    notebook = Notebook()
    assert dir(notebook.travelled(value)) == dir(value)
    assert not notebook.refused


class Later:
    """A class that says of one order only, and not what is equal."""

    def __gt__(self, other):
        return True


def test_objects_are_compared_as_python_does_it():
    later = Notebook(acts=True).travelled(Later)
    first, second = later(), later()
    assert first > second and first < second
    assert first == first and first != second


def test_an_object_of_a_learners_is_compared_with_no_data():
    with pytest.raises(NotPlain):
        assert Notebook(acts=True).travelled(Anything)() == 42


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def test_what_is_too_deep_or_too_large_is_refused():
    holds_itself = []
    holds_itself.append(holds_itself)
    for value in (_nested(200), holds_itself, np.zeros(5_000_000), "\ud800", [b"x" * 20_000_000] * 2):
        with pytest.raises(NotPlain):
            pack(value, id)


def test_an_error_arrives_as_a_builtin_one_and_ends_nothing():
    class Own(ValueError):
        pass

    assert repr(unpack_error(pack_error(Own("no")))) == "ValueError('no')"
    assert repr(unpack_error(pack_error(KeyError("no")))) == "KeyError('no')"
    for kind in (SystemExit, KeyboardInterrupt, GeneratorExit):
        assert isinstance(unpack_error(pack_error(kind(0))), RuntimeError)
    assert isinstance(unpack_error(forms.encode(forms.Raised("open", "x"))), RuntimeError)


FORGED = [
    forms.Array("array", "<f8", [2], b"1"),
    forms.Array("array", "<f8", [2**62, 4], b""),
    forms.Array("scalar", "<f8", [1], b"12345678"),
    forms.Array("matrix", "<f8", [1], b"12345678"),
    forms.Array("array", "|O", [1], b"12345678"),
    forms.Array("array", "<f8,(100,)f8", [1], b"12345678"),
    forms.Array("array", "V8", [1], b"12345678"),
    forms.Array("array", "|S0", [1000000], b""),
    forms.Cells("array", "text", [1], [1]),
    forms.Cells("array", "object", [5], [1]),
    forms.Records("array", [2], ["a"], [1]),
    forms.Records("array", [2], [], []),
    forms.Whole("0x" + "f" * 20000),
    forms.Whole("__import__('os')"),
    forms.Kind("open"),
    forms.Constant("exit"),
    forms.Raised("x" * 2000, ""),
    forms.Moment("datetime", "2018-09-21", "../../etc/passwd", 0),
    forms.Moment("tzinfo", "", None, 0),
    forms.Named("Point", ["x", "__class__"], [1, 2]),
    forms.Named("Point", ["x y"], [1]),
    forms.Named("import os", ["x"], [1]),
    forms.Items("tuple", [forms.Items("set", [forms.Items("list", [])])]),
    forms.Pairs("dict", [(forms.Items("list", []), 1)]),
    forms.Categories(
        forms.Array("array", "<i8", [1], b"\x09" + bytes(7)), forms.Index(forms.Texts(["a"], "str"), None, None), False
    ),
    forms.Series(1, None, forms.Texts(["a"], "str")),
    forms.Series(forms.RangeIndex(0, 10**15, 1, None), None, forms.Texts(["a"], "str")),
    forms.Frame(forms.RangeIndex(0, 1, 1, None), forms.RangeIndex(0, 5, 1, None), [forms.Texts(["a"], "str")]),
    forms.Instants(forms.Array("array", "<i8", [1], bytes(8)), "ns", "no zone"),
    forms.Periods(forms.Array("array", "<f8", [1], bytes(8)), "M"),
    forms.Periods(forms.Array("array", "<i8", [1], bytes(8)), "import os"),
    forms.Nullable(forms.Array("array", "<i8", [1], bytes(8)), forms.Array("array", "|b1", [2], bytes(2))),
    forms.Masked(forms.Array("array", "<i8", [1], bytes(8)), forms.Array("array", "|b1", [2], bytes(2))),
    forms.Masked(forms.Array("array", "<i8", [1], bytes(8)), forms.Array("array", "|u1", [1], bytes(1))),
    forms.Masked(forms.Array("scalar", "<i8", [], bytes(8)), forms.Array("scalar", "|b1", [], bytes(1))),
    forms.Texts(["a"], "eval"),
    forms.Machine("d", b"123"),
    forms.Exact("1" * 20000),
    forms.Place("Path().unlink", "x"),
    forms.FunctionForm(-1, "f", None),
]


@pytest.mark.parametrize("form", FORGED, ids=lambda form: f"{form!r:.60}")
def test_what_is_forged_is_refused(form):
    message = forms._encoder.encode(form)
    with pytest.raises(NotPlain):
        unpack(message, lambda form: None)


def test_bools_are_only_true_and_false():
    arrived = unpack(forms.encode(forms.Array("array", "|b1", [3], b"\x00\x02\xff")))
    assert arrived.tolist() == [False, True, True] and arrived.sum() == 2


def test_no_form_names_anything_that_could_run():
    with pytest.raises(NotPlain):
        unpack(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(NotPlain):
        unpack(b"\x80\x04N.")


class Pair(NamedTuple):
    low: float
    high: float

    @property
    def middle(self):
        return (self.low + self.high) / 2

    def span(self):
        return self.high - self.low


class Bunch(dict):
    __getattr__ = dict.__getitem__


class Zero(dict):
    def __missing__(self, key):
        return 0


class Stack(list):
    push = list.append


class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        self.left = self.start
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left + 1


def test_what_a_subclass_adds_is_asked_for_and_all_else_is_data():
    notebook = Notebook()
    pair, bunch, size = (notebook.travelled(one) for one in (Pair(1, 2), Bunch(low=1), Size.SMALL))
    assert (pair, pair.high, pair.middle, bunch, bunch.low, size.name) == ((1, 2), 2, 1.5, {"low": 1}, 1, "SMALL")
    assert notebook.travelled(Zero(a=1))["b"] == 0
    with pytest.raises(NotPlain):
        pair.span()
    assert Notebook(acts=True).travelled(Pair(1, 3)).span() == 2


def test_what_an_object_of_a_subclass_can_change_stays_where_methods_are_called():
    notebook = Notebook(acts=True)
    stack = notebook.travelled(Stack())
    stack.push(3)
    assert (len(stack), stack[0], stack.pop()) == (1, 3, 3)
    assert notebook.worked == [".push", ".pop"]
    assert isinstance(stack, list) and not notebook.refused


def test_a_class_of_iterators_is_gone_through_and_asked():
    countdown = travelled(Countdown(3))
    assert list(countdown) == list(countdown) == [3, 2, 1]
    assert countdown.start == 3
    items = iter(countdown)
    assert next(items) == 3
    iterator = Notebook(acts=True).travelled(iter(Countdown(1)))
    assert next(iterator) == 1 and next(iterator, None) is None


@pytest.mark.parametrize("factory", [int, list, lambda: 7, None])
def test_a_dictionary_with_defaults_has_them(factory):
    arrived = travelled(collections.defaultdict(factory, a=1))
    assert arrived["a"] == 1
    if factory:
        assert arrived["b"] == factory()


def test_an_object_is_one_number():
    class Two:
        __float__ = lambda self: 2.5  # noqa: E731
        __int__ = lambda self: 9  # noqa: E731

    assert int(travelled(Two())) == 2 and int(Notebook(acts=True).travelled(Two())) == 9


def test_what_can_be_called_is_no_method_unless_methods_may_be_called():
    class Called:
        def __call__(self):
            return True

    notebook = Notebook()
    with pytest.raises(NotPlain):
        notebook.travelled(types.SimpleNamespace(all=Called())).all()
    assert notebook.refused


def test_times_of_a_frequency_that_has_no_name_arrive():
    times = pd.date_range("2024-01-01", periods=3, freq=pd.DateOffset(months=1))
    assert travelled(times).equals(times)
