"""No true title is denied, no false one borne out; what is not understood is said, and seldom.

How many were judged in which way is printed after the run.
"""

from collections import Counter
from dataclasses import replace
from functools import cache

import matplotlib.pyplot as plt
import pytest

from secondcar.charts.honesty.truth import BORNE_OUT, DENIED, NOT_UNDERSTOOD, judge_words
from secondcar.charts.reading import read_all
from tests.bank.charts import city_titles, newsroom_titles, titles, town_titles
from tests.bank.charts.titles import titles_of

CHARTS = {**titles.CHARTS, **newsroom_titles.CHARTS, **city_titles.CHARTS, **town_titles.CHARTS}
TRUE = {**titles.TRUE, **newsroom_titles.TRUE, **city_titles.TRUE, **town_titles.TRUE}
FALSE = {**titles.FALSE, **newsroom_titles.FALSE, **city_titles.FALSE, **town_titles.FALSE}


@cache
def reading_of(chart):
    readings = read_all(CHARTS[chart]())
    plt.close("all")
    return readings[0]


def answer_to(chart, title):
    judged = judge_words([replace(reading_of(chart), title=title, titles=(title,))])
    answers = {claim.answer for claim in judged if claim.place == "title"}
    if DENIED in answers:
        return DENIED
    return BORNE_OUT if answers == {BORNE_OUT} else NOT_UNDERSTOOD


@pytest.mark.parametrize(("chart", "title"), titles_of(TRUE))
def test_a_true_title_is_never_denied(chart, title):
    assert answer_to(chart, title) != DENIED


@pytest.mark.parametrize(("chart", "title"), titles_of(FALSE))
def test_a_false_title_is_never_borne_out(chart, title):
    assert answer_to(chart, title) != BORNE_OUT


def test_most_titles_are_understood():
    given = [*titles_of(TRUE), *titles_of(FALSE)]
    answers = Counter(answer_to(chart, title) for chart, title in given)
    assert answers[NOT_UNDERSTOOD] <= 0.35 * len(given), answers


def lines_of(series, unit, places=(2016, 2018, 2020, 2022, 2024)):
    ax = plt.subplots()[1]
    for name, values in series.items():
        ax.plot(places, values, marker="o", label=name)
    ax.legend()
    ax.set(ylabel=unit, xticks=places)
    return ax


def bars_of(values, unit):
    ax = plt.subplots()[1]
    ax.bar(list(values), list(values.values()))
    ax.set(ylabel=unit)
    return ax


def by(names, values):
    return dict(zip(names, values, strict=True))


def counts_of(values, label, unit):
    ax = plt.subplots()[1]
    ax.hist(values, bins=range(0, 60, 10))
    ax.set(xlabel=label, ylabel=unit)
    return ax


def groups_of(series, names):
    ax = plt.subplots()[1]
    for place, (label, values) in enumerate(series.items()):
        ax.bar([number + 0.4 * place for number in range(len(names))], values, 0.4, label=label)
    ax.set_xticks([number + 0.2 for number in range(len(names))], names)
    ax.set(ylabel="Pass rate (%)", ylim=(0, 100))
    ax.legend()
    return ax


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
QUARTERS = [f"Q{quarter} {year}" for year in (2021, 2022) for quarter in (1, 2, 3, 4)]


def with_mark(ax, height, label):
    ax.axhline(height, linestyle="--", label=label)
    ax.legend()
    return ax


def by_parts(parts, years):
    ax = plt.subplots()[1]
    base = [0] * len(years)
    for name, values in parts.items():
        ax.bar(years, values, bottom=base, label=name)
        base = [low + value for low, value in zip(base, values, strict=True)]
    ax.set(ylabel="Power generated (GWh)")
    ax.legend()
    return ax


def points_of(places, label, unit):
    ax = plt.subplots()[1]
    for name, place in places.items():
        ax.scatter(*place, color="black")
        ax.annotate(name, place, xytext=(4, 4), textcoords="offset points")
    ax.set(xlabel=label, ylabel=unit)
    return ax


