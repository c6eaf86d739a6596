"""What a code cell does at its top level, read from its text alone."""

import ast
import builtins
import contextlib
import re
import secrets
import symtable
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any, NotRequired, TypedDict

# The kinds of code cells in the teacher's notebook, here because the judge's process does not import nbgrader.
TEST, LOCKED, OPEN, ANSWER = "test", "locked", "open", "answer"

# Magics that a test does not need: they set how something is shown, or measure how long it takes.
HARMLESS_MAGICS = {"autoreload", "config", "matplotlib", "precision"}


class Step(TypedDict):
    """What the judge is told about a code cell of the teacher's notebook."""

    kind: str
    name: str | None  # grade_id of a test or an answer
    source: str  # of an answer cell only imports
    learners: list[str]  # names that are the learner's from there on
    answer: NotRequired[str]  # all of an answer cell
    given: NotRequired[str]  # what works out data in cells that learners may change; of answer cells, above the answer


_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def parse_cell(source: str, magics_left_out: Container[str] | None = None) -> ast.Module:
    """Return a cell as Python; line magics such as `%matplotlib inline`, which need a shell, are left out.

    magics_left_out: the only ones to leave out. Lines keep their numbers. Raises SyntaxError if the cell is not Python.
    """
    module = _parse(source)
    module.body = [statement for statement in module.body if not _is_magic(statement, magics_left_out)]
    return module


def _parse(source: str) -> ast.Module:
    with contextlib.suppress(SyntaxError):
        return ast.parse(source)
    try:
        return ast.parse(_without_line_magics(source))
    except SyntaxError:
        if len(source) > _LONGEST or max(map(len, source.splitlines())) > _LONGEST_LINE:
            raise
        # Only other magics need it, and its import takes a quarter of a second.
        from IPython.core.inputtransformer2 import TransformerManager

        return ast.parse(TransformerManager().transform_cell(source))


_LINE_MAGIC = re.compile(r"^%(\w+)(?: ((?! )[^?\n]*[^?\s\\]))? *$", re.ASCII | re.MULTILINE)


def _without_line_magics(source: str) -> str:
    """Return a cell with each line magic at its top level as the call that IPython makes of it.

    Raises SyntaxError if the code above such a line is not whole, so that the line may be a part of it.
    """
    end = 0
    for magic in _LINE_MAGIC.finditer(source):
        ast.parse(source[end : magic.start()])
        end = magic.end()
    return _LINE_MAGIC.sub(lambda magic: f"get_ipython().run_line_magic({magic[1]!r}, {magic[2] or ''!r})", source)


# IPython reads a cell again for each magic in it, and for some lines takes a time that grows with the square of their
# length. A longer cell with magics counts as one that is not Python.
_LONGEST, _LONGEST_LINE = 20_000, 1000


def run_as_cell(source: str, names: dict[str, Any], file: str, magics_left_out: Container[str] | None = None) -> Any:
    """Run a cell; return the value that it would show as its result, or None.

    file: how its code is called in tracebacks. magics_left_out: as for `parse_cell`.

    >>> run_as_cell("x = 20\\n2 * x + 2", {}, "<cell>")
    42
    """
    module = parse_cell(source, magics_left_out)
    last = module.body[-1] if module.body else None
    shown = None
    if isinstance(last, ast.Expr) and not source.rstrip().endswith(";"):
        shown = ast.Expression(last.value)
        module.body.pop()
    exec(compile(module, file, "exec"), names)
    return eval(compile(shown, file, "eval"), names) if shown else None


def beginning_and_end(test: str) -> tuple[str, str]:
    """Return a test in two parts. Its end begins with its last statement, or with the last assert if that is earlier.

    >>> beginning_and_end("x = share(2)\\nassert x > 0\\nassert x == 0.5")
    ('x = share(2)\\nassert x > 0', 'assert x == 0.5')
    """
    try:
        statements = parse_cell(test, ()).body
    except SyntaxError:
        return "", test
    last = len(statements) - 1
    if asserted := _asserted(statements):
        last = next(place for place, one in enumerate(statements) if asserted[-1] in ast.walk(one))
    # Several may stand on one line.
    while last > 0 and statements[last - 1].end_lineno == _first_line(statements[last]):
        last -= 1
    lines = test.split("\n")
    first = _first_line(statements[last]) - 1 if last > 0 else 0
    return "\n".join(lines[:first]), "\n".join(lines[first:])


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def _asserted(statements: Iterable[ast.stmt]) -> list[ast.expr]:
    """Return what asserts ask for."""
    return [part.test for part in ast.walk(ast.Module([*statements], [])) if isinstance(part, ast.Assert)]


