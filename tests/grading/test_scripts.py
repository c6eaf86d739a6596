"""No script of a learner runs in a browser that shows a feedback page or Formgrader, and no other server is asked."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from secondcar.grading import safe_html
from secondcar.grading.feedback.html_pages import for_a_class
from secondcar.grading.safe_html import POLICY_TAG, clean_html
from secondcar.grading.workers.verdict_cells import write_questions
from tests.support.grading_courses import graded_cell, hand_in_tiny, make_tiny_course
from tests.support.paths import ROOT
from tests.support.scripts import EVIL, PNG, html_attacks, script, scripted_notebook
from tests.support.some import some

sync_api = pytest.importorskip("playwright.sync_api", reason="There is no Playwright here: pip install -e '.[test]'")

CHROMIUM = shutil.which("chromium")
NBGRADER = {"notebook": "p", "score": 1, "max_score": 1, "late_penalty": 0}


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        pytest.skip("There is no Chromium here: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@contextmanager
def opened(browser, path: Path) -> Iterator[tuple[sync_api.Page, list[str]]]:
    """Open a file; give the page, and what it asked of other servers until it was still."""
    context = browser.new_context()
    asked: list[str] = []
    context.route(re.compile("^https?:"), lambda route: (asked.append(route.request.url), route.abort()))
    page = context.new_page()
    page.on("dialog", lambda dialog: (asked.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.goto(path.as_uri())
    page.wait_for_timeout(400)
    yield page, asked
    context.close()


def feedback_exporter(safe: bool) -> HTMLExporter:
    config = Config(
        {"HTMLExporter": {"template_name": "feedback", "extra_template_basedirs": [handlers.template_path]}}
    )
    config.HTMLExporter.extra_template_paths = [handlers.static_path + "/node_modules/bootstrap/dist/css"]
    return for_a_class(HTMLExporter, safe)(config=config)


def formgrader_exporter(safe: bool) -> HTMLExporter:
    """Return what Formgrader shows a submission with, in a course with the lines of configuration or without."""
    config = Config(
        {"HTMLExporter": {"template_name": "formgrade", "extra_template_basedirs": [handlers.template_path]}}
    )
    if safe:
        config.HTMLExporter.sanitize_html = True
        config.HTMLExporter.filters = safe_html.FILTERS
        config.WidgetsDataTypeFilter.display_data_priority = safe_html.SHOWN
    return HTMLExporter(config=config)


def page_of(exporter: HTMLExporter, notebook, file: Path) -> Path:
    resources = {"nbgrader": NBGRADER, "inlining": {"css": []}, "index": 0, "total": 1, "base_url": ""}
    file.write_text(exporter.from_notebook_node(notebook, resources)[0], encoding="utf-8")
    return file


def test_cleaning_takes_a_time_that_grows_with_the_text_alone():
    started = time.monotonic()
    assert "needs a script" in clean_html('<script></script><b title="' + "a" * 500_000 + '"> </b>')
    assert clean_html("<script></script><b> 5 %</b>") == "<b> 5 %</b>"
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("exporter", [feedback_exporter, formgrader_exporter], ids=["feedback", "formgrader"])
@pytest.mark.parametrize("each", [False, pytest.param(True, marks=pytest.mark.long)], ids=["together", "apart"])
def test_no_script_of_a_notebook_runs(browser, tmp_path, exporter, each):
    notebook = scripted_notebook()
    notebooks = _apart(notebook) if each else [notebook]
    for number, one in some(enumerate(notebooks)):
        page = page_of(exporter(safe=True), one, tmp_path / f"{number}.html")
        # The second lock is tried by itself elsewhere: what the cleaning lets through has to be harmless without it.
        page.write_text(page.read_text().replace(POLICY_TAG, ""))
        with opened(browser, page) as (_, asked):
            pictures = {f"{EVIL}/image.png", f"{EVIL}/filename"}
            assert {url for url in asked if EVIL in url} - pictures == set(), one


def _apart(notebook):
    """Yield notebooks of few cells each: a page that breaks early must not hide what comes later."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    for start in range(0, len(cells), 15):
        yield nbformat.from_dict({**notebook, "cells": cells[start : start + 15]})
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    for start in range(0, len(code.outputs), 10):
        yield nbformat.from_dict({**notebook, "cells": [{**code, "outputs": code.outputs[start : start + 10]}]})


def test_a_feedback_page_asks_no_other_server_for_anything(browser, tmp_path):
    with opened(browser, page_of(feedback_exporter(safe=True), scripted_notebook(), tmp_path / "p.html")) as (_, asked):
        assert asked == []


def test_the_policy_alone_stops_scripts(browser, tmp_path):
    page = page_of(feedback_exporter(safe=False), scripted_notebook(), tmp_path / "p.html")
    page.write_text(page.read_text().replace("<head>", f"<head>{POLICY_TAG}", 1))
    with opened(browser, page) as (_, asked):
        # No policy keeps a page from sending its reader away.
        assert set(asked) <= {f"{EVIL}/meta"}


