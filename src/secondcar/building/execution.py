"""Runs a teacher's notebook and keeps of its outputs only what is the same at every run."""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from unittest import mock

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

from secondcar.building.watching import ShownChart, read_notes

CELL_TIMEOUT_SECONDS = 120
SHOWS_AN_ERROR = "raises-exception"
_NOTES = ".charts-shown"
# Otherwise the kernel warns on the terminal that others on this machine can listen.
_ENCRYPTED = Config(KernelManager={"transport_encryption": "auto"})


@dataclass
class NotebookRun:
    """What came of running a notebook.

    Attributes:
        failed: the position of the cell at which the run ended, and why; None if it came to the end.
        shown: the charts that it showed, each with the position of its cell.
    """

    failed: tuple[int, str] | None = None
    shown: list[tuple[int, ShownChart]] = field(default_factory=list)


def execute(notebook: nbformat.NotebookNode, folder: Path) -> NotebookRun:
    """Run a notebook in place, in a copy of `folder` that stands alone, and say what came of it."""
    environment = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    environment["PYTHONHASHSEED"] = "0"
    with tempfile.TemporaryDirectory() as scratch, mock.patch.dict(os.environ, environment, clear=True):
        # Under its own name and with no neighbours: a notebook may show where it stands, and what stands beside it.
        work = shutil.copytree(folder, Path(scratch) / folder.name)
        client = NotebookClient(
            notebook,
            timeout=CELL_TIMEOUT_SECONDS,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(work)}},
            config=_ENCRYPTED,
        )
        # As it ends, ipykernel may quarrel with itself there: of use only where no kernel came to be.
        with open(Path(scratch) / "said-by-the-kernel", "w+", encoding="utf-8", errors="replace") as words:
            try:
                run = _execute(client, work / _NOTES, words)
            except BaseException:
                words.seek(0)
                sys.stderr.write(words.read())
                raise
    notebook.metadata.language_info = nbformat.from_dict({"name": "python"})
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return run


def _execute(client: NotebookClient, notes: Path, words: TextIO) -> NotebookRun:
    """Run cell by cell, to the first that fails; the kernel writes the charts that it shows into a file."""
    run = NotebookRun()
    watching = f"from secondcar.building.watching import watch_into\nwatch_into({str(notes)!r})\ndel watch_into"
    client.reset_execution_trackers()
    with client.setup_kernel(stderr=words):
        # nbclient writes what it ran into the notebook.
        client.nb.cells.append(nbformat.v4.new_code_cell(watching))
        client.execute_cell(client.nb.cells[-1], len(client.nb.cells) - 1, store_history=False)
        client.nb.cells.pop()
        client.code_cells_executed = 0
        for position, cell in enumerate(client.nb.cells):
            try:
                client.execute_cell(cell, position, execution_count=client.code_cells_executed + 1)
            except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
                run.failed = position, str(getattr(error, "evalue", "") or type(error).__name__)
                break
            run.shown += [(position, shown) for shown in read_notes(notes)[len(run.shown) :]]
    return run