DRAWN = {
    "doctors": lambda: points_of(
        {"Alm": (1450, 88), "Brova": (1980, 77), "Corby": (2310, 63), "Dorn": (2950, 49)},
        "Patients per doctor",
        "Patients satisfied (%)",
    ),
    "plants": lambda: by_parts({"Gas": [52, 55, 60, 58], "Wind": [2, 6, 9, 24]}, ["2018", "2020", "2022", "2024"]),
    "pay": lambda: with_mark(
        bars_of({"Alm": 1120, "Brova": 910, "Corby": 640}, "Pay (euros)"), 840, "Land average: 840"
    ),
    "rivals": lambda: lines_of({"Trams": [20, 24, 31, 38, 52], "Buses": [30, 33, 36, 41, 40]}, "passengers, thousands"),
    "rent": lambda: lines_of({"Rent": [500, 540, 610, 640, 700]}, "Monthly rent, two-room flat (euros)"),
    "growth": lambda: lines_of({"Prices": [1.0, 4.0, 9.0, 5.0, 2.0]}, "Prices, change on a year earlier (%)"),
    "posts": lambda: bars_of({"Chemistry": 130, "Music": 70, "Geography": 120, "Art": 60}, "unfilled posts"),
    "dearer": lambda: bars_of({"Butter": 20.0, "Tea": 37.0, "Rice": -5.0}, "Price change since January (%)"),
    "reasons": lambda: bars_of({"Too far off": 30, "Too dear": 40, "No time": 30}, "% of those asked"),
    "totals": lambda: bars_of(
        {"June, all": 876, "June, cars": 700, "August, if by": 760, "August, if to": 1267}, "trams"
    ),
    "rain": lambda: bars_of(
        dict(zip(MONTHS, [80, 62, 55, 40, 22, 8, 3, 5, 18, 60, 95, 102], strict=True)), "Rain (mm)"
    ),
    "medals": lambda: bars_of(
        {"Norway": 37, "Germany": 27, "Sweden": 18, "Great Britain": 16, "Spain": 14, "Poland": 9}, "Medals"
    ),
    "calls": lambda: counts_of([5] * 4 + [15] * 10 + [25] * 14 + [35] * 8 + [45] * 4, "Wait (minutes)", "Calls"),
    "budget": lambda: bars_of(
        dict(zip(QUARTERS, [-1.2, -0.8, -0.2, 0.4, 0.9, 1.5, -0.3, -0.6], strict=True)),
        "Budget balance (billion euros)",
    ),
    "rates": lambda: groups_of({"Girls": [71, 68, 83], "Boys": [74, 70, 76]}, ["Maths", "Physics", "Biology"]),
    "river": lambda: lines_of({"Elbe": [140, 305, 605, 320, 168]}, "Level of the Elbe (cm)"),
    "readings": lambda: lines_of({"times": [75, 120], "more": [46, 120]}, "billion tenge", places=(2017, 2018)),
    "targets": lambda: bars_of({"2019": 80, "2020 (target)": 100, "2020": 77, "2021": 90}, "vehicles a year"),
}


