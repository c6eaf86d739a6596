"""Dishonest charts, drawn blind: nobody who wrote them has seen the program that judges them.

`CHARTS` lists the functions. `function.breaks` names the rules the chart breaks, all of them and no more: a judge that
names fewer misses something, one that names others accuses wrongly. `function.arguable` names rules that a fair reader
might add to the same fault (an area that lies is also a lie factor); a judge is right with and without them.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
import seaborn.objects as so
from matplotlib.patches import Rectangle
from matplotlib.ticker import PercentFormatter

from secondcar.charts import set_alt_text

CHARTS = []
BLUE = "#0072b2"


def breaks(*rules, arguable=()):
    """Note which rules the function's chart breaks, and add it to the list."""

    def keep(draw):
        draw.breaks, draw.arguable = rules, tuple(arguable)
        CHARTS.append(draw)
        return draw

    return keep


def below(figure, words, size=8, colour="0.25"):
    """Write a line at the foot of the figure and make room for it."""
    figure.subplots_adjust(bottom=max(figure.subplotpars.bottom, 0.24), top=min(figure.subplotpars.top, 0.84))
    figure.subplots_adjust(left=max(figure.subplotpars.left, 0.16))
    figure.text(0.02, 0.02, words, fontsize=size, color=colour, ha="left", va="bottom")


# ---------------------------------------------------------------- zero-base


@breaks("zero-base", "lie-factor")
def cut_axis_bar():
    """The axis starts at 60, so that 37 % more looks like six times as much."""
    fig, ax = plt.subplots()
    ax.bar(["H1 2017", "H1 2018"], [64.50, 88.26], color=BLUE)
    ax.set(ylim=(60, 90), ylabel="bn KZT", title="Value of the vehicles made in Kazakhstan")
    below(fig, "Source: AKAB via Azernews, 17 July 2018")
    return set_alt_text(
        ax,
        "Value of vehicles made: 64.5 bn KZT in the first half of 2017, 88.3 bn KZT in the first "
        "half of 2018, 37 % more.",
    )


@breaks("zero-base", "lie-factor")
def cut_axis_barh():
    """Horizontal bars from 75: five points more look like more than twice as much."""
    fig, ax = plt.subplots(figsize=(7, 3.5))
    ax.barh(["Bank C", "Bank B", "Bank A"], [79, 81, 84], color="#225555")
    ax.set_xlim(75, 85)
    ax.set_xlabel("satisfied customers, %")
    ax.set_title("Bank A has the most satisfied customers")
    fig.tight_layout()
    below(fig, "Source: consumer panel, 900 answers, 2018")
    return set_alt_text(ax, "Bars of satisfied customers in 2018: Bank A 84 %, Bank B 81 %, Bank C 79 %.")


@breaks("zero-base", "lie-factor")
def cut_axis_pandas():
    """pandas bars with a floor of 45 percent."""
    plt.figure()
    ax = pd.Series([49, 59, 73, 75], index=[2018, 2019, 2020, 2021]).plot.bar(rot=0, color="teal")
    ax.set(ylim=(45, 80), ylabel="% of new cars sold", title="Share of domestic cars in sales")
    below(ax.figure, "Source: AKAB; Prime Minister (2021)")
    return set_alt_text(
        ax, "Bar chart: domestic cars were 49 % of new cars sold in 2018, 59 % in 2019, 73 % in 2020 and 75 % in 2021."
    )


@breaks("zero-base", "lie-factor")
def cut_axis_seaborn():
    """A slight rise looks huge, since seaborn's bars start at 1,400."""
    fig, ax = plt.subplots()
    sns.barplot(x=["2016", "2017", "2018"], y=[1412, 1431, 1447], color="#555555", ax=ax)
    ax.set(ylim=(1400, 1450), ylabel="members of the club", title="The club is growing")
    below(fig, "Source: club register, 1 January each")
    return set_alt_text(ax, "Members of the club on 1 January: 1,412 in 2016, 1,431 in 2017 and 1,447 in 2018.")


@breaks("zero-base", "lie-factor")
def cut_axis_mild():
    """Only a little is cut off; still 65 % more is drawn as 83 %."""
    fig, ax = plt.subplots()
    for year, n in [("2017", 19217), ("2018", 31757)]:
        ax.bar(year, n, color="steelblue", width=0.6)
    ax.set_ylim(4000, 34000)
    ax.set_ylabel("vehicles made")
    ax.set_title("65 % more vehicles in a year")
    below(fig, "Source: AKAB via JETRO")
    return set_alt_text(ax, "Vehicles made in Kazakhstan: 19,217 in 2017 and 31,757 in 2018, 65 % more.")


@breaks("zero-base")
def axis_starts_at_one():
    """The axis starts at 1 and not at 0: next to nothing, but the bars do not stand on zero."""
    fig, ax = plt.subplots()
    ax.bar(["H1 2017", "H1 2018"], [64.50, 88.26], color=BLUE)
    ax.set_ylim(bottom=1)
    ax.set(ylabel="bn KZT", title="Value of output, first half of the year")
    below(fig, "Source: AKAB via Azernews, 17.07.2018")
    return set_alt_text(
        ax,
        "Two bars: output was worth 64.5 bn KZT in the first half of 2017 and 88.26 bn KZT in the first half of 2018.",
    )


@breaks("zero-base")
def axis_starts_at_a_tiny_fraction():
    """300 of 19,000 are cut off; the effect is drawn almost right, the base is not zero."""
    plt.figure()
    ax = pd.Series([16921, 11811], index=["Jan-May 2019", "Jan-May 2018"]).sort_values().plot.bar(rot=0, color="0.35")
    ax.set_ylim(300, 18000)
    ax.set_ylabel("vehicles")
    ax.set_title("Output of the first five months")
    below(ax.figure, "Source: Ministry of Industry; 2018: own sum of its parts")
    return set_alt_text(ax, "Vehicles made from January to May: 11,811 in 2018 and 16,921 in 2019, 43 % more.")


@breaks("zero-base")
def inverted_axis():
    """Zero is at the top, so that more accidents hang lower and look like a fall."""
    fig, ax = plt.subplots()
    ax.bar(["2014", "2015", "2016", "2017", "2018"], [21, 24, 30, 33, 41], color="#b2182b")
    ax.invert_yaxis()
    ax.set(ylabel="accidents with bicycles a year", title="Accidents with bicycles in the city")
    below(fig, "Source: traffic police, yearly report 2018")
    return set_alt_text(
        ax, "Bars of bicycle accidents a year, rising from 21 in 2014 to 41 in 2018 (24, 30 and 33 between)."
    )


@breaks("zero-base")
def inverted_axis_seaborn():
    """seaborn's bars turned upside down with set_ylim(300, 0)."""
    fig, ax = plt.subplots()
    sns.barplot(x=["2016", "2017", "2018"], y=[180, 220, 265], color=BLUE, ax=ax)
    ax.set_ylim(300, 0)
    ax.set(ylabel="complaints a year", title="Complaints about the buses")
    below(fig, "Source: complaints office of the city")
    return set_alt_text(ax, "Complaints about buses a year: 180 in 2016, 220 in 2017, 265 in 2018, more each year.")


@breaks("zero-base", "lie-factor")
def log_bars_unsaid():
    """A log axis under bars, and nobody says so: 486 trucks look a third as many as 13,725 cars."""
    fig, ax = plt.subplots()
    ax.bar(["cars", "trucks", "trailers", "buses", "special"], [13725, 486, 210, 153, 86], color=BLUE)
    ax.set_yscale("log")
    ax.set(ylabel="vehicles made, January to June 2018", title="Vehicles of every kind come from Kazakhstan")
    below(fig, "Source: AKAB via Azernews")
    return set_alt_text(
        ax,
        "Vehicles made in the first half of 2018: 13,725 cars, 486 trucks, 210 trailers, 153 buses, "
        "86 special vehicles.",
    )


@breaks("zero-base", "lie-factor")
def log_bars_pandas_horizontal():
    """The log axis is said, but bars have no honest length on it."""
    ax = pd.Series({"special": 86, "buses": 153, "trailers": 210, "trucks": 486, "cars": 13725}).plot.barh(
        logx=True, color="0.3", ax=plt.figure(figsize=(7, 4)).add_subplot()
    )
    ax.set(xlabel="vehicles made in H1 2018 (log scale)", title="Vehicles by type")
    below(ax.figure, "Source: AKAB via Azernews")
    return set_alt_text(
        ax,
        "Horizontal bars, first half of 2018: 13,725 cars, 486 trucks, 210 trailers, 153 buses and "
        "86 special vehicles.",
    )


@breaks("zero-base", "lie-factor")
def floating_bars():
    """Every bar begins at 9,000 instead of zero."""
    fig, ax = plt.subplots()
    ax.bar(["Jan-Aug 2017", "Jan-Aug 2018"], [3667, 10000], bottom=9000, color="#4c72b0")
    ax.set(ylim=(0, 20000), ylabel="vehicles made", title="Half as many vehicles again in eight months")
    below(fig, "Source: Kazinform, 21.09.2018; 2017 derived from an index of 150 %")
    return set_alt_text(ax, "Vehicles made from January to August: 12,667 in 2017, 19,000 in 2018, half as many again.")


@breaks("zero-base", "lie-factor")
def stacked_cut():
    """A stack whose lower part is cut off: the first layer looks smaller than it is."""
    table = pd.DataFrame({"bus": [60, 61, 66], "tram": [20, 25, 27]}, index=["2016", "2017", "2018"])
    ax = table.plot.bar(stacked=True, rot=0, color=["#003f5c", "#d17a00"])
    ax.set_ylim(50, 100)
    ax.legend(loc="upper left")
    ax.set(ylabel="million trips a year", title="More trips by bus and tram")
    below(ax.figure, "Source: City Transport, statistical yearbook 2019")
    return set_alt_text(ax, "Stacked bars, 2016 to 2018: bus 60, 61 and 66 million trips, tram 20, 25 and 27 million.")


@breaks("zero-base", "lie-factor")
def facets_cut():
    """All facets start at 100."""
    table = pd.DataFrame(
        {"year": ["2018", "2019"] * 2, "vehicles": [367, 495, 200, 270], "kind": ["trucks"] * 2 + ["trailers"] * 2}
    )
    grid = sns.catplot(data=table, x="year", y="vehicles", col="kind", kind="bar", height=3.4, color=BLUE)
    grid.set(ylim=(150, 520))
    grid.set_axis_labels("January to May", "vehicles made")
    grid.set_titles("{col_name}")
    grid.figure.suptitle("Trucks and trailers: a third more of each")
    grid.figure.subplots_adjust(top=0.8, bottom=0.26)
    grid.figure.text(0.02, 0.02, "Source: Ministry of Industry, June 2019", fontsize=8)
    return set_alt_text(grid, "Two panels, January to May 2018 and 2019: trucks 367 and 495, trailers 200 and 270.")


