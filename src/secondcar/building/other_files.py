"""What a unit hands out beside its notebook: tables to read, and whatever else lies in its folder of course/."""

from pathlib import Path

from secondcar.building.errors import BuildError
from secondcar.building.prose import fill, write_number, write_raw_number
from secondcar.checks.answers_file import FILE_NAME

GLOSSARY = "glossary.md"


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
        if path.suffix == ".ipynb" or name.as_posix() in (FILE_NAME, GLOSSARY):
            raise BuildError(
                f"course/{course.name}/{name.as_posix()}: a unit's one notebook, its {FILE_NAME} and the {GLOSSARY} "
                "come from the build. Take this file out of the unit."
            )
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_filled(path, f"course/{course.name}/{name.as_posix()}"))


def write_glossary(course: Path, source: Path) -> None:
    """Write the course's glossary beside a unit's notebook, so that its links work wherever the notebook is.

    Args:
        course: the folder course/.
        source: the folder of the unit's notebook.

    Raises:
        BuildError: there is no glossary, or a reference in it cannot be filled.
    """
    path = course / GLOSSARY
    if not path.is_file():
        raise BuildError(f"course/{GLOSSARY} is missing: write it, since every unit hands it out.")
    (source / GLOSSARY).write_bytes(_filled(path, f"course/{GLOSSARY}"))


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
