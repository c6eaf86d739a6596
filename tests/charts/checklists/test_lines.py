"""Each kind of line on the smallest charts that keep to it, or break it."""

import matplotlib.pyplot as plt
import pytest

from secondcar.charts import set_alt_text
from secondcar.charts.checklists import Attempt, Drawing, line_of, share_of, text_of
from secondcar.charts.checklists import judge as judge_lines
from secondcar.charts.reading import read_all


def bars(values=(75, 120), **words):
    ax = plt.subplots()[1]
    ax.bar(["2017", "2018"], values)
    ax.set(**words)
    return ax


def found(line, ax, table=None, **attempt):
    drawing = Drawing(tuple(read_all(ax)), "", table)
    (judged,) = judge_lines([line], Attempt((drawing,), 0.005, **attempt))
    return judged.found


CARS_A_YEAR = {"line": "unit", "unit": "cars a year", "words": ["car", "vehicle"], "per": "year"}
BILLIONS = {"line": "unit", "unit": "billion tenge", "words": ["tenge", "KZT"], "factor": 1e9}
DRAWS = {"line": "unit", "unit": "draws", "words": ["draw"]}
INDEX = {"line": "unit", "unit": "percent of 2017", "words": ["%", "percent"], "base": ["2017"]}
UNITS = [
    (CARS_A_YEAR, "cars a year", True),
    (CARS_A_YEAR, "Vehicles per year", True),
    (CARS_A_YEAR, "annual number of cars", True),
    (CARS_A_YEAR, "thousand cars a year", True),
    (CARS_A_YEAR, "average number of cars made in one year", True),
    (CARS_A_YEAR, "cars a month", False),
    (CARS_A_YEAR, "cars", False),
    (CARS_A_YEAR, "singers", False),
    (CARS_A_YEAR, "KZT a year", False),
    (CARS_A_YEAR, "% of the cars a year", False),
    (CARS_A_YEAR, "", False),
    (BILLIONS, "billion tenge", True),
    (BILLIONS, "Value of output, KZT bn", True),
    (BILLIONS, "moves the value by so many billion tenge", True),
    (BILLIONS, "million tenge", False),
    (BILLIONS, "many billion tenge", False),
    (BILLIONS, "tenge", False),
    (BILLIONS, "billion US dollars", False),
    (BILLIONS, "billion", False),
    (DRAWS, "number of draws", True),
    (DRAWS, "number of vehicles", False),
    (DRAWS, "Count", False),
    (INDEX, "% of January-August 2017", True),
    (INDEX, "percent", False),
]


def test_words_that_the_chart_denies_are_asked_about_and_cost_nothing():
    ax = bars(title="Output halved")
    judged = judge_lines([{"line": "true-words"}], Attempt((Drawing(tuple(read_all(ax))),), 0.005))
    assert judged[0].found.state == "doubted"
    assert judged[0].found.sentence.startswith('The title says "Output halved", but the chart shows 75 in 2017 and 120')
    assert judged[0].found.sentence.endswith(" Is it so?")
    assert share_of(judged) == 1


@pytest.mark.parametrize(("line", "label", "right"), UNITS)
def test_the_unit_asked_for_stands_on_the_axis_and_no_other(line, label, right):
    assert (found(line, bars(ylabel=label)).state == "right") is right


@pytest.mark.parametrize(
    ("values", "label", "right"),
    [
        ((75, 120), "billion tenge", True),
        ((75_000, 120_000), "million tenge", True),
        ((75, 120), "tenge", False),
        ((75, 120), "million tenge", False),
        ((75e9, 120e9), "billion tenge", False),
    ],
)
def test_the_size_of_the_unit_is_judged_with_the_unit(values, label, right):
    line = {"line": "unit", "unit": "tenge", "words": ["tenge"]}
    ax = bars(values, ylabel=label)
    table = {"2017": 75e9, "2018": 120e9}
    judged = found(line, ax, table)
    assert (judged.state == "right") is right
    assert judged.misleads is not right
    assert found({"line": "shows", "text": "the values"}, ax, table).state == "right"


