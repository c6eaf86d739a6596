"""What a browser gets of the package: enough for every notebook, and no unit, no answer, no grader."""

import json
import re
import zipfile

import pytest

from secondcar.site.browser_wheel import NEEDS, browser_files, browser_wheel
from secondcar.units import unit_names
from tests.support.bare_environment import BareEnvironment
from tests.support.paths import ROOT
from tests.support.some import some

# Runs a released unit as a page does, and prints what its checks say. The folder is the unit's own.
RUN_UNIT = """
import importlib.util, json, sys
from pathlib import Path
assert importlib.util.find_spec("IPython") is None
from secondcar.in_page import Page
page, outputs = Page(), []
for cell in json.loads(Path(sys.argv[1]).read_text("utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        meant = "raises-exception" in cell["metadata"].get("tags", [])
        outputs.append([cell["id"], meant, page.run("".join(cell["source"]))])
print(json.dumps(outputs))
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """An environment that holds the browser's wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("browser")
    environment = BareEnvironment(folder / "env", packages=NEEDS)
    with zipfile.ZipFile(browser_wheel(folder)) as wheel:
        wheel.extractall(environment.site)
    return environment


def test_it_holds_what_notebooks_call_and_nothing_else():
    rooms = {name.split("/")[1] for name in browser_files() if name.count("/") > 1}
    assert rooms == {"charts", "checks", "data", "practice"}
    assert not [name for name in browser_files() if "answers.json" in name or name.endswith(".ipynb")]


def test_it_is_the_same_each_time(tmp_path):
    assert browser_wheel(tmp_path / "a").read_bytes() == browser_wheel(tmp_path / "b").read_bytes()


def test_its_record_names_every_file(tmp_path):
    with zipfile.ZipFile(browser_wheel(tmp_path)) as wheel:
        [record] = [name for name in wheel.namelist() if name.endswith("/RECORD")]
        listed = [line.split(",")[0] for line in wheel.read(record).decode().splitlines()]
        assert sorted(listed) == sorted(wheel.namelist())
        [asked] = [name for name in wheel.namelist() if name.endswith("/METADATA")]
        lines = [line for line in wheel.read(asked).decode().splitlines() if line.startswith("Requires-Dist")]
    assert len(lines) == len(NEEDS)


def run_unit(browser, unit, folder):
    for file in (ROOT / "release" / unit).iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    done = browser.run("-c", RUN_UNIT, f"{unit}.ipynb", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def states(outputs):
    return [
        output["metadata"]["secondcar"].get("state")
        for _, _, shown in outputs
        for output in shown
        if "secondcar" in output.get("metadata", {})
    ]


@pytest.mark.parametrize("unit", unit_names(ROOT / "release")[:3])
def test_a_unit_runs_in_it_from_top_to_bottom(browser, unit, tmp_path):
    outputs = run_unit(browser, unit, tmp_path)
    stopped = {cell for cell, _, shown in outputs for output in shown if output["output_type"] == "error"}
    assert stopped == {cell for cell, meant, _ in outputs if meant}
    assert "not-attempted" in states(outputs)


@pytest.mark.long
@pytest.mark.parametrize("unit", unit_names(ROOT / "release")[3:])
def test_every_other_unit_runs_in_it_too(browser, unit, tmp_path):
    test_a_unit_runs_in_it_from_top_to_bottom(browser, unit, tmp_path)


def test_practice_runs_in_it(browser, tmp_path):
    code = "from secondcar.in_page import Page; print(Page().run('from secondcar import practice\\npractice(seed=1)'))"
    done = browser.run("-c", code, cwd=tmp_path)
    assert "Practice question" in done.stdout, done.stdout + done.stderr


def test_it_holds_every_module_that_a_released_notebook_names():
    cells = (path.read_text("utf-8") for path in ROOT.glob("release/*/*.ipynb"))
    named = {name for text in cells for name in re.findall(r"(?:from|import) (secondcar[\w.]*)", text)}
    files = browser_files()
    assert {
        name
        for name in some(named)
        if not {f"{name.replace('.', '/')}{end}" for end in (".py", "/__init__.py")} & set(files)
    } == set()
