"""What people of a class see after log-in, and that what they wrote is handed in, in a real browser."""

import pytest

from tests.support.real_classroom import STUDENTS, TEACHERS, open_classroom, prepared_classroom, run_in_course

browsing = pytest.importorskip("tests.support.classroom_browser")

pytestmark = pytest.mark.long  # a classroom's environment takes minutes to install

UNIT = "11-verdict"
ADA = STUDENTS[0]
SENTENCE = "Output rose to 150 % of the year before, as far as we can tell."
expect = browsing.sync_api.expect


@pytest.fixture(scope="module")
def classroom(browser):
    with prepared_classroom() as made, open_classroom(made):
        run_in_course(made, "nbgrader", "release_assignment", UNIT)
        yield made


def test_a_student_finds_the_units_and_hands_in_what_was_not_saved(classroom, browser):
    ada = browsing.Student(browser, classroom, ADA)
    ada.log_in()
    expect(ada.assignment("released", UNIT)).to_be_visible()
    ada.picture("desk-student")
    ada.fetch(UNIT)
    work = ada.open_notebook(UNIT)
    expect(work.unsaved).to_have_count(0)
    work.write("corrected-sentence-text", SENTENCE)
    expect(work.unsaved).to_be_visible()
    ada.submit(UNIT)
    run_in_course(classroom, "nbgrader", "collect", UNIT)
    handed_in = classroom.course / "grading" / "submitted" / ADA / UNIT / f"{UNIT}.ipynb"
    assert SENTENCE in handed_in.read_text(encoding="utf-8")


def test_a_teacher_finds_formgrader_and_each_answer_above_its_points(classroom, browser):
    tara = browsing.Teacher(browser, classroom, TEACHERS[0])
    tara.log_in()
    tara.row(UNIT).wait_for()
    tara.picture("desk-teacher")
    told = tara.press(UNIT, "collect")
    expect(told).to_contain_text("submission")
    tara.close_window()
    tara.go_to(f"manage_submissions/{UNIT}")
    told = tara.press(ADA, "autograde")
    expect(told).to_contain_text("Successfully autograded", timeout=browsing.TO_RUN)
    # Its log is for teachers: nothing of how kernels talk, and no honest cell is called changed.
    expect(told).to_contain_text("[INFO]")
    expect(told).not_to_contain_text("[DEBUG]")
    expect(told).not_to_contain_text("has changed")
    tara.picture("desk-autograded")
    tara.close_window()
    tara.open_submission(UNIT, ADA)
    answer = tara.formgrader.get_by_text(SENTENCE)
    points = tara.formgrader.locator('input.score[id="corrected-sentence"]')
    answer.scroll_into_view_if_needed()
    tara.picture("desk-marking")
    between = points.bounding_box()["y"] - answer.bounding_box()["y"]
    assert 0 < between < 200
    others = [box.bounding_box()["y"] for box in tara.formgrader.locator("input.score").all()]
    first = min(y for y in others if y > answer.bounding_box()["y"])
    assert first == points.bounding_box()["y"]
    # What the browser's button makes is the learners' page, too.
    tara.mark("corrected-sentence", 3, "Say of which months.")
    tara.go_to("manage_assignments")
    expect(tara.press(UNIT, "generate-feedback")).to_contain_text("Successfully generated feedback")
    page = classroom.course / "grading" / "feedback" / ADA / UNIT / f"{UNIT}.html"
    assert "Your exercises" in page.read_text(encoding="utf-8")