SOURCE = {"line": "source", "names": [["KazAvtoProm", "KazAutoProm"], ["Kazinform"]]}


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Source: KazAvtoProm, printed by Kazinform", True),
        ("Sources: Kazinform and KazAutoProm", True),
        ("calculated from growth rates\nSource: Kazinform; KazAutoProm", True),
        ("month\nSources: Kazinform, 2018;\nKazAutoProm", True),
        ("month\nSources: Kazinform, 2018\nas KazAutoProm says", False),
        ("Source: Kazinform", False),
        ("Source: invented for this course", False),
        ("KazAvtoProm, Kazinform", False),
        ("", False),
    ],
)
def test_the_source_names_who_was_asked_for(written, right):
    assert (found(SOURCE, bars(xlabel=written)).state == "right") is right


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("AKAB counted them\nSource: Kazinform", "doubted"),
        ("AKAB (source: Kazinform)", "doubted"),
        ("Source: Kazinform", "wrong"),
    ],
)
def test_a_source_that_is_named_elsewhere_is_for_a_person(written, state):
    assert found({"line": "source", "names": [["AKAB"], ["Kazinform"]]}, bars(xlabel=written)).state == state


def test_whether_a_reader_can_ask_there_is_for_a_person_to_say_where_no_name_stands():
    line = {"line": "source"}
    states = {written: found(line, bars(xlabel=f"Source: {written}")).state for written in ("AKAB", "the table counts")}
    assert states == {"AKAB": "right", "the table counts": "not-judged"}


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Cars sold, January to August 2018", True),
        ("Cars sold, Jan\N{EN DASH}Aug 2018", True),
        ("Cars sold in the first eight months of 2018", True),
        ("Cars sold in 2018", False),
        ("Cars sold, January to August 2017", False),
        ("Cars sold", False),
    ],
)
def test_the_period_is_not_the_day_of_the_source(title, right):
    ax = bars(title=title, xlabel="Source: Kazinform, 21 August 2018")
    ax.set_xticks([0, 1], ["a", "b"])
    assert (found({"line": "period", "period": "January to August 2018"}, ax).state == "right") is right


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("Source: Kazinform, 21 September 2018; January to August 2018", True),
        ("Source: Kazinform of 21.9.2018. Period: Jan-Aug 2018", True),
        ("Source: Kazinform of 21.9.2018 (first eight months of 2018)", True),
        ("Source: Kazinform, 21 September 2018; January to June 2018", False),
        ("Source: Kazinform, August 2018", False),
    ],
)
def test_the_period_may_stand_beside_the_source(source, right):
    ax = bars(title="Cars sold", xlabel=source)
    ax.set_xticks([0, 1], ["a", "b"])
    assert (found({"line": "period", "period": "January to August 2018"}, ax).state == "right") is right


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Readings: to / as much", True),
        ("Reading of the growth: to", True),
        ("from 100 to 160", False),
        ("", False),
    ],
)
def test_a_reading_is_named_by_its_word_alone(written, right):
    line = {"line": "says", "text": "the reading", "words": [['"to"']]}
    assert (found(line, bars(title=written)).state == "right") is right
    assert (found(line, bars(xlabel=f"{written}\nSource: AKAB")).state == "right") is right


@pytest.mark.parametrize(
    ("line", "title", "state"),
    [
        ({"words": [['"to"']]}, "Cars, if output went to half as many again", "doubted"),
        ({"words": [['"to"']]}, "Cars, January to August", "wrong"),
        ({"words": [["cars alone", "only passenger cars"]]}, "In 2018 only cars for passengers", "doubted"),
        ({"words": [["as much", "times as"]]}, "Output, 1.6 times more", "wrong"),
        ({"words": [["cars alone", "only passenger cars"]]}, "Cars made", "wrong"),
        ({"ideas": ["calculated"]}, "How one calculates 2017", "right"),
        ({"ideas": ["calculated"]}, "What the calculator says of 2017", "doubted"),
    ],
)
def test_other_words_in_the_place_of_those_asked_for_are_for_a_person(line, title, state):
    assert found({"line": "says", "text": "a word", **line}, bars(title=title)).state == state


@pytest.mark.parametrize(
    ("label", "words", "state"),
    [
        ("automobiles in each year", {}, "doubted"),
        ("rate", {}, "wrong"),
        ("KZT a year", {}, "wrong"),
        ("cars, year by year", {}, "right"),
        ("cars made per annum", {}, "right"),
        ("cars", {"xlabel": "year"}, "doubted"),
        ("cars", {"xlabel": "month"}, "wrong"),
        ("cars in a month", {"xlabel": "year"}, "wrong"),
    ],
)
def test_a_unit_in_other_words_is_for_a_person(label, words, state):
    assert found(CARS_A_YEAR, bars(ylabel=label, **words)).state == state


