"""Cells with line magics are read without IPython, whose import is slow, and as IPython reads them."""

import ast
from types import SimpleNamespace

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from secondcar.grading.judging.cell_code import (
    beginning_and_end,
    bound_to_fail,
    compared_with_others,
    parse_cell,
    run_as_cell,
)

MAGICS = [
    "%matplotlib inline\nimport numpy as np",
    "x = 1\n%config InlineBackend.figure_format = 'retina'\n%pylab  ",
    "%matplotlib inline  # in the page",
]
OTHERS = [
    "%time  y = 1",
    "text = '''\n%matplotlib inline\n'''\n%pylab",
    "rest = 5 \\\n%b\n%pylab",
    "rest = (5\n%b)\n%pylab",
    "if x:\n    %time f(x)",
    "%time f(x) \\\n+ 1",
    "%matplotlib?",
    "%%time\nx = 1",
    "!ls",
]


@pytest.mark.parametrize("source", MAGICS + OTHERS)
def test_a_cell_is_read_as_ipython_reads_it(source: str) -> None:
    assert ast.dump(parse_cell(source, ())) == ast.dump(ast.parse(TransformerManager().transform_cell(source)))


@pytest.mark.parametrize("source", MAGICS)
def test_line_magics_need_no_ipython(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TransformerManager, "transform_cell", None)
    parse_cell(source)


@pytest.mark.parametrize(
    ("test", "end"),
    [
        ("assert 1 + 1 == 2", "assert 1 + 1 == 2"),
        ("x = 1\n\nassert x", "assert x"),
        ("x = 1\nfor n in (1, 2):\n    assert n < 3\nprint(x)\nx", "for n in (1, 2):\n    assert n < 3\nprint(x)\nx"),
        ("x = 1\ny = 2; assert x", "y = 2; assert x"),
        ("x = (\n1); y = 2; assert x", "x = (\n1); y = 2; assert x"),
        ("x = 1\n@staticmethod\ndef f():\n    assert x", "@staticmethod\ndef f():\n    assert x"),
        ("x = 1\n%precision 3\nx", "x"),
        ("x = '\x0c\u2028'\nassert x\n", "assert x\n"),
        ("", ""),
        ("not python", "not python"),
    ],
)
def test_the_end_of_a_test(test: str, end: str) -> None:
    beginning, found = beginning_and_end(test)
    assert found == end
    assert test in (end, f"{beginning}\n{end}")


@pytest.mark.parametrize(
    "test",
    [
        "assert 1 + 1 == 2",
        "for n in (1, 2):\n    assert n < 3, 'too many'",
        "assert [3]  # all of it",
        "assert next(numbers) == 1",
        "print(1);",
        "numbers\n",
        "",
        "%time x = 1",
    ],
)
def test_a_test_that_has_to_fail_does(test: str) -> None:
    other = bound_to_fail(test)
    assert other.startswith(test) and other != bound_to_fail(test)
    names = {"numbers": iter([1, 2]), "get_ipython": lambda: SimpleNamespace(run_line_magic=print)}
    run_as_cell(test, dict(names, numbers=iter([1, 2])), "<test>", ())
    with pytest.raises(AssertionError):
        run_as_cell(other, names, "<test>", ())


@pytest.mark.parametrize(
    "test",
    [
        "assert 1 + 1 == 2",
        "for n in (1, 2):\n    assert abs(n - 1) < 3, 'too many'",
        "assert root in (2, -2)",
        "assert name == 'Almaty'",
        "assert root\nassert_equal(range(2), [0, 1])",
        "assert 3 < root * root <= 4.0",
    ],
)
def test_what_is_compared_with_other_numbers_fails(test: str) -> None:
    def assert_equal(one: range, other: list[int]) -> None:
        assert list(one) == other

    names = {"root": 2, "name": "Almaty", "assert_equal": assert_equal}
    run_as_cell(test, dict(names), "<test>", ())
    other = compared_with_others(test)
    assert other is not None and other != compared_with_others(test)
    with pytest.raises(AssertionError):
        run_as_cell(other, names, "<test>", ())


@pytest.mark.parametrize(
    "test", ["", "assert f(2)", "x = 1", "print", "assert close(f(1), 2)", "not python", "f(3)[2]"]
)
def test_what_is_handed_to_functions_stays(test: str) -> None:
    assert compared_with_others(test) is None


def test_the_result_of_a_cell() -> None:
    assert run_as_cell("x = 1\nx + 1", {}, "<test>") == 2
    assert run_as_cell("x = 1\nx + 1;", {}, "<test>") is None
    assert run_as_cell("x = 1", {}, "<test>") is None


@pytest.mark.parametrize("answer", [0.5, 10**12, 120e9])
def test_no_answer_passes_a_control_by_chance(answer):
    with pytest.raises(AssertionError):
        exec(compared_with_others("assert answer > 0"), {"answer": answer})
