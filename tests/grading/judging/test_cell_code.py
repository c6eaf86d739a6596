"""Cells with line magics are read without IPython, whose import is slow, and as IPython reads them."""

import ast

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from secondcar.grading.judging.cell_code import parse_cell

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
