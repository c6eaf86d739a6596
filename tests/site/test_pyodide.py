"""Units and banks come out in Pyodide as they do here; Pyodide and its wheels are those of the site's pages."""

import json
import subprocess
import sys
import tomllib

import pytest

from secondcar.site.browser_wheel import browser_wheel
from secondcar.site.python import prepare_python
from secondcar.site.tools import download_wheel, locked, npm_packages
from secondcar.units import unit_names
from tests.bank.charts import DISHONEST, HONEST
from tests.bank.charts.blind import BLIND_DISHONEST, BLIND_HONEST
from tests.support.course_files import EXERCISES, written
from tests.support.paths import ROOT
from tests.support.served_site import or_skip
from tests.support.some import some

UNITS = unit_names(ROOT / "release")
CHARTS = {**HONEST, **DISHONEST, **BLIND_HONEST, **BLIND_DISHONEST}
BUILD = ROOT / "build" / "site"
BANK = "banks in Pyodide"
# pandas 3.0, which Pyodide has, cannot draw bars over dates.
NOT_DRAWN = {"pandas_bar_of_dates"}


@pytest.fixture(scope="module")
def bare():
    """Pyodide's core with what a unit needs that draws and computes nothing: quickly there."""
    npm = or_skip(lambda: npm_packages(ROOT / "site", BUILD))
    needed = tomllib.loads((ROOT / "site" / "site.toml").read_text("utf-8"))["wheels"]["pages"]
    wheels = [
        or_skip(lambda name=name: download_wheel(locked(ROOT / "requirements.lock", name), BUILD / "wheels"))
        for name in needed
        if name != "seaborn"
    ]
    return {"core": npm / "node_modules" / "pyodide", "archives": [*wheels, browser_wheel(BUILD / "wheels")]}


@pytest.fixture(scope="module")
def whole():
    """The Python of the self-contained site."""
    npm = or_skip(lambda: npm_packages(ROOT / "site", BUILD))
    folder = BUILD / "self-contained-python" / "python"
    or_skip(lambda: prepare_python(ROOT, BUILD, folder, npm, self_contained=True))
    return {"core": folder, "packages": ["secondcar", "numpy", "pandas", "matplotlib", "seaborn"]}


def run_both(jobs, python, folder):
    """Run jobs here and in Pyodide; return both lists of results."""
    asked, out, told = (folder / name for name in ("jobs.json", "out.json", "told.json"))
    asked.write_text(json.dumps(jobs), encoding="utf-8")
    settings = {"packages": [], "archives": [], "root": ROOT, "jobs": asked, "out": out, **python}
    told.write_text(json.dumps(settings, default=str), encoding="utf-8")
    here = [sys.executable, "-m", "tests.support.portable", str(asked)]
    there = ["node", str(ROOT / "tests" / "support" / "in_pyodide.mjs"), str(told)]
    done = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True) for command in (here, there)]
    assert [each.returncode for each in done] == [0, 0], [each.stderr[-3000:] for each in done]
    return json.loads(done[0].stdout), json.loads(out.read_text("utf-8"))


def assert_unit_is_the_same(unit, python, folder):
    [here], [there] = run_both([["run_unit", [unit]]], python, folder)
    assert some([shown for _, shown in there])
    different = {cell: (mine, theirs) for (cell, mine), (_, theirs) in zip(here, there, strict=True) if mine != theirs}
    assert different == {}


def test_the_first_unit_runs_in_pyodide_as_it_does_here(bare, tmp_path):
    assert_unit_is_the_same(UNITS[0], bare, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_runs_in_the_sites_python_as_it_does_here(unit, whole, tmp_path):
    assert_unit_is_the_same(unit, whole, tmp_path)


@pytest.mark.long
def test_the_bank_of_answers_is_judged_in_pyodide_as_it_is_here(whole, tmp_path, count):
    entries = {unit: [] for unit, _ in EXERCISES}
    for unit, name in EXERCISES:
        bank = written(unit)[name]["bank"]
        entries[unit] += [(name, entry, state) for state in ("right", "wrong") for entry in bank[state]]
    jobs = [["run_bank", [unit, [[name, entry] for name, entry, _ in listed]]] for unit, listed in entries.items()]
    here, there = run_both(jobs, whole, tmp_path)
    different = []
    for (unit, listed), mine, theirs in some(zip(entries.items(), here, there, strict=True)):
        for (name, entry, state), note, other in zip(listed, mine, theirs, strict=True):
            [state_there] = [told["state"] for _, _, told in other if told]
            misjudged = (state_there == "right") != (state == "right")
            count(BANK, f"{unit[:2]} {state}", answers=1, misjudged=misjudged, other_note=note != other)
            if misjudged or note != other:
                different.append((unit, name, entry, note, other))
    assert different == []


@pytest.mark.long
def test_a_list_that_holds_itself_is_read_as_it_is_here(whole, tmp_path):
    own = "(lambda own: (own.append(own), own)[1])([])"
    [here], [there] = run_both([["run_bank", ["04-every-second", [["imports-chart", own]]]]], whole, tmp_path)
    assert here == there and here[0][0][2]["state"] != "right"


@pytest.mark.long
def test_the_bank_of_charts_is_judged_in_pyodide_as_it_is_here(whole, tmp_path, count):
    names = sorted(CHARTS)
    [here], [there] = run_both([["run_charts", [names]]], whole, tmp_path)
    different = {name: (mine, other) for name, mine, other in zip(names, here, there, strict=True) if mine != other}
    count(BANK, "charts", charts=len(names), different=len(different))
    assert different.keys() == NOT_DRAWN, different
