"""Judging a chart: what it shows, on data the learner does not see, and whether it shows it honestly."""

import contextlib
from collections.abc import Sequence

from secondcar.checks.chart_content import Comparison, compare, is_ordered, say_names
from secondcar.checks.quiet import quietly
from secondcar.checks.values import is_blank
from secondcar.checks.verdict import NotAttempted, Unreadable, Verdict, right, wrong

# What a chart that shows the right values earns before the honesty rules are counted.
CONTENT_SHARE = 0.5


def judge_chart(exercise: dict, value: object) -> Verdict:
    """Judge a chart, or the function that draws it, by its content and by the honesty rules.

    The content must be right in every case, or nothing is earned: a picture with typed-in numbers fails on data the
    learner has not seen. A right content earns half the marks, honesty the other half, or all of them where an
    exercise asks for no content. The rules look at the first case alone, which is the learner's own data: its title
    may name its numbers.

    A chart that misleads loses the whole share of honesty: its readers take away something false, and no source line
    or careful colour makes up for that. Where it only leaves readers without something, each rule that holds earns its
    part.

    Args:
        exercise: with ``cases`` (each with ``data``, column -> values, or None where a finished chart is asked, and
            ``shows``, category -> value, or the same under a series, or under a panel and a series; None where no
            content is asked), ``within``, ``ordered``, ``off`` (rules that do not count, with the reason) and
            ``mistakes`` whose ``value`` is what a chart with that mistake shows in each case.
        value: a chart (Axes, an array of them, a Figure, a seaborn grid or a seaborn.objects plot), or a function
            that takes a DataFrame and returns one.
    """
    if is_blank(value):
        raise NotAttempted
    from secondcar.charts.reading import Unreadable as NoChart
    from secondcar.charts.reading.panels import axes_of  # only a chart exercise needs matplotlib

    charts, panels = [], []
    with _no_figure_left_open():
        for case in exercise["cases"]:
            try:
                charts.append(axes_of(_draw(value, case["data"])))
                panels.append(_read(charts[-1], case.get("shows"), exercise["within"]))
            except NoChart as problem:
                raise Unreadable(str(problem)) from None
            except _Stopped as stopped:
                return wrong(str(stopped))
        return _wrong_content(exercise, panels) or _judge_honesty(exercise, charts[0], panels[0])


def _read(chart: list, shows: dict | None, within: float) -> Sequence:
    """Return the panels that answer: those given, or all of their figure, whichever shows what is asked."""
    from secondcar.charts.reading import Unreadable as NoChart
    from secondcar.charts.reading import read_all
    from secondcar.charts.reading.panels import figure_of

    figure = figure_of(chart)
    if shows is None:
        return read_all(figure)
    given = read_all(chart)
    with contextlib.suppress(NoChart, Unreadable):
        if not compare(given, shows, within).agrees(within):
            whole = read_all(figure)
            return whole if compare(whole, shows, within).agrees(within) else given
    return given


def _judge_honesty(exercise: dict, chart: list, panels: Sequence) -> Verdict:
    from secondcar.charts import honesty
    from secondcar.charts.reading.panels import figure_of

    findings = honesty.find_faults(panels, off=exercise["off"])
    if not findings:
        return right(exercise.get("right", "Right."))
    counted = len(honesty.RULES) - len(exercise["off"])
    misleads = any(finding.severity == honesty.MISLEADING for finding in findings)
    honest = 0.0 if misleads else 1 - len({finding.rule for finding in findings}) / counted
    content, opening = 0.0, ""
    if exercise["cases"][0].get("shows") is not None:
        content, opening = CONTENT_SHARE, "It shows the right values. "
    shown = honesty.picture_pair(figure_of(chart), panels, findings)
    return wrong(
        opening + " ".join(finding.sentence for finding in findings),
        share=content + (1 - content) * honest,
        picture=shown.html,
        picture_text=shown.text,
    )


class _Stopped(Exception):
    """The learner's function stopped; the text says where."""


def _draw(value: object, data: dict | None) -> object:
    """Return the chart: the value itself, or what the learner's function makes of the data."""
    if not callable(value):
        return value
    if data is None:
        raise Unreadable("I need the chart itself: keep what the drawing call returns, as in ax = sns.barplot(...).")
    import matplotlib.pyplot as plt
    import pandas as pd
    from IPython.utils.capture import capture_output

    before = set(plt.get_fignums())
    plt.figure()  # seaborn draws on the current figure, which would be the one of the case before
    try:
        # What the function shows is for the learner's own cell; the check only wants what it returns.
        with quietly(), capture_output():
            chart = value(pd.DataFrame(data))
    except NotImplementedError:
        raise NotAttempted from None
    except (Exception, SystemExit) as error:
        raise _Stopped(
            f"Your function stopped with {type(error).__name__}: {str(error)[:120]}. What does that line do?"
        ) from None
    if is_blank(chart):
        raise NotAttempted
    drawn = [plt.figure(number) for number in plt.get_fignums() if number not in before]
    return drawn[-1].gca() if chart is None and drawn else chart


@contextlib.contextmanager
def _no_figure_left_open():
    """Close the figures that a check opens, or the notebook would show them and the next plot would draw on them."""
    import matplotlib.pyplot as plt

    before = set(plt.get_fignums())
    try:
        yield
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)


def _wrong_content(exercise: dict, panels: Sequence[Sequence]) -> Verdict | None:
    """Say what is wrong in what the chart shows, None if nothing is."""
    asked = [case.get("shows") for case in exercise["cases"]]
    if None in asked:
        return None
    within = exercise["within"]
    compared = [compare(readings, table, within) for readings, table in zip(panels, asked, strict=True)]
    if all(comparison.agrees(within) for comparison in compared):
        if exercise["ordered"] and not is_ordered(panels[0], asked[0]):
            return wrong("The values are right, but not their order. In which order does the question ask for them?")
        return None
    for mistake in exercise["mistakes"]:
        pairs = zip(panels, mistake["value"], strict=True)
        if all(compare(readings, table, within).agrees(within) for readings, table in pairs):
            return wrong(mistake["means"], mistake=mistake["id"])
    if compared[0].agrees(within):
        return wrong(
            "With your data it is right, with other data it is not. Does every number of the chart come from the "
            "function's input?"
        )
    return wrong(_first_difference(compared[0], within))


def _first_difference(compared: Comparison, within: float) -> str:
    if compared.missing:
        missing = "; ".join(map(say_names, compared.missing))
        return f"The chart does not show {missing}. Which marks and labels does it need?"
    if compared.extra:
        extra = "; ".join(map(say_names, compared.extra))
        return f"The chart shows {extra}, which is not asked for. What belongs in it?"
    names = compared.differing(within)
    return f"At {say_names(names)} the chart shows {compared.shown[names]:,.6g}. Is that what the data say?"
