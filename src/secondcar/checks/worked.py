"""Worked solutions and formulas, made from the expression that an exercise writes its answer as.

An answer's expression holds all that a worked solution shows: the numbers that one starts from, each step, the result.
"""

import ast
import copy
from collections.abc import Iterator

from secondcar.checks.exercise import Evaluate, Label
from secondcar.checks.values import describe_number

_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "×",
    ast.Div: "/",
    ast.Pow: "^",
}
# These stand in a formula as they are: they turn percent into ratios and tenge into billions.
_KEPT = {"1", "100", "10 ** 6", "10 ** 9", "1000000.0", "1000000000.0"}


def steps(expression: object, evaluate: Evaluate, label: Label) -> list[str]:
    """Return the steps from the starting numbers to the value of an expression, one calculation each.

    >>> steps("19000 / (1 + 150 / 100)", eval, lambda kind, name: name)
    ['150 / 100 = 1.5', '1 + 1.5 = 2.5', '19,000 / 2.5 = 7,600']
    """
    tree = _parsed(expression)
    if tree is None:
        return []
    start = [f"{text}: {_shown(node, evaluate)}" for node, text in _named_numbers(tree, label)]
    return list(dict.fromkeys([*start, *_calculations(tree, evaluate)]))


def formula(expression: object, label: Label) -> str:
    """Return an expression with letters for its numbers, and what each letter is; "" where it has no step.

    A number that stands in the expression itself is an empty box, except those that only change the unit.

    >>> formula("claim('units') / (1 + claim('growth') / 100)", lambda kind, name: name)
    '`a / (1 + b / 100)`, where a is: units; b is: growth'
    >>> formula("7 * 24", lambda kind, name: name)
    '`□ × □`'
    """
    tree = _parsed(expression)
    if not isinstance(tree, ast.BinOp):
        return ""
    letters: dict[str, str] = {}
    for _, text in _named_numbers(tree, label):
        letters.setdefault(text, chr(ord("a") + len(letters)))
    named = {id(node): letters[text] for node, text in _named_numbers(tree, label)}
    memo = {id(node): ast.Name(_letter(node, named)) for node in _parts(tree) if _is_number(node)}
    source = ast.unparse(copy.deepcopy(tree, memo)).replace("**", "^").replace("*", "×").replace("_box_", "□")
    where = "; ".join(f"{letter} is: {text}" for text, letter in letters.items())
    return f"`{source}`" + (f", where {where}" if where else "")


def _letter(node: ast.expr, named: dict[int, str]) -> str:
    """Return what stands in a formula for a number."""
    if isinstance(node, ast.Name):
        return node.id
    if id(node) not in named and ast.unparse(node) in _KEPT:
        return ast.unparse(node)
    return named.get(id(node), "_box_")


def function_body(source: str) -> tuple[str, list[str]] | None:
    """Return the expression that a function of one line gives back, and its parameters' names, or None."""
    tree = ast.parse(source.strip()).body[0]
    if not isinstance(tree, ast.Expr) or not isinstance(tree.value, ast.Lambda):
        return None
    return ast.unparse(tree.value.body), [argument.arg for argument in tree.value.args.args]


def with_values(expression: str, values: dict[str, float]) -> str:
    """Return an expression in which names stand for numbers.

    >>> with_values("new / old", {"new": 5, "old": 4})
    '5 / 4'
    """
    tree = ast.parse(expression, mode="eval").body
    memo = {
        id(node): ast.Constant(values[node.id])
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in values
    }
    return ast.unparse(copy.deepcopy(tree, memo))


def _parsed(expression: object) -> ast.expr | None:
    try:
        return ast.parse(str(expression).strip(), mode="eval").body
    except SyntaxError:
        return None


def _parts(tree: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression's parts, the inner ones first; what is a number by itself is one part, whatever it holds."""
    if isinstance(tree, ast.BinOp) and not _is_number(tree):
        yield from _parts(tree.left)
        yield from _parts(tree.right)
    elif isinstance(tree, ast.UnaryOp):
        yield from _parts(tree.operand)
    yield tree


def _is_number(node: ast.expr) -> bool:
    """Return whether a part needs no calculation: a number, written out, named, or as a power of ten."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Pow) and all(isinstance(part, ast.Constant) for part in (node.left, node.right))
    return not isinstance(node, ast.UnaryOp)


def _named_numbers(tree: ast.expr, label: Label) -> list[tuple[ast.expr, str]]:
    return [
        (node, label(node.func.id, str(node.args[0].value)))
        for node in _parts(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("claim", "fact")
        if isinstance(node.args[0], ast.Constant)
    ]


def _calculations(tree: ast.expr, evaluate: Evaluate) -> Iterator[str]:
    for node in _parts(tree):
        if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS and not _is_number(node):
            left, right, result = (_shown(part, evaluate) for part in (node.left, node.right, node))
            right = f"({right})" if right.startswith("-") else right
            yield f"{left} {_SIGNS[type(node.op)]} {right} = {result}"


def _shown(node: ast.expr, evaluate: Evaluate) -> str:
    number = float(evaluate(ast.unparse(node)))
    is_year = isinstance(node, ast.Constant) and number in range(1900, 2101)
    return f"{number:.0f}" if is_year else describe_number(number)
