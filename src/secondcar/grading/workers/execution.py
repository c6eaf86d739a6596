"""nbgrader's `Execute`, with a runner in place of a kernel that jupyter starts."""

import contextlib
import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbformat.validator import NotebookValidationError
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade

from secondcar.counting import counted
from secondcar.grading.folders import temporary_folder, write_files
from secondcar.grading.isolation.sandbox import may_know
from secondcar.grading.judging.findings import (
    EARLIER,
    IN_NOTEBOOK,
    REMEMBERED,
    JudgeFinding,
    Settlement,
    decides,
    is_in_fork,
    settle,
)
from secondcar.grading.judging.teachers_part import is_test, solutions_after_tests, with_teachers_data
from secondcar.grading.kernel.kernels import find_kernel
from secondcar.grading.kernel.runner import NO_OUTPUT, ForkServerGone, Runner, RunnerManager
from secondcar.grading.limits import Limits
from secondcar.grading.records import IN_COPY, PERSON, Dispute, OpenQuestion, Way
from secondcar.grading.workers.judge_client import JudgeOfNotebook, Judging, KeptValues, ProcessEnded
from secondcar.grading.workers.questions import Call, FunctionsGone, Said
from secondcar.grading.workers.verdict_cells import (
    has_failed,
    keep_notes,
    noted_questions,
    scrub,
    take_notices_away,
    write_questions,
    write_verdict,
)

NOT_RUN = "NotebookEnded"

# Under these keys the preprocessors after this one find the disputes, and what checks left to a person.
DISPUTES = "secondcar_disputes"
QUESTIONS = "secondcar_questions"


@dataclass
class _Test:
    """A test of a notebook that is judged out of its reach.

    Attributes:
        kept: way of judging -> what the notebook kept.
        passed_there: whether the part that was handed out passed in it.
    """

    index: int
    name: str
    visible: str
    hidden: set[int]
    kept: dict[Way, KeptValues]
    passed_there: bool = False

    @property
    def calls(self) -> bool:
        """Return whether the notebook is to be asked again."""
        return any(kept.calls for kept in self.kept.values())

    @property
    def is_asked_here(self) -> bool:
        """Return whether the notebook's own process is asked, not a fork of it, and in one way."""
        return len(self.kept) == 1 and not any(kept.held for kept in self.kept.values())

    @property
    def is_out_of_reach(self) -> bool:
        """Return whether the judge runs it, not a fork of the notebook."""
        return not any(map(is_in_fork, self.kept))


if TYPE_CHECKING:
    from nbgrader.preprocessors import Execute as Base
else:
    Base = object  # a course says which of its subclasses it is


