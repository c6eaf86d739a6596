"""Hostile submissions: each gets the marks of what did run, and a line that says why the rest did not.

Nobody else is touched, nothing is left behind, and the run ends on time.
"""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.graded import gradebook_rows
from tests.support.hostile import ASSIGNMENT, INNOCENT, as_table, make_course, read_bank
from tests.support.hostile import BANK as FOLDER
from tests.support.some import some

BANK = {hostile.name: hostile for hostile in read_bank()}
QUICK = [hostile for hostile in BANK.values() if hostile.quick]
SLOW = [hostile for hostile in BANK.values() if not hostile.quick]
LIMITS = (
    "--Execute.timeout=10",
    "--notebook-seconds=20",
    "--output-mb=2",
    "--memory-mb=1000",
    "--processes=64",
    "--disk-mb=10",
)
SECRET = "teachers-secret"


class Run:
    """A graded class of hostile learners."""

    def __init__(self, root: Path, submissions: list, *options: str) -> None:
        self.course, self.temporary = root / "course", root / "temporary"
        self.temporary.mkdir(parents=True)
        make_course(self.course, submissions)
        started = time.monotonic()
        self.done = self._secondcar("grade", *LIMITS, *options)
        self.seconds = time.monotonic() - started
        self.feedback = self._secondcar("feedback")
        self.marks: dict[str, dict[str, object]] = {}
        for kind, student, *row in gradebook_rows(self.course / "gradebook.db"):
            if kind == "grades":
                _, name, score, _, _, by_hand = row
                self.marks.setdefault(student, {})[name] = "hand" if score is None and by_hand else score

    def _secondcar(self, command: str, *options: str) -> subprocess.CompletedProcess:
        environment = {**os.environ, "TMPDIR": str(self.temporary), "TEACHERS_TOKEN": SECRET}
        line = [sys.executable, "-m", "secondcar", command, ASSIGNMENT, *options]
        return subprocess.run(
            line, cwd=self.course, env=environment, capture_output=True, text=True, timeout=600, check=False
        )

    def marks_of(self, student: str) -> tuple:
        """Return the marks of the three exercises, in order."""
        return tuple(self.marks[student][f"{name}_check"] for name in ("first", "second", "third"))

    def notebook_of(self, student: str) -> Path:
        return self.course / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    def page_of(self, student: str) -> Path:
        return self.course / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"

    def told_of(self, student: str) -> str:
        """Return what the teacher is told of a student."""
        return "\n".join(line for line in self.done.stderr.splitlines() if line.startswith(f"{student}: "))


@pytest.fixture(scope="module")
def quick(tmp_path_factory):
    return Run(tmp_path_factory.mktemp("quick"), QUICK)


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    return Run(tmp_path_factory.mktemp("slow"), SLOW)


def test_the_table_for_teachers_is_that_of_the_bank():
    assert as_table(list(BANK.values())) in (FOLDER / "README.md").read_text()


@pytest.mark.parametrize("name", [hostile.name for hostile in QUICK])
def test_a_hostile_submission(quick, name):
    assert_as_expected(quick, BANK[name])


@pytest.mark.long
@pytest.mark.parametrize("name", [hostile.name for hostile in SLOW])
def test_another_hostile_submission(slow, name):
    assert_as_expected(slow, BANK[name])


def assert_as_expected(run: Run, hostile) -> None:
    notebook, told = run.notebook_of(hostile.name), run.told_of(hostile.name)
    if hostile.graded:
        got = run.marks_of(hostile.name)
        expected = tuple(mark if wanted == "any" else wanted for mark, wanted in zip(got, hostile.marks, strict=True))
        assert got == expected, (told, _outputs(notebook))
        if hostile.sentence:
            assert hostile.sentence in notebook.read_text()
    else:
        assert run.marks_of(hostile.name) == ("hand",) * 3
        assert not notebook.exists()
        assert told.count("\n") == 0 and told, told
    assert (hostile.sentence or "") in told and (hostile.teacher or "") in told
    if hostile.graded and not hostile.sentence and not hostile.teacher and set(hostile.marks) == {1}:
        assert told == ""


def test_nobody_else_is_touched(quick):
    assert_innocent(quick)


@pytest.mark.long
def test_nobody_else_is_touched_by_the_others(slow):
    assert_innocent(slow)


def assert_innocent(run: Run) -> None:
    for student in INNOCENT:
        assert run.marks_of(student) == (1, 1, 1)
        assert run.told_of(student) == ""
        assert {path.name for path in run.notebook_of(student).parent.iterdir()} == {
            f"{ASSIGNMENT}.ipynb",
            "timestamp.txt",
        }


def test_everybody_who_was_graded_has_a_page(quick):
    assert_pages(quick, QUICK)


@pytest.mark.long
def test_everybody_else_who_was_graded_has_a_page(slow):
    assert_pages(slow, SLOW)


def assert_pages(run: Run, submissions: list) -> None:
    graded = [*INNOCENT, *(hostile.name for hostile in submissions if hostile.graded)]
    missing = {student for student in graded if not run.page_of(student).exists()}
    assert missing <= {hostile.name for hostile in submissions if not hostile.page}, run.feedback.stderr
    assert missing <= {student for student in graded if f"{student}: " in run.feedback.stderr}
    assert run.feedback.returncode == bool(missing), run.feedback.stderr


def test_the_run_says_how_it_ended_and_leaves_nothing(quick):
    assert_clean(quick, QUICK)


@pytest.mark.long
def test_the_long_run_says_how_it_ended_and_leaves_nothing(slow):
    assert_clean(slow, SLOW)


def assert_clean(run: Run, submissions: list) -> None:
    failed = sum(not hostile.graded for hostile in submissions)
    assert run.done.returncode == 1, run.done.stderr
    assert f"{failed} failed" in run.done.stdout
    assert "Traceback" not in run.done.stderr
    assert [path for path in run.temporary.iterdir()] == []
    assert _processes_of(run) == []
    left = [path for hostile in submissions for path in run.notebook_of(hostile.name).parent.rglob("*")]
    for path in some(left):
        assert not path.is_symlink() and (path.is_file() or path.is_dir()), path


def _processes_of(run: Run) -> list[str]:
    """Return the commands of all processes that the run, or anything in it, started and that still live.

    Each of them was given the run's environment, or the argument that the bank's sleepers have.
    """
    commands = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, PermissionError):
            command = (folder / "cmdline").read_bytes()
            if str(run.temporary).encode() in (folder / "environ").read_bytes() or b"4242" in command:
                commands.append(command.replace(b"\0", b" ").decode(errors="replace"))
    return commands


def _outputs(notebook: Path) -> str:
    return notebook.read_text()[-1500:] if notebook.exists() else "no notebook"
