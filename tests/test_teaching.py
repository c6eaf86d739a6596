"""The teacher's guide says truly which exercise meets which misconception."""

import shutil

import pytest
from course_files import ROOT, UNITS

from secondcar.building import BuildError
from secondcar.building.teaching import exercises_by_misconception, read_misconceptions, with_table

KNOWN = 70


def test_the_table_is_as_the_answers_make_it():
    guide = (ROOT / "course" / "teaching.md").read_text(encoding="utf-8")
    assert guide == with_table(ROOT, UNITS), "run `make build` and commit what it makes"


def test_the_list_of_misconceptions_is_whole():
    assert list(read_misconceptions(ROOT)) == [f"M{number:02}" for number in range(1, KNOWN + 1)]


def test_every_misconception_is_met_in_an_exercise():
    met = exercises_by_misconception(ROOT, UNITS)
    assert [name for name, exercises in met.items() if not exercises] == []


@pytest.fixture
def course(tmp_path):
    """A copy of one unit, the list of misconceptions and the guide."""
    shutil.copytree(ROOT / "course" / UNITS[2], tmp_path / "course" / UNITS[2])
    for name in ("misconceptions.toml", "teaching.md"):
        shutil.copy(ROOT / "course" / name, tmp_path / "course")
    return tmp_path


def test_a_misconception_without_an_exercise_shows(course):
    table = with_table(course, UNITS[2:3])
    assert "| M70 | Charts | two axes that make two series move together | no exercise yet |" in table
    assert "02 `ratio-of-by` (number), 02 `units-2017-by` (number)" in table


def test_an_unknown_misconception_is_refused(course):
    path = course / "course" / UNITS[2] / "answers.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"M01"', '"M71"', 1), encoding="utf-8")
    with pytest.raises(BuildError, match=r"exercise ratio-of-by: M71 is not in course/misconceptions.toml\. Correct"):
        with_table(course, UNITS[2:3])


@pytest.mark.parametrize("text", [None, "# A guide without its table\n"])
def test_a_guide_without_a_place_for_the_table_is_refused(course, text):
    guide = course / "course" / "teaching.md"
    guide.unlink()
    if text:
        guide.write_text(text)
    with pytest.raises(BuildError, match=r"course/teaching\.md must hold the lines"):
        with_table(course, UNITS[2:3])
