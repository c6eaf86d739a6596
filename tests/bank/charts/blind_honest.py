"""Honest charts, drawn blind: nobody who wrote them has seen the program that judges them.

`CHARTS` lists the functions. Each draws one chart and returns it; its docstring says why the chart is honest.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
import seaborn.objects as so
from matplotlib.ticker import FuncFormatter, PercentFormatter, StrMethodFormatter

from secondcar.charts import set_alt_text

CHARTS = []


def honest(draw):
    """Add the function to the list."""
    draw.breaks = ()
    CHARTS.append(draw)
    return draw


def below(figure, words, size=8, colour="0.25"):
    """Write a line at the foot of the figure and make room for it."""
    figure.subplots_adjust(bottom=max(figure.subplotpars.bottom, 0.24), top=min(figure.subplotpars.top, 0.84))
    figure.subplots_adjust(left=max(figure.subplotpars.left, 0.16))
    figure.text(0.02, 0.02, words, fontsize=size, color=colour, ha="left", va="bottom")


# ---------------------------------------------------------------- bars, matplotlib


@honest
def value_of_output_two_halves():
    """Two bars from zero, equal half years, unit on the axis, and 88.26 / 64.50 is indeed 37 % more."""
    fig, ax = plt.subplots()
    bars = ax.bar(["H1 2017", "H1 2018"], [64.50, 88.26], color="#0173b2")
    ax.bar_label(bars, fmt="%.1f")
    ax.set_title("Output of the car industry rose by 37 % in value")
    ax.set_ylabel("bn KZT")
    below(fig, "Source: AKAB, reported by Azernews, 17 July 2018")
    return set_alt_text(
        ax,
        "Bar chart of the value of vehicles made in Kazakhstan: 64.5 bn KZT in the first half of 2017 and "
        "88.26 bn KZT in the first half of 2018, 37 % more.",
    )


@honest
def vehicles_by_type_barh():
    """Sorted bars from zero with every value written, so that even the small ones can be read."""
    kinds = ["special equipment", "buses", "trailers", "trucks", "passenger cars"]
    made = [86, 153, 210, 486, 13725]
    fig, ax = plt.subplots(figsize=(7, 3.6))
    ax.bar_label(ax.barh(kinds, made, color="tab:blue"), labels=[f"{n:,}" for n in made], padding=3)
    ax.set(xlabel="vehicles made, January to June 2018", xlim=(0, 16000))
    ax.set_title("More than nine in ten vehicles made are passenger cars", loc="left")
    fig.tight_layout()
    below(fig, "Source: AKAB via Azernews (17.07.2018)")
    return set_alt_text(
        ax,
        "Horizontal bars: in January to June 2018 Kazakhstan made 13,725 passenger cars, 486 trucks, "
        "210 trailers, "
        "153 buses and 86 pieces of special equipment.",
    )


@honest
def one_bar_a_call():
    """The same chart as with one call: equal widths, from zero, one bar for each full year."""
    _fig, ax = plt.subplots(figsize=(5, 4))
    for year, n in {"2017": 19217, "2018": 31757}.items():
        ax.bar(year, n, color="steelblue", width=0.6)
        ax.text(year, n, f"{n:,}", ha="center", va="bottom")
    ax.set_title("65 % more vehicles in a year")
    ax.set_ylabel("Vehicles made")
    ax.set_xlabel("Source: AKAB, quoted by JETRO")
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    return set_alt_text(ax, "Two bars. Vehicles made in Kazakhstan: 19,217 in 2017, 31,757 in 2018, up 65 percent.")


@honest
def one_single_bar():
    """One bar from zero beside its target line, in the same unit and for the same year."""
    fig, ax = plt.subplots(figsize=(4.5, 4.5))
    ax.bar(["made in 2020"], [77471], color="0.35", width=0.5)
    ax.axhline(100000, color="black", linestyle="--")
    ax.text(0.28, 100500, "plan: 100,000", va="bottom", ha="right")
    ax.set(ylim=(0, 115000), xlim=(-0.6, 0.6), ylabel="vehicles")
    ax.set_title("Three quarters of the plan, and a bit more")
    below(fig, "Sources: Ministry of Industry (2020);\nKazinform, 21.09.2018 (plan)")
    return set_alt_text(
        ax,
        "One bar: 77,471 vehicles were made in Kazakhstan in 2020. A dashed line marks the plan of 100,000; "
        "the bar reaches 77 % of it.",
    )


@honest
def price_bands_in_their_own_order():
    """Bands stand in the order of the price, which is what a reader expects; bars of equal width as categories."""
    bands = ["up to 3.5", "3.5 to 5", "5 to 7", "7 to 10", "10 to 15", "over 15"]
    sold = [6294, 7146, 7700, 5348, 5822, 3881]
    with plt.style.context("ggplot"):
        fig, ax = plt.subplots(figsize=(7, 4.4))
        ax.bar(bands, sold, color="#348ABD")
        ax.set_title("More buyers chose 5 to 7 million tenge than any other band", fontsize=12)
        ax.set_xlabel("price of the car, million tenge")
        ax.set_ylabel("cars sold, Jan-Aug 2018")
        below(fig, "Source: KazAvtoProm, via Kazinform 21 September 2018", colour="black")
    return set_alt_text(
        ax,
        "Cars sold in Kazakhstan from January to August 2018 by price. The largest band is 5 to 7 "
        "million tenge with "
        "7,700 cars, the smallest is over 15 million with 3,881.",
    )


@honest
def twenty_regions_sorted():
    """Twenty bars, sorted by length, from zero, with a unit and a source."""
    names = [
        "Abay",
        "Akmola",
        "Aktobe",
        "Almaty region",
        "Atyrau",
        "West",
        "Zhambyl",
        "Zhetysu",
        "Karaganda",
        "Kostanay",
        "Kyzylorda",
        "Mangystau",
        "Pavlodar",
        "North",
        "Turkistan",
        "Ulytau",
        "East",
        "Astana",
        "Almaty",
        "Shymkent",
    ]
    number = [61, 78, 91, 150, 70, 68, 118, 70, 113, 83, 84, 79, 75, 53, 212, 22, 73, 140, 220, 119]
    table = pd.Series(number, index=names).sort_values()
    fig, ax = plt.subplots(figsize=(6, 7))
    ax.barh(table.index, table.to_numpy(), color="#4c72b0")
    ax.set_title("Where the pupils of our exchange live")
    ax.set_xlabel("pupils, school year 2018/19")
    fig.subplots_adjust(left=0.25, bottom=0.12)
    fig.text(0.02, 0.01, "Source: exchange office, register of 1 October 2018", fontsize=8)
    return set_alt_text(
        ax,
        "Horizontal bars of pupils in 20 regions in the school year 2018/19, from 220 in Almaty and "
        "212 in Turkistan "
        "down to 22 in Ulytau.",
    )


@honest
def forty_days_of_rain():
    """Forty narrow bars in the order of time, many of them truly zero, on an axis from zero."""
    rng = np.random.default_rng(3)
    rain = np.where(rng.random(40) < 0.55, 0, rng.gamma(2, 4, 40)).round(1)
    rain[22] = 31.5
    days = pd.date_range("2018-04-01", periods=40, freq="D")
    fig, ax = plt.subplots(figsize=(9, 3.8))
    ax.bar(days, rain, color="#01579b")
    ax.set_ylabel("rain a day, mm")
    ax.set_title("23 April was the wettest of forty days")
    below(fig, "Source: weather station Medeu, daily records")
    return set_alt_text(
        ax,
        f"Daily rain from 1 April to 10 May 2018 in millimetres. {int((rain == 0).sum())} of the 40 "
        f"days were dry; "
        "the highest bar is 31.5 mm on 23 April.",
    )


@honest
def profit_and_loss():
    """Negative values hang below a visible zero line; the axis is linear and holds zero."""
    fig, ax = plt.subplots()
    years = ["2014", "2015", "2016", "2017", "2018"]
    result = [1.2, -0.8, -2.1, 0.4, 1.9]
    ax.bar(years, result, color=["#0072b2" if r > 0 else "#d55e00" for r in result])
    ax.axhline(0, color="black", linewidth=1)
    ax.set_title("The bus company lost money in 2015 and 2016")
    ax.set_ylabel("profit or loss, m KZT")
    below(fig, "Source: annual reports of the company, 2014-2018")
    return set_alt_text(
        ax,
        "Bars above and below zero: profit of 1.2 m KZT in 2014, losses of 0.8 m in 2015 and 2.1 m "
        "in 2016, then "
        "profits of 0.4 m in 2017 and 1.9 m in 2018.",
    )


@honest
def stacked_by_hand():
    """Two parts stacked on each other from zero; the parts add up to the total written above."""
    fig, ax = plt.subplots()
    x = ["H1 2018", "H1 2019"]
    ax.bar(x, [8573, 9999], label="Asia Auto", color="#1b4965")
    ax.bar(
        x, [5297, 9290], bottom=[8573, 9999], label="SaryarkaAvtoProm", color="#bee9e8", edgecolor="#1b4965", hatch="//"
    )
    for i, n in enumerate([13870, 19289]):
        ax.text(i, n + 200, f"{n:,}", ha="center")
    ax.set(ylim=(0, 22000), ylabel="vehicles")
    ax.set_title("Two plants: 39 % more in the first half of 2019")
    ax.legend(loc="upper left", frameon=False)
    below(fig, "Source: AKAB (Azernews, FBC); own sum of the two plants")
    return set_alt_text(
        ax,
        "Stacked bars for the first halves of 2018 and 2019: Asia Auto 8,573 and 9,999 vehicles, "
        "SaryarkaAvtoProm "
        "5,297 and 9,290, together 13,870 and 19,289.",
    )


@honest
def grouped_by_hand():
    """Two bars for each plant, equal widths, from zero; dark blue and orange stay apart for every eye."""
    fig, ax = plt.subplots()
    place = np.arange(2)
    ax.bar(place - 0.2, [8573, 5297], width=0.4, label="first half of 2018", color="#0072b2")
    ax.bar(place + 0.2, [9999, 9290], width=0.4, label="first half of 2019", color="#e69f00")
    ax.set_xticks(place, ["Asia Auto", "SaryarkaAvtoProm"])
    ax.set_ylabel("vehicles made")
    ax.set_title("The smaller plant is catching up")
    ax.set_ylim(0, 12500)
    ax.legend()
    below(fig, "Source: AKAB, via Azernews 2018 and FBC 2019")
    return set_alt_text(
        ax,
        "Grouped bars. Asia Auto made 8,573 vehicles in the first half of 2018 and 9,999 in the "
        "first half of 2019; "
        "SaryarkaAvtoProm 5,297 and 9,290.",
    )


@honest
def black_and_white_hatches():
    """A print chart in grey: the hatches tell the series apart without any colour."""
    with plt.style.context("grayscale"):
        fig, ax = plt.subplots(facecolor="white")
        x = np.arange(3)
        ax.bar(x - 0.2, [41, 38, 30], 0.4, color="white", edgecolor="black", hatch="///", label="girls")
        ax.bar(x + 0.2, [35, 39, 44], 0.4, color="0.35", edgecolor="black", label="boys")
        ax.set_xticks(x, ["by bus", "on foot", "by bicycle"])
        ax.set_ylabel("number of pupils")
        ax.set_title("More boys than girls cycle to school")
        ax.set_ylim(0, 56)
        ax.legend(loc="upper center", ncols=2)
        below(fig, "Source: our own count at the school gate, 14 May 2018", colour="black")
    return set_alt_text(
        ax,
        "Grouped bars of how pupils came to school on 14 May 2018. By bus 41 girls and 35 boys, on "
        "foot 38 and 39, by "
        "bicycle 30 and 44.",
    )


@honest
def waterfall_of_the_budget():
    """A waterfall: each floating bar is a change and the totals stand on zero, as the words say."""
    names = ["2017", "fuel", "wages", "grant", "2018"]
    change = [50, 6, 9, -4, 61]
    start = [0, 50, 56, 61, 0]
    colours = ["0.3", "#d55e00", "#d55e00", "#0072b2", "0.3"]
    fig, ax = plt.subplots(figsize=(7, 4.4))
    ax.bar(names, change, bottom=start, color=colours)
    for i, (c, s) in enumerate(zip(change, start, strict=True)):
        word = f"{c}" if i in (0, 4) else f"{c:+d}"
        ax.text(i, max(s, s + c) + 0.8, word, ha="center")
    ax.set(ylim=(0, 75), ylabel="cost of the town's buses, m KZT")
    ax.set_title("Wages explain most of the rise from 50 to 61 million")
    below(fig, "Source: town budget 2017 and 2018, chapter 4. Middle bars show changes.")
    return set_alt_text(
        ax,
        "Waterfall chart: bus costs were 50 m KZT in 2017; fuel added 6, wages added 9, a grant took "
        "off 4; in 2018 they "
        "were 61 m KZT.",
    )


@honest
def plan_hatched():
    """The plan is hollow, hatched and named a plan; the facts are solid; all four are full years."""
    fig, ax = plt.subplots(figsize=(7, 4.4))
    ax.bar(["2017", "2018"], [19217, 31757], color="#00507a", label="made")
    ax.bar(["2020 (plan)"], [100000], color="white", edgecolor="#00507a", hatch="..", linestyle="--", label="planned")
    ax.set_ylabel("vehicles a year")
    ax.set_title("The plan for 2020 is three times the output of 2018")
    ax.legend(loc="upper left")
    below(fig, "Sources: AKAB via JETRO (2017, 2018); Kazinform, 21 September 2018 (plan of about 100,000)")
    return set_alt_text(
        ax,
        "Vehicles made in Kazakhstan: 19,217 in 2017 and 31,757 in 2018, as solid bars. A hatched "
        "bar shows the plan of "
        "about 100,000 for 2020, roughly three times the output of 2018.",
    )


@honest
def survey_with_error_bars():
    """Shares with their margins, from zero, with the number of people asked."""
    fig, ax = plt.subplots()
    ax.bar(
        ["diesel", "petrol", "electric"],
        [22, 61, 17],
        yerr=[3.4, 4.0, 3.1],
        capsize=5,
        color="#88ccee",
        edgecolor="black",
    )
    ax.set_ylim(0, 100)
    ax.yaxis.set_major_formatter(PercentFormatter())
    ax.set_title("Which car would you buy next?")
    ax.set_ylabel("share of answers")
    below(fig, "Source: own survey of 600 drivers, March 2019; lines show the 95 % margin")
    return set_alt_text(
        ax,
        "Bar chart of a survey of 600 drivers in March 2019: 61 % would buy petrol, 22 % diesel and "
        "17 % electric, each "
        "give or take three to four points.",
    )


@honest
def hundred_percent_stack():
    """Shares that add to 100 in each year; from zero; labels written into the bars."""
    fig, ax = plt.subplots(figsize=(7, 3))
    years = ["2018", "2019", "2020", "2021"]
    home = np.array([49, 59, 73, 75])
    ax.barh(years, home, color="#332288")
    ax.barh(years, 100 - home, left=home, color="#ddcc77", edgecolor="#332288")
    for i, h in enumerate(home):
        ax.text(h / 2, i, f"made here {h} %", color="white", ha="center", va="center", fontsize=8)
        ax.text(h + (100 - h) / 2, i, f"imported {100 - h} %", color="black", ha="center", va="center", fontsize=8)
    ax.invert_yaxis()
    ax.set_xlabel("share of cars sold in Kazakhstan, %")
    ax.set_title("From about every second car to three in four")
    fig.tight_layout()
    below(fig, "Source: AKAB and Prime Minister's office, via FBC")
    return set_alt_text(
        ax,
        "Stacked bars, each 100 %: the share of domestic cars among those sold was 49 % in 2018, 59 "
        "% in 2019, 73 % in "
        "2020 and 75 % in 2021; the rest were imported.",
    )


@honest
def floating_ranges_named_as_ranges():
    """The bars are said to be ranges from lowest to highest and both ends are written out."""
    fig, ax = plt.subplots(figsize=(7, 3.4))
    months = ["June", "May", "April"]
    low, high = np.array([14, 9, 3]), np.array([31, 26, 19])
    ax.hlines(months, low, high, color="#0072b2", linewidth=9)
    for m, a, b in zip(months, low, high, strict=True):
        ax.text(a - 0.6, m, f"{a}", ha="right", va="center")
        ax.text(b + 0.6, m, f"{b}", ha="left", va="center")
    ax.set(xlabel="°C, from the coldest to the warmest hour", xlim=(0, 35))
    ax.margins(y=0.3)
    ax.set_title("Spring 2018: from 3 to 31 degrees")
    fig.tight_layout()
    below(fig, "Source: weather station of the school, hourly readings")
    return set_alt_text(
        ax, "Ranges of temperature in spring 2018: April 3 to 19 degrees Celsius, May 9 to 26, June 14 to 31."
    )


# ---------------------------------------------------------------- bars, pandas


@honest
def pandas_series_bar():
    """Exports by full year, in the order of time, from zero."""
    plt.figure()
    ax = pd.Series([1548, 329, 2629, 8122], index=[2017, 2018, 2019, 2020]).plot.bar(rot=0, color="teal")
    ax.set(ylabel="vehicles exported a year", title="Exports more than tripled in 2020")
    below(ax.figure, "Source: Ministry of Industry and the car association")
    return set_alt_text(
        ax,
        "Bar chart of vehicles exported from Kazakhstan: 1,548 in 2017, 329 in 2018, 2,629 in 2019 "
        "and 8,122 in 2020, "
        "more than three times the year before.",
    )


@honest
def pandas_grouped_barh():
    """Two equal periods of five months, types sorted by size."""
    table = pd.DataFrame(
        {"Jan-May 2018": [126, 200, 367], "Jan-May 2019": [404, 270, 495]}, index=["buses", "trailers", "trucks"]
    )
    table = table.sort_values("Jan-May 2018")
    ax = table.plot.barh(figsize=(7, 4), color=["#999999", "#004488"], width=0.7)
    ax.set_xlabel("vehicles made")
    ax.set_title("Three times as many buses in the first five months")
    below(ax.figure, "Source: Ministry of Industry (R. Yerzhanov), June 2019")
    return set_alt_text(
        ax,
        "Grouped horizontal bars, January to May 2018 against January to May 2019: trucks 367 and "
        "495, trailers 200 and "
        "270, buses 126 and 404 vehicles.",
    )


@honest
def pandas_stacked_bar():
    """The parts of one market stacked from zero and a legend outside; colours far apart in lightness."""
    table = pd.DataFrame({"made in Kazakhstan": [12237], "imported": [13752]}, index=["January to June 2018"])
    ax = table.plot.bar(stacked=True, color=["#003f5c", "#ffa600"], edgecolor="black", rot=0, figsize=(6, 4.5))
    ax.legend(bbox_to_anchor=(1.02, 1), loc="upper left")
    ax.figure.subplots_adjust(right=0.58)
    ax.set_title("Nearly half of the new cars were made at home")
    ax.set_ylabel("new cars sold")
    below(ax.figure, "Source: KazAvtoProm, via Kazinform, 13 July 2018")
    return set_alt_text(
        ax,
        "Stacked bar of the new cars sold from January to June 2018: 12,237 made in Kazakhstan (47 "
        "%) and 13,752 imported.",
    )


@honest
def pandas_plot_kind_bar_with_zero():
    """A true zero is shown as zero and written."""
    table = pd.DataFrame({"month": ["Jan", "Feb", "Mar", "Apr"], "accidents": [4, 0, 3, 1]})
    ax = table.plot(kind="bar", x="month", y="accidents", legend=False, rot=0, color="#555555")
    ax.bar_label(ax.containers[0])
    ax.set_xlabel("2019")
    ax.set_ylabel("Accidents (number)")
    ax.set_title("No accident in February")
    ax.text(
        0.99, 0.97, "Source: traffic police, monthly list", transform=ax.transAxes, ha="right", va="top", fontsize=8
    )
    return set_alt_text(
        ax, "Accidents at the crossing in 2019 by month: 4 in January, 0 in February, 3 in March, 1 in April."
    )


@honest
def pandas_pie_of_two():
    """Two wedges with their percentages; they add up to 100."""
    fig, ax = plt.subplots(figsize=(5, 4.4))
    pd.Series([52.9, 47.1], index=["imported", "domestic"]).plot.pie(
        ax=ax,
        autopct="%.1f %%",
        colors=["#9a9a9a", "#56b4e9"],
        wedgeprops={"edgecolor": "black"},
        startangle=90,
        ylabel="",
    )
    ax.set_title("New cars sold, first half of 2018, shares in %")
    below(fig, "Source: KazAvtoProm via Kazinform, 13.07.2018")
    return set_alt_text(
        ax, "Pie chart: of the new cars sold in the first half of 2018, 52.9 % were imported and 47.1 % made at home."
    )


# ---------------------------------------------------------------- bars, seaborn


@honest
def seaborn_barplot_shares():
    """Full years, shares in percent from zero, a theme with a grid."""
    with sns.axes_style("whitegrid"):
        fig, ax = plt.subplots()
        table = pd.DataFrame({"year": ["2018", "2019", "2020", "2021"], "share": [49, 59, 73, 75]})
        sns.barplot(data=table, x="year", y="share", color="#029e73", errorbar=None, ax=ax)
        ax.set(title="Share of domestic cars in sales", xlabel="", ylabel="percent of new cars sold")
        below(fig, "Source: AKAB; for 2021 the Prime Minister")
    return set_alt_text(
        ax,
        "Bars: the share of domestic cars in all new cars sold in Kazakhstan grew from 49 percent in "
        "2018 to 75 percent in 2021.",
    )


@honest
def seaborn_barplot_hue():
    """Two first halves, equal bars from zero, the colour-blind palette."""
    table = pd.DataFrame(
        {
            "plant": ["Asia Auto", "SaryarkaAvtoProm"] * 2,
            "half": ["H1 2018"] * 2 + ["H1 2019"] * 2,
            "vehicles": [8573, 5297, 9999, 9290],
        }
    )
    fig, ax = plt.subplots()
    sns.barplot(data=table, x="plant", y="vehicles", hue="half", palette="colorblind", ax=ax)
    ax.set(title="Both plants made more than a year before", xlabel="")
    ax.legend(title="", loc="upper right")
    ax.set_ylim(0, 12500)
    below(fig, "Source: AKAB")
    return set_alt_text(
        ax,
        "Bars in pairs: Asia Auto from 8,573 vehicles in the first half of 2018 to 9,999 in the "
        "first half of 2019; "
        "SaryarkaAvtoProm from 5,297 to 9,290.",
    )


@honest
def seaborn_barplot_means():
    """Means of a sample with a 95 % interval, said in the caption."""
    rng = np.random.default_rng(1)
    table = pd.DataFrame(
        {
            "line": np.repeat(["12", "37", "63"], 40),
            "minutes": np.concatenate([rng.normal(m, 2.5, 40).clip(0) for m in (4, 7, 11)]),
        }
    )
    fig, ax = plt.subplots()
    sns.barplot(data=table, x="line", y="minutes", color="slategrey", seed=1, ax=ax)
    ax.set(title="Line 63 keeps people waiting longest", xlabel="bus line", ylabel="mean delay, minutes")
    below(fig, "Source: own measurement at the stop Abay, 40 buses a line, 3-7 June 2019; 95 % intervals")
    m = table.groupby("line")["minutes"].mean()
    return set_alt_text(
        ax,
        f"Mean delay of three bus lines, 3 to 7 June 2019: line 12 {m['12']:.1f} minutes, line 37 "
        f"{m['37']:.1f}, "
        f"line 63 {m['63']:.1f}, with error bars.",
    )


@honest
def seaborn_countplot():
    """Counts of answers from zero, sorted by number."""
    answers = pd.Series(["walk"] * 31 + ["bus"] * 24 + ["car"] * 12 + ["bicycle"] * 9, name="way")
    fig, ax = plt.subplots()
    sns.countplot(x=answers, order=["walk", "bus", "car", "bicycle"], color="#0b7bc1", ax=ax)
    ax.bar_label(ax.containers[0])
    ax.set(xlabel="", ylabel="number of answers")
    ax.set_title("Walking is the commonest way to school in class 9")
    below(fig, "Source: question in class, 76 answers, September 2018")
    return set_alt_text(
        ax, "How class 9 came to school in September 2018: 31 walked, 24 by bus, 12 by car, 9 by bicycle."
    )


@honest
def seaborn_countplot_horizontal_hue():
    """Two groups of counts, hatched as well as coloured."""
    table = pd.DataFrame(
        {
            "fuel": ["petrol"] * 55 + ["diesel"] * 32 + ["electric"] * 8,
            "kind": ["new"] * 35 + ["used"] * 20 + ["new"] * 10 + ["used"] * 22 + ["new"] * 6 + ["used"] * 2,
        }
    )
    fig, ax = plt.subplots(figsize=(7, 4))
    sns.countplot(data=table, y="fuel", hue="kind", palette=["#1f77b4", "#ffbb78"], ax=ax)
    for bar in ax.containers[1]:
        bar.set_hatch("//")
    ax.legend(title="")
    ax.set(xlabel="cars on the lot", ylabel="", title="Petrol leads among the 95 cars on the lot")
    below(fig, "Source: own count, 2 May 2019")
    return set_alt_text(
        ax,
        "Cars on a dealer's lot on 2 May 2019 by fuel, new and used: petrol 35 and 20, diesel 10 and "
        "22, electric 6 and 2.",
    )


@honest
def catplot_two_years():
    """Facets share one axis from zero, so that bars can be compared between panels."""
    table = pd.DataFrame(
        {
            "period": ["2018", "2019"] * 3,
            "vehicles": [367, 495, 200, 270, 126, 404],
            "kind": ["trucks"] * 2 + ["trailers"] * 2 + ["buses"] * 2,
        }
    )
    grid = sns.catplot(
        data=table, x="period", y="vehicles", col="kind", kind="bar", height=3.2, aspect=0.8, color="#a3569a"
    )
    grid.set_axis_labels("January to May", "vehicles made")
    grid.set_titles("{col_name}")
    grid.figure.suptitle("Buses overtook trailers")
    grid.figure.subplots_adjust(top=0.8, bottom=0.25)
    grid.figure.text(0.02, 0.02, "Source: Ministry of Industry, June 2019", fontsize=8)
    return set_alt_text(
        grid,
        "Three panels, January to May 2018 and 2019: trucks 367 and 495, trailers 200 and 270, buses "
        "126 and 404 vehicles.",
    )


@honest
def catplot_horizontal_deep():
    """One panel of sorted bars in the deep palette's first colour."""
    table = pd.DataFrame({"brand": ["Lada", "Hyundai", "Toyota", "Kia", "Ravon"], "cars": [520, 470, 430, 250, 180]})
    grid = sns.catplot(data=table, y="brand", x="cars", kind="bar", height=3.6, aspect=1.5)
    grid.set_axis_labels("cars on the car park", "")
    grid.figure.suptitle("Lada is the most frequent brand on our car park")
    grid.figure.subplots_adjust(top=0.88, bottom=0.25)
    grid.figure.text(0.02, 0.02, "Source: own count, car park of the stadium, 9 June 2018", fontsize=8)
    return set_alt_text(
        grid,
        "Count of cars on the stadium's car park on 9 June 2018: Lada 520, Hyundai 470, Toyota 430, "
        "Kia 250, Ravon 180.",
    )


