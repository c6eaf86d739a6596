"""How many charts of the bank are judged wrongly by us, by plotchecker and by matplotcheck, in one run.

The peers serve this table alone and are not in the lock: `make chart-peers` puts them into build/ and runs this file.

matplotcheck asks for geopandas, rasterio, folium and scipy, some 500 MB, for maps and fitted lines. Its checks of
plain Axes import two of them and use neither, so empty modules stand in.

A peer is told what a teacher who uses it would tell it: the lengths, heights and labels that an honest drawing of the
same data has, in their order and in any power of ten, which way the bars lie, and the words that may name a unit. It
checks all that it can while some honest chart of each kind still passes. Both could ask for a caption: matplotcheck
finds one at the lower right only, plotchecker none that belongs to the figure, so they would refuse the whole bank.
"""

import sys
import types
from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from plotchecker import BarPlotChecker, LinePlotChecker, PlotChecker, ScatterPlotChecker

from secondcar.charts.honesty import find_faults
from secondcar.charts.reading import read_all
from secondcar.charts.reading.panels import figure_of
from secondcar.charts.reading.records import Reading, category_text
from tests.bank.charts import DISHONEST, HONEST
from tests.bank.charts.entries import Entry, drawn

sys.modules.setdefault("geopandas", types.ModuleType("geopandas"))
sys.modules.setdefault("scipy", types.ModuleType("scipy")).stats = None

from matplotcheck.base import PlotTester  # noqa: E402

UNITS = ["KZT", "tenge", "vehicles", "cars", "facts", "months", "%", "index", "in Kazakhstan"]

# What an honest drawing would show, where the dishonest one shows something else.
TWO_PERIODS = {"Jan-Aug 2017": 75, "Jan-Aug 2018": 120}
TRUTH = {
    "bar_longer_than_its_number": TWO_PERIODS,
    "barh_a_little_longer_than_its_number": TWO_PERIODS,
    "bar_beside_false_ticks": TWO_PERIODS,
    "bar_floating": TWO_PERIODS,
    "bar_of_the_later_year_first": TWO_PERIODS,
    "bar_of_eight_months_before_the_year_before": {"2017": 19_217, "Jan-Aug 2018": 19_000},
    "bar_wrong_in_all_its_words": {"H1 2017": 8_765, "H1 2018": 14_660},
}
# Entries whose labels are right and only stand in a wrong order.
SHUFFLED = [name for name, entry in DISHONEST.items() if entry.rules == ("order",) and name not in TRUTH]


class Expected:
    """What a teacher who uses a peer would expect of one Axes."""

    def __init__(self, entry: Entry, reading: Reading):
        self.kinds = {mark.kind for mark in reading.marks}
        self.across = reading.horizontal
        self.stacked = reading.stacked
        self.value_axis = "x" if reading.horizontal else "y"
        self.has_categories = reading.category_axis.kind == "category"
        self.labels = [category_text(category) for category in reading.categories]
        self.values = [mark.end - mark.base for mark in reading.marks]
        if entry.name in SHUFFLED:
            self.labels = sorted(self.labels)
        if entry.name in TRUTH:
            self.labels = list(TRUTH[entry.name])
            self.values = list(TRUTH[entry.name].values())


def assert_same(drawn_values: Sequence[float], values: Sequence[float]) -> None:
    """Raise an error unless numbers are the same to 1 %, in any order and with the unit scaled by any power of ten."""
    assert np.any(drawn_values)
    scale = 10.0 ** np.round(np.log10(np.max(np.abs(drawn_values)) / np.max(np.abs(values))))
    np.testing.assert_allclose(sorted(drawn_values), sorted(np.multiply(values, scale)), rtol=0.01)


