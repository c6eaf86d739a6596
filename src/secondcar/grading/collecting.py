"""Sorts downloaded submissions into a course: files as Moodle, Canvas and Google Classroom name them, or as people do.

Its cells say which notebook a file is. The names of the file and its folders must say whose it is: one learner of the
class, and no other. Nothing is guessed; what is not placed is named with the reason, and every file stays where it is.
"""

import io
import re
import shlex
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from nbgrader.coursedir import CourseDirectory

from secondcar.errors import CourseError
from secondcar.files import whole
from secondcar.grading.course import open_gradebook
from secondcar.grading.gradebook.marks import Learner, read_learners
from secondcar.grading.handed_in import Expected, is_notebook, read_notebook

# A notebook with charts has a few megabytes; a larger file is not a notebook, or it is a trap.
LARGEST = 100_000_000
MOST_ZIPS_IN_EACH_OTHER = 3
# "Ada Lovelace_4711_assignsubmission_file_" is a folder, or how a file's name begins. The number is not a person's.
_MOODLE = re.compile(r"(?P<name>.+)_\d+_assignsubmission_[a-z]+_?(?P<rest>.*)", re.DOTALL)
# "lovelaceada_LATE_12_345_02-by-and-to.ipynb": the first number is the person's own.
_CANVAS = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_\d+_(?P<rest>.+)", re.DOTALL)
# What browsers, systems and Canvas add to the name of a second file: " (1)", "-1", " - Copy", "Copy of ".
_COPY = re.compile(r"\(\d+\)|-\d+$|\bcopy of\b|\bcopy\b", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A notebook among the downloads.

    Attributes:
        path: where it was found; parts of it may be zip archives.
        notebook: (assignment, file name).
        answers: how many answers are given in it.
    """

    path: str
    content: bytes
    notebook: tuple[str, str]
    answers: int
    late: bool = False


@dataclass
class Collected:
    """What was done, as sentences. placed: what is now in the course. left: what is not, and why."""

    placed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def collect(
    course: CourseDirectory, downloads: Path, learners: Sequence[Learner], *, replace: bool = False
) -> Collected:
    """Sort notebooks into the submitted folder of a course.

    Args:
        course: the course.
        downloads: a folder, or a zip archive.
        learners: the class.
        replace: put another version in place of one that is there, which is kept in `replaced/` beside it.

    Raises:
        CourseError: there is nothing to sort, or nothing to sort it by.

    >>> collect(load_course(), Path("moodle.zip"), learners_of(course)).placed  # doctest: +SKIP
    ['ada: 02-by-and-to, from Ada Lovelace_4711_assignsubmission_file_/02-by-and-to.ipynb.']
    """
    if not learners:
        raise CourseError("No learner is known: name a list of the class with --roster, a CSV file with a column `id`.")
    released, done = _released(course), Collected()
    found: dict[tuple[str, tuple[str, str]], list[Found]] = defaultdict(list)
    for path, content in _files(downloads, done):
        try:
            notebook = _recognise(path, content, released)
            found[_owner(path, notebook.notebook, learners), notebook.notebook].append(notebook)
        except CourseError as problem:
            done.left.append(f"{path}: {problem}")
    for (learner, _), files in sorted(found.items()):
        try:
            chosen = _chosen(files)
            _place(course, learner, chosen, done, replace=replace)
        except CourseError as problem:
            done.left.append(f"{', '.join(file.path for file in files)}: {problem}")
    return done


def learners_of(course: CourseDirectory) -> list[Learner]:
    """Return the class as the gradebook knows it."""
    with open_gradebook(course) as gradebook:
        return read_learners(gradebook)


def learner_from(person: Mapping[str, Any]) -> Learner:
    """Return a learner from a row of a roster."""
    return Learner(**{column.name: str(person.get(column.name) or "") for column in fields(Learner)})


def _released(course: CourseDirectory) -> dict[tuple[str, str], Expected]:
    """Return (assignment, notebook) -> what is in it, as it was handed out. Raises CourseError."""
    folder = Path(course.root, course.release_directory)
    released = {}
    for path in sorted(folder.glob("*/*.ipynb")):
        try:
            cells = dict(_cells(read_notebook(path.name, path.read_bytes())[0]))
        except CourseError:
            again = f"nbgrader generate_assignment {shlex.quote(path.parent.name)} --force"
            raise CourseError(f"{path} is damaged: make it again with `{again}`.") from None
        answers = {name: text for name, (text, is_answer) in cells.items() if is_answer}
        released[path.parent.name, path.name] = Expected(frozenset(cells), answers)
    if not released:
        raise CourseError(f"There is no released notebook in {folder}: run this in the course's folder.")
    return released


def _files(downloads: Path, done: Collected) -> Iterator[tuple[str, bytes]]:
    if downloads.is_dir():
        paths = sorted(path for path in downloads.rglob("*") if path.is_file() and not path.is_symlink())
        for path in paths:
            name = path.relative_to(downloads).as_posix()
            if path.stat().st_size > LARGEST:
                done.left.append(f"{name}: it is larger than {LARGEST // 1_000_000} megabytes.")
            else:
                yield from _unpacked(name, path.read_bytes(), done)
    elif downloads.is_file():
        yield from _unpacked(downloads.name, downloads.read_bytes(), done)
    else:
        raise CourseError(f"There is no {downloads}: name the folder, or the zip file, that was downloaded.")


def _unpacked(name: str, content: bytes, done: Collected, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield a notebook, or those in an archive; report what is neither."""
    if is_notebook(name):
        yield name, content
    elif not name.lower().endswith(".zip"):
        if not _is_noise(name):
            done.left.append(f"{name}: it is not a notebook.")
    elif depth == MOST_ZIPS_IN_EACH_OTHER:
        done.left.append(f"{name}: too many archives lie within each other. Unpack it, and collect again.")
    else:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                for entry in entries:
                    inner = f"{name}/{entry.filename}"
                    if entry.file_size > LARGEST:
                        done.left.append(f"{inner}: it is larger than {LARGEST // 1_000_000} megabytes.")
                    else:
                        yield from _unpacked(inner, archive.read(entry), done, depth + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            done.left.append(f"{name}: it cannot be unpacked ({error}). Ask for it again.")


def _is_noise(name: str) -> bool:
    """Return whether a system or Jupyter made a file beside a learner's own."""
    path = PurePosixPath(name)
    return path.name.startswith(".") or "__MACOSX" in path.parts or path.name == "desktop.ini"


def _recognise(path: str, content: bytes, released: Mapping[tuple[str, str], Expected]) -> Found:
    """Return which notebook a file is, by its cells."""
    name = PurePosixPath(path).name
    if "__MACOSX" in path or ".ipynb_checkpoints" in path:
        raise CourseError("it is a copy that a program made for itself.")
    cells = dict(_cells(read_notebook(name, content)[0]))
    shared = {key: len(cells.keys() & expected.cells) for key, expected in released.items()}
    most = max(shared.values())
    best = [key for key, number in shared.items() if number == most]
    if not most or len(best) > 1:
        raise CourseError("its cells are not those of one notebook that was handed out.")
    answers = released[best[0]].answers
    given = sum(cells[name][0].split() != text.split() for name, text in answers.items() if name in cells)
    late = any(part and part["late"] for part in map(_CANVAS.fullmatch, PurePosixPath(path).parts))
    return Found(path, content, best[0], given, bool(late))


def _cells(notebook: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Yield each cell that nbgrader knows: its name, its text, and whether it is an answer."""
    for cell in notebook["cells"]:
        settings = cell["metadata"].get("nbgrader")
        if isinstance(settings, dict) and isinstance(settings.get("grade_id"), str):
            is_answer = bool(settings.get("solution") or settings.get("task"))
            yield settings["grade_id"], ("".join(cell["source"]), is_answer)


def _owner(path: str, notebook: tuple[str, str], learners: Sequence[Learner]) -> str:
    """Return the one learner that the names of a file and its folders call by name."""
    *folders, name = PurePosixPath(path).parts
    named: set[str] = set()
    for part in (*(re.sub(r"\.zip$", "", folder, flags=re.IGNORECASE) for folder in folders), name):
        meant = {learner.id for learner in _called(part, notebook, learners)}
        if len(meant) > 1:
            raise CourseError(
                f'"{part}" can be {" or ".join(sorted(meant))}. Put it into a folder named as its learner.'
            )
        named |= meant
    if len(named) == 1:
        return named.pop()
    if named:
        raise CourseError(f"its names are those of several learners, {' and '.join(sorted(named))}. Keep one of them.")
    raise CourseError("its name matches no learner of the class. Put it into a folder named as its learner.")


def _called(part: str, notebook: tuple[str, str], learners: Sequence[Learner]) -> list[Learner]:
    """Return all learners that a part of a path may mean."""
    if canvas := _CANVAS.fullmatch(part):
        by_number = [learner for learner in learners if learner.lms_user_id == canvas["id"]]
        by_name = _with_key(canvas["name"], learners)
        return by_number if by_number and not by_name else _both(by_number, by_name)
    if moodle := _MOODLE.fullmatch(part):
        return _with_key(moodle["name"], learners)
    return _with_key(part, learners) or _with_key(_without_notebook(part, notebook), learners)


def _both(by_number: list[Learner], by_name: list[Learner]) -> list[Learner]:
    """Of people of one name, return the one with the number; where name and number contradict each other, both."""
    agreed = [learner for learner in by_number if learner in by_name]
    return agreed or [*by_number, *by_name]


def _without_notebook(name: str, notebook: tuple[str, str]) -> str:
    """Return what is left of a file's name without the notebook's own: perhaps whose it is."""
    left = re.sub(r"\.ipynb.*$", "", name, flags=re.IGNORECASE)
    for own in {notebook[0], notebook[1].removesuffix(".ipynb")}:
        left = re.sub(re.escape(own), " ", left, flags=re.IGNORECASE)
    return _COPY.sub(" ", left)


def _with_key(name: str, learners: Iterable[Learner]) -> list[Learner]:
    key = _key(name)
    return [learner for learner in learners if key and key in _names_of(learner)]


def _names_of(learner: Learner) -> set[str]:
    """Return all names that a file's name may have for a learner."""
    first, last = learner.first_name, learner.last_name
    names = {f"{first}{last}", f"{last}{first}"} if first and last else set()
    return {_key(name) for name in (learner.id, learner.email, *names)} - {""}


def _key(name: str) -> str:
    """Return a name as it is compared: without case, spaces, punctuation and accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _chosen(files: Sequence[Found]) -> Found:
    """Return the one file that counts: copies count once, and one with answers goes before one without."""
    answered = [file for file in files if file.answers] or files
    different = {file.content: file for file in answered}
    if len(different) > 1:
        raise CourseError("they are different answers of one learner. Keep the one that counts, and collect again.")
    return next(iter(different.values()))


def _place(course: CourseDirectory, learner: str, file: Found, done: Collected, *, replace: bool) -> None:
    assignment, name = file.notebook
    submitted = Path(course.root, course.submitted_directory)
    place = submitted / learner / assignment / name
    what = f"{learner}: {assignment}, from {file.path}"
    if place.is_file():
        if place.read_bytes() == file.content:
            done.placed.append(f"{what}, was there already.")
            return
        if not replace:
            raise CourseError(
                f"{learner} has another version of {assignment} in {submitted.name}/. --replace puts this there, "
                "and keeps the old one."
            )
        kept = submitted.with_name("replaced") / f"{datetime.now():%Y-%m-%d-%H%M%S-%f}" / learner / assignment / name
        kept.parent.mkdir(parents=True)
        place.replace(kept)
        what += f"; the old one is in {kept.parents[3].name}/{kept.parents[2].name}/"
    with whole(place) as part:
        part.write_bytes(file.content)
    done.placed.append(f"{what}.{' It was handed in late.' if file.late else ''}")