def test_a_legend_says_things_in_its_title():
    ax = bars()
    ax.legend(["cars"], title="2017: calculated")
    line = {"line": "says", "text": "a word that it is calculated", "ideas": ["calculated"]}
    assert found(line, ax).state == "right"


def test_a_label_may_add_a_remark_or_write_a_time_in_short():
    line = {"line": "shows", "text": "the values"}
    ax = plt.subplots()[1]
    labels = [
        "2019 (over)",
        "Jan-Jun 2020\n(6 months)",
        "vans, lent or hired\n(counted)",
    ]
    ax.bar(labels, [75, 120, 8])
    rest = {"January-June 2020": 120, "vans, lent or hired": 8}
    assert found(line, ax, {"2019": 75, **rest}).state == "right"
    assert found(line, ax, {"2018": 75, **rest}).state == "wrong"


DAYS = {"on 30 June 2017, all kinds": 75, "on 31 August 2017": 120}
HALVES = {"January-June 2017": 75, "January-June 2018": 120}


@pytest.mark.parametrize(
    ("table", "labels", "state"),
    [
        ({"cars": 75, "all exports": 120}, ["cars", "what was sold abroad"], "not-judged"),
        ({"cars": 120, "all exports": 75}, ["cars", "what was sold abroad"], "wrong"),
        ({"cars": 75, "all exports": 130}, ["cars", "what was sold abroad"], "wrong"),
        ({"cars": 75, "all exports": 120}, ["cars", "2"], "wrong"),
        ({"cars": 75, "exports of 2018": 120}, ["cars", "sold abroad, 2019"], "wrong"),
        ({"2018": 75, "2019": 120}, ["2018", "2019 over"], "right"),
        ({"2018": 75, "2019 (plan)": 120}, ["2018", "2019, planned"], "right"),
        ({"2018": 75, "2019 (plan)": 120}, ["2018", "2020, planned"], "wrong"),
        (DAYS, ["30 June, all kinds", "31 August"], "not-judged"),
        (HALVES, ["January-June 2017, rebuilt", "January-June 2018"], "right"),
        (HALVES, ["rebuilt: January-June 2017", "January-June 2018"], "right"),
        (HALVES, ["2017", "2018"], "not-judged"),
        (HALVES, ["2017", "2019"], "wrong"),
        ({"2018": 75, "2019": 120}, ["2018", "2019 in 12 shops"], "not-judged"),
        ({"cars": 75, "buses": 120}, ["cars, all kinds", "Buses (new)"], "right"),
        ({"cars": 75, "buses": 120}, ["cars of all kinds", "buses"], "not-judged"),
        ({"-5 %": 75, "5 %": 120}, ["-5 %", "5 %"], "right"),
        ({"2017": 75, "2018": 120}, ["2017", "2018 (2017 = 100)"], "right"),
        ({"cars": {"2018": 75}, "buses": {"2018": 120}}, ["cars in 2018", "buses of 2018"], "right"),
    ],
)
def test_values_under_other_names_are_for_a_person(table, labels, state):
    ax = plt.subplots()[1]
    ax.bar(labels, [75, 120])
    assert found({"line": "shows", "text": "the values"}, ax, table).state == state
    assert found({"line": "order", "text": "in order"}, ax, table).state == "right"


def test_a_bar_of_zero_behind_another_shows_nothing():
    ax = plt.subplots()[1]
    ax.bar(["2015", "2019"], [75, 0], color="teal", label="made")
    ax.bar(["2015", "2019"], [0, 190], color="orange", label="planned")
    ax.legend()
    assert found({"line": "shows", "text": "the values"}, ax, {"2015": 75, "2019": 190}).state == "right"
    assert found({"line": "apart", "text": "a plan", "unlike": ["2019"]}, ax).state == "right"


def test_rows_that_have_a_bar_each_do_not_stand_on_one_another():
    ax = plt.subplots()[1]
    ax.bar("vehicles", 75, label="rise")
    ax.bar("vehicles", 120, bottom=75, label="exports")
    ax.legend()
    line = {"line": "marks", "text": "a bar for each row", "drawn": ["bars"]}
    assert found(line, ax, {"rise": 75, "exports": 120}).sentence == "The bars stand on top of each other."
    assert found(line, ax, {"rise": {"vehicles": 75}, "exports": {"vehicles": 120}}).state == "right"


