"""The honesty rules: over readings made by hand, one fact and one fault at a time, and over drawn charts."""

import re
import time
from dataclasses import replace
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.colors import to_rgba

from secondcar.charts.alt_text import set_alt_text
from secondcar.charts.honesty import RULES, check_honesty, find_faults, find_questions, picture_pair
from secondcar.charts.honesty.colours import CLOSE, DISTANCE, RED_GREEN, closest_pair, contrast, distance
from secondcar.charts.honesty.drawing_rules import lie_factor
from secondcar.charts.honesty.mending import mend
from secondcar.charts.language.periods import read_period
from secondcar.charts.reading import read, read_all
from secondcar.charts.reading.alt_attribute import alt_text_of
from secondcar.charts.reading.records import Mark, Reading, Scale
from tests.support.some import some

BLUE, GREY = (0.1, 0.3, 0.6, 1.0), (0.5, 0.5, 0.5, 1.0)
RED, GREEN = (0.71, 0.27, 0.17, 1.0), (0.42, 0.48, 0.12, 1.0)
PIXELS = 300


def reading_of(
    values: dict[str, float] | dict[str, dict[str, float]] | None = None,
    *,
    kind: str = "bar",
    low: float = 0,
    high: float | None = None,
    label: str = "Vehicles made",
    unit: str = "vehicles",
    title: str = "",
    **changed,
) -> Reading:
    """Make the reading of an honest chart by hand; `changed` replaces fields of the Reading."""
    values = values or {"2017": 75, "2018": 120}
    table = values if all(isinstance(row, dict) for row in values.values()) else {"": values}
    top = max(value for row in table.values() for value in row.values())
    high = high or 1.05 * top
    per_pixel = (high - low) / PIXELS
    colours = dict(zip(table, [BLUE, (0.9, 0.6, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0)], strict=False))
    marks = tuple(
        Mark(
            kind=kind,
            series=series,
            category=category,
            value=value,
            base=0,
            end=value,
            length=max(0.0, min(value, high) - max(0, low)) / per_pixel if kind == "bar" else 0,
            width=60 if kind == "bar" else 2,
            colour=colours[series],
            hatch="",
            linestyle="-" if kind == "line" else "",
            marker="",
            error=None,
            label="",
            edge=None,
        )
        for series, row in table.items()
        for category, value in row.items()
    )
    categories = tuple(dict.fromkeys(mark.category for mark in marks))
    reading = Reading(
        marks=marks,
        horizontal=False,
        stacked=False,
        value_axis=Scale(label, unit, 1.0, low, high, False, "linear", ()),
        category_axis=Scale("", "", 1.0, -0.5, len(categories) - 0.5, False, "category", categories),
        categories=categories,
        series=tuple(table),
        title=title,
        panel="",
        legend=tuple((name, colours[name]) for name in table if name),
        annotations=("Source: invented for this test",),
        source="Source: invented for this test",
        alt="Vehicles made: 75 in 2017 and 120 in 2018.",
        text_colours=(),
        background=(1.0, 1.0, 1.0),
        twin=None,
    )
    return replace(reading, **changed)


def with_marks(reading: Reading, *changes: dict) -> Reading:
    """Change the marks one by one."""
    marks = [replace(mark, **change) for mark, change in zip(reading.marks, changes, strict=True)]
    return replace(reading, marks=tuple(marks))


def with_axis(reading: Reading, **changed) -> Reading:
    return replace(reading, value_axis=replace(reading.value_axis, **changed))


def rules_of(reading, **options) -> list[str]:
    return [finding.rule for finding in find_faults(reading, **options)]


def measure_of(reading, rule: str) -> float:
    return next(finding.measure for finding in find_faults(reading) if finding.rule == rule)


def test_an_honest_reading_has_no_findings():
    assert find_faults(reading_of()) == ()


def test_there_is_a_rule_for_each_row_of_the_design():
    names = "zero-base lie-factor area two-scales like-for-like unit title-truth forecast source colour alt-text order"
    assert list(RULES) == names.split()
    assert all(rule.reason.endswith(".") and rule.reason.count(".") == 1 for rule in RULES.values())


# The lie factor


@pytest.mark.parametrize(("start", "factor"), [(50, 3), (60, 5), (70, 15)])
def test_a_cut_axis_has_the_lie_factor_of_tufte(start, factor):
    assert lie_factor((75 - start, 120 - start), (75, 120)) == pytest.approx(factor)
    cut = reading_of(low=start)
    assert rules_of(cut) == ["zero-base", "lie-factor"]
    assert measure_of(cut, "zero-base") == start
    assert measure_of(cut, "lie-factor") == pytest.approx(factor)


