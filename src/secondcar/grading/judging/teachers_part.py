"""Which names of a notebook are the teacher's and which the learner's: read from the source notebook.

The judge runs the teacher's part itself: what locked cells do, what test cells do, and the imports, functions and
classes of all other cells except answer cells. Every other name is the learner's: what answer cells bind, and what
unlocked cells assign. Of the modules that answer cells import, the judge has its own.
"""

import ast
import builtins
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import is_grade, is_locked, is_solution

from secondcar.grading.judging.cell_code import (
    ANSWER,
    LOCKED,
    OPEN,
    TEST,
    Step,
    above_solution,
    assigned_names,
    bound_names,
    changed_names,
    definitions_of,
    imported_names,
    imports_in,
    imports_of,
    names_and_words,
    names_used,
    own_answers,
    own_exercise,
    parse_cell,
    statements_of,
    without_values,
)

# A test that calls one of these may look up a name that it does not have.
_LOOK_UP_ANY = {"eval", "exec", "globals", "locals", "vars", "get_ipython"}


@lru_cache(maxsize=32)
def read_steps(notebook: bytes, begin: str = "BEGIN SOLUTION") -> list[Step]:
    """Return what the judge is told about a source notebook, one step for each code cell.

    A cell that is not Python is left out. begin: as in `above_solution`.
    """
    return list(_steps(nbformat.reads(notebook.decode(), as_version=4), begin))


def names_in(cell: NotebookNode) -> set[str]:
    """Return all names in a code cell; none if it is not Python."""
    try:
        return names_used(parse_cell(cell.source)) - set(dir(builtins))
    except SyntaxError:
        return set()


def names_needed_below(
    notebook: NotebookNode,
    visible: Callable[[NotebookNode], str],
    runs_there: Callable[[NotebookNode], str] | None = None,
) -> dict[str, list[str]]:
    """Return the tests whose hidden parts make names that are used below, by what runs there -> these names.

    visible: returns the part of a test that learners are given, or all of it if all of it runs in the notebook.
    runs_there: returns the part of a test below that needs names; the visible one, if it is not given.
    """
    needed: dict[str, set[str]] = {}
    # Name -> the test whose hidden part made it last.
    made: dict[str, str] = {}
    imported: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        try:
            whole = parse_cell(cell.source)
            shown, runs = (
                parse_cell(part(cell)) if is_test(cell) else whole for part in (visible, runs_there or visible)
            )
        except SyntaxError:
            continue
        bound = bound_names(shown)
        for name in (names_used(runs) - bound_names(runs)) & made.keys():
            needed.setdefault(made[name], set()).add(name)
        made = {name: test for name, test in made.items() if name not in bound}
        # Importing once more changes nothing.
        hidden = bound_names(whole) - bound - (imported & imported_names(whole))
        made |= dict.fromkeys(hidden, cell.metadata.get("nbgrader", {}).get("grade_id"))
        imported |= imported_names(shown)
    return {test: sorted(names) for test, names in needed.items()}


@lru_cache(maxsize=1024)
def names_asked(notebook: bytes, test: str, source: str, learners_data: bool) -> tuple[str, ...] | None:
    """Return the learner's names that a test may ask for, or None if its text does not name them.

    source: of the test. learners_data: whether what locked cells assign is the learner's too.
    A name counts if the test has it, or something whose definition above is the teacher's and has it; what the test
    itself imports needs no definition above, least of all an earlier test that imports it too. In strings only
    names that the source notebook gives to learners count: `query` reads some there, and most are hidden words.
    """
    above = takewhile(lambda step: step["name"] != test, read_steps(notebook))
    teachers, learners, definitions = _names_above(above, learners_data)
    asked: set[str] = set()
    left: list[tuple[float, ast.Module]] = [(math.inf, parse_cell(source))]
    seen: set[float] = set()
    while left:
        place, module = left.pop()
        used = names_used(module)
        found = (used - teachers - bound_names(module)) | (names_and_words(module) & learners)
        imported = {name for name, _ in imports_in(module)}
        for name in (used - imported) & definitions.keys():
            # A cell that gives a name anew may need what it was before.
            last = max((one for one in definitions[name] if one < place), default=None)
            if last is not None and last not in seen:
                seen.add(last)
                left.append((last, definitions[name][last]))
        asked |= found
        if used & _LOOK_UP_ANY:
            return None
    return tuple(sorted(asked))


