"""What happens between two runs: marks by hand, extensions, corrected answers, a gradebook that lost something."""

import contextlib
import json
import shutil
import subprocess
import sys
from datetime import timedelta

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook

from secondcar.errors import CourseError
from secondcar.grading import grade
from secondcar.grading.course import load_course
from secondcar.grading.gradebook.answer_texts import texts_in
from secondcar.grading.remembered import Remembered
from secondcar.grading.results import FAILED, read_results
from tests.support.grading_courses import exercise_cells, graded_cell, hand_in, nbgrader, release

CONFIG = 'c.LateSubmissionPlugin.penalty_method = "zero"'
LATE = "2026-01-02 12:00:00 UTC"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of two, of whom `ben` is late, graded and with marks by hand."""
    root = tmp_path_factory.mktemp("term") / "course"
    essay = graded_cell(new_markdown_cell("Write here."), "essay", grade=True, solution=True, points=2)
    release(root, "ps1", [*exercise_cells("x", "x = 1", "assert x", "assert x == 1"), essay], CONFIG)
    nbgrader(root, "db", "assignment", "add", "ps1", "--duedate", "2026-01-01 12:00:00 UTC")
    for student in ("ada", "ben"):
        write(root, student, "An essay.")
    with contextlib.chdir(root):
        run("grade")
        with gradebook() as book:
            for student in ("ada", "ben"):
                mark = book.find_grade("essay", "ps1", "ps1", student)
                mark.manual_score, mark.needs_manual_grade = 2, False
            book.db.commit()
        yield root


def write(root, student, essay):
    notebook = nbformat.read(root / "release" / "ps1" / "ps1.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = "x = 1" if cell.cell_type == "code" else essay
    when = LATE if student == "ben" else "2026-01-01 10:00:00 UTC"
    shutil.rmtree(root / "submitted" / student, ignore_errors=True)
    hand_in(root / "submitted" / student / "ps1", {"ps1.ipynb": notebook}, when)


def run(command, *options):
    arguments = [sys.executable, "-m", "secondcar", command, "ps1", "--json", *options]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return {**told, "dealt with": sorted(outcome["student"] for outcome in told["outcomes"])}


def gradebook():
    return Gradebook("sqlite:///gradebook.db")


def waits(student, cell="essay"):
    with gradebook() as book:
        return book.find_grade(cell, "ps1", "ps1", student).needs_manual_grade


def penalty(student):
    with gradebook() as book:
        return book.find_submission_notebook("ps1", "ps1", student).late_submission_penalty


def test_marks_by_hand_extensions_and_pages(course):
    assert run("feedback")["dealt with"] == ["ada", "ben"]
    assert run("feedback")["dealt with"] == []
    assert penalty("ben") == 1

    # A mark by hand since then: the page and the penalty are those of now, and nothing runs.
    told = run("grade")
    assert (told["dealt with"], told["penalties"], penalty("ben")) == ([], 1, 3)
    assert run("feedback", "--notebook", "ps1")["dealt with"] == ["ben"]
    assert run("feedback")["dealt with"] == []
    with gradebook() as book:
        book.update_or_create_submission("ps1", "ben").extension = timedelta(days=2)
        book.find_comment("essay", "ps1", "ps1", "ada").manual_comment = "Well done."
        book.db.commit()
    assert run("grade")["penalties"] == 1 and penalty("ben") is None
    assert run("feedback")["dealt with"] == ["ada", "ben"]
    assert "Well done." in (course / "feedback" / "ada" / "ps1" / "ps1.html").read_text()

    # The mark of a text that did not change is not asked for again, nor that of a test: no essay runs.
    with gradebook() as book:
        book.find_grade("x_check", "ps1", "ps1", "ben").manual_score = 0.5
        book.db.commit()
    write(course, "ben", "A new essay.")
    assert run("grade", "--force")["dealt with"] == ["ada", "ben"]
    assert [waits(student) for student in ("ada", "ben")] == [False, True] and not waits("ben", "x_check")


def test_changed_answers_are_said_and_graded_on_a_word(course):
    source = course / "source" / "ps1" / "ps1.ipynb"
    # What it puts out is no answer.
    notebook = nbformat.read(source, as_version=4)
    notebook.cells.insert(0, new_code_cell("import math", execution_count=3))
    nbformat.write(notebook, source)
    (course / "source" / "ps1" / "answers.json").write_text('{"x": 1}')
    told = run("grade")
    assert (told["outdated"], told["dealt with"]) == (["ada", "ben"], [])
    assert run("grade", "--changed")["dealt with"] == ["ada", "ben"]
    assert run("grade")["outdated"] == []
    assert not waits("ada")


def test_what_the_gradebook_lost_is_graded_again(course):
    with gradebook() as book:
        book.remove_submission("ps1", "ada")
    (result,) = [one for one in read_results(load_course("."), "ps1") if one.student == "ada"]
    assert (result.state, result.notes) == (FAILED, ("The gradebook has no marks of ps1.ipynb: grade it again.",))
    assert run("grade")["dealt with"] == ["ada"]


def test_another_gradebook_is_asked_what_it_has(tmp_path, monkeypatch):
    root = tmp_path / "course"
    release(root, "ps1", exercise_cells("x", "x = 1", "assert x", "assert x == 1"), "")
    shutil.copytree(root / "release", root / "submitted" / "ada")
    monkeypatch.chdir(root)
    assert run("grade")["dealt with"] == ["ada"]
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('c.CourseDirectory.db_url = "sqlite:///other.db"\n')
    with pytest.raises(CourseError, match="The gradebook has no assignment ps1"):
        grade.grade(["ps1"])
    nbgrader(root, "generate_assignment", "ps1", "--force", "--IncludeHeaderFooter.header=")
    assert run("grade")["dealt with"] == ["ada"]


def test_a_gradebook_without_the_notebook(tmp_path, monkeypatch):
    root = tmp_path / "course"
    release(root, "ps1", exercise_cells("x", "x = 1", "assert x", "assert x == 1"), "")
    (root / "gradebook.db").unlink()
    nbgrader(root, "db", "assignment", "add", "ps1")
    shutil.copytree(root / "release", root / "submitted" / "ada")
    monkeypatch.chdir(root)
    with pytest.raises(CourseError, match=r"not its notebook ps1\.ipynb, and nothing was graded"):
        grade.grade(["ps1"])
    assert not (root / "autograded" / "ada").exists()


def test_what_is_remembered(tmp_path):
    file = tmp_path / "deeper" / "file.json"
    Remembered(file).keep({"ada": "1", "ben": "2"})
    Remembered(file).keep({"ada": "3"})
    found = Remembered(file)
    assert [found.get(student) for student in ("ada", "ben", "cara")] == ["3", "2", None]
    for damaged in ("[]", "{", ""):
        file.write_text(damaged)
        assert Remembered(file).get("ada") is None


@pytest.mark.parametrize("damaged", [b"", b"[]", b'{"cells": 3}', b'{"cells": [3]}', b'{"cells": [{"metadata": []}]}'])
def test_a_damaged_notebook_has_no_texts(damaged):
    assert texts_in(damaged) == {}


def test_what_cannot_be_graded_waits_for_a_person_however_often_it_is_tried(course):
    files = {f"{name}.ipynb": nbformat.read(course / "release" / "ps1" / "ps1.ipynb", as_version=4) for name in "ab"}
    for number, notebook in enumerate(files.values()):
        notebook.cells[0].source = f"x = {number}"
    hand_in(course / "submitted" / "cleo" / "ps1", files, LATE)
    for _ in range(2):
        command = [sys.executable, "-m", "secondcar", "grade", "ps1", "--student=cleo"]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "several files may be meant" in told.stdout + told.stderr
        with gradebook() as book:
            grades = book.find_submission_notebook("ps1", "ps1", "cleo").grades
            assert [grade.needs_manual_grade for grade in grades] == [True, True]
    shutil.rmtree(course / "submitted" / "cleo")
