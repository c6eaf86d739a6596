"""Make the feedback pages of an assignment of any nbgrader course: a drop-in for `nbgrader generate_feedback`, faster.

It runs nbgrader's own `GenerateFeedback`, with the preprocessors of the course's configuration. A page is nbgrader's,
byte for byte, except for what `FeedbackOptions` says.
"""

import contextlib
import gc
import logging
import multiprocessing
import os
import shutil
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import nbgrader
from nbconvert.writers.files import FilesWriter
from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.apps import GenerateFeedbackApp
from nbgrader.converters import GenerateFeedback, base
from nbgrader.preprocessors import GetGrades, getgrades
from traitlets.utils.importstring import import_item

from secondcar.counting import counted
from secondcar.grading import assignment
from secondcar.grading.course import open_gradebook
from secondcar.grading.feedback.html_pages import for_a_class
from secondcar.grading.feedback.marks_that_wait import FILTERS, saying_what_waits
from secondcar.grading.folders import find_all_files, swap_folder
from secondcar.grading.grade import own_folder
from secondcar.grading.gradebook.reading_ahead import ReadingAhead
from secondcar.grading.gradebook.rows import read_assignment, read_submissions
from secondcar.grading.kernel.fork_server import end_with
from secondcar.grading.preprocessors.hidden_tests import KeepTestsHidden
from secondcar.grading.remembered import Remembered
from secondcar.grading.workers.bounds import PAGE_SECONDS, TookTooLong, bounded, ended_after
from secondcar.grading.workers.submission import sentence

# The start of a worker takes as long as some pages.
_WORTH_A_WORKER = 10

_LOST = "The process that made its pages was ended from outside, twice."


@dataclass(frozen=True)
class FeedbackOptions:
    """Where feedback differs from nbgrader's; False does as nbgrader does.

    =====================  ===================================================  ===================================
    option                 True                                                 False, as nbgrader
    =====================  ===================================================  ===================================
    hide_tests             no page shows a line of a hidden test, nor does a    every learner reads them in the
                           traceback in it                                      page, unless the course's
                                                                                configuration takes them out
    no_scripts             no script runs in a page, and it asks no other       learners' scripts run, and formulas
                           server for anything: HTML is cleaned, formulas       need a script from another server
                           are MathML (`safe_html`)
    say_what_waits         a page that nbgrader lays out says which marks a     such a mark is shown as 0
                           person has yet to decide
    =====================  ===================================================  ===================================
    """

    hide_tests: bool = True
    no_scripts: bool = True
    say_what_waits: bool = True


@dataclass(frozen=True)
class FeedbackOutcome:
    """What became of one student's pages. made: whether there are new ones. notes: why not, in a sentence."""

    student: str
    made: bool
    notes: tuple[str, ...] = ()


@dataclass
class FeedbackSummary:
    """What a run did.

    Attributes:
        outcomes: one for each student it dealt with.
        skipped: students who have their pages.
        seconds: wall time.
    """

    outcomes: list[FeedbackOutcome] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> list[FeedbackOutcome]:
        return [outcome for outcome in self.outcomes if not outcome.made]

    def __str__(self) -> str:
        made = len(self.outcomes) - len(self.failed)
        return (
            f"{counted(made, 'learner has', 'learners have')} new feedback pages, "
            f"{len(self.skipped)} had theirs, {len(self.failed)} failed; {self.seconds:.1f} s."
        )


def give_feedback(arguments: list[str], **how: Any) -> FeedbackSummary:
    """Make the pages that are due, as `nbgrader generate_feedback` with the same arguments would.

    how: as for `give_feedback_with`, which says what is raised.

    >>> print(give_feedback(["ps1", "--student=ada"]))  # doctest: +SKIP
    1 learner has new feedback pages, 0 had theirs, 0 failed; 0.4 s.
    """
    return give_feedback_with(assignment.load_converter(arguments, GenerateFeedbackApp, PageMaker), **how)


