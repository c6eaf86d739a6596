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
