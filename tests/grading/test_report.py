"""The report on a class: what it counts, what it draws, and whom it does not name."""

import csv
import io
import random
import re
from datetime import timedelta

import pytest
from nbgrader.api import Gradebook

from secondcar.charts.honesty import find_faults
from secondcar.charts.reading import read_all
from secondcar.cli import main
from secondcar.errors import CourseError
from secondcar.grading.reporting import write_report
from secondcar.grading.reporting.outcome import ReportedExercise, gather_outcome
from secondcar.report_charts import draw_exercises, draw_marks, draw_pictures
from tests.support.graded_class import ASSIGNMENT, Submitted, make_class
from tests.support.some import some

DIVIDED = ("wrong", "divided", "[? Not yet] undo: One way to get this is to divide. What is the base?\nRead as 7.")
RIGHT = ("right", None, "[✓ Right] undo")
ASKED = ("right", None, "[✓? Right as far as a machine can tell] undo", ("Zoë wrote <b>. Is it so?",))
NAMES = {"first_name": "Zoë <b>", "last_name": "O'\"Brien & Söhne"}
LEARNERS = {
    "ada": Submitted({"undo": 2, "share": 1, "essay": 4}, {"undo": ASKED}, **NAMES),
    "ben": Submitted({"undo": 0, "share": 0.5, "essay": 1}, {"undo": DIVIDED}, late=timedelta(hours=2), penalty=1.0),
    "cem": Submitted({"undo": 0, "share": 1}, {"undo": DIVIDED}, ("The cell `undo-check` was missing.",)),
    "dot": Submitted({"essay": 0}, {"undo": ("not-attempted",)}, ('A cell called "my name is Dot" stays.',)),
    "eve": None,
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = make_class(tmp_path_factory.mktemp("course"), LEARNERS)
    damaged = tmp_path_factory.getbasetemp() / course.root / "submitted" / "fay" / ASSIGNMENT
    damaged.mkdir(parents=True)
    (damaged / "p1.ipynb").write_text('{"cells": [')
    return course


@pytest.fixture(scope="module")
def outcome(course):
    return gather_outcome(course, ASSIGNMENT)


@pytest.fixture(scope="module")
def written(course):
    """Return file name -> text of a report with names."""
    known = {("undo", "divided"): "M04: divided by the percentage"}
    page, _ = write_report(course, ASSIGNMENT, names=True, misconceptions=known, draw=draw_pictures)
    return {path.name: path.read_text(encoding="utf-8") for path in page.parent.iterdir()}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_submissions_are_counted_by_what_came_of_them(outcome):
    assert outcome.enrolled == 5
    assert outcome.states == {"graded": 4, "could not be read": 1}
    assert (outcome.waiting, outcome.late, outcome.repaired) == (1, 1, 2)


def test_each_reason_why_some_were_not_graded_is_told_without_names(tmp_path):
    course = make_class(tmp_path, {"ada": Submitted({})})
    for learner, file, text in (("ben", "p1.ipynb", ""), ("cem", "p1.ipynb", ""), ("dot", "Dot.ipynb", "{}")):
        folder = tmp_path / "submitted" / learner / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / file).write_text(text)
    (page,) = write_report(course, ASSIGNMENT)
    told = [
        ("could not be read", "p1.ipynb is empty: ask the learner to save it and hand it in again.", "2"),
        ("notebook missing", "There is no p1.ipynb in the submission.", "1"),
    ]
    assert [tuple(row.values()) for row in rows((page.parent / "not_graded.csv").read_text())] == told
    text = page.read_text(encoding="utf-8")
    assert "<li>2 submissions could not be read: p1.ipynb is empty: ask" in text and "Dot" not in text


def test_a_mark_counts_only_when_a_person_has_marked_all_of_it_and_after_the_penalty(outcome):
    assert outcome.marks == [0, 0.5, 7]


def test_exercises_stand_hardest_first_by_the_share_of_points_earned_where_they_are_marked(outcome):
    assert [(e.name, e.marked, e.share) for e in outcome.exercises] == [
        ("undo", 4, 2 / 8),
        ("essay-check", 3, 5 / 12),
        ("share-check", 4, 2.5 / 4),
    ]


