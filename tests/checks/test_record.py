"""What is kept of a learner's tries: in the learner's own folder, whatever happens to the file."""

import json
import os
import stat
import subprocess
import sys
import time

import pytest

from secondcar.checks import record
from secondcar.note_format import CANNOT_READ, NOT_ATTEMPTED, RIGHT, WRONG

ADD = """
import sys
from pathlib import Path
from secondcar.checks import record
for number in range(20):
    with record.changing(Path(sys.argv[1]), f"exercise-{sys.argv[2]}-{number}") as known:
        known.add("wrong", 0.0, None, str(number))
"""


@pytest.fixture
def unit(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "_known", {})
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / "my-work" / "02-by-and-to").mkdir(parents=True)
    return tmp_path / "my-work" / "02-by-and-to"


def try_it(unit, state, answer="a", share=0.0, mistake=None):
    with record.changing(unit, "units-2017-by") as known:
        known.add(state, share, mistake, answer)
    return record.tried(unit, "units-2017-by")


def test_what_was_tried_is_kept_above_the_unit(unit):
    try_it(unit, WRONG, "7", mistake="by-as-to")
    try_it(unit, WRONG, "7")
    try_it(unit, WRONG, "8", share=0.5)
    known = record.read_record(unit.parent)["02-by-and-to"]["units-2017-by"]
    assert (known.state, known.tries, known.mistakes) == ("partly", ["7", "8"], ["by-as-to"])
    assert try_it(unit, RIGHT, "9").state == RIGHT
    assert try_it(unit, WRONG, "10").state == RIGHT, "what was right once stays right"


@pytest.mark.parametrize("state", [NOT_ATTEMPTED, CANNOT_READ])
def test_what_could_not_be_judged_is_no_try(unit, state):
    assert try_it(unit, state) == record.Tried()


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", "null", '{"02-by-and-to": 3}', '{"02-by-and-to": {"units-2017-by": {"state": "odd"}}}']
)
def test_a_damaged_record_is_started_anew(unit, damaged):
    (unit.parent / record.FILE_NAME).write_text(damaged, encoding="utf-8")
    assert try_it(unit, WRONG).state == "tried"
    assert json.loads((unit.parent / record.FILE_NAME).read_text(encoding="utf-8"))


def test_what_cannot_be_written_is_known_to_this_notebook(unit, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(record, "whole", full)
    assert try_it(unit, WRONG).state == "tried"
    assert not (unit.parent / record.FILE_NAME).exists()


def test_two_notebooks_at_once_lose_nothing(unit):
    running = [subprocess.Popen([sys.executable, "-c", ADD, str(unit), name]) for name in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(record.read_record(unit.parent)["02-by-and-to"]) == 40
    assert not (unit.parent / f"{record.FILE_NAME}.lock").exists()


def test_a_lock_that_was_left_behind_is_taken_over(unit):
    lock = unit.parent / f"{record.FILE_NAME}.lock"
    lock.touch()
    os.utime(lock, (time.time() - 60,) * 2)
    try_it(unit, WRONG)
    assert not lock.exists()


def test_nothing_is_kept_beside_a_course_nor_while_grading(unit, monkeypatch, tmp_path):
    (tmp_path / "course").mkdir()
    released = tmp_path / "release" / "02-by-and-to"
    released.mkdir(parents=True)
    try_it(released, WRONG)
    assert not list((tmp_path / "release").glob(".*"))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    try_it(unit, WRONG)
    assert not list(unit.parent.glob(".*"))


def test_a_folder_of_a_learner_beside_a_course_keeps_its_record(unit, tmp_path):
    (tmp_path / "course").mkdir()
    try_it(unit, WRONG)
    assert stat.S_ISREG((unit.parent / record.FILE_NAME).stat().st_mode)


def test_answers_are_told_apart():
    values = [1, 1.5, "a", None, [1], lambda x: x, lambda x: x + 1, lambda x: x + 2]
    assert len({record.fingerprint(value) for value in values}) == len(values)
    assert record.fingerprint(lambda y: y * 2) == record.fingerprint(lambda y: y * 2)