def test_a_heatmap_has_its_columns_across():
    line = {"line": "marks", "text": "a heatmap", "drawn": ["heatmap"], "across": ["by", "to"]}
    ax = plt.subplots()[1]
    ax.imshow([[1, 2, 3], [4, 5, 6]])
    ax.set_xticks([0, 1, 2], ["one", "two", "three"])
    ax.set_yticks([0, 1], ["by", "to"])
    assert found(line, ax).sentence == "Across stand one, two, three."
    assert found({**line, "across": ["three", "two", "one"]}, ax).state == "right"
    assert found(line, bars()).state == "wrong"


def test_what_has_to_be_said_may_be_said_in_the_words_of_the_list_and_is_named_in_words():
    line = {"line": "says", "text": "a word that the number is a lower end", "ideas": ["at-least"]}
    assert found(line, bars(xlabel="2018: a lower end")).state == "right"
    assert "at least" in found(line, bars()).sentence


def test_a_percentage_may_stand_beside_the_numbers_it_is_of():
    ax = bars((100, 77.5), ylabel="percent of the plan (cars)", title="77,471 of 100,000")
    assert found({"line": "unit", "unit": "", "words": []}, ax).state == "right"


def test_what_has_to_be_said_is_not_said_by_the_names_of_the_table():
    line = {"line": "says", "text": "a word that it is calculated", "ideas": ["calculated"]}
    ax = plt.subplots()[1]
    ax.bar(["2017, calculated", "2018"], [75, 120])
    table = {"2017, calculated": 75, "2018": 120}
    assert found(line, ax, table).state == "wrong"
    ax.set_xlabel("Source: Kazinform; 2017 calculated")
    assert found(line, ax, table).state == "right"


def test_a_title_may_be_that_of_an_example_only_where_it_is_allowed():
    ax = bars(title="Cars made  and planned")
    assert found({"line": "title"}, ax, shown_titles=["Cars made and planned"]).state == "wrong"
    assert found({"line": "title", "own": False}, ax, shown_titles=["Cars made and planned"]).state == "right"
    assert found({"line": "title", "own": False}, bars(title=" - ")).state == "wrong"


def test_what_is_planned_has_a_look_of_its_own():
    line = {"line": "apart", "text": "a plan that looks like one", "unlike": ["2018"]}
    ax = bars()
    assert found(line, ax).sentence == "The bar of 2018 looks like that of 2017."
    ax.patches[1].set_hatch("//")
    assert found(line, ax).state == "right"
    empty = bars()
    empty.patches[0].set_facecolor("black")
    empty.patches[1].set(fill=False, edgecolor="black")
    assert found(line, empty).state == "right"


@pytest.mark.parametrize(("planned", "right"), [("2018", True), ("2017", False)])
def test_a_legend_calls_a_plan_what_it_is(planned, right):
    ax = plt.subplots()[1]
    for year, value in (("2017", 75), ("2018", 120)):
        look = {"color": "teal", "label": "made"}
        if year == planned:
            look = {"color": "white", "edgecolor": "black", "label": "planned"}
        ax.bar(year, value, **look)
    ax.legend()
    judged = found({"line": "apart", "text": "a plan", "unlike": ["2018"]}, ax)
    assert (judged.state == "right") is right
    assert right or judged.sentence == 'The legend calls the bar of 2017 "planned".'


@pytest.mark.parametrize(("hatches", "right"), [(["", "//"], True), (["//", ""], False), (["", ""], True)])
def test_stripes_stand_on_the_bars_that_are_to_have_them(hatches, right):
    ax = plt.subplots()[1]
    ax.bar(["2017", "2018"], [75, 120], color=["teal", "orange"], hatch=hatches)
    line = {"line": "apart", "text": "a plan", "unlike": ["2018"]}
    assert found(line, ax).state == "right"
    assert (found({**line, "hollow": True}, ax).state == "right") is right


