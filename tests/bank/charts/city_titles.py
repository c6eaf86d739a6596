"""Titles written before the grammar knew their kinds, by somebody who knew the grammar: half of them true.

At their first run 39 of 76 true ones were borne out, 33 not understood and 3 denied; of 72 false ones 43 were denied,
25 not understood and 1 borne out.
"""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes


def bars(labels: list[str], values: list[float], unit: str) -> Axes:
    ax = plt.subplots()[1]
    ax.bar(labels, values)
    ax.set(ylabel=unit)
    return ax


def pairs(labels: list[str], pairs: dict[str, list[float]], unit: str) -> Axes:
    ax = plt.subplots()[1]
    for shift, (name, values) in zip((-0.2, 0.2), pairs.items(), strict=True):
        ax.bar([place + shift for place in range(len(labels))], values, 0.4, label=name)
    ax.set_xticks(range(len(labels)), labels)
    ax.set(ylabel=unit)
    ax.legend()
    return ax


def lines(first: int, series: dict[str, list[float]], unit: str) -> Axes:
    ax = plt.subplots()[1]
    for name, values in series.items():
        ax.plot(range(first, first + len(values)), values, marker="o", label=name or None)
    if len(series) > 1:
        ax.legend()
    ax.set(ylabel=unit, xlabel="Year")
    return ax


def metro() -> Axes:
    return lines(2012, {"": [41, 44, 48, 53, 57, 61, 66, 70, 38, 45]}, "Metro rides (million)")


def harvest() -> Axes:
    return bars(
        ["2019", "2020", "2021", "2022", "2023"], [11.3, 14.1, 11.8, 16.4, 12.1], "Wheat harvest, million tonnes"
    )


def languages() -> Axes:
    ax = plt.subplots()[1]
    names = ["Japanese", "Chinese", "Italian", "German", "French", "Spanish"]
    ax.bar_label(ax.barh(names, [550, 600, 850, 1700, 2900, 3400]))
    ax.set(xlabel="Learners enrolled, 2023")
    return ax


def electricity() -> Axes:
    sources = {
        "coal": [52, 45, 38, 30],
        "gas": [20, 22, 24, 24],
        "wind and solar": [10, 16, 22, 32],
        "hydro": [18, 17, 16, 14],
    }
    ax = pd.DataFrame(sources, index=["2010", "2014", "2018", "2022"]).plot.bar(stacked=True, rot=0)
    ax.set(ylabel="Electricity generated, TWh")
    return ax


def telephones() -> Axes:
    shares = {
        "Landlines": [90, 82, 73, 63, 52, 41, 33, 26, 21, 17, 14],
        "Smartphones": [22, 30, 39, 47, 56, 64, 71, 78, 84, 88, 91],
    }
    return lines(2010, shares, "Households with one (%)")


def clubs() -> Axes:
    goals = {"Home": [24, 31, 28, 40], "Away": [18, 19, 30, 22]}
    return pairs(["Rovers", "United", "Athletic", "City"], goals, "Goals scored in the season")


def castle() -> Axes:
    ax = plt.subplots()[1]
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    ax.plot(months, [12, 14, 19, 25, 31, 44, 62, 65, 40, 27, 16, 21], marker="o")
    ax.set(ylabel="Visitors to the castle (thousand)", xlabel="Month of 2022")
    return ax


def parties() -> Axes:
    return bars(["Greens", "Liberals", "Labour", "Conservatives", "Others"], [14, 19, 31, 27, 9], "Votes (%)")


def towns() -> Axes:
    names = ["Norvik", "Sandby", "Holm", "Estrup", "Vang"]
    return bars(names, [640, 710, 980, 560, 1120], "Rent of a two-room flat (euros a month)")


def work() -> Axes:
    return lines(2015, {"": [210, 214, 219, 225, 230, 216, 208, 221, 236]}, "People in work (thousand)")


def rubbish() -> Axes:
    waste = {"2012": [48, 30, 22], "2022": [36, 30, 39]}
    return pairs(["landfill", "burned", "recycled"], waste, "Household waste, thousand tonnes")


def chain() -> Axes:
    quarters = ["Q1 2022", "Q2 2022", "Q3 2022", "Q4 2022", "Q1 2023", "Q2 2023"]
    return bars(quarters, [120, 135, 150, 180, 132, 162], "Sales of the chain, million euros")


CHARTS = {
    chart.__name__: chart
    for chart in (
        metro,
        harvest,
        languages,
        electricity,
        telephones,
        clubs,
        castle,
        parties,
        towns,
        work,
        rubbish,
        chain,
    )
}

