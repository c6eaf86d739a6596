"""The feedback page for learners: what it begins with, and that it is the same by both commands."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Base, Gradebook
from sqlalchemy import create_engine
from traitlets.config import Config

from secondcar.grading import pages, safe_html
from secondcar.grading.feedback import give_feedback
from secondcar.grading.pages.exercises import _heading_in
from secondcar.note_format import CANNOT_READ, NOT_ATTEMPTED, NOTE_KEY, RIGHT, WRONG
from secondcar.site.tools import npm_packages
from tests.support.paths import ROOT
from tests.support.some import some

QUESTION = "Output doubled. Is it so?"
# exercise -> its points, those it has (None: it waits for a person), the state and the mistake of its check's note
CLASS = {
    "right-one": (2, 2, RIGHT, None),
    "asked-one": (2, 2, RIGHT, None),
    "partly-one": (2, 1.25, WRONG, None),
    "known-one": (2, 0, WRONG, "by-read-as-to"),
    "other-one": (2, 0, WRONG, None),
    "unread-one": (2, 0, CANNOT_READ, None),
    "open-one": (2, 0, NOT_ATTEMPTED, None),
    "hidden-one": (2, 0, RIGHT, None),
    "silent-one": (1, 0, None, None),
    "no-marks": (0, 0, RIGHT, None),
    "essay": (4, None, None, None),
    "marked-essay": (4, 3, None, None),
}
SAYS = {
    "right-one": ("Right", "2 of 2 marks"),
    "asked-one": ("Right as far as a machine can tell", "2 of 2 marks"),
    "partly-one": ("Partly right", "1.25 of 2 marks"),
    "known-one": ("Not yet", "0 of 2 marks"),
    "other-one": ("Not yet", "0 of 2 marks"),
    "unread-one": ("Cannot be read", "0 of 2 marks"),
    "open-one": ("Not attempted", "0 of 2 marks"),
    "hidden-one": ("Not yet", "0 of 2 marks"),
    "silent-one": ("The cell stopped", "0 of 1 mark"),
    "no-marks": ("Right", "no marks"),
    "essay": ("Waits for your teacher", "of 4 marks"),
    "marked-essay": ("Read by your teacher", "3 of 4 marks"),
}
# What stands above some exercises; the others have no heading of their own.
TITLES = {
    "right-one": "## The first part\n\n### Exercise: *by* and `to`\n\nHow many?",
    "other-one": "### Test exercise: the parts",
    "essay": "### Exercise: your verdict",
}
SHOWN = {"right-one": "By and to", "other-one": "The parts", "essay": "Your verdict"}
COMMENTS = {"known-one": "Read the word **by** again.", "marked-essay": "Well said.<script>steal()</script>"}
CONFIG = """
from secondcar.grading import pages, safe_html
c = get_config()
c.CourseDirectory.course_id = "numbers"
c.GenerateFeedback.preprocessors = pages.PREPROCESSORS
c.HTMLExporter.extra_template_basedirs = pages.TEMPLATES
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = safe_html.FILTERS
c.WidgetsDataTypeFilter.display_data_priority = safe_html.SHOWN
"""
LONG = "\n".join(f"line_{number} = {number}" for number in range(60))


def settings(name: str, points: float | None = None, **roles: bool) -> dict:
    roles = {"grade": False, "solution": False, "task": False, "locked": False, "schema_version": 3} | roles
    return {"nbgrader": {"grade_id": name, **roles} | ({} if points is None else {"points": points})}


def cells_of(name: str, points: float, said: str | None, mistake: str | None) -> list:
    heading = TITLES.get(name, "")
    if name.endswith("essay"):
        scheme = f"=== BEGIN MARK SCHEME ===\n\n- the scheme of {name}\n\n=== END MARK SCHEME ==="
        question = f"{heading}\n\nWhat of {name}?\n\n{scheme}"
        task = new_markdown_cell(question, metadata=settings(name, points, task=True))
        return [task, new_markdown_cell(f"## Mine\n\nThe words of {name}.", id=f"{name}-text")]
    answer = new_code_cell("x = 7600", metadata=settings(name, solution=True))
    note = new_output(
        "display_data",
        {"text/plain": f"[?] {name}: a message", "text/html": f"<div role='note'>a note on {name}</div>"},
        metadata={
            NOTE_KEY: {
                "exercise": name,
                "state": said,
                "mistake": mistake,
                "questions": [QUESTION] if name == "asked-one" else [],
            }
        },
    )
    share = new_output("execute_result", {"text/plain": "0.123"}, execution_count=1)
    stopped = new_output("error", ename="NameError", evalue="no x", traceback=["\x1b[31mNameError\x1b[0m: no x"])
    outputs = [note, share] if said else [stopped]
    check = settings(f"{name}-check", points, grade=True, locked=True)
    return [new_markdown_cell(heading), answer, new_code_cell(f'check("{name}", x)', metadata=check, outputs=outputs)]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("course")
    (root / "nbgrader_config.py").write_text(CONFIG)
    prose = new_markdown_cell("# The unit\n\nHalf is $\\frac{1}{2}$. ![](https://example.org/spy.png)")
    table = new_output(
        "execute_result", {"text/html": "<table><tr><th></th><th>a</th></tr></table>"}, execution_count=1
    )
    cells = [prose, new_code_cell(LONG, outputs=[table])]
    url = f"sqlite:///{root / 'gradebook.db'}"
    Base.metadata.create_all(create_engine(url))
    with Gradebook(url, "numbers") as gradebook, gradebook.db.no_autoflush:
        gradebook.add_assignment("ps1")
        gradebook.add_notebook("p1", "ps1")
        for name, (points, _, said, mistake) in CLASS.items():
            cells += cells_of(name, points, said, mistake)
            if name.endswith("essay"):
                gradebook.add_task_cell(name, "p1", "ps1", max_score=points, cell_type="markdown")
            else:
                gradebook.add_solution_cell(name, "p1", "ps1")
                gradebook.add_grade_cell(f"{name}-check", "p1", "ps1", max_score=points, cell_type="code")
        gradebook.add_student("ada")
        (notebook,) = gradebook.add_submission("ps1", "ada").notebooks
        for grade in notebook.grades:
            got = CLASS[grade.name.removesuffix("-check")][1]
            grade.needs_manual_grade = got is None
            grade.auto_score, grade.manual_score = (got, None) if not grade.name.endswith("essay") else (None, got)
        for comment in notebook.comments:
            comment.manual_comment = COMMENTS.get(comment.name)
        gradebook.db.commit()
    folder = root / "autograded" / "ada" / "ps1"
    folder.mkdir(parents=True)
    write(new_notebook(cells=cells), folder / "p1.ipynb")
    return root


@pytest.fixture(scope="module")
def html(course) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        assert give_feedback(["ps1"]).failed == []
    return (course / "feedback" / "ada" / "ps1" / "p1.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_it_begins_with_each_exercise_by_its_heading_or_its_name(page):
    shown = {
        line.a.text: (line.select_one(".state").contents[-1].text, line.select_one(".marks").text)
        for line in some(page.select("ol.exercises li"))
    }
    assert shown == {SHOWN.get(name, name.capitalize()): says for name, says in SAYS.items()}
    assert all(line.select_one(".advice").text.strip() for line in some(page.select("ol.exercises li")))
    assert page.select_one(".total").text == "8.25 of 25 marks"
    assert "4 marks wait for your teacher." in page.header.text


def test_what_was_left_to_a_person_is_named_with_its_exercise(page):
    told = [line.a.text for line in page.select("ol.exercises li") if "Your teacher is asked" in line.text]
    assert told == ["Asked-one"]


def test_each_link_leads_to_its_exercise_and_back(page):
    for link in some(page.select("ol.exercises a")):
        place = page.find(id=link["href"].removeprefix("#"))
        assert place.select_one(".label code").text == link["href"].removeprefix("#").removesuffix("-check")
        assert page.find(id=place.select_one(".label a")["href"].removeprefix("#"))
    # JupyterLab takes the first base that it finds for its own, and links would leave the page.
    assert page.find("base").parent.name == "svg"


def test_comments_stand_with_the_answers_and_are_named_at_the_top(page):
    told = [line.a.text for line in page.select("ol.exercises li") if "Your teacher wrote to you." in line.text]
    assert told == [name.capitalize() for name in COMMENTS]
    boxes = {box["aria-label"].rpartition(" ")[2]: box for box in some(page.select(".comment"))}
    assert set(boxes) == set(COMMENTS)
    assert boxes["known-one"].strong.text == "by"
    assert "Well said." in boxes["marked-essay"].text
    # The link from the top leads to it: how a task is marked is long, and follows.
    assert boxes["marked-essay"].find_previous_sibling()["class"] == ["label"]


def test_an_answer_stands_directly_above_its_own_marks(page):
    for name in ("essay", "marked-essay"):
        marks = page.find(id=name)
        answer = marks.find_previous_sibling()
        assert f"The words of {name}." in answer.text and f"the scheme of {name}" in marks.text
        assert f"What of {name}?" in answer.find_previous_sibling().text
    assert "MARK SCHEME" not in page.text


def test_a_heading_of_blanks_takes_no_time():
    started = time.monotonic()
    assert _heading_in(f"## x{' ' * 60_000}x").split() == ["x", "x"]
    assert time.monotonic() - started < 1


def test_long_code_is_folded_and_short_code_is_not(page):
    assert [fold.summary.text for fold in page.select("details")] == ["Code, 60 lines"]
    assert "line_59" in page.details.text


def test_a_note_stands_alone_under_its_check(page):
    assert "a note on known-one" in page.find(id="known-one-check").text
    assert "0.123" not in page.text


def test_it_has_no_script_and_asks_nobody(html, page):
    assert "<script" not in html and "steal()" not in html
    assert f'content="{safe_html.POLICY}"' in html and html.count("Content-Security-Policy") == 1
    assert page.math and "frac" not in page.math.text


def test_nbgrader_makes_the_same_page(course, html):
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "ps1", "--force"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (course / "feedback" / "ada" / "ps1" / "p1.html").read_text(encoding="utf-8") == html


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 1200), ("light", 390)])
def test_axe_finds_nothing_and_the_page_fits(course, html, scheme, width):
    browsing = pytest.importorskip("tests.support.classroom_browser")
    axe = npm_packages(ROOT / "site", ROOT / "build" / "site") / "node_modules" / "axe-core" / "axe.min.js"
    with browsing.started_browser() as browser:
        look = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
        page = browser.new_context(**look).new_page()
        page.goto((course / "feedback" / "ada" / "ps1" / "p1.html").as_uri())
        page.add_script_tag(path=axe)
        found = page.evaluate("axe.run()")
        assert [rule["id"] for rule in found["violations"]] == [] and found["passes"]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("ol.exercises a").last.click()
        assert page.evaluate("location.hash") == "#marked-essay"


def test_this_course_and_its_classrooms_use_it():
    for file in ("nbgrader_config.py", "hub/settings/teacher/nbgrader_config.py"):
        assert "pages." in (ROOT / file).read_text(encoding="utf-8")


def test_formgrader_keeps_its_own_template():
    """Its settings come before those of a course, so none of the course's may name a template."""
    config = Config()
    config.HTMLExporter.template_name = "formgrade"  # as Formgrader sets it
    config.HTMLExporter.extra_template_basedirs = pages.TEMPLATES
    told = {"submission_id": "1", "index": 0, "total": 1, "base_url": "/x", "notebook_id": "p1", "assignment_id": "ps1"}
    task = new_markdown_cell("A text.", metadata=settings("essay", 4, task=True))
    page, _ = HTMLExporter(config=config).from_notebook_node(new_notebook(cells=[task]), resources=told)
    assert 'class="score tabbable"' in page and "Your exercises" not in page
    assert "template_name" not in (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