def test_a_picture_scaled_both_ways_has_the_lie_factor_of_its_area():
    assert lie_factor((1, 1.6**2), (75, 120)) == pytest.approx(2.6)
    wide = with_marks(reading_of(), {}, {"width": 60 * 1.6})
    assert rules_of(wide) == ["area"]
    assert measure_of(wide, "area") == pytest.approx(2.6)
    plan = with_marks(reading_of({"2017": 75, "2018": 80, "2019": 120}), {}, {}, {"width": 60 * 1.6, "series": "plan"})
    assert "area" in rules_of(plan)


def test_the_earlier_value_comes_first_in_a_lie_factor_whichever_way_time_runs():
    backwards = reading_of({"2018": 120, "2017": 75}, low=70, horizontal=True)
    assert measure_of(backwards, "lie-factor") == pytest.approx(15)


def test_a_small_cut_is_a_cut_but_no_large_lie():
    assert rules_of(reading_of(low=2)) == ["zero-base"]


def test_a_sentence_names_the_bars_and_the_numbers():
    sentence = next(f.sentence for f in find_faults(reading_of(low=60)) if f.rule == "lie-factor")
    for part in ("2018", "2017", "4 times as long", "1.6 times as large", "75 and 120", "lie factor of 5"):
        assert part in sentence


@pytest.mark.parametrize(
    ("label", "rules"),
    [("120", ["lie-factor"]), ("150", []), ("149.8", []), ("60 %", []), ("H1", []), ("", [])],
)
def test_a_number_written_at_a_bar_is_what_it_claims(label, rules):
    drawn = reading_of({"2017": 75, "2018": 150}, alt="Vehicles made: more in 2018 than in 2017.")
    assert rules_of(with_marks(drawn, {"label": "75"}, {"label": label})) == rules


def test_bars_of_equal_value_and_unequal_length_are_found():
    same = reading_of({"2017": 75, "2018": 75}, alt="Vehicles made: 75 in 2017 and in 2018.")
    assert rules_of(with_marks(same, {}, {"length": 150})) == ["lie-factor"]


def test_panels_of_one_unit_need_one_scale():
    assert rules_of([reading_of(), reading_of(high=500)]) == ["lie-factor"]
    other = reading_of(high=500, label="Value (KZT)", unit="KZT")
    assert rules_of([reading_of(), other]) == []


def test_without_time_the_smaller_bar_comes_first_in_a_lie_factor():
    ax = plt.subplots()[1]
    ax.barh(["trucks", "cars"], [486, 800])
    ax.set_xlim(400, None)
    sentence = next(f.sentence for f in find_faults(read(ax)) if f.rule == "lie-factor")
    assert sentence.startswith("The bar for cars is drawn 4.65 times as long as that for trucks")


def test_time_on_bars_that_lie_runs_from_top_to_bottom():
    out_of_order = reading_of({"2017": 75, "2016": 50, "2018": 120}, horizontal=True)
    assert "from top to bottom" in next(f.sentence for f in find_faults(out_of_order) if f.rule == "order")


def test_a_wrong_unit_is_told_once_and_in_words():
    ax = finished(plt.subplots()[1])
    ax.bar(["2017", "2018"], [75e9, 120e9])
    ax.set_ylabel("KZT billion")
    (finding,) = find_faults(read(ax))
    assert finding.rule == "unit"
    assert "one billionth as large" in finding.sentence


# Where bars begin


def test_bars_on_a_log_axis_and_upside_down_are_found_and_a_line_off_zero_is_not():
    assert "zero-base" in rules_of(with_axis(reading_of(), kind="log"))
    assert rules_of(with_axis(reading_of(), inverted=True)) == ["zero-base"]
    assert rules_of(reading_of(kind="line", low=70)) == []


def test_a_log_line_must_say_so():
    log = with_axis(reading_of(kind="line", low=10), kind="log")
    assert rules_of(log) == ["zero-base"]
    assert rules_of(with_axis(log, label="Vehicles made (log scale)")) == []


