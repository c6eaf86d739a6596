"""Charts of the same facts read the same, whatever drew them; charts that cannot be read say why."""

import datetime
import math

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

mpl.use("agg")

import matplotlib.pyplot as plt
import seaborn as sns
import seaborn.objects as so
from matplotlib import ticker
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, SimplePatchShadow
from matplotlib.transforms import Affine2D

from secondcar.charts import set_alt_text
from secondcar.charts.reading import Unreadable, read, read_all
from secondcar.charts.reading.describing import describe
from tests.support.new_axes import axes

# seaborn 0.13.2 calls pandas in a way that pandas 3 announces to end.
pytestmark = pytest.mark.filterwarnings("ignore:.*copy keyword.*", "ignore::DeprecationWarning:seaborn.*")

FACTS = {"cars": 13725.0, "trucks": 486.0, "buses": 153.0}
KINDS, NUMBERS = list(FACTS), list(FACTS.values())
TABLE = pd.DataFrame({"kind": KINDS, "vehicles": NUMBERS})
SERIES = pd.Series(FACTS, name="vehicles")

TWO = {
    "2017": {"cars": 7780.0, "trucks": 487.0, "buses": 313.0},
    "2018": {"cars": 13725.0, "trucks": 486.0, "buses": 153.0},
}
WIDE = pd.DataFrame(TWO)
LONG = WIDE.rename_axis("kind").reset_index().melt("kind", var_name="year", value_name="vehicles")


def drawn(draw, *args, **options):
    """Call a drawing method of new Axes by its name and return the Axes."""
    ax = axes()
    getattr(ax, draw)(*args, **options)
    return ax


# One series

ONE_SERIES = {}


def one_series(draw):
    ONE_SERIES[draw.__name__] = draw
    return draw


ONE_SERIES |= {
    "bar": lambda: drawn("bar", KINDS, NUMBERS),
    "bar_at_the_edge": lambda: drawn("bar", KINDS, NUMBERS, align="edge", width=0.4),
    "bar_labelled": lambda: drawn("bar", KINDS, NUMBERS, label="vehicles"),
    "bar_in_three_colours": lambda: drawn("bar", KINDS, NUMBERS, color=["grey", "grey", "red"]),
    "bar_with_tick_label": lambda: drawn("bar", [0, 1, 2], NUMBERS, tick_label=KINDS),
    "bar_container": lambda: plt.bar(KINDS, NUMBERS),
    "bar_with_error_bars": lambda: drawn("bar", KINDS, NUMBERS, yerr=[100, 50, 20], capsize=4),
    "barh": lambda: drawn("barh", KINDS, NUMBERS),
    "barh_with_error_bars": lambda: drawn("barh", KINDS, NUMBERS, xerr=[100, 50, 20]),
    "plot": lambda: drawn("plot", KINDS, NUMBERS),
    "plot_with_markers": lambda: drawn("plot", KINDS, NUMBERS, "o--", label="vehicles"),
    "plot_of_markers_only": lambda: drawn("plot", KINDS, NUMBERS, "s"),
    "plot_across": lambda: drawn("plot", NUMBERS, KINDS, "o"),
    "list_of_lines": lambda: plt.plot(KINDS, NUMBERS),
    "step": lambda: drawn("step", KINDS, NUMBERS, where="mid"),
    "stem": lambda: drawn("stem", KINDS, NUMBERS),
    "scatter": lambda: drawn("scatter", KINDS, NUMBERS),
    "scatter_across": lambda: drawn("scatter", NUMBERS, KINDS),
    "errorbar": lambda: drawn("errorbar", KINDS, NUMBERS, yerr=[100, 50, 20], capsize=3),
    "fill_between": lambda: drawn("fill_between", KINDS, NUMBERS),
    "stackplot": lambda: drawn("stackplot", KINDS, NUMBERS),
    "pandas_series_bar": lambda: SERIES.plot.bar(ax=axes()),
    "pandas_series_barh": lambda: SERIES.plot.barh(ax=axes()),
    "pandas_bar": lambda: TABLE.plot.bar(x="kind", y="vehicles", ax=axes()),
    "pandas_bar_without_legend": lambda: TABLE.plot(kind="bar", x="kind", y="vehicles", ax=axes(), legend=False),
    "pandas_barh": lambda: TABLE.plot.barh(x="kind", y="vehicles", ax=axes()),
    "pandas_line": lambda: TABLE.plot.line(x="kind", y="vehicles", ax=axes()),
    "pandas_series_line": lambda: SERIES.plot(ax=axes()),
    "pandas_area": lambda: TABLE.plot.area(x="kind", y="vehicles", ax=axes()),
    "barplot": lambda: sns.barplot(TABLE, x="kind", y="vehicles", ax=axes()),
    "barplot_across": lambda: sns.barplot(TABLE, y="kind", x="vehicles", ax=axes()),
    "barplot_coloured": lambda: sns.barplot(TABLE, x="kind", y="vehicles", hue="kind", ax=axes()),
    "barplot_coloured_with_legend": lambda: sns.barplot(
        TABLE, x="kind", y="vehicles", hue="kind", legend=True, ax=axes()
    ),
    "countplot": lambda: sns.countplot(
        x=[kind for kind, number in FACTS.items() for _ in range(int(number))], ax=axes()
    ),
    "pointplot": lambda: sns.pointplot(TABLE, x="kind", y="vehicles", ax=axes()),
    "pointplot_without_line": lambda: sns.pointplot(TABLE, x="kind", y="vehicles", linestyle="none", ax=axes()),
    "lineplot": lambda: sns.lineplot(TABLE, x="kind", y="vehicles", ax=axes()),
    "scatterplot": lambda: sns.scatterplot(TABLE, x="kind", y="vehicles", ax=axes()),
    "stripplot": lambda: sns.stripplot(TABLE, x="kind", y="vehicles", ax=axes()),
    "histplot_weighted": lambda: sns.histplot(TABLE, x="kind", weights="vehicles", shrink=0.8, ax=axes()),
    "heatmap_of_a_row": lambda: sns.heatmap(SERIES.to_frame().T, ax=axes()),
    "heatmap_of_a_column": lambda: sns.heatmap(SERIES.to_frame(), annot=True, cbar=False, ax=axes()),
    "catplot_bar": lambda: sns.catplot(TABLE, x="kind", y="vehicles", kind="bar"),
    "catplot_point": lambda: sns.catplot(TABLE, x="kind", y="vehicles", kind="point").ax,
    "relplot": lambda: sns.relplot(TABLE, x="kind", y="vehicles", kind="line").figure,
    "objects_bar": lambda: so.Plot(TABLE, x="kind", y="vehicles").add(so.Bar()),
    "objects_bar_across": lambda: so.Plot(TABLE, y="kind", x="vehicles").add(so.Bar()),
    "objects_bar_coloured": lambda: so.Plot(TABLE, x="kind", y="vehicles", color="kind").add(so.Bar()),
    "objects_bars": lambda: so.Plot(TABLE, x="kind", y="vehicles").add(so.Bars()),
    "objects_bars_across": lambda: so.Plot(TABLE, y="kind", x="vehicles").add(so.Bars()),
    "objects_line": lambda: so.Plot(TABLE, x="kind", y="vehicles").add(so.Line()),
    "objects_lines": lambda: so.Plot(TABLE, x="kind", y="vehicles").add(so.Lines()),
    "objects_line_and_dots": lambda: so.Plot(TABLE, x="kind", y="vehicles").add(so.Line()).add(so.Dot()),
    "objects_dot": lambda: so.Plot(TABLE, x="kind", y="vehicles").add(so.Dot()),
    "objects_dots": lambda: so.Plot(TABLE, x="kind", y="vehicles").add(so.Dots()),
    "objects_area": lambda: so.Plot(TABLE, x="kind", y="vehicles").add(so.Area()),
}