@honest
def histogram_of_trips():
    """Equal bins from zero; both axes say what they count."""
    rng = np.random.default_rng(5)
    trips = pd.Series(rng.gamma(3, 7, 400), name="minutes")
    fig, ax = plt.subplots()
    sns.histplot(trips, bins=range(0, 85, 5), ax=ax, color="#4c72b0")
    ax.set(title="How long do our readers travel to work?", xlabel="minutes, one way", ylabel="number of readers")
    below(fig, "Source: readers' survey, 400 answers, autumn 2018")
    return set_alt_text(
        ax,
        f"Histogram of 400 readers' way to work in autumn 2018 in bins of five minutes. Half of them "
        f"need less than "
        f"{trips.median():.0f} minutes; few need more than an hour.",
    )


@honest
def plain_histogram():
    """plt.hist with equal bins and an axis from zero."""
    rng = np.random.default_rng(8)
    marks = rng.normal(62, 12, 250).clip(0, 100)
    fig, ax = plt.subplots()
    ax.hist(marks, bins=np.arange(0, 101, 10), color="0.5", edgecolor="white")
    ax.set_xlabel("points in the test (of 100)")
    ax.set_ylabel("students")
    ax.set_title("Test results, May 2019")
    below(fig, "Source: Department of Journalism, anonymised list of 250 results")
    return set_alt_text(
        ax,
        f"Histogram of 250 test results in May 2019. Most students got between 50 and 80 points; the "
        f"mean is {marks.mean():.0f}.",
    )