@pytest.mark.parametrize(
    ("label", "rules"),
    [("Index (2015 = 100)", []), ("Vehicles made", ["zero-base", "lie-factor"])],
)
def test_a_deviation_chart_may_begin_at_the_base_it_names(label, rules):
    start = {"base": 100, "end": 110, "length": 10}, {"base": 100, "end": 93, "length": 7}
    chart = with_marks(
        reading_of(
            {"2017": 110, "2018": 93}, label=label, high=120, alt="Vehicles made, index: 110 in 2017, 93 in 2018."
        ),
        *start,
    )
    assert rules_of(chart)[:1] == rules[:1]


def test_bars_of_ranges_may_float_when_the_chart_says_so():
    ends = {"base": 60, "length": 15}, {"base": 90, "length": 30}
    assert "zero-base" in rules_of(with_marks(reading_of(), *ends))
    assert rules_of(with_marks(reading_of(title="What rounding allows"), *ends)) == []


# What is compared


@pytest.mark.parametrize(
    ("label", "months"),
    [
        ("2017", 12),
        (2017.0, 12),
        ("Jan\u2013Aug 2018", 8),
        ("January to August 2018", 8),
        ("2018\n(Jan-Aug)", 8),
        ("first eight months of 2018", 8),
        ("8M 2018", 8),
        ("Nov 2017 - Feb 2018", 4),
        ("Q1 2018", 3),
        ("Q1-Q3 2018", 9),
        ("first half of 2018", 6),
        ("H2 2018", 6),
        ("August 2018", 1),
        ("2018-08", 1),
        ("2016/17", 12),
        ("2015-2017", 36),
        ("2018 (plan)", 12),
        ("2018-08-15", 0),
        ("1 January to 31 August 2018", 8),
        ("January 1 - August 31, 2018", 8),
        ("1-31 August 2018", 1),
        ("16 January to 15 April 2018", 3),
        ("2018 to date", None),
    ],
)
def test_the_length_of_a_period_is_read_from_its_label(label, months):
    assert read_period(label).months == months


@pytest.mark.parametrize("label", ["5-7m KZT", "trucks", "Maybach", "3.5-5", "20-25", "19,000", "Model 3", 3.5])
def test_what_names_no_period_is_none(label):
    assert read_period(label) is None


@pytest.mark.parametrize(
    ("labels", "rules"),
    [
        (("2017", "Jan-Aug 2018"), ["like-for-like"]),
        (("2017", "8 months 2018"), ["like-for-like"]),
        (("2017", "2018 YTD"), ["like-for-like"]),
        (("Jan-Aug 2017", "Jan-Aug 2018"), []),
        (("H1 2017", "H1 2018"), []),
        (("2010s", "2018"), ["like-for-like"]),
    ],
)
def test_only_periods_of_one_length_compare(labels, rules):
    assert rules_of(reading_of(dict(zip(labels, (75, 120), strict=True)))) == rules


@pytest.mark.parametrize("label", ["Vehicles made per month", "Share of cars (%)", "Mean price (KZT)"])
def test_rates_and_shares_of_unlike_periods_compare(label):
    assert rules_of(reading_of({"2017": 75, "Jan-Aug 2018": 120}, label=label)) == []


def test_a_note_may_tell_that_a_year_is_not_whole():
    notes = ("Source: invented", "2018: January-August")
    assert rules_of(reading_of(annotations=notes, source=notes[0])) == ["like-for-like"]


@pytest.mark.parametrize(
    ("label", "unit", "rules"),
    [
        ("", "", ["unit"]),
        ("value", "", ["unit"]),
        ("Inflation", "", ["unit"]),
        ("billion", "", ["unit"]),
        ("Pupils enrolled", "", []),
        ("Output", "vehicles", []),
    ],
)
def test_the_value_axis_names_its_unit(label, unit, rules):
    assert rules_of(reading_of(label=label, unit=unit)) == rules


def test_the_unit_must_be_the_one_asked_for():
    assert rules_of(reading_of(), unit="vehicles") == []
    assert rules_of(reading_of(), unit="KZT") == ["unit"]


# Titles


def test_a_false_title_is_named_with_what_the_chart_shows():
    finding = find_faults(reading_of(title="Output doubled"))[0]
    assert finding.rule == "title-truth"
    shown = "the chart shows 75 in 2017 and 120 in 2018: 1.6 times as much"
    assert finding.sentence == f'The title says "Output doubled", but {shown}. Is it so?'


def test_words_that_seem_false_make_no_chart_misleading(capsys):
    ax = HONEST["bar"]()
    ax.set_title("Output halved")
    check_honesty(ax, off={"source": "invented", "unit": "invented", "alt-text": "invented"})
    note = capsys.readouterr().out
    assert note.startswith("[? No fault found in how it is drawn; look again at its words]\n- title-truth: The title")


