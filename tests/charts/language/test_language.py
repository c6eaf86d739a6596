"""What the words on a chart say, sentence by sentence, without a chart."""

from collections import Counter

import pytest

from secondcar.charts.language import (
    mentions,
    names_a_source,
    numbers_in,
    read_clauses,
    same_unit,
    source_in,
    unit_of,
)
from secondcar.charts.language.lexicon import values_of, words_for
from secondcar.charts.language.units import factor_in, quantity, unit_in

# Numbers: one grammar for ticks and texts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("19,000", 19000),
        ("19\u2019000", 19000),
        ("19'000", 19000),
        ("19\u202f000", 19000),
        ("19\u00a0000", 19000),
        ("19 000", 19000),
        ("7,5", 7.5),
        ("0,333", 0.333),
        ("2,5 million", 2.5e6),
        ("120 G", 120e9),
        ("120bn", 120e9),
        ("1.234.567", 1234567),
        ("7.5e+10", 75e9),
        ("-36 %", -36),
        ("\u221236 %", -36),
        ("+60 %", 60),
    ],
)
def test_a_number_is_the_same_at_a_tick_and_in_a_text(text, value):
    assert quantity(text).number == pytest.approx(value)
    assert [number.value for number in numbers_in(f"Output: {text}")] == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("three and a half times as much", [3.5]),
        ("one in three cars", [1 / 3]),
        ("two thirds of the market", [2 / 3]),
        ("a million cars", [1e6]),
        ("twice as many", [2]),
        ("Figure 3, line 63, on 21 September 2018, at 12:30, for 8 months", []),
        ("in 2018 500 cars", [500]),
        ("from 179 in 2014 to 345 in 2018", [179, 345]),
        ("KZT 120 billion", [120e9]),
    ],
)
def test_numbers_in_a_sentence(text, values):
    assert [number.value for number in numbers_in(text)] == [pytest.approx(value) for value in values]


@pytest.mark.parametrize(
    ("words", "yes", "no"),
    [
        ("more than 90,000", 93_500, 85_000),
        ("nearly doubled", 1.9, 1.6),
        ("more than halved", 0.4, 0.6),
        ("about 7 %", 6.5, 9),
        ("less than twice", 1.6, 2.5),
        ("up to 500", 400, 600),
    ],
)
def test_a_hedge_widens_a_number(words, yes, no):
    (number,) = numbers_in(words)
    assert number.fits(yes) is True
    assert number.fits(no) is False


# Units


@pytest.mark.parametrize(
    ("label", "asked", "same"),
    [
        ("billion KZT", "million tenge", True),
        ("cars", "thousand cars", True),
        ("cars a month", "cars", False),
        ("cars per month", "cars a month", True),
        ("number of cars in the month", "number of cars a month", True),
        ("billion US dollars", "billion tenge", False),
        ("Share of sales (%)", "per cent", True),
        ("Vehicles made", "vehicles", True),
        ("Value of output, bn KZT", "tenge", True),
        ("million KZT a vehicle", "million KZT", False),
        ("singers", "cars", False),
    ],
)
def test_a_label_names_the_unit_asked_for_or_another(label, asked, same):
    assert same_unit(label, asked) is same


@pytest.mark.parametrize(
    "label",
    [
        "mpg",
        "ha",
        "Mt CO2",
        "GWh",
        "Yuan",
        "CNY",
        "JPY",
        "Rate per 100,000",
        "\u043c\u043b\u0440\u0434 \u0442\u0435\u043d\u0433\u0435",
        "Steel (t)",
        "Yield, kg",
        "\u00b0C",
        "people",
        "Loaves sold",
    ],
)
def test_usual_units_are_known(label):
    assert unit_in(label)


@pytest.mark.parametrize(
    "label", ["", "value", "Inflation", "billion", "Output", "Prices", "Value per vehicle and year"]
)
def test_what_names_no_unit_has_none(label):
    assert unit_in(label) == ""


@pytest.mark.parametrize(
    ("label", "factor"),
    [
        ("Value, billion KZT", 1e9),
        ("KZT m", 1e6),
        ("$bn", 1e9),
        ("Cars, '000", 1e3),
        ("Cars (000)", 1e3),
        ("Cars (1000s)", 1e3),
        ("in 1,000 cars", 1e3),
        ("tenge, 10^6", 1e6),
        ("Cars per million people", 1),
        ("Over 2 billion people", 1),
        ("Plan B", 1),
    ],
)
def test_the_factor_of_a_label(label, factor):
    assert factor_in(label) == factor


def test_the_factor_of_a_unit_is_apart_from_its_name():
    assert (unit_of("thousand cars").name, unit_of("thousand cars").factor) == ("cars", 1e3)


# Sources


