"""A gradebook that Canvas or Moodle exported, with a class's marks in it: its names, sections and columns stay.

Sources: `lib/gradebook_exporter.rb` of github.com/instructure/canvas-lms (titles end in the assignment's number, as in
"Essay (1234)"; a cell with "EX" is excused), and `grade/export/txt` of github.com/moodle/moodle (titles such as
"Assignment: Essay (Real)").
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from secondcar.errors import CourseError
from secondcar.grading.csv_tables import MarksTable
from secondcar.grading.gradebook.marks import Learner, MarksColumn

_EXCUSED = "EX"
_POSSIBLE = "Points Possible"


@dataclass(frozen=True)
class Platform:
    """How a platform writes its gradebook.

    Attributes:
        people: the columns that say who somebody is, in its order.
        finds: those by which somebody is found here, the surest first.
        title: what stands around an assignment's name in a column's title.
    """

    people: Sequence[str]
    finds: Mapping[str, Callable[[Learner], str]]
    title: re.Pattern[str]


_NUMBER = attrgetter("lms_user_id")
PLATFORMS = {
    "canvas": Platform(
        ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section"),
        {"SIS Login ID": attrgetter("id"), "SIS User ID": _NUMBER, "ID": _NUMBER},
        re.compile(r"^(.*?)(?: \(\d+\))?$"),
    ),
    "moodle": Platform(
        ("Username", "First name", "Last name", "ID number", "Institution", "Department", "Email address"),
        {"Username": attrgetter("id"), "ID number": _NUMBER, "Email address": attrgetter("email")},
        re.compile(r"^(?:[^:]+: )?(.*?)(?: \((?:Real|Percentage|Letter)\))?$"),
    ),
}


def fill_in(file: Path, system: str, learners: Sequence[Learner], columns: Sequence[MarksColumn]) -> MarksTable:
    """Return a platform's own gradebook with the marks of a class in it, and no column that has none of them.

    A learner without a mark keeps what stands there, and so does one who is excused, or whom the course does not know.

    Args:
        file: what the platform exported.
        system: "canvas" or "moodle".
        learners: those of the class.
        columns: their marks, an assignment each.

    Raises:
        CourseError: the file is not a gradebook of this platform.
    """
    platform = PLATFORMS[system]
    header, *lines = _read(file)
    people = [title for title in platform.people if title in header]
    keys = [title for title in platform.finds if title in header]
    if not keys:
        names = ", ".join(platform.finds)
        raise CourseError(f"{file} is not a gradebook that {system} exported: its first line has none of {names}.")
    theirs = {platform.title.sub(r"\1", title): title for title in header if title not in platform.people}
    titles = [theirs.get(column.assignment, column.assignment) for column in columns]
    by_key = [(title, {platform.finds[title](learner): learner for learner in learners}) for title in keys]
    rows: list[list[object]] = []
    strangers: list[str] = []
    left = {learner.id for learner in learners if any(column.points_of(learner) is not None for column in columns)}
    for line in lines:
        row = dict(zip(header, line, strict=False))
        learner = next((known[row[title]] for title, known in by_key if row.get(title) in known and row[title]), None)
        if learner:
            left.discard(learner.id)
            marks = [
                _cell(row.get(title), column.points_of(learner)) for title, column in zip(titles, columns, strict=True)
            ]
        elif row.get(people[0], "").strip() == _POSSIBLE:
            marks = [row.get(title) or column.points for title, column in zip(titles, columns, strict=True)]
        else:
            marks = [row.get(title, "") for title in titles]
            strangers += [name for title in (*keys, *people) if (name := row.get(title, ""))][:1]
        rows.append([*(row.get(title, "") for title in people), *marks])
    new = [title for title in titles if title not in header]
    remarks = [f"The gradebook of {system} has no column {', '.join(new)}: the import makes a new one."] if new else []
    if strangers:
        remarks.append(f"Not in the course, and so with the row as it was: {', '.join(strangers)}.")
    if left:
        remarks.append(f"Not in {file}, and so without a row: {', '.join(sorted(left))}.")
    return MarksTable([*people, *titles], rows, remarks)


def _cell(given: str | None, points: float | None) -> object:
    return given if given == _EXCUSED or points is None else points


def _read(file: Path) -> list[list[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = [row for row in csv.reader(opened) if any(row)]
    except (UnicodeDecodeError, csv.Error) as fault:
        raise CourseError(f"{file} cannot be read as CSV ({fault}): export it again.") from None
    if not rows:
        raise CourseError(f"{file} is empty: export it again.")
    return rows
