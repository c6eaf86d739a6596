"""Grade an assignment of any nbgrader course: a drop-in for `nbgrader autograde`, faster and harder to stop."""

import contextlib
import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nbgrader.api import Grade, Gradebook, SubmittedAssignment
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from sqlalchemy import Engine, func, or_, select
from sqlalchemy.exc import OperationalError

from secondcar.errors import CourseError
from secondcar.grading import assignment
from secondcar.grading.folders import remove_tree, temporary_folder
from secondcar.grading.gradebook.marks import CellMark, read_cell_marks
from secondcar.grading.gradebook.rows import read_submissions
from secondcar.grading.gradebook.writer import Writer
from secondcar.grading.handed_in import expected_of
from secondcar.grading.isolation.sandbox import NONE, Sandbox, find_sandbox
from secondcar.grading.kernel.fork_server import usual_modules
from secondcar.grading.limits import Limits
from secondcar.grading.records import (
    BY_HAND,
    WAITS,
    Dispute,
    GradingOptions,
    GradingResult,
    OpenQuestion,
    Remark,
    WaitingMark,
)
from secondcar.grading.remembered import Remembered
from secondcar.grading.workers.local import Graded, Job, LocalWorkers, Workers
from secondcar.grading.workers.submission import sentence
from secondcar.grading.workers.waiting import WaitingResults

_ANOTHER_RUN = "Another run is at work in this course: wait until it has ended."

_NO_TEXT = "The name of the folder is not text in UTF-8, and a gradebook cannot hold it: rename it, and grade again."

# Maximum results per transaction.
_BATCH = 50


@dataclass(frozen=True)
class GradingOutcome:
    """What came of a submission, without its files.

    by_hand: whether a cell waits for a teacher's mark. The rest: as in `GradingResult`.
    """

    student: str
    graded: bool
    by_hand: bool
    notes: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    questions: tuple[OpenQuestion, ...]
    seconds: float
    cells: tuple[tuple[str, float], ...]
    processor: dict[str, float]


@dataclass
class GradingSummary:
    """What a run did.

    Attributes:
        outcomes: one for each submission it dealt with.
        skipped: students graded before.
        outdated: of these, those graded with other answers or tests than the current ones.
        again: students graded again for that reason alone -> the sum of their marks before and after.
        behind: tests that differ in `source/` from the gradebook, whose text counts; looked for where answers changed.
        penalties: how many late penalties of these changed because marks, extensions or dates did.
        empty: students whose folder holds no notebook of this assignment.
        solution_fails: tests that the teacher's own solution does not pass.
        in_notebook: tests that ran in learners' processes because not even the teacher's answers can be judged from
            outside.
        seconds: wall time.
        assignment: its name.
        waiting: what a person has yet to decide, of those whom this run graded and of those graded before.
    """

    outcomes: list[GradingOutcome] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    again: dict[str, tuple[float, float]] = field(default_factory=dict)
    behind: list[Remark] = field(default_factory=list)
    penalties: int = 0
    empty: list[str] = field(default_factory=list)
    solution_fails: list[Remark] = field(default_factory=list)
    in_notebook: list[Remark] = field(default_factory=list)
    seconds: float = 0.0
    assignment: str = ""
    waiting: list[WaitingMark] = field(default_factory=list)

    @property
    def failed(self) -> list[GradingOutcome]:
        return [outcome for outcome in self.outcomes if not outcome.graded]


def grade(arguments: list[str], **how: Any) -> GradingSummary:
    """Grade the due submissions of an assignment, as `nbgrader autograde` with the same arguments would.

    how: as for `grade_with`, which says what is raised.
    """
    return grade_with(assignment.load_converter(arguments), **how)