@one_series
def one_bar_a_call():
    ax = axes()
    for kind, number in FACTS.items():
        ax.bar(kind, number)
    return ax


@one_series
def bar_at_places_named_afterwards():
    ax = drawn("bar", [10, 20, 30], NUMBERS, width=5)
    ax.set_xticks([10, 20, 30], KINDS, rotation=90)
    return ax


@one_series
def bars_as_rectangles():
    ax = axes()
    for place, number in enumerate(NUMBERS):
        ax.add_patch(Rectangle((place - 0.4, 0), 0.8, number))
    ax.set(xlim=(-1, 3), ylim=(0, 15_000))
    ax.set_xticks(range(3), KINDS)
    return ax


@one_series
def barh_from_the_top():
    ax = drawn("barh", KINDS, NUMBERS)
    ax.invert_yaxis()
    return ax


@one_series
def bar_with_labels_on_bars_only():
    ax = axes()
    ax.bar_label(ax.bar(KINDS, NUMBERS), fmt="{:,.0f}")
    ax.yaxis.set_visible(False)
    return ax


@one_series
def bar_with_everything_around():
    ax = drawn("bar", KINDS, NUMBERS)
    ax.axhline(5000, color="red", label="target")
    ax.axhspan(2000, 3000, alpha=0.2)
    ax.axvspan(0.5, 1.5, alpha=0.2)
    ax.plot([-1, 3], [4000, 4000], "k--")
    ax.plot(KINDS, [6000] * 3, "k:")
    ax.annotate("a note", (0, 100), xytext=(1, 9000), arrowprops={})
    ax.arrow(1, 9000, 0, -500, width=0.05)
    ax.legend()
    ax.grid()
    return ax


@one_series
def line_with_rules():
    ax = drawn("plot", KINDS, NUMBERS)
    ax.axhline(5000)
    ax.axvline(1)
    ax.hlines(4000, 0, 2)
    ax.plot([0, 2], [3000, 3000], ":")
    return ax


@one_series
def line_over_its_area():
    ax = drawn("plot", KINDS, NUMBERS, label="vehicles")
    ax.fill_between(KINDS, NUMBERS, alpha=0.3)
    return ax


@one_series
def line_with_a_band():
    ax = drawn("plot", KINDS, NUMBERS)
    ax.fill_between(KINDS, np.array(NUMBERS) - 50, np.array(NUMBERS) + 50, alpha=0.3)
    return ax


@one_series
def points_with_a_trend():
    ax = drawn("scatter", KINDS, NUMBERS)
    ax.plot(np.linspace(0, 2, 50), np.linspace(9000, 0, 50))
    ax.fill_between(np.linspace(0, 2, 50), np.linspace(8000, 0, 50), np.linspace(10_000, 500, 50), alpha=0.2)
    return ax


@one_series
def bars_with_a_curve():
    ax = drawn("bar", KINDS, NUMBERS)
    ax.plot(np.linspace(0, 2, 50), np.linspace(9000, 0, 50))
    return ax


@one_series
def points_on_stalks():
    ax = drawn("scatter", KINDS, NUMBERS)
    ax.vlines(KINDS, 0, NUMBERS)
    return ax


@one_series
def bar_with_legend_of_proxies():
    ax = drawn("bar", KINDS, NUMBERS, color=["red", "blue", "blue"])
    ax.legend(handles=[Rectangle((0, 0), 1, 1, color="green", label="other"), Line2D([], [], label="line")])
    return ax


@one_series
def closed_figure():
    ax = drawn("bar", KINDS, NUMBERS)
    plt.close(ax.figure)
    return ax


@one_series
def figure_of_no_window():
    ax = Figure().add_subplot()
    ax.bar(KINDS, NUMBERS)
    return ax


@one_series
def bar_on_a_subfigure():
    ax = plt.figure().subfigures(1, 2)[0].add_subplot()
    ax.bar(KINDS, NUMBERS)
    return ax


@pytest.mark.parametrize("draw", ONE_SERIES.values(), ids=ONE_SERIES)
def test_one_series_reads_the_same_whatever_drew_it(draw):
    reading = read(draw())
    assert reading.table() == FACTS
    assert len(reading.marks) == 3
    assert not reading.stacked
    assert reading.twin is None


def test_many_ways_of_drawing_are_tried():
    assert len(ONE_SERIES) >= 60
    assert len(TWO_SERIES) >= 20


@pytest.mark.parametrize(
    ("draw", "order"),
    [
        ("bar", KINDS),
        ("barplot_across", KINDS),
        ("barh_from_the_top", KINDS),
        ("objects_bar_across", KINDS),
        ("barh", KINDS[::-1]),  # matplotlib puts the first at the bottom, where a reader comes last
        ("pandas_barh", KINDS[::-1]),
    ],
)
def test_categories_come_in_reading_order(draw, order):
    assert list(read(ONE_SERIES[draw]()).categories) == order