@breaks("zero-base", "lie-factor")
def objects_bar_cut():
    """seaborn.objects with limit(y=...) above zero."""
    table = pd.DataFrame({"year": ["2021", "2022", "2023"], "cars": [80.7, 105.7, 136.5]})
    plot = (
        so.Plot(table, "year", "cars")
        .add(so.Bar(color=BLUE, alpha=1))
        .limit(y=(70, 140))
        .label(
            title="Passenger cars made in Kazakhstan",
            y="thousand cars a year",
            x="Source: Statistics Committee (2021), AKAB via JETRO",
        )
    )
    return set_alt_text(
        plot, "Passenger cars made: 80.7 thousand in 2021, 105.7 thousand in 2022 and 136.5 thousand in 2023."
    )


@breaks("zero-base", "lie-factor")
def broken_axis():
    """Two panels pretend to be one axis: the middle of the bars has been taken out."""
    fig, (top, low) = plt.subplots(2, 1, sharex=True, figsize=(6, 5))
    for ax in (top, low):
        ax.bar(["cars", "trucks", "trailers"], [13725, 486, 210], color="#4477aa")
    top.set_ylim(13400, 13800)
    low.set_ylim(0, 600)
    top.spines["bottom"].set_visible(False)
    low.spines["top"].set_visible(False)
    top.tick_params(bottom=False)
    top.set_title("Vehicles made in the first half of 2018")
    low.set_ylabel("vehicles")
    top.set_ylabel("vehicles")
    below(fig, "Source: AKAB via Azernews, 17.07.2018")
    return set_alt_text(fig, "Vehicles made in the first half of 2018: 13,725 cars, 486 trucks and 210 trailers.")


@breaks("zero-base", "lie-factor")
def countplot_cut():
    """Counts of 52, 48 and 45 on an axis from 40."""
    fig, ax = plt.subplots()
    sns.countplot(x=["yes"] * 52 + ["no"] * 48 + ["don't know"] * 45, color="#444444", ax=ax)
    ax.set(ylim=(40, 54), ylabel="answers", xlabel="", title="Should the market square be closed to cars?")
    below(fig, "Source: own street survey, 145 people, 11 May 2019")
    return set_alt_text(ax, "Answers of 145 people on 11 May 2019: 52 yes, 48 no, 45 don't know.")


@breaks("zero-base", "lie-factor")
def histogram_cut():
    """The counts of a histogram start at 20, so that the rare bins vanish."""
    ages = np.repeat([22, 27, 32, 37, 42], [25, 48, 60, 41, 22])
    fig, ax = plt.subplots()
    sns.histplot(x=ages, bins=[20, 25, 30, 35, 40, 45], color="#4c72b0", ax=ax)
    ax.set(
        ylim=(20, 62), xlabel="age in years", ylabel="number of reporters", title="Most reporters are between 25 and 40"
    )
    below(fig, "Source: union of journalists, register 2018")
    return set_alt_text(
        ax,
        "Histogram of 196 reporters in 2018 by age: 25 aged 20-24, 48 aged 25-29, 60 aged 30-34, 41 "
        "aged 35-39, 22 aged 40-44.",
    )


@breaks("zero-base", "lie-factor")
def grouped_cut_with_hue():
    """Pairs of bars cut at 5,000: the smaller plant nearly disappears."""
    table = pd.DataFrame(
        {
            "plant": ["Asia Auto", "SaryarkaAvtoProm"] * 2,
            "half": ["H1 2018"] * 2 + ["H1 2019"] * 2,
            "n": [8573, 5297, 9999, 9290],
        }
    )
    fig, ax = plt.subplots()
    sns.barplot(data=table, x="plant", y="n", hue="half", palette="colorblind", ax=ax)
    ax.legend(title="")
    ax.set(ylim=(5000, 11500), xlabel="", ylabel="vehicles made", title="Both plants made more than a year before")
    below(fig, "Source: AKAB")
    return set_alt_text(
        ax,
        "Asia Auto: 8,573 vehicles in the first half of 2018, 9,999 in the first half of 2019; "
        "SaryarkaAvtoProm: 5,297 and 9,290.",
    )


@breaks("zero-base", arguable=("lie-factor",))
def single_bar_cut():
    """One bar on an axis from 70,000, with the plan close above it: the gap looks larger than it is."""
    fig, ax = plt.subplots(figsize=(5, 4.5))
    ax.bar(["made in 2020"], [77471], color="0.35", width=0.5)
    ax.axhline(100000, color="black", linestyle="--")
    ax.text(0.28, 100500, "plan: 100,000", va="bottom", ha="right")
    ax.set(ylim=(70000, 105000), xlim=(-0.6, 0.6), ylabel="vehicles", title="The plan for 2020 was missed")
    below(fig, "Sources: Ministry of Industry (2020);\nKazinform, 21.09.2018 (plan)")
    return set_alt_text(
        ax,
        "One bar: 77,471 vehicles were made in 2020. A dashed line marks the plan of 100,000; 77 % of it was reached.",
    )


# ---------------------------------------------------------------- lie-factor alone


@breaks("lie-factor", arguable=("alt-text", "title-truth"))
def bars_not_as_labelled():
    """The labels are right, the second bar is drawn half as high again as its label."""
    fig, ax = plt.subplots()
    bars = ax.bar(["Jan-May 2018", "Jan-May 2019"], [71.5, 172.0], color=BLUE)
    ax.bar_label(bars, labels=["71.5", "114.7"])
    ax.set_yticks([])
    ax.set(ylabel="bn KZT", title="Output of the car industry")
    below(fig, "Source: Ministry of Industry, June 2019")
    return set_alt_text(ax, "Output of the car industry, January to May: 71.5 bn KZT in 2018 and 114.7 bn KZT in 2019.")


@breaks("lie-factor", arguable=("alt-text", "title-truth"))
def barh_not_as_labelled():
    """The own party's bar is 20 % too long for the number written on it."""
    fig, ax = plt.subplots(figsize=(7, 3.4))
    ax.barh(["others", "List B", "List A"], [27, 35, 46], color="#4c72b0")
    for i, word in enumerate(["27 %", "35 %", "38 %"]):
        ax.text(1, i, word, color="white", va="center")
    ax.set(xlim=(0, 50), xticks=[], xlabel="votes, percent", title="List A comes first")
    fig.tight_layout()
    below(fig, "Source: faculty election, 14 March 2019, official count")
    return set_alt_text(ax, "Bars of the faculty election of 14 March 2019: List A 38 %, List B 35 %, others 27 %.")


