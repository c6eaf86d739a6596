"""Where the units are, and what they are called."""

from pathlib import Path

from secondcar.errors import CourseError


def units_folder(start: Path | None = None) -> Path:
    """Return the folder of released units.

    It is ``release/`` of the course that `start` lies in; else that inside an installed package, or of the checkout.

    Raises:
        CourseError: none of these places holds units.
    """
    package = Path(__file__).resolve().parent
    courses = [folder for folder in (start, *start.parents) if (folder / "course").is_dir()] if start else []
    for folder in (*(course / "release" for course in courses), package / "units", package.parents[1] / "release"):
        if unit_names(folder):
            return folder
    raise CourseError("This copy of the course holds no units: install it again, or run `make build` in a checkout.")


def unit_names(units: Path, suffix: str = ".ipynb") -> list[str]:
    """Return the names of the units in a folder, in the course's order. A unit holds a notebook of its own name.

    Args:
        units: ``source/``, ``release/``, or ``course/``, where notebooks are plain text.
        suffix: what the file names of its notebooks end with.

    >>> unit_names(units_folder())[0]
    '00-start'
    """
    return sorted(notebook.stem for notebook in units.glob(f"*/*{suffix}") if notebook.stem == notebook.parent.name)
