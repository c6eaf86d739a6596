"""No try to cheat gains a mark, and no hidden test is shown to a learner."""

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from secondcar.grading.isolation.sandbox import NAMESPACES, find_sandbox
from secondcar.grading.preprocessors.hidden_tests import FOR_TEACHERS
from tests.support.cheats import ASSIGNMENTS, HONEST, RUN_IN_NOTEBOOK, SECRET, Cheat, as_table, make_course, read_bank
from tests.support.cheats import BANK as FOLDER
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import nbgrader
from tests.support.some import some

# What the hidden test of `total` hands to it.
HANDED_OVER = "20, 22"

BANK = {cheat.name: cheat for cheat in read_bank()}
# Grading all of them takes more than ten minutes: one in four is graded by `make test`, all by `make test-long`.
NAMES = [pytest.param(name, marks=[pytest.mark.long] * (place % 4 > 0)) for place, name in enumerate(BANK)]


class Run:
    """A graded class of cheats."""

    def __init__(self, course: Path, cheats: Collection[Cheat]) -> None:
        self.course = course
        make_course(course, list(cheats))

    def grade(self) -> None:
        """Grade it with `secondcar grade`."""
        self.told, self.outcomes = {}, {}
        for assignment in ASSIGNMENTS:
            command = [sys.executable, "-m", "secondcar", "grade", assignment, "--notebook-seconds=300", "--json"]
            done = subprocess.run(command, cwd=self.course, capture_output=True, text=True, timeout=900, check=False)
            assert done.returncode in (0, 1), done.stderr
            self.told[assignment] = json.loads(done.stdout)
            outcomes = self.told[assignment]["outcomes"]
            self.outcomes |= {(assignment, outcome["student"]): outcome for outcome in outcomes}

    def outcome_of(self, cheat: Cheat) -> dict:
        """Return what the run said of a try."""
        return self.outcomes[cheat.assignment, cheat.name]

    def disputed(self, cheat: Cheat) -> tuple[bool, ...]:
        """Return of each exercise, in order, whether a person has to say what it earns."""
        outcome = self.outcome_of(cheat)
        tests = {dispute["test"] for dispute in outcome["disputes"]}
        return tuple(f"{name}_check" in tests or not outcome["graded"] for name in ASSIGNMENTS[cheat.assignment])

    def marks_of(self, student: str, assignment: str) -> tuple[float | str, ...]:
        """Return the marks of the exercises, in order; "hand" where there are none."""
        rows = [
            row for row in gradebook_rows(self.course / "gradebook.db") if row[:3] == ("grades", student, assignment)
        ]
        marks = {row[3]: row[4] for row in rows}
        assert all(row[5] is None for row in some(rows)), "A mark by hand was forged."
        return tuple("hand" if (mark := marks[f"{name}_check"]) is None else mark for name in ASSIGNMENTS[assignment])

    def shown_by(self, cheat: Cheat) -> str:
        """Return all that a learner's cells put out; nothing if they were not graded."""
        path = self._folder(cheat) / f"{cheat.assignment}.ipynb"
        cells = json.loads(path.read_text())["cells"] if path.exists() else []
        return json.dumps([cell.get("outputs", []) for cell in cells])

    def _folder(self, cheat: Cheat) -> Path:
        return self.course / "autograded" / cheat.name / cheat.assignment

    def outputs_of(self, cheat: Cheat) -> str:
        """Return all that a learner's cells put out, and the files they made."""
        paths = [path for path in self._folder(cheat).rglob("*") if path.suffix in (".txt", ".py")]
        return self.shown_by(cheat) + "".join(path.read_text(errors="replace") for path in paths)


@pytest.fixture(scope="module")
def run(request, tmp_path_factory):
    """Grade the cheats that the tests ask for which are to run."""
    items = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    asked = {item.callspec.params.get("name") for item in items}
    run = Run(tmp_path_factory.mktemp("cheats") / "course", [BANK[name] for name in BANK if name in asked])
    run.grade()
    return run


def test_the_table_for_teachers_is_that_of_the_bank():
    assert as_table(list(BANK.values())) in (FOLDER / "README.md").read_text()


def test_there_are_many():
    assert len(BANK) >= 40


def test_no_try_has_the_secret_in_its_own_words():
    texts = [text for cheat in BANK.values() for text in cheat.answers.values()]
    assert not any(SECRET in text for text in some(texts))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_honest_learner_gets_every_mark(run, assignment):
    assert run.marks_of(HONEST, assignment) == (1,) * len(ASSIGNMENTS[assignment])


@pytest.mark.parametrize("name", NAMES)
def test_a_cheat_gains_nothing(run, name):
    marks, disputed = run.marks_of(name, BANK[name].assignment), run.disputed(BANK[name])
    assert tuple(mark == "hand" for mark in marks) == disputed
    # Whoever breaks the own notebook may lose what was due.
    assert all(mark in ("hand", 0, due) for mark, due in some(zip(marks, BANK[name].earned(), strict=True))), marks


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_to_teachers_is_not_the_learners(run, name):
    assert run.shown_by(BANK[name]).count(FOR_TEACHERS) == len(run.outcome_of(BANK[name])["disputes"])


def test_no_dispute_is_told_in_words_of_the_learner(run):
    sentences = {dispute["sentence"] for outcome in run.outcomes.values() for dispute in outcome["disputes"]}
    assert sentences
    assert not any("quoting" in sentence.lower() or "20" in sentence for sentence in sentences)


@pytest.mark.parametrize("name", NAMES)
def test_no_hidden_test_is_shown(run, name):
    if run.outcome_of(BANK[name])["graded"]:
        assert SECRET not in run.outputs_of(BANK[name])


@pytest.mark.parametrize("name", NAMES)
def test_what_a_hidden_test_hands_to_a_function_is_not_shown(run, name):
    assert HANDED_OVER not in run.shown_by(BANK[name])


@pytest.mark.skipif(find_sandbox().kind != NAMESPACES, reason="only this sandbox has a copy of the folder")
@pytest.mark.parametrize("name", NAMES)
def test_what_a_hidden_test_hands_to_a_function_is_in_no_file(run, name):
    assert HANDED_OVER not in run.outputs_of(BANK[name])


@pytest.mark.long
def test_no_hidden_test_is_in_a_feedback_page(run):
    for assignment in ASSIGNMENTS:
        nbgrader(run.course, "generate_feedback", assignment)
    pages = list((run.course / "feedback").rglob("*.html"))
    assert len(pages) >= len(run.outcomes) - 2
    for page in some(pages):
        assert SECRET not in page.read_text(), page


@pytest.mark.long
def test_what_nbgrader_gives_is_what_the_bank_says(tmp_path):
    measured = Run(tmp_path / "course", BANK.values())
    for cheat in BANK.values():
        if not cheat.nbgrader:
            continue
        command = [sys.executable, "-m", "nbgrader", "autograde", cheat.assignment, f"--student={cheat.name}"]
        subprocess.run(command, cwd=measured.course, capture_output=True, timeout=200, check=False)
        assert measured.marks_of(cheat.name, cheat.assignment)[: len(cheat.nbgrader)] == cheat.nbgrader, cheat.name


def test_a_learner_cannot_choose_to_be_judged_in_the_notebook(run):
    for assignment, told in some(run.told.items()):
        assert told["solution_fails"] == []
        there = {f"{name}_check" for name in RUN_IN_NOTEBOOK.get(assignment, ())}
        assert {one["test"] for one in told["in_notebook"]} == there