@breaks("lie-factor")
def two_panels_two_scales_one_unit():
    """Ours on an axis to 12, theirs on an axis to 40: the same thousand vehicles, drawn three times as high."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8, 4))
    left.bar(["H1 2018", "H1 2019"], [5.3, 9.3], color="#1b6ca8")
    left.set(ylim=(0, 10), title="SaryarkaAvtoProm", ylabel="thousand vehicles")
    right.bar(["H1 2018", "H1 2019"], [8.6, 10.0], color="#1b6ca8")
    right.set(ylim=(0, 40), title="Asia Auto", ylabel="thousand vehicles")
    fig.suptitle("Two plants in the first half of the year")
    fig.tight_layout()
    fig.subplots_adjust(wspace=0.35)
    below(fig, "Source: AKAB")
    return set_alt_text(
        fig,
        "Thousand vehicles in the first halves of 2018 and 2019: SaryarkaAvtoProm 5.3 and 9.3, Asia Auto 8.6 and 10.0.",
    )


@breaks("lie-factor", arguable=("alt-text", "title-truth"))
def pie_not_as_labelled():
    """The wedges do not have the size of the percentages written beside them."""
    fig, ax = plt.subplots(figsize=(5, 4.4))
    ax.pie(
        [62, 38],
        labels=["domestic\n47.1 %", "imported\n52.9 %"],
        colors=["#56b4e9", "#8c8c8c"],
        wedgeprops={"edgecolor": "black"},
    )
    ax.set_title("New cars sold, first half of 2018, in %")
    below(fig, "Source: KazAvtoProm via Kazinform, 13.07.2018")
    return set_alt_text(
        ax, "Pie chart of new cars sold in the first half of 2018: 47.1 % made in Kazakhstan, 52.9 % imported."
    )


@breaks("lie-factor", arguable=("alt-text", "title-truth"))
def ticks_that_lie():
    """The ticks stand at equal distances but are labelled 0, 10, 20 and 60."""
    fig, ax = plt.subplots()
    ax.bar(["2014", "2016", "2018"], [12, 19, 27], color="#225588")
    ax.set_yticks([0, 10, 20, 30], ["0", "10", "20", "60"])
    ax.bar_label(ax.containers[0], labels=["12", "19", "48"])
    ax.set(ylabel="schools with a canteen", title="From 12 canteens to 48 in four years")
    below(fig, "Source: school office of the region, 1 September of each year")
    return set_alt_text(ax, "Schools with a canteen: 12 in 2014, 19 in 2016 and 48 in 2018.")


@breaks("lie-factor", arguable=("alt-text", "title-truth"))
def stack_not_as_labelled():
    """The part called 51 % takes two thirds of the bar."""
    fig, ax = plt.subplots(figsize=(7, 2.8))
    ax.barh(["answers"], [66], color="#332288")
    ax.barh(["answers"], [34], left=[66], color="#ddcc77", edgecolor="#332288")
    ax.text(33, 0, "for 51 %", color="white", ha="center", va="center")
    ax.text(83, 0, "against 49 %", color="black", ha="center", va="center")
    ax.set(xlim=(0, 100), xticks=[], xlabel="share of answers, %", title="A small majority for the new road")
    fig.tight_layout()
    below(fig, "Source: town survey, 812 answers, February 2019")
    return set_alt_text(ax, "One bar of all answers in February 2019: 51 % for the new road, 49 % against.")


# ---------------------------------------------------------------- area


@breaks("area", arguable=("lie-factor",))
def one_bar_wider():
    """The bar of this year is twice as wide as that of last year."""
    fig, ax = plt.subplots()
    ax.bar(["2017", "2018"], [19217, 31757], width=[0.4, 0.9], color="#0f4c5c")
    ax.set(ylabel="vehicles made", title="Output rose by 65 %")
    below(fig, "Source: AKAB via JETRO")
    return set_alt_text(ax, "Vehicles made in Kazakhstan: 19,217 in 2017 and 31,757 in 2018, 65 % more.")


@breaks("area", arguable=("lie-factor",))
def widened_pandas_bar():
    """One pandas bar is widened afterwards."""
    plt.figure()
    ax = pd.Series([8573, 5297], index=["Asia Auto", "SaryarkaAvtoProm"]).plot.bar(rot=0, color="C0")
    ax.patches[0].set_width(0.85)
    ax.patches[0].set_x(-0.425)
    ax.set(ylabel="vehicles, first half of 2018", title="Asia Auto makes more than its rival")
    below(ax.figure, "Source: AKAB via Azernews")
    return set_alt_text(ax, "Vehicles made in the first half of 2018: Asia Auto 8,573, SaryarkaAvtoProm 5,297.")


@breaks("area", arguable=("lie-factor",))
def barh_thicker_and_thicker():
    """Bars grow thicker as they grow longer."""
    fig, ax = plt.subplots(figsize=(7, 4))
    ax.barh(["2018", "2019", "2020", "2021"], [49, 59, 73, 75], height=[0.3, 0.45, 0.7, 0.85], color="#117733")
    ax.set(xlim=(0, 100), xlabel="domestic cars, % of sales", title="Three in four cars sold are now domestic")
    fig.tight_layout()
    below(fig, "Source: AKAB; Prime Minister (2021)")
    return set_alt_text(
        ax, "Bars of the share of domestic cars in sales: 49 % in 2018, 59 % in 2019, 73 % in 2020, 75 % in 2021."
    )


@breaks("area", arguable=("lie-factor",))
def bubbles_by_radius():
    """The radius follows the value, so that twice as many fill four times the area."""
    n = np.array([2.0, 1.1, 1.0, 0.5])
    fig, ax = plt.subplots(figsize=(8, 3.6))
    ax.scatter(range(4), [0] * 4, s=(n * 38) ** 2, color="#6699cc", edgecolor="black")
    for i, (city, v) in enumerate(zip(["Almaty", "Astana", "Shymkent", "Karaganda"], n, strict=True)):
        ax.text(i, -0.8, f"{city} {v:.1f} m", ha="center")
    ax.set(xlim=(-0.7, 3.7), ylim=(-1, 1), xticks=[], yticks=[], title="Inhabitants of four cities, million, 2019")
    below(fig, "Source: city registers, rounded, 1 January 2019")
    return set_alt_text(
        ax,
        "Circles of the inhabitants of four cities on 1 January 2019: Almaty 2.0 million, Astana "
        "1.1, Shymkent 1.0, Karaganda 0.5.",
    )


@breaks("area", arguable=("lie-factor",))
def squares_by_side():
    """Squares whose side follows the number: three times as many fill nine times the area."""
    fig, ax = plt.subplots(figsize=(6, 4))
    for x, year, n in [(0, "2019", 2629), (5000, "2020", 8122)]:
        ax.add_patch(Rectangle((x, 0), n, n, color="#4c72b0"))
        ax.text(x + n / 2, n + 200, f"{year}: {n:,}", ha="center")
    ax.set(xlim=(-500, 14000), ylim=(0, 9500), aspect="equal", xticks=[], yticks=[])
    ax.set_title("Vehicles exported from Kazakhstan")
    below(fig, "Source: Ministry of Industry and car association")
    return set_alt_text(ax, "Two squares: 2,629 vehicles were exported in 2019 and 8,122 in 2020, three times as many.")


@breaks("area", arguable=("lie-factor",))
def histogram_with_unequal_bins():
    """Counts over bands of 1.5 to 5 million tenge in width: the wide bands look far too full."""
    edges = [2, 3.5, 5, 7, 10, 15]
    counts = [6294, 7146, 7700, 5348, 5822]
    fig, ax = plt.subplots()
    ax.bar(edges[:-1], counts, width=np.diff(edges), align="edge", color="#4c72b0", edgecolor="white")
    ax.set(
        xlabel="price of the car, million tenge", ylabel="cars sold", title="Prices of new cars, January to August 2018"
    )
    below(fig, "Source: KazAvtoProm via Kazinform, 21.09.2018; cars over 15 million left out")
    return set_alt_text(
        ax,
        "Cars sold from January to August 2018 by price: up to 3.5 million 6,294, 3.5-5 7,146, 5-7 "
        "7,700, 7-10 5,348, 10-15 5,822.",
    )


@breaks("area", arguable=("lie-factor",))
def picture_scaled_both_ways():
    """The same picture of a car, doubled in height and in width, for twice as many cars."""
    car = np.ones((8, 16))
    car[3:6, 1:15] = 0
    car[1:3, 4:11] = 0
    car[6:8, 3:5] = 0
    car[6:8, 11:13] = 0
    fig, ax = plt.subplots(figsize=(7, 4))
    ax.imshow(car, cmap="gray", extent=(0, 2, 0, 1), aspect="auto")
    ax.imshow(car, cmap="gray", extent=(3, 7, 0, 2), aspect="auto")
    ax.text(1, 1.1, "2016: 120 cars", ha="center")
    ax.text(5, 2.1, "2018: 240 cars", ha="center")
    ax.set(xlim=(-0.5, 7.5), ylim=(0, 2.6), xticks=[], yticks=[])
    ax.set_title("The car club has doubled its fleet")
    below(fig, "Source: car club, list of 1 July")
    return set_alt_text(
        ax, "Two pictures of a car: the club had 120 cars in July 2016 and 240 in July 2018, twice as many."
    )


# ---------------------------------------------------------------- two-scales


@breaks("two-scales")
def twin_lines():
    """Two units on two axes, stretched until the lines lie on each other."""
    fig, ax = plt.subplots(figsize=(7, 4.4))
    years = ["2014", "2015", "2016", "2017", "2018"]
    (a,) = ax.plot(years, [8.1, 8.3, 8.8, 9.1, 9.4], color=BLUE, marker="o")
    ax.set(ylim=(8, 9.5), ylabel="ice cream, litres a head")
    right = ax.twinx()
    (b,) = right.plot(years, [52, 55, 63, 70, 74], color="black", marker="s", linestyle="--")
    right.set(ylim=(50, 76), ylabel="drowned swimmers a year")
    ax.legend([a, b], ["ice cream (left)", "drowned (right)"], loc="upper left")
    ax.set_title("Ice cream and swimming accidents")
    below(fig, "Source: food office; rescue service, 2014-2018")
    return set_alt_text(
        ax, "Two lines, 2014 to 2018: ice cream from 8.1 to 9.4 litres a head, drowned swimmers from 52 to 74 a year."
    )


@breaks("two-scales")
def pandas_secondary_y():
    """secondary_y=True puts the second column on an axis of its own."""
    table = pd.DataFrame(
        {"cars made, thousand": [31.8, 50.0, 77.5, 93.5], "share of domestic cars, %": [49, 59, 73, 75]},
        index=["2018", "2019", "2020", "2021"],
    )
    ax = table.plot(
        secondary_y="share of domestic cars, %", style=["o-", "s--"], color=[BLUE, "black"], figsize=(7, 4.4)
    )
    ax.set_ylabel("vehicles made, thousand")
    ax.right_ax.set_ylabel("domestic cars, % of sales")
    ax.set_title("Output and market share, 2018 to 2021")
    below(ax.figure, "Source: AKAB; FBC; Prime Minister")
    return set_alt_text(
        ax,
        "Lines from 2018 to 2021: output from 31.8 to 93.5 thousand vehicles, the share of domestic "
        "cars from 49 to 75 %.",
    )


@breaks("two-scales")
def bars_and_line_on_twin():
    """Bars on the left, a line of another unit on the right: the crossing means nothing."""
    fig, ax = plt.subplots(figsize=(7, 4.4))
    years = ["2018", "2019", "2020"]
    ax.bar(years, [329, 2629, 8122], color="#88aacc", edgecolor="#113355", label="exports")
    ax.set_ylabel("vehicles exported")
    right = ax.twinx()
    right.plot(years, [344.7, 382.7, 413.0], color="#b30000", marker="o", label="US dollar")
    right.set_ylabel("tenge for a US dollar")
    right.set_ylim(330, 420)
    fig.legend(loc="upper left", bbox_to_anchor=(0.14, 0.83))
    ax.set_title("Exports and the exchange rate")
    below(fig, "Source: Ministry of Industry; World Bank")
    return set_alt_text(
        ax,
        "Bars of vehicles exported, 329 in 2018, 2,629 in 2019, 8,122 in 2020, and a line of the "
        "dollar, 345, 383 and 413 tenge.",
    )


@breaks("two-scales")
def seaborn_twin():
    """Two seaborn lines on twin axes, both stretched to their own range."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    fig, ax = plt.subplots(figsize=(7, 4.4))
    sns.lineplot(x=months, y=[12, 13, 15, 18, 22, 24], color="#7a0177", marker="o", ax=ax)
    right = ax.twinx()
    sns.lineplot(x=months, y=[1010, 1060, 1180, 1290, 1500, 1540], color="black", linestyle="--", marker="s", ax=right)
    ax.set(ylabel="advertising, m KZT (solid)", title="Advertising and visitors, first half of 2018")
    right.set_ylabel("visitors a day (dashed)")
    below(fig, "Source: the shop's own books and door counter")
    return set_alt_text(
        ax,
        "January to June 2018: advertising (solid) from 12 to 24 m KZT a month, visitors (dashed) "
        "from 1,010 to 1,540 a day.",
    )


@breaks("two-scales")
def two_sets_of_bars_on_twin():
    """Bars of two units side by side on two axes: the eye compares what cannot be compared."""
    fig, ax = plt.subplots(figsize=(7, 4.4))
    x = np.arange(2)
    ax.bar(x - 0.2, [11.8, 16.9], 0.4, color=BLUE, label="vehicles")
    ax.set(ylabel="vehicles, thousand", ylim=(0, 20))
    right = ax.twinx()
    right.bar(x + 0.2, [71.5, 114.7], 0.4, color="#e69f00", edgecolor="black", hatch="//", label="value")
    right.set(ylabel="value, bn KZT", ylim=(0, 130))
    ax.set_xticks(x, ["Jan-May 2018", "Jan-May 2019"])
    fig.legend(loc="upper left", bbox_to_anchor=(0.14, 0.83))
    ax.set_title("Number and value of the vehicles made")
    below(fig, "Source: Ministry of Industry; Jan-May 2018: own sum of its parts")
    return set_alt_text(
        ax, "January to May 2018 and 2019: vehicles 11.8 and 16.9 thousand, value 71.5 and 114.7 bn KZT."
    )


# ---------------------------------------------------------------- like-for-like


