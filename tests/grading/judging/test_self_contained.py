"""Which functions may be called when the notebook has ended: those that nothing can have changed since their test."""

import datetime
import decimal
import math
import os
import types
import warnings

import numpy as np
import pandas as pd
import pytest

from secondcar.grading.judging.self_contained import NotSelfContained, State

IMPORTS = {
    **{"np": np, "pd": pd, "math": math, "warnings": warnings, "pi": math.pi, "sqrt": math.sqrt, "log": np.log},
    **{"date": datetime.date, "types": types},
}

SELF_CONTAINED = [
    "def f(data):\n    return data.groupby('city')['price'].mean()",
    "def f(data):\n    return pd.concat([data, np.log(data)]) / math.pi",
    "limits = (1, 2.5, 'x', date(2018, 9, 21))\ndef f(x, most=3):\n    return [y for y in x if y > limits[0]]",
    "def f(x):\n    return g(x) if x else sqrt(log(pi))\ndef g(x):\n    return f(x - 1)",
    "def f(x):\n    def inner(y):\n        return x + y\n    return sorted(map(inner, [1]), key=lambda z: -z)",
    "from numpy import mean, sqrt\nfrom statistics import median\ndef f(x):\n    return mean(x) + sqrt(median(x))",
    "from collections import Counter\nfrom json import loads\ndef f(x):\n    return Counter(loads(x)), len(x), len([])",
    "def make(y):\n    g = lambda x: x + y\n    def f(x):\n        n = 0\n        def h():\n            nonlocal n\n"
    "            n += g(x)\n        return h, n\n    return f\nf = make(1)",
    "def f():\n    raise NotImplementedError",
    "def f():\n    return not_there",
]
OTHERS = {
    "a list": "seen = []\ndef f(x):\n    return seen",
    "a table": "table = pd.DataFrame()\ndef f(x):\n    return table",
    "a tuple with a list": "both = (1, [])\ndef f(x):\n    return both",
    "a default that changes": "def f(x, seen=[]):\n    return seen",
    "a keyword's default": "def f(*, seen=[]):\n    return seen",
    "a closure": "def make(y):\n    def f(x):\n        return x + y\n    return f\nf = make([])",
    "a counter": "def make(y):\n    def f():\n        nonlocal y\n        y += 1\n    return f\nf = make(0)",
    "a counter in parts": "def make(y):\n    def f():\n        def g():\n            nonlocal y\n            y += 1\n"
    "        return g()\n    return f\nf = make(0)",
    "a note on the function": "def f(x):\n    return 1\nf.seen = []",
    "its own class": "class Box:\n    pass\ndef f(x):\n    return Box()",
    "an object": "import io\nfile = io.StringIO()\ndef f(x):\n    return file",
    "a name that it changes": "seen = 1\ndef f(x):\n    global seen\n    seen = x",
    "a name that it deletes": "seen = 1\ndef f(x):\n    global seen\n    del seen",
    "an attribute of a module": "def f(x):\n    math.last = x",
    "an attribute of something it made": "def f(x):\n    here = math\n    del here.last",
    "an import": "def f(x):\n    import os\n    return os",
    "another module": "import os\ndef f(x):\n    return os.environ",
    "a part of a function": "import functools\nadd = functools.partial(sum, [[]])\ndef f(x):\n    return add(x)",
    "a callable object": "line = np.poly1d([1, 2])\ndef f(x):\n    return line(x)",
    "a built-in method": "note = [].append\ndef f(x):\n    return note(x)",
    "a method": "import io\nwrite = io.StringIO().write\ndef f(x):\n    return write(x)",
    "numpy's random numbers by name": "from numpy.random import rand\ndef f(x):\n    return rand()",
    "random numbers": "def f(x):\n    return np.random.rand()",
    "a random sample": "def f(x):\n    return x.sample(3)",
    "a chart": "def f(x):\n    return x.plot()",
    "all names": "def f(x):\n    return globals()",
    "a name in a string": "def f(x):\n    return eval('y')",
    "a file": "def f(x):\n    return open('x')",
    "inner parts": "def f(x):\n    return f.__globals__",
    "an inner function that does": "def f(x):\n    return [globals() for y in x]",
    "a helper that does": "def g(x):\n    return open(x)\ndef f(x):\n    return g(x)",
}


def defined(source: str) -> dict:
    """Return the names that a notebook has after a cell."""
    names = {**IMPORTS, "__name__": "__main__"}
    exec(source, names)
    return names


@pytest.mark.parametrize("source", SELF_CONTAINED)
def test_a_function_that_depends_on_nothing_else(source):
    assert State([defined(source)["f"]]).is_unchanged()


@pytest.mark.parametrize("source", OTHERS.values(), ids=OTHERS)
def test_a_function_that_depends_on_more(source):
    with pytest.raises(NotSelfContained):
        State([defined(source)["f"]])


@pytest.mark.parametrize(
    "later",
    [
        "limit = 4",
        "limit = 3.0",
        "limit = True",
        "del limit",
        "limit = []",
        "def g(x):\n    return x",
        "g.__code__ = (lambda x: 0).__code__",
        "g.__defaults__ = (7,)",
        "sqrt = math.floor",
        "pd = None",
        "abs = print",
        "pd.set_option('display.precision', 2)",
        "np.set_printoptions(precision=2)",
        "warnings.simplefilter('error')",
        "os.chdir('..')",
    ],
)
def test_what_a_later_cell_changes_is_seen(later, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = defined("limit = 3\ndef g(x, y=1):\n    return abs(x)\ndef f(x):\n    return pd, sqrt(g(x)) < limit")
    state = State([names["f"]])
    assert state.is_unchanged()
    names["os"] = os
    with warnings.catch_warnings(), pd.option_context("display.precision", 6), np.printoptions():
        exec(later, names)
        assert not state.is_unchanged()


@pytest.mark.parametrize(
    ("function", "module", "name"),
    [
        ("def f(x):\n    return np.mean(x)", np, "mean"),
        ("def f(x):\n    return [np.linalg.norm(y) for y in x]", np.linalg, "norm"),
        ("def g(x):\n    return math.sqrt(x)\ndef f(x):\n    return g(x)", math, "sqrt"),
    ],
)
def test_a_later_cell_that_changes_a_module_is_seen(function, module, name, monkeypatch):
    state = State([defined(function)["f"]])
    monkeypatch.setattr(module, "pi", 3, raising=False)
    assert state.is_unchanged()
    monkeypatch.setattr(module, name, lambda x: 0)
    assert not state.is_unchanged()


def test_a_cell_that_changes_something_else_changes_nothing():
    names = defined("limit = 3\ndef f(x):\n    return x < limit")
    state = State([names["f"]])
    exec("other = 4\nlimit = 3\ndef g():\n    return 1", names)
    assert state.is_unchanged()


def test_a_notebook_that_breaks_pandas_gets_no_function_called_in_place(monkeypatch):
    monkeypatch.setattr(pd, "options", None)
    with pytest.raises(NotSelfContained):
        State([len])
    with pytest.raises(NotSelfContained):
        State([defined("def f(x):\n    return x")["f"]])


def test_how_decimals_are_counted_is_part_of_what_a_function_depends_on():
    state = State([lambda: 1])
    with decimal.localcontext() as context:
        context.prec = 4
        assert not state.is_unchanged()
    assert state.is_unchanged()
