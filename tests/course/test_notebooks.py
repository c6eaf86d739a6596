"""The committed notebooks run: the teacher's with the outputs that are in them, the learner's without an error."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from nbclient import NotebookClient

from secondcar.building.execution import CELL_TIMEOUT_SECONDS, SHOWS_AN_ERROR
from tests.support.course_files import UNITS, charts, code_cells, notebook
from tests.support.paths import ROOT
from tests.support.some import some

UNIT_SECONDS, COURSE_SECONDS = 60, 300
SANITIZE = ROOT / "tests" / "nbval_sanitize.cfg"
# The unit in whose copy changes are planted: it has both a printed number and a chart.
PLANTED_UNIT = "02-by-and-to"
PATH_OR_ADDRESS = re.compile(r"/(?:home|root|tmp|usr|opt|work|Users|var)/|site-packages|[A-Z]:\\|\b0x[0-9a-f]{6,}")


@dataclass(frozen=True)
class Comparison:
    """What came of comparing notebooks with a new run of themselves.

    Attributes:
        failed: the cells that differ, such as ``02-by-and-to.ipynb::Cell 4``.
        report: the whole report.
        seconds: unit -> how long its notebook ran.
    """

    failed: set[str]
    report: str
    seconds: dict[str, float]


def run_nbval(folder: Path, scratch: Path) -> Comparison:
    """Compare every notebook under a folder with a new run of itself; `scratch` is a folder to write to."""
    times = scratch / "times.xml"
    # The set-up of the build: no grading, and the same order of sets at every run.
    environment = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    options = [f"--nbval-cell-timeout={CELL_TIMEOUT_SECONDS}", f"--nbval-sanitize-with={SANITIZE}"]
    options += ["--color=no", "-rfE", f"--rootdir={folder}", f"--junitxml={times}", str(folder)]
    done = subprocess.run(
        [*command, *options],
        env={**environment, "PYTHONHASHSEED": "0"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    report = done.stdout + done.stderr
    failed = set(re.findall(r"^(?:FAILED|ERROR) \S*?([^/\s]+::\S+ \d+)", report, re.MULTILINE))
    assert done.returncode in (0, 1), report
    assert (done.returncode == 0) == (not failed), report
    return Comparison(failed, report, seconds_by_unit(times))


def seconds_by_unit(times: Path) -> dict[str, float]:
    """Return unit -> seconds, from pytest's JUnit file, where each cell is a test of the class unit.unit.ipynb."""
    seconds = Counter()
    for cell in ElementTree.parse(times).iter("testcase"):
        seconds[cell.get("classname").partition(".")[0]] += float(cell.get("time"))
    return dict(seconds)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    return run_nbval(ROOT / "source", tmp_path_factory.mktemp("nbval"))


def test_a_new_run_of_the_teachers_notebooks_gives_their_outputs(comparison):
    assert not comparison.failed, comparison.report
    cells = [cell for unit in UNITS for cell in notebook("source", unit).cells if cell.cell_type == "code"]
    assert f"{len(cells)} passed" in comparison.report


def test_no_unit_runs_longer_than_a_minute_and_all_no_longer_than_five(comparison):
    assert set(comparison.seconds) == set(UNITS)
    slow = {unit: seconds for unit, seconds in comparison.seconds.items() if seconds > UNIT_SECONDS}
    assert slow == {}
    assert sum(comparison.seconds.values()) < COURSE_SECONDS


def test_a_changed_output_and_a_changed_chart_are_found(tmp_path):
    shutil.copytree(ROOT / "source" / PLANTED_UNIT, tmp_path / PLANTED_UNIT)
    path = tmp_path / PLANTED_UNIT / f"{PLANTED_UNIT}.ipynb"
    changed = nbformat.read(path, as_version=4)
    cells = [cell for cell in changed.cells if cell.cell_type == "code"]
    number = next(i for i, cell in enumerate(cells) if cell.outputs and "2.5" in printed(cell.outputs[0]))
    chart = next(i for i, cell in enumerate(cells) if "show(" in cell.source)
    cells[number].outputs[0].data["text/plain"] = printed(cells[number].outputs[0]).replace("2.5", "2.6")
    cells[chart].source = cells[chart].source.replace("show(", "ax.patches[1].set_height(160)\nshow(")
    nbformat.write(changed, path)
    failed = run_nbval(tmp_path / PLANTED_UNIT, tmp_path).failed
    assert failed == {f"{path.name}::Cell {number}", f"{path.name}::Cell {chart}"}


