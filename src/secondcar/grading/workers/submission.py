"""Grade one submission: a function of plain data, for any process on any machine.

It runs nbgrader's own `Autograde`, with the preprocessors of the course's configuration, in a folder and on a
gradebook that are this submission's alone. What nbgrader would leave in the course's gradebook and in autograded/
comes back as a `GradingResult`; `writer` puts it there.

A notebook is judged before the next one of the submission runs, which can measure how long that took. To judge all of
them at the end would keep the processes of all until then, with their memory.
"""

import contextlib
import json
import logging
import os
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeGuard

import nbformat
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    Execute,
    SaveAutoGrades,
)
from nbgrader.utils import is_grade, is_solution, is_task, setenv
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from secondcar.counting import counted
from secondcar.errors import CourseError
from secondcar.grading.finding import FindsFolders
from secondcar.grading.folders import entries_below, remove_tree, temporary_folder, write_files
from secondcar.grading.gradebook import private_gradebook
from secondcar.grading.gradebook.rows import read_submissions
from secondcar.grading.handed_in import TIMESTAMP, read_notebook
from secondcar.grading.isolation.sandbox import refuse_autograde
from secondcar.grading.kernel.kernels import kernels_of
from secondcar.grading.kernel.runner import ForkServerGone
from secondcar.grading.preprocessors.repair import NOTES_KEY, RepairSubmission
from secondcar.grading.preprocessors.warnings_in_tests import AllowWarnings
from secondcar.grading.records import (
    PERSON,
    Bundle,
    Dispute,
    Files,
    GradingOptions,
    GradingResult,
    OpenQuestion,
    Rows,
    Submission,
)
from secondcar.grading.workers.bounds import READING_SECONDS, bounded
from secondcar.grading.workers.execution import DISPUTES, QUESTIONS, InRunner, in_runner
from secondcar.grading.workers.judge_client import Judging
from secondcar.grading.workers.validation import compile_schemas_once

_FILES_LOST = (
    "the files that the notebook made were not kept: they hold more than {megabytes:g} MB, or are nested too deep."
)

# For reading, mending, writing and waiting for a process to start: it takes less than one.
_SECONDS_BESIDE = 120

# nbgrader logs a page for each submission; here each failure is told once, in one line.
_QUIET = logging.Logger("grading", logging.CRITICAL + 1)


def grade_submission(bundle: Bundle, submission: Submission, rows: Rows, fork_server: str) -> GradingResult:
    """Grade a submission. Whatever it holds, this returns: a failure is a `GradingResult` without files.

    Args:
        bundle: what all submissions of the assignment need.
        submission: the one to grade.
        rows: what the gradebook has of this student and assignment.
        fork_server: its address.

    Raises:
        ForkServerGone: no submission can be graded.
    """
    started, worked = time.monotonic(), time.process_time()
    compile_schemas_once()
    engine = private_gradebook.fill({**bundle.rows, **rows})
    faults = []
    with temporary_folder("grading-") as folder:
        root = Path(folder)
        converter = _converter(bundle, submission, root, fork_server)
        files = None
        try:
            with bounded(seconds_for(bundle)):
                converter.start()
            graded = root / "autograded" / submission.student / bundle.assignment
            # The notebook must not decide when it was handed in.
            _take_away(graded / TIMESTAMP)
            files, complete = read_files(graded, bundle.limits.disk_bytes + _size_of(submission, bundle))
            if converter.files_lost or not complete:
                faults.append(_FILES_LOST.format(megabytes=bundle.limits.disk_bytes / 1e6))
            files.update({name: submission.files[name] for name in {TIMESTAMP} & submission.files.keys()})
        except NbGraderException as failure:
            if isinstance(converter.fault, ForkServerGone):
                raise converter.fault from None
            faults.append(submission.refused or sentence(converter.fault or failure))
        except Exception as fault:
            faults.append(submission.refused or sentence(fault))
        with engine.connect() as connection:
            found = read_submissions(connection, bundle.rows, [submission.student])[submission.student]
    missing = tuple(row["name"] for row in bundle.rows["notebook"] if f"{row['name']}.ipynb" not in submission.files)
    if rows.get("submitted_assignment"):
        _keep_touched(found, bundle, converter.seen, missing)
    return GradingResult(
        submission.student,
        found,
        files,
        missing,
        tuple(converter.penalised),
        (*converter.notes, *converter.endings, *faults),
        tuple(converter.disputes),
        tuple(converter.questions),
        time.monotonic() - started,
        tuple(converter.cells),
        {**converter.processor, "grader": time.process_time() - worked},
    )


