"""`secondcar feedback` leaves a course as `nbgrader generate_feedback` does, byte for byte, if it is to."""

import fcntl
import shutil
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook

from secondcar.cli import main as secondcar
from secondcar.demonstration import hand_in as hand_in_demonstration
from secondcar.grading.feedback import html_pages
from secondcar.grading.feedback.html_pages import for_a_class
from secondcar.grading.grade import grade
from secondcar.grading.gradebook.register import register
from tests.support.grading_courses import (
    PLAIN,
    hand_in_tiny,
    make_plain_course,
    make_quickstart_course,
    make_tiny_course,
    nbgrader,
)
from tests.support.paths import ROOT
from tests.support.some import some


def give_feedback_twice(course: Path, *arguments: str, ours: tuple[str, ...] = (), fails: bool = False) -> None:
    """Have nbgrader make the pages of a graded course, and us those of a copy of it, and compare all files."""
    copy = course.with_name("ours")
    if not copy.exists():
        shutil.copytree(course, copy)
    nbgrader(course, "generate_feedback", *arguments, fails=fails)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        assert secondcar(["feedback", "--active-pages", "--scores-alone", *arguments, *ours]) == int(fails)
    stock = files_below(course)
    assert any(name.endswith(".html") for name in stock)
    assert files_below(copy) == stock


def files_below(course: Path) -> dict[str, tuple]:
    """Return path -> (mode, content) of all files in a course's feedback/."""
    (folder,) = (folder for folder in (course / "feedback", course / "grading" / "feedback") if folder.exists())
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and ".secondcar" not in path.parts
    }


def test_a_plain_course(tmp_path, monkeypatch):
    course = tmp_path / "plain"
    make_plain_course(course, students=4)
    monkeypatch.chdir(course)
    assert not grade([PLAIN]).failed
    _write_comments(course)
    give_feedback_twice(course, PLAIN, ours=("--show-hidden-tests",))
    # Only what was handed in again since gets a new page.
    for copy in (course, tmp_path / "ours"):
        (copy / "autograded" / "s0001" / PLAIN / "timestamp.txt").write_text("2026-02-01 00:00:00 UTC")
        page = copy / "feedback" / "s0000" / PLAIN / f"{PLAIN}.html"
        page.write_text("as it was")
    give_feedback_twice(course, PLAIN, ours=("--show-hidden-tests",))
    assert page.read_text() == "as it was"
    give_feedback_twice(course, PLAIN, "--force", "--student=s000[0-2]", ours=("--show-hidden-tests",))
    assert page.read_text() != "as it was"
    _assert_tests_are_hidden_by_default(tmp_path / "ours", monkeypatch)


def _write_comments(course: Path) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.find_comment("essay", PLAIN, PLAIN, "s0000").manual_comment = "**Good**, <b>but</b> see `mean`."
        grade = gradebook.find_grade("essay", PLAIN, PLAIN, "s0001")
        grade.manual_score, grade.extra_credit = 0.5, 0.25
        gradebook.db.commit()


def _assert_tests_are_hidden_by_default(course: Path, monkeypatch) -> None:
    hidden = ("BEGIN HIDDEN TESTS", "quantile", "assert_series_equal", "assert_allclose")
    pages = "".join(path.read_text() for path in (course / "feedback").rglob("*.html"))
    assert all(word in pages for word in some(hidden))
    monkeypatch.chdir(course)
    assert secondcar(["feedback", PLAIN, "--force"]) == 0
    pages = "".join(path.read_text() for path in (course / "feedback").rglob("*.html"))
    assert not any(word in pages for word in hidden)
    assert "len(cheap(" not in pages


@pytest.mark.long
def test_nbgraders_own_course(tmp_path, monkeypatch):
    course = tmp_path / "quickstart"
    make_quickstart_course(course)
    monkeypatch.chdir(course)
    assert not grade(["ps1"]).failed
    give_feedback_twice(course, "ps1", ours=("--show-hidden-tests",))
    give_feedback_twice(course, "ps1", "--notebook=problem1", "--force", ours=("--show-hidden-tests",))


@pytest.mark.long
def test_the_demonstration_class(tmp_path, monkeypatch):
    course, unit = tmp_path / "course", "02-by-and-to"
    shutil.copytree(ROOT / "source" / unit, course / "source" / unit)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    hand_in_demonstration(ROOT, unit, course / "grading" / "submitted")
    register(course)
    monkeypatch.chdir(course)
    assert grade([unit]).failed
    give_feedback_twice(course, unit)


