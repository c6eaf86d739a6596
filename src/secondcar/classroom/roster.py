"""Who is in the class: two CSV files with the columns of nbgrader's own `nbgrader db student import`."""

import codecs
import csv
import io
import re
from pathlib import Path

from secondcar.classroom.layout import Classroom
from secondcar.errors import CourseError

# What useradd accepts everywhere, and what is safe in a path, an address and the name of a submission.
VALID_ID = re.compile(r"[a-z][a-z0-9_-]{0,31}")


def student_ids(classroom: Classroom) -> list[str]:
    """Return the students' log-in names, in the order of the file.

    Raises:
        CourseError: the file cannot be read, or a name cannot be used.

    >>> student_ids(Classroom(Path("/srv/second-car")))  # doctest: +SKIP
    ['ada', 'boris', 'cara']
    """
    students, teachers = read_ids(classroom.students_file), read_ids(classroom.teachers_file)
    both = sorted(set(students) & set(teachers))
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
        raise CourseError(f"{classroom.teachers_file} names no teacher: add one line below the head.")
    return teachers


def read_ids(file: Path) -> list[str]:
    """Return the column `id` of a roster.

    Raises:
        CourseError: the file cannot be read, or a value cannot be a log-in name; the sentence names the line.
    """
    seen: set[str] = set()
    for line, person in read_people(file):
        name = person["id"]
        if not VALID_ID.fullmatch(name) or name == file.parent.name:
            raise CourseError(
                f'{file}, line {line}: "{name}" cannot be a log-in name. Use up to 32 small letters a-z, digits, '
                f"- and _, a letter first; {file.parent.name} is taken by the course itself."
            )
        if name in seen:
            raise CourseError(f"{file}, line {line}: {name} is there twice: each person needs their own log-in name.")
        seen.add(name)
    return list(dict.fromkeys(person["id"] for _, person in read_people(file)))


def read_people(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Return each line's number and its person, from a roster as any spreadsheet writes it.

    Columns may be separated by commas, semicolons or tabs; heads may be in any case; empty lines do not count.

    Raises:
        CourseError: the file cannot be read, has no column `id`, or a quote in it is not closed.
    """
    text = _read_text(file)
    lines = text.splitlines(keepends=True)
    skipped = 1 if lines and lines[0].strip().casefold().startswith("sep=") else 0
    given = lines[0].strip()[4:5] if skipped else ""
    head = lines[skipped] if len(lines) > skipped else ""
    separator = given or max(",;\t", key=head.count)
    try:
        rows = csv.reader(lines[skipped:], delimiter=separator, strict=True)
        names = [name.strip().casefold() for name in next(rows, [])]
        found = [(skipped + rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except csv.Error as error:
        raise CourseError(
            f"{file} has a quote that is opened and not closed ({error}): close it, or take it out."
        ) from None
    if "id" not in names:
        raise CourseError(f"{file} has no column `id`: its first line must be id,first_name,last_name,email.")
    people = [(line, dict(zip(names, row, strict=False))) for line, row in found if any(row)]
    return [(line, {"id": "", **person}) for line, person in people]


def as_nbgrader_reads(file: Path) -> str:
    """Return a roster as `nbgrader db student import` takes it."""
    columns = ("id", "first_name", "last_name", "email", "lms_user_id")
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, extrasaction="ignore", restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(person for _, person in read_people(file))
    return written.getvalue()


def _read_text(file: Path) -> str:
    try:
        content = file.read_bytes()
        is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # a spreadsheet's "Unicode text"
        return content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file} cannot be read ({error}): save it as a CSV file in UTF-8.") from error


def former_ids(classroom: Classroom) -> set[str]:
    """Return the log-in names of people who had a home in this classroom and are in neither roster now."""
    return {home.name for home in classroom.homes.iterdir()} - {*student_ids(classroom), *teacher_ids(classroom)}
