"""Who is in the class: two CSV files in the form of nbgrader's own `nbgrader db student import`."""

import csv
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
    """Return the column `id` of a CSV file. Raises CourseError, naming the line, if a value cannot be a log-in name."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if "id" not in (reader.fieldnames or []):
                raise CourseError(f"{file} has no column `id`: its first line must be id,first_name,last_name,email.")
            found = [(reader.line_num, (row["id"] or "").strip()) for row in reader]
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file} cannot be read ({error}): save it as a CSV file in UTF-8.") from error
    seen: set[str] = set()
    for line, name in found:
        if not VALID_ID.fullmatch(name) or name == file.parent.name:
            raise CourseError(
                f'{file}, line {line}: "{name}" cannot be a log-in name. Use up to 32 small letters a-z, digits, '
                f"- and _, a letter first; {file.parent.name} is taken by the course itself."
            )
        if name in seen:
            raise CourseError(f"{file}, line {line}: {name} is there twice: each person needs an own log-in name.")
        seen.add(name)
    return [name for _, name in found]


def former_ids(classroom: Classroom) -> set[str]:
    """Return the log-in names of people who had a home in this classroom and are in neither roster now."""
    return {home.name for home in classroom.homes.iterdir()} - {*student_ids(classroom), *teacher_ids(classroom)}