@pytest.fixture(scope="module")
def graded_tiny(tmp_path_factory):
    course = tmp_path_factory.mktemp("courses") / "tiny"
    make_tiny_course(course, students=2)
    hand_in_tiny(course, "zoe", "x = 3")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        assert not grade(["tiny"], modules=("json",)).failed
    return course


@pytest.fixture
def tiny(graded_tiny, tmp_path, monkeypatch):
    """A graded class of three, in whose course commands run."""
    course = shutil.copytree(graded_tiny, tmp_path / "tiny")
    monkeypatch.chdir(course)
    return course


def test_the_pages_of_one_that_fails_go_and_those_of_others_are_made(tiny, capsys):
    assert secondcar(["feedback", "tiny"]) == 0
    (tiny / "autograded" / "s0001" / "tiny" / "tiny.ipynb").chmod(0o644)
    (tiny / "autograded" / "s0001" / "tiny" / "tiny.ipynb").write_text("{")
    assert secondcar(["feedback", "tiny", "--force"]) == 1
    told = capsys.readouterr()
    assert "s0001: NotJSONError" in told.err
    assert "2 learners have new feedback pages, 0 had theirs, 1 failed" in told.out
    assert sorted(path.parts[-3] for path in tiny.glob("feedback/*/*/*.html")) == ["s0000", "zoe"]


def test_one_whose_process_ends_fails_alone(tiny, capsys):
    (tiny / "ends.py").write_text(
        "import os\n"
        "from nbgrader.preprocessors import NbGraderPreprocessor\n"
        "class Ends(NbGraderPreprocessor):\n"
        "    def preprocess(self, nb, resources):\n"
        "        if resources['nbgrader']['student'] == 's0001':\n"
        "            os._exit(1)\n"
        "        return nb, resources\n"
    )
    with (tiny / "nbgrader_config.py").open("a") as config:
        config.write("c.GenerateFeedback.preprocessors = ['nbgrader.preprocessors.GetGrades', 'ends.Ends']\n")
    assert secondcar(["feedback", "tiny"]) == 1
    assert "s0001: The process that made its pages was ended from outside, twice." in capsys.readouterr().err
    assert sorted(path.parts[-3] for path in tiny.glob("feedback/*/*/*.html")) == ["s0000", "zoe"]


def test_pages_are_not_made_while_the_course_is_graded(tiny, capsys):
    with (tiny / "autograded" / ".secondcar" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert secondcar(["feedback", "tiny"]) == 1
    assert "Another run is at work in this course" in capsys.readouterr().err


STRANGE = {
    "ordinary": "<table><tr><td>1<td>2</table>",
    "closes what it did not open": "</div></div></pre>",
    "leaves open": "<div><ul><li>one<li>two",
    "leaves preformatted text open": "<pre>  <b> ",
    "leaves a script open": "<script>var a = '<div>';",
    "leaves a comment open": "<!-- and so on",
    "leaves a tag open": "<div class='x",
    "is text": "  just & text &lt; &nbsp &amp;amp ",
    "has void elements": "<br></br><p><img src='a.png'><hr/></p><input disabled>",
    "closes what was closed": "</br></p>",
    "is a declaration": "<!DOCTYPE html><![CDATA[ x ]]><?php ?>",
    "is not ascii": "<p title='&quot;é&quot;'>é &eacute; \x00 \u2028</p>",
}


@pytest.mark.parametrize("where", ["output", "text"])
@pytest.mark.parametrize("html", STRANGE.values(), ids=STRANGE.keys())
def test_html_of_any_kind_makes_the_page_that_nbconvert_makes(html, where, monkeypatch):
    if where == "output":
        output = new_output("display_data", data={"text/html": html})
        cells = [new_code_cell("x", outputs=[output]), new_code_cell("y <b>", outputs=[output])]
    else:
        cells = [new_markdown_cell(html), new_markdown_cell(f"# H\n\n{html}")]
    notebook = new_notebook(cells=[new_markdown_cell("# A"), *cells, new_code_cell("print(1)"), new_markdown_cell("B")])
    ours = for_a_class(HTMLExporter)(template_name="classic")
    pages = [ours.from_notebook_node(notebook)[0] for _ in range(2)]
    monkeypatch.setattr(html_pages.html, "BeautifulSoup", BeautifulSoup)
    stock, _ = HTMLExporter(template_name="classic").from_notebook_node(nbformat.from_dict(notebook))
    assert pages == [stock, stock]
