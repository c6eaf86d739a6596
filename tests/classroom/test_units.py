"""Units come into an nbgrader course that is there already, and nothing that it holds is changed."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from nbgrader.api import Gradebook

from secondcar.classroom.units import units_into
from secondcar.errors import CourseError
from tests.support.paths import ROOT

FIRST, SECOND = "00-start", "02-by-and-to"


@pytest.fixture
def repository(tmp_path):
    """A checkout with one unit."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", checkout)
    add_unit(checkout, SECOND)
    return checkout


@pytest.fixture(scope="module")
def own_course(tmp_path_factory):
    """Another nbgrader course, with an assignment, a student and a submission of its own."""
    course = tmp_path_factory.mktemp("courses") / "econ-101"
    own = course / "source" / "ps1" / "ps1.ipynb"
    own.parent.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(), own)
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'econ-101'\n")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "econ-101") as gradebook:
        gradebook.add_assignment("ps1")
        gradebook.add_student("ada")
        gradebook.add_submission("ps1", "ada")
    return course


@pytest.fixture
def course(own_course, tmp_path):
    """A copy of that course: making a gradebook takes seconds."""
    return shutil.copytree(own_course, tmp_path / "econ-101")


def add_unit(checkout, unit):
    for name in ("source", "release"):
        shutil.copytree(ROOT / name / unit, checkout / name / unit)


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_units_come_in_and_are_registered(repository, course):
    before = files(course)
    assert units_into(course, repository) == [f"{SECOND} is new."]
    after = files(course)
    assert {path: after[path] for path in before if path.suffix != ".db"} == {
        path: content for path, content in before.items() if path.suffix != ".db"
    }
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert {assignment.name for assignment in gradebook.assignments} == {"ps1", SECOND}
        assert gradebook.find_submission("ps1", "ada")
        notebook = gradebook.find_assignment(SECOND).notebooks[0]
        registered = {cell.name: cell.source for cell in notebook.source_cells}
        assert notebook.max_score > 0
    released = nbformat.read(course / "release" / SECOND / f"{SECOND}.ipynb", as_version=4)
    handed_out = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in released.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    # Solutions are taken out as in our release: what the gradebook takes for an untouched answer is one.
    assert {name: registered[name] for name in handed_out} == handed_out


def test_a_second_time_changes_nothing(repository, course):
    units_into(course, repository)
    before = files(course)
    assert units_into(course, repository) == []
    assert files(course) == before


def test_a_newer_version_adds_units_and_touches_none(repository, course):
    units_into(course, repository)
    before = files(course)
    for name in ("source", "release"):
        notebook = repository / name / SECOND / f"{SECOND}.ipynb"
        notebook.write_text(notebook.read_text(encoding="utf-8").replace("Exercise", "Question"), encoding="utf-8")
    add_unit(repository, FIRST)
    new, kept = units_into(course, repository)
    assert new == f"{FIRST} is new."
    assert kept.startswith(f"{SECOND} is there in another version and stays as it is.")
    after = files(course)
    assert {path: after[path] for path in before if SECOND in path.parts} == {
        path: content for path, content in before.items() if SECOND in path.parts
    }


def test_an_interrupted_copy_is_made_whole(repository, course):
    units_into(course, repository)
    shutil.rmtree(course / "release" / SECOND)
    assert units_into(course, repository) == [f"{SECOND} is new."]
    assert files(course / "release" / SECOND) == files(repository / "release" / SECOND)


@pytest.mark.parametrize("wrong", ["course", "checkout"])
def test_another_folder_is_one_sentence(repository, course, tmp_path, wrong):
    (tmp_path / "empty").mkdir()
    places = {"course": course, "checkout": repository} | {wrong: tmp_path / "empty"}
    with pytest.raises(CourseError, match=str(tmp_path / "empty")):
        units_into(places["course"], places["checkout"])


def test_the_command(repository, course):
    command = [sys.executable, "-m", "secondcar", "units", "--into", course]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"{SECOND} is new." in done.stdout
