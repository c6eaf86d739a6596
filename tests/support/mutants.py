"""Small changes of a solution that a learner might make, each with a name that a person can read."""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator

from secondcar.building.sources import SOLUTION_END, SOLUTION_START
from secondcar.checks.numbers import CONFUSED_FACTORS

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
    """Return whether an option can be written with the type of the value that it takes the place of."""
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
