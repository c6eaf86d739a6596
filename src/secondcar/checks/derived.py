"""Mistakes that need no listing: wrong answers that follow from how a right one is worked out.

An exercise writes its answer as an expression. It goes wrong in the same few ways everywhere: two
numbers are divided the other way round, a step is left out, the brackets are forgotten, a change is given for a ratio.
Each way is a change of the expression, and one sentence that says what the number is and asks a question back.
"""

import ast
import contextlib
import copy
import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from secondcar.checks.exercise import Evaluate
from secondcar.checks.numbers import NEAR, ROUND_OFF, is_percent, is_rounder, is_rounding_of, kept

# Id -> expression of the other numbers that a unit asks for.
Others = Iterable[tuple[str, object]]

# The name of a way -> what to tell a learner who went it. A text after a colon in an id fills the braces.
MEANS = {
    "rounded": "The number is rounded too far. Does it fit if you keep {} digits, or all that Python gives?",
    "sign": "The size fits, and the sign does not. Which number is taken away from which?",
    "upside-down": "This comes out when two numbers are divided the other way round. Which of them is the base?",
    "rest": "This is the rest: the whole without the part that is asked for. Which part does the question name?",
    "change-alone": (
        "This looks like the change alone. The question asks for the whole new number, measured in the old one. What "
        "belongs to it besides the change?"
    ),
    "not-the-change": (
        "This looks like the whole new number, measured in the old one. The question asks for the change alone. What "
        "does not belong to a change?"
    ),
    "input": "This is one of the numbers that you start from. What does the question want done with it?",
    "step": "This is a step on the way. What is still to be done?",
    "answer-of": "This is the answer to the exercise `{}`. What does this one ask for?",
    "brackets": (
        "This is what Python makes of it without brackets: it multiplies and divides first, then adds and subtracts. "
        "Which part has to be worked out first?"
    ),
    "one-for-ratio": (
        "One of the ratios in it has one too many, or one too few: a change alone is not the whole new number, "
        "measured in the old one. Which of the two does each number of the question give?"
    ),
    "counted-wrong": ("One whole number in it is off by one. Do the words say so many, and do both ends count?"),
    "decimal": (
        "One of the numbers in it has its decimal point in another place than in the question, such as 12 for 120. "
        "Which one, and what is a percentage divided by one hundred?"
    ),
    "percent-for-points": (
        "This is a change in percent of where it started. The question asks for the distance between two percentages. "
        "What is taken away from what?"
    ),
    "no-negative": "Less than nothing may be the answer: what would a number below zero say here?",
    "difference": "This is a difference, how many more. The question asks for a comparison: what is divided by what?",
    "quotient": "This comes from a division. The question asks how many more, or fewer: what is taken away from what?",
    "left-out": "One step is left out, or one number is not used. Which number of the question is not in your formula?",
    "other-step": (
        "One step goes the wrong way: it multiplies where it should divide, or adds where it should subtract, or the "
        "other way round. Try it with easy numbers: should the result be larger or smaller than what you start from?"
    ),
}

_OTHER_WAY: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
}
# 1, 10 and the like are in every formula: such an answer says nothing about the way to it.
_TOO_COMMON = {0.0, 1.0, 10.0, 100.0, 1e3, 1e6, 1e9}


def means(way: str) -> str:
    """Return the sentence for a way, as `ways` names it.

    >>> means("answer-of:units-2017-by")
    'This is the answer to the exercise `units-2017-by`. What does this one ask for?'
    """
    name, _, what = way.partition(":")
    return MEANS[name].format(what)


def mistake_id(way: str) -> str:
    """Return the name of a way in the notes that programs read.

    >>> mistake_id("rounded:3")
    'derived-rounded'
    """
    return f"derived-{way.partition(':')[0]}"