def grade_with(
    converter: Autograde,
    workers: int | None = None,
    options: GradingOptions = GradingOptions(),  # noqa: B008  frozen
    limits: Limits = Limits(),  # noqa: B008  frozen
    modules: tuple[str, ...] | None = None,
    sandbox: Sandbox | None = None,
    require_sandbox: bool = False,
    scheduler: str | None = None,
    on_sandbox: Callable[[Sandbox], None] = lambda sandbox: None,
    answers: Path | None = None,
    changed: bool = False,
    on_outcome: Callable[[GradingOutcome, int, int], None] = lambda outcome, done, total: None,
) -> GradingSummary:
    """Grade the due submissions of an assignment.

    Args:
        converter: nbgrader's own, for one assignment, with the course's configuration.
        workers: how many submissions to grade at a time; one per core by default.
        options: where to be kinder than nbgrader.
        limits: what one submission may use.
        modules: imported once, before any submission is graded; by default the usual ones that the notebooks name.
        sandbox: what notebooks run in; by default the best available here.
        require_sandbox: whether to grade nothing if none is available.
        scheduler: the address of a running Dask scheduler, whose workers grade in place of processes here.
        on_sandbox: called, before anything is graded, with the sandbox.
        answers: a private answer store: the files below answers/<assignment>/ lie beside the notebook for the judge
            of its tests, and for nobody else.
        changed: whether to grade again what was graded with other answers or tests than the current ones, or by
            nbgrader, so that nobody knows with which.
        on_outcome: called with each outcome, how many are done, and how many there are.

    Raises:
        CourseError: there is nothing to grade, another run is grading this course, there is no sandbox where one is
            required, or the cluster cannot be used.
    """
    started = time.monotonic()
    folders, empty = assignment.find_all_submissions(converter)
    unnamed = [student for student in folders if not _is_text(student)]
    for student in unnamed:
        del folders[student]
    with own_folder(converter) as scratch:
        run = _Run(converter, folders, scratch, options, limits, answers)
        with contextlib.closing(run.gradebook):
            summary = GradingSummary(empty=empty, assignment=run.bundle.assignment)
            due = run.find_due(changed, summary)
            for student in unnamed:
                summary.outcomes.append(_outcome(GradingResult(student, {}, None, notes=(_NO_TEXT,))))
                on_outcome(summary.outcomes[-1], len(summary.outcomes), len(unnamed) + len(due))
            if due:
                sandbox = sandbox or find_sandbox()
                if require_sandbox and sandbox.kind == NONE:
                    raise CourseError(f"Nothing was graded because there is no sandbox. {sandbox.why_not}")
                on_sandbox(sandbox)
                if modules is None:
                    modules = usual_modules(run.bundle.source.values())
                if scheduler:
                    from secondcar.grading.workers.cluster import ClusterWorkers

                    pool: Workers = ClusterWorkers(run.bundle, run.job, scheduler, modules, sandbox.kind)
                else:
                    pool = LocalWorkers(run.bundle, run.job, workers or os.cpu_count() or 1, modules, sandbox.kind)
                before = run.writer.scores(run.again)
                run.grade(summary, pool, on_outcome)
                after = run.writer.scores(run.again)
                summary.again = {student: (before[student], after[student]) for student in run.again}
                if pool.dry_run:
                    summary.solution_fails, summary.in_notebook = pool.dry_run.failed, pool.dry_run.in_notebook
            if summary.outdated or run.again:
                summary.behind = assignment.not_in_gradebook(run.bundle)
            summary.penalties = run.writer.renew_penalties(summary.skipped)
            run.note_marks(summary)
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
            raise CourseError(_ANOTHER_RUN) from None
        for leftover in ("staged", "old"):
            remove_tree(folder / leftover)
        with _temporary_folder(folder / "temporary"):
            yield folder


@contextlib.contextmanager
def _temporary_folder(note: Path) -> Iterator[None]:
    """Keep all temporary files of this run in one folder, and note where, so that the next run can tidy up."""
    if note.exists():
        remove_tree(note.read_text())
    with temporary_folder("secondcar-") as temporary:
        note.write_text(temporary)
        before, tempfile.tempdir = tempfile.tempdir, temporary
        try:
            yield
        finally:
            tempfile.tempdir = before
    note.unlink()


