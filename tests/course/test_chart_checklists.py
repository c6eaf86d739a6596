"""The checklists of the course's charts: each line has charts that break it and no other."""

import re

import pytest

from secondcar.building.expressions import evaluate
from secondcar.charts.checklists import id_of
from secondcar.checks import judge
from secondcar.checks.kinds.chart import Chart, changed
from tests.support.course_files import EXERCISES, built, notebook, written
from tests.support.some import some

CHARTS = [(unit, name) for unit, name in EXERCISES if isinstance(built(unit)[name], Chart)]


@pytest.mark.long  # the build, whose tests are not long, refuses a chart that breaks another line
@pytest.mark.parametrize(("unit", "name"), CHARTS)
def test_every_line_is_broken_alone(unit, name, count):
    answer, breaks = written(unit)[name]["answer"], written(unit)[name]["bank"]["breaks"]
    assert set(breaks) == {id_of(line) for line in built(unit)[name].checklist}
    for line, entries in some(breaks.items()):
        for entry in some(entries):
            verdict = judge(built(unit)[name], evaluate(changed(answer, entry)))
            broken = {
                judged.id: judged.sentence
                for judged in verdict.lines
                if judged.objects or (judged.asks and judged.id == line)
            }
            fits = list(broken) == [line]
            count("lines of checklists", f"{unit[:2]} {name}", charts=1, accepted=not broken, other_lines=not fits)
            assert fits, f"{entry!r} is to break {line} alone: {broken or verdict.message}"
            assert broken[line], "a line that is broken says why"
            costs = any(judged.state == "wrong" for judged in verdict.lines)
        assert 0 < verdict.share < 1 if costs else verdict.share == 1


@pytest.mark.parametrize(("unit", "name"), CHARTS)
def test_the_notebook_asks_each_line_and_no_other(unit, name):
    texts = [judged.text for judged in judge(built(unit)[name], evaluate(written(unit)[name]["answer"])).lines]
    asked = "\n".join(f"- {text};" for text in texts)[:-1] + "."
    assert sum(asked in cell.source for cell in notebook("release", unit).cells) == 1


FAULTS = {"axis": "zero-base", "months": "shows", "plan": "apart", "two_axes": "one-axis"}


@pytest.mark.parametrize("chart", FAULTS)
def test_a_colleagues_chart_handed_in_unchanged_is_told_its_fault(chart):
    unit, name = "07-honest-charts", f"mend-{chart.replace('_', '-')}"
    (cell,) = (cell for cell in notebook("source", unit).cells if f"def colleague_{chart}(" in cell.source)
    function = cell.source.split("\n\n\nshow(")[0]
    verdict = judge(built(unit)[name], evaluate(function.strip().replace(" / billion", " / 1e9") + "\n"))
    broken = {line.id: line.sentence for line in verdict.lines if line.state == "wrong"}
    assert broken.get(FAULTS[chart]), verdict
    assert verdict.share <= 0.5


def test_unit_07_shows_a_false_title_that_is_denied_and_one_that_is_not_seen():
    notes = {}
    for cell in notebook("source", "07-honest-charts").cells:
        for output in cell.get("outputs", ()):
            title = re.search(r'set_title\("(.*)"\)', cell.source)
            if title and "draw_stall(0)" in cell.source:
                notes[title[1]] = output["data"]["text/plain"]
    denied, unseen = notes["This year's takings were twice last year's"], notes["A black year for the stall"]
    assert "look again at its words" in denied and "twice last year's" in denied
    assert unseen.splitlines()[0] == "[\u2713 No fault found in how it is drawn]"
