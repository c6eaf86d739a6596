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


DRAWN = {
    "rivals": lambda: lines_of({"Trams": [20, 24, 31, 38, 52], "Buses": [30, 33, 36, 41, 40]}, "passengers, thousands"),
    "rent": lambda: lines_of({"Rent": [500, 540, 610, 640, 700]}, "Monthly rent, two-room flat (euros)"),
    "growth": lambda: lines_of({"Prices": [1.0, 4.0, 9.0, 5.0, 2.0]}, "Prices, change on a year earlier (%)"),
    "posts": lambda: bars_of({"Chemistry": 130, "Music": 70, "Geography": 120, "Art": 60}, "unfilled posts"),
    "dearer": lambda: bars_of({"Butter": 20.0, "Tea": 37.0, "Rice": -5.0}, "Price change since January (%)"),
    "reasons": lambda: bars_of({"Too far off": 30, "Too dear": 40, "No time": 30}, "% of those asked"),
    "totals": lambda: bars_of(
        {"June, all": 876, "June, cars": 700, "August, if by": 760, "August, if to": 1267}, "trams"
    ),
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
        ("posts", "Chemistry wins by 10", {BORNE_OUT}),
        ("rivals", "The gap is widest in 2024", {BORNE_OUT}),
        ("rivals", "All years but 2016 saw trams below 20", {DENIED, NOT_UNDERSTOOD}),
        ("rent", "From 500 euros to 700", {BORNE_OUT}),
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
