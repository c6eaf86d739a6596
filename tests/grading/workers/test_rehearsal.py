"""Grading is rehearsed before the first submission, and a course finds nothing of that."""

import subprocess
import sys

from tests.support.grading_courses import make_tiny_course

_OWN = """
from nbgrader.preprocessors import NbGraderPreprocessor
class Own(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        with open({place!r}, "a") as file:
            print("graded", resources["nbgrader"]["student"], file=file)
        return nb, resources
def hook(assignment, student, notebooks):
    with open({place!r}, "a") as file:
        print("done", file=file)
"""
_CONFIG = """
import sys, os
sys.path.insert(0, os.getcwd())
from nbgrader.converters import Autograde
from own_preprocessor import hook
c.Autograde.autograde_preprocessors = [*Autograde.autograde_preprocessors.default_args[0], "own_preprocessor.Own"]
c.Autograde.post_convert_hook = hook
"""


def test_what_a_course_adds_runs_for_submissions_alone(tmp_path):
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "own_preprocessor.py").write_text(_OWN.format(place=str(tmp_path / "seen.txt")))
    make_tiny_course(tmp_path / "tiny", 1, _CONFIG)
    command = [sys.executable, "-m", "secondcar", "grade", "tiny"]
    done = subprocess.run(command, cwd=tmp_path / "tiny", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    assert (tmp_path / "seen.txt").read_text().split("\n") == ["graded s0000", "done", ""]
