"""Marks in the form that another system imports.

**Canvas.** The columns Student, ID, SIS User ID, SIS Login ID and Section, then one for each assignment, and a row
"Points Possible" above the learners. Canvas looks for a learner by ID (its own number), then by SIS User ID, then by
SIS Login ID; for an assignment by its title. Sources: `lib/gradebook_importer.rb` of github.com/instructure/canvas-lms,
https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades

**Moodle.** One row a learner, and columns that the teacher maps on Moodle's page: one that identifies the learner
(username, ID number or email address), and one for each grade item; "-" means no grade. Without the identifier Moodle
gives the marks to the learner of the row above, so a column in which one is missing is left out. Sources:
https://docs.moodle.org/311/en/Grade_import and `grade/import/csv/classes/load_data.php` of github.com/moodle/moodle

**csv.** The columns of `nbgrader export`, and two more: the learner's `lms_user_id`, and `waits_for_a_hand`.

In nbgrader's table of students, `id` is the login or username, and `lms_user_id` the number that the other system
knows. A mark that waits for a person is left empty, and so is one of a learner who handed in nothing: what that is
worth is for the teacher to say, who then enters a 0. For Canvas and Moodle a learner without any mark has no row, so
that the import changes nothing of theirs.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from secondcar.counting import counted
from secondcar.errors import CourseError
from secondcar.files import write_whole
from secondcar.grading.course import find_assignment, folder_beside_autograded, open_gradebook
from secondcar.grading.csv_tables import MarksTable, csv_text, is_formula
from secondcar.grading.gradebook.marks import Learner, MarksColumn, read_learners, read_marks
from secondcar.grading.platform_gradebook import PLATFORMS, fill_in


def export_marks(
    course: CourseDirectory,
    system: str,
    assignments: Sequence[str] = (),
    target: Path | None = None,
    replace: bool = False,
    like: Path | None = None,
) -> tuple[Path, list[str]]:
    """Write the marks of a class into a file for another system.

    Args:
        course: as `load_course` returns it.
        system: "canvas", "moodle" or "csv".
        assignments: their names in the gradebook; all that somebody handed in if none is given.
        target: the file; by default canvas.csv, moodle.csv or marks.csv in `exports` beside nbgrader's autograded
            folder.
        replace: whether to write over a file that is there.
        like: the gradebook that Canvas or Moodle exported, whose names, sections and columns stay (`fill_in`).

    Returns:
        The file, and sentences on what is not in it and how to import it.

    Raises:
        CourseError: the file is there already, there is no gradebook, no such assignment in it, or nothing to export.

    >>> export_marks(load_course("."), "canvas", ["ps1"])  # doctest: +SKIP
    (PosixPath('/srv/course/exports/canvas.csv'), ['2 marks wait for a person, and are left empty.'])
    """
    name = "marks" if system == "csv" else system
    target = target or folder_beside_autograded(course, "exports") / f"{name}.csv"
    if target.exists() and not replace:
        raise CourseError(f"{target} is there already: move it away, or add --replace to write over it.")
    with open_gradebook(course) as gradebook:
        names = assignments or [assignment.name for assignment in gradebook.assignments]
        found = [find_assignment(gradebook, name) for name in names]
        columns = [MarksColumn(one.name, one.max_score, one.duedate, read_marks(gradebook, one.name)) for one in found]
        learners = read_learners(gradebook)
    columns = [column for column in columns if assignments or column.marks]
    if not columns:
        raise CourseError("Nobody has marks yet: grade an assignment first, or name those that you want.")
    if like and system not in PLATFORMS:
        raise CourseError(f"--like is for {' and '.join(PLATFORMS)}: leave it out.")
    table = fill_in(like, system, learners, columns) if like else SYSTEMS[system](learners, columns)
    write_whole(target, csv_text(table.header, table.rows))
    waiting = sum(bool(mark.waits) for column in columns for mark in column.marks.values())
    left_empty = (
        f"{counted(waiting, 'mark waits for a person, and is', 'marks wait for a person, and are')} left empty."
    )
    remarks = [left_empty] if waiting else []
    return target, [*remarks, *table.remarks]


def _to_import(learners: Sequence[Learner], columns: Sequence[MarksColumn]) -> tuple[list[Learner], list[str]]:
    """Return the learners whose marks another system can import, and sentences on the others.

    Both systems read an empty cell as a request to remove the mark that is there.
    """
    marked = [learner for learner in learners if any(column.points_of(learner) is not None for column in columns)]
    named = [learner for learner in marked if not is_formula(learner.id)]
    unmarked, unnamed = len(learners) - len(marked), len(marked) - len(named)
    empty = sum(column.points_of(learner) is None for learner in named for column in columns)
    remarks = []
    if unmarked:
        remarks.append(f"{counted(unmarked, 'learner has', 'learners have')} no mark yet, and so no row.")
    if unnamed:
        ids = ", ".join(learner.id for learner in marked if learner not in named)
        remarks.append(f"Left out because a spreadsheet would run the id as a formula: {ids}. Enter these by hand.")
    if empty:
        remarks.append(
            f"{counted(empty, 'cell is', 'cells are')} empty, and the import takes away a mark that stands there: "
            "export one assignment at a time to keep it."
        )
    return named, remarks


def _for_canvas(learners: Sequence[Learner], columns: Sequence[MarksColumn]) -> MarksTable:
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(column.assignment for column in columns)]
    possible = ["    Points Possible", "", "", "", "", *(column.points for column in columns)]
    known, remarks = _to_import(learners, columns)
    rows = [
        [_last_name_first(learner), *_canvas_ids(learner), "", *(column.points_of(learner) for column in columns)]
        for learner in known
    ]
    nameless = sum(not learner.lms_user_id for learner in known)
    if nameless:
        remarks.append(
            f"{counted(nameless, 'learner has', 'learners have')} no lms_user_id in the gradebook: Canvas looks for "
            "them by their nbgrader id, as SIS Login ID."
        )
    return MarksTable(header, [possible, *rows], remarks)


def _canvas_ids(learner: Learner) -> tuple[str, str, str]:
    """Return ID, SIS User ID and SIS Login ID; Canvas takes "12b" as ID for 12, so only a number may stand there."""
    number = learner.lms_user_id
    return (number, "", learner.id) if number.isascii() and number.isdecimal() else ("", number, learner.id)


def _last_name_first(learner: Learner) -> str:
    return f"{learner.last_name}, {learner.first_name}" if learner.last_name and learner.first_name else learner.name


def _for_moodle(learners: Sequence[Learner], columns: Sequence[MarksColumn]) -> MarksTable:
    known, remarks = _to_import(learners, columns)
    identifiers: dict[str, Callable[[Learner], str]] = {"Username": lambda learner: learner.id}
    for title, field in {"ID number": "lms_user_id", "Email address": "email"}.items():
        given = [getattr(learner, field) for learner in known]
        missing = sum(not text or is_formula(text) for text in given)
        if missing:
            remarks.append(
                f"The column {title} is left out: {counted(missing, 'learner has', 'learners have')} no {field} in the "
                "gradebook."
            )
        else:
            identifiers[title] = attrgetter(field)
    header = [*identifiers, "First name", "Last name", *(column.assignment for column in columns)]
    rows = []
    for learner in known:
        points = [column.points_of(learner) for column in columns]
        names = [*(identify(learner) for identify in identifiers.values()), learner.first_name, learner.last_name]
        # Moodle reads an empty cell of a new grade item as 0.
        rows.append([*names, *("-" if mark is None else mark for mark in points)])
    maxima = ", ".join(f"{column.assignment} {column.points:g}" for column in columns)
    remarks.append(f"In Moodle give each grade item its maximum: {maxima}.")
    return MarksTable(header, rows, remarks)


def _for_spreadsheets(learners: Sequence[Learner], columns: Sequence[MarksColumn]) -> MarksTable:
    header = [
        *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "lms_user_id"),
        *("raw_score", "late_submission_penalty", "score", "max_score", "waits_for_a_hand"),
    ]
    rows = []
    for column in columns:
        for learner in learners:
            mark = column.marks.get(learner.id)
            handed_in = mark.handed_in if mark else None
            names = (learner.id, learner.last_name, learner.first_name, learner.email, learner.lms_user_id)
            raw, penalty = (mark.raw_points, mark.penalty) if mark and not mark.waits else (None, None)
            points = (raw, penalty, column.points_of(learner), column.points)
            waits = "yes" if mark and mark.waits else "no"
            rows.append([column.assignment, column.due, handed_in, *names, *points, waits])
    return MarksTable(header, rows, [])


SYSTEMS: dict[str, Callable[[Sequence[Learner], Sequence[MarksColumn]], MarksTable]] = {
    "canvas": _for_canvas,
    "moodle": _for_moodle,
    "csv": _for_spreadsheets,
}