@pytest.mark.parametrize(
    ("chart", "title", "answers"),
    [
        ("rivals", "Trams overtook buses between 2022 and 2024", {BORNE_OUT}),
        ("rivals", "Trams overtook buses between 2018 and 2020", {DENIED}),
        ("rivals", "Trams rose; in 2024 the line for trams was above it", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rivals", "2018: trams 24, buses 33", {BORNE_OUT}),
        ("rivals", "trams 24 and buses 35 in 2018", {DENIED}),
        ("rent", "The rent for a two-room flat from 2016 to 2024", {NOT_UNDERSTOOD}),
        ("growth", "Prices have eased ever since", {NOT_UNDERSTOOD}),
        ("posts", "More than half of the unfilled posts are in chemistry and geography", {BORNE_OUT}),
        ("posts", "More than half of the unfilled posts are in music and art", {DENIED, NOT_UNDERSTOOD}),
        ("dearer", "Butter is a fifth dearer", {BORNE_OUT}),
        ("dearer", "Butter is a third dearer", {DENIED}),
        ("dearer", "Butter now costs 20 euros", {NOT_UNDERSTOOD}),
        ("reasons", "Most of those who live far off find it too dear", {NOT_UNDERSTOOD}),
        ("targets", "The target was reached on time", {DENIED, NOT_UNDERSTOOD}),
        ("targets", "The target of 2020 was reached in 2020", {NOT_UNDERSTOOD}),
        ("posts", "Unfilled posts, from 60 to 130", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("posts", "Unfilled posts, from 65 to 130", {DENIED, NOT_UNDERSTOOD}),
        ("posts", "Chemistry has 130, music is 11 % of that", {NOT_UNDERSTOOD}),
        ("rivals", "Trams and buses rose, most of all trams", {NOT_UNDERSTOOD}),
        ("rivals", "One tram in eight gone since 2022", {NOT_UNDERSTOOD}),  # a number is left over
        ("rivals", "Trams carried 52 million in 2024, compared with 24 in 2020", {DENIED, NOT_UNDERSTOOD}),
        ("rivals", "Trams are up 117 % on 2018", {BORNE_OUT}),
        ("posts", "The rate stood at 100", {NOT_UNDERSTOOD}),  # of one of several, and it is not said of which
        ("growth", "Prices never reached 1 %", {DENIED, NOT_UNDERSTOOD}),
        ("rivals", "Passengers up to 2024: the same city, trams ahead", {BORNE_OUT}),
        ("rivals", "Trams, rising from 2016 to 2024: 20 in 2016", {BORNE_OUT}),
        ("rivals", "In 2024 trams lead by 52 to 40", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rivals", "Trams: two years running above the norm", {NOT_UNDERSTOOD}),
        ("posts", "Music has the oldest teachers", {NOT_UNDERSTOOD}),  # of another quality
        ("rent", "Cottages fell every year", {NOT_UNDERSTOOD}),  # of another subject
        ("rivals", "Trams overtook buses; in the end a fall by half", {NOT_UNDERSTOOD}),  # of whom?
        ("posts", "Geography is worse off than chemistry", {NOT_UNDERSTOOD}),
        ("posts", "Music finishes third", {BORNE_OUT}),
        ("posts", "The longest bar is chemistry", {BORNE_OUT}),
        ("totals", "August needs fewer than June", {NOT_UNDERSTOOD}),  # which August, which June?
        ("readings", "In 2018 both are equal", {BORNE_OUT}),
        ("readings", "In 2017 both are equal", {DENIED, NOT_UNDERSTOOD}),
        ("readings", "Times grew, more is less", {NOT_UNDERSTOOD}),  # than what?
        ("targets", "The hundred, year by year", {NOT_UNDERSTOOD}),  # speaks of a number
        ("posts", "Music finishes second", {DENIED}),
        ("posts", "Which subject has the most unfilled posts? Chemistry", {BORNE_OUT}),
        ("posts", "Which has the most unfilled posts? Music", {DENIED, NOT_UNDERSTOOD}),
        ("rivals", "The gap is widest in 2024", {BORNE_OUT}),
        ("rivals", "All years but 2016 saw trams below 20", {DENIED, NOT_UNDERSTOOD}),
        ("rent", "From 500 euros to 700", {BORNE_OUT}),
        # the words of a clause in any order, with all that a chart shows
        ("doctors", "Alm leads, with 88 % of patients satisfied", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("doctors", "Dorn has the most satisfied patients", {DENIED, NOT_UNDERSTOOD}),
        ("doctors", "Dorn has about twice as many patients per doctor as Alm", {BORNE_OUT}),
        ("doctors", "Three of four have 60 % or more for satisfaction", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("plants", "Power generation passed 80 GWh in 2024", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("plants", "Power generation passed 90 GWh in 2024", {DENIED, NOT_UNDERSTOOD}),
        ("plants", "Gas made 58 of 82 GWh in 2024", {BORNE_OUT}),
        ("pay", "Pay is above the land average in two of three towns", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("pay", "Alm is 280 euros above the land average", {BORNE_OUT}),
        ("pay", "Corby is 280 euros above the land average", {DENIED}),
        # quantifiers: of times, of names, of what a histogram counts
        ("rain", "Three months brought 80 mm or more", {BORNE_OUT}),
        ("rain", "Five months brought 80 mm or more", {DENIED}),
        ("rain", "In half of the months more than 50 mm fell", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rain", "No month escaped with less than 5 mm", {DENIED, NOT_UNDERSTOOD}),
        ("rain", "July alone had less than 4 mm", {BORNE_OUT}),
        ("rain", "December alone had more than 90 mm", {DENIED, NOT_UNDERSTOOD}),
        ("rain", "From January to July every month was drier than the one before", {BORNE_OUT}),
        ("rain", "From January to July every month was wetter than the one before", {DENIED, NOT_UNDERSTOOD}),
        ("rain", "Four months in a row with less than 20 mm", {BORNE_OUT}),
        ("rain", "Five months in a row with less than 20 mm", {DENIED, NOT_UNDERSTOOD}),
        ("rain", "More than 300 mm fell in the last three months", {DENIED}),
        ("medals", "All but one of the six won more than ten medals", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("medals", "All but two of the six nations won more than ten medals", {DENIED, NOT_UNDERSTOOD}),
        ("medals", "Each of the top six won at least 13 medals", {DENIED, NOT_UNDERSTOOD}),
        ("medals", "Norway wins more than the next two put together", {DENIED, NOT_UNDERSTOOD}),
        ("medals", "Britons take two medals fewer than Swedes", {BORNE_OUT}),
        ("rates", "Girls are ahead in everything except maths", {DENIED, NOT_UNDERSTOOD}),
        ("rates", "Boys lead in maths and physics, and nowhere else", {BORNE_OUT}),
        ("rates", "Boys lead in maths and nowhere else", {DENIED, NOT_UNDERSTOOD}),
        ("rates", "Biology is the only subject where girls lead", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rates", "In biology the gap is widest: seven points", {BORNE_OUT}),
        ("calls", "Most callers wait less than 30 minutes", {BORNE_OUT}),
        ("calls", "Most callers wait more than half an hour", {DENIED, NOT_UNDERSTOOD}),
        ("calls", "Three in ten calls took more than half an hour", {BORNE_OUT}),
        ("calls", "Four calls took less than ten minutes", {BORNE_OUT}),
        ("calls", "A quarter of the calls took 40 minutes or more", {DENIED, NOT_UNDERSTOOD}),
        ("calls", "No call took longer than 40 minutes", {DENIED, NOT_UNDERSTOOD}),
        ("calls", "The largest group waited between 20 and 30", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("calls", "For every caller who waited over 40 minutes, two were there in ten", {NOT_UNDERSTOOD}),
        # a time, a name and a unit limit a claim
        ("rivals", "Trams are ahead of buses in every year shown", {DENIED, NOT_UNDERSTOOD}),
        ("rivals", "Buses were at their busiest in 2024", {DENIED}),
        ("rivals", "Trams have been ahead ever since 2018", {DENIED, NOT_UNDERSTOOD}),
        ("rivals", "Growth of trams slows year after year", {DENIED}),
        ("rivals", "Growth of trams picks up year after year", {NOT_UNDERSTOOD}),
        ("rivals", "Trams have vanished", {DENIED}),
        ("rivals", "Buses dipped twice", {NOT_UNDERSTOOD}),
        ("rivals", "Trams have caught up with their 2022 level", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rent", "In 2020 the rent was the highest since 2016", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rent", "Rent rose by 7,000 cents in 2020", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rivals", "Buses fell to second, behind only trams", {NOT_UNDERSTOOD}),
        ("rivals", "Twice in nine years trams carried more than 35,000", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rivals", "After the slump of 2018 trams grew", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("rivals", "Buses, the busiest night service", {BORNE_OUT, NOT_UNDERSTOOD}),  # of another set
        ("budget", "From deficit to surplus and back in two years", {NOT_UNDERSTOOD}),
        ("rain", "In no month were there less than 5 mm", {DENIED, NOT_UNDERSTOOD}),
        ("river", "Elbe tops six metres in 2020", {BORNE_OUT}),
        ("river", "Elbe tops seven metres", {DENIED, NOT_UNDERSTOOD}),
        ("river", "The level sinks from 605 to nothing", {DENIED}),
        ("budget", "Three quarters in a row in surplus", {BORNE_OUT, NOT_UNDERSTOOD}),
        ("budget", "The budget was in deficit throughout 2021", {DENIED, NOT_UNDERSTOOD}),
        ("budget", "The budget slips back into the red at the end of 2022", {BORNE_OUT}),
        ("budget", "The surplus grew until the second quarter of 2022", {BORNE_OUT, NOT_UNDERSTOOD}),
    ],
)
def test_a_title_is_denied_by_every_reading_or_not_at_all(chart, title, answers):
    ax = DRAWN[chart]()
    ax.set_title(title)
    claims = [claim.answer for claim in judge_words(read_all(ax.figure)) if claim.place == "title"]
    plt.close("all")
    found = DENIED if DENIED in claims else BORNE_OUT if set(claims) == {BORNE_OUT} else NOT_UNDERSTOOD
    assert found in answers, claims


def test_a_plan_that_is_said_to_be_reached_is_asked_about():
    ax = DRAWN["targets"]()
    ax.set_title("Target of 2020 reached on time")
    assert [claim.place for claim in judge_words(read_all(ax.figure))] == ["title"]
    plt.close("all")


def test_words_that_the_reader_stumbles_over_are_asked_about(monkeypatch):
    def stumble(*_):
        raise IndexError("list index out of range")

    monkeypatch.setattr("secondcar.charts.honesty.truth.read_clauses", stumble)
    ax = bars_of({"2017": 75, "2018": 120}, "billion tenge")
    ax.set_title("Value rose")
    (claim,) = judge_words(read_all(ax.figure))
    assert (claim.clause, claim.answer) == ("Value rose", NOT_UNDERSTOOD)
    plt.close("all")
