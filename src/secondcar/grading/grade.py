"""Grade an assignment of any nbgrader course: a drop-in for `nbgrader autograde`, faster and harder to stop."""

import contextlib
import fcntl
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter

from secondcar.errors import CourseError
from secondcar.grading import assignment
from secondcar.grading.kernel import WarmParentGone
from secondcar.grading.limits import Limits
from secondcar.grading.rehearsal import modules_imported
from secondcar.grading.rows import Rows, read_submission
from secondcar.grading.sandbox import Sandbox, find_sandbox
from secondcar.grading.waiting import WaitingResults
from secondcar.grading.warm import USUAL_MODULES, WarmParent, end_with
from secondcar.grading.worker import Bundle, Options, Result, Submission, grade_submission
from secondcar.grading.writer import Writer

# The teacher's notebook is run once for a class of at least so many: it saves each learner's a tenth of a second.
_WORTH_A_REHEARSAL = 10

_LOST = "The process that graded it was ended from outside, twice."

# The key of a submission, and its student.
Task = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """What came of a submission, without its files.

    by_hand: whether a cell waits for a teacher's mark. notes, seconds, cells: as in `Result`.
    """

    student: str
    graded: bool
    by_hand: bool
    notes: tuple[str, ...]
    seconds: float
    cells: tuple[tuple[str, float], ...]


