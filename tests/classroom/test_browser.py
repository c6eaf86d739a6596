"""The whole way of a unit through the classroom, from release to feedback, in a real browser.

The long test also takes the pictures of hub/pictures/: `make classroom-pictures`.
"""

import pytest

from tests.support.classroom_browser import KeyboardStudent, Student, Teacher, sync_api
from tests.support.course_files import notebook, written
from tests.support.real_classroom import STUDENTS, TEACHERS, open_classroom, prepared_classroom, run_in_course

UNIT = "11-verdict"
ADA, BORIS, CARA = STUDENTS
ADAS_SENTENCE = "In January to August 2018 output rose to 150 % of the year before. It was worth 1.6 times as much."
BORIS_SENTENCE = "Car making rose two and a half times."
COMMENT = "Both figures are mended. Say how sure you are."

expect = sync_api.expect


@pytest.fixture(scope="module")
def classroom(browser):
    with prepared_classroom() as classroom, open_classroom(classroom):
        yield classroom


def mistake(exercise: str, name: str) -> str:
    """Return what the note to a known mistake says."""
    return next(known["means"] for known in written(UNIT)[exercise]["mistakes"] if known["id"] == name)


def shown_marks(feedback) -> tuple[str, dict[str, str]]:
    """Return what a feedback page shows: the marks of all, and exercise -> its own."""
    lines = [(line.locator("a"), line.locator(".marks")) for line in feedback.locator("ol.exercises li").all()]
    each = {link.get_attribute("href")[1:].removesuffix("-check"): marks.inner_text() for link, marks in lines}
    return feedback.locator(".total").inner_text(), each


def most_marks() -> dict[str, int]:
    """Return exercise -> the marks that it can bring in the released notebook."""
    settings = [cell.metadata.get("nbgrader", {}) for cell in notebook("release", UNIT).cells]
    return {one["grade_id"].removesuffix("-check"): one["points"] for one in settings if one.get("points")}


def expected_marks(points: dict[str, int]) -> tuple[str, dict[str, str]]:
    """Return the same from the points of some exercises, and nothing for the others."""
    most = most_marks()
    total = f"{sum(points.values())} of {sum(most.values())} marks"
    each = {name: f"{points.get(name, 0)} of {of} {'mark' if of == 1 else 'marks'}" for name, of in most.items()}
    return total, each


