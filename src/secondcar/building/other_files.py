"""What a unit hands out beside its notebook: tables to read, and whatever else lies in its folder of course/."""

from pathlib import Path

from secondcar.building.errors import BuildError
from secondcar.building.prose import fill, write_number, write_raw_number
from secondcar.checks.exercises import FILE_NAME


def write_other_files(course: Path, source: Path) -> None:
    """Write every other file of a unit, references filled in, to the teacher's folder.

    Markdown is prose, where numbers have their thousands separated; in any other text a number stands as a program
    reads it. What is no UTF-8 text is copied as it is.

    Args:
        course: the unit's folder in course/.
        source: the folder of the unit's notebook.

    Raises:
        BuildError: a reference cannot be filled, or a file would take the place of one that the build makes.
    """
    for path in other_files(course):
        name = path.relative_to(course)
        if path.suffix == ".ipynb" or name == Path(FILE_NAME):
            raise BuildError(
                f"course/{course.name}/{name.as_posix()}: the build makes a unit's one notebook and its {FILE_NAME}. "
                "Take this file out of course/."
            )
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_filled(path, f"course/{course.name}/{name.as_posix()}"))


def other_files(course: Path) -> list[Path]:
    """Return the files of a unit that are neither its notebook nor its answers; hidden ones do not count."""
    own = {course / f"{course.name}.py", course / "answers.toml"}
    return [
        path
        for path in sorted(course.rglob("*"))
        if path.is_file() and path not in own and not _is_hidden(path.relative_to(course))
    ]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


def _filled(path: Path, where: str) -> bytes:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content
    return fill(text, where, write_number if path.suffix == ".md" else write_raw_number).encode("utf-8")
