"""Find out what the notebooks of an assignment import, by running the teacher's own once.

Libraries import parts of themselves when a function first needs them: the first figure, the first error, the first
table shown as HTML. What a rehearsal imported, the warm parent imports too, and no learner's notebook has to. Only
the names of modules leave the rehearsal.
"""

import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import Execute

from secondcar.grading.execution import in_runner
from secondcar.grading.worker import Bundle, write_files

# Installed modules only: what lies beside a notebook belongs to the course.
_LIST_MODULES = """
import os, sys
print("\\n".join(
    name for name, module in list(sys.modules.items())
    if getattr(module, "__spec__", None) and not str(getattr(module, "__file__", "")).startswith(os.getcwd())
))
"""


def modules_imported(bundle: Bundle, warm: str) -> list[str]:
    """Return the names of the modules that are there when the assignment's source notebooks have run.

    warm: address of the warm parent. A notebook that cannot be run has none.
    """
    modules = []
    execute = in_runner(Execute, warm, bundle.limits)
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        write_files(Path(folder), bundle.source)
        for path in sorted(Path(folder).glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            notebook.cells.append(new_code_cell(_LIST_MODULES))
            try:
                execute(parent=None, config=bundle.config).preprocess(notebook, {"metadata": {"path": folder}})
            except Exception:  # a teacher's notebook in another language, or one that cannot be run, is no fault here
                continue
            for output in notebook.cells[-1].outputs:
                modules += output.get("text", "").split()
    return modules
