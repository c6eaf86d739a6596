"""Habits of newsrooms and libraries that are easily read wrongly: each on the smallest chart that has it."""

import pandas as pd
import pytest
import seaborn as sns

from secondcar.charts.honesty import find_faults
from secondcar.charts.reading import Unreadable, read
from tests.support.new_axes import axes

ABOUT_WORDS = {"source", "alt-text"}


def bars(values, labels, unit, names=None):
    ax = axes(ylabel=unit)
    ax.bar_label(ax.bar(names or [str(2016 + place) for place in range(len(values))], values), labels=labels)
    return ax


def rules_of(ax):
    return {finding.rule for finding in find_faults(read(ax))} - ABOUT_WORDS


# Units


@pytest.mark.parametrize(
    ("values", "labels", "label", "unit"),
    [
        ([60, 75, 120], ["+10%", "+25%", "+60%"], "Value of output, KZT bn", "KZT"),
        ([75, 120], ["", "+60%"], "Value of output, KZT bn", "KZT"),
        ([13725, 486, 153], ["95.6%", "3.4%", "1.1%"], "Vehicles made", "vehicles"),
        ([44, 56], ["44 %", "56 %"], "Answers", "answers"),
    ],
)
def test_the_axis_names_the_unit_before_the_labels_of_bars(values, labels, label, unit):
    ax = bars(values, labels, label)
    assert read(ax).value_axis.unit == unit
    assert rules_of(ax) == set()


def test_the_labels_name_the_unit_where_the_axis_does_not():
    assert read(bars([44, 56], ["44 %", "56 %"], "")).value_axis.unit == "%"


@pytest.mark.parametrize(
    ("label", "write", "value"),
    [
        ("CO2 emissions (million tonnes)", "{:.0f}k", 37_000e6),
        ("CO2 emissions (tonnes)", "{:.0f}k", 37_000),
        ("Value, KZT bn", "{:.0f} bn", 37e9),
        ("Value, KZT", "{:.0f} bn", 37e9),
    ],
)
def test_the_suffix_of_a_tick_and_the_factor_of_the_label_go_together(label, write, value):
    ax = axes(ylabel=label)
    ax.bar(["1900", "2023"], [1.9, 37])
    ax.yaxis.set_major_formatter(lambda place, _: write.format(place))
    assert read(ax).marks[1].value == pytest.approx(value)


# Names


def test_a_number_at_a_line_is_no_part_of_its_name():
    ax = axes(ylabel="vehicles")
    for name, values in {"Asia Auto": (8573, 9999), "Saryarka": (5297, 9290)}.items():
        ax.plot(["2018", "2019"], values)
        ax.text(0, values[0], f"{name} {values[0]:,}", ha="right")
    assert read(ax).series == ("Asia Auto", "Saryarka")


def test_a_hue_of_years_is_a_series_each():
    table = pd.DataFrame({"x": [1, 2, 1, 2], "y": [1, 2, 3, 4], "year": [2017, 2017, 2018, 2018]})
    assert read(sns.scatterplot(table, x="x", y="y", hue="year", ax=axes(ylabel="cars"))).series == ("2017", "2018")


def test_grey_lines_without_names_are_context_and_said_to_be_left_out():
    ax = axes(ylabel="%")
    for shift in range(5):
        ax.plot([1, 2, 3], [shift, shift + 1, shift], color="#cccccc")
    ax.plot([1, 2, 3], [0.5, 0.6, 0.7], color="red", label="San Francisco")
    ax.legend()
    reading = read(ax)
    assert reading.series == ("San Francisco",)
    assert reading.dropped == ("5 lines without a name are left out",)
    assert rules_of(ax) == set()


def test_a_histogram_that_lies_is_as_honest_as_one_that_stands():
    ax = axes(xlabel="number of trips", ylabel="minutes")
    ax.hist([1, 2, 2, 3, 3, 3, 4], bins=4, orientation="horizontal")
    reading = read(ax)
    assert reading.horizontal
    assert [part.mark for part in reading.parts] == ["histogram"]
    assert rules_of(ax) == set()


# Shapes


def test_the_steps_of_a_waterfall_may_float():
    ax = axes(ylabel="million tenge")
    ax.bar(["2017", "wages", "fuel", "2018"], [100, 8, -5, 103], bottom=[0, 100, 108, 0])
    assert rules_of(ax) == set()


def test_bars_that_float_without_a_chain_are_still_found():
    ax = axes(ylabel="million tenge")
    ax.bar(["2017", "2018", "2019"], [100, 8, 30], bottom=[0, 40, 10])
    assert "zero-base" in rules_of(ax)


# Colours


@pytest.mark.parametrize("colour", ["darkorange", (0.5, 0.5, 0.5, 0.6)])
def test_the_usual_colours_of_points_and_lines_stand_out(colour):
    ax = axes(ylabel="cars")
    ax.plot(["2017", "2018", "2019"], [1, 3, 2], color=colour)
    assert rules_of(ax) == set()