def test_a_title_that_is_not_understood_costs_nothing_and_is_asked_about():
    chart = reading_of(title="Output fluctuates")
    assert find_faults(chart) == ()
    assert find_questions(chart) == (
        'Not judged: "Output fluctuates". The chart shows 75 in 2017 and 120 in 2018: 1.6 times as much. Is it so?',
    )


# Plans


def test_a_plan_is_set_apart_from_facts():
    plan = reading_of({"2017": 75, "2018": 120, "2020 (target)": 200})
    assert rules_of(plan) == ["forecast"]
    assert rules_of(with_marks(plan, {}, {}, {"hatch": "//"})) == []
    assert rules_of(with_marks(plan, {}, {}, {"colour": GREY})) == []
    many_colours = with_marks(plan, {"colour": BLUE}, {"colour": GREY}, {"colour": RED})
    assert rules_of(many_colours) == ["forecast"]


def test_a_year_after_now_is_a_plan():
    chart = reading_of({"2017": 75, "2018": 120, "2020": 200})
    assert rules_of(chart) == []
    assert rules_of(chart, now=2018) == ["forecast"]
    assert rules_of(chart, now=2021) == []


def test_a_dashed_line_to_a_target_is_set_apart():
    lines = reading_of({"made": {"2017": 75, "2018": 120}, "plan": {"2018": 120, "2020": 200}}, kind="line")
    assert rules_of(with_marks(lines, *[{"colour": BLUE}] * 4)) == ["forecast", "colour"]
    dashed = [{"linestyle": "-"}] * 2 + [{"linestyle": "--"}] * 2
    assert rules_of(with_marks(lines, *dashed)) == []


# Who can read it


def test_a_chart_names_its_source_or_says_that_it_is_invented():
    assert rules_of(reading_of(annotations=(), source="")) == ["source"]
    assert rules_of(reading_of(annotations=("Invented numbers",), source="")) == []


TWO = {"cars": {"2017": 75, "2018": 120}, "trucks": {"2017": 50, "2018": 60}}


def test_series_differ_in_every_vision_or_have_a_second_cue():
    colours = [{"colour": RED}] * 2 + [{"colour": GREEN}] * 2
    alike = with_marks(reading_of(TWO), *colours)
    assert rules_of(alike) == ["colour"]
    assert "green-blind" in find_faults(alike)[0].sentence or "red-blind" in find_faults(alike)[0].sentence
    assert measure_of(alike, "colour") < DISTANCE
    hatched = [change | {"hatch": hatch} for change, hatch in zip(colours, ["", "", "//", "//"], strict=True)]
    assert rules_of(with_marks(reading_of(TWO), *hatched)) == []
    assert rules_of(replace(alike, annotations=(*alike.annotations, "cars", "trucks"))) == []


@pytest.mark.parametrize(
    ("palette", "most"), [("colorblind", 6), ("deep", 2), ("tab10", 2), ("Set2", 3), ("viridis", 6)]
)
def test_palettes_that_learners_choose_pass(palette, most):
    colours = sns.color_palette(palette, most)
    assert closest_pair(colours)[0] >= DISTANCE
    desaturated = [sns.desaturate(colour, 0.75) for colour in colours]  # as seaborn's bars are
    assert closest_pair(desaturated)[0] >= DISTANCE


REDS_AND_GREENS = [("red", "green"), ("#c0504d", "#6b8e23"), ("tab:red", "tab:green"), ("#ea4335", "#34a853")]


@pytest.mark.parametrize("colours", REDS_AND_GREENS)
def test_red_and_green_are_asked_about_where_nothing_else_tells_them_apart(colours):
    def asked(*changes, **off):
        return [q for q in find_questions(with_marks(reading_of(TWO), *changes), off=off) if "are close in" in q]

    changes = [{"colour": to_rgba(colour)} for colour in colours for _ in range(2)]
    assert rules_of(with_marks(reading_of(TWO), *changes)) == []
    assert len(asked(*changes)) == 1
    assert asked(*changes, colour="the exercise sets them") == []
    assert (
        asked(*(change | {"hatch": hatch} for change, hatch in zip(changes, ["", "", "//", "//"], strict=True))) == []
    )


EASY = {
    "Okabe and Ito": ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#000000"],
    **{
        name: plt.style.library[name]["axes.prop_cycle"].by_key()["color"]
        for name in ("petroff10", "tableau-colorblind10")
    },
    **{
        name: sns.color_palette(name, most)
        for name, most in (("colorblind", 4), ("viridis", 6), ("Set2", 3), ("deep", 2))
    },
}


