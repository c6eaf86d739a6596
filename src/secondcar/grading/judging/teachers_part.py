"""What of a notebook is the teacher's, and what the learner's, by the name: told from the source notebook.

The judge runs the teacher's part itself: what locked cells do, what test cells do, and the imports, functions and
classes of all other cells but those for answers. Every other name is the learner's: those for answers, and what
unlocked cells assign.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

from secondcar.grading.judging.cell_code import assigned_names, bound_names, parse_cell

# What a step is.
TEST, LOCKED, OPEN, ANSWER = "test", "locked", "open", "answer"


@lru_cache(maxsize=32)
def read_steps(notebook: bytes) -> list[dict]:
    """Return what the judge is told of a source notebook, one step a code cell.

    Each has its "kind"; "name", a test's grade_id; "source", of an answer cell none; and "learners", the names that
    are the learner's from there on. A cell that is no Python is left out.
    """
    return list(_steps(nbformat.reads(notebook.decode(), as_version=4)))


def definitions_above(steps: list[dict], test: str) -> tuple[list[str], list[str]]:
    """Return the cells above a test that may define what is the teacher's, and the names that are the learner's."""
    above = list(takewhile(lambda step: step["name"] != test, steps))
    sources = [step["source"] for step in above if step["kind"] in (OPEN, LOCKED)]
    return sources, sorted({name for step in above for name in step["learners"]})


def is_test(cell: NotebookNode) -> bool:
    """Tell whether a cell is graded by running it."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _steps(notebook: NotebookNode) -> Iterator[dict]:
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        try:
            module = parse_cell(cell.source)
        except SyntaxError:
            continue
        if is_test(cell):
            yield {"kind": TEST, "name": cell.metadata.nbgrader.grade_id, "source": cell.source, "learners": []}
        elif is_solution(cell):
            yield {"kind": ANSWER, "name": None, "source": "", "learners": sorted(bound_names(module))}
        elif is_locked(cell):
            yield {"kind": LOCKED, "name": None, "source": cell.source, "learners": []}
        else:
            yield {"kind": OPEN, "name": None, "source": cell.source, "learners": sorted(assigned_names(module))}
