"""Small changes of a solution that a learner might make, each with a name that a person can read."""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from secondcar.building.notebook import SOLUTION_END, SOLUTION_START
from secondcar.charts import set_alt_text

CONFUSED_FACTORS = {1.5: 2.5, 2.5: 1.5, 1.6: 2.6, 2.6: 1.6}
LARGEST_COUNT = 12

Named = tuple[str, object]


def code_mutants(source: str, options: list[str]) -> Iterator[Named]:
    """Yield (name, code) for every change of one node in the solution region of a cell.

    Args:
        source: the teacher's solution cell.
        options: what a choice exercise offers; empty for the other kinds.

    >>> [name for name, code in code_mutants(cell.source, [])]  # doctest: +SKIP
    ['dividend and divisor swapped in line 1', 'multiplied for divided in line 1']
    """
    lines = source.splitlines()
    stripped = [line.strip() for line in lines]
    first, last = stripped.index(SOLUTION_START) + 1, stripped.index(SOLUTION_END) + 1
    original = ast.parse(source)
    names = _names_read(original, first, last)
    seen: Counter[str] = Counter()
    for position, node in enumerate(ast.walk(original)):
        if isinstance(node, ast.FunctionDef):
            changes = _changes_of_function(node)
        elif first < getattr(node, "lineno", 0) < last:
            changes = [
                (f"{what} in line {node.lineno - first}", change) for what, change in _changes_of(node, options, names)
            ]
        else:
            continue
        for name, change in changes:
            seen[name] += 1
            mutant = copy.deepcopy(original)
            change(list(ast.walk(mutant))[position], mutant)
            yield f"{name} ({seen[name]})" if seen[name] > 1 else name, ast.unparse(mutant)


def value_mutants(value: object, exercise: dict) -> Iterator[Named]:
    """Yield (name, value) for every change of the solution's result."""
    kind = exercise["kind"]
    if kind == "number" and value != 0:
        for name, factor in _factors():
            yield name, value * factor
    elif kind == "range":
        for name, factor in _factors():
            yield name, tuple(end * factor for end in value)
        yield "only the low end", (value[0], value[0])
        yield "only the high end", (value[1], value[1])
    elif kind == "function" and not isinstance(exercise["cases"][0]["answer"], str):
        for name, factor in _factors():
            yield name, _scaled(value, factor)
    elif kind == "table":
        yield from _table_mutants(value, exercise)
    elif kind == "chart":
        own = pd.DataFrame(exercise["cases"][0]["data"])
        yield "the learner's own data typed in", lambda data: value(own)
        yield "the first row left out", lambda data: value(data.iloc[1:])
        yield "the numbers in reverse", lambda data: value(_with_numbers_reversed(data))
        yield "without its alt text", lambda data: _without_alt_text(value(data))


def _with_numbers_reversed(data: pd.DataFrame) -> pd.DataFrame:
    return data.assign(**{column: data[column].to_numpy()[::-1] for column in data.select_dtypes("number")})


def _without_alt_text(ax: Axes) -> Axes:
    return set_alt_text(ax, "A chart.")


def _factors() -> Iterator[tuple[str, float]]:
    yield "result times 100", 100
    yield "result over 100", 1 / 100
    for mistaken, meant in CONFUSED_FACTORS.items():
        yield f"result with {mistaken} for {meant}", mistaken / meant


def _scaled(function: Callable, factor: float) -> Callable:
    return lambda *arguments: function(*arguments) * factor


def _names_read(tree: ast.AST, first: int, last: int) -> list[str]:
    """List the names that stand for inputs in the arithmetic of the solution."""
    arithmetic = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and first < node.lineno < last]
    sides = [side for node in arithmetic for side in (node.left, node.right)]
    return sorted({side.id for side in sides if isinstance(side, ast.Name)})


def _changes_of_function(node: ast.FunctionDef) -> list[tuple[str, Callable]]:
    def swap(node: ast.FunctionDef, tree: ast.AST) -> None:
        parameters = node.args.args
        parameters[0], parameters[1] = parameters[1], parameters[0]

    if len(node.args.args) < 2:
        return []
    return [(f"{node.args.args[0].arg} and {node.args.args[1].arg} swapped", swap)]


def _changes_of(node: ast.AST, options: list[str], names: list[str]) -> Iterator[tuple[str, Callable]]:
    match node:
        case ast.Constant(value=str() | int() | float() as value) if not isinstance(value, bool):
            for other in _other_constants(value, options):
                yield f"{other!r} for {value!r}", _set(value=other)
        case ast.Name(id=name, ctx=ast.Load()) if name in names:
            for other in names:
                if other != name:
                    yield f"{other} for {name}", _set(id=other)
        case ast.BinOp(op=ast.Div()):
            yield "dividend and divisor swapped", _swap
            yield "multiplied for divided", _set(op=ast.Mult())
        case ast.BinOp(op=ast.Sub()):
            yield "the two sides of - swapped", _swap
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Constant(value=1)):
            yield "the 1 dropped", _replace_by("left")
        case ast.BinOp(op=ast.Add(), left=ast.Constant(value=1)):
            yield "the 1 dropped", _replace_by("right")


def _other_constants(value: object, options: list[str]) -> Iterator[object]:
    written = value if isinstance(value, str) else f"{value:g}"
    if written in options:
        yield from (type(value)(option) for option in options if option != written and _fits(value, option))
        return
    if isinstance(value, str):
        return
    if value in CONFUSED_FACTORS:
        yield CONFUSED_FACTORS[value]
    elif value == int(value) and abs(value) <= LARGEST_COUNT:
        yield value + 1
        yield value - 1


def _fits(value: object, option: str) -> bool:
    """Tell whether an option can be written with the type of the value that it takes the place of."""
    try:
        type(value)(option)
    except ValueError:
        return False
    return True


def _set(**fields) -> Callable:
    def change(node: ast.AST, tree: ast.AST) -> None:
        for field, value in fields.items():
            setattr(node, field, value)

    return change


def _swap(node: ast.BinOp, tree: ast.AST) -> None:
    node.left, node.right = node.right, node.left


def _replace_by(side: str) -> Callable:
    def change(node: ast.BinOp, tree: ast.AST) -> None:
        class Replace(ast.NodeTransformer):
            def visit_BinOp(self, visited: ast.BinOp) -> ast.AST:
                return getattr(node, side) if visited is node else self.generic_visit(visited)

        Replace().visit(tree)

    return change


def _table_mutants(value: pd.DataFrame | pd.Series, exercise: dict) -> Iterator[Named]:
    """Change one cell at a time: to another row's value, or a number by one in its last digit that is not zero."""
    key = exercise["key"]
    frame = value.to_frame(next(iter(exercise["columns"]))) if isinstance(value, pd.Series) else value
    frame = frame if key in frame.columns else frame.rename_axis(index=key).reset_index()
    for column, kind in exercise["columns"].items():
        cells = frame[column].tolist()
        for row, cell in enumerate(cells):
            others = {repr(other): other for other in cells if pd.notna(other) and other != cell}
            if kind == "number" and pd.notna(cell):
                others["one off"] = cell + _last_digit(cell)
            for other_name, other in others.items():
                mutant = frame.astype({column: object})
                mutant.loc[mutant.index[row], column] = other
                yield f"{column} of {frame[key].iloc[row]}: {other_name}", mutant


def _last_digit(number: float) -> float:
    """Return the size of a number's last digit that is not zero.

    >>> _last_digit(19000), _last_digit(1.6)
    (1000.0, 0.1)
    """
    return 10.0 ** Decimal(f"{number:.4e}").normalize().as_tuple().exponent