def test_a_script_would_run_otherwise(browser, tmp_path):
    notebook = new_notebook(cells=[new_markdown_cell(f'<img src=x onerror="{script("text")}">')])
    with opened(browser, page_of(feedback_exporter(safe=False), notebook, tmp_path / "p.html")) as (_, asked):
        assert f"{EVIL}/text" in asked


@pytest.mark.long
@pytest.mark.parametrize("exporter", [feedback_exporter, formgrader_exporter], ids=["feedback", "formgrader"])
def test_the_scripts_would_run_otherwise(browser, tmp_path, exporter):
    told = set()
    for number, notebook in enumerate(_apart(scripted_notebook())):
        with opened(browser, page_of(exporter(safe=False), notebook, tmp_path / f"{number}.html")) as (_, asked):
            told |= {url.removeprefix(f"{EVIL}/") for url in asked if EVIL in url}
    assert {"script", "img-onerror", "svg-onload", "iframe-srcdoc", "png-width"} <= told
    assert len(told) > 25


SEEN = {
    "<h2>Title</h2>": "h2",
    "<table class='dataframe'><tr><td>1</td></tr></table>": "table.dataframe td",
    "<div style='border-left: 4px solid red; padding: 1em'>box</div>": "div[style*='border-left']",
    "<div class='alert alert-info'>note</div>": "div.alert-info",
    f"<img alt='a chart' src='data:image/png;base64,{PNG}'>": "img[alt='a chart']",
    "<svg width=10 height=10><circle r=5 /></svg>": "img[src^='data:image/svg']",
    "<details><summary>more</summary>text</details>": "details summary",
    "<audio controls src='data:audio/wav;base64,AA'></audio>": "audio[controls]",
    "<a href='https://example.org'>away</a>": "a[href='https://example.org']",
    "<p aria-label='five'>5</p>": "p[aria-label=five]",
}


@pytest.mark.parametrize("exporter", [feedback_exporter, formgrader_exporter], ids=["feedback", "formgrader"])
def test_what_has_no_script_is_seen(browser, tmp_path, exporter):
    outputs = [new_output("display_data", data={"text/html": text}) for text in SEEN]
    texts = [
        "# Top\n[down](#Down)\n\n- [x] done",
        "*in* `code` ~~out~~\n\n| a |\n|---|\n| 1 |",
        f"![inline](data:image/png;base64,{PNG})",
        "# Down",
    ]
    cells = [*map(new_markdown_cell, texts), new_code_cell("x = 1", outputs=outputs)]
    picture = new_output("display_data", data={"image/png": PNG}, metadata={"image/png": {"width": 7, "alt": "seven"}})
    cells.append(new_code_cell("", outputs=[picture]))
    with opened(browser, page_of(exporter(safe=True), new_notebook(cells=cells), tmp_path / "p.html")) as (page, _):
        selectors = [
            "h1",
            "input[type=checkbox][disabled]",
            "del",
            "em",
            "code",
            "td",
            "img[alt=inline]",
            "img[alt=seven]",
        ]
        missing = [selector for selector in [*SEEN.values(), *selectors] if not page.locator(selector).count()]
        assert missing == []
        assert page.locator("img[alt=seven]").get_attribute("width") == "7"
        target = page.locator("a", has_text="down").get_attribute("href")
        assert page.locator(target).inner_text().startswith("Down")


@pytest.mark.parametrize("safe", [True, False], ids=["safe", "as nbgrader"])
def test_what_a_teacher_is_told_wraps_in_formgrader_and_quotes_no_tags(browser, tmp_path, safe):
    cell = graded_cell(new_code_cell("assert x"), "x_check", grade=True, points=1)
    write_questions([("x", "Is it so? " * 60 + "<b>loud</b>")], cell)
    page = page_of(formgrader_exporter(safe), new_notebook(cells=[cell]), tmp_path / "p.html")
    with opened(browser, page) as (page, _):
        told = page.get_by_text("Is it so?")
        assert told.inner_text().endswith("<b>loud</b>")
        assert told.evaluate("one => one.scrollWidth <= one.ownerDocument.documentElement.clientWidth")


def test_formulas_need_no_script(browser, tmp_path):
    latex = new_output("display_data", data={"text/latex": r"$\displaystyle \frac{1}{3}$"})
    cells = [new_markdown_cell(r"$\frac{1}{2}$ and $$x^2$$ but $not \frac{$"), new_code_cell("", outputs=[latex])]
    page = page_of(feedback_exporter(safe=True), new_notebook(cells=cells), tmp_path / "p.html")
    assert "<script" not in page.read_text()
    with opened(browser, page) as (page, _):
        assert page.locator("mfrac").count() >= 2
        assert page.locator("mfrac").first.evaluate("one => getComputedStyle(one).display").startswith("block math")
        assert page.locator("msup").count() == 1


def test_a_submissions_own_files_are_no_links():
    """Formgrader would serve such a file, scripts and all, as a page of the teacher's."""
    for text in ("<a href='evil.html'>press</a>", "<a href='/files/evil.html'>press</a>", "<a href='//x/y'>press</a>"):
        assert "href" not in clean_html(text)


