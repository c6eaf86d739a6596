"""Clauses whose small words decide what is compared with what, and what is not understood."""

import pytest

from secondcar.charts.language import read_clauses
from secondcar.charts.language.claims import Count


def only_claim(text, *names):
    (clause,) = read_clauses(text, names)
    (claim,) = clause.claims
    return claim


def only_clause(text):
    (clause,) = read_clauses(text)
    return clause


def test_a_time_behind_times_is_what_the_other_is_compared_with():
    claim = only_claim("2018 was 1.7 times 2017")
    assert [when.period.year for when in (*claim.when, *claim.base_when)] == [2018, 2017]
    assert claim.base_when


def test_from_alone_gives_a_beginning():
    claim = only_claim("Vehicles and value, both from 100 %", "vehicles", "value")
    assert claim.role == "change"
    assert claim.start.value == 100


@pytest.mark.parametrize("text", ["Trucks were fewer than that", "Each kind, in two half-years"])
def test_what_points_back_or_counts_times_is_not_understood(text):
    (clause,) = read_clauses(text, ["trucks"])
    assert not clause.understood


def test_a_list_without_a_number_claims_no_more_than_can_be_read():
    (clause,) = read_clauses("Imports implied by 'every third' and 'every second'")
    assert clause.text.startswith("Imports")


def test_a_unit_behind_in_is_not_an_amount():
    (clause,) = read_clauses("Output in billion tenge grew by 160 %")
    assert clause.understood
    assert clause.claims[0].number.value == 160


def test_words_that_carry_no_quantity_say_only_what_is_spoken_of():
    (clause,) = read_clauses("Flood appeal brought a record in donations")
    assert clause.understood
    assert [claim.role for claim in clause.claims] == ["record"]


@pytest.mark.parametrize(
    "text",
    [
        "Sales have tripled since the pandemic",  # no chart tells when that was
        "Seven years of growth end in 2020",
        "Farms are fewer, and so are cows",
        "Buses left on time percent 7",
        "Sales slipped only once, in 2021",
    ],
)
def test_words_that_turn_a_claim_must_have_their_place_in_it(text):
    assert not all(clause.understood for clause in read_clauses(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [("88p in every pound goes on care", 0.88), ("One Moor line train in 11 was late", 1 / 11), ("5 or better", 5)],
)
def test_parts_and_open_ends_are_numbers(text, value):
    (clause,) = read_clauses(text)
    assert [claim.number.value for claim in clause.claims] == [pytest.approx(value)]


def test_a_clause_says_whether_it_names_what_it_speaks_of():
    first, second = read_clauses("Trams rose, then a fall by half", ["Trams", "Buses"])
    assert (first.opens, first.named) == (True, True)
    assert (second.opens, second.named) == (False, False)


@pytest.mark.parametrize(
    ("text", "words", "qualities"),
    [
        ("Tram tickets are the cheapest", (), ("by-price",)),  # what goes on with a name is of that name
        ("Tickets for trams fell", ("tickets",), ()),
        ("Trams grow faster than buses", (), ()),
    ],
)
def test_words_without_a_part_in_a_claim_and_qualities_are_told(text, words, qualities):
    (clause,) = read_clauses(text, ["Tram", "Bus"])
    assert clause.qualities == qualities
    assert tuple(word for word in clause.words if word in ("tickets",)) == words


@pytest.mark.parametrize(
    ("text", "month", "months"),
    [("Sales fell in early 2023", 1, 4), ("Sales fell in mid-2023", 5, 4), ("Sales ended 2023 at 60", 12, 1)],
)
def test_a_part_of_a_year_is_a_time(text, month, months):
    (clause,) = read_clauses(text)
    period = clause.claims[0].when[0].period
    assert (period.year, period.month, period.months) == (2023, month, pytest.approx(months))


def test_a_clause_behind_as_claims_something_of_its_own():
    clauses = read_clauses("Pola takes the lead as Quinn slides seven points", ["Pola", "Quinn"])
    assert [clause.claims[0].role for clause in clauses] == ["rank", "change"]
    assert [
        claim.sign for clause in read_clauses("Pola is as warm as Quinn", ["Pola", "Quinn"]) for claim in clause.claims
    ] == [0]


@pytest.mark.parametrize("text", ["Two lines show the rents in five towns", "Paired bars of pay in 6 sectors"])
def test_what_is_drawn_is_no_claim(text):
    (clause,) = read_clauses(text)
    assert clause.claims_nothing


@pytest.mark.parametrize(
    ("text", "claims"),
    [("The promise of 2020 was kept", True), ("It is the word that matters", True), ("Cars that were made", False)],
)
def test_a_verb_of_its_own_makes_a_clause_a_claim(text, claims):
    (clause,) = read_clauses(text)
    assert clause.claims_nothing is not claims
    assert not (claims and clause.understood)


@pytest.mark.parametrize(
    ("text", "form"),
    [("Prices were creeping up", "up"), ("Output nosedived", "down"), ("Sales inching lower", "down")],
)
def test_all_forms_of_a_verb_of_the_lexicon_are_known(text, form):
    (clause,) = read_clauses(text)
    assert [claim.sign for claim in clause.claims] == [{"up": 1, "down": -1}[form]]


@pytest.mark.parametrize(
    ("text", "value", "noun"),
    [
        ("It rained on 20 days or more", 20, "days"),
        ("Four in ten waited more than two hours", 2, "hours"),
        ("Half a million days of rain", 5e5, "days"),
        ("Twenty-four days of rain", 24, "days"),
    ],
)
def test_a_length_of_time_is_an_amount_where_an_axis_counts_it(text, value, noun):
    (clause,) = read_clauses(text, units=["days", "minutes"])
    found = [claim.end or claim.number for claim in clause.claims]
    assert [(number.value, claim.noun) for number, claim in zip(found, clause.claims, strict=True)] == [(value, noun)]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Trams are up in five of eight towns", Count("set", 8, "towns")),
        ("All but three of the eight towns stay below 20", "but"),
        ("Trams rose in 2021 and at no other time", "these"),
        ("Trams alone fell below 20", "alone"),
        ("Trams have fallen ever since 2018", "steady"),
        ("Trams are at their slowest in 2018", "its own"),
    ],
)
def test_who_or_when_it_holds_for_is_told(text, flag):
    (clause,) = read_clauses(text, ["Trams", "Buses"])
    claim = clause.claims[0]
    assert flag in (claim.flags | claim.quantifier.kinds | {*claim.quantifier.counts})


def test_countries_are_called_by_their_people():
    (clause,) = read_clauses("The Dutch beat Spaniards", ["Netherlands", "Spain"])
    (claim,) = clause.claims
    assert (claim.names, claim.bases) == ((("Netherlands",),), (("Spain",),))


@pytest.mark.parametrize(
    ("text", "role", "of"),
    [
        ("The trade is back in the red", "side", ""),
        ("The deficit deepened in 2022", "change", "deficit"),
        ("Growth slows year after year", "pace", ""),
    ],
)
def test_sides_of_zero_and_the_pace_of_growth_are_roles(text, role, of):
    assert [(claim.role, claim.of) for claim in only_clause(text).claims] == [(role, of)]