@breaks("like-for-like")
def eight_months_beside_twelve():
    """All of 2017 beside January to August 2018."""
    fig, ax = plt.subplots()
    ax.bar(["2017", "Jan-Aug 2018"], [19217, 19000], color=BLUE)
    ax.set(ylabel="vehicles made", title="Vehicles made in Kazakhstan")
    below(fig, "Source: AKAB via JETRO; Kazinform, 21.09.2018")
    return set_alt_text(
        ax, "Two bars: 19,217 vehicles were made in the whole of 2017 and more than 19,000 from January to August 2018."
    )


@breaks("like-for-like")
def nine_months_at_the_end_of_the_line():
    """The last point of a line of years has only nine months."""
    fig, ax = plt.subplots(figsize=(7, 4.2))
    ax.plot(
        ["2017", "2018", "2019", "2020", "2021", "9m 2022"],
        [19.2, 31.8, 50.0, 77.5, 93.5, 78.4],
        color="#882255",
        marker="o",
    )
    ax.set(ylim=(0, 100), ylabel="vehicles made, thousand", title="Vehicles made in Kazakhstan")
    below(fig, "Source: AKAB; FBC; Ministry; Prime Minister")
    return set_alt_text(
        ax,
        "Line of vehicles made: 19.2 thousand in 2017, 31.8 in 2018, about 50 in 2019, 77.5 in 2020, "
        "93.5 in 2021 and 78.4 in the first nine months of 2022.",
    )


@breaks("like-for-like")
def pandas_half_year_beside_years():
    """Two years and a half year as equal bars."""
    plt.figure()
    ax = pd.Series([19217, 31757, 20623], index=["2017", "2018", "H1 2019"]).plot.bar(rot=0, color="0.35")
    ax.set(ylabel="vehicles", title="Vehicles from Kazakhstan's plants")
    below(ax.figure, "Source: AKAB via JETRO and FBC")
    return set_alt_text(ax, "Vehicles made: 19,217 in 2017, 31,757 in 2018 and 20,623 in the first half of 2019.")


@breaks("like-for-like")
def footnote_only():
    """Only the small print says that the last bar stops in May."""
    fig, ax = plt.subplots()
    sns.barplot(x=["2017", "2018", "2019"], y=[64.5, 71.5, 114.7], color="#225588", ax=ax)
    ax.set(ylabel="bn KZT", title="Value of the vehicles made")
    below(fig, "Source: AKAB; Ministry of Industry. 2017: January to June; 2018 and 2019: January to May.")
    return set_alt_text(
        ax,
        "Value of vehicles made: 64.5 bn KZT from January to June 2017, 71.5 bn from January to May "
        "2018, 114.7 bn from January to May 2019.",
    )


@breaks("like-for-like")
def quarter_beside_year_barh():
    """A first quarter against a full year, as equal bars."""
    fig, ax = plt.subplots(figsize=(7, 3))
    ax.barh(["Q1 2017", "all of 2016"], [3405, 11000], color="#5d4037")
    ax.set_xlabel("vehicles made")
    ax.set_title("Vehicles made in Kazakhstan, 2016 and 2017")
    fig.tight_layout()
    below(fig, "Source: KazAvtoProm; Prime Minister's office")
    return set_alt_text(
        ax, "Two bars: 11,000 vehicles were made in all of 2016 and 3,405 in the first quarter of 2017."
    )


@breaks("like-for-like")
def last_week_has_three_days():
    """Weeks of seven days, and one of three days."""
    table = pd.DataFrame(
        {"week": ["1-7 June", "8-14 June", "15-21 June", "22-24 June"], "visits": [410, 432, 425, 190]}
    )
    ax = table.plot.bar(x="week", y="visits", rot=0, legend=False, color="tab:blue")
    ax.set(xlabel="2018", ylabel="visitors", title="Visitors of the exhibition")
    below(ax.figure, "Source: ticket desk")
    return set_alt_text(
        ax, "Visitors in June 2018: 410 from 1 to 7 June, 432 from 8 to 14, 425 from 15 to 21, 190 from 22 to 24 June."
    )


@breaks("like-for-like")
def objects_line_with_ten_months():
    """A seaborn.objects line that ends with ten months."""
    table = pd.DataFrame({"year": ["2019", "2020", "Jan-Oct 2021"], "n": [50.0, 77.5, 71.2]})
    plot = (
        so.Plot(table, "year", "n")
        .add(so.Line(color="#004488", marker="o"))
        .limit(y=(0, 90))
        .label(
            title="Output of vehicles", y="thousand vehicles", x="Source: FBC; Ministry of Industry; AKAB via Kursiv"
        )
    )
    return set_alt_text(
        plot,
        "Line of output: about 50 thousand vehicles in 2019, 77.5 in 2020 and 71.2 thousand from "
        "January to October 2021.",
    )


# ---------------------------------------------------------------- unit


@breaks("unit")
def heatmap_without_unit():
    """Nobody can say whether the cells are people, tenge or percent."""
    table = pd.DataFrame(
        [[12, 30, 25], [14, 33, 28], [22, 20, 18]],
        index=["Mon-Thu", "Fri", "Sat-Sun"],
        columns=["6-9", "9-14", "14-19"],
    )
    fig, ax = plt.subplots(figsize=(7, 4))
    sns.heatmap(table, annot=True, cmap="viridis", ax=ax)
    ax.set(title="The library is fullest on Friday mornings", xlabel="hour of the day", ylabel="")
    below(fig, "Source: library, means of March 2019")
    return set_alt_text(
        ax,
        "Heatmap of how full the library was in March 2019 by day and hour: highest on Friday from 9 "
        "to 14 with 33, lowest from Monday to Thursday before 9 with 12.",
    )


@breaks("unit")
def bars_without_unit():
    """Output of what, and in what? Neither title nor axis says."""
    fig, ax = plt.subplots()
    ax.bar(["2016", "2017", "2018"], [12.4, 14.9, 17.7], color=BLUE)
    ax.set_ylabel("output")
    ax.set_title("The region's industry is growing")
    below(fig, "Source: regional statistics office, yearbook 2019")
    return set_alt_text(ax, "Output of the region's industry grew from 12.4 in 2016 to 14.9 in 2017 and 17.7 in 2018.")


@breaks("unit")
def millions_for_billions():
    """The axis says million, the source says billion: a factor of a thousand."""
    fig, ax = plt.subplots()
    ax.bar(["H1 2017", "H1 2018"], [64.50, 88.26], color="#0f4c5c")
    ax.set(ylabel="million tenge", title="Value of the vehicles made")
    below(fig, "Source: AKAB (64.50 and 88.26 billion tenge), July 2018")
    return set_alt_text(
        ax,
        "Value of the vehicles made: 64.50 billion tenge in the first half of 2017 and 88.26 billion "
        "in the first half of 2018.",
    )


@breaks("unit")
def dollars_for_tenge():
    """The axis says dollars, source and alt text say tenge."""
    plt.figure()
    ax = pd.Series([149.9, 214.3], index=["H1 2017", "H1 2018"]).plot.bar(rot=0, color="teal")
    ax.set(ylabel="billion US dollars", title="What buyers paid for new cars")
    below(ax.figure, "Source: KazAvtoProm via Kazinform, 13 July 2018 (214.3 billion tenge, +43 %)")
    return set_alt_text(
        ax,
        "Buyers paid 149.9 billion tenge for new cars from January to June 2017 and 214.3 billion tenge a year later.",
    )


@breaks("unit")
def counts_called_percent():
    """Numbers of answers, with a percent sign behind every tick."""
    fig, ax = plt.subplots()
    sns.countplot(x=["walk"] * 61 + ["bus"] * 44 + ["car"] * 32, color="#44546a", ax=ax)
    ax.yaxis.set_major_formatter(PercentFormatter(decimals=0))
    ax.set(xlabel="", ylabel="percent", title="How pupils come to school")
    below(fig, "Source: question in class, 137 answers, September 2018")
    return set_alt_text(ax, "Answers of 137 pupils in September 2018: 61 walk, 44 take the bus, 32 come by car.")


@breaks("unit")
def pandas_line_without_unit():
    """A line called value: of what unit, nobody knows."""
    ax = pd.DataFrame({"value": [3.1, 3.4, 4.2, 4.4, 4.6]}, index=["2014", "2015", "2016", "2017", "2018"]).plot(
        color="black", marker="o", legend=False
    )
    ax.set_title("Foreign trade of the region, 2014 to 2018")
    ax.set_ylabel("value")
    below(ax.figure, "Source: customs office, yearbook 2019")
    return set_alt_text(ax, "Line of the region's foreign trade, rising each year from 3.1 in 2014 to 4.6 in 2018.")


@breaks("unit")
def objects_bars_without_unit():
    """seaborn.objects shows the bare name of a column."""
    table = pd.DataFrame({"year": ["2016", "2017", "2018"], "n": [7.9, 8.4, 9.6]})
    plot = (
        so.Plot(table, "year", "n")
        .add(so.Bar(color="#555555", alpha=1))
        .label(title="Harvest of the district", y="", x="Source: district office, harvest report 2018")
    )
    return set_alt_text(plot, "Bars of the district's harvest: 7.9 in 2016, 8.4 in 2017, 9.6 in 2018.")


@breaks("unit")
def step_without_unit():
    """A price with no currency and no quantity."""
    fig, ax = plt.subplots()
    ax.step([2010, 2012, 2015, 2018, 2020], [50, 65, 80, 84, 90], where="post", color="#222255")
    ax.set(ylim=(0, 100), ylabel="price", title="Water became dearer in four steps from 2010 to 2020")
    ax.set_xticks([2010, 2012, 2014, 2016, 2018, 2020])
    below(fig, "Source: tariffs of the water works, 2010-2020")
    return set_alt_text(
        ax, "Step line of the price of water: 50 from 2010, 65 from 2012, 80 from 2015, 84 from 2018 and 90 from 2020."
    )


@breaks("unit")
def facets_without_unit():
    """Small multiples named turnover, with no currency."""
    table = pd.DataFrame(
        {
            "year": ["2016", "2017", "2018"] * 2,
            "turnover": [12, 14, 15, 30, 29, 33],
            "shop": ["north"] * 3 + ["south"] * 3,
        }
    )
    grid = sns.relplot(
        data=table, x="year", y="turnover", col="shop", kind="line", height=3.2, color="black", marker="o"
    )
    grid.set(ylim=(0, 40))
    grid.set_titles("{col_name}")
    grid.figure.suptitle("Turnover of our two shops", y=0.98)
    grid.figure.subplots_adjust(top=0.8, bottom=0.26)
    grid.figure.text(0.02, 0.02, "Source: annual accounts of the shops", fontsize=8)
    return set_alt_text(
        grid, "Two line charts, 2016 to 2018: turnover of the north shop 12, 14, 15; of the south shop 30, 29, 33."
    )


