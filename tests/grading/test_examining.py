"""`secondcar examine` finds a sound course sound, and names each fault of one that is not."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from secondcar.building import build
from secondcar.cli import main
from tests.support.small_course import UNIT, small_course

CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "plain"\n'


def cell(source, name=None, points=None):
    """A cell of nbgrader: an answer, or with points a test."""
    if name is None:
        return new_code_cell(source)
    settings = {"grade_id": name, "grade": points is not None, "solution": points is None, "locked": points is not None}
    settings |= {"schema_version": 3, "task": False, **({} if points is None else {"points": points})}
    return new_code_cell(source, metadata={"nbgrader": settings})


SETUP = "import math"
ANSWER = "### BEGIN SOLUTION\ntotal = 3\n### END SOLUTION"
TEST = "assert total == 3"


def write_course(root, *cells):
    """Write an nbgrader course of one notebook."""
    folder = root / "source" / "ps1"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG)
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=list(cells), metadata={"kernelspec": python}), folder / "p1.ipynb")


@pytest.fixture
def examined(tmp_path, monkeypatch, capfd):
    """Examine a course of one notebook with these cells; return the exit code and what was said."""

    def run(*cells, options=()):
        write_course(tmp_path / "course", *cells)
        monkeypatch.chdir(tmp_path / "course")
        before = {path for path in tmp_path.rglob("*")}
        code = main(["examine", *options])
        assert {path for path in tmp_path.rglob("*")} == before
        return code, capfd.readouterr().out

    return run


def test_a_sound_assignment_is_sound(examined):
    assert examined(cell(SETUP), cell(ANSWER, "total"), cell(TEST, "test", 2)) == (0, "ps1 is sound.\n")


def broken(name, answer, test, said, *, setup=SETUP, long=False):
    """A course with one fault, and the words that name it."""
    cells = (cell(setup), cell(*answer), cell(*test))
    return pytest.param(cells, said, id=name, marks=[pytest.mark.long] if long else [])


RIGHT, WHOLE_TEST = (ANSWER, "total"), (TEST, "test", 2)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        broken("wrong-test", RIGHT, ("assert total == 4", "test", 2), "the teacher's solution has 0 of 2"),
        broken("no-end", ("### BEGIN SOLUTION\ntotal = 3", "total"), WHOLE_TEST, "cannot be built"),
        broken("free-points", RIGHT, ("assert True", "test", 2), "as it is handed out has 2 of 2 points", long=True),
        broken("stops", RIGHT, WHOLE_TEST, "stops at `import no_such`: Module", setup="import no_such", long=True),
        broken("later-cell", RIGHT, ("total / 0",), "do not run as they stand", long=True),
        broken("same-name", RIGHT, (TEST, "total", 2), "cannot be built", long=True),
    ],
)
def test_a_broken_one_is_named(examined, cells, said):
    code, out = examined(*cells)
    assert code == 1 and said in out and "Traceback" not in out.split("\n")[1]


@pytest.mark.long
def test_stored_outputs_are_compared_where_that_is_asked_for(examined):
    stale = cell("print(2 + 2)")
    stale.execution_count = 1
    stale.outputs = [nbformat.v4.new_output("stream", name="stdout", text="5\n")]
    cells = (stale, cell(ANSWER, "total"), cell(TEST, "test", 2))
    assert examined(*cells)[0] == 0
    code, out = examined(*cells, options=["--strict"])
    assert code == 1 and "do not run as they stand" in out


@pytest.mark.long
def test_a_course_of_ours_is_sound(tmp_path, monkeypatch, capfd):
    course = small_course(tmp_path / "course")
    build(course)
    monkeypatch.chdir(course)
    assert main(["examine"]) == 0, capfd.readouterr().out
    assert f"{UNIT} is sound." in capfd.readouterr().out
