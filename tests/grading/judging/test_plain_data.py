"""What reaches the judge is plain data, whatever a learner's process sends."""

import collections
import datetime
import fractions
import pickle

import numpy as np
import pandas as pd
import pytest

from secondcar.grading.judging.plain_data import NotPlain, pack, pack_error, unpack, unpack_error

Point = collections.namedtuple("Point", "x y")


class AlwaysEqual(dict):
    __eq__ = lambda self, other: True  # noqa: E731


class Anything:
    __eq__ = lambda self, other: True  # noqa: E731


class Functions(dict):
    """Gives a function a token, and the function back for the token."""

    def keep(self, function):
        self[str(id(function))] = function
        return str(id(function))

    def fetch(self, token):
        return lambda *args: self[token](*args)


FUNCTIONS = Functions()


def travelled(value):
    return unpack(pack(value, FUNCTIONS.keep), FUNCTIONS.fetch)


@pytest.mark.parametrize(
    "value",
    [
        *(
            None,
            ...,
            True,
            1,
            2.5,
            1j,
            "text",
            b"bytes",
            range(3),
            datetime.date(2018, 9, 21),
            fractions.Fraction(1, 3),
        ),
        *([1, [2]], (1, 2), {"a": {1}}, frozenset([1]), collections.Counter("aab"), collections.deque([1])),
        *(np.float64(2), np.int64(3), np.bool_(True), np.datetime64("2018-09-21")),
        *(pd.Timestamp("2018-09-21"), pd.Timedelta("1D"), pd.Period("2018-09"), pd.Interval(1, 2), pd.NaT, pd.NA),
    ],
    ids=repr,
)
def test_a_value_arrives_as_it_was(value):
    arrived = travelled(value)
    assert (type(arrived), repr(arrived)) == (type(value), repr(value))


@pytest.mark.parametrize(
    "dtype", ["int64", "float64", "str", "category", "Int64", "boolean", "datetime64[ns, Asia/Almaty]"]
)
def test_a_column_arrives_as_it_was(dtype):
    column = pd.Series([1, 0, 1], name="n", index=pd.Index(["a", "b", "c"], name="k")).astype(dtype)
    pd.testing.assert_series_equal(travelled(column), column)


def test_a_table_arrives_as_it_was():
    table = pd.DataFrame(
        {"n": [1, 2], "text": ["x", None], "when": pd.period_range("2018-01", periods=2, freq="M")},
        index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["k", None]),
    )
    pd.testing.assert_frame_equal(travelled(table), table)
    pd.testing.assert_frame_equal(travelled(table.iloc[:0]), table.iloc[:0])


def test_a_subclass_arrives_as_what_it_is_a_subclass_of():
    assert type(travelled(AlwaysEqual(a=1))) is dict
    assert travelled(Point(1, 2)) == (1, 2)
    assert list(travelled(number for number in range(3))) == [0, 1, 2]


def test_a_function_is_called_where_it_lives():
    assert [function(2) for function in travelled([lambda x: x + 1, np.sqrt, str])] == [3, np.sqrt(2), "2"]


def test_a_chart_arrives_with_what_it_shows():
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    ax.bar(["2017", "2018"], [7600, 19000])
    ax.yaxis.set_major_formatter(lambda value, place: f"{value:,.0f} cars")
    arrived = travelled(ax)
    assert [bar.get_height() for bar in arrived.patches] == [7600, 19000]
    assert arrived.yaxis.get_major_formatter()(1000, 0) == "1,000 cars"


def test_a_chart_with_a_method_of_its_own_does_not_arrive():
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    ax.get_title = lambda: "What was asked for"
    with pytest.raises(NotPlain, match="get_title"):
        travelled(ax)


@pytest.mark.parametrize("value", [Anything(), [Anything()], {"a": Anything}], ids=["alone", "in a list", "a class"])
def test_anything_else_stays_where_it_is(value):
    with pytest.raises(NotPlain, match="Anything"):
        travelled(value)


class Trick:
    def __init__(self, function, *args):
        self.made_by = function, args

    def __reduce__(self):
        return self.made_by


@pytest.mark.parametrize(
    "made_by",
    [(eval, "1 + 1"), (getattr, [], "append"), (pickle.loads, b"N."), (__import__, "os"), (exec, ""), (open, "x")],
    ids=lambda made_by: made_by[0].__name__,
)
def test_a_forged_message_runs_nothing(made_by):
    with pytest.raises(NotPlain):
        unpack(pickle.dumps(Trick(*made_by)), FUNCTIONS.fetch)


def test_an_error_arrives_as_a_builtin_one_and_ends_nothing():
    class Own(ValueError):
        pass

    assert repr(unpack_error(pack_error(Own("no"), FUNCTIONS.keep))) == "ValueError('no')"
    assert isinstance(unpack_error(pack_error(SystemExit(0), FUNCTIONS.keep)), RuntimeError)