TRUE: dict[str, str] = {
    "metro": """
        Metro rides rose every year from 2012 to 2019
        Metro carried 70 million passengers in 2019, more than ever before
        Rides almost halved in 2020
        Metro ridership peaked in 2019
        Metro still far below its 2019 level
        Metro loses 32 million rides in a single year
        Seven years of growth end in 2020
    """,
    "harvest": """
        2022 brought the best wheat harvest in five years
        Wheat harvest drops by more than a quarter in 2023
        Farmers brought in 16.4 million tonnes of wheat in 2022
        Harvest of 2019 was the smallest of the period
        Wheat harvest swings between 11 and 16 million tonnes
        After a record 2022, the wheat harvest falls back to 12.1 million tonnes
    """,
    "languages": """
        Spanish is the most popular language at evening schools
        Spanish has twice as many learners as German
        Every third learner takes Spanish
        Chinese edges out Japanese
        10,000 people learn a language at evening school
        Three in ten learners choose French
        Spanish and French together have more learners than all the other languages combined
        Only Spanish has more than 3,000 learners
    """,
    "electricity": """
        Coal is no longer the largest source of electricity
        Wind and solar have tripled since 2010
        Wind and solar overtook coal in 2022
        Electricity generation stayed at 100 TWh from 2010 to 2022
        Coal made up more than half of electricity in 2010
        Coal power falls from 52 to 30 TWh
        Hydro is the smallest source in 2022
    """,
    "telephones": """
        Smartphones overtook landlines in 2014
        Nine in ten households have a smartphone in 2020
        Share of homes with a landline down 76 points in ten years
        Landlines vanish: from 90 % of households to 14 %
        In 2015, almost two thirds of households had a smartphone
        Fewer than one household in five still has a landline
    """,
    "clubs": """
        Only Athletic scored more goals away than at home
        City scored most goals at home
        City scored 62 goals, the most of all four clubs
        United scored 12 more goals at home than away
        Rovers scored fewest goals of all
        City nearly twice as good at home as away
    """,
    "castle": """
        Castle busiest in August
        Castle visitors: two thirds come between May and September
        July and August bring a third of the year's visitors
        Five times as many visitors in August as in January
        Visitor numbers climb from January to August
        Visits pick up again in December
    """,
    "parties": """
        Labour wins with 31 % of the vote
        Labour four points ahead of the Conservatives
        Liberals come third
        Greens and Liberals together win a third of the vote
        No party wins a majority
        Labour and Conservatives share 58 % of the votes
    """,
    "towns": """
        Vang is the dearest town for renters
        Renting in Vang costs twice as much as in Estrup
        Two towns charge more than 900 euros
        Flats cheapest in Estrup at 560 euros a month
        Rents range from 560 to 1,120 euros
        Holm's rents 340 euros above Norvik's
    """,
    "work": """
        More people in work than ever
        Employment fell in 2020 and 2021
        Jobs recover: 28,000 more people in work than in 2021
        Number of people in work rises to 236,000
        Employment hits a low of 208,000 in 2021
        Employment back above its 2019 level
    """,
    "rubbish": """
        More waste is recycled than dumped in 2022
        Recycling up by 77 % in ten years
        The amount burned has not changed
        Landfill down by a quarter
        Recycling overtakes landfill
        Households throw away more: 105,000 tonnes in 2022, up from 100,000
    """,
    "chain": """
        Chain's sales up 20 % on the year in the second quarter of 2023
        Best quarter ever: sales hit 180 million euros at the end of 2022
        Sales rose in every quarter of 2022
        Sales slump in early 2023, then rebound
        First-quarter sales 10 % higher than a year before
        Chain sold goods for 585 million euros in 2022
    """,
}

FALSE: dict[str, str] = {
    "metro": """
        Metro rides have doubled since 2012
        Metro back above 50 million rides in 2021
        Metro rides peaked in 2018
        Fewer people took the metro in 2019 than in 2017
        Metro rides fell by two thirds in 2020
        Metro rides have grown without a break since 2012
    """,
    "harvest": """
        Wheat harvest grows for the third year running
        Wheat harvest of 2023 the worst in five years
        Wheat harvest in 2022 twice that of 2019
        Harvest never fell below 12 million tonnes
        2020 harvest beat that of 2022
        Wheat harvest down by half in 2023
    """,
    "languages": """
        French overtakes Spanish as the favourite
        German comes second
        More than half of all learners take Spanish
        Italian has more learners than Chinese and Japanese put together
        Japanese is ahead of Chinese
        Four times as many learners of French as of Italian
    """,
    "electricity": """
        Coal power has halved since 2010
        Wind and solar now supply more than half of electricity
        Gas generation doubled between 2010 and 2022
        Hydro power is growing
        Wind and solar overtook coal in 2018
        Gas is now the main source of electricity
    """,
    "telephones": """
        More households had a landline than a smartphone in 2016
        Half of all households had a smartphone by 2012
        Smartphones overtook landlines in 2017
        Landlines still in a quarter of homes in 2020
        Smartphone ownership quintuples in ten years
        Landlines lost 50 points between 2010 and 2020
    """,
    "clubs": """
        All clubs score more at home than away
        Athletic scored most goals overall
        City scored three times as many goals at home as away
        United beat City at home
        Rovers scored 50 goals in the season
        City has the most away goals
    """,
    "castle": """
        Castle busiest in July
        Castle gets half of its visitors in July and August
        Visitor numbers rise until September
        January is busier than December
        Castle never has fewer than 15,000 visitors a month
        August draws three times as many visitors as January
    """,
    "parties": """
        Conservatives win the election
        Labour wins an absolute majority
        Greens beat the Liberals
        Labour ten points ahead of the Conservatives
        One in four votes went to the Liberals
        Labour gets twice as many votes as the Liberals
    """,
    "towns": """
        Holm is the most expensive town
        A flat in Vang costs three times as much as in Estrup
        Rents above 600 euros in all five towns
        Sandby cheaper than Norvik
        Tenants in Holm pay 1,200 euros a month
        Vang tenants pay 300 euros more than those in Holm
    """,
    "work": """
        Employment has risen every year since 2015
        Employment at its lowest since 2015 in 2023
        Employment still below its level of 2019
        Jobs fell by 10 % in 2020
        A quarter more people in work than in 2015
        Employment bottomed out in 2020
    """,
    "rubbish": """
        Recycling has doubled in ten years
        Most waste still goes to landfill
        Half of all waste is now recycled
        Burning is on the rise
        Landfill cut by half since 2012
        Less waste in 2022 than in 2012
    """,
    "chain": """
        Sales lower in Q2 2023 than a year earlier
        Sales fell by half in Q1 2023
        Sales down 20 % on the year in Q2 2023
        Sales have risen for six quarters in a row
        Chain's sales pass 200 million euros
        Sales in 2022 topped 700 million euros
    """,
}