@honest
def objects_bar():
    """The same honest bars in seaborn.objects, unit and source in the axis labels."""
    table = pd.DataFrame({"year": ["2021", "2022", "2023"], "cars": [80.7, 105.7, 136.5]})
    plot = (
        so.Plot(table, "year", "cars")
        .add(so.Bar(color="#0173b2", alpha=1))
        .label(
            title="Passenger cars made in Kazakhstan",
            x="Source: Statistics Committee (2021); AKAB via JETRO",
            y="thousand cars a year",
        )
    )
    return set_alt_text(
        plot,
        "Bar chart of passenger cars made in Kazakhstan: 80.7 thousand in 2021, 105.7 thousand in "
        "2022 and 136.5 thousand in 2023, a rise each year.",
    )


@honest
def objects_dodged_bars():
    """Dodged bars on a figure of our own, with a caption."""
    table = pd.DataFrame(
        {
            "quarter": ["Q1", "Q2", "Q3", "Q4"] * 2,
            "shop": ["north"] * 4 + ["south"] * 4,
            "visits": [120, 150, 170, 160, 90, 95, 130, 180],
        }
    )
    fig = plt.figure(figsize=(7, 4.4))
    so.Plot(table, "quarter", "visits", color="shop").add(so.Bar(alpha=1), so.Dodge()).scale(
        color={"north": "#0b3c5d", "south": "#e3a857"}
    ).label(title="South overtook north in the last quarter", y="visitors a day, mean", x="2018", color="").on(
        fig
    ).plot()
    fig.subplots_adjust(bottom=0.24, right=0.8)
    fig.legends[0].set(loc="center right")
    fig.legends[0].set_bbox_to_anchor((0.97, 0.5))
    fig.text(0.02, 0.02, "Source: door counters of the two shops, 2018", fontsize=8)
    return set_alt_text(
        fig,
        "Visitors a day in 2018 by quarter: north 120, 150, 170, 160; south 90, 95, 130, 180. South "
        "passes north in the fourth quarter.",
    )


