"""What there is to grade: an assignment and its submissions, read from an nbgrader course as nbgrader reads it."""

import contextlib
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import asdict
from datetime import datetime
from fnmatch import filter as filter_names
from glob import glob
from itertools import islice
from pathlib import Path

import nbformat
from nbgrader.apps import AutogradeApp, NbGrader
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade, is_solution
from sqlalchemy import Engine

from secondcar.counting import counted
from secondcar.errors import CourseError
from secondcar.grading.finding import FindsFolders
from secondcar.grading.folders import MOST_DEPTH, entries_below, find_all_files
from secondcar.grading.gradebook.rows import read_assignment
from secondcar.grading.handed_in import TIMESTAMP, Expected, choose, is_notebook, read_timestamp
from secondcar.grading.limits import Limits
from secondcar.grading.quoting import quoted
from secondcar.grading.records import Bundle, Files, GradingOptions, Remark, Rows, Submission

# A file beside source notebooks, if some answers are kept elsewhere: its first line says where, the others which files.
KEPT_ELSEWHERE = "answers-kept-elsewhere.txt"

_LONGEST_TIMESTAMP = 1000  # bytes, more than any time takes


def load_converter(
    arguments: list[str], command: type[NbGrader] = AutogradeApp, kind: type[BaseConverter] = Autograde
) -> BaseConverter:
    """Return nbgrader's converter of a kind, configured as its command with these arguments would be.

    Raises CourseError if no assignment is named, or more than one.
    """
    app = command()
    app.initialize(["--log-level=ERROR", *arguments])
    return converter_of(app, kind)


def converter_of(app: NbGrader, kind: type[BaseConverter]) -> BaseConverter:
    """Return the converter of a kind for the assignment that a command was given.

    Raises CourseError if it was given none, or more than one.
    """
    names = [*app.extra_args, *filter(None, [app.coursedir.assignment_id])]
    if len(names) != 1:
        given = f"{len(names)} were named: {', '.join(names)}" if names else "none was named"
        raise CourseError(f"Name one assignment, as in: secondcar grade ps1 ({given}).")
    app.coursedir.assignment_id = names[0]
    # Under its own name it finds its own configuration.
    return type(kind.__name__, (FindsFolders, kind), {})(coursedir=app.coursedir, parent=app)


def find_submissions(converter: BaseConverter) -> dict[str, Path]:
    """Return student -> folder of all that match the configuration, in nbgrader's order.

    Raises CourseError if there is none.
    """
    course = converter.coursedir
    _refuse_unknown_notebook(course)
    try:
        converter.init_notebooks()
    except NbGraderException:
        raise CourseError(_why_none(converter)) from None
    excluded = course.student_id_exclude.split(",")
    folders = {_student_of(converter, folder): Path(folder) for folder in sorted(converter.assignments)}
    return {student: folder for student, folder in folders.items() if student not in excluded}


def find_all_submissions(converter: BaseConverter) -> tuple[dict[str, Path], list[str]]:
    """Return student -> folder, also where notebooks have other names or lie deeper; and who handed in no notebook.

    Raises CourseError if there is no submission.
    """
    course = converter.coursedir
    _refuse_unknown_notebook(course)
    folders = {}
    with contextlib.suppress(CourseError):
        folders = find_submissions(converter)
    matched = converter._format_source(course.assignment_id, course.student_id)
    others = {_student_of(converter, path): Path(path) for path in sorted(glob(matched))}
    known = {*folders, *course.student_id_exclude.split(",")}
    others = {student: folder for student, folder in others.items() if student not in known}
    misplaced = {student: folder for student, folder in others.items() if _holds_a_notebook(folder)}
    if not folders and not misplaced:
        raise CourseError(_why_none(converter))
    return folders | misplaced, sorted(others.keys() - misplaced.keys())


def _refuse_unknown_notebook(course: CourseDirectory) -> None:
    source = Path(course.format_path(course.source_directory, ".", course.assignment_id))
    names = sorted(path.stem for path in source.glob("*.ipynb"))
    if names and not filter_names(names, course.notebook_id):
        raise CourseError(
            f"{course.assignment_id} has no notebook {course.notebook_id}. It has these: {', '.join(names)}."
        )


