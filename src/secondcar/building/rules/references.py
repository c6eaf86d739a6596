"""Every reference in {{ }} can be filled, and names what is there."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from secondcar.building.answers import texts_of
from secondcar.building.errors import BuildError, Fault, Faults
from secondcar.building.length import time_names
from secondcar.building.prose import Unfilled, fill
from secondcar.building.sources import GUIDE, Course, Unit
from secondcar.building.teaching import names_of_guide
from secondcar.checks.exercise import Written
from secondcar.data import quote

_REFERENCE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def broken(text: str, **names: object) -> Iterator[tuple[int, str]]:
    """Yield (line from 0, reason) for each reference that cannot be filled.

    >>> list(broken("One.\\n{{ claim('output-untis') }}"))
    [(1, 'there is no claim called "output-untis"; the nearest is "output-units"')]
    """
    reason = _why_not(text, names)
    if reason is None:
        return
    found = [
        (text.count("\n", 0, reference.start()), why)
        for reference in _REFERENCE.finditer(text)
        if (why := _why_not(reference[0], names)) is not None
    ]
    yield from found or [(0, reason)]


def _why_not(text: str, names: dict[str, Any]) -> str | None:
    try:
        fill(text, **names)
    except Unfilled as error:
        return str(error)
    return None


def _fault(file: str, line: int, reason: str, where: str = "") -> Fault:
    return Fault(file, line, f"{where}a reference in {{{{ }}}} cannot be filled: {reason}", "Correct it")


def in_unit(unit: Unit) -> Faults:
    """Yield the references of a unit that cannot be filled, and the claims that are not there."""
    for cell in unit.cells:
        if cell.kind == "markdown":
            for line, reason in broken(cell.source, ask=asker(unit), **time_names()):
                yield _fault(unit.script, cell.line_of(line), reason)
    for name, written in unit.answers.sound.items():
        yield from _in_answers(unit, name, written)
    for path in unit.other_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for line, reason in broken(text):
            yield _fault(f"course/{unit.name}/{path.relative_to(unit.folder).as_posix()}", line + 1, reason)


def asker(unit: Unit) -> Callable[[str], str]:
    """Return the `ask` of a notebook's cells: the question of an exercise, by its id."""

    def ask(name: str) -> str:
        if name not in unit.answers.tables:
            raise ValueError(f'there is no exercise "{name}" in answers.toml')
        return ""  # whether the question can be filled is another rule

    return ask


def _in_answers(unit: Unit, name: str, written: Written) -> Faults:
    for path, text in texts_of(written):
        for _, reason in broken(text):
            yield _fault(unit.answers.name, unit.answers.line(name, *path), reason, f"exercise {name}: ")
    for claimed in written.get("claims", []):
        try:
            quote(claimed)
        except ValueError as error:
            yield Fault(unit.answers.name, unit.answers.line(name, "claims"), f"exercise {name}: {error}", "Correct it")


def in_pages(course: Course) -> Faults:
    """Yield the references of the glossary and of the guide that cannot be filled."""
    for page, text in course.pages():
        try:
            names = names_of_guide(course) if page == GUIDE else {}
        except BuildError:
            continue  # the rules of the units say what is wrong with them
        for line, reason in broken(text, **names):
            yield _fault(f"course/{page}", line + 1, reason)