@pytest.mark.long
def test_a_unit_goes_from_release_to_feedback(classroom, browser):
    tara = Teacher(browser, classroom, TEACHERS[0])
    tara.open_log_in()
    tara.picture("01-log-in")
    tara.log_in()
    tara.fold_files()
    tara.open_formgrader()
    tara.picture("02-formgrader")
    expect(tara.press(UNIT, "release")).to_contain_text(f"Successfully released '{UNIT}'")
    tara.picture("03-released")
    tara.close_window()

    ada = Student(browser, classroom, ADA)
    ada.log_in()
    ada.open_assignments()
    ada.picture("04-assignments")
    ada.fetch(UNIT)
    work = ada.open_notebook(UNIT)
    work.write("test-fit", 'test_fit = "the parts need more"')
    work.write("corrected-sentence-text", ADAS_SENTENCE)
    work.write("test-unnamed", "test_unnamed = total_2017 - cars_2017 - trucks_2017")
    work.run_all()
    expect(work.note("test-fit")).to_contain_text("Right.")
    ada.picture("05-right")
    expect(work.note("test-unnamed")).to_contain_text(mistake("test-unnamed", "buses-forgotten"))
    ada.picture("06-known-mistake")
    expect(work.note("test-market")).to_contain_text("Not attempted yet.")
    ada.picture("07-not-attempted")
    failed = work.validate()
    expect(failed).to_contain_text("test-unnamed: Not yet")
    expect(failed.locator("p", has_text="Not right yet:")).to_have_count(1)
    untouched = failed.locator("p", has_text="Not attempted yet:")
    expect(untouched).to_contain_text("test-market")
    expect(untouched).not_to_contain_text("test-unnamed")
    expect(failed).not_to_contain_text("test-fit")
    ada.picture("08-validated")
    work.close_validation()
    ada.submit(UNIT)
    ada.picture("09-submitted")

    boris = Student(browser, classroom, BORIS)
    boris.log_in()
    boris.open_assignments()
    boris.fetch(UNIT)
    work = boris.open_notebook(UNIT)
    work.write("test-fit", 'test_fit = "they agree"')
    work.write("corrected-sentence-text", BORIS_SENTENCE)
    work.write("test-unnamed", "test_unnamed = total_2017 - cars_2017 - trucks_2017 - buses_2017")
    work.run_all()
    expect(work.note("test-fit")).to_contain_text("Not yet")
    expect(work.note("test-unnamed")).to_contain_text("Right.")
    work.validate()
    work.close_validation()
    boris.submit(UNIT)

    tara.go_to("manage_assignments")
    expect(tara.press(UNIT, "collect")).to_contain_text("Processing 2 submissions")
    tara.picture("10-collected")
    tara.close_window()
    tara.go_to(f"manage_submissions/{UNIT}")
    tara.picture("11-submissions")
    expect(tara.press(ADA, "autograde")).to_contain_text("Successfully autograded")
    tara.close_window()
    graded = run_in_course(classroom, "secondcar", "grade", UNIT)
    assert graded.stdout.startswith("1 graded (1 needs manual marking), 1 graded before, 0 failed"), graded
    tara.go_to(f"manage_submissions/{UNIT}")
    for student in (ADA, BORIS):
        expect(tara.row(student)).to_contain_text("needs manual grading")
        expect(tara.row(student)).to_contain_text(f"1 / {sum(most_marks().values())}")
    tara.picture("12-graded")

    best, good, *_, worst = written(UNIT)["corrected-sentence"]["levels"]
    tara.open_submission(UNIT, ADA)
    page = tara.formgrader.locator("body")
    for level in (best, good, worst):
        expect(page).to_contain_text(f"Points: {level['points']}.")
    expect(page).to_contain_text(ADAS_SENTENCE)
    tara.mark("corrected-sentence", good["points"], COMMENT)
    tara.picture("13-mark-scheme")
    tara.formgrader.get_by_text(ADAS_SENTENCE).scroll_into_view_if_needed()
    tara.picture("14-marked-by-hand")
    tara.mark("verdict-paragraph", 0)
    tara.mark("chart-message", 0)
    tara.open_submission(UNIT, BORIS)
    expect(page).to_contain_text(BORIS_SENTENCE)
    for exercise in ("corrected-sentence", "verdict-paragraph", "chart-message"):
        tara.mark(exercise, worst["points"])
    tara.go_to(f"manage_submissions/{UNIT}")
    for student in (ADA, BORIS):
        expect(tara.row(student).locator("td.status")).to_have_text("graded")
    tara.picture("15-all-graded")

    tara.go_to("manage_assignments")
    expect(tara.press(UNIT, "generate-feedback")).to_contain_text("Successfully generated feedback")
    tara.close_window()
    expect(tara.press(UNIT, "release-feedback")).to_contain_text("Successfully released feedback")
    tara.picture("16-feedback-released")
    tara.close_window()

    ada.fetch_feedback(UNIT)
    ada.picture("17-feedback-fetched")
    feedback = ada.open_feedback(UNIT)
    assert shown_marks(feedback) == expected_marks({"test-fit": 1, "corrected-sentence": good["points"]})
    expect(feedback).to_contain_text(COMMENT)
    ada.picture("18-feedback")
    feedback.locator('ol.exercises a[href="#corrected-sentence"]').click()
    comment = feedback.locator(".comment", has_text=COMMENT)
    comment.wait_for()
    expect(comment).to_be_in_viewport()
    boris.fetch_feedback(UNIT)
    assert shown_marks(boris.open_feedback(UNIT)) == expected_marks({"test-unnamed": 1})


def test_a_student_works_with_the_keyboard_alone(classroom, browser):
    run_in_course(classroom, "nbgrader", "release_assignment", "00-start")
    cara = KeyboardStudent(browser, classroom, CARA)
    cara.log_in()
    cara.choose("Nbgrader", "Assignment List")
    cara.wait_for_assignments()
    cara.fetch("00-start")

    work = cara.open_notebook("00-start")
    cara.run_down_to(work, "hours-in-a-week")
    cara.press("Enter", "Control+A")
    cara.type("hours_in_a_week = 24 * 7")
    cara.press("Shift+Enter", "Shift+Enter")
    expect(work.note("hours-in-a-week")).to_contain_text("Right.")

    cara.walk_to_validate()
    cara.press("Enter")
    # What the student answered is not among what failed; what she left is.
    expect(work.validation()).to_contain_text("Not attempted yet: loaves-a-year")
    expect(work.validation()).not_to_contain_text("hours-in-a-week")
    cara.press("Enter")
    work.wait_until_closed()

    cara.submit("00-start")
    assert "Collecting submission: " + CARA in run_in_course(classroom, "nbgrader", "collect", "00-start").stderr
    handed_in = classroom.course / "grading" / "submitted" / CARA / "00-start" / "00-start.ipynb"
    assert "hours_in_a_week = 24 * 7" in handed_in.read_text(encoding="utf-8")
