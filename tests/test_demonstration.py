"""The invented class: what each learner handed in, and what came of it."""

import shutil

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from secondcar import demonstration
from secondcar.errors import CourseError
from secondcar.grading.course import load_course
from secondcar.grading.reporting.outcome import gather_outcome
from secondcar.grading.results import GRADED, MISSING, UNREADABLE, NotebookResult
from tests.support.paths import ROOT

UNIT = "02-by-and-to"


def check_cell(name, state, mistake=None, grade=True):
    note = {"secondcar": {"exercise": name, "state": state, "mistake": mistake}}
    settings = {"grade": grade, "grade_id": f"{name}-check"}
    return new_code_cell(outputs=[new_output("display_data", metadata=note)], metadata={"nbgrader": settings})


def test_mistakes_are_counted_once_a_learner_and_right_answers_not_at_all():
    copied = [check_cell("a", "wrong", "m"), check_cell("a", "wrong", "m", grade=False), check_cell("b", "right")]
    notebooks = [new_notebook(cells=copied), new_notebook(cells=[check_cell("a", "wrong", "m")])]
    notebooks.append(new_notebook(cells=[check_cell("b", "not-attempted")]))
    lines = [line.split() for line in demonstration.mistakes_table(notebooks).splitlines()[1:]]
    assert lines == [["2", "a", "m"], ["1", "b", "not-attempted"]]


def test_the_table_of_marks_shows_a_dash_and_the_reason_where_there_are_none():
    table = demonstration.marks_table(
        [NotebookResult("ada", "u", 2.5, 3, "graded"), NotebookResult("ben", "u", None, 3, "lost", ("Why.",))]
    )
    assert [line.split() for line in table.splitlines()[1:]] == [
        ["ada", "2.5/3", "graded"],
        ["ben", "-", "lost"],
        ["-", "Why."],
    ]


def test_an_unknown_unit_is_refused_and_nothing_is_made(tmp_path):
    with pytest.raises(CourseError, match="no unit 99-none"):
        demonstration.main("99-none", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_the_class_gets_the_marks_it_should(tmp_path, capsys):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    for folder in ("course", "source", "release"):
        shutil.copytree(ROOT / folder / UNIT, tmp_path / folder / UNIT)
    demonstration.main(UNIT, tmp_path)
    printed = capsys.readouterr().out
    marks = {words[0]: words[1] for words in map(str.split, printed.splitlines()) if words and words[0][:2].isdigit()}
    full = marks["01-all-right"]
    total = full.split("/")[1]
    assert full == f"{total}/{total}" and marks["04-untouched"] == marks["05-slips-and-words"] == f"0/{total}"
    for learner in ("06-warnings", "08-copied-cells", "09-moved-cells", "10-retyped-cells"):
        assert marks[learner] == full
    for learner in ("02-known-mistakes", "03-half-done", "07-deleted-cells"):
        assert marks[learner] not in (full, f"0/{total}")
    assert marks["11-damaged-file"] == marks["12-no-notebook"] == "-"
    assert len(list(tmp_path.glob(f"grading/class-demo/grading/feedback/*/{UNIT}/{UNIT}.html"))) == 10
    assert not (tmp_path / "grading" / "gradebook.db").exists()

    outcome = gather_outcome(load_course(tmp_path / "grading" / "class-demo"), UNIT)
    assert outcome.states == {GRADED: 10, UNREADABLE: 1, MISSING: 1} and outcome.repaired == 4
    assert f"{outcome.marks[-1]:g}/{outcome.points:g}" == full
    assert ("units-2017-by", "by-read-as-to", 1) in [(c.exercise, c.mistake, c.learners) for c in outcome.counts]
