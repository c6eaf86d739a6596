"""No test passes because the loop in which it asserts had nothing to go through."""

import ast

from tests.support.paths import ROOT
from tests.support.some import some

# What hands on what it is given, one by one.
HANDED_ON = {"enumerate", "reversed", "sorted", "zip"}


def loops_that_may_be_empty(source: str) -> list[int]:
    """Return the lines of loops that assert and that may go through nothing.

    A loop over something written out, a constant of the module, a range or what `some` returned goes through
    something; what was found, read or computed may be empty.

    >>> loops_that_may_be_empty("for path in folder.glob('*'):\\n    assert path.is_file()")
    [1]
    >>> loops_that_may_be_empty("assert all(path.is_file() for path in some(folder.glob('*')))")
    []
    """
    return [found.lineno for node in ast.walk(ast.parse(source)) if not goes_through_something(found := asserted(node))]


def asserted(node: ast.AST) -> ast.expr:
    """Return what a loop that asserts goes through; of anything else, a constant."""
    match node:
        case ast.For(iter=found) if any(isinstance(inner, ast.Assert) for inner in ast.walk(node)):
            return found
        case ast.Assert(test=ast.Call(func=ast.Name(id="all"), args=[ast.GeneratorExp(generators=[first, *_])])):
            return first.iter
    return ast.Constant(None)


def goes_through_something(found: ast.expr) -> bool:
    """Return whether it can be read in the test that there is something to go through."""
    match found:
        case ast.Constant() | ast.Call(func=ast.Name(id="some" | "range")):
            return True
        case ast.Tuple(elts=written) | ast.List(elts=written) | ast.Set(elts=written) | ast.Dict(keys=written):
            return bool(written)
        case ast.Name(id=name) | ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name.isupper():
            return True
        case ast.Call(func=ast.Name(id=name), args=handed) if name in HANDED_ON:
            return any(map(goes_through_something, handed))
    return False


def test_a_loop_that_asserts_has_something_to_go_through():
    paths = sorted(ROOT.joinpath("tests").rglob("*.py"))
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in some(paths)
        for line in loops_that_may_be_empty(path.read_text(encoding="utf-8"))
    }
    assert found == set(), "write: for ... in some(...)"
