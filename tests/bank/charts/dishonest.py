"""Dishonest drawings: each names the honesty rules that must fire on it, mild and gross, alone and together."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
import seaborn.objects as so
from matplotlib.patches import Circle

from tests.bank.charts.entries import Draw, Entry
from tests.bank.charts.facts import (
    AKAB,
    GRADES,
    HALF_YEAR,
    INFLATION,
    KINDS,
    MONTHLY,
    PER_VEHICLE,
    PLANTS,
    PRICES,
    RATES,
    READINGS,
    SALES,
    SHARE,
    TARGET,
    VALUE,
    YEARLY,
)
from tests.bank.charts.finishing import drawn_on, finish, finish_panels, new_axes

DISHONEST: dict[str, Entry] = {}


def dishonest(*rules: str) -> Callable[[Draw], Draw]:
    """Put a drawing into the bank under its function's name, with the rules that must fire on it."""

    def keep(draw: Draw) -> Draw:
        DISHONEST[draw.__name__] = Entry(draw.__name__, draw, rules)
        return draw

    return keep


def bars_of(fact, ax=None, **options):
    """Draw the first text column of a fact against its first number column, as plain bars."""
    names, numbers = fact.data.columns[:2]
    return (ax or new_axes()).bar(fact.data[names], fact.data[numbers], **options)


# zero-base: a bar is read by its length, so it starts at zero.
# A cut that changes the effect by more than 5 % is a wrong lie factor too.


@dishonest("zero-base", "lie-factor")
def bar_from_70():
    ax = new_axes()
    bars_of(VALUE, ax)
    ax.set_ylim(70, 125)
    return finish(ax, VALUE)


@dishonest("zero-base")
def bar_from_2():
    ax = new_axes()
    bars_of(VALUE, ax)
    ax.set_ylim(bottom=2)
    return finish(ax, VALUE)


@dishonest("zero-base", "lie-factor")
def barh_from_50():
    ax = new_axes()
    ax.barh(VALUE.data["period"], VALUE.data["billion"])
    ax.set_xlim(50, 125)
    return finish(ax, VALUE, across=True)


@dishonest("zero-base")
def pandas_barh_from_300():
    ax = HALF_YEAR.data.plot.barh(x="period", y="vehicles", ax=new_axes(), legend=False, xlim=(300, 15_500))
    return finish(ax, HALF_YEAR, across=True)


@dishonest("zero-base", "lie-factor")
def pandas_bar_from_30():
    ax = SHARE.data.plot.bar(x="period", y="percent", ax=new_axes(), legend=False, ylim=(30, 52))
    return finish(ax, SHARE)


@dishonest("zero-base", "lie-factor")
def pandas_stacked_bar_cut():
    ax = SALES.data.plot.bar(stacked=True, ax=new_axes(), rot=0)
    ax.set_ylim(3_000, 32_000)
    return finish(ax, SALES)


@dishonest("zero-base", "lie-factor")
def sns_barplot_from_60():
    ax = sns.barplot(VALUE.data, x="period", y="billion", ax=new_axes())
    ax.set_ylim(60, None)
    return finish(ax, VALUE)


@dishonest("zero-base", "lie-factor")
def sns_grouped_bars_cut():
    ax = sns.barplot(PLANTS.data, x="plant", y="vehicles", hue="period", ax=new_axes())
    ax.set(ylim=(5_000, 13_000))
    return finish(ax, PLANTS)


@dishonest("zero-base", "lie-factor")
def sns_countplot_cut():
    ax = sns.countplot(GRADES.data, x="grade", ax=new_axes())
    ax.set_ylim(4, 180)
    return finish(ax, GRADES)


@dishonest("zero-base", "lie-factor")
def sns_catplot_cut():
    grid = sns.catplot(READINGS.data, x="period", y="billion", col="reading", kind="bar", height=3.2)
    grid.set(ylim=(40, 125))
    grid.set_titles("{col_name}")
    finish_panels(grid.figure, grid.axes.flat, READINGS)
    return grid


@dishonest("zero-base", "lie-factor")
def objects_bar_cut():
    plot = so.Plot(VALUE.data, x="period", y="billion").add(so.Bar()).limit(y=(60, 125))
    return finish(drawn_on(new_axes(), plot), VALUE)


@dishonest("zero-base", "lie-factor")
def panels_of_a_broken_axis():
    figure, axes = plt.subplots(2, 1, sharex=True, figsize=(6, 5))
    for ax in axes:
        bars_of(KINDS, ax)
    axes[0].set_ylim(13_000, 14_000)
    axes[1].set_ylim(0, 600)
    return finish_panels(figure, axes, KINDS)


@dishonest("zero-base", "lie-factor")
def bar_on_a_log_axis():
    ax = new_axes()
    bars_of(KINDS, ax)
    ax.set_yscale("log")
    return finish(ax, KINDS, unit="Vehicles made (log scale)")


