"""The teacher's guide has a chapter and a row in its plan for each unit, and names what is there."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from secondcar.building.errors import Fault, Faults
from secondcar.building.misconceptions import named_in
from secondcar.building.sources import GUIDE, Course, Unit

FILE = f"course/{GUIDE}"
_CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FIRST_CELL = re.compile(r"^\| (.*?) \|", re.MULTILINE)


# What a unit's row in the plan counts.
COUNTS = ("minutes", "exercises", "marks")


def row_of(unit: str, needs: str, tools: str) -> str:
    """Return a unit's row in the plan.

    >>> row_of("11-trams", "unit 00", "nothing new")[:69]
    '| unit 11 | {{ minutes("11-trams") }} | {{ exercises("11-trams") }} |'
    """
    counts = " | ".join(f'{{{{ {count}("{unit}") }}}}' for count in COUNTS)
    return f"| unit {unit[:2]} | {counts} | {needs} | {tools} |"


def in_course(course: Course) -> Faults:
    """Yield the links of the guide that lead nowhere."""
    text = (course.folder / GUIDE).read_text(encoding="utf-8")
    anchors = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for found in _LINK.finditer(text):
        file, _, place = found[1].partition("#")
        arrives = _is_there(course, file) if file else place in anchors
        if not arrives:
            line = text.count("\n", 0, found.start()) + 1
            yield Fault(FILE, line, f"the link {found[1]} leads nowhere", "Correct it; paths start in source/")


def in_unit(unit: Unit) -> Faults:
    """Yield what the guide lacks on a unit, or names wrongly: its row in the plan, and its chapter."""
    try:
        text = (unit.course / GUIDE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return  # said once, for the course
    yield from _row(unit, text)
    number = unit.name[:2]
    chapters = [chapter for chapter in _chapters(text) if chapter[1].startswith(f"Unit {number}:")]
    if not chapters:
        yield Fault(FILE, 0, f"there is no chapter on unit {unit.name}", f'Write one, headed "## Unit {number}: ..."')
    for line, *_ in chapters[1:]:
        yield Fault(FILE, line, f"this is a second chapter on unit {unit.name}", "Make them one")
    for chapter in chapters[:1]:
        yield from _named(unit, *chapter)


def _chapters(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the heading and the text of each chapter."""
    found = list(_CHAPTER.finditer(text))
    for heading, following in zip(found, [*found[1:], None], strict=True):
        end = following.start() if following else len(text)
        yield text.count("\n", 0, heading.start()) + 1, heading[1], text[heading.end() : end]


def _named(unit: Unit, line: int, heading: str, chapter: str) -> Faults:
    """Yield the exercises and misconceptions that a chapter names and the unit lacks."""
    rows = [(chapter.count("\n", 0, row.start()), row[1]) for row in _FIRST_CELL.finditer(chapter)]
    named = [(line + offset, name) for offset, cell in rows for name in re.findall("`(.+?)`", cell)]
    if not named:
        what = f'the chapter "{heading}" names no exercise in the first column of a table'
        yield Fault(FILE, line, what, "Add a table of its exercises, each named as `id`")
    for place, name in named:
        if name not in unit.answers.tables:
            what = f"exercise {name} is not in {unit.answers.name}"
            yield Fault(FILE, place, what, "Correct the name, or take the row out")
    met = {name for written in unit.answers.sound.values() for _, name in named_in(written)}
    broken = len(unit.answers.sound) < len(unit.answers.tables)  # what these meet is not known
    for found in re.finditer(r"\bM\d\d\b", chapter):
        if found[0] not in met and not broken:
            place = line + chapter.count("\n", 0, found.start())
            what = f"no mistake of unit {unit.name} names the misconception {found[0]}"
            yield Fault(FILE, place, what, f'Take it out, or write misconception = "{found[0]}" at the mistake')


def _row(unit: Unit, text: str) -> Faults:
    rows = re.findall(rf"^\| unit {unit.name[:2]} \|.*$", text, re.MULTILINE)
    if not any(all(f'{word}("{unit.name}")' in row for word in COUNTS) for row in rows):
        what = f"the table of plans has no row that counts the minutes, exercises and marks of unit {unit.name}"
        yield Fault(FILE, 0, what, f"Add one, as in {row_of(unit.name, '...', '...')}")


def anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading.

    >>> anchor("Unit 02: By, to and of")
    'unit-02-by-to-and-of'
    """
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def _is_there(course: Course, file: str) -> bool:
    """Return whether a link of the guide finds its file; the notebooks in source/ may not be built yet."""
    if re.match(r"[a-z]+:", file):
        return True
    path = Path(os.path.normpath(course.root / "source" / file))
    return path.exists() or file in {f"{unit.name}/{unit.name}.ipynb" for unit in course.units}
