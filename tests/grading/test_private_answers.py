"""A private answer store: the answers are with the judge alone, and a class gets the marks that are due to it."""

import json
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from secondcar.building import build, store_of
from secondcar.checks.answers_file import decode
from secondcar.errors import CourseError
from secondcar.grading.course import load_course
from secondcar.grading.grade import grade
from secondcar.grading.gradebook.register import register
from secondcar.grading.reporting import write_report
from secondcar.testing import fill
from tests.support.graded import gradebook_rows
from tests.support.small_course import CHOICE, NUMBER, UNIT, small_course

CHECKS = (f"{NUMBER}-check", f"{CHOICE}-check")

# What a learner puts into the answer cells, and the marks that are due.
RIGHT = {NUMBER: "before_example = 4500 / 1.25", CHOICE: 'word_example = "by"'}
CLASS = {
    "right": (RIGHT, [2, 1]),
    "mistaken": ({**RIGHT, NUMBER: "before_example = 4500 * 0.75"}, [0, 1]),
    "blank": ({}, [0, 0]),
    # Looks for the answers in all that a notebook can see.
    "looks": (RIGHT, [2, 1]),
}
LOOK = """\
from pathlib import Path
for path in Path("/").rglob("answers.json"):
    print(path.read_text())
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = small_course(tmp_path_factory.mktemp("private") / "course")
    store = root.parent / "store"
    build(root, run=False, answers=store)
    released = nbformat.read(root / "release" / UNIT / f"{UNIT}.ipynb", as_version=4)
    for student, (answers, _) in CLASS.items():
        notebook = fill(released, answers)
        if student == "looks":
            notebook.cells.append(new_code_cell(LOOK))
        folder = root / "grading" / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        (folder / f"{UNIT}.ipynb").write_text(json.dumps(notebook))
    register(root)
    command = [sys.executable, "-m", "secondcar", "grade", UNIT, "--answers", str(store)]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    return root


def test_the_answers_are_in_the_store_alone(course):
    store = course.parent / "store" / UNIT / "answers.json"
    assert decode(store.read_text())[NUMBER].kind == "number"
    for folder in ("source", "release"):
        answers = decode((course / folder / UNIT / "answers.json").read_text())
        assert {answer.kind for answer in answers.values()} <= {"elsewhere", "text"}


@pytest.mark.parametrize("student", CLASS)
def test_a_class_gets_the_marks_that_are_due(course, student):
    rows = gradebook_rows(course / "grading" / "gradebook.db")
    marks = {row[3]: row[4] for row in rows if row[:2] == ("grades", student)}
    assert [marks[check] for check in CHECKS] == CLASS[student][1]


def test_a_notebook_finds_no_answer(course):
    path = course / "grading" / "autograded" / "looks" / UNIT / f"{UNIT}.ipynb"
    shown = "".join(output.text for output in nbformat.read(path, as_version=4).cells[-1].outputs)
    assert decode(shown)[NUMBER].kind == "elsewhere"


def test_pages_and_report_carry_what_the_judge_found(course):
    subprocess.run([sys.executable, "-m", "secondcar", "feedback", UNIT], cwd=course, check=True)
    pages = {
        student: (course / "grading" / "feedback" / student / UNIT / f"{UNIT}.html").read_text() for student in CLASS
    }
    assert "Of which figure is the rise a quarter?" in pages["mistaken"]
    assert "Of which figure is the rise a quarter?" not in pages["right"] + pages["blank"]
    assert "it is the figure of the text again" in pages["right"]
    assert not any("You learn whether it is right" in pages[student] for student in ("right", "mistaken"))
    write_report(load_course(course), UNIT)
    assert "quarter-off-the-new" in (course / "grading" / "reports" / UNIT / "mistakes.csv").read_text()


def test_answers_that_are_kept_elsewhere_are_not_forgotten(course, monkeypatch):
    store = course.parent / "store"
    monkeypatch.chdir(course)
    with pytest.raises(CourseError, match=r"are kept in \.\./store, and nothing was graded"):
        grade([UNIT, "--force"])
    (course.parent / "empty" / UNIT).mkdir(parents=True)
    with pytest.raises(CourseError, match=r"There is no answers\.json in .*empty"):
        grade([UNIT, "--force"], answers=course.parent / "empty")
    # A build puts them where it put them last time, until it is told to make them public.
    target = course.parent / "built"
    small_course(target)
    build(target, run=False, answers=store)
    build(target, run=False)
    assert store_of(target, UNIT).resolve() == store.resolve()
    assert {one.kind for one in released_answers(target)} <= {"elsewhere", "text"}
    build(target, run=False, public=True)
    assert store_of(target, UNIT) is None
    assert "number" in {one.kind for one in released_answers(target)}


def released_answers(root):
    return decode((root / "release" / UNIT / "answers.json").read_text()).values()
