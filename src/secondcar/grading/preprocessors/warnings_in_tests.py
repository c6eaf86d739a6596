"""A warning in a test cell costs no mark."""

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade


class AllowWarnings(NbGraderPreprocessor):
    """nbgrader preprocessor: turn what a graded cell wrote to stderr into ordinary output.

    nbgrader gives no marks for a test cell with any text on stderr, and pandas and matplotlib write their
    warnings there. The text stays. An error stays an error. Place it after `Execute` and before
    `SaveAutoGrades`.
    """

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if is_grade(cell) and cell.cell_type == "code":
            for output in cell.outputs:
                if output.output_type == "stream":
                    output.name = "stdout"
        return cell, resources
