"""A course in another language, or in another environment's Python, is graded in the sandbox with nbgrader's marks."""

import json
import shutil
import site
import venv
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from secondcar.grading.grade import grade
from secondcar.grading.isolation.sandbox import BUBBLEWRAP, NAMESPACES, Sandbox, find_sandbox
from secondcar.grading.kernel.kernels import find_kernel
from tests.support.grading_courses import exercise_cells, hand_in_answers, nbgrader, release


class Language(NamedTuple):
    """An exercise in a language: answers, and a test with its hidden part.

    named: as nbgrader names the language. looks: a cell that says whether a file is there.
    """

    named: str
    right: str
    wrong: str
    visible: str
    hidden: str
    looks: str


LANGUAGES = {
    "another": Language(
        "python",
        "def f(n):\n    return n * 2",
        "def f(n):\n    return n + 2",
        "import sys; print(f(1), 'another' in sys.prefix)",
        "assert f(3) == 6",
        "import os; print(os.path.exists({!r}))",
    ),
    "bash": Language(
        "bash",
        "f() { echo $(($1 * 2)); }",
        "f() { echo $(($1 + 2)); }",
        "f 1",
        "test $(f 3) = 6",
        "test -e {} && echo True || echo False",
    ),
    "ir": Language(
        "R",
        "f <- function(n) n * 2",
        "f <- function(n) n + 2",
        "f(1)",
        "stopifnot(f(3) == 6)",
        "cat(if (file.exists({!r})) 'True' else 'False')",
    ),
}


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Make a kernel of another environment's Python."""
    home = tmp_path / "another"
    venv.create(home)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "shared.pth").write_text("\n".join(site.getsitepackages()))
    kernel = tmp_path / "jupyter" / "kernels" / "another"
    kernel.mkdir(parents=True)
    command = [str(home / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Another", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"), prepend=":")
    find_kernel.cache_clear()
    yield set(KernelSpecManager().find_kernel_specs())
    find_kernel.cache_clear()


@pytest.mark.skipif(find_sandbox().kind != NAMESPACES, reason="both sandboxes are only here")
@pytest.mark.parametrize(
    "sandbox",
    [NAMESPACES, pytest.param(BUBBLEWRAP, marks=pytest.mark.skipif(not shutil.which("bwrap"), reason="no bwrap"))],
)
@pytest.mark.parametrize("kernel", LANGUAGES)
def test_a_course_of_another_kernel(kernel, sandbox, installed, tmp_path, monkeypatch):
    if kernel not in installed:
        pytest.skip("this kernel is not installed")
    language, course, secret = LANGUAGES[kernel], tmp_path / "course", tmp_path / "secret"
    secret.write_text("")
    cells = [
        *exercise_cells("f", language.right, language.visible, language.hidden),
        new_code_cell(language.looks.format(str(secret)), id="looks"),
    ]
    specification = {"name": kernel, "display_name": kernel, "language": language.named}
    stubs = f"c.ClearSolutions.code_stub = {{{language.named!r}: ''}}"
    release(course, "ps", cells, stubs, specification)
    for student, answer in (("ada", language.right), ("ben", language.wrong)):
        hand_in_answers(course, student, "ps", {"f": answer})
    monkeypatch.chdir(course)

    summary = grade(["ps"], sandbox=Sandbox(sandbox), modules=("json",))

    assert not summary.solution_fails and [remark.test for remark in summary.in_notebook] == ["f_check"]
    assert _marks(course) == {"ada": 1, "ben": 0}
    shown = _shown(course, "ada")
    assert "2" in shown[1] and "False" in shown[2] and (kernel != "another" or "True" in shown[1])
    nbgrader(course, "autograde", "ps", "--force")
    assert _marks(course) == {"ada": 1, "ben": 0} and "True" in _shown(course, "ada")[2]


def _marks(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {submission.student.id: submission.score for submission in gradebook.assignment_submissions("ps")}


def _shown(course: Path, student: str) -> list[str]:
    """Return what each code cell of the graded notebook shows."""
    notebook = nbformat.read(course / "autograded" / student / "ps" / "ps.ipynb", as_version=4)
    return [json.dumps(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]