@pytest.mark.parametrize("draw", ["barh", "barplot_across", "plot_across", "scatter_across", "objects_bars_across"])
def test_values_from_left_to_right(draw):
    assert read(ONE_SERIES[draw]()).horizontal


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        ("bar", "bar"),
        ("objects_bars", "bar"),
        ("lineplot", "line"),
        ("plot_of_markers_only", "point"),
        ("objects_dots", "point"),
        ("stem", "point"),
        ("pandas_area", "area"),
        ("line_over_its_area", "area"),
        ("line_with_a_band", "line"),
        ("heatmap_of_a_row", "cell"),
    ],
)
def test_kind_of_mark(draw, kind):
    assert {mark.kind for mark in read(ONE_SERIES[draw]()).marks} == {kind}


# Two series

TWO_SERIES = {}


def two_series(draw):
    TWO_SERIES[draw.__name__] = draw
    return draw


TWO_SERIES |= {
    "pandas_bar": lambda: WIDE.plot.bar(ax=axes()),
    "pandas_barh": lambda: WIDE.plot.barh(ax=axes()),
    "pandas_bar_stacked": lambda: WIDE.plot.bar(stacked=True, ax=axes()),
    "pandas_barh_stacked": lambda: WIDE.plot.barh(stacked=True, ax=axes()),
    "pandas_line": lambda: WIDE.plot(ax=axes()),
    "pandas_line_without_legend": lambda: WIDE.plot(ax=axes(), legend=False),
    "pandas_area_stacked": lambda: WIDE.plot.area(ax=axes()),
    "pandas_area": lambda: WIDE.plot.area(stacked=False, ax=axes()),
    "barplot": lambda: sns.barplot(LONG, x="kind", y="vehicles", hue="year", ax=axes()),
    "barplot_across": lambda: sns.barplot(LONG, y="kind", x="vehicles", hue="year", ax=axes()),
    "lineplot": lambda: sns.lineplot(LONG, x="kind", y="vehicles", hue="year", ax=axes()),
    "lineplot_by_style": lambda: sns.lineplot(LONG, x="kind", y="vehicles", style="year", markers=True, ax=axes()),
    "pointplot_dodged": lambda: sns.pointplot(LONG, x="kind", y="vehicles", hue="year", dodge=0.3, ax=axes()),
    "scatterplot": lambda: sns.scatterplot(LONG, x="kind", y="vehicles", hue="year", ax=axes()),
    "scatterplot_by_style": lambda: sns.scatterplot(LONG, x="kind", y="vehicles", style="year", ax=axes()),
    "histplot_stacked": lambda: sns.histplot(
        LONG, x="kind", weights="vehicles", hue="year", hue_order=["2018", "2017"], multiple="stack", ax=axes()
    ),
    "histplot_dodged": lambda: sns.histplot(
        LONG, x="kind", weights="vehicles", hue="year", multiple="dodge", ax=axes()
    ),
    "heatmap": lambda: sns.heatmap(WIDE.T, annot=True, fmt=".0f", ax=axes()),
    "catplot": lambda: sns.catplot(LONG, x="kind", y="vehicles", hue="year", kind="bar"),
    "objects_bar_dodged": lambda: so.Plot(LONG, x="kind", y="vehicles", color="year").add(so.Bar(), so.Dodge()),
    "objects_bars_dodged": lambda: so.Plot(LONG, x="kind", y="vehicles", color="year").add(so.Bars(), so.Dodge()),
    "objects_bar_stacked": lambda: so.Plot(LONG, x="kind", y="vehicles", color="year").add(so.Bar(), so.Stack()),
    "objects_line": lambda: so.Plot(LONG, x="kind", y="vehicles", color="year").add(so.Line()),
    "objects_lines": lambda: so.Plot(LONG, x="kind", y="vehicles", color="year").add(so.Lines()),
    "objects_line_by_style": lambda: so.Plot(LONG, x="kind", y="vehicles", linestyle="year").add(so.Line()),
    "objects_dot_dodged": lambda: so.Plot(LONG, x="kind", y="vehicles", color="year").add(so.Dot(), so.Dodge()),
    "objects_area_stacked": lambda: so.Plot(LONG, x="kind", y="vehicles", color="year").add(so.Area(), so.Stack()),
}


@two_series
def grouped_by_hand():
    ax = axes()
    for shift, (year, facts) in zip([-0.2, 0.2], TWO.items(), strict=True):
        ax.bar(np.arange(3) + shift, facts.values(), width=0.4, label=year)
    ax.set_xticks(range(3), KINDS)
    ax.legend()
    return ax


@two_series
def stacked_by_hand_told_by_hatches():
    ax = axes()
    ax.bar(KINDS, TWO["2017"].values(), color="white", edgecolor="black", label="2017")
    ax.bar(
        KINDS,
        TWO["2018"].values(),
        bottom=list(TWO["2017"].values()),
        color="white",
        edgecolor="black",
        hatch="//",
        label="2018",
    )
    ax.legend()
    return ax


@two_series
def stackplot():
    ax = drawn("stackplot", KINDS, *[list(facts.values()) for facts in TWO.values()], labels=TWO)
    ax.legend()
    return ax


@two_series
def lines_named_at_their_ends():
    ax = axes()
    for (year, facts), colour in zip(TWO.items(), ["navy", "darkorange"], strict=True):
        ax.plot(KINDS, facts.values(), color=colour)
        ax.text(0, facts["cars"], year, color=colour)
    return ax


@two_series
def black_lines_named_at_their_ends():
    ax = axes()
    for (year, facts), style in zip(TWO.items(), ["-", "--"], strict=True):
        ax.plot(KINDS, facts.values(), color="black", linestyle=style)
        ax.annotate(year, (0, facts["cars"]), xytext=(4, 4), textcoords="offset points")
    return ax


@two_series
def legend_of_the_figure():
    ax = axes()
    for year, facts in TWO.items():
        ax.plot(KINDS, facts.values(), label=year)
    ax.figure.legend()
    return ax


@two_series
def legend_that_names_anew():
    ax = axes()
    ax.plot(KINDS, TWO["2017"].values(), label="first")
    ax.plot(KINDS, TWO["2018"].values(), label="second")
    ax.legend(["2017", "2018"])
    return ax


@two_series
def bars_and_a_line():
    ax = axes()
    ax.bar(KINDS, TWO["2017"].values(), label="2017")
    ax.plot(KINDS, TWO["2018"].values(), "ko-", label="2018")
    ax.legend()
    return ax


@pytest.mark.parametrize("name", TWO_SERIES)
def test_two_series_read_the_same_whatever_drew_them(name):
    reading = read(TWO_SERIES[name]())
    assert reading.table() == TWO
    assert len(reading.marks) == 6
    assert reading.stacked == ("stack" in name)