def test_an_alt_text_says_what_and_when():
    line = {"line": "alt-text", "about": [["car", "vehicle"]], "periods": [["2018"]]}
    ax = bars(title="Cars")
    assert found(line, ax).state == "wrong"
    set_alt_text(ax, "Bar chart: 75 in 2017 and 120 in 2018.")
    assert found(line, ax).state == "doubted"
    set_alt_text(ax, "Bar chart of loaves that bakeries sold: 75 in 2017 and 120 in 2018.")
    assert found(line, ax).sentence == "It does not say: car. Does somebody know who sees no picture?"
    set_alt_text(ax, "Bar chart of cars, one year beside the other.")
    assert found(line, ax).sentence == "It does not say: the values or their relation, the period, 2018."
    set_alt_text(ax, "Bar chart of cars: 75 in 2017 and more a year later.")
    assert found(line, ax).state == "right"
    ax.set_xticks([0, 1], ["2017", "2018, if the pace stays"])
    set_alt_text(ax, "Bar chart of 2017 and 2018: 75, and 120 where the pace stays.")
    assert found(line, ax).state == "doubted"
    set_alt_text(ax, "Bar chart of cars: 75, and 120 where the pace stays.")
    assert found(line, ax).state == "doubted"
    set_alt_text(ax, "Bar chart of the vehicles made: 75 in 2017 and 120 in 2018.")
    assert found(line, ax).state == "right"


def test_no_sentence_has_a_power_of_ten_or_a_name_in_small_letters():
    line = {"line": "shows", "text": "the values"}
    judged = found(line, bars((75e9, 121e9), ylabel="KZT"), {"2017": 75e9, "If Nearly": 120e9})
    assert judged.sentence == "The chart does not show If Nearly. Which marks and labels does it need?"
    judged = found(line, bars((75e9, 131e9), ylabel="KZT"), {"2017": 75e9, "2018": 120e9})
    assert judged.sentence == "At 2018 the chart shows 131 billion. Is that what the data say?"


@pytest.mark.parametrize(
    ("title", "alt", "state"),
    [
        ("It depends on how one reads", "", "right"),
        ("Cars", "Bar chart of cars: 75 in the leanest year", "right"),
        ("Cars", "Bar chart of cars: 76 in the leanest year", "not-judged"),
        ("The plan was reached in time", "", "not-judged"),
        ("The ways agree here and differ there", "", "not-judged"),
        ("In 2018 more than one wished, and 75 before", "", "not-judged"),
    ],
)
def test_words_that_only_give_values_of_the_chart_are_not_asked_about(title, alt, state):
    ax = bars(title=title)
    if alt:
        set_alt_text(ax, alt)
    assert found({"line": "true-words"}, ax).state == state


def test_a_line_that_cannot_be_judged_costs_nothing():
    ax = bars(title="A black year")
    judged = judge_lines([{"line": "true-words"}], Attempt((Drawing(tuple(read_all(ax))),), 0.005))
    assert judged[0].found.state in ("right", "not-judged")
    assert share_of(judged) == 1


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"line": "tite"}, 'no line "tite"'),
        ({"line": "title", "owns": True}, 'the line "title" has no `owns`; it may have text, own'),
        ({"line": "title", "own": "yes"}, '`own` of the line "title" is not true or false'),
        ({"line": "source", "names": ["Kazinform"]}, '`names` of the line "source" is not a list of lists'),
        ({"line": "shows"}, 'the line "shows" needs `text`'),
        ({"line": "honest", "rules": ["zerobase"]}, 'no rule "zerobase" over a drawing; there are zero-base'),
        ({"line": "period", "period": "the other day"}, '"the other day" is not a period'),
    ],
)
def test_a_line_that_is_no_line_is_refused(written, problem):
    with pytest.raises(ValueError, match=problem):
        line_of(written)


def test_the_text_of_a_line_is_made_from_its_parameters():
    assert text_of({"line": "unit", "unit": "cars", "words": ["car"]}) == (
        "its unit on the axis of the numbers: cars, or thousands of them"
    )
    assert text_of(SOURCE).endswith("names KazAvtoProm and Kazinform")


@pytest.mark.parametrize(("label", "right"), [("vehicles made in half a year", True), ("vehicles a month", False)])
def test_a_unit_may_say_how_long_the_periods_shown_are(label, right):
    ax = plt.subplots()[1]
    ax.bar(["January-June 2017", "January-June 2018"], [75, 120])
    ax.set_ylabel(label)
    line = {"line": "unit", "unit": "vehicles", "words": ["vehicle"]}
    assert (found(line, ax).state == "right") is right
