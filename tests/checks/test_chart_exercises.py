"""Chart exercises: any drawing that keeps to the checklist passes, and each line that does not hold costs its part."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
import seaborn.objects as so

from secondcar.charts import set_alt_text, show
from secondcar.charts.checklists import content
from secondcar.charts.reading.panels import figure_of
from secondcar.checks import judge as judge_exercise
from secondcar.checks.kinds import from_json
from secondcar.checks.kinds.chart import Chart
from secondcar.checks.note import as_text

OWN = {"year": ["2017", "2018"], "value": [75.0, 120.0]}
HIDDEN = {"year": ["2017", "2018"], "value": [64.0, 11.0]}
BILLION = 1e9


def shown(data, more=0):
    """What a chart of this data must show, in plain tenge."""
    return {year: (value + more) * BILLION for year, value in zip(data["year"], data["value"], strict=True)}


EXERCISE = {
    "kind": "chart",
    "points": 1,
    "hints": [],
    "cases": [{"data": data, "shows": shown(data)} for data in (OWN, HIDDEN)],
    "checklist": [
        {"line": "shows", "text": "the value of each year"},
        {"line": "unit", "unit": "billion tenge", "words": ["tenge", "KZT"]},
        {"line": "title"},
        {"line": "source", "names": [["Kazinform"]]},
        {"line": "alt-text", "about": [["vehicle"]]},
        {"line": "true-words"},
        {"line": "honest", "rules": ["zero-base", "lie-factor", "colour"]},
        {"line": "in-view"},
        {"line": "returned"},
    ],
    "shown_titles": ["What the bakery sells"],
    "mistakes": [
        {
            "id": "one-added",
            "value": [shown(OWN, more=1), shown(HIDDEN, more=1)],
            "means": "One common way to get here is to add one. Is anything added?",
        }
    ],
}


def judge(stored, value):
    return judge_exercise(from_json(stored), value)


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
    finish(ax, data)
    ax.set_ylabel("KZT")
    return ax


def shown_inside(data):
    ax = by_seaborn(data)
    show(ax)
    return ax


def rounded(data):
    return by_seaborn(data.assign(value=data["value"].round(0)))


RIGHT = [by_pyplot, by_barh, by_pandas, by_seaborn, by_objects, in_full_tenge, shown_inside, rounded]


@pytest.mark.parametrize("draw", RIGHT, ids=lambda draw: draw.__name__)
def test_any_drawing_of_the_right_values_passes(draw, capsys):
    verdict = judge(EXERCISE, draw)
    assert (verdict.state, verdict.share) == ("right", 1.0), verdict.message
    assert capsys.readouterr() == ("", "")


def test_a_check_leaves_the_learners_figures_as_they_were():
    first, second = plt.figure(), plt.figure()
    judge(EXERCISE, by_seaborn)
    assert plt.get_fignums() == [first.number, second.number]


def lines_of(value, exercise=EXERCISE):
    """Return the lines that do not hold, each with its sentence."""
    return {line.id: line.sentence for line in judge(exercise, value).lines if line.state == "wrong"}


def test_typed_in_numbers_are_a_wrong_content():
    broken = lines_of(lambda data: by_pyplot(pd.DataFrame(OWN)))
    assert list(broken) == ["shows"]
    assert "other numbers" in broken["shows"]


def cut(data):
    ax = by_pyplot(data)
    ax.set_ylim(data["value"].min() * 0.9)
    return ax


def without_source(data):
    ax = by_pyplot(data)
    ax.figure.texts[0].remove()
    return ax


def without_source_and_title(data):
    ax = without_source(data)
    ax.set_title("")
    return ax


def test_each_line_counts_the_same_and_what_misleads_halves_the_rest():
    assert judge(EXERCISE, without_source).share == pytest.approx(8 / 9)
    assert judge(EXERCISE, without_source_and_title).share == pytest.approx(7 / 9)
    assert judge(EXERCISE, cut).share == pytest.approx(8 / 9 / 2)
    assert judge(EXERCISE, lambda data: by_pyplot(pd.DataFrame(OWN))).share == pytest.approx(8 / 9 / 2)


def test_a_chart_that_misleads_is_shown_beside_the_mended_one():
    verdict = judge(EXERCISE, cut)
    assert verdict.picture.count("<img alt=") == 2
    assert verdict.picture_text.splitlines()[0].startswith("Yours: Bar chart of the value")
    assert verdict.picture_text.splitlines()[1].startswith("Mended: The same chart with zero-base")


def test_what_is_not_on_the_list_costs_nothing():
    exercise = {**EXERCISE, "checklist": [line for line in EXERCISE["checklist"] if line["line"] != "source"]}
    assert judge(exercise, without_source).state == "right"


def test_the_note_has_each_line_in_words_and_in_its_metadata(notebook, monkeypatch):
    monkeypatch.setattr("secondcar.checks.session.find_exercise", lambda name: from_json(EXERCISE))
    note = notebook.check("value-chart", without_source)
    assert note.lines["source"] == "wrong"
    assert set(note.lines.values()) == {"right", "wrong"}
    assert '✗ not yet: a source line ("Source: ..." or the like) that names Kazinform - ' in note.text
    assert "✓ yes: the value of each year" in note.text
    assert note.html.count("<li>") == 9
    assert '<span aria-hidden="true">✗ </span><strong>not yet:</strong>' in note.html


def nothing_returned(data):
    by_seaborn(data)


def words_returned(data):
    return by_seaborn(data).set(title="Value of the vehicles made")


def bars_returned(data):
    _, ax = plt.subplots()
    bars = ax.bar(data["year"], data["value"])
    finish(ax, data)
    return bars


def table_returned(data):
    by_seaborn(data)
    return data


def three_dots_below(data):
    by_seaborn(data)
    return ...


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (nothing_returned, "It returns nothing"),
        (words_returned, "what `ax.set(...)` gives back"),
        (bars_returned, "a part of the chart"),
        (table_returned, "It returns a DataFrame"),
        (three_dots_below, "It returns the three dots"),
    ],
)
def test_what_was_drawn_is_judged_although_it_was_not_returned(draw, said):
    broken = lines_of(draw)
    assert list(broken) == ["returned"]
    assert said in broken["returned"]


def test_a_chart_in_place_of_the_function_is_judged_as_far_as_it_goes():
    broken = lines_of(by_pyplot(pd.DataFrame(OWN)))
    assert list(broken) == ["shows", "returned"]
    assert "not the function that draws it" in broken["returned"]


def typed_filter(data):
    return by_pyplot(data[data["year"].isin(["2017", "2018"])][lambda rows: rows["year"] != "2019"])


def typed_name(data):
    ax = by_pyplot(data)
    ax.axhline(data.set_index("year")["value"]["2018"])
    return ax


@pytest.mark.parametrize("draw", [typed_filter, typed_name])
def test_a_typed_name_costs_nothing(draw):
    assert judge(EXERCISE, draw).state == "right"


def evaluated_cases(*cases):
    written = {"shows": "lambda data: dict(zip(data.iloc[:, 0], data['value']))", "cases": cases}
    return Chart.evaluated(written, lambda source: eval(source, {"pd": pd, "np": np}))["cases"]


OWN_CASE = "pd.DataFrame({'year': ['2017', '2018'], 'value': [75.0, 120.0]})"


@pytest.mark.parametrize("further", ["{'value': [64.0, 11.0]}", "{'value': np.array([64, 11])}"])
def test_a_further_case_changes_numbers_alone(further):
    own, other = evaluated_cases(OWN_CASE, further)
    assert own.data == OWN
    assert other.data["year"] == OWN["year"]
    assert list(other.data["value"]) == [64, 11]


@pytest.mark.parametrize("further", ["{'year': ['2011', '2012'], 'value': [64.0, 11.0]}", "{'sort': ['a', 'b']}"])
def test_a_further_case_with_other_names_is_objected_to(further):
    exercise = Chart.from_json({**EXERCISE, "cases": [vars(case) for case in evaluated_cases(OWN_CASE, further)]})
    objections = [text for text, _ in exercise.objections({"bank": {}}, None)]
    assert any("other names" in text for text in objections)


def test_the_size_of_the_unit_belongs_to_the_unit():
    def tenge_for_billions(data):
        ax = by_pyplot(data)
        ax.set_ylabel("KZT")
        return ax

    broken = lines_of(tenge_for_billions)
    assert list(broken) == ["unit"]
    assert broken["unit"] == ('The axis says "KZT", so at 2018 a reader reads 120 of that. How much is it really?')


def test_a_title_of_an_example_is_named():
    def example_title(data):
        ax = by_pyplot(data)
        ax.set_title("What the bakery sells")
        return ax

    assert lines_of(example_title) == {
        "title": '"What the bakery sells" is the title of another chart. What does yours show?'
    }


ANY_CONTENT = {**EXERCISE, "checklist": EXERCISE["checklist"][1:], "cases": [{"data": OWN}], "mistakes": []}


def test_an_exercise_that_asks_for_no_content_judges_the_other_lines():
    other = {"year": ["2001", "2002"], "value": [1.0, 2.0]}
    assert judge(ANY_CONTENT, lambda data: by_pyplot(pd.DataFrame(other))).state == "right"
    assert judge(ANY_CONTENT, without_source).share == pytest.approx(7 / 8)


def test_a_known_mistake_gets_its_message():
    verdict = judge(EXERCISE, lambda data: by_pyplot(data.assign(value=data["value"] + 1)))
    assert verdict.mistake == "one-added"


def on_two_axes(data):
    _, ax = plt.subplots()
    for scale, (year, value) in zip((ax, ax.twinx()), zip(data["year"], data["value"], strict=True), strict=True):
        scale.plot([year], [value + 1], "o")
    return finish(ax, data)


def test_a_known_mistake_is_found_where_nothing_names_its_values():
    assert judge(EXERCISE, on_two_axes).mistake == "one-added"


def test_a_filter_that_keeps_no_row_is_named_as_what_it_is():
    def typed(data, keep=OWN["value"]):
        _, ax = plt.subplots()
        rows = data[data["value"].isin(keep)]
        ax.bar(rows["year"], rows["value"])
        return finish(ax, data)

    said = lines_of(typed)["shows"]
    assert said.startswith("With your data it is right. With other numbers it is not.")
    assert "a filter left no rows." in said
    assert "a filter left no rows." in judge(EXERCISE, lambda data: typed(data, keep=[])).message


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
    ordered = {**EXERCISE, "checklist": [*EXERCISE["checklist"], {"line": "order", "text": "in the table's order"}]}
    assert lines_of(lambda data: by_pyplot(data.iloc[::-1]), ordered) == {
        "order": "They stand in the order 2018, 2017."
    }
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


# Panels


def in_panels(draw, unit="ylabel"):
    """Finish a figure of panels as a learner would; the title of each panel stays."""

    def drawn(data):
        chart = draw(data)
        figure = figure_of(chart)
        for ax in figure.axes:
            ax.set(**{"xlabel": "", "ylabel": "", unit: "billion KZT"})
        figure.suptitle("Value of the vehicles made")
        figure.text(0.01, 0.01, "Source: Kazinform, 21 September 2018")
        return set_alt_text(chart, "Value of the vehicles made: higher in 2018 than in 2017, by both readings.")

    return drawn


def catplot(data):
    return sns.catplot(data, x="year", y="value", col="reading", kind="bar")


def catplot_by_year(data):
    return sns.catplot(data, x="reading", y="value", col="year", kind="bar")


def catplot_in_rows(data):
    return sns.catplot(data, x="value", y="year", row="reading", kind="bar", margin_titles=True)


def relplot(data):
    return sns.relplot(data, x="year", y="value", col="reading", kind="line", marker="o", errorbar=None)


def facet_grid(data):
    grid = sns.FacetGrid(data, col="reading")
    grid.map_dataframe(sns.barplot, x="year", y="value", order=["2017", "2018"])
    return grid


def subplots(data):
    _, axes = plt.subplots(1, 2, sharey=True)
    for ax, (reading, rows) in zip(axes, data.groupby("reading"), strict=True):
        ax.bar(rows["year"], rows["value"])
        ax.set_title(f"If read as {reading}")
    return axes


def subplots_figure(data):
    return subplots(data)[0].figure


def last_of_the_subplots(data):
    return subplots(data)[-1]


def objects_facets(data):
    figure = plt.figure()
    so.Plot(data, x="year", y="value").facet("reading").add(so.Bar()).on(figure).plot()
    return figure


def pandas_subplots(data):
    wide = data.pivot(index="year", columns="reading", values="value")
    return wide.plot.bar(subplots=True, sharey=True, legend=False)


PANELS = [
    catplot,
    catplot_by_year,
    catplot_in_rows,
    relplot,
    facet_grid,
    subplots,
    subplots_figure,
    last_of_the_subplots,
    objects_facets,
    pandas_subplots,
]


@pytest.mark.parametrize("draw", PANELS, ids=lambda draw: draw.__name__)
def test_panels_may_answer(draw):
    verdict = judge(TWO_KINDS, in_panels(draw, "xlabel" if draw is catplot_in_rows else "ylabel"))
    assert verdict.state == "right", verdict.message


def test_panels_series_and_categories_may_answer_together():
    rows = [
        {"plant": plant, "kind": kind, "year": year, "value": 10 * p + 3 * k + y + 1}
        for p, plant in enumerate(["Asia Auto", "SaryarkaAvtoProm"])
        for k, kind in enumerate(["cars", "trucks"])
        for y, year in enumerate(["2017", "2018"])
    ]
    data = {column: [row[column] for row in rows] for column in rows[0]}
    table = {}
    for row in rows:
        table.setdefault(row["plant"], {}).setdefault(row["kind"], {})[row["year"]] = row["value"] * BILLION
    exercise = {**TWO_KINDS, "cases": [{"data": data, "shows": table}]}
    for options in ({"col": "plant", "hue": "kind"}, {"col": "kind", "hue": "plant"}, {"col": "plant", "row": "kind"}):
        draw = in_panels(lambda data, options=options: sns.catplot(data, x="year", y="value", kind="bar", **options))
        verdict = judge(exercise, draw)
        assert verdict.state == "right", verdict.message


def test_a_panel_too_few_or_swapped_is_a_wrong_content():
    def one_panel(data):
        return catplot(data[data["reading"] == "as much"])

    def swapped(data):
        return catplot(data.assign(reading=data["reading"].map({"as much": "on top", "on top": "as much"})))

    missing = lines_of(in_panels(one_panel), TWO_KINDS)["shows"]
    assert "does not show" in missing and "on top" in missing
    assert "At 2017, as much the chart shows 46 billion." in lines_of(in_panels(swapped), TWO_KINDS)["shows"]


def test_panels_that_hide_the_comparison_mislead():
    def apart(data):
        grid = sns.catplot(data, x="year", y="value", col="reading", kind="bar", sharey=False)
        grid.axes.flat[0].set_ylim(0, 300)
        return grid

    exercise = {**TWO_KINDS, "checklist": [*EXERCISE["checklist"][:-3], {"line": "honest", "rules": ["lie-factor"]}]}
    assert "The panels have different scales" in lines_of(in_panels(apart), exercise)["honest"]


def test_panels_without_names_cannot_be_told_apart():
    def untitled(data):
        axes = subplots(data)
        for ax in axes:
            ax.set_title("")
        return axes

    assert "a title above each panel" in lines_of(in_panels(untitled), TWO_KINDS)["shows"]


def test_a_further_panel_takes_nothing_from_the_one_that_answers():
    def beside_another(data):
        left, right = plt.subplots(1, 2)[1]
        left.bar(["a", "b"], [1, 2])
        right.bar(data["year"], data["value"])
        return finish(right, data)

    assert judge(EXERCISE, beside_another).state == "right"


@pytest.mark.value_raises
def test_a_crash_of_a_check_is_hidden_from_the_learner_and_kept_in_the_log(monkeypatch, caplog):
    monkeypatch.setattr(content, "_find", lambda *_: 1 / 0)
    assert judge(EXERCISE, by_pyplot).state == "cannot-read"
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def with_title(title):
    def draw(data):
        ax = by_pyplot(data)
        ax.set_title(title)
        return ax

    return draw


def test_what_no_machine_could_judge_is_left_to_its_author_and_not_called_right():
    verdict = judge(EXERCISE, with_title("More than the mountain villagers had dreamt of in 2018"))
    assert (verdict.state, verdict.share) == ("right", 1.0)
    note = as_text("value-chart", verdict)
    assert note.startswith("[✓? Right as far as a machine can tell] value-chart: Answer the question in the line")
    assert "? not judged: " in note


def test_a_title_that_the_chart_denies_is_asked_about_and_costs_nothing():
    verdict = judge(EXERCISE, with_title("The value halved"))
    assert (verdict.state, verdict.share) == ("right", 1.0)
    note = as_text("value-chart", verdict)
    assert note.startswith("[✓? Right as far as a machine can tell] value-chart: Answer the question in the line")
    assert verdict.message == "Answer the question in the line marked ? yourself: it costs no marks."
    assert '? look again: words that the numbers you see bear out - The title says "The value halved", but ' in note


def test_a_line_left_to_its_author_is_not_counted_among_those_that_hold():
    def draw(data):
        ax = with_title("More than the mountain villagers had dreamt of in 2018")(data)
        ax.set_ylim(40, 130)
        return ax

    verdict = judge(EXERCISE, draw)
    held = sum(line.state == "right" for line in verdict.lines)
    assert held < len(verdict.lines) - 1
    assert verdict.message.startswith(f"{held} of {len(verdict.lines)} lines of the checklist hold. Answer")