def test_swapped_legend_is_read_as_it_stands():
    ax = WIDE.plot.bar(ax=axes())
    ax.legend(["2018", "2017"])
    assert read(ax).table() == {"2018": TWO["2017"], "2017": TWO["2018"]}


def test_swapped_tick_labels_are_read_as_they_stand():
    ax = drawn("bar", [0, 1], [7600, 19000])
    ax.set_xticks([0, 1], ["2018", "2017"])
    assert read(ax).table() == {"2018": 7600, "2017": 19000}


def test_stacked_bars_keep_base_and_end():
    ends = {(m.series, m.base, m.end, m.value) for m in read(TWO_SERIES["pandas_bar_stacked"]()).marks}
    assert ("2018", 7780.0, 21505.0, 13725.0) in ends


# Units and factors

VALUE = {"2017": 75e9, "2018": 120e9}


def bar_of(numbers, formatter=None, **words):
    ax = axes(**words)
    ax.bar(["2017", "2018"], numbers)
    if formatter:
        ax.yaxis.set_major_formatter(formatter)
    return ax


def format_of(text):
    return ticker.FuncFormatter(lambda value, _: text(value))


FULL, SHORT = [75e9, 120e9], [75, 120]


@pytest.mark.parametrize(
    ("numbers", "formatter", "words"),
    [
        (FULL, None, {"ylabel": "KZT"}),  # "1e11" at the end of the axis
        (FULL, ticker.ScalarFormatter(useMathText=True), {"ylabel": "KZT"}),
        (FULL, ticker.EngFormatter(), {"ylabel": "KZT"}),
        (FULL, ticker.EngFormatter(unit="KZT"), {}),
        (FULL, ticker.EngFormatter(unit="KZT", sep=""), {}),
        (FULL, ticker.StrMethodFormatter("{x:,.0f}"), {"ylabel": "KZT"}),
        (FULL, ticker.StrMethodFormatter("KZT {x:,.0f}"), {}),
        (FULL, format_of(lambda value: f"{value:,.0f}".replace(",", " ")), {"ylabel": "Value, tenge"}),
        (FULL, format_of(lambda value: f"{value / 1e9:.0f} bn"), {"ylabel": "Value (KZT)"}),
        (FULL, format_of(lambda value: f"{value / 1e9:.0f} billion KZT"), {}),
        (FULL, format_of(lambda value: f"{value / 1e9:g}"), {"ylabel": "KZT billion"}),
        (FULL, format_of(lambda value: f"₸{value / 1e9:g}bn"), {}),
        (FULL, format_of(lambda value: f"{value / 1e6:,.0f}M"), {"ylabel": "KZT"}),
        (SHORT, None, {"ylabel": "KZT billion"}),
        (SHORT, None, {"ylabel": "Value of output (billions of tenge)"}),
        (SHORT, None, {"ylabel": "Output in bn KZT"}),
        (SHORT, None, {"ylabel": "KZT, 10^9"}),
        (SHORT, None, {"title": "Value of output, in billion tenge"}),
        (SHORT, None, {"title": "Output passed 1 billion dollars", "ylabel": "billion KZT"}),
        (SHORT, format_of(lambda value: f"{value:g} bn"), {"ylabel": "Billion KZT"}),
        ([75_000, 120_000], None, {"ylabel": "KZT million"}),
        ([75_000, 120_000], format_of(lambda value: f"{value / 1e3:g}"), {"ylabel": "KZT billion"}),
    ],
)
def test_scaled_units_say_the_same(numbers, formatter, words):
    reading = read(bar_of(numbers, formatter, **words))
    assert reading.table() == VALUE
    assert reading.value_axis.unit == "KZT"
    assert reading.value_axis.low == 0
    assert reading.value_axis.high == pytest.approx(126e9)
    assert reading.value_axis.misplaced == ()


def test_factor_written_at_the_bars_alone():
    ax = bar_of(SHORT)
    ax.bar_label(ax.containers[0], ["75 bn", "120 bn"])
    ax.set_yticks([])
    assert read(ax).table() == VALUE


@pytest.mark.parametrize(
    ("numbers", "formatter"),
    [([0.25, 0.5], ticker.PercentFormatter(xmax=1)), ([25, 50], ticker.PercentFormatter()), ([25, 50], "{x:.1f} %")],
)
def test_percentages_say_the_same(numbers, formatter):
    reading = read(bar_of(numbers, formatter, ylabel="Share of cars sold"))
    assert reading.table() == {"2017": 25, "2018": 50}
    assert reading.value_axis.unit == "%"


@pytest.mark.parametrize(
    "label", ["Cars per million people", "Vehicles per 1,000 inhabitants", "Cars, over 2 million of them", "Output"]
)
def test_words_that_are_no_factor(label):
    assert read(bar_of(SHORT, ylabel=label)).table() == {"2017": 75, "2018": 120}


def test_offset_of_close_numbers_is_added():
    reading = read(drawn("plot", ["2017", "2018"], [1_000_000.25, 1_000_000.5]))
    assert reading.table() == {"2017": 1_000_000.25, "2018": 1_000_000.5}
    assert reading.value_axis.misplaced == ()


def test_ticks_that_do_not_stand_at_their_values_are_named():
    ax = bar_of([75, 150])
    ax.set_yticks([0, 75, 150], ["0", "75", "120"])
    assert read(ax).value_axis.misplaced == ("120",)


def test_axis_shifted_by_its_tick_texts():
    reading = read(bar_of([15, 60], format_of(lambda value: f"{value + 60:.0f}")))
    assert reading.table() == {"2017": 75, "2018": 120}
    assert {mark.base for mark in reading.marks} == {60}


def test_log_scale():
    ax = bar_of([10, 1000])
    ax.set_yscale("log")
    reading = read(ax)
    assert reading.value_axis.kind == "log"
    assert reading.table() == {"2017": 10, "2018": 1000}


# Dates

