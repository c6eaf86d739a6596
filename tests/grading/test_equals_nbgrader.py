"""`secondcar grade` leaves a course as `nbgrader autograde` does: every row, every file, every cell."""

import json
import shutil
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from secondcar.cli import main as secondcar
from secondcar.demonstration import hand_in as hand_in_demonstration
from secondcar.grading.gradebook.register import register
from tests.support.graded import gradebook_rows, graded_files, without_errors_of_tests
from tests.support.grading_courses import PLAIN, hand_in, make_plain_course, make_quickstart_course, nbgrader
from tests.support.paths import ROOT

# The teacher's notebooks of nbgrader's own course have no answers, which nbgrader does not mind.
OPTIONS = ("--no-repair", "--accept-failing-solution")


class Twins:
    """Two copies of a course: one that nbgrader grades, one that we grade."""

    def __init__(self, course: Path, folder: Path, monkeypatch, grading: str = ".") -> None:
        self.stock, self.ours = folder / "stock", folder / "ours"
        self.grading = grading
        self._monkeypatch = monkeypatch
        for copy in (self.stock, self.ours):
            shutil.copytree(course, copy)

    def grade(self, *arguments: str, fails: bool = False, ours: tuple[str, ...] = ()) -> None:
        """Grade both. fails: some submission cannot be graded. ours: options that nbgrader does not have."""
        nbgrader(self.stock, "autograde", *arguments, fails=fails)
        self._monkeypatch.chdir(self.ours)
        assert secondcar(["grade", *arguments, *ours]) == int(fails)

    def change(self, function) -> None:
        """Do the same to both: ``function(folder)``."""
        for copy in (self.stock, self.ours):
            function(copy)

    def assert_equal(self, in_every_word: bool = False, marked: Collection[tuple[str, str]] = ()) -> None:
        """Compare rows and files.

        in_every_word: also how failed tests say so, for tests that ran as nbgrader's. marked: student and cell of marks
        that a person gave to a text that is the same: nbgrader has them wait again, we do not.
        """
        stock, ours = (gradebook_rows(copy / self.grading / "gradebook.db") for copy in (self.stock, self.ours))
        assert stock
        again = {row for row in stock if row[0] == "grades" and (row[1], row[3]) in marked}
        assert len(again) == len(marked) and all(row[-1] for row in again)
        assert ours == (stock - again) | {(*row[:-1], False) for row in again}
        stock, ours = (graded_files(copy / self.grading / "autograded") for copy in (self.stock, self.ours))
        assert stock
        if not in_every_word:
            stock, ours = without_errors_of_tests(stock), without_errors_of_tests(ours)
        assert ours == stock


@pytest.fixture(scope="session")
def plain_course(tmp_path_factory):
    course = tmp_path_factory.mktemp("courses") / "plain"
    make_plain_course(course, students=8)
    return course


@pytest.fixture
def twins(plain_course, tmp_path, monkeypatch):
    return Twins(plain_course, tmp_path, monkeypatch)


def test_a_small_class(twins):
    twins.grade(PLAIN, "--student=s000[2-4]")
    twins.assert_equal()


@pytest.mark.long
def test_a_small_class_whose_tests_run_as_nbgraders(twins):
    twins.grade(PLAIN, "--student=s000[2-4]", ours=("--tests-in-reach",))
    twins.assert_equal(in_every_word=True)


@pytest.mark.long
def test_a_class_with_manual_grades_graded_again(twins):
    twins.grade(PLAIN)
    twins.assert_equal()
    twins.change(_grade_by_hand)
    twins.change(_hand_in_again)
    twins.grade(PLAIN)
    twins.assert_equal()
    twins.grade(PLAIN, "--force")
    twins.assert_equal(marked=[("s0000", "essay"), ("s0006", "essay")])


def _grade_by_hand(course: Path) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for student, cell, score in (("s0000", "essay", 1), ("s0001", "mean_test", 2.5), ("s0006", "essay", 0.5)):
            grade = gradebook.find_grade(cell, PLAIN, PLAIN, student)
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, 0.25, False
        gradebook.find_comment("essay", PLAIN, PLAIN, "s0000").manual_comment = "Good."
        gradebook.find_submission(PLAIN, "s0007").extension = timedelta(days=30)
        gradebook.db.commit()


def _hand_in_again(course: Path) -> None:
    for student, other in (("s0001", "s0002"), ("s0005", "s0003")):
        folder = course / "submitted" / student / PLAIN
        shutil.copy(course / "submitted" / other / PLAIN / f"{PLAIN}.ipynb", folder)
        (folder / "timestamp.txt").write_text("2026-02-01 00:00:00 UTC")