def ways(expression: str, unit: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each way in which an expression goes wrong, with the expression that it leads to.

    Args:
        expression: Python source of a number; what cannot be parsed has no known ways.
        unit: the unit of the number: only a comparison can be a change given for a ratio.

    >>> dict(ways("19000 / 2.5", "vehicles"))["upside-down"]
    '2.5 / 19000'
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError:
        return
    yield "sign", f"-({ast.unparse(tree)})"
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.expr)]
    operations = [node for node in nodes if isinstance(node, ast.BinOp)]
    if isinstance(tree, ast.Call) and not operations:
        return  # a number that is looked up: no step of arithmetic leads to it, and none can go wrong
    yield from _of_a_comparison(ast.unparse(tree), unit)
    yield from _starting_points(tree, nodes)
    for node in operations:
        if node is not tree:
            yield "step", ast.unparse(node)
    yield from _without_brackets(tree)
    yield from _of_the_whole(tree, unit)
    yield from _counted_wrong(tree, nodes)
    for node in operations:
        if isinstance(node.op, ast.Div):
            yield "upside-down", _with(tree, node, ast.BinOp(node.right, node.op, node.left))
        if isinstance(node.op, ast.Sub):
            yield "sign", _with(tree, node, ast.BinOp(node.right, node.op, node.left))
    for node in operations:
        yield "left-out", _with(tree, node, node.left)
        yield "left-out", _with(tree, node, node.right)
    for node in operations:
        if type(node.op) in _OTHER_WAY:
            yield "other-step", _with(tree, node, ast.BinOp(node.left, _OTHER_WAY[type(node.op)], node.right))


def rounded_too_far(number: float, fits: Callable[[float], bool]) -> Iterator[tuple[str, float]]:
    """Yield a number rounded to so few digits that it does not fit any more, and cut to them.

    >>> list(rounded_too_far(-2.16, lambda number: abs(number + 2.16) < 0.05))
    [('rounded:2', -2.0), ('rounded:2', -2.0)]
    """
    if not number or not math.isfinite(number):
        return
    needed = next((digits for digits in range(1, 9) if fits(float(f"{number:.{digits - 1}e}"))), None)
    for digits in range(1, needed or 1):
        step = 10.0 ** (math.floor(math.log10(abs(number))) - digits + 1)
        for shorter in (float(f"{number:.{digits - 1}e}"), math.trunc(number / step) * step):
            if not fits(shorter):
                yield f"rounded:{needed}", shorter


def numbers(
    expression: object,
    unit: str,
    evaluate: Evaluate,
    fits: Callable[[float], bool],
    is_known: Callable[[float], bool] = lambda number: False,
    others: Others = (),
) -> list[tuple[str, float]]:
    """Return the ways in which the expression of a number goes wrong, each with the number that it leads to.

    Args:
        expression: Python source, or the number itself.
        unit: the unit of the number.
        evaluate: takes an expression's source and returns its value.
        fits: takes a number and returns whether it is right.
        is_known: takes a number and returns whether the check has something better to say of it.
        others: id and expression of the unit's other answers.

    Each number is there once, under its first way. Another exercise's answer that is as round as a guess is left out.
    """
    right = float(evaluate(expression))
    found = list(rounded_too_far(right, fits))
    led_to = [
        *ways(str(expression), unit),
        *((f"answer-of:{name}", str(other)) for name, other in others),
    ]
    for way, source in sorted(led_to, key=_rank):
        with contextlib.suppress(Exception):  # a part of an expression need not have a finite value
            found.append((way, kept(evaluate(source))))
    first: list[tuple[str, float]] = []
    for way, number in found:
        is_new = not any(math.isclose(number, other, rel_tol=ROUND_OFF) for _, other in first)
        is_chance = way.startswith("answer-of") and is_rounder(number, math.pi)
        if math.isfinite(number) and is_new and not is_chance and not fits(number) and not is_known(number):
            first.append((way, number))
    return first


def functions(source: str, unit: str) -> Iterator[tuple[str, str]]:
    """Yield the ways in which the expression of a function goes wrong, each with the function that it leads to.

    >>> dict(functions("lambda new, old: new / old", ""))["change-alone"]
    'lambda new, old: new / old - 1'
    """
    tree = ast.parse(source.strip()).body[0]
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Lambda):
        start = f"lambda {ast.unparse(tree.value.args)}: "
        for way, expression in sorted(ways(ast.unparse(tree.value.body), unit), key=_rank):
            yield way, ast.unparse(ast.parse(start + expression))
        yield "no-negative", f"{start}max({ast.unparse(tree.value.body)}, 0)"
        yield "no-negative", f"{start}abs({ast.unparse(tree.value.body)})"


def _rank(way: tuple[str, object]) -> int:
    """Return the place of a way: the plainest explanation of a number comes first."""
    return list(MEANS).index(way[0].partition(":")[0])


def way_to(number: float, derived: Iterable[tuple[str, float]]) -> str | None:
    """Return the way that leads to a number, the nearest where several do, or None."""
    fitting = [(way, to) for way, to in derived if _leads_to(way, number, to)]
    return min(fitting, key=lambda pair: abs(pair[1] - number), default=(None, 0.0))[0]


