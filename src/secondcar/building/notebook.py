"""Turns a unit's plain-text notebook into the teacher's notebook, not yet run."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from secondcar.building.answers import named
from secondcar.building.errors import BuildError
from secondcar.building.mark_schemes import mark_scheme
from secondcar.building.prose import fill
from secondcar.charts.checklists import text_of
from secondcar.checks.answers_file import variable_of
from secondcar.checks.exercise import Written
from secondcar.checks.kinds import KINDS

# nbgrader refuses cells that do not spell out every field of its format.
NBGRADER_DEFAULTS = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CHECK_SUFFIX = "-check"
# The id of the plain cell in which a learner writes the answer to a task.
TEXT_SUFFIX = "-text"
SOLUTION_START, SOLUTION_END = "### BEGIN SOLUTION", "### END SOLUTION"


def read_unit(path: Path, answers: Mapping[str, Written]) -> nbformat.NotebookNode:
    """Read a percent-format notebook and make it nbgrader's.

    Metadata, cell ids, prose, hidden tests and mark schemes are filled in.

    Args:
        path: the unit's ``.py`` file.
        answers: its exercises as `read_answers` returns them.

    Raises:
        BuildError: a cell is not as an exercise must be.
    """
    notebook: nbformat.NotebookNode = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    asked = {name: _asked(answer) for name, answer in answers.items()}
    for position, cell in enumerate(notebook.cells):
        where = f"{named(path)}: cell {position + 1}"
        if cell.cell_type == "markdown":
            cell.source = fill(cell.source, where, ask=lambda name: _ask(asked, name))
        _fill_metadata(cell, position)
    _check_exercises(path, notebook, answers)
    for cell in notebook.cells:
        if is_check(cell):
            cell.source += hidden_test(path, cell)
        elif is_task(cell):
            cell.source += "\n\n" + mark_scheme(answers[cell.metadata.nbgrader.grade_id]["levels"])
    nbformat.validate(notebook)
    return notebook


def is_check(cell: nbformat.NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def is_solution(cell: nbformat.NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_task(cell: nbformat.NotebookNode) -> bool:
    """Tell whether a cell asks for a written answer, which is marked by hand."""
    return bool(cell.metadata.get("nbgrader", {}).get("task"))


def points_of(notebook: nbformat.NotebookNode) -> dict[str, float]:
    """Return exercise id -> points of its graded cell or its task."""
    return {
        cell.metadata.nbgrader.grade_id.removesuffix(CHECK_SUFFIX): cell.metadata.nbgrader.points
        for cell in notebook.cells
        if is_check(cell) or is_task(cell)
    }


def hidden_test(path: Path, cell: nbformat.NotebookNode) -> str:
    """Return the hidden line of a graded cell: it raises for a wrong answer whatever the environment says.

    It is the cell's own call of ``check``, with ``require`` in its place.
    """
    call = _check_call(path, cell).replace("check", "require", 1)
    return f"\n### BEGIN HIDDEN TESTS\nfrom secondcar.checks import require\n{call}\n### END HIDDEN TESTS"


def _asked(answer: Mapping[str, Any]) -> str:
    """Return the question as the notebook shows it: with a sign where no code is needed, a chart's with its list."""
    kind = KINDS[answer["kind"]]
    if not kind.needs_code and not kind.by_hand:
        return f"{answer['ask']}\n\n✎ *No code needed.*"
    if "checklist" not in answer:
        return str(answer["ask"])
    lines = "\n".join(f"- {text_of(line)};" for line in answer["checklist"])
    return f"{answer['ask']}\n\n**Your chart, point by point:**\n\n{lines[:-1]}."


def _ask(asked: dict[str, str], name: str) -> str:
    if name not in asked:
        raise ValueError(f'there is no exercise "{name}" in answers.toml')
    return asked[name]


def _fill_metadata(cell: nbformat.NotebookNode, position: int) -> None:
    written = cell.metadata.pop("nbgrader", None)
    tags = cell.metadata.pop("tags", None)
    cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
    cell["id"] = f"cell-{position + 1:03d}"
    if written:
        filled = {**NBGRADER_DEFAULTS, **written}
        if filled["grade"] or filled["task"]:
            filled["locked"] = True
        cell.metadata["nbgrader"] = nbformat.from_dict(filled)
        cell["id"] = written["grade_id"]
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None


