"""What students and teachers do in the classroom, in a real browser.

Everything is found by ids and classes that JupyterLab and nbgrader give, and each step waits for what a person would
see. With SECOND_CAR_PICTURES=FOLDER the steps are photographed into that folder.
"""

import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from secondcar.classroom.layout import COURSE_ID, Classroom
from secondcar.classroom.passwords import read_codes
from secondcar.classroom.settings import FIRST_USE
from tests.support.course_files import notebook

sync_api = pytest.importorskip("playwright.sync_api", reason="There is no Playwright here: pip install -e '.[test]'")

CHROMIUM = shutil.which("chromium")
SECONDS = 1000  # Playwright counts milliseconds
# Generous, for a busy machine: a server takes 5 seconds of processor time to start, a first run imports pandas.
TO_START = 180 * SECONDS
TO_ANSWER = 90 * SECONDS
TO_RUN = 120 * SECONDS
SIZE = {"width": 1200, "height": 800}
PICTURES = os.environ.get("SECOND_CAR_PICTURES")


@contextmanager
def started_browser() -> Iterator[sync_api.Browser]:
    """Start Debian's Chromium; skip the test where there is none."""
    if CHROMIUM is None:
        pytest.skip("There is no Chromium here: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


class Person:
    """Somebody with a browser window of their own, `page`."""

    def __init__(self, browser: sync_api.Browser, classroom: Classroom, name: str):
        self.classroom = classroom
        self.name = name
        # Who asks for less motion gets windows at once, and they can be photographed.
        self.page = browser.new_context(viewport=SIZE, reduced_motion="reduce").new_page()
        self.page.set_default_timeout(TO_ANSWER)

    def open_log_in(self) -> None:
        self.page.goto(f"{self.classroom.address}/")
        self.page.locator("#login_submit").wait_for()

    def log_in(self) -> None:
        self.open_log_in()
        self.page.fill("#username_input", self.name)
        self.page.fill("#password_input", self.password)
        if code := read_codes(self.classroom).get(self.name):
            self.page.fill("#otp_input", code)
        self.page.click("#login_submit")
        self.wait_for_jupyterlab()

    @property
    def password(self) -> str:
        """The password of the demonstration, or what this person chooses at the first log-in."""
        if self.classroom.settings.login == FIRST_USE:
            return f"the own password of {self.name}"
        return json.loads(self.classroom.passwords.read_text(encoding="utf-8"))[self.role]

    role = "students"

    def wait_for_jupyterlab(self) -> None:
        self.page.locator("#jp-MainMenu .lm-MenuBar-itemLabel", has_text="Nbgrader").wait_for(timeout=TO_START)
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")

    def choose(self, menu: str, *items: str) -> None:
        """Choose an item of JupyterLab's main menu, or of a menu in it."""
        self.page.locator("#jp-MainMenu .lm-MenuBar-itemLabel", has_text=exactly(menu)).click()
        for item in items:
            self.page.locator(".lm-Menu-itemLabel", has_text=exactly(item)).click()

    def show_tab(self, title: str) -> None:
        self.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=title).click()

    def fold_files(self) -> None:
        """Fold the list of files at the left away, to have room for a page."""
        self.page.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current").click()

    def picture(self, name: str) -> None:
        """Keep what the window shows as NAME.png, if pictures were asked for."""
        if PICTURES:
            save_picture(self.page.screenshot(animations="disabled"), Path(PICTURES) / f"{name}.png")


class Student(Person):
    """A student in JupyterLab, on a server of their own."""

    def open_assignments(self) -> None:
        self.choose("Nbgrader", "Assignment List")
        self.wait_for_assignments()

    def wait_for_assignments(self) -> None:
        self.page.locator("#released_assignments_list_loading").wait_for(state="hidden")

    def assignment(self, state: str, unit: str) -> sync_api.Locator:
        """Return a row of the assignment list; `state` is released, fetched or submitted."""
        return self.page.locator(f"#{state}_assignments_list > .list_item", has_text=unit)

    def fetch(self, unit: str) -> None:
        self.assignment("released", unit).get_by_role("button", name="Fetch").click()
        self.assignment("fetched", unit).wait_for()

    def open_notebook(self, unit: str) -> "OpenNotebook":
        row = self.assignment("fetched", unit)
        row.locator(".assignment-notebooks-link").first.click()
        row.locator("a", has_text=exactly(unit)).last.click()
        return OpenNotebook(self, unit)

    def submit(self, unit: str) -> None:
        self.show_tab("Assignments")
        self.assignment("fetched", unit).get_by_role("button", name="Submit").click()
        self.assignment("submitted", unit).first.wait_for()

    def fetch_feedback(self, unit: str) -> None:
        row = self.assignment("submitted", unit)
        row.get_by_role("button", name="Fetch Feedback").click()
        row.locator("a", has_text="(view feedback)").first.wait_for()

    def open_feedback(self, unit: str) -> sync_api.Locator:
        """Open the page that a teacher released, and return what it holds."""
        self.assignment("submitted", unit).locator("a", has_text="(view feedback)").first.click()
        self.page.locator(".jp-DirListing-item", has_text=f"{unit}.html").dblclick()
        feedback = self.page.frame_locator(".jp-HTMLViewer iframe").locator("body")
        feedback.get_by_role("heading", name=f"Feedback: {unit}").wait_for()
        return feedback