class InRunner(Base):
    """Mixed into nbgrader's `Execute`, or a subclass of it, by `in_runner`.

    A notebook whose process ends keeps the outputs of all cells that did run. The cell it ended in, and each graded
    cell after it, gets an error that says why; nbgrader gives such a cell no marks.
    """

    fork_server: str
    limits: Limits
    keep_earlier_cells: bool
    judging: Judging | None
    kernels: Mapping[str, str]
    disputes: str
    ended: str | None = None
    # The cell in which it ended, if it was one.
    ended_at: int | None = None
    # In a run for some tests alone, the names of these.
    only: Collection[str] | None = None
    # In a run that only asks functions again: test -> what they were called with.
    calls: Mapping[str, Sequence[Call]] = MappingProxyType({})
    runner: Runner | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Test -> way -> what was found about it out of the notebook's reach.
        self.findings: dict[str, dict[Way, JudgeFinding]] = {}
        # The same of tests of which the notebook itself said something else, or nothing.
        self.in_doubt: dict[str, dict[Way, JudgeFinding]] = {}
        # Test -> what its functions answer, in a run that asks them again.
        self.said_again: dict[str, Sequence[Said] | None] = {}
        # The places of the cells that ended with an error there.
        self.failing: set[int] = set()
        # The name and wall time of each graded cell that ran.
        self.cells: list[tuple[str, float]] = []
        # Processor seconds, by the process that took them.
        self.processor: dict[str, float] = {}

    def create_kernel_manager(self):
        self.ended = self.ended_at = None
        self.cells = []
        notebook = self.resources.get("nbgrader", {}).get("notebook")
        self.kernel_name: str = self.kernel_name or self.kernels.get(notebook, "")
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
        self._tests: list[_Test] = []
        self.findings, self.in_doubt = {}, {}
        self._scrubbed: dict[int, set[int]] = {}
        self._judge: JudgeOfNotebook | None = None
        try:
            nb, resources = super().preprocess(nb, resources, km)
        except DeadKernelError:
            raise DeadKernelError(
                f"The notebook was not run to its end: {self.ended or (self.runner and self.runner.ended)}."
            ) from None
        finally:
            if self._judge:
                run_sync(self._judge.close)()
            # Known for sure only now: a process may go on for a moment when its parent has died.
            if self.runner is not None and self.runner.abandoned:
                raise ForkServerGone
        if self.runner is not None:
            self.processor = {"notebook": self.runner.seconds, "judge": self._judge.seconds if self._judge else 0.0}
        self.failing = {index for index, cell in enumerate(nb.cells) if cell.cell_type == "code" and has_failed(cell)}
        if self.judging is not None:
            self._judge_in_another_run(self.judging, nb, resources)
            self._ask_in_another_run(self.judging, nb, resources)
        take_notices_away(nb)
        # Not before the end: a message may change the outputs of any cell while the notebook runs.
        verdicts = {test.index: self._verdict(test) for test in self._tests}
        resources[QUESTIONS] = list(self._write_questions(nb, resources.get("nbgrader", {}).get("notebook", "")))
        for index, verdict in verdicts.items():
            write_verdict(verdict, nb.cells[index], self.disputes)
        judged = {test.index: self._notes_of(test) for test in self._tests if test.is_out_of_reach}
        for index, cell in enumerate(nb.cells):
            if is_test(cell):
                keep_notes(judged.get(index), cell)
        for index, hidden in self._scrubbed.items():
            scrub(nb.cells[index], hidden)
        resources[DISPUTES] = [
            Dispute(
                resources["nbgrader"]["notebook"],
                nb.cells[index].metadata.nbgrader.grade_id,
                verdict.dispute,
                verdict.fault,
            )
            for index, verdict in verdicts.items()
            if verdict.dispute
        ]
        return nb, resources

    def _write_questions(self, nb: NotebookNode, notebook: str) -> Iterator[OpenQuestion]:
        """Write into each test what it left to a person, and yield it: out of reach nobody can hide a question."""
        judged = {test.index: self._last_findings(test.name) for test in self._tests if test.is_out_of_reach}
        for index, cell in enumerate(nb.cells):
            if is_test(cell):
                found = judged.get(index)
                asked = found[-1].questions if found else noted_questions(cell)
                write_questions(asked, cell)
                test = cell.metadata.nbgrader.grade_id
                yield from (OpenQuestion(notebook, test, exercise, sentence) for exercise, sentence in asked)

    def _notes_of(self, test: _Test) -> Sequence[Mapping[str, Any]]:
        found = self._last_findings(test.name)
        return found[-1].notes if found else ()

    def _last_findings(self, test: str) -> list[JudgeFinding]:
        return list(self.findings.get(test, {}).values())

    def _verdict(self, test: _Test) -> Settlement:
        """Return what follows for a test from what was found about it in the last way that was tried."""
        found = self._last_findings(test.name)
        lost = JudgeFinding(False, refused="its functions were gone")
        most = self.nb.cells[test.index].metadata.nbgrader.points
        return settle(test.passed_there, found[-1] if found else lost, most)

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if self.judging is None:
            return self._run_cell(cell, resources, index)
        if is_test(cell) and self.ended is None:
            cell, resources = self._run_test(self.judging, cell, resources, index)
        else:
            cell, resources = self._run_cell(cell, resources, index)
            self._hand_over(self.judging, resources["nbgrader"]["notebook"], cell, index)
        if index == len(self.nb.cells) - 1:
            if self.only is None:
                self._judge_tests()
            if not self.calls:
                self._hear_notebook()
            self._call_again()
        return cell, resources

    def _run_test(self, judging: Judging, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        """Have the notebook keep what a test may ask for, and run what learners were given of it."""
        notebook, name = resources["nbgrader"]["notebook"], cell.metadata.nbgrader.grade_id
        visible, hidden = judging.visible(cell)
        ways = judging.ways_of(notebook, name) if self.kernel.answers_judge else (IN_NOTEBOOK,)
        if IN_NOTEBOOK in ways:
            self._scrubbed[index] = hidden
            if hidden and self._judge is not None:
                # A function that is called later could find what the notebook sees of it.
                with self._noting_the_end(index):
                    run_sync(self._judge.set_aside)()
            ways, visible, hidden = tuple(way for way in ways if way != IN_NOTEBOOK), cell.source, set()
        if ways and (self.only is None or name in self.only):
            judge = self._judge_of(judging, notebook)
            with self._noting_the_end(index):
                kept = run_sync(judge.keep)(cell, ways, only_in_fork=self.only is not None)
                self._tests.append(_Test(index, name, visible, hidden, kept))
        whole = cell.source
        # A cell without a line is not run, and those below it would be counted differently.
        cell.source = visible if visible.strip() or not whole.strip() else "pass"
        started = time.monotonic()
        try:
            cell, resources = self._run_cell(cell, resources, index)
        finally:
            cell.source = whole
        if self._tests and self._tests[-1].index == index:
            self._tests[-1].passed_there = not has_failed(cell)
            if has_failed(cell) and self.timeout and time.monotonic() - started > self.timeout / 2:
                # It would take as long again to fail out of reach.
                self.findings[name] = {ways[0]: JudgeFinding(False)}
            if self.only is not None and not self.calls:
                # Nothing is shown, and from the solution's cells below its functions could take their answers.
                self._judge_test(self._tests[-1])
                self.km.runner.muted = False
        return cell, resources

    def _judge_of(self, judging: Judging, notebook: str) -> JudgeOfNotebook:
        self._judge = self._judge or JudgeOfNotebook(judging, notebook, self.km.runner, self.timeout)
        return self._judge

    def _hand_over(self, judging: Judging, notebook: str, cell: NotebookNode, index: int) -> None:
        """Have the notebook hand over what a locked cell has given names, before another cell changes it."""
        names = judging.names_handed_over(notebook, cell)
        if names and self.kernel.answers_judge and self.ended is None:
            with self._noting_the_end(index):
                run_sync(self._judge_of(judging, notebook).hand_over)(names)

    @contextlib.contextmanager
    def _noting_the_end(self, index: int) -> Iterator[None]:
        try:
            yield
        except ProcessEnded:
            self.ended, self.ended_at = self.km.runner.ended, index

    def _judge_tests(self) -> None:
        """Judge all tests, now that nothing more of the notebook is shown or kept."""
        if any(test.calls or test.hidden for test in self._tests):
            run_sync(self.km.runner.keep_files)()
        self.ended = self.ended or self.km.runner.ended
        here = [test for test in self._tests if test.is_asked_here]
        with self._asking_copy() if any(test.calls for test in here) else contextlib.nullcontext():
            for test in here:
                self._judge_test(test)
        # The last test first, by the process itself: it has not been asked anything yet.
        for test in reversed(here):
            self._ask_again(test)
        # A fork in which a test runs learns what it wants.
        others = [test for test in self._tests if not test.is_asked_here]
        for test in sorted(others, key=lambda test: not test.is_out_of_reach):
            self._judge_test(test)

    @contextlib.contextmanager
    def _asking_copy(self) -> Iterator[None]:
        """Have a copy of the process answer meanwhile."""
        if self._judge is None or self.km.runner.ended is not None:
            yield
            return
        with contextlib.suppress(ProcessEnded):
            run_sync(self._judge.begin_copy)()
        yield
        run_sync(self._judge.end_copy)()

    def _hear_notebook(self) -> None:
        """Run the tests that were judged in the notebook, too: it must not learn before what any of them wants."""
        # What a test changes is not undone, and those that fail may end the process.
        for test in sorted(self._tests, key=lambda test: not any(one.passed for one in self._last_findings(test.name))):
            self._hear(test)

    def _hear(self, test: _Test) -> None:
        """Run a test in the notebook. Where that disagrees with the judge, it is judged in another run."""
        if self._judge is None or not self.findings.get(test.name):
            return
        way, found = list(self.findings[test.name].items())[-1]
        kept, cell = test.kept[way], self.nb.cells[test.index]
        if not test.passed_there or not self._judge.is_heard(test.hidden, way):
            return
        heard = None
        with contextlib.suppress(FunctionsGone):
            heard = run_sync(self._judge.hear)(cell, test.hidden, kept, way, found)
        # Cells below the test may be why it comes out differently now.
        contradicts = heard is not None and heard.there is (decides(heard) and not heard.passed)
        if heard is None or (contradicts and self.only is None and not kept.held):
            self.in_doubt[test.name] = {**self.findings.pop(test.name), way: heard or found}
        else:
            self.findings[test.name][way] = heard

    def _judge_test(self, test: _Test) -> None:
        """Judge a test in the first of some ways that it passes, unless its functions are gone."""
        if self._judge is None or test.name in self.findings or (test.calls and self.km.runner.ended is not None):
            return
        found = self.findings.setdefault(test.name, {})
        for way, kept in test.kept.items():
            try:
                found[way] = run_sync(self._judge.judge)(
                    self.nb.cells[test.index], test.visible, test.hidden, way, kept
                )
            except FunctionsGone:
                # It is judged in another run.
                del self.findings[test.name]
                return
            if not test.is_asked_here or self.only is not None:
                self._ask_again(test)
            if found[way].passed:
                break

    def _ask_again(self, test: _Test) -> None:
        """Dispute a test that passes only because its functions remember what they were asked first."""
        if self._judge is None or not self.findings.get(test.name):
            return
        way, found = list(self.findings[test.name].items())[-1]
        passes = not found.passed
        with contextlib.suppress(FunctionsGone):
            passes = passes or run_sync(self._judge.passes_again)(
                self.nb.cells[test.index], test.visible, test.hidden, way, test.kept[way]
            )
            if not passes and test.kept[way].held:
                self.findings[test.name][way] = replace(found, passed=False, refused=REMEMBERED)
                return
        if not passes:
            # It is judged in another run, where forks answer.
            del self.findings[test.name]

    def _judge_in_another_run(self, judging: Judging, nb: NotebookNode, resources: dict) -> None:
        """Run the cells that did run once more, for tests whose functions or files are not what they were.

        Run them with the solution's answers below the tests of earlier exercises, too, for tests that pass only with
        the notebook's, or perhaps so: an answer that follows from what went before it is right all the same. Run them
        with the teacher's data in place of the notebook's for tests that pass only with these: so is one that follows
        from data that learners changed.
        """
        if self.only is not None:
            return
        cells = nb.cells[: self.ended_at]
        self.findings = {name: found for name, found in self.findings.items() if not list(found.values())[-1].late}
        if lost := {test.name for test in self._tests if test.name not in self.findings and test.passed_there}:
            again = self._another_run(judging, cells, resources, lost).findings
            self.findings |= again | {name: _settled(found, again.get(name)) for name, found in self.in_doubt.items()}
        source = judging.files[f"{resources['nbgrader']['notebook']}.ipynb"]
        earlier = {test.name: names for test in self._tests if (names := self._earlier_in_doubt(test, source))}
        last = {test.name: findings[-1] for test in self._tests if (findings := self._last_findings(test.name))}
        given = {name: found.given for name, found in last.items() if found.given}
        if earlier or given:
            for name, data in given.items():
                cells = list(with_teachers_data(cells, judging.steps(resources["nbgrader"]["notebook"]), name, data))
            solutions = solutions_after_tests(source, set(chain(*earlier.values())))
            solved = []
            for cell in cells:
                below = solutions.get(cell.metadata.nbgrader.grade_id, ()) if is_test(cell) else ()
                solved += [cell, *map(new_code_cell, below)]
            again = self._another_run(judging, solved, resources, {*earlier, *given}).findings
            for name in {**earlier, **given}:
                way, found = list(self.findings[name].items())[-1]
                if any(one.passed for one in again.get(name, {}).values()):
                    self.findings[name] = again[name]
                elif found.passed:
                    self.findings[name] = {way: replace(found, passed=False, refused=EARLIER)}

    def _earlier_in_doubt(self, test: _Test, source: bytes) -> Sequence[str]:
        """Return the earlier exercises' answers with which alone a test passes, or may do so because they are wrong."""
        found = self._last_findings(test.name)
        if not found or not found[-1].earlier or not found[-1].passed:
            return found[-1].earlier if found else ()
        wrong = {one.name for one in self._tests if not self._verdict(one).passed}
        return [name for name in found[-1].earlier if not wrong.isdisjoint(solutions_after_tests(source, {name}))]

    def _ask_in_another_run(self, judging: Judging, nb: NotebookNode, resources: dict) -> None:
        """Dispute tests that pass only because functions remember what they were asked before, be it in a file.

        The functions of another run are asked the same, the last question first, and the test has to pass with their
        answers: they may vary. Only those are asked that can remember something, where the solution's cannot.
        """
        judge = self._judge
        if judge is None or self.calls:
            return
        calls = {test: asked.calls for test, asked in judge.asked.items()}
        tests = {test.name: test for test in self._tests if test.name in calls and self._verdict(test).passed}
        again = self._another_run(judging, nb.cells, resources, tests, calls) if tests else self
        for name, test in tests.items():
            way, found = list(self.findings[name].items())[-1]
            said, cell = again.said_again.get(name), nb.cells[test.index]
            if said is None or not run_sync(judge.passes_with)(cell, test.visible, test.hidden, way, said):
                self.findings[name] = {way: replace(found, passed=False, refused=REMEMBERED)}

    def _call_again(self) -> None:
        for test in reversed(self._tests if self.calls else ()):
            if self._judge:
                kept = list(test.kept.values())[-1]
                with contextlib.suppress(FunctionsGone):
                    self.said_again[test.name] = run_sync(self._judge.call_again)(kept, self.calls[test.name])

    def _another_run(
        self,
        judging: Judging,
        cells: list[NotebookNode],
        resources: dict,
        tests: Collection[str],
        calls: Mapping[str, Sequence[Call]] = MappingProxyType({}),
    ) -> "InRunner":
        """Run cells once more to judge some tests, or to repeat calls for them. Nobody sees what that shows."""
        again = type(self)(config=self.config, log=self.log)
        again.only, again.calls = tests, calls
        are_judged = [is_test(cell) and cell.metadata.nbgrader.grade_id in tests for cell in cells]
        # What is below the last of them need not run.
        copy = NotebookNode(self.nb, cells=deepcopy(cells[: len(cells) - are_judged[::-1].index(True)]))
        with temporary_folder("again-") as folder:
            write_files(Path(folder), judging.handed_in)
            with contextlib.suppress(DeadKernelError):
                again.preprocess(copy, {**resources, "metadata": {**resources["metadata"], "path": folder}})
        return again

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        try:
            return super().output(outs, msg, display_id, cell_index)
        except NotebookValidationError:
            self.km.runner.stop(NO_OUTPUT)
            return None

    def _update_display_id(self, display_id: str, msg: dict[str, Any]) -> None:
        changed = sum(map(len, self._display_id_map.get(display_id, {}).values()))
        if changed > 1:
            self.km.runner.count((changed - 1) * len(str(msg["content"])))
        if self.km.runner.ended is None:
            super()._update_display_id(display_id, msg)

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


def _settled(doubtful: dict[Way, JudgeFinding], again: dict[Way, JudgeFinding] | None) -> dict[Way, JudgeFinding]:
    """Return what is found about a test that the notebook itself did not bear out, and that was judged again."""
    way, found = list(doubtful.items())[-1]
    if way.needs is not None:
        return again or {way: replace(found, there=False)}
    # With the solution it is found out where it passes.
    there = any(one.passed and one.there for one in (again or {}).values())
    needs = replace(found.needs, there=IN_COPY if there else "")
    return {**doubtful, way: replace(found, there=there, needs=needs)}


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
    disputes: str = PERSON,
) -> type[Execute]:
    """Return `execute`, which is nbgrader's or a subclass of it, made to run cells in a runner.

    fork_server: address of a fork server. keep_earlier_cells: False fails the whole submission when its process ends,
    as nbgrader does. judging: how test cells are judged; None has them run as nbgrader does. kernels: notebook -> the
    name of its kernel; other notebooks name their own. disputes: as in `GradingOptions`.
    """
    settings = {
        "fork_server": fork_server,
        "limits": limits,
        "keep_earlier_cells": keep_earlier_cells,
        "judging": judging,
        "kernels": kernels,
        "disputes": disputes,
    }
    return type(execute.__name__, (InRunner, execute), settings)