# ---------------------------------------------------------------- lines


@honest
def line_off_zero_exchange_rate():
    """A line may start off zero; the axis is numbered, the unit given and the rise is real."""
    years = list(range(2014, 2025))
    rate = [179.19, 221.73, 342.16, 326.00, 344.71, 382.75, 412.95, 425.91, 460.17, 456.17, 468.96]
    fig, ax = plt.subplots(figsize=(7, 4.4))
    ax.plot(years, rate, color="#882255", marker="o")
    ax.set_xticks(years)
    ax.set_title("The tenge lost most in 2016")
    ax.set_ylabel("tenge for one US dollar, mean of the year")
    below(fig, "Source: World Bank, World Development Indicators")
    return set_alt_text(
        ax,
        "Line chart of the yearly mean exchange rate, 2014 to 2024: from 179 to 469 tenge for a US "
        "dollar, with the largest "
        "jump in 2016, from 222 to 342.",
    )


@honest
def line_of_inflation_with_dates():
    """A time series on a date axis; the unit and the base of the index are named."""
    months = pd.date_range("2018-01-01", periods=9, freq="MS")
    index = [106.8, 106.5, 106.6, 106.5, 106.2, 105.9, 105.9, 106.0, 106.1]
    fig, ax = plt.subplots(figsize=(7, 4))
    ax.plot(months, index, color="black", linewidth=2)
    ax.set_ylabel("index, same month of 2017 = 100")
    ax.set_title("Prices rose by about 6 to 7 % on the year before")
    fig.autofmt_xdate()
    below(fig, "Source: Bureau of National Statistics, consumer prices")
    return set_alt_text(
        ax,
        "Consumer price index of Kazakhstan, January to September 2018, same month of the year "
        "before = 100: it eased from "
        "106.8 to 106.1, lowest in June and July at 105.9.",
    )


@honest
def line_with_missing_years():
    """The year without a figure is left out on a true time axis, and the gap is said."""
    fig, ax = plt.subplots(figsize=(7, 4))
    ax.plot(
        [2018, 2019, np.nan, 2021, 2022, 2023],
        [30042, 44861, np.nan, 80679, 105738, 136459],
        marker="s",
        color="#225555",
    )
    ax.text(2020, 60000, "2020:\nno figure", ha="center", fontsize=9)
    ax.set_xticks(range(2018, 2024))
    ax.set_ylim(0)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v / 1000:.0f}"))
    ax.set_ylabel("passenger cars made, '000")
    ax.set_title("More than four times as many cars in five years")
    below(fig, "Source: AKAB via JETRO; 2021: Statistics Committee")
    return set_alt_text(
        ax,
        "Line of passenger cars made in Kazakhstan: 30,042 in 2018, 44,861 in 2019, no figure for "
        "2020, 80,679 in 2021, "
        "105,738 in 2022, 136,459 in 2023.",
    )


@honest
def pandas_line_two_series():
    """Two lines told apart by dash and marker as well as by colour."""
    table = pd.DataFrame(
        {
            "2017": [107.9, 107.8, 107.7, 107.5, 107.5, 107.5, 107.1, 107.0],
            "2018": [106.8, 106.5, 106.6, 106.5, 106.2, 105.9, 105.9, 106.0],
        },
        index=["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"],
    )
    ax = table.plot.line(style=["o--", "s-"], figsize=(7, 4.2))
    ax.set(
        ylabel="index, same month of the year before = 100", xlabel="", title="Inflation was lower in 2018 than in 2017"
    )
    below(ax.figure, "Source: Bureau of National Statistics (CPI)")
    return set_alt_text(
        ax,
        "Two lines, January to August: the consumer price index against the same month a year before "
        "fell from 107.9 to 107.0 "
        "in 2017 and from 106.8 to 106.0 in 2018; 2018 lies below 2017 in every month.",
    )


@honest
def pandas_period_line():
    """A series with a PeriodIndex, equal months."""
    plt.figure()
    sold = pd.Series([3.1, 3.4, 4.2, 4.4, 4.6, 4.5], index=pd.period_range("2018-01", periods=6, freq="M"))
    ax = sold.plot(color="tab:purple", marker="o")
    ax.set_ylim(0, 5.5)
    ax.set_ylabel("new cars sold in the month, thousand")
    ax.set_title("Sales climbed until May")
    below(ax.figure, "Source: dealers' association of the region, monthly bulletin")
    return set_alt_text(
        ax,
        "Monthly sales of new cars, January to June 2018: 3.1 thousand in January, rising to 4.6 "
        "thousand in May and 4.5 in June.",
    )


@honest
def pandas_area():
    """A stacked area from zero; light and dark stay apart, and the legend stands in the order of the layers."""
    table = pd.DataFrame({"tram": [20, 22, 25, 27], "bus": [60, 58, 61, 66]}, index=[2015, 2016, 2017, 2018])
    ax = table.plot.area(color=["#08306b", "#5b9bd1"], figsize=(7, 4.2))
    ax.set_xticks(table.index)
    ax.legend(loc="lower right", reverse=True)
    ax.set_ylabel("million trips a year")
    ax.set_title("More trips by tram and by bus since 2016")
    below(ax.figure, "Source: City Transport, statistical yearbook 2019")
    return set_alt_text(
        ax,
        "Stacked areas of trips, 2015 to 2018: tram from 20 to 27 million a year, bus from 60 to 66 "
        "million after 58 in 2016.",
    )


