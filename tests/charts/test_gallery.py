"""The gallery keeps the rules that it shows: readings are named, and a chart is mended at its own size and scale."""

import re

import pytest
from matplotlib.image import imread

from secondcar.charts.honesty import RULES
from secondcar.charts.reading import read_all
from secondcar.charts.reading.panels import figure_of
from tests.bank.charts.entries import drawn
from tests.support.paths import ROOT
from tools.gallery import example_of, mended_of

MENDED = [rule for rule in RULES if (ROOT / "gallery" / f"{rule}-mended.png").exists()]


def test_most_rules_have_a_mended_chart():
    assert len(MENDED) >= 9


@pytest.mark.parametrize("rule", MENDED)
def test_a_chart_and_the_mended_one_are_equally_large(rule):
    before, after = (imread(ROOT / "gallery" / f"{name}.png") for name in (rule, f"{rule}-mended"))
    assert before.shape == after.shape


@pytest.mark.parametrize("rule", MENDED)
def test_a_mended_chart_begins_at_zero_and_ends_where_the_other_does(rule):
    with drawn(example_of(rule)) as chart:
        figure, mended = figure_of(chart), mended_of(chart)
        assert [panel.get_ylim()[0] for panel in mended.axes] == [0] * len(mended.axes)
        labels = [each.axes[0].get_ylabel() for each in (figure, mended)]
        if len(figure.axes) == len(mended.axes) == 1 and labels[0] == labels[1]:
            assert figure.axes[0].get_ylim()[1] == mended.axes[0].get_ylim()[1]


@pytest.mark.parametrize("rule", RULES)
def test_a_title_names_the_reading_that_the_article_s_2017_is_calculated_by(rule):
    with drawn(example_of(rule)) as chart:
        reading = read_all(chart)[0]
        if "Kazinform" in reading.source and "computed from it" in reading.source:
            assert re.search(r'if "times more" means "as much"|"times more" read as "as much"', reading.title)
