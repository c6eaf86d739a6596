"""nbgrader's `Execute`, with a runner in place of a kernel that jupyter starts."""

import contextlib
import os
import time
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade

from secondcar.counting import counted
from secondcar.grading.folders import temporary_folder, write_files
from secondcar.grading.isolation.sandbox import may_know
from secondcar.grading.judging.teachers_part import is_test
from secondcar.grading.kernel.kernels import find_kernel
from secondcar.grading.kernel.runner import ForkServerGone, Runner, RunnerManager
from secondcar.grading.limits import Limits
from secondcar.grading.workers.judge_client import (
    IN_NOTEBOOK,
    FunctionsGone,
    JudgeOfNotebook,
    Judging,
    Kept,
    ProcessEnded,
    Verdict,
    scrub,
)

NOT_RUN = "NotebookEnded"


class InRunner:
    """Mixed into nbgrader's `Execute`, or a subclass of it, by `in_runner`.

    A notebook whose process ends keeps the outputs of all cells that did run. The cell it ended in, and each graded
    cell after it, gets an error that says why; nbgrader gives such a cell no marks.
    """

    fork_server: str
    limits: Limits
    keep_earlier_cells: bool
    judging: Judging | None
    kernels: Mapping[str, str]
    ended: str | None = None
    # The cell in which it ended, if it was one.
    ended_at: int | None = None
    # In a run for some tests alone: their names.
    only: set[str] | None = None
    cells: Sequence[tuple[str, float]] = ()
    # Processor seconds, by whose they were.
    processor: Mapping[str, float] = MappingProxyType({})
    runner: Runner | None = None

    def create_kernel_manager(self):
        self.ended = self.ended_at = None
        self.cells = []
        notebook = self.resources.get("nbgrader", {}).get("notebook")
        self.kernel_name = self.kernel_name or self.kernels.get(notebook, "")
        km = super().create_kernel_manager()
        self.kernel = find_kernel(km.kernel_name)
        self.km = RunnerManager(self._start_runner, km.ipykernel)
        return self.km

    def _start_runner(self, directory: str, arguments: list[str]) -> Runner:
        kernel = self.kernel
        known = {name: value for name, value in os.environ.items() if may_know(name)}
        environment = {**known, **dict(self.limits.variables), **kernel.environment}
        limits = replace(self.limits, readable=(*self.limits.readable, *kernel.readable))
        arguments = [*kernel.arguments, *arguments]
        folder = str(Path(directory).resolve())
        self.runner = Runner(self.fork_server, folder, environment, arguments, limits, kernel.program)
        return self.runner

    def preprocess(self, nb: NotebookNode, resources: dict, km: Any = None) -> tuple[NotebookNode, dict]:
        self.ways, self._verdicts, self._scrubbed, self._kept, self._lost, self._judge = {}, {}, {}, {}, [], None
        try:
            nb, resources = super().preprocess(nb, resources, km)
        except DeadKernelError:
            raise DeadKernelError(f"The notebook was not run to its end: {self.runner.ended}.") from None
        finally:
            if self._judge:
                run_sync(self._judge.close)()
            # Known for sure only now: a process may go on for a moment when its parent has died.
            if self.runner is not None and self.runner.abandoned:
                raise ForkServerGone
        if self.runner is not None:
            self.processor = {"notebook": self.runner.seconds, "judge": self._judge.seconds if self._judge else 0.0}
        if self._lost:
            self._judge_in_another_run(nb, resources)
        # Not before the end: a message may change the outputs of any cell while the notebook runs.
        for index, verdict in self._verdicts.items():
            verdict.write_into(nb.cells[index])
        for index, hidden in self._scrubbed.items():
            scrub(nb.cells[index], hidden)
        return nb, resources

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if self.judging is None:
            return self._run_cell(cell, resources, index)
        if is_test(cell):
            cell, resources = self._run_test(cell, resources, index)
        else:
            cell, resources = self._run_cell(cell, resources, index)
        if index == len(self.nb.cells) - 1:
            self._judge_tests()
        return cell, resources

    def _run_test(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        """Run what learners were given of a test, and have the notebook keep what the rest may ask for."""
        notebook, name = resources["nbgrader"]["notebook"], cell.metadata.nbgrader.grade_id
        if self._judge is None:
            self._judge = JudgeOfNotebook(self.judging, notebook, self.km.runner, self.timeout)
        visible, hidden = self.judging.visible(cell)
        ways = self.judging.ways_of(notebook, name) if self.kernel.answers_judge else (IN_NOTEBOOK,)
        if IN_NOTEBOOK in ways:
            self.ways[name] = IN_NOTEBOOK
            if self.kernel.answers_judge:
                self._judge.prepare_notebook(name)
            cell, resources = self._run_cell(cell, resources, index)
            self._scrubbed[index] = hidden
            return cell, resources
        whole = cell.source
        # A cell without a line is not run, and those below it would be counted differently.
        cell.source = visible if visible.strip() else "pass"
        try:
            cell, resources = self._run_cell(cell, resources, index)
        finally:
            cell.source = whole
        self.ways[name] = IN_NOTEBOOK
        if self.ended is not None or any(output.output_type == "error" for output in cell.outputs):
            self._verdicts[index] = Verdict(False)
        elif self.only is None or name in self.only:
            # Tests that run in the notebook leave there what a function could find afterwards.
            only_in_fork = self.only is not None or self.judging.runs_tests_in(notebook)
            self._keep_for_judge(cell, hidden, ways, only_in_fork, index)
        return cell, resources

    def _keep_for_judge(
        self, cell: NotebookNode, hidden: set[int], ways: Sequence[str], only_in_fork: bool, index: int
    ) -> None:
        keep = run_sync(self._judge.keep)
        try:
            self._kept[index] = hidden, {way: keep(cell, way, only_in_fork) for way in ways}
        except ProcessEnded:
            self.ended, self.ended_at = self.km.runner.ended, index
            self._verdicts[index] = Verdict(False, sentence=f"The notebook could not go on: {self.ended}.")

    def _judge_tests(self) -> None:
        """Judge all tests whose visible part has passed, now that nothing more of the notebook is shown or kept."""
        if any(one.calls for _, kept in self._kept.values() for one in kept.values()):
            run_sync(self.km.runner.keep_files)()
        self.ended = self.ended or self.km.runner.ended
        for index, (hidden, kept) in self._kept.items():
            try:
                if self.km.runner.ended is not None and any(one.calls for one in kept.values()):
                    raise FunctionsGone
                self._verdicts[index] = self._judge_test(self.nb.cells[index], hidden, kept)
            except FunctionsGone:
                self._lost.append(index)

    def _judge_test(self, cell: NotebookNode, hidden: set[int], kept: Mapping[str, Kept]) -> Verdict:
        """Judge a test in the first of some ways that it passes."""
        for way, names in kept.items():
            verdict = run_sync(self._judge.judge)(cell, hidden, way, names)
            if verdict.passed:
                self.ways[cell.metadata.nbgrader.grade_id] = way
                break
        return verdict

    def _judge_in_another_run(self, nb: NotebookNode, resources: dict) -> None:
        """Run the cells that did run once more, for the tests whose functions are gone or are no longer what they were.

        Nobody sees what this run shows.
        """
        names = {index: nb.cells[index].metadata.nbgrader.grade_id for index in self._lost}
        verdicts = {}
        if self.only is None:
            again = type(self)(config=self.config, log=self.log)
            again.only = set(names.values())
            copy = NotebookNode(nb, cells=deepcopy(nb.cells[: self.ended_at]))
            with temporary_folder("again-") as folder:
                write_files(Path(folder), self.judging.handed_in)
                with contextlib.suppress(DeadKernelError):
                    again.preprocess(copy, {**resources, "metadata": {**resources["metadata"], "path": folder}})
            verdicts = again._verdicts
        why = self.runner.ended or "they were not the same when the notebook was run again"
        sentence = f"The functions that this test calls could not be called: {why}."
        for index in self._lost:
            self._verdicts[index] = verdicts.get(index, Verdict(False, sentence=sentence))

    def _run_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if self.ended is not None:
            if cell.cell_type == "code" and is_grade(cell):
                cell.outputs = [_not_run(f"This cell did not run: in a cell above, {self.ended}.")]
            return cell, resources
        started = time.monotonic()
        try:
            return super().preprocess_cell(cell, resources, index)
        except (DeadKernelError, CellTimeoutError) as error:
            if not self.keep_earlier_cells:
                raise
            if isinstance(error, CellTimeoutError):
                self.km.runner.stop(
                    f"a cell ran longer than {counted(self.timeout, 'second')} and could not be interrupted"
                )
            self.ended, self.ended_at = self.km.runner.ended, index
            cell.outputs.append(_not_run(f"The notebook could not go on: {self.ended}."))
            return cell, resources
        finally:
            if is_grade(cell):
                self.cells.append((cell.metadata.nbgrader.grade_id, time.monotonic() - started))


def _not_run(sentence: str) -> NotebookNode:
    return NotebookNode(
        output_type="error", ename=NOT_RUN, evalue=sentence, traceback=[f"\x1b[0;31m{NOT_RUN}\x1b[0m: {sentence}"]
    )


def in_runner(
    execute: type[Execute],
    fork_server: str,
    limits: Limits,
    keep_earlier_cells: bool = True,
    judging: Judging | None = None,
    kernels: Mapping[str, str] = MappingProxyType({}),
) -> type[Execute]:
    """Return `execute`, which is nbgrader's or a subclass of it, made to run cells in a runner.

    fork_server: address of a fork server. keep_earlier_cells: False fails the whole submission when its process ends,
    as nbgrader does. judging: how test cells are judged; None has them run as nbgrader does. kernels: notebook -> the
    name of its kernel; for others a notebook's own word counts.
    """
    settings = {
        "fork_server": fork_server,
        "limits": limits,
        "keep_earlier_cells": keep_earlier_cells,
        "judging": judging,
        "kernels": kernels,
    }
    return type(execute.__name__, (InRunner, execute), settings)
