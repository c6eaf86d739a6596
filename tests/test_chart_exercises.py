"""Chart exercises: any drawing of the right values passes, typed-in numbers do not, and honesty earns its part."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns
import seaborn.objects as so

from secondcar.charts import set_alt_text, show
from secondcar.checks import judge

OWN = {"year": ["2017", "2018"], "value": [75.0, 120.0]}
HIDDEN = {"year": ["2015", "2016", "2017"], "value": [30.0, 64.0, 11.0]}
BILLION = 1e9


def shown(data, more=0):
    """What a chart of this data must show, in plain tenge."""
    return {year: (value + more) * BILLION for year, value in zip(data["year"], data["value"], strict=True)}


EXERCISE = {
    "kind": "chart",
    "cases": [{"data": data, "shows": shown(data)} for data in (OWN, HIDDEN)],
    "within": 0.001,
    "ordered": False,
    "off": {},
    "mistakes": [
        {
            "id": "one-added",
            "value": [shown(OWN, more=1), shown(HIDDEN, more=1)],
            "means": "One common way to get here is to add one. Is anything added?",
        }
    ],
}


@pytest.fixture(autouse=True)
def _no_figures():
    yield
    plt.close("all")


def finish(ax, data):
    ax.set(title="Value of the vehicles made", xlabel="", ylabel="billion KZT")
    ax.figure.text(0.01, 0.01, "Source: Kazinform, 21 September 2018")
    values = ", ".join(
        f"{value:g} billion KZT in {year}" for year, value in zip(data["year"], data["value"], strict=True)
    )
    return set_alt_text(ax, f"Bar chart of the value of the vehicles made: {values}.")


def by_pyplot(data):
    _, ax = plt.subplots()
    ax.bar(data["year"], data["value"])
    return finish(ax, data)


def by_barh(data):
    _, ax = plt.subplots()
    ax.barh(data["year"], data["value"])
    finish(ax, data)
    ax.set(xlabel="billion KZT", ylabel="")
    return ax


def by_pandas(data):
    return finish(data.plot.bar(x="year", y="value", legend=False), data)


def by_seaborn(data):
    plt.figure()
    return finish(sns.barplot(data=data, x="year", y="value"), data)


def by_objects(data):
    figure = plt.figure()
    so.Plot(data, x="year", y="value").add(so.Bar()).on(figure).plot()
    return finish(figure.axes[0], data)


def in_full_tenge(data):
    ax = by_pyplot(data.assign(value=data["value"] * BILLION))
    ax.set_ylabel("KZT")
    return ax


def shown_inside(data):
    ax = by_seaborn(data)
    show(ax)
    return ax


def without_return(data):
    by_seaborn(data)


RIGHT = [by_pyplot, by_barh, by_pandas, by_seaborn, by_objects, in_full_tenge, shown_inside, without_return]


@pytest.mark.parametrize("draw", RIGHT, ids=lambda draw: draw.__name__)
def test_any_drawing_of_the_right_values_passes(draw, capsys):
    verdict = judge(EXERCISE, draw)
    assert (verdict.state, verdict.share) == ("right", 1.0), verdict.message
    assert capsys.readouterr() == ("", "")


def test_a_check_leaves_the_learners_figures_as_they_were():
    first, second = plt.figure(), plt.figure()
    judge(EXERCISE, by_seaborn)
    assert plt.get_fignums() == [first.number, second.number]


def test_typed_in_numbers_earn_nothing():
    verdict = judge(EXERCISE, lambda data: by_pyplot(pd.DataFrame(OWN)))
    assert (verdict.state, verdict.share) == ("wrong", 0)
    assert "other data" in verdict.message


def test_a_right_content_that_breaks_a_rule_earns_a_part_and_shows_the_mended_chart():
    def cut(data):
        ax = by_pyplot(data)
        ax.set_ylim(data["value"].min() * 0.9)
        return ax

    verdict = judge(EXERCISE, cut)
    assert verdict.state == "wrong"
    assert 0.5 < verdict.share < 1
    assert "<img" in verdict.picture
    assert "alt=" in verdict.picture


def test_a_known_mistake_gets_its_message():
    verdict = judge(EXERCISE, lambda data: by_pyplot(data.assign(value=data["value"] + 1)))
    assert verdict.mistake == "one-added"


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (..., "not-attempted"),
        (lambda data: ..., "not-attempted"),
        (lambda data: 1 / 0, "wrong"),
        (lambda: None, "wrong"),
        (lambda data: None, "cannot-read"),
        (lambda data: data, "cannot-read"),
        (lambda data: plt.subplots()[1], "cannot-read"),
        ("chart", "cannot-read"),
        (7600, "cannot-read"),
    ],
)
def test_what_is_no_chart_is_said_to_be_none(value, state):
    assert judge(EXERCISE, value).state == state


def test_a_finished_chart_is_read_even_after_others_were_drawn():
    finished = {**EXERCISE, "cases": [{"data": None, "shows": EXERCISE["cases"][0]["shows"]}], "mistakes": []}
    charts = [by_seaborn(pd.DataFrame(OWN)), by_pandas(pd.DataFrame(HIDDEN)), by_pyplot(pd.DataFrame(OWN))]
    assert [judge(finished, chart).state for chart in charts] == ["right", "wrong", "right"]


def test_an_order_that_is_asked_for_counts():
    ordered = {**EXERCISE, "ordered": True}
    verdict = judge(ordered, lambda data: by_pyplot(data.iloc[::-1]))
    assert verdict.state == "wrong"
    assert "order" in verdict.message
    assert judge(ordered, by_pyplot).state == "right"


TWO_KINDS = {
    **EXERCISE,
    "mistakes": [],
    "cases": [
        {
            "data": {
                "reading": ["as much", "as much", "on top", "on top"],
                "year": ["2017", "2018"] * 2,
                "value": values,
            },
            "shows": {
                "as much": {"2017": values[0] * BILLION, "2018": values[1] * BILLION},
                "on top": {"2017": values[2] * BILLION, "2018": values[3] * BILLION},
            },
        }
        for values in ([75.0, 120.0, 46.0, 120.0], [30.0, 90.0, 20.0, 80.0])
    ],
}


def by_year(data):
    return sns.barplot(data=data, x="year", y="value", hue="reading")


def by_reading(data):
    return sns.barplot(data=data, x="reading", y="value", hue="year")


@pytest.mark.parametrize("draw", [by_year, by_reading])
def test_either_name_of_a_value_may_be_the_series(draw):
    verdict = judge(TWO_KINDS, lambda data: finish(draw(data), OWN))
    assert verdict.state == "right", verdict.message


def test_a_colour_for_each_bar_changes_nothing():
    verdict = judge(EXERCISE, lambda data: finish(sns.barplot(data=data, x="year", y="value", hue="year"), data))
    assert verdict.state == "right", verdict.message