def printed(output: nbformat.NotebookNode) -> str:
    return output.get("text", "") or output.get("data", {}).get("text/plain", "")


def test_the_bytes_of_a_picture_are_not_compared(tmp_path):
    shutil.copytree(ROOT / "source" / PLANTED_UNIT, tmp_path / PLANTED_UNIT)
    path = tmp_path / PLANTED_UNIT / f"{PLANTED_UNIT}.ipynb"
    redrawn = nbformat.read(path, as_version=4)
    shown = (out for cell in redrawn.cells if "show(" in cell.source for out in cell.outputs if "data" in out)
    data = next(out.data for out in shown if "base64,iVBOR" in out.data.get("text/html", ""))
    data["text/html"] = data["text/html"].replace("base64,iVBOR", "base64,AAAA")
    nbformat.write(redrawn, path)
    comparison = run_nbval(tmp_path / PLANTED_UNIT, tmp_path)
    assert not comparison.failed, comparison.report


@pytest.mark.parametrize("unit", UNITS)
def test_nbval_compares_every_cell_of_the_teachers_notebook(unit):
    for cell in some(code_cells("source", unit)):
        assert cell.execution_count, f"{cell.id} was not run: nbval compares nothing in it"
        assert not cell.source.rstrip().endswith(";"), f"{cell.id} ends in a semicolon, which nbval does not honour"
        tags = set(cell.metadata.get("tags", []))
        ignored = tags & {"nbval-skip", "nbval-ignore-output"}
        # How far one is depends on who looks: the last cell is run, and what it shows is not compared.
        assert not ignored or cell.id == "progress", f"{cell.id} is left out of the comparison"


@pytest.mark.parametrize("unit", UNITS)
def test_the_outputs_name_no_machine_and_hold_no_stderr(unit):
    outputs = [(cell.id, output) for cell in code_cells("source", unit) for output in cell.outputs]
    assert outputs
    for cell, output in some(outputs):
        assert output.get("name") != "stderr", f"{cell} writes to stderr"
        texts = [printed(output), output.get("data", {}).get("text/html", ""), *output.get("traceback", [])]
        found = PATH_OR_ADDRESS.search("\n".join(texts))
        assert not found, f"{cell} shows a path or an address: {found[0]}"


@pytest.mark.parametrize("unit", [unit for unit in UNITS if not unit.startswith("00")])
def test_a_unit_shows_a_chart(unit):
    assert charts(unit)


@pytest.mark.parametrize("unit", UNITS)
def test_the_learners_notebook_comes_without_outputs(unit):
    for cell in some(code_cells("release", unit)):
        assert (cell.outputs, cell.execution_count) == ([], None), cell.id


def run_release(unit: str, folder: Path) -> nbformat.NotebookNode:
    """Run a learner's notebook to its end, whatever fails, in a copy of its folder."""
    shutil.copytree(ROOT / "release" / unit, folder, dirs_exist_ok=True)
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(
        notebook("release", unit), timeout=CELL_TIMEOUT_SECONDS, allow_errors=True, resources=resources
    )
    return client.execute()


@pytest.mark.parametrize("unit", UNITS)
def test_a_released_notebook_runs_and_each_exercise_is_not_attempted(unit, tmp_path, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    states = {}
    for cell in some(run_release(unit, tmp_path).cells):
        outputs = cell.get("outputs", [])
        errors = [output for output in outputs if output.output_type == "error"]
        expected = SHOWS_AN_ERROR in cell.metadata.get("tags", [])
        assert bool(errors) == expected, f"{cell.id}: {[error.evalue for error in errors] or 'no error'}"
        if cell.metadata.get("nbgrader", {}).get("grade"):
            states[cell.id] = [output.get("metadata", {}).get("secondcar", {}).get("state") for output in outputs]
    assert states
    assert all(state == ["not-attempted"] for state in some(states.values())), states
