"""Reads off a drawn chart what it says, from the drawing itself: `read(ax)`, whatever call drew it."""

from secondcar.charts.reading.records import Guide, Mark, Part, Reading, Scale, Unreadable
from secondcar.counting import counted

__all__ = ["Guide", "Mark", "Part", "Reading", "Scale", "Unreadable", "read", "read_all"]


def read(chart: object) -> Reading:
    """Read a chart of one panel: its marks, categories and values, axes, colours and words.

    The same facts give the same reading, whichever call of matplotlib, pandas or seaborn drew them. Only what is
    drawn counts: bars are read by their ends and the labels beside them, values by the ticks and units of their axis.
    The chart itself is left as it is.

    Args:
        chart: the Axes that a drawing call returned, a Figure, a seaborn grid or a seaborn.objects plot.

    Raises:
        Unreadable: the chart cannot be read; its text is one sentence that says why.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot(ylabel="KZT billion")
    >>> bars = ax.bar(["Jan-Aug 2017", "Jan-Aug 2018"], [75, 120])
    >>> read(ax).table()
    {'Jan-Aug 2017': 75000000000.0, 'Jan-Aug 2018': 120000000000.0}
    >>> read(ax).value_axis.unit
    'KZT'
    """
    readings = read_all(chart)
    if len(readings) > 1:
        raise Unreadable(
            f"This figure has {counted(len(readings), 'panel')}, and one is read at a time: pass one of its Axes."
        )
    return readings[0]


def read_all(chart: object) -> tuple[Reading, ...]:
    """Read every panel of a chart, in drawing order.

    Args:
        chart: what `read` takes, with any number of panels.

    Raises:
        Unreadable: a panel cannot be read.

    >>> from matplotlib.figure import Figure
    >>> left, right = figure_axes = Figure().subplots(1, 2)
    >>> bars = left.bar(["2017"], [7600]), right.bar(["2018"], [19000])
    >>> [reading.table() for reading in read_all(left.figure)]
    [{'2017': 7600.0}, {'2018': 19000.0}]
    """
    # Only whoever reads a chart waits for matplotlib to load.
    from secondcar.charts.reading.artists import figure_under
    from secondcar.charts.reading.panel_reading import read_panel
    from secondcar.charts.reading.panels import panels_of

    panels = panels_of(chart)
    # Limits, ticks and their texts are settled by drawing.
    figure_under(panels[0][0]).draw_without_rendering()
    return tuple(read_panel(panel) for panel in panels)
