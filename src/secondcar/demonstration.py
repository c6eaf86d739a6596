"""A class of twelve invented learners, handed in and graded by nbgrader's ordinary commands.

It shows a teacher what grading gives: marks, what was repaired, which mistakes were made, and the feedback pages.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_solution
from traitlets.config.loader import PyFileConfigLoader

from secondcar.building.answers import read_answers
from secondcar.building.compiling import compile_exercise
from secondcar.building.expressions import evaluate
from secondcar.building.notebook import points_of
from secondcar.checks.answers_file import variable_of
from secondcar.errors import CourseError
from secondcar.grading.gradebook.register import register
from secondcar.grading.reporting.check_notes import count_notes, read_check_notes
from secondcar.grading.results import GRADED, NotebookResult, read_results
from secondcar.testing import Answers, fill, solutions, written_answers


def main(unit: str, root: Path = Path()) -> None:
    """Hand in, grade and report a class of one unit, in grading/class-demo of the course at `root`.

    The folder is made anew each time. The real gradebook is never touched.

    Raises:
        CourseError: the unit does not exist, or nbgrader fails.
    """
    root = root.resolve()
    if not (root / "source" / unit).is_dir():
        raise CourseError(f"There is no unit {unit} in {root / 'source'}: run this in the course's folder.")
    demo = root / "grading" / "class-demo"
    shutil.rmtree(demo, ignore_errors=True)
    shutil.copytree(root / "source" / unit, demo / "source" / unit)
    shutil.copy(root / "nbgrader_config.py", demo)
    hand_in(root, unit, demo / "grading" / "submitted")
    register(demo)
    course = CourseDirectory(config=PyFileConfigLoader("nbgrader_config.py", path=str(demo)).load_config())
    print("Grading twelve invented learners takes about a minute.", flush=True)
    # Two learners handed in what nobody can grade, so autograde says that it failed.
    _nbgrader(demo, "autograde", unit, fails=True)
    _nbgrader(demo, "generate_feedback", unit)
    _nbgrader(demo, "export", "--to", "grading/grades.csv")
    results = read_results(course, unit)
    autograded = demo / "grading" / "autograded"
    notebooks = [
        nbformat.read(autograded / result.student / unit / f"{unit}.ipynb", as_version=4)
        for result in results
        if result.state == GRADED
    ]
    print("\n" + marks_table(results))
    print("\n" + mistakes_table(notebooks))
    print(f"\nFeedback pages: {demo / 'grading' / 'feedback'}/LEARNER/{unit}/{unit}.html")
    print(f"Marks as nbgrader exports them: {demo / 'grading' / 'grades.csv'}")


def hand_in(root: Path, unit: str, submitted: Path) -> None:
    """Write the twelve submissions of one unit into a folder, as nbgrader collects them."""
    released = nbformat.read(root / "release" / unit / f"{unit}.ipynb", as_version=4)
    source = nbformat.read(root / "source" / unit / f"{unit}.ipynb", as_version=4)
    answers_file = root / "course" / unit / "answers.toml"
    right = solutions(source) | written_answers(answers_file)
    solved = fill(released, right)
    learners = {
        "01-all-right": solved,
        "02-known-mistakes": fill(released, known_mistakes(answers_file, source)),
        "03-half-done": fill(released, dict(list(right.items())[: len(right) // 2])),
        "04-untouched": released,
        "05-slips-and-words": fill(released, slips_and_words(answers_file)),
        "06-warnings": fill(released, {name: _with_warning(text) for name, text in right.items()}),
        "07-deleted-cells": _damaged(solved, _delete),
        "08-copied-cells": _damaged(solved, _copy),
        "09-moved-cells": _damaged(solved, _move),
        "10-retyped-cells": _damaged(solved, _retype),
        "11-damaged-file": None,
        "12-no-notebook": None,
    }
    for learner, notebook in learners.items():
        folder = submitted / learner / unit
        folder.mkdir(parents=True)
        if notebook:
            (folder / f"{unit}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (submitted / "11-damaged-file" / unit / f"{unit}.ipynb").write_text('{"cells": [', encoding="utf-8")
    (submitted / "12-no-notebook" / unit / "answers.txt").write_text("I did it on paper.\n", encoding="utf-8")


def known_mistakes(answers_file: Path, source: NotebookNode) -> Answers:
    """Return an answer with the first listed mistake of each exercise that lists one."""
    points = points_of(source)
    answers = {}
    for name, written in read_answers(answers_file).items():
        exercise, _ = compile_exercise({**written, "bank": {}}, points[name])
        if exercise and exercise.mistakes:
            mistaken = exercise.mistaken_source(exercise.mistakes[0], written["mistakes"][0]["value"])
            answers[name] = f"{variable_of(name)} = {mistaken}"
    return answers


def slips_and_words(answers_file: Path) -> Answers:
    """Return answers to the exercises that ask for a number: in turn, a thousand times too large and in words."""
    numbers = [(name, a) for name, a in read_answers(answers_file).items() if a["kind"] == "number"]
    given = {}
    for position, (name, written) in enumerate(numbers):
        value = "'not very many'" if position % 2 else evaluate(written["answer"]) * 1000
        given[name] = f"{variable_of(name)} = {value}"
    return given


def _with_warning(source: str) -> str:
    """Make a function do what pandas warns about, so that it warns when the check calls it."""
    head, newline, body = source.partition("\n")
    if not head.startswith("def "):
        return source
    warned = ['table = pd.DataFrame({"old": [0.0]})', 'table["old"][0] = 1.0']
    return head + "".join(f"\n    {line}" for line in warned) + newline + body


def _damaged(notebook: NotebookNode, damage: Callable[[list[NotebookNode]], list[NotebookNode]]) -> NotebookNode:
    copy: NotebookNode = nbformat.from_dict(notebook)
    copy.cells = damage(copy.cells)
    return copy


def _delete(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Leave out the set-up, the first answer and the second check."""
    gone = [_locked(cells)[0], _solutions(cells)[0], _checks(cells)[1]]
    return [cell for cell in cells if cell not in gone]