@dataclass
class Summary:
    """What a run did.

    outcomes: one for each submission it dealt with. skipped: students graded before. empty: students whose folder holds
    no notebook of this assignment. seconds: wall time.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.graded]


def grade(
    arguments: list[str],
    workers: int | None = None,
    options: Options = Options(),  # noqa: B008  frozen
    limits: Limits = Limits(),  # noqa: B008  frozen
    modules: tuple[str, ...] = USUAL_MODULES,
    sandbox: Sandbox | None = None,
    on_outcome: Callable[[Outcome, int, int], None] = lambda outcome, done, total: None,
) -> Summary:
    """Grade what is due of an assignment, as `nbgrader autograde` with the same arguments would.

    Args:
        arguments: the assignment, and any option of `nbgrader autograde`.
        workers: how many submissions to grade at a time; one a core by default.
        options: where to be kinder than nbgrader.
        limits: what one submission may use.
        modules: imported once, before any submission is graded.
        sandbox: what notebooks run in; by default the best that can be had here.
        on_outcome: called with each outcome, how many are done, and how many there are.

    Raises:
        CourseError: there is nothing to grade, or another run is grading this course.
    """
    started = time.monotonic()
    sandbox = sandbox or find_sandbox()
    converter = assignment.load_converter(arguments)
    folders = assignment.find_submissions(converter)
    with own_folder(converter) as scratch:
        due = {student: folder for student, folder in folders.items() if assignment.is_due(converter, student, folder)}
        summary = Summary(skipped=sorted(folders.keys() - due.keys()), empty=assignment.find_empty_folders(converter))
        if due:
            limits = replace(limits, hidden=assignment.private_paths(converter))
            run = _Run(converter, due, scratch, options, limits)
            pool = _Pool(run, workers or os.cpu_count() or 1, modules, sandbox.kind)
            run.grade(summary, pool, on_outcome)
    summary.seconds = time.monotonic() - started
    return summary


@contextlib.contextmanager
def own_folder(converter: BaseConverter) -> Iterator[Path]:
    """Give this run, and no other, a folder beside the graded submissions.

    Raises CourseError if another run has it.
    """
    course = converter.coursedir
    folder = Path(course.format_path(course.autograded_directory, ".", ".")).resolve() / ".secondcar"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError("Another run is at work in this course: wait until it has ended.") from None
        for leftover in ("staged", "old"):
            shutil.rmtree(folder / leftover, ignore_errors=True)
        with _temporary_folder(folder / "temporary"):
            yield folder


@contextlib.contextmanager
def _temporary_folder(note: Path) -> Iterator[None]:
    """Keep all temporary files of this run in one folder, and note where, so that the next run can tidy up."""
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="secondcar-", ignore_cleanup_errors=True) as temporary:
        note.write_text(temporary)
        before, tempfile.tempdir = tempfile.tempdir, temporary
        try:
            yield
        finally:
            tempfile.tempdir = before
    note.unlink()


class _Run:
    def __init__(
        self, converter: Autograde, due: dict[str, Path], scratch: Path, options: Options, limits: Limits
    ) -> None:
        self.converter, self.due = converter, due
        course = converter.coursedir
        self.gradebook = Gradebook(course.db_url, course.course_id)
        self.engine = self.gradebook.engine
        self.bundle = assignment.read_bundle(converter, self.engine, options, limits)
        self.waiting = WaitingResults(scratch / "waiting")
        self.writer = Writer(converter, self.engine, self.bundle.rows, scratch)

    def grade(self, summary: Summary, pool: "_Pool", on_outcome: Callable) -> None:
        """Grade all that is due, and write each result as it comes."""
        # A forked worker must not share an open database.
        self.engine.dispose()
        try:
            for key, result in self._results(pool):
                self.waiting.keep(key, result)
                self.writer.write([result])
                self.waiting.drop(key)
                summary.outcomes.append(_outcome(result))
                on_outcome(summary.outcomes[-1], len(summary.outcomes), len(self.due))
            self.waiting.clear()
        finally:
            self.gradebook.close()

    def _results(self, pool: "_Pool") -> Iterator[tuple[str, Result]]:
        """Yield the key and the result of each submission, those first that a killed run had graded."""
        tasks = []
        for student, folder in self.due.items():
            key = assignment.key_of(self.bundle, self._read(student, folder))
            result = self.waiting.get(key)
            if result:
                yield key, result
            else:
                tasks.append((key, student))
        yield from pool.results(tasks)

    def _read(self, student: str, folder: Path) -> Submission:
        return assignment.read_submission_files(self.converter, student, folder, self.bundle.limits)

    def submission(self, student: str) -> tuple[Submission, Rows]:
        """Return what was handed in, and what the gradebook has of it at this moment."""
        submission = self._read(student, self.due[student])
        with self.engine.connect() as connection:
            return submission, read_submission(connection, self.bundle.assignment_id, student)


def _outcome(result: Result) -> Outcome:
    by_hand = result.graded and any(row["needs_manual_grade"] for row in result.rows["grade"])
    return Outcome(result.student, result.graded, by_hand, result.notes, result.seconds, result.cells)


class _Pool:
    """A warm parent and worker processes on this machine."""

    def __init__(self, run: _Run, workers: int, modules: tuple[str, ...], sandbox: str) -> None:
        self.run, self.workers, self.modules, self.sandbox = run, workers, modules, sandbox
        self.rehearsed: list[str] | None = None if len(run.due) >= _WORTH_A_REHEARSAL else []

    def results(self, tasks: list[Task]) -> Iterator[tuple[str, Result]]:
        """Yield the key and the result of each task, as they come.

        When a process dies that it should not, those submissions that were being graded are graded again, each
        alone, so that one that ends its grader costs nobody else anything.
        """
        while tasks:
            tasks, suspects = yield from self._round(tasks, self.workers)
            for key, student in suspects:
                _, again = yield from self._round([(key, student)], 1)
                if again:
                    yield key, Result(student, self.run.submission(student)[1], None, notes=(_LOST,))

    def _round(self, tasks: list[Task], workers: int) -> Generator[tuple[str, Result], None, tuple[list, list]]:
        """Grade tasks until all are done or a process dies; return those not begun, and those begun and not done."""
        queue, running = tasks[::-1], {}
        with self._executor(workers) as executor:
            while queue or running:
                # Few are read ahead: a class may not fit into memory.
                while queue and len(running) < 2 * workers:
                    task = queue.pop()
                    running[executor.submit(_grade, *self.run.submission(task[1]))] = task
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    try:
                        result = future.result()
                    except (BrokenProcessPool, WarmParentGone):
                        return queue[::-1], list(running.values())
                    yield running.pop(future)[0], result
        return [], []

    @contextlib.contextmanager
    def _executor(self, workers: int) -> Iterator[ProcessPoolExecutor]:
        with WarmParent(self.modules, self.sandbox) as warm:
            if self.rehearsed is None:
                self.rehearsed = modules_imported(self.run.bundle, warm.address)
            warm.add(self.rehearsed)
            with ProcessPoolExecutor(
                workers,
                # nbgrader is imported already: a forked worker need not do it again.
                mp_context=multiprocessing.get_context("fork"),
                initializer=_begin_worker,
                initargs=(self.run.bundle, warm.address, os.getpid()),
            ) as executor:
                yield executor


_bundle: Bundle | None = None
_warm: str | None = None


def _begin_worker(bundle: Bundle, warm: str, parent: int) -> None:
    global _bundle, _warm
    _bundle, _warm = bundle, warm
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # nbgrader's own code warns of how it uses its database, once a submission.
    warnings.simplefilter("ignore")
    end_with(parent)


def _grade(submission: Submission, rows: Rows) -> Result:
    return grade_submission(_bundle, submission, rows, _warm)