@dishonest("zero-base")
def bar_upside_down():
    ax = new_axes()
    bars_of(HALF_YEAR, ax)
    ax.invert_yaxis()
    return finish(ax, HALF_YEAR)


@dishonest("zero-base", "lie-factor")
def bar_floating():
    ax = new_axes()
    ax.bar(VALUE.data["period"], VALUE.data["billion"] - 40, bottom=40)
    ax.set_ylim(0, 125)
    return finish(ax, VALUE)


@dishonest("zero-base")
def pandas_area_from_15000():
    ax = YEARLY.data.plot.area(x="year", y="vehicles", ax=new_axes(), legend=False, xticks=YEARLY.data["year"])
    ax.set_ylim(15_000, 100_000)
    return finish(ax, YEARLY)


# lie-factor: bars from zero that are not as long as what they say

VALUE_WITHOUT_FIGURES = {
    "title": 'Value of the cars made, "times more" read as "as much"',
    "alt": "Value of car output in January to August: higher in 2018 than in 2017.",
}


@dishonest("lie-factor")
def bar_longer_than_its_number():
    ax = new_axes()
    bars = ax.bar(["Jan-Aug 2017", "Jan-Aug 2018"], [75, 150])
    ax.bar_label(bars, ["75", "120"])
    return finish(ax, VALUE, **VALUE_WITHOUT_FIGURES)


@dishonest("lie-factor")
def barh_a_little_longer_than_its_number():
    ax = new_axes()
    bars = ax.barh(["Jan-Aug 2017", "Jan-Aug 2018"], [75, 130])
    ax.bar_label(bars, ["75", "120"])
    return finish(ax, VALUE, across=True, **VALUE_WITHOUT_FIGURES)


@dishonest("lie-factor")
def bar_cut_off_at_the_top():
    ax = new_axes()
    bars = bars_of(VALUE, ax)
    ax.set_ylim(0, 90)
    ax.bar_label(bars, ["75", "120"], label_type="center")
    return finish(ax, VALUE)


@dishonest("lie-factor")
def sns_barplot_on_a_squared_axis():
    ax = sns.barplot(HALF_YEAR.data, x="period", y="vehicles", ax=new_axes())
    ax.set_yscale("function", functions=(np.square, np.sqrt))
    return finish(ax, HALF_YEAR)


@dishonest("lie-factor")
def pandas_bar_on_a_root_axis():
    ax = KINDS.data.plot.bar(x="kind", y="vehicles", ax=new_axes(), legend=False)
    ax.set_yscale("function", functions=(np.sqrt, np.square))
    return finish(ax, KINDS)


@dishonest("lie-factor")
def panels_on_two_scales():
    grid = sns.catplot(PLANTS.data, x="period", y="vehicles", col="plant", kind="bar", sharey=False, height=3.2)
    grid.axes.flat[1].set_ylim(0, 10_000)
    grid.axes.flat[0].set_ylim(0, 20_000)
    grid.set_titles("{col_name}")
    finish_panels(grid.figure, grid.axes.flat, PLANTS)
    return grid


@dishonest("lie-factor")
def sns_relplot_with_scales_of_their_own():
    grid = sns.relplot(
        PLANTS.data, x="period", y="vehicles", col="plant", kind="line", facet_kws={"sharey": False}, height=3.2
    )
    grid.set_titles("{col_name}")
    return finish_panels(grid.figure, grid.axes.flat, PLANTS)


@dishonest("lie-factor")
def bar_beside_false_ticks():
    ax = new_axes()
    ax.bar(["Jan-Aug 2017", "Jan-Aug 2018"], [75, 150])
    ax.set_yticks([0, 75, 150], ["0", "75", "120"])
    return finish(ax, VALUE, **VALUE_WITHOUT_FIGURES)


# area: a mark that grows both ways grows twice


@dishonest("area")
def bar_as_wide_as_tall():
    ax = new_axes()
    bars_of(VALUE, ax, width=[0.5, 0.8])
    return finish(ax, VALUE)