MONTHS = pd.date_range("2018-01-01", periods=3, freq="MS")
BY_MONTH = {"2018-01": 3.0, "2018-02": 1.0, "2018-03": 2.0}
DATES = {
    "texts": lambda: drawn("bar", list(BY_MONTH), [3, 1, 2]),
    "texts_of_days": lambda: drawn("bar", [f"{month:%Y-%m-%d}" for month in MONTHS], [3, 1, 2]),
    "bar": lambda: drawn("bar", MONTHS, [3, 1, 2], width=20),
    "barh": lambda: drawn("barh", MONTHS, [3, 1, 2], height=20),
    "plot": lambda: drawn("plot", MONTHS, [3, 1, 2]),
    "plot_of_datetime": lambda: drawn("plot", [datetime.date(2018, month, 1) for month in (1, 2, 3)], [3, 1, 2]),
    "month_ends": lambda: drawn("plot", MONTHS + pd.offsets.MonthEnd(0), [3, 1, 2]),
    "scatter": lambda: drawn("scatter", MONTHS, [3, 1, 2]),
    "pandas_line": lambda: pd.Series([3, 1, 2], MONTHS).plot(ax=axes()),
    "pandas_line_of_periods": lambda: pd.Series([3, 1, 2], MONTHS.to_period("M")).plot(ax=axes()),
    "pandas_bar": lambda: pd.Series([3, 1, 2], MONTHS).plot.bar(ax=axes()),
    "pandas_bar_of_periods": lambda: pd.Series([3, 1, 2], MONTHS.to_period("M")).plot.bar(ax=axes()),
    "pandas_area": lambda: pd.Series([3, 1, 2], MONTHS).plot.area(ax=axes()),
    "lineplot": lambda: sns.lineplot(x=MONTHS, y=[3, 1, 2], ax=axes()),
    "barplot": lambda: sns.barplot(x=MONTHS, y=[3, 1, 2], ax=axes()),
    "barplot_in_time": lambda: sns.barplot(x=MONTHS, y=[3, 1, 2], native_scale=True, ax=axes()),
    "objects_line": lambda: so.Plot(x=MONTHS, y=[3, 1, 2]).add(so.Line()),
}


@pytest.mark.parametrize("draw", DATES.values(), ids=DATES)
def test_dates_read_the_same_as_texts_values_or_periods(draw):
    assert read(draw()).table() == BY_MONTH


YEARS = {"2017": 7600.0, "2018": 19000.0}
BY_YEAR = {
    "texts": lambda: drawn("bar", ["2017", "2018"], [7600, 19000]),
    "numbers": lambda: drawn("bar", [2017, 2018], [7600, 19000]),
    "line_of_numbers": lambda: drawn("plot", [2017, 2018], [7600, 19000]),
    "dates": lambda: drawn("plot", pd.to_datetime(["2017-01-01", "2018-01-01"]), [7600, 19000]),
    "periods": lambda: pd.Series([7600, 19000], pd.period_range("2017", periods=2, freq="Y")).plot(ax=axes()),
    "barplot": lambda: sns.barplot(x=[2017, 2018], y=[7600, 19000], ax=axes()),
    "barplot_of_numbers": lambda: sns.barplot(x=[2017, 2018], y=[7600, 19000], native_scale=True, ax=axes()),
    "pandas_bar": lambda: pd.Series([7600, 19000], [2017, 2018]).plot.bar(ax=axes()),
    "pandas_line": lambda: pd.Series([7600, 19000], [2017, 2018]).plot(ax=axes()),
    "objects_bar": lambda: so.Plot(x=[2017, 2018], y=[7600, 19000]).add(so.Bar()),
}


@pytest.mark.parametrize("draw", BY_YEAR.values(), ids=BY_YEAR)
def test_years_read_the_same_as_texts_numbers_or_dates(draw):
    assert read(draw()).table() == YEARS


@pytest.mark.parametrize(
    "years", [[2017, 2018], pd.to_datetime(["2017-01-01", "2018-01-01"])], ids=["numbers", "dates"]
)
def test_bars_beside_each_other_stand_at_their_common_place(years):
    ax = axes()
    width = 0.4 if years[0] == 2017 else pd.Timedelta(days=100)
    for shift, name in [(-0.5, "made"), (0.5, "sold")]:
        ax.bar([year + shift * width for year in years], [7600, 19000], width=width, label=name)
    ax.legend()
    assert read(ax).table() == {"made": YEARS, "sold": YEARS}


# Gaps, errors, panels, twins


def test_missing_values_are_left_out():
    gap = [13725, math.nan, 153]
    without = {"cars": 13725, "buses": 153}
    assert read(drawn("bar", KINDS, gap)).table() == without
    assert read(drawn("plot", KINDS, gap, "o-")).table() == without
    assert read(drawn("scatter", KINDS, gap)).table() == without
    assert read(sns.barplot(x=KINDS, y=gap, ax=axes())).table() == without
    assert read(sns.heatmap(pd.DataFrame([gap], columns=KINDS), ax=axes())).table() == without


def test_zero_and_negative_values_are_kept():
    assert read(drawn("bar", KINDS, [-5, 0, 5])).table() == {"cars": -5, "trucks": 0, "buses": 5}
    assert read(so.Plot(x=KINDS, y=[-5, 1, 5]).add(so.Bars())).table() == {"cars": -5, "trucks": 1, "buses": 5}


SPREAD = pd.DataFrame({"year": ["2017"] * 3 + ["2018"] * 3, "vehicles": [5, 6, 7, 9, 10, 11]})
SPREADS = {
    "bar": lambda: drawn("bar", ["2017", "2018"], [6, 10], yerr=1),
    "barh": lambda: drawn("barh", ["2017", "2018"], [6, 10], xerr=1),
    "errorbar": lambda: drawn("errorbar", ["2017", "2018"], [6, 10], yerr=1, capsize=5),
    "barplot": lambda: sns.barplot(SPREAD, x="year", y="vehicles", errorbar=("pi", 100), ax=axes()),
    "barplot_capped": lambda: sns.barplot(SPREAD, x="year", y="vehicles", errorbar=("pi", 100), capsize=0.2, ax=axes()),
    "pointplot": lambda: sns.pointplot(SPREAD, x="year", y="vehicles", errorbar=("pi", 100), capsize=0.1, ax=axes()),
    "lineplot": lambda: sns.lineplot(SPREAD, x="year", y="vehicles", errorbar=("pi", 100), ax=axes()),
    "lineplot_with_bars": lambda: sns.lineplot(
        SPREAD, x="year", y="vehicles", errorbar=("pi", 100), err_style="bars", ax=axes()
    ),
    "objects": lambda: (
        so.Plot(SPREAD, x="year", y="vehicles").add(so.Bar(), so.Agg()).add(so.Range(), so.Est(errorbar=("pi", 100)))
    ),
}


