"""Worked solutions: what they say, and when they are shown."""

import pytest

from secondcar import hint, solution
from secondcar.building.expressions import evaluate
from secondcar.checks import check, record, session
from secondcar.checks.answers_file import FILE_NAME, encode, set_solutions
from secondcar.checks.kinds.choice import Choice
from secondcar.checks.kinds.function import Function
from secondcar.checks.kinds.number import Number
from secondcar.checks.kinds.range import Range
from secondcar.checks.kinds.table import Table
from secondcar.checks.kinds.text import Text
from secondcar.errors import CourseError
from secondcar.workspace import RECORD
from tests.support.course_files import built
from tests.support.paths import ROOT
from tests.support.some import some

COMMON = {"mistakes": [], "hints": ["Which number is 100 % here?"]}
UNITS = Number.compile(
    {**COMMON, "unit": "vehicles", "answer": "19000 / (1 + 150 / 100)", "accept": [7550, 7650]}, 1, evaluate
)


def test_a_number_is_worked_out_step_by_step():
    assert list(UNITS.worked) == [
        "150 / 100 = 1.5",
        "1 + 1.5 = 2.5",
        "19,000 / 2.5 = 7,600",
        "The answer: 7,600 vehicles.",
    ]
    assert UNITS.hints[-1].endswith("`□ / (1 + □ / 100)`.")


def test_a_range_has_both_ends():
    written = {**COMMON, "unit": "", "answer": ["10 / 4", "inf"], "accept": [[2, 3], []]}
    assert list(Range.compile(written, 1, evaluate).worked) == [
        "The low end:\n10 / 4 = 2.5",
        "The answer: 2.5 or more.",
    ]


def test_a_function_is_tried_on_a_case():
    written = {**COMMON, "unit": "", "within": 0.01, "answer": "lambda new, old: new / old", "cases": [[3, 2]]}
    assert list(Function.compile(written, 1, evaluate).worked) == [
        "What it gives back: new / old.",
        "For (3, 2): 3 / 2 = 1.5.",
    ]


def test_a_table_and_a_choice_say_all_their_lines():
    rows = [{"word": "by", "base": "19000 / 2.5"}, {"word": "to", "base": ""}]
    columns = {"base": "number"}
    written = {**COMMON, "unit": "", "within": 0.01, "key": "word", "columns": columns, "answer": rows}
    assert list(Table.compile(written, 1, evaluate).worked)[1:] == [
        "The row by: base = 7,600.",
        "The row to: base = an empty cell.",
    ]
    chosen = Choice.compile({**COMMON, "options": ["by", "to"], "answer": {"rose by": "by"}}, 1, evaluate)
    assert list(chosen.worked) == ['"rose by": by.']


@pytest.mark.parametrize("unit", [path.name for path in sorted((ROOT / "source").iterdir()) if path.is_dir()])
def test_every_checked_exercise_of_the_course_has_one_and_no_hint_holds_its_answer(unit):
    for name, exercise in some(built(unit).items()):
        assert bool(exercise.worked) != exercise.by_hand, name
        assert ("worked" in exercise.to_json()) != exercise.by_hand, f"{name} stores an empty list"
        if exercise.worked and exercise.kind == "number":
            result = exercise.worked[-1].removeprefix("The answer: ").split()[0].rstrip(".")
            assert not any(f" {result} " in f" {text} " for text in exercise.hints[-1:]), name


@pytest.fixture
def unit(tmp_path, monkeypatch):
    """A learner alone, in a unit with one exercise of two hints, and one that a person marks."""
    folder = tmp_path / "my-work" / "02-by-and-to"
    folder.mkdir(parents=True)
    (tmp_path / "my-work" / RECORD).write_text("{}", encoding="utf-8")
    exercises = {"units": UNITS, "notice": Text(points=1, hints=[], mistakes=[])}
    (folder / FILE_NAME).write_text(encode("02-by-and-to", exercises), encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr(record, "_known", {})
    monkeypatch.setattr(session, "_hints_given", session.Counter())
    return folder


def shown(capsys, name="units"):
    capsys.readouterr()
    solution(name)
    return capsys.readouterr().out


def test_a_learner_alone_sees_it_after_three_tries_and_all_hints(unit, capsys):
    assert "read 2 more hints" in shown(capsys)
    hint("units")
    hint("units")
    assert "check 3 more different answers" in shown(capsys)
    check("units", 1)
    check("units", 1)
    check("units", 2)
    assert "check 1 more different answer." in shown(capsys)
    check("units", 3)
    assert "19,000 / 2.5 = 7,600" in shown(capsys)


def test_it_is_open_after_the_right_answer(unit, capsys):
    check("units", 7600)
    assert "[Worked solution]" in shown(capsys)


def test_in_a_class_it_is_closed_until_the_teacher_opens_it(unit, capsys):
    (unit.parent / RECORD).unlink()
    check("units", 7600)
    assert "your teacher opens the solutions" in shown(capsys)
    set_solutions(unit / FILE_NAME, "after-right")
    assert "[Worked solution]" in shown(capsys)


def test_a_class_may_wait_for_the_right_answer(unit, capsys):
    set_solutions(unit / FILE_NAME, "after-right")
    assert "opens when your answer is right" in shown(capsys)
    set_solutions(unit / FILE_NAME, "closed")
    check("units", 7600)
    assert "your teacher opens" in shown(capsys)


def test_it_is_never_shown_while_nbgrader_runs(unit, capsys, monkeypatch):
    check("units", 7600)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert "7,600" not in shown(capsys)


def test_what_a_person_marks_and_what_is_not_there_get_a_sentence(unit, capsys):
    assert "a person marks it" in shown(capsys, "notice")
    assert 'Did you mean "units"?' in shown(capsys, "unit")
    assert "in quotes" in shown(capsys, "")


def test_a_setting_for_no_unit_is_refused(unit):
    with pytest.raises(CourseError, match="with the name of a unit"):
        set_solutions(unit / "nothing.json", "closed")
