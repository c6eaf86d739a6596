"""The page that learners like to read, in place of nbgrader's, by nbgrader's own mechanism.

In any nbgrader course, these lines of `nbgrader_config.py` make it, with those of `safe_html`::

    from secondcar.grading import pages
    c.GenerateFeedback.preprocessors = pages.PREPROCESSORS
    c.HTMLExporter.extra_template_basedirs = pages.TEMPLATES
"""

from pathlib import Path

import nbgrader

# nbgrader asks for a template named "feedback", which is found here first, and Formgrader for "formgrade".
_NBGRADERS = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
TEMPLATES = [str(Path(__file__).parent), str(_NBGRADERS)]
ANSWER_ABOVE_MARKS = "secondcar.grading.preprocessors.answer_above.AnswerAboveMarks"
PREPROCESSORS = [
    ANSWER_ABOVE_MARKS,
    "secondcar.grading.pages.exercises.ListExercises",
    "secondcar.grading.preprocessors.hidden_tests.KeepTestsHidden",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
