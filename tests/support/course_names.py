"""Which Python a unit's code uses, which of it a text has introduced, and which names change their value."""

import ast
import builtins
import io
import keyword
import re
import tokenize
from collections.abc import Iterator, Sequence

from secondcar.building.sources import SOLUTION_END, SOLUTION_START, Course, SourceCell, Unit
from secondcar.building.vocabulary import introduced
from tests.support.paths import ROOT

UNITS = Course(ROOT).units
# The tag of a cell that only makes something to look at; the text beside it says so.
TO_LOOK_AT = "to-look-at"
# What school maths does not have.
OPERATORS = {"**", "==", "!=", "<=", ">=", "%", "//", "&", "|", "~"}


def used(code: str) -> dict[str, None]:
    """Return what a beginner has to know of Python to read a cell of code, in the order of the code.

    These are its keywords and operators, built-in functions, methods and attributes, the names of inputs (`hue=`), what
    it imports, and f-strings (`f`).
    """
    words = (token.string for token in tokenize.generate_tokens(io.StringIO(code).readline))
    found = dict.fromkeys(word for word in words if keyword.iskeyword(word) or word in OPERATORS)
    return found | dict.fromkeys(_named(code))


def _named(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name) and hasattr(builtins, node.id):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, ast.Call):
            yield from (given.arg for given in node.keywords if given.arg and not _names_columns(node))
        elif isinstance(node, ast.JoinedStr):
            yield "f"


def _names_columns(call: ast.Call) -> bool:
    """Return whether what a call names by `=` are new columns, whose names are the author's own."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "assign"


def untaught(units: Sequence[Unit], last: Unit) -> list[str]:
    """List what the code of a unit uses before a text has introduced it, in this unit or in one before it.

    The text below a cell counts as well: run first, then read what it did.
    """
    known: set[str] = set()
    found: list[str] = []
    for unit in units[: units.index(last) + 1]:
        found = list(_not_yet(unit, known))
    return found


def _not_yet(unit: Unit, known: set[str]) -> Iterator[str]:
    """Yield what a unit uses and nobody knows yet; add to `known` what it introduces."""
    for cell, below in zip(unit.cells, [*unit.cells[1:], None], strict=True):
        known.update(_introduced_by(cell))
        explained = known | _introduced_by(below)
        if is_for_reading(cell):
            yield from (f"{cell.id}: {name}" for name in used(cell.source) if name not in explained)


def _introduced_by(cell: SourceCell | None) -> set[str]:
    return set(introduced(cell.source)) if cell and cell.kind == "markdown" else set()


def is_for_reading(cell: SourceCell) -> bool:
    """Return whether learners are to understand a cell: it is Python, and not only something to look at."""
    if cell.kind != "code" or TO_LOOK_AT in cell.tags:
        return False
    try:
        ast.parse(cell.source)
    except SyntaxError:
        return False
    return True


def renamed_things(unit: Unit) -> dict[str, list[str]]:
    """Return the names that get another value in a later cell, with the values; a table may gain and lose parts.

    A function's inputs and its own names count as well, since a beginner takes `percent` for one thing.
    """
    values: dict[str, list[str]] = {}
    for cell in filter(is_for_reading, unit.cells):
        for name, value in _given(ast.parse(without_solution(cell.source))):
            if value not in values.setdefault(name, []):
                values[name].append(value)
    return {name: given for name, given in values.items() if len(given) > 1}


def without_solution(code: str) -> str:
    """Return a cell as learners get it: the names of a solution are not theirs."""
    return re.sub(rf"^ *{SOLUTION_START}.*?{SOLUTION_END}$", "", code, flags=re.MULTILINE | re.DOTALL)


def _given(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield each name that a cell gives, with its value as it is written; `input` for a function's input."""
    last: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg, "input"
        elif isinstance(node, ast.Assign) and ast.unparse(node.value) != "...":
            for name in (name for target in node.targets for name in ast.walk(target)):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store) and not _is_part(name.id, node.value):
                    last[name.id] = node.value
    yield from ((name, ast.unparse(value)) for name, value in last.items())


def _is_part(name: str, value: ast.expr) -> bool:
    """Return whether a value is the named thing with more or fewer rows and columns: not one column of it."""
    if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant):
        return False
    root = value
    while isinstance(root, ast.Call | ast.Attribute | ast.Subscript):
        root = root.func if isinstance(root, ast.Call) else root.value
    return isinstance(root, ast.Name) and root.id == name
