"""Calls a learner's function that draws, and reads what was drawn, whatever came back and whatever went wrong.

A chart may stand in another process: the grader judges there what a notebook drew here. Then it is read where it
stands, and only what was read comes here.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from secondcar.charts.reading import Reading
from secondcar.checks.quiet import quietly
from secondcar.checks.values import is_blank
from secondcar.checks.verdict import CannotRead, NotAttempted
from secondcar.notes import nothing_shown

Data = Mapping[str, Sequence[Any]]


# The reasons why a chart cannot be read.
NOT_ATTEMPTED, STOPPED, CANNOT_READ = "not-attempted", "stopped", "cannot-read"


@dataclass(frozen=True)
class Panels:
    """The readings of a chart's panels, or why they cannot be read, as a sentence."""

    readings: tuple[Reading, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Seen:
    """What was read of a chart: numbers and words alone.

    Attributes:
        given: the panels that came back.
        whole: all panels of their figure.
        returned: what came back in place of the chart, as a sentence; "" where the chart came back.
        fault: what keeps it from being read; "" if nothing.
        problem: the fault, as a sentence.
    """

    given: Panels = Panels()
    whole: Panels = Panels()
    returned: str = ""
    fault: str = ""
    problem: str = ""


@dataclass(frozen=True)
class ChartLook:
    """What was read of an answer: one chart for each table it was to draw, or only the first if that has a fault.

    figure: of the first one, if it stands in this process.
    """

    charts: tuple[Seen, ...]
    figure: Any = field(default=None, compare=False)


def look(value: Any, tables: Sequence[Data | None]) -> ChartLook:
    """Draw tables with a learner's function, or look at a finished chart, and return what is seen.

    tables: None where a finished chart is asked for.
    """
    # A proxy for an object in another process has the work done where that object is.
    elsewhere = getattr(value, "__apply__", None)
    if elsewhere is None:
        return _look_here(value, tables)
    from secondcar.charts.reading.plain import rebuild

    return ChartLook(tuple(rebuild(Seen, chart) for chart in elsewhere(f"{__name__}:look_plainly", list(tables))))


def look_plainly(value: Any, tables: Sequence[Data | None]) -> list[dict[str, Any]]:
    """Return what is seen as plain data."""
    with no_figure_left_open():
        return [asdict(chart) for chart in _look_here(value, tables).charts]


def _look_here(value: Any, tables: Sequence[Data | None]) -> ChartLook:
    first, figure = _look_at(value, tables[0])
    others = () if first.fault else tables[1:]
    return ChartLook((first, *(_look_at_other(value, data) for data in others)), figure)


def _look_at_other(value: Any, data: Data | None) -> Seen:
    if not callable(value):
        return Seen(fault=CANNOT_READ, problem="a finished chart cannot show them: what would a function do?")
    return _look_at(value, data)[0]


def _look_at(value: Any, data: Data | None) -> tuple[Seen, Any]:
    """Return what is seen of one chart, and its figure, if there is one."""
    from secondcar.charts.reading import Unreadable
    from secondcar.charts.reading.panels import figure_of

    try:
        drawn = _draw(value, data)
        figure = figure_of(drawn.axes)
    except NotAttempted:
        return Seen(fault=NOT_ATTEMPTED), None
    except Stopped as problem:
        return Seen(fault=STOPPED, problem=str(problem)), None
    except (CannotRead, Unreadable) as problem:
        return Seen(fault=CANNOT_READ, problem=str(problem)), None
    whole = _read(figure)
    given = whole if drawn.axes == figure.axes else _read(drawn.axes)
    return Seen(given, whole, drawn.returned), figure


def _read(chart: object) -> Panels:
    from secondcar.charts.reading import Unreadable, read_all

    try:
        return Panels(read_all(chart))
    except Unreadable as problem:
        return Panels(problem=str(problem))


def _draw(value: Any, data: Data | None) -> "DrawnChart":
    """Draw a table. A finished chart in place of the function is looked at all the same.

    Raises the errors of `call`.
    """
    if callable(value) and data is not None:
        return call(value, data)
    if callable(value):
        raise CannotRead("I need the chart itself: keep what the drawing call returns, as in ax = sns.barplot(...).")
    drawn = read_axes(value)
    if data is None:
        return drawn
    return DrawnChart(
        drawn.axes, "This is a chart, and not the function that draws it. Is there a `def` line above it?"
    )


@dataclass(frozen=True)
class DrawnChart:
    """A chart on its Axes.

    Attributes:
        axes: where it stands.
        returned: what came back in place of the chart, as a sentence; "" where the chart came back.
    """

    axes: list[Any]
    returned: str = ""


class Stopped(Exception):
    """The learner's function stopped, or drew nothing that can be read; the text says so in one sentence."""


def call(function: Any, data: Data) -> DrawnChart:
    """Return what a learner's function draws from some data. Anything else that it shows or prints is dropped.

    Raises:
        NotAttempted: it gives back the three dots that it came with, and draws nothing.
        Stopped: it ends in an error.
        CannotRead: nothing is drawn, and what came back is not a chart.
    """
    import matplotlib.pyplot as plt
    import pandas as pd

    before = set(plt.get_fignums())
    plt.figure()  # seaborn draws on the current figure, which would be the one of the case before
    try:
        with quietly(), nothing_shown():
            chart = function(pd.DataFrame(data))
    except NotImplementedError:
        raise NotAttempted from None
    except (Exception, SystemExit) as error:
        raise Stopped(f"your function stopped with {type(error).__name__}: {str(error)[:120]}.") from None
    new = [plt.figure(number) for number in plt.get_fignums() if number not in before]
    filled = [figure for figure in new if any(ax.has_data() for ax in figure.axes)]
    if chart is not None and not is_blank(chart):
        try:
            return read_axes(chart)
        except CannotRead:
            if not filled:
                raise
    if filled:
        what = "nothing" if chart is None else "the three dots" if is_blank(chart) else f"a {type(chart).__name__}"
        return DrawnChart(filled[-1].axes, f"It returns {what}. The last line of the function hands the chart out.")
    if chart is None:
        raise CannotRead("Your function returns nothing, and I see no chart. Does it end with `return ax`?")
    raise NotAttempted


def read_axes(chart: object) -> DrawnChart:
    """Return the Axes of what a function returned.

    Raises:
        CannotRead: it is neither a chart nor a part of one.
    """
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.container import Container
    from matplotlib.figure import FigureBase
    from matplotlib.text import Text

    from secondcar.charts.reading import Unreadable
    from secondcar.charts.reading.panels import axes_of

    try:
        axes = axes_of(chart)
    except Unreadable as problem:
        raise CannotRead(str(problem)) from None
    parts = list(chart) if isinstance(chart, list | tuple) else [chart]
    if any(isinstance(part, Text) for part in parts):
        what = "what `ax.set(...)` gives back"
    elif any(isinstance(part, Artist | Container) and not isinstance(part, Axes | FigureBase) for part in parts):
        what = "a part of the chart"
    else:
        return DrawnChart(axes)
    return DrawnChart(axes, f"It returns {what}, and not the chart. `return ax` belongs on a line of its own.")


@contextlib.contextmanager
def no_figure_left_open() -> Iterator[None]:
    """Close the figures that a check opens, or the notebook would show them and the next plot would draw on them."""
    import matplotlib.pyplot as plt

    before = set(plt.get_fignums())
    try:
        yield
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)