@breaks("unit")
def stem_without_unit():
    """Stems of a result that nobody names."""
    fig, ax = plt.subplots()
    ax.stem(range(2014, 2019), [7.1, 7.9, 6.4, 8.8, 9.3], linefmt="C0-", markerfmt="C0o", basefmt="k-")
    ax.set_xticks(range(2014, 2019))
    ax.set(ylim=(0, 10), ylabel="result", title="2018 was the best of five years for our bakery")
    below(fig, "Source: the bakery's annual accounts")
    return set_alt_text(
        ax,
        "Stem chart of the bakery's result: 7.1 in 2014, 7.9 in 2015, 6.4 in 2016, 8.8 in 2017 and "
        "9.3 in 2018, the highest.",
    )


# ---------------------------------------------------------------- title-truth


@breaks("title-truth")
def doubled_at_two_thirds():
    """The title says doubled; the bars show x1.67."""
    fig, ax = plt.subplots()
    ax.bar(["H1 2017", "H1 2018"], [8765, 14660], color=BLUE)
    ax.set(ylabel="vehicles made", title="Car production has doubled")
    below(fig, "Source: AKAB via Azernews; 2017 derived from its growth rates")
    return set_alt_text(
        ax, "Vehicles made: 8,765 in the first half of 2017 and 14,660 in the first half of 2018, 67 % more."
    )


@breaks("title-truth")
def by_150_percent_for_x1_5():
    """Up BY 150 % would be x2.5; the bars show x1.5."""
    fig, ax = plt.subplots()
    bars = ax.bar(["Jan-Aug 2017", "Jan-Aug 2018"], [12667, 19000], color="0.35")
    ax.bar_label(bars, labels=["12,667", "19,000"])
    ax.set(ylabel="vehicles", title="Output of vehicles increased by 150 %")
    below(fig, "Source: Kazinform, 21.09.2018; 2017 derived from an index of 150 %")
    return set_alt_text(
        ax, "Vehicles made from January to August: 12,667 in 2017 and 19,000 in 2018, 1.5 times as many."
    )


@breaks("title-truth")
def record_that_is_none():
    """2018 is called a record; 2016 was higher."""
    plt.figure()
    ax = pd.Series([5.1, 5.9, 6.8, 6.0, 6.4], index=["2014", "2015", "2016", "2017", "2018"]).plot.bar(
        rot=0, color="#225555"
    )
    ax.set(ylabel="harvest of wheat, million tonnes", title="Record harvest in 2018")
    below(ax.figure, "Source: farm office of the region, yearbook 2019")
    return set_alt_text(
        ax, "Wheat harvest in million tonnes: 5.1 in 2014, 5.9 in 2015, 6.8 in 2016, 6.0 in 2017 and 6.4 in 2018."
    )


@breaks("title-truth")
def falling_called_stable():
    """A loss of more than a third is called stable."""
    fig, ax = plt.subplots()
    ax.plot(["2014", "2015", "2016", "2017", "2018"], [9.4, 8.6, 7.5, 6.6, 5.9], color="#aa3377", marker="o")
    ax.set(ylim=(0, 10), ylabel="copies sold a day, thousand", title="Circulation remains stable")
    below(fig, "Source: audit bureau of circulation, yearly means")
    return set_alt_text(ax, "Copies sold a day: 9.4 thousand in 2014, falling every year to 5.9 thousand in 2018.")


@breaks("title-truth")
def rise_that_is_a_fall():
    """The title says that exports grew; they fell by four fifths."""
    fig, ax = plt.subplots()
    sns.barplot(x=["2017", "2018"], y=[1548, 329], color="#0173b2", ax=ax)
    ax.set(ylabel="vehicles exported", title="Exports keep growing")
    below(fig, "Source: Ministry of Industry and car association")
    return set_alt_text(ax, "Vehicles exported from Kazakhstan: 1,548 in 2017 and 329 in 2018.")


@breaks("title-truth")
def halved_at_minus_thirty():
    """Down by 30 % is not halved."""
    plt.figure()
    ax = pd.Series([5.0, 4.6, 4.1, 3.5], index=["2015", "2016", "2017", "2018"]).plot(color="black", marker="s")
    ax.set(ylim=(0, 6), ylabel="complaints, hundred a year", title="Complaints halved in three years")
    below(ax.figure, "Source: complaints office of the city")
    return set_alt_text(
        ax, "Line of complaints in hundreds a year: 5.0 in 2015, 4.6 in 2016, 4.1 in 2017, 3.5 in 2018."
    )


@breaks("title-truth")
def every_second_at_36_percent():
    """36 % is not every second."""
    fig, ax = plt.subplots()
    ax.bar(["petrol", "diesel", "electric"], [36, 33, 31], color="#665191")
    ax.set(ylim=(0, 100), ylabel="share of answers, %", title="Every second reader would buy a petrol car")
    below(fig, "Source: readers' survey, 600 answers, March 2019")
    return set_alt_text(ax, "Survey of 600 readers in March 2019: 36 % would buy petrol, 33 % diesel, 31 % electric.")


@breaks("title-truth")
def wrong_number_in_title():
    """The title's number is higher than any bar."""
    fig, ax = plt.subplots(figsize=(7, 3))
    ax.barh(["H1 2018", "H1 2019"], [14660, 20623], color=BLUE)
    ax.set_xlabel("vehicles made")
    ax.set_title("26,000 vehicles in the first half of 2019")
    fig.tight_layout()
    below(fig, "Source: AKAB (Azernews 2018, FBC 2019)")
    return set_alt_text(
        ax, "Two bars: 14,660 vehicles were made in the first half of 2018 and 20,623 in the first half of 2019."
    )


@breaks("title-truth")
def wrong_winner():
    """The title names a plant that is second."""
    table = pd.DataFrame(
        {
            "plant": ["Asia Auto", "SaryarkaAvtoProm"] * 2,
            "half": ["H1 2018"] * 2 + ["H1 2019"] * 2,
            "n": [8573, 5297, 9999, 9290],
        }
    )
    fig, ax = plt.subplots()
    sns.barplot(data=table, x="half", y="n", hue="plant", palette="colorblind", ax=ax)
    ax.legend(title="")
    ax.set(
        ylim=(0, 13000),
        xlabel="",
        ylabel="vehicles made",
        title="SaryarkaAvtoProm made the most vehicles in both years",
    )
    ax.title.set_fontsize(11)
    below(fig, "Source: AKAB")
    return set_alt_text(
        ax, "First half of 2018: Asia Auto 8,573, SaryarkaAvtoProm 5,297 vehicles; first half of 2019: 9,999 and 9,290."
    )


@breaks("title-truth")
def sixfold_at_eight_and_a_half():
    """A fact understated is a false fact too: 93.5 from 11 is x8.5, not sixfold."""
    fig, ax = plt.subplots()
    ax.bar(["2016", "2021"], [11.0, 93.5], color="#4c72b0")
    ax.set(ylabel="vehicles made, thousand", title="Sixfold growth in five years")
    below(fig, "Source: Prime Minister's office, 2022")
    return set_alt_text(ax, "Vehicles made: 11 thousand in 2016 and 93.5 thousand in 2021, 8.5 times as many.")


@breaks("title-truth")
def percent_for_points():
    """49 to 59 % is ten points, or a fifth more; it is not ten percent more."""
    fig, ax = plt.subplots()
    ax.bar(["2018", "2019"], [49, 59], color="#117733", width=0.5)
    ax.set(
        ylim=(0, 100), ylabel="domestic cars, % of new cars sold", title="The share of domestic cars grew by 10 percent"
    )
    below(fig, "Source: AKAB via FBC")
    return set_alt_text(
        ax, "The share of domestic cars in new cars sold was 49 % in 2018 and 59 % in 2019, ten points more."
    )


@breaks("title-truth")
def exceeds_what_it_does_not():
    """The title says that 100,000 was passed; the highest bar is 93.5 thousand."""
    table = pd.DataFrame({"year": ["2018", "2019", "2020", "2021"], "n": [31757, 50000, 77471, 93500]})
    plot = (
        so.Plot(table, "year", "n")
        .add(so.Bar(color=BLUE, alpha=1))
        .label(
            title="Output now exceeds 100,000 vehicles a year",
            y="vehicles a year",
            x="Source: AKAB; FBC; Ministry; Prime Minister",
        )
    )
    return set_alt_text(
        plot, "Bars of vehicles made: 31,757 in 2018, about 50,000 in 2019, 77,471 in 2020 and 93,500 in 2021."
    )


@breaks("title-truth")
def trend_that_is_not_there():
    """The points show no relation; the title claims a clear one."""
    rng = np.random.default_rng(21)
    fig, ax = plt.subplots()
    x = np.linspace(2, 30, 60)
    y = rng.uniform(40, 95, 60)
    y = y - np.polyval(np.polyfit(x, y, 1), x) + 68
    ax.scatter(x, y, color="#4c72b0")
    ax.set(
        xlabel="hours of private lessons in a year",
        ylabel="points in the test",
        title="The more private lessons, the better the marks",
        ylim=(0, 100),
    )
    below(fig, "Source: school survey, 60 pupils, May 2018")
    return set_alt_text(
        ax,
        "Scatter plot of 60 pupils in May 2018: hours of private lessons, 2 to 30, against points in "
        "the test, 40 to 100; no relation can be seen.",
    )


@breaks("title-truth")
def three_in_four_pie():
    """The wedge and its label say 59 %, the title says three in four."""
    fig, ax = plt.subplots(figsize=(5, 4.4))
    ax.pie(
        [59, 41],
        labels=["domestic", "imported"],
        autopct="%d %%",
        colors=["#56b4e9", "#9a9a9a"],
        wedgeprops={"edgecolor": "black"},
    )
    ax.set_title("Three in four cars sold in 2019 were domestic")
    ax.title.set_fontsize(10)
    below(fig, "Source: AKAB via FBC; shares in %")
    return set_alt_text(ax, "Pie chart of new cars sold in 2019: 59 % domestic, 41 % imported.")


@breaks("title-truth")
def pointplot_that_denies_its_title():
    """The points fall from Monday to Friday; the title says that the wait grows."""
    table = pd.DataFrame(
        {
            "day": np.repeat(["Mon", "Wed", "Fri"], 5),
            "minutes": [30, 31, 32, 33, 29, 24, 25, 26, 25, 25, 18, 19, 20, 19, 19],
        }
    )
    fig, ax = plt.subplots()
    sns.pointplot(data=table, x="day", y="minutes", color="#333333", seed=2, ax=ax)
    ax.set(title="The wait grows from Monday to Friday", xlabel="", ylabel="minutes in the queue (mean, 95 % interval)")
    below(fig, "Source: own measurement at the service centre, 5 people a day, week of 4 June 2018")
    return set_alt_text(
        ax, "Mean wait in the week of 4 June 2018: Monday 31 minutes, Wednesday 25, Friday 19, each with an interval."
    )