def test_an_attachment_that_is_missing_fails_no_page(tmp_path):
    notebook = new_notebook(cells=[new_markdown_cell("![x](attachment:missing.png) text")])
    for exporter in (feedback_exporter, formgrader_exporter):
        assert "text" in page_of(exporter(safe=True), notebook, tmp_path / "p.html").read_text()


def test_what_needs_a_script_says_so():
    plot = "<div><script src='https://cdn/plotly.js'></script><div id='x' style='height:400px'></div></div>"
    assert "needs a script" in clean_html(plot)
    assert clean_html("<p>text</p><script>x</script>") == "<p>text</p>"
    assert clean_html("<div></div>") == "<div></div>"


@pytest.fixture(scope="module")
def attacked_course(tmp_path_factory):
    """A graded course, in which a learner's answers are full of scripts."""
    course = tmp_path_factory.mktemp("attacked") / "course"
    make_tiny_course(course, students=0)
    shows = [f"display(HTML({text!r}))" for text in html_attacks().values()]
    run = f"from IPython.display import HTML, Javascript\nx = 2\ndisplay(Javascript({script('javascript')!r}))\n"
    hand_in_tiny(course, "eve", run + "\n".join(shows))
    notebook = nbformat.read(course / "submitted" / "eve" / "tiny" / "tiny.ipynb", as_version=4)
    notebook.cells += map(new_markdown_cell, html_attacks().values())
    nbformat.write(notebook, course / "submitted" / "eve" / "tiny" / "tiny.ipynb")
    for command in ("grade", "feedback"):
        subprocess.run([sys.executable, "-m", "secondcar", command, "tiny"], cwd=course, check=True)
    return course


@pytest.mark.long
@pytest.mark.parametrize("safe", [True, False], ids=["with the hub's settings", "without"])
def test_a_teacher_opens_such_a_submission_in_formgrader(browser, attacked_course, tmp_path, safe):
    settings = shutil.copytree(ROOT / "hub" / "settings" / "teacher", tmp_path / "settings")
    if not safe:
        (settings / "nbgrader_config.py").unlink()
    with Gradebook(f"sqlite:///{attacked_course / 'gradebook.db'}") as gradebook:
        page_id = gradebook.find_submission_notebook("tiny", "tiny", "eve").id
    with running_formgrader(attacked_course, settings) as address:
        context = browser.new_context()
        asked = []
        context.route(f"{EVIL}/**", lambda route: (asked.append(route.request.url), route.abort()))
        page = context.new_page()
        page.goto(f"{address}/?token=abc")
        page.goto(f"{address}/formgrader/submissions/{page_id}/")
        if safe:  # otherwise a script may have led away from it
            page.locator("input.score").wait_for()
        page.wait_for_timeout(1000)
        context.close()
    assert (asked == []) == safe


@contextmanager
def running_formgrader(course: Path, settings: Path) -> Iterator[str]:
    """Start a teacher's server with Formgrader in a course; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    options.append("--IdentityProvider.token=abc")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "server", *options, f"--ServerApp.root_dir={course}"],
        cwd=course,
        env={**os.environ, "JUPYTER_CONFIG_PATH": str(settings)},
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 300  # a busy machine took more than one minute
        while not _answers(address):
            assert server.poll() is None and time.monotonic() < deadline, "The server did not start."
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def _answers(address: str) -> bool:
    with contextlib.suppress(OSError):
        urllib.request.urlopen(f"{address}/api", timeout=5).close()
        return True
    return False


@pytest.mark.long
def test_a_learner_opens_such_a_feedback_page(browser, attacked_course):
    with opened(browser, attacked_course / "feedback" / "eve" / "tiny" / "tiny.html") as (_, asked):
        assert asked == []


@pytest.mark.parametrize("exporter", [feedback_exporter, formgrader_exporter], ids=["feedback", "formgrader"])
def test_the_page_of_the_last_unit_keeps_what_is_to_be_seen(browser, tmp_path, exporter):
    (unit,) = (ROOT / "source").glob("11-*")
    notebook = nbformat.read(unit / f"{unit.name}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.metadata.get("nbgrader", {}).update(score=0, points=0)
    counts = []
    for safe in (False, True):
        with opened(browser, page_of(exporter(safe), notebook, tmp_path / f"{safe}.html")) as (page, _):
            counts.append(
                {what: page.locator(f"#notebook {what}").count() for what in ("img", "table", "td", "h1", "h2", "h3")}
            )
            boxes = page.locator("#notebook [role=note], #notebook [role=group], #notebook div[style*='border-left']")
            counts[-1]["boxes"] = boxes.count()
            seen = boxes.evaluate_all("boxes => boxes.map(box => getComputedStyle(box).borderLeftWidth)")
            counts[-1]["borders"] = sorted(seen)
    assert counts[0] == counts[1]
    assert counts[0]["img"] > 0
    assert counts[0]["boxes"] > 0
