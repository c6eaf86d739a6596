"""Shows a chart together with its alt text."""

from secondcar.charts.alt_text import set_alt_text
from secondcar.charts.reading.alt_attribute import alt_text_of
from secondcar.notes import publish

# Dots per inch of the picture; sharp on a usual screen and small in the notebook file.
RESOLUTION = 110


def show(chart: object, alt: str | None = None) -> None:
    """Show a chart with its alt text, for people who do not see the picture.

    The picture comes with its alt text (a screen reader reads it) and with a plain-text twin that says what the
    chart shows, so the chart's content can also be compared as text.

    Args:
        chart: what a seaborn, pandas or matplotlib call returned: Axes, a Figure, a grid, an array of Axes.
        alt: one or two sentences: what is compared, the values or their relation, the period. It may be left out
            where `set_alt_text` gave the chart one.

    Raises:
        ValueError: the chart has no alt text.
        Unreadable: `chart` is not a chart.

    >>> ax = sns.barplot(data=table, x="period", y="vehicles")  # doctest: +SKIP
    >>> show(ax, alt="Bar chart: 7,600 vehicles in 2017 and 19,000 in 2018, January to August.")  # doctest: +SKIP
    """
    import matplotlib.pyplot as plt

    from secondcar.charts.images import as_image
    from secondcar.charts.reading.describing import describe
    from secondcar.charts.reading.panels import figure_of

    figure = figure_of(chart)
    alt = alt_text_of(figure) if alt is None else alt
    set_alt_text(figure, alt)
    text = f"Chart: {alt}\n{describe(figure)}"
    # As HTML alone: JupyterLab gives a bare picture no alt text, and both would keep the picture twice in the notebook.
    publish(text, as_image(figure, alt, RESOLUTION))
    plt.close(figure)  # or the notebook shows it a second time, without its alt text