@pytest.mark.parametrize(
    "line",
    [
        "Kazinform / own calculation",
        "Own calculation from KazAvtoProm figures",
        "Calculated from KazAvtoProm data, 2018",
        "Quelle: Destatis",
        "\u0418\u0441\u0442\u043e\u0447\u043d\u0438\u043a: "
        "\u041a\u0430\u0437\u0410\u0432\u0442\u043e\u041f\u0440\u043e\u043c",
        "Credit: Reuters",
        "via Kazinform",
        "Figures: AKAB",
        "(calculated, but for 2018) Source: AKAB",
        "Chart: N. N. | Data: AKAB",
        "According to AKAB",
        "Kazinform, 21 September 2018",
        "stat.gov.kz",
        "https://stat.gov.kz/2018",
        "Compiled from AKAB reports",
        "Source: World Bank",
        "Sources: AKAB; Kazinform, 2018",
        "Data from AKAB",
        "Number of cars (Source: AKAB)",
    ],
)
def test_the_forms_in_which_people_name_a_source(line):
    assert names_a_source(source_in(line)), source_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "Source: see text",
        "Source: experts",
        "Data: unknown",
        "Source: ChatGPT",
        "Source: press",
        "Source: 2018",
        "Source: the web, various sites",
        "Source: my own",
        "Source:",
        "Source: internet",
    ],
)
def test_what_names_nobody_is_no_source(line):
    assert not names_a_source(source_in(line))


@pytest.mark.parametrize(
    "text", ["Output doubled", "Cars made, January 2018", "The plan", "2018: January-August", "60 % / 40 %"]
)
def test_other_texts_are_no_source_lines(text):
    assert source_in(text) == ""


def test_an_idea_may_be_said_in_any_of_its_words():
    assert mentions("Source: Kazinform; simulated", "calculated")
    assert not mentions("Source: Kazinform", "calculated")
    assert mentions("Read as: BY 150 %", "by 150 %")


# Clauses


def roles(text, *names):
    return [
        [claim.role for claim in clause.claims] if clause.understood else "?"
        for clause in read_clauses(text, names)
        if not clause.claims_nothing
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Output doubled", [["change"]]),
        ("Output doubled, ministry says", [["change"]]),
        ("Output doubled, as expected", [["change"]]),
        ("Output doubled without subsidies", [["change"]]),
        ("Output doubled, no less", [["change"]]),
        ("Output more than doubled in 2018, according to Kazinform", [["change"]]),
        ("Despite slow roads, output doubled", [["change"]]),
        ("Will it last? Output doubled", [["change"]]),
        ("The minister says output doubled", [["change"]]),
        ("Did output double?", []),
        ("Cars made in 2018", []),
        ("Output did not double", [["change"]]),
        ("Output never doubled", [["change"]]),
        ("Output not only doubled", ["?"]),
        ("Only buses doubled", [["change"]]),
        ("The gap between cars and trucks widens", [["change"]]),
        ("Output would double if roads were built", []),
        ("Output could double", ["?"]),
        ("On the way to 100,000 vehicles by 2025", ["?"]),
        ("Output doubled thanks to subsidies", [["change"], "?"]),
        ("Output rose and exports fell", [["change"], ["change"]]),
        ("Up 60 %, from 75 to 120 billion", [["change"], ["change"]]),
        ("Cars lead", [["rank"]]),
        ("More trucks than buses", [["compare"]]),
        ("Trucks overtake buses in 2018", [["crossing"]]),
        ("The more kilometres, the cheaper the car", [["relation"]]),
        ("Every second car", [["share"]]),
    ],
)
def test_what_a_clause_claims(text, found):
    assert roles(text, "cars", "trucks", "buses") == found


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("19,000 more vehicles", "plain", 19000),
        ("a 900 % jump", "percent", 900),
        ("up by 10 percentage points", "points", 10),
        ("up by a third", "fraction", 1 / 3),
        ("1.6 times as many", "times", 1.6),
        ("twice as many", "times", 2),
        ("nearly tripled", "multiple", 3),
    ],
)
def test_the_roles_of_a_number_are_kept_apart(text, kind, value):
    ((claim,),) = [clause.claims for clause in read_clauses(text)]
    assert claim.role in ("change", "compare")
    assert (claim.number.kind, claim.number.value) == (kind, pytest.approx(value))


def test_names_are_those_of_the_chart():
    (clause,) = read_clauses("More rye bread than rolls", ["White bread", "Rye bread", "Rolls"])
    (claim,) = clause.claims
    assert (claim.names, claim.bases) == ((("Rye bread",),), (("Rolls",),))


# The lexicon


@pytest.mark.parametrize(
    "role", ["change", "multiple", "comparative", "superlative", "hedge", "month", "everyone", "unit"]
)
def test_a_word_has_one_meaning_in_a_role(role):
    words = Counter(word for value in values_of(role) for word in dict.fromkeys(words_for(role, value)))
    assert [word for word, count in words.items() if count > 1] == []