@pytest.mark.parametrize("draw", SPREADS.values(), ids=SPREADS)
def test_error_bars_are_no_marks_but_belong_to_them(draw):
    reading = read(draw())
    assert reading.table() == {"2017": 6, "2018": 10}
    assert [mark.error for mark in reading.marks] == [(5, 7), (9, 11)]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: sns.catplot(LONG, x="kind", y="vehicles", col="year", kind="bar"),
        lambda: sns.relplot(LONG, x="kind", y="vehicles", row="year", kind="line").figure,
        lambda: so.Plot(LONG, x="kind", y="vehicles").facet("year").add(so.Bar()),
        lambda: WIDE.plot.bar(subplots=True, legend=False),
    ],
    ids=["catplot", "relplot", "objects", "pandas"],
)
def test_panels_are_read_one_by_one(draw):
    readings = read_all(draw())
    assert [reading.table() for reading in readings] == list(TWO.values())


def test_panels_share_the_outer_labels():
    left, right = plt.subplots(1, 2, sharey=True)[1]
    left.bar(["2017"], [75])
    right.bar(["2018"], [120])
    left.set_ylabel("KZT billion")
    assert [reading.table() for reading in read_all(left.figure)] == [{"2017": 75e9}, {"2018": 120e9}]
    with pytest.raises(Unreadable, match="2 panels"):
        read(left.figure)
    assert read(right).table() == {"2018": 120e9}


def test_second_value_axis():
    ax = bar_of([8765, 14660], ylabel="Vehicles")
    other = ax.twinx()
    other.plot(["2017", "2018"], [64.5, 88.3], color="red")
    other.set_ylabel("KZT billion")
    reading = read(ax)
    assert reading.table() == {"2017": 8765, "2018": 14660}
    assert reading.twin.table() == {"2017": 64.5e9, "2018": 88.3e9}
    assert len(read_all(ax.figure)) == 1


def test_second_axis_of_a_rule_alone():
    ax = bar_of([1, 2])
    other = ax.twinx()
    other.axhline(30)
    other.set_ylabel("%")
    twin = read(ax).twin
    assert (twin.marks, twin.value_axis.unit) == ((), "%")


def test_second_axis_that_only_converts():
    ax = bar_of([8.43, 9], ylabel="million KZT")
    ax.secondary_yaxis("right", functions=(lambda x: x / 0.3447, lambda x: x * 0.3447)).set_ylabel("thousand USD")
    twin = read(ax).twin
    assert twin.marks == ()
    assert (twin.value_axis.unit, twin.value_axis.factor) == ("USD", 1000)


# What stands around


def test_words_around_the_plot():
    ax = bar_of(SHORT, title="Output rose", ylabel="KZT billion", xlabel="year\nSource: Kazinform")
    ax.figure.suptitle("Cars")
    ax.text(0, 80, "a note")
    ax.figure.text(0, 0, "computed by us")
    set_alt_text(ax, "Bars: 75 in 2017, 120 in 2018.")
    reading = read(ax)
    assert reading.title == "Cars Output rose"
    assert reading.source == "Source: Kazinform"
    assert reading.annotations == ("a note", "computed by us")
    assert reading.alt == "Bars: 75 in 2017, 120 in 2018."
    assert reading.value_axis.ticks == ("0", "20", "40", "60", "80", "100", "120")


def test_numbers_written_at_the_bars():
    ax = bar_of([75, 150])
    ax.bar_label(ax.containers[0], ["75", "120"])
    assert [mark.label for mark in read(ax).marks] == ["75", "120"]


def test_colours_are_those_seen():
    ax = bar_of(SHORT)
    for bar in ax.patches:
        bar.set(color="black", alpha=0.5)
    assert {mark.colour for mark in read(ax).marks} == {(0.5, 0.5, 0.5, 1.0)}


def test_outline_of_a_pale_bar():
    ax = axes()
    ax.bar(["2017"], [1], color="white", edgecolor="black")
    ax.bar(["2018"], [1], color="blue")
    assert [mark.edge for mark in read(ax).marks] == [(0, 0, 0, 1), None]


def test_lengths_are_those_drawn_within_the_axes():
    whole, cut = bar_of(SHORT), bar_of(SHORT)
    whole.set_ylim(0, 150)
    cut.set_ylim(60, 135)
    short, tall = (mark.length for mark in read(whole).marks)
    assert tall / short == pytest.approx(120 / 75, rel=1e-3)
    short, tall = (mark.length for mark in read(cut).marks)
    assert tall / short == pytest.approx(60 / 15, rel=1e-3)


def test_reading_leaves_the_chart_as_it_is():
    ax = bar_of(SHORT)
    canvas, figures, text = ax.figure.canvas, plt.get_fignums(), repr(ax.figure.get_children())
    first = read(ax)
    assert (ax.figure.canvas, plt.get_fignums(), repr(ax.figure.get_children())) == (canvas, figures, text)
    assert read(ax) == first


def test_reading_opens_no_figure():
    read(so.Plot(TABLE, x="kind", y="vehicles").add(so.Bar()))
    assert plt.get_fignums() == []


# What cannot be read


def bars_twice():
    ax = drawn("bar", KINDS, NUMBERS)
    ax.bar(KINDS, [1, 2, 3])
    return ax


SAMPLE = pd.DataFrame({"kind": ["cars", "trucks"] * 150, "value": np.random.default_rng(1).normal(100, 10, 300)})


def lines_without_names():
    ax = drawn("plot", KINDS, NUMBERS)
    ax.plot(KINDS, [1, 2, 3])
    return ax


def bar_without_label():
    ax = drawn("bar", [0, 1, 2, 3], [1, 2, 3, 4])
    ax.set_xticks([0, 1], ["cars", "buses"])
    return ax


def taken_off():
    ax = axes()
    ax.bar(KINDS, NUMBERS)
    ax.remove()
    return ax


UNREADABLE = {
    "nothing": (lambda: None, "None"),
    "number": (lambda: 42, "type int"),
    "empty_axes": (axes, "nothing in this chart"),
    "empty_figure": (plt.figure, "figure is empty"),
    "rules_only": (lambda: drawn("axhline", 3), "can be read as a value"),
    "three_dimensions": (lambda: plt.figure().add_subplot(projection="3d"), "three dimensions"),
    "polar": (lambda: plt.figure().add_subplot(projection="polar"), "polar axes"),
    "pie": (lambda: drawn("pie", NUMBERS, labels=KINDS), "pie chart"),
    "photograph": (lambda: drawn("imshow", np.eye(100)), "image"),
    "boxplot": (lambda: drawn("boxplot", [[1, 2, 3]]), "how values spread"),
    "boxplot_filled": (lambda: drawn("boxplot", [[1, 2, 3]], patch_artist=True), "how values spread"),
    "boxplot_of_seaborn": (lambda: sns.boxplot(SAMPLE, x="kind", y="value"), "how values spread"),
    "boxplot_of_pandas": (lambda: SAMPLE[["value"]].plot.box(), "how values spread"),
    "violins": (lambda: drawn("violinplot", [SAMPLE["value"]]), "how values spread"),
    "violins_of_seaborn": (lambda: sns.violinplot(SAMPLE, x="kind", y="value"), "how values spread"),
    "letter_values": (lambda: sns.boxenplot(SAMPLE, x="kind", y="value"), "how values spread"),
    "outline": (lambda: drawn("fill", [0, 1, 3], [5, 9, 2], fill=False), "outline"),
    "two_bars_at_one_place": (bars_twice, "Two values stand at cars"),
    "bar_without_label": (bar_without_label, "No tick label"),
    "numbers_as_texts": (lambda: drawn("bar", KINDS, ["13725", "486", "153"]), "texts and no numbers"),
    "hexagons": (lambda: drawn("hexbin", [1, 2, 3], [1, 2, 3]), "can be read as a value"),
    "taken_off": (taken_off, "taken off"),
}


