"""Honest drawings: every drawing call of the course, styled as a learner might. No honesty rule may fire on them."""

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
import seaborn.objects as so
from matplotlib.ticker import FuncFormatter, PercentFormatter, StrMethodFormatter

from tests.bank.charts.entries import Draw, Entry
from tests.bank.charts.facts import (
    BILLION,
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

HONEST: dict[str, Entry] = {}

BLUE, ORANGE = sns.color_palette("colorblind")[:2]


def honest(draw: Draw) -> Draw:
    """Put a drawing into the bank under its function's name."""
    HONEST[draw.__name__] = Entry(draw.__name__, draw)
    return draw


# One series of bars


@honest
def plain_bar():
    ax = new_axes()
    ax.bar(VALUE.data["period"], VALUE.data["billion"])
    return finish(ax, VALUE)


@honest
def plain_barh():
    ax = new_axes()
    ax.barh(VALUE.data["period"], VALUE.data["billion"], color="#4a6fa5")
    return finish(ax, VALUE, across=True)


@honest
def barh_first_on_top():
    ax = new_axes()
    ax.barh(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"])
    ax.invert_yaxis()
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    return finish(ax, HALF_YEAR, across=True)


@honest
def one_bar_a_call():
    ax = new_axes()
    ax.bar("Jan-Aug 2017", 75, color="slategray")
    ax.bar("Jan-Aug 2018", 120, color="teal")
    return finish(ax, VALUE)


@honest
def barh_one_bar_a_call():
    ax = new_axes()
    for kind, vehicles in KINDS.data.itertuples(index=False):
        ax.barh(kind, vehicles, color="C0")
    return finish(ax, KINDS, across=True)


@honest
def bar_with_dashes_between_months():
    ax = new_axes()
    ax.bar(["Jan\u2013Aug 2017", "Jan\u2013Aug 2018"], [75, 120])
    return finish(ax, VALUE, title="From KZT 75bn to KZT 120bn", unit="bln KZT")


@honest
def bar_by_places_with_tick_labels():
    ax = new_axes()
    ax.bar([0, 1], VALUE.data["billion"], tick_label=["January-August 2017", "January-August 2018"], width=0.5)
    return finish(ax, VALUE)


@honest
def bar_of_full_tenge_with_offset():
    ax = new_axes()
    ax.bar(VALUE.data["period"], VALUE.data["billion"] * BILLION)
    return finish(ax, VALUE, unit="Value of output (KZT)")


@honest
def bar_with_bn_in_the_ticks():
    ax = new_axes()
    ax.bar(VALUE.data["period"], VALUE.data["billion"] * BILLION, color="darkgreen")
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / BILLION:.0f} bn"))
    return finish(ax, VALUE, unit="Value of output, KZT")


@honest
def bar_in_bn_with_number_labels():
    ax = new_axes()
    bars = ax.bar(VALUE.data["period"], VALUE.data["billion"], color="steelblue", edgecolor="black")
    ax.bar_label(bars, fmt="%.0f bn")
    return finish(ax, VALUE, unit="KZT bn")


@honest
def bar_of_thousands_separated():
    ax = new_axes()
    bars = ax.bar(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"])
    ax.bar_label(bars, labels=[f"{count:,.0f}" for count in HALF_YEAR.data["vehicles"]], padding=3)
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.margins(y=0.1)
    return finish(ax, HALF_YEAR)


@honest
def bar_in_thousands():
    ax = new_axes()
    ax.bar(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"] / 1000)
    return finish(ax, HALF_YEAR, unit="Thousand vehicles made")


@honest
def bar_of_shares_in_percent():
    ax = new_axes()
    ax.bar(SHARE.data["period"], SHARE.data["percent"], color=BLUE)
    ax.yaxis.set_major_formatter(PercentFormatter())
    ax.set_ylim(0, 100)
    return finish(ax, SHARE)


@honest
def bar_of_shares_as_fractions_in_percent():
    ax = new_axes()
    ax.bar(SHARE.data["period"], SHARE.data["percent"] / 100)
    ax.yaxis.set_major_formatter(PercentFormatter(xmax=1))
    return finish(ax, SHARE, unit="Share of cars sold, made in Kazakhstan")


@honest
def bar_of_pace_a_month():
    """A year beside eight months is like for like once both are told a month."""
    ax = new_axes()
    ax.bar(["2017", "Jan-Aug 2018"], [19217 / 12, 19000 / 8])
    return finish(
        ax,
        VALUE,
        title="More vehicles a month in 2018 than in 2017",
        unit="Vehicles made per month",
        source="Sources: AKAB via JETRO, Kazinform",
        alt="Vehicles made per month: 1,601 on average in 2017 and 2,375 in January to August 2018.",
    )


@honest
def bar_with_rounding_band():
    ax = new_axes()
    ax.bar(
        VALUE.data["period"], VALUE.data["billion"], yerr=[2.5, 2.5], capsize=6, color="lightsteelblue", edgecolor="k"
    )
    ax.text(0.02, 0.95, "Lines: what rounding allows", transform=ax.transAxes, va="top", fontsize=8)
    return finish(ax, VALUE)


@honest
def bar_of_price_bands_rotated():
    ax = new_axes()
    ax.bar(PRICES.data["band"], PRICES.data["cars"])
    ax.tick_params(axis="x", rotation=45)
    finish(ax, PRICES)
    ax.set_xlabel("Price (million KZT)")
    return ax


@honest
def bar_with_one_bar_stressed():
    ax = new_axes()
    ax.bar(PRICES.data["band"], PRICES.data["cars"], color=["#777777"] * 2 + ["#b3440c"] + ["#777777"] * 3)
    finish(ax, PRICES, title="The band sold most: 5 to 7 million tenge")
    ax.set_xlabel("Price (million KZT)")
    return ax


@honest
def bar_of_whole_years():
    ax = new_axes()
    ax.bar(YEARLY.data["year"], YEARLY.data["vehicles"])
    return finish(ax, YEARLY)


@honest
def bar_dark():
    with plt.style.context("dark_background"):
        ax = new_axes()
        ax.bar(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"])
        return finish(ax, HALF_YEAR)


@honest
def bar_in_ggplot_style():
    with plt.style.context("ggplot"):
        ax = new_axes()
        ax.bar(VALUE.data["period"], VALUE.data["billion"])
        return finish(ax, VALUE)


@honest
def bar_of_change_from_an_index_of_100():
    ax = new_axes()
    ax.bar(["Atyrau", "Kyzylorda"], [10.6, -6.9], bottom=100)
    ax.axhline(100, color="black", linewidth=0.8)
    return finish(
        ax,
        VALUE,
        title="Industry in 2018: Atyrau above the year before, Kyzylorda below",
        unit="Industrial output (index, 2017 = 100)",
        source="Source: Kazakhstan Today, 24 February 2019",
        alt="Industrial output in 2018, 2017 = 100: Atyrau region 110.6, Kyzylorda region 93.1.",
    )


@honest
def bar_of_a_range():
    ax = new_axes()
    ax.barh(["2017"], [345 - 310], left=310, height=0.4)
    ax.set_xlim(250, 400)
    return finish(
        ax,
        RATES,
        across=True,
        title="The range of the exchange rate within 2017",
        source="Source: Informburo.kz, citing KASE",
        alt="Tenge per US dollar in 2017: the rate ranged from 310 to 345.",
    )


@honest
def bar_of_gains_and_losses():
    ax = new_axes()
    ax.bar(["cars", "trucks", "buses"], [76.4, -0.2, -51.1], color="C0")
    ax.axhline(0, color="black", linewidth=0.8)
    return finish(
        ax,
        KINDS,
        title="More cars, half the buses",
        unit="Change on the year before (%)",
        alt="Vehicles made, first half of 2018 on first half of 2017: cars +76.4 %, trucks -0.2 %, buses -51.1 %.",
    )


@honest
def bar_of_the_target_hatched():
    ax = new_axes()
    bars = ax.bar(TARGET.data["year"], TARGET.data["vehicles"], color=BLUE)
    bars[-1].set(hatch="//", facecolor="white", edgecolor=BLUE)
    return finish(ax, TARGET)


@honest
def bar_of_the_target_faint():
    ax = new_axes()
    ax.bar(TARGET.data["year"][:3], TARGET.data["vehicles"][:3], color="navy", label="made")
    ax.bar(TARGET.data["year"][3:], TARGET.data["vehicles"][3:], color="navy", alpha=0.3, hatch="..", label="planned")
    ax.legend()
    return finish(ax, TARGET)


@honest
def bar_with_the_target_as_a_line():
    ax = new_axes()
    ax.bar(["2018", "2019", "2020"], TARGET.data["vehicles"][:3])
    ax.axhline(100_000, color="black", linestyle="--")
    ax.annotate("target for 2020: 100,000", (0, 100_000), xytext=(-40, 4), textcoords="offset points")
    ax.set_ylim(0, 112_000)
    return finish(ax, TARGET)


@honest
def bar_of_a_missed_target():
    ax = new_axes()
    ax.bar(["2018", "2019", "2020"], TARGET.data["vehicles"][:3], color="C0")
    ax.axhline(100_000, color="black", linestyle="--")
    ax.text(-0.4, 102_000, "target for 2020")
    ax.set_ylim(0, 115_000)
    return finish(ax, TARGET, title="The target for 2020 was missed: 77,471 vehicles, not 100,000")


@honest
def bar_short_of_a_number():
    ax = new_axes()
    ax.bar(YEARLY.data["year"].astype(str), YEARLY.data["vehicles"])
    return finish(ax, YEARLY, title="Still short of 100,000 vehicles")


# pandas


@honest
def pandas_bar():
    ax = VALUE.data.plot.bar(x="period", y="billion", ax=new_axes(), legend=False, rot=0)
    return finish(ax, VALUE)


@honest
def pandas_bar_of_a_series():
    ax = HALF_YEAR.data.set_index("period")["vehicles"].plot.bar(ax=new_axes(), color="#336699")
    return finish(ax, HALF_YEAR)


@honest
def pandas_barh():
    ax = KINDS.data.sort_values("vehicles").plot.barh(x="kind", y="vehicles", ax=new_axes(), legend=False)
    return finish(ax, KINDS, across=True)


@honest
def pandas_grouped_bar():
    ax = PLANTS.data.pivot(index="plant", columns="period", values="vehicles").plot.bar(ax=new_axes(), rot=0)
    ax.set_ylim(0, 13_000)
    return finish(ax, PLANTS)


@honest
def pandas_stacked_bar():
    ax = SALES.data.plot.bar(stacked=True, ax=new_axes(), color=[BLUE, ORANGE], rot=0, ylim=(0, 35_000))
    return finish(ax, SALES)


@honest
def pandas_stacked_barh():
    ax = SALES.data.plot.barh(stacked=True, ax=new_axes(), colormap="viridis")
    return finish(ax, SALES, across=True)


@honest
def pandas_line():
    ax = RATES.data.plot(x="year", y="quantity", ax=new_axes(), legend=False)
    return finish(ax, RATES)


@honest
def pandas_lines_of_words():
    ax = SALES.data.plot(marker="o", ax=new_axes(), xticks=[0, 1], ylim=(0, 20_000))
    return finish(
        ax, SALES, alt="Cars sold, first half of 2016 and of 2018: made in Kazakhstan rising, imported falling."
    )


@honest
def pandas_line_of_periods():
    index = MONTHLY.data.query("period == 'Jan-Aug 2018'").set_index("month")["index"].to_period("M")
    ax = index.plot(ax=new_axes(), marker="o")
    return finish(
        ax,
        MONTHLY,
        title="Price index in 2018, January to August",
        alt="Consumer price index, January to August 2018, same month of the year before = 100: from 106.8 to 106.0.",
    )


@honest
def pandas_bar_of_dates():
    yearly = YEARLY.data.set_index(pd.to_datetime(YEARLY.data["year"].astype(str)))["vehicles"]
    ax = yearly.plot.bar(ax=new_axes(), color="tab:blue")
    return finish(ax, YEARLY)


@honest
def pandas_area():
    ax = YEARLY.data.plot.area(x="year", y="vehicles", ax=new_axes(), legend=False, alpha=0.6)
    ax.set_xticks(YEARLY.data["year"])
    return finish(ax, YEARLY)


@honest
def pandas_stacked_area():
    ax = SALES.data.plot.area(ax=new_axes(), color=["#1b4965", "#f4a259"], xticks=[0, 1])
    return finish(ax, SALES)


# seaborn


@honest
def sns_barplot():
    return finish(sns.barplot(VALUE.data, x="period", y="billion", ax=new_axes()), VALUE)


@honest
def sns_barplot_across():
    ax = sns.barplot(KINDS.data.sort_values("vehicles"), y="kind", x="vehicles", ax=new_axes(), color="seagreen")
    return finish(ax, KINDS, across=True)


@honest
def sns_barplot_coloured_by_category():
    ax = sns.barplot(KINDS.data, x="kind", y="vehicles", hue="kind", palette="viridis", ax=new_axes())
    return finish(ax, KINDS)


@honest
def sns_barplot_grouped():
    ax = sns.barplot(READINGS.data, x="reading", y="billion", hue="period", palette="colorblind", ax=new_axes())
    ax.set_ylim(0, 160)
    return finish(ax, READINGS)


@honest
def sns_barplot_grouped_with_direct_labels():
    ax = sns.barplot(PLANTS.data, x="plant", y="vehicles", hue="period", legend=False, ax=new_axes())
    for bars, period in zip(ax.containers, ["H1 2018", "H1 2019"], strict=True):
        ax.bar_label(bars, [period] * 2, fontsize=8)
    return finish(ax, PLANTS)


@honest
def sns_barplot_with_error_bars():
    ax = sns.barplot(MONTHLY.data, x="period", y="inflation", errorbar="sd", capsize=0.1, ax=new_axes())
    return finish(
        ax,
        MONTHLY,
        title="Inflation, mean of eight months",
        unit="Inflation (% a year)",
        alt="Mean yearly inflation over January to August: 7.4 % in 2017 and 6.3 % in 2018.",
    )


@honest
def sns_countplot():
    ax = sns.countplot(GRADES.data, x="grade", order=["good", "medium", "weak"], ax=new_axes())
    return finish(ax, GRADES)


@honest
def sns_countplot_across():
    ax = sns.countplot(GRADES.data, y="grade", color="slateblue", ax=new_axes())
    return finish(ax, GRADES, across=True)


@honest
def sns_pointplot():
    ax = sns.pointplot(RATES.data, x="year", y="quantity", ax=new_axes())
    return finish(ax, RATES)


@honest
def sns_pointplot_with_error_bars():
    ax = sns.pointplot(MONTHLY.data, x="period", y="index", errorbar="sd", linestyle="none", ax=new_axes())
    return finish(ax, MONTHLY, title="Mean price index of eight months")


@honest
def sns_lineplot():
    with sns.axes_style("whitegrid"):
        ax = sns.lineplot(INFLATION.data, x="year", y="quantity", marker="o", ax=new_axes())
        return finish(ax, INFLATION)


@honest
def sns_lineplot_two_years():
    ax = sns.lineplot(MONTHLY.data, x="name", y="index", hue="period", style="period", markers=True, ax=new_axes())
    return finish(ax, MONTHLY)


@honest
def sns_lineplot_with_band():
    ax = sns.lineplot(PLANTS.data, x="period", y="vehicles", errorbar=("pi", 100), ax=new_axes())
    return finish(
        ax,
        PLANTS,
        title="Two plants: their mean output, and the span between them",
        alt="Mean of two plants, vehicles made in the first half of the year: 6,935 in 2018 and 9,645 in 2019.",
    )


@honest
def sns_scatterplot():
    ax = sns.scatterplot(RATES.data, x="year", y="quantity", s=60, ax=new_axes())
    return finish(ax, RATES)


@honest
def sns_histplot():
    ax = sns.histplot(MONTHLY.data, x="index", bins=np.arange(105.5, 108.5, 0.5), ax=new_axes())
    finish(
        ax,
        MONTHLY,
        title="Price index by month, January to August of 2017 and 2018",
        unit="Number of months",
        alt="Months of January to August 2017 and 2018 by price index: from 105.9 to 107.9, most often 107.5 to 107.9.",
    )
    ax.set_xlabel("Price index (same month of the year before = 100)")
    return ax


@honest
def sns_heatmap():
    ax = sns.heatmap(
        PER_VEHICLE.data,
        annot=True,
        fmt="+.1f",
        cmap="RdBu_r",
        center=0,
        ax=new_axes(),
        cbar_kws={"label": PER_VEHICLE.unit},
    )
    return finish(ax, PER_VEHICLE, unit="")


@honest
def sns_heatmap_without_colour_bar():
    ax = sns.heatmap(PER_VEHICLE.data, annot=True, fmt="+.1f", cbar=False, cmap="vlag", center=0, ax=new_axes())
    return finish(ax, PER_VEHICLE, title="Change in value per vehicle (%), by reading", unit="")


@honest
def sns_catplot():
    grid = sns.catplot(READINGS.data, x="period", y="billion", col="reading", kind="bar", height=3.2)
    grid.set_titles("{col_name}")
    finish_panels(grid.figure, grid.axes.flat, READINGS)
    return grid


@honest
def sns_catplot_of_points():
    grid = sns.catplot(PLANTS.data, x="period", y="vehicles", hue="plant", kind="point", markers=["o", "s"], height=3.4)
    finish_panels(grid.figure, grid.axes.flat, PLANTS)
    return grid


@honest
def sns_relplot_in_rows():
    with sns.plotting_context("talk", font_scale=0.6):
        grid = sns.relplot(MONTHLY.data, x="name", y="index", col="period", kind="line", height=3.2)
        grid.set_titles("{col_name}")
        finish_panels(grid.figure, grid.axes.flat, MONTHLY)
        return grid


@honest
def sns_catplot_with_titles_in_the_margins():
    grid = sns.catplot(
        PLANTS.data.assign(kind="vehicles"),
        x="period",
        y="vehicles",
        row="plant",
        col="kind",
        kind="bar",
        height=2,
        aspect=2,
        margin_titles=True,
    )
    return finish_panels(grid.figure, grid.axes.flat, PLANTS)


@honest
def sns_relplot_with_scales_of_their_own_that_says_so():
    grid = sns.relplot(
        PLANTS.data, x="period", y="vehicles", col="plant", kind="line", facet_kws={"sharey": False}, height=3.2
    )
    grid.set_titles("{col_name}")
    grid.figure.text(0.99, 0.01, "Each plant has its own scale", fontsize=8, ha="right")
    finish_panels(grid.figure, grid.axes.flat, PLANTS)
    grid.axes.flat[1].set_ylabel("")
    return grid


# seaborn.objects


@honest
def objects_bar():
    ax = drawn_on(new_axes(), so.Plot(VALUE.data, x="period", y="billion").add(so.Bar()))
    return finish(ax, VALUE)


@honest
def objects_bar_across():
    ax = drawn_on(new_axes(), so.Plot(KINDS.data, y="kind", x="vehicles").add(so.Bar(color="#2a6f97")))
    return finish(ax, KINDS, across=True)


@honest
def objects_bars_grouped():
    plot = so.Plot(PLANTS.data, x="plant", y="vehicles", color="period").add(so.Bars(), so.Dodge())
    return finish(drawn_on(new_axes(), plot), PLANTS)


@honest
def objects_bar_stacked():
    sales = SALES.data.reset_index(names="period").melt("period", var_name="origin", value_name="cars")
    plot = so.Plot(sales, x="period", y="cars", color="origin").add(so.Bar(), so.Stack())
    return finish(drawn_on(new_axes(), plot), SALES)


@honest
def objects_line():
    ax = drawn_on(new_axes(), so.Plot(RATES.data, x="year", y="quantity").add(so.Line(marker="o")))
    return finish(ax, RATES)


@honest
def objects_dots_with_range():
    plot = so.Plot(MONTHLY.data, x="period", y="index").add(so.Dot(), so.Agg()).add(so.Range(), so.Est(errorbar="sd"))
    return finish(drawn_on(new_axes(), plot), MONTHLY, title="Mean price index of eight months, and its spread")


@honest
def objects_area():
    ax = drawn_on(new_axes(), so.Plot(YEARLY.data, x="year", y="vehicles").add(so.Area()))
    ax.set_xticks(YEARLY.data["year"])
    return finish(ax, YEARLY)


@honest
def objects_in_two_panels():
    figure = plt.figure(figsize=(7, 3.6))
    so.Plot(PLANTS.data, x="period", y="vehicles").facet("plant").add(so.Bar()).on(figure).plot()
    return finish_panels(figure, figure.axes, PLANTS)


# Lines, points and dates


@honest
def line_of_words():
    ax = new_axes()
    ax.plot(VALUE.data["period"], VALUE.data["billion"], marker="o")
    ax.margins(x=0.3)
    return finish(ax, VALUE)


@honest
def line_of_dates():
    ax = new_axes()
    months = MONTHLY.data.query("period == 'Jan-Aug 2018'")
    ax.plot(months["month"], months["index"])
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    ax.tick_params(axis="x", labelrotation=30)
    return finish(
        ax,
        MONTHLY,
        title="Inflation eased in 2018",
        alt="Price index from January to August 2018, same month of the year before = 100: from 106.8 to 106.0.",
    )


@honest
def lines_with_direct_labels():
    ax = new_axes()
    for (period, months), style in zip(MONTHLY.data.groupby("period"), ["-", "--"], strict=True):
        ax.plot(months["name"], months["index"], color="black", linestyle=style)
        ax.annotate(period, (2, months["index"].iloc[2]), xytext=(4, 6), textcoords="offset points")
    return finish(ax, MONTHLY)


@honest
def line_on_a_log_axis_that_says_so():
    ax = new_axes()
    ax.plot(YEARLY.data["year"].astype(str), YEARLY.data["vehicles"], marker="s", color="firebrick")
    ax.set_yscale("log")
    ax.set_yticks([20_000, 50_000, 100_000], ["20,000", "50,000", "100,000"])
    ax.minorticks_off()
    return finish(ax, YEARLY, unit="Vehicles made a year (log scale)")


@honest
def line_of_indexes():
    """Two measures may share one axis once both start at 100."""
    ax = new_axes()
    for column, marker in [("vehicles", "o"), ("billion", "^")]:
        series = HALF_YEAR.data[column]
        ax.plot(HALF_YEAR.data["period"], 100 * series / series.iloc[0], marker=marker, label=column)
    ax.legend(["vehicles made", "value of output"])
    return finish(
        ax,
        HALF_YEAR,
        title="More vehicles, less value in each",
        unit="Index, H1 2017 = 100",
        alt="First half of 2018, first half of 2017 = 100: vehicles made 167, value of output 137.",
    )


@honest
def line_with_the_target_dashed():
    ax = new_axes()
    ax.plot(["2018", "2019"], [31_757, 50_000], color=BLUE, marker="o")
    ax.plot(["2019", "2020 (target)"], [50_000, 100_000], "--o", color=BLUE, markerfacecolor="white", markevery=[1])
    ax.set_ylim(bottom=0)
    return finish(
        ax,
        TARGET,
        title="What was made, and the plan for 2020",
        alt="Vehicles made a year: 31,757 in 2018 and 50,000 in 2019; the target for 2020 was 100,000.",
    )


@honest
def lollipops():
    ax = new_axes()
    ax.hlines(KINDS.data["kind"], 0, KINDS.data["vehicles"], color="0.4")
    ax.plot(KINDS.data["vehicles"], KINDS.data["kind"], "o")
    return finish(ax, KINDS, across=True)


@honest
def points_with_error_bars():
    ax = new_axes()
    ax.errorbar(VALUE.data["period"], VALUE.data["billion"], yerr=2.5, fmt="o", capsize=4)
    ax.margins(x=0.4)
    return finish(ax, VALUE)


@honest
def sns_stripplot():
    return finish(sns.stripplot(MONTHLY.data, x="period", y="index", ax=new_axes()), MONTHLY)


@honest
def points_of_rates_across():
    ax = new_axes()
    ax.plot(RATES.data["quantity"], RATES.data["year"].astype(str), "o")
    return finish(ax, RATES, across=True)


@honest
def steps_of_rates():
    ax = new_axes()
    ax.step(RATES.data["year"], RATES.data["quantity"], where="mid")
    return finish(ax, RATES)


# Stacked and grouped by hand, two panels, a second scale that only converts


@honest
def stacked_bar_with_hatches():
    ax = new_axes()
    home, imported = SALES.data["made in Kazakhstan"], SALES.data["imported"]
    ax.bar(SALES.data.index, home, label="made in Kazakhstan", color="0.35")
    ax.bar(SALES.data.index, imported, bottom=home, label="imported", color="0.85", hatch="//", edgecolor="0.2")
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return finish(ax, SALES)


@honest
def stacked_bar_of_percent():
    percent = SALES.data.div(SALES.data.sum(axis="columns"), axis="index") * 100
    ax = percent.plot.bar(stacked=True, ax=new_axes(), rot=0)
    ax.legend(loc="lower center", ncols=2)
    return finish(
        ax,
        SALES,
        unit="Share of cars sold (%)",
        alt="Share of cars sold that were made in Kazakhstan: 22 % in the first half of 2016 and 47 % in that of 2018.",
    )


@honest
def grouped_bar_by_hand():
    ax = new_axes()
    places = np.arange(2)
    for shift, (period, plants) in zip([-0.2, 0.2], PLANTS.data.groupby("period"), strict=True):
        ax.bar(places + shift, plants["vehicles"], width=0.4, label=period)
    ax.set_xticks(places, ["Asia Auto", "SaryarkaAvtoProm"])
    ax.legend(title="Half-year", ncols=2)
    ax.set_ylim(0, 13_000)
    return finish(ax, PLANTS)


@honest
def two_panels_of_different_units():
    left, right = axes = new_axes(2)
    left.bar(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"])
    right.bar(HALF_YEAR.data["period"], HALF_YEAR.data["billion"])
    figure = finish_panels(
        left.figure,
        axes,
        HALF_YEAR,
        title="More vehicles, and more value, in the first half of 2018",
        alt="First halves of 2017 and 2018: 8,765 and 14,660 vehicles made, worth KZT 64.5 and 88.3 billion.",
    )
    right.set_ylabel("Value of output (KZT billion)")
    return figure


@honest
def two_panels_on_one_scale():
    axes = new_axes(2, sharey=True)
    for ax, (plant, rows) in zip(axes, PLANTS.data.groupby("plant"), strict=True):
        sns.barplot(rows, x="period", y="vehicles", ax=ax)
        ax.set_title(plant)
    return finish_panels(axes[0].figure, axes, PLANTS)


@honest
def second_axis_that_converts():
    ax = new_axes()
    ax.bar(["January-August 2018"], [8.43], width=0.3)
    ax.set_xlim(-0.5, 0.5)
    other = ax.secondary_yaxis("right", functions=(lambda tenge: tenge / 0.3447, lambda dollars: dollars * 0.3447))
    other.set_ylabel("thousand USD, at 344.7 KZT per USD")
    return finish(
        ax,
        PRICES,
        title="What a new car cost on average",
        unit="Price (million KZT)",
        alt="Average price of a new car in January to August 2018: 8.43 million tenge, about 24,500 US dollars.",
    )


@honest
def source_in_the_axis_label():
    ax = new_axes()
    ax.bar(VALUE.data["period"], VALUE.data["billion"])
    finish(ax, VALUE, source="")
    ax.set_xlabel(VALUE.source, fontsize=8, labelpad=12)
    return ax


@honest
def source_as_a_note_in_the_plot():
    ax = new_axes()
    ax.plot(INFLATION.data["year"], INFLATION.data["quantity"], color="purple")
    ax.annotate("Data: World Bank", (1, 0.02), xycoords="axes fraction", ha="right", fontsize=8)
    return finish(ax, INFLATION, source="")


@honest
def unit_in_the_title():
    ax = new_axes()
    ax.bar(VALUE.data["period"], VALUE.data["billion"])
    ax.spines[["top", "right"]].set_visible(False)
    return finish(ax, VALUE, title="Value of cars made, in billion tenge", unit="")


@honest
def title_on_the_left_with_figures():
    ax = new_axes()
    ax.bar(VALUE.data["period"], VALUE.data["billion"], color=[BLUE, ORANGE])
    finish(ax, VALUE, title="")
    ax.set_title("Output worth KZT 120 billion, up 60 % from 75 billion", loc="left")
    return ax


@honest
def title_above_the_figure():
    ax = new_axes()
    ax.bar(HALF_YEAR.data["period"], HALF_YEAR.data["vehicles"], width=0.9)
    ax.figure.suptitle("Vehicles made rose by two thirds in a year")
    return finish(ax, HALF_YEAR, title="")


# Words that only sound like a claim


@honest
def line_told_by_the_relation_alone():
    ax = new_axes()
    ax.plot(YEARLY.data["year"].astype(str), YEARLY.data["vehicles"], marker="o")
    return finish(ax, YEARLY, alt="Vehicles made a year from 2017 to 2021, rising in each.")


@honest
def bar_of_a_target_that_was_missed():
    ax = new_axes()
    ax.bar(["2018", "2019", "2020"], [31_757, 50_000, 77_471])
    ax.axhline(100_000, linestyle="--", color="black")
    ax.text(0, 101_000, "target for 2020: 100,000")
    return finish(ax, TARGET, title="The target for 2020 was missed: 77,471 vehicles were made, 100,000 were planned")


@honest
def bar_with_a_band_of_prices_in_the_title():
    ax = new_axes()
    ax.bar(PRICES.data["band"], PRICES.data["cars"])
    ax.set_xlabel("Price (million KZT)")
    finish(ax, PRICES, title="Cars of 5 to 7 million tenge sold best")
    return ax


@honest
def line_that_hardly_moves():
    ax = new_axes()
    ax.plot(["2014", "2015", "2016"], [100, 102, 101], marker="o")
    return finish(
        ax,
        VALUE,
        title="Output stagnated",
        unit="Output (index, 2014 = 100)",
        source="Source: invented for this bank",
        alt="Output from 2014 to 2016, 2014 = 100: 102 in 2015, 101 in 2016, unchanged.",
    )


# Plans set apart by their outline alone


@honest
def bar_of_a_hollow_target():
    ax = new_axes()
    ax.bar(TARGET.data["year"][:3], TARGET.data["vehicles"][:3])
    ax.bar(
        TARGET.data["year"][3:], TARGET.data["vehicles"][3:], color="none", edgecolor="C0", linestyle="--", linewidth=2
    )
    return finish(ax, TARGET)


@honest
def hollow_bars_of_which_the_target_is_dashed():
    ax = new_axes()
    ax.bar(TARGET.data["year"][:3], TARGET.data["vehicles"][:3], fill=False, edgecolor="black")
    ax.bar(TARGET.data["year"][3:], TARGET.data["vehicles"][3:], fill=False, edgecolor="black", linestyle="--")
    return finish(ax, TARGET)


@honest
def bar_of_a_hatched_target_with_a_footnote():
    ax = new_axes()
    ax.bar(["2018", "2019", "2020"], TARGET.data["vehicles"][:3])
    ax.bar(["2020*"], TARGET.data["vehicles"][3:], hatch="//", color="white", edgecolor="black")
    ax.figure.text(0.99, 0.01, "* planned", fontsize=8, ha="right")
    return finish(ax, TARGET)


# Ranges


RANGES = {
    "title": "What the words of the article allow",
    "alt": "Value of output in January to August 2017, by reading: KZT 70 to 77 billion if 1.6 times as much is meant, "
    "44 to 48 billion if on top.",
}


@honest
def errorbar_of_ranges():
    ax = new_axes()
    ax.errorbar(["as much", "on top"], [73.5, 46], yerr=[3.5, 2], fmt="o", capsize=5)
    ax.set_xlim(-0.5, 1.5)
    return finish(ax, VALUE, **RANGES)


@honest
def barh_of_ranges():
    ax = new_axes()
    ax.barh(["as much", "on top"], [7, 4], left=[70, 44], height=0.4)
    return finish(ax, VALUE, across=True, **RANGES)


@honest
def hlines_of_ranges():
    ax = new_axes()
    ax.hlines(["as much", "on top"], [70, 44], [77, 48], linewidth=6)
    ax.set_ylim(-0.5, 1.5)
    return finish(ax, VALUE, across=True, **RANGES)


@honest
def objects_ranges():
    ranges = pd.DataFrame({"reading": ["as much", "on top"], "low": [70, 44], "high": [77, 48]})
    plot = so.Plot(ranges, y="reading", xmin="low", xmax="high").add(so.Range(linewidth=4))
    return finish(drawn_on(new_axes(), plot), VALUE, across=True, **RANGES)


# Distributions and tables

DRAWS = pd.DataFrame({"billion": np.random.default_rng(7).normal(116, 2, 1000)})
SIMULATED = {
    "title": "What nearly 120 billion may have been: 1,000 draws",
    "unit": "Number of draws",
    "source": "Source: simulated from Kazinform, 21 September 2018",
    "alt": "Histogram of 1,000 simulated values of output in January to August 2018: most lie between 112 and "
    "120 billion tenge, and their middle is 116.",
}


def finish_simulated(ax, **changed):
    finish(ax, VALUE, **{**SIMULATED, **changed})
    ax.set_xlabel("Value of output (KZT billion)")
    return ax


@honest
def hist_with_a_line_at_the_middle():
    ax = new_axes()
    ax.hist(DRAWS["billion"], bins=20)
    ax.axvline(116, color="black")
    return finish_simulated(ax)


@honest
def hist_as_an_outline():
    ax = new_axes()
    ax.hist(DRAWS["billion"], bins=20, histtype="step")
    return finish_simulated(ax)


@honest
def pandas_hist():
    return finish_simulated(DRAWS["billion"].plot.hist(bins=15, ax=new_axes()))


@honest
def sns_histplot_with_its_density():
    return finish_simulated(sns.histplot(DRAWS, x="billion", stat="density", kde=True, ax=new_axes()), unit="Density")


@honest
def objects_hist():
    return finish_simulated(drawn_on(new_axes(), so.Plot(DRAWS, x="billion").add(so.Bars(), so.Hist())))


@honest
def imshow_of_a_table_with_its_numbers():
    ax = new_axes()
    image = ax.imshow(PER_VEHICLE.data, cmap="cividis")
    ax.set_xticks([0, 1], PER_VEHICLE.data.columns)
    ax.set_yticks([0, 1], PER_VEHICLE.data.index)
    for (row, column), change in np.ndenumerate(PER_VEHICLE.data.to_numpy()):
        ax.text(column, row, f"{change:+.1f}", ha="center", backgroundcolor="white")
    ax.figure.colorbar(image, label=PER_VEHICLE.unit)
    return finish(ax, PER_VEHICLE, unit="")