def names_to_keep(notebook: bytes, test: str, source: str, visible: str, learners_data: bool) -> tuple[str, ...] | None:
    """Return the names that a notebook keeps for a test, or None if a fork has to keep them all.

    The notebook learns them while its cells still run. So they do not say what the hidden part asks for: they are the
    names in the part that was handed out, or those and all that answers of this exercise bind, or unknown.
    """
    asked = names_asked(notebook, test, source, learners_data)
    try:
        shown = names_asked(notebook, test, visible, learners_data)
    except SyntaxError:
        shown = ()
    if asked is None or shown is None or set(asked) <= set(shown):
        return None if asked is None else shown
    likely = {*shown, *own_answers(read_steps(notebook), test)}
    return tuple(sorted(likely)) if set(asked) <= likely else None


def _names_above(
    above: Iterable[Step], learners_data: bool
) -> tuple[set[str], set[str], dict[str, dict[int, ast.Module]]]:
    """Return the teacher's names, the learner's, and by place the teacher's cells that bind each name."""
    teachers = set(dir(builtins))
    learners: set[str] = set()
    definitions: dict[str, dict[int, ast.Module]] = defaultdict(dict)
    for place, step in enumerate(above):
        module, bound, assigned = _teachers_part(step["source"], step["kind"] == OPEN)
        for name in bound if step["kind"] != ANSWER else ():
            definitions[name][place] = module
        teachers = (teachers | bound) - set(step["learners"])
        learners = (learners - bound) | set(step["learners"])
        if step["kind"] == LOCKED and learners_data:
            learners |= assigned
    return teachers, learners, definitions


@lru_cache(maxsize=1024)
def _teachers_part(source: str, is_open: bool) -> tuple[ast.Module, frozenset[str], frozenset[str]]:
    """Return what of a cell is the teacher's, what that binds, and what of it by other than definitions."""
    module = definitions_of(parse_cell(source)) if is_open else parse_cell(source)
    return module, frozenset(bound_names(module)), frozenset(assigned_names(module))


def solutions_after_tests(notebook: bytes, names: set[str]) -> dict[str, list[str]]:
    """Return the answer cells of a source notebook that bind some names, by the test that comes first below each."""
    found: dict[str, list[str]] = {}
    waiting: list[str] = []
    for step in read_steps(notebook):
        if step["kind"] == ANSWER and not names.isdisjoint(step["learners"]):
            waiting.append(step["answer"])
        elif step["kind"] == TEST and waiting:
            found[step["name"] or ""], waiting = waiting, []
    return found


def with_teachers_data(
    cells: Iterable[NotebookNode], steps: Sequence[Step], test: str, names: Collection[str]
) -> Iterator[NotebookNode]:
    """Yield a learner's cells, with the teacher's data under some names where the exercise of a test begins.

    steps: of the source notebook, in which cells that learners may change give these names a value.
    """
    above, first = own_exercise(steps, test)
    answers = [step["name"] for step in above[first:] if step["kind"] == ANSWER]
    given = [step["given"] for step in above if step["kind"] == OPEN or step["name"] in answers]
    for cell in cells:
        place = cell.metadata.get("nbgrader", {}).get("grade_id")
        if place in answers[:1]:
            yield from (new_code_cell(one) for one in given if not changed_names(parse_cell(one)).isdisjoint(names))
        yield NotebookNode(cell, source=without_values(cell.source, names)) if place in answers else cell


def is_test(cell: NotebookNode) -> bool:
    """Return whether a cell is graded by running it."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _steps(notebook: NotebookNode, begin: str) -> Iterator[Step]:
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        try:
            module = parse_cell(cell.source)
        except SyntaxError:
            continue
        if is_test(cell):
            yield {"kind": TEST, "name": cell.metadata.nbgrader.grade_id, "source": cell.source, "learners": []}
        elif is_solution(cell):
            imports = ast.unparse(imports_of(module))
            learners = sorted(bound_names(module))
            given = ast.unparse(statements_of(above_solution(cell.source, begin)))
            step: Step = {
                "kind": ANSWER,
                "name": cell.metadata.nbgrader.grade_id,
                "source": imports,
                "learners": learners,
            }
            yield {**step, "answer": cell.source, "given": given}
        elif is_locked(cell):
            yield {"kind": LOCKED, "name": None, "source": cell.source, "learners": []}
        else:
            learners, given = sorted(assigned_names(module)), ast.unparse(statements_of(module))
            yield {"kind": OPEN, "name": None, "source": cell.source, "learners": learners, "given": given}
