"""Where submissions are graded: on this machine by processes of its own (`cluster` has the other place)."""

import contextlib
import gc
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import Protocol

from secondcar.grading.kernel.fork_server import ForkServer, end_with
from secondcar.grading.kernel.runner import ForkServerGone
from secondcar.grading.records import Bundle, GradingResult, Rows, Submission
from secondcar.grading.workers.bounds import ended_after
from secondcar.grading.workers.dry_run import DryRun, dry_run
from secondcar.grading.workers.submission import grade_submission, rehearse, seconds_for

# The teacher's notebook is run once for a class of at least this size: it saves each learner's a tenth of a second.
_WORTH_A_DRY_RUN = 10

LOST = "The process that graded it was ended from outside, twice."

# The key of a job, and its result.
Graded = tuple[str, GradingResult]


@dataclass(frozen=True)
class Job:
    """A submission to be graded.

    Attributes:
        key: stands for its content and the assignment's.
        rows: what the gradebook has of it.
    """

    key: str
    submission: Submission
    rows: Rows

    def lost(self, why: str) -> Graded:
        """Return what comes of it if nobody can grade it. why: a sentence for the teacher."""
        return self.key, GradingResult(self.submission.student, self.rows, None, notes=(why,))


class Workers(Protocol):
    """Whoever grades submissions. dry_run: what a run of the teacher's notebooks showed, once there was one."""

    dry_run: DryRun | None

    def results(self, students: list[str]) -> Iterator[list[Graded]]:
        """Grade the submissions of the students, each once; yield the results that are new, whenever there are any."""


class LocalWorkers:
    """A fork server and worker processes on this machine."""

    def __init__(
        self, bundle: Bundle, read: Callable[[str], Job], workers: int, modules: tuple[str, ...], sandbox: str
    ) -> None:
        """read: returns the job of a student. modules: imported first. sandbox: the kind that notebooks run in."""
        self.bundle, self.read, self.workers, self.modules, self.sandbox = bundle, read, workers, modules, sandbox
        self.dry_run: DryRun | None = None

    def results(self, students: list[str]) -> Iterator[list[Graded]]:
        """Yield results as they come.

        When a process dies unexpectedly, the submissions that were being graded are graded again, each alone, so that
        one that ends its grader costs no other learner anything.
        """
        if len(students) < _WORTH_A_DRY_RUN and not self.bundle.options.tests_out_of_reach:
            self.dry_run = DryRun()
        while students:
            students, suspects = yield from self._round(students, self.workers)
            for job in suspects:
                _, again = yield from self._round([job.submission.student], 1)
                if again:
                    yield [job.lost(LOST)]

    def _round(self, students: list[str], workers: int) -> Generator[list[Graded], None, tuple[list[str], list[Job]]]:
        """Grade until all are done or a process dies; return the students not begun, and the jobs not done."""
        queue = students[::-1]
        running: dict[Future[GradingResult], Job] = {}
        with self._executor(workers) as executor:
            while queue or running:
                # Few are read ahead: a class may not fit into memory.
                while queue and len(running) < 2 * workers:
                    job = self.read(queue.pop())
                    running[executor.submit(_grade, job.submission, job.rows)] = job
                graded, broken = [], False
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    try:
                        graded.append((running[future].key, future.result()))
                        del running[future]
                    except (BrokenProcessPool, ForkServerGone):
                        broken = True
                yield graded
                if broken:
                    return queue[::-1], list(running.values())
        return [], []

    @contextlib.contextmanager
    def _executor(self, workers: int) -> Iterator[ProcessPoolExecutor]:
        with ForkServer(self.modules, self.sandbox, self.bundle.limits.variables) as fork_server:
            if self.dry_run is None:
                self.dry_run = dry_run(self.bundle, fork_server.address)
            fork_server.add(self.dry_run.modules)
            bundle = replace(self.bundle, ways=self.dry_run.ways)
            rehearse(bundle)
            with ProcessPoolExecutor(
                workers,
                # nbgrader is imported already: a forked worker need not do it again.
                mp_context=multiprocessing.get_context("fork"),
                initializer=_begin_worker,
                initargs=(bundle, fork_server.address, os.getpid()),
            ) as executor:
                yield executor


# Set in each worker process.
_bundle: Bundle
_fork_server: str


def _begin_worker(bundle: Bundle, fork_server: str, parent: int) -> None:
    global _bundle, _fork_server
    _bundle, _fork_server = bundle, fork_server
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # nbgrader's own code warns about how it uses its database, once per submission.
    warnings.simplefilter("ignore")
    # What exists by now never becomes garbage, and is not searched again and again.
    gc.freeze()
    end_with(parent)


def _grade(submission: Submission, rows: Rows) -> GradingResult:
    with ended_after(1.5 * seconds_for(_bundle)):
        return grade_submission(_bundle, submission, rows, _fork_server)