@honest
def seaborn_lineplot_style():
    """Hue and dashes say the same thing, so that colour is not the only cue."""
    table = pd.DataFrame(
        {
            "year": [2015, 2016, 2017, 2018] * 3,
            "city": ["Almaty"] * 4 + ["Astana"] * 4 + ["Shymkent"] * 4,
            "price": [310, 305, 312, 330, 290, 300, 318, 345, 180, 176, 181, 190],
        }
    )
    fig, ax = plt.subplots()
    sns.lineplot(data=table, x="year", y="price", hue="city", style="city", markers=True, ax=ax)
    ax.set_xticks([2015, 2016, 2017, 2018])
    ax.set(title="Astana has become dearer than Almaty", xlabel="", ylabel="thousand tenge a square metre")
    below(fig, "Source: housing agency, price list of each December")
    return set_alt_text(
        ax,
        "Lines of flat prices in thousand tenge a square metre, 2015 to 2018: Almaty 310 to 330, "
        "Astana 290 to 345, passing Almaty "
        "in 2017, Shymkent 180 to 190.",
    )


@honest
def direct_labels_one_highlight():
    """Grey context lines and one dark line, each named at its end: no legend is needed."""
    fig, ax = plt.subplots(figsize=(7, 4.4))
    years = [2014, 2015, 2016, 2017, 2018]
    lines = {
        "our town": [9.1, 8.4, 7.0, 5.8, 4.9],
        "Town A": [8.0, 7.8, 7.9, 7.5, 7.3],
        "Town B": [6.0, 6.4, 6.3, 6.5, 6.2],
    }
    for name, values in lines.items():
        mine = name == "our town"
        ax.plot(years, values, color="#b30000" if mine else "0.5", linewidth=3 if mine else 1.5)
        ax.annotate(
            name,
            (2018, values[-1]),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color="#b30000" if mine else "0.35",
        )
    ax.set_xticks(years)
    ax.set_xlim(2014, 2018.8)
    ax.set_ylim(0, 10)
    ax.set_ylabel("unemployed, % of the workforce")
    ax.set_title("Unemployment in our town nearly halved", loc="left", fontweight="bold")
    below(fig, "Source: labour office, annual means")
    return set_alt_text(
        ax,
        "Unemployment in percent, 2014 to 2018. Our town fell from 9.1 to 4.9 %, Town A from 8.0 to "
        "7.3 %; Town B stayed near 6 %.",
    )


@honest
def index_hundred():
    """Both series start at 100 and the base year is named; two different things become comparable."""
    fig, ax = plt.subplots()
    years = [2014, 2015, 2016, 2017, 2018]
    ax.plot(years, [100, 104, 109, 117, 126], "-o", color="#0072b2", label="wages")
    ax.plot(years, [100, 107, 122, 131, 139], "--^", color="#d55e00", label="prices")
    ax.axhline(100, color="0.6", linewidth=0.8)
    ax.set_xticks(years)
    ax.set_ylabel("index, 2014 = 100")
    ax.set_title("Prices have risen faster than wages since 2014")
    ax.legend()
    below(fig, "Source: regional statistics office, tables 3.1 and 8.4")
    return set_alt_text(
        ax, "Two lines as an index with 2014 = 100. By 2018 wages reached 126 and prices 139, so prices rose more."
    )


@honest
def log_line_said():
    """A log axis for lines that multiply, and the axis says that it is one."""
    fig, ax = plt.subplots()
    days = np.arange(0, 50, 7)
    ax.plot(days, 20 * 2.0 ** (days / 7), marker="o", color="#005f73")
    ax.set_yscale("log", base=2)
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.set_xlabel("days since 1 March 2019")
    ax.set_ylabel("shares of the post (log scale: each step doubles)")
    ax.set_title("The number of shares doubled every week")
    below(fig, "Source: platform's own counter, read each Friday")
    return set_alt_text(
        ax,
        "Line on a log scale over seven weeks from 1 March 2019: shares of a post grew from 20 to "
        "2,560, doubling every week.",
    )


@honest
def step_of_the_fare():
    """Fares change in steps and are drawn in steps."""
    fig, ax = plt.subplots()
    ax.step([2010, 2012, 2015, 2018, 2020], [50, 65, 80, 80, 90], where="post", color="#222255", linewidth=2)
    ax.set_ylim(0, 100)
    ax.set_xticks([2010, 2012, 2014, 2016, 2018, 2020])
    ax.set_ylabel("tenge for one ride")
    ax.set_title("The bus fare was raised three times in ten years")
    below(fig, "Source: fares of the city council, 2010-2020")
    return set_alt_text(
        ax, "Step line of the bus fare: 50 tenge from 2010, 65 from 2012, 80 from 2015 and 90 from 2020."
    )


@honest
def forecast_dashed_and_named():
    """The forecast is dashed, lighter and written as a forecast, with a line between past and future."""
    fig, ax = plt.subplots(figsize=(7, 4.2))
    ax.plot([2014, 2015, 2016, 2017, 2018], [1.71, 1.74, 1.78, 1.80, 1.85], color="#004488", marker="o")
    ax.plot(
        [2018, 2019, 2020, 2021],
        [1.85, 1.90, 1.94, 1.99],
        color="#004488",
        linestyle=":",
        marker="o",
        markerfacecolor="white",
    )
    ax.axvline(2018, color="0.6", linewidth=0.8)
    ax.text(2015, 1.90, "counted", color="#004488")
    ax.text(2019.6, 1.86, "forecast", color="#004488", style="italic")
    ax.set_xticks(range(2014, 2022))
    ax.set_ylabel("inhabitants, million")
    ax.set_title("The city could come close to two million by 2021 (forecast)")
    below(fig, "Source: city statistics, forecast of March 2019")
    return set_alt_text(
        ax,
        "Line of inhabitants in millions: counted from 1.71 in 2014 to 1.85 in 2018; a dotted line "
        "continues as a forecast to 1.99 in 2021.",
    )


@honest
def forecast_band_lineplot():
    """Seaborn for the facts, a band and dashes for the plan, and the legend says plan."""
    fig, ax = plt.subplots(figsize=(7, 4.2))
    facts = pd.DataFrame({"year": [2015, 2016, 2017, 2018], "places": [820, 860, 900, 960]})
    sns.lineplot(data=facts, x="year", y="places", color="black", marker="o", label="built", ax=ax)
    ax.plot([2018, 2019, 2020], [960, 1100, 1250], "k--", label="plan of the council")
    ax.fill_between([2018, 2019, 2020], [960, 1030, 1100], [960, 1150, 1350], color="0.85", label="range of the plan")
    ax.set_xticks(range(2015, 2021))
    ax.set(
        ylabel="places in nurseries", xlabel="", title="960 places exist, 1,250 are planned for 2020", ylim=(0, 1500)
    )
    ax.legend(loc="lower right")
    below(fig, "Source: council paper 2018/77")
    return set_alt_text(
        ax,
        "Nursery places: a solid line from 820 in 2015 to 960 in 2018, then a dashed line, the plan, "
        "to 1,250 in 2020 with a grey range.",
    )


@honest
def relplot_facets_lines():
    """Small multiples with one shared scale."""
    table = pd.DataFrame(
        {
            "year": [2016, 2017, 2018] * 3,
            "visitors": [12, 14, 15, 30, 29, 33, 7, 9, 8],
            "museum": ["Arts"] * 3 + ["History"] * 3 + ["Toys"] * 3,
        }
    )
    grid = sns.relplot(
        data=table, x="year", y="visitors", col="museum", kind="line", height=3, aspect=0.9, marker="o", color="black"
    )
    grid.set(xticks=[2016, 2017, 2018], ylim=(0, 40))
    grid.set_axis_labels("", "visitors, thousand a year")
    grid.set_titles("{col_name}")
    grid.figure.suptitle("Which museum draws the most visitors?", y=0.98)
    grid.figure.subplots_adjust(top=0.8, bottom=0.22)
    grid.figure.text(0.02, 0.02, "Source: museums' annual reports 2016 to 2018", fontsize=8)
    return set_alt_text(
        grid,
        "Three small line charts with one scale, 2016 to 2018, thousand visitors: History 30, 29, "
        "33; Arts 12, 14, 15; Toys 7, 9, 8.",
    )


@honest
def objects_line():
    """A seaborn.objects line with a unit, a source and a title that only names the thing."""
    table = pd.DataFrame(
        {"year": list(range(2014, 2024)), "rate": [6.85, 6.68, 14.36, 7.44, 6.16, 5.33, 6.72, 8.04, 15.03, 14.72]}
    )
    plot = (
        so.Plot(table, "year", "rate")
        .add(so.Line(color="#7a0177", marker="o"))
        .limit(y=(0, 17))
        .label(
            title="Inflation in Kazakhstan",
            y="change of consumer prices on the year before, %",
            x="Source: World Bank (WDI)",
        )
    )
    return set_alt_text(
        plot,
        "Line chart of yearly inflation, 2014 to 2023. It peaked at 14.4 % in 2016 and at 15.0 % in "
        "2022; its lowest was 5.3 % in 2019.",
    )


@honest
def stable_share():
    """The title says stable, and the values move by one point in five years."""
    fig, ax = plt.subplots()
    ax.plot(["2014", "2015", "2016", "2017", "2018"], [48.2, 48.6, 48.1, 48.4, 48.3], color="#117733", marker="o")
    ax.set_ylim(0, 100)
    ax.set_ylabel("women among the members, %")
    ax.set_title("The share of women has been stable")
    below(fig, "Source: membership register of the union, each 31 December")
    return set_alt_text(
        ax,
        "Line chart: women made up between 48.1 and 48.6 % of the union's members in every year from "
        "2014 to 2018, so hardly any change.",
    )