class _Run:
    def __init__(
        self,
        converter: Autograde,
        folders: dict[str, Path],
        scratch: Path,
        options: GradingOptions,
        limits: Limits,
        answers: Path | None,
    ) -> None:
        self.converter, self.folders = converter, folders
        self.due: dict[str, Path] = {}
        self.again: list[str] = []
        course = converter.coursedir
        hidden = [*assignment.private_paths(converter), *([str(answers.resolve())] if answers else [])]
        limits = replace(limits, hidden=tuple(hidden))
        self.gradebook = Gradebook(course.db_url, course.course_id)
        self.engine = self.gradebook.engine
        self.bundle = assignment.read_bundle(converter, self.engine, options, limits, answers)
        # By these, notebooks under other names are found.
        self.expected = expected_of(self.bundle.rows) if course.notebook_id == "*" and options.repair else {}
        self.waiting = WaitingResults(scratch / "waiting" / course.assignment_id)
        self.writer = Writer(converter, self.engine, self.bundle.rows, scratch)
        self.graded_with = Remembered(scratch / "graded with" / f"{course.assignment_id}.json")
        self.answers_key = assignment.answers_key(self.bundle)

    def find_due(self, changed: bool, summary: GradingSummary) -> dict[str, Path]:
        """Find what is to be graded, and note in the summary who was graded before."""
        with self.engine.connect() as connection:
            rows = read_submissions(connection, self.bundle.rows, list(self.folders))
        for student, folder in self.folders.items():
            known = self.graded_with.get(student)
            # What the gradebook does not know was not graded, whatever lies in autograded/.
            if not rows[student]["submitted_assignment"] or assignment.is_due(self.converter, student, folder):
                self.due[student] = folder
            elif changed and known != self.answers_key:
                self.due[student] = folder
                self.again.append(student)
            else:
                summary.skipped.append(student)
                # What nbgrader graded is not known: nothing is said of it.
                summary.outdated += [student] * (known not in (None, self.answers_key))
        return self.due

    def grade(self, summary: GradingSummary, workers: Workers, on_outcome: Callable) -> None:
        """Grade all that is due, and write results as they come."""
        total = len(summary.outcomes) + len(self.due)
        # A forked worker must not share an open database.
        self.engine.dispose()
        with _locked(self.engine, self.gradebook.course_id):
            try:
                for graded in self._results(workers):
                    for start in range(0, len(graded), _BATCH):
                        for result, by_hand in self._written(graded[start : start + _BATCH]):
                            summary.outcomes.append(_outcome(result, by_hand))
                            on_outcome(summary.outcomes[-1], len(summary.outcomes), total)
            finally:
                done = [outcome.student for outcome in summary.outcomes if outcome.student in self.due]
                if self.converter.coursedir.notebook_id == "*":
                    self.graded_with.keep(dict.fromkeys(done, self.answers_key))
            self.waiting.clear()

    def note_marks(self, summary: GradingSummary) -> None:
        """Note in the summary which marks wait for a person, and what became of those that are disputed."""
        disputed = [outcome.student for outcome in summary.outcomes if outcome.disputes]
        # The cells are named so that the marks of other assignments are not scanned.
        of_assignment = Grade.cell_id.in_(row["id"] for row in self.bundle.rows["base_cell"])
        wanted = or_(Grade.needs_manual_grade, SubmittedAssignment.student_id.in_(disputed))
        marks = {
            (mark.learner, mark.notebook, mark.cell): mark
            for mark in read_cell_marks(self.gradebook, summary.assignment, of_assignment, wanted)
        }
        graded = {*summary.skipped, *(outcome.student for outcome in summary.outcomes if outcome.graded)}
        summary.waiting = [WaitingMark(*of) for of, mark in marks.items() if mark.waits and mark.learner in graded]
        for place, outcome in enumerate(summary.outcomes):
            found = [(one, marks.get((outcome.student, one.notebook, one.test))) for one in outcome.disputes]
            disputes = tuple(self._with_mark(one, mark) if mark else one for one, mark in found)
            summary.outcomes[place] = replace(outcome, disputes=disputes)

    def _with_mark(self, dispute: Dispute, mark: CellMark) -> Dispute:
        if mark.waits:
            return replace(dispute, became=WAITS)
        became = BY_HAND if mark.by_hand else self.bundle.options.disputes
        return replace(dispute, became=became, points=mark.points)

    def _written(self, graded: list[Graded]) -> list[tuple[GradingResult, bool]]:
        """Put results into the course, and return each, and whether a cell of it waits for a person's mark.

        If one cannot be written, only that one fails.
        """
        for key, result in graded:
            self.waiting.keep(key, result)
        results = [result for _, result in graded]
        try:
            waiting = self.writer.write(results)
        except (OSError, ValueError, LookupError, RecursionError) as fault:
            if len(graded) > 1:
                return [result for one in graded for result in self._written([one])]
            why = f"Its result could not be written: {sentence(fault)}."
            results = [_failed(results[0], why)]
            waiting = self.writer.write(results)
        for result in results:
            self.waiting.drop(result.student)
        return [(result, result.student in waiting) for result in results]

    def _results(self, workers: Workers) -> Iterator[list[Graded]]:
        """Yield the results that are new each time; first those that a killed run left behind."""
        left_behind = {student: self.waiting.get(student) for student in self.waiting.students() & self.due.keys()}
        still_right = [found for student, found in left_behind.items() if found and found[0] == self.job(student).key]
        yield still_right
        graded = {result.student for _, result in still_right}
        yield from workers.results([student for student in self.due if student not in graded])

    def job(self, student: str) -> Job:
        """Return what a student handed in, and what the gradebook has of it at this moment."""
        submission = assignment.read_submission_files(
            self.converter, student, self.due[student], self.bundle.limits, self.expected
        )
        with self.engine.connect() as connection:
            rows = read_submissions(connection, self.bundle.rows, [student])[student]
        return Job(assignment.key_of(self.bundle, submission), submission, rows)


def _is_text(name: str) -> bool:
    """Return whether a name has no bytes that are not UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextlib.contextmanager
def _locked(engine: Engine, course_id: str) -> Iterator[None]:
    """Keep runs on other machines away from this course's gradebook, where its database can be on another machine.

    They may not see our folder. Raises CourseError if another run has the lock; it goes when this process ends.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    name = (func.hashtext("secondcar"), func.hashtext(course_id))
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(*name))):
            raise CourseError(_ANOTHER_RUN)
        try:
            yield
        finally:
            with contextlib.suppress(OperationalError):  # the server is gone, and the lock with it
                connection.execute(select(func.pg_advisory_unlock(*name)))


def _failed(result: GradingResult, why: str) -> GradingResult:
    """Return a result that could not be written as one without files and marks: all of it waits for a person."""
    rows = {**result.rows, "grade": [{**row, "auto_score": None} for row in result.rows.get("grade", ())]}
    return replace(result, rows=rows, files=None, penalised=(), notes=(*result.notes, why))


def _outcome(result: GradingResult, by_hand: bool = False) -> GradingOutcome:
    return GradingOutcome(
        result.student,
        result.graded,
        result.graded and by_hand,
        result.notes,
        result.disputes,
        result.questions,
        result.seconds,
        result.cells,
        result.processor,
    )
