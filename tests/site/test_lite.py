"""JupyterLab in the browser: a released unit is answered there, in a real browser that reaches no other server."""

import re
import shutil
import time

import pytest

from tests.support.graded import graded_download
from tests.support.served_site import ANSWERED, CHROMIUM, Visit, built_site, served
from tests.support.some import some

pytestmark = pytest.mark.long
sync_api = pytest.importorskip("playwright.sync_api")

UNIT = "02-by-and-to"
PROMISED = 15  # seconds to the first check, on a quiet machine of two cores


class Lab(Visit):
    """JupyterLite, with one notebook open."""

    def open_notebook(self, unit):
        self.page.goto(f"{self.address}/lite/lab/index.html?path={unit}/{unit}.ipynb")
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell .cm-content")
        # What runs before the notebook has its kernel is not run later.
        self.page.locator(".jp-KernelName", has_text="Pyodide").wait_for()

    def cell(self, text):
        content = self.page.locator(".cm-content", has_text=text)
        return self.page.locator(".jp-Notebook .jp-CodeCell", has=content).first

    def run(self, text, new=None):
        """Run the cell that holds a text, with another text in it if one is given; return what it shows."""
        cell = self.cell(text)
        cell.locator(".cm-content").click()
        if new is not None:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(new)
            cell = self.cell(new)
        self.page.keyboard.press("Control+Enter")
        cell.locator(".jp-InputPrompt", has_text="*").wait_for(state="detached")
        cell.locator(".jp-InputPrompt").filter(has_text=re.compile(r"\[\d+\]")).wait_for()
        return cell.locator(".jp-OutputArea-output").all_inner_texts()


@pytest.fixture
def lab():
    with served(built_site()) as address, sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        lab = Lab(running.new_context(viewport={"width": 1280, "height": 1000}), address)
        yield lab
        running.close()
        assert lab.outside == []


def test_a_unit_is_answered_kept_and_downloaded(lab, tmp_path):
    begun = time.perf_counter()
    lab.open_notebook(UNIT)
    lab.run("from secondcar import")
    said = lab.run("ratio_of_by = ...", "ratio_of_by = 2.5") + lab.run('check("ratio-of-by"')
    taken = time.perf_counter() - begun
    assert any("Right" in text for text in said), said
    print(f"First check after {taken:.1f} s; {PROMISED} are promised.")
    # Not listed at the left, but read by every check.
    names = lab.page.locator(".jp-DirListing-itemName").all_inner_texts()
    assert f"{UNIT}.ipynb" in names and not [name for name in names if "answers" in name]
    lab.page.keyboard.press("Control+s")
    lab.page.wait_for_timeout(3000)
    lab.page.reload()
    lab.page.wait_for_selector(".jp-Notebook .jp-CodeCell .cm-content")
    lab.cell("ratio_of_by = 2.5").wait_for()
    with lab.page.expect_download() as download:
        lab.page.get_by_role("menuitem", name="File", exact=True).click()
        lab.page.get_by_role("menuitem", name="Download", exact=True).click()
    name = download.value.suggested_filename
    folder = tmp_path / "downloads" / "Ada Lovelace_99_assignsubmission_file_"
    folder.mkdir(parents=True)
    shutil.copy(download.value.path(), folder / name)
    marks = graded_download(tmp_path, UNIT)
    assert marks["ratio-of-by-check"] == 1 and marks["units-2017-by-check"] == 0


@pytest.mark.parametrize("unit", ANSWERED)
def test_a_unit_is_answered_wrongly_and_rightly(lab, unit):
    exercise, wrong, right = ANSWERED[unit]
    name = exercise.replace("-", "_")
    lab.open_notebook(unit)
    lab.run("from secondcar import")
    before = f"{name} = ..."
    for answer, said in ((wrong, "Not yet"), (right, "Right")):
        told = lab.run(before, f"{name} = {answer}") + lab.run(f'check("{exercise}", {name})')
        assert any(said in text for text in told), told
        before = f"{name} = {answer}"


def test_a_unit_is_answered_by_keyboard_alone(lab):
    unit, (exercise, _, right) = next(iter(ANSWERED.items()))
    name = exercise.replace("-", "_")
    lab.open_notebook(unit)
    keys = lab.page.keyboard
    lab.cell("from secondcar import").locator(".cm-content").focus()
    keys.press("Shift+Enter")
    # In command mode the arrows go from cell to cell, and Enter goes in.
    for _ in some(lab.page.locator(".jp-Notebook .jp-Cell").all()):
        selected = lab.page.locator(".jp-Notebook .jp-Cell.jp-mod-selected")
        if f"{name} = ..." in selected.inner_text():
            break
        keys.press("Escape")
        keys.press("ArrowDown")
    keys.press("Enter")
    keys.press("Control+a")
    keys.type(f"{name} = {right}")
    keys.press("Shift+Enter")
    keys.press("Shift+Enter")
    lab.cell(f'check("{exercise}", {name})').locator("[role=note]", has_text="Right").wait_for()


def test_a_list_that_holds_itself_and_a_cell_that_stops_are_told(lab):
    lab.open_notebook(UNIT)
    lab.run("from secondcar import")
    told = lab.run("ratio_of_by = ...", "own = []; own.append(own); ratio_of_by = own") + lab.run('check("ratio-of-by"')
    assert told and not any("Right" in text for text in told)
    assert any(
        "Right" in text for text in lab.run("ratio_of_by = own", "ratio_of_by = 2.5") + lab.run('check("ratio-of-by"')
    )
