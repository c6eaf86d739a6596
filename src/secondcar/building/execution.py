"""Runs a teacher's notebook and keeps of its outputs only what is the same at every run."""

import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from secondcar.building.errors import BuildError
from secondcar.building.notebook import is_check
from secondcar.note_format import NOTE_KEY, RIGHT

CELL_TIMEOUT_SECONDS = 120
SHOWS_AN_ERROR = "raises-exception"


def execute(notebook: nbformat.NotebookNode, folder: Path, unit: str) -> None:
    """Run a notebook in place, in a copy of `folder`, and check that it says what a teacher's notebook should.

    Raises:
        BuildError: a cell fails, writes to stderr, or a check of the teacher's own answer is not right.
    """
    environment = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    environment["PYTHONHASHSEED"] = "0"
    with tempfile.TemporaryDirectory() as scratch, mock.patch.dict(os.environ, environment, clear=True):
        shutil.copytree(folder, scratch, dirs_exist_ok=True)
        client = NotebookClient(
            notebook,
            timeout=CELL_TIMEOUT_SECONDS,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": scratch}},
        )
        try:
            client.execute()
        except CellExecutionError as error:
            raise BuildError(
                f"{_place(unit, _failed_cell(notebook))} fails when run: {error.evalue}. Correct it."
            ) from error
    notebook.metadata.language_info = nbformat.from_dict({"name": "python"})
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            _check_outputs(cell, unit)


def _place(unit: str, cell: nbformat.NotebookNode) -> str:
    return f"course/{unit}/{unit}.py: {cell['id']}"


def _failed_cell(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the cell that stopped the run: the last one that was started."""
    started: list[nbformat.NotebookNode] = [cell for cell in notebook.cells if cell.get("outputs")]
    return started[-1]


def _check_outputs(cell: nbformat.NotebookNode, unit: str) -> None:
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            raise BuildError(f"{_place(unit, cell)} writes to stderr: {output.text[:200]!r}. Mend its cause.")
    if is_check(cell):
        states = [o.metadata.get(NOTE_KEY, {}).get("state") for o in cell.outputs if "metadata" in o]
        if states != [RIGHT]:
            raise BuildError(f"{_place(unit, cell)} finds the teacher's own solution {states}. Correct the solution.")