@pytest.mark.parametrize("palette", EASY)
def test_of_palettes_that_are_easy_to_tell_apart_nothing_is_asked(palette):
    pairs = list(combinations(map(to_rgba, EASY[palette]), 2))
    assert min(distance(*pair, vision, "cam02-ucs") for pair in pairs for vision in RED_GREEN) >= CLOSE


def test_red_and_green_of_one_lightness_do_not_pass():
    gap, _, _, vision = closest_pair([RED, GREEN])
    assert gap < DISTANCE
    assert vision in ("protan", "deutan")


def test_contrast_is_that_of_the_guidelines():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((0.4667, 0.4667, 0.4667), (1, 1, 1)) == pytest.approx(4.48, abs=0.01)  # their own example: #777777


def test_pale_marks_are_found():
    assert rules_of(with_marks(reading_of(), *[{"colour": (1, 1, 0.88, 1)}] * 2)) == ["colour"]
    assert rules_of(with_marks(reading_of(kind="line"), *[{"colour": (0.85, 0.85, 0.85, 1)}] * 2)) == ["colour"]


@pytest.mark.parametrize(
    ("alt", "missing"),
    [
        ("", "There is no alt text"),
        ("Chart", "what is compared nor the values or their relation nor the period"),
        ("Vehicles made in 2017 and in 2018.", "the values or their relation"),
        ("Vehicles made: 75 and 120.", "the period"),
        ("Vehicles fell from 2017 to 2018.", "but the chart shows 75 in 2017"),
    ],
)
def test_an_alt_text_says_what_the_chart_shows(alt, missing):
    findings = find_faults(reading_of(alt=alt))
    assert [finding.rule for finding in findings] == ["alt-text"]
    assert missing in findings[0].sentence


# Order


@pytest.mark.parametrize(
    ("labels", "rules"),
    [
        (("2018", "2017"), ["order"]),
        (("H1 2018", "H1 2017"), ["order"]),
        (("Nov", "Dec", "Jan", "Feb"), []),
        (("Apr", "Aug", "Feb", "Jan"), ["order"]),
        (("10-15", "3-5", "5-7", "7-10", "over 15", "up to 3"), ["order"]),
        (("up to 3", "3-5", "5-7", "7-10", "10-15", "over 15"), []),
        (("cars", "buses", "trucks", "vans", "trailers"), []),
        (("9 am", "10 am", "11 am", "12 pm", "1 pm"), []),
        (("buses", "cars", "trailers", "trucks", "vans"), []),
        (("cars", "buses", "trucks", "vans"), []),
        (("mon", "tue", "wed", "thu", "fri"), []),
    ],
)
def test_the_order_of_categories(labels, rules):
    values = (50, 90, 20, 70, 10, 60)[: len(labels)]
    chart = reading_of(dict(zip(labels, values, strict=True)), alt="Vehicles made in 2018, from 10 to 90.")
    assert rules_of(chart) == rules


def test_bars_by_size_and_newest_on_top_are_in_order():
    sizes = {"cars": 90, "vans": 70, "trucks": 60, "buses": 20, "trailers": 10}
    assert rules_of(reading_of(sizes, alt="Vehicles made in 2018: 90 cars.")) == []
    assert rules_of(reading_of({"2018": 120, "2017": 75}, horizontal=True)) == []


LIKERT = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
SCHOOLS = ("primary", "secondary", "vocational", "bachelor", "master")
COUNTS = ("one", "two", "three", "four", "five")


@pytest.mark.parametrize("labels", [LIKERT, SCHOOLS, COUNTS, ("mon", "tue", "wed", "thu", "fri")])
def test_steps_of_a_scale_are_in_order(labels):
    assert find_questions(reading_of(dict(zip(labels, (3, 9, 4, 7, 2), strict=True)), alt="")) == ()


def test_bars_in_another_order_than_their_values_are_asked_about():
    values = dict(zip(("a", "c", "e", "b", "d"), (3, 9, 4, 7, 2), strict=True))
    (question,) = find_questions(reading_of(values, alt=""))
    assert "a, c, e, b, d" in question