def give_feedback_with(
    maker: "PageMaker",
    workers: int | None = None,
    options: FeedbackOptions = FeedbackOptions(),
    on_outcome: Callable[[FeedbackOutcome, int, int], None] = lambda outcome, done, total: None,
) -> FeedbackSummary:
    """Make the pages that are due.

    Args:
        maker: for one assignment, with the course's configuration.
        workers: how many learners to work for at a time; by default one per core, and fewer for a small class.
        options: where to differ from nbgrader.
        on_outcome: called with each outcome, how many are done, and how many there are.

    Raises:
        CourseError: there is nothing to do, or another run is grading this course.
    """
    started = time.monotonic()
    folders = assignment.find_submissions(maker)
    with own_folder(maker) as scratch:
        made_from = Remembered(scratch / "pages made from" / f"{maker.coursedir.assignment_id}.json")
        keys = _keys(maker, folders, options)
        due = [
            student
            for student, folder in folders.items()
            if assignment.is_due(maker, student, folder, ".html")
            or any(made_from.get(page) != key for page, key in keys.get(student, {}).items())
        ]
        summary = FeedbackSummary(skipped=sorted(folders.keys() - set(due)))
        if due:
            maker.prepare(options, folders)
            most = min(os.cpu_count() or 1, max(1, len(due) // _WORTH_A_WORKER))
            for outcome in _in_workers(maker, due, workers or most):
                summary.outcomes.append(outcome)
                on_outcome(outcome, len(summary.outcomes), len(due))
            made = [keys.get(outcome.student, {}) for outcome in summary.outcomes]
            made_from.keep({page: key for pages in made for page, key in pages.items()})
    summary.seconds = time.monotonic() - started
    return summary


def _keys(maker: "PageMaker", folders: dict[str, Path], options: FeedbackOptions) -> dict[str, dict[str, str]]:
    """Return student -> page -> a key for all that the page is made from."""
    course = maker.coursedir
    with open_gradebook(course) as gradebook, gradebook.engine.connect() as connection:
        try:
            rows = read_submissions(connection, read_assignment(connection, course.assignment_id), list(folders))
        except KeyError:
            return {}
    return {
        student: {
            f"{student}/{path.stem}": assignment.digest_of(
                [rows[student], asdict(options)], {path.name: _content_of(path)}
            )
            for path in map(Path, maker.assignments[str(folder)])
        }
        for student, folder in folders.items()
    }


def _content_of(notebook: Path) -> bytes:
    """Return what is in a notebook; b"" if it cannot be read, of which its own learner's pages tell."""
    with contextlib.suppress(OSError):
        return notebook.read_bytes()
    return b""


class PageMaker(GenerateFeedback):
    """nbgrader's `GenerateFeedback` for one student after another, each of whom gets all pages at once or none."""

    def prepare(self, options: FeedbackOptions, folders: dict[str, Path]) -> None:
        """Make ready what all students share. folders: student -> folder of what was graded."""
        self.folders = folders
        self.log = logging.Logger("feedback", logging.CRITICAL + 1)
        open_gradebook(self.coursedir).close()
        # nbgrader's `GetGrades` makes what a gradebook lacks: here once, before there are workers.
        self.gradebook = ReadingAhead(self.coursedir.db_url)
        self._prepare_folders()
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = for_a_class(self.exporter_class, options.no_scripts)(parent=self, config=self.config)
        says_what_waits = options.say_what_waits and self._has_nbgraders_template()
        if says_what_waits:
            self.exporter.filters = {**self.exporter.filters, **FILTERS}
        self._fill_caches()
        for item in _preprocessors(self.preprocessors, options.hide_tests, says_what_waits):
            self.exporter.register_preprocessor(item)
        # The notebook is checked once after all preprocessors, not once after each.
        self.exporter.optimistic_validation = True

    def _has_nbgraders_template(self) -> bool:
        """Return whether nbgrader lays a page out: a course's own template says itself what waits."""
        folders = getattr(self.exporter, "extra_template_basedirs", ())
        return any(Path(folder).is_relative_to(Path(nbgrader.__file__).parent) for folder in folders[:1])

    def _fill_caches(self) -> None:
        """Do here what each worker would do at its first page: compile templates, schemas and queries, and so on."""
        nothing = dict.fromkeys(("student", "assignment", "notebook"), "")
        with contextlib.suppress(MissingEntry):
            self.gradebook.find_grade("", **nothing)
        self.gradebook.close()
        # A forked worker must not share an open database.
        self.gradebook.engine.dispose()
        source = self.coursedir.format_path(self.coursedir.source_directory, ".", self.coursedir.assignment_id)
        for path in Path(source).glob("*.ipynb"):
            with contextlib.suppress(Exception):  # a template of the course's own may need more than is here
                self._show(nbformat.read(path, as_version=4), {**nothing, "max_score": 0, "late_penalty": 0})

    def _show(self, notebook: NotebookNode, resources: dict[str, Any]) -> None:
        """Make a page of a notebook that nobody handed in, for nobody."""
        for cell in notebook.cells:
            cell.metadata.get("nbgrader", {}).update(score=0, points=0)
        self.exporter.from_notebook_node(notebook, {"nbgrader": {**resources, "score": 0}, "inlining": {"css": []}})

    def _prepare_folders(self) -> None:
        course = self.coursedir
        pages = Path(course.format_path(course.feedback_directory, ".", ".")).resolve()
        self.scratch = pages / ".secondcar"
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)
        if course.groupshared:
            pages.chmod(pages.stat().st_mode & 0o2777 | 0o2770)
        # The base class writes where nobody looks.
        self.directory, course.feedback_directory = course.feedback_directory, str(self.scratch / "staged")

    def make(self, student: str) -> FeedbackOutcome:
        """Make a student's pages, and put them in place of old ones. If that fails, old ones go, as with nbgrader."""
        of = self.coursedir.assignment_id, student
        staged = Path(self._format_dest(*of))
        self.notebooks = sorted(self.assignments[str(self.folders[student])])
        try:
            self.run_pre_convert_hook()
            self._keep_other_pages(student, staged)
            self.init_assignment(*of)
            for notebook in self.notebooks:
                self.convert_single_notebook(notebook)
            self.set_permissions(*of)
            self._put_in_place(student, staged)
            self.run_post_convert_hook()
        except Exception as fault:
            shutil.rmtree(staged, ignore_errors=True)
            self._keep_other_pages(student, staged)
            self._put_in_place(student, staged)
            return FeedbackOutcome(student, made=False, notes=(sentence(fault),))
        return FeedbackOutcome(student, made=True)

    def _keep_other_pages(self, student: str, staged: Path) -> None:
        """Begin with what is there, if only some of a student's notebooks are dealt with."""
        if self.coursedir.notebook_id != "*" and self._place(student).exists():
            shutil.copytree(self._place(student), staged)
            for notebook in self.notebooks:
                (staged / Path(notebook).with_suffix(".html").name).unlink(missing_ok=True)

    def _put_in_place(self, student: str, staged: Path) -> None:
        """Swap a student's old folder for the new one, if there is a new one."""
        swap_folder(self._place(student), staged if staged.exists() else None, self.scratch / "old" / student)

    def _place(self, student: str) -> Path:
        return Path(self.coursedir.format_path(self.directory, student, self.coursedir.assignment_id))


def _preprocessors(configured: list, hide_tests: bool, say_what_waits: bool) -> Iterator[Any]:
    items = [import_item(item) if isinstance(item, str) else item for item in configured]
    if hide_tests and KeepTestsHidden not in items:
        # First, because it has to see nbgrader's markers, which another may take out.
        yield KeepTestsHidden
    for item in items:
        shows_marks = isinstance(item, type) and issubclass(item, GetGrades)
        yield saying_what_waits(item) if shows_marks and say_what_waits else item


def _in_workers(maker: PageMaker, students: list[str], workers: int) -> Iterator[FeedbackOutcome]:
    """Yield the outcome for each student, as they come.

    When a process dies, those students that have no outcome yet are dealt with again, each alone.
    """
    left = dict.fromkeys(students)
    for outcome in _round(maker, students, workers):
        del left[outcome.student]
        yield outcome
    for student in left:
        yield next(_round(maker, [student], 1), FeedbackOutcome(student, made=False, notes=(_LOST,)))


def _round(maker: PageMaker, students: list[str], workers: int) -> Iterator[FeedbackOutcome]:
    """Yield outcomes until there is one for each student or a process dies."""
    # A forked worker has nbgrader imported and the templates compiled.
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, fork, initializer=_begin_worker, initargs=(maker, os.getpid())) as executor:
        for future in as_completed([executor.submit(_make, student) for student in students]):
            if isinstance(future.exception(), BrokenProcessPool):
                return
            yield future.result()


# Set in each worker process.
_maker: PageMaker


def _begin_worker(maker: PageMaker, parent: int) -> None:
    global _maker
    _maker = maker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # nbgrader's own code warns about how it uses its database, and nbconvert about the names of its templates.
    warnings.simplefilter("ignore")
    end_with(parent)
    # What exists by now never becomes garbage, and is not searched again and again.
    gc.freeze()
    os.chdir(maker.coursedir.root)
    getgrades.Gradebook = lambda db_url: maker.gradebook
    base.find_all_files = find_all_files


def _make(student: str) -> FeedbackOutcome:
    try:
        with ended_after(1.5 * PAGE_SECONDS, of_processor=True), bounded(PAGE_SECONDS, of_processor=True):
            return _maker.make(student)
    except TookTooLong as fault:
        return FeedbackOutcome(student, made=False, notes=(sentence(fault),))
