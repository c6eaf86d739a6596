"""A chart of free choice: answers.toml says nothing of what it must show, and the other lines are judged."""

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
checklist = [{{ line = "title" }}, {{ line = "true-words" }}, {{ line = "honest", rules = ["zero-base"] }}]
claims   = []
hints    = ["Which line of the list does it break?", "Begin with the axis."]
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


def test_a_chart_that_misleads_loses_half_of_what_its_lines_earn(path):
    cut = DRAW.replace("    return", "    ax.set_ylim(90, 260)\n    return")
    verdict = judge(exercise(path), evaluate(cut))
    assert (verdict.state, verdict.share) == ("wrong", pytest.approx(2 / 3 / 2))


def test_a_tolerance_without_a_content_is_refused(path):
    path.write_text(path.read_text().replace("claims ", "within = 0.01\nclaims "))
    with pytest.raises(BuildError, match="exercise free-chart: there is no `shows`, which `within` needs"):
        read_answers(path)
