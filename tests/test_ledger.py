"""A ledger says what its learner takes words to mean, however it was typed; dots and slips leave the first choice."""

import pandas as pd
import pytest

from secondcar.ledger import taken

CHOICES = ["in 2020", "before 2020", "in all until 2020"]


def ledger(entry):
    return pd.DataFrame({"words": ["eight months", "by 2020"], "I_take_it_to_mean": ["January to August", entry]})


@pytest.mark.parametrize(
    ("entry", "meaning"),
    [
        (..., "in 2020"),
        ("in 2020", "in 2020"),
        ("  Before  2020 ", "before 2020"),
        ("IN ALL UNTIL 2020", "in all until 2020"),
    ],
)
def test_a_row_is_read_as_it_was_filled(capsys, entry, meaning):
    assert taken(ledger(entry), "by 2020", CHOICES) == meaning
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("entry", ["whenever", 2020, ""])
def test_another_entry_is_told_and_the_first_choice_stands(capsys, entry):
    assert taken(ledger(entry), "by 2020", CHOICES) == "in 2020"
    said = capsys.readouterr().out
    assert said.startswith(f'Your ledger has {entry!r} for "by 2020". Write one of these: "in 2020", "before 2020",')


def test_a_ledger_without_the_row_leaves_the_first_choice():
    assert taken(ledger("before 2020"), "cars", ["all kinds", "cars alone"]) == "all kinds"
