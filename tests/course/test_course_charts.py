"""Every chart that the course itself shows is honest by its own rules."""

from tests.support.paths import ROOT
import contextlib
import io

import matplotlib
import matplotlib.pyplot as plt
import pytest
from tests.support.course_files import UNITS, charts, notebook

import secondcar
from secondcar.building.execution import SHOWS_AN_ERROR
from secondcar.charts import honesty, reading, set_alt_text
from secondcar.charts.reading.alt_attribute import alt_text_of

# A unit may show a dishonest chart in order to talk about it: the cell carries this tag.
SHOWS_A_FAULT = "dishonest-chart"


@pytest.mark.parametrize("unit", UNITS)
def test_every_chart_of_a_unit_is_honest(unit, monkeypatch):
    matplotlib.use("Agg")
    shown, seen = [], 0

    def keep(ax, alt=None):
        set_alt_text(ax, alt or alt_text_of(ax.get_figure()))
        shown.append(honesty.find_faults(reading.read_all(ax.get_figure())))
        plt.close(ax.get_figure())  # as the real one does: the next chart begins on a new figure

    monkeypatch.setattr(secondcar, "show", keep)
    monkeypatch.chdir(ROOT / "source" / unit)
    namespace = {"__name__": "__main__"}
    for cell in notebook("source", unit).cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or SHOWS_AN_ERROR in tags:
            continue
        shown.clear()
        with contextlib.redirect_stdout(io.StringIO()):
            exec(cell.source, namespace)
        seen += len(shown)
        plt.close("all")  # as a notebook does at the end of each cell
        if SHOWS_A_FAULT not in tags:
            assert not any(shown), f"{cell.id}: {[finding.sentence for findings in shown for finding in findings]}"
    assert seen == len(charts(unit))