def _copy(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Paste an answer twice, and repeat a check at the end."""
    place = cells.index(_solutions(cells)[0])
    return [*cells[:place], cells[place], *cells[place:], _checks(cells)[0]]


def _move(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Put two checks above everything else."""
    checks = _checks(cells)[:2]
    return checks + [cell for cell in cells if cell not in checks]


def _retype(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Turn two answers and a check into Markdown."""
    for cell in (*_solutions(cells)[:2], _checks(cells)[-1]):
        cell.cell_type = "markdown"
        del cell["outputs"], cell["execution_count"]
    return cells


def _solutions(cells: list[NotebookNode]) -> list[NotebookNode]:
    return [cell for cell in cells if is_solution(cell)]


def _checks(cells: list[NotebookNode]) -> list[NotebookNode]:
    return [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade", False)]


def _locked(cells: list[NotebookNode]) -> list[NotebookNode]:
    return [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("locked", False)]


def _nbgrader(folder: Path, *arguments: str, fails: bool = False) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    log = folder / "grading" / f"{arguments[0]}.log"
    log.write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode and not fails:
        raise CourseError(f"nbgrader {arguments[0]} failed; {log} says why.")


def marks_table(results: list[NotebookResult]) -> str:
    """Return the marks of a class as text, each learner's notes below the line."""
    lines = [f"{'learner':<20}{'marks':>8}   state"]
    for result in results:
        marks = "-" if result.score is None else f"{result.score:g}/{result.max_score:g}"
        to_mark = f"; to be marked by hand: {', '.join(result.by_hand)}" if result.by_hand else ""
        lines.append(f"{result.student:<20}{marks:>8}   {result.state}{to_mark}")
        lines += [f"{'':<31}- {note}" for note in result.notes]
    return "\n".join(lines)


def mistakes_table(notebooks: list[NotebookNode]) -> str:
    """Return as text how many learners made which mistake in which exercise, the most common first."""
    lines = [f"{'learners':>8}   {'exercise':<20}what happened"]
    for count in count_notes(map(read_check_notes, notebooks)):
        lines.append(f"{count.learners:>8}   {count.exercise:<20}{count.mistake or count.state}")
    return "\n".join(lines)