class OpenNotebook:
    """A student's notebook. Its cells are named by the ids that they have in the unit's released notebook."""

    def __init__(self, student: Student, unit: str):
        self.student = student
        self.page = student.page
        self.panel = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        self.cells = notebook("release", unit).cells
        # JupyterLab adds the cells little by little.
        self.cell(self.cells[-1].id).wait_for(state="attached")

    def cell(self, name: str) -> sync_api.Locator:
        index = [cell.id for cell in self.cells].index(name)
        return self.panel.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')

    @property
    def unsaved(self) -> sync_api.Locator:
        """Return the tab if it says that something is not saved; waits until the kernel is ready, as it may say so."""
        self.panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(timeout=TO_RUN)
        return self.page.locator("#jp-main-dock-panel .lm-TabBar-tab.jp-mod-dirty.lm-mod-current")

    def write(self, name: str, text: str) -> None:
        """Put a text in place of all that a cell holds, and run the cell."""
        cell = self.cell(name)
        cell.scroll_into_view_if_needed()
        if "jp-mod-rendered" in cell.get_attribute("class"):
            cell.locator(".jp-RenderedMarkdown").dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        # At once: letter by letter, the editor would close brackets by itself.
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Shift+Enter")

    def run_all(self) -> None:
        """Run all cells, again if the connection to the kernel was lost on the way."""
        last = [cell.id for cell in self.cells if cell.cell_type == "code"][-1]
        for attempts_left in (2, 1, 0):
            self.student.choose("Run", "Run All Cells")
            try:
                # A cell that has run has a number.
                self.cell(last).locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for(timeout=TO_RUN)
                return
            except sync_api.TimeoutError:
                if not attempts_left:
                    raise

    def note(self, exercise: str) -> sync_api.Locator:
        """Return the note under the cell that checks an exercise, in view."""
        note = self.cell(f"{exercise}-check").get_by_role("note")
        note.scroll_into_view_if_needed()
        return note

    def validate(self) -> sync_api.Locator:
        """Press Validate and return its window, which stays open."""
        self.panel.locator(".validate-button").click()
        return self.validation()

    def validation(self) -> sync_api.Locator:
        window = self.page.locator(".jp-Dialog-content", has_text="Validation Results")
        window.wait_for(timeout=TO_RUN)
        return window

    def close_validation(self) -> None:
        self.validation().locator(".jp-mod-accept").click()
        self.wait_until_closed()

    def wait_until_closed(self) -> None:
        self.page.locator(".jp-Dialog").wait_for(state="detached")


