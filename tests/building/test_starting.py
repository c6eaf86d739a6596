"""A new course and a new unit are whole: they are built as they are, and what they ask can be answered."""

import re
import shutil
import subprocess
import sys

import pytest

from secondcar.building import build
from secondcar.building.sources import GLOSSARY, GUIDE, Course
from secondcar.building.starting import CONFIGURATION, FIRST_UNIT, new_course, new_unit
from secondcar.checks.answers_file import FILE_NAME, decode
from secondcar.cli import main
from secondcar.demonstration import fill, solutions
from secondcar.errors import CourseError
from secondcar.testing import run_as_learner, states_of_a_learner
from tests.support.paths import ROOT

SECOND = "02-2020-seats"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A new course with a second unit, built."""
    root = tmp_path_factory.mktemp("new") / "Tram numbers"
    new_course(root)
    assert new_unit(root, SECOND, "passengers-growth") == [
        f"course/{SECOND}/{SECOND}.py",
        f"course/{SECOND}/answers.toml",
        "course/teaching.md",
    ]
    assert build(root) == [FIRST_UNIT, SECOND]
    return root


def test_a_new_course_has_all_that_a_course_has(course):
    for name in ("README.md", "pyproject.toml", ".gitignore", CONFIGURATION, "tests/test_course.py"):
        text = (course / name).read_text(encoding="utf-8")
        assert text and not re.search(r"@[a-z_]+@", text), name
    assert 'course_id = "tram-numbers"' in (course / CONFIGURATION).read_text(encoding="utf-8")
    for unit in (FIRST_UNIT, SECOND):
        assert (course / "release" / unit / "data" / "claims.csv").is_file()
        assert [e.kind for e in decode((course / "source" / unit / FILE_NAME).read_text()).values()] == [
            *("number", "choice", "chart")
        ]


@pytest.mark.long
def test_a_new_course_passes_its_own_tests(course):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=course, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_a_learner_finds_nothing_attempted_and_gets_full_marks_for_the_solutions(course, tmp_path):
    states = states_of_a_learner(course, SECOND, tmp_path / "blank")
    assert set(states.values()) == {"not-attempted"} and len(states) == 3
    import nbformat

    source, released = (
        nbformat.read(course / folder / SECOND / f"{SECOND}.ipynb", as_version=4) for folder in ("source", "release")
    )
    shutil.copytree(course / "release", tmp_path / "solved" / "release")
    nbformat.write(fill(released, solutions(source)), tmp_path / "solved" / "release" / SECOND / f"{SECOND}.ipynb")
    run = run_as_learner(tmp_path / "solved", SECOND, tmp_path / "run")
    judged = [
        output["metadata"]["secondcar"]["state"]
        for cell in run.cells
        for output in cell.get("outputs", [])
        if "state" in output.get("metadata", {}).get("secondcar", {})
    ]
    assert judged == ["right"] * 3


def test_a_learner_gets_the_units_of_the_course_in_whose_folder_learn_is_typed(course, monkeypatch, capsys):
    monkeypatch.chdir(course)
    assert main(["learn", "--no-start"]) == 0
    assert f"{SECOND} is now in my-work." in capsys.readouterr().out
    shutil.rmtree(course / "my-work")


def copy_of_this_course(folder):
    shutil.copytree(ROOT / "course", folder / "course")
    return Course(folder)


def test_a_unit_stands_in_its_place_in_the_guide(tmp_path):
    course = copy_of_this_course(tmp_path)
    shutil.rmtree(course.folder / "05-value-per-vehicle")
    guide = course.folder / GUIDE
    without = re.sub(r"^(\| unit 05 \| \{\{.*\n|- \[Unit 05.*\n)", "", guide.read_text("utf-8"), flags=re.MULTILINE)
    without = re.sub(r"^## Unit 05.*?(?=^## )", "", without, flags=re.MULTILINE | re.DOTALL)
    guide.write_text(without, encoding="utf-8")
    assert GLOSSARY not in str(new_unit(tmp_path, "05-trams"))
    text = guide.read_text("utf-8")
    for pattern in (r"^- \[Unit (\d\d)", r"^\| unit (\d\d) \| \{\{ minutes", r"^## Unit (\d\d)"):
        numbers = re.findall(pattern, text, re.MULTILINE)
        assert numbers == [f"{number:02d}" for number in range(13)]


def test_a_term_that_the_glossary_lacks_is_added(tmp_path):
    new_course(tmp_path / "course")
    path = tmp_path / "course" / "course" / GLOSSARY
    path.write_text("# Glossary\n\n## by\n\n*By* says how much came on top.\n", encoding="utf-8")
    assert f"course/{GLOSSARY}" in new_unit(tmp_path / "course", "02-more")
    assert "## base" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["trams"], '"trams" cannot be the name of a unit: .* as in "02-trams"'),
        (["2-Trams"], 'cannot be the name of a unit: .* as in "02-2-trams"'),
        (["01-trams"], "The number 01 is taken by course/01-example: choose another one"),
        (["02-trams", "no-such-claim"], 'There is no claim "no-such-claim" .* claims.csv lists the ids'),
    ],
)
def test_a_unit_that_cannot_be_is_refused_and_nothing_is_written(tmp_path, arguments, told):
    new_course(tmp_path / "course")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CourseError, match=told):
        new_unit(tmp_path / "course", *arguments)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_new_unit_needs_a_course_and_a_new_course_an_empty_place(tmp_path):
    with pytest.raises(CourseError, match="There is no course/ in"):
        new_unit(tmp_path, "01-trams")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CourseError, match="is there already and stays as it is"):
        new_course(tmp_path)
