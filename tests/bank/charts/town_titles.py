"""Titles of the kinds that titles written by a stranger had: parts beyond a limit, marks, first times, rates, gaps."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from tests.bank.charts.city_titles import bars, lines, pairs


def queues() -> Axes:
    ax = plt.subplots()[1]
    ax.bar([2.5, 7.5, 12.5, 17.5, 22.5, 27.5, 32.5, 37.5], [12, 80, 160, 90, 40, 10, 6, 2], 5)
    ax.set(ylabel="Number of callers", xlabel="Time on hold (minutes)")
    return ax


def flats() -> Axes:
    return bars(["Orlen", "Tesk", "Mavo", "Brolm"], [2.1, 3.9, 5.4, 8.2], "Vacant flats (% of all flats)")


def trains() -> Axes:
    ax = bars(["Jan", "Feb", "Mar", "Apr", "May", "Jun"], [86, 91, 92, 88, 87, 84], "Buses on time in 2023 (%)")
    ax.axhline(90, linestyle="--", color="black")
    ax.text(5.6, 90, "target", va="center")
    return ax


def debt() -> Axes:
    ax = lines(2015, {"": [52, 55, 58, 57, 63, 66, 64]}, "Debt (% of GDP)")
    ax.axhline(60, color="grey")
    ax.text(2021.2, 60, "treaty ceiling")
    return ax


def scores() -> Axes:
    subjects = ["Mathematics", "Reading", "Science"]
    return pairs(subjects, {"Girls": [488, 530, 499], "Boys": [503, 500, 496]}, "Mean score (points)")


def guests() -> Axes:
    months = ["Apr", "May", "Jun", "Jul"]
    return pairs(months, {"2023": [31, 44, 69, 92], "2024": [33, 47, 66, 95]}, "Hotel guests (thousand)")


def moves() -> Axes:
    return bars(["Jan", "Feb", "Mar", "Apr"], [40, -18, 25, -9], "Moves in minus moves out, 2023")


def answers() -> Axes:
    names = ["Very satisfied", "Satisfied", "Neither", "Dissatisfied", "Very dissatisfied"]
    return bars(names, [16, 42, 20, 14, 8], "Share of respondents (%)")


def smokers() -> Axes:
    series = {"15-24": [34, 24, 12], "25-44": [38, 33, 26], "45-64": [30, 28, 25]}
    return lines(2010, series, "Daily smokers (% of age group)")


def trade() -> Axes:
    return lines(2018, {"Exports": [20, 24, 27, 33, 35], "Imports": [28, 29, 30, 31, 32]}, "Trade (EUR billion)")


CHARTS = {each.__name__: each for each in (queues, flats, trains, debt, scores, guests, moves, answers, smokers, trade)}
TRUE = {
    "queues": """
        Most callers wait less than 20 minutes
        Half of callers wait less than 25 minutes
    """,
    "flats": """
        In Mavo the share of vacant flats is more than twice that in Orlen
        Brolm has the highest share of vacant flats
    """,
    "trains": """
        Buses missed the target in four months
        Buses beat the target only in February and March
    """,
    "debt": """
        Debt above the treaty ceiling since 2019
        Debt exceeds the treaty ceiling in 2021
    """,
    "scores": """
        Widest gap between girls and boys is in reading
        Girls ahead in reading and science
    """,
    "guests": """
        More guests than last year in every month except June
    """,
    "moves": """
        Fewer moves in than moves out in February
    """,
    "answers": """
        Almost six in ten are satisfied
        Satisfied customers are the largest group
    """,
    "smokers": """
        Smoking has dropped most among 15-24 year olds
    """,
    "trade": """
        Exports exceed imports for the first time in 2021
    """,
}
FALSE = {
    "queues": """
        Most callers wait more than 20 minutes
        Half of callers wait more than 25 minutes
    """,
    "flats": """
        Brolm has the most vacant flats
        One in twelve vacant flats is in Brolm
    """,
    "trains": """
        Buses missed the target in two months
        Buses beat the target in most months
    """,
    "debt": """
        Debt above the treaty ceiling since 2016
        Debt stays below the treaty ceiling
        Debt up by a quarter since 2012
        Debt at a twenty-year high in 2020
        Debt no longer below 20 % of GDP
    """,
    "scores": """
        Widest gap between girls and boys is in science
        Boys ahead in mathematics and reading
    """,
    "guests": """
        More guests than last year in every month
    """,
    "moves": """
        Town loses residents in the first four months of 2023
        February is the largest month
    """,
    "answers": """
        Most are dissatisfied
        Half of customers stayed at home
    """,
    "smokers": """
        Smoking has dropped most among 45-64 year olds
    """,
    "trade": """
        Exports exceed imports for the first time in 2022
    """,
}
