"""How long a unit takes is counted from what it holds, and what is too long is said by the build."""

import re

import pytest

from secondcar.building.length import STOP, length_of, time_names
from secondcar.building.rules import length
from secondcar.building.sources import Course, Unit
from tests.support.course_files import UNITS, notebook
from tests.support.paths import ROOT

COURSE = Course(ROOT)
SENTENCE = "# This is a sentence of seven words.\n"


def unit_of(tmp_path, script, answers=""):
    folder = tmp_path / "course" / "01-trams"
    folder.mkdir(parents=True)
    (folder / "01-trams.py").write_text(script, encoding="utf-8")
    (folder / "answers.toml").write_text(answers, encoding="utf-8")
    return Unit(tmp_path / "course", "01-trams")


def text(sentences):
    return "# %% [markdown]\n" + SENTENCE * sentences


def code(lines):
    return "# %%\n" + "x = 5\n" * lines


def text_of_a_stop():
    return f"# %% [markdown]\n# {STOP}\n"


def test_words_and_lines_make_minutes(tmp_path):
    found = length_of(unit_of(tmp_path, text(150) + "\n" + code(36)))
    assert (found.words, found.lines, found.exercises) == (1050, 36, 0)
    assert found.sittings == [pytest.approx(10)]


def test_an_exercise_takes_the_minutes_of_its_kind(tmp_path):
    cells = '# %% nbgrader={"grade_id": "trams", "solution": true}\ntrams = ...\n'
    two_lines = '[trams]\nkind = "choice"\nask = "?"\nanswer = { a = "x", b = "y" }\n'
    assert length_of(unit_of(tmp_path, cells, two_lines)).sittings == [pytest.approx(1.5 + 2 * 0.4)]


def test_a_place_to_stop_divides_a_unit(tmp_path):
    stop = f"{text_of_a_stop()}#\n# The next sitting takes {{{{ next_sitting }}}}.\n"
    found = length_of(unit_of(tmp_path, code(240) + "\n" + stop + code(360)))
    assert [round(part) for part in found.sittings] == [20, 30]
    assert time_names(found, stops=1) == {
        "time": "about 50 minutes, in two sittings",
        "next_sitting": "about 30 minutes",
    }


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (text(64), []),
        (text(65), ["there are 455 words to read, and nothing to do"]),
        (text(40) + "\n" + text(40), ["there are 560 words to read, and nothing to do"]),
        (text(40) + "\n" + code(1) + "\n" + text(40), []),
        (code(700), []),
        (code(740), ["sitting 1 of 1 takes about 62 minutes"]),
        (f"{code(100)}\n{text_of_a_stop()}\n{code(600)}", ["sitting 2 of 2 takes about 50 minutes"]),
        (f"{code(280)}\n{text_of_a_stop()}\n{code(470)}", ["sitting 1 of 2 takes about 23 minutes"]),
        (f"{code(100)}\n{text_of_a_stop()}\n{code(400)}", []),
        (f"{code(400)}\n{text_of_a_stop()}\n{code(440)}", []),
        (f"{code(400)}\n{text_of_a_stop()}\n{code(490)}", ["sitting 2 of 2 takes about 41 minutes"]),
    ],
)
def test_what_is_too_long_is_said(tmp_path, script, said):
    faults = [str(fault) for fault in length.in_unit(unit_of(tmp_path, script))]
    assert len(faults) == len(said)
    assert [words in fault for words, fault in zip(said, faults, strict=True)] == [True] * len(said)


@pytest.mark.parametrize("unit", COURSE.units, ids=UNITS)
def test_no_text_and_no_sitting_of_this_course_is_too_long(unit):
    assert list(map(str, length.in_unit(unit))) == []


@pytest.mark.parametrize("unit", COURSE.units, ids=UNITS)
def test_a_unit_states_its_minutes_and_a_stop_those_of_the_next_sitting(unit):
    found = length_of(unit)
    cells = [cell.source for cell in notebook("release", unit.name).cells]
    assert f"**Time:** about {found.minutes} minutes" in cells[0]
    stated = [int(re.search(r"takes about (\d+) minutes", text)[1]) for text in cells if text.startswith(STOP)]
    assert stated == [pytest.approx(part, abs=2.5) for part in found.sittings[1:]]