@honest
def falling_line():
    """The title says falling and the line falls each year."""
    plt.figure()
    ax = pd.Series([5.2, 4.7, 4.1, 3.0, 2.6], index=["2014", "2015", "2016", "2017", "2018"]).plot(
        marker="o", color="#aa3377"
    )
    ax.set_ylim(0, 6)
    ax.set_ylabel("newspapers sold a day, '000")
    ax.set_title("Circulation halved between 2014 and 2018")
    below(ax.figure, "Source: audit bureau of circulation, yearly means")
    return set_alt_text(
        ax,
        "The paper sold 5.2 thousand copies a day in 2014, then 4.7, 4.1, 3.0 and 2.6 thousand in 2018, half as many.",
    )


# ---------------------------------------------------------------- points, dumbbells, slopes


@honest
def pointplot_of_waiting():
    """Means with intervals as points; points need no zero."""
    rng = np.random.default_rng(11)
    table = pd.DataFrame(
        {
            "day": np.tile(np.repeat(["Mon", "Wed", "Fri"], 30), 1),
            "minutes": np.concatenate([rng.normal(m, 3, 30) for m in (22, 25, 31)]),
        }
    )
    fig, ax = plt.subplots()
    sns.pointplot(data=table, x="day", y="minutes", color="#333333", seed=2, ax=ax)
    ax.set(title="Longest wait on Fridays", xlabel="", ylabel="minutes in the queue (mean, 95 % interval)")
    below(fig, "Source: own measurement at the service centre, 30 people a day, week of 4 June 2018")
    m = table.groupby("day")["minutes"].mean()
    return set_alt_text(
        ax,
        f"Mean wait in the week of 4 June 2018: Monday {m['Mon']:.0f} minutes, Wednesday "
        f"{m['Wed']:.0f}, Friday {m['Fri']:.0f}, each with an interval.",
    )


@honest
def scatter_of_flats():
    """Two measured things, each with its unit; the trend the title claims is there."""
    rng = np.random.default_rng(4)
    size = rng.uniform(30, 120, 60)
    price = 5 + 0.31 * size + rng.normal(0, 3, 60)
    fig, ax = plt.subplots()
    sns.scatterplot(x=size, y=price, color="#0072b2", ax=ax)
    ax.set(xlabel="size, square metres", ylabel="price, million tenge", title="Larger flats cost more")
    below(fig, "Source: 60 adverts on a housing site, read on 5 June 2018")
    return set_alt_text(
        ax,
        "Scatter plot of 60 flats offered on 5 June 2018: prices rise with size, from about 19 "
        "million tenge at 35 m² to about 43 at 118 m².",
    )


@honest
def scatter_markers_by_kind():
    """Marker and colour say the same, so that no reader is lost."""
    rng = np.random.default_rng(9)
    table = pd.DataFrame({"km": rng.uniform(5, 150, 40).round(), "kind": ["used"] * 40})
    table.loc[:14, "kind"] = "nearly new"
    table.loc[:14, "km"] = rng.uniform(1, 20, 15).round()
    table["price"] = np.where(table["kind"] == "used", 7.5 - 0.03 * table["km"], 9 - 0.05 * table["km"]) + rng.normal(
        0, 0.4, 40
    )
    fig, ax = plt.subplots()
    sns.scatterplot(
        data=table, x="km", y="price", hue="kind", style="kind", palette=["#e69f00", "#0072b2"], s=60, ax=ax
    )
    ax.set(xlabel="thousand km driven", ylabel="price asked, m KZT", title="The more kilometres, the cheaper the car")
    ax.legend(title="")
    below(fig, "Source: 40 adverts for one model, kolesa board, 12 March 2019")
    return set_alt_text(
        ax,
        "Scatter plot of 40 car adverts of 12 March 2019: the price asked falls from about 9 m KZT "
        "for nearly new cars to about 3 m KZT at 150 thousand km.",
    )


@honest
def bubbles_by_area():
    """The AREA of each bubble follows the number, and the values are written beside."""
    fig, ax = plt.subplots(figsize=(7, 3.4))
    people = np.array([2.0, 1.1, 1.0, 0.5])
    ax.scatter(range(4), [0] * 4, s=people * 2200, color="#6699cc", edgecolor="black")
    for i, (name, n) in enumerate(zip(["Almaty", "Astana", "Shymkent", "Karaganda"], people, strict=True)):
        ax.text(i, 0, f"{name}\n{n:.1f} m", ha="center", va="center", fontsize=9)
    ax.set(xlim=(-0.7, 3.7), ylim=(-1, 1), xticks=[], yticks=[])
    ax.set_title("Inhabitants of four cities, million, 2019 (area of the circle = inhabitants)")
    below(fig, "Source: city registers, rounded, 1 January 2019")
    return set_alt_text(
        ax,
        "Four circles whose areas follow the number of inhabitants on 1 January 2019: Almaty 2.0 "
        "million, Astana 1.1, Shymkent 1.0, Karaganda 0.5.",
    )


@honest
def lollipop():
    """Lollipops from zero, sorted, each value written."""
    names = ["special", "buses", "trailers", "trucks"]
    n = [86, 153, 210, 486]
    fig, ax = plt.subplots(figsize=(7, 3.6))
    ax.hlines(names, 0, n, color="0.5")
    ax.plot(n, names, "o", color="#8b0000", markersize=10)
    for name, v in zip(names, n, strict=True):
        ax.text(v + 12, name, str(v), va="center")
    ax.set_xlim(0, 560)
    ax.set_xlabel("vehicles made, first half of 2018")
    ax.set_title("Beside cars, mostly trucks")
    fig.tight_layout()
    below(fig, "Source: AKAB via Azernews")
    return set_alt_text(
        ax,
        "Lollipop chart of vehicles other than cars, first half of 2018: 486 trucks, 210 trailers, "
        "153 buses, 86 special vehicles.",
    )


@honest
def stem_of_goals():
    """A stem plot from zero in time order."""
    fig, ax = plt.subplots()
    ax.stem(range(1, 11), [2, 0, 1, 3, 1, 0, 4, 2, 2, 1], linefmt="C0-", markerfmt="C0o", basefmt="k-")
    ax.set_xticks(range(1, 11))
    ax.set_xlabel("match of the season 2018/19")
    ax.set_ylabel("goals")
    ax.set_title("Four goals in the seventh match, the best of the ten")
    below(fig, "Source: league's match reports")
    return set_alt_text(
        ax,
        "Stem chart of goals in the first ten matches of 2018/19: 2, 0, 1, 3, 1, 0, 4, 2, 2 and 1; "
        "the most, four, in match seven.",
    )


@honest
def dumbbell():
    """Two points for each city on a numbered axis; open and filled markers, so no colour is needed."""
    cities = ["Shymkent", "Almaty", "Astana"]
    before, after = [15, 19, 28], [22, 24, 30]
    fig, ax = plt.subplots(figsize=(7, 3.4))
    ax.hlines(cities, before, after, color="0.6", linewidth=2)
    ax.plot(before, cities, "o", color="black", markerfacecolor="white", markersize=9, label="2014")
    ax.plot(after, cities, "o", color="black", markersize=9, label="2018")
    ax.set(xlabel="percent of households with two cars", title="Two cars have become more common in all three cities")
    ax.margins(y=0.25)
    ax.legend(loc="lower right")
    fig.tight_layout()
    below(fig, "Source: household survey 2014 and 2018, region office")
    return set_alt_text(
        ax,
        "Dumbbell chart of households with two cars, 2014 and 2018: Astana 28 to 30 %, Almaty 19 to "
        "24 %, Shymkent 15 to 22 %.",
    )


@honest
def slope_chart():
    """A slope chart of two equal half years with direct labels."""
    fig, ax = plt.subplots(figsize=(6.5, 5))
    for name, a, b, c in [("Asia Auto", 8573, 9999, "#0072b2"), ("SaryarkaAvtoProm", 5297, 9290, "#a6611a")]:
        ax.plot([0, 1], [a, b], marker="o", color=c)
        ax.text(-0.06, a, f"{name} {a:,}", ha="right", va="center", color=c)
        ax.text(1.06, b, f"{b:,}", ha="left", va="center", color=c)
    ax.set_xticks([0, 1], ["H1 2018", "H1 2019"])
    ax.set_xlim(-1.3, 1.5)
    fig.subplots_adjust(left=0.16)
    ax.set_ylim(0, 11000)
    ax.set_ylabel("vehicles made")
    ax.set_title("SaryarkaAvtoProm: up by three quarters")
    below(fig, "Source: AKAB (Azernews 2018; FBC 2019)")
    return set_alt_text(
        ax,
        "Slope chart, first half of 2018 to first half of 2019: Asia Auto 8,573 to 9,999 vehicles, "
        "SaryarkaAvtoProm 5,297 to 9,290, up 75 %.",
    )


@honest
def errorbar_points():
    """Points with their margins; the caption says what the lines mean."""
    fig, ax = plt.subplots()
    ax.errorbar(["2016", "2017", "2018"], [31, 34, 33], yerr=[2.8, 2.7, 2.9], fmt="o", capsize=4, color="black")
    ax.set_ylabel("readers who trust the paper, %")
    ax.set_title("No clear change: the margins overlap")
    below(fig, "Source: readers' survey, about 1,000 answers a year; lines: 95 % margin")
    return set_alt_text(
        ax,
        "Three points with margins: 31 % of readers trusted the paper in 2016, 34 % in 2017, 33 % in "
        "2018, plus or minus 3 points, so no clear change.",
    )


