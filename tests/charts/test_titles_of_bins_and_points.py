"""What a sentence says of a histogram or of scattered points is taken from all of its words."""

from dataclasses import replace
from functools import cache

import matplotlib.pyplot as plt
import pytest

from secondcar.charts.honesty.truth import BORNE_OUT, DENIED, NOT_UNDERSTOOD, judge_words
from secondcar.charts.reading import read_all


def bins_of(counts, width, label, unit, start=0):
    ax = plt.subplots()[1]
    middles = [start + (place + 0.5) * width for place in range(len(counts))]
    ax.hist(middles, bins=[start + place * width for place in range(len(counts) + 1)], weights=counts)
    ax.set(xlabel=label, ylabel=unit)
    return ax


def points_of(places, label, unit, names=()):
    ax = plt.subplots()[1]
    ax.scatter(*zip(*places, strict=True))
    for name, place in zip(names, places, strict=False):
        ax.annotate(name, place, xytext=(4, 4), textcoords="offset points")
    ax.set(xlabel=label, ylabel=unit)
    return ax


DRAWN = {
    "waits": lambda: bins_of([60, 140, 100, 50, 30, 20], 20, "Wait in the surgery (minutes)", "Patients"),
    "pay": lambda: bins_of([20, 80, 120, 90, 50, 30, 10], 10, "Salary (thousand pounds)", "Employees", start=10),
    "sales": lambda: points_of(
        [(12, 180), (14, 210), (17, 260), (18, 240), (20, 330), (22, 370), (24, 400), (26, 460), (28, 520), (31, 610)],
        "Daily high temperature (°C)",
        "Ice creams sold",
    ),
    "cars": lambda: points_of(
        [(950, 52), (1250, 47), (1500, 42), (1650, 36), (2100, 27), (850, 58), (1600, 40), (1450, 38)],
        "Weight (kg)",
        "Fuel economy (mpg)",
        ["Alba", "Brio", "Cora", "Dart", "Egon", "Fee", "Gala", "Hale"],
    ),
}


@cache
def reading_of(chart):
    readings = read_all(DRAWN[chart]())
    plt.close("all")
    return readings[0]


@pytest.mark.parametrize(
    ("chart", "title", "answer"),
    [
        # how many lie beyond a limit, in whichever unit and order
        ("waits", "Three quarters of the 400 patients are seen inside an hour", BORNE_OUT),
        ("waits", "Half of the 400 patients are seen inside half an hour", NOT_UNDERSTOOD),  # the limit cuts a bin
        ("waits", "Fifty patients wait an hour and 20 minutes", NOT_UNDERSTOOD),
        ("waits", "Waits beyond the 80-minute mark reported by 50 patients", BORNE_OUT),
        ("waits", "Most patients wait between 20 minutes and an hour", BORNE_OUT),
        ("waits", "Most patients wait between an hour and two hours", DENIED),
        ("waits", "No one waits more than two hours", BORNE_OUT),
        ("waits", "No one waits longer than an hour", DENIED),
        ("waits", "Only 20 patients wait over 80 minutes", DENIED),
        ("pay", "One in four employees earns less than £30,000", BORNE_OUT),
        ("pay", "More than half of employees earn £30,000 to £50,000", BORNE_OUT),
        ("pay", "No employee earns more than £60,000", DENIED),
        # the fullest bin, and two parts against each other
        ("waits", "Most common wait: between 20 and 40 minutes", BORNE_OUT),
        ("waits", "The largest group, 140 patients, waits 20 to 40 minutes", BORNE_OUT),
        ("waits", "The largest group waits more than an hour", NOT_UNDERSTOOD),
        ("waits", "Patients seen faster than 20 minutes outnumber those slower than an hour and 20", NOT_UNDERSTOOD),
        ("waits", "Patients seen faster than 20 minutes outnumber those slower than 80", BORNE_OUT),
        ("waits", "Patient numbers thin out steadily beyond the half-hour mark", BORNE_OUT),
        ("waits", "Patient numbers fall steadily beyond the 40-minute mark", BORNE_OUT),
        ("waits", "More patients wait beyond the 40-minute mark", NOT_UNDERSTOOD),
        # all of one kind
        ("sales", "Every day above 25C brings sales of more than 450", BORNE_OUT),
        ("sales", "Every day above 20C brings sales of more than 450", NOT_UNDERSTOOD),
        ("sales", "All days below 18C sold fewer than 300 ice creams", BORNE_OUT),
        ("sales", "All days below 25C sold fewer than 300 ice creams", NOT_UNDERSTOOD),
        ("sales", "Sales top 500 on two days", BORNE_OUT),
        ("sales", "Sales never drop below 180", BORNE_OUT),
        ("cars", "All cars under 1,300 kg manage at least 45 mpg", BORNE_OUT),
        ("cars", "No car over 1,500 kg does better than 35 mpg", NOT_UNDERSTOOD),
        # one of them, by its place on either axis or by its name
        ("sales", "Hottest day sells the most ice creams", BORNE_OUT),
        ("sales", "Hottest day sells the fewest ice creams", NOT_UNDERSTOOD),
        ("sales", "Ice cream sales peak at 610 on the hottest day", BORNE_OUT),
        ("sales", "At 31C, 610 ice creams were sold", BORNE_OUT),
        ("cars", "Dart weighs 1,650 kg and manages 36 mpg", BORNE_OUT),
        ("cars", "Egon, the heaviest, has the lowest fuel economy", BORNE_OUT),
        ("cars", "Egon, the heaviest, has the second-lowest fuel economy", NOT_UNDERSTOOD),
        # how both go together
        ("sales", "Ice cream sales climb with the temperature", BORNE_OUT),
        ("sales", "Ice cream sales fall with the temperature", NOT_UNDERSTOOD),
        ("cars", "Heavier cars have a poor fuel economy", NOT_UNDERSTOOD),
        ("cars", "Heavier cars do fewer miles to the gallon", BORNE_OUT),
    ],
)
def test_a_sentence_is_judged_by_where_its_numbers_lie(chart, title, answer):
    judged = judge_words([replace(reading_of(chart), title=title, titles=(title,))])
    answers = {claim.answer for claim in judged if claim.place == "title"}
    told = DENIED if DENIED in answers else BORNE_OUT if answers == {BORNE_OUT} else NOT_UNDERSTOOD
    assert told == answer