def test_the_deep_palette_of_three_series_is_told_apart():
    table = pd.DataFrame({"year": ["2017", "2018"] * 3, "kind": list("aabbcc"), "cars": [1, 2, 3, 4, 5, 6]})
    ax = sns.barplot(table, x="year", y="cars", hue="kind", palette="deep", saturation=1, ax=axes())
    assert rules_of(ax) == set()


# Titles


@pytest.mark.parametrize(
    "title",
    ["Most cars come from Almaty", "Half of the cars had been sold by then", "Above all, Almaty", "Almaty most cars"],
)
def test_a_title_that_may_be_true_is_not_denied(title):
    ax = bars([44, 30, 26, 10], ["", "", "", ""], "cars", ["Almaty", "Astana", "Aktobe", "Oral"])
    ax.set_title(title)
    assert "title-truth" not in rules_of(ax)


# Names that only some marks have


def test_a_title_above_the_plot_names_no_line():
    ax = axes(ylabel="%")
    ax.plot([2016, 2017, 2018], [1, 2, 3], color="black")
    ax.plot([2016, 2017, 2018], [3, 2, 2], color="C1")
    ax.text(2016, 3.3, "The gap is closing", color="black", fontsize=16)
    ax.text(2018, 3, "Lada", color="black")
    ax.text(2018, 2, "Toyota", color="C1")
    assert read(ax).series == ("Lada", "Toyota")


@pytest.mark.parametrize(
    ("count", "ticks", "labels", "names"),
    [
        (12, [0, 5, 11], ["Jan", "Jun", "Dec"], ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"]),
        (11, [0, 5, 10], ["2010", "2015", "2020"], ["2010", "2011", "2012", "2013"]),
        (13, [0, 12], ["Jan 2017", "Jan 2018"], ["2017-01", "2017-02"]),
        (24, [0, 3, 6, 9], ["0:00", "3:00", "6:00", "9:00"], ["0:00", "1:00", "2:00"]),
        (12, range(12), "JFMAMJJASOND", ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"]),
    ],
)
def test_periods_between_labelled_ones_are_known(count, ticks, labels, names):
    ax = axes(ylabel="cars")
    ax.plot(range(count), range(count))
    ax.set_xticks(ticks, list(labels))
    assert list(read(ax).categories[: len(names)]) == names


def test_quarters_belong_to_the_year_that_is_written_at_some_of_them():
    ax = axes(ylabel="cars")
    ax.bar(range(6), range(1, 7))
    ax.set_xticks(range(6), ["Q4", "Q1\n2022", "Q2", "Q3", "Q4", "Q1"])
    assert read(ax).categories == ("Q4 2021", "Q1 2022", "Q2 2022", "Q3 2022", "Q4 2022", "Q1 2023")


def test_points_have_the_names_that_stand_at_them():
    ax = axes(xlabel="patients per doctor", ylabel="satisfied (%)")
    ax.scatter([10, 20, 30], [90, 70, 50])
    for name, place in {"Alm": (10, 90), "Brova": (20, 70)}.items():
        ax.annotate(name, place, xytext=(4, 4), textcoords="offset points")
    assert [mark.label for mark in read(ax).marks] == ["Alm", "Brova", ""]


def test_marks_between_other_labels_are_asked_for():
    ax = axes(ylabel="cars")
    ax.bar(range(3), [1, 2, 3], width=0.3)
    ax.set_xticks([0, 2], ["Almaty", "Astana"])
    with pytest.raises(Unreadable, match="give every mark its label"):
        read(ax)


def test_slopes_have_the_names_that_stand_at_their_ends():
    ax = axes(ylabel="visitors", xlim=(-0.3, 1.8))
    for name, (before, after) in {"Maritime": (182, 205), "Railway": (97, 131), "Toy": (64, 20)}.items():
        ax.plot([0, 1], [before, after], color="red" if after < before else "blue")
        ax.text(1.03, after, f"{name} Museum of Kelmark {after}", va="center")
    ax.set_xticks([0, 1], ["2023", "2024"])
    assert read(ax).series == tuple(f"{name} Museum of Kelmark" for name in ("Maritime", "Railway", "Toy"))


def test_labels_on_the_other_side_of_lying_bars_are_no_second_scale():
    ax = axes(xlabel="Percentile (%)")
    ax.barh(["Push Ups", "Agility"], [37, 95])
    other = ax.twinx()
    other.set_ylim(ax.get_ylim())
    other.set_yticks([0, 1], ["7 laps", "48 sec"])
    assert read(ax).twin is None
    assert rules_of(ax) == set()


def test_labels_rounded_to_tens_are_no_lie():
    assert rules_of(bars([124, 116], ["120", "120"], "cars")) == set()
    assert "lie-factor" in rules_of(bars([124, 60], ["120", "120"], "cars"))


@pytest.mark.parametrize("last", ["2019", "2019 (plan)"])
def test_a_year_beyond_the_view_keeps_its_own_name(last):
    ax = bars([5, 7, 20], ["", "", ""], "cars", names=["2013", "2015", last])
    ax.set_xlim(-0.5, 1.5)
    assert [mark.category for mark in read(ax).marks] == ["2013", "2015", last]
