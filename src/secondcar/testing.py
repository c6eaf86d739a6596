"""What tests and measurements of any course borrow: filled-in notebooks, fresh builds, and runs as a learner."""

import shutil
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.utils import is_solution

from secondcar.building import build
from secondcar.building.answers import read_answers
from secondcar.building.execution import CELL_TIMEOUT_SECONDS, SHOWS_AN_ERROR
from secondcar.building.notebook import TEXT_SUFFIX
from secondcar.building.sources import SOLUTION_END, SOLUTION_START
from secondcar.checks.kinds import KINDS
from secondcar.note_format import NOTE_KEY

# Exercise id -> the whole Python source of its solution cell, or a written answer.
Answers = dict[str, str]


def fill(notebook: NotebookNode, answers: Answers) -> NotebookNode:
    """Return a copy of a released notebook with answers written into its cells.

    Args:
        notebook: as it was handed out.
        answers: exercise id -> the whole Python source of its solution cell, or a written answer.

    Raises:
        KeyError: the notebook has no such exercise.

    >>> fill(notebook, {"units-2017-by": "units_2017_by = 7600"})  # doctest: +SKIP
    """
    filled: NotebookNode = nbformat.from_dict(notebook)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in filled.cells if is_solution(cell)}
    cells |= {cell.id.removesuffix(TEXT_SUFFIX): cell for cell in filled.cells if cell.id.endswith(TEXT_SUFFIX)}
    for exercise, source in answers.items():
        if exercise not in cells:
            raise KeyError(f"the notebook has no exercise {exercise}; it has {', '.join(cells)}")
        cells[exercise].source = source
    return filled


def solutions(source: NotebookNode) -> Answers:
    """Return exercise id -> the teacher's answer, from a notebook of source/."""
    return {
        cell.metadata.nbgrader.grade_id: "\n".join(
            line for line in cell.source.splitlines() if line.strip() not in (SOLUTION_START, SOLUTION_END)
        )
        for cell in source.cells
        if is_solution(cell)
    }


def written_answers(answers_file: Path) -> Answers:
    """Return exercise id -> an answer of the best level, for the exercises that are marked by hand."""
    exercises = read_answers(answers_file)
    return {
        name: written["levels"][0]["example"] for name, written in exercises.items() if KINDS[written["kind"]].by_hand
    }


def differences(root: Path, scratch: Path) -> list[str]:
    """Return the files of source/ and release/ that differ from a fresh build.

    Of the teacher's notebooks, the text is compared and the outputs are not.

    Args:
        root: the folder of the course.
        scratch: an empty folder to build in.

    Raises:
        BuildError: something in course/ is wrong.
    """
    build(root, target=scratch, run=False)
    return unlike(root, scratch)


def unlike(one: Path, other: Path) -> list[str]:
    """Return the files of source/ and release/ that differ between two folders, outputs aside."""
    return sorted(
        name
        for folder in ("source", "release")
        for name in _files(one / folder, folder) | _files(other / folder, folder)
        if _content(one, name) != _content(other, name)
    )


def _files(folder: Path, name: str) -> set[str]:
    return {f"{name}/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()}


def _content(root: Path, name: str) -> object:
    """Return the part of a file that is the same in every build; None if the file is missing."""
    path = root / name
    if not path.is_file():
        return None
    if path.suffix != ".ipynb" or name.startswith("release/"):
        return path.read_bytes()
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    return notebook


def run_as_learner(root: Path, unit: str, scratch: Path) -> NotebookNode:
    """Run a learner's notebook to its end, whatever fails, in a copy of its folder.

    Args:
        root: the folder of the course.
        unit: the unit's name.
        scratch: a folder to copy the unit to.
    """
    shutil.copytree(root / "release" / unit, scratch, dirs_exist_ok=True)
    notebook = nbformat.read(scratch / f"{unit}.ipynb", as_version=4)
    resources = {"metadata": {"path": str(scratch)}}
    return NotebookClient(notebook, timeout=CELL_TIMEOUT_SECONDS, allow_errors=True, resources=resources).execute()


def states_of_a_learner(root: Path, unit: str, scratch: Path) -> dict[str, str]:
    """Return graded cell -> what it says of the exercise, in a learner's notebook in which nothing was answered.

    Raises:
        AssertionError: a cell fails that is not meant to.
    """
    states = {}
    for cell in run_as_learner(root, unit, scratch).cells:
        outputs = cell.get("outputs", [])
        errors = [output.evalue for output in outputs if output.output_type == "error"]
        meant = SHOWS_AN_ERROR in cell.metadata.get("tags", [])
        assert bool(errors) == meant, f"{cell.id}: {errors or 'no error'}"
        if cell.metadata.get("nbgrader", {}).get("grade"):
            found = [output.get("metadata", {}).get(NOTE_KEY, {}).get("state") for output in outputs]
            states[cell.id] = ", ".join(map(str, found))
    return states
