"""What an option of a choice says, from course/options.toml, which a course may have."""

import contextlib
from pathlib import Path

from secondcar.building.errors import BuildError, Fault, Faults
from secondcar.building.sources import OPTIONS, Course, read_toml


def in_course(course: Course) -> Faults:
    """Yield a fault if course/options.toml is invalid."""
    path = course.folder / OPTIONS
    if not path.is_file():
        return
    try:
        said = read_toml(path, f"course/{OPTIONS}")
    except BuildError as error:
        yield from error.faults
        return
    for option, sentence in said.items():
        if not isinstance(sentence, str):
            yield Fault(f"course/{OPTIONS}", 0, f'"{option}" has no sentence', "Write what it says, in quotes")


def said_by(folder: Path) -> dict[str, str]:
    """Return option -> what it says, of the course in a folder; none where that cannot be read."""
    with contextlib.suppress(BuildError):
        return {option: said for option, said in read_toml(folder / OPTIONS, OPTIONS).items() if isinstance(said, str)}
    return {}
