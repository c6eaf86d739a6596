"""Code calculates: no cell types a figure of the tables, and no solution types its answer."""

import ast
import re
from collections.abc import Iterator

from IPython.core.inputtransformer2 import TransformerManager

from secondcar.building.errors import Fault, Faults
from secondcar.building.execution import SHOWS_AN_ERROR
from secondcar.building.sources import SourceCell, Unit
from secondcar.checks.kinds.number import Number
from secondcar.checks.numbers import in_band
from secondcar.data import load_dataset

# From here on, nobody types a figure by chance, unless it is round.
_LARGE = 1000


def in_unit(unit: Unit) -> Faults:
    """Yield the code that Python cannot read, and the figures of the tables that code types."""
    figures = large_figures()
    for cell in unit.cells:
        if cell.kind != "code" or SHOWS_AN_ERROR in cell.tags:
            continue
        try:
            typed = list(literals(cell))
        except SyntaxError as error:
            what = f"{cell.id}: Python cannot read this line ({error.msg})"
            yield Fault(unit.script, cell.line_of((error.lineno or 1) - 1), what, "Correct it")
            continue
        for line, number in typed:
            if number in figures:
                what = f"{cell.id}: the code types {number:,.10g}, a figure of the course's tables"
                fix = 'Take it from load_dataset("claims") or load_dataset("facts")'
                yield Fault(unit.script, cell.line_of(line), what, fix)
        if cell.source.rstrip().endswith(";"):
            what = f"{cell.id} ends in a semicolon, which nbval does not honour"
            yield Fault(unit.script, cell.line_of(cell.source.rstrip().count("\n")), what, "Drop it")


def in_solution(unit: Unit, cell: SourceCell, exercise: Number) -> Faults:
    """Yield the numbers in a solution that are its answer."""
    try:
        typed = [(line, number) for line, number in literals(cell) if in_band(number, exercise.accept)]
    except SyntaxError:
        return
    for line, number in typed:
        what = f"exercise {cell.exercise}: the solution types its answer, {number:,.10g}"
        yield Fault(unit.script, cell.line_of(line), what, "Calculate it")


def literals(cell: SourceCell) -> Iterator[tuple[int, float]]:
    """Yield (line from 0, number) for each number that a cell types.

    Raises:
        SyntaxError: it is neither Python nor a command of IPython.
    """
    tree = ast.parse(TransformerManager().transform_cell(cell.source))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node.lineno - 1, float(node.value)


def large_figures() -> set[float]:
    """Return the figures of claims and facts that nobody would type by chance: large, and not round."""
    figures = {*load_dataset("claims")["quantity"].dropna(), *load_dataset("facts")["quantity"].dropna()}
    return {figure for figure in figures if figure >= _LARGE and not re.fullmatch(r"[1-9]0+", f"{figure:.0f}")}
