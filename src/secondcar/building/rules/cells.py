"""Each exercise has its cells: a solution and a graded cell, or a task and a cell to write in; and its answers."""

import ast
from collections import Counter
from collections.abc import Sequence

from secondcar.building.errors import Fault, Faults
from secondcar.building.sources import CHECK_SUFFIX, SOLUTION_END, SOLUTION_START, SourceCell, Unit, check_call
from secondcar.checks.answers_file import variable_of
from secondcar.checks.kinds import KINDS


def in_course(units: Sequence[Unit]) -> Faults:
    """Yield the ids that two units share: an exercise's id names it in reports over all units."""
    owner: dict[str, str] = {}
    for unit in units:
        for name in unit.answers.tables:
            if name in owner:
                what = f"exercise {name} is in {owner[name]} too"
                yield Fault(unit.answers.name, unit.answers.line(name), what, "Give it an id of its own")
            owner.setdefault(name, unit.name)


def in_unit(unit: Unit) -> Faults:
    """Yield what the cells of a unit's exercises lack."""
    cells = [cell for cell in unit.cells if cell.nbgrader or "nbgrader" in cell.marker]
    for cell in cells:
        yield from _unreadable(unit, cell)
    named = [cell for cell in cells if "grade_id" in cell.nbgrader]
    yield from _twice(unit, named)
    yield from _without_points(unit, named)
    for name in dict.fromkeys([*(cell.exercise for cell in named if _belongs(cell)), *unit.answers.tables]):
        yield from _exercise(unit, name, [cell for cell in named if _belongs(cell) and cell.exercise == name])


def _belongs(cell: SourceCell) -> bool:
    """Return whether a cell is part of an exercise."""
    return cell.is_solution or cell.is_check or cell.is_task


def _unreadable(unit: Unit, cell: SourceCell) -> Faults:
    if not cell.nbgrader:
        what = "what stands behind nbgrader= in this line cannot be read"
        yield Fault(unit.script, cell.line, what, 'Write it as in nbgrader={"grade_id": "share", "solution": true}')
    elif "grade_id" not in cell.nbgrader:
        yield Fault(unit.script, cell.line, "this cell has no grade_id", 'Add one, as in "grade_id": "share"')


def _twice(unit: Unit, cells: Sequence[SourceCell]) -> Faults:
    count = Counter(cell.id for cell in cells)
    for name in (name for name, times in count.items() if times > 1):
        second = [cell for cell in cells if cell.id == name][1]
        yield Fault(unit.script, second.line, f"the id {name} is there twice", "Give each cell its own")


def _without_points(unit: Unit, cells: Sequence[SourceCell]) -> Faults:
    for cell in cells:
        points = cell.nbgrader.get("points")
        if (cell.is_check or cell.is_task) and (isinstance(points, bool) or not isinstance(points, int | float)):
            what = f"exercise {cell.exercise} has no points"
            yield Fault(unit.script, cell.line, what, 'Write them, as in "points": 4')


def _exercise(unit: Unit, name: str, cells: Sequence[SourceCell]) -> Faults:
    """Yield what one exercise lacks."""
    solution = next((cell for cell in cells if cell.is_solution), None)
    check = next((cell for cell in cells if cell.is_check), None)
    task = next((cell for cell in cells if cell.is_task), None)
    first = next(iter(cells), None)
    if name not in unit.answers.tables and first:
        missing = Fault(
            unit.script, first.line, f"exercise {name} has no answers", f"Write [{name}] in answers.toml beside it"
        )
        if first.is_check:
            missing = _no_solution(unit, first)
        yield missing
        return
    if name not in unit.answers.sound:
        return  # a rule of its own says what its table lacks
    if _by_hand(unit, name) or task:
        yield from _task(unit, name, task)
        return
    if check and not solution:
        yield _no_solution(unit, check)
    elif solution and not check:
        fix = f"Add one with the grade_id {name}{CHECK_SUFFIX}"
        yield Fault(unit.script, solution.line, f"exercise {name} has no graded cell", fix)
    elif not solution:
        what = f"exercise {name} is not in the notebook"
        yield Fault(unit.answers.name, unit.answers.line(name), what, "Add its cells or take it out")
    if check:
        yield from _check_call(unit, check)
    if solution:
        yield from _region(unit, solution)


def _by_hand(unit: Unit, name: str) -> bool:
    written = unit.answers.sound.get(name, {})
    return KINDS[written.get("kind", "number")].by_hand


def _no_solution(unit: Unit, check: SourceCell) -> Fault:
    return Fault(unit.script, check.line, f"{check.id} has no solution cell", "Add one before it, without the suffix")


def _task(unit: Unit, name: str, task: SourceCell | None) -> Faults:
    """Yield what a written answer lacks: its task in Markdown, and below it a plain cell to write in."""
    if not (_by_hand(unit, name) and task and task.kind == "markdown"):
        place = (unit.script, task.line) if task else (unit.answers.name, unit.answers.line(name))
        what = f'exercise {name}: a Markdown cell with "task": true and an answer of the kind "text" go together'
        yield Fault(*place, what, "Write both, or neither")
        return
    below = unit.cells[task.position + 1 : task.position + 2]
    if not below or below[0].kind != "markdown" or below[0].nbgrader:
        what = f"exercise {name} has no cell to write in"
        yield Fault(unit.script, task.line, what, "Add a plain Markdown cell below its task")


def _check_call(unit: Unit, cell: SourceCell) -> Faults:
    """Yield a fault if a graded cell is not a call of ``check`` and nothing else."""
    wanted = check_call(cell.exercise)
    try:
        same = ast.dump(ast.parse(cell.source)) == ast.dump(ast.parse(wanted))
    except SyntaxError:
        same = False
    if not same:
        what = f"the graded cell of exercise {cell.exercise} must hold {wanted} and nothing else"
        yield Fault(unit.script, cell.line, what, "Correct it")


def _region(unit: Unit, cell: SourceCell) -> Faults:
    """Yield a fault if a solution cell does not leave the learner ``...`` outside the solution region."""
    lines = [line.strip() for line in cell.source.splitlines()]
    if lines.count(SOLUTION_START) != 1 or lines.count(SOLUTION_END) != 1 or not _in_order(lines):
        what = f"exercise {cell.exercise} needs one region from {SOLUTION_START} to {SOLUTION_END}"
        yield Fault(unit.script, cell.line, what, "Put these two lines around the solution")
    elif "..." not in cell.source.split(SOLUTION_START)[0] + cell.source.split(SOLUTION_END)[1]:
        what = f"exercise {cell.exercise} must set its answer to ... outside the solution"
        yield Fault(unit.script, cell.line, what, f"Add `{variable_of(cell.exercise)} = ...`")


def _in_order(lines: Sequence[str]) -> bool:
    return lines.index(SOLUTION_START) < lines.index(SOLUTION_END)