@pytest.mark.long
def test_nbgraders_own_course(tmp_path, monkeypatch):
    make_quickstart_course(tmp_path / "quickstart")
    twins = Twins(tmp_path / "quickstart", tmp_path, monkeypatch)
    twins.change(lambda course: (course / "submitted" / "right" / "ps1" / "problem2.ipynb").unlink())
    twins.grade("ps1", ours=OPTIONS)
    twins.assert_equal()
    twins.grade("ps1", "--notebook=problem1", "--force", ours=OPTIONS)
    twins.assert_equal()


@pytest.mark.long
def test_the_demonstration_class(tmp_path, monkeypatch):
    course = tmp_path / "course"
    unit = "02-by-and-to"
    shutil.copytree(ROOT / "source" / unit, course / "source" / unit)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    hand_in_demonstration(ROOT, unit, course / "grading" / "submitted")
    twins = Twins(course, tmp_path, monkeypatch, grading="grading")
    twins.change(register)
    twins.grade(unit, fails=True)
    twins.assert_equal()


@pytest.mark.long
def test_submissions_that_nbgrader_cannot_grade_or_has_to_repair(twins):
    twins.change(_break)
    twins.grade(PLAIN, fails=True, ours=("--like-nbgrader",))
    twins.assert_equal(in_every_word=True)


def _break(course: Path) -> None:
    submitted = course / "submitted"
    text = (submitted / "s0000" / PLAIN / f"{PLAIN}.ipynb").read_text()
    good = json.loads(text)

    def hand_in_changed(student, change=None, **files):
        notebook = nbformat.from_dict(good)
        if change:
            change({cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata})
        hand_in(submitted / student / PLAIN, files or {f"{PLAIN}.ipynb": notebook})

    hand_in_changed("b-truncated", **{f"{PLAIN}.ipynb": '{"cells": ['})
    hand_in_changed("b-empty", **{f"{PLAIN}.ipynb": ""})
    hand_in_changed("b-no-notebook", **{"answers.txt": "On paper."})
    hand_in_changed("b-renamed", **{"Untitled1.ipynb": text})
    hand_in_changed("b-copied", **{f"{PLAIN}.ipynb": text, f"{PLAIN} (1).ipynb": text})
    hand_in_changed("b-points", lambda cells: cells["mean_test"].metadata.nbgrader.update(points=100))
    hand_in_changed("b-edited-test", lambda cells: cells["mean_test"].update(source="pass"))
    hand_in_changed("b-unknown-id", lambda cells: cells["mean_test"].metadata.nbgrader.update(grade_id="other"))
    hand_in_changed("b-unnamed", lambda cells: cells["mean_test"].metadata.pop("nbgrader"))
    hand_in_changed("b-ended", lambda cells: cells["mean"].update(source="import os; os._exit(1)"))
    hand_in_changed("b-warns", lambda cells: cells["mean"].update(source="def mean(data):\n    1 / 0"))


@pytest.mark.long
def test_configuration_is_nbgraders(twins):
    twins.change(_configure)
    twins.grade(PLAIN, "--student=s000[0-2]")
    twins.assert_equal()
    content = (twins.ours / "autograded" / "s0000" / PLAIN / "prices.csv").read_text()
    assert content == "not the teacher's\n"
    notebook = nbformat.read(twins.ours / "autograded" / "s0000" / PLAIN / f"{PLAIN}.ipynb", as_version=4)
    assert notebook.metadata["seen_by"] == "a preprocessor of the course"


def _configure(course: Path) -> None:
    (course / "own_preprocessor.py").write_text(
        "from nbgrader.preprocessors import NbGraderPreprocessor\n"
        "class Own(NbGraderPreprocessor):\n"
        "    def preprocess(self, nb, resources):\n"
        "        nb.metadata['seen_by'] = 'a preprocessor of the course'\n"
        "        return nb, resources\n"
        "from nbgrader.plugins import BasePlugin\n"
        "class HalfOff(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        return score / 2\n"
    )
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(
            "from nbgrader.converters import Autograde\n"
            "graders = Autograde.autograde_preprocessors.default_args[0]\n"
            "c.Autograde.autograde_preprocessors = [*graders, 'own_preprocessor.Own']\n"
            f"c.Autograde.exclude_overwriting = {{'{PLAIN}': ['prices.csv']}}\n"
            "c.AssignLatePenalties.plugin_class = 'own_preprocessor.HalfOff'\n"
            "c.Autograde.permissions = 640\n"
            "c.LimitOutput.max_traceback = 3\n"
        )
