"""nbgrader's `Execute`, with a runner in place of a kernel that jupyter starts."""

import os
import sys
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade

from secondcar.grading.kernel import Runner, RunnerManager, WarmParentGone
from secondcar.grading.limits import Limits
from secondcar.grading.sandbox import may_know

NOT_RUN = "NotebookEnded"


class InRunner:
    """Mixed into nbgrader's `Execute`, or a subclass of it, by `in_runner`.

    A notebook whose process ends keeps the outputs of all cells that did run. The cell it ended in, and each graded
    cell after it, gets an error that says why; nbgrader gives such a cell no marks.
    """

    warm: str
    limits: Limits
    keep_earlier_cells: bool
    ended: str | None = None
    cells: Sequence[tuple[str, float]] = ()
    runner: Runner | None = None

    def create_kernel_manager(self):
        self.ended = None
        self.cells = []
        km = super().create_kernel_manager()
        spec = python_of(km.kernel_name)
        if spec is None:
            return km
        self.km = RunnerManager(lambda directory, arguments: self._start_runner(spec, directory, arguments))
        return self.km

    def _start_runner(self, spec: KernelSpec, directory: str, arguments: list[str]) -> Runner:
        known = {name: value for name, value in os.environ.items() if may_know(name)}
        environment = {**known, **spec.env}
        self.runner = Runner(self.warm, str(Path(directory).resolve()), environment, arguments, self.limits)
        return self.runner

    def preprocess(self, nb: NotebookNode, resources: dict, *args: object) -> tuple[NotebookNode, dict]:
        try:
            return super().preprocess(nb, resources, *args)
        except DeadKernelError:
            # Gone before its first cell.
            if self.runner is not None and self.runner.abandoned:
                raise WarmParentGone from None
            raise

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if self.ended is not None:
            if cell.cell_type == "code" and is_grade(cell):
                cell.outputs = [_not_run(f"This cell did not run: in a cell above, {self.ended}.")]
            return cell, resources
        started = time.monotonic()
        try:
            return super().preprocess_cell(cell, resources, index)
        except (DeadKernelError, CellTimeoutError) as error:
            if isinstance(self.km, RunnerManager) and self.km.runner.abandoned:
                raise WarmParentGone from None
            if not self.keep_earlier_cells or not isinstance(self.km, RunnerManager):
                raise
            if isinstance(error, CellTimeoutError):
                self.km.runner.stop(f"a cell ran longer than {self.timeout} seconds and could not be interrupted")
            self.ended = self.km.runner.ended
            cell.outputs.append(_not_run(f"The notebook could not go on: {self.ended}."))
            return cell, resources
        finally:
            if is_grade(cell):
                self.cells.append((cell.metadata.nbgrader.grade_id, time.monotonic() - started))


def _not_run(sentence: str) -> NotebookNode:
    return NotebookNode(
        output_type="error", ename=NOT_RUN, evalue=sentence, traceback=[f"\x1b[0;31m{NOT_RUN}\x1b[0m: {sentence}"]
    )


def in_runner(execute: type[Execute], warm: str, limits: Limits, keep_earlier_cells: bool = True) -> type[Execute]:
    """Return `execute`, which is nbgrader's or a subclass of it, made to run cells in a runner.

    warm: address of a warm parent. keep_earlier_cells: False fails the whole submission when its process ends, as
    nbgrader does. A notebook for another language, or another Python, runs as nbgrader runs it.
    """
    settings = {"warm": warm, "limits": limits, "keep_earlier_cells": keep_earlier_cells}
    return type(execute.__name__, (InRunner, execute), settings)


@lru_cache
def python_of(kernel_name: str) -> KernelSpec | None:
    """Return the specification of a kernel if it is ipykernel in this very Python, else None.

    Raises NoSuchKernel if no kernel of that name is installed.
    """
    spec = KernelSpecManager().get_kernel_spec(kernel_name)
    program, *arguments = spec.argv
    here = program in ("python", "python3", Path(sys.executable).name) or Path(program) == Path(sys.executable)
    return spec if here and arguments[:2] == ["-m", "ipykernel_launcher"] else None
