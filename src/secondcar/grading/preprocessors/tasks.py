"""A written answer that was marked once is marked again when it is handed in again."""

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_task


class MarkTasksAgain(NbGraderPreprocessor):
    """nbgrader preprocessor: have each task ask for a mark by hand, whatever mark it has; the mark stays.

    nbgrader does so for its other cells that are marked by hand, but leaves a task as it was, so that nobody would
    look at the new text. Place it after `SaveAutoGrades`.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            for cell in filter(is_task, nb.cells):
                grade = gradebook.find_grade(
                    cell.metadata.nbgrader.grade_id, names["notebook"], names["assignment"], names["student"]
                )
                grade.needs_manual_grade = True
            gradebook.db.commit()
        return nb, resources