def plotchecker_refuses(ax: plt.Axes, expected: Expected) -> bool:
    """Return whether plotchecker's assertions refuse one Axes."""
    try:
        words = PlotChecker(ax)
        words.assert_title_exists()
        if expected.kinds == {"cell"}:
            return False
        words.assert_xlabel_exists() if expected.across else words.assert_ylabel_exists()
        if expected.kinds == {"bar"}:
            bars = BarPlotChecker(ax)
            assert_same(bars.widths if expected.across else bars.heights, expected.values)
            low, high = bars.xlim if expected.across else bars.ylim
            assert low <= 0 <= high
            if not expected.across:
                assert len(set(np.round(bars.widths, 6))) == 1
                assert expected.stacked or not any(bars.bottoms)
                if expected.has_categories:
                    bars.assert_xticklabels_equal(expected.labels)
        elif expected.kinds == {"line"}:
            assert_same(np.concatenate(LinePlotChecker(ax).y_data), expected.values)
        elif expected.kinds == {"point"}:
            points = ScatterPlotChecker(ax)
            assert_same(points.x_data if expected.across else points.y_data, expected.values)
            assert len(set(points.sizes)) == 1
    except Exception:  # a peer that stumbles over a chart refuses it
        return True
    return False


def matplotcheck_refuses(ax: plt.Axes, expected: Expected) -> bool:
    """Return whether matplotcheck's assertions refuse one Axes."""
    tester = PlotTester(ax)
    try:
        tester.assert_title_contains([])
        if expected.kinds == {"cell"}:
            return False
        tester.assert_axis_label_contains(expected.value_axis, [UNITS])
        if expected.kinds == {"bar"}:
            tester.assert_plot_type("bar")
            tester.assert_lims_range(((-np.inf, 0), (0, np.inf)), axis=expected.value_axis)
            if not expected.across:  # it cannot read horizontal bars
                assert_same(tester.get_xy()["y"], expected.values)
                labels = [label.get_text() for label in ax.xaxis.get_majorticklabels()]
                assert not expected.has_categories or labels == expected.labels
        elif expected.kinds == {"line"}:
            tester.assert_plot_type("line")
            assert_same(tester.get_xy()["y"], expected.values)
        elif expected.kinds == {"point"}:
            tester.assert_plot_type("scatter")
            assert_same(tester.get_xy(points_only=True)["x" if expected.across else "y"], expected.values)
    except Exception:  # a peer that stumbles over a chart refuses it
        return True
    return False


PEERS: dict[str, Callable[[plt.Axes, Expected], bool]] = {
    "plotchecker": plotchecker_refuses,
    "matplotcheck": matplotcheck_refuses,
}


def main_axes(figure: plt.Figure) -> list[plt.Axes]:
    """Return the Axes a teacher would hand to a peer: neither colour bars nor a second axis over the same plot."""
    places: dict[tuple, plt.Axes] = {}
    for ax in figure.axes:
        if ax.get_label() != "<colorbar>":
            places.setdefault(ax.get_position().bounds, ax)
    return list(places.values())


def refusals(entry: Entry) -> dict[str, bool]:
    """Return for each judge whether it refuses a chart of the bank."""
    with drawn(entry) as chart:
        readings = read_all(chart)
        verdicts = {"ours": bool(find_faults(readings))}
        panels = [
            (ax, Expected(entry, reading)) for ax, reading in zip(main_axes(figure_of(chart)), readings, strict=True)
        ]
        for peer, refuses in PEERS.items():
            verdicts[peer] = any(refuses(ax, expected) for ax, expected in panels)
    return verdicts


def main() -> None:
    """Print how many charts each judges wrongly: honest ones refused, dishonest ones accepted rule by rule."""
    rows = [{"charts": "honest ones refused", **refusals(entry), "of": 1} for entry in HONEST.values()]
    for entry in DISHONEST.values():
        kind = entry.rules[0] if len(entry.rules) == 1 else "several rules"
        accepted = {who: not refused for who, refused in refusals(entry).items()}
        rows.append({"charts": f"dishonest ones accepted: {kind}", **accepted, "of": 1})
    table = pd.DataFrame(rows).groupby("charts").sum()
    dishonest = table[table.index.str.startswith("dishonest")].sum().rename("dishonest ones accepted: all")
    print(pd.concat([table, dishonest.to_frame().T]).to_string())


if __name__ == "__main__":
    main()