def test_a_forged_note_does_not_rename_an_exercise_for_the_class(tmp_path):
    honest = Submitted({}, {"undo": RIGHT})
    course = make_class(tmp_path, {"ada": honest, "ben": honest, "mallory": Submitted({}, {"undo": RIGHT})})
    path = tmp_path / "autograded" / "mallory" / ASSIGNMENT / "p1.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"exercise": "undo"', '"exercise": "fun"'))
    assert "undo" in [exercise.name for exercise in gather_outcome(course, ASSIGNMENT).exercises]


def test_cells_of_one_name_in_two_notebooks_stay_apart(tmp_path):
    course = make_class(tmp_path, {"ada": Submitted({"undo": 1})})
    with Gradebook(course.db_url) as gradebook:
        gradebook.add_notebook("p2", ASSIGNMENT)
        gradebook.add_grade_cell("undo-check", "p2", ASSIGNMENT, max_score=1, cell_type="code")
    names = [exercise.name for exercise in gather_outcome(course, ASSIGNMENT).exercises]
    assert sorted(names) == ["essay-check", "p1: undo-check", "p2: undo-check", "share-check"]


def test_mistakes_are_counted_with_the_message_but_without_its_question(outcome):
    known = [(c.exercise, c.mistake, c.learners, c.message) for c in outcome.counts if c.mistake]
    assert known == [("undo", "divided", 2, "One way to get this is to divide.")]


def test_what_was_left_to_a_person_is_counted_and_told_where_names_are(outcome, written):
    assert [(one.exercise, one.learner.id, one.sentence) for one in outcome.questions] == [
        ("undo", "ada", "Zoë wrote <b>. Is it so?")
    ]
    assert written["questions.csv"].splitlines()[1:] == ["undo,1"]
    assert "Zoë wrote &lt;b&gt;. Is it so?" in written["report-with-names.html"]
    assert "wrote" not in written["report.html"]


def test_marks_that_wait_are_for_a_person_to_read(tmp_path):
    told = {}
    for name, points in (("waits", {}), ("decided", {"essay": 1})):
        (tmp_path / name).mkdir()
        course = make_class(tmp_path / name, {"ada": Submitted(points), "ben": Submitted({"essay": 4})})
        (page,) = write_report(course, ASSIGNMENT)
        told[name] = page.read_text(encoding="utf-8")
    assert "Decide them in Formgrader, at Manual Grading, ps1:" in told["waits"]
    assert "<li>essay-check: 1 submission</li>" in told["waits"]
    assert "question." not in told["waits"]
    assert "No mark waits, and no check left a question." in told["decided"]


def test_the_files_that_name_nobody_name_nobody(written):
    for name, text in some(written.items()):
        if name not in ("report-with-names.html", "learners.csv"):
            for learner in (*LEARNERS, "fay", "Brien", "Dot"):
                assert not re.search(rf"\b{learner}\b", text), f"{name} names {learner}"


def test_the_named_page_has_a_row_a_learner_and_runs_no_name_as_html(written):
    page = written["report-with-names.html"]
    assert "Zoë &lt;b&gt; O&#39;&#34;Brien &amp; Söhne" in page
    assert page.count('<td class="id">') == 5  # eve handed in nothing
    assert "essay-check" in re.search(r"<tr><th[^>]*>cem.*?</tr>", page, re.DOTALL)[0]


def test_misconceptions_stand_beside_the_mistakes_they_are(written):
    assert "M04: divided by the percentage" in written["report.html"]
    assert rows(written["mistakes.csv"])[0]["misconception"] == "M04: divided by the percentage"


def test_the_page_asks_for_nothing_and_describes_its_pictures(written):
    page = written["report.html"]
    assert not re.search(r"""(?:src|href)=["'](?!data:)|url\(|@import|<script""", page)
    assert len(re.findall(r'<img alt="[^"]{40,}" src="data:image/png;base64,', page)) == 2


def test_a_report_without_charts_says_as_much(tmp_path):
    marked = Submitted({"undo": 2, "share": 1, "essay": 4})
    (page,) = write_report(make_class(tmp_path, {"ada": marked}), ASSIGNMENT)
    text = " ".join(page.read_text(encoding="utf-8").split())
    assert "1 submission is fully marked" in text and "<img" not in text


