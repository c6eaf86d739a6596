"""What a code cell does at its top level, told from its text alone."""

import ast
import symtable

from IPython.core.inputtransformer2 import TransformerManager

_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def parse_cell(source: str) -> ast.Module:
    """Return a cell as Python; line magics such as `%matplotlib inline`, which need a shell, are left out.

    Lines keep their numbers. Raises SyntaxError if it is no Python.
    """
    module = ast.parse(TransformerManager().transform_cell(source))
    module.body = [statement for statement in module.body if not _is_magic(statement)]
    return module


def definitions_of(module: ast.Module) -> ast.Module:
    """Return a cell without all that is no import, function or class."""
    return ast.Module([part for part in module.body if isinstance(part, _DEFINITIONS)], type_ignores=[])


def assigned_names(module: ast.Module) -> set[str]:
    """Return the names that a cell binds other than by imports, functions and classes.

    >>> sorted(assigned_names(parse_cell("import os\\nx, y = 1, 2\\nfor z in []:\\n    pass")))
    ['x', 'y', 'z']
    """
    return bound_names(ast.Module([part for part in module.body if not isinstance(part, _DEFINITIONS)], []))


def bound_names(module: ast.Module) -> set[str]:
    """Return all names that a cell binds.

    >>> sorted(bound_names(parse_cell("import os\\ndef double(x):\\n    return 2 * x")))
    ['double', 'os']
    """
    table = symtable.symtable(ast.unparse(ast.fix_missing_locations(module)), "<cell>", "exec")
    symbols = table.get_symbols()
    return {one.get_name() for one in symbols if one.is_assigned() or one.is_imported() or one.is_namespace()}


def _is_magic(statement: ast.stmt) -> bool:
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    called = statement.value.func
    return (
        isinstance(called, ast.Attribute)
        and called.attr == "run_line_magic"
        and isinstance(called.value, ast.Call)
        and isinstance(called.value.func, ast.Name)
        and called.value.func.id == "get_ipython"
    )