def rehearse(bundle: Bundle) -> None:
    """Do with the teacher's notebooks what is done with a submission, but run nothing of them, or of the course's.

    The first submission of a process takes twice as long, mostly because SQLAlchemy compiles each statement. After this
    neither it nor those of processes that are forked from this one do.
    """
    compile_schemas_once()
    private_gradebook.fill(bundle.rows)
    submission = Submission("rehearsal", bundle.source)
    with temporary_folder("rehearsal-") as folder, warnings.catch_warnings():
        # As workers do: nbgrader's own code warns about how it uses its database.
        warnings.simplefilter("ignore")
        root = Path(folder)
        with contextlib.suppress(Exception):  # then a submission shows what is wrong, and to whom
            _converter(bundle, submission, root, "", _Rehearsal).start()
    private_gradebook.let_fork()


def seconds_for(bundle: Bundle) -> float:
    """Return how long a submission may take: each notebook runs up to three times, and its tests then as long again."""
    return len(bundle.rows["notebook"]) * (4 * bundle.limits.notebook_seconds + _SECONDS_BESIDE)


def _keep_touched(rows: Rows, bundle: Bundle, seen: set[tuple[str, str]], missing: Iterable[str]) -> None:
    """Leave out the grades and comments that nbgrader left alone. seen: notebook and cell names it dealt with."""
    cells = {row["id"]: row["name"] for row in bundle.rows["base_cell"]}
    names = {row["id"]: row["name"] for row in bundle.rows["notebook"]}
    notebooks = {row["id"]: names[row["notebook_id"]] for row in rows["submitted_notebook"]}
    for table in ("grade", "comment"):
        rows[table] = [
            row
            for row in rows[table]
            if (notebooks[row["notebook_id"]], cells[row["cell_id"]]) in seen
            or (table == "grade" and notebooks[row["notebook_id"]] in missing)
        ]


def read_files(folder: Path, most: int) -> tuple[Files, bool]:
    """Return the regular files below a folder, and whether they are all: no more than `most` bytes are read.

    Notebooks come first. Links are left out.
    """
    found = list(entries_below(folder))
    files, total, complete = {}, 0, None not in found
    regular = [Path(entry.path) for entry in found if entry is not None and entry.is_file(follow_symlinks=False)]
    for path in sorted(regular, key=lambda path: (path.suffix != ".ipynb", path)):
        size = path.stat().st_size
        if total + size > most:
            complete = False
            continue
        total += size
        files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files, complete


def _size_of(submission: Submission, bundle: Bundle) -> int:
    return sum(map(len, (*submission.files.values(), *bundle.source.values())))


def _converter(
    bundle: Bundle, submission: Submission, root: Path, fork_server: str, kind: "type[_AutogradeOne] | None" = None
) -> "_AutogradeOne":
    """Return what grades a submission in a folder, and put there what that takes. kind: one that does less."""
    write_files(root / "submitted" / submission.student / bundle.assignment, submission.files)
    write_files(root / "source" / bundle.assignment, bundle.source)
    config = Config(bundle.config)
    # Once after all preprocessors, not once after each.
    config.NotebookExporter.setdefault("optimistic_validation", True)
    course = CourseDirectory(
        config=config,
        root=str(root),
        assignment_id=bundle.assignment,
        student_id="*",
        db_url=private_gradebook.URL,
        source_directory="source",
        submitted_directory="submitted",
        autograded_directory="autograded",
        directory_structure=os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}"),
    )
    course.student_id_exclude = ""
    return (kind or _AutogradeOne)(
        coursedir=course, config=config, bundle=bundle, submission=submission, fork_server=fork_server, log=_QUIET
    )


