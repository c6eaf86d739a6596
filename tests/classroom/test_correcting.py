"""A unit that was handed out is corrected: it reaches those who fetched it, and what they wrote stays."""

import json

import nbformat
import pytest

from secondcar.testing import fill, solutions
from tests.support.pages import blocks, words_of
from tests.support.paths import ROOT
from tests.support.real_classroom import (
    STUDENTS,
    copied_repository,
    must,
    open_classroom,
    prepared_classroom,
    run_in_course,
    run_in_home,
)
from tests.support.some import some

browsing = pytest.importorskip("tests.support.classroom_browser")

pytestmark = pytest.mark.long  # a classroom's environment takes minutes to install

UNIT = "02-by-and-to"
ADA, BORIS, CARA = STUDENTS
ANSWER = "units_2017_by = units_2018 / (1 + growth / 100)"
NEW_TITLE, NEW_CHECK = "# Unit 02, corrected", "# Mind the base."
NEWER = "Take the newer version"
expect = browsing.sync_api.expect


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return copied_repository(tmp_path_factory.mktemp("checkout"), UNIT)


@pytest.fixture
def classroom(checkout):
    with prepared_classroom(checkout) as made:
        must(run_in_course(made, "nbgrader", "release_assignment", UNIT))
        yield made


def notebook_of(classroom, name):
    return nbformat.read(classroom.homes / name / UNIT / f"{UNIT}.ipynb", as_version=4)


def sources(notebook):
    return {cell.id: cell.source for cell in notebook.cells}


def solve(classroom, name):
    teachers = nbformat.read(ROOT / "source" / UNIT / f"{UNIT}.ipynb", as_version=4)
    filled = fill(notebook_of(classroom, name), solutions(teachers))
    nbformat.write(filled, classroom.homes / name / UNIT / f"{UNIT}.ipynb")


def lines_of_the_page(place, *commands):
    """The lines of the operating page that are typed to correct a unit."""
    lines = [line for block in blocks("hub/README.md") if block.place == place for line in block.lines]
    return some([words_of(line) for line in lines if line.startswith(commands)])


def correct(classroom):
    """Change a text and a check of the unit, and type the page's lines of a teacher."""
    file = classroom.course / "source" / UNIT / f"{UNIT}.ipynb"
    source = nbformat.read(file, as_version=4)
    source.cells[0].source = NEW_TITLE
    (check,) = (cell for cell in source.cells if cell.id == "units-2017-by-check")
    check.source = f"{NEW_CHECK}\n{check.source}"
    nbformat.write(source, file)
    for words in lines_of_the_page("teacher", "nbgrader generate_assignment", "nbgrader release_assignment"):
        if "--force" in words:
            must(run_in_course(classroom, *words))


def test_a_corrected_unit_comes_around_the_answers_at_a_click(classroom, checkout, browser):
    with open_classroom(classroom, checkout):
        ada = browsing.Student(browser, classroom, ADA)
        ada.log_in()
        ada.fetch(UNIT)
        ada.open_notebook(UNIT).write("units-2017-by", ANSWER)
        correct(classroom)
        # With the notebook open, and not saved.
        ada.show_tab("Assignments")
        ada.page.locator("#refresh_assignments_list").click()
        button = ada.assignment("released", UNIT).get_by_role("button", name=NEWER)
        expect(button).to_be_visible(timeout=browsing.TO_ANSWER)
        ada.picture("correct-newer")
        button.click()
        ada.assignment("released", UNIT).wait_for(state="detached")
        mine = sources(notebook_of(classroom, ADA))
        assert mine["cell-001"] == NEW_TITLE and NEW_CHECK in mine["units-2017-by-check"]
        assert mine["units-2017-by"] == ANSWER
        kept = classroom.homes / ADA / UNIT / f"{UNIT}-kept-1.ipynb"
        before = sources(nbformat.read(kept, as_version=4))
        assert before["units-2017-by"] == ANSWER and before["cell-001"] != NEW_TITLE
        tabs = ada.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=f"{UNIT}.ipynb")
        expect(tabs).to_have_count(0)
        ada.open_notebook(UNIT)
        expect(ada.page.get_by_role("heading", name="Unit 02, corrected")).to_be_visible()
        ada.picture("correct-taken")


def test_a_corrected_unit_is_fetched_in_a_terminal_and_the_old_one_is_graded_too(classroom):
    for name in (BORIS, CARA):
        must(run_in_home(classroom, name, "nbgrader", "fetch_assignment", UNIT))
    # One hands in what was handed out first.
    solve(classroom, BORIS)
    must(run_in_home(classroom, BORIS, "nbgrader", "submit", UNIT))
    must(run_in_course(classroom, "nbgrader", "collect", UNIT))
    must(run_in_course(classroom, "secondcar", "grade", UNIT))
    correct(classroom)
    said = run_in_home(classroom, CARA, "nbgrader", "list")
    assert "newer version" in must(said) + said.stderr
    for words in lines_of_the_page("student", "nbgrader fetch_assignment"):
        must(run_in_home(classroom, CARA, *words))
    assert sources(notebook_of(classroom, CARA))["cell-001"] == NEW_TITLE
    must(run_in_home(classroom, CARA, "secondcar", "fresh", UNIT, "units-2017-by"))
    assert NEW_CHECK in sources(notebook_of(classroom, CARA))["units-2017-by-check"]
    solve(classroom, CARA)
    must(run_in_home(classroom, CARA, "nbgrader", "submit", UNIT))
    must(run_in_course(classroom, "nbgrader", "collect", UNIT))
    graded = must(run_in_course(classroom, "secondcar", "grade", UNIT, "--changed"))
    assert "2 graded" in graded
    assert "1 learner was graded again" in graded and "All marks are as before." in graded
    marks = scores(classroom)
    assert marks[BORIS] == marks[CARA] == marks["max"], graded


def scores(classroom):
    code = (
        "import json; from nbgrader.api import Gradebook; g = Gradebook('sqlite:///grading/gradebook.db');"
        f"marks = {{s.student.id: s.score for s in g.assignment_submissions('{UNIT}')}};"
        f"print(json.dumps({{'max': g.find_assignment('{UNIT}').max_score, **marks}}))"
    )
    return json.loads(must(run_in_course(classroom, "python", "-c", code)))
