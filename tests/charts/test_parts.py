"""What a checklist asks of a drawing beside its values: how each part is drawn, what is out of view, what is marked."""

import pandas as pd
import pytest
import seaborn as sns

from secondcar.charts.reading import read
from tests.support.new_axes import axes

TABLE = pd.DataFrame({"a": [3, 5], "b": [2, 4]}, index=["2017", "2018"])


def drawn_as(ax):
    return [(part.mark, part.arrangement, part.dashes) for part in read(ax).parts]


DRAWN = {
    "bars": (lambda: axes().bar(["2017", "2018"], [3, 5]), [("bars", "", "")]),
    "side by side": (lambda: TABLE.plot.bar(ax=axes()), [("bars", "side by side", "")] * 2),
    "stacked": (lambda: TABLE.plot.bar(stacked=True, ax=axes()), [("bars", "stacked", "")] * 2),
    "solid": (lambda: axes().plot([1, 2], [3, 5]), [("line", "", "solid")]),
    "dashed": (lambda: axes().plot([1, 2], [3, 5], "--"), [("line", "", "dashed")]),
    "histogram": (lambda: axes().hist([1, 2, 2, 3, 3, 3, 4], bins=4)[2], [("histogram", "", "")]),
    "heatmap": (lambda: sns.heatmap(TABLE, ax=axes()), [("heatmap", "", "")]),
    "points": (lambda: axes().scatter([1, 2], [3, 5]), [("points", "", "")]),
}


@pytest.mark.parametrize("name", DRAWN)
def test_each_part_says_how_it_is_drawn(name):
    draw, parts = DRAWN[name]
    assert drawn_as(draw()) == parts


@pytest.mark.parametrize("there", [True, False])
def test_a_heatmap_says_whether_its_colour_bar_is_there(there):
    assert read(sns.heatmap(TABLE, cbar=there, ax=axes())).colour_bar is there


def test_what_lies_beyond_the_limits_is_out_of_view():
    ax = axes()
    ax.bar(["2017", "2018"], [3, 5])
    assert read(ax).out_of_view == ()
    ax.set_ylim(0, 4)
    assert [mark.category for mark in read(ax).out_of_view] == ["2018"]
    ax.set(xlim=(8, 9), ylim=(0, 6))
    assert len(read(ax).out_of_view) == 2


def test_a_line_across_the_plot_is_a_guide_with_its_label():
    ax = axes()
    ax.bar(["2017", "2018"], [3, 5])
    ax.set_ylabel("thousand cars")
    ax.axhline(4.5, linestyle="--")
    ax.text(0.5, 4.55, "the plan")
    ax.axvspan(0.5, 1.5)
    plan, band = read(ax).guides
    assert (plan.low, plan.high, plan.on_values, plan.label, plan.dashes) == (4500, 4500, True, "the plan", "dashed")
    assert (band.low, band.high, band.on_values) == (0.5, 1.5, False)
