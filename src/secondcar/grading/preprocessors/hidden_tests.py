"""Feedback pages that show no line of a hidden test."""

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade

# This key in an output's metadata says that it is for the teacher.
FOR_TEACHERS = "secondcar_dispute"


class KeepTestsHidden(ClearHiddenTests):
    """nbgrader preprocessor for `GenerateFeedback`: hide hidden tests, also in the tracebacks under them.

    nbgrader's own `ClearHiddenTests` takes them out of the cell. A traceback quotes the lines around the one
    that failed: one that quotes a hidden line is cut down to its last line, the error and its message. What is there
    for the teacher alone, about a disputed test or a question, is taken out, too.
    """

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        # A learner may write nbgrader's markers too; only graded cells hold hidden tests.
        if not is_grade(cell):
            return cell, resources
        before = {line.strip() for line in cell.source.splitlines()}
        cell, resources = super().preprocess_cell(cell, resources, index)
        hidden = before - {line.strip() for line in cell.source.splitlines()}
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if FOR_TEACHERS not in output.get("metadata", {})]
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                traceback = strip_ansi("\n".join(output.traceback))
                if any(line in traceback for line in hidden):
                    output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources
