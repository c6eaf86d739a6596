"""`secondcar learn` really starts JupyterLab, set up for a learner."""

import json
import re
import subprocess
import sys
import urllib.error

import pytest

from tests.support.paths import ROOT
from tools.learner_path import started_lab

UNIT, EXERCISE = "02-by-and-to", "units-2017-by"
NBGRADER_FOR_TEACHERS = ["assignment-list", "course-list", "create-assignment", "formgrader", "menu"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with started_lab(sys.executable, tmp_path_factory.mktemp("home")) as lab:
        yield lab


def test_the_address_opens_the_start_page_beside_the_units(lab):
    assert lab.path == "/lab/tree/start-here.md"
    assert "jupyter-config-data" in lab.get(lab.path)
    assert "[00-start](00-start/00-start.ipynb)" in lab.get("/files/start-here.md")
    assert "00-start" in [entry["name"] for entry in json.loads(lab.get("/api/contents"))["content"]]


def test_the_file_with_the_answers_is_out_of_sight_and_can_be_read(lab):
    names = [entry["name"] for entry in json.loads(lab.get(f"/api/contents/{UNIT}"))["content"]]
    assert f"{UNIT}.ipynb" in names
    assert "answers.json" not in names
    assert EXERCISE in lab.get(f"/files/{UNIT}/answers.json")


def test_the_teachers_tools_and_the_news_are_off(lab):
    data = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', lab.get("/lab"), re.DOTALL).group(1)
    config = json.loads(data)
    disabled = set(config["disabledExtensions"])
    assert {f"@jupyter/nbgrader:{name}" for name in NBGRADER_FOR_TEACHERS} <= disabled
    assert "@jupyter/nbgrader:validate-assignment" not in disabled
    assert "@jupyterlab/apputils-extension:announcements" in disabled
    assert config["extensionManager"]["can_install"] is False


def test_a_markdown_file_opens_as_a_page(lab):
    settings = json.loads(lab.get("/lab/api/settings/@jupyterlab/docmanager-extension:plugin"))
    assert settings["schema"]["properties"]["defaultViewers"]["default"] == {"markdown": "Markdown Preview"}


@pytest.mark.parametrize("path", ["/assignments", "/formgraders", "/formgrader"])
def test_the_teachers_pages_are_not_served(lab, path):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        lab.get(path)


@pytest.mark.long
def test_a_learner_sees_in_a_browser_what_a_wrong_answer_would_mean(lab):
    """With SECOND_CAR_PICTURES=docs/pictures, this is the picture at the top of README.md."""
    from tests.support.classroom_browser import OpenNotebook, Person, started_browser, sync_api

    with started_browser() as browser:
        learner = Person(browser, None, "learner")
        learner.page.goto(f"{lab.address}/lab/tree/{UNIT}/{UNIT}.ipynb?token={lab.token}")
        learner.page.locator("#jupyterlab-splash").wait_for(state="detached")
        learner.fold_files()
        notebook = OpenNotebook(learner, UNIT)
        notebook.run_all()
        notebook.write(EXERCISE, "units_2017_by = 19000 / 1.5")
        notebook.write(f"{EXERCISE}-check", f'check("{EXERCISE}", units_2017_by)')
        note = notebook.note(EXERCISE)
        sync_api.expect(note).to_contain_text("? Not yet: one way this happens.")
        sync_api.expect(note).to_contain_text("Your answer was read as 12,666.7 vehicles.")
        notebook.cell(EXERCISE).locator(".jp-InputPrompt").click()
        learner.page.mouse.wheel(0, -200)
        learner.picture("check")


@pytest.mark.long
def test_a_learner_can_install_the_course_start_it_and_work():
    done = subprocess.run([sys.executable, ROOT / "tools" / "learner_path.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
