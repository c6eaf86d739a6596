"""Which numbers a notebook shows below an exercise that answer it: whoever runs all cells at once reads them."""

import re
from collections.abc import Iterator

import nbformat

from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds.number import Number
from secondcar.checks.kinds.range import Range
from secondcar.checks.kinds.table import Table
from tests.support.course_files import built, notebook, written

# A number as prose, a table or `print` shows it: not a part of a name or a date, and not "15m".
NUMBER = re.compile(r"(?<![\w.,-])-?\d[\d,]*(?:\.\d+)?(?![\w-])")
Band = tuple[float, float]


def answers_shown(unit: str) -> Iterator[tuple[str, str]]:
    """Yield the cell and the exercise for each answer that a cell below its exercise shows, and none above it did."""
    shown: set[float] = set()
    asked: dict[str, list[Band]] = {}
    for cell in notebook("source", unit).cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "").removesuffix("-check")
        if name in written(unit):
            bands = list(bands_of(built(unit)[name]))
            asked.setdefault(name, [band for band in bands if not shows(shown, band)])
            continue
        numbers = {float(found.replace(",", "")) for found in NUMBER.findall(text_of(cell))}
        yield from ((cell.id, each) for each, bands in asked.items() if bands and all(shows(numbers, b) for b in bands))
        shown |= numbers


def shows(numbers: set[float], band: Band) -> bool:
    low, high = band
    return any(low <= number <= high for number in numbers)


def bands_of(exercise: Exercise) -> Iterator[Band]:
    """Yield within which bounds each number lies that an exercise asks for; none for one that asks for no numbers."""
    if isinstance(exercise, Number):
        yield tuple(exercise.accept)
    elif isinstance(exercise, Range):
        yield from (tuple(band) for band in exercise.accept if band)
    elif isinstance(exercise, Table):
        numbers = [value for row in exercise.rows for value in row.values() if isinstance(value, float)]
        yield from sorted((number * (1 - exercise.within), number * (1 + exercise.within)) for number in numbers)


def text_of(cell: nbformat.NotebookNode) -> str:
    """Return what a learner reads of a cell: its text, or what it prints and shows. A chart is for looking at."""
    if cell.cell_type == "markdown":
        return cell.source
    plain = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return "\n".join(text for text in plain if not text.startswith("Chart: "))