def _why_none(converter: BaseConverter) -> str:
    """Return why there is nothing to deal with."""
    course = converter.coursedir
    sources = Path(course.format_path(course.source_directory, ".", "."))
    names = sorted(path.name for path in sources.glob("[!.]*") if path.is_dir())
    if names and course.assignment_id not in names:
        return f"The course has no assignment {course.assignment_id}. It has these: {', '.join(names)}."
    place = converter._format_source(course.assignment_id, course.student_id)
    everybody = course.student_id == "*"
    if isinstance(converter, Autograde):
        who = "Nobody" if everybody else f"No learner {course.student_id}"
        return f"{who} has handed in {course.assignment_id}: no notebook is in {place}."
    whose = "" if everybody else f" by a learner {course.student_id}"
    return f"No submission of {course.assignment_id}{whose} is graded: no notebook is in {place}."


def _holds_a_notebook(folder: Path) -> bool:
    """Return whether a file in a folder, or below it, may be a notebook under another name."""
    return any(entry is not None and is_notebook(entry.name) for entry in entries_below(folder))


def _student_of(converter: BaseConverter, folder: str) -> str:
    pattern = converter._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
    # A line break may be part of a name.
    found = re.match(pattern, folder, re.DOTALL)
    if found is None:
        raise ValueError(f"{folder} is not the folder of a submission.")
    return found["student_id"]


def is_due(converter: BaseConverter, student: str, folder: Path, suffix: str = ".ipynb") -> bool:
    """Return whether a submission is to be dealt with, as nbgrader decides it: new, newer than last time, or forced.

    suffix: of the files that the converter makes.
    """
    course = converter.coursedir
    made = Path(converter._format_dest(course.assignment_id, student))
    files = [Path(notebook).with_suffix(suffix).name for notebook in converter.assignments.get(str(folder), ())]
    missing = not (made.exists() if course.notebook_id == "*" else all((made / name).exists() for name in files))
    if missing or converter.force:
        return True
    new, old = _handed_in_at(folder), _handed_in_at(made)
    if old is None:
        # It could not be read the last time.
        return new is not None and (made / TIMESTAMP).is_file()
    return new is not None and new > old


def _handed_in_at(folder: Path) -> datetime | None:
    with contextlib.suppress(OSError, CourseError):
        return read_timestamp(_beginning_of(folder / TIMESTAMP))[0]
    return None


def _beginning_of(path: Path) -> bytes:
    """Return the first bytes of an ordinary file: a pipe has no end to wait for. Raises OSError."""
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(file, "rb") as beginning:
        return beginning.read(_LONGEST_TIMESTAMP) if stat.S_ISREG(os.fstat(file).st_mode) else b""


def private_paths(converter: Autograde) -> tuple[str, ...]:
    """Return the course's files and folders that no notebook may see, wherever they lie."""
    course = converter.coursedir
    steps = (course.source_directory, course.submitted_directory, course.autograded_directory)
    folders = [course.format_path(step, ".", ".") for step in (*steps, course.feedback_directory)]
    files = [os.path.join(course.root, "nbgrader_config.py"), course.db_url.removeprefix("sqlite:///")]
    return tuple(os.path.abspath(path) for path in (*folders, *files) if "://" not in path)


def read_bundle(
    converter: Autograde, engine: Engine, options: GradingOptions, limits: Limits, answers: Path | None = None
) -> Bundle:
    """Return the assignment as the course has it now. answers: the folder of a private answer store.

    Raises CourseError if it is not in the gradebook, or if the store has nothing for it.
    """
    course = converter.coursedir
    try:
        with engine.connect() as connection:
            rows = read_assignment(connection, course.assignment_id)
    except KeyError:
        raise CourseError(
            f"The gradebook has no assignment {course.assignment_id}: run `nbgrader generate_assignment` first."
        ) from None
    folder = Path(course.format_path(course.source_directory, ".", course.assignment_id))
    source = {path: content for path, content in _read(folder, course.ignore)}
    _refuse_unknown_notebooks(rows, source, course.assignment_id)
    private = _private_answers(answers, course.assignment_id, source, options)
    config = deepcopy(converter.config)
    # A gradebook's address may hold a password, and no worker needs it.
    config.CourseDirectory.pop("db_url", None)
    described = [rows, repr(config), asdict(options), asdict(limits), course.notebook_id]
    key = digest_of(described, {**source, **{f"answers/{path}": content for path, content in private.items()}})
    return Bundle(key, course.assignment_id, config, rows, source, options, limits, private)


