"""A test is tried with other values in place of an answer's, whatever that does to it."""

import builtins
import contextlib
import json
import socket
import subprocess
import sys
import threading
import time

import pytest
from nbformat.v4 import new_code_cell

from secondcar.grading import wire
from secondcar.grading.judging import judge
from secondcar.grading.judging.asking import Asking
from secondcar.grading.judging.copies import in_copy
from secondcar.grading.judging.findings import OUT_OF_REACH
from secondcar.grading.judging.packing import pack
from secondcar.grading.judging.teachers_part import ANSWER, TEST
from secondcar.grading.records import Way
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import exercise_cells, hand_in_answers, release


def _catch_everything():
    while True:
        with contextlib.suppress(BaseException):
            sum(range(10**9))


def _eat_memory():
    held = []
    while True:
        held.append(bytearray(10_000_000))


@pytest.mark.parametrize("look", [_catch_everything, lambda: time.sleep(60), lambda: 1 // 0, _eat_memory])
def test_what_does_not_end_or_ends_in_an_error_finds_nothing(look):
    started = time.monotonic()
    assert in_copy(look, bool, patience=4, seconds=1) is None
    assert time.monotonic() - started < 10


def test_a_copy_changes_nothing_here():
    names = []
    assert [in_copy(lambda: bool(names.append(1)), bool, 10), in_copy(lambda: not names, bool, 10)] == [False, True]
    assert names == []


def test_what_a_copy_finds_may_be_long_and_has_one_type():
    assert in_copy(lambda: ["far"] * 100_000, list[str], 10) == ["far"] * 100_000
    assert in_copy(lambda: ["far"] * 100_000, list[int], 10) is None


# name: the teacher's answer, and the hidden test.
EXERCISES = {
    "counts": ("counts = 42", "while counts > 42:\n    pass\nassert counts == 42"),
    "held": ("held = 3", "assert len([bytearray(10_000_000) for _ in range(held)]) == 3"),
    "rest": ("rest = [0.375, 1]", "while rest[1] > 100:\n    pass\nassert not abs(rest[0] - 0.375) > 0.01"),
    "made": ("made = 2", "twice = 2 * made\nassert twice == 4"),
    "used": ("used = 4", "assert used == twice"),
}
# Where a test holds on for ever with other values, nobody knows whether it saw the one that is missing.
MARKS = {
    "right": dict.fromkeys(EXERCISES, 1),
    "missing": {**dict.fromkeys(EXERCISES, 1), "rest": None},
}


@pytest.mark.long
def test_a_test_that_never_ends_with_other_values_costs_no_mark(tmp_path):
    cells = [
        cell
        for name, (answer, test) in EXERCISES.items()
        for cell in exercise_cells(name, answer, f"assert {name}", test)
    ]
    release(tmp_path, "ps1", [new_code_cell("import math", id="set-up"), *cells], "c.Execute.timeout = 60")
    right = {name: answer for name, (answer, _) in EXERCISES.items()}
    hand_in_answers(tmp_path, "right", "ps1", right)
    hand_in_answers(tmp_path, "missing", "ps1", {**right, "rest": "rest = [float('nan'), 1]"})
    command = [sys.executable, "-m", "secondcar", "grade", "ps1", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["in_notebook"] == told["solution_fails"] == []
    marks = {}
    for row in gradebook_rows(tmp_path / "gradebook.db"):
        if row[0] == "grades":
            marks.setdefault(row[1], {})[row[3].removesuffix("_check")] = row[4]
    assert marks == MARKS


def _judged(test, answer, way):
    """Return what the judge finds about a test of `answer`, which has that value in the notebook."""
    ours, theirs = socket.socketpair()

    def answer_all():
        with contextlib.suppress(EOFError):
            while wire.receive(theirs):
                said = {"header": {}, "content": {"kind": "data"}, "buffers": [pack(answer, keep=id)]}
                wire.send(theirs, said)

    notebook = threading.Thread(target=answer_all)
    notebook.start()
    steps = [
        {"kind": ANSWER, "name": None, "source": "", "learners": ["answer"], "answer": ""},
        {"kind": TEST, "name": "test", "source": test, "learners": []},
    ]
    found = judge.Judge(steps, ".", Asking(ours)).judge("test", test, test, [], way, 60, {})
    ours.close()
    notebook.join()
    theirs.close()
    return found


def test_what_the_solution_says_is_not_tried_with_other_values(monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(builtins, "display", None, raising=False)
    copied = []
    monkeypatch.setattr(judge, "in_copy", lambda look, *bounds: copied.append(1) or look())
    test = "assert not abs(answer[0] - 3) > 1"
    solution = _judged(test, [3.0, None], Way(OUT_OF_REACH))
    assert copied and not solution.needs.deaf
    copied.clear()
    way = Way(OUT_OF_REACH, solution.needs)
    assert _judged(test, [3.0, None], way).passed and copied == []
    assert _judged(test, [3.5, None], way).passed and copied == [1]
    assert not _judged(test, [float("nan"), None], way).passed and len(copied) > 1