@pytest.mark.parametrize(("draw", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_says_why_in_one_sentence(draw, reason):
    with pytest.raises(Unreadable, match=f"(?i){reason}") as told:
        read(draw())
    assert str(told.value).endswith(".")
    assert ". " not in str(told.value)


@pytest.mark.parametrize("kind", ["pie", "boxplot", "violins"])
def test_a_kind_that_is_not_read_says_that_nothing_of_it_is_judged_and_what_to_draw(kind):
    with pytest.raises(Unreadable, match="nothing of it is judged, not its words either: draw bars"):
        read(UNREADABLE[kind][0]())


class TallBar(Rectangle):
    """Draws another height than it says it has."""

    def get_height(self):
        return 2 * super().get_height()


class OtherLine(Line2D):
    """Draws other values than it says it has."""

    def get_ydata(self, orig=True):
        return 2 * super().get_ydata(orig)


def bars_changed(**changes):
    ax = drawn("bar", KINDS, NUMBERS)
    ax.patches[0].set(**changes)
    return ax


def bar_whose_method_is_replaced():
    ax = drawn("bar", KINDS, NUMBERS)
    ax.patches[0].get_height = lambda: 99999.0
    return ax


def bar_of_a_class_of_its_own():
    ax = drawn("bar", KINDS, NUMBERS)
    ax.patches[0].__class__ = TallBar
    return ax


def bar_drawn_through_another_transform():
    ax = drawn("bar", KINDS, NUMBERS)
    ax.patches[0].set_transform(Affine2D().scale(1, 0.5) + ax.transData)
    return ax


def line_of_a_class_of_its_own():
    ax = drawn("plot", [1, 2, 3], NUMBERS)
    ax.lines[0].__class__ = OtherLine
    return ax


def points_drawn_through_another_transform():
    ax = drawn("scatter", [1, 2, 3], NUMBERS)
    ax.collections[0].set_offset_transform(Affine2D().scale(1, 0.5) + ax.transData)
    return ax


@pytest.mark.parametrize(
    "draw",
    [
        bar_whose_method_is_replaced,
        bar_of_a_class_of_its_own,
        bar_drawn_through_another_transform,
        lambda: bars_changed(angle=180),
        line_of_a_class_of_its_own,
        points_drawn_through_another_transform,
    ],
)
def test_what_draws_something_else_than_it_says_is_not_read(draw):
    with pytest.raises(Unreadable, match="says one thing and draws another"):
        read(draw())


def with_axline():
    ax = drawn("scatter", [1, 2, 3], NUMBERS)
    ax.axline((1, 0), slope=5000)
    return ax


def in_view_of_a_few():
    ax = drawn("plot", range(5000), range(5000))
    ax.set_xlim(1000, 1010)
    return ax


def as_a_comic(draw, *data, **options):
    with plt.xkcd():
        return drawn(draw, *data, **options)


@pytest.mark.parametrize(
    ("draw", "values"),
    [
        (lambda: bars_changed(path_effects=[SimplePatchShadow((20, -20)), Normal()]), NUMBERS),
        (lambda: drawn("bar", KINDS, NUMBERS, log=True), NUMBERS),
        (lambda: as_a_comic("bar", KINDS, NUMBERS), NUMBERS),
        (lambda: as_a_comic("plot", KINDS, NUMBERS, marker="o", linestyle="", markersize=30), NUMBERS),
        (lambda: as_a_comic("scatter", KINDS, NUMBERS, s=2000), NUMBERS),
        (lambda: drawn("step", [1, 2, 3], NUMBERS, where="mid"), NUMBERS),
        (lambda: drawn("loglog", [1, 2, 3], NUMBERS), NUMBERS),
        (lambda: drawn("plot", [1, 2, 3], [1, math.nan, 3]), [1, 3]),
        (with_axline, NUMBERS),
        (in_view_of_a_few, [*range(5000)]),
    ],
)
def test_what_is_drawn_as_it_says_is_read(draw, values):
    assert [mark.value for mark in read(draw()).marks] == values


def test_a_table_has_room_for_one_value():
    reading = read(drawn("scatter", [1, 1, 2], [5, 6, 7]))
    assert len(reading.marks) == 3
    with pytest.raises(Unreadable, match="2 values at 1"):
        reading.table()


# The plain-text twin


def test_description():
    ax = bar_of([7600, 19000], title="Vehicles made", ylabel="thousand\nvehicles")
    ax.text(0, 5, "from the article")
    assert describe(ax).splitlines() == [
        "Title: Vehicles made",
        "Axes: x no label: 2017, 2018; y thousand vehicles, from 0 to 19950",
        "Bars: 2017 = 7600; 2018 = 19000",
        "Note: from the article",
    ]


def test_description_of_a_chart_that_cannot_be_read():
    assert describe(axes()).startswith("Not described: There is nothing in this chart: it is drawn on other")


@pytest.mark.parametrize(
    "draw", [*ONE_SERIES.values(), *TWO_SERIES.values()], ids=[*ONE_SERIES, *(f"two_{n}" for n in TWO_SERIES)]
)
def test_every_chart_is_described(draw):
    chart = draw()
    text = describe(chart)
    assert "13725" in text and text == describe(chart)


# Panels

READ_TWICE = pd.DataFrame(
    {
        "reading": ["as much"] * 2 + ["on top"] * 2,
        "year": ["2017", "2018"] * 2,
        "kind": ["cars", "cars", "trucks", "trucks"],
        "value": [75.0, 120.0, 46.0, 120.0],
    }
)


def panel_names(chart):
    return [reading.panel for reading in read_all(chart)]


def test_a_panel_is_named_by_its_title_and_by_those_of_its_column_and_row():
    options = {"data": READ_TWICE.assign(kind="cars"), "x": "year", "y": "value", "kind": "bar"}
    assert panel_names(sns.catplot(**options, col="reading")) == ["reading = as much", "reading = on top"]
    in_margins = sns.catplot(
        **{**options, "data": pd.concat([options["data"], options["data"].assign(kind="trucks")])},
        col="reading",
        row="kind",
        margin_titles=True,
    )
    assert panel_names(in_margins) == [
        f"reading = {reading} | kind = {kind}" for kind in ("cars", "trucks") for reading in ("as much", "on top")
    ]
    facets = so.Plot(READ_TWICE, x="year", y="value").facet("reading").add(so.Bar())
    assert panel_names(facets) == ["as much", "on top"]


def test_a_panel_without_a_label_of_its_own_has_that_of_its_row():
    grid = sns.catplot(READ_TWICE, x="year", y="value", col="reading", kind="bar", sharey=False)
    grid.set_axis_labels("", "billion KZT")
    assert [reading.value_axis.unit for reading in read_all(grid)] == ["KZT", "KZT"]


def test_panels_that_stand_beside_each_other_by_chance_lend_no_labels():
    left, right = plt.subplots(1, 2)[1]
    left.bar(KINDS, NUMBERS)
    left.set_ylabel("vehicles")
    right.bar(KINDS, NUMBERS)
    assert read(right).value_axis.label == ""


def test_an_alt_text_is_kept_for_whatever_holds_the_chart():
    plot = so.Plot(TABLE, x="kind", y="vehicles").add(so.Bar())
    left, right = plt.subplots(1, 2)[1]
    for chart in (plot, plt.figure(), left, [left, right], sns.FacetGrid(TABLE, col="kind")):
        assert set_alt_text(chart, "Vehicles by kind.") is chart
    assert read(plot).alt == "Vehicles by kind."
    with pytest.raises(Unreadable, match="not a chart"):
        set_alt_text(None, "Vehicles by kind.")


# What no legend names


def test_series_that_only_colour_tells_apart_are_numbered():
    left_and_right = axes()
    left_and_right.bar([-0.2, 0.8, 1.8], NUMBERS, 0.4)
    left_and_right.bar([0.2, 1.2, 2.2], NUMBERS[::-1], 0.4)
    left_and_right.set_xticks([0, 1, 2], KINDS)
    for chart in (lines_without_names(), left_and_right):
        assert read(chart).series == ("series 1", "series 2")


def test_two_bars_at_one_category_are_two_series():
    ax = WIDE.loc[["cars"]].rename(columns=lambda year: f"{year}, vehicles").plot.bar()
    assert read(ax).table() == {"2017, vehicles": {"cars": 7780}, "2018, vehicles": {"cars": 13725}}


# Ranges, histograms and heatmaps

RANGES = {
    "barh": lambda: drawn("barh", ["a", "b"], [7, 4], left=[70, 44]),
    "errorbar": lambda: drawn("errorbar", [73.5, 46], ["a", "b"], xerr=[3.5, 2], fmt="o"),
    "hlines": lambda: drawn("hlines", ["a", "b"], [70, 44], [77, 48]),
    "objects": lambda: (
        so.Plot(pd.DataFrame({"y": ["a", "b"], "low": [70, 44], "high": [77, 48]}), y="y", xmin="low", xmax="high")
        .add(so.Range())
        .on(Figure())
        .plot()
        ._figure
    ),
}


@pytest.mark.parametrize("draw", RANGES.values(), ids=RANGES)
def test_a_range_has_a_low_and_a_high_end(draw):
    marks = read(draw()).marks
    ends = {mark.category: mark.error or (mark.base, mark.end) for mark in marks}
    assert ends == {"a": (70, 77), "b": (44, 48)}


DRAWS = np.random.default_rng(2).normal(116, 2, 200)
HISTOGRAMS = {
    "hist": lambda: drawn("hist", DRAWS, bins=8, label="draws"),
    "step": lambda: drawn("hist", DRAWS, bins=8, histtype="step"),
    "stepfilled": lambda: drawn("hist", DRAWS, bins=8, histtype="stepfilled"),
    "stairs": lambda: drawn("stairs", *np.histogram(DRAWS, 8)),
    "pandas": lambda: pd.Series(DRAWS, name="draws").plot.hist(bins=8),
    "histplot": lambda: sns.histplot(x=DRAWS, bins=8, kde=True),
    "histplot_of_steps": lambda: sns.histplot(x=DRAWS, bins=8, element="step"),
    "objects": lambda: so.Plot(x=DRAWS).add(so.Bars(), so.Hist(bins=8)).on(axes()).plot()._figure,
}


@pytest.mark.parametrize("draw", HISTOGRAMS.values(), ids=HISTOGRAMS)
def test_a_histogram_has_a_count_for_each_bin(draw):
    counts, edges = np.histogram(DRAWS, 8)
    table = read(draw()).table()
    assert [float(place) for place in table] == pytest.approx((edges[1:] + edges[:-1]) / 2)
    assert list(table.values()) == list(counts)


def test_a_heatmap_whose_colours_come_in_steps_is_read():
    steps = mpl.colors.BoundaryNorm([0, 300, 1000, 20000], 3)
    ax = drawn("imshow", WIDE.to_numpy(), norm=steps, cmap=mpl.colors.ListedColormap(["navy", "white", "maroon"]))
    ax.set_xticks([0, 1], WIDE.columns)
    ax.set_yticks([0, 1, 2], WIDE.index)
    reading = read(ax)
    assert reading.table() == WIDE.T.to_dict()
    assert 300 < reading.palest < 1000


def test_an_image_of_a_small_table_is_a_heatmap():
    for origin in ("upper", "lower"):
        ax = drawn("imshow", WIDE.to_numpy(), origin=origin)
        ax.set_xticks([0, 1], WIDE.columns)
        ax.set_yticks([0, 1, 2], WIDE.index)
        assert read(ax).table() == WIDE.T.to_dict()


def test_months_written_at_some_dates_name_all_others():
    dates = [datetime.date(2022, month, 1) for month in range(1, 13)]
    ax = plt.subplots()[1]
    ax.plot(dates, range(12))
    ax.set_xticks(dates[::3], [date.strftime("%b\n%Y") for date in dates[::3]])
    assert [str(category) for category in read(ax).categories] == [f"2022-{month:02}" for month in range(1, 13)]