def _refuse_unknown_notebooks(rows: Rows, source: Files, name: str) -> None:
    known = {f"{row['name']}.ipynb" for row in rows["notebook"]}
    notebooks = {path for path in source if path.endswith(".ipynb") and "/" not in path}
    if missing := ", ".join(sorted(notebooks - known)):
        raise CourseError(
            f"The gradebook knows the assignment {name}, but not its notebook {missing}, and nothing was graded: run "
            f"`nbgrader generate_assignment {name}` first. If release/{name} is there already, move it away before."
        )


def _private_answers(store: Path | None, name: str, source: Files, options: GradingOptions) -> Files:
    kept = source.get(KEPT_ELSEWHERE, b"").decode().split("\n")
    if store is None and kept[0]:
        raise CourseError(
            f"The answers of {name} are kept in {kept[0]}, and nothing was graded without them: give that folder, as "
            f"in --answers {kept[0]}."
        )
    if store is None:
        return {}
    if not options.tests_out_of_reach:
        raise CourseError("Private answers need tests out of the learner's reach: leave out --tests-in-reach.")
    if not (store / name).is_dir():
        raise CourseError(f"There is no folder {name} in {store}: put the assignment's private answers there.")
    found = dict(_read(store / name, []))
    if missing := ", ".join(sorted(set(filter(None, kept[1:])) - found.keys())):
        raise CourseError(f"There is no {missing} in {store / name}: the answers that were put there are gone.")
    return found


def read_submission_files(
    converter: Autograde, student: str, folder: Path, limits: Limits, expected: Mapping[str, Expected]
) -> Submission:
    """Return what a student handed in. Files that are links to somewhere else are left out.

    A folder that is not a plain submission is not read: the `Submission` then says why it was refused.

    expected: the notebooks of the assignment, by their file names.
    """
    try:
        return _read_submission(converter, student, folder, limits, expected)
    except OSError as fault:
        return Submission(student, {}, f"The submission could not be read: {fault.strerror or fault}.")
    except Exception as fault:  # whatever it holds, others are graded
        return Submission(student, {}, f"The submission could not be read ({type(fault).__name__}): hand it in again.")


def _read_submission(
    converter: BaseConverter, student: str, folder: Path, limits: Limits, expected: Mapping[str, Expected]
) -> Submission:
    notebooks = sorted(folder.glob("*.ipynb"))
    refused = _why_not(student, _own_folders(converter, student, folder), notebooks, limits)
    if refused:
        return Submission(student, {path.name: b"" for path in notebooks}, refused)
    below = dict(_read(folder, list(converter.coursedir.ignore)))
    chosen = choose({**below, **{path.name: path.read_bytes() for path in notebooks}}, expected)
    files = {path: text for path, text in chosen.files.items() if "/" not in path or not path.endswith(".ipynb")}
    notes = dict(chosen.notes)
    try:
        files |= {TIMESTAMP: read_timestamp(files[TIMESTAMP])[1].encode()} if TIMESTAMP in files else {}
    except CourseError as fault:
        files[TIMESTAMP] = b""
        notes[TIMESTAMP] = f"{fault} Until then it does not count as late."
    return Submission(student, files, chosen.refused, notes)


def _own_folders(converter: BaseConverter, student: str, folder: Path) -> list[Path]:
    """Return the folder of a submission, and of those that it lies in the ones that are this student's alone."""
    course = converter.coursedir
    others = course.format_path(course.submitted_directory, f"not {student}", course.assignment_id)
    shared = Path(os.path.commonpath([folder, others]))
    return [folder, *(parent for parent in folder.parents if shared in parent.parents)]