def bound_to_fail(test: str) -> str:
    """Return a test that fails whatever the answers are, and up to its end is another one.

    Its last line compares what the test last asks about with a number that nobody knows beforehand.

    >>> bound_to_fail("assert share(2) == 0.5")  # doctest: +ELLIPSIS
    'assert share(2) == 0.5\\nassert share(2) == ...'
    """
    asked: ast.expr = ast.Constant(0)
    with contextlib.suppress(SyntaxError):
        asked = [asked, *_asserted(parse_cell(test).body)][-1]
    return f"{test}\nassert {ast.unparse(_with_unknown_number(asked))}"


def _with_unknown_number(asked: ast.expr) -> ast.expr:
    """Return what compares the first part of what an assert asks for with a number that nobody knows beforehand."""
    number = ast.Constant(secrets.randbelow(10**9) + 2)
    return ast.Compare(asked.left if isinstance(asked, ast.Compare) else asked, [ast.Eq()], [number])


def compared_with_others(test: str) -> str | None:
    """Return the end of a test whose comparisons are with other numbers and texts, which nobody knows beforehand.

    None: it has none. They are larger than any answer, with which the test might pass by chance otherwise, and each far
    larger than those after it: what is near to one of them is none of the test's own, and no tolerance is wide enough.

    >>> compared_with_others("x = f(2)\\nassert abs(x - 4) < 0.1")  # doctest: +ELLIPSIS
    'x = f(2)\\nassert abs(x - ...) < ...'
    >>> compared_with_others("assert x == 1\\nassert_equal(y, 2)")  # doctest: +ELLIPSIS
    'assert x == 1\\nassert_equal(y, ...)'
    >>> compared_with_others("if x:\\n    assert y == 1\\nelse:\\n    assert x")  # doctest: +ELLIPSIS
    'if x:\\n    assert y == ...\\nelse:\\n    assert x == ...'
    >>> compared_with_others("assert f(2)")
    >>> compared_with_others("assert f(2) == 10**6 * 3")
    >>> compared_with_others(f"assert f(2) == {[0.5] * 999}")[:21], "inf" in compared_with_others("assert f(2) < 1e999")
    ('assert f(2) == [1e+30', False)
    """
    try:
        module = parse_cell(test, ())
    except SyntaxError:
        return None
    asserts = _last_asserts(module.body)
    compares: list[ast.expr] = [one.test for one in asserts]
    match module.body[-1:]:
        case [ast.Expr(ast.Call(args=[_, *_] as args))]:
            # A function that tests, as those of `numpy.testing` do.
            asserts, compares = [], args
    found = [one for part in compares for one in _constants_in(part)]
    for asked in asserts:
        if not any(_constants_in(asked.test)):
            asked.test = _with_unknown_number(asked.test)
    numbers = [abs(one.value) for one in found if isinstance(one.value, (int, float))]
    size = int((_LARGE + secrets.randbelow(1000 * _LARGE)) * min(1 + sum(numbers), _FAR))
    for one in reversed(found):
        if isinstance(one.value, str):
            one.value = secrets.token_hex(8)
        else:
            one.value = size if isinstance(one.value, int) else float(size)
            size = min(10 * size, _FAR**2)
    return ast.unparse(module) if found else None


def _last_asserts(statements: Sequence[ast.stmt]) -> list[ast.Assert]:
    """Return the last assert of statements, or that of each branch: other answers may come to another one."""
    for one in reversed(statements):
        if isinstance(one, ast.Assert):
            return [one]
        if found := [last for block in _blocks_in(one) for last in _last_asserts(block)]:
            return found
    return []


def _blocks_in(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for _, part in ast.iter_fields(statement):
        match part:
            case [ast.stmt(), *_]:
                yield part
            case [ast.ExceptHandler() | ast.match_case(), *_]:
                yield from (one.body for one in part)


_LARGE = 10**30
# Its square can be a float.
_FAR = 10**150
_TAKE_SIZES = {"bytearray", "bytes", "pow", "range"}


def _constants_in(part: ast.AST) -> Iterator[ast.Constant]:
    """Yield the numbers and texts that are not handed to functions, but for Python's own.

    Those that say how large something gets are left out.
    """
    if isinstance(part, ast.Constant) and type(part.value) in (int, float, str):
        yield part
    called = part.func.id if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) else ""
    is_own = isinstance(part, ast.Call) and (not hasattr(builtins, called) or called in _TAKE_SIZES)
    grows = isinstance(part, ast.BinOp) and isinstance(part.op, (ast.Mult, ast.Pow, ast.LShift))
    for inner in () if is_own or grows or isinstance(part, (ast.Subscript, ast.Lambda)) else ast.iter_child_nodes(part):
        yield from _constants_in(inner)


