"""Axes to draw on in tests of charts."""

from matplotlib import pyplot as plt
from matplotlib.axes import Axes


def axes(**words: object) -> Axes:
    """Return new Axes; the words are their title and labels."""
    ax = plt.subplots()[1]
    ax.set(**words)
    return ax
