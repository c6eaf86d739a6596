"""Grades the teacher's own solution first, which shows how each test can be judged and what the notebooks need.

With the teacher's answers each test has to pass. One that passes only in the notebook, within learners' reach, is
judged there, as nbgrader does, and is reported; so is one that does not pass at all. No learner's notebook has any
influence on that.

Libraries import parts of themselves when a function first needs them: the first figure, the first error, the first
table shown as HTML. The fork server also imports what a dry run imported, so no learner's notebook has to. Only
the names of modules leave the dry run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeGuard

import nbformat
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import Execute
from nbgrader.utils import setenv

from secondcar.grading.folders import temporary_folder, write_files
from secondcar.grading.judging.findings import IN_FORK, IN_NOTEBOOK, WAYS, JudgeFinding
from secondcar.grading.judging.teachers_part import is_test, names_in, names_needed_below
from secondcar.grading.kernel.kernels import find_kernel, kernels_of
from secondcar.grading.records import AFTERWARDS, Bundle, Remark, Way
from secondcar.grading.workers.execution import InRunner, in_runner
from secondcar.grading.workers.judge_client import Judging
from secondcar.grading.workers.submission import judging_of
from secondcar.grading.workers.verdict_cells import error_in

# Installed modules only: what lies beside a notebook belongs to the course.
_LIST_MODULES = """
import os, sys
print("\\n".join(
    name for name, module in list(sys.modules.items())
    if getattr(module, "__spec__", None) and not str(getattr(module, "__file__", "")).startswith(os.getcwd())
))
"""

_SIDE_EFFECTS = "cells below depend on what its hidden part does"


@dataclass
class DryRun:
    """What was found out.

    Attributes:
        modules: names of those that are there when the notebooks have run.
        ways: as in `Judging`.
        in_notebook: the tests that have to run in the learner's process.
        failed: the tests that the teacher's own solution does not pass, and notebooks that cannot be run.
    """

    modules: list[str] = field(default_factory=list)
    ways: dict[str, dict[str, tuple[Way, ...]]] = field(default_factory=dict)
    in_notebook: list[Remark] = field(default_factory=list)
    failed: list[Remark] = field(default_factory=list)


def dry_run(bundle: Bundle, fork_server: str) -> DryRun:
    """Run the assignment's source notebooks. fork_server: address of the fork server."""
    found = DryRun()
    for name in sorted(name.removesuffix(".ipynb") for name in bundle.source if name.endswith(".ipynb")):
        if "/" not in name:
            _DryRun(bundle, fork_server, name, found).run()
    # Workers that are forked after this would share its loop, and each take the others' messages for its own.
    ensure_event_loop().close()
    return found


