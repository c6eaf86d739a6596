"""How long a unit takes a beginner, from what it holds: words to read, code to read and run, exercises to do."""

import re
from collections.abc import Iterator

import nbformat

from tests.support.course_files import UNITS, notebook, written

WORDS_A_MINUTE = 150
SECONDS_A_LINE_OF_CODE = 5
# Minutes of an exercise, its hints and a second try included; a choice takes longer with each of its lines.
MINUTES = {"number": 3.0, "range": 3.5, "function": 4.0, "table": 5.0, "chart": 9.0, "text": 8.0, "choice": 1.5}
MINUTES_A_LINE = 0.4
STOP = "**A good place to stop.**"


def minutes_of(unit: str, cell: nbformat.NotebookNode) -> float:
    """Return how long a learner is busy with a cell of the notebook that is handed out."""
    if cell.cell_type == "markdown":
        return words_in(cell) / WORDS_A_MINUTE + written_answer(unit, cell)
    exercise = written(unit).get(cell.metadata.get("nbgrader", {}).get("grade_id"))
    if exercise is None:
        return len(cell.source.splitlines()) * SECONDS_A_LINE_OF_CODE / 60
    lines = exercise["answer"] if exercise["kind"] == "choice" and isinstance(exercise["answer"], dict) else []
    return MINUTES[exercise["kind"]] + len(lines) * MINUTES_A_LINE


def words_in(cell: nbformat.NotebookNode) -> int:
    return len(re.findall(r"\w[\w'-]*", cell.source))


def longest_text(unit: str) -> tuple[int, str]:
    """Return how many words the longest text without a cell to run or an answer to write has, and its last cell."""
    longest, words = (0, ""), 0
    for cell in notebook("release", unit).cells:
        words = words + words_in(cell) if cell.cell_type == "markdown" and not written_answer(unit, cell) else 0
        longest = max(longest, (words, cell.id))
    return longest


def written_answer(unit: str, cell: nbformat.NotebookNode) -> float:
    task = written(unit).get(cell.metadata.get("nbgrader", {}).get("grade_id"))
    return MINUTES[task["kind"]] if task else 0


def sittings(unit: str) -> list[float]:
    """Return the minutes from one place to stop to the next."""
    parts = [0.0]
    for cell in notebook("release", unit).cells:
        if cell.source.startswith(STOP):
            parts.append(0.0)
        parts[-1] += minutes_of(unit, cell)
    return parts


def table() -> Iterator[str]:
    """Give the lines of a table: words, lines of code, exercises and minutes of each unit."""
    yield "unit                    words  code  exercises  minutes  sittings"
    for unit in UNITS:
        cells = notebook("release", unit).cells
        words = sum(len(c.source.split()) for c in cells if c.cell_type == "markdown")
        code = sum(len(c.source.splitlines()) for c in cells if c.cell_type == "code")
        parts = sittings(unit)
        each = " + ".join(f"{part:.0f}" for part in parts)
        yield f"{unit:22} {words:6,} {code:5} {len(written(unit)):10} {sum(parts):8.0f}  {each}"


if __name__ == "__main__":
    print("\n".join(table()))