@pytest.mark.parametrize(
    ("years", "places", "rules"),
    [
        (("2005", "2010", "2015", "2016", "2017"), (0, 1, 2, 3, 4), ["order"]),
        (("2005", "2010", "2015", "2016", "2017"), (2005, 2010, 2015, 2016, 2017), []),
        (("Jan", "Feb", "Mar", "Apr", "May"), (0, 1, 2, 3, 4), []),
    ],
)
def test_times_on_a_line_stand_as_far_apart_as_they_are(years, places, rules):
    values = dict(zip(years, (50, 60, 70, 80, 90), strict=True))
    alt = f"Vehicles made from {years[0]} to {years[-1]}: 50 and more."
    assert rules_of(reading_of(values, kind="line", places=places, alt=alt)) == rules


# Turning rules off


def test_a_rule_is_turned_off_with_a_reason():
    bare = reading_of(annotations=(), source="")
    assert rules_of(bare, off={"source": "the exercise gives none"}) == []
    with pytest.raises(ValueError, match="without a reason"):
        find_faults(bare, off={"source": " "})
    with pytest.raises(ValueError, match='no honesty rule "sorce"'):
        find_faults(bare, off={"sorce": "a slip of the pen"})


def test_two_scales_are_found_unless_they_are_one():
    other = reading_of({"2017": 64, "2018": 88}, kind="line", label="Value (KZT)", unit="KZT")
    assert rules_of(replace(reading_of(kind="line"), twin=other)) == ["two-scales"]
    same = reading_of({"2017": 64, "2018": 88}, kind="line", high=126)
    assert rules_of(replace(reading_of(kind="line"), twin=same)) == []


# Drawn charts


SOURCE = "Source: invented"
PERIODS, VALUES = ["Jan-Aug 2017", "Jan-Aug 2018"], [75, 120]
ALT = "Value of car output in January to August: KZT 75 billion in 2017 and 120 billion in 2018."


def finished(ax, across: bool = False):
    """Add a unit, a source and an alt text to a plot."""
    ax.set_title("Value of cars made rose by 60 %")
    ax.set_xlabel("KZT billion" if across else "")
    ax.set_ylabel("" if across else "KZT billion")
    ax.figure.text(0, 0, SOURCE)
    return set_alt_text(ax, ALT)


def by_pandas(kind: str):
    return pd.Series(VALUES, index=PERIODS).plot(kind=kind, ax=plt.subplots()[1])


HONEST = {
    "bar": lambda: plt.subplots()[1].bar(PERIODS, VALUES)[0].axes,
    "barh": lambda: plt.subplots()[1].barh(PERIODS, VALUES)[0].axes,
    "pandas bar": lambda: by_pandas("bar"),
    "pandas barh": lambda: by_pandas("barh"),
    "seaborn bar": lambda: sns.barplot(x=PERIODS, y=VALUES, ax=plt.subplots()[1]),
    "seaborn hue": lambda: sns.barplot(x=PERIODS, y=VALUES, hue=PERIODS, palette="Set2", ax=plt.subplots()[1]),
    "seaborn points": lambda: sns.pointplot(x=PERIODS, y=VALUES, ax=plt.subplots()[1]),
}


@pytest.mark.parametrize("theme", ["default", "dark_background", "ggplot"])
@pytest.mark.parametrize("name", HONEST)
def test_an_honest_drawing_is_never_refused(name, theme):
    with plt.style.context(theme):
        ax = finished(HONEST[name](), across="barh" in name)
        assert [finding.sentence for finding in find_faults(read(ax))] == []


@pytest.mark.parametrize(
    "palette", ["deep", "muted", "pastel", "bright", "dark", "colorblind", "Set2", "viridis", "rocket"]
)
def test_a_palette_of_bars_is_never_refused(palette):
    colours = sns.color_palette(palette, 2)
    ax = plt.subplots()[1]
    for colour, period, value in zip(colours, PERIODS, VALUES, strict=True):
        ax.bar(period, value, color=colour)
    assert find_faults(read(finished(ax))) == ()


@pytest.mark.parametrize(("start", "factor"), [(50, 3), (60, 5), (70, 15)])
def test_a_drawn_chart_has_the_lie_factor_of_its_axis(start, factor):
    ax = finished(HONEST["bar"]())
    ax.set_ylim(start, 125)
    assert measure_of(read(ax), "lie-factor") == pytest.approx(factor, rel=1e-3)


def test_bars_of_twenty_are_judged_within_twenty_milliseconds():
    ax = plt.subplots()[1]
    ax.bar([str(year) for year in range(2000, 2020)], np.linspace(10, 120, 20))
    readings = read_all(finished(ax))
    find_faults(readings)  # the colours of a chart are computed once
    times = []
    for _ in range(5):
        start = time.process_time()  # what else the machine does must not count
        find_faults(readings)
        times.append(time.process_time() - start)
    assert min(times) < 0.020


