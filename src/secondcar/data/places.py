"""Where the tables lie: a course brings its own in ``course/data/``, and "Every Second Car" uses those of this package.

The build hands a course's own tables out as ``data/``, beside each notebook. So the same call reads the same figures
while the course is built, in a learner's folder, and where it is graded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

TABLES = ("claims", "facts", "sources")
# The folder of the tables in course/, and beside a notebook that was handed out.
FOLDER = "data"

_PACKAGE = Path(__file__).parent
# A notebook starts in its own folder; a learner may change folders later.
_FOLDER_AT_START = Path.cwd()
_built: ContextVar[Path | None] = ContextVar("tables of the course that is built", default=None)


def own_tables(course: Path) -> Path | None:
    """Return the folder of the tables that a course brings; None if it brings none.

    Args:
        course: the folder ``course/``, or that of a unit that was handed out.
    """
    folder = course / FOLDER
    return folder if any((folder / f"{table}.csv").is_file() for table in TABLES) else None


@contextmanager
def tables_of(course: Path) -> Iterator[None]:
    """Read the tables of one course inside the block, wherever the program runs.

    Args:
        course: the folder ``course/``.
    """
    before = _built.set(own_tables(course) or _PACKAGE)
    try:
        yield
    finally:
        _built.reset(before)


def tables_folder() -> Path:
    """Return the folder of the tables of the course that is built, or in whose folder this runs."""
    built = _built.get()
    if built:
        return built
    for start in (Path.cwd(), _FOLDER_AT_START):
        found = own_tables(start) or own_tables(start / "course")
        if found:
            return found
    return _PACKAGE


def table_file(table: str) -> Path:
    """Return the file of one of `TABLES`.

    Raises:
        ValueError: a course brings other tables of its own, but not this one.
    """
    path = tables_folder() / f"{table}.csv"
    if not path.is_file():
        raise ValueError(f"there is no {path.name} in {path.parent}")
    return path


def brings_own() -> bool:
    """Return whether the tables are a course's own."""
    return tables_folder() != _PACKAGE
