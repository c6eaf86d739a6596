"""Turns a unit's plain-text notebook into the teacher's notebook, not yet run."""

from collections.abc import Mapping

import jupytext
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from secondcar.building.length import texts_of
from secondcar.building.mark_schemes import mark_scheme
from secondcar.building.sources import CHECK_SUFFIX, Unit, check_call
from secondcar.checks.exercise import Written
from secondcar.unbroken import unbroken

# nbgrader refuses cells that do not spell out every field of its format.
NBGRADER_DEFAULTS = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# The id of the plain cell in which a learner writes the answer to a task.
TEXT_SUFFIX = "-text"
# The ids of the cells that the build ends each notebook with.
CLOSING = ("way-on", "progress")


def assemble(unit: Unit, answers: Mapping[str, Written], following: str | None = None) -> nbformat.NotebookNode:
    """Read a unit's percent-format notebook and make it nbgrader's.

    Metadata, cell ids, prose, hidden tests and mark schemes are filled in.

    Args:
        unit: a unit in whose cells and references no rule found a fault.
        answers: its exercises as `read_answers` returns them.
        following: the name of the unit after it, if there is one.
    """
    notebook: nbformat.NotebookNode = jupytext.reads(unit.script_path.read_text(encoding="utf-8"), fmt="py:percent")
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    task = ""
    for cell, (written, text) in zip(notebook.cells, texts_of(unit, answers), strict=True):
        if cell.cell_type == "markdown":
            cell.source = unbroken(text)
        # Below a task stands the cell to write in.
        _fill_metadata(cell, task + TEXT_SUFFIX if task else written.id)
        task = written.exercise if written.is_task else ""
        if written.is_check:
            cell.source += hidden_test(written.exercise)
        elif written.is_task:
            cell.source += "\n\n" + mark_scheme(answers[written.exercise]["levels"])
    notebook.cells += _closing_cells(following)
    nbformat.validate(notebook)
    return notebook


def written_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return a built notebook's cells except those that the build ends it with: as many as its author wrote."""
    return [cell for cell in notebook.cells if cell.get("id") not in CLOSING]


def _closing_cells(following: str | None) -> list[nbformat.NotebookNode]:
    """Return the cells that end each unit: how far the learner is, and the way on."""
    shown = new_code_cell("from secondcar import progress\n\nprogress()", id=CLOSING[1])
    shown.metadata["tags"] = ["nbval-ignore-output"]  # it depends on who looks
    way = f"Next: [{following}](../{following}/{following}.ipynb)." if following else "This is the last unit."
    text = f"## How far you are\n\nThe next cell shows it; it is kept in your own folder. {way}"
    return [new_markdown_cell(text, id=CLOSING[0]), shown]


def points_of(notebook: nbformat.NotebookNode) -> dict[str, float]:
    """Return exercise id -> points of its graded cell or its task."""
    settings = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    return {
        each["grade_id"].removesuffix(CHECK_SUFFIX): each["points"]
        for each in settings
        if each.get("grade") or each.get("task")
    }


def hidden_test(exercise: str) -> str:
    """Return the hidden line of a graded cell: it raises for a wrong answer whatever the environment says.

    It is the cell's own call of ``check``, with ``require`` in its place.
    """
    call = check_call(exercise).replace("check", "require", 1)
    return f"\n### BEGIN HIDDEN TESTS\nfrom secondcar.checks import require\n{call}\n### END HIDDEN TESTS"


def _fill_metadata(cell: nbformat.NotebookNode, name: str) -> None:
    written = cell.metadata.pop("nbgrader", None)
    tags = cell.metadata.pop("tags", None)
    cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
    cell["id"] = name
    if written:
        filled = {**NBGRADER_DEFAULTS, **written}
        if filled["grade"] or filled["task"]:
            filled["locked"] = True
        cell.metadata["nbgrader"] = nbformat.from_dict(filled)
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
