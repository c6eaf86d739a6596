"""This repository is an nbgrader course: run nbgrader's commands from this folder."""

import contextlib
import os
import sys
from pathlib import Path

from secondcar.grading import pages, safe_html

c = get_config()  # noqa: F821  nbgrader provides it
root = Path(__file__).resolve().parent

# nbgrader calls `alembic` by name: without this, a Python that is not activated cannot make the gradebook.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

# Everything about learners stays under grading/, which git ignores.
grading = root / "grading"
grading.mkdir(exist_ok=True)
c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "second-car"
c.CourseDirectory.submitted_directory = "grading/submitted"
c.CourseDirectory.autograded_directory = "grading/autograded"
c.CourseDirectory.feedback_directory = "grading/feedback"
c.CourseDirectory.db_url = f"sqlite:///{grading / 'gradebook.db'}"

# Where notebooks are handed out and in. nbgrader needs a folder that all of the class may write to.
exchange = Path(os.environ.get("SECOND_CAR_EXCHANGE") or grading / "exchange").resolve()
with contextlib.suppress(OSError):  # of a folder that cannot be made, nbgrader says so in a sentence where it is used
    if not exchange.exists():
        exchange.mkdir(parents=True)
        exchange.chmod(0o777)
c.Exchange.root = str(exchange)

# A comment, never a raise: the cell already sets the answer to `...`, and the notebook has to run to its end.
c.ClearSolutions.code_stub = {"python": "# Write your answer here."}
c.ClearSolutions.text_stub = "Write your answer here."

c.Execute.timeout = 60
c.Execute.shutdown_kernel = "immediate"

# nbgrader's own lists, with ours added.
c.Autograde.sanitize_preprocessors = [
    "secondcar.grading.preprocessors.repair.RepairSubmission",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.Execute",
    "nbgrader.preprocessors.IgnorePattern",
    "secondcar.grading.preprocessors.warnings_in_tests.AllowWarnings",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "secondcar.grading.preprocessors.tasks.MarkTasksAgain",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# The feedback page: each exercise by its name, with marks, state and what to do.
c.GenerateFeedback.preprocessors = pages.PREPROCESSORS
c.HTMLExporter.extra_template_basedirs = pages.TEMPLATES

# Learners' scripts would run with the rights of whoever looks at their notebooks, in Formgrader or as feedback.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = safe_html.FILTERS
c.WidgetsDataTypeFilter.display_data_priority = safe_html.SHOWN