class Teacher(Person):
    """A teacher in formgrader, on the server that all teachers of the course share."""

    role = "teachers"

    @property
    def formgrader(self) -> sync_api.FrameLocator:
        return self.page.frame_locator("#jp-main-dock-panel iframe")

    def open_formgrader(self) -> None:
        self.choose("Nbgrader", "Formgrader")
        self.row("").first.wait_for()

    def row(self, text: str) -> sync_api.Locator:
        """Return the rows of formgrader's table that hold a text."""
        return self.formgrader.locator("#main-table tr:has(td.name, td.student-name)", has_text=text)

    def go_to(self, page: str) -> None:
        """Go to a page of formgrader, and wait until its table is filled."""
        frame = self.page.locator("#jp-main-dock-panel iframe").element_handle().content_frame()
        frame.goto(f"{self.classroom.address}/services/{COURSE_ID}/formgrader/{page}")
        self.formgrader.locator("#main-table a").first.wait_for()

    def press(self, row: str, action: str) -> sync_api.Locator:
        """Press a button in the row that holds a text, and return the window that tells the end of it."""
        self.row(row).locator(f"td.{action} a").click()
        window = self.formgrader.locator(".modal.in")
        window.wait_for(timeout=TO_RUN)
        return window

    def close_window(self) -> None:
        self.formgrader.locator(".modal.in .modal-footer button").click()
        self.formgrader.locator(".modal-backdrop").wait_for(state="detached")

    def open_submission(self, unit: str, student: str) -> None:
        """Open a student's notebook for marking by hand."""
        self.go_to(f"manage_students/{student}/{unit}")
        self.formgrader.locator("#main-table a", has_text=unit).first.click()
        self.formgrader.locator("input.score").first.wait_for()

    def mark(self, exercise: str, points: int, comment: str = "") -> None:
        """Give points and a comment, each saved as soon as the next field is entered."""
        self._fill(f'input.score[id="{exercise}"]', str(points), "grade")
        if comment:
            self._fill(f'[id="{exercise}-comment"]', comment, "comment")

    def _fill(self, selector: str, text: str, kind: str) -> None:
        field = self.formgrader.locator(selector)
        field.fill(text)
        with self.page.expect_response(lambda answer: f"/api/{kind}/" in answer.url) as answer:
            field.press("Tab")
        assert answer.value.ok, f"{selector} was not saved: {answer.value.status}"


class KeyboardStudent(Student):
    """A student who has no mouse."""

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def log_in(self) -> None:
        self.open_log_in()
        self.tab_to("document.activeElement.id === 'username_input'")
        self.type(self.name)
        self.press("Tab")
        self.type(self.password)
        self.press("Enter")
        self.wait_for_jupyterlab()

    def choose(self, menu: str, item: str) -> None:
        self.walk("ArrowRight", menu, self._menu)
        self.press("Enter")
        self.walk("ArrowDown", item, self._menu_item)
        self.press("Enter")

    def press_button(self, label: str, unit: str) -> None:
        """Walk to a button of the assignment list, and press it."""
        self.tab_to(
            f"document.activeElement.innerText === '{label}'"
            f" && document.activeElement.closest('.list_item').innerText.includes('{unit}')"
        )
        self.press("Enter")

    def fetch(self, unit: str) -> None:
        self.press_button("Fetch", unit)
        self.assignment("fetched", unit).wait_for()

    def submit(self, unit: str) -> None:
        self.choose("Tabs", "Assignments")
        self.press_button("Submit", unit)
        self.assignment("submitted", unit).first.wait_for()

    def open_notebook(self, unit: str) -> OpenNotebook:
        # The links of the assignment list cannot be reached by keyboard.
        self.choose("File", "Open from Path…")
        self.page.locator(".jp-Dialog input").wait_for()
        self.type(f"{unit}/{unit}.ipynb")
        self.press("Enter")
        return OpenNotebook(self, unit)

    def run_down_to(self, open_notebook: OpenNotebook, cell: str) -> None:
        """Run cell after cell, from the one that is active, until this one is."""
        for _ in open_notebook.cells:
            if "jp-mod-active" in open_notebook.cell(cell).get_attribute("class"):
                return
            self.press("Shift+Enter")
        raise AssertionError(f"{cell} was not reached")

    def walk_to_validate(self) -> None:
        self.press("Shift+Tab")
        self.walk("ArrowRight", "Validate", self._focused)

    def tab_to(self, condition: str) -> None:
        """Press Tab until a condition about the page holds."""
        for _ in range(100):
            if self.page.evaluate(condition):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to where {condition}")

    def walk(self, key: str, goal: str, place: Callable[[], str]) -> None:
        """Press a key until the place is the goal."""
        for _ in range(50):
            if place() == goal:
                return
            self.press(key)
        raise AssertionError(f"{key} does not lead to {goal}")

    def _focused(self) -> str:
        return self.page.evaluate("document.activeElement.innerText").strip()

    def _menu(self) -> str:
        # While JupyterLab is still filling its window, it takes the focus back.
        self.tab_to("document.activeElement.classList.contains('lm-MenuBar-item')")
        return self._focused()

    def _menu_item(self) -> str:
        return self.page.locator(".lm-Menu .lm-Menu-item.lm-mod-active .lm-Menu-itemLabel").last.inner_text()


def exactly(text: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(text)}$")


def save_picture(png: bytes, file: Path) -> None:
    """Write a screenshot in 256 colours: a third of the size, and the eye sees no difference."""
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    image.save(file, optimize=True)