# The mended chart


def cut_bars():
    ax = finished(HONEST["bar"]())
    ax.set_ylim(60, 125)
    return ax


def test_a_mended_chart_shows_the_same_values_and_breaks_no_rule_of_drawing():
    reading = read(cut_bars())
    mended = mend(reading, find_faults(reading))
    assert read(mended).table() == pytest.approx(reading.table())
    assert rules_of(read(mended), off={"alt-text": "a picture of our own has it elsewhere"}) == []


def test_mending_leaves_the_chart_as_it_is():
    ax = cut_bars()
    before = (ax.get_ylim(), len(ax.patches), len(ax.figure.axes), plt.get_fignums())
    mend(read(ax), find_faults(read(ax)))
    assert (ax.get_ylim(), len(ax.patches), len(ax.figure.axes), plt.get_fignums()) == before


def test_two_scales_become_two_panels_that_begin_at_zero():
    other = reading_of({"2017": 64, "2018": 88}, kind="line", label="Value (KZT)", unit="KZT")
    other = replace(other, value_axis=replace(other.value_axis, low=60))
    both = replace(reading_of(kind="line"), twin=other)
    left, right = read_all(mend(both, find_faults(both)))
    assert left.value_axis.low == right.value_axis.low == 0
    assert left.table() == {"2017": 75, "2018": 120}
    assert right.table() == {"2017": 64, "2018": 88}


def test_unlike_periods_become_values_per_month():
    chart = reading_of({"2017": 12_000, "Jan-Aug 2018": 12_000})
    mended = read(mend(chart, find_faults(chart)))
    assert mended.table() == {"2017": 1_000, "Jan-Aug 2018": 1_500}
    assert "per month" in mended.value_axis.label


def test_a_plan_becomes_hatched_and_times_run_forward():
    plan = reading_of({"2020 (target)": 200, "2018": 120, "2017": 75})
    mended = read(mend(plan, find_faults(plan)))
    assert mended.categories == ("2017", "2018", "2020 (target)")
    assert [bool(mark.hatch) for mark in mended.marks] == [False, False, True]


@pytest.mark.parametrize(
    ("times", "ordered"),
    [
        (["Jan-Jun 2017", "Jan-Jun 2018", "2017", "2018", "2020"], True),
        (["2017", "2018", "Jan-Jun 2017", "Jan-Jun 2018"], True),
        (["Jan-Jun 2018", "Jan-Jun 2017", "2017", "2018"], False),
        (["Jan-Jun 2017", "2018", "Jan-Jun 2018", "2017"], False),
        (["Jan-Jun 2016", "2015"], False),
    ],
)
def test_times_of_two_lengths_are_in_order_each_among_its_like(times, ordered):
    chart = reading_of(dict.fromkeys(times, 75))
    assert ("order" not in rules_of(chart)) == ordered


def test_a_false_title_gives_way_to_what_the_chart_shows():
    false = reading_of(title="Output doubled")
    assert read(mend(false, find_faults(false))).title == "75 in 2017 and 120 in 2018: 1.6 times as much"


def test_points_on_a_number_axis_stay_at_their_places():
    ax = finished(plt.subplots()[1])
    for colour, places in (("#b5442b", [1.5, 4.0, 9.0]), ("#6b7a1e", [2.0, 5.0, 7.5])):
        ax.scatter(places, [75, 80, 120], color=colour, label=colour)
    ax.legend()
    (mended,) = mend(read(ax), find_faults(read(ax))).axes
    assert sorted(x for line in mended.lines for x in line.get_xdata()) == [1.5, 2, 4, 5, 7.5, 9]


def test_no_name_of_many_bars_is_left_out():
    names = {f"place {letter}": number for letter, number in zip("pabocndmelfkgjhi", [3, 9, 1, 7] * 4, strict=True)}
    shuffled = reading_of(names, horizontal=True)
    (mended,) = mend(shuffled, find_faults(shuffled)).axes
    assert len([tick.get_text() for tick in mended.get_yticklabels()]) == len(names)