@dishonest("area")
def barh_a_little_thicker():
    ax = new_axes()
    ax.barh(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"], height=[0.6, 0.75])
    return finish(ax, HALF_YEAR, across=True)


@dishonest("area")
def pandas_bar_widened():
    ax = HALF_YEAR.data.plot.bar(x="period", y="vehicles", ax=new_axes(), legend=False, rot=0)
    ax.patches[1].set_x(0.6)
    ax.patches[1].set_width(0.8)
    return finish(ax, HALF_YEAR)


@dishonest("area")
def sns_barplot_with_one_wide_bar():
    ax = sns.barplot(PRICES.data, x="band", y="cars", color="C0", ax=new_axes())
    ax.patches[2].set_width(1.1)
    return finish(ax, PRICES)


@dishonest("area")
def bubbles_by_diameter():
    ax = new_axes()
    ax.scatter(YEARLY.data["year"], YEARLY.data["vehicles"], s=(YEARLY.data["vehicles"] / 2_500) ** 2)
    ax.set_ylim(0, 120_000)
    ax.margins(x=0.2)
    return finish(ax, YEARLY)


@dishonest("area")
def sns_bubbles_by_diameter():
    diameters = RATES.data["quantity"] / 20
    ax = sns.scatterplot(RATES.data, x="year", y="quantity", s=diameters**2, ax=new_axes())
    return finish(ax, RATES)


@dishonest("area")
def histogram_of_unequal_bins():
    ax = sns.histplot(MONTHLY.data, x="index", bins=[105.5, 106, 106.5, 108], ax=new_axes())
    finish(
        ax,
        MONTHLY,
        title="Price index by month, January to August of 2017 and 2018",
        unit="Number of months",
        alt="Months of January to August 2017 and 2018 by price index: from 105.9 to 107.9, most often above 106.5.",
    )
    ax.set_xlabel("Price index (year before = 100)")
    return ax


@dishonest("area")
def picture_scaled_both_ways():
    ax = new_axes()
    picture = plt.get_cmap("Blues")(np.tile(np.linspace(0.5, 1, 16), (16, 1)))
    for place, (width, height) in enumerate([(0.5, 75), (0.8, 120)]):
        ax.imshow(picture, extent=(place - width / 2, place + width / 2, 0, height), aspect="auto")
    ax.set_xlim(-0.5, 1.5)
    ax.set_ylim(0, 125)
    ax.set_xticks([0, 1], VALUE.data["period"])
    return finish(ax, VALUE)


@dishonest("area")
def circles_by_radius():
    ax = new_axes()
    for place, billion in enumerate(VALUE.data["billion"]):
        ax.add_patch(Circle((100 * place + 75, billion / 2), billion / 2, color="steelblue"))
    ax.set_xlim(0, 250)
    ax.set_ylim(0, 150)
    ax.set_aspect("equal")
    ax.set_xticks([75, 175], VALUE.data["period"])
    return finish(ax, VALUE)


# two-scales: where two axes start and end is chosen, so any two series can be made to match

HALF_YEAR_BOTH = {
    "title": "Vehicles made and their value, first halves of 2017 and 2018",
    "source": f"{AKAB}; vehicles of 2017 computed",
    "alt": "First halves of 2017 and 2018: vehicles made, about 8,765 and 14,660; value of output, KZT 64.5 and 88.3 "
    "billion.",
}
RATES_AND_PRICES = {
    "title": "Tenge per dollar and inflation",
    "source": "Source: World Bank",
    "alt": "Tenge per US dollar, from 179 in 2014 to 456 in 2023, and yearly inflation, between 5 % and 15 %.",
}


@dishonest("two-scales")
def lines_on_two_scales():
    ax = new_axes()
    ax.plot(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"], color="C0", marker="o")
    other = ax.twinx()
    other.plot(HALF_YEAR.data["period"], HALF_YEAR.data["billion"], color="C1", marker="s", linestyle="--")
    other.set_ylabel("Value of output (KZT billion)")
    return finish(ax, HALF_YEAR, **HALF_YEAR_BOTH)


@dishonest("two-scales")
def bars_and_a_line_on_two_scales_from_zero():
    ax = new_axes()
    bars_of(HALF_YEAR, ax, color="lightsteelblue", edgecolor="black")
    other = ax.twinx()
    other.plot(HALF_YEAR.data["period"], HALF_YEAR.data["billion"], color="black", marker="s")
    other.set_ylabel("Value of output (KZT billion)")
    other.set_ylim(0, 100)
    return finish(ax, HALF_YEAR, **HALF_YEAR_BOTH)


@dishonest("two-scales")
def pandas_second_scale():
    rates = RATES.data.set_index("year")["quantity"]
    both = pd.DataFrame({"tenge per dollar": rates, "inflation": INFLATION.data.set_index("year")["quantity"]})
    ax = both.plot(secondary_y="inflation", style=["-", "--"], ax=new_axes())
    ax.right_ax.set_ylabel("Inflation (% a year)")
    return finish(ax, RATES, **RATES_AND_PRICES)


@dishonest("two-scales")
def sns_lines_on_two_scales():
    ax = sns.lineplot(RATES.data, x="year", y="quantity", color="C0", label="rate", ax=new_axes())
    other = sns.lineplot(
        INFLATION.data, x="year", y="quantity", color="C1", linestyle=":", label="prices", ax=ax.twinx()
    )
    other.set_ylabel("Inflation (% a year)")
    other.legend(loc="lower right")
    return finish(ax, RATES, **RATES_AND_PRICES)


@dishonest("two-scales")
def bars_on_two_scales():
    ax = new_axes()
    ax.bar([-0.2, 0.8], HALF_YEAR.data["vehicles"], width=0.4, color="#004488", label="vehicles")
    other = ax.twinx()
    other.bar([0.2, 1.2], HALF_YEAR.data["billion"], width=0.4, color="#ddaa33", label="value")
    other.set_ylabel("Value of output (KZT billion)")
    ax.set_xticks([0, 1], HALF_YEAR.data["period"])
    ax.figure.legend(loc="upper center", bbox_to_anchor=(0.5, 0.9))
    return finish(ax, HALF_YEAR, **HALF_YEAR_BOTH)


# like-for-like: periods of different lengths


YEAR_AND_EIGHT_MONTHS = {
    "title": "Vehicles made in 2017 and 2018",
    "unit": "Vehicles made",
    "source": "Sources: AKAB via JETRO, Kazinform",
    "alt": "Vehicles made: 19,217 in 2017, more than 19,000 in January to August 2018.",
}


@dishonest("like-for-like")
def bar_of_a_year_beside_eight_months():
    ax = new_axes()
    ax.bar(["2017", "Jan-Aug 2018"], [19_217, 19_000])
    return finish(ax, VALUE, **YEAR_AND_EIGHT_MONTHS)


@dishonest("like-for-like")
def barh_of_twelve_months_beside_eight():
    ax = new_axes()
    ax.barh(["12 months of 2017", "8 months of 2018"], [19_217, 19_000])
    return finish(ax, VALUE, across=True, **YEAR_AND_EIGHT_MONTHS)


@dishonest("like-for-like")
def bar_of_a_year_beside_a_year_to_date():
    ax = new_axes()
    ax.bar(["2017", "2018 YTD"], [19_217, 19_000])
    return finish(ax, VALUE, **YEAR_AND_EIGHT_MONTHS)


@dishonest("like-for-like")
def sns_barplot_of_half_a_year_beside_a_year():
    vehicles = pd.DataFrame({"period": ["2017", "H1 2018"], "vehicles": [19_217, 14_660]})
    ax = sns.barplot(vehicles, x="period", y="vehicles", ax=new_axes())
    return finish(
        ax,
        HALF_YEAR,
        title="Vehicles made",
        alt="Vehicles made: 19,217 in 2017, and 14,660 in the first half of 2018.",
    )


@dishonest("like-for-like")
def line_ending_in_a_part_of_a_year():
    ax = new_axes()
    ax.plot(["2019", "2020", "2021", "2022 (Jan-Sep)"], [50_000, 77_471, 93_500, 78_441], marker="o")
    return finish(
        ax,
        YEARLY,
        title="Vehicles made since 2019",
        unit="Vehicles made",
        alt="Vehicles made: 50,000 in 2019, 77,471 in 2020, 93,500 in 2021, and 78,441 in January to September 2022.",
    )


@dishonest("like-for-like")
def pandas_bar_of_a_quarter_beside_a_half_year():
    value = pd.Series({"Q1 2017": 16.4, "H1 2017": 64.5})
    ax = value.plot.bar(ax=new_axes(), rot=0)
    return finish(
        ax,
        VALUE,
        title="Value of cars made in 2017",
        source="Sources: KazAvtoProm, AKAB",
        alt="Value of car output: KZT 16.4 billion in the first quarter and 64.5 billion in the first half of 2017.",
    )


@dishonest("like-for-like")
def objects_bar_of_months_beside_a_month():
    value = pd.DataFrame({"period": ["Jan-May 2018", "June 2018"], "billion": [71.5, 16.74]})
    plot = so.Plot(value, x="period", y="billion").add(so.Bar())
    return finish(
        drawn_on(new_axes(), plot),
        VALUE,
        title="Value of cars made in 2018",
        source="Sources: ministry of industry, AKAB",
        alt="Value of car output: KZT 71.5 billion in January to May 2018 and 16.7 billion in June 2018.",
    )


# unit: none, or one that the chart itself denies


@dishonest("unit")
def bar_without_a_unit():
    ax = new_axes()
    bars_of(VALUE, ax)
    return finish(ax, VALUE, unit="")


@dishonest("unit")
def pandas_bar_of_some_value():
    ax = VALUE.data.plot.bar(x="period", y="billion", ax=new_axes(), legend=False, rot=0)
    return finish(ax, VALUE, unit="value")


@dishonest("unit")
def bar_of_billions_of_what():
    ax = new_axes()
    bars_of(VALUE, ax)
    return finish(ax, VALUE, unit="billion")


@dishonest("unit")
def sns_line_without_a_unit():
    ax = sns.lineplot(INFLATION.data, x="year", y="quantity", ax=new_axes())
    return finish(ax, INFLATION, unit="Inflation")


@dishonest("unit")
def objects_bar_across_without_a_unit():
    plot = so.Plot(VALUE.data, y="period", x="billion").add(so.Bar())
    return finish(drawn_on(new_axes(), plot), VALUE, across=True, unit="")


@dishonest("unit")
def heatmap_without_a_unit():
    ax = sns.heatmap(PER_VEHICLE.data, annot=True, fmt=".0f", cmap="vlag", center=0, cbar=False, ax=new_axes())
    return finish(ax, PER_VEHICLE, unit="")


@dishonest("unit")
def bar_of_vehicles_said_to_be_money():
    ax = new_axes()
    bars_of(HALF_YEAR, ax)
    return finish(ax, HALF_YEAR, unit="KZT billion")


@dishonest("unit")
def bar_of_billions_said_to_be_millions():
    ax = new_axes()
    bars = bars_of(VALUE, ax)
    ax.bar_label(bars, ["75 bn", "120 bn"])
    return finish(ax, VALUE, unit="Value of output (KZT million)")


# title-truth: a number or a direction that the data deny


@dishonest("title-truth")
def pandas_bar_said_to_be_up_by_150_percent():
    ax = HALF_YEAR.data.plot.bar(x="period", y="vehicles", ax=new_axes(), legend=False, rot=0)
    return finish(ax, HALF_YEAR, title="Vehicles made: up by 150 % in a year")


@dishonest("title-truth")
def bar_said_to_have_doubled():
    ax = new_axes()
    bars_of(VALUE, ax)
    return finish(ax, VALUE, title="Car output doubled in a year")


@dishonest("title-truth")
def sns_barplot_said_to_be_up_by_70_percent():
    ax = sns.barplot(VALUE.data, x="period", y="billion", ax=new_axes())
    return finish(ax, VALUE, title="Value of cars made up 70 %")


@dishonest("title-truth")
def bar_said_to_have_grown_tenfold():
    ax = new_axes()
    bars_of(VALUE, ax)
    return finish(ax, VALUE, title="The value of cars made grew tenfold")


@dishonest("title-truth")
def sns_barplot_said_to_be_up_by_a_third():
    ax = sns.barplot(HALF_YEAR.data, x="period", y="vehicles", ax=new_axes())
    return finish(ax, HALF_YEAR, title="Vehicles made: up by a third")


@dishonest("title-truth")
def barh_a_tenth_of_the_value():
    ax = new_axes()
    ax.barh(VALUE.data["period"], VALUE.data["billion"])
    return finish(ax, VALUE, across=True, title="Cars worth KZT 12 billion were made in eight months")


@dishonest("title-truth")
def line_said_to_fall():
    ax = new_axes()
    ax.plot(YEARLY.data["year"].astype(str), YEARLY.data["vehicles"])
    return finish(ax, YEARLY, title="Output of vehicles falls")


@dishonest("title-truth")
def barh_with_another_number():
    ax = new_axes()
    ax.barh(VALUE.data["period"], VALUE.data["billion"])
    return finish(ax, VALUE, across=True, title="Cars worth KZT 135 billion were made in eight months")


@dishonest("title-truth")
def sns_pointplot_said_to_rise():
    two = MONTHLY.data.query("name == 'Aug'")
    ax = sns.pointplot(two, x="period", y="index", ax=new_axes())
    return finish(
        ax,
        MONTHLY,
        title="Price index rose between August 2017 and August 2018",
        alt="Consumer price index, same month of the year before = 100: 107.0 in August 2017 and 106.0 in August 2018.",
    )


@dishonest("title-truth")
def objects_bar_said_to_have_tripled():
    plot = so.Plot(HALF_YEAR.data, x="period", y="vehicles").add(so.Bar())
    return finish(drawn_on(new_axes(), plot), HALF_YEAR, title="Vehicles made tripled")


@dishonest("title-truth")
def bar_said_to_stand_still():
    ax = new_axes()
    bars_of(VALUE, ax)
    return finish(ax, VALUE, title="Output stagnates")


@dishonest("title-truth")
def line_said_to_be_unchanged():
    ax = new_axes()
    ax.plot(YEARLY.data["year"].astype(str), YEARLY.data["vehicles"], marker="o")
    return finish(ax, YEARLY, title="Car output unchanged since 2017")


# forecast: a plan that looks like a fact


@dishonest("forecast")
def bar_of_the_target_like_the_rest():
    ax = new_axes()
    bars_of(TARGET, ax)
    return finish(ax, TARGET)


@dishonest("forecast")
def pandas_barh_of_a_plan():
    made = TARGET.data.replace({"year": {"2020 (target)": "2020, planned"}})
    ax = made.plot.barh(x="year", y="vehicles", ax=new_axes(), legend=False)
    return finish(ax, TARGET, across=True)


@dishonest("forecast")
def sns_barplot_of_a_forecast():
    made = TARGET.data.replace({"year": {"2020 (target)": "2020 forecast"}})
    ax = sns.barplot(made, x="year", y="vehicles", color="seagreen", ax=new_axes())
    return finish(ax, TARGET)


@dishonest("forecast")
def line_running_on_to_the_target():
    ax = new_axes()
    ax.plot(["2018", "2019", "2020 (target)"], [31_757, 50_000, 100_000], marker="o")
    return finish(
        ax,
        TARGET,
        title="On the way to the plan for 2020",
        alt="Vehicles made a year: 31,757 in 2018 and 50,000 in 2019; the target for 2020 was 100,000.",
    )


@dishonest("forecast")
def objects_bar_of_a_plan():
    made = TARGET.data.replace({"year": {"2020 (target)": "2020 (plan)"}})
    plot = so.Plot(made, x="year", y="vehicles").add(so.Bar())
    return finish(drawn_on(new_axes(), plot), TARGET)


@dishonest("forecast")
def bar_of_a_target_that_only_the_title_tells():
    ax = new_axes()
    ax.bar(["2018", "2019", "2020"], [31_757, 50_000, 100_000])
    return finish(
        ax,
        TARGET,
        title="Output in 2018 and 2019, and the target for 2020",
        alt="Vehicles made a year: 31,757 in 2018 and 50,000 in 2019; the target for 2020 was 100,000.",
    )


@dishonest("forecast")
def bar_of_a_plan_that_only_a_footnote_tells():
    ax = new_axes()
    ax.bar(["2018", "2019", "2020*"], [31_757, 50_000, 100_000])
    ax.figure.text(0.99, 0.01, "* planned", fontsize=8, ha="right")
    alt = "Vehicles made a year: 31,757 in 2018, 50,000 in 2019 and 100,000 in 2020."
    return finish(ax, TARGET, title="Vehicles made a year", alt=alt)


# source: no source line


@dishonest("source")
def bar_without_source():
    ax = new_axes()
    bars_of(VALUE, ax)
    return finish(ax, VALUE, source="")


@dishonest("source")
def pandas_line_without_source():
    ax = RATES.data.plot(x="year", y="quantity", ax=new_axes(), legend=False)
    return finish(ax, RATES, source="")


@dishonest("source")
def sns_heatmap_without_source():
    ax = sns.heatmap(PER_VEHICLE.data, annot=True, fmt="+.0f", cmap="vlag", center=0, ax=new_axes())
    ax.collections[0].colorbar.set_label(PER_VEHICLE.unit)
    return finish(ax, PER_VEHICLE, unit="", source="")


@dishonest("source")
def catplot_without_source():
    grid = sns.catplot(READINGS.data, x="period", y="billion", col="reading", kind="bar", height=3.2)
    grid.set_titles("{col_name}")
    finish_panels(grid.figure, grid.axes.flat, READINGS, source="")
    return grid


@dishonest("source")
def bar_with_a_note_that_is_no_source():
    ax = new_axes()
    bars_of(HALF_YEAR, ax)
    return finish(ax, HALF_YEAR, source="2017 is computed from growth rates")


# colour: series that look alike to some readers, or marks too pale for all


@dishonest("colour")
def grouped_bars_in_red_and_green():
    ax = sns.barplot(PLANTS.data, x="plant", y="vehicles", hue="period", palette=["#b5442b", "#6b7a1e"], ax=new_axes())
    ax.set_ylim(0, 13_000)
    return finish(ax, PLANTS)


@dishonest("colour")
def lines_in_two_blues():
    ax = new_axes()
    for (period, months), colour in zip(MONTHLY.data.groupby("period"), ["#3366cc", "#2f5fc4"], strict=True):
        ax.plot(months["name"], months["index"], color=colour, label=period)
    ax.legend()
    return finish(ax, MONTHLY)


@dishonest("colour")
def pandas_stack_in_orange_and_green():
    ax = SALES.data.plot.bar(stacked=True, color=["tab:orange", "tab:green"], ax=new_axes(), rot=0, ylim=(0, 32_000))
    return finish(ax, SALES)


@dishonest("colour")
def bar_in_pale_yellow():
    ax = new_axes()
    bars_of(VALUE, ax, color="lightyellow")
    return finish(ax, VALUE)


@dishonest("colour")
def thin_line_in_light_grey():
    ax = new_axes()
    ax.plot(RATES.data["year"], RATES.data["quantity"], color="0.85", linewidth=1)
    return finish(ax, RATES)


@dishonest("colour")
def objects_lines_in_pink_and_grey():
    plot = so.Plot(MONTHLY.data, x="name", y="index", color="period").add(so.Line())
    return finish(drawn_on(new_axes(), plot.scale(color=["#c98fa0", "#9a9aa0"])), MONTHLY)


@dishonest("colour")
def lines_that_no_legend_names():
    ax = new_axes()
    for _, rows in PLANTS.data.groupby("plant"):
        ax.plot(rows["period"], rows["vehicles"], marker="o")
    return finish(ax, PLANTS)


@dishonest("colour")
def grouped_bars_whose_legend_was_forgotten():
    ax = new_axes()
    for shift, (plant, rows) in zip((-0.2, 0.2), PLANTS.data.groupby("plant"), strict=True):
        ax.bar(np.arange(2) + shift, rows["vehicles"], 0.4, label=plant)
    ax.set_xticks([0, 1], ["H1 2018", "H1 2019"])
    return finish(ax, PLANTS)


@dishonest("colour")
def sns_three_lines_in_the_default_colours():
    """Orange and green of `tab10` are one colour to a red-blind reader: 4.7 apart, where 8 is needed."""
    plants = [
        {"plant": "Agromash", "period": period, "vehicles": made}
        for period, made in (("H1 2018", 900), ("H1 2019", 700))
    ]
    ax = sns.lineplot(
        pd.concat([PLANTS.data, pd.DataFrame(plants)]),
        x="period",
        y="vehicles",
        hue="plant",
        palette="tab10",
        ax=new_axes(),
    )
    return finish(ax, PLANTS, title="Two plants made more, one made less")


# alt-text: none, or one that does not say what the chart shows


@dishonest("alt-text")
def bar_without_alt_text():
    ax = new_axes()
    bars_of(VALUE, ax)
    return finish(ax, VALUE, alt="")


@dishonest("alt-text")
def pandas_line_called_a_chart():
    ax = RATES.data.plot(x="year", y="quantity", ax=new_axes(), legend=False)
    return finish(ax, RATES, alt="Chart")


@dishonest("alt-text")
def sns_barplot_called_by_its_file():
    ax = sns.barplot(KINDS.data, x="kind", y="vehicles", ax=new_axes())
    return finish(ax, KINDS, alt="figure_1.png")


@dishonest("alt-text")
def bar_with_alt_text_of_bare_numbers():
    ax = new_axes()
    bars_of(VALUE, ax)
    return finish(ax, VALUE, alt="75 and 120")


@dishonest("alt-text")
def barh_with_alt_text_that_only_names_the_kind():
    ax = new_axes()
    ax.barh(VALUE.data["period"], VALUE.data["billion"])
    return finish(ax, VALUE, across=True, alt="A bar chart of the value of car output.")


@dishonest("alt-text")
def bar_with_alt_text_without_a_period():
    ax = new_axes()
    bars_of(HALF_YEAR, ax)
    return finish(ax, HALF_YEAR, alt="Vehicles made: about 8,765 and 14,660.")


@dishonest("alt-text")
def objects_bar_with_alt_text_without_values():
    plot = so.Plot(VALUE.data, x="period", y="billion").add(so.Bar())
    alt = "Value of car output in January to August of 2017 and of 2018."
    return finish(drawn_on(new_axes(), plot), VALUE, alt=alt)


@dishonest("alt-text")
def bar_with_other_numbers_in_its_alt_text():
    ax = new_axes()
    bars_of(VALUE, ax)
    alt = "Value of car output in January to August: KZT 46 billion in 2017 and 120 billion in 2018."
    return finish(ax, VALUE, alt=alt)


@dishonest("alt-text")
def sns_barplot_with_swapped_digits_in_its_alt_text():
    ax = sns.barplot(HALF_YEAR.data, x="period", y="vehicles", ax=new_axes())
    return finish(ax, HALF_YEAR, alt="Vehicles made in the first half of the year: 8,765 in 2017 and 41,660 in 2018.")


# order: periods and bands have an order of their own


@dishonest("order")
def bar_of_the_later_year_first():
    ax = new_axes()
    ax.bar(["Jan-Aug 2018", "Jan-Aug 2017"], [120, 75])
    return finish(ax, VALUE)


@dishonest("order")
def bar_of_years_by_size():
    ax = new_axes()
    rates = RATES.data.sort_values("quantity", ascending=False)
    ax.bar(rates["year"].astype(str), rates["quantity"])
    return finish(ax, RATES, title="What a dollar cost")


@dishonest("order")
def sns_line_of_months_by_the_alphabet():
    months = MONTHLY.data.query("period == 'Jan-Aug 2018'").sort_values("name")
    ax = sns.lineplot(months, x="name", y="index", marker="o", ax=new_axes())
    return finish(
        ax,
        MONTHLY,
        title="Price index in 2018, month by month",
        alt="Price index, January to August 2018, same month of the year before = 100: between 105.9 and 106.8.",
    )


@dishonest("order")
def pandas_bar_of_bands_by_the_alphabet():
    ax = PRICES.data.sort_values("band").plot.bar(x="band", y="cars", ax=new_axes(), legend=False)
    finish(ax, PRICES)
    ax.set_xlabel("Price (million KZT)")
    return ax


@dishonest("order")
def barh_of_years_shuffled():
    ax = new_axes()
    years = YEARLY.data.iloc[[3, 0, 4, 2, 1]]
    ax.barh(years["year"].astype(str), years["vehicles"])
    return finish(ax, YEARLY, across=True)


@dishonest("order")
def line_of_years_from_right_to_left():
    ax = new_axes()
    ax.plot(RATES.data["year"], RATES.data["quantity"])
    ax.invert_xaxis()
    return finish(ax, RATES, title="The tenge and the dollar")


# Several at once


@dishonest("zero-base", "lie-factor", "source")
def bar_cut_without_source():
    ax = new_axes()
    bars_of(VALUE, ax)
    ax.set_ylim(60, 125)
    return finish(ax, VALUE, source="")


@dishonest("zero-base", "lie-factor", "title-truth")
def sns_barplot_cut_and_said_to_have_doubled():
    ax = sns.barplot(VALUE.data, x="period", y="billion", ax=new_axes())
    ax.set_ylim(30, 125)
    return finish(ax, VALUE, title="The value of cars made doubled")


@dishonest("unit", "source", "alt-text")
def pandas_bar_as_it_comes():
    ax = VALUE.data.plot.bar(x="period", y="billion", ax=new_axes(), legend=False)
    return finish(ax, VALUE, unit="", source="", alt="")


@dishonest("zero-base", "lie-factor", "unit", "source", "alt-text")
def pandas_barh_cut_and_bare():
    ax = VALUE.data.plot.barh(x="period", y="billion", ax=new_axes(), legend=False, xlim=(70, 125))
    return finish(ax, VALUE, across=True, unit="", source="", alt="")


@dishonest("zero-base", "lie-factor", "area")
def bar_cut_and_widened():
    ax = new_axes()
    bars_of(VALUE, ax, width=[0.4, 0.9])
    ax.set_ylim(50, 125)
    return finish(ax, VALUE)


@dishonest("two-scales", "source")
def lines_on_two_scales_without_source():
    ax = new_axes()
    ax.plot(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"], color="C0", marker="o")
    other = ax.twinx()
    other.plot(HALF_YEAR.data["period"], HALF_YEAR.data["billion"], color="black", linestyle="--")
    other.set_ylabel("Value of output (KZT billion)")
    return finish(ax, HALF_YEAR, **{**HALF_YEAR_BOTH, "source": ""})


@dishonest("forecast", "like-for-like")
def bar_of_eight_months_beside_the_target():
    ax = new_axes()
    ax.bar(["Jan-Aug 2018", "2020 (target)"], [19_000, 100_000])
    return finish(
        ax,
        TARGET,
        title="Vehicles made, and to be made",
        unit="Vehicles",
        alt="Vehicles: more than 19,000 made in January to August 2018; the target for the whole of 2020 was 100,000.",
    )


@dishonest("like-for-like", "order")
def bar_of_eight_months_before_the_year_before():
    ax = new_axes()
    ax.bar(["Jan-Aug 2018", "2017"], [19_000, 19_217])
    return finish(ax, VALUE, **YEAR_AND_EIGHT_MONTHS)


@dishonest("colour", "unit")
def lines_in_two_greens_without_a_unit():
    ax = new_axes()
    for (plant, rows), colour in zip(PLANTS.data.groupby("plant"), ["#2ca02c", "#36a838"], strict=True):
        ax.plot(rows["period"], rows["vehicles"], color=colour, label=plant)
    ax.legend()
    return finish(ax, PLANTS, title="Both plants grew", unit="")


@dishonest("forecast", "source", "title-truth")
def objects_bar_of_a_plan_said_to_be_made():
    plot = so.Plot(TARGET.data, x="year", y="vehicles").add(so.Bar())
    return finish(drawn_on(new_axes(), plot), TARGET, title="Output has fallen since 2018", source="")


@dishonest("colour", "alt-text")
def barh_in_pale_yellow_without_alt_text():
    ax = new_axes()
    ax.barh(KINDS.data["kind"], KINDS.data["vehicles"], color="#ffffcc")
    return finish(ax, KINDS, across=True, alt="")


@dishonest("zero-base", "lie-factor", "colour", "source")
def sns_grouped_bars_cut_in_one_colour():
    ax = sns.barplot(PLANTS.data, x="plant", y="vehicles", hue="period", palette=["#55a868", "#5aab6c"], ax=new_axes())
    ax.set_ylim(4_000, 13_000)
    return finish(ax, PLANTS, source="")


@dishonest("order", "title-truth", "unit", "source", "alt-text")
def bar_wrong_in_all_its_words():
    ax = new_axes()
    ax.bar(["H1 2018", "H1 2017"], [14_660, 8_765])
    return finish(ax, HALF_YEAR, title="Output collapsed", unit="", source="", alt="")