def definitions_of(module: ast.Module) -> ast.Module:
    """Return only the imports, functions and classes of a cell."""
    return ast.Module([part for part in module.body if isinstance(part, _DEFINITIONS)], type_ignores=[])


def imports_of(module: ast.Module) -> ast.Module:
    """Return only the imports of a cell."""
    return ast.Module([part for part in module.body if isinstance(part, (ast.Import, ast.ImportFrom))], [])


def statements_of(module: ast.Module) -> ast.Module:
    """Return all of a cell but its imports, functions and classes."""
    return ast.Module([part for part in module.body if not isinstance(part, _DEFINITIONS)], [])


def changed_names(module: ast.Module) -> set[str]:
    """Return the names that a cell binds, and others of which it seems to change what they hold.

    >>> sorted(changed_names(parse_cell("rows['n'] = 2\\ncars.made += 1\\nfor n in x: found.append(n)")))
    ['cars', 'found', 'n', 'rows']
    """
    places: list[ast.expr] = []
    for part in ast.walk(module):
        match part:
            case (
                ast.Expr(ast.Call(func=place))
                | (ast.Subscript(ctx=ast.Store() | ast.Del()) as place)
                | (ast.Attribute(ctx=ast.Store() | ast.Del()) as place)
            ):
                places.append(place)
    found = bound_names(module)
    for place in places:
        while isinstance(place, (ast.Subscript, ast.Attribute)):
            place = place.value
        found |= {place.id} if isinstance(place, ast.Name) else set()
    return found


def above_solution(source: str, begin: str) -> ast.Module:
    """Return what stands in an answer cell above the solution. begin: what the line holds in which that begins.

    >>> ast.unparse(above_solution("x = 1\\n### BEGIN SOLUTION\\ny = x\\n### END SOLUTION\\nz = y", "BEGIN SOLUTION"))
    'x = 1'
    """
    begins = [number for number, line in enumerate(source.split("\n"), 1) if begin in line]
    return ast.Module([part for part in parse_cell(source).body if (part.end_lineno or 0) < min(begins, default=0)], [])


def without_values(source: str, names: Container[str]) -> str:
    """Return a cell without the statements that give some names values of their own.

    >>> without_values("n = 200\\nhalf = n / 2\\nn = n + 1", ["n"])
    'half = n / 2\\nn = n + 1'
    """
    with contextlib.suppress(SyntaxError):
        module = parse_cell(source)
        module.body = [part for part in module.body if not _gives_alone(part, names)]
        return ast.unparse(module)
    return source


def _gives_alone(part: ast.stmt, names: Container[str]) -> bool:
    match part:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=value)
        ):
            return name in names and name not in {getattr(inner, "id", "") for inner in ast.walk(value or part)}
    return False


def earlier_answers(steps: Sequence[Step], test: str) -> dict[str, str]:
    """Return the names that a test finds as answers of earlier exercises left them -> the answer cell that binds each.

    A test's own exercise is all that lies between the answer cells next above it and the test before those.

    >>> def step(kind, source, name=None):
    ...     return {"kind": kind, "name": name, "source": "", "learners": source.split(), "answer": f"{source} = 1"}
    >>> earlier_answers([step(ANSWER, "x"), step(TEST, "", "a"), step(ANSWER, "y"), step(TEST, "", "b")], "b")
    {'x': 'x = 1'}
    """
    above, first = own_exercise(steps, test)
    found: dict[str, str] = {}
    for place, step in enumerate(above):
        bound = names_bound_in(step["source"]) if step["kind"] != OPEN else frozenset()
        for name in bound | set(step["learners"]):
            found.pop(name, None)
            if step["kind"] == ANSWER and place < first and name not in bound:
                found[name] = step["answer"]
    return found


def own_answers(steps: Sequence[Step], test: str) -> set[str]:
    """Return the names that the answer cells of a test's own exercise bind, other than by imports."""
    above, first = own_exercise(steps, test)
    answers = [step for step in above[first:] if step["kind"] == ANSWER]
    return {name for step in answers for name in set(step["learners"]) - names_bound_in(step["source"])}


