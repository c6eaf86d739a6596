"""The alt text of a chart: what it shows, in words, for people who do not see the picture."""

from typing import TypeVar

from secondcar.charts.reading.alt_attribute import keep_alt_text

Chart = TypeVar("Chart")


def set_alt_text(chart: Chart, text: str) -> Chart:
    """Give a chart its alt text, and return the chart.

    Args:
        chart: what a seaborn, pandas or matplotlib call returned: Axes, a Figure, a grid, an array of Axes, or a
            seaborn.objects plot. The text is for the whole figure.
        text: one or two sentences: what is compared, the values or their relation, the period.

    Raises:
        ValueError: the text is empty.
        Unreadable: `chart` is not a chart.

    >>> from matplotlib.figure import Figure
    >>> from secondcar.charts.reading.alt_attribute import alt_text_of
    >>> ax = set_alt_text(Figure().add_subplot(), "Bar chart: 7,600 vehicles in 2017 and 19,000 in 2018.")
    >>> alt_text_of(ax.figure)
    'Bar chart: 7,600 vehicles in 2017 and 19,000 in 2018.'
    """
    if not text.strip():
        raise ValueError("The alt text is empty: say in a sentence what the chart shows.")
    keep_alt_text(_holder(chart), text)
    return chart


def _holder(chart: object) -> object:
    """Return what keeps the text: the figure, or a plot of seaborn.objects, which has none until it is drawn."""
    from secondcar.charts.reading.panels import figure_of, is_undrawn

    return chart if is_undrawn(chart) else figure_of(chart)