@pytest.mark.parametrize(("learners", "warned"), [(1, True), (4, True), (5, False)])
def test_a_small_group_is_warned_of(tmp_path, learners, warned):
    course = make_class(tmp_path, {f"learner-{number}": Submitted({"undo": 1}) for number in range(learners)})
    (page,) = write_report(course, ASSIGNMENT)
    assert ("can tell whose" in " ".join(page.read_text(encoding="utf-8").split())) == warned
    assert not (page.parent / "learners.csv").exists()


def test_a_class_that_has_handed_in_nothing_has_a_report(tmp_path):
    (page,) = write_report(make_class(tmp_path, {}), ASSIGNMENT, draw=draw_pictures)
    text = page.read_text(encoding="utf-8")
    assert "No submission is fully marked yet." in text and "<img" not in text
    assert rows((page.parent / "exercises.csv").read_text())[0]["share_of_points_earned"] == ""


def test_what_a_learner_puts_in_the_place_of_a_note_breaks_nothing(tmp_path):
    said = {"<script>x</script>": ("wrong", "=1+1", "] <script>x</script>: " + "=" * 5000)}
    (page,) = write_report(make_class(tmp_path, {"mallory": Submitted({}, said)}), ASSIGNMENT)
    assert "<script" not in page.read_text(encoding="utf-8")
    (row,) = rows((page.parent / "mistakes.csv").read_text())
    assert row["mistake"] == "'=1+1" and row["message"].startswith("'=") and len(row["message"]) < 400


def test_both_charts_are_honest_whatever_the_marks():
    chance = random.Random(5)
    for learners, points in [(1, 3), (2, 20), (7, 15), (300, 100)]:
        marks = [chance.choice([0, points, round(chance.random() * points, 1)]) for _ in range(learners)]
        assert find_faults(read_all(draw_marks(marks, points))) == (), marks
    for number in (1, 2, 9, 20):
        shares = sorted(chance.choice([0, 1, chance.random()]) for _ in range(number))
        exercises = [ReportedExercise(f"units-{2000 + place}-by", 2, 10, share) for place, share in enumerate(shares)]
        assert find_faults(read_all(draw_exercises(exercises))) == (), shares


def test_a_name_that_looks_like_a_formula_is_drawn_as_it_stands():
    (row,) = read_all(draw_exercises([ReportedExercise(r"$\frac{$", 2, 8, 0.25)]))[0].marks
    assert row.category.replace("\\$", "$") == r"$\frac{$"


def test_the_charts_show_the_numbers():
    marks = read_all(draw_marks([0, 1, 9.5, 10], 10))[0]
    assert [mark.value for mark in marks.marks] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    shares = read_all(draw_exercises([ReportedExercise("undo", 2, 8, 0.25), ReportedExercise("share", 1, 8, 0.5)]))[0]
    assert shares.table() == {"undo": 25, "share": 50}


def test_an_unknown_assignment_and_a_folder_without_a_course_are_told_in_a_sentence(course, tmp_path):
    with pytest.raises(CourseError, match=r"no assignment ps9 in the gradebook. It knows these: ps1\."):
        write_report(course, "ps9")
    course_without = type(course)(root=str(tmp_path), db_url=f"sqlite:///{tmp_path / 'gradebook.db'}")
    with pytest.raises(CourseError, match="no gradebook"):
        write_report(course_without, ASSIGNMENT)
    assert not any(tmp_path.iterdir())


def test_the_command_finds_the_course_by_its_configuration(tmp_path, monkeypatch, capsys):
    make_class(tmp_path, {"ada": Submitted({"undo": 1})})
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'numbers'\n")
    monkeypatch.chdir(tmp_path)
    assert main(["report", ASSIGNMENT]) == 0
    assert "report.html is written" in capsys.readouterr().out
    assert (tmp_path / "reports" / ASSIGNMENT / "report.html").is_file()
    assert main(["export", "--to", "canvas", ASSIGNMENT]) == 0
    assert (tmp_path / "exports" / "canvas.csv").is_file()
