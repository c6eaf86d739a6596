"""Who is in the class: two CSV files with the columns of nbgrader's own `nbgrader db student import`."""

import codecs
import csv
import io
import re
from pathlib import Path

from secondcar.classroom.layout import Classroom
from secondcar.errors import CourseError

# A student number or an e-mail address, too. It is part of paths, addresses and the names of submissions.
VALID_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,62}[A-Za-z0-9_-]|[A-Za-z0-9]")


def student_ids(classroom: Classroom) -> list[str]:
    """Return the students' log-in names, in the order of the file.

    Raises:
        CourseError: the file cannot be read, or a name cannot be used.

    >>> student_ids(Classroom(Path("/srv/second-car")))  # doctest: +SKIP
    ['ada', 'boris', 'cara']
    """
    students, teachers = read_ids(classroom.students_file), read_ids(classroom.teachers_file)
    learners = {log_in(name) for name in students}
    both = sorted(name for name in teachers if log_in(name) in learners)
    if both:
        raise CourseError(
            f"{both[0]} is in {classroom.students_file.name} and in {classroom.teachers_file.name}, both in "
            f"{classroom.folder}: take the name out of one, or give the person two log-in names."
        )
    return students


def teacher_ids(classroom: Classroom) -> list[str]:
    """Return the teachers' log-in names. Raises CourseError as `student_ids` does, and if there is none."""
    teachers = read_ids(classroom.teachers_file)
    if not teachers:
        raise CourseError(f"{classroom.teachers_file} names no teacher: add one below the line of headings.")
    return teachers


def log_in(person: str) -> str:
    """Return a person's name in the hub, which takes what people type in any case.

    >>> log_in("Aigerim.B")
    'aigerim.b'
    """
    return person.lower()


def read_ids(file: Path) -> list[str]:
    """Return the column `id` of a roster.

    Raises:
        CourseError: the file cannot be read, or a value cannot be a log-in name; the sentence names the line.
    """
    seen: set[str] = set()
    for line, person in read_people(file):
        name = person["id"]
        if not VALID_ID.fullmatch(name):
            raise CourseError(
                f'{file}, line {line}: "{name}" cannot be a log-in name. Use up to 64 letters a-z, digits and . @ - _, '
                "a letter or digit first, and no dot or @ last: a name, a student number or an e-mail address."
            )
        if log_in(name) in seen:
            raise CourseError(f"{file}, line {line}: {name} is there twice: each person needs their own log-in name.")
        seen.add(log_in(name))
    return list(dict.fromkeys(person["id"] for _, person in read_people(file)))


def read_people(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Return each line's number and its person, from a roster as any spreadsheet writes it.

    Columns may be separated by commas, semicolons or tabs; headings may be in any case; empty lines do not count.

    Raises:
        CourseError: the file cannot be read, has no column `id`, or a quote in it is not closed.
    """
    return [(lines[-1] + 1, person) for lines, person in _records(file, _read_text(file)[0].splitlines(keepends=True))]


def without(file: Path, person: str) -> bytes:
    """Return a roster without a person's line, and otherwise as it is.

    Raises:
        CourseError: as `read_people`.
    """
    text, encoding = _read_text(file)
    lines = text.splitlines(keepends=True)
    gone = {number for numbers, one in _records(file, lines) if one["id"] == person for number in numbers}
    return "".join(line for number, line in enumerate(lines) if number not in gone).encode(encoding)


def _records(file: Path, lines: list[str]) -> list[tuple[range, dict[str, str]]]:
    """Return each person, with the numbers of the lines (from 0) on which they stand."""
    skipped = 1 if lines and lines[0].strip().casefold().startswith("sep=") else 0
    given = lines[0].strip()[4:5] if skipped else ""
    head = lines[skipped] if len(lines) > skipped else ""
    separator = given or max(",;\t", key=head.count)
    found = []
    try:
        rows = csv.reader(lines[skipped:], delimiter=separator, strict=True)
        names = [name.strip().casefold() for name in next(rows, [])]
        before = rows.line_num
        for row in rows:
            found.append((range(skipped + before, skipped + rows.line_num), [cell.strip() for cell in row]))
            before = rows.line_num
    except csv.Error as error:
        raise CourseError(
            f"{file} has a quote that is opened and not closed ({error}): close it, or take it out."
        ) from None
    if "id" not in names:
        raise CourseError(f"{file} has no column `id`: its first line must be id,first_name,last_name,email.")
    people = [(numbers, dict(zip(names, row, strict=False))) for numbers, row in found if any(row)]
    return [(numbers, {"id": "", **person}) for numbers, person in people]


def as_nbgrader_reads(file: Path) -> str:
    """Return a roster as `nbgrader db student import` takes it."""
    columns = ("id", "first_name", "last_name", "email", "lms_user_id")
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, extrasaction="ignore", restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(person for _, person in read_people(file))
    return written.getvalue()


def _read_text(file: Path) -> tuple[str, str]:
    """Return a file's text and the encoding that it is in."""
    try:
        content = file.read_bytes()
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # a spreadsheet's "Unicode text"
            encoding = "utf-16"
        else:
            encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
        return content.decode(encoding), encoding
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file} cannot be read ({error}): save it as a CSV file in UTF-8.") from error


def former_ids(classroom: Classroom) -> set[str]:
    """Return the log-in names of people who had a home in this classroom and are in neither roster now."""
    return {home.name for home in classroom.homes.iterdir()} - {*student_ids(classroom), *teacher_ids(classroom)}
