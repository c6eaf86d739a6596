"""Mangled notebooks, graded by the ordinary command in a course that names no preprocessor of ours."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from secondcar.grading.grade import grade
from secondcar.grading.gradebook.register import register
from secondcar.testing import fill, solutions
from tests.support import mangles
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import graded_cell, hand_in, release
from tests.support.paths import ROOT
from tests.support.some import some

UNIT = "02-by-and-to"


def marks_of(course, grading="."):
    rows = [row for row in gradebook_rows(course / grading / "gradebook.db") if row[0] == "grades"]
    return {(row[1], row[3]): row[4:6] for row in rows}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    course = tmp_path_factory.mktemp("plain") / "course"
    cells = [
        graded_cell(new_code_cell("### BEGIN SOLUTION\nx = 2\n### END SOLUTION"), "x", solution=True),
        graded_cell(new_code_cell("assert x == 2"), "x_check", grade=True, points=1),
        graded_cell(new_code_cell("### BEGIN SOLUTION\ny = 3\n### END SOLUTION"), "y", solution=True),
        graded_cell(new_code_cell("assert y == 3"), "y_check", grade=True, points=1),
        graded_cell(
            new_code_cell("### BEGIN SOLUTION\nplan = 1\n### END SOLUTION"), "plan", grade=True, solution=True, points=1
        ),
    ]
    release(course, "ps", cells, "")
    return course


def hand_in_changed(course, student, change, x="x = 2", y="y = 3"):
    notebook = nbformat.read(course / "release" / "ps" / "ps.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = {"x": x, "y": y, "plan": "plan = 'good'"}.get(cell.metadata.nbgrader.grade_id, cell.source)
    notebook.cells = change(notebook.cells)
    hand_in(course / "submitted" / student / "ps", {"ps.ipynb": notebook})


def all_tagged(cells):
    for place in range(len(cells)):
        mangles.tagged_not_to_run(cells, place)
    return cells


def called_no_answer(cells):
    cells[4].metadata.nbgrader["solution"] = False
    return cells


def test_a_course_that_names_no_repair(plain, monkeypatch):
    monkeypatch.chdir(plain)
    hand_in_changed(plain, "right", list)
    hand_in_changed(plain, "merged", lambda cells: mangles.merged_three(cells, 0))
    hand_in_changed(plain, "copied", lambda cells: mangles.copied(cells, 2))
    hand_in_changed(plain, "shadow", lambda cells: [new_code_cell("AssertionError = 1"), *cells])
    hand_in_changed(plain, "tagged", all_tagged, x="x = 0", y="y = 0")
    hand_in_changed(plain, "roles", called_no_answer)
    summary = grade(["ps"], modules=("json",))
    assert not summary.failed
    marks = marks_of(plain)
    for student in ("right", "merged", "copied", "shadow", "roles"):
        assert [marks[student, check][0] for check in ("x_check", "y_check", "plan")] == [1, 1, None], student
    assert [marks["tagged", check][0] for check in ("x_check", "y_check")] == [0, 0]
    assert {outcome.student for outcome in summary.outcomes if outcome.by_hand} == {
        outcome.student for outcome in summary.outcomes
    }


# How learners mangled unit 02, and had 13 of 15 marks, or none.
def in_each(mangle, name):
    return lambda cells: mangle(
        cells, next(n for n, cell in enumerate(cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == name)
    )


MANGLED = {
    "merged-with-the-next-answer": lambda cells: _merged(cells, ["ratio-of-by", "rise-of-ratio"]),
    "merged-with-the-check": lambda cells: _merged(cells, ["ratio-of-by", "ratio-of-by-check", "rise-of-ratio"]),
    "moved-up": in_each(mangles.moved_up, "units-2017-by"),
    "check-is-a-number": lambda cells: _after(cells, "units-2017-by-check", "check = units_2017_by * 2"),
    "check-is-deleted": lambda cells: _after(cells, "units-2017-by-check", "del check"),
    "check-is-a-class": lambda cells: _after(cells, "ratio-of-by-check", "class check: pass"),
    "stripped": mangles.all_stripped,
}


def _place(cells, name):
    return next(n for n, cell in enumerate(cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def _merged(cells, names):
    first, *others = (cells[_place(cells, name)] for name in names)
    first.source = "\n\n".join([first.source, *(cell.source for cell in others)])
    return [cell for cell in cells if cell not in others]


def _after(cells, name, text):
    cells.insert(_place(cells, name) + 1, new_code_cell(text))
    return cells


@pytest.mark.long
def test_unit_02_mangled_has_all_its_marks(tmp_path, monkeypatch):
    course = tmp_path / "course"
    shutil.copytree(ROOT / "source" / UNIT, course / "source" / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    register(course)
    pristine = nbformat.read(ROOT / "release" / UNIT / f"{UNIT}.ipynb", as_version=4)
    solved = fill(pristine, solutions(nbformat.read(ROOT / "source" / UNIT / f"{UNIT}.ipynb", as_version=4)))
    handed_in = {
        "solved": solved.cells,
        **{how: mangle(nbformat.from_dict(solved).cells) for how, mangle in MANGLED.items()},
    }
    handed_in |= {
        how.replace(" ", "-"): cells for how, cells in mangles.doubled(nbformat.from_dict(solved).cells, pristine.cells)
    }
    for student, cells in handed_in.items():
        folder = course / "grading" / "submitted" / student.replace(",", "") / UNIT
        hand_in(folder, {f"{UNIT}.ipynb": nbformat.from_dict({**pristine, "cells": cells})})
    monkeypatch.chdir(course)
    assert not grade([UNIT]).failed
    marks = marks_of(course, "grading")
    full = {check: score for (student, check), score in marks.items() if student == "solved"}
    assert all(score[0] for score in some(full.values()))
    lost = {where: score for where, score in marks.items() if score != full[where[1]]}
    assert lost == {}
