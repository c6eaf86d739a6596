"""Clauses whose small words decide what is compared with what, and what is not understood."""

import pytest

from secondcar.charts.language import read_clauses


def only_claim(text, *names):
    (clause,) = read_clauses(text, names)
    (claim,) = clause.claims
    return claim


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


def test_a_unit_behind_in_is_not_an_amount():
    (clause,) = read_clauses("Output in billion tenge grew by 160 %")
    assert clause.understood
    assert clause.claims[0].number.value == 160


def test_every_word_must_be_accounted_for_before_a_number_is_denied():
    (clause,) = read_clauses("Flood appeal brought a record in donations")
    assert clause.unknown.nouns == ("flood", "appeal")
    assert "donations" in clause.unknown.said_of


@pytest.mark.parametrize(
    ("text", "form"),
    [("Prices were creeping up", "up"), ("Output nosedived", "down"), ("Sales inching lower", "down")],
)
def test_all_forms_of_a_verb_of_the_lexicon_are_known(text, form):
    (clause,) = read_clauses(text)
    assert [claim.sign for claim in clause.claims] == [{"up": 1, "down": -1}[form]]