def _leads_to(way: str, number: float, to: float) -> bool:
    """Return whether somebody who went a way writes this number: a rounded one has no more digits to lose.

    >>> _leads_to("rounded:2", 8000, 8000), _leads_to("rounded:5", 13726, 13730), _leads_to("step", 7.97, 7.9747)
    (True, False, True)
    """
    if way.startswith("rounded:"):
        return math.isclose(number, to)
    return is_rounding_of(number, to, digits=(3,))


def near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=NEAR)


def _of_a_comparison(expression: str, unit: str) -> Iterator[tuple[str, str]]:
    """Yield what a ratio, a share or a percentage is taken for: its inverse, its rest, a change."""
    if is_percent(unit):
        whole, inverse = "100", "10000"
    elif not unit or any(word in unit for word in ("times", "ratio", "share")):
        whole, inverse = "1", "1"
    else:
        return
    yield "upside-down", f"{inverse} / ({expression})"
    if _is_change(ast.parse(expression, mode="eval").body):
        yield "not-the-change", f"({expression}) + {whole}"
    else:
        yield "change-alone", f"({expression}) - {whole}"
        yield "rest", f"{whole} - ({expression})"


def _is_change(tree: ast.expr) -> bool:
    """Return whether an expression is a change: a difference, or one that is divided, in percent or not.

    >>> [_is_change(ast.parse(each, mode="eval").body) for each in ("(new / old - 1) * 100", "new / old * 100")]
    [True, False]
    """
    while isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult | ast.Div):
        tree = tree.left
    return isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Sub)


def _starting_points(tree: ast.expr, nodes: Sequence[ast.expr]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if _is_input(node, tree):
            yield "input", ast.unparse(node)


def _is_input(node: ast.expr, tree: ast.expr) -> bool:
    """Return whether a part of an expression is a number that one starts from."""
    if isinstance(node, ast.Constant):
        return node is not tree and isinstance(node.value, int | float) and float(node.value) not in _TOO_COMMON
    return node is not tree and isinstance(node, ast.Name | ast.Call)


def _counted_wrong(tree: ast.expr, nodes: Sequence[ast.expr]) -> Iterator[tuple[str, str]]:
    """Yield what comes out if a count or a ratio in the expression is one too many or too few."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and 1 < node.value < 100:
            way = "counted-wrong" if node.value == int(node.value) else "one-for-ratio"
            for value in (node.value - 1, node.value + 1):
                yield way, _with(tree, node, ast.Constant(round(value, 6)))
        if _is_input(node, tree):
            for factor in ("/ 10", "/ 100", "* 10", "* 100"):
                yield "decimal", _with(tree, node, ast.Name(f"({ast.unparse(node)} {factor})"))
        if isinstance(node, ast.Call):  # a figure of the text; if it is not a ratio, one more changes nothing
            for change in ("- 1", "+ 1"):
                yield "one-for-ratio", _with(tree, node, ast.Name(f"({ast.unparse(node)} {change})"))


def _without_brackets(tree: ast.expr) -> Iterator[tuple[str, str]]:
    """Yield what is left when brackets are forgotten, one pair or all; where none is needed, nothing changes."""
    if not any(isinstance(node, ast.Call) for node in ast.walk(tree)):
        yield "brackets", ast.unparse(tree).translate({ord(bracket): None for bracket in "()"})
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and node is not tree:
            yield "brackets", _with(tree, node, ast.Name("_inner")).replace("_inner", ast.unparse(node))


def _of_the_whole(tree: ast.expr, unit: str) -> Iterator[tuple[str, str]]:
    """Yield a difference for a quotient and the other way round, where the last steps are the one or the other."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.BinOp):
            continue
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        if isinstance(node.op, ast.Div):
            yield "difference", f"({left}) - ({right})"
            yield "difference", f"({right}) - ({left})"
        elif isinstance(node.op, ast.Sub):
            if "point" in unit:
                yield "percent-for-points", f"(({left}) / ({right}) - 1) * 100"
            yield "quotient", f"({left}) / ({right})"
            yield "quotient", f"({right}) / ({left})"


def _with(tree: ast.expr, node: ast.expr, other: ast.expr) -> str:
    """Return the source of an expression in which one part is replaced by another."""
    return ast.unparse(copy.deepcopy(tree, {id(node): other}))  # the memo of a copy says what stands for what
