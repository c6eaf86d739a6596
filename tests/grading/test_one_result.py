"""A result that cannot be written fails alone, and the run goes on."""

import os
from types import SimpleNamespace

from secondcar.grading.grade import _Run
from secondcar.grading.records import GradingResult
from secondcar.grading.workers.waiting import WaitingResults


class Writer:
    """Writes whatever has no file of too long a name."""

    def __init__(self):
        self.written = []

    def write(self, results):
        for result in results:
            for name in result.files or {}:
                if len(name) > 255:
                    raise OSError(36, os.strerror(36), name)
        self.written += results
        return {"a"}


def test_a_result_that_cannot_be_written_fails_alone(tmp_path):
    run = SimpleNamespace(waiting=WaitingResults(tmp_path / "waiting"), writer=Writer())
    run._written = lambda graded: _Run._written(run, graded)
    grades = {"grade": [{"id": "1", "auto_score": 9.0}]}
    results = [GradingResult(name, grades, {"x" * length: b""}) for name, length in (("a", 1), ("b", 300), ("c", 2))]
    written = run._written([(result.student, result) for result in results])
    told = [(result.student, result.graded, by_hand) for result, by_hand in written]
    assert told == [("a", True, True), ("b", False, False), ("c", True, False)]
    assert "File name too long" in written[1][0].notes[0]
    assert run.waiting.students() == set()
    marks = {result.student: result.rows["grade"][0]["auto_score"] for result in run.writer.written}
    assert marks == {"a": 9.0, "b": None, "c": 9.0}
