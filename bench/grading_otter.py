"""The plain course as an Otter-Grader assignment, so that `bench/grading.py` can measure Otter beside nbgrader.

The questions have the same tests, the hidden ones too, and the learners the same answers. As in nbgrader, a question
gives all of its points or none. The essay is left out: people mark it. Otter lives in build/otter, which
`make bench-grading` makes. `otter grade` is not measured: it needs Docker.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell
from nbgrader.api import Gradebook

from tests.support.grading_courses import PLAIN, TASKS, hand_in_answers, nbgrader

_ENVIRONMENT = Path(__file__).parents[1] / "build" / "otter"
_OTTER = _ENVIRONMENT / "bin" / "otter"
_GRADE_ALL = """
import json, sys
from otter.api import grade_submission
for path in sys.argv[1:]:
    found = grade_submission(path, "autograder.zip", quiet=True)
    print(json.dumps({name: question.score for name, question in found.results.items()}))
"""
# What grades the submissions that are named after it.
_API = [_ENVIRONMENT / "bin" / "python", "-c", _GRADE_ALL]
GRADERS = {
    "otter run": ["sh", "-ec", f'for file; do "{_OTTER}" run -a autograder.zip "$file"; done', "sh"],
    "otter.api": _API,
}


def why_absent() -> str | None:
    """Return in one line why there is no Otter, or None if there is."""
    if (_ENVIRONMENT / ".ready").exists():
        return None
    log = _ENVIRONMENT / "errors.txt"
    lines = log.read_text().splitlines() if log.exists() else []
    return lines[-1] if lines else "there is no build/otter; `make bench-grading` makes it"


def make_otter_course(course: Path, folder: Path) -> list[str]:
    """Make the assignment of a plain course in a folder, with its class; return the names of what is handed in.

    Raises:
        CalledProcessError: Otter cannot make or grade it.
        AssertionError: Otter and nbgrader give different points.
    """
    folder.mkdir()
    source = course / "source" / PLAIN
    shutil.copy(source / "prices.csv", folder)
    nbformat.write(_assignment(source / f"{PLAIN}.ipynb"), folder / f"{PLAIN}.ipynb")
    _run([_OTTER, "assign", "--no-run-tests", f"{PLAIN}.ipynb", "made"], folder)
    (autograder,) = folder.glob("made/autograder/*.zip")
    autograder.rename(folder / "autograder.zip")
    _check_points(course, folder)
    return _hand_in(course, folder)


def _assignment(source: Path) -> NotebookNode:
    """Return the notebook that `otter assign` reads, from the teacher's notebook for nbgrader."""
    texts = _graded_texts(source)
    cells = [new_raw_cell("# ASSIGNMENT CONFIG\nexport_cell: false\nfiles:\n  - prices.csv")]
    cells += [cell for cell in nbformat.read(source, as_version=4).cells if "nbgrader" not in cell.metadata]
    for name in TASKS:
        visible, hidden = texts[f"{name}_test"].split("### BEGIN HIDDEN TESTS\n")
        cells += [
            new_raw_cell(f"# BEGIN QUESTION\nname: {name}\npoints: 3\nall_or_nothing: true"),
            new_raw_cell("# BEGIN SOLUTION"),
            new_code_cell(texts[name].replace("### ", "# ")),
            new_raw_cell("# END SOLUTION"),
            new_raw_cell("# BEGIN TESTS"),
            new_code_cell(visible),
            new_code_cell("# HIDDEN\n" + hidden.removesuffix("### END HIDDEN TESTS")),
            new_raw_cell("# END TESTS"),
            new_raw_cell("# END QUESTION"),
        ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _hand_in(course: Path, folder: Path) -> list[str]:
    """Write what a class handed in to nbgrader into copies of Otter's student notebook; return their names."""
    student = nbformat.read(folder / "made" / "student" / f"{PLAIN}.ipynb", as_version=4)
    answer_cells = {
        name: next(cell for cell in student.cells if cell.source.startswith(f"def {name}(data):")) for name in TASKS
    }
    names = []
    for learner in sorted((course / "submitted").iterdir()):
        answers = _graded_texts(learner / PLAIN / f"{PLAIN}.ipynb")
        for name, cell in answer_cells.items():
            cell.source = answers[name]
        names.append(f"{learner.name}.ipynb")
        nbformat.write(student, folder / names[-1])
    return names


def _check_points(course: Path, folder: Path) -> None:
    """Compare the points of each question for a learner who is always right and one who is always wrong."""
    with tempfile.TemporaryDirectory() as copy:
        pair = Path(copy, "course")
        shutil.copytree(course, pair, ignore=shutil.ignore_patterns("submitted"))
        for learner, which in (("right", 1), ("wrong", 2)):
            answers = {name: f"def {name}(data):\n    {texts[which]}" for name, texts in TASKS.items()}
            hand_in_answers(pair, learner, PLAIN, answers)
        nbgrader(pair, "autograde", PLAIN)
        names = _hand_in(pair, folder)
        found = [json.loads(line) for line in _run([*_API, *names], folder).splitlines()]
        with Gradebook(f"sqlite:///{pair / 'gradebook.db'}") as gradebook:
            for name, points in zip(names, found, strict=True):
                learner = name.removesuffix(".ipynb")
                wanted = {
                    task: gradebook.find_grade(f"{task}_test", PLAIN, PLAIN, learner).auto_score for task in TASKS
                }
                assert points == wanted, f"{learner}: {points} with Otter, {wanted} with nbgrader"


def _graded_texts(path: Path) -> dict[str, str]:
    """Return the text of each cell that nbgrader knows by a name."""
    cells = nbformat.read(path, as_version=4).cells
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in cells if "nbgrader" in cell.metadata}


def _run(command: list[str | Path], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