# ---------------------------------------------------------------- forecast


@breaks("forecast")
def plan_with_a_star():
    """The plan for 2020 looks like the facts; only a star hints at it."""
    fig, ax = plt.subplots()
    ax.bar(["2017", "2018", "2020*"], [19217, 31757, 100000], color=BLUE)
    ax.set(ylabel="vehicles a year", title="Vehicles from Kazakhstan, 2017 to 2020")
    below(fig, "Source: AKAB via JETRO; * Ministry of Investment, plan of September 2018")
    return set_alt_text(
        ax, "Bars: 19,217 vehicles made in 2017 and 31,757 in 2018; the third bar, 100,000, is the plan for 2020."
    )


@breaks("forecast")
def forecast_as_solid_line():
    """One solid line runs from the counted years into the forecast."""
    fig, ax = plt.subplots(figsize=(7, 4.2))
    ax.plot(range(2014, 2022), [1.71, 1.74, 1.78, 1.80, 1.85, 1.90, 1.94, 1.99], color="#004488", marker="o")
    ax.set_xticks(range(2014, 2022))
    ax.set(ylabel="inhabitants, million", title="Inhabitants of the city, 2014 to 2021")
    below(fig, "Source: city statistics; 2019 to 2021 forecast, published in March 2019")
    return set_alt_text(
        ax,
        "Line of inhabitants in millions: counted from 1.71 in 2014 to 1.85 in 2018, then a forecast to 1.99 in 2021.",
    )


@breaks("forecast")
def plan_named_but_drawn_as_fact():
    """The tick says plan, but the bar has the look of the facts."""
    plt.figure()
    ax = pd.Series([820, 900, 960, 1250], index=["2015", "2017", "2018", "2020 plan"]).plot.bar(rot=0, color="#225588")
    ax.set(ylabel="places in nurseries", title="Places in the town's nurseries")
    below(ax.figure, "Source: council paper 2018/77")
    return set_alt_text(ax, "Places in nurseries: 820 in 2015, 900 in 2017, 960 in 2018 and, as a plan, 1,250 in 2020.")


@breaks("forecast")
def target_in_barh():
    """A target for 2025 among the measured years, same colour, same look."""
    fig, ax = plt.subplots(figsize=(7, 3.6))
    ax.barh(["2025 (target)", "2018", "2016", "2014"], [50, 32, 31, 30], color="#5d4037")
    ax.set(xlabel="local parts, % of the value of a car", title="Local parts in cars, 2014 to 2025")
    fig.tight_layout()
    below(fig, "Source: association of the parts makers; strategy paper 2018")
    return set_alt_text(
        ax, "Bars of the share of local parts: 30 % in 2014, 31 % in 2016, 32 % in 2018 and a target of 50 % for 2025."
    )


@breaks("forecast")
def seaborn_line_with_plan():
    """seaborn draws the planned years as if they had happened; the source tells."""
    table = pd.DataFrame({"year": ["2016", "2017", "2018", "2019", "2020"], "n": [110, 125, 140, 190, 260]})
    fig, ax = plt.subplots()
    sns.lineplot(data=table, x="year", y="n", color="black", marker="o", ax=ax)
    ax.set(ylim=(0, 280), xlabel="", ylabel="buses on gas", title="Buses on gas in the city, 2016 to 2020")
    below(fig, "Source: bus company, September 2018; for 2019 and 2020 its plans")
    return set_alt_text(
        ax,
        "Line of buses on gas: 110 in 2016, 125 in 2017, 140 in 2018, then the plans of 190 for 2019 and 260 for 2020.",
    )


@breaks("forecast")
def objects_bars_with_plan():
    """seaborn.objects bars in one colour, the last one planned."""
    table = pd.DataFrame({"year": ["2017", "2018", "2019 (expected)"], "m": [4.1, 4.6, 6.0]})
    plot = (
        so.Plot(table, "year", "m")
        .add(so.Bar(color="#0f4c5c", alpha=1))
        .label(title="Visitors of the museum", y="visitors, thousand a month", x="Source: museum, annual report 2018")
    )
    return set_alt_text(plot, "Bars of visitors, thousand a month: 4.1 in 2017, 4.6 in 2018 and 6.0 expected in 2019.")


@breaks("forecast")
def step_into_the_future():
    """Announced fares are drawn as solid steps."""
    fig, ax = plt.subplots()
    ax.step([2012, 2015, 2018, 2021, 2024], [65, 80, 90, 110, 130], where="post", color="#222255", linewidth=2)
    ax.set_xticks([2012, 2015, 2018, 2021, 2024])
    ax.set(ylim=(0, 140), ylabel="tenge for one ride", title="The bus fare from 2012 to 2024")
    below(fig, "Source: city council, December 2018; from 2021: proposal of the council")
    return set_alt_text(
        ax,
        "Step line of the bus fare: 65 tenge from 2012, 80 from 2015, 90 from 2018; 110 from 2021 "
        "and 130 from 2024 are proposed.",
    )


# ---------------------------------------------------------------- source


@breaks("source")
def no_source():
    """Nothing on the chart says where the numbers come from."""
    _fig, ax = plt.subplots()
    ax.bar(["2019", "2020"], [2629, 8122], color=BLUE)
    ax.set(ylabel="vehicles exported", title="Exports more than tripled in 2020")
    return set_alt_text(ax, "Bars: Kazakhstan exported 2,629 vehicles in 2019 and 8,122 in 2020.")


@breaks("source")
def source_internet():
    """The internet is no source."""
    fig, ax = plt.subplots(figsize=(7, 3.4))
    ax.barh(["buses", "trailers", "trucks"], [153, 210, 486], color="0.35")
    ax.set(xlabel="vehicles made, first half of 2018", title="Beside cars, mostly trucks")
    fig.tight_layout()
    below(fig, "Source: internet")
    return set_alt_text(ax, "Bars, first half of 2018: 486 trucks, 210 trailers, 153 buses.")


@breaks("source")
def source_left_blank():
    """The template says Source: and nobody filled it in."""
    plt.figure()
    ax = pd.Series([179.19, 221.73, 342.16, 326.00, 344.71], index=["2014", "2015", "2016", "2017", "2018"]).plot(
        color="#882255", marker="o"
    )
    ax.set(ylabel="tenge for one US dollar, mean of the year", title="The tenge lost most in 2016")
    below(ax.figure, "Source:")
    return set_alt_text(
        ax, "Line of the exchange rate, 2014 to 2018: 179, 222, 342, 326 and 345 tenge for a US dollar."
    )


@breaks("source")
def source_google():
    """A search engine is no source."""
    fig, ax = plt.subplots()
    sns.scatterplot(x=[35, 48, 60, 75, 90, 110], y=[16, 21, 24, 29, 34, 41], color=BLUE, s=60, ax=ax)
    ax.set(xlabel="size, square metres", ylabel="price, million tenge", title="Larger flats cost more")
    below(fig, "Source: Google")
    return set_alt_text(
        ax, "Scatter plot of six flats: prices rise from 16 million tenge at 35 m² to 41 million at 110 m² (June 2018)."
    )


@breaks("source")
def heatmap_without_source():
    """A neat heatmap, but from where?"""
    table = pd.DataFrame(
        {"2016": [4, 7, 11], "2017": [5, 9, 10], "2018": [8, 12, 15]}, index=["north", "centre", "south"]
    )
    _fig, ax = plt.subplots()
    sns.heatmap(table, annot=True, cmap="Blues", vmin=0, vmax=45, cbar=False, ax=ax)
    ax.set_title("Accidents with bicycles (number a year)")
    return set_alt_text(ax, "Bicycle accidents a year, 2016 to 2018: north 4, 5, 8; centre 7, 9, 12; south 11, 10, 15.")


@breaks("source")
def photo_credit_only():
    """Who drew it is not where the numbers come from."""
    table = pd.DataFrame({"way": ["on foot", "bus", "car"], "share": [44, 33, 23]})
    grid = sns.catplot(data=table, x="way", y="share", kind="bar", color="#444488", height=4.2, aspect=1.3)
    grid.set_axis_labels("", "% of pupils")
    grid.figure.suptitle("How pupils came to school in May 2018")
    grid.figure.subplots_adjust(top=0.88, bottom=0.2)
    grid.figure.text(0.02, 0.02, "Graphic: A. Serik / graphics desk", fontsize=8)
    return set_alt_text(grid, "Ways to school in May 2018: on foot 44 %, bus 33 %, car 23 %.")


@breaks("source")
def pandas_area_without_source():
    """A proper area chart that does not say whose numbers it shows."""
    table = pd.DataFrame({"tram": [20, 22, 25, 27], "bus": [60, 58, 61, 66]}, index=[2015, 2016, 2017, 2018])
    ax = table.plot.area(color=["#08306b", "#5b9bd1"], figsize=(7, 4.2))
    ax.set_xticks(table.index)
    ax.legend(loc="lower right", reverse=True)
    ax.set(ylabel="million trips a year", title="More trips by tram and by bus since 2016")
    return set_alt_text(
        ax,
        "Stacked areas of trips, 2015 to 2018: tram 20, 22, 25 and 27 million a year, bus 60, 58, 61 and 66 million.",
    )


# ---------------------------------------------------------------- colour


@breaks("colour")
def red_green_equal_lightness():
    """A red and a green of the same lightness, told apart by the legend alone."""
    fig, ax = plt.subplots(figsize=(7, 4.2))
    years = ["2014", "2015", "2016", "2017", "2018"]
    ax.plot(years, [31, 34, 33, 38, 41], color="#a65e2e", label="agree", linewidth=2)
    ax.plot(years, [44, 40, 42, 36, 35], color="#6e7a20", label="disagree", linewidth=2)
    ax.legend()
    ax.set(ylim=(0, 60), ylabel="share of answers, %", title="Since 2017 more people agree than disagree")
    below(fig, "Source: yearly survey of the town, about 800 answers")
    return set_alt_text(
        ax, "Two lines, 2014 to 2018: those who agree rose from 31 to 41 %, those who disagree fell from 44 to 35 %."
    )


@breaks("colour")
def red_green_bars_pandas():
    """pandas bars in red and green: one colour for many readers."""
    table = pd.DataFrame({"H1 2018": [5297, 8573], "H1 2019": [9290, 9999]}, index=["SaryarkaAvtoProm", "Asia Auto"])
    ax = table.plot.bar(rot=0, color=["#c0392b", "#557a1c"], ylim=(0, 12500))
    ax.set(ylabel="vehicles made", title="Both plants made more than a year before")
    below(ax.figure, "Source: AKAB")
    return set_alt_text(
        ax, "First half of 2018 and of 2019: Asia Auto 8,573 and 9,999 vehicles, SaryarkaAvtoProm 5,297 and 9,290."
    )