class SubmissionRefused(Exception):
    """A submission that is not looked at. The text is a sentence for the teacher."""


class _AutogradeOne(FindsFolders, Autograde):
    """nbgrader's `Autograde` for one submission, in a runner, without writing the sanitized notebook to disk."""

    def __init__(self, bundle: Bundle, submission: Submission, fork_server: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.refused, self.most_cells = submission.refused, bundle.limits.cells
        self.found = submission.notes
        self.notes = list(filter(None, [submission.notes.get(TIMESTAMP)]))
        self.files_lost = False
        self.fault: Exception | None = None
        self.endings: list[str] = []
        self.seen: set[tuple[str, str]] = set()
        self.penalised: list[str] = []
        self.cells: list[tuple[str, float]] = []
        self.disputes: list[Dispute] = []
        self.questions: list[OpenQuestion] = []
        self.processor = {"notebook": 0.0, "judge": 0.0}
        options = bundle.options
        self.sanitize_preprocessors: list[type] = list(_sanitizers(self.sanitize_preprocessors, options))
        judging = judging_of(bundle, fork_server, submission.files) if options.tests_out_of_reach else None
        kernels = kernels_of(bundle.rows["notebook"], bundle.source)
        self.autograde_preprocessors: list[Any] = [
            in_runner(
                item,
                fork_server,
                bundle.limits,
                options.keep_cells_before_the_end,
                judging,
                kernels,
                options.disputes,
            )
            if _is_a(item, Execute)
            else item
            for item in _graders(
                self.autograde_preprocessors,
                options,
                self._see_grades,
                self._see_penalty,
            )
        ]
        self._wait_for_person = options.disputes == PERSON

    def _see_grades(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        name = resources["nbgrader"]["notebook"]
        self.seen |= {(name, cell.metadata.nbgrader.grade_id) for cell in nb.cells if _has_row(cell)}
        found = resources.get(DISPUTES, ())
        self.disputes += found
        self.questions += resources.get(QUESTIONS, ())
        if found and self._wait_for_person:
            _leave_to_person(resources["nbgrader"], [dispute.test for dispute in found])
        return nb, resources

    def _see_penalty(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        self.penalised.append(resources["nbgrader"]["notebook"])
        return nb, resources

    def run_pre_convert_hook(self) -> None:
        if self.pre_convert_hook is not refuse_autograde:
            super().run_pre_convert_hook()

    def convert_single_notebook(self, notebook_filename: str) -> None:
        try:
            self._convert(notebook_filename)
        except Exception as fault:
            self.fault = fault
            raise

    def _convert(self, submitted: str) -> None:
        if self.refused:
            raise SubmissionRefused(self.refused)
        resources = self.init_single_notebook_resources(submitted)
        self._sanitizing = True
        self._init_preprocessors()
        path = Path(submitted)
        resources["metadata"] = {"name": resources["unique_key"], "path": os.path.dirname(submitted)}
        with bounded(READING_SECONDS, of_processor=True):
            notebook, notes = _read_notebook(path, self.most_cells, self.found.get(path.name))
            self.notes += notes
            # The base class hands over the notebook itself, not a text to be read again.
            notebook, resources = Exporter.from_notebook_node(self.exporter, notebook, resources)
        folder = self._format_dest(resources["nbgrader"]["assignment"], resources["nbgrader"]["student"])
        os.makedirs(folder, exist_ok=True)
        # The notebook runs beside what was handed in, never beside the hidden tests.
        graded = Path(folder, os.path.basename(submitted))
        graded.write_bytes(path.read_bytes())
        self._sanitizing = False
        self._init_preprocessors()
        resources = self.init_single_notebook_resources(str(graded))
        resources["metadata"] = {"name": resources["unique_key"], "path": folder}
        try:
            with setenv(NBGRADER_EXECUTION="autograde"):
                output, resources = self.exporter.from_notebook_node(notebook, resources=resources)
        finally:
            self._sanitizing = True
        self._note_end(resources["nbgrader"]["notebook"])
        _take_away(graded)
        self.write_single_notebook(output, resources)

    def _note_end(self, notebook: str) -> None:
        for item in self.exporter._preprocessors:
            if isinstance(item, InRunner):
                self.cells += item.cells
                for part, seconds in item.processor.items():
                    self.processor[part] += seconds
                self.files_lost |= item.runner is not None and item.runner.files_lost
                if item.ended:
                    self.endings.append(f"{notebook} stopped before its end: {item.ended}.")


class _Rehearsal(_AutogradeOne):
    """Everything of nbgrader's and ours but running."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.sanitize_preprocessors = list(filter(_can_be_rehearsed, self.sanitize_preprocessors))
        self.autograde_preprocessors = list(filter(_can_be_rehearsed, self.autograde_preprocessors))

    def run_pre_convert_hook(self) -> None:
        pass

    def run_post_convert_hook(self) -> None:
        pass


def _can_be_rehearsed(item: Any) -> bool:
    # A course's plugin says what being late costs.
    is_ours = item.__module__.startswith(("nbgrader.", "secondcar."))
    return is_ours and not _is_a(item, Execute) and not _is_a(item, AssignLatePenalties)


def _read_notebook(path: Path, most_cells: int, found: str | None) -> tuple[NotebookNode, list[str]]:
    """Return the notebook in a file, and sentences on how it was read; they stand in its metadata, too.

    found: how it was found, if that is worth reporting. Raises SubmissionRefused if the file holds no notebook, or one
    with too many cells.
    """
    try:
        content, notes = read_notebook(path.name, path.read_bytes())
    except CourseError as fault:
        raise SubmissionRefused(str(fault)) from None
    if len(content["cells"]) > most_cells:
        raise SubmissionRefused(f"{path.name} has more than {counted(most_cells, 'cell')}: it was not run.")
    notebook = nbformat.reads(json.dumps(content), as_version=4)
    notes = [*filter(None, [found]), *notes]
    notebook.metadata.pop(NOTES_KEY, None)
    if notes:
        notebook.metadata[NOTES_KEY] = notes
    return notebook, notes


def judging_of(bundle: Bundle, fork_server: str, submitted: Files) -> Judging:
    """Return how the tests of a submission are judged."""
    return Judging(fork_server, bundle.limits, bundle.config, bundle.source, submitted, bundle.answers, bundle.ways)


def _take_away(path: Path) -> None:
    """Remove what is at a path, if anything: a notebook may have put a folder there."""
    if path.is_dir() and not path.is_symlink():
        remove_tree(path)
    else:
        path.unlink(missing_ok=True)


def _sanitizers(configured: list, options: GradingOptions) -> Iterable[type]:
    items = list(map(_imported, configured))
    if options.repair and RepairSubmission not in items:
        yield RepairSubmission
    yield from items


def _graders(
    configured: list, options: GradingOptions, see_grades: Callable, see_penalty: Callable
) -> Iterable[type | Callable]:
    items = list(map(_imported, configured))
    for item in items:
        saves = _is_a(item, SaveAutoGrades)
        if saves and options.warnings_cost_nothing and AllowWarnings not in items:
            yield AllowWarnings
        yield item
        if saves:
            yield see_grades
        if _is_a(item, AssignLatePenalties):
            yield see_penalty


def _leave_to_person(names: dict, tests: Iterable[str]) -> None:
    """Take the marks of tests out of the gradebook: a grade without a score waits for a person."""
    with Gradebook(names["db_url"]) as gradebook:
        for test in tests:
            grade = gradebook.find_grade(test, names["notebook"], names["assignment"], names["student"])
            grade.auto_score, grade.needs_manual_grade = None, True
        gradebook.db.commit()


def _is_a(item: Any, kind: type) -> TypeGuard[type]:
    return isinstance(item, type) and issubclass(item, kind)


def _has_row(cell: NotebookNode) -> bool:
    return is_grade(cell) or is_solution(cell) or is_task(cell)


def _imported(item: Any) -> Any:
    return import_item(item) if isinstance(item, str) else item


def sentence(fault: Exception) -> str:
    """Return what went wrong as one line that names the kind of fault."""
    text = " ".join(str(fault).split())
    if isinstance(fault, SubmissionRefused):
        return text
    return f"{type(fault).__name__}: {text[:300]}" if text else type(fault).__name__
