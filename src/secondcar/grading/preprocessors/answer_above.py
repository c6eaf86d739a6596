"""Puts each answer directly above its own points, for whoever marks by hand or reads the marks."""

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_task

_BEGIN, _END = "=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ==="
_HEADING = "**How it is marked**"
# Under this key, a cell with a learner's text says which task it answers.
ANSWER_TO = "secondcar_answer_to"


class AnswerAboveMarks(NbGraderPreprocessor):
    """nbconvert preprocessor for Formgrader and for feedback: put question, answer and mark scheme in this order.

    nbgrader's task is one cell with the question and the mark scheme, and its points stand at the top of it; the answer
    comes below, directly above the points of the next one.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        cells: list[NotebookNode] = []
        task: NotebookNode | None = None
        for cell in nb.cells:
            if task is not None and cell.get("id") == f"{task.metadata.nbgrader.grade_id}-text":
                cell.metadata[ANSWER_TO] = task.metadata.nbgrader.grade_id
                cells.insert(len(cells) - 1, cell)
                task = None
                continue
            task = None
            if is_task(cell) and _BEGIN in cell.source:
                task = cell
                question, _, scheme = cell.source.partition(_BEGIN)
                cells.append(new_markdown_cell(question.strip()))
                cell.source = f"{_HEADING}\n\n{scheme.partition(_END)[0].strip()}"
            cells.append(cell)
        nb.cells = cells
        return nb, resources