def _check_exercises(path: Path, notebook: nbformat.NotebookNode, answers: Mapping[str, Written]) -> None:
    """Prove that each exercise has its cells and its answers."""
    ids = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]
    for name in ids:
        if ids.count(name) > 1:
            raise BuildError(f"{named(path)}: the id {name} is there twice. Give each cell its own.")
    _check_tasks(path, notebook, answers)
    solutions = [c.metadata.nbgrader.grade_id for c in notebook.cells if is_solution(c)]
    checks = [c.metadata.nbgrader.grade_id for c in notebook.cells if is_check(c)]
    for name in solutions:
        if name not in answers:
            raise BuildError(
                f"{named(path)}: exercise {name} has no answers. Write [{name}] in answers.toml beside it."
            )
        if name + CHECK_SUFFIX not in checks:
            raise BuildError(
                f"{named(path)}: exercise {name} has no graded cell. Add one with the grade_id {name}{CHECK_SUFFIX}."
            )
    for name in checks:
        if name.removesuffix(CHECK_SUFFIX) not in solutions:
            raise BuildError(f"{named(path)}: {name} has no solution cell. Add one before it, without the suffix.")
    for name, answer in answers.items():
        if name not in solutions and not KINDS[answer["kind"]].by_hand:
            raise BuildError(
                f"{named(path)}: exercise {name} of answers.toml is not in the notebook. Add its cells or take it out."
            )
    for cell in notebook.cells:
        if is_check(cell):
            _check_call(path, cell)
        elif is_solution(cell):
            _check_solution(path, cell)
        elif cell.cell_type == "code" and cell.source.rstrip().endswith(";"):
            raise BuildError(f"{named(path)}: {cell['id']} ends in a semicolon, which nbval does not honour. Drop it.")


def _check_tasks(path: Path, notebook: nbformat.NotebookNode, answers: Mapping[str, Written]) -> None:
    """Prove that each written answer has its task and below it a plain cell to write in, and name that cell."""
    tasks = [
        cell.metadata.nbgrader.grade_id for cell in notebook.cells if is_task(cell) and cell.cell_type == "markdown"
    ]
    for name, answer in answers.items():
        if (name in tasks) != KINDS[answer["kind"]].by_hand:
            raise BuildError(
                f'{named(path)}: exercise {name}: a Markdown cell with "task": true and an answer of the kind "text" '
                "go together. Write both, or neither."
            )
    for cell, below in zip(notebook.cells, [*notebook.cells[1:], None], strict=True):
        if not is_task(cell):
            continue
        name = cell.metadata.nbgrader.grade_id
        if name not in answers:
            raise BuildError(
                f"{named(path)}: exercise {name} has no answers. Write [{name}] in answers.toml beside it."
            )
        if "points" not in cell.metadata.nbgrader:
            raise BuildError(f'{named(path)}: exercise {name} has no points. Write them, as in "points": 4.')
        if below is None or below.cell_type != "markdown" or "nbgrader" in below.metadata:
            raise BuildError(
                f"{named(path)}: exercise {name} has no cell to write in. Add a plain Markdown cell below its task."
            )
        below["id"] = name + TEXT_SUFFIX


def _check_call(path: Path, cell: nbformat.NotebookNode) -> str:
    """Prove that a graded cell is a call of ``check`` and nothing else, and return it."""
    name = cell.metadata.nbgrader.grade_id.removesuffix(CHECK_SUFFIX)
    wanted = f'check("{name}", {variable_of(name)})'
    if ast.dump(ast.parse(cell.source)) != ast.dump(ast.parse(wanted)):
        raise BuildError(
            f"{named(path)}: the graded cell of exercise {name} must hold {wanted} and nothing else. Correct it."
        )
    return wanted


def _check_solution(path: Path, cell: nbformat.NotebookNode) -> None:
    """Prove that a solution cell leaves a learner with ``...`` outside the solution region."""
    name = cell.metadata.nbgrader.grade_id
    lines = cell.source.splitlines()
    if [line.strip() for line in lines].count(SOLUTION_START) != 1 or SOLUTION_END not in cell.source:
        raise BuildError(f"{named(path)}: exercise {name} needs one region from {SOLUTION_START} to {SOLUTION_END}.")
    before = cell.source.split(SOLUTION_START)[0]
    after = cell.source.split(SOLUTION_END)[1]
    if not re.search(r"= \.\.\.|\.\.\.", before + after):
        raise BuildError(
            f"{named(path)}: exercise {name} must set its answer to ... outside the solution. Add `name = ...`."
        )