def own_exercise(steps: Sequence[Step], test: str) -> tuple[list[Step], int]:
    """Return the steps above a test, and the place among them where its own exercise begins."""
    above = list(takewhile(lambda step: step["name"] != test, steps))
    last = max((place for place, step in enumerate(above) if step["kind"] == ANSWER), default=0)
    return above, max((place for place, step in enumerate(above[:last]) if step["kind"] == TEST), default=0)


def assigned_names(module: ast.Module) -> set[str]:
    """Return the names that a cell binds other than by imports, functions and classes.

    >>> sorted(assigned_names(parse_cell("import os\\nx, y = 1, 2\\nfor z in []:\\n    pass")))
    ['x', 'y', 'z']
    """
    return bound_names(statements_of(module))


def bound_names(module: ast.Module) -> set[str]:
    """Return all names that a cell binds.

    >>> sorted(bound_names(parse_cell("import os\\ndef double(x):\\n    return 2 * x")))
    ['double', 'os']
    """
    symbols = _table_of(module).get_symbols()
    return {one.get_name() for one in symbols if one.is_assigned() or one.is_imported() or one.is_namespace()}


@lru_cache(maxsize=1024)
def names_bound_in(source: str) -> frozenset[str]:
    """Return all names that a cell with this text binds. Each test asks for those of all cells above it."""
    return frozenset(bound_names(parse_cell(source)))


def imported_names(module: ast.Module) -> set[str]:
    """Return the names that a cell binds by imports."""
    return bound_names(imports_of(module))


def imports_in(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that only imports of a cell give a meaning, each with what it stands for.

    >>> list(imports_in(parse_cell("import os.path\\nfrom matplotlib import pyplot as plt\\nimport time\\ntime = 1")))
    [('os', 'os'), ('plt', 'matplotlib.pyplot')]
    """
    imports = imports_of(module).body
    others = bound_names(ast.Module([part for part in module.body if part not in imports], []))
    for part in imports:
        of = f"{'.' * part.level}{part.module or ''}." if isinstance(part, ast.ImportFrom) else ""
        for one in getattr(part, "names", ()):
            first = one.name.partition(".")[0]
            name, path = (one.asname, one.name) if one.asname else (first, one.name if of else first)
            if name not in others:
                yield name, of + path


def names_used(module: ast.Module) -> set[str]:
    """Return all names that a cell uses, including those inside functions.

    >>> sorted(names_used(parse_cell("def near(x):\\n    return abs(x - goal)")))
    ['abs', 'goal', 'near']
    """
    return set(_top_level_names(_table_of(module)))


def names_needed(module: ast.Module) -> set[str]:
    """Return the names that a cell takes from cells above it: what it reads before it has given it a value itself.

    >>> sorted(names_needed(parse_cell("x = 2 * n\\nprint(x)\\nm += 1\\nfor row in rows: seen = row\\nt = t.copy()")))
    ['m', 'n', 'print', 'rows', 't']
    """
    found: set[str] = set()
    bound: set[str] = set()
    for part in module.body:
        alone = ast.Module([part], [])
        binds = bound_names(alone)
        # What a loop, say, gives and reads, it mostly gives first.
        reads = set(_names_read(_table_of(alone))) - (binds if hasattr(part, "body") else set())
        reads |= binds if isinstance(part, ast.AugAssign) else set()
        found |= reads - bound
        bound |= binds
    return found


def _names_read(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _names_read(inner)


def names_and_words(module: ast.Module) -> set[str]:
    """Return all names in a cell, and all words in its strings.

    >>> sorted(names_and_words(parse_cell("table.query('year > first')")))
    ['first', 'table', 'year']
    """
    strings = [part.value for part in ast.walk(module) if isinstance(part, ast.Constant) and type(part.value) is str]
    return names_used(module) | {word for text in strings for word in re.findall(r"[^\W\d]\w*", text)}


def _table_of(module: ast.Module) -> symtable.SymbolTable:
    return symtable.symtable(ast.unparse(ast.fix_missing_locations(module)), "<cell>", "exec")


def _top_level_names(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if table.get_type() == "module" or symbol.is_global():
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _top_level_names(inner)


def _is_magic(statement: ast.stmt, names: Container[str] | None) -> bool:
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    called, first = statement.value.func, next(iter(statement.value.args), None)
    if names is not None and not (isinstance(first, ast.Constant) and first.value in names):
        return False
    return (
        isinstance(called, ast.Attribute)
        and called.attr == "run_line_magic"
        and isinstance(called.value, ast.Call)
        and isinstance(called.value.func, ast.Name)
        and called.value.func.id == "get_ipython"
    )
