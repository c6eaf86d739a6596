"""Find out what the notebooks of an assignment need, by running the teacher's own once.

Libraries import parts of themselves when a function first needs them: the first figure, the first error, the first
table shown as HTML. What a dry run imported, the fork server imports too, and no learner's notebook has to. Only
the names of modules leave the dry run.

It also shows how each test can be judged: with the teacher's answers it has to pass. What a learner's notebook holds
has no say in that.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_core.utils import ensure_event_loop
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import Execute
from nbgrader.utils import setenv

from secondcar.grading.folders import write_files
from secondcar.grading.kernel.kernels import kernels_of
from secondcar.grading.records import Bundle
from secondcar.grading.workers.execution import in_runner
from secondcar.grading.workers.judge_client import IN_NOTEBOOK
from secondcar.grading.workers.submission import judging_of

# Installed modules only: what lies beside a notebook belongs to the course.
_LIST_MODULES = """
import os, sys
print("\\n".join(
    name for name, module in list(sys.modules.items())
    if getattr(module, "__spec__", None) and not str(getattr(module, "__file__", "")).startswith(os.getcwd())
))
"""


@dataclass(frozen=True)
class DryRun:
    """What was found out. modules: names of those that are there when the notebooks have run. ways: as in `Judging`."""

    modules: list[str]
    ways: dict[str, dict[str, str]]

    @property
    def in_notebook(self) -> list[str]:
        """The names of the tests that have to run in the learner's process."""
        return [test for tests in self.ways.values() for test, way in tests.items() if way == IN_NOTEBOOK]


def dry_run(bundle: Bundle, fork_server: str) -> DryRun:
    """Run the assignment's source notebooks. fork_server: address of the fork server.

    A notebook that cannot be run has no modules, and no test of it is judged out of the notebook's reach.
    """
    modules, ways = [], {}
    judging = judging_of(bundle, fork_server, {}) if bundle.options.tests_out_of_reach else None
    kernels = kernels_of(bundle.rows["notebook"], bundle.source)
    execute = in_runner(Execute, fork_server, bundle.limits, judging=judging, kernels=kernels)
    with tempfile.TemporaryDirectory(prefix="dry run-") as folder, setenv(NBGRADER_EXECUTION="autograde"):
        write_files(Path(folder), {**bundle.source, **bundle.answers})
        for path in sorted(Path(folder).glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            notebook.cells.append(new_code_cell(_LIST_MODULES))
            resources = {"metadata": {"path": folder}, "nbgrader": {"notebook": path.stem}}
            run = execute(parent=None, config=bundle.config)
            try:
                run.preprocess(notebook, resources)
            except Exception:  # a teacher's notebook in another language, or one that cannot be run, is no fault here
                continue
            ways[path.stem] = run.ways
            for output in notebook.cells[-1].outputs:
                modules += output.get("text", "").split()
    # Workers that are forked after this would share its loop, and each take the others' messages for its own.
    ensure_event_loop().close()
    return DryRun(modules, ways)