@honest
def dot_plot_objects():
    """Dots instead of bars, so an axis off zero is fair; sorted."""
    table = pd.DataFrame({"school": ["No. 5", "No. 2", "No. 9", "No. 1"], "mark": [4.4, 4.1, 3.9, 3.6]})
    plot = (
        so.Plot(table, "mark", "school")
        .add(so.Dot(color="#0173b2", pointsize=9))
        .limit(x=(3, 5))
        .label(title="Mean mark in maths, June 2018", x="mark, 5 is best (source: schools' reports of June 2018)", y="")
    )
    return set_alt_text(
        plot,
        "Dot plot of mean maths marks in June 2018: school No. 5 has 4.4, No. 2 has 4.1, No. 9 has "
        "3.9 and No. 1 has 3.6.",
    )


@honest
def boxplot_of_speeds():
    """Boxes show spread and need no zero; unit and sample are named."""
    rng = np.random.default_rng(12)
    table = pd.DataFrame(
        {
            "hour": np.repeat(["8 am", "1 pm", "6 pm"], 50),
            "speed": np.concatenate([rng.normal(m, 4, 50) for m in (18, 31, 15)]),
        }
    )
    fig, ax = plt.subplots()
    sns.boxplot(data=table, x="hour", y="speed", color="#cccccc", ax=ax)
    ax.set(title="Traffic is slowest at six in the evening", xlabel="", ylabel="speed, km/h")
    below(fig, "Source: own drives on Abay avenue, 50 an hour, May 2019")
    m = table.groupby("hour")["speed"].median()
    return set_alt_text(
        ax,
        f"Box plots of speed on Abay avenue in May 2019: median {m['8 am']:.0f} km/h at 8 am, "
        f"{m['1 pm']:.0f} at 1 pm and {m['6 pm']:.0f} at 6 pm.",
    )


@honest
def rank_lines():
    """Ranks run from one at the top, as the axis says; lines, not bars."""
    fig, ax = plt.subplots(figsize=(6, 4.4))
    ax.plot(["2016", "2017", "2018"], [3, 2, 1], marker="o", color="#0072b2", linewidth=3)
    ax.plot(["2016", "2017", "2018"], [1, 1, 2], marker="s", color="black", linewidth=2, linestyle="--")
    ax.plot(["2016", "2017", "2018"], [2, 3, 3], marker="^", color="0.45", linewidth=2, linestyle=":")
    for name, y in [("Lions", 1), ("Wolves", 2), ("Bears", 3)]:
        ax.text(2.08, y, name, va="center")
    ax.set_xlim(-0.2, 2.5)
    ax.set_ylim(3.4, 0.6)
    ax.set_yticks([1, 2, 3])
    ax.set_ylabel("place in the league (1 = best)")
    ax.set_title("The Lions climbed from third to first place")
    below(fig, "Source: final tables of the league")
    return set_alt_text(
        ax,
        "Places in the league 2016 to 2018: Lions third, second, first; Wolves first, first, second; "
        "Bears second, third, third.",
    )


# ---------------------------------------------------------------- heatmaps, two panels, the rest


@honest
def heatmap_annotated():
    """Every cell has its number, and the colour bar names the unit."""
    table = pd.DataFrame(
        [[12, 30, 25, 9], [14, 33, 28, 11], [22, 20, 18, 26]],
        index=["Mon-Thu", "Fri", "Sat-Sun"],
        columns=["6-9", "9-14", "14-19", "19-23"],
    )
    fig, ax = plt.subplots(figsize=(7, 4))
    sns.heatmap(table, annot=True, cmap="viridis", cbar_kws={"label": "visitors an hour"}, ax=ax)
    ax.set(title="The library is fullest on Friday mornings", xlabel="hour of the day", ylabel="")
    below(fig, "Source: door counter, means of March 2019")
    return set_alt_text(
        ax,
        "Heatmap of visitors an hour in March 2019 by day and time. The most, 33, come on Fridays "
        "from 9 to 14; the fewest, 9, from Monday to Thursday after 19.",
    )


@honest
def heatmap_greys():
    """A grey scale reads in print; the unit stands in the title."""
    table = pd.DataFrame(
        {"2016": [4, 7, 11], "2017": [5, 9, 10], "2018": [8, 12, 15]}, index=["north", "centre", "south"]
    )
    fig, ax = plt.subplots()
    sns.heatmap(table, annot=True, fmt="d", cmap="Greys", vmin=0, vmax=45, linewidths=1, cbar=False, ax=ax)
    ax.set_title("Accidents with bicycles (number a year)")
    below(fig, "Source: police, accident statistics 2016-2018")
    return set_alt_text(
        ax,
        "Table in shades of grey: bicycle accidents a year, 2016 to 2018. North 4, 5, 8; centre 7, "
        "9, 12; south 11, 10, 15.",
    )


