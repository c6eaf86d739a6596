"""An assignment is corrected when some were graded already: who is graded again, what stays, and what is said."""

import contextlib
import json
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook

from secondcar.grading.grade import GradingSummary
from secondcar.grading.progress import summary_of
from secondcar.grading.records import Remark
from tests.support.grading_courses import exercise_cells, graded_cell, hand_in, nbgrader, release
from tests.support.some import some

STUDENTS = ("ada", "ben", "cara")
ACCEPTS_THREE = "assert x in (1, 3)"


def cells(x_test="assert x == 1", y_points=1, question="Say why."):
    essay = graded_cell(new_markdown_cell("Write here."), "essay", grade=True, solution=True, points=2)
    task = graded_cell(new_markdown_cell(question), "task", points=3)
    task.metadata.nbgrader.update(task=True, locked=True)
    y = exercise_cells("y", "y = 2", "assert y", "assert y == 2")
    y[1].metadata.nbgrader.points = y_points
    return [*exercise_cells("x", "x = 1", x_test, x_test), *y, essay, task, new_markdown_cell("", id="task-text")]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of three: one was graded by nbgrader, all have marks by hand, and one's test was marked by hand."""
    root = tmp_path_factory.mktemp("corrected") / "course"
    release(root, "ps1", cells(), "")
    for student in STUDENTS:
        write(root, student, x="x = 1" if student == "ada" else "x = 3")
    nbgrader(root, "autograde", "ps1", "--student=cara")
    with contextlib.chdir(root):
        run()
        with gradebook() as book:
            for student in STUDENTS:
                for cell, points in {"essay": 2, "task": 3}.items():
                    mark = book.find_grade(cell, "ps1", "ps1", student)
                    mark.manual_score, mark.needs_manual_grade = points, False
            book.find_grade("y_check", "ps1", "ps1", "ada").manual_score = 0.5
            book.db.commit()
        yield root


def write(root, student, **answers):
    """Hand in, or hand in again with some answers changed."""
    folder = root / "submitted" / student / "ps1"
    written = {"y": "y = 2", "essay": "An essay.", "task-text": "Because.", **answers}
    source = folder if folder.exists() else root / "release" / "ps1"
    notebook = nbformat.read(source / "ps1.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = written.get(cell.id, cell.source)
    if folder.exists():
        nbformat.write(notebook, folder / "ps1.ipynb")
        (folder / "timestamp.txt").write_text("2026-01-02 10:00:00 UTC")
    else:
        hand_in(folder, {"ps1.ipynb": notebook}, "2026-01-01 10:00:00 UTC")


def correct(root, **changes):
    file = root / "source" / "ps1" / "ps1.ipynb"
    notebook = nbformat.read(file, as_version=4)
    notebook.cells = cells(**changes)
    nbformat.write(notebook, file)


def run(*options):
    done = grade(*options, "--json")
    told = json.loads(done.stdout)
    return {**told, "dealt with": sorted(outcome["student"] for outcome in told["outcomes"])}


def grade(*options):
    done = subprocess.run([sys.executable, "-m", "secondcar", "grade", "ps1", *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done


def gradebook():
    return Gradebook("sqlite:///gradebook.db")


def marks():
    """Each student's points by cell, and what waits for a person."""
    with gradebook() as book:
        grades = [
            (submission.student.id, one)
            for submission in book.assignment_submissions("ps1")
            for notebook in submission.notebooks
            for one in notebook.grades
        ]
        points = {(student, one.name): one.score for student, one in grades}
        return points, {(student, one.name) for student, one in grades if one.needs_manual_grade}


def notes_of(root, student):
    notebook = nbformat.read(root / "autograded" / student / "ps1" / "ps1.ipynb", as_version=4)
    return notebook.metadata.get("grading_notes", [])


def test_a_correction_reaches_all_who_were_graded_before_it(course):
    before, _ = marks()
    assert (before["ben", "x_check"], before["ada", "y_check"]) == (0, 0.5)
    correct(course, x_test=ACCEPTS_THREE, y_points=2, question="Say how.")

    # The gradebook does not know it yet: its texts count, and that is said.
    told = run("--changed")
    assert (told["dealt with"], marks()) == (list(STUDENTS), (before, set()))
    assert [(one["test"], one["why"]) for one in told["behind"]] == [
        ("x_check", "another text counts"),
        ("y_check", "1 point counts, not 2"),
    ]
    nbgrader(course, "generate_assignment", "ps1", "--force", "--IncludeHeaderFooter.header=")
    told = run()
    assert (told["outdated"], told["dealt with"], told["behind"]) == (list(STUDENTS), [], [])

    done = grade("--changed")
    assert "3 graded (0 need manual marking)" in done.stdout
    assert "Other marks than before: ben from 6 to 8, cara from 6 to 8." in done.stdout
    now, waits = marks()
    assert not waits
    changed = {name: points for name, points in now.items() if points != before[name]}
    assert changed == {(student, "x_check"): 1 for student in ("ben", "cara")} | {
        (student, "y_check"): 2 for student in ("ben", "cara")
    }
    for student in some(STUDENTS):
        (note,) = notes_of(course, student)
        assert note == (
            "Your teacher corrected this notebook after you got it: `x_check`, `y_check`, `task`. The corrected cells "
            "were used."
        )
    told = run("--changed")
    assert (told["outdated"], told["dealt with"], told["again"]) == ([], [], {})


def test_only_what_was_written_anew_is_marked_by_hand_again(course):
    write(course, "ada", **{"task-text": "For another reason."})
    write(course, "ben", x="x = 1.0")
    assert run()["dealt with"] == ["ada", "ben"]
    points, waits = marks()
    assert waits == {("ada", "task")}
    assert points["ada", "task"] == 3
    write(course, "ben", essay="Another essay.")
    (course / "submitted" / "ben" / "ps1" / "timestamp.txt").write_text("2026-01-03 10:00:00 UTC")
    run()
    assert marks()[1] == {("ada", "task"), ("ben", "essay")}


def test_an_exercise_that_was_taken_out_of_the_source_keeps_its_marks(course):
    before, _ = marks()
    file = course / "source" / "ps1" / "ps1.ipynb"
    notebook = nbformat.read(file, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not cell.id.startswith("y")]
    nbformat.write(notebook, file)
    run("--changed")
    assert marks()[0] == before


def test_what_is_to_be_typed_names_the_assignment():
    summary = GradingSummary(behind=[Remark("exercises", "x_check", "another text counts")], assignment="ps1")
    line = "NOT IN THE GRADEBOOK: exercises, x_check: another text counts. To take it from source/, type first: "
    assert f"{line}nbgrader generate_assignment ps1 --force" in summary_of(summary).splitlines()
