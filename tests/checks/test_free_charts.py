"""A chart of free choice: answers.toml says nothing of what it must show, and honesty alone is judged."""

import pytest

from secondcar.building import BuildError
from secondcar.building.answers import read_answers
from secondcar.building.expressions import evaluate
from secondcar.checks import judge
from tests.support.course_files import compiled

DRAW = """
def free_chart(data):
    ax = sns.barplot(data=data, x="year", y="loaves", color="#0173b2")
    ax.set(title="The bakery sold more", xlabel="Source: invented", ylabel="loaves a year")
    return set_alt_text(ax, "Bar chart: 100 loaves in 2017 and 250 loaves in 2018.")
"""
ANSWERS = f"""
[free-chart]
kind     = "chart"
ask      = "Draw a chart of the bakery that you would print."
answer   = '''{DRAW}'''
cases    = ["pd.DataFrame({{'year': ['2017', '2018'], 'loaves': [100, 250]}})"]
claims   = []
hints    = ["Which of the rules of unit 07 does it break?", "Begin with the axis."]
few_mistakes = "What it shows is the learner's choice."

# The tests draw their own.
[free-chart.bank]
right    = ["1", "1", "1", "1"]
wrong    = ["1", "1", "1", "1"]
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "answers.toml"
    path.write_text(ANSWERS)
    return path


def exercise(path):
    (written,) = read_answers(path).values()
    return compiled(path, "free-chart", written)


def test_any_honest_chart_is_right(path):
    built = exercise(path)
    one_bar = DRAW.replace("data=data,", "data=data.tail(1),").replace("100 loaves in 2017 and ", "")
    for code in (DRAW, one_bar.replace("The bakery sold more", "The bakery in 2018")):
        verdict = judge(built, evaluate(code))
        assert (verdict.state, verdict.share) == ("right", 1), verdict.message


def test_a_chart_that_misleads_earns_nothing(path):
    cut = DRAW.replace("    return", "    ax.set_ylim(90, 260)\n    return")
    verdict = judge(exercise(path), evaluate(cut))
    assert (verdict.state, verdict.share) == ("wrong", 0)


@pytest.mark.parametrize("key", ["within = 0.01", "ordered = true", "shows = 'lambda data: {}'"])
def test_keys_that_make_no_sense_without_each_other_are_refused(path, key):
    path.write_text(path.read_text().replace("claims ", f"{key}\nclaims "))
    with pytest.raises(BuildError, match=r"exercise free-chart: there is no `\w+`, which `\w+` needs"):
        read_answers(path)
