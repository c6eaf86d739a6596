"""What is wrong with a course, where, and what to do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondcar.errors import CourseError


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong; faults sort by their place.

    Attributes:
        file: the file, from the folder of the course.
        line: the line in it; 0 where it is about the whole file.
        what: what is wrong, a clause without a full stop.
        fix: what to do, likewise.

    >>> print(Fault("course/02-by-and-to/answers.toml", 7, "exercise undo-by lists 1 mistake", "List three"))
    course/02-by-and-to/answers.toml:7: exercise undo-by lists 1 mistake. List three.
    """

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        end = "" if self.fix.endswith(("?", "!")) else "."
        # What other libraries say may run over several lines.
        return " ".join(f"{place}: {self.what.rstrip('.')}. {self.fix.rstrip('.')}{end}".split())


Faults = Iterator[Fault]


class BuildError(CourseError):
    """Something in course/ is wrong; each line of the text is one fault, sorted by place.

    Attributes:
        faults: what is wrong.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


def refuse(faults: Iterable[Fault]) -> None:
    """Raise BuildError with all the faults; do nothing if there are none."""
    found = list(faults)
    if found:
        raise BuildError(found)