@breaks("colour")
def light_grey_bars():
    """Bars in a grey that is hardly there on white."""
    fig, ax = plt.subplots()
    ax.bar(["2018", "2019", "2020"], [329, 2629, 8122], color="#f0f0f0")
    ax.set(ylabel="vehicles exported a year", title="Exports grew after 2018")
    below(fig, "Source: Ministry of Industry and car association")
    return set_alt_text(ax, "Vehicles exported: 329 in 2018, 2,629 in 2019 and 8,122 in 2020.")


@breaks("colour")
def yellow_line():
    """A thin yellow line on white."""
    plt.figure()
    ax = pd.Series([6.7, 14.4, 7.4, 6.2, 5.3], index=["2015", "2016", "2017", "2018", "2019"]).plot(
        color="#ffff66", linewidth=1
    )
    ax.set(ylim=(0, 16), ylabel="change of consumer prices on the year before, %", title="Inflation peaked in 2016")
    below(ax.figure, "Source: World Bank (WDI)")
    return set_alt_text(ax, "Line of yearly inflation: 6.7 % in 2015, 14.4 % in 2016, then 7.4, 6.2 and 5.3 % in 2019.")


@breaks("colour")
def three_blues():
    """Three blues that even full colour vision cannot match with the legend."""
    table = pd.DataFrame(
        {"tram": [20, 25, 27], "bus": [60, 61, 66], "metro": [9, 14, 22]}, index=["2016", "2017", "2018"]
    )
    ax = table.plot(color=["#2b6cb0", "#2f73b8", "#2a66a8"], linewidth=2)
    ax.set(ylim=(0, 80), ylabel="million trips a year", title="All three carry more people than in 2016")
    below(ax.figure, "Source: City Transport, statistical yearbook 2019")
    return set_alt_text(
        ax, "Three lines, 2016 to 2018, million trips: bus 60, 61, 66; tram 20, 25, 27; metro 9, 14, 22."
    )


@breaks("colour")
def scatter_red_green():
    """Points in red and green with one marker, so that the groups melt into one."""
    rng = np.random.default_rng(17)
    table = pd.DataFrame({"km": rng.uniform(5, 150, 60), "kind": ["petrol"] * 30 + ["diesel"] * 30})
    table["price"] = np.where(table["kind"] == "petrol", 7, 8.5) - 0.03 * table["km"] + rng.normal(0, 0.4, 60)
    fig, ax = plt.subplots()
    sns.scatterplot(data=table, x="km", y="price", hue="kind", palette=["#a65e2e", "#6e7a20"], ax=ax)
    ax.legend(title="")
    ax.set(xlabel="thousand km driven", ylabel="price asked, m KZT", title="The more kilometres, the cheaper the car")
    below(fig, "Source: 60 adverts for one model, kolesa board, 12 March 2019")
    return set_alt_text(
        ax,
        "Scatter plot of 60 adverts of 12 March 2019: asked prices fall with the kilometres; diesel "
        "cars cost about 1.5 m KZT more than petrol cars.",
    )


@breaks("colour")
def pale_text():
    """Title, axis label and source in a grey that cannot be read on white."""
    fig, ax = plt.subplots()
    ax.bar(["H1 2017", "H1 2018"], [64.50, 88.26], color=BLUE)
    ax.set_ylabel("bn KZT", color="#e6e6e6")
    ax.set_title("Value of the vehicles made", color="#e0e0e0")
    ax.tick_params(labelcolor="#e0e0e0")
    below(fig, "Source: AKAB via Azernews, 17.07.2018", colour="#e6e6e6")
    return set_alt_text(
        ax, "Value of vehicles made: 64.5 bn KZT in the first half of 2017, 88.26 bn KZT in the first half of 2018."
    )


@breaks("colour")
def stacked_same_colour():
    """Two parts of a stack in one and the same colour."""
    fig, ax = plt.subplots()
    ax.bar(["H1 2018", "H1 2019"], [8573, 9999], color="#4c72b0", label="Asia Auto")
    ax.bar(["H1 2018", "H1 2019"], [5297, 9290], bottom=[8573, 9999], color="#4c72b0", label="SaryarkaAvtoProm")
    ax.legend(loc="upper left")
    ax.set(ylim=(0, 24000), ylabel="vehicles made", title="Output of two plants")
    below(fig, "Source: AKAB")
    return set_alt_text(
        ax,
        "Stacked bars: Asia Auto 8,573 and 9,999, SaryarkaAvtoProm 5,297 and 9,290 vehicles in the "
        "first halves of 2018 and 2019.",
    )


# ---------------------------------------------------------------- alt-text


@breaks("alt-text")
def no_alt_text():
    """A good chart, mute for those who cannot see it."""
    fig, ax = plt.subplots()
    ax.bar(["2017", "2018"], [19217, 31757], color=BLUE)
    ax.set(ylabel="vehicles made", title="65 % more vehicles in a year")
    below(fig, "Source: AKAB via JETRO")
    return ax


@breaks("alt-text")
def alt_text_chart():
    """The alt text is one word: chart."""
    fig, ax = plt.subplots(figsize=(7, 3.4))
    ax.barh(["buses", "trailers", "trucks"], [153, 210, 486], color="0.35")
    ax.set(xlabel="vehicles made, first half of 2018", title="Beside cars, mostly trucks")
    fig.tight_layout()
    below(fig, "Source: AKAB via Azernews")
    return set_alt_text(ax, "chart")


@breaks("alt-text")
def alt_text_names_the_kind_only():
    """The alt text says what kind of picture it is, but not what it shows."""
    plt.figure()
    ax = pd.Series([49, 59, 73, 75], index=["2018", "2019", "2020", "2021"]).plot(color="black", marker="o")
    ax.set(ylim=(0, 100), ylabel="domestic cars, % of sales", title="Domestic cars took over the market")
    below(ax.figure, "Source: AKAB; Prime Minister (2021)")
    return set_alt_text(ax, "An image of a line chart with a black line.")


@breaks("alt-text")
def alt_text_with_wrong_numbers():
    """The numbers in the alt text are not those of the bars."""
    fig, ax = plt.subplots()
    sns.barplot(x=["2019", "2020"], y=[2629, 8122], color="#0173b2", ax=ax)
    ax.set(ylabel="vehicles exported", title="Exports more than tripled in 2020")
    below(fig, "Source: Ministry of Industry and car association")
    return set_alt_text(ax, "Bars: Kazakhstan exported 4,629 vehicles in 2019 and 18,122 in 2020.")


@breaks("alt-text")
def alt_text_with_the_wrong_direction():
    """The alt text lets the line fall; it rises."""
    fig, ax = plt.subplots()
    ax.plot(["2014", "2015", "2016", "2017", "2018"], [21, 24, 30, 33, 41], color="#b2182b", marker="o")
    ax.set(ylim=(0, 45), ylabel="accidents with bicycles a year", title="Accidents with bicycles in the city")
    below(fig, "Source: traffic police, yearly report 2018")
    return set_alt_text(ax, "Line chart: accidents with bicycles fell every year from 2014 to 2018.")


@breaks("alt-text")
def alt_text_swaps_the_series():
    """The alt text gives each plant the other one's numbers."""
    table = pd.DataFrame({"H1 2018": [8573, 5297], "H1 2019": [9999, 9290]}, index=["Asia Auto", "SaryarkaAvtoProm"])
    ax = table.plot.bar(rot=0, color=[BLUE, "#e69f00"], ylim=(0, 12500))
    ax.set(ylabel="vehicles made", title="Both plants made more than a year before")
    below(ax.figure, "Source: AKAB")
    return set_alt_text(
        ax, "First halves of 2018 and 2019: Asia Auto made 5,297 and 9,290 vehicles, SaryarkaAvtoProm 8,573 and 9,999."
    )


@breaks("alt-text")
def alt_text_see_above():
    """The alt text sends the reader away."""
    table = pd.DataFrame({"year": ["2021", "2022", "2023"], "cars": [80.7, 105.7, 136.5]})
    plot = (
        so.Plot(table, "year", "cars")
        .add(so.Bar(color=BLUE, alpha=1))
        .label(
            title="Passenger cars made in Kazakhstan",
            y="thousand cars a year",
            x="Source: Statistics Committee (2021), AKAB via JETRO",
        )
    )
    return set_alt_text(plot, "Figure 3, see the text above.")


@breaks("alt-text")
def no_alt_text_facets():
    """Facets without any alt text."""
    table = pd.DataFrame(
        {"year": ["2018", "2019"] * 2, "vehicles": [367, 495, 200, 270], "kind": ["trucks"] * 2 + ["trailers"] * 2}
    )
    grid = sns.catplot(data=table, x="year", y="vehicles", col="kind", kind="bar", height=3.4, color=BLUE)
    grid.set_axis_labels("January to May", "vehicles made")
    grid.set_titles("{col_name}")
    grid.figure.suptitle("Trucks and trailers: a third more of each")
    grid.figure.subplots_adjust(top=0.8, bottom=0.26)
    grid.figure.text(0.02, 0.02, "Source: Ministry of Industry, June 2019", fontsize=8)
    return grid


# ---------------------------------------------------------------- order


@breaks()
def alphabet_hides_the_ranking():
    """Twelve places by the alphabet, where the title asks for the first."""
    n = {
        "Akmola": 78,
        "Aktobe": 91,
        "Almaty": 212,
        "Astana": 140,
        "Atyrau": 70,
        "Karaganda": 113,
        "Kostanay": 83,
        "Kyzylorda": 84,
        "Mangystau": 79,
        "Pavlodar": 75,
        "Shymkent": 119,
        "Turkistan": 220,
    }
    fig, ax = plt.subplots(figsize=(7, 5))
    ax.barh(list(n)[::-1], list(n.values())[::-1], color="#4c72b0")
    ax.set(xlabel="pupils, school year 2018/19", title="Ranking: where do most pupils of the exchange live?")
    fig.tight_layout()
    below(fig, "Source: exchange office, register of 1 October 2018")
    return set_alt_text(
        ax,
        "Bars of the exchange's pupils in 2018/19 by region: Turkistan 220, Almaty 212, Astana 140, "
        "then nine regions with 70 to 119.",
    )


@breaks("order")
def months_by_the_alphabet():
    """April, August, February: a year nobody lives in."""
    months = pd.Series({"Apr": 260, "Aug": 310, "Feb": 190, "Jan": 210, "Jul": 305, "Jun": 300, "Mar": 240, "May": 255})
    plt.figure(figsize=(7, 4.2))
    ax = months.plot.bar(rot=0, color="C0")
    ax.set(ylabel="repairs a month", xlabel="2019", title="Repairs in the first eight months")
    below(ax.figure, "Source: order book of the garage")
    return set_alt_text(
        ax,
        "Repairs a month in 2019: January 210, February 190, March 240, April 260, May 255, June "
        "300, July 305, August 310.",
    )


