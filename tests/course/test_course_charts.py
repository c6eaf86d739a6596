"""Every chart that the course itself shows is honest by its own rules, and its alt text says what it shows."""

import contextlib
import io

import matplotlib
import matplotlib.pyplot as plt
import pytest

import secondcar
from secondcar import charts
from secondcar.building.execution import SHOWS_AN_ERROR
from secondcar.building.notebook import written_cells
from secondcar.building.rules.charts import SHOWS_A_FAULT, in_run
from secondcar.building.sources import Unit
from secondcar.building.watching import ShownChart, watch
from tests.support.course_files import UNITS, notebook
from tests.support.course_files import charts as committed
from tests.support.paths import ROOT


@pytest.mark.parametrize("name", UNITS)
def test_every_chart_of_a_unit_is_honest(name, monkeypatch):
    matplotlib.use("Agg")
    shown, noted = [], []
    for package in (secondcar, charts):
        monkeypatch.setattr(package, "show", package.show)
    watch(noted.append)
    monkeypatch.chdir(ROOT / "source" / name)
    namespace = {"__name__": "__main__"}
    unit = Unit(ROOT / "course", name)
    for cell, made in zip(unit.cells, written_cells(notebook("source", name)), strict=True):
        if cell.kind != "code" or SHOWS_AN_ERROR in cell.tags:
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            exec(made.source, namespace)
        plt.close("all")  # as a notebook does at the end of each cell
        shown += [(cell, chart) for chart in noted]
        noted.clear()
    assert [(cell.id, chart.alt) for cell, chart in shown] == [(chart.cell, chart.alt) for chart in committed(name)]
    assert list(map(str, in_run(unit, shown))) == []


UNIT = Unit(ROOT / "course", UNITS[2])


def planted(**changes) -> ShownChart:
    whole = {"alt": "Bars: 7,600 in 2017 and 19,000 in 2018.", "description": "Bars: 2017 = 7600; 2018 = 19000"}
    return ShownChart(**whole | {"faults": ()} | changes)


def faults(chart: ShownChart, tags=()) -> list[str]:
    cell = next(cell for cell in UNIT.cells if "show(" in cell.source)
    return [fault.what for fault in in_run(UNIT, [(cell.__class__(**{**vars(cell), "tags": tags}), chart)])]


def test_a_good_chart_has_no_fault():
    assert faults(planted()) == []


def test_a_dishonest_chart_is_found_unless_it_is_meant():
    cut = planted(faults=("The bars are cut off.",))
    assert [what.partition(": ")[2] for what in faults(cut)] == ["The bars are cut off."]
    assert faults(cut, tags=(SHOWS_A_FAULT,)) == []


@pytest.mark.parametrize(("said", "missing"), [("7,600", None), ("7.6", "7.6"), ("7,700", "7700"), ("7600.0", None)])
def test_a_number_of_an_alt_text_is_one_that_the_chart_shows(said, missing):
    found = faults(planted(alt=f"Bars: {said} in 2017 and 19,000 in 2018."))
    assert [missing in what for what in found] == ([True] if missing else [])


def test_a_unit_without_a_chart_is_found_but_for_the_first():
    assert [fault.what for fault in in_run(UNIT, [])] == ["the unit shows no chart"]
    assert list(in_run(Unit(ROOT / "course", UNITS[0]), [])) == []
