"""Judging a chart: what it shows, on data the learner does not see, and whether it shows it honestly."""

import contextlib

from secondcar.checks.quiet import quietly
from secondcar.checks.values import is_blank
from secondcar.checks.verdict import NotAttempted, Unreadable, Verdict, right, wrong

# What a chart that shows the right values earns before the honesty rules are counted.
CONTENT_SHARE = 0.5


def judge_chart(exercise: dict, value: object) -> Verdict:
    """Judge a chart, or the function that draws it, by its content and by the honesty rules.

    The content must be right in every case, or nothing is earned: a picture with typed-in numbers fails on data the
    learner has not seen. A right content earns half, and each rule that holds a part of the rest. The rules look at
    the first case alone, which is the learner's own data: its title may name its numbers.

    Args:
        exercise: with ``cases`` (each with ``data``, column -> values, or None where a finished chart is asked, and
            ``shows``, category -> value or series -> category -> value), ``within``, ``ordered``, ``off`` (rules
            that do not count, with the reason) and ``mistakes`` whose ``value`` is what a chart with that mistake
            shows in each case.
        value: a function that takes a DataFrame and returns an Axes, or an Axes.
    """
    if is_blank(value):
        raise NotAttempted
    from secondcar.charts import honesty, reading  # only a chart exercise needs matplotlib

    readings = []
    with _no_figure_left_open():
        for case in exercise["cases"]:
            try:
                readings.append(reading.read(_draw(value, case["data"])))
            except reading.Unreadable as problem:
                raise Unreadable(str(problem)) from None
            except _Stopped as stopped:
                return wrong(str(stopped))
        shown = [_plain_table(one.table()) for one in readings]
        expected = [_plain_table(case["shows"]) for case in exercise["cases"]]
        if not _all_agree(shown, expected, exercise["within"]):
            return _wrong_content(exercise, shown, expected)
        if exercise["ordered"] and not _is_ordered(readings[0], _categories(exercise["cases"][0]["shows"])):
            return wrong("The values are right, but not their order. In which order does the question ask for them?")
        findings = honesty.find_faults(readings[0], off=exercise["off"])
        broken = {finding.rule for finding in findings}
        if not broken:
            return right(exercise.get("right", "Right."))
        counted = len(honesty.RULES) - len(exercise["off"])
        share = CONTENT_SHARE + (1 - CONTENT_SHARE) * (counted - len(broken)) / counted
        message = "It shows the right values. " + " ".join(finding.sentence for finding in findings)
        return wrong(message, share=share, picture=honesty.mended_picture(readings[0], findings))


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


def _wrong_content(exercise: dict, shown: list[dict], expected: list[dict]) -> Verdict:
    for mistake in exercise["mistakes"]:
        if _all_agree(shown, [_plain_table(table) for table in mistake["value"]], exercise["within"]):
            return wrong(mistake["means"], mistake=mistake["id"])
    if _agree(shown[0], expected[0], exercise["within"]):
        return wrong(
            "With your data it is right, with other data it is not. Does every number of the chart come from the "
            "function's input?"
        )
    return wrong(_first_difference(shown[0], expected[0], exercise["within"]))


def _first_difference(shown: dict, expected: dict, within: float) -> str:
    if shown.keys() != expected.keys():
        missing = [_name(key) for key in expected if key not in shown]
        extra = [_name(key) for key in shown if key not in expected]
        if missing:
            return f"The chart does not show {', '.join(missing)}. Which marks and labels does it need?"
        return f"The chart shows {', '.join(extra)}, which is not asked for. What belongs in it?"
    key = next(key for key in expected if not _close(shown[key], expected[key], within))
    return f"At {_name(key)} the chart shows {shown[key]:,.6g}. Is that what the data say?"


def _plain_table(table: dict) -> dict[tuple[str, ...], float]:
    """Return the names of each value -> value.

    Which of two names is the series and which the category is the drawer's choice, so their order does not count. And
    where no category stands twice, the series says nothing new: a plan in a colour of its own is still the bar of 2020.
    """
    rows = [
        (_plain(series), _plain(category), value)
        for series, values in _by_series(table).items()
        for category, value in values.items()
    ]
    alone = len({category for _, category, _ in rows}) == len(rows)
    return {(category,) if alone else tuple(sorted((series, category))): value for series, category, value in rows}


def _by_series(table: dict) -> dict[str, dict]:
    return table if all(isinstance(values, dict) for values in table.values()) else {"": table}


def _plain(name: object) -> str:
    if isinstance(name, int | float):
        return f"{name:g}"
    try:
        return f"{float(str(name)):g}"
    except ValueError:
        return " ".join(str(name).split()).casefold()


def _name(key: tuple[str, ...]) -> str:
    return " ".join(filter(None, key))


def _categories(table: dict) -> list[str]:
    """List the categories of what a chart must show, in its order."""
    return list(dict.fromkeys(_plain(category) for values in _by_series(table).values() for category in values))


def _is_ordered(reading, wanted: list[str]) -> bool:
    """Tell whether the categories stand as asked; bars that lie may be read from either end."""
    order = [_plain(category) for category in reading.categories]
    return order == wanted or (reading.horizontal and order[::-1] == wanted)


def _close(number: float, wanted: float, within: float) -> bool:
    return abs(number - wanted) <= max(within * abs(wanted), 1e-9)


def _agree(shown: dict, expected: dict, within: float) -> bool:
    return shown.keys() == expected.keys() and all(_close(shown[key], expected[key], within) for key in expected)


def _all_agree(shown: list[dict], expected: list[dict], within: float) -> bool:
    return all(_agree(one, other, within) for one, other in zip(shown, expected, strict=True))
