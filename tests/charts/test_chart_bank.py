"""No honest chart of the bank is refused; a dishonest one is caught by the rules it breaks, and by no other.

How many were judged wrongly is printed after the run, rule by rule.
"""

import warnings

import pandas as pd
import pytest

from secondcar.charts.honesty import RULES, find_faults, find_questions
from secondcar.charts.reading import Unreadable, read_all
from tests.bank.charts import DISHONEST, HONEST
from tests.bank.charts.blind import ASKED, BLIND_DISHONEST, BLIND_HONEST, NOT_READ
from tests.bank.charts.entries import drawn

BANK = "bank of charts"
RULE_NAMES = set(RULES)


@pytest.fixture(autouse=True)
def no_warnings():
    """A warning while drawing means that the bank or the reading misuses a library."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # seaborn 0.13.2 calls pandas and matplotlib in ways that their newest versions announce to end.
        warnings.simplefilter("ignore", pd.errors.Pandas4Warning)
        warnings.filterwarnings("ignore", message="The set_bad function", category=PendingDeprecationWarning)
        warnings.filterwarnings("ignore", message="vert: bool was deprecated")
        yield


def rules_fired(entry):
    with drawn(entry) as chart:
        try:
            return {finding.rule for finding in find_faults(read_all(chart))}
        except Unreadable as problem:
            return {str(problem)}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_chart_passes(name, count):
    fired = rules_fired(HONEST[name])
    count(BANK, "honest", charts=1, refused=bool(fired), accepted=0, wrong_rules=0)
    assert fired == set()


@pytest.mark.parametrize("name", DISHONEST)
def test_a_dishonest_chart_breaks_its_rules(name, count):
    entry = DISHONEST[name]
    fired, expected = rules_fired(entry), set(entry.rules)
    wrong = bool(fired) and fired != expected
    count(BANK, row_of(entry), charts=1, refused=0, accepted=not fired, wrong_rules=wrong)
    assert fired == expected


@pytest.mark.parametrize("name", sorted({*BLIND_HONEST, *BLIND_DISHONEST} - NOT_READ - ASKED))
def test_a_chart_drawn_blind_is_judged_right(name, count):
    honest = name in BLIND_HONEST
    entry = (BLIND_HONEST if honest else BLIND_DISHONEST)[name]
    fired = rules_fired(entry)
    counts = {"refused": honest and bool(fired), "accepted": not honest and not fired}
    wrong_rules = not honest and bool(fired) and not entry.is_met_by(fired)
    count(BANK, f"blind: {'honest' if honest else 'dishonest'}", charts=1, **counts, wrong_rules=wrong_rules)
    assert entry.is_met_by(fired), fired


@pytest.mark.parametrize("name", sorted(ASKED))
def test_an_order_that_does_not_help_is_asked_about_and_costs_nothing(name):
    with drawn(BLIND_DISHONEST[name]) as chart:
        readings = read_all(chart)
    assert find_faults(readings) == ()
    assert any("sorted" in question for question in find_questions(readings))


@pytest.mark.parametrize("name", sorted(NOT_READ))
def test_a_chart_that_is_not_read_says_so(name):
    with drawn({**BLIND_HONEST, **BLIND_DISHONEST}[name]) as chart, pytest.raises(Unreadable, match=r"^The|^This"):
        read_all(chart)


def row_of(entry):
    return entry.rules[0] if len(entry.rules) == 1 else "several rules"


def test_the_bank_is_large_enough():
    assert len(HONEST) >= 60
    assert len(DISHONEST) >= 60


@pytest.mark.parametrize("rule", sorted(RULE_NAMES))
def test_every_rule_is_broken_alone_and_together_with_others(rule):
    breaking = [entry.rules for entry in DISHONEST.values() if rule in entry.rules]
    assert breaking.count((rule,)) >= 4
    assert any(len(rules) > 1 for rules in breaking)


def test_the_bank_names_only_rules_that_there_are():
    assert {rule for entry in DISHONEST.values() for rule in entry.rules} <= RULE_NAMES
