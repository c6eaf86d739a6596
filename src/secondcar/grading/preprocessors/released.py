"""What a notebook held when it was handed out: its cells, in order, as nbgrader grades them."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.preprocessors.clearmarkingscheme import ClearMarkScheme
from nbgrader.utils import is_grade, is_locked, is_solution, is_task


@dataclass(frozen=True)
class Released:
    """One cell of a notebook that was handed out.

    cell: as nbgrader grades it: hidden tests and mark schemes in, solutions out, nbgrader's metadata complete.
    visible: the text the learner was given.
    """

    cell: NotebookNode
    visible: str

    @property
    def name(self) -> str | None:
        """The cell's grade_id, or None for a cell that is not one of nbgrader's."""
        return grade_id(self.cell)

    @property
    def is_answer(self) -> bool:
        return is_solution(self.cell)

    @property
    def is_check(self) -> bool:
        return is_grade(self.cell) and not is_solution(self.cell)

    @property
    def is_task(self) -> bool:
        return is_task(self.cell)

    @property
    def is_set_up(self) -> bool:
        return self.cell.cell_type == "code" and self.is_locked and not self.is_check

    @property
    def is_locked(self) -> bool:
        return is_locked(self.cell)


def read_released(course: CourseDirectory, assignment: str, notebook: str) -> list[Released]:
    """Return the cells of a notebook of an assignment that is in the gradebook.

    Raises FileNotFoundError if its source notebook is gone, and nbgrader's MissingEntry if it was never
    registered.
    """
    path = Path(course.format_path(course.source_directory, ".", assignment), f"{notebook}.ipynb")
    if not path.is_file():
        raise FileNotFoundError(
            f"{path.relative_to(course.root)} is missing, and submissions of {assignment} cannot be repaired "
            "without it: put it back, then grade again."
        )
    with Gradebook(course.db_url) as gradebook:
        registered = {
            cell.name: (cell.source, cell.checksum)
            for cell in gradebook.find_notebook(notebook, assignment).source_cells
        }
    # The gradebook has the text that counts, but not the order of the cells; the source has the order.
    cells = []
    for cell in nbformat.read(path, as_version=4).cells:
        name = grade_id(cell)
        if name in registered:
            cell.source, cell.metadata.nbgrader.checksum = registered[name]
            cell.metadata.nbgrader.cell_type = cell.cell_type
        if name is None or name in registered:
            cells.append(cell)
    return [Released(cell, text) for cell, text in zip(cells, _visible_texts(cells, course), strict=True)]


def _visible_texts(cells: list[NotebookNode], course: CourseDirectory) -> list[str]:
    copy = nbformat.from_dict(nbformat.v4.new_notebook(cells=cells))
    for clear in (ClearHiddenTests(parent=course), ClearMarkScheme(parent=course)):
        copy, _ = clear.preprocess(copy, {})
    return [cell.source for cell in copy.cells]


def grade_id(cell: NotebookNode) -> str | None:
    """Return the name nbgrader knows the cell by, or None if it has none that can be read."""
    settings = cell.metadata.get("nbgrader")
    name = settings.get("grade_id") if isinstance(settings, dict) else None
    return name if isinstance(name, str) else None