@breaks("order")
def years_backwards():
    """The newest year stands on the left, so that a fall looks like a rise."""
    fig, ax = plt.subplots()
    ax.bar(["2018", "2017", "2016", "2015", "2014"], [5.9, 6.6, 7.5, 8.6, 9.4], color="#aa3377")
    ax.set(ylabel="copies sold a day, thousand", title="Circulation of the paper")
    below(fig, "Source: audit bureau of circulation, yearly means")
    return set_alt_text(
        ax, "Copies sold a day fell from 9.4 thousand in 2014 to 8.6, 7.5, 6.6 and 5.9 thousand in 2018."
    )


@breaks("order")
def bands_by_the_alphabet():
    """Price bands sorted as text: 10 to 15 stands before 3.5 to 5."""
    bands = {"10 to 15": 5822, "3.5 to 5": 7146, "5 to 7": 7700, "7 to 10": 5348, "over 15": 3881, "up to 3.5": 6294}
    fig, ax = plt.subplots(figsize=(7, 4.2))
    sns.barplot(x=list(bands), y=list(bands.values()), color="#348ABD", ax=ax)
    ax.set(
        xlabel="price of the car, million tenge",
        ylabel="cars sold",
        title="New cars sold by price, January to August 2018",
    )
    below(fig, "Source: KazAvtoProm via Kazinform, 21.09.2018")
    return set_alt_text(
        ax,
        "Cars sold from January to August 2018: up to 3.5 million tenge 6,294; 3.5 to 5 7,146; 5 to "
        "7 7,700; 7 to 10 5,348; 10 to 15 5,822; over 15 3,881.",
    )


@breaks("order")
def years_shuffled_in_line():
    """The years of a line chart in the order the rows came, which makes a zigzag of a steady rise."""
    fig, ax = plt.subplots()
    ax.plot(["2018", "2015", "2017", "2014", "2016"], [41, 24, 33, 21, 30], color="black", marker="o")
    ax.set(ylim=(0, 45), ylabel="accidents with bicycles a year", title="Accidents with bicycles, 2014 to 2018")
    below(fig, "Source: traffic police, yearly report 2018")
    return set_alt_text(ax, "Bicycle accidents a year rose from 21 in 2014 to 24, 30, 33 and 41 in 2018.")


@breaks()
def countplot_in_order_of_arrival():
    """Nine brands as they came through the gate; which one leads, one has to search for."""
    n = {"Kia": 25, "Lada": 52, "Audi": 9, "Hyundai": 47, "BMW": 12, "Toyota": 43, "Ravon": 18, "Ford": 14, "Mazda": 21}
    fig, ax = plt.subplots(figsize=(7, 4.4))
    sns.countplot(y=pd.Series([k for k, v in n.items() for _ in range(v)]), color="#444444", ax=ax)
    ax.set(xlabel="cars", ylabel="", title="Which brands lead on our car park?")
    fig.tight_layout()
    below(fig, "Source: own count, car park of the stadium, 9 June 2018")
    return set_alt_text(
        ax,
        "Cars on the car park on 9 June 2018: Lada 52, Hyundai 47, Toyota 43, Kia 25, Mazda 21, "
        "Ravon 18, Ford 14, BMW 12, Audi 9.",
    )


# ---------------------------------------------------------------- several at once


@breaks("zero-base", "lie-factor", "source")
def cut_and_without_source():
    """The classic of the press office: a cut axis and no source."""
    _fig, ax = plt.subplots()
    ax.bar(["2019", "2020", "2021"], [59, 73, 75], color=BLUE)
    ax.set(ylim=(55, 76), ylabel="domestic cars, % of sales", title="Three in four cars sold are domestic")
    return set_alt_text(ax, "Share of domestic cars in sales: 59 % in 2019, 73 % in 2020, 75 % in 2021.")


@breaks("zero-base", "lie-factor", "title-truth")
def cut_and_doubled():
    """Cut so that the second bar is twice as high, and the title says doubled."""
    fig, ax = plt.subplots()
    ax.bar(["H1 2017", "H1 2018"], [64.50, 88.26], color="#0f4c5c")
    ax.set(ylim=(40.74, 92), ylabel="bn KZT", title="Value of output doubled")
    below(fig, "Source: AKAB via Azernews, 17.07.2018")
    return set_alt_text(
        ax, "Output was worth 64.5 bn KZT in the first half of 2017 and 88.26 bn KZT in the first half of 2018."
    )


@breaks("unit", "source")
def bare_bars():
    """Neither a unit nor a source."""
    plt.figure()
    ax = pd.Series([12.4, 14.9, 17.7], index=["2016", "2017", "2018"]).plot.bar(rot=0, color="0.35")
    ax.set_title("Industry of the region is growing")
    return set_alt_text(ax, "The region's industry grew from 12.4 in 2016 to 14.9 in 2017 and 17.7 in 2018.")


@breaks("like-for-like", arguable=("title-truth",))
def collapse_by_missing_months():
    """Nine months beside twelve, and the title makes a slump of it."""
    fig, ax = plt.subplots()
    ax.bar(["2021", "Jan-Sep 2022"], [93500, 78441], color="#5d4037")
    ax.set(ylabel="vehicles made", title="Output slumped in 2022")
    below(fig, "Source: Prime Minister; AKAB")
    return set_alt_text(
        ax, "Two bars: 93,500 vehicles were made in all of 2021 and 78,441 from January to September 2022."
    )


@breaks("forecast", "title-truth")
def success_story():
    """The plan is drawn as a fact, and the title tells it as one."""
    fig, ax = plt.subplots()
    ax.bar(["2017", "2018", "2020*"], [19217, 31757, 100000], color="#1b6ca8")
    ax.set(ylabel="vehicles a year", title="From 2018 to 2020 output has grown tenfold")
    below(fig, "Source: AKAB via JETRO; * plan of the ministry, September 2018")
    return set_alt_text(ax, "Bars: 19,217 vehicles in 2017, 31,757 in 2018, and a plan of 100,000 for 2020.")


@breaks("two-scales", "source")
def twin_without_source():
    """Two axes, stretched, and from nowhere."""
    _fig, ax = plt.subplots(figsize=(7, 4.4))
    years = ["2015", "2016", "2017", "2018"]
    (a,) = ax.plot(years, [310, 322, 341, 352], color=BLUE, marker="o")
    right = ax.twinx()
    (b,) = right.plot(years, [4.1, 4.5, 5.2, 5.6], color="black", marker="s", linestyle="--")
    ax.set_ylabel("storks, pairs")
    right.set_ylabel("births, thousand a year")
    ax.legend([a, b], ["storks (left)", "births (right)"])
    ax.set_title("Storks and births")
    return set_alt_text(
        ax, "Two lines, 2015 to 2018: storks from 310 to 352 pairs, births from 4.1 to 5.6 thousand a year."
    )


@breaks("colour", "alt-text")
def red_green_and_mute():
    """Red and green of one lightness, and no alt text."""
    table = pd.DataFrame(
        {"year": ["2016", "2017", "2018"] * 2, "share": [44, 40, 35, 31, 36, 41], "answer": ["no"] * 3 + ["yes"] * 3}
    )
    fig, ax = plt.subplots()
    sns.lineplot(data=table, x="year", y="share", hue="answer", palette=["#a65e2e", "#6e7a20"], ax=ax)
    ax.set(ylim=(0, 60), xlabel="", ylabel="share of answers, %", title="In 2018 more people said yes than no")
    below(fig, "Source: yearly survey of the town, about 800 answers")
    return ax


@breaks("unit", "source", "alt-text")
def first_attempt_of_a_student():
    """What plt.bar gives if nothing is added but a title."""
    _fig, ax = plt.subplots()
    ax.bar(["2016", "2017", "2018"], [12.4, 14.9, 17.7])
    ax.set_title("Growth of the industry")
    return ax


@breaks("zero-base", "lie-factor", "unit", "source", "alt-text")
def cut_bare_and_mute():
    """Cut bars without unit, source or alt text."""
    _fig, ax = plt.subplots()
    sns.barplot(x=["2016", "2017", "2018"], y=[104.2, 105.1, 106.9], color=BLUE, ax=ax)
    ax.set(ylim=(104, 107), ylabel="", title="Our success")
    return ax


@breaks("area", "zero-base", "lie-factor")
def wide_and_cut():
    """One bar is wider and the axis is cut."""
    fig, ax = plt.subplots()
    ax.bar(["Channel One", "our channel"], [31, 36], width=[0.4, 0.85], color="#7a0177")
    ax.set(ylim=(28, 37), ylabel="share of viewers, %", title="Our channel leads")
    below(fig, "Source: viewers' panel, week of 4 June 2018")
    return set_alt_text(ax, "Share of viewers in the week of 4 June 2018: Channel One 31 %, our channel 36 %.")


@breaks("order", "alt-text")
def shuffled_and_wrong_alt():
    """Years out of order, and the alt text tells of a fall that is none."""
    fig, ax = plt.subplots()
    ax.bar(["2018", "2015", "2017", "2014", "2016"], [41, 24, 33, 21, 30], color="0.35")
    ax.set(ylabel="accidents with bicycles a year", title="Accidents with bicycles, 2014 to 2018")
    below(fig, "Source: traffic police, yearly report 2018")
    return set_alt_text(ax, "Bar chart: accidents with bicycles fell from 41 in 2014 to 21 in 2018.")


@breaks("title-truth", "alt-text")
def title_and_alt_text_lie_together():
    """Title and alt text agree with each other, not with the bars."""
    fig, ax = plt.subplots()
    ax.bar(["2017", "2018"], [19217, 31757], color="steelblue")
    ax.set(ylabel="vehicles made", title="Output more than doubled in 2018")
    below(fig, "Source: AKAB via JETRO")
    return set_alt_text(ax, "Vehicles made rose from 19,217 in 2017 to 41,757 in 2018, more than twice as many.")


@breaks("colour", "source")
def pale_bars_from_nowhere():
    """Nearly white bars and no source."""
    fig, ax = plt.subplots(figsize=(7, 3.4))
    ax.barh(["car", "bus", "on foot"], [23, 33, 44], color="#f5f5dc")
    ax.set(xlabel="% of pupils, May 2018", title="Most often pupils come on foot")
    fig.tight_layout()
    return set_alt_text(ax, "Ways to school in May 2018: on foot 44 %, bus 33 %, car 23 %.")