@honest
def two_panels_instead_of_two_axes():
    """Two units in two panels, each with its own zero and label, instead of a second axis."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8, 4))
    left.bar(["Jan-May 2018", "Jan-May 2019"], [11.8, 16.9], color="#4477aa")
    left.set_ylabel("vehicles, thousand")
    left.set_title("Vehicles: +43 %", fontsize=10)
    right.bar(["Jan-May 2018", "Jan-May 2019"], [71.5, 114.7], color="#228833")
    right.set_ylabel("value, bn KZT")
    right.set_title("Value: +60 %", fontsize=10)
    fig.suptitle("Value grew faster than number")
    fig.tight_layout()
    fig.subplots_adjust(wspace=0.35)
    below(fig, "Source: Ministry of Industry (Jan-May 2018: own sum of its parts)")
    return set_alt_text(
        fig,
        "Two panels, January to May 2018 and 2019: vehicles rose from 11.8 to 16.9 thousand, value "
        "from 71.5 to 114.7 bn KZT.",
    )


@honest
def two_panels_same_scale():
    """The same measure in two panels with one shared axis."""
    fig, axes = plt.subplots(1, 2, sharey=True, figsize=(8, 4))
    for ax, half, n in zip(
        axes, ["first half of 2018", "first half of 2019"], [[8573, 5297], [9999, 9290]], strict=True
    ):
        ax.bar(["Asia Auto", "Saryarka"], n, color="#c2410c")
        ax.set_title(half, fontsize=10)
    axes[0].set_ylabel("vehicles")
    fig.suptitle("The gap between the two plants has closed to 709 vehicles", y=0.99)
    below(fig, "Source: AKAB")
    return set_alt_text(
        fig,
        "Two panels on one scale. First half of 2018: Asia Auto 8,573, Saryarka 5,297 vehicles. "
        "First half of 2019: 9,999 and 9,290.",
    )


@honest
def second_axis_as_conversion():
    """The right axis only converts the same line at a fixed rate, which is stated; nothing is matched."""
    fig, ax = plt.subplots(figsize=(7, 4.4))
    ax.plot(["Jan", "Feb", "Mar", "Apr", "May"], [6.1, 6.3, 6.2, 6.6, 6.9], color="black", marker="o")
    ax.set_ylim(0, 8)
    ax.set_ylabel("price of the model, m KZT")
    right = ax.secondary_yaxis("right", functions=(lambda v: v * 1e3 / 344.7, lambda v: v * 344.7 / 1e3))
    right.set_ylabel("the same in '000 USD, at 344.7 KZT")
    ax.set_title("The model costs 13 % more than in January 2018")
    below(fig, "Source: dealer's price list, January to May 2018; rate: mean of 2018, World Bank")
    return set_alt_text(
        ax,
        "Line of one model's price in 2018: 6.1 m KZT in January, 6.9 m KZT in May, 13 % more; the "
        "right axis converts to dollars.",
    )


@honest
def rotated_labels_sorted():
    """Long names are turned so that they can be read; sorted from large to small."""
    plt.figure(figsize=(7, 5))
    hours = pd.Series(
        {
            "Faculty of Journalism": 41,
            "Faculty of Law": 38,
            "Faculty of Physics": 33,
            "Faculty of History": 30,
            "Faculty of Biology": 27,
            "Faculty of Chemistry": 19,
        }
    )
    ax = hours.plot(kind="bar", color="#117766", rot=40)
    plt.setp(ax.get_xticklabels(), ha="right")
    ax.set_ylabel("opening hours a week")
    ax.set_title("Which reading room is open longest?")
    ax.figure.subplots_adjust(bottom=0.4)
    ax.figure.text(0.02, 0.02, "Source: notices on the doors, read on 3 September 2018", fontsize=8)
    return set_alt_text(
        ax,
        "Opening hours a week of six reading rooms in September 2018: Journalism 41, Law 38, Physics "
        "33, History 30, Biology 27, Chemistry 19.",
    )


@honest
def dark_theme():
    """White marks and text on black; source and unit in the same light colour."""
    with plt.style.context("dark_background"):
        fig, ax = plt.subplots()
        ax.bar(["2019", "2020"], [2629, 8122], color="#56b4e9")
        ax.set_title("Three times as many cars went abroad")
        ax.set_ylabel("vehicles exported")
        below(fig, "Source: Ministry of Industry and car association", colour="white")
    return set_alt_text(
        ax, "Bar chart: Kazakhstan exported 2,629 vehicles in 2019 and 8,122 in 2020, about three times as many."
    )


@honest
def fivethirtyeight_with_subtitle():
    """The unit stands in a subtitle, the source in a caption."""
    with plt.style.context("fivethirtyeight"):
        fig, ax = plt.subplots(figsize=(7, 5))
        ax.plot(["2018", "2019", "2020", "2021"], [49, 59, 73, 75], color="#006699", marker="o")
        ax.set_ylim(0, 100)
        fig.suptitle("Home-made cars took over the market", x=0.02, ha="left", fontsize=15)
        ax.set_title("Share of domestic cars in new-car sales, percent", loc="left", fontsize=11)
        below(fig, "Source: AKAB; Prime Minister (2021)", colour="black", size=9)
    return set_alt_text(
        ax,
        "Line: the share of domestic cars in sales rose from 49 percent in 2018 to 59 in 2019, 73 in "
        "2020 and 75 in 2021.",
    )


@honest
def reference_line_of_the_mean():
    """A reference line is labelled and carries the same unit as the bars."""
    fig, ax = plt.subplots(figsize=(7, 4.2))
    n = [9, 12, 7, 15, 12]
    ax.bar(["Mon", "Tue", "Wed", "Thu", "Fri"], n, color="#88aacc", edgecolor="#113355")
    ax.axhline(np.mean(n), color="#b2182b", linestyle="--")
    ax.text(4.55, np.mean(n) + 0.2, "mean 11", color="#b2182b")
    ax.set_xlim(-0.6, 5.4)
    ax.set_ylabel("letters to the editor")
    ax.set_title("Thursday brought the most letters")
    below(fig, "Source: editorial desk, 4 to 8 March 2019")
    return set_alt_text(
        ax,
        "Letters to the editor, 4 to 8 March 2019: Monday 9, Tuesday 12, Wednesday 7, Thursday 15, "
        "Friday 12; the mean is 11.",
    )


@honest
def hedged_more_than():
    """A hedged number is hedged in the title too; the value of 19,000 is marked as a lower bound."""
    fig, ax = plt.subplots()
    bars = ax.bar(
        ["Jan-Aug 2017\n(estimate)", "Jan-Aug 2018"], [12500, 19000], color=["white", "#0072b2"], edgecolor="#0072b2"
    )
    bars[0].set_hatch("//")
    ax.bar_label(bars, labels=["about 12,500", "more than 19,000"])
    ax.set(ylabel="vehicles made", ylim=(0, 22000))
    ax.set_title("More than 19,000 vehicles in eight months, about half as many again")
    ax.title.set_fontsize(11)
    below(fig, "Sources: Kazinform, 21.09.2018; 2017: own estimate from AKAB's half-year figures")
    return set_alt_text(
        ax,
        "Two bars for January to August: an estimated 12,500 vehicles in 2017, hatched, and more "
        "than 19,000 in 2018, about 1.5 times as many.",
    )


@honest
def percentage_points():
    """A change of shares is given in percentage points and said so."""
    fig, ax = plt.subplots(figsize=(6, 4))
    ax.bar(["2019", "2020", "2021"], [10, 14, 2], color="#665191")
    ax.set_ylabel("change on the year before, percentage points")
    ax.set_title("The share of domestic cars rose most in 2020")
    below(fig, "Source: own arithmetic from AKAB's shares 49, 59, 73 and 75 %")
    return set_alt_text(
        ax,
        "Bars of the change in the share of domestic cars: plus 10 percentage points in 2019, plus "
        "14 in 2020, plus 2 in 2021.",
    )


@honest
def diverging_survey():
    """Agree to the right, disagree to the left of a shared zero; labels name both sides."""
    fig, ax = plt.subplots(figsize=(7, 3.4))
    items = ["cheaper buses", "more parking", "a car-free centre"]
    yes, no = np.array([81, 64, 47]), np.array([12, 30, 45])
    ax.barh(items, yes, color="#2166ac", label="agree")
    ax.barh(items, -no, color="#f4a582", edgecolor="black", label="disagree")
    ax.axvline(0, color="black", linewidth=0.8)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{abs(v):.0f} %"))
    ax.invert_yaxis()
    ax.legend(loc="lower right", fontsize=8)
    ax.set_title("Most want cheaper buses, opinion on a car-free centre is split")
    ax.title.set_fontsize(10)
    fig.tight_layout()
    below(fig, "Source: town survey, 812 answers, February 2019; rest: don't know")
    return set_alt_text(
        ax,
        "Survey of February 2019. Cheaper buses: 81 % agree, 12 % disagree. More parking: 64 and 30. "
        "A car-free centre: 47 and 45.",
    )


@honest
def title_with_thousands_and_billion():
    """The title writes the same number as the bar, in the same unit."""
    fig, ax = plt.subplots()
    ax.bar(["H1 2017", "H1 2018"], [149.9, 214.3], color="#0f4c5c")
    ax.set_ylabel("billion tenge")
    ax.set_title("Buyers spent 214.3 billion tenge on new cars in six months")
    ax.title.set_fontsize(10)
    fig.subplots_adjust(bottom=0.2)
    ax.annotate(
        "Source: KazAvtoProm via Kazinform, 13.07.2018; 2017 derived from the growth of 43 %",
        (0, -0.2),
        xycoords="axes fraction",
        fontsize=8,
    )
    return set_alt_text(
        ax, "Spending on new cars from January to June: 149.9 billion tenge in 2017 and 214.3 billion in 2018, up 43 %."
    )


@honest
def small_change_said_small():
    """A small rise looks small on an axis from zero, and the title says slightly."""
    with sns.axes_style("ticks"):
        fig, ax = plt.subplots()
        sns.barplot(x=["2017", "2018"], y=[1412, 1447], color="#777777", ax=ax)
        sns.despine(ax=ax)
        ax.set_ylabel("members of the club")
        ax.set_xlabel("1 January each\nSource: club register")
        ax.set_title("Slightly more members")
        fig.tight_layout()
    return set_alt_text(ax, "The club had 1,412 members on 1 January 2017 and 1,447 on 1 January 2018, 2 % more.")


@honest
def question_headline_unsorted_pair():
    """Two categories need no sorting; the question is answered by the bars."""
    fig, ax = plt.subplots(figsize=(6, 3))
    ax.barh(["electric", "petrol"], [38, 96], color="#5d4037")
    ax.set_xlabel("tenge for ten kilometres")
    ax.set_title("How much cheaper is it to drive on electricity?")
    fig.tight_layout()
    below(fig, "Source: own test drive of 400 km with two cars, July 2019")
    return set_alt_text(
        ax,
        "Ten kilometres cost 38 tenge with the electric car and 96 tenge with the petrol car in our test of July 2019.",
    )


@honest
def monthly_bars_pandas_dates():
    """Months as bars through pandas, in order, from zero."""
    plt.figure(figsize=(7, 4.2))
    rows = pd.Series([210, 190, 240, 260, 255, 300], index=["Jan", "Feb", "Mar", "Apr", "May", "Jun"], name="repairs")
    ax = rows.plot.bar(color="C0", rot=0, width=0.8)
    ax.set_ylabel("repairs a month")
    ax.set_xlabel("2019 — source: order book of the garage")
    ax.set_title("June 2019 was the busiest month of the half year")
    return set_alt_text(
        ax,
        "Repairs a month in 2019: 210 in January, 190 in February, 240 in March, 260 in April, 255 "
        "in May, 300 in June, the most.",
    )


@honest
def cumulative_step_two_years():
    """Running totals of two years over the same months, told apart by dashes and names at the lines."""
    fig, ax = plt.subplots(figsize=(7, 4.2))
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    a, b = np.cumsum([2, 3, 3, 4, 3, 4]), np.cumsum([3, 4, 5, 4, 6, 5])
    ax.plot(months, a, color="#555555", linestyle="--", drawstyle="steps-mid")
    ax.plot(months, b, color="#0072b2", drawstyle="steps-mid")
    ax.text(5.05, a[-1], "2017", va="center")
    ax.text(5.05, b[-1], "2018", va="center", color="#0072b2")
    ax.set(
        ylim=(0, 30),
        xlim=(0, 5.6),
        ylabel="new buses since 1 January",
        title="27 new buses by June, 8 more than a year before",
    )
    below(fig, "Source: transport authority, delivery notes")
    return set_alt_text(
        ax, "Running total of new buses, January to June: 19 by June 2017 (dashed) and 27 by June 2018."
    )


@honest
def seaborn_barplot_hue_equals_x():
    """A colour for each bar decorates only: the labels stand under the bars, so nothing depends on colour."""
    fig, ax = plt.subplots()
    table = pd.DataFrame({"way": ["on foot", "bus", "car"], "share": [44, 33, 23]})
    sns.barplot(data=table, x="way", y="share", hue="way", palette="viridis", edgecolor="black", legend=False, ax=ax)
    ax.set(title="44 % of the pupils walk", xlabel="", ylabel="% of pupils")
    below(fig, "Source: school survey, 214 answers, May 2018")
    return set_alt_text(ax, "Share of ways to school in May 2018: on foot 44 %, bus 33 %, car 23 %.")
