"""The alt text of a chart: what it shows, in words, for people who do not see the picture."""

import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# matplotlib has no place for an alt text, so it is kept beside the figure, for as long as the figure lives.
_texts: "weakref.WeakKeyDictionary[Figure, str]" = weakref.WeakKeyDictionary()


def set_alt_text(ax: "Axes", text: str) -> "Axes":
    """Give a chart its alt text, and return the chart.

    Args:
        ax: the Axes that a seaborn, pandas or matplotlib call returned; the text is for its whole figure.
        text: one or two sentences: what is compared, the values or their relation, the period.

    Raises:
        ValueError: the text is empty.

    >>> from matplotlib.figure import Figure
    >>> ax = set_alt_text(Figure().add_subplot(), "Bar chart: 7,600 vehicles in 2017 and 19,000 in 2018.")
    >>> alt_text_of(ax.figure)
    'Bar chart: 7,600 vehicles in 2017 and 19,000 in 2018.'
    """
    if not text.strip():
        raise ValueError("The alt text is empty: say in a sentence what the chart shows.")
    _texts[ax.get_figure()] = text
    return ax


def alt_text_of(figure: "Figure") -> str:
    """Return the alt text of a figure, "" if it has none."""
    return _texts.get(figure, "")
