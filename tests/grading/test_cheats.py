"""No try to cheat gains a mark, and no hidden test is shown to a learner."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from secondcar.grading.isolation.sandbox import NAMESPACES, find_sandbox
from secondcar.grading.preprocessors.hidden_tests import FOR_TEACHERS
from tests.support.cheats import ASSIGNMENT, EXERCISES, HONEST, SECRET, as_table, make_course, read_bank
from tests.support.cheats import BANK as FOLDER
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import nbgrader
from tests.support.some import some

# What the hidden test of `total` hands to it.
HANDED_OVER = "20, 22"

BANK = {cheat.name: cheat for cheat in read_bank()}


class Run:
    """A graded class of cheats."""

    def __init__(self, course: Path) -> None:
        self.course = course
        make_course(course, list(BANK.values()))

    def grade(self, *options: str) -> None:
        """Grade it with `secondcar grade`."""
        command = [sys.executable, "-m", "secondcar", "grade", ASSIGNMENT, "--notebook-seconds=300", "--json", *options]
        self.done = subprocess.run(command, cwd=self.course, capture_output=True, text=True, timeout=900, check=False)
        assert self.done.returncode in (0, 1), self.done.stderr
        self.told = json.loads(self.done.stdout)
        self.outcomes = {outcome["student"]: outcome for outcome in self.told["outcomes"]}

    def disputed(self, student: str) -> tuple[bool, ...]:
        """Return of each exercise, in order, whether a person has to say what it earns."""
        outcome = self.outcomes[student]
        tests = {dispute["test"] for dispute in outcome["disputes"]}
        return tuple(f"{name}_check" in tests or not outcome["graded"] for name in EXERCISES)

    def marks_of(self, student: str) -> tuple[float | str, ...]:
        """Return the marks of the exercises, in order; "hand" where there are none."""
        rows = [row for row in gradebook_rows(self.course / "gradebook.db") if row[:2] == ("grades", student)]
        marks = {row[3]: row[4] for row in rows}
        assert all(row[5] is None for row in some(rows)), "A mark by hand was forged."
        return tuple("hand" if (mark := marks[f"{name}_check"]) is None else mark for name in EXERCISES)

    def shown_by(self, student: str) -> str:
        """Return all that a learner's cells put out; nothing if they were not graded."""
        path = self.course / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        cells = json.loads(path.read_text())["cells"] if path.exists() else []
        return json.dumps([cell.get("outputs", []) for cell in cells])

    def outputs_of(self, student: str) -> str:
        """Return all that a learner's cells put out, and the files they made."""
        folder = self.course / "autograded" / student / ASSIGNMENT
        others = [path.read_text(errors="replace") for path in folder.rglob("*") if path.suffix in (".txt", ".py")]
        return self.shown_by(student) + "".join(others)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    run = Run(tmp_path_factory.mktemp("cheats") / "course")
    run.grade()
    return run


def test_the_table_for_teachers_is_that_of_the_bank():
    assert as_table(list(BANK.values())) in (FOLDER / "README.md").read_text()


def test_there_are_many():
    assert len(BANK) >= 40


def test_an_honest_learner_gets_every_mark(run):
    assert run.marks_of(HONEST) == (1,) * len(EXERCISES)


@pytest.mark.parametrize("name", BANK)
def test_a_cheat_gains_nothing(run, name):
    marks, disputed = run.marks_of(name), run.disputed(name)
    assert tuple(mark == "hand" for mark in marks) == disputed
    # Whoever breaks the own notebook may lose what was due.
    assert all(mark in ("hand", 0, due) for mark, due in some(zip(marks, BANK[name].earned(), strict=True))), marks


@pytest.mark.parametrize("name", BANK)
def test_what_is_said_to_teachers_is_not_the_learners(run, name):
    outcome = run.outcomes[name]
    assert run.shown_by(name).count(FOR_TEACHERS) == len(outcome["disputes"])


def test_no_dispute_is_told_in_words_of_the_learner(run):
    sentences = {dispute["sentence"] for outcome in run.outcomes.values() for dispute in outcome["disputes"]}
    assert sentences
    assert not any("quoting" in sentence.lower() or "20" in sentence for sentence in sentences)


@pytest.mark.parametrize("name", BANK)
def test_no_hidden_test_is_shown(run, name):
    if run.marks_of(name) != ("hand",) * len(EXERCISES):
        assert SECRET not in run.outputs_of(name)


@pytest.mark.parametrize("name", BANK)
def test_what_a_hidden_test_hands_to_a_function_is_not_shown(run, name):
    assert HANDED_OVER not in run.shown_by(name)


@pytest.mark.skipif(find_sandbox().kind != NAMESPACES, reason="only this sandbox has a copy of the folder")
@pytest.mark.parametrize("name", BANK)
def test_what_a_hidden_test_hands_to_a_function_is_in_no_file(run, name):
    assert HANDED_OVER not in run.outputs_of(name)


@pytest.mark.long
def test_no_hidden_test_is_in_a_feedback_page(run):
    nbgrader(run.course, "generate_feedback", ASSIGNMENT)
    pages = list((run.course / "feedback").rglob("*.html"))
    assert len(pages) >= len(BANK) - 2
    for page in some(pages):
        assert SECRET not in page.read_text(), page


@pytest.mark.long
def test_what_nbgrader_gives_is_what_the_bank_says(tmp_path):
    measured = Run(tmp_path / "course")
    for cheat in BANK.values():
        if not cheat.nbgrader:
            continue
        command = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT, f"--student={cheat.name}"]
        subprocess.run(command, cwd=measured.course, capture_output=True, timeout=200, check=False)
        assert measured.marks_of(cheat.name)[: len(cheat.nbgrader)] == cheat.nbgrader, cheat.name


def test_a_learner_cannot_choose_to_be_judged_in_the_notebook(run):
    assert run.told["in_notebook"] == run.told["solution_fails"] == []