def test_panels_keep_their_titles():
    grid = sns.catplot(
        pd.DataFrame({"x": ["a", "b"] * 2, "y": [75, 120, 46, 120], "p": ["1.6 times", "1.6 more"] * 2}),
        x="x",
        y="y",
        col="p",
        kind="bar",
    )
    grid.set(ylim=(40, 125))
    grid.figure.suptitle("One sentence")
    mended = mend(read_all(grid), find_faults(read_all(grid)))
    assert mended.get_suptitle() == "One sentence"
    assert [ax.get_title() for ax in mended.axes] == ["p = 1.6 times", "p = 1.6 more"]


def test_what_only_the_author_knows_is_not_mended():
    bare = reading_of(annotations=(), source="", alt="")
    assert mend(bare, find_faults(bare)) is None


def test_a_chart_and_its_mended_twin_stand_side_by_side_each_with_its_alt_text():
    ax = cut_bars()
    pair = picture_pair(ax.figure, [read(ax)], find_faults(read(ax)))
    assert re.findall("<figcaption>(.*?)</figcaption>", pair.html) == ["yours", "mended"]
    own, mended = re.findall('<img alt="(.*?)"', pair.html)
    assert own == alt_text_of(ax.figure)
    assert mended.startswith("The same chart with zero-base, lie-factor put right: 75")
    assert pair.text == f"Yours: {own}\nMended: {mended}"


def test_what_is_pictured_is_told_in_the_words_of_its_axis_and_in_digits():
    def plain_tenge(ax):
        ax.bar(["Made", "Sold"], [75e9, 120e9])
        return ax

    ax = plain_tenge(plt.subplots()[1])
    ax.set(ylabel="tenge", ylim=(50e9, 130e9))
    pair = picture_pair(ax.figure, [read(ax)], find_faults(read(ax)))
    assert "Bars: Made = 75000000000; Sold = 120000000000" in pair.text
    assert "at most 120 billion (Sold)" in pair.text
    assert read(mend(read(ax), find_faults(read(ax)))).table() == {"Made": 75e9, "Sold": 120e9}


def test_a_chart_without_alt_text_is_pictured_with_what_it_shows():
    ax = HONEST["bar"]()
    pair = picture_pair(ax.figure, [read(ax)], find_faults(read(ax)))
    assert 'alt="Title: ' in pair.html
    assert "mended" not in pair.html


# The note


def test_the_note_has_every_finding_and_what_was_turned_off(capsys):
    ax = HONEST["bar"]()
    ax.set_ylim(60, 125)
    check_honesty(ax, off={"source": "invented"})
    note = capsys.readouterr().out
    assert note.startswith("[\u2717 This chart misleads]")
    for rule in ("zero-base", "lie-factor", "unit", "alt-text"):
        assert f"- {rule}: " in note
    assert "Not checked: source (invented)." in note


def test_the_note_praises_an_honest_chart_and_says_why_one_cannot_be_read(capsys):
    check_honesty(finished(HONEST["bar"]()))
    check_honesty(None)
    good, picture, unreadable = capsys.readouterr().out.splitlines()[:3]
    assert picture.startswith("Yours: ")
    assert good == "[\u2713 No fault found in how it is drawn, and its words are borne out]"
    assert unreadable == "[! I cannot read this chart]"


@pytest.mark.parametrize("title", ["A black year for the stall", "Cars made in two years"])
def test_the_note_does_not_praise_words_of_which_it_could_judge_a_part_alone(title, capsys):
    ax = finished(HONEST["bar"]())
    ax.set_title(title)
    check_honesty(ax)
    note = capsys.readouterr().out
    assert "borne out" not in note.splitlines()[0]


def test_days_months_and_working_days_run_in_even_steps():
    """Days at their dates, and trading days side by side, are even; years with a gap drawn side by side are not."""
    dates = {freq: pd.date_range("2018-01-01", periods=60, freq=freq) for freq in ("D", "B", "W", "MS", "QS")}
    labels = {
        "trading days": ["2018-01-04", "2018-01-05", "2018-01-08", "2018-01-09"],
        "turn of a month": ["30 Jan", "31 Jan", "1 Feb", "2 Feb"],
        "no such day": ["31 Feb", "1 Mar", "4 Mar"],
    }
    for name, times in some({**dates, **labels}.items()):
        ax = plt.subplots()[1]
        ax.plot(times, range(len(times)))
        found = [finding for finding in find_faults(read(ax)) if finding.rule == "order"]
        assert not found, name
    ax = plt.subplots()[1]
    ax.plot(["2005", "2010", "2015", "2016", "2017"], range(5))
    assert [finding.rule for finding in find_faults(read(ax)) if finding.rule == "order"] == ["order"]