def _why_not(student: str, own: list[Path], notebooks: list[Path], limits: Limits) -> str | None:
    """Return why a submission is not read, as a sentence. own: its folder, and those it lies in."""
    folder = own[0]
    if not student.isprintable():
        return "The name of the folder holds a line break or another control character: rename it, and grade again."
    if links := [path.name for path in own if path.is_symlink()]:
        return f"The folder {links[0]} is a link: it was not read. Put there what was handed in itself."
    for path in notebooks:
        if not stat.S_ISREG(path.lstat().st_mode):
            return f"{quoted(path.name)} is a link, a folder or a pipe, not an ordinary file: it was not read."
    found = list(islice(entries_below(folder), limits.submission_files + 1))
    if None in found:
        return (
            f"The submission has folders nested more than {MOST_DEPTH} deep, or with names too long: it was not read."
        )
    sizes = [entry.stat(follow_symlinks=False).st_size for entry in found if entry]
    if len(sizes) > limits.submission_files:
        return f"The submission holds more than {counted(limits.submission_files, 'file')}: it was not read."
    if sum(sizes) > limits.submission_bytes:
        return f"The submission is larger than {limits.submission_bytes / 1e6:g} MB: it was not read."
    return None


def key_of(bundle: Bundle, submission: Submission) -> str:
    """Return a key for the content of a submission, graded as an assignment."""
    return digest_of([bundle.key, submission.student], submission.files)


def answers_key(bundle: Bundle) -> str:
    """Return a key for the answers and tests that submissions are graded with, but not for outputs or settings."""
    files = {name: _taught(name, text) for name, text in {**bundle.source, **bundle.answers}.items()}
    # The texts and the points that count are the gradebook's.
    return digest_of([sorted(rows) for rows in _that_count(bundle)], files)


def not_in_gradebook(bundle: Bundle) -> list[Remark]:
    """Return the tests that have another text or other points in a source notebook than in the gradebook."""
    texts, points = map(dict, _that_count(bundle))
    found = []
    for file in sorted(name for name in bundle.source if name.endswith(".ipynb") and "/" not in name):
        for cell in filter(is_grade, nbformat.reads(bundle.source[file].decode(), as_version=4).cells):
            name = (file.removesuffix(".ipynb"), cell.metadata.nbgrader.grade_id)
            if name in points and points[name] != cell.metadata.nbgrader.points:
                counts = counted(points[name], "point counts", "points count")
                found.append(Remark(*name, f"{counts}, not {cell.metadata.nbgrader.points:g}"))
            elif name in texts and texts[name] != cell.source and not is_solution(cell):
                found.append(Remark(*name, "another text counts"))
    return found


def _that_count(bundle: Bundle) -> tuple[list, list]:
    """Return the gradebook's texts and points of cells, each under the names of its notebook and itself."""
    notebooks = {row["id"]: row["name"] for row in bundle.rows["notebook"]}
    names = {row["id"]: (notebooks[row["notebook_id"]], row["name"]) for row in bundle.rows["base_cell"]}
    texts = [((notebooks[row["notebook_id"]], row["name"]), row["source"]) for row in bundle.rows["source_cell"]]
    points = [
        (names[row["id"]], row["max_score"]) for kind in ("grade_cells", "task_cells") for row in bundle.rows[kind]
    ]
    return texts, points


def _taught(name: str, content: bytes) -> bytes:
    """Return the part of a file that grading depends on: of a notebook, its cells' texts and nbgrader settings."""
    if not name.endswith(".ipynb"):
        return content
    cells = json.loads(content)["cells"]
    return json.dumps([[cell["source"], cell["metadata"].get("nbgrader")] for cell in cells]).encode()


def _read(folder: Path, ignored: list[str]) -> Iterator[tuple[str, bytes]]:
    home = folder.resolve()
    for name in sorted(find_all_files(str(folder), ignored)):
        path = Path(name)
        if path.is_file() and path.resolve().is_relative_to(home):
            yield os.path.relpath(name, folder), path.read_bytes()


def digest_of(described: object, files: Files) -> str:
    """Return a key for a description and the content of files: it differs where they do."""
    digest = hashlib.sha256(json.dumps(described, default=str, sort_keys=True).encode())
    for name in sorted(files):
        for part in (os.fsencode(name), files[name]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
