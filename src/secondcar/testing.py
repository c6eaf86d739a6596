"""What tests and measurements of a course borrow: filled-in notebooks, as learners would hand them in."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from secondcar.building.answers import read_answers
from secondcar.building.notebook import SOLUTION_END, SOLUTION_START, TEXT_SUFFIX, is_solution
from secondcar.checks.kinds import KINDS

# Exercise id -> the whole Python source of its solution cell, or a written answer.
Answers = dict[str, str]


def fill(notebook: NotebookNode, answers: Answers) -> NotebookNode:
    """Return a copy of a released notebook with answers written into its cells.

    Args:
        notebook: as it was handed out.
        answers: exercise id -> the whole Python source of its solution cell, or a written answer.

    Raises:
        KeyError: the notebook has no such exercise.

    >>> fill(notebook, {"units-2017-by": "units_2017_by = 7600"})  # doctest: +SKIP
    """
    filled: NotebookNode = nbformat.from_dict(notebook)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in filled.cells if is_solution(cell)}
    cells |= {cell.id.removesuffix(TEXT_SUFFIX): cell for cell in filled.cells if cell.id.endswith(TEXT_SUFFIX)}
    for exercise, source in answers.items():
        if exercise not in cells:
            raise KeyError(f"the notebook has no exercise {exercise}; it has {', '.join(cells)}")
        cells[exercise].source = source
    return filled


def solutions(source: NotebookNode) -> Answers:
    """Return exercise id -> the teacher's answer, from a notebook of source/."""
    return {
        cell.metadata.nbgrader.grade_id: "\n".join(
            line for line in cell.source.splitlines() if line.strip() not in (SOLUTION_START, SOLUTION_END)
        )
        for cell in source.cells
        if is_solution(cell)
    }


def written_answers(answers_file: Path) -> Answers:
    """Return exercise id -> an answer of the best level, for the exercises that are marked by hand."""
    exercises = read_answers(answers_file)
    return {
        name: written["levels"][0]["example"] for name, written in exercises.items() if KINDS[written["kind"]].by_hand
    }
