"""What the words on a chart say, sentence by sentence, without a chart."""

import pytest

from secondcar.charts.language import mentions, names_a_source, same_unit, unit_of


@pytest.mark.parametrize(
    ("label", "asked", "same"),
    [
        ("billion KZT", "million tenge", True),
        ("cars", "thousand cars", True),
        ("cars a month", "cars", False),
        ("cars per month", "cars a month", True),
        ("billion US dollars", "billion tenge", False),
        ("Share of sales (%)", "per cent", True),
    ],
)
def test_a_label_names_the_unit_asked_for_or_another(label, asked, same):
    assert same_unit(label, asked) is same


def test_the_factor_of_a_unit_is_apart_from_its_name():
    assert (unit_of("thousand cars").name, unit_of("thousand cars").factor) == ("cars", 1e3)


@pytest.mark.parametrize(("line", "named"), [("Source: Kazinform; own calculation", True), ("Source: various", False)])
def test_a_source_line_names_somebody(line, named):
    assert names_a_source(line) is named


def test_an_idea_may_be_said_in_any_of_its_words():
    assert mentions("Source: Kazinform; simulated", "calculated")
    assert not mentions("Source: Kazinform", "calculated")
    assert mentions("Read as: BY 150 %", "by 150 %")
