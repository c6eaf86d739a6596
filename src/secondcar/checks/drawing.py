"""Calls a learner's function that draws, and reads what was drawn, whatever came back and whatever went wrong."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondcar.checks.quiet import quietly
from secondcar.checks.values import is_blank
from secondcar.checks.verdict import CannotRead, NotAttempted

Data = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Drawn:
    """A chart on its Axes.

    Attributes:
        axes: where it stands.
        returned: what came back in place of the chart, as a sentence; "" where the chart came back.
    """

    axes: list[Any]
    returned: str = ""


class Stopped(Exception):
    """The learner's function stopped, or drew nothing that can be read; the text says so in one sentence."""


def call(function: Any, data: Data) -> Drawn:
    """Return what a learner's function draws from some data. What else it shows or prints is for its own cell.

    Raises:
        NotAttempted: it gives back the three dots that it came with, and draws nothing.
        Stopped: it ends in an error.
        CannotRead: nothing is drawn, and what came back is no chart.
    """
    import matplotlib.pyplot as plt
    import pandas as pd
    from IPython.utils.capture import capture_output

    before = set(plt.get_fignums())
    plt.figure()  # seaborn draws on the current figure, which would be the one of the case before
    try:
        with quietly(), capture_output():
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
        return Drawn(filled[-1].axes, f"It returns {what}. The last line of the function hands the chart out.")
    if chart is None:
        raise CannotRead("Your function returns nothing, and I see no chart. Does it end with `return ax`?")
    raise NotAttempted


def read_axes(chart: object) -> Drawn:
    """Return the Axes of what came back.

    Raises:
        CannotRead: it is no chart and no part of one.
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
        return Drawn(axes)
    return Drawn(axes, f"It returns {what}, and not the chart. `return ax` belongs on a line of its own.")


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