class _DryRun:
    """The dry run of one notebook. found: what it adds to."""

    def __init__(self, bundle: Bundle, fork_server: str, name: str, found: DryRun) -> None:
        self._bundle, self._fork_server, self._name, self._found = bundle, fork_server, name, found
        self._judging = judging_of(bundle, fork_server, {}) if bundle.options.tests_out_of_reach else None
        self._source = nbformat.reads(bundle.source[f"{name}.ipynb"].decode(), as_version=4)
        # nbconvert validates each submission so: workers, which are forked from this process, find the schema compiled.
        nbformat.validate(self._source, relax_add_props=True)
        self._tests = [cell for cell in self._source.cells if is_test(cell)]
        # Test -> why it runs in the notebook.
        self._why: dict[str, str] = {}
        # The places of those that fail there while hidden parts of others do not run.
        self._fail_there: set[int] = set()

    def run(self) -> None:
        """Find out how each test is judged: in most cases it takes one run."""
        try:
            self._found.ways[self._name] = self._find_ways()
        except Exception as fault:  # whatever a notebook does: it is a remark, and learners' notebooks are graded
            self._found.failed.append(Remark(self._name, None, f"it cannot be run ({type(fault).__name__}: {fault})"))
        self._found.in_notebook += [Remark(self._name, test, why) for test, why in self._why.items()]

    def _find_ways(self) -> dict[str, tuple[Way, ...]]:
        judging = self._judging
        if judging is None:
            self._execute(None)
            return {}
        self._note_names_needed(judging)
        run = self._execute(self._open_ways())
        if not run.failing:
            before = dict(self._why)
            self._why |= self._unsettled(run)
            self._note_names_needed(judging)
            forks, are_all = self._ways_in_forks(judging, run)
            if are_all:
                return self._ways_found(run) | forks
            self._why = before
        as_nbgrader = self._execute(None)
        self._note_failures(as_nbgrader)
        for related in (True, False):
            if failing := run.failing - as_nbgrader.failing:
                self._give_up_hiding(judging, failing, related)
                run = self._execute(self._open_ways())
        self._why |= {test: why for test, why in self._unsettled(run).items() if test not in self._tests_failed}
        self._note_names_needed(judging)
        forks, _ = self._ways_in_forks(judging, run)
        for related in (True, False):
            if failing := self._fail_there - as_nbgrader.failing:
                self._give_up_hiding(judging, failing, related)
                run = self._execute(self._open_ways())
                forks, _ = self._ways_in_forks(judging, run)
        for place in sorted(self._fail_there - as_nbgrader.failing):
            test = self._source.cells[place].metadata.get("nbgrader", {}).get("grade_id")
            self._found.failed.append(Remark(self._name, test, "it passes only as nbgrader runs all tests"))
        return self._ways_found(run) | forks

    def _ways_found(self, run: InRunner) -> dict[str, tuple[Way, ...]]:
        return {test: (_way_that_serves(findings),) for test, findings in run.findings.items() if test not in self._why}

    def _ways_in_forks(self, judging: Judging, run: InRunner) -> tuple[dict[str, tuple[Way, ...]], bool]:
        """Have those tests run in forks of the notebook that have to run there: in a fork, a control can run, too.

        Where cells below need nothing of what a hidden part does, it runs in the fork alone.

        run: one that settled the others, and may have tried these so. Return the ways of those that pass so; and
        whether it is known that all tests pass that run in the notebook or in a fork of it.
        """
        self._fail_there = set()
        if not self._why:
            return {}, True
        if not run.kernel.answers_judge:
            return {}, False
        needed = names_needed_below(
            self._source, lambda cell: judging.visible(cell)[0], lambda cell: self._runs_there(cell, judging)
        )
        hiding = {cell.metadata.nbgrader.grade_id for cell in self._tests if judging.visible(cell)[1]}
        hidden_alone = {test for test in hiding & self._why.keys() - needed.keys() if self._why[test] != _SIDE_EFFECTS}
        # Perhaps a cell below depends on what one of them does, or one of them does not pass.
        for alone in (hidden_alone, ()) if hidden_alone else ((),):
            tried = {test: (IN_FORK,) if test in alone else (IN_NOTEBOOK, IN_FORK) for test in self._why}
            again = run
            if not all(self._ran_so(run, test, ways, test in hiding) for test, ways in tried.items()):
                again = self._execute(self._ways_found(run) | tried, only=set(tried))
            self._fail_there = again.failing - run.failing
            if not self._fail_there:
                found = {test: again.findings.get(test, {}).get(IN_FORK) for test in tried}
                forks = {test: Way(IN_FORK.kind, one.needs) for test, one in found.items() if _serves(one)}
                pass_so = {test: (*tried[test][:-1], fork) for test, fork in forks.items()}
                # One that does not pass may need what the hidden part of another one does.
                if len(pass_so) == len(tried) or not alone:
                    return pass_so, len(pass_so) == len(tried)
        return {}, False

    def _ran_so(self, run: InRunner, test: str, ways: tuple[Way, ...], hides: bool) -> bool:
        """Return whether a run tried a test in a fork, with as much of it in the notebook as in some ways."""
        ran = run.judging.ways_of(self._name, test) if run.judging else ()
        return IN_FORK in run.findings.get(test, {}) and (not hides or (IN_NOTEBOOK in ran) == (IN_NOTEBOOK in ways))

    def _note_names_needed(self, judging: Judging) -> None:
        """Have hidden parts run in the notebook that make names for what runs there, be it another hidden part."""
        noted = -1
        while noted < len(self._why):
            noted = len(self._why)
            for test, names in names_needed_below(self._source, lambda cell: self._runs_there(cell, judging)).items():
                self._why.setdefault(test, f"cells below use {', '.join(names)}, which its hidden part makes")

    def _runs_there(self, cell: NotebookNode, judging: Judging) -> str:
        """Return what of a test runs in the notebook: all of it, too, if the solution fails it."""
        runs_there = cell.metadata.nbgrader.grade_id in self._why.keys() | self._tests_failed
        return cell.source if runs_there else judging.visible(cell)[0]

    @property
    def _tests_failed(self) -> set[str | None]:
        return {remark.test for remark in self._found.failed if remark.notebook == self._name}

    def _open_ways(self) -> dict[str, tuple[Way, ...]]:
        """Return the ways that are left to be tried for each test."""
        names = [cell.metadata.nbgrader.grade_id for cell in self._tests]
        return {name: (*((IN_NOTEBOOK,) if name in self._why else WAYS), IN_FORK) for name in names}

    def _execute(self, ways: Mapping[str, tuple[Way, ...]] | None, only: set[str] | None = None) -> InRunner:
        """Run the notebook with its tests judged in some ways; None: as nbgrader does. only: as in `InRunner`."""
        judging = None if ways is None or self._judging is None else replace(self._judging, ways={self._name: ways})
        kernels = kernels_of(self._bundle.rows["notebook"], self._bundle.source)
        execute = in_runner(Execute, self._fork_server, self._bundle.limits, judging=judging, kernels=kernels)
        run = execute(parent=None, config=self._bundle.config)
        run.only = only
        run.kernel_name = run.kernel_name or kernels[self._name]
        lists_modules = find_kernel(run.kernel_name).answers_judge
        notebook = nbformat.from_dict(self._source)
        notebook.cells = [*map(nbformat.from_dict, self._source.cells), *[new_code_cell(_LIST_MODULES)] * lists_modules]
        with temporary_folder("dry run-") as folder, setenv(NBGRADER_EXECUTION="autograde"):
            write_files(Path(folder), {**self._bundle.source, **self._bundle.answers})
            resources = {"metadata": {"path": folder}, "nbgrader": {"notebook": self._name}}
            done, _ = run.preprocess(notebook, resources)
        if lists_modules:
            for output in done.cells.pop().outputs:
                self._found.modules += output.get("text", "").split()
        return run

    def _unsettled(self, run: InRunner) -> dict[str, str]:
        """Return the tests that did not pass out of reach -> why."""
        unsettled = {}
        for cell in self._tests:
            name = cell.metadata.nbgrader.grade_id
            findings = run.findings.get(name, {})
            if name not in self._why and _way_that_serves(findings) == IN_NOTEBOOK:
                unsettled[name] = _why_not(findings.values())
        return unsettled

    def _note_failures(self, as_nbgrader: InRunner) -> None:
        for place in sorted(as_nbgrader.failing):
            cell = as_nbgrader.nb.cells[place]
            if is_test(cell):
                remark = Remark(self._name, cell.metadata.nbgrader.grade_id, error_in(cell))
                self._found.failed.append(remark)

    def _give_up_hiding(self, judging: Judging, failing: set[int], related: bool) -> None:
        """Have tests with hidden parts run in the notebook: cells below them fail because they depend on what those do.

        failing: the places of these cells. related: only tests that have a name in common with one of them.
        """
        for place in failing:
            needs = names_in(self._source.cells[place])
            for cell in filter(is_test, self._source.cells[:place]):
                if judging.visible(cell)[1] and (not related or names_in(cell) & needs):
                    self._why.setdefault(cell.metadata.nbgrader.grade_id, _SIDE_EFFECTS)


def _way_that_serves(findings: Mapping[Way, JudgeFinding]) -> Way:
    """Return the first way that serves out of the learner's reach, or the one within it."""
    for way, found in findings.items():
        if way != IN_FORK and _serves(found):
            there = found.needs.there or (AFTERWARDS if found.there else "")
            return Way(way.kind, replace(found.needs, there=there))
    return IN_NOTEBOOK


def _serves(found: JudgeFinding | None) -> TypeGuard[JudgeFinding]:
    return found is not None and found.passed and found.asked


def _why_not(findings: Iterable[JudgeFinding]) -> str:
    """Return why a test is not judged out of reach, according to the first way that was tried."""
    for found in findings:
        if found.passed:
            return "it asks the notebook for nothing"
        where = "" if found.line is None else f"in line {found.line}, "
        fault = f" ({found.fault})" if found.fault else ""
        return f"{where}{found.refused or 'it does not pass out of the notebook'}{fault}"
    return "its notebook is not run by this Python"
